"""The measures: hand values, published values, SciPy, theorems, limits, and what is refused."""

import math
from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats

from kl_lessons.information import (
    as_distribution,
    cross_entropy,
    entropy,
    kl_divergence,
    kl_terms,
    normalize,
    surprisal,
)

pytestmark = pytest.mark.filterwarnings("error")
reproducible = settings(deadline=None, derandomize=True)

INF = math.inf
HALVES = [0.5, 0.5]
ROUNDING = (
    1e-12  # far above float64's rounding of a few terms, far below any difference of interest
)


# Hand values


@pytest.mark.parametrize(
    ("p", "base", "expected"),
    [
        ([1.0], None, 0.0),
        ([0.5, 0.5], None, 0.6931471805599453),
        ([0.5, 0.5], 2, 1.0),
        ([0.5, 0.25, 0.125, 0.125], 2, 1.75),
        ([0.5, 0.25, 0.125, 0.125], 4, 0.875),
        ([0.9, 0.1], None, 0.3250829733914482),
        ([0.9, 0.1], 2, 0.4689955935892812),
        ([0.25] * 4, 2, 2.0),
        ([0.1] * 10, 10, 1.0),
        ([0.5, 0.0, 0.5], 2, 1.0),
    ],
)
def test_entropy_by_hand(p, base, expected):
    assert entropy(p, base=base) == pytest.approx(expected, rel=1e-15, abs=0)


@pytest.mark.parametrize(
    ("p", "q", "base", "expected"),
    [
        ([0.0, 1.0, 0.0], [0.2, 0.7, 0.1], None, 0.35667494393873245),
        ([1.0, 0.0], [0.7, 0.3], None, 0.35667494393873245),
        ([0.5, 0.5], [0.9, 0.1], None, 1.203972804325936),
        ([0.5, 0.5], [0.25, 0.75], 2, 1.2075187496394219),
        ([1.0, 0.0], [0.0, 1.0], None, INF),
        ([0.5, 0.5], [1.0, 0.0], 2, INF),
        ([1.0, 0.0], [1.0, 0.0], None, 0.0),
        ([0.5, 0.5, 0.0], [0.5, 0.5, 0.0], 2, 1.0),
    ],
)
def test_cross_entropy_by_hand(p, q, base, expected):
    assert cross_entropy(p, q, base=base) == pytest.approx(expected, rel=1e-15, abs=0)


@pytest.mark.parametrize(
    ("p", "q", "base", "expected"),
    [
        ([0.5, 0.5], [0.9, 0.1], None, 0.5108256237659907),
        ([0.9, 0.1], [0.5, 0.5], None, 0.3680642071684971),
        ([0.5, 0.5], [0.25, 0.75], 2, 0.20751874963942196),
        ([0.4, 0.6], [0.6, 0.4], None, 0.08109302162163284),
        ([0.6, 0.4], [0.4, 0.6], None, 0.08109302162163284),
        ([1.0, 0.0], [0.25, 0.75], 2, 2.0),
        ([1.0, 0.0], [0.1, 0.9], 10, 1.0),
        ([1.0, 0.0], [1 / 27, 26 / 27], 3, 3.0),
        ([0.5, 0.5], [1.0, 0.0], None, INF),
        ([1.0, 0.0], [0.0, 1.0], 2, INF),
        ([0.0, 1.0], [0.0, 1.0], None, 0.0),
        ([0.5, 0.0, 0.5], [0.25, 0.0, 0.75], 2, 0.20751874963942196),
    ],
)
def test_kl_by_hand(p, q, base, expected):
    assert kl_divergence(p, q, base=base) == pytest.approx(expected, rel=1e-15, abs=1e-16)


def test_kl_is_infinite_where_q_is_zero_and_p_is_not():
    assert kl_divergence([0.5, 0.5], [1, 0]) == INF
    np.testing.assert_array_equal(kl_terms([0.5, 0.5], [1, 0]), [0.5 * math.log(0.5), INF])


def test_kl_is_finite_where_p_is_zero_and_q_is_not():
    assert kl_divergence([1, 0], [0.5, 0.5]) == math.log(2)
    np.testing.assert_array_equal(kl_terms([1, 0], [0.5, 0.5]), [math.log(2), 0.0])


def test_terms_of_kl_can_be_negative_though_their_sum_is_not():
    terms = kl_terms([0.5, 0.5], [0.25, 0.75], base=2)
    np.testing.assert_allclose(terms, [0.5, -0.2924812503605781], rtol=1e-15)
    assert terms.sum() == kl_divergence([0.5, 0.5], [0.25, 0.75], base=2)


@pytest.mark.parametrize("one_hot", [[1, 0, 0], [0.0, 1.0, 0.0], [False, False, True]])
def test_entropy_of_certainty_is_zero_and_not_minus_zero(one_hot):
    for value in (
        entropy(one_hot),
        cross_entropy(one_hot, one_hot),
        kl_divergence(one_hot, one_hot),
        surprisal(1),
        *entropy([one_hot] * 2),
        *cross_entropy([one_hot] * 2, one_hot),
        *surprisal([1.0, 1.0]),
    ):
        assert value == 0
        assert math.copysign(1, value) == 1


