"""The measures once more, term by term with Python's own floats: what answers are held against.

Nothing here uses NumPy or the measures that the lessons use, so that one mistake cannot be made
on both sides. Arguments are lists of probabilities; 0·log 0 is 0, and p > 0 = q gives inf.
"""

import math
from collections.abc import Callable, Sequence

EPSILONS = (  # that people add: round ones, and those of float32 and float64
    *(digit * 10.0**-power for power in range(2, 17) for digit in (1, 5)),
    *(2.0**-23, 2.0**-52, 1e-20, 1e-30, 1e-100, 1e-300),
)


def cross_entropy(p: Sequence[float], q: Sequence[float]) -> float:
    """H(P,Q) in nats."""
    return math.fsum(a * surprise(b) for a, b in zip(p, q, strict=True) if a > 0)


def entropy(p: Sequence[float]) -> float:
    """H(P) in nats."""
    return cross_entropy(p, p)


def kl_divergence(p: Sequence[float], q: Sequence[float]) -> float:
    """KL(P‖Q) in nats."""
    return math.fsum(terms(p, q))


def terms(p: Sequence[float], q: Sequence[float]) -> list[float]:
    """p log(p/q) for each outcome."""
    return [a * (surprise(b) - surprise(a)) if a > 0 else 0.0 for a, b in zip(p, q, strict=True)]


def surprise(q: float) -> float:
    """−log q; inf for 0."""
    return -math.log(q) if q > 0 else math.inf


def softmax(scores: Sequence[float]) -> list[float]:
    """exp(score) / Σ exp(scores)."""
    return [math.exp(score - log_sum_exp(scores)) for score in scores]


def log_sum_exp(scores: Sequence[float]) -> float:
    """log Σ exp(scores)."""
    most = max(scores)
    return most + math.log(math.fsum(math.exp(score - most) for score in scores))


def loss(scores: Sequence[float], p: Sequence[float]) -> float:
    """H(P,Q) in nats, Q the softmax of the scores."""
    return math.fsum(a * (log_sum_exp(scores) - score) for a, score in zip(p, scores, strict=True))


def mean(numbers: Sequence[float]) -> float:
    """Their sum over their number."""
    return math.fsum(numbers) / len(numbers)


def with_each_epsilon(*makes: Callable[[float], Callable]) -> tuple[Callable, ...]:
    """The computations that are made of the epsilons which people add."""
    return tuple(make(epsilon) for make in makes for epsilon in EPSILONS)
