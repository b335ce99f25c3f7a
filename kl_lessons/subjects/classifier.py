"""From a classifier's scores to its loss: softmax, cross-entropy and its gradient, no overflow."""

import numpy as np
from numpy.typing import ArrayLike

from kl_lessons.information import as_array, as_distribution, axis_last


def softmax(logits: ArrayLike, axis: int = -1) -> np.ndarray:
    """exp(logits) / Σ exp(logits), the distribution Q whose logs differ as the logits do.

    Parameters
    ----------
    logits : finite numbers, one for each class; further axes hold further examples.
    axis : along which the classes lie.

    Returns
    -------
    A new float64 array of the shape of `logits` that sums to 1 along `axis`.

    Raises
    ------
    ValueError if a logit is nan or infinite, or if there are none.

    Source: Bridle 1990, doi:10.1007/978-3-642-76153-9_28.
    """
    below, _ = _below_largest(logits, axis)
    q = np.exp(below)
    q /= q.sum(axis=-1, keepdims=True)
    return np.moveaxis(q, -1, axis)


def log_softmax(logits: ArrayLike, axis: int = -1) -> np.ndarray:
    """logits − log Σ exp(logits), the logs of `softmax`, finite where it underflows to 0.

    Takes, returns and refuses what `softmax` does. No number is above 0; −inf stands only
    where the exact one is below −1.8e308.
    """
    return np.moveaxis(_log_softmax(logits, axis), -1, axis)


def cross_entropy_from_logits(
    logits: ArrayLike, target: ArrayLike, axis: int = -1
) -> float | np.ndarray:
    """H(P,Q) = −Σ p log softmax(logits), the loss of each example, in nats.

    Parameters
    ----------
    logits, axis : as in `softmax`.
    target : the truth P. Either the number of the true class of each example, integers
        in the shape of `logits` without `axis`; or a distribution for each, in the shape of
        `logits`.

    Returns
    -------
    A float for one example, else a float64 array with one number for each, never below 0.
    A class with p = 0 adds 0, whatever its logit.

    Raises
    ------
    ValueError if a logit is nan or infinite, if target has neither shape, holds a class that
    logits lack, or does not sum to 1 along `axis`.
    """
    p = _truth(target, logits, axis)
    terms = np.multiply(p, _log_softmax(logits, axis), out=np.zeros(p.shape), where=p > 0)
    with np.errstate(over="ignore"):
        loss = 0.0 - terms.sum(axis=-1)
    return float(loss) if loss.ndim == 0 else loss


def cross_entropy_gradient(logits: ArrayLike, target: ArrayLike, axis: int = -1) -> np.ndarray:
    """∂H(P,Q)/∂logits = Q − P, by how much each logit raises the loss of its example.

    Takes and refuses what `cross_entropy_from_logits` does; returns a float64 array of the
    shape of `logits` that sums to 0 along `axis`.
    """
    p = _truth(target, logits, axis)
    return softmax(logits, axis) - np.moveaxis(p, -1, axis)


def squared_error_gradient(logits: ArrayLike, target: ArrayLike, axis: int = -1) -> np.ndarray:
    """∂(½Σ(q−p)²)/∂logits = q((q−p) − Σ q(q−p)), the gradient of half the squared error.

    Takes, returns and refuses what `cross_entropy_gradient` does. The factor q makes it vanish
    where the model is sure, right or wrong.
    """
    p = _truth(target, logits, axis)
    q = np.moveaxis(softmax(logits, axis), axis, -1)
    mean = np.sum(q * (q - p), axis=-1, keepdims=True)
    return np.moveaxis(q * ((q - p) - mean), -1, axis)


def _log_softmax(logits: ArrayLike, axis: int) -> np.ndarray:
    """log_softmax with the classes along the last axis."""
    below, largest = _below_largest(logits, axis)
    others = np.exp(below)
    np.put_along_axis(others, largest, 0.0, axis=-1)
    # 1 + Σ others is Σ exp(below): log1p keeps the digits of a Σ that 1 would swallow.
    with np.errstate(over="ignore"):
        return below - np.log1p(others.sum(axis=-1, keepdims=True))


def _below_largest(logits: ArrayLike, axis: int) -> tuple[np.ndarray, np.ndarray]:
    """logits − largest logit, classes along the last axis, and the class of the largest."""
    logits = axis_last("logits", _as_logits(logits), axis)
    largest = logits.argmax(axis=-1)[..., np.newaxis]
    with np.errstate(over="ignore"):
        return logits - np.take_along_axis(logits, largest, axis=-1), largest


def _as_logits(logits: ArrayLike) -> np.ndarray:
    """The logits as float64, all finite, or a ValueError."""
    array = as_array("logits", logits)
    if array.dtype.kind not in "biuf":
        raise ValueError(
            f"logits holds {array.dtype.type.__name__}, not numbers: give scores such as [2, -1]"
        )
    if array.ndim == 0:
        raise ValueError(f"logits is a single number, {array:.6g}: give one for each class")
    if array.size == 0:
        raise ValueError("logits is empty: give at least one number")
    with np.errstate(over="ignore"):
        array = array.astype(np.float64, copy=False)
    for index in np.argwhere(~np.isfinite(array))[:1].tolist():
        raise ValueError(
            f"logits holds {array[tuple(index)]} at {index}, and must hold finite numbers"
        )
    return array


def _truth(target: ArrayLike, logits: ArrayLike, axis: int) -> np.ndarray:
    """The target as one distribution for each example, classes along the last axis."""
    shape = axis_last("logits", _as_logits(logits), axis).shape
    array = as_array("target", target)
    if array.ndim == len(shape):
        moved = np.moveaxis(array, axis, -1).shape
        if moved != shape:
            raise ValueError(
                f"target has {moved[-1]} classes for {moved[:-1]} examples and logits have "
                f"{shape[-1]} for {shape[:-1]}: give a probability for each logit"
            )
        return as_distribution("target", array, axis)
    if array.shape != shape[:-1]:
        raise ValueError(
            f"target has shape {array.shape}: give {shape[:-1]} class numbers, one for each "
            "example, or a probability for each logit"
        )
    return _one_hot(array, shape)


def _one_hot(classes: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Zeros of this shape, and 1 for the class of each example; or a ValueError."""
    if classes.dtype.kind not in "biu":
        raise ValueError(
            f"target holds {classes.dtype.type.__name__}, one for each example: "
            "class numbers are integers, and a distribution has a number for each logit"
        )
    for index in np.argwhere((classes < 0) | (classes >= shape[-1]))[:1].tolist():
        where = f" at {index}" if index else ""
        raise ValueError(
            f"target holds class {classes[tuple(index)]}{where}, and logits have {shape[-1]} "
            f"classes: give integers from 0 to {shape[-1] - 1}"
        )
    p = np.zeros(shape)
    np.put_along_axis(p, classes.astype(np.intp)[..., np.newaxis], 1.0, axis=-1)
    return p
