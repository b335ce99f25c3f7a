"""What a wrong number could mean: known mistakes, units, and values that are not its own."""

import itertools
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from kl_lessons.exercises import digits
from kl_lessons.exercises.exercise import Computation, Exercise

COMPUTED = digits.TYPED + 1  # digits: two mistakes at once are believed of such a number only
UNITS = {"nats": 1.0, "bits": np.log(2)}  # their size in nats


class Explanation(NamedTuple):
    """A sentence, the numbers that it explains, and how many digits must agree to believe it."""

    words: str
    value: np.ndarray | None
    digits: int = 0


class Surroundings(NamedTuple):
    """What a learner may have taken instead of the exercise's own values, or given for it."""

    lesson: Mapping[str, Sequence]  # name → what it is in the lesson, at one place or another
    answers: Mapping[str, np.ndarray]  # name of another exercise → its answer
    notebook: Mapping[str, Sequence] = {}  # name → what it is now, in the notebook that runs


def explanations(
    exercise: Exercise, around: Surroundings
) -> tuple[list[Explanation], list[Explanation]]:
    """All that could be meant: the simple, and the compound of two mistakes."""
    right = value_of(exercise.answer, exercise.inputs[0])
    known = list(mistakes(exercise, exercise.inputs[0]))
    changes = unit_mistakes(exercise.unit)
    lesson = [
        *_with_values_of("lesson", exercise, around.lesson),
        *_with_values_of("notebook", exercise, around.notebook),
    ]
    simple = [
        *known,
        *(Explanation(words, change(right), 1) for words, change in changes),
        *(one for one in lesson if one.digits < COMPUTED),
        *(Explanation(f"this is the answer to {n}", v, 4) for n, v in around.answers.items()),
    ]
    compound = [one for one in lesson if one.digits == COMPUTED] + [
        Explanation(f"{words}. And: {more}", change(value), COMPUTED)
        for (words, value, _), (more, change) in itertools.product([*known, *lesson], changes)
        if value is not None
    ]
    return simple, compound


def mistakes(exercise: Exercise, inputs: Mapping) -> Iterator[Explanation]:
    """The known mistakes with the wrong numbers that they lead to."""
    for words, ways in exercise.mistakes.items():
        for compute in ways if isinstance(ways, tuple) else (ways,):
            yield Explanation(words, value_of(compute, inputs))


def unit_mistakes(unit: str | None) -> list[tuple[str, Callable[[np.ndarray], np.ndarray]]]:
    """The mistakes that each question invites: of unit, base, percent and sign."""
    common = [
        ("this is in percent", lambda right: 100 * right),
        ("a minus sign is missing, or there is one too many", lambda right: -right),
    ]
    if unit is None:
        return common
    other = "bits" if unit == "nats" else "nats"
    function = "np.log" if unit == "nats" else "np.log2"
    return [
        (
            f"these are {other}; the question asks {unit}",
            lambda right: right * UNITS[unit] / UNITS[other],
        ),
        (
            f"log10 was used; {unit} need {function}",
            lambda right: right * UNITS[unit] / np.log(10),
        ),
        *common,
    ]


def value_of(compute: Computation, inputs: Mapping) -> np.ndarray | None:
    """What the computation gives, as an array; None if these inputs do not suit it."""
    try:
        with np.errstate(all="ignore"):
            value = np.asarray(compute(**inputs), dtype=float)
    except (ArithmeticError, ValueError, TypeError, IndexError):
        return None
    return value.reshape([length for length in value.shape if length != 1])


def live_values(function: object, names: Sequence[str]) -> dict[str, list]:
    """What these names stand for outside the function, in the notebook that is running."""
    found: dict[str, list] = {}
    main = vars(sys.modules.get("__main__", sys))
    for variables in (getattr(function, "__globals__", {}), main):
        for name in names:
            value = variables.get(name)
            if isinstance(value, np.ndarray) and value.size < 1_000:
                found.setdefault(name, []).append(value.tolist())
            elif type(value) in (int, float, list):
                found.setdefault(name, []).append(value)
    return found


def listed(names: Sequence[str]) -> str:
    """The names as they are read: p, q and flips."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _with_values_of(
    owner: str, exercise: Exercise, values: Mapping[str, Sequence]
) -> Iterator[Explanation]:
    """The answer, and the known mistakes, with the owner's values in place of the exercise's."""
    own = exercise.inputs[0]
    names = [name for name in own if name in values]
    for number in range(len(names), 0, -1):
        for replaced in itertools.combinations(names, number):
            these = "this is" if number == 1 else "these are"
            words = f"{these} the {owner}'s {listed(replaced)}; the exercise has its own"
            for chosen in itertools.product(*(values[name] for name in replaced)):
                inputs = {**own, **dict(zip(replaced, chosen, strict=True))}
                if any(inputs[name] == own[name] for name in replaced):
                    continue
                yield Explanation(words, value_of(exercise.answer, inputs), 2)
                for more, value, _ in mistakes(exercise, inputs):
                    yield Explanation(f"{words}. And: {more}", value, COMPUTED)
