"""Each line of the passport returns what the call that it stands for returns."""

import inspect
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats
from scipy.spatial.distance import jensenshannon
from sklearn.metrics import log_loss, mutual_info_score

from kl_lessons import passport
from kl_lessons.information import kl_divergence, normalize
from kl_lessons.subjects.classifier import cross_entropy_from_logits, log_softmax, softmax

reproducible = settings(deadline=None, derandomize=True)

# What was given to PyTorch 2.13.0 and Keras 3.15.1 (on PyTorch), in float64.
P = np.array([[0.5, 0.3, 0.2], [0.1, 0.2, 0.7]])
LOGITS = np.array([[2.0, 0.0, -1.0], [0.5, 1.0, -0.5]])
Q = softmax(LOGITS)
CLASSES = np.array([2, 0])
BELIEF, LABEL = np.array([0.9, 0.2, 0.6]), np.array([1.0, 0.0, 1.0])

LIBRARIES = ("scipy_", "sklearn_", "torch_", "keras_")
CALLS = [f for name, f in vars(passport).items() if name.startswith(LIBRARIES)]


@st.composite
def pairs(draw, dimensions=1):
    """Two arrays of weights above 0 of one shape; as many classes in each row."""
    shape = tuple(draw(st.integers(2, 5)) for _ in range(dimensions))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    return rng.random((2, *shape)) + 0.01


# Oracles that install from a wheel


@given(pairs())
@reproducible
def test_scipy_normalises_in_entropy_and_jensenshannon_only(pair):
    x, y = pair
    p, q = normalize(x), normalize(y)
    for a, b in ((x, y), (p, q)):
        assert passport.scipy_stats_entropy(a, b) == pytest.approx(stats.entropy(a, b))
        assert passport.scipy_special_rel_entr(a, b) == pytest.approx(special.rel_entr(a, b))
        assert passport.scipy_special_kl_div(a, b) == pytest.approx(special.kl_div(a, b))
        found = passport.scipy_spatial_distance_jensenshannon(a, b)
        assert found == pytest.approx(jensenshannon(a, b))
    assert stats.entropy(x, y) == pytest.approx(kl_divergence(p, q))
    assert special.kl_div(p, q).sum() == pytest.approx(kl_divergence(p, q))
    assert special.kl_div(x, y).min() >= 0


@given(pairs(dimensions=2))
@reproducible
def test_log_loss_takes_classes_first_and_averages_over_examples(pair):
    q = normalize(pair[0])
    classes = np.arange(len(q)) % q.shape[1]
    found = passport.sklearn_metrics_log_loss(classes, q)
    assert found == pytest.approx(log_loss(classes, q, labels=range(q.shape[1])))


def test_log_loss_clips_at_the_machine_epsilon():
    impossible = np.array([[0.0, 1.0]])
    found = passport.sklearn_metrics_log_loss(np.array([0]), impossible)
    assert found == pytest.approx(log_loss([0], impossible, labels=[0, 1]))
    assert found == pytest.approx(36.0437, abs=1e-4)


def test_log_loss_agrees_with_the_example_of_its_documentation():
    """scikit-learn's page of log_loss: "spam", "ham", "ham", "spam" give 0.21616."""
    q = np.array([[0.1, 0.9], [0.9, 0.1], [0.8, 0.2], [0.35, 0.65]])  # columns: ham, spam
    assert passport.sklearn_metrics_log_loss([1, 0, 0, 1], q) == pytest.approx(0.21616, abs=5e-6)


def test_log_loss_warns_of_rows_that_miss_1():
    with pytest.warns(UserWarning, match="sum to one"):
        log_loss([0, 1], [[0.2, 0.2], [0.5, 0.5]])


@given(pairs(dimensions=2))
@reproducible
def test_mutual_information_takes_counts_and_has_no_direction(pair):
    counts = np.ceil(100 * pair[0])
    found = passport.sklearn_metrics_mutual_info_score(counts)
    assert found == pytest.approx(mutual_info_score(None, None, contingency=counts), abs=1e-12)
    turned = passport.sklearn_metrics_mutual_info_score(counts.T)
    assert found == pytest.approx(turned, abs=1e-12)


def test_mutual_information_of_two_probability_vectors_takes_them_for_labels():
    with pytest.warns(UserWarning, match="discrete"):
        found = mutual_info_score([0.5, 0.3, 0.2], [0.6, 0.3, 0.1])
    assert found == pytest.approx(math.log(3))


