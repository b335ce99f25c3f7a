"""What a wrong answer is told: its mistake by name, or how far off it is; never a wrong name."""

import math
import re

import numpy as np
import pytest
import scipy
from scipy.special import expit, rel_entr

from kl_lessons import exercises
from kl_lessons.exercises.diagnoses import ROUNDED
from kl_lessons.exercises.explanations import unit_mistakes, value_of
from kl_lessons.information import (
    cross_entropy,
    entropy,
    js_divergence,
    kl_divergence,
    kl_terms,
    total_variation,
)
from kl_lessons.subjects.classifier import (
    cross_entropy_from_logits,
    cross_entropy_gradient,
    log_softmax,
    softmax,
)

pytest_plugins = "asking"  # the fixture `said`

ALL = {name: e for n in exercises._lessons() for name, e in exercises._exercises(n).items()}
NUMBERS = [name for name, e in ALL.items() if e.asks == "numbers"]
FUNCTIONS = [name for name, e in ALL.items() if e.asks == "function"]
GENERIC = re.compile(
    r"✗ (for [^:]+: )?(too (large|small|near 0|far below 0)|of the wrong sign|(below|above) 0, and "
    r"the right number is|right: \d of \d; number|\w+ numbers? (was|were) given|a table of shape|"
    r"rounded:)"
)


def ways(compute):
    return compute if isinstance(compute, tuple) else (compute,)


def on_arrays(name, compute):
    """The computation as a learner's function, which is given arrays."""
    names = list(ALL[name].inputs[0])

    def function(*arguments):
        values = [np.asarray(argument).tolist() for argument in arguments]
        return compute(**dict(zip(names, values, strict=True)))

    return function


@pytest.mark.parametrize(
    ("name", "sentence"), [(n, words) for n in NUMBERS for words in ALL[n].mistakes]
)
def test_each_mistake_is_named(name, sentence, said):
    for compute in ways(ALL[name].mistakes[sentence]):
        wrong = compute(**ALL[name].inputs[0])
        for typed in (wrong, lambda wrong=wrong: wrong):
            assert said(name, typed).startswith(f"✗ {sentence}"), wrong


@pytest.mark.parametrize(
    ("name", "sentence"), [(n, words) for n in FUNCTIONS for words in ALL[n].mistakes]
)
def test_each_mistake_of_a_function_is_named_with_the_input_on_which_it_shows(name, sentence, said):
    texts = [said(name, on_arrays(name, way)) for way in ways(ALL[name].mistakes[sentence])]
    wrong = [text for text in texts if not text.startswith("✓")]  # an epsilon may be too small
    first = next(iter(ALL[name].inputs[0]))
    assert wrong and all(text.startswith(f"✗ for {first} ") for text in wrong)
    assert all(f": {sentence}\n" in text for text in wrong)


@pytest.mark.parametrize("name", NUMBERS)
def test_no_two_mistakes_of_an_exercise_give_the_same_number(name):
    seen = {}
    for words, compute in ALL[name].mistakes.items():
        for way in ways(compute):
            value = value_of(way, ALL[name].inputs[0])
            for other, known in seen.items():
                same = known.shape == value.shape and np.allclose(known, value, rtol=1e-7)
                assert not same or other == words, f"{words} / {other}"
            seen[words] = value


@pytest.mark.parametrize("name", NUMBERS)
def test_mistakes_of_unit_base_percent_and_sign_are_named(name, said):
    right = value_of(ALL[name].answer, ALL[name].inputs[0])
    own = [
        value_of(way, ALL[name].inputs[0]) for e in ALL[name].mistakes.values() for way in ways(e)
    ]
    for words, change in unit_mistakes(ALL[name].unit):
        known = [v for v in own if v.shape == right.shape and np.allclose(v, change(right))]
        assert known or f"✗ {words}\n" in said(name, change(right))


# ---- the findings, by their number


def test_a2_a_hint_typed_literally_is_told_whose_p_and_q_these_are(said):
    p, q = np.array([0.5, 0.5]), np.array([0.9, 0.1])  # lesson 01's
    flips, observed = np.array([0, 0, 1, 0, 0]), np.array([0.65, 0.35])
    whose = "these are the lesson's p and q; the exercise has its own"
    assert whose in said("1.1", np.sum(np.log(p / q)[flips]))
    terms = [kl_divergence(observed, q), kl_divergence(observed, p)]
    assert whose in said("1.3", terms) and whose in said("1.3", lambda: terms)
    whose_q = "this is the lesson's q; the exercise has its own"  # p is the same
    assert whose_q in said("1.4", [np.log(99) / kl_divergence(*c) for c in ((p, q), (q, p))])
    assert f"{whose}. And: this takes KL(Q‖P)" in (said("1.5", np.log(9990) / kl_divergence(q, p)))
    text = said("1.2", lambda heads_p, heads_q: np.sum(p * np.log(p / q)))
    assert "The same number comes out whatever it is given. It reads p and q from outside" in text
    p, q = np.array([0.5, 0.3, 0.2]), np.array([0.7, 0.2, 0.1])  # lesson 02's
    assert f"{whose}. And: these are the three terms" in said("2.1", p * np.log(p / q))
    p, q = np.array([0.5, 0.25, 0.125, 0.125]), np.array([0.125, 0.5, 0.25, 0.125])  # lesson 03's
    assert whose in said("3.1", [cross_entropy(p, q, base=2), entropy(q, base=2)])
    logits = np.array([2.0, 0.0, -1.0])  # lesson 04's
    losses = [cross_entropy_from_logits(z, 2) for z in (logits, logits + np.eye(3)[2])]
    assert "this is the lesson's logits; the exercise has its own" in said("4.2", losses)
    step = logits - cross_entropy_gradient(logits, 1)
    assert "these are the lesson's p and logits; the exercise has its own" in said("4.3", step)


def test_a2_what_a_function_reads_from_outside_is_said(said):
    namespace = {"np": np, "soft": np.array([0.2, 0.3, 0.5])}
    exec("def answer():\n    return np.sum(soft) + 3", namespace)
    assert "It reads soft from outside the function" in said("4.4", namespace["answer"])
    namespace |= {"heads": 40, "tails": 10}
    exec("def answer():\n    p, q = [0.75, 0.25], [0.5, 0.5]\n    return ("
         "heads * np.log(p[0] / q[0]) + tails * np.log(p[1] / q[1]))", namespace)  # fmt: skip
    assert "these are the notebook's heads and tails; the exercise has its own" in said(
        "1.1", namespace["answer"]
    )


def test_a4_exchanged_directions_are_named_in_1_5(said):
    assert "this takes KL(Q‖P): the truth comes first" in said(
        "1.5", np.log(9990) / kl_divergence([0.6, 0.4], [0.8, 0.2])
    )


def test_a4_log_98_is_not_told_to_give_more_digits(said):
    p, q = [0.5, 0.5], [0.6, 0.4]
    text = said("1.4", [np.log(98) / kl_divergence(p, q), np.log(98) / kl_divergence(q, p)])
    assert "odds of 98 were taken" in text and "digits" not in text
    assert "digits" not in said("3.4", np.log2(98) / 0.247)