@pytest.mark.parametrize(
    ("q", "base", "expected"),
    [(1, None, 0.0), (0, None, INF), (0, 2, INF), (-0.0, 3, INF), (0.25, 2, 2.0), (0.001, 10, 3.0)],
)
def test_surprisal_by_hand(q, base, expected):
    assert surprisal(q, base=base) == pytest.approx(expected, rel=1e-15, abs=0)


def test_surprisal_keeps_the_shape_and_asks_for_no_sum():
    np.testing.assert_array_equal(
        surprisal([[1, 0.5, 0.5], [0.25, 0, 1]], base=2), [[0, 1, 1], [2, INF, 0]]
    )


@pytest.mark.parametrize(
    ("weights", "axis", "expected"),
    [
        ([3, 1], -1, [0.75, 0.25]),
        ([0, 7], -1, [0.0, 1.0]),
        ([2.5], -1, [1.0]),
        ([[1, 3], [1, 1]], -1, [[0.25, 0.75], [0.5, 0.5]]),
        ([[1, 3], [1, 1]], 0, [[0.5, 0.75], [0.5, 0.25]]),
        ([5e-324, 5e-324], -1, [0.5, 0.5]),
        ([True, True, False, False], -1, [0.5, 0.5, 0.0, 0.0]),
        (np.array([200, 200], np.uint8), -1, [0.5, 0.5]),
    ],
)
def test_normalize_by_hand(weights, axis, expected):
    distribution = normalize(weights, axis=axis)
    np.testing.assert_array_equal(distribution, expected)
    assert distribution.dtype == np.float64


def test_normalize_returns_float64_for_wider_floats():
    assert normalize(np.array([3, 1], np.longdouble)).dtype == np.float64


def test_normalize_refuses_weights_whose_sum_overflows():
    assert_refuses(normalize, [1e308, 1e308], "weights", "sum to inf", "finite sum")


# Published values


def test_entropy_of_a_horse_race_is_2_bits():
    """Cover and Thomas, Elements of Information Theory, 2nd ed. (2006), example 1.1.2."""
    assert entropy([1 / 2, 1 / 4, 1 / 8, 1 / 16] + [1 / 64] * 4, base=2) == 2


def test_kl_of_two_coins_both_ways():
    """Cover and Thomas (2006), example 2.3.1: D(p‖q) = 0.2075 bit, D(q‖p) = 0.1887 bit."""
    assert kl_divergence([1 / 2, 1 / 2], [3 / 4, 1 / 4], base=2) == pytest.approx(0.2075, abs=5e-5)
    assert kl_divergence([3 / 4, 1 / 4], [1 / 2, 1 / 2], base=2) == pytest.approx(0.1887, abs=5e-5)


def test_kl_of_a_binomial_and_a_uniform_distribution():
    """Wikipedia, Kullback–Leibler divergence, basic example: 0.0852996 and 0.0974550 nats."""
    p, q = [9 / 25, 12 / 25, 4 / 25], [1 / 3, 1 / 3, 1 / 3]
    assert kl_divergence(p, q) == pytest.approx(0.0852996, abs=5e-8)
    assert kl_divergence(q, p) == pytest.approx(0.0974550, abs=5e-8)


def test_four_words_cost_exactly_what_olah_says():
    """Olah, Visual Information Theory (2015): 1.75, 1.75, 2.25 and 2.375 bits."""
    bob, alice = [1 / 2, 1 / 4, 1 / 8, 1 / 8], [1 / 8, 1 / 2, 1 / 4, 1 / 8]
    assert entropy(bob, base=2) == entropy(alice, base=2) == 1.75
    assert cross_entropy(alice, bob, base=2) == 2.25
    assert cross_entropy(bob, alice, base=2) == 2.375


# SciPy as oracle


def random_rows(seed: int, zeros: float) -> np.ndarray:
    """200 distributions over 7 outcomes, a share `zeros` of the first 6 outcomes impossible."""
    generator = np.random.default_rng(seed)
    weights = generator.exponential(size=(200, 7)) ** 3
    weights[:, :6][generator.random((200, 6)) < zeros] = 0
    return weights / weights.sum(axis=1, keepdims=True)


@pytest.mark.parametrize("base", [None, 2, 10, 3])
@pytest.mark.parametrize("axis", [-1, 0, 1])
def test_rows_and_columns_agree_with_scipy(axis, base):
    p, q = random_rows(1, zeros=0.3), random_rows(2, zeros=0.05)
    if axis == 0:
        p, q = p.T, q.T
    unit = math.log(base) if base else 1.0
    kl = stats.entropy(p, q, base=base, axis=axis)
    assert np.isinf(kl).any() and np.isfinite(kl).any()
    h = stats.entropy(p, base=base, axis=axis)
    terms = special.rel_entr(p, q) / unit
    expected_cross = (-special.xlogy(p, q)).sum(axis=axis) / unit
    close = {"rtol": ROUNDING, "atol": 1e-15}
    np.testing.assert_allclose(entropy(p, base=base, axis=axis), h, **close)
    np.testing.assert_allclose(kl_divergence(p, q, base=base, axis=axis), kl, **close)
    np.testing.assert_allclose(kl_terms(p, q, base=base, axis=axis), terms, **close)
    np.testing.assert_allclose(cross_entropy(p, q, base=base, axis=axis), expected_cross, **close)
    surprise = -special.xlogy(1, q) / unit
    np.testing.assert_allclose(surprisal(q, base=base), surprise, **close)


