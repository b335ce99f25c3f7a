"""Whether an answer is right, and if not, which sentence says why."""

from collections.abc import Callable
from functools import partial

import numpy as np

from kl_lessons.exercises import causes, diagnoses, digits, explanations, functions, reading, trial
from kl_lessons.exercises.exercise import Exercise, Wrong
from kl_lessons.exercises.explanations import Surroundings

WITHOUT_ARGUMENTS = (
    "the function asks for arguments; here it takes none: all it needs stands in its first lines"
)


def judge(
    exercise: Exercise, answer: object, around: Surroundings, show: Callable[[str], None]
) -> None:
    """Nothing if the answer is right, else Wrong or Unanswered; `show` gets what it printed."""
    reading.check_answered(answer)
    if exercise.asks == "function":
        functions.judge(exercise, answer, show)
    elif exercise.asks == "numbers":
        with np.errstate(all="ignore"):  # of what is compared; a learner's function is watched
            _judge_numbers(exercise, answer, around, show)
    else:
        chosen = reading.letter(_value(answer, show).returned, exercise.letters)
        if chosen != exercise.answer:
            raise Wrong(exercise.choices[chosen])


def _judge_numbers(
    exercise: Exercise, answer: object, around: Surroundings, show: Callable[[str], None]
) -> None:
    one = _value(answer, show)
    right = explanations.value_of(exercise.answer, exercise.inputs[0])
    with trial.time_limit(trial.SECONDS):
        given = reading.numbers(one.returned)
    if given.shape == right.shape and digits.equal(given, right).all():
        return
    live = explanations.live_values(answer, list(exercise.inputs[0]))
    simple, compound = explanations.explanations(exercise, around._replace(notebook=live))
    words = diagnoses.explain(given, right, simple)
    agree = partial(digits.agree, tolerance=exercise.tolerance)
    close = given.shape == right.shape and agree(given, right).all()
    if close and words in (None, diagnoses.ROUNDED):
        return
    raise Wrong(
        words
        or diagnoses.explain_order(given, right, agree)
        or diagnoses.explain(given, right, compound)
        or (functions.not_finite(given, right) and functions.about_not_finite(given, one, answer))
        or diagnoses.describe(given, right, agree)
        + (_decimal_comma(one.returned, right) or functions.outside(answer))
    )


def _value(answer: object, show: Callable[[str], None]) -> trial.Trial:
    """The plain answer, or what the learner's function without arguments returns."""
    taken = trial.number_of_arguments(answer) if callable(answer) else None
    if taken is None or isinstance(answer, type):
        return trial.Trial(returned=answer)  # also np.log and the like, which hide their arguments
    if taken[0] > 0:
        raise Wrong(WITHOUT_ARGUMENTS)
    one = trial.run(answer)
    show(one.printed)
    if one.error is not None:
        raise Wrong(causes.of_error(one, answer, {}))
    functions.check_returned(one.returned)
    return one


def _decimal_comma(answer: object, right: np.ndarray) -> str:
    whole = type(answer) is tuple and len(answer) == 2 and all(type(n) is int for n in answer)
    return " (the decimal sign is a point)" if whole and right.size == 1 else ""