def test_a4_nan_is_told_by_its_cause(said):
    cause = "the logarithm of a negative number was taken, and that is nan"
    for name in ("1.1", "1.3", "2.1", "3.1", "4.2"):
        size = np.size(value_of(ALL[name].answer, ALL[name].inputs[0]))
        assert cause in said(name, lambda size=size: np.log(np.full(size, -0.5)))
    assert cause in said("1.2", lambda heads_p, heads_q: np.log(-heads_p))
    text = said("1.6", lambda p, q: np.sum(p * np.log(p / q)))
    assert (
        "for p = [0.5, 0.5, 0.0], q = [0.25, 0.25, 0.5]: log 0 was taken, and 0 · log 0 is" in text
    )
    text = said("1.3", np.nan)
    assert "nan came out, which is no number" in text and "0·log 0" not in text


def test_a4_an_overflow_of_exp_is_told_as_one(said):
    def by_way_of_q(logits, p):
        q = np.exp(logits) / np.sum(np.exp(logits), axis=1, keepdims=True)
        return -np.mean(np.sum(p * np.log(q), axis=1))

    assert "exp of a large score became ∞, and ∞/∞ is nan" in said("4.7", by_way_of_q)


def test_a4_belief_in_symmetry_is_no_epsilon_and_is_not_given_the_half(said):
    text = said("2.2", [np.log(2), np.log(2)])
    assert "KL is not the same in both directions" in text
    assert "epsilon" not in text and "infinit" not in text and "∞" not in text


def test_a4_infinity_in_2_3_is_not_called_kl_from_m(said):
    assert said("2.3", np.inf).startswith("✗ one number was given: give a list of three numbers")
    assert "from M" not in said("2.3", [np.inf] * 3)
    assert "∞ came out, and the answer is finite" in said("2.3", [np.inf, 0.1, np.inf])


def test_a4_the_exact_cost_of_lengths_1_2_3_4_is_not_rounded(said):
    text = said("3.3", 0.65)
    assert "this code is decodable, but not Huffman's" in text and not text.startswith(
        f"✗ {ROUNDED}"
    )


def test_a4_brackets_around_the_right_numbers_do_not_hurt(said):
    observed = np.array([0.65, 0.35])
    terms = [kl_divergence(observed, [0.5, 0.5]), kl_divergence(observed, [0.75, 0.25])]
    for typed in ([terms], np.array([terms]), np.array([terms]).T):
        assert said("1.3", typed).startswith("✓")
    logits = np.array([[2.0, -1.0, 0.3]])
    assert said("4.3", logits - cross_entropy_gradient(logits, [2])).startswith("✓")


@pytest.mark.parametrize("epsilon", [1e-4, 1e-6, 1e-8, 1e-10, 1e-12, 1e-16])
def test_a5_an_epsilon_is_found_in_each_function_that_has_to_be_exact(epsilon, said):
    def information(joint):
        product = np.outer(joint.sum(axis=1), joint.sum(axis=0))
        return np.sum(joint * np.log((joint + epsilon) / (product + epsilon)))

    assert "an epsilon was added, or small probabilities were raised" in said("2.6", information)
    text = said("1.6", lambda p, q: np.sum(p * np.log((p + epsilon) / (q + epsilon))))
    assert "an epsilon took the place of 0: where p > 0 = q the answer is ∞" in text
    text = said("3.6", lambda counts, q: -np.sum(counts * np.log2(q + epsilon)))
    assert "an epsilon took the place of 0: for such a letter the answer is ∞" in text


def test_a5_a_difference_of_entropies_is_not_right_by_chance(said):
    def difference(heads_p, heads_q):
        return entropy([heads_q, 1 - heads_q]) - entropy([heads_p, 1 - heads_p])

    text = said("1.2", difference)
    assert (
        "for heads_p = 0.5, heads_q = 0.75: this is Σ p log p − Σ q log q: in KL the truth p"
        in text
    )


def losses(logits, p):
    below = logits - logits.max(axis=1, keepdims=True)
    return -np.sum(p * (below - np.log(np.sum(np.exp(below), axis=1, keepdims=True))), axis=1)


def test_a5_a_constant_2_and_a_median_are_found_in_4_7(said):
    assert "the sum is divided by 2" in said("4.7", lambda z, p: losses(z, p).sum() / 2)
    assert "this is the median" in said("4.7", lambda z, p: np.median(losses(z, p)))


def test_a5_numpy_alone_means_numpy_alone(said):
    def by_kl(joint):
        product = np.outer(joint.sum(axis=1), joint.sum(axis=0))
        return kl_divergence(joint.ravel(), product.ravel())

    def by_cross_entropy(counts, q):
        return counts.sum() * cross_entropy(counts / counts.sum(), q, base=2)

    assert "right, but by kl_divergence of the package" in said("2.6", by_kl)
    assert "right, but by kl_divergence of the package" in said("1.6", kl_divergence)
    text = said("4.7", lambda z, p: np.mean(cross_entropy_from_logits(z, p)))
    assert (
        "right, but by cross_entropy_from_logits of the package: here NumPy alone is asked" in text
    )
    assert "right, but by cross_entropy of the package" in said("3.6", by_cross_entropy)


def test_numpy_alone_means_no_measure_of_scipy_however_it_is_imported(said):
    def imported_inside(p, q):
        import scipy.special as functions

        return sum(functions.kl_div(p, q))

    def of_table(joint):
        return np.sum(rel_entr(joint, np.outer(joint.sum(axis=1), joint.sum(axis=0))))

    for name, function, called in (
        ("1.6", lambda p, q: np.sum(rel_entr(p, q)), "rel_entr"),
        ("1.6", lambda p, q: scipy.special.rel_entr(1 * p[:], q).sum(), "rel_entr"),
        ("1.6", scipy.stats.entropy, "entropy"),
        ("1.6", imported_inside, "kl_div"),
        ("2.6", of_table, "rel_entr"),
        ("7.4", lambda q, log_joint: q @ log_joint + np.sum(scipy.special.entr(q)), "entr"),
    ):
        assert f"right, but by {called} of SciPy: here NumPy alone is asked" in said(name, function)


def test_numpy_alone_means_all_of_numpy(said):
    def by_many_ways(p, q):
        terms = np.zeros_like(p)
        np.log(p / np.where(q > 0, q, 1), where=p > 0, out=terms)
        terms *= p
        terms[(p > 0) & (q == 0)] = np.inf
        return float(np.clip(terms, -9, np.inf) @ np.ones(len(p)))

    assert said("1.6", by_many_ways).startswith("✓")


def test_a6_what_the_lessons_teach_is_named(said):
    def product_first(joint):
        product = np.outer(joint.sum(axis=1), joint.sum(axis=0))
        with np.errstate(all="ignore"):
            return np.nansum(product * np.log(product / joint))

    assert "this is KL(product‖joint)" in said("2.6", product_first)
    for low in (1e-7, 1e-12, np.finfo(float).eps):

        def clipped(z, p, low=low):
            return -np.mean(np.sum(p * np.log(np.clip(softmax(z), low, 1 - low)), axis=1))

        def added(z, p, low=low):
            return -np.mean(np.sum(p * np.log(softmax(z) + low), axis=1))

        for approximate in (clipped, added):
            assert "q was clipped, or an epsilon added" in said("4.7", approximate)
    soft = 0.9 * np.array([0, 1, 0]) + 0.1 / 3
    assert "this is the lesson's label; the exercise has its own" in said("4.4", entropy(soft))


# ---- natural wrong answers beyond the tables: named where a fragment stands, else generic


def js_parts(p, q):
    m = (p + q) / 2
    return np.array([kl_divergence(p, m), kl_divergence(q, m), js_divergence(p, q)])


def of_two(measure):
    return lambda a, b: measure(np.array([a, 1 - a]), np.array([b, 1 - b]))


