"""Diffusion on a line: noise step by step, the way back, and a denoiser that is a table."""

import math
from typing import NamedTuple

import numpy as np

from kl_lessons.subjects import gaussians
from kl_lessons.subjects.gaussians import Gaussian, Mixture

STEPS = 20
SHARES = np.linspace(0.02, 0.4, STEPS)  # of the variance that is noise, added at each step
KEPT = np.concatenate([[1.0], np.cumprod(1 - SHARES)])  # of the data's variance, after each step
LAST = math.sqrt(SHARES[0])  # the sd that the model gives to its last step
GROUPS = 50  # of a table
EDGES = np.arange(-15, 16) / 5  # of the bins of a histogram


class Walks(NamedTuple):
    """What two denoisers make of the same noise: for each of them, at each step, a histogram."""

    names: list[str]
    truth: np.ndarray  # steps × places, the density of the truth with as much noise
    samples: np.ndarray  # denoisers × steps × bins, the density of the samples
    kl: np.ndarray  # denoisers × steps, in nats


def truth_at(step: int, truth: Mixture) -> Mixture:
    """The mixture after so many steps of noise."""
    kept = KEPT[step]
    means = [math.sqrt(kept) * mean for mean in truth.means]
    return Mixture(truth.weights, means, [math.sqrt(kept * sd**2 + 1 - kept) for sd in truth.sds])


def noised(x: np.ndarray, step: int, noise: np.ndarray) -> np.ndarray:
    """x after so many steps of noise at once."""
    return math.sqrt(KEPT[step]) * x + math.sqrt(1 - KEPT[step]) * noise


def step_back(x: np.ndarray, noisy: np.ndarray, step: int) -> Gaussian:
    """Where `noisy` was one step earlier, if all began at x: a Gaussian for each."""
    share, kept, before = SHARES[step - 1], KEPT[step], KEPT[step - 1]
    mean = math.sqrt(before) * share * x + math.sqrt(1 - share) * (1 - before) * noisy
    return Gaussian(mean / (1 - kept), math.sqrt(share * (1 - before) / (1 - kept)))


def line(noisy: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Two points of the straight line that guesses x from `noisy` with the least squares."""
    slope = np.mean((noisy - noisy.mean()) * x) / noisy.var()
    ends = np.array([-10.0, 10.0])
    return ends, x.mean() + slope * (ends - noisy.mean())


def table(noisy: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The means of `noisy` and of x in groups of neighbours; between them, straight lines."""
    groups = np.array_split(np.argsort(noisy, kind="stable"), GROUPS)
    means = np.array([[noisy[group].mean(), x[group].mean()] for group in groups])
    return means[:, 0], means[:, 1]


def sample(denoisers: list, n: int, seed: int) -> np.ndarray:
    """n walks from pure noise back to data, one row for each step from 0 to STEPS.

    `denoisers` holds for each step the points between which x is guessed from what is noisy.
    """
    noise = gaussians.draws(n * (STEPS + 1), seed).reshape(STEPS + 1, n)
    rows = [noise[0]]
    for step in range(STEPS, 0, -1):
        back = step_back(np.interp(rows[-1], *denoisers[step - 1]), rows[-1], step)
        rows.append(back.mean + (back.sd if step > 1 else LAST) * noise[step])
    return np.array(rows[::-1])


def histogram(samples: np.ndarray) -> np.ndarray:
    """The density of the samples in each bin between EDGES."""
    counts, _ = np.histogram(samples, EDGES)
    return counts / len(samples) / (EDGES[1] - EDGES[0])


def walks(
    denoisers: dict[str, list], truth: Mixture, kl: dict[str, list[float]], n: int, seed: int
) -> Walks:
    """The histograms of n samples of each denoiser, and its KL terms, for the pictures."""
    centres = (EDGES[:-1] + EDGES[1:]) / 2
    density = [np.exp(gaussians.log_mixture(centres, truth_at(t, truth))) for t in range(STEPS + 1)]
    found = [[histogram(row) for row in sample(points, n, seed)] for points in denoisers.values()]
    return Walks(
        [*denoisers], np.round(density, 4), np.round(found, 4), np.round([*kl.values()], 4)
    )
