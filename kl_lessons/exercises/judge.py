"""How an answer is judged: what an exercise is, and which words a wrong answer gets."""

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

LARGEST_ANSWER = 10_000  # numbers; what is longer is not even read
CLOSENESS = (  # up to which factor between the given and the right number to say what
    (1.01, "by less than 1 percent: give more digits"),
    (1.05, "by a few percent"),
    (1.15, "by about 10 percent"),
    (1.4, "by about 25 percent"),
    (1.75, "by a factor of about 1.5"),
    (2.5, "by a factor of about 2"),
    (4, "by a factor of about 3"),
    (7, "by a factor of about 5"),
    (30, "by a factor of about 10"),
    (300, "by a factor of about 100"),
    (np.inf, "by a factor of more than 100"),
)
NO = "no: think it through once more"
COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True)
class Exercise:
    """A question, the function that answers it, and functions that answer it wrongly.

    `solution` takes no arguments, and its source is what learners read. Where a function is
    asked, `solution` is that function, and `try_on` holds the arguments it is tried on, those
    that tell the mistakes apart first. `mistakes` gives for each sentence what computes the
    wrong value, called as the solution is. `shows` is said when the answer is right.
    `tolerance` is relative to the largest number of the answer. Four digits of the right number
    are always enough, and three where the tolerance is not below 1e-3; fewer are told so.
    """

    prompt: str
    solution: Callable
    mistakes: Mapping[str, Callable]
    hints: tuple[str, ...]
    shows: str
    unit: str | None = None
    tolerance: float = 1e-3
    try_on: tuple[tuple, ...] = ()


class Wrong(Exception):
    """Says in a sentence what is wrong with an answer."""


class Unanswered(Exception):
    """There is no answer yet."""


def judge(exercise: Exercise, answer: object) -> None:
    """Nothing if the answer is right, else Wrong or Unanswered."""
    if _empty(answer):
        raise Unanswered
    if not exercise.try_on:
        _compare(exercise, (), answer)
    elif not callable(answer):
        raise Wrong("a function is asked: give its name alone, without parentheses after it")
    for arguments in exercise.try_on:
        try:
            _compare(exercise, arguments, _returned(exercise, answer, arguments))
        except Wrong as wrong:
            raise Wrong(f"for {call_text(exercise, arguments)}: {wrong}")


def _returned(exercise: Exercise, function: Callable, arguments: tuple) -> object:
    """What the learner's function returns; an exception in it becomes a sentence."""
    try:
        returned = function(*copies(arguments))
    except (Exception, SystemExit) as error:
        message = _message(error)
        if re.search("math domain error|expected a positive input", message):  # of math.log
            names = inspect.signature(exercise.solution).parameters
            pairs = zip(names, copies(arguments), strict=True)
            zeros = [f"{name} = 0" for name, array in pairs if (array == 0).any()]
            raise Wrong(f"log of 0: treat {zeros[0] if len(zeros) == 1 else 'zeros'} apart")
        raise Wrong(f"the function raises {type(error).__name__}{message}")
    if returned is None:
        raise Wrong("the function returns nothing: does its last line begin with return?")
    if _empty(returned):
        raise Unanswered
    return returned


def _message(error: BaseException) -> str:
    """What an exception says, in one line; nothing if it cannot say it."""
    try:
        return ": " + " ".join(str(error).split())[:120] if str(error) else ""
    except Exception:
        return ""


def copies(arguments: tuple) -> list[np.ndarray]:
    """The arguments as new arrays, for a function may change what it is given."""
    return [np.array(argument, dtype=float) for argument in arguments]


def call_text(exercise: Exercise, arguments: tuple) -> str:
    names = inspect.signature(exercise.solution).parameters
    pairs = zip(names, arguments, strict=True)
    return ", ".join(f"{name} = {argument}" for name, argument in pairs)


def shown(value: object, unit: str | None) -> str:
    if isinstance(value, (bool, str)):
        return str(value)
    numbers = np.asarray(value, dtype=float)
    texts = [f"{number:.5g}" for number in numbers.ravel()]
    text = f"[{', '.join(texts)}]" if numbers.ndim else texts[0].replace("inf", "∞")
    return f"{text} {unit}" if unit else text


