"""Coins and dice: hand values, SciPy, the identities of lesson 01, and what is refused."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from kl_lessons.information import kl_divergence
from kl_lessons.subjects.coins import (
    exact_split,
    flips_needed,
    frequencies,
    log_likelihood_ratio,
    log_type_probability,
    sequence_probability,
)
from kl_lessons.subjects.sampling import sample

pytestmark = pytest.mark.filterwarnings("error")
reproducible = settings(deadline=None, derandomize=True)

INF = math.inf
FAIR = [0.5, 0.5]
BIASED = [0.9, 0.1]
DIE = [0.1, 0.2, 0.7]
ROUNDING = 1e-12


def all_counts(n: int, faces: int) -> list[tuple[int, ...]]:
    """Each way in which n outcomes can be shared by the faces."""
    return [c for c in itertools.product(range(n + 1), repeat=faces) if sum(c) == n]


# The probability of a sequence


@pytest.mark.parametrize(
    ("outcomes", "p", "expected"),
    [
        ([0], BIASED, 0.9),
        ([0, 0, 1], BIASED, 0.081),
        ([1, 1], BIASED, 0.01),
        ([0, 1, 0, 1], FAIR, 0.0625),
        ([2, 2, 0], DIE, 0.049),
        ([0, 0], [0, 1], 0.0),
        ([1, 1], [0, 1], 1.0),
        ([False, True], BIASED, 0.09),
    ],
)
def test_sequence_probability_by_hand(outcomes, p, expected):
    assert sequence_probability(outcomes, p) == pytest.approx(expected, rel=1e-15, abs=0)


def test_the_probabilities_of_all_sequences_sum_to_1():
    total = sum(sequence_probability(s, DIE) for s in itertools.product(range(3), repeat=5))
    assert total == pytest.approx(1, rel=ROUNDING)


def test_the_probability_of_1100_fair_flips_underflows_to_exactly_0():
    assert sequence_probability([0] * 1_074, FAIR) == 5e-324
    assert sequence_probability([0] * 1_100, FAIR) == 0.0


def test_the_log_likelihood_ratio_does_not_underflow_where_the_probability_does():
    walk = log_likelihood_ratio([0] * 1_100, FAIR, BIASED)
    assert walk[-1] == pytest.approx(1_100 * math.log(0.5 / 0.9), rel=ROUNDING)


# The walk of the log-likelihood ratio


def test_log_likelihood_ratio_by_hand():
    step_up, step_down = math.log(0.9 / 0.5), math.log(0.1 / 0.5)
    np.testing.assert_allclose(
        log_likelihood_ratio([0, 0, 1], BIASED, FAIR),
        [step_up, 2 * step_up, 2 * step_up + step_down],
        rtol=1e-14,
    )


@pytest.mark.parametrize(
    ("p", "q", "limits"), [([1, 0], FAIR, -INF), (FAIR, [1, 0], INF), (FAIR, [1.0, 0.0], INF)]
)
def test_the_walk_is_infinite_from_the_first_outcome_that_one_cannot_show(p, q, limits):
    walk = log_likelihood_ratio([0, 1, 0, 1], p, q)
    assert abs(walk[0]) == math.log(2)
    np.testing.assert_array_equal(walk[1:], [limits] * 3)


def test_an_impossible_face_that_never_shows_does_no_harm():
    walk = log_likelihood_ratio([0, 1], [0.5, 0.5, 0], [0.25, 0.75, 0])
    np.testing.assert_allclose(walk, [math.log(2), math.log(4 / 3)], rtol=1e-14)


def test_a_sequence_that_neither_can_show_is_refused():
    for outcomes, p, q in (([1], [1, 0], [1, 0]), ([0, 1], [1, 0], [0, 1])):
        with pytest.raises(ValueError, match=r"^outcomes hold what neither p nor q can show"):
            log_likelihood_ratio(outcomes, p, q)


def test_the_mean_step_under_p_is_kl_and_under_q_is_minus_the_other_kl():
    p, q = np.array(DIE), np.array([0.5, 0.3, 0.2])
    steps = np.array([log_likelihood_ratio([face], p, q)[0] for face in range(3)])
    assert p @ steps == pytest.approx(kl_divergence(p, q), rel=ROUNDING)
    assert q @ steps == pytest.approx(-kl_divergence(q, p), rel=ROUNDING)


@pytest.mark.parametrize(
    ("true", "slope"),
    [(FAIR, kl_divergence(FAIR, BIASED)), (BIASED, -kl_divergence(BIASED, FAIR))],
)
def test_the_slope_of_the_walk_settles_at_the_kl_of_the_coin_that_is_flipped(true, slope):
    n = 20_000
    steps = np.log(FAIR) - np.log(BIASED)
    deviation = math.sqrt(true @ (steps - true @ steps) ** 2)
    walk = log_likelihood_ratio(sample(true, n, seed=1), FAIR, BIASED)
    assert abs(walk[-1] / n - slope) < 4 * deviation / math.sqrt(n)


# Frequencies and the exact split


def test_frequencies_by_hand():
    np.testing.assert_array_equal(frequencies([0, 1, 0, 0], 2), [0.75, 0.25])
    np.testing.assert_array_equal(frequencies([2, 2], 4), [0, 0, 1, 0])
    np.testing.assert_array_equal(frequencies([True, False], 2), [0.5, 0.5])


def test_exact_split_by_hand():
    to_q, to_p = exact_split([0, 0, 0, 1], FAIR, BIASED)
    assert to_q == pytest.approx(0.75 * math.log(0.75 / 0.9) + 0.25 * math.log(2.5), rel=1e-14)
    assert to_p == pytest.approx(0.75 * math.log(1.5) + 0.25 * math.log(0.5), rel=1e-14)


def test_exact_split_is_infinite_for_the_coin_that_cannot_show_the_outcomes():
    assert exact_split([0, 1], FAIR, [1, 0]) == (INF, 0.0)
    assert exact_split([0, 1], [1, 0], FAIR) == (0.0, INF)
    assert exact_split([0, 0], FAIR, [1, 0]) == (0.0, math.log(2))


@st.composite
def experiments(draw):
    """Outcomes of 2 to 6 faces, and two distributions that can show them all."""
    faces = draw(st.integers(2, 6))
    weights = st.lists(st.floats(1e-6, 1), min_size=faces, max_size=faces)
    p, q = (np.array(w) / sum(w) for w in (draw(weights), draw(weights)))
    return draw(st.lists(st.integers(0, faces - 1), min_size=1, max_size=60)), p, q


@reproducible
@given(experiments())
def test_the_mean_log_likelihood_ratio_is_exactly_the_difference_of_two_kls(experiment):
    outcomes, p, q = experiment
    to_q, to_p = exact_split(outcomes, p, q)
    mean = log_likelihood_ratio(outcomes, p, q)[-1] / len(outcomes)
    assert to_q - to_p == pytest.approx(mean, rel=ROUNDING, abs=ROUNDING)


@reproducible
@given(experiments())
def test_the_walk_is_the_logarithm_of_the_ratio_of_probabilities(experiment):
    outcomes, p, q = experiment
    outcomes = outcomes[:40]  # 1e-6 to the 40th is still a normal float64
    ratio = sequence_probability(outcomes, p) / sequence_probability(outcomes, q)
    walk = log_likelihood_ratio(outcomes, p, q)
    assert len(walk) == len(outcomes)
    assert walk[-1] == pytest.approx(math.log(ratio), rel=ROUNDING, abs=ROUNDING)


# How many flips


@pytest.mark.parametrize(
    ("p", "q", "expected"),
    [
        (FAIR, BIASED, 8.99547641376662),
        (FAIR, [0.75, 0.25], 31.945819987825544),
        ([0.75, 0.25], FAIR, 35.12765333155055),
    ],
)
def test_flips_needed_in_lesson_01(p, q, expected):
    assert flips_needed(p, q) == pytest.approx(expected, rel=1e-14)
    assert flips_needed(p, q) == pytest.approx(math.log(99) / stats.entropy(p, q), rel=ROUNDING)


def test_flips_needed_by_hand():
    assert flips_needed([1, 0], FAIR, odds=8) == pytest.approx(3, rel=1e-15)
    assert flips_needed([1, 0], FAIR, odds=1) == 0
    assert flips_needed([0.508, 0.492], FAIR) == pytest.approx(35_898, abs=0.5)


def test_equal_coins_are_never_told_apart_and_disjoint_ones_at_once():
    assert flips_needed(DIE, DIE) == INF
    assert flips_needed([1, 0], [0, 1]) == 0
    assert flips_needed(FAIR, [1, 0]) == 0


@pytest.mark.parametrize("odds", [0.99, 0, -1, math.nan, INF, "even"])
def test_odds_that_are_none_are_refused(odds):
    with pytest.raises(
        ValueError, match=rf"^odds is {odds}, and must be a number from 1 up: 99 stands"
    ):
        flips_needed([1, 0], [0, 1], odds=odds)


# Types


@pytest.mark.parametrize(
    ("n", "rate"),
    [(4, 0.3466), (20, 0.2107), (100, 0.1547), (1_000, 0.1343), (10_000, 0.13128)],
)
def test_the_rate_of_a_type_falls_towards_kl(n, rate):
    digits = 5 if n == 10_000 else 4
    found = -log_type_probability([3 * n // 4, n // 4], FAIR) / n
    assert round(found, digits) == rate
    assert found > kl_divergence([0.75, 0.25], FAIR) == pytest.approx(0.13081, abs=5e-6)


@pytest.mark.parametrize(
    ("counts", "p", "expected"),
    [
        ([1, 1], FAIR, 1 / 2),
        ([3, 1], FAIR, 4 / 16),
        ([0, 2], BIASED, 0.01),
        ([1, 1, 1], DIE, 6 * 0.1 * 0.2 * 0.7),
        ([0, 3], [0, 1], 1.0),
        ([0, 0], FAIR, 1.0),
        ([1, 1], [0, 1], 0.0),
    ],
)
def test_type_probability_by_hand(counts, p, expected):
    assert math.exp(log_type_probability(counts, p)) == pytest.approx(expected, rel=1e-14, abs=0)


def test_a_type_that_p_cannot_show_has_log_probability_minus_infinity():
    assert log_type_probability([1, 1], [1, 0]) == -INF


@pytest.mark.parametrize("n", [1, 2, 5, 8])
@pytest.mark.parametrize("p", [FAIR, BIASED, [1, 0], DIE, [0.4, 0, 0.6], [0.25] * 4])
def test_the_probabilities_of_all_types_sum_to_1(n, p):
    total = sum(math.exp(log_type_probability(c, p)) for c in all_counts(n, len(p)))
    assert total == pytest.approx(1, rel=ROUNDING)


@pytest.mark.parametrize("n", [1, 3, 12])
@pytest.mark.parametrize("p", [BIASED, DIE, [0.1, 0.2, 0.3, 0.4]])
def test_type_probabilities_agree_with_scipy(n, p):
    for counts in all_counts(n, len(p)):
        expected = stats.multinomial.logpmf(counts, n, p)
        assert log_type_probability(counts, p) == pytest.approx(expected, rel=1e-11, abs=1e-11)


def test_the_type_probability_is_that_of_one_sequence_times_their_number():
    sequences = set(itertools.permutations([0, 1, 1, 2, 2, 2]))
    total = sum(sequence_probability(sequence, DIE) for sequence in sequences)
    assert math.exp(log_type_probability([1, 2, 3], DIE)) == pytest.approx(total, rel=ROUNDING)


@reproducible
@given(experiments())
def test_the_rate_of_a_type_is_within_the_bounds_of_the_method_of_types(experiment):
    """Cover and Thomas (2006), theorem 11.1.4: KL ≤ −(1/n) log Pr ≤ KL + K log(n + 1)/n."""
    outcomes, p, _ = experiment
    n, faces = len(outcomes), len(p)
    rate = -log_type_probability(np.bincount(outcomes, minlength=faces), p) / n
    divergence = kl_divergence(frequencies(outcomes, faces), p)
    assert divergence - ROUNDING <= rate <= divergence + faces * math.log(n + 1) / n + ROUNDING


def test_counts_of_a_narrow_type_do_not_overflow():
    wide = log_type_probability([255, 1], FAIR)
    assert log_type_probability(np.array([255, 1], np.uint8), FAIR) == wide


def test_counts_beyond_int64_are_counts():
    many = np.array([2**63, 0], np.uint64)
    assert log_type_probability(many, FAIR) == pytest.approx(-(2**63) * math.log(2), rel=1e-14)


# Arguments and refusals


def test_arguments_are_never_changed_and_may_be_read_only():
    outcomes, p, q = np.array([0, 1, 1]), np.array(FAIR), np.array(BIASED)
    for array in (outcomes, p, q):
        array.flags.writeable = False
    sequence_probability(outcomes, p)
    log_likelihood_ratio(outcomes, p, q)
    exact_split(outcomes, p, q)
    flips_needed(p, q)
    log_type_probability(outcomes[:2], p)
    assert (outcomes.tolist(), p.tolist(), q.tolist()) == ([0, 1, 1], FAIR, BIASED)


TAKERS_OF_OUTCOMES = {
    "sequence_probability": lambda outcomes: sequence_probability(outcomes, FAIR),
    "log_likelihood_ratio": lambda outcomes: log_likelihood_ratio(outcomes, FAIR, BIASED),
    "frequencies": lambda outcomes: frequencies(outcomes, 2),
    "exact_split": lambda outcomes: exact_split(outcomes, FAIR, BIASED),
}


@pytest.mark.parametrize(
    ("outcomes", "message"),
    [
        ([0, 2], "outcomes hold face 2: the faces are 0 to 1"),
        ([0, -1], "outcomes hold face -1: the faces are 0 to 1"),
        (np.array([2**64 - 1], np.uint64), "outcomes hold face 18446744073709551615: the faces"),
        ([], "outcomes is no list of face numbers: give one such as [0, 1, 0]"),
        (1, "outcomes is no list of face numbers: give one such as [0, 1, 0]"),
        ([[0, 1]], "outcomes is no list of face numbers: give one such as [0, 1, 0]"),
        ([0.0, 1.0], "outcomes is no list of face numbers: give one such as [0, 1, 0]"),
        ("HT", "outcomes is no list of face numbers: give one such as [0, 1, 0]"),
        (None, "outcomes is no list of face numbers: give one such as [0, 1, 0]"),
        ([[0], [1, 0]], "outcomes has rows of different lengths: make them equal"),
        (np.ma.array([0, 1], mask=[0, 1]), "outcomes hides entries behind a mask"),
    ],
)
def test_what_are_no_outcomes_is_refused(outcomes, message):
    with pytest.raises(ValueError) as caught:
        sequence_probability(outcomes, FAIR)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("function", TAKERS_OF_OUTCOMES.values(), ids=TAKERS_OF_OUTCOMES)
def test_each_that_takes_outcomes_refuses_what_are_none(function):
    with pytest.raises(ValueError, match=r"^outcomes hold face 2: the faces are 0 to 1$"):
        function([0, 2])


@pytest.mark.parametrize("faces", [None, 0, -1, 2.0, True, "2", 10**13])
def test_a_number_of_faces_that_is_none_is_refused(faces):
    with pytest.raises(ValueError) as caught:
        frequencies([0, 0], faces)
    message = f"faces is {faces!r}, and must be a whole number from 1 to 100,000,000"
    assert str(caught.value) == message


@pytest.mark.parametrize("counts", [[1.0, 1.0], [1, -1], [1], [1, 1, 1], 2, [[1, 1]], ["1", "1"]])
def test_what_are_no_counts_is_refused(counts):
    with pytest.raises(ValueError) as caught:
        log_type_probability(counts, FAIR)
    message = f"counts are {counts}: give a whole number from 0 up for each of the 2 faces"
    assert str(caught.value) == message


TAKERS_OF_COINS = {
    "sequence_probability p": ("p", lambda p: sequence_probability([0, 1], p)),
    "log_likelihood_ratio p": ("p", lambda p: log_likelihood_ratio([0, 1], p, FAIR)),
    "log_likelihood_ratio q": ("q", lambda q: log_likelihood_ratio([0, 1], FAIR, q)),
    "exact_split p": ("p", lambda p: exact_split([0, 1], p, FAIR)),
    "exact_split q": ("q", lambda q: exact_split([0, 1], FAIR, q)),
    "flips_needed p": ("p", lambda p: flips_needed(p, FAIR)),
    "flips_needed q": ("q", lambda q: flips_needed(FAIR, q)),
    "log_type_probability p": ("p", lambda p: log_type_probability([1, 1], p)),
}


@pytest.mark.parametrize(("name", "function"), TAKERS_OF_COINS.values(), ids=TAKERS_OF_COINS)
def test_what_is_no_coin_is_refused(name, function):
    with pytest.raises(ValueError) as caught:
        function([0.5, 0.6])
    assert str(caught.value) == f"{name} sums to 1.1, not 1: did you mean normalize({name})?"


@pytest.mark.parametrize(("name", "function"), TAKERS_OF_COINS.values(), ids=TAKERS_OF_COINS)
def test_several_coins_are_refused_where_one_is_asked_for(name, function):
    with pytest.raises(ValueError) as caught:
        function([FAIR, BIASED])
    assert str(caught.value).startswith(f"{name} ")


@pytest.mark.parametrize("q", [[0.2, 0.3, 0.5], [1.0]])
@pytest.mark.parametrize(
    "function",
    [
        exact_split,
        lambda outcomes, p, q: flips_needed(p, q),
        log_likelihood_ratio,
    ],
)
def test_coins_of_different_faces_are_refused(function, q):
    with pytest.raises(ValueError, match=rf"^p has 2 outcomes and q has {len(q)}"):
        function([0, 0], FAIR, q)