def test_one_q_serves_many_p_and_one_p_many_q():
    rows, one = random_rows(3, zeros=0.3), random_rows(4, zeros=0.0)[0]
    for measure in (kl_divergence, cross_entropy):
        of_rows = [measure(row, one) for row in rows]
        to_rows = [measure(one, row) for row in rows]
        np.testing.assert_allclose(measure(rows, one), of_rows, rtol=ROUNDING)
        np.testing.assert_allclose(measure(one, rows), to_rows, rtol=ROUNDING)
        np.testing.assert_allclose(measure(rows, one[None]), of_rows, rtol=ROUNDING)
        np.testing.assert_allclose(measure(rows.T, one, axis=0), of_rows, rtol=ROUNDING)
        np.testing.assert_allclose(measure(rows, one, axis=1), of_rows, rtol=ROUNDING)
        np.testing.assert_allclose(measure(one, rows, axis=1), to_rows, rtol=ROUNDING)
        np.testing.assert_allclose(measure(rows.T, one[:, None], axis=0), of_rows, rtol=ROUNDING)
    terms = special.rel_entr(rows, one)
    np.testing.assert_allclose(kl_terms(rows, one), terms, rtol=ROUNDING, atol=1e-15)
    np.testing.assert_allclose(kl_terms(rows.T, one, axis=0), terms.T, rtol=ROUNDING, atol=1e-15)


def test_every_p_meets_every_q_where_other_axes_broadcast():
    p, q = random_rows(5, zeros=0.0)[:4], random_rows(6, zeros=0.0)[:3]
    table = kl_divergence(p[:, None], q)
    assert table.shape == (4, 3)
    assert table[3, 1] == pytest.approx(kl_divergence(p[3], q[1]), rel=ROUNDING)


def test_one_distribution_gives_a_float_and_many_give_an_array():
    for measure in (
        entropy,
        lambda p: cross_entropy(p, HALVES),
        lambda p: kl_divergence(p, HALVES),
    ):
        assert type(measure(HALVES)) is float
        assert measure([HALVES] * 3).shape == (3,)
        assert measure([[HALVES] * 3] * 2).shape == (2, 3)
        assert measure([HALVES]).dtype == np.float64
    assert type(surprisal(0.5)) is float
    assert surprisal([0.5]).shape == (1,)


# Theorems


def distributions(count: int):
    """`count` distributions over the same 1 to 6 outcomes, some impossible, some of 1e-100."""
    weight = st.just(0.0) | st.floats(1e-100, 1.0)

    def over(outcomes: int):
        weights = st.lists(weight, min_size=outcomes, max_size=outcomes).filter(any)
        return st.tuples(*[weights.map(lambda w: np.array(w) / sum(w))] * count)

    return st.integers(1, 6).flatmap(over)


@st.composite
def near_distributions(draw):
    """Two distributions that differ by a factor between 1e-1 and 1e-15 in each outcome."""
    (p,) = draw(distributions(1))
    exponent, seed = draw(st.integers(1, 15)), draw(st.integers(0, 999))
    q = p * (1 + 10.0**-exponent * np.random.default_rng(seed).uniform(-1, 1, p.size))
    return p, q / q.sum()


@reproducible
@given(distributions(2))
def test_no_measure_is_negative_or_nan(pair):
    p, q = pair
    assert entropy(p) >= 0
    assert kl_divergence(p, q) >= 0
    assert cross_entropy(p, q) >= 0
    assert not np.isnan(kl_terms(p, q)).any()


@reproducible
@given(distributions(2), st.sampled_from([None, 2, 10, 3]))
def test_kl_is_exactly_zero_if_p_equals_q_and_positive_if_they_differ(pair, base):
    p, q = pair
    assert kl_divergence(p, p, base=base) == 0
    assert not kl_terms(p, p, base=base).any()
    if np.abs(p - q).max() > 1e-6:
        assert kl_divergence(p, q, base=base) > 1e-13


@reproducible
@given(distributions(2))
def test_kl_is_at_least_what_pinsker_says(pair):
    p, q = pair
    total_variation = np.abs(p - q).sum() / 2
    assert kl_divergence(p, q) >= 2 * total_variation**2 - ROUNDING


@reproducible
@given(distributions(1))
def test_entropy_is_at_most_the_logarithm_of_the_number_of_outcomes(single):
    (p,) = single
    assert entropy(p) <= math.log(p.size) + ROUNDING
    assert entropy(np.full(p.size, 1 / p.size)) == pytest.approx(math.log(p.size), abs=ROUNDING)


@reproducible
@given(distributions(2))
def test_cross_entropy_is_entropy_plus_kl(pair):
    p, q = pair
    total = entropy(p) + kl_divergence(p, q)
    assert cross_entropy(p, q) == pytest.approx(total, rel=ROUNDING, abs=ROUNDING)


