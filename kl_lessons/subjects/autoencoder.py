"""A small variational autoencoder: its layers, its training, and what a picture needs of it."""

import math
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from kl_lessons.subjects import gaussians

SHOWN = 9  # images that stay beside their codes
KEPT = 2  # digits of what was trained: they hide in which order a machine adds
SLOWING, EVENING, SMALLEST = 0.9, 0.999, 1e-8  # of Adam, as published


class Network(NamedTuple):
    """The weights; the first row of each table is added to every sum."""

    encoder: np.ndarray  # 1 + pixels × hidden
    code: np.ndarray  # 1 + hidden × twice the dimensions
    decoder: np.ndarray  # 1 + dimensions × hidden
    pixels: np.ndarray  # 1 + hidden × pixels


class Coded(NamedTuple):
    """Where the codes of a test set lie, its first images, and the weights that decode."""

    images: np.ndarray  # SHOWN of them
    labels: list[str]
    codes: np.ndarray
    decoder: np.ndarray
    pixels: np.ndarray


class Losses(NamedTuple):
    """Both terms of the loss on a test set after so many steps, in nats an image."""

    steps: list[int]
    pixels: list[float]
    kl: list[float]


def start(pixels: int, hidden: int, dimensions: int, seed: int) -> Network:
    """Weights before training, small and random."""
    shapes = [(pixels, hidden), (hidden, 2 * dimensions), (dimensions, hidden), (hidden, pixels)]
    sizes = [(1 + rows) * columns for rows, columns in shapes]
    parts = np.split(gaussians.draws(sum(sizes), seed), np.cumsum(sizes)[:-1])
    return Network(
        *(
            part.reshape(1 + rows, columns) / math.sqrt(1 + rows)
            for part, (rows, columns) in zip(parts, shapes, strict=True)
        )
    )


def layer(x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Weighted sums of each row of x, the first row of the weights added."""
    return weights[0] + x @ weights[1:]


def encode(weights: Network, x: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The hidden layer of each image, and the mean and the log sd of its code."""
    hidden = np.tanh(layer(x, weights.encoder))
    mean, log_sd = np.split(layer(hidden, weights.code), 2, axis=1)
    return hidden, mean, log_sd


def decode(weights: Network | Coded, z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The hidden layer of each code, and the score of each pixel."""
    hidden = np.tanh(layer(z, weights.decoder))
    return hidden, layer(hidden, weights.pixels)


def ink(scores: ArrayLike) -> np.ndarray:
    """How likely each pixel is ink, 1 / (1 + exp(−score)), for scores of any size."""
    return (1 + np.tanh(np.asarray(scores) / 2)) / 2


def train(
    slopes: Callable,
    weights: Network,
    x: np.ndarray,
    steps: Iterable,
    *,
    batch: int = 100,
    rate: float = 0.01,
    seed: int = 1,
) -> Iterator[Network]:
    """The weights before the first step, then after each of them.

    `slopes(weights, images, noise)` is the gradient of the loss as a Network. Each step takes
    `batch` random images, and moves the weights as Kingma and Ba 2014 do (arXiv:1412.6980).
    """
    stream = np.random.RandomState(seed)
    dimensions = weights.code.shape[1] // 2
    pace = power = [np.zeros(table.shape) for table in weights]  # of each slope, and its square
    yield weights
    for step, _ in enumerate(steps, 1):
        images = x[(stream.random_sample(batch) * len(x)).astype(np.intp)]
        noise = gaussians.draws(batch * dimensions, step).reshape(batch, dimensions)
        now = slopes(weights, images, noise)
        pace = [SLOWING * old + (1 - SLOWING) * new for old, new in zip(pace, now, strict=True)]
        power = [
            EVENING * old + (1 - EVENING) * new**2 for old, new in zip(power, now, strict=True)
        ]
        size = rate * math.sqrt(1 - EVENING**step) / (1 - SLOWING**step)
        moves = [size * a / (np.sqrt(b) + SMALLEST) for a, b in zip(pace, power, strict=True)]
        weights = Network(*(table - move for table, move in zip(weights, moves, strict=True)))
        yield weights


def coded(weights: Network, images: np.ndarray, labels: ArrayLike) -> Coded:
    """What the pictures need of a trained network, rounded to KEPT digits."""
    _, mean, _ = encode(weights, images)
    tables = (np.round(table, KEPT) for table in (mean, weights.decoder, weights.pixels))
    return Coded(images[:SHOWN], [str(label) for label in labels], *tables)


def losses_of(steps: list[int], terms: list[tuple[float, float]]) -> Losses:
    """Both terms after these steps, rounded to KEPT digits."""
    pixels, kl = np.round(np.transpose(terms), KEPT)
    return Losses(steps, pixels.tolist(), kl.tolist())
