"""Why nan, ∞ or an error came out: read from what the function did, not guessed."""

import linecache
import re
import traceback
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from kl_lessons.exercises.trial import Stopped, Trial

NO_NUMBER = (
    "nan came out, which is no number: it comes from 0 · ∞, 0/0, ∞ − ∞, or the logarithm of a "
    "negative number"
)
INFINITE = "∞ came out, and the answer is finite"


def of_nan(events: Sequence[str]) -> str:
    """The sentence about nan, from what NumPy's arithmetic met on the way."""
    found = {
        _about_invalid(_operation(event), events[:place])
        for place, event in enumerate(events)
        if event.startswith("invalid value")
    }
    return found.pop() if len(found) == 1 else NO_NUMBER  # of two, either may be the one


def _about_invalid(operation: str, before: Sequence[str]) -> str:
    """The sentence about an operation that gave nan, from what was met before it."""
    if operation.startswith("log"):
        return "the logarithm of a negative number was taken, and that is nan"
    if operation == "sqrt":
        return "the root of a negative number was taken, and that is nan"
    if operation in ("multiply", "matmul", "dot"):
        if _met(before, "divide by zero", "log"):
            return "log 0 was taken, and 0 · log 0 is nan for Python: by the rule it counts as 0"
        return "0 · ∞ was computed, and that is nan"
    if operation in ("divide", "true_divide"):
        if _met(before, "overflow", "exp"):
            return "exp of a large score became ∞, and ∞/∞ is nan"
        return "0/0 or ∞/∞ was computed, and that is nan"
    if operation in ("subtract", "add", "reduce"):
        if _met(before, "overflow", "exp"):
            return "exp of a large score became ∞, and ∞ − ∞ is nan"
        return "∞ − ∞ was computed, and that is nan"
    return NO_NUMBER


def of_infinity(events: Sequence[str]) -> str:
    """The sentence about ∞ where the answer is finite, from what the arithmetic met."""
    for event in events:
        operation = _operation(event)
        if event.startswith("overflow"):
            if operation.startswith("exp"):
                return f"{INFINITE}: exp of a large score became ∞"
            return f"{INFINITE}: a number became too large for a float"
        if event.startswith("divide by zero"):
            if operation.startswith("log"):
                return f"{INFINITE}: log 0 was taken, which is −∞"
            return f"{INFINITE}: something was divided by 0"
    return INFINITE


def of_error(trial: Trial, function: Callable, inputs: Mapping[str, object]) -> str:
    """The sentence about an exception of the learner's function, with the line it came from."""
    error = trial.error
    if isinstance(error, Stopped):
        return "the function was still running after some seconds, and was stopped"
    return _about(error, inputs) + _line_of(error, function)


def _about(error: BaseException, inputs: Mapping[str, object]) -> str:
    message = message_of(error)
    if isinstance(error, RecursionError):
        return "the function calls itself without end"
    if isinstance(error, ZeroDivisionError):
        return "the function divides by 0"
    if isinstance(error, OverflowError) and message == "math range error":
        return "exp of a large score is too large for a float: math.exp stops there"
    if isinstance(error, ValueError) and re.search("math domain|positive input", message):
        zeros = [name for name, value in inputs.items() if (np.asarray(value) == 0).any()]
        apart = f": {' and '.join(zeros)} may be 0, and such terms stand apart" if zeros else ""
        return f"math.log takes no 0 and nothing below 0{apart}"
    if re.search("only integers, slices|indices must be integers or slices, not float", message):
        return "a place in an array was named by what is no whole number"
    if shapes := re.search(r"broadcast together with shapes (\(.*?\)) (\(.*?\))", message):
        advice = "where a sum was taken over an axis, keepdims=True leaves it there"
        return f"arrays of shapes {shapes[1]} and {shapes[2]} do not fit together: {advice}"
    if isinstance(error, NameError) and (name := getattr(error, "name", None)):
        return f"the function uses the name {name}, which is not defined"
    return f"the function stops with {type(error).__name__}{': ' if message else ''}{message}"


def message_of(error: BaseException) -> str:
    """What an exception says, in one line; nothing if it cannot say it."""
    try:
        return " ".join(str(error).split())[:120]
    except Exception:
        return ""


def _line_of(error: BaseException, function: Callable) -> str:
    """The line of the learner's cell in which the error arose; nothing if it is not known."""
    file = getattr(getattr(function, "__code__", None), "co_filename", None)
    lines = [
        linecache.getline(file, number).strip()
        for frame, number in traceback.walk_tb(error.__traceback__)
        if file and frame.f_code.co_filename == file
    ]
    return f", in the line\n  {lines[-1][:100]}" if lines and lines[-1] else ""


def _operation(event: str) -> str:
    """Of "divide by zero encountered in scalar multiply" the last word."""
    return event.split(" in ")[-1].split()[-1]


def _met(events: Sequence[str], kind: str, operation: str) -> bool:
    return any(
        event.startswith(kind) and _operation(event).startswith(operation) for event in events
    )
