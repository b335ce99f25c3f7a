"""Read an answer, which may be anything at all, as numbers or as a letter."""

import inspect
import re
from types import CoroutineType

import numpy as np

from kl_lessons.exercises.exercise import Unanswered, Wrong

LARGEST_ANSWER = 10_000  # numbers; what is longer is not even read
NUMBER = (int, float, np.number)


def check_answered(answer: object) -> None:
    """Unanswered where the answer, or a part of it, is still ... or None.

    Wrong where an async function was called: what that gives has never run.
    """
    if type(answer) is CoroutineType:
        answer.close()  # or Python complains later that it was never awaited
        raise Wrong("an async function was given: begin it with def alone")
    parts = answer[:100] if type(answer) in (list, tuple) else [answer]
    if any(part is ... or part is None for part in parts):
        raise Unanswered


def letter(answer: object, letters: list[str]) -> str:
    """The letter that was chosen, or Wrong."""
    listed = ", ".join(f'"{one}"' for one in letters[:-1]) + f' or "{letters[-1]}"'
    if not isinstance(answer, str):
        raise Wrong(f"a letter is asked, in quotes: {listed}")
    chosen = answer[:100].strip().strip("().").casefold()
    if chosen not in letters:
        raise Wrong(f"one letter is asked: {listed}")
    return chosen


def numbers(answer: object) -> np.ndarray:
    """The answer as an array without axes of length 1, or Wrong."""
    if isinstance(answer, str):
        raise Wrong(
            "a number in quotes is text: leave the quotes out"
            if re.fullmatch(r"\s*[-+]?[\d.,]+(e[-+]?\d+)?\s*", answer[:40], re.IGNORECASE)
            else "this is text; numbers are asked"
        )
    if isinstance(answer, type):
        raise Wrong("this is a class; numbers are asked")
    if inspect.isgenerator(answer):
        raise Wrong("a generator was given: put list(…) around it")
    if callable(answer):
        raise Wrong("this is a function: call it with its argument in parentheses")
    sized = hasattr(type(answer), "__len__") and not isinstance(answer, np.ndarray)
    if _holds_lists_of_different_lengths(answer):
        raise Wrong("lists stand in the places of numbers: add each up, if a sum is asked")
    array = np.asarray(answer) if not sized or len(answer) <= LARGEST_ANSWER else None
    if array is None or array.size > LARGEST_ANSWER:
        raise Wrong(f"more than {LARGEST_ANSWER:,} numbers were given")
    if array.dtype.kind == "U":
        raise Wrong(
            "strings of 0 and 1: take the lengths of code words, and no quotes for numbers"
            if array.size > 1 and all(re.fullmatch("[01]+", word) for word in array.flat)
            else "numbers in quotes are text: leave the quotes out"
        )
    if array.dtype.kind == "b":
        raise Wrong("True or False was given; numbers are asked")
    if array.dtype.kind == "c":
        raise Wrong("complex numbers were given: is there a j in them?")
    if array.dtype.kind not in "iufO":
        raise Wrong(f"{type(answer).__name__} was given; numbers are asked")
    try:
        array = array.astype(float)
    except OverflowError:
        raise Wrong("a number was given that is too large for Python's floats")
    except (TypeError, ValueError):
        raise Wrong(f"{type(answer).__name__} was given; numbers are asked")
    return array.reshape([length for length in array.shape if length != 1])


def _holds_lists_of_different_lengths(answer: object) -> bool:
    """Whether the answer is a list of numbers and lists or arrays, of several lengths."""
    if type(answer) not in (list, tuple) or len(answer) > LARGEST_ANSWER:
        return False
    lengths = set()
    for part in answer:
        if type(part) in (list, tuple) or (type(part) is np.ndarray and part.ndim == 1):
            if len(part) > LARGEST_ANSWER or not all(isinstance(n, NUMBER) for n in part):
                return False
            lengths.add(len(part))
        elif isinstance(part, NUMBER):
            lengths.add(None)
        else:
            return False
    return len(lengths) > 1
