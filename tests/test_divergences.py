"""Jensen–Shannon, total variation, mutual information: hand values, SciPy, theorems, refusals."""

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import jensenshannon

from kl_lessons.information import (
    entropy,
    js_divergence,
    kl_divergence,
    mutual_information,
    normalize,
    total_variation,
)

pytestmark = pytest.mark.filterwarnings("error")
reproducible = settings(deadline=None, derandomize=True)

LOG2 = math.log(2)
ROUNDING = 1e-12  # far above float64's rounding, far below any difference of interest
TINY = 5e-324
weights = st.one_of(st.just(0.0), st.floats(1e-12, 1.0))


@st.composite
def distributions(draw, how_many=2, most=8):
    """Distributions of one length, zeros among their entries."""
    size = draw(st.integers(2, most))
    rows = st.lists(weights, min_size=size, max_size=size).filter(lambda row: sum(row) > 0)
    return [normalize(draw(rows)) for _ in range(how_many)]


@st.composite
def tables(draw):
    """Joint distributions, with zeros, and at times whole rows of them."""
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    entries = st.lists(weights, min_size=rows * columns, max_size=rows * columns)
    flat = draw(entries.filter(lambda row: sum(row) > 0))
    return normalize(flat).reshape(rows, columns)


# Hand values


@pytest.mark.parametrize(
    ("p", "q", "base", "expected"),
    [
        ([1, 0], [0, 1], None, LOG2),
        ([1, 0], [0, 1], 2, 1.0),
        ([0.5, 0.5, 0, 0], [0, 0, 0.25, 0.75], 2, 1.0),
        ([0.3, 0.7], [0.3, 0.7], None, 0.0),
        # M = [3/4, 1/4]: half of log2(4/3), and half of ½ log2(2/3) + ½ log2(2)
        ([1, 0], [0.5, 0.5], 2, math.log2(4 / 3) / 2 + math.log2(2 / 3) / 4 + 1 / 4),
        ([0.4, 0.6], [0.6, 0.4], None, 0.4 * math.log(0.8) + 0.6 * math.log(1.2)),
    ],
)
def test_jensen_shannon_by_hand(p, q, base, expected):
    assert js_divergence(p, q, base=base) == pytest.approx(expected, rel=1e-14, abs=0)


@pytest.mark.parametrize(
    ("p", "q", "expected"),
    [
        ([1, 0], [0, 1], 1.0),
        ([0.5, 0.5], [0.5, 0.5], 0.0),
        ([0.5, 0.5], [0.75, 0.25], 0.25),
        ([0.5, 0.25, 0.25], [0.25, 0.5, 0.25], 0.25),
        ([1, 0, 0], [0.5, 0.25, 0.25], 0.5),
    ],
)
def test_total_variation_by_hand(p, q, expected):
    assert total_variation(p, q) == expected


@pytest.mark.parametrize(
    ("joint", "base", "expected"),
    [
        ([[0.5, 0], [0, 0.5]], 2, 1.0),
        ([[0.25, 0.25], [0.25, 0.25]], None, 0.0),
        ([[1.0]], None, 0.0),
        ([[0, 0], [0.25, 0.75]], None, 0.0),
        ([[0.4, 0.1], [0.1, 0.4]], None, 0.8 * math.log(1.6) + 0.2 * math.log(0.4)),
        (np.eye(4) / 4, 2, 2.0),
        ([[0.25, 0, 0.25], [0, 0.5, 0]], 2, 1.0),
    ],
)
def test_mutual_information_by_hand(joint, base, expected):
    assert mutual_information(joint, base=base) == pytest.approx(expected, rel=1e-14, abs=0)


# Oracles


@pytest.mark.parametrize("base", [None, 2, 10])
@reproducible
@given(pair=distributions())
def test_jensen_shannon_is_the_square_of_scipys_distance(base, pair):
    p, q = pair
    ours, theirs = js_divergence(p, q, base=base), jensenshannon(p, q, base=base) ** 2
    # SciPy's own sum may fall below 0 by rounding, and its root is nan then.
    assert ours == pytest.approx(np.nan_to_num(theirs), abs=1e-12)


@reproducible
@given(pair=distributions(most=5))
def test_total_variation_is_the_largest_difference_about_any_event(pair):
    p, q = pair
    events = np.array(list(np.ndindex(*[2] * p.size)))
    assert total_variation(p, q) == pytest.approx((events @ (p - q)).max(), abs=ROUNDING)