def masked_at_p(p, q):
    seen = p > 0
    if np.any(q[seen] == 0):
        return np.inf
    return np.sum(q[seen] * np.log(q[seen] / p[seen]))


def table_of(measure):
    return lambda j: measure(j, np.outer(j.sum(axis=1), j.sum(axis=0)))


def quietly(function):
    def wrapped(*arguments):
        with np.errstate(all="ignore"):
            return function(*arguments)

    return wrapped


P, Q, SEEN = np.array([0.75, 0.25]), np.array([0.5, 0.5]), np.array([0.65, 0.35])
PIN, FRIEND = np.array([0.8, 0.2]), np.array([0.6, 0.4])
RAIN, APP = np.array([0.5, 0.3, 0.2]), np.array([0.7, 0.2, 0.1])
WEATHER, FORECAST = np.array([0.7, 0.2, 0.1]), np.array([0.5, 0.25, 0.25])
SURE, EVEN = np.array([1.0, 0.0]), np.array([0.5, 0.5])
DOG, PHOTO = np.array([0, 1, 0]), np.array([0.6, 0.15, 0.25])
Z = np.array([2.0, -1.0, 0.3])
UP = Z + np.eye(3)[2]
RIGHT_1_1, JS = math.log(81 / 32), js_parts(SURE, EVEN)
TERMS = kl_terms(np.array([0.2, 0.5, 0.3]), np.array([0.4, 0.4, 0.2]))
PARTS = np.array([TERMS[0], TERMS[1] + TERMS[2]])
LARGE = np.array([0.8, 0.2]), np.array([0.9, 0.1])  # sun and cloud as one
LOST = kl_divergence(RAIN, APP) - kl_divergence([0.8, 0.2], [0.9, 0.1])
FLIPS = np.log(99) / np.array([kl_divergence(EVEN, FRIEND), kl_divergence(FRIEND, EVEN)])
WALK = np.log(9990) / kl_divergence(PIN, FRIEND)
LOSSES = np.array([cross_entropy_from_logits(Z, 2), cross_entropy_from_logits(UP, 2)])
STEP = Z - cross_entropy_gradient(Z, 2)
SPAM = np.log1p(np.exp([2, 2 - expit(2)]))
FLOOR, TWICE = entropy([0.92, *[0.02] * 4]), math.log(1 + 9 / math.e)
START, NOISY = np.array([np.log(16), np.exp(-0.11)]), entropy([0.775, *[0.075] * 3])
FORWARD, W = np.array([2.0, math.sqrt(3.4375)]), np.array([0.2, 0.8])
ONE_PEAK, SPREADS = -np.log(W), np.array([20 / 3, 0.0225])
BELLS = np.array([math.log(2) + 10 / 8 - 1 / 2, 13 / 2 - math.log(2) - 1 / 2])
TWO_LOGS = np.array([math.log(2), -math.log(2)])
FLIPPED, UNLEARNT = np.array([2 / 3, -math.log(20)]), np.array([-4, 4 - math.log(20)])
SHOWN, FORGED = np.array([0.6, 0.4, 0.0]), np.array([0.2, 0.4, 0.4])
REWARDED = np.array([0.75, 0.5, 0, 2 * js_divergence(SHOWN, FORGED) - 2 * math.log(2)])
COUNTED, SHORTER = np.array([5, 3, 0, 0, 0]), np.array([0.4, 0.25, 0.15, 0.1, 0.1])
CAME, BLEND = np.array([7 / 4, 2 ** (7 / 4)]), np.array([0.58, 0.35, 0.03, 0.02, 0.02])
ROOTS = np.sqrt(WEATHER) / np.sqrt(WEATHER).sum()
HEATED = np.array([kl_divergence(WEATHER, ROOTS), kl_divergence(ROOTS, WEATHER)])
ON_LEASH = 1 / np.log((1.5 + np.sqrt(32.25)) / 2)  # x = exp(1/β) solves x² − 1.5x − 7.5 = 0


def elbo_of(q, log_joint):
    return np.sum((q * log_joint)[q > 0]) + entropy(q)


def both_heated(weights):
    q = weights / weights.sum()
    return [kl_divergence(WEATHER, q), kl_divergence(q, WEATHER)]


def codes_of(mean, log_sd):
    return np.sum(mean**2 + np.exp(2 * log_sd) - 1 - 2 * log_sd, axis=1) / 2


