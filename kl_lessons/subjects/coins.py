"""Coins and dice: how probable a sequence is under two of them, and how soon it tells them apart.

An outcome is the number of a face, 0 to K−1; a coin is a distribution over its faces, heads
first. All logarithms are natural, so log-likelihood ratios are in nats.
"""

import math
from numbers import Real

import numpy as np
from numpy.typing import ArrayLike

from kl_lessons.information import (
    MOST_ENTRIES,
    as_array,
    as_one_distribution,
    as_pair,
    kl_divergence,
    normalize,
    whole_number,
)


def sequence_probability(outcomes: ArrayLike, p: ArrayLike) -> float:
    """Π p[outcome], the probability of exactly this sequence; 0 where float64 underflows."""
    p = as_one_distribution("p", p)
    return float(np.prod(p[_faces(outcomes, p.size)]))


def log_likelihood_ratio(outcomes: ArrayLike, p: ArrayLike, q: ArrayLike) -> np.ndarray:
    """log P(first i outcomes) / Q(first i outcomes) for i = 1 … n: an array of n numbers, in nats.

    ±inf from the first outcome on that one of the two cannot show. Raises ValueError if
    neither can show an outcome: 0/0 is no ratio.
    """
    p, q = _two_coins(p, q)
    outcomes = _faces(outcomes, p.size)
    with np.errstate(divide="ignore", invalid="ignore"):
        steps = (np.log(p) - np.log(q))[outcomes]
        walk = np.cumsum(steps)
    if np.isnan(walk).any():
        raise ValueError("outcomes hold what neither p nor q can show: 0/0 is no ratio")
    return walk


def frequencies(outcomes: ArrayLike, faces: int) -> np.ndarray:
    """p̂, the share of each of the faces 0 to faces − 1 among the outcomes."""
    faces = whole_number("faces", faces, 1, MOST_ENTRIES)
    return normalize(np.bincount(_faces(outcomes, faces), minlength=faces))


def exact_split(outcomes: ArrayLike, p: ArrayLike, q: ArrayLike) -> tuple[float, float]:
    """KL(p̂‖Q) and KL(p̂‖P), whose difference is (1/n) log P(outcomes)/Q(outcomes), for any n."""
    p, q = _two_coins(p, q)
    observed = frequencies(outcomes, p.size)
    return kl_divergence(observed, q), kl_divergence(observed, p)


def flips_needed(p: ArrayLike, q: ArrayLike, odds: float = 99.0) -> float:
    """log(odds) / KL(P‖Q), the flips of P after which the odds against Q reach `odds` on average.

    inf if P equals Q, 0 if KL is inf. Raises ValueError for odds below 1.
    """
    if not (isinstance(odds, Real) and 1 <= odds < math.inf):
        raise ValueError(f"odds is {odds}, and must be a number from 1 up: 99 stands for 99:1")
    divergence = kl_divergence(*_two_coins(p, q))
    return math.log(odds) / divergence if divergence > 0 else math.inf


def log_type_probability(counts: ArrayLike, p: ArrayLike) -> float:
    """log of n!/Π k! · Π p^k, the probability that n outcomes have exactly these counts, in nats.

    Computed with log-gamma, without simulation. −inf if P cannot show a face that was counted.
    """
    p = as_one_distribution("p", p)
    counts = as_array("counts", counts)
    if counts.shape != p.shape or counts.dtype.kind not in "iu" or counts.min() < 0:
        raise ValueError(
            f"counts are {counts.tolist()}: give a whole number from 0 up for each of the "
            f"{p.size} faces"
        )
    each = counts.tolist()  # Python's integers, which never overflow
    arrangements = math.lgamma(sum(each) + 1) - sum(math.lgamma(k + 1) for k in each)
    with np.errstate(divide="ignore"):
        log_p = np.log(p, where=counts > 0, out=np.zeros(p.size))
    return arrangements + float(counts.astype(np.float64) @ log_p)


def _two_coins(p: ArrayLike, q: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """p and q as distributions over the same faces, or a ValueError."""
    as_one_distribution("p", p)
    as_one_distribution("q", q)
    return as_pair(p, q)


def _faces(outcomes: ArrayLike, faces: int) -> np.ndarray:
    """The outcomes as an array of face numbers, or a ValueError."""
    outcomes = as_array("outcomes", outcomes)
    if outcomes.ndim != 1 or outcomes.size == 0 or outcomes.dtype.kind not in "iub":
        raise ValueError("outcomes is no list of face numbers: give one such as [0, 1, 0]")
    for wrong in outcomes[(outcomes < 0) | (outcomes >= faces)][:1]:
        raise ValueError(f"outcomes hold face {wrong}: the faces are 0 to {faces - 1}")
    return outcomes.astype(np.intp)
