"""Softmax and the loss against hand values, SciPy and finite differences, and what they refuse."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import special

from kl_lessons.information import as_distribution, cross_entropy, entropy, kl_divergence, normalize
from kl_lessons.subjects.classifier import (
    cross_entropy_from_logits,
    cross_entropy_gradient,
    log_softmax,
    softmax,
    squared_error_gradient,
)

pytestmark = pytest.mark.filterwarnings("error")
reproducible = settings(deadline=None, derandomize=True)

INF = math.inf
LARGEST = np.finfo(np.float64).max
shapes = st.tuples(st.integers(1, 4), st.integers(1, 6))
scores = arrays(np.float64, shapes, elements=st.floats(-50, 50))
any_scores = arrays(np.float64, shapes, elements=st.floats(-LARGEST, LARGEST))


def drawn_truth(logits):
    """A class for each row, and a distribution for each row, some of whose entries are 0."""
    rng = np.random.default_rng(logits.size)
    classes = rng.integers(logits.shape[-1], size=logits.shape[:-1])
    p = rng.random(logits.shape) * rng.integers(2, size=logits.shape)
    np.put_along_axis(p, classes[..., np.newaxis], 1.0, axis=-1)
    return classes, normalize(p)


def one_hot(classes, outcomes):
    return np.eye(outcomes)[classes]


# Hand values


@pytest.mark.parametrize(
    ("logits", "target", "loss"),
    [
        ([-2.85, 0.86, 0.28], 2, 1.0401905),  # CS231n, "Linear classification"
        (np.log([0.2, 0.7, 0.1]), [0, 1, 0], 0.35667494393873245),
        (np.log([2, 7, 1]), [0.0, 1.0, 0.0], 0.35667494393873245),
        (np.log([0.7, 0.3]), [1.0, 0.0], 0.35667494393873245),
        ([0, 0], 0, math.log(2)),
        ([0, 0, 0, 0], [0.1, 0.2, 0.3, 0.4], math.log(4)),
        ([5.0], 0, 0.0),
        ([1000, 0], 0, 0.0),
        ([1000, 0], 1, 1000.0),
        ([-1000, 0], 0, 1000.0),
        ([1000, 0], [0.5, 0.5], 500.0),
        ([40, 0], 0, math.exp(-40)),
        ([1e308, 0], 1, 1e308),
        ([1e308, -1e308], 0, 0.0),
        ([1e308, -1e308], 1, INF),
        ([1e308, -1e308], [1.0, 0.0], 0.0),
        ([1e308, 1e308], 1, math.log(2)),
        ([-1e308, -1e308], [0.5, 0.5], math.log(2)),
        ([1, 0, 0, 0], 0, 0.7436683806286791),  # the floor of a softmax taken twice, 4 classes
    ],
)
def test_loss_by_hand(logits, target, loss):
    found = cross_entropy_from_logits(logits, target)
    assert isinstance(found, float)
    assert found == pytest.approx(loss, rel=1e-7 if loss == 1.0401905 else 1e-14, abs=0)
    assert math.copysign(1, found) == 1


@pytest.mark.parametrize(
    ("logits", "q"),
    [
        ([0, 0], [0.5, 0.5]),
        (np.log([2, 7, 1]), [0.2, 0.7, 0.1]),
        ([1000, 0], [1.0, 0.0]),
        ([-1000, -1000], [0.5, 0.5]),
        ([1e308, -1e308], [1.0, 0.0]),
        ([math.log(3), 0], [0.75, 0.25]),
        ([7], [1.0]),
    ],
)
def test_softmax_by_hand(logits, q):
    assert softmax(logits) == pytest.approx(q, rel=1e-15)


def test_gradient_by_hand():
    assert cross_entropy_gradient([0, 0], 0).tolist() == [-0.5, 0.5]
    assert cross_entropy_gradient([1000, 0], 1).tolist() == [1, -1]
    assert cross_entropy_gradient([1e308, -1e308], [0.5, 0.5]).tolist() == [0.5, -0.5]


def test_gradient_of_squared_error_by_hand():
    assert squared_error_gradient([0, 0], 0).tolist() == [-0.25, 0.25]
    assert squared_error_gradient([1000, 0], 1).tolist() == [0, 0]  # sure, and wrong
    assert squared_error_gradient([1000, 0], 0).tolist() == [0, 0]
    columns = squared_error_gradient([[0, 1000], [0, 0]], [0, 1], axis=0)
    assert columns.tolist() == [[-0.25, 0], [0.25, 0]]


@given(scores)
@reproducible
def test_gradient_of_squared_error_is_what_finite_differences_give(logits):
    for target in drawn_truth(logits):
        gradient = squared_error_gradient(logits, target)
        p = one_hot(target, logits.shape[-1]) if target.ndim < logits.ndim else target
        assert gradient.sum(axis=-1) == pytest.approx(0, abs=1e-14)
        for k in range(logits.shape[-1]):
            step = 1e-5 * one_hot(k, logits.shape[-1])
            up, down = (np.sum((softmax(logits + s) - p) ** 2, -1) / 2 for s in (step, -step))
            assert gradient[:, k] == pytest.approx((up - down) / 2e-5, abs=1e-8)


# Oracle: SciPy


@reproducible
@given(scores)
def test_softmax_and_its_log_agree_with_scipy(logits):
    for axis in (-1, 0, 1):
        assert softmax(logits, axis) == pytest.approx(special.softmax(logits, axis), rel=1e-13)
        oracle = logits - special.logsumexp(logits, axis, keepdims=True)
        assert log_softmax(logits, axis) == pytest.approx(oracle, rel=1e-13, abs=1e-13)
        oracle = special.log_softmax(logits, axis)
        assert log_softmax(logits, axis) == pytest.approx(oracle, rel=1e-13, abs=1e-15)


@reproducible
@given(scores)
def test_loss_is_the_cross_entropy_of_the_softmax(logits):
    _, p = drawn_truth(logits)
    loss = cross_entropy_from_logits(logits, p)
    assert loss == pytest.approx(cross_entropy(p, softmax(logits)), rel=1e-12, abs=1e-12)
    assert loss == pytest.approx(entropy(p) + kl_divergence(p, softmax(logits)), abs=1e-12)


@reproducible
@given(arrays(np.float64, shapes, elements=st.floats(-5, 5)))
def test_gradient_is_what_finite_differences_give(logits):
    for target in drawn_truth(logits):
        gradient = cross_entropy_gradient(logits, target)
        step = 1e-5
        for k in range(logits.shape[-1]):
            nudge = step * one_hot(k, logits.shape[-1])
            up = cross_entropy_from_logits(logits + nudge, target)
            down = cross_entropy_from_logits(logits - nudge, target)
            assert gradient[:, k] == pytest.approx((up - down) / (2 * step), abs=1e-8)


# Facts


@reproducible
@given(any_scores)
def test_softmax_of_any_finite_logits_is_a_distribution(logits):
    as_distribution("q", softmax(logits))
    assert (log_softmax(logits) <= 0).all()


@reproducible
@given(any_scores)
def test_loss_of_any_finite_logits_is_a_number_from_0_up(logits):
    for target in drawn_truth(logits):
        loss = cross_entropy_from_logits(logits, target)
        assert (loss >= 0).all()
        assert not np.signbit(loss).any()


@reproducible
@given(any_scores)
def test_a_one_hot_target_is_its_class_number_exactly(logits):
    classes, _ = drawn_truth(logits)
    p = one_hot(classes, logits.shape[-1])
    for function in (cross_entropy_from_logits, cross_entropy_gradient):
        by_class = function(logits, classes)
        assert np.array_equal(by_class, function(logits, p))
        assert np.array_equal(by_class, function(logits, p.astype(int)))
    loss = cross_entropy_from_logits(logits, classes)
    log_q = np.take_along_axis(log_softmax(logits), classes[:, np.newaxis], -1)[:, 0]
    assert np.array_equal(loss, -log_q)


@reproducible
@given(scores, st.floats(-1e3, 1e3))
def test_adding_a_constant_to_all_logits_changes_nothing(logits, constant):
    assert softmax(logits + constant) == pytest.approx(softmax(logits), abs=1e-12)


@reproducible
@given(scores)
def test_gradient_sums_to_0_and_is_q_minus_p(logits):
    classes, p = drawn_truth(logits)
    gradient = cross_entropy_gradient(logits, p)
    assert np.array_equal(gradient, softmax(logits) - p)
    assert gradient.sum(axis=-1) == pytest.approx(0, abs=1e-14)
    assert cross_entropy_gradient(logits, classes)[np.arange(len(p)), classes].max() <= 0


@reproducible
@given(scores)
def test_log_softmax_twice_is_log_softmax(logits):
    assert log_softmax(log_softmax(logits)) == pytest.approx(log_softmax(logits), abs=1e-13)


@reproducible
@given(scores)
def test_classes_may_lie_along_any_axis(logits):
    classes, p = drawn_truth(logits)
    for target, turned in ((classes, classes), (p, p.T)):
        loss = cross_entropy_from_logits(logits, target)
        assert np.array_equal(cross_entropy_from_logits(logits.T, turned, axis=0), loss)
        gradient = cross_entropy_gradient(logits, target)
        assert np.array_equal(cross_entropy_gradient(logits.T, turned, axis=0), gradient.T)


def test_each_example_has_its_own_loss():
    logits, classes = np.arange(24.0).reshape(2, 3, 4) % 5, np.array([[0, 1, 2], [3, 0, 1]])
    loss = cross_entropy_from_logits(logits, classes)
    assert loss.shape == (2, 3)
    assert loss[1, 0] == cross_entropy_from_logits(logits[1, 0], 3)
    in_the_middle = cross_entropy_from_logits(np.moveaxis(logits, -1, 1), classes, axis=1)
    assert np.array_equal(in_the_middle, loss)


def test_soft_labels_reach_their_entropy_and_no_lower():
    p = [0.9, 0.05, 0.05]
    assert cross_entropy_from_logits(np.log(p), p) == pytest.approx(entropy(p), rel=1e-15)
    assert cross_entropy_from_logits([9, 0, 0], p) > entropy(p)


def test_narrow_types_are_computed_in_float64_and_arguments_stay():
    logits, classes = np.array([[2, -1, 0]], dtype=np.float32), np.array([1])
    before = logits.copy()
    for function in (softmax, log_softmax):
        assert function(logits).dtype == np.float64
        assert np.array_equal(function(logits), function(logits.astype(float)))
    cross_entropy_gradient(logits, classes)
    assert np.array_equal(logits, before)


# Refusals


@pytest.mark.parametrize(
    ("logits", "message"),
    [
        ([0, math.nan], r"logits holds nan at \[1\], and must hold finite numbers"),
        ([[0, 1], [INF, 0]], r"logits holds inf at \[1, 0\]"),
        ([-INF, 0], r"logits holds -inf at \[0\]"),
        (3.0, "logits is a single number, 3: give one for each class"),
        ([], "logits is empty"),
        (np.zeros((3, 0)), "logits is empty"),
        (["a", "b"], "logits holds str_, not numbers"),
        ([[1], [1, 2]], "logits has rows of different lengths"),
        (np.ma.array([1, 2], mask=[0, 1]), "logits hides entries behind a mask"),
        (np.array(["1e400", "1"], np.longdouble), r"logits holds inf at \[0\]"),
    ],
)
def test_logits_are_refused(logits, message):
    for call in (softmax, log_softmax, lambda z: cross_entropy_from_logits(z, 0)):
        with pytest.raises(ValueError, match=message):
            call(logits)


@pytest.mark.parametrize(
    ("logits", "target", "message"),
    [
        (
            [0, 0, 0],
            3,
            "target holds class 3, and logits have 3 classes: give integers from 0 to 2",
        ),
        ([0, 0, 0], -1, "target holds class -1"),
        (np.zeros((2, 3)), [0, 7], r"target holds class 7 at \[1\]"),
        ([0, 0], 1.0, "target holds float64, one for each example: class numbers are integers"),
        (np.zeros((2, 3)), [0.0, 1.0], "target holds float64, one for each"),
        (np.zeros((2, 3)), [0, 1, 2], r"target has shape \(3,\): give \(2,\) class numbers"),
        (np.zeros((2, 3)), 1, r"target has shape \(\): give \(2,\) class numbers"),
        ([0, 0], [[0.5, 0.5]], r"target has shape \(1, 2\)"),
        ([0, 0], [0.5, 0.4], r"target sums to 0.9, not 1: did you mean normalize\(target\)"),
        ([0, 0], [1.5, -0.5], r"target holds -0.5 at \[1\], and must hold numbers from 0 up"),
        ([0, 0], [0.5, 0.25, 0.25], r"target has 3 classes for \(\) examples and logits have 2"),
        (np.zeros((2, 2)), np.eye(3)[:, :2], r"target has 2 classes for \(3,\) examples"),
        ([0, 0], "cat", "target holds str_"),
        ([0, 0], np.array(2**64 - 1, np.uint64), "target holds class 18446744073709551615, and"),
        ([0, 0], np.ma.array([0.5, 0.5], mask=[0, 1]), "target hides entries behind a mask"),
        (np.zeros((2, 2)), [[1], [0, 1]], "target has rows of different lengths"),
    ],
)
def test_targets_are_refused(logits, target, message):
    for function in (cross_entropy_from_logits, cross_entropy_gradient):
        with pytest.raises(ValueError, match=message):
            function(logits, target)


@pytest.mark.parametrize("axis", [1, -2, 2**70, None, True, "0"])
def test_an_axis_that_does_not_exist_is_refused(axis):
    for call in (
        lambda: softmax([0, 0], axis),
        lambda: log_softmax([0, 0], axis),
        lambda: cross_entropy_from_logits([0, 0], 0, axis),
        lambda: cross_entropy_gradient([0, 0], 0, axis),
        lambda: squared_error_gradient([0, 0], 0, axis),
    ):
        with pytest.raises(ValueError) as caught:
            call()
        message = (
            f"axis is {axis!r}, and must be a whole number from -1 to 0: logits has shape (2,)"
        )
        assert str(caught.value) == message