@reproducible
@given(joint=tables())
def test_mutual_information_is_kl_from_the_product_and_a_sum_of_entropies(joint):
    x, y = joint.sum(axis=1), joint.sum(axis=0)
    ours = mutual_information(joint)
    product = normalize(np.outer(x, y).ravel())
    assert ours == pytest.approx(kl_divergence(joint.ravel(), product), abs=ROUNDING)
    h_x, h_y = entropy(normalize(x)), entropy(normalize(y))
    assert ours == pytest.approx(h_x + h_y - entropy(joint.ravel()), abs=ROUNDING)
    assert ours <= min(h_x, h_y) + ROUNDING


# Theorems


@reproducible
@given(pair=distributions())
def test_both_are_symmetric_bounded_and_without_negative_zero(pair):
    p, q = pair
    for measure, most in ((js_divergence, LOG2), (total_variation, 1.0)):
        value = measure(p, q)
        assert type(value) is float
        assert 0 <= value <= most
        assert value == measure(q, p)
        assert measure(p, p) == 0 and math.copysign(1, measure(p, p)) == 1


@pytest.mark.parametrize("base", [None, 2, 3, 10])
def test_what_shares_no_outcome_is_never_above_log_2(base):
    rng = np.random.default_rng(1)
    p = np.hstack([rng.dirichlet(np.ones(7), 500), np.zeros((500, 3))])
    q = np.hstack([np.zeros((500, 7)), rng.dirichlet(np.ones(3), 500)])
    bound = LOG2 / math.log(base or math.e)
    js = js_divergence(p, q, base=base)
    assert np.all(js <= np.nextafter(bound, 2)) and np.allclose(js, bound, rtol=1e-14)
    tv = total_variation(p, q)
    assert np.all(tv <= 1) and np.allclose(tv, 1, rtol=1e-14)


@pytest.mark.parametrize("distance", [lambda p, q: math.sqrt(js_divergence(p, q)), total_variation])
@reproducible
@given(three=distributions(how_many=3))
def test_the_root_of_jensen_shannon_and_total_variation_know_no_shorter_detour(distance, three):
    p, q, r = three
    assert distance(p, r) <= distance(p, q) + distance(q, r) + 1e-7  # the root of rounding


def test_jensen_shannon_itself_and_kl_do_know_shorter_detours():
    p, q, r = [0.5, 0.5], [0.7, 0.3], [0.9, 0.1]
    for divergence in (js_divergence, kl_divergence):
        assert divergence(p, r) > divergence(p, q) + divergence(q, r)


@reproducible
@given(pair=distributions())
def test_pinskers_bound_holds_in_nats_and_in_both_directions(pair):
    p, q = pair
    for kl in (kl_divergence(p, q), kl_divergence(q, p)):
        assert total_variation(p, q) <= math.sqrt(kl / 2) + 1e-7


def test_pinskers_bound_is_nearly_reached_by_coins_that_are_nearly_fair():
    p, q = [0.5, 0.5], [0.501, 0.499]
    assert total_variation(p, q) == pytest.approx(math.sqrt(kl_divergence(p, q) / 2), rel=1e-5)


@reproducible
@given(pair=distributions(), data=st.data())
def test_merging_outcomes_raises_none_of_the_three(pair, data):
    p, q = pair
    groups = st.lists(st.integers(0, 2), min_size=p.size, max_size=p.size)
    merge = np.eye(3)[data.draw(groups)]
    merged = normalize(p @ merge), normalize(q @ merge)
    for measure in (kl_divergence, js_divergence, total_variation):
        assert measure(*merged) <= measure(p, q) + ROUNDING


@reproducible
@given(joint=tables())
def test_mutual_information_is_symmetric_and_never_negative(joint):
    value = mutual_information(joint)
    assert type(value) is float and value >= 0 and math.copysign(1, value) == 1
    assert value == pytest.approx(mutual_information(joint.T), abs=ROUNDING)


@reproducible
@given(pair=distributions())
def test_mutual_information_is_0_for_independent_variables(pair):
    assert mutual_information(np.outer(*pair)) == pytest.approx(0, abs=1e-14)


@reproducible
@given(joint=tables())
def test_mutual_information_is_0_only_for_independent_variables(joint):
    """By Pinsker the joint is as near to the product as the square root of the information."""
    product = normalize(np.outer(joint.sum(axis=1), joint.sum(axis=0)).ravel())
    far = total_variation(joint.ravel(), product)
    assert far <= math.sqrt(mutual_information(joint) / 2) + 1e-7


@reproducible
@given(joint=tables())
def test_forgetting_which_row_it_was_raises_no_mutual_information(joint):
    merged = np.vstack([joint[:2].sum(axis=0), joint[2:]])
    assert mutual_information(merged) <= mutual_information(joint) + ROUNDING


