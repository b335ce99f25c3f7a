"""The direction passport: what the calls people use compute, as lines of NumPy.

Each function is named for a call, has its arguments in its order, and returns what it returns
with its defaults, where no entry is 0; at 0 where its docstring says so. Tests hold the lines
against SciPy and scikit-learn, and against numbers of PyTorch 2.13.0 and Keras 3.15.1.
"""

import inspect
from collections.abc import Callable
from textwrap import dedent

import numpy as np

from kl_lessons.subjects.classifier import log_softmax

# As of PyTorch 2.13.0 and Keras 3.15.1. "At 0": a belief of 0 in the true class;
# "≥ −100": its logs; "sum not 1": a belief that was not normalised.
REFERENCE = """\
call                           truth            belief as      mean over    at 0        sum not 1
scipy…entropy                  first            probabilities  –            ∞           divides both
scipy…rel_entr                 first            probabilities  –, terms     ∞           as given
scipy…kl_div                   first            probabilities  –, + q − p   ∞           as given
scipy…jensenshannon            either           probabilities  –, root      finite      divides both
sklearn…log_loss               first, classes   probabilities  examples     clips       warns
sklearn…mutual_info_score      either           labels, twice  –            exact       –
torch…cross_entropy            second           logits         examples     exact       as given
torch…nll_loss                 second, classes  logs           examples     ∞           as given
torch…kl_div                   second           logs           all numbers  ∞           as given
torch…binary_cross_entropy     second           probabilities  all numbers  ≥ −100      each alone
…_with_logits                  second           logits         all numbers  exact       each alone
Keras CategoricalCrossentropy  first            probabilities  examples     clips       divides
Keras KLDivergence             first            probabilities  examples     clips both  as given
"""


def scipy_stats_entropy(pk: np.ndarray, qk: np.ndarray) -> float:
    """KL(pk‖qk), the truth first; each is divided by its sum, without a word."""
    pk, qk = pk / pk.sum(), qk / qk.sum()
    return np.sum(pk * np.log(pk / qk))


def scipy_special_rel_entr(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The terms of KL(x‖y), the truth first; they are still to be summed."""
    return x * np.log(x / y)


def scipy_special_kl_div(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Terms that sum to KL(x‖y) if x and y have the same sum; no term is below 0."""
    return x * np.log(x / y) - x + y


def scipy_spatial_distance_jensenshannon(p: np.ndarray, q: np.ndarray) -> float:
    """The square root of the Jensen–Shannon divergence; each is divided by its sum."""
    p, q = p / p.sum(), q / q.sum()
    terms = p * np.log(2 * p / (p + q)) + q * np.log(2 * q / (p + q))
    return np.sqrt(np.sum(terms) / 2)


def sklearn_metrics_log_loss(y_true: np.ndarray, y_proba: np.ndarray) -> float:
    """Mean over examples of −log q(true class): classes first, probabilities are clipped."""
    eps = np.finfo(y_proba.dtype).eps
    q = np.clip(y_proba, eps, 1 - eps)
    return -np.mean(np.log(q[np.arange(len(y_true)), y_true]))


def sklearn_metrics_mutual_info_score(contingency: np.ndarray) -> float:
    """KL of the joint from the product of its marginals, from counts: no argument is a Q."""
    joint = contingency / contingency.sum()
    product = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
    return np.sum(joint * np.log(joint / product))


def torch_cross_entropy(input: np.ndarray, target: np.ndarray) -> float:
    """Mean over examples of H(target, softmax(input)): logits first, the truth second."""
    return -np.mean(np.sum(target * log_softmax(input), axis=-1))


def torch_nll_loss(input: np.ndarray, target: np.ndarray) -> float:
    """Mean over examples of −input at the true class: log-probabilities first, no log inside."""
    return -np.mean(input[np.arange(len(target)), target])


def torch_kl_div(input: np.ndarray, target: np.ndarray) -> float:
    """Terms of KL(target‖exp(input)), logs of Q first: the mean over all numbers, not examples."""
    return np.mean(target * (np.log(target) - input))


def torch_kl_div_batchmean(input: np.ndarray, target: np.ndarray) -> float:
    """The same with reduction="batchmean": the sum divided by the number of rows."""
    return np.sum(target * (np.log(target) - input)) / len(input)


def torch_binary_cross_entropy(input: np.ndarray, target: np.ndarray) -> float:
    """Mean over all numbers: probabilities first, logs not below −100, zeros included."""
    with np.errstate(divide="ignore"):
        yes, no = np.maximum(np.log(input), -100), np.maximum(np.log(1 - input), -100)
    return -np.mean(target * yes + (1 - target) * no)


def torch_binary_cross_entropy_with_logits(input: np.ndarray, target: np.ndarray) -> float:
    """Mean over all numbers: logits first, never overflows."""
    return np.mean(np.logaddexp(0, input) - target * input)


def keras_categorical_crossentropy(y_true: np.ndarray, y_pred: np.ndarray) -> float:
    """Mean over examples: truth first, y_pred is divided by its sum and clipped; zeros too."""
    q = y_pred / y_pred.sum(axis=-1, keepdims=True)
    q = np.clip(q, 1e-7, 1 - 1e-7)
    return -np.mean(np.sum(y_true * np.log(q), axis=-1))


def keras_kl_divergence(y_true: np.ndarray, y_pred: np.ndarray) -> float:
    """Mean over examples of KL(y_true‖y_pred): both clipped, none divided; zeros too."""
    p, q = np.clip(y_true, 1e-7, 1), np.clip(y_pred, 1e-7, 1)
    return np.mean(np.sum(p * np.log(p / q), axis=-1))


def source_of(call: Callable) -> str:
    """A function of this module as the lesson shows it: its name, arguments and lines."""
    body = inspect.getsource(call).split('"""\n', 1)[1]
    lines = dedent(body).rstrip().splitlines()
    arguments = ", ".join(inspect.signature(call).parameters)
    return "\n    ".join([f"{call.__name__}({arguments})", *lines])
