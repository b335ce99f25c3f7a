"""Outcomes drawn at random, the same ones on every machine, and in the page as in Python."""

import numpy as np
from numpy.typing import ArrayLike

from kl_lessons.information import MOST_ENTRIES, as_one_distribution, whole_number


def sample(p: ArrayLike, n: int, seed: int) -> np.ndarray:
    """n independent outcomes that follow P, each a number from 0 to K − 1; the same for one seed.

    Each takes one number u of `RandomState(seed).random_sample`, from 0 to below 1: MT19937,
    whose stream NumPy has frozen for good. The outcome is how many of the running sums p₀,
    p₀ + p₁, … are u or less, and no more than the number of the last outcome above 0: so none
    that P calls impossible is ever drawn, though rounding may leave the last sum below 1.

    ValueError if p is no distribution, n not a whole number from 0 to 10⁸, or seed none from 0
    to 2³² − 1.
    """
    p = as_one_distribution("p", p)
    n, seed = whole_number("n", n, 0, MOST_ENTRIES), whole_number("seed", seed, 0, 2**32 - 1)
    draws = np.random.RandomState(seed).random_sample(n)
    outcomes = np.searchsorted(np.cumsum(p), draws, side="right")
    return np.minimum(outcomes, np.flatnonzero(p)[-1])