@reproducible
@given(distributions(2), st.data())
def test_the_order_of_outcomes_does_not_matter(pair, data):
    p, q = pair
    order = data.draw(st.permutations(range(p.size)))
    same = {"rel": ROUNDING, "abs": ROUNDING}
    assert entropy(p[order]) == pytest.approx(entropy(p), **same)
    assert cross_entropy(p[order], q[order]) == pytest.approx(cross_entropy(p, q), **same)
    assert kl_divergence(p[order], q[order]) == pytest.approx(kl_divergence(p, q), **same)
    np.testing.assert_array_equal(kl_terms(p[order], q[order]), kl_terms(p, q)[order])


@reproducible
@given(distributions(2), distributions(2))
def test_measures_of_independent_pairs_add(first, second):
    both_p, both_q = (np.outer(a, b).ravel() for a, b in zip(first, second, strict=True))
    for measure, joint in (
        (kl_divergence, kl_divergence(both_p, both_q)),
        (cross_entropy, cross_entropy(both_p, both_q)),
        (lambda p, q: entropy(p), entropy(both_p)),
    ):
        total = measure(*first) + measure(*second)
        assert joint == pytest.approx(total, rel=ROUNDING, abs=ROUNDING)


@reproducible
@given(distributions(4), st.floats(0.01, 0.99))
def test_kl_of_mixtures_is_at_most_the_mixture_of_kls(four, share):
    p, q, other_p, other_q = four
    mixed = kl_divergence(share * p + (1 - share) * other_p, share * q + (1 - share) * other_q)
    apart = share * kl_divergence(p, q) + (1 - share) * kl_divergence(other_p, other_q)
    assert mixed <= apart * (1 + ROUNDING) + ROUNDING


@reproducible
@given(distributions(2), st.data())
def test_merging_outcomes_never_raises_kl(pair, data):
    p, q = pair
    bins = data.draw(st.lists(st.integers(0, 5), min_size=p.size, max_size=p.size))
    merged = kl_divergence(np.bincount(bins, weights=p), np.bincount(bins, weights=q))
    assert merged <= kl_divergence(p, q) * (1 + ROUNDING) + ROUNDING


@reproducible
@given(distributions(2), st.sampled_from([2, 10, 3, 1.5]))
def test_a_base_divides_by_its_logarithm(pair, base):
    p, q = pair
    unit, same = math.log(base), {"rel": ROUNDING, "abs": ROUNDING}
    assert entropy(p, base=base) == pytest.approx(entropy(p) / unit, **same)
    assert cross_entropy(p, q, base=base) == pytest.approx(cross_entropy(p, q) / unit, **same)
    assert kl_divergence(p, q, base=base) == pytest.approx(kl_divergence(p, q) / unit, **same)


@reproducible
@given(st.lists(st.just(0.0) | st.floats(5e-324, 1e300), min_size=1, max_size=50).filter(any))
def test_normalize_gives_a_distribution_in_proportion_to_the_weights(weights):
    distribution = normalize(weights)
    np.testing.assert_array_equal(as_distribution("p", distribution), distribution)
    largest = int(np.argmax(weights))
    ratios = np.array(weights) / weights[largest]
    np.testing.assert_allclose(distribution / distribution[largest], ratios, rtol=1e-9, atol=1e-300)


# The limits of floating point


def test_quotients_that_overflow_do_no_harm():
    tiny = 1e-320  # a denormal: 0.5 / tiny is above the largest float64
    expected = -math.log(2) - math.log(tiny) / 2
    assert kl_divergence([0.5, 0.5], [tiny, 1]) == pytest.approx(expected, rel=1e-15)
    assert kl_divergence([0.5, 0.5], [5e-324, 1]) == pytest.approx(
        -math.log(2) + 1074 * math.log(2) / 2, rel=1e-15
    )
    assert cross_entropy([0.5, 0.5], [tiny, 1]) == pytest.approx(-math.log(tiny) / 2, rel=1e-15)
    assert surprisal(5e-324, base=2) == 1074


@pytest.mark.parametrize(
    ("p", "q"),
    [
        (0.5, 1e-320),  # p/q is above the largest float
        (0.5, 5e-324),
        (1e-5, 1e-315),
        (1e-310, 0.5),  # p/q is below the smallest float that has all its digits
        (3e-308, 0.9),
        (5e-324, 1.0),
        (1e-300, 1e-320),  # p/q is an everyday number, and q has few digits
        (1e-320, 2e-320),
    ],
)
def test_a_quotient_that_leaves_the_floats_costs_no_digits(p, q):
    alone = kl_terms([p, 1 - p], [q, 1 - q])
    exact = p * (math.log(p) - math.log(q))
    assert alone[0] == pytest.approx(exact, rel=1e-14, abs=5e-324)
    beside = kl_terms([HALVES, [p, 1 - p], [0, 1], [1, 0]], [HALVES, [q, 1 - q], [0, 1], [0, 1]])
    np.testing.assert_array_equal(beside, [[0, 0], alone, [0, 0], [INF, 0]])
    many = kl_terms([HALVES, [p, 1 - p]], [q, 1 - q])
    np.testing.assert_array_equal(many, [kl_terms(HALVES, [q, 1 - q]), alone])