def _empty(answer: object) -> bool:
    """Whether the answer, or a part of it, is still ... or None."""
    parts = answer[:100] if type(answer) in (list, tuple) else [answer]
    return any(part is ... or part is None for part in parts)


def _compare(exercise: Exercise, arguments: tuple, answer: object) -> None:
    """Nothing if the answer is what the solution gives for the arguments, else Wrong."""
    right = exercise.solution(*copies(arguments))
    if isinstance(right, (bool, np.bool_)):
        same, read = (lambda a, b: a == b), _truth
    elif isinstance(right, str):
        same, read = (lambda a, b: a == b), _word
    else:
        right = np.asarray(right, dtype=float)
        same, read = (lambda a, b: _close(a, b, exercise.tolerance)), _numbers
    given = read(answer)
    if same(given, right):
        return
    mistakes = {says: read(wrong(*copies(arguments))) for says, wrong in exercise.mistakes.items()}
    if read is not _numbers:
        raise Wrong(next((says for says, wrong in mistakes.items() if given == wrong), NO))
    mistakes |= _mistakes_of_unit(exercise.unit, right)
    exact = (says for says, wrong in mistakes.items() if _equal(given, wrong))
    close = (says for says, wrong in mistakes.items() if same(given, wrong))
    if says := next(exact, None):
        raise Wrong(says)
    if _rounded_too_much(given, right, exercise.tolerance):
        raise Wrong("rounded: give the number as it comes out, or at least four digits of it")
    if says := next(close, None):
        raise Wrong(says)
    if right.size == 1 < given.size and same(given.sum(), right):
        raise Wrong(f"these are {_count(given.size)} numbers: add them up")
    if given.ndim == right.ndim + 1 and any(
        same(given.sum(axis=axis), right) for axis in range(given.ndim)
    ):
        raise Wrong("the terms stand here, not added up: sum the terms of each")
    if type(answer) is tuple and len(answer) == 2 and right.size == 1:
        raise Wrong("two numbers were given, one was asked (the decimal sign is a point)")
    raise Wrong(_difference(given, right, exercise.tolerance))


def _mistakes_of_unit(unit: str | None, right: np.ndarray) -> dict[str, np.ndarray]:
    """The mistakes that each question with a unit invites."""
    if unit is None or not right.any():
        return {}
    other = "bits" if unit == "nats" else "nats"
    size = {"nats": 1.0, "bits": np.log(2)}  # of the unit, in nats
    nats = right * size[unit]
    return {
        f"these are {other}; the question asks {unit}": nats / size[other],
        f"log10 was used; {unit} need {'np.log' if unit == 'nats' else 'np.log2'}": nats
        / np.log(10),
        f"this is in percent; the question asks {unit}": 100 * right,
        "a minus sign is missing, or there is one too many": -right,
    }


def _truth(answer: object) -> bool:
    if isinstance(answer, (bool, np.bool_)):
        return bool(answer)
    raise Wrong("True or False is asked, without quotes")


def _word(answer: object) -> str:
    if isinstance(answer, str):
        return " ".join(answer[:100].split()).casefold()
    raise Wrong("a word is asked, in quotes")


def _numbers(answer: object) -> np.ndarray:
    """The answer as an array of numbers, or Wrong."""
    if isinstance(answer, str):
        raise Wrong(
            "a number in quotes is text: leave the quotes out"
            if re.fullmatch(r"\s*[-+]?[\d.,]+(e[-+]?\d+)?\s*", answer[:40], re.IGNORECASE)
            else "this is text; numbers are asked"
        )
    if callable(answer) and not isinstance(answer, type):
        raise Wrong("this is a function: call it with its argument in parentheses")
    sized = hasattr(type(answer), "__len__") and not isinstance(answer, np.ndarray)
    array = np.asarray(answer) if not sized or len(answer) <= LARGEST_ANSWER else None
    if array is None or array.size > LARGEST_ANSWER:
        raise Wrong(f"more than {LARGEST_ANSWER:,} numbers were given")
    if array.dtype.kind == "U":
        raise Wrong("numbers in quotes are text: leave the quotes out")
    if array.dtype.kind == "b":
        raise Wrong("True or False was given; numbers are asked")
    if array.dtype.kind not in "iufO":
        raise Wrong(f"{type(answer).__name__} was given; numbers are asked")
    try:
        return array.astype(float)
    except OverflowError:
        raise Wrong("a number was given that is too large for Python's floats")
    except (TypeError, ValueError):
        raise Wrong(f"{type(answer).__name__} was given; numbers are asked")


