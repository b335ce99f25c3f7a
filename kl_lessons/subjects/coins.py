"""Coins and dice: how probable a sequence is under two of them, and how soon it tells them apart.

An outcome is the number of a face, 0 to K−1; a coin is a distribution over its faces, heads
first. All logarithms are natural, so log-likelihood ratios are in nats.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from kl_lessons.information import as_distribution, kl_divergence, normalize


def toss(p: ArrayLike, n: int, seed: int) -> np.ndarray:
    """n independent outcomes that follow P, the same ones for the same seed."""
    p = _coin("p", p)
    return np.random.default_rng(seed).choice(p.size, size=n, p=p / p.sum())


def sequence_probability(outcomes: ArrayLike, p: ArrayLike) -> float:
    """Π p[outcome], the probability of exactly this sequence; 0 where float64 underflows."""
    p = _coin("p", p)
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
    if not 1 <= odds < math.inf:
        raise ValueError(f"odds is {odds}, and must be a number from 1 up: 99 stands for 99:1")
    divergence = kl_divergence(*_two_coins(p, q))
    return math.log(odds) / divergence if divergence > 0 else math.inf


def log_type_probability(counts: ArrayLike, p: ArrayLike) -> float:
    """log of n!/Π k! · Π p^k, the probability that n outcomes have exactly these counts, in nats.

    Computed with log-gamma, without simulation. −inf if P cannot show a face that was counted.
    """
    p = _coin("p", p)
    counts = _array("counts", counts)
    if counts.shape != p.shape or counts.dtype.kind not in "iu" or counts.min() < 0:
        raise ValueError(
            f"counts are {counts.tolist()}: give a whole number from 0 up for each of the "
            f"{p.size} faces"
        )
    counts = counts.astype(np.int64)
    arrangements = math.lgamma(counts.sum() + 1) - sum(math.lgamma(k + 1) for k in counts)
    with np.errstate(divide="ignore"):
        log_p = np.log(p, where=counts > 0, out=np.zeros(p.size))
    return arrangements + float(counts @ log_p)


def _coin(name: str, p: ArrayLike) -> np.ndarray:
    """p as one distribution over faces, or a ValueError."""
    p = as_distribution(name, p)
    if p.ndim > 1:
        raise ValueError(f"{name} holds {len(p)} distributions: give one, such as [0.5, 0.5]")
    return p


def _two_coins(p: ArrayLike, q: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """p and q as distributions over the same faces, or a ValueError."""
    p, q = _coin("p", p), _coin("q", q)
    if p.size != q.size:
        raise ValueError(f"p has {p.size} outcomes and q has {q.size}: give both the same faces")
    return p, q


def _array(name: str, values: ArrayLike) -> np.ndarray:
    """The values as an array, or a ValueError that names them."""
    try:
        return np.asarray(values)
    except ValueError:
        raise ValueError(f"{name} has rows of different lengths: give one flat list")


def _faces(outcomes: ArrayLike, faces: int) -> np.ndarray:
    """The outcomes as an array of face numbers, or a ValueError."""
    outcomes = _array("outcomes", outcomes)
    if outcomes.ndim != 1 or outcomes.size == 0 or outcomes.dtype.kind not in "iub":
        raise ValueError("outcomes is no list of face numbers: give one such as [0, 1, 0]")
    outcomes = outcomes.astype(np.intp)
    if outcomes.min() < 0 or outcomes.max() >= faces:
        wrong = outcomes[(outcomes < 0) | (outcomes >= faces)][0]
        raise ValueError(f"outcomes hold face {wrong}: the faces are 0 to {faces - 1}")
    return outcomes
