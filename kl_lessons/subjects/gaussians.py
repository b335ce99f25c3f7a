"""Gaussians: their KL in closed form, the two fits to a mixture, estimates from draws."""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from kl_lessons.information import whole_number

STEPS = 150  # of each fit
NODES = np.arange(-64, 65) / 8  # where means under the standard Gaussian are taken
WEIGHTS = np.exp(-(NODES**2) / 2) / np.sum(np.exp(-(NODES**2) / 2))


class Gaussian(NamedTuple):
    """A Gaussian on the line, by its mean and standard deviation."""

    mean: float
    sd: float


class Mixture(NamedTuple):
    """A mixture of Gaussians on the line; the weights are a distribution over them."""

    weights: Sequence[float]
    means: Sequence[float]
    sds: Sequence[float]


def log_density(x: ArrayLike, gaussian: Gaussian) -> np.ndarray:
    """The logarithm of the Gaussian's density at x."""
    mean, sd = gaussian
    z = (np.asarray(x, dtype=float) - mean) / sd
    return -(z**2) / 2 - math.log(sd) - math.log(2 * math.pi) / 2


def log_mixture(x: ArrayLike, mixture: Mixture) -> np.ndarray:
    """The logarithm of the mixture's density at x, finite however far out x lies."""
    return np.logaddexp.reduce(_log_parts(x, mixture))


def moments(mixture: Mixture) -> Gaussian:
    """The Gaussian that has the mean and the standard deviation of the mixture."""
    weights, means, sds = map(np.asarray, mixture)
    mean = np.sum(weights * means)
    return Gaussian(float(mean), math.sqrt(np.sum(weights * (sds**2 + (means - mean) ** 2))))


def kl_gaussians(p: Gaussian, q: Gaussian) -> float:
    """KL(P‖Q) of two Gaussians on the line, in nats."""
    ratio = (p.sd / q.sd) ** 2
    return (((p.mean - q.mean) / q.sd) ** 2 + ratio - 1 - math.log(ratio)) / 2


def kl_many_dimensions(
    mean_p: ArrayLike, covariance_p: ArrayLike, mean_q: ArrayLike, covariance_q: ArrayLike
) -> float:
    """KL(P‖Q) of two Gaussians in d dimensions with full covariances, in nats."""
    gap = np.asarray(mean_q, dtype=float) - mean_p
    spread = np.trace(np.linalg.solve(covariance_q, covariance_p)) - gap.size
    log_volumes = np.linalg.slogdet(covariance_q)[1] - np.linalg.slogdet(covariance_p)[1]
    return float(gap @ np.linalg.solve(covariance_q, gap) + spread + log_volumes) / 2


def forward_kl(mixture: Mixture, q: Gaussian) -> float:
    """KL(P‖Q) from the mixture P to the Gaussian Q: the mean of log p/q over P."""
    x, weights = _of_mixture(mixture)
    return float(np.sum(weights * (log_mixture(x, mixture) - log_density(x, q))))


def reverse_kl(q: Gaussian, mixture: Mixture) -> float:
    """KL(Q‖P) from the Gaussian Q to the mixture P: the mean of log q/p over Q."""
    x = q.mean + q.sd * NODES
    return float(np.sum(WEIGHTS * (log_density(x, q) - log_mixture(x, mixture))))


def forward_steps(mixture: Mixture, start: Gaussian) -> list[Gaussian]:
    """The way of a Gaussian Q that goes down KL(P‖Q), step by step."""
    x, weights = _of_mixture(mixture)

    def slopes(q: Gaussian) -> tuple[float, float]:
        z = (x - q.mean) / q.sd
        return np.sum(weights * z), 1 / np.sum(weights * z**2)

    return _descend(start, slopes)


def reverse_steps(mixture: Mixture, start: Gaussian) -> list[Gaussian]:
    """The way of a Gaussian Q that goes down KL(Q‖P), step by step."""

    def slopes(q: Gaussian) -> tuple[float, float]:
        slope = q.sd * _slope_of_log(q.mean + q.sd * NODES, mixture)
        return np.sum(WEIGHTS * slope), -np.sum(WEIGHTS * NODES * slope)

    return _descend(start, slopes)


def forward_fit(mixture: Mixture, start: Gaussian) -> Gaussian:
    """Where the way down KL(P‖Q) ends."""
    return forward_steps(mixture, start)[-1]


def reverse_fit(mixture: Mixture, start: Gaussian) -> Gaussian:
    """Where the way down KL(Q‖P) ends: at the bottom of the valley that the start lies in."""
    return reverse_steps(mixture, start)[-1]


def estimators(log_ratio: ArrayLike) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """k1, k2 and k3 for each draw x of P, from log r = log q(x)/p(x) (J. Schulman 2020)."""
    log_ratio = np.asarray(log_ratio, dtype=float)
    return -log_ratio, log_ratio**2 / 2, np.expm1(log_ratio) - log_ratio


def draws(n: int, seed: int) -> np.ndarray:
    """n draws of the standard Gaussian, the same ones for one seed on every machine.

    Each takes two numbers of the frozen stream of RandomState (G. Box and M. Muller 1958,
    doi:10.1214/aoms/1177706645).
    """
    n, seed = whole_number("n", n, 0, 10**7), whole_number("seed", seed, 0, 2**32 - 1)
    u = np.random.RandomState(seed).random_sample(2 * n)
    return np.sqrt(-2 * np.log(1 - u[:n])) * np.cos(2 * math.pi * u[n:])


def _descend(start: Gaussian, slopes: Callable) -> list[Gaussian]:
    """STEPS short steps along the natural gradient, shorter where the density bends steeply.

    `slopes` gives, in units of the standard deviation, where the mean is pulled and how strongly
    the density bends: 1 where the standard deviation is right.
    """
    way = [Gaussian(*map(float, start))]
    for _ in range(STEPS):
        mean, sd = way[-1]
        pull, bend = slopes(way[-1])
        size = 0.2 / max(1.0, bend, -bend)
        way.append(
            Gaussian(float(mean + size * sd * pull), float(sd * math.exp(size * (1 - bend) / 2)))
        )
    return way


def _log_parts(x: ArrayLike, mixture: Mixture) -> np.ndarray:
    """The logarithm of weight times density of each component at x, one row for each."""
    with np.errstate(divide="ignore"):  # a weight of 0 has the logarithm −∞
        logs = np.log(np.asarray(mixture.weights, dtype=float))
    parts = zip(logs, mixture.means, mixture.sds, strict=True)
    return np.array([log + log_density(x, Gaussian(mean, sd)) for log, mean, sd in parts])


def _slope_of_log(x: np.ndarray, mixture: Mixture) -> np.ndarray:
    """The slope of the logarithm of the mixture's density at x."""
    parts = _log_parts(x, mixture)
    shares = np.exp(parts - np.logaddexp.reduce(parts))
    pulls = [(mean - x) / sd**2 for mean, sd in zip(mixture.means, mixture.sds, strict=True)]
    return np.sum(shares * pulls, axis=0)


def _of_mixture(mixture: Mixture) -> tuple[np.ndarray, np.ndarray]:
    """Places and weights with which means under the mixture are taken."""
    x = [mean + sd * NODES for mean, sd in zip(mixture.means, mixture.sds, strict=True)]
    weights = [weight * WEIGHTS for weight in mixture.weights]
    return np.concatenate(x), np.concatenate(weights)