def _close(given: np.ndarray, wanted: np.ndarray, tolerance: float) -> bool:
    """Whether the numbers agree; a single number may stand in an array of one."""
    if given.shape != wanted.shape and not given.size == wanted.size == 1:
        return False
    return bool(_agree(given, wanted, tolerance).all())


def _equal(given: np.ndarray, wanted: np.ndarray) -> bool:
    """Whether the numbers are the same but for the last digits of a float."""
    same_shape = given.shape == wanted.shape or given.size == wanted.size == 1
    return same_shape and np.allclose(given, wanted, rtol=1e-9, atol=0, equal_nan=True)


def _agree(given: np.ndarray, wanted: np.ndarray, tolerance: float) -> np.ndarray:
    """Which numbers agree: within the tolerance, or in as many digits as are enough."""
    near = np.isclose(given, wanted, rtol=0, atol=tolerance * _scale(wanted), equal_nan=True)
    enough = 3 if tolerance >= 1e-3 else 4
    return near | _has_digits(given, wanted, enough) | _has_digits(given, wanted, 4, cut=True)


def _rounded_too_much(given: np.ndarray, right: np.ndarray, tolerance: float) -> bool:
    """Whether each number that does not agree is the right one, rounded to 2 or 3 digits."""
    if given.shape != right.shape and not given.size == right.size == 1:
        return False
    rounded = _has_digits(given, right, 2) | _has_digits(given, right, 3, cut=True)
    return bool((_agree(given, right, tolerance) | rounded).all())


def _has_digits(given: np.ndarray, wanted: np.ndarray, digits: int, cut=False) -> np.ndarray:
    """Which numbers are those wanted, rounded to so many digits; or rounded down, or up."""
    with np.errstate(all="ignore"):  # 0 and infinity have no digits
        step = 10.0 ** (np.floor(np.log10(np.abs(wanted))) - digits + 1)
        scaled, reach = wanted / step, 1 - 1e-9 if cut else 0.5 + 1e-9  # a half goes both ways
        ends = np.floor(scaled + reach) * step, np.ceil(scaled - reach) * step
        return np.logical_or(*(np.abs(given - end) <= 1e-6 * np.abs(end) for end in ends))


def _scale(wanted: np.ndarray) -> float:
    """The largest finite size among the numbers; 1 if there is none but 0."""
    return np.abs(wanted[np.isfinite(wanted)]).max(initial=0.0) or 1.0


def _count(number: int) -> str:
    return COUNTS[number] if number < len(COUNTS) else f"{number:,}"


def _difference(given: np.ndarray, right: np.ndarray, tolerance: float) -> str:
    """How far off the numbers are, and in which direction, but not the right ones."""
    if given.shape != right.shape and not given.size == right.size == 1:
        if given.size == right.ndim == 1:
            return f"one number was given: give a list of {_count(right.size)} numbers"
        asked = "one number was asked" if right.size == 1 else f"{right.size} numbers were asked"
        return f"shape {given.shape} was given, {asked}"
    given, right = given.ravel(), right.ravel()
    if np.isnan(given).any():
        return "nan came out: 0·log 0 counts as 0, and has to be handled apart"
    if (np.isinf(right) & np.isfinite(given)).any():
        return "an epsilon was added, or a term left out: the exact answer is infinite"
    if (np.isinf(given) & np.isfinite(right)).any():
        return "infinity came out, and the answer is finite: was 0 divided by, or log 0 taken?"
    wrong = np.flatnonzero(~_agree(given, right, tolerance))
    first = int(wrong[0])
    distance = _distance(given[first], right[first])
    if right.size == 1:
        return distance
    return f"right: {right.size - wrong.size} of {right.size}; number {first + 1} is {distance}"


def _distance(given: float, right: float) -> str:
    """The direction, and coarsely the size, of the error of one number."""
    if given * right < 0:
        return "of the wrong sign"
    larger, smaller = (
        ("too large", "too small") if right >= 0 else ("too near 0", "too far below 0")
    )
    direction = larger if given > right else smaller
    if given == 0 or right == 0:
        return direction
    factor = max(given / right, right / given)
    return f"{direction}, {next(size for limit, size in CLOSENESS if factor <= limit)}"
