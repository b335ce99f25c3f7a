"""Random inputs on which functions are tried: the same ones on every machine, as plain lists."""

import numpy as np


def random(seed: int) -> np.random.RandomState:
    """A stream whose numbers are the same in every version of NumPy."""
    return np.random.RandomState(seed)


def distribution(stream: np.random.RandomState, outcomes: int) -> list[float]:
    """Probabilities that sum to 1, none of them 0."""
    waits = -np.log(1 - stream.random_sample(outcomes))
    return (waits / waits.sum()).tolist()


def one_hot(outcomes: int, place: int) -> list[float]:
    """1 at one place, 0 elsewhere."""
    return [float(number == place) for number in range(outcomes)]


def scores(stream: np.random.RandomState, classes: int, size: float = 3.0) -> list[float]:
    """Scores of a classifier, between −size and size."""
    return (size * (2 * stream.random_sample(classes) - 1)).tolist()
