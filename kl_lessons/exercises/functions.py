"""Judge a learner's function: try it on many inputs, and say on which of them it fails."""

import inspect
import time
from collections.abc import Callable, Iterator, Mapping

import numpy as np

from kl_lessons.exercises import causes, diagnoses, digits, reading, trial
from kl_lessons.exercises.exercise import Computation, Exercise, Wrong
from kl_lessons.exercises.explanations import listed, unit_mistakes, value_of

LONGEST_SHOWN = 80  # characters of the inputs on which a function fails


def judge(exercise: Exercise, answer: object, show: Callable[[str], None]) -> None:
    """Nothing if the function is right on all inputs, else Wrong or Unanswered."""
    names = list(exercise.inputs[0])
    if not callable(answer):
        raise Wrong("a function is asked: give its name alone, without parentheses after it")
    if isinstance(answer, type):
        raise Wrong("this is a class; a function is asked")
    taken = trial.number_of_arguments(answer)
    if taken is not None and not taken[0] <= len(names) <= taken[1]:
        raise Wrong(f"the function is called with {listed(names)}: keep its first line")
    trials = _try_all(exercise, answer)
    show(trials[0].printed)
    rights = [value_of(exercise.answer, inputs) for inputs in exercise.inputs]
    values = [None if one.error else _read(one.returned) for one in trials]
    wrong = [place for place, value in enumerate(values) if not _same(value, rights[place])]
    if wrong:
        first = wrong[0]
        words = _explain(exercise, values, wrong) or (
            _describe(answer, exercise.inputs[first], trials[first], values[first], rights[first])
            + _constant(values, rights)
            + outside(answer)
        )
        raise Wrong(f"for {shown(exercise.inputs[first])}: {words}")
    for one in trials:
        if one.changed:
            raise Wrong(
                f"the numbers are right, but the function changes {names[one.changed[0]]}, "
                "which belongs to the caller: make a new array instead"
            )
    arguments = tuple(exercise.inputs[0].values())
    called = trial.package_function_called(answer, arguments)
    if called:
        raise Wrong(f"right, but by {called} of the package: here NumPy alone is asked")
    called = trial.scipy_measure_called(answer, arguments)
    if called:
        raise Wrong(f"right, but by {called} of SciPy: here NumPy alone is asked")


def shown(inputs: Mapping[str, object]) -> str:
    """The inputs as they would be typed, or their shapes if that is long."""
    text = ", ".join(f"{name} = {value}" for name, value in inputs.items())
    if len(text) <= LONGEST_SHOWN:
        return text
    return " and ".join(f"{name} of shape {np.shape(value)}" for name, value in inputs.items())


def not_finite(given: np.ndarray, right: np.ndarray) -> bool:
    """Whether nan came out, or ∞ where the right number is finite."""
    if np.isnan(given).any():
        return True
    return given.shape == right.shape and bool((np.isinf(given) & np.isfinite(right)).any())


def about_not_finite(
    given: np.ndarray, one: trial.Trial, function: object, arguments: tuple = ()
) -> str:
    """The cause of nan or ∞, from what the arithmetic met if a function was run."""
    if np.isnan(given).any():
        return causes.of_nan(one.events)
    words = causes.of_infinity(one.events)
    if not one.events and inspect.isroutine(function):
        called = trial.package_function_called(function, arguments)
        if called in ("cross_entropy", "kl_divergence", "kl_terms"):
            words += f": {called} found 0 in its second argument where its first is above 0"
    return words


def outside(answer: object) -> str:
    """A word on the variables that a function takes from outside itself."""
    names = sorted(trial.read_from_outside(answer))
    return f". It reads {listed(names)} from outside the function" if names else ""


def check_returned(returned: object) -> None:
    """Wrong or Unanswered where a function returned nothing that could be read."""
    if returned is None:
        raise Wrong("the function returns nothing: does its last line begin with return?")
    reading.check_answered(returned)
    if inspect.isgenerator(returned):
        raise Wrong("the function yields numbers; it has to return them")


def _try_all(exercise: Exercise, function: Callable) -> list[trial.Trial]:
    """What the function came to on each of the inputs; Wrong where it did not end in time."""
    trials, end = [], time.monotonic() + trial.SECONDS
    for inputs in exercise.inputs:
        left = max(end - time.monotonic(), 0.1)
        trials.append(trial.run(function, tuple(inputs.values()), left))
        if isinstance(trials[-1].error, trial.Stopped):
            raise Wrong(f"for {shown(inputs)}: {causes.of_error(trials[-1], function, inputs)}")
        if trials[-1].error is None:
            check_returned(trials[-1].returned)
    return trials


def _read(returned: object) -> np.ndarray | Wrong:
    """The returned numbers; if there are none, the sentence that says what there is instead."""
    try:
        with trial.time_limit(trial.SECONDS):
            return reading.numbers(returned)
    except Wrong as wrong:
        return wrong


def _same(value: object, right: np.ndarray | None) -> bool:
    arrays = isinstance(value, np.ndarray) and isinstance(right, np.ndarray)
    return arrays and value.shape == right.shape and bool(digits.equal(value, right).all())


def _explain(exercise: Exercise, values: list, wrong: list[int]) -> str | None:
    """The mistake that gives the learner's numbers on all inputs, or on all where they are wrong.

    An error or nan on some inputs may come on top of a mistake, and a mistake need not have a
    value for each of them; one input alone proves nothing.
    """
    finite = [
        i for i in wrong if isinstance(values[i], np.ndarray) and np.isfinite(values[i]).all()
    ]
    best, most = None, 0
    for words, compute in _mistaken_functions(exercise):
        if not _same(values[wrong[0]], value_of(compute, exercise.inputs[wrong[0]])):
            continue
        made = [value_of(compute, inputs) for inputs in exercise.inputs]
        fits = [_same(value, one) for value, one in zip(values, made, strict=True)]
        told = [fits[i] for i in finite if made[i] is not None]
        many = wrong[0] in finite and len(told) > 1 and all(told)
        if (many or all(fits)) and sum(fits) > most:
            best, most = words, sum(fits)
    return best


def _mistaken_functions(exercise: Exercise) -> Iterator[tuple[str, Computation]]:
    """Each known mistake, and each of unit and sign, as a function of the inputs."""
    for words, ways in exercise.mistakes.items():
        for compute in ways if isinstance(ways, tuple) else (ways,):
            yield words, compute
    for words, change in unit_mistakes(exercise.unit):
        yield words, lambda change=change, **inputs: change(np.asarray(exercise.answer(**inputs)))


def _describe(
    function: Callable, inputs: Mapping, one: trial.Trial, value: object, right: np.ndarray
) -> str:
    """What happened on these inputs, where no known mistake explains it."""
    if one.error is not None:
        return causes.of_error(one, function, inputs)
    if isinstance(value, Wrong):
        return str(value)
    if not_finite(value, right):
        return about_not_finite(value, one, function, tuple(inputs.values()))
    if value.shape == right.shape and (np.isfinite(value) & np.isinf(right)).any():
        return "a finite number came out: the exact answer is ∞"
    return diagnoses.describe(value, right, digits.equal)


def _constant(values: list, rights: list) -> str:
    """A word on a function that gives the same number whatever it is given."""
    same = all(isinstance(v, np.ndarray) and v.shape == () and v == values[0] for v in values)
    if not same or all(_same(right, rights[0]) for right in rights):
        return ""
    return ". The same number comes out whatever it is given"