def test_a_term_is_never_minus_zero():
    terms = kl_terms([1e-323, 1], [1.5e-323, 1], base=1_000)  # -0.06 · 1e-323 underflows
    np.testing.assert_array_equal(terms, [0, 0])
    assert not np.signbit(terms).any()


def test_a_denormal_p_is_above_zero():
    tiny = 5e-324
    assert cross_entropy([tiny, 1], [0, 1]) == kl_divergence([tiny, 1], [0, 1]) == INF
    assert kl_divergence([tiny, 1], [0.5, 0.5]) == math.log(2)
    assert entropy([1e-310, 1]) == pytest.approx(-1e-310 * math.log(1e-310), rel=1e-13)


@reproducible
@given(distributions(2) | near_distributions())
def test_kl_errs_by_the_rounding_of_its_terms_and_no_more(pair):
    """The oracle has 50 digits: Python's decimal numbers hold each float exactly."""
    exact, sizes = Decimal(0), 1.0
    with localcontext(prec=50):
        for p, q in zip(*[map(Decimal, side.tolist()) for side in pair], strict=True):
            if p > 0 == q:
                exact = Decimal("inf")
            elif p > 0:
                exact += p * (p / q).ln()
                sizes += float(p) * abs(math.log(p) - math.log(q))
    error = float(Decimal(kl_divergence(*pair)) - exact) if exact.is_finite() else 0
    assert abs(error) <= 4 * 2**-52 * sizes  # six terms: ½ eps for p/q, at most 4 for the rest
    assert (exact == Decimal("inf")) == (kl_divergence(*pair) == INF)


def test_kl_of_near_equals_errs_by_the_rounding_of_its_terms():
    for step in (1e-2, 1e-4, 1e-6, 1e-8):
        p, q = [0.5, 0.5], [0.5 + step, 0.5 - step]
        exact = -math.log1p(-((2 * step) ** 2)) / 2
        assert kl_divergence(p, q) == pytest.approx(exact, abs=4e-16, rel=0)


def test_a_sum_that_rounds_below_zero_is_zero():
    p = random_rows(7, zeros=0.1)
    q = p * (1 + 1e-13 * np.random.default_rng(8).normal(size=p.shape))
    q /= q.sum(axis=1, keepdims=True)
    sums = kl_terms(p, q).sum(axis=1)
    assert sums.min() < 0 < sums.max() < 1e-15
    kl = kl_divergence(p, q)
    assert (kl == 0).any()
    np.testing.assert_allclose(kl, sums.clip(0), rtol=0, atol=1e-28)  # added in another order


def test_float32_is_computed_in_float64():
    p, q = np.array([[0.9, 0.1], [0.3, 0.7]], np.float32)
    wide_p, wide_q = p.astype(np.float64), q.astype(np.float64)
    expected = special.rel_entr(wide_p, wide_q).sum()
    assert kl_divergence(p, q) == pytest.approx(expected, rel=1e-15)
    assert entropy(p) == pytest.approx(special.entr(wide_p).sum(), rel=1e-15)
    assert surprisal(q[0]) == -math.log(wide_q[0])
    for array in (entropy([p, q]), kl_terms(p, q), surprisal(q), normalize(q)):
        assert array.dtype == np.float64


@pytest.mark.parametrize(
    ("dtype", "outcomes", "tolerance"),
    [
        (np.float64, 2, 8 * 2**0.5 * 2**-52),
        (np.float64, 100, 80 * 2**-52),
        (np.float64, 10_000, 800 * 2**-52),
        (np.float32, 2, 8 * 2**0.5 * 2**-23),
        (np.float32, 100, 80 * 2**-23),
        (np.float16, 4, 16 * 2**-10),
    ],
)
def test_a_sum_may_miss_1_by_the_rounding_of_its_type_and_no_more(dtype, outcomes, tolerance):
    for miss, accepted in ((0.9, True), (-0.9, True), (1.1, False), (-1.1, False)):
        p = np.zeros(outcomes, dtype)
        p[:2] = 0.5, 0.5 + miss * tolerance
        for function in (entropy, lambda p: kl_divergence(HALVES + [0] * (p.size - 2), p)):
            if accepted:
                function(p)
            else:
                with pytest.raises(ValueError, match=r"^[pq] sums to (1\.0|0\.9)\d+, not 1"):
                    function(p)


def test_the_tolerance_is_that_of_the_type_that_came_in():
    narrow = np.full(3, 1 / 3, np.float32)
    entropy(narrow)
    with pytest.raises(ValueError, match=r"^p sums to 1\.0000000298"):
        entropy(narrow.astype(np.float64))


def test_whole_numbers_have_float64s_tolerance():
    assert entropy([0, 1]) == entropy(np.array([0, 1], np.uint8)) == entropy([False, True]) == 0
    with pytest.raises(ValueError, match=r"^p sums to 2, not 1"):
        entropy([1, 1])


def test_nothing_is_no_distribution_in_any_type():
    with pytest.raises(ValueError, match="sums to 0"):
        entropy(np.zeros(20_000, np.float16))