# Limits


def test_the_smallest_floats_are_not_lost():
    assert js_divergence([TINY, 1.0], [0.0, 1.0]) == pytest.approx(0, abs=1e-300)
    assert js_divergence([1e-300, 1.0], [1.0, 1e-300]) == pytest.approx(LOG2)
    assert total_variation([TINY, 1.0], [0.0, 1.0]) in (0.0, TINY)
    assert mutual_information([[1e-200, 0.0], [0.0, 1.0]]) == pytest.approx(0, abs=1e-190)
    assert mutual_information([[TINY, 1.0]]) == 0


def test_jensen_shannon_and_total_variation_are_finite_where_kl_is_not():
    p, q = [0.5, 0.5], [1, 0]
    assert kl_divergence(p, q) == math.inf
    assert math.isfinite(js_divergence(p, q)) and math.isfinite(total_variation(p, q))


# Shapes and types


@pytest.mark.parametrize("measure", [js_divergence, total_variation])
def test_many_at_once_along_any_axis(measure):
    rng = np.random.default_rng(2)
    p, q = rng.dirichlet(np.ones(4), (2, 3, 5))
    each = [[measure(a, b) for a, b in zip(*rows, strict=True)] for rows in zip(p, q, strict=True)]
    assert measure(p, q) == pytest.approx(np.array(each), abs=1e-15)
    assert measure(np.moveaxis(p, -1, 0), np.moveaxis(q, -1, 0), axis=0) == pytest.approx(
        np.array(each), abs=1e-15
    )
    assert measure(p, q[0, 0]).shape == (3, 5)
    assert measure(p, q).dtype == np.float64


def test_arguments_are_not_changed_and_float32_is_computed_in_float64():
    p, q = np.array([0.1, 0.9], np.float32), np.array([0.6, 0.4], np.float32)
    joint = np.outer(p, q)
    kept = p.copy(), q.copy(), joint.copy()
    a, b = p.astype(float), q.astype(float)
    assert total_variation(p, q) == abs(a - b).sum() / 2
    assert js_divergence(p, q) == pytest.approx(jensenshannon(a, b) ** 2, rel=1e-6)
    assert mutual_information(joint) == pytest.approx(0, abs=1e-7)
    assert all(np.array_equal(a, b) for a, b in zip((p, q, joint), kept, strict=True))


def test_bits_are_nats_over_log_2():
    p, q, joint = [0.2, 0.8], [0.7, 0.3], [[0.4, 0.2], [0.1, 0.3]]
    assert js_divergence(p, q, base=2) == pytest.approx(js_divergence(p, q) / LOG2)
    assert mutual_information(joint, base=2) == pytest.approx(mutual_information(joint) / LOG2)


# Refusals


@pytest.mark.parametrize("measure", [js_divergence, total_variation])
def test_what_is_no_distribution_is_refused_in_words(measure):
    for p, q, message in (
        ([0.5, 0.6], [0.5, 0.5], "p sums to 1.1, not 1: did you mean normalize(p)?"),
        ([0.5, 0.5], [1.5, -0.5], "q holds -0.5 at [1]"),
        ([0.5, 0.5], [0.2, 0.3, 0.5], "p has 2 outcomes and q has 3"),
    ):
        with pytest.raises(ValueError, match=re.escape(message)):
            measure(p, q)


@pytest.mark.parametrize(
    ("joint", "message"),
    [
        ([0.5, 0.5], "joint has shape (2,): give a table"),
        (1.0, "joint has shape (): give a table"),
        (np.full((2, 2, 2), 1 / 8), "joint has shape (2, 2, 2): give a table"),
        ([[0.5, 0.5], [0.5, 0.5]], "joint sums to 2, not 1: did you mean normalize(joint)?"),
        ([[0.5, 0.6], [-0.1, 0.0]], "joint holds -0.1 at [1, 0]"),
        (np.ma.array([[0.5, 0.5]], mask=[[0, 1]]), "joint hides entries behind a mask"),
    ],
)
def test_a_joint_that_is_none_is_refused_in_words(joint, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        mutual_information(joint)


@pytest.mark.parametrize("base", [1, 0, -2, math.nan, math.inf, "2"])
def test_a_base_is_a_number_above_1(base):
    for measure in (
        lambda: js_divergence([1, 0], [0, 1], base=base),
        lambda: mutual_information([[1.0]], base=base),
    ):
        with pytest.raises(ValueError, match="must be a number above 1"):
            measure()
