"""Run a learner's function where it can do no harm, and note what happened."""

import contextlib
import dis
import inspect
import io
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from types import CodeType
from typing import NamedTuple

import numpy as np

SECONDS = 5.0  # after which a function is stopped
MOST_EVENTS = 50  # of one call: a loop may divide by 0 a million times
MOST_PRINTED = 2_000  # characters of what the function prints
MEASURES_OF_SCIPY = ("rel_entr", "kl_div", "entr")  # in scipy.special
LARGEST_KEPT = 1_000_000  # numbers in a variable that is put back if the function changes it


class Stopped(BaseException):
    """The time is over. No Exception, or the function's own `except Exception` would take it."""


class Trial(NamedTuple):
    """What one call of a function came to."""

    returned: object = None
    error: BaseException | None = None
    events: tuple[str, ...] = ()  # what NumPy's arithmetic met: "divide by zero encountered in log"
    changed: tuple[int, ...] = ()  # the arguments that the function changed
    printed: str = ""


def run(function: Callable, arguments: tuple = (), seconds: float | None = None) -> Trial:
    """Call the function on copies of the arguments; what it prints is kept, not shown.

    An exception becomes the trial's error, and so does Stopped, after so many seconds or after
    SECONDS. The variables that the function reads from outside are put back as they were.
    """
    events: list[str] = []
    given = [_array(argument) for argument in arguments]
    printed = _Printed()
    returned = error = None
    with (
        _variables_kept(getattr(function, "__globals__", {})),
        contextlib.redirect_stdout(printed),
        _events_noted(events),
    ):
        try:
            with time_limit(SECONDS if seconds is None else seconds):
                returned = function(*given)
        except KeyboardInterrupt:  # of the learner: the stop button
            raise
        except BaseException as caught:  # the function may raise anything
            error = caught
    changed = [
        place
        for place, (after, before) in enumerate(zip(given, arguments, strict=True))
        if not np.array_equal(after, _array(before))
    ]
    return Trial(returned, error, tuple(events), tuple(changed), printed.text())


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise Stopped in what runs longer, where the system can: POSIX, in the main thread."""
    if not hasattr(signal, "setitimer") or (
        threading.current_thread() is not threading.main_thread()
    ):
        yield
        return
    running = True

    def stop(number: int, frame: object) -> None:
        if running:
            raise Stopped

    handler = signal.signal(signal.SIGALRM, stop)
    # Again and again, since a bare `except:` takes what comes inside its `try`.
    outer = signal.setitimer(signal.ITIMER_REAL, seconds, 0.05)
    try:
        try:
            yield
        finally:
            running = False
    finally:
        running = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
        if outer[0]:
            signal.setitimer(signal.ITIMER_REAL, *outer)


def package_function_called(function: Callable, arguments: tuple) -> str | None:
    """The name of the first function of this course that the function calls, if it calls one."""
    called = (
        name
        for module, name in _functions_called(function, arguments)
        if module.startswith("kl_lessons.") and not module.startswith("kl_lessons.exercises")
    )
    return next(called, None)


def scipy_measure_called(function: Callable, arguments: tuple) -> str | None:
    """The name of SciPy's entropy or divergence that the function calls, if it calls one.

    What is called on an array that np.asarray made anew is not seen.
    """
    known = vars(sys.modules.get("scipy.special", object))
    applied: set[np.ufunc] = set()
    watched = [_watched(one, applied) if isinstance(one, list) else one for one in arguments]
    for module, name in _functions_called(function, tuple(watched)):
        if module.startswith("scipy.") and name == "entropy":
            return name
    measures = [name for name in MEASURES_OF_SCIPY if known.get(name, ...) in applied]
    return measures[0] if measures else None


def _functions_called(function: Callable, arguments: tuple) -> list[tuple[str, str]]:
    """Module and name of each function written in Python that the function calls."""
    called: dict[tuple[str, str], None] = {}

    def note(frame, event: str, argument: object) -> None:
        if event == "call":
            called[frame.f_globals.get("__name__", ""), frame.f_code.co_name] = None

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        run(function, arguments)
    finally:
        sys.setprofile(before)
    return list(called)


def _watched(numbers: list, applied: set[np.ufunc]) -> np.ndarray:
    """An array that notes the functions of arrays which are applied to it and to what comes of it.

    np.log, np.add and the like are ufuncs, written in C: no profile of Python's sees them called.
    """

    class Watched(np.ndarray):
        def __array_ufunc__(self, ufunc, method, *inputs, **options):
            applied.add(ufunc)
            plain = [_unwatched(one) for one in inputs]
            result = getattr(ufunc, method)(
                *plain, **{k: _unwatched(v) for k, v in options.items()}
            )
            return result.view(Watched) if isinstance(result, np.ndarray) else result

    def _unwatched(one: object) -> object:
        if isinstance(one, tuple):
            return tuple(map(_unwatched, one))
        return one.view(np.ndarray) if isinstance(one, Watched) else one

    return np.array(numbers, dtype=float).view(Watched)


def number_of_arguments(function: Callable) -> tuple[int, float] | None:
    """The fewest and the most arguments that the function takes by place; None if it hides them."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return None
    by_place = [p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    fewest = sum(p.default is p.empty for p in by_place)
    fewest += sum(p.kind is p.KEYWORD_ONLY and p.default is p.empty for p in parameters)
    most = np.inf if any(p.kind is p.VAR_POSITIONAL for p in parameters) else len(by_place)
    return fewest, most


def read_from_outside(function: object) -> dict[str, object]:
    """The numbers, lists and arrays that the function takes from outside itself, by name."""
    code, known = getattr(function, "__code__", None), getattr(function, "__globals__", {})
    if not inspect.iscode(code):
        return {}
    closure = inspect.getclosurevars(function).nonlocals if code.co_freevars else {}
    found = {name: known.get(name) for name in _global_names(code)} | closure
    kinds = (int, float, list, tuple, np.ndarray, np.generic)
    return {name: value for name, value in found.items() if isinstance(value, kinds)}


def _global_names(code: CodeType) -> set[str]:
    """The global names that the code reads; `size` in `flips.size` is none of them."""
    names = {i.argval for i in dis.get_instructions(code) if i.opname == "LOAD_GLOBAL"}
    inner = (part for part in code.co_consts if inspect.iscode(part))
    return names.union(*map(_global_names, inner))


def _array(argument: object) -> np.ndarray | float:
    """The argument as a learner's function gets it: a number, or an array of its own."""
    if isinstance(argument, float | int):
        return argument
    return np.array(argument, dtype=float, subok=True)


class _Printed(io.TextIOBase):
    """Takes what is printed, and keeps its beginning."""

    def __init__(self) -> None:
        self._kept = io.StringIO()
        self._room = MOST_PRINTED

    def write(self, text: str) -> int:
        self._kept.write(text[: max(self._room, 0)])
        self._room -= len(text)
        return len(text)

    def text(self) -> str:
        """What was printed, ending with a line end; empty if nothing was."""
        kept = self._kept.getvalue()
        if self._room < 0:
            kept += " …"
        return kept if not kept or kept.endswith("\n") else kept + "\n"


@contextlib.contextmanager
def _events_noted(events: list[str]) -> Iterator[None]:
    """Note what NumPy's arithmetic meets, and show no warning of the learner's function."""

    def note(message, category, filename, lineno, file=None, line=None) -> None:
        if issubclass(category, RuntimeWarning) and len(events) < MOST_EVENTS:
            events.append(str(message))

    with warnings.catch_warnings(), np.errstate(all="warn", under="ignore"):
        warnings.simplefilter("always")
        warnings.showwarning = note
        yield


@contextlib.contextmanager
def _variables_kept(variables: dict[str, object]) -> Iterator[None]:
    """Put the variables back afterwards, and the numbers in arrays and lists."""
    bound = {name: value for name, value in variables.items() if not name.startswith("_")}
    inside = {
        name: value.copy()
        for name, value in bound.items()
        if (type(value) is np.ndarray and value.size <= LARGEST_KEPT and value.dtype != object)
        or (type(value) is list and len(value) <= LARGEST_KEPT)
    }
    try:
        yield
    finally:
        for name in [name for name in variables if not name.startswith("_") and name not in bound]:
            del variables[name]
        for name, value in bound.items():
            if variables.get(name) is not value:
                variables[name] = value
        for name, value in inside.items():
            if type(value) is np.ndarray:
                if bound[name].shape == value.shape and bound[name].flags.writeable:
                    np.copyto(bound[name], value)
            else:
                bound[name][:] = value