def test_a_million_outcomes_are_summed_well():
    uniform = np.full(10**6, 1e-6)
    assert entropy(uniform, base=10) == pytest.approx(6, rel=1e-14)
    assert kl_divergence(uniform, uniform) == 0


def test_a_million_outcomes_are_summed_well_along_the_first_axis():
    uniform = np.full((10**6, 2), 1e-6)
    np.testing.assert_allclose(entropy(uniform, base=10, axis=0), [6, 6], rtol=1e-14)


# Arguments


def test_arguments_are_never_changed_and_may_be_read_only():
    for dtype in (np.float64, np.float32, np.int64):
        for order in "CF":
            p = np.array([[0, 1, 0], [1, 0, 0]], dtype, order=order)
            q = np.array([[0, 1, 0], [0, 0, 1]], dtype, order=order)
            before_p, before_q = p.copy(), q.copy()
            p.flags.writeable = q.flags.writeable = False
            for base in (None, 2, 3):
                for measure in (cross_entropy, kl_divergence, kl_terms):
                    measure(p, q, base=base)
                    measure(p, q[0], base=base)
                entropy(p, base=base)
                surprisal(q, base=base)
            normalize(p)
            as_distribution("p", p)
            np.testing.assert_array_equal(p, before_p)
            np.testing.assert_array_equal(q, before_q)


def test_results_share_no_memory_with_arguments():
    p = np.array([0.5, 0.5])
    for array in (kl_terms(p, p), surprisal(p), normalize(p), entropy(p[None])):
        assert not np.shares_memory(array, p)


def test_a_distribution_is_returned_as_float64_with_its_axis_last():
    columns = np.array([[0.25, 1], [0.75, 0]], np.float32)
    distribution = as_distribution("p", columns, axis=0)
    np.testing.assert_array_equal(distribution, [[0.25, 0.75], [1, 0]])
    assert distribution.dtype == np.float64
    p = np.array(HALVES)
    assert np.shares_memory(as_distribution("p", p), p)


def test_tuples_lists_and_views_give_what_arrays_give():
    reverse = np.array([0.1, 0.9])[::-1]
    expected = kl_divergence(np.array([0.9, 0.1]), np.array(HALVES))
    assert kl_divergence((0.9, 0.1), HALVES) == kl_divergence(reverse, HALVES) == expected


# Refusals: a ValueError that names the argument, what was found, and what would be right

NO_NUMBERS = {
    "negative": ([-0.5, 1.5], "holds -0.5 at [0]", "numbers from 0 up"),
    "negative in a row": ([HALVES, [1.25, -0.25]], "holds -0.25 at [1, 1]", "numbers from 0 up"),
    "nan": ([0.5, math.nan], "holds nan at [1]", "numbers from 0 up"),
    "minus infinity": ([1, -INF], "holds -inf at [1]", "numbers from 0 up"),
    "empty": ([], "is empty", "give at least one number"),
    "empty rows": ([[], []], "is empty", "give at least one number"),
    "string": ("half", "holds str_, not numbers", "[0.5, 0.5]"),
    "strings": (["0.5", "0.5"], "holds str_, not numbers", "[0.5, 0.5]"),
    "bytes": ([b"1", b"0"], "holds bytes_, not numbers", "[0.5, 0.5]"),
    "None": (None, "holds object_, not numbers", "[0.5, 0.5]"),
    "None inside": ([None, 1.0], "holds object_, not numbers", "[0.5, 0.5]"),
    "dict": ({"heads": 0.5}, "holds object_, not numbers", "[0.5, 0.5]"),
    "complex": ([0.5 + 0j, 0.5], "holds complex128, not numbers", "[0.5, 0.5]"),
    "ragged": ([HALVES, [1.0]], "has rows of different lengths", "make them equal"),
    "masked": (
        np.ma.array([0.5, 0.5, 0.2], mask=[0, 0, 1]),
        "behind a mask",
        "{name}.compressed()",
    ),
    "masked rows": ([np.ma.array(HALVES, mask=[0, 1])] * 2, "behind a mask", "{name}.compressed()"),
    "too large an integer": ([10**400, 1], "holds object_, not numbers", "[0.5, 0.5]"),
}
NO_DISTRIBUTION = NO_NUMBERS | {
    "sum above 1": ([0.5, 0.6], "sums to 1.1, not 1", "normalize({name})"),
    "sum below 1": ([0.5, 0.4], "sums to 0.9, not 1", "normalize({name})"),
    "sum 1 at six digits": ([0.5, 0.5 + 1e-9], "sums to 1.000000001, not 1", "normalize({name})"),
    "counts": ([3, 1], "sums to 4, not 1", "normalize({name})"),
    "a bad row": ([HALVES, HALVES, [0.5, 0.75]], "sums to 1.25 in row 2,", "normalize({name})"),
    "a bad cell": (
        [[HALVES, HALVES], [HALVES, [0, 0.5]]],
        "to 0.5 in row 1, 1",
        "normalize({name})",
    ),
    "columns for rows": ([[0.25, 1], [0.75, 0]], "sums to 1.25 in row 0", "normalize({name})"),
    "scalar": (1.0, "is a single number, 1:", "[0.5, 0.5]"),
    "logarithms": (np.log([0.25, 0.75]), "holds -1.38629 at [0]", "did you mean np.exp({name})?"),
    "logarithms with -inf": ([-INF, 0.0], "holds -inf at [0]", "did you mean np.exp({name})?"),
    "zeros": ([0.0, 0.0], "sums to 0, not 1", ""),
    "infinity": ([1.0, INF], "sums to inf, not 1", ""),
    "beyond float64": (np.array(["1e400", "1"], np.longdouble), "sums to inf, not 1", ""),
}
TAKERS_OF_DISTRIBUTIONS = {
    "entropy p": ("p", entropy),
    "cross_entropy p": ("p", lambda p: cross_entropy(p, HALVES)),
    "cross_entropy q": ("q", lambda q: cross_entropy(HALVES, q)),
    "kl_divergence p": ("p", lambda p: kl_divergence(p, HALVES)),
    "kl_divergence q": ("q", lambda q: kl_divergence(HALVES, q)),
    "kl_terms p": ("p", lambda p: kl_terms(p, HALVES)),
    "kl_terms q": ("q", lambda q: kl_terms(HALVES, q)),
    "as_distribution": ("belief", lambda belief: as_distribution("belief", belief)),
}