def test_at_zero_scipy_is_exact_and_jensenshannon_finite():
    sure, other = [1.0, 0.0], [0.0, 1.0]
    assert stats.entropy(sure, other) == special.rel_entr(sure, other).sum() == math.inf
    assert special.kl_div(sure, other).sum() == math.inf
    assert stats.entropy(sure, [0.5, 0.5]) == pytest.approx(math.log(2))
    assert jensenshannon(sure, other) == pytest.approx(math.sqrt(math.log(2)))
    assert mutual_info_score([0, 1], [0, 1]) == pytest.approx(math.log(2))


# PyTorch: numbers of version 2.13.0; its documentation says the rest


@pytest.mark.parametrize(
    ("call", "arguments", "returned"),
    [
        (passport.torch_cross_entropy, (LOGITS, np.eye(3)[CLASSES]), 2.136988312446507),
        (passport.torch_cross_entropy, (LOGITS, P), 1.536988312446507),
        (passport.torch_cross_entropy, (LOGITS[0], P[0]), 1.3698460195562858),
        (passport.torch_cross_entropy, (LOGITS, 2 * P), 3.073976624893014),  # nothing is checked
        (passport.torch_cross_entropy, (Q, np.eye(3)[CLASSES]), 1.287529798915279),  # Q for logits
        (passport.torch_cross_entropy, (np.log(Q), np.eye(3)[CLASSES]), 2.136988312446507),
        (passport.torch_nll_loss, (np.log(Q), CLASSES), 2.136988312446507),
        (passport.torch_nll_loss, (Q, CLASSES), -0.18675451327907877),  # Q for log Q
        (passport.torch_kl_div, (np.log(Q), P), 0.2070841763808505),
        (passport.torch_kl_div_batchmean, (np.log(Q), P), 0.6212525291425515),
        (passport.torch_kl_div_batchmean, (np.log(P), Q), 0.4996696181349243),
        (passport.torch_kl_div_batchmean, (Q, P), -1.2619277185016136),  # Q for log Q
        (passport.torch_kl_div_batchmean, (np.log(Q[0]), P[0]), 0.11339766849723738),
        (passport.torch_nll_loss, (np.array([[-math.inf, 0.0]]), np.array([0])), math.inf),
        (
            passport.torch_kl_div_batchmean,
            (np.array([[0.0, -math.inf]]), np.array([[0.5, 0.5]])),
            math.inf,
        ),
        (passport.torch_binary_cross_entropy, (BELIEF, LABEL), 0.2797765635793423),
        (passport.torch_binary_cross_entropy, (Q, P), 0.8592735134218076),
        (
            passport.torch_binary_cross_entropy,
            (np.array([0.0, 0.5]), np.array([1.0, 1.0])),
            50.346573590279974,
        ),
        (
            passport.torch_binary_cross_entropy_with_logits,
            (np.array([2.0, -1.0, 0.5]), LABEL),
            0.3047555609137673,
        ),
        (passport.torch_binary_cross_entropy_with_logits, (LOGITS, P), 0.8657920891665961),
        (
            passport.torch_binary_cross_entropy_with_logits,
            (np.array([-1000.0]), np.array([1.0])),
            1000.0,
        ),
    ],
)
def test_pytorch_returns_the_same(call, arguments, returned):
    assert call(*arguments) == pytest.approx(returned, rel=1e-12)


def test_pytorch_smooths_labels_towards_even_ones():
    """cross_entropy(LOGITS, CLASSES, label_smoothing=0.1) of PyTorch 2.13.0."""
    smoothed = 0.9 * np.eye(3)[CLASSES] + 0.1 / 3
    found = passport.torch_cross_entropy(LOGITS, smoothed)
    assert found == pytest.approx(2.078654979113174, rel=1e-12)


def test_mean_of_pytorchs_kl_div_is_the_divergence_over_the_number_of_classes():
    """docs.pytorch.org, functional.kl_div: 'mean' is not the true divergence, 'batchmean' is."""
    divergence = np.mean(kl_divergence(P, Q))
    assert passport.torch_kl_div_batchmean(np.log(Q), P) == pytest.approx(divergence)
    assert passport.torch_kl_div(np.log(Q), P) == pytest.approx(divergence / 3)


# Keras: numbers of version 3.15.1, in float32 or with constants of float32; its documentation


