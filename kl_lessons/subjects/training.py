"""What training leaves behind: its history in a few moments, and how well a model knows itself."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from kl_lessons.data import Labelled, declarations
from kl_lessons.information import normalize, whole_number
from kl_lessons.subjects.classifier import cross_entropy_from_logits, softmax
from kl_lessons.subjects.languages import declared_letters, letter_counts

BINS = 10
SHORTEST = 40  # letters and signs of a line that is enough to tell a language
DIGITS = 4  # kept of what was trained: it hides in which order a machine adds


class Replay(NamedTuple):
    """A training run, seen at some moments: losses over all examples, scores of a few images."""

    names: list[str]
    steps: np.ndarray
    training: np.ndarray  # the loss after each of these steps, in nats
    test: np.ndarray
    floor: float  # H(P) of the test labels
    pixels: np.ndarray  # images in rows
    p: np.ndarray  # images × classes
    logits: np.ndarray  # moments × images × classes


class Judged(NamedTuple):
    """A model's scores for examples that it was not trained on, and their labels."""

    logits: np.ndarray
    labels: np.ndarray


def moments(steps: int, most: int = 40) -> np.ndarray:
    """Some numbers of steps from 0 to `steps`: each of the first, then in even ratios."""
    later = np.geomspace(1, whole_number("steps", steps, 1, 10**6), most)
    return np.unique([0, *np.rint(later).astype(int)])


def replay(
    weights: np.ndarray,
    train: tuple[np.ndarray, np.ndarray],
    test: tuple[np.ndarray, np.ndarray],
    names: list[str],
    images: ArrayLike,
    floor: float = 0.0,
) -> Replay:
    """The run whose weights after each step are `weights`; train and test are (x, P) in rows.

    `images` are rows of the test set to look at; the first column of x is the constant 1.
    """
    at = moments(len(weights) - 1)
    some = weights[at]
    x, p = test[0][images], test[1][images]
    return Replay(
        list(names),
        at,
        np.round([losses(w, *train).mean() for w in some], DIGITS),
        np.round([losses(w, *test).mean() for w in some], DIGITS),
        round(floor, DIGITS),
        x[:, 1:],
        p,
        np.round([x @ w for w in some], 2),
    )


def losses(weights: np.ndarray, x: np.ndarray, p: np.ndarray) -> np.ndarray:
    """H(P,Q) of each example in nats, Q = softmax(x @ weights)."""
    return cross_entropy_from_logits(x @ weights, p)


def judged(logits: np.ndarray, labels: np.ndarray) -> Judged:
    """The scores, rounded to DIGITS, with their labels."""
    return Judged(np.round(logits, DIGITS), np.asarray(labels))


class Calibration(NamedTuple):
    """Examples by how sure the model was, in BINS groups; a group without any has zeros."""

    share: np.ndarray
    confidence: np.ndarray
    accuracy: np.ndarray


def calibration(logits: ArrayLike, labels: ArrayLike, temperature: float = 1.0) -> Calibration:
    """For each tenth of confidence: the share of examples, their mean confidence, their accuracy.

    Source: Guo and others 2017, arXiv:1706.04599.
    """
    q = softmax(np.asarray(logits, dtype=float) / temperature)
    sure, right = q.max(axis=1), q.argmax(axis=1) == labels
    place = np.minimum((sure * BINS).astype(np.intp), BINS - 1)
    count = np.bincount(place, minlength=BINS)
    each = np.maximum(count, 1)
    return Calibration(
        count / len(sure),
        np.bincount(place, sure, BINS) / each,
        np.bincount(place, right, BINS) / each,
    )


def calibration_error(found: Calibration) -> float:
    """The expected calibration error: the mean distance of confidence and accuracy."""
    return float(found.share @ np.abs(found.confidence - found.accuracy))


def loss_at(logits: ArrayLike, labels: ArrayLike, temperature: float = 1.0) -> float:
    """The mean cross-entropy in nats of softmax(logits / temperature)."""
    scaled = np.asarray(logits, dtype=float) / temperature
    return float(cross_entropy_from_logits(scaled, labels).mean())


def language_lines() -> Labelled:
    """The lines of the declaration of human rights: the frequencies of their letters, the language.

    Headings, shorter than SHORTEST, are left out.
    """
    alphabet = declared_letters().alphabet
    texts = declarations()
    lines = [
        (letter_counts(line, alphabet), place)
        for place, text in enumerate(texts.values())
        for line in text.splitlines()
        if len(line) >= SHORTEST
    ]
    counts, languages = zip(*lines, strict=True)
    return Labelled(normalize(counts), np.array(languages), list(texts), list(alphabet))