def assert_refuses(function, values, name, found, right):
    """The function raises a ValueError that opens with the name, then says found, then right."""
    with pytest.raises(ValueError) as caught:
        function(values)
    message = str(caught.value)
    assert message.startswith(f"{name} ")
    assert found in message
    assert right.format(name=name) in message.partition(found)[2]


@pytest.mark.parametrize(
    ("values", "found", "right"), NO_DISTRIBUTION.values(), ids=NO_DISTRIBUTION
)
def test_what_is_no_distribution_is_refused(values, found, right):
    assert_refuses(entropy, values, "p", found, right)


@pytest.mark.parametrize(
    ("name", "function"), TAKERS_OF_DISTRIBUTIONS.values(), ids=TAKERS_OF_DISTRIBUTIONS
)
def test_a_distribution_that_is_none_is_called_by_the_name_of_its_argument(name, function):
    for kind in ("negative", "sum above 1", "masked", "ragged", "scalar"):
        assert_refuses(function, NO_DISTRIBUTION[kind][0], name, *NO_DISTRIBUTION[kind][1:])


@pytest.mark.parametrize(("name", "function"), [("q", surprisal), ("weights", normalize)])
def test_numbers_that_are_none_are_called_by_the_name_of_their_argument(name, function):
    for kind in ("negative", "nan", "masked", "ragged", "string", "empty"):
        assert_refuses(function, NO_NUMBERS[kind][0], name, *NO_NUMBERS[kind][1:])


def test_a_mask_that_hides_nothing_does_no_harm():
    assert entropy(np.ma.array(HALVES)) == entropy(np.ma.array(HALVES, mask=[0, 0])) == math.log(2)


class Labelled:
    """What pandas gives: an array whose entries have names, the rows' in index, then columns."""

    def __init__(self, values, index, columns=None):
        self.values, self.index = np.array(values), index
        if columns:
            self.columns = columns

    def __array__(self, dtype=None, copy=None):
        return self.values

    def mask(self):
        """A method in pandas, not a mask."""


WEATHER = ["sun", "cloud", "rain"]
TRUTH, BELIEF = [0.5, 0.3, 0.2], [0.7, 0.2, 0.1]


@pytest.mark.parametrize("measure", [cross_entropy, kl_divergence, kl_terms])
def test_p_and_q_with_other_labels_are_refused(measure):
    p = Labelled(TRUTH, WEATHER)
    for labels, other in (
        (WEATHER[::-1], "'rain'"),
        (range(3), "0"),
        ([*WEATHER[:2], "hail"], "'"),
    ):
        q = Labelled(BELIEF, labels)
        assert_refuses(
            lambda q: measure(p, q), q, "p", f"where q has {other}", "q.reindex(p.index)"
        )


def test_p_and_q_with_equal_labels_or_without_are_paired_by_position():
    expected = kl_divergence(TRUTH, BELIEF)
    p, q = Labelled(TRUTH, WEATHER), Labelled(BELIEF, tuple(WEATHER))
    assert kl_divergence(p, q) == kl_divergence(p, BELIEF) == kl_divergence(TRUTH, q) == expected
    assert kl_divergence(p, tuple(BELIEF)) == expected  # whose index is a method


def test_labels_of_a_table_are_compared_along_each_axis():
    days = ["Monday", "Tuesday"]
    table, one = Labelled([TRUTH, BELIEF], days, WEATHER), Labelled(BELIEF, WEATHER)
    columns = Labelled(np.transpose([TRUTH, BELIEF]), WEATHER, days)
    expected = [kl_divergence(TRUTH, BELIEF), 0]
    np.testing.assert_array_equal(kl_divergence(table, one), expected)
    np.testing.assert_array_equal(kl_divergence(columns, one, axis=0), expected)
    np.testing.assert_array_equal(kl_divergence(table, table), [0, 0])
    for p, q, axis, found in (
        (table, Labelled(BELIEF, WEATHER[::-1]), -1, "p has 'sun' where q has 'rain'"),
        (columns, Labelled(BELIEF, WEATHER[::-1]), 0, "p has 'sun' where q has 'rain'"),
        (
            table,
            Labelled([TRUTH, BELIEF], days[::-1], WEATHER),
            -1,
            "'Monday' where q has 'Tuesday'",
        ),
    ):
        with pytest.raises(ValueError, match=found):
            kl_divergence(p, q, axis=axis)