@pytest.mark.parametrize(
    ("call", "arguments", "returned"),
    [
        (passport.keras_categorical_crossentropy, (P, Q), 1.5369882583618164),
        (passport.keras_categorical_crossentropy, (P, 3 * Q), 1.5369882583618164),  # normalised
        (passport.keras_categorical_crossentropy, (P, LOGITS), 9.705514907836914),  # by mistake
        (passport.keras_categorical_crossentropy, ([[1, 0]], [[0, 1]]), 16.11809539794922),
        (passport.keras_categorical_crossentropy, ([[0, 1]], [[0, 1]]), 1.1920930376163597e-07),
        (passport.keras_kl_divergence, (P, Q), 0.6212525367736816),
        (passport.keras_kl_divergence, (Q, P), 0.49966961145401),
        (passport.keras_kl_divergence, (P, 3 * Q), -0.19572001695632935),  # not normalised
        (passport.keras_kl_divergence, ([[0.5, 0.5]], [[1, 0]]), 7.365900993347168),
        (passport.keras_kl_divergence, ([[0, 1, 0]], [[0.2, 0.7, 0.1]]), 0.35667213797569275),
    ],
)
def test_keras_returns_the_same(call, arguments, returned):
    found = call(*(np.array(argument, dtype=float) for argument in arguments))
    assert found == pytest.approx(returned, rel=1e-6, abs=1e-7)


def test_keras_agrees_with_the_examples_of_its_documentation():
    """tensorflow.org: keras.losses.CategoricalCrossentropy, 1.177; r2.1 losses.KLD, 0.11891246."""
    truth = np.array([[0, 1, 0], [0, 0, 1]])
    model = np.array([[0.05, 0.95, 0], [0.1, 0.8, 0.1]])
    found = passport.keras_categorical_crossentropy(truth, model)
    assert found == pytest.approx(1.1769392, rel=1e-6)
    found = passport.keras_kl_divergence(np.array([0.4, 0.9, 0.2]), np.array([0.5, 0.8, 0.12]))
    assert found == pytest.approx(0.11891246, rel=1e-6)


def test_keras_with_from_logits_is_the_loss_of_the_lesson():
    """CategoricalCrossentropy(from_logits=True)(P, LOGITS) of Keras 3.15.1: truth first."""
    found = np.mean(cross_entropy_from_logits(LOGITS, P))
    assert found == pytest.approx(1.5369882583618164, rel=1e-6)
    assert found == pytest.approx(passport.torch_cross_entropy(LOGITS, P), rel=1e-12)


# The passport itself


def test_the_same_two_vectors_give_one_divergence_in_each_call_that_means_it():
    p, q = P[0], np.array([0.25, 0.25, 0.5])
    divergence = kl_divergence(p, q)
    assert divergence == pytest.approx(0.21801191094332797, rel=1e-12)  # kl_div, "sum", of PyTorch
    for found in (
        passport.scipy_stats_entropy(p, q),
        passport.scipy_special_rel_entr(p, q).sum(),
        passport.scipy_special_kl_div(p, q).sum(),
        passport.torch_kl_div_batchmean(np.log([q]), np.array([p])),
        passport.keras_kl_divergence(p, q),
    ):
        assert found == pytest.approx(divergence, rel=1e-12)


@pytest.mark.parametrize("call", CALLS, ids=lambda f: f.__name__)
def test_each_call_is_written_out_with_its_arguments_and_lines(call):
    head, *lines = passport.source_of(call).splitlines()
    assert head == f"{call.__name__}({', '.join(inspect.signature(call).parameters)})"
    assert lines[-1].startswith("    return ")
    assert not any('"""' in line for line in lines)


@pytest.mark.parametrize("call", CALLS, ids=lambda f: f.__name__)
def test_no_call_changes_its_arguments(call):
    integers = {"y_true": CLASSES} if "log_loss" in call.__name__ else {}
    integers |= {"target": CLASSES} if "nll_loss" in call.__name__ else {}
    names = inspect.signature(call).parameters
    given = [integers.get(name, Q if i else P).copy() for i, name in enumerate(names)]
    before = [array.copy() for array in given]
    call(*given)
    assert all(map(np.array_equal, given, before))


def test_log_softmax_a_second_time_changes_nothing_and_softmax_does():
    again = passport.torch_cross_entropy(log_softmax(LOGITS), P)
    assert again == pytest.approx(passport.torch_cross_entropy(LOGITS, P), rel=1e-12)
    floor = passport.torch_cross_entropy(np.eye(4), np.eye(4))
    assert floor == pytest.approx(math.log(1 + 3 / math.e), rel=1e-12)