def on_leash(p, reward, beta):
    below = np.log(p, where=p > 0, out=np.full(p.shape, -np.inf)) + reward / beta
    weights = np.exp(below - below.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


def over_sums(weights):
    return weights / weights.sum(axis=1, keepdims=True)


def naive(z):
    return np.exp(z) / np.sum(np.exp(z), axis=1, keepdims=True)


def k3_of(log_p, log_q):
    return np.exp(log_q - log_p) - 1 - (log_q - log_p)


NATURAL = {
    "1.1": [
        (100 * RIGHT_1_1, "percent"), (RIGHT_1_1 / np.log(2), "bits"), (0.93, "rounded"),
        (np.log(P / Q)[[0, 0, 1, 0, 0]], "add them up"), (kl_divergence(P, Q), None),
        (5 * kl_divergence(P, Q), None), (4 * np.log(1.5) - np.log(0.5), None),
        (np.log(81 / 1024) / np.log(1 / 32), "log P over log Q"), (0.732, "log P over log Q"),
        (np.log(1.5) + 4 * np.log(0.5), "heads and tails are exchanged"), (-2.37, "exchanged"),
        (-2.0, "^✗ below 0, and the right number is above 0: not only the sign differs\n"),
        (-0.93, "^✗ of the wrong sign\n"), (lambda: math.log(81 / 32) - 9, "not only the sign"),
        (np.log(P / Q).sum(), "added once each"), (RIGHT_1_1 / 4, None), (81 / 1024 - 1 / 32, None),
        (0.717, None), (-RIGHT_1_1 / np.log(2), "And: these are bits"),
    ],
    "1.2": [
        (of_two(lambda p, q: kl_divergence(p, q, base=2)), "bits"),
        (of_two(lambda p, q: -np.sum(p * np.log(p / q))), "minus sign"),
        (of_two(lambda p, q: 100 * kl_divergence(p, q)), "percent"),
        (of_two(kl_terms), "add them up"),
        (of_two(lambda p, q: kl_terms(p, q)[1]), "the term of tails alone"),
        (of_two(lambda p, q: kl_terms(p, q)[0] - kl_terms(p, q)[1]), "a minus stands between"),
        (lambda a, b: a * np.log(b) + np.log(a), "0.5: below 0, and the .* not only the"),
        (of_two(js_divergence), None), (of_two(lambda p, q: np.sum(p * p / q)), None),
        (of_two(total_variation), None), (of_two(lambda p, q: np.log(np.sum(p * p / q))), None),
        (lambda a, b: np.log(a / b), None), (lambda a, b: 0.1308, "The same number"),
        (lambda a: a, "keep its first line"), (lambda a, b: math.log(a - 1), "math.log takes no 0"),
    ],
    "1.3": [
        ([kl_divergence(SEEN, Q), kl_divergence(SEEN, P, base=2)], None),
        ([kl_divergence(SEEN, Q, base=2), kl_divergence(SEEN, P, base=2)], "bits"),
        ([kl_divergence(SEEN, P), kl_divergence(SEEN, Q)], "another order"),
        ([kl_divergence(P, SEEN), kl_divergence(Q, SEEN)], None),
        (kl_divergence(SEEN, Q), "number 1 alone"), ([0.65, 0.35], None),
        (RIGHT_1_1, "answer to 1.1"), ([0.046, 0.025], "rounded"),
        ([js_divergence(SEEN, Q), js_divergence(SEEN, P)], None),
        ([kl_terms(SEEN, Q), kl_terms(SEEN, P)], "sum the terms"),
        ([-kl_divergence(SEEN, Q), -kl_divergence(SEEN, P)], "minus sign"),
        ([kl_divergence(SEEN, Q) / 2, kl_divergence(SEEN, P) / 2], None),
        ([13 * np.log(13 / b[0]) + 7 * np.log(7 / b[1]) for b in (Q, P)], "divide them by their"),
        ([0.65 * np.log(0.65 / b[0]) for b in (Q, P)], "the terms of heads alone"),
        ([20 * kl_divergence(SEEN, Q), 20 * kl_divergence(SEEN, P)], "for all 20 flips"),
    ],
    "1.4": [
        (FLIPS[0], "number 1 alone"), (FLIPS[::-1], "another order"), (FLIPS.round(), "rounded"),
        (FLIPS + 1, None), (FLIPS * 99 / 100, None), (FLIPS / 2, None), (np.ceil(FLIPS), "rounded"),
        (np.log(999) / np.log(99) * FLIPS, None), (100 * FLIPS, "percent"), ([WALK, WALK], None),
        (np.log(99) / 0.1, None), (FLIPS / np.log(2), "the odds are taken with log2"),
        (1 / FLIPS, "turned over"), (np.log(99) ** 2 / FLIPS, "are multiplied"),
        (-FLIPS / 3, "number 1 is below 0, and the right number is above 0: not only the sign"),
    ],
    "1.5": [
        (round(WALK), "rounded"), (WALK + 1, None), (100 * WALK, "percent"),
        (np.log(9990) / kl_divergence(PIN, FRIEND, base=2), "KL in bits"), (-WALK, "minus sign"),
        (np.log(999) / kl_divergence(PIN, FRIEND) + 10, None), (FLIPS[0], None),
        (np.log(99) / kl_divergence(PIN, FRIEND), None), (np.log10(999) / 0.0915, None),
        (np.log(999 / 11) / kl_divergence(PIN, FRIEND), None),
        (np.log(9990) / total_variation(PIN, FRIEND), None),
        (np.log(9990) / kl_divergence(EVEN, [0.9, 0.1]), "the lesson's p and q"),
    ],
    "1.6": [
        (lambda p, q: np.nansum(p * np.log2(p / q)), "bits"), (kl_terms, "add them up"),
        (lambda p, q: np.nanmean(p * np.log(p / q)), None), (js_divergence, None),
        (quietly(lambda p, q: np.nansum(np.abs(p * np.log(p / q)))), "abs is taken"),
        (lambda p, q: np.max(kl_terms(p, q)), None), (lambda p, q: entropy(p), None),
        (lambda p, q: sum(a * math.log(a / b) for a, b in zip(p, q, strict=True)), "takes no 0"),
        (lambda p, q: np.where(p > 0, p * np.log(p / q), 0), "add them up"),
        (lambda p, q: np.sum(p[q > 0] * np.log(p[q > 0] / q[q > 0])), "nan"),
        (lambda p, q: np.sum(np.maximum(kl_terms(p, q), 0)), None),
        (lambda p, q: -np.nansum(p * np.log(p / q)), "minus sign"),
        (lambda p, q: min(kl_divergence(p, q), 100), "a finite number came out"),
        (masked_at_p, r"0.5\]: this is KL\(Q‖P\)"),
    ],
    "2.1": [
        (PARTS[::-1], "another order"), (PARTS / np.log(2), "bits"), (PARTS.sum(), "this is KL"),
        (PARTS[0], "number 1 alone"), ([PARTS[0], PARTS[1] / 2], None), (100 * PARTS, "percent"),
        (np.abs(PARTS), "lost its sign"), (TERMS[:2], "one of the two terms"), ([0.2, 0.8], None),
        ([TERMS[0], TERMS[2]], None), ([-0.14, 0.23], "rounded"), ([PARTS[0], PARTS.sum()], None),
        (lambda: np.log(np.array([0.2, 0.5]) - [0.4, 0.4]), "logarithm of a negative"),
        ((TERMS[TERMS < 0], TERMS[TERMS > 0]), "add each up"),
        (lambda: [TERMS[TERMS < 0].tolist(), TERMS[TERMS > 0].tolist()], "add each up"),
        ((TERMS[0], TERMS[1:]), "add each up"), ([PARTS[0], -0.1], "number 2 is below 0, and the"),
    ],
    "2.2": [
        ([np.log(2), 0], None), ([0, np.inf], None), ([1, np.inf], "bits"),
        ([np.log(2), 36.0], None),
        ([np.log(2), 13.1], "epsilon"), ([0.69, np.inf], "rounded"), (np.inf, "number 2 alone"),
        ([np.log(2), np.nan], "nan came out"), ([-np.log(2), np.inf], None), ([0.5, np.inf], None),
        ([np.log(2), 1e308], None), (["inf", "inf"], "in quotes"), ([np.inf, 0], "∞ came out"),
    ],
    "2.3": [
        (JS[2], "number 3 alone"), (JS[2] ** 0.5, None), (JS[:2], None), (JS / np.log(2), "bits"),
        ([JS[1], JS[0], JS[2]], "another order"), ([JS[0], JS[1], 0.5], None), (JS / 2, None),
        ([JS[0], JS[0], JS[2]], "what number 1 should be"), ([0.29, 0.14, 0.22], "rounded"),
        ([kl_divergence(SURE, EVEN), np.inf, np.inf], "∞ came out"), (-JS, "minus sign"),
        (js_parts(SURE, SURE), None), (lambda: np.sum(SURE * np.log(SURE / 0.75)), "0 · log 0"),
        ([np.inf, kl_divergence([0.75, 0.25], EVEN), np.inf], "M comes first"),
        ([JS[0], 0.5 * np.log(0.5 / 0.75), 0.216], "number 2 is below 0"),
    ],
    "2.4": [
        (13.163844238670797, "percent"), (0.13, "rounded"), (0.05, None), (np.sqrt(0.05), None),
        (np.sqrt(0.05 * np.log(2) * 2), "twice total variation"), (1 / 0.131638442, None),
        (0.05**2, None), (np.exp(-0.05), None), (LOST, "the answer to 2.5"),
        (-0.13163844238670797, "minus sign"), (np.sqrt(0.05 * np.log10(2) / 2), None),
        (1 - 0.131638442386, None), ((0.05 * np.log(2) / 2) ** 2, "the square was taken"),
    ],
    "2.5": [
        (LOST / np.log(2), "bits"), (-LOST, "after minus before"), (100 * LOST, "percent"),
        (0.048, "rounded"), (kl_divergence(RAIN, APP), "before merging"), ([0.8, 0.2], None),
        (js_divergence(RAIN, APP) - js_divergence([0.8, 0.2], [0.9, 0.1]), None),
        (LOST / 0.8, "between sun and cloud"), (LOST / kl_divergence(RAIN, APP), None),
        (total_variation(RAIN, APP) - 0.1, None), (cross_entropy(RAIN, APP), None),
        (entropy(APP) - entropy([0.9, 0.1]), None), (LOST / 0.8 * 0.9, "Q's share of sun"),
        (kl_divergence(LARGE[1], LARGE[0]) - kl_divergence(APP, RAIN), "q weighs the logarithms"),
        (0.8 * np.log(0.8 / 0.9), "not only the sign"),
    ],
    "2.6": [
        (quietly(table_of(lambda j, m: np.nansum(j * np.log2(j / m)))), "bits"),
        (quietly(table_of(lambda j, m: np.nansum(j * np.log(j / m), axis=0))), "add them up"),
        (quietly(table_of(lambda j, m: np.nansum(j * np.log(m / j)))), "minus sign"),
        (quietly(lambda j: np.nansum(j * np.log(j / (j.sum(1) * j.sum(0))))), "np.outer"),
        (lambda j: entropy(j.sum(0)), None), (lambda j: entropy(j.sum(1)), None),
        (table_of(lambda j, m: js_divergence(j.ravel(), m.ravel())), None),
        (table_of(lambda j, m: np.abs(j - m).sum() / 2), None), (lambda j: 0.0, "The same number"),
        (table_of(lambda j, m: np.sum(j * np.log(j / m))), "0 · log 0"),
        (quietly(table_of(lambda j, m: np.nansum(j / m * np.log(j / m)))), None),
        (lambda j: j.fill(0), "returns nothing"),
        (quietly(lambda j: np.nansum(j * np.log(j / np.outer(j.sum(0), j.sum(1))))), "transposed"),
        (quietly(lambda j: np.nansum(j * np.log(j))), "below 0, and .* not only the sign"),
        (quietly(lambda j: -np.nansum(j * np.log(j))), "of the joint: the marginals are missing"),
        (quietly(lambda j: np.nansum(j * np.log(j / j.sum(1, keepdims=True)))), "one marginal"),
        (quietly(lambda j: np.nansum(j * np.log(j.sum(1, keepdims=True) / j))), "sign too many"),
    ],
    "3.1": [
        (1.3, "number 1 alone"), (1.5, "number 2 alone"), ([1.5, 1.3], "another order"),
        ([1.3 * np.log(2), 1.5 * np.log(2)], "nats"), ([1.3, 0], None), ([130, 150], "percent"),
        ([1.3, 1.3], "what number 1 should be"), ([entropy(WEATHER, base=2), 1.3], None),
        ([-1.3, -1.5], "minus sign"), ([0.7, 0.8], None), ([1.75, 1.75], None), ([1.3, 1.75], None),
        ([0.7, 0.4, 0.2], None), ([kl_divergence(WEATHER, FORECAST), 1.5], None),
    ],
    "3.2": [
        (0.72, "bits"), (0.5, "rounded"), (72 * np.log(2), "percent"), (np.exp(0.72), None),
        (0.72 * np.log10(2), "log10"), (-0.72 * np.log(2), "minus sign"), (2**0.72, None),
        (0.72 * np.log(2) / 26, None), (np.log2(0.72), None), (4.83 * np.log(2) - 4.11, None),
        (8.94, None), (1 - 4.11 / 4.83, None), (0.4991 * 2, None),
    ],
    "3.3": [
        (0.64, "rounded"), (64.5, "percent"), (2.0, None), (0.6, None), (1.5, None), (0.69, None),
        (0.645 * np.log(2), "nats"), (1.29 / 4, None), (0.81, None), (0.645 - 0.469, None),
        (3.0, None), (np.log2(0.9), None),
    ],
    "3.4": [
        (27, "rounded"), (26.8, "rounded"), (np.log2(99) / 0.247 + 1, None), (np.log(99), None),
        (np.log2(99) / (0.247 * np.log(2)), None), (np.log2(99) / 0.247**2, None),
        (99 * 0.247, None), (100 * np.log2(99) / 0.247, "percent"), (0.247 / np.log2(99), None),
        (0.99 / 0.247, None), (-np.log2(99) / 0.247, "minus sign"), (np.log2(999) / 0.247, None),
        (np.log2(99) / 4.83, None),
    ],
    "3.5": [
        (10, "rounded"), (9, None), (2.3**2, None), (np.log(2.3), None), (np.log2(2.3), None),
        (997.418, "percent"), (10**2.3, None), (np.exp(2.3) - 1, None), (26 / 2.3, None),
        (1 / 2.3, None), (-9.974182, "minus sign"), (np.exp(2.3) / 2, None),
    ],
    "3.6": [
        (lambda c, q: -np.sum(c[c > 0] * np.log(q[c > 0])), "nats"),
        (lambda c, q: np.sum(c * np.log2(q)), "minus sign"),
        (lambda q, c: -np.sum(c * np.log2(q)), None), (lambda c, q: -np.sum(np.log2(q)), None),
        (lambda c, q: -c * np.log2(q), "add them up"),
        (lambda c, q: -np.sum(c * np.log10(q)), "log10"),
        (lambda c, q: -np.mean(c * np.log2(q)), None),
        (lambda c, q: np.ceil(-np.sum(c * np.log2(q))), None),
        (lambda c, q: c.sum() * np.log2(len(q)), None),
        (lambda c, q: -np.sum(c * np.log2(q)), "0 · log 0"),
        (lambda c, q: sum(-a * math.log2(b) for a, b in zip(c, q, strict=True) if a), "takes no 0"),
        (quietly(lambda c, q: -np.nansum(np.where(q > 0, c * np.log2(q), 0))), "impossible occurs"),
        (lambda c, q: 8 * -np.sum(c * np.log2(q)), None),
    ],
    "4.1": [
        (-np.log(0.15), "number 1 alone"), ([np.log(2), -np.log(0.15)], "another order"),
        ([np.log(0.15), -np.log(2)], "minus sign"), ([-np.log2(0.15), 1], "bits"),
        ([1.9, 0.69], "rounded"), ([-np.log(0.25), np.log(2)], "fox"), ([0.85, 0.7], None),
        ([-np.log(0.85), np.log(2)], None), ([-np.log(0.15), 0.15], None),
        ([-np.log(0.15), 2], None), ([np.inf, np.inf], "∞ came out"),
        (lambda: [cross_entropy(PHOTO, DOG), np.log(2)], "cross_entropy found 0 in its second"),
        (lambda: [-np.log(DOG[0]), np.log(2)], "log 0 was taken"),
        ([-np.log(0.7), np.log(2)], "the lesson's q"),
        ([-np.log(0.15), -np.log(0.3)], "after training"),
    ],
    "4.2": [
        (LOSSES[0], "number 1 alone"), (LOSSES[::-1], "another order"),
        (LOSSES / np.log(2), "bits"), (-LOSSES, "minus sign"), (LOSSES.round(1), "rounded"),
        (-log_softmax(Z), None),
        (softmax(Z), None), ([1 - softmax(Z)[2], 1 - softmax(UP)[2]], None), (LOSSES / 3, None),
        ([LOSSES[0], LOSSES[0] + 1], None),
        ([LOSSES[0], LOSSES[0]], "all three scores rose"),
        (np.exp(-LOSSES), "these are q of the true class"),
        (lambda: [np.log(Z[1]), 1.1], "logarithm of a negative"),
        ([LOSSES[0], LOSSES[0] - 0.85], None),
    ],
    "4.3": [
        (cross_entropy_gradient(Z, 2), "this is the gradient"), (softmax(Z), None), (Z, None),
        (Z - 0.5 * (Z - STEP), None), (Z + np.eye(3)[2], None), (Z - 2 * (Z - STEP), None),
        (-STEP, "minus sign"), (STEP[2], "number 3 alone"), (STEP.round(1), "rounded"),
        (Z - cross_entropy_gradient(Z, 0), None), (STEP[:2], None), (Z - log_softmax(Z), None),
        (LOSSES, "the answer to 4.2"),
    ],
    "4.14": [
        (SPAM[0], "number 1 alone"), (SPAM[::-1], "another order"), (SPAM / np.log(2), "bits"),
        (-SPAM, "minus sign"), (SPAM.round(1), "rounded"), ([SPAM[0], SPAM[0] - 0.88], None),
        (np.log1p(np.exp([-2, -2 - expit(-2)])), "no spam"), (1 - np.exp(-SPAM), None),
        ([SPAM[0], SPAM[0] / 2], None), ([SPAM[0], 0], None), (np.exp(SPAM), "is missing"),
        ([SPAM[0], np.log1p(np.exp(2 - 2 * expit(2)))], None), ([3, 2], None), (SPAM / 2, None),
        ([SPAM[0], -2 + expit(2)], "score after the step"), (np.exp(-SPAM), "q\\(yes\\)"),
        ([SPAM[0], np.log1p(np.exp(1))], "the step was 1"), (np.log10(np.exp(SPAM)), "log10"),
        (lambda: [np.log1p(np.exp(-1.5)), np.log1p(np.exp(-1.5 - expit(-1.5)))], "the lesson's z"),
    ],
    "4.4": [
        (FLOOR / np.log(2), "bits"), (FLOOR * 100, "percent"), (-FLOOR, "minus sign"), (0.4, None),
        (entropy([0.9, *[0.02] * 5]), None), (0.1 * np.log(5), None), (FLOOR / 5, None),
        (1 - 0.92, None), (entropy([0.92, 0.08]) + 0.02, None), (0.92, None), (TWICE, "4.5"),
        (cross_entropy([1, 0, 0, 0, 0], [0.92, *[0.02] * 4]), "largest entry"),
        (kl_divergence([0.92, *[0.02] * 4], [0.2] * 5), None), (-np.log(0.02), None),
    ],
    "4.5": [
        (TWICE / np.log(2), "bits"), (100 * TWICE, "percent"), (-TWICE, "minus sign"), (1.0, None),
        (1.5, "rounded"), (np.log(9), None), (1 / np.e, None), (np.log(1 + 9 * np.e), None),
        (TWICE + 1, "log Σ exp alone"), (np.log(1 + 3 / np.e), "4 classes"), (2 * TWICE, None),
        (np.log10(10), None), (FLOOR, "4.4"),
    ],
    "4.6": [
        (5, None), (40, None), (50, "percent"), (-0.5, "minus sign"), (0.5 / np.log(2), "bits"),
        (0.45, None), (0.05 / 80, None), (0.04, None), (0.8, None), (0.05 * 64, None), (4.5, None),
        (0.05 * 18, "the sum of 8 and 10"), (np.exp(0.5), None),
    ],
    "4.7": [
        (lambda z, p: np.mean(losses(z, p)) / np.log(2), "bits"), (losses, "take their mean"),
        (lambda z, p: -np.mean(losses(z, p)), "minus sign"),
        (lambda z, p: np.max(losses(z, p)), None), (lambda z, p: np.mean(entropy(p)), None),
        (lambda z, p: np.mean(losses(z, p)) / z.shape[1], "number of examples"),
        (lambda z, p: np.sum(losses(z, p)) / z.shape[1], None),
        (lambda z, p: np.mean((softmax(z) - p) ** 2), None),
        (lambda z, p: -np.mean(np.sum(p * z, axis=1)), None),
        (lambda z, p: -np.mean(np.sum(softmax(z) * np.log(p + 1e-9), axis=1)), None),
        (lambda z, p: -np.mean(np.sum(p * np.log(z), axis=1)), "logarithm of a negative"),
        (lambda z, p: -np.mean(np.sum(p * np.log(z / z.sum(1)[:, None]), axis=1)), "negative"),
        (lambda z, p: -np.mean(np.sum(p * log_softmax(log_softmax(z)), axis=1)), "of the package"),
    ],
    "5.1": [
        (START[0], "number 1 alone"), (START[::-1], "another order"), (START.round(1), "rounded"),
        (-START, "minus sign"), ([np.log(16), 0.11], None), ([16, np.exp(-0.11)], None),
        ([np.log(16), np.log(0.11)], None), ([np.log10(16), np.exp(-0.11)], None),
        ([np.log(15), np.exp(-0.11)], None), ([0.0, np.exp(-0.11)], None),
        ([4, 0.9], None), ([np.log(16), 100 * np.exp(-0.11)], None),
        ([np.log(16), 1 / (1 + np.exp(-0.11))], None), (lambda classes: 1, "asks for arguments"),
    ],
    "5.2": [
        (NOISY / np.log(2), "bits"), (100 * NOISY, "percent"), (-NOISY, "minus sign"),
        (round(NOISY, 1), None), (0, None), (np.log(4), None), (0.3 * np.log(4), None),
        (0.3, None), (-np.log(0.7), None), (entropy([0.7, 0.3]) + 0.3 * np.log(3), "drawn anew"),
        (NOISY / 4, None), (entropy([0.775, 0.225]), "taken for one"),
        (kl_divergence([0.775, *[0.075] * 3], [0.25] * 4), None),
        (START[0], None),
    ],
    "5.3": [
        (8, "percent"), (-0.08, "minus sign"), (0.1, "largest distance"),
        (0.1 - 0.05, None), (0.02, None),
        (0.6 * 0.1, None), (0.02 - 0.06, "distance first\n"), (0.4 * 0.1 + 0.6 * 0.05, None),
        (0.78, None), (0.74, None),
        (0.9 - 0.6, None), (0.6 * 0.01 + 0.4 * 0.0025, None), ([0.1, 0.05], "numbers were given"),
        ([0.06, 0.02], "add them up"), (NOISY, "5.2"),
    ],
    "5.5": [
        (lambda z, p, t: np.mean(losses(z / t, p)) / np.log(2), "bits"),
        (lambda z, p, t: -np.mean(losses(z / t, p)), "minus sign"),
        (lambda z, p, t: losses(z / t, p), "take their mean"),
        (lambda z, p, t: np.max(losses(z / t, p)), None),
        (lambda z, p, t: np.mean(entropy(p)), None),
        (lambda z, p, t: np.sum(losses(z / t, p)) / z.shape[1], None),
        (lambda z, p, t: -np.mean(np.sum(p * z / t, axis=1)), None),
        (lambda z, p, t: np.mean(losses(z - t, p)), "does nothing"),
        (lambda z, p, t: np.mean(losses(np.sqrt(1 / t) * z, p)), None),
        (lambda z, p, t: np.mean((softmax(z / t) - p) ** 2), None),
        (lambda z, p, t: np.mean(losses(z, p)) * t, None),
        (quietly(lambda z, p, t: -np.mean(np.sum(p * np.log(naive(z / t)), axis=1))),
         "nan came out"),
        (quietly(lambda z, p, t: -np.mean(np.sum(p * np.log(softmax(z / t)), axis=1))),
         "nan came out"),
    ],
    "6.1": [
        (FORWARD[0], "number 1 alone"), (FORWARD[::-1], "another order"), (FORWARD + 1, None),
        (-FORWARD, "minus sign"), (FORWARD.round(1), "rounded"), ([1, FORWARD[1]], None),
        ([3, 0.5], None), ([2, 0.5], None), ([2, 1.5], None),
        ([2, 2], "number 2 is what number 1 should be"),
        ([2, FORWARD[1] / 2], None), ([2, np.sqrt(0.25 * 1 + 0.75 * 0.5 + 3)], None),
        ([-1, 1], None), ([2, np.sqrt(4 * 4 / 3)], None),
    ],
    "6.2": [
        (ONE_PEAK[0], "number 1 alone"), (ONE_PEAK / np.log(2), "bits"),
        (100 * ONE_PEAK, "percent"),
        (ONE_PEAK.round(1), None), ([np.inf, np.inf], "∞ came out"), ([0, 0], None),
        (1 - np.array([0.2, 0.8]), None), (entropy([0.2, 0.8]), "one number was given"),
        ([np.log(2), np.log(2)], None), (ONE_PEAK / 2, None), (np.log(1 + 1 / W), None),
        ([5, 1.25], None),
    ],
    "6.4": [
        (BELLS[0], "number 1 alone"), (BELLS / np.log(2), "bits"), (-BELLS, "minus sign"),
        (100 * BELLS, "percent"), (BELLS.round(1), None), (BELLS * 2, None),
        (BELLS + TWO_LOGS, None), (BELLS - TWO_LOGS, None),
        (TWO_LOGS, None), ([9 / 8, 9 / 2], None), ([3 / 8, 3 / 2], None),
        ([0.5, 0.5], None), (BELLS + np.array([9 / 8, 9 / 2]), None),
        (BELLS - np.array([6 / 8, 6 / 2]), "square of the gap"),
        (BELLS.mean(), "one number was given"),
    ],
    "6.5": [
        (lambda a, b: np.mean(k3_of(a, b)) / np.log(2), "bits"), (k3_of, "take their mean"),
        (lambda a, b: -np.mean(k3_of(a, b)), "minus sign"),
        (lambda a, b: np.max(k3_of(a, b)), None),
        (lambda a, b: np.median(k3_of(a, b)), None), (lambda a, b: np.mean((b - a) ** 2), None),
        (lambda a, b: np.mean(np.exp(b - a)), None),
        (lambda a, b: np.log(np.mean(np.exp(b - a))), None),
        (lambda a, b: np.mean(np.exp(b - a) - (b - a)) - 2, None),
        (lambda a, b: np.mean(b / a - 1 - np.log(b / a)), None),
        (lambda a, b: np.mean(np.exp(a) * k3_of(a, b)), None),
        (lambda a, b: np.mean(np.abs(b - a)), None),
    ],
    "6.6": [
        (SPREADS[0], "number 1 alone"), (SPREADS[::-1], "another order"), (-SPREADS, "minus sign"),
        (SPREADS.round(), None), (100 * SPREADS, "percent"), (SPREADS / 2, None),
        ([20 / 3, 0.045], None), ([20 / 3, 0.09], None), ([20 / 3, 0], "log r has the mean"),
        ([1 / 0.3, 0.0225], None),
        ([0.3 / 0.09, 0.0225], None), ([20, 0.25], None), ([10, 0.01], None),
    ],
    "7.1": [
        (FLIPPED[0], "number 1 alone"), (FLIPPED[::-1], "another order"), (FLIPPED * 2, None),
        (FLIPPED.round(1), None), ([1 / 2, FLIPPED[1]], None), ([3 / 5, FLIPPED[1]], None),
        ([4 / 5, FLIPPED[1]], None), ([2 / 3, math.log(1 / 5)], "every order"), ([2 / 3, 0], None),
        ([2 / 3, -FLIPPED[1]], None), ([2 / 3, math.log(1 / 16)], None),
        ([2 / 3, np.inf], "∞ came out"),
    ],
    "7.2": [
        (UNLEARNT[0], "number 1 alone"), (UNLEARNT[::-1], "another order"),
        (-UNLEARNT, "minus sign"),
        (UNLEARNT / np.log(2), "bits"), (UNLEARNT.round(1), None), ([-4, 0], "posterior is asked"),
        ([-math.log(16), UNLEARNT[1]], None), ([-4, 4], None), ([-4, math.log(20)], None),
        ([-2, UNLEARNT[1]], None), ([-4, 2 * UNLEARNT[1]], None), ([-3, -1], None),
    ],
    "7.4": [
        (lambda q, b: elbo_of(q, b) / np.log(2), "bits"),
        (lambda q, b: -elbo_of(q, b), "minus the ELBO"),
        (lambda q, b: 2 * elbo_of(q, b), None), (lambda q, b: elbo_of(q, b) + 1, None),
        (lambda q, b: np.sum(q * np.exp(b)), None), (lambda q, b: np.max(b), None),
        (lambda q, b: np.sum(b), None), (lambda q, b: np.mean(b), None),
        (lambda q, b: entropy(q), None), (lambda q, b: -entropy(q), None),
        (lambda q, b: b - np.max(b), None), (lambda q, b: np.sum(q * b) / len(q), None),
    ],
    "7.5": [
        (lambda m, s: codes_of(m, s) / np.log(2), "bits"),
        (lambda m, s: codes_of(m, s).sum(), None),
        (lambda m, s: codes_of(m, s).mean(), None), (lambda m, s: codes_of(m, s) + 1, None),
        (lambda m, s: np.sum(m**2, axis=1) / 2, None), (lambda m, s: codes_of(m, -s), None),
        (lambda m, s: codes_of(2 * m, s), None), (lambda m, s: codes_of(s, m), None),
        (lambda m, s: codes_of(m, s) ** 2, None), (lambda m, s: np.sqrt(codes_of(m, s)), None),
        (lambda m, s: np.sum(np.abs(m), axis=1), None), (lambda m, s: codes_of(m, s)[:1], None),
    ],
    "7.6": [
        (0, None), (1, None), (20, None), (100, None), (5, None), (-30, None), (1000, None),
        (np.inf, "∞ came out"), (0.02, None), (0.95, None), (500, None), (3, None),
    ],
    "7.7": [
        (REWARDED[0], "number 1 alone"), (REWARDED[:3], None), (-REWARDED, "minus sign"),
        (REWARDED / np.log(2), None),
        ([*REWARDED[:3], 0], "number 4 is what number 3 should be"),
        ([*REWARDED[:3], math.log(2)], None), (REWARDED[::-1], "another order"),
        ([0.5, 0.5, 0.5, REWARDED[3]], "number 2"), ([3, 1, 0, REWARDED[3]], None),
        ([0.6, 0.4, 0, REWARDED[3]], None), (REWARDED.round(1), None), (REWARDED * 2, None),
    ],
    "8.1": [
        (CAME[0], "number 1 alone"), (CAME[::-1], "another order"), (-CAME, "minus sign"),
        (100 * CAME, "percent"), (CAME.round(1), "rounded"), (CAME[1], "number 2 alone"),
        ([1.75, 1.75], "what number 1 should be"), ([1.75, 3.5], None), ([1.75, 1.75**2], None),
        ([2, 4], None), ([1.75, 7], None), ([1, 2], None), ([1.5, 2**1.5], None),
        ([11 / 32, 2 ** (11 / 32)], None), ([1 / 1.75, CAME[1]], None), ([1, 2, 3, 1], "are asked"),
        ([1.75 * np.log10(2), CAME[1]], None), ([1.75, 10**1.75], None), ([1.75, 2**1.875], None),
        ([1.21, 3.36], "the first is in nats"), ([1.75, 4.0], "the second is 4"),
        (lambda: [-np.mean(np.log2([0.5, 0.25, 0.125, 0])), 3], "∞ came out"),
        ([-1.75, 2**-1.75], "a surprise is −log q"), (([1, 2, 3, 1], 2**1.75), "add each up"),
        ([-1.75, 2**1.75], "number 1 is of the wrong sign"), ([-1, 3.36], "1 is below 0, and the"),
    ],
    "8.2": [
        (BLEND[0], "number 1 alone"), (BLEND[::-1], "another order"), (-BLEND, "minus sign"),
        (100 * BLEND, "percent"), (BLEND[:2], "numbers were given"), (SHORTER, None),
        ([0.2] * 5, None), (COUNTED, None), ([0.58, 0.35, 0, 0, 0], None), (1 - BLEND, None),
        (-np.log2(BLEND), None), ([0.5, 0.3, 0.1, 0.1, 0], None), (BLEND * 2, None),
        ((COUNTED + 0.1) / 8.5, "a pseudocount"), ((COUNTED + 0.4) / 10, "evenly"),
        ((COUNTED + SHORTER) / 9, "D is 1 here"), ([0.58, 0.35, 0.04, 0.02, 0.01], None),
        ((COUNTED + 5 * SHORTER) / 13, "D is the number of all letters"),
        ((COUNTED + 3 * SHORTER) / 11, "D is the number of letters that never came"),
        ((COUNTED + SHORTER) / 10, "once: it is added D times"), (COUNTED / 8 + SHORTER, None),
        (np.where(COUNTED, COUNTED / 10, SHORTER / 5), "to the unseen letters alone"),
        (np.where(COUNTED, COUNTED / 8, SHORTER / 5), "to the unseen letters alone"),
        (np.where(COUNTED, COUNTED / 10, 0.2 / 3), "to the unseen letters alone"),
        (COUNTED + SHORTER / 5, "stand undivided"), (COUNTED / 8 + SHORTER / 5, "by n alone"),
    ],
    "8.4": [
        (lambda p, r, b: -on_leash(p, r, b), "minus sign"),
        (lambda p, r, b: 100 * on_leash(p, r, b), "percent"),
        (lambda p, r, b: over_sums(p * np.exp(r / b)), r"\[1000.*: exp of a large score became ∞"),
        (lambda p, r, b: over_sums(p * np.exp((r - r.max(axis=1, keepdims=True)) / b)),
         r"for p = \[\[0.0, 0.7, 0.3\]\].*: 0/0"),
        (quietly(lambda p, r, b: over_sums(p * np.exp(r * b))), "multiplied by beta"),
        (quietly(lambda p, r, b: p * np.exp(r / b)), "do not sum to 1"),
        (quietly(lambda p, r, b: p * np.exp(r / b) / np.sum(p * np.exp(r / b), axis=1)), "stops"),
        (quietly(lambda p, r, b: p * np.exp(r / b) / np.sum(p * np.exp(r / b), axis=0)), "columns"),
        (quietly(lambda p, r, b: over_sums(p * 2 ** (r / b))), None),
        (lambda p, r, b: p, None), (lambda p, r, b: r / b, None), (lambda p, r, b: p + r / b, None),
        (lambda p, r, b: np.ones_like(p) / p.shape[1], None),
        (lambda p, r, b: np.argmax(on_leash(p, r, b), axis=1), "one number was given"),
        (lambda p, r, b: on_leash(p, r, b)[0], "numbers were given"),
        (lambda p, r, b: np.sum(on_leash(p, r, b) * r, axis=1), "one number was given"),
        (lambda p, r, b: on_leash(p, r, np.sqrt(b)), None),
        (lambda p, r, b: on_leash(p, r, b) ** 2, None),
        (lambda p, r, b: (p + on_leash(p, r, b)) / 2, None),
        (lambda p, r, b: over_sums(p + r / b), None),
        (lambda p, r: p, "keep its first line"),
        (quietly(lambda p, r, b: p * over_sums(np.exp(r / b))), "rows do not sum to 1"),
        (quietly(lambda p, r, b: p * np.exp((r - r.max(1)[:, None]) / b)), "rows do not sum to 1"),
        (quietly(lambda p, r, b: np.log(p) + r / b), "undo the logarithm"),
        (quietly(lambda p, r, b: over_sums(np.exp(r / b) / p)), "p divides here"),
        (quietly(lambda p, r, b: over_sums(p * np.exp(r) / b)), "beta does nothing"),
        (lambda p, r, b: softmax(np.log(p + 1e-10) + r / b), "an epsilon took the place of 0"),
        (lambda p, r, b: softmax(np.log(np.maximum(p, 1e-12)) + r / b), "an epsilon took"),
        (quietly(lambda p, r, b: over_sums(p * np.exp((r - r.max()) / b))), "nan came out"),
        (quietly(lambda p, r, b: over_sums(p * (1 + r / b))), None),
    ],
    "8.5": [
        (HEATED[0], "number 1 alone"), (HEATED[::-1], "the first argument is the truth"),
        (HEATED / np.log(2), "bits"), (-HEATED, "minus sign"), (100 * HEATED, "percent"),
        (HEATED.round(2), None), (HEATED * 2, None), (HEATED / 2, None), ([0, 0], "Q is P"),
        (ROOTS, None), (ROOTS[:2], None), (HEATED.sum(), "one number was given"),
        ([js_divergence(WEATHER, ROOTS)] * 2, None), ([total_variation(WEATHER, ROOTS)] * 2, None),
        ([cross_entropy(WEATHER, ROOTS), cross_entropy(ROOTS, WEATHER)], "cross-entropies"),
        ([HEATED[0], -HEATED[0]], "the second is −KL"),
        ([-HEATED[1], HEATED[1]], "the first is −KL"),
        (HEATED / 3, "the means of the terms"), (both_heated(WEATHER**0.25), None),
        (np.sum(np.log(WEATHER / ROOTS)) * np.array([1, -1]), "the logarithms are not weighed"),
        ([entropy(WEATHER), entropy(ROOTS)], None), (HEATED / np.log(10), "log10"),
        ([entropy(ROOTS) - entropy(WEATHER)] * 2, None), ([HEATED[0], np.inf], "∞ came out"),
        (both_heated(WEATHER**2), "heat flattens"), (both_heated(np.exp(-WEATHER)), None),
    ],
    "8.6": [
        (-ON_LEASH, "minus sign"), (100 * ON_LEASH, "percent"), (0.78, "rounded"), (0.8, None),
        (1.5, None), (0.7, None), (1, None), (0, None), (ON_LEASH**2, None), (2 * ON_LEASH, None),
        (ON_LEASH / 2, None), (1 / ON_LEASH, "1/β"), (np.exp(1 / ON_LEASH), "exp"),
        (np.log(1.5), None), (np.inf, "∞ came out"), (ON_LEASH * np.log(2), "2 stands"),
        (1 / np.log((1 + np.sqrt(13)) / 2), "the reference is left out"), ([0.1, 0.3, 0.6], None),
        (lambda: 1 / np.log(-1.0), "logarithm of a negative"), (np.log(ON_LEASH), "not only"),
        (ON_LEASH / np.log(2), None), ([0.77, 0.79], "one number is asked"), (0.775, None),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", NATURAL)
def test_natural_wrong_answers_are_named_rightly_or_not_at_all(name, said):
    for number, (answer, fragment) in enumerate(NATURAL[name]):
        text = said(name, answer)
        assert text.startswith("✗ "), f"{number}: {text}"
        if fragment is None:
            assert GENERIC.match(text), f"{number}: {text}"
        else:
            assert re.search(fragment, text), f"{number}: {text}"


def test_more_than_six_natural_wrong_answers_are_tried_for_each_exercise():
    exhibits = {*exercises._exercises(9)}  # test_museum.py tries their repairs
    assert set(NATURAL) == {*NUMBERS, *FUNCTIONS} - exhibits
    assert min(map(len, NATURAL.values())) >= 12