@pytest.mark.parametrize(
    ("q", "found"),
    [
        (2, "holds 2:"),
        (1.5, "holds 1.5:"),
        (INF, "holds inf:"),
        ([0.5, 1.25], "holds 1.25 at [1]:"),
        ([[0.5, 1], [1, 7]], "holds 7 at [1, 1]:"),
    ],
)
def test_surprisal_refuses_what_is_above_1(q, found):
    assert_refuses(surprisal, q, "q", found, "at most 1")


def test_what_is_negative_only_here_and_there_is_not_taken_for_logarithms():
    with pytest.raises(ValueError, match=r"from 0 up$"):
        entropy([-0.25, 0.5, 0.75])


@pytest.mark.parametrize("q", [-1.0, math.nan])
def test_surprisal_refuses_a_single_wrong_number(q):
    assert_refuses(surprisal, q, "q", f"holds {q:g},", "numbers from 0 up")


@pytest.mark.parametrize(
    ("weights", "found", "right"),
    [
        ([0, 0], "sum to 0", "above 0"),
        ([[1, 2], [0, 0]], "sum to 0", "above 0"),
        ([1, INF], "sum to inf", "finite"),
        (3.0, "is a single number", "[3, 1]"),
    ],
)
def test_normalize_refuses_weights_without_a_finite_sum_above_0(weights, found, right):
    assert_refuses(normalize, weights, "weights", found, right)


@pytest.mark.parametrize("measure", [cross_entropy, kl_divergence, kl_terms])
def test_p_and_q_over_different_outcomes_are_refused(measure):
    for q, found in (([1.0], "q has 1"), ([0.25, 0.25, 0.5], "q has 3")):
        assert_refuses(lambda q: measure(HALVES, q), q, "p", f"has 2 outcomes and {found}", "both")
        assert_refuses(lambda q: measure([HALVES] * 3, q), q, "p", "has 2 outcomes", "both")
    assert_refuses(
        lambda q: measure([HALVES] * 2, q),
        [HALVES] * 3,
        "p",
        "holds (2,) distributions and q (3,)",
        "as many of each, or one of either",
    )


@pytest.mark.parametrize(
    "base",
    [
        0,
        1,
        1.0,
        -2,
        math.nan,
        INF,
        True,
        0.5,
        "2",
    ],
)
def test_a_base_that_is_none_is_refused(base):
    for function in (
        lambda base: entropy(HALVES, base=base),
        lambda base: cross_entropy(HALVES, HALVES, base=base),
        lambda base: kl_divergence(HALVES, HALVES, base=base),
        lambda base: kl_terms(HALVES, HALVES, base=base),
        lambda base: surprisal(0.5, base=base),
    ):
        assert_refuses(function, base, "base", f"is {base!r}", "2 gives bits")


def test_infinity_is_not_sent_to_normalize_which_refuses_it():
    with pytest.raises(ValueError, match=r"^p ") as caught:
        entropy([1.0, INF])
    assert "normalize" not in str(caught.value)


def test_a_sum_that_overflows_is_refused_without_a_warning():
    assert_refuses(entropy, [1e308, 1e308], "p", "sums to inf", "")


@pytest.mark.parametrize("axis", [1, -2, 2**70, None, True, False, 0.0, "0", [0]])
def test_an_axis_that_does_not_exist_is_refused(axis):
    for function in (
        lambda axis: entropy(HALVES, axis=axis),
        lambda axis: cross_entropy(HALVES, HALVES, axis=axis),
        lambda axis: kl_divergence(HALVES, HALVES, axis=axis),
        lambda axis: kl_terms(HALVES, HALVES, axis=axis),
        lambda axis: normalize(HALVES, axis=axis),
    ):
        assert_refuses(function, axis, "axis", f"is {axis!r}", "whole number from -1 to 0")


def test_a_refused_axis_is_told_with_the_shape_that_lacks_it():
    with pytest.raises(ValueError, match=r"^axis is 2, .* from -2 to 1: q has shape \(1, 2\)$"):
        kl_divergence(HALVES, [HALVES], axis=2)
    assert entropy([HALVES], axis=np.int64(1)) == [math.log(2)]


def test_longdoubles_are_computed_in_float64_without_a_warning():
    wide = np.array(HALVES, np.longdouble)
    assert entropy(wide) == entropy(HALVES) == surprisal(wide)[0]
    huge = np.array(["1e400", "1"], np.longdouble)
    assert_refuses(surprisal, huge, "q", "holds inf at [0]", "at most 1")
    assert_refuses(normalize, huge, "weights", "sum to inf", "finite sum")
