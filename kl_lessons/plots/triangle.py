"""The triangle of all distributions of three classes: its points, and curves of equal KL in it."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from kl_lessons.information import kl_divergence

CORNERS = np.array([[0, 0], [1, 0], [0.5, math.sqrt(0.75)]])  # where a class has probability 1
HEXAGON = np.array([[1, -1, 0], [1, 0, -1], [0, 1, -1], [-1, 1, 0], [-1, 0, 1], [0, -1, 1]])
CELLS = 100  # along the width and along the height
RAYS = 60  # from P to each edge, along which the level curves are sought
HALVINGS = 44  # of the interval on a ray: 6e-14 of it is left, as near as KL itself is known


def _distributions_of_cells() -> np.ndarray:
    """The distribution at the centre of each cell, shape (CELLS, CELLS, 3), from below upwards.

    Centres outside the triangle, or nearer to its edge than half a cell, are moved there: what
    lies outside is clipped off, and no cell stands for an edge, where KL may be ∞.
    """
    half = 0.5 / CELLS
    share = (np.arange(CELLS) + 0.5) / CELLS
    x, third = np.meshgrid(share, share)
    second = x - third / 2
    q = np.stack([1 - second - third, second, third], axis=-1)
    q = np.maximum(q, half)
    return q / q.sum(axis=-1, keepdims=True)


def _ends_of_rays() -> np.ndarray:
    """Distributions all around the edge of the triangle, shape (3 RAYS, 3)."""
    share = np.arange(RAYS)[:, None] / RAYS
    corners = np.eye(3)
    sides = [(1 - share) * corners[i] + share * corners[(i + 1) % 3] for i in range(3)]
    return np.concatenate(sides)


CENTRES = _distributions_of_cells()
ENDS = _ends_of_rays()


def kl_from(p: ArrayLike, q: ArrayLike, base: float | None = None) -> np.ndarray:
    """KL(P‖Q): P is the truth, and each q a belief."""
    return kl_divergence(p, q, base=base)


def kl_to(p: ArrayLike, q: ArrayLike, base: float | None = None) -> np.ndarray:
    """KL(Q‖P): each q is a truth, and P the belief."""
    return kl_divergence(q, p, base=base)


def outlines(
    kl: Callable, p: np.ndarray, levels: ArrayLike, base: float | None = None
) -> np.ndarray:
    """The edges of {Q: KL ≤ level}, one closed line for each level, shape (levels, 3 RAYS, 3).

    KL is convex and 0 at P, so it grows along each ray from P: the place where it passes the
    level is found by halving. Where it stays below up to the edge, the line follows the edge.
    """
    levels = np.asarray(levels, dtype=float)[:, None]
    low = np.zeros((levels.size, len(ENDS)))
    high = np.ones_like(low)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        inside = kl(p, _on_rays(p, middle), base) <= levels
        low, high = np.where(inside, middle, low), np.where(inside, high, middle)
    return _on_rays(p, np.where(kl(p, ENDS, base) <= levels, 1, low))


def _on_rays(p: np.ndarray, share: np.ndarray) -> np.ndarray:
    """The distributions that lie this share of the way from P to the ends of the rays."""
    return (1 - share[..., None]) * p + share[..., None] * ENDS


def pinsker(level: float, base: float | None = None) -> float:
    """√(KL/2), KL in nats: what total variation cannot exceed where KL is the level."""
    return math.sqrt(level * math.log(base or math.e) / 2)
