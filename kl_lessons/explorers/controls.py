"""The control that stands for a value: what the page needs of it, and how it is read and set."""

import math
from collections.abc import Callable, Iterable
from functools import partial
from numbers import Integral, Real
from typing import NamedTuple

import numpy as np

from kl_lessons.information import as_distribution, normalize
from kl_lessons.look import UNITS, outcome_names

LOW_SCORE, HIGH_SCORE = -8, 8  # ends of a logit's slider


class Control(NamedTuple):
    """A control: what the page draws, its first state, and the translations to and from it."""

    page: dict
    start: object
    to_value: Callable
    to_state: Callable


def is_data(value: object) -> bool:
    """Whether a value is shown without a control: a named tuple, or a table of numbers."""
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return True
    return isinstance(value, np.ndarray) and value.ndim > 1 and value.dtype.kind in "iuf"


def control(
    name: str,
    value: object,
    *,
    default: object = None,
    labels: list[str] | None = None,
    scored: bool = False,
    log: bool = False,
) -> Control:
    """The control for a value, as `explore` tells; `log` gives a slider even steps of ratio."""
    if name == "base" and value in UNITS.values():
        return _choice(name, UNITS, value)
    if isinstance(value, bool):
        return Control({"kind": "switch", "name": name, "title": name}, value, bool, bool)
    if isinstance(value, str):
        return Control({"kind": "text", "name": name, "title": name}, value, str, str)
    if isinstance(value, Real):
        low, high = sorted((-value, 3 * value)) if value else (0, 1)
        return _number(name, low, high, None, value, log)
    if isinstance(value, tuple) and 2 <= len(value) <= 3 and _all_numbers(value):
        return _number(name, *value, *[None] * (3 - len(value)), default, log)
    if scored:
        return _scores(name, value, labels)
    if isinstance(value, Iterable) and not _is_distribution(name, value):
        return _choice(name, _options(name, value), default)
    return _distribution(name, value, labels)


def _all_numbers(values: tuple) -> bool:
    return all(isinstance(x, Real) and math.isfinite(x) for x in values)


def _is_distribution(name: str, value: Iterable) -> bool:
    """Whether a list is meant as a distribution: p and q are, and what lies between 0 and 1."""
    if isinstance(value, dict):
        return False
    if name in ("p", "q"):
        return not (isinstance(value, list | tuple) and any(isinstance(x, str) for x in value))
    try:
        array = np.asarray(value)
    except ValueError:  # rows of different lengths, which as_distribution refuses by name
        return True
    return bool(array.size and array.dtype.kind in "iuf" and ((array >= 0) & (array <= 1)).all())


def _number(
    name: str, low: float, high: float, step: float | None, start: float | None, log: bool
) -> Control:
    """One slider from low to high; whole numbers where all that is given is whole."""
    if not low < high:
        raise ValueError(f"{name} is ({low}, {high}): the first must be below the second")
    if step is not None and not step > 0:
        raise ValueError(f"{name} has steps of {step}, and must have steps above 0")
    if not (isinstance(start, Real) and low <= start <= high):
        start = None  # a picture's default that lies outside is no start, as in interact
    whole = all(isinstance(x, Integral) for x in (low, high, step, start) if x is not None)
    if step is None:
        step = 1 if whole else 0.1 if high - low >= 5 else 10 ** _exponent((high - low) / 50)
    if start is None:
        start = low + (high - low) // 2 if whole else (low + high) / 2
    digits = 0 if whole else max(1, len(f"{step:.9f}".rstrip("0").partition(".")[2]))
    kind = int if whole else float

    def within(value: float) -> float:
        if not low <= value <= high:
            raise ValueError(f"{name} is {value}, and must be from {low} to {high}")
        return kind(value)

    page = {"kind": "number", "name": name, "title": name.replace("_", " ")}
    page |= {"low": kind(low), "high": kind(high), "step": kind(step)}
    page |= {"digits": digits, "log": log and low > 0}
    return Control(page, within(start), kind, within)


def _exponent(x: float) -> int:
    """The power of ten of x's first digit."""
    return math.floor(math.log10(x))


def _options(name: str, value: Iterable) -> dict:
    """What can be chosen, by its text: of a dict, of (text, value) pairs, or of anything else."""
    if isinstance(value, dict):
        options = value
    else:
        value = list(value)
        pairs = all(isinstance(o, tuple) and len(o) == 2 and isinstance(o[0], str) for o in value)
        options = dict(value) if pairs else {str(option): option for option in value}
    if not options:
        raise ValueError(f"{name} is empty: give at least one thing to choose")
    return options


def _choice(name: str, options: dict, default: object) -> Control:
    """A choice from the options by their texts."""
    start = next((text for text, value in options.items() if np.array_equal(value, default)), None)

    def text_of(value: object) -> str:
        for text, option in options.items():
            if np.array_equal(option, value) or np.array_equal(text, value):
                return text
        raise ValueError(f"{name} is {value!r}, and must be one of {', '.join(options)}")

    title = "unit" if name == "base" else name
    page = {"kind": "choice", "name": name, "title": title}
    page |= {"options": [*options], "values": [*options.values()]}
    return Control(page, start or next(iter(options)), options.__getitem__, text_of)


def _of_outcomes(name: str, size: int, labels: list[str] | None) -> dict:
    """What the page draws of a list with an entry for each outcome, in the colour of P or Q."""
    if labels is not None and len(labels) != size:
        raise ValueError(f"labels are {len(labels)}, and {name} has {size} outcomes")
    quantity = {"p": "P", "q": "Q", "logits": "Q"}.get(name)
    titles = {"p": "P", "q": "Q", "logits": "logits of Q"}
    page = {"name": name, "title": titles.get(name, name), "quantity": quantity}
    return page | {"labels": outcome_names(size, labels)}


def _distribution(name: str, value: object, labels: list[str] | None) -> Control:
    """Sliders that always sum to 1."""

    def one(value: object) -> np.ndarray:
        distribution = as_distribution(name, value)
        if distribution.ndim != 1:
            raise ValueError(f"{name} holds {len(distribution)} distributions: give one")
        return distribution

    start = one(value)
    if abs(start.sum() - 1) > 1e-12:
        start = normalize(start)  # the rounding of float32 is too coarse for float64
    page = {"kind": "distribution"} | _of_outcomes(name, start.size, labels)

    def state_of(value: object) -> list[float]:
        distribution = one(value)
        if distribution.shape != start.shape:
            raise ValueError(f"{name} has {distribution.size} outcomes, and must have {start.size}")
        return distribution.tolist()

    return Control(page, start.tolist(), partial(np.array, dtype=float), state_of)


def _scores(name: str, value: object, labels: list[str] | None) -> Control:
    """A slider for each score, any finite number."""

    def state_of(value: object) -> list[float]:
        try:
            scores = np.asarray(value, dtype=float)
        except (TypeError, ValueError, OverflowError):
            raise ValueError(f"{name} holds what is no number: give a list such as [2, 0, -1]")
        if scores.ndim != 1 or scores.size == 0 or not np.isfinite(scores).all():
            raise ValueError(f"{name} is no list of finite numbers: give one such as [2, 0, -1]")
        return scores.tolist()

    def as_many(value: object) -> list[float]:
        scores = state_of(value)
        if len(scores) != len(start):
            raise ValueError(f"{name} has {len(scores)} entries, and must have {len(start)}")
        return scores

    start = state_of(value)
    page = {"kind": "scores"} | _of_outcomes(name, len(start), labels)
    page |= {"low": min(LOW_SCORE, *start), "high": max(HIGH_SCORE, *start)}
    return Control(page, start, partial(np.array, dtype=float), as_many)
