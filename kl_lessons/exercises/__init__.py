"""check, hint, solution, progress: exercises that answer at once and name the mistake.

The exercises of lesson NN are the dict EXERCISES of `kl_lessons.exercises_NN`, read when first
asked for. What a learner has done is kept in this session only; nothing is written to disk.
"""

import importlib
import inspect
import pkgutil
import re
import textwrap

import numpy as np

from kl_lessons.exercises.judge import Exercise, Unanswered, Wrong, call_text, copies, judge, shown

_session: dict[str, dict[str, int]] = {}  # exercise → whether it is solved, hints given


def check(name: str, answer: object) -> None:
    """Say at once whether the answer is right, and if not, what is wrong with it."""
    exercise = _find(name, "check({}, …)")
    if exercise is None:
        return
    try:
        with np.errstate(all="ignore"):
            judge(exercise, answer)
    except Unanswered:
        print(f"… {name} is not answered yet: replace the ... by your answer, run the cell again")
    except Wrong as wrong:
        print(f'✗ {wrong}\n  A hint: hint("{name}")')
    except (Exception, SystemExit):  # an answer is any object: each of its methods may raise
        print(f'✗ this cannot be read as an answer\n  A hint: hint("{name}")')
    else:
        _session[name]["solved"] = True
        print(f"✓ {exercise.shows}")


def is_right(name: str, answer: object) -> bool:
    """Whether the answer is right, without a word: what the folded solutions assert."""
    try:
        judge(_exercises(int(name.split(".")[0]))[name], answer)
    except (Wrong, Unanswered):
        return False
    return True


def hint(name: str) -> None:
    """Print the next hint."""
    exercise = _find(name, "hint({})")
    if exercise is None:
        return
    given, total = _session[name]["hints"], len(exercise.hints)
    if given < total:
        _session[name]["hints"] = given + 1
        print(f"Hint {given + 1} of {total}: {exercise.hints[given]}")
    else:
        print(f'All {total} hints are given. The solution: solution("{name}")')


def solution(name: str) -> None:
    """Print the worked solution and its value; the exercise does not count as solved by it."""
    exercise = _find(name, "solution({})")
    if exercise is None:
        return
    source = textwrap.dedent(inspect.getsource(exercise.solution)).rstrip()
    if exercise.try_on:
        print(source)
        for arguments in exercise.try_on:
            value = exercise.solution(*copies(arguments))
            print(f"→ {call_text(exercise, arguments)} is {shown(value, exercise.unit)}")
    else:
        body = textwrap.dedent(source.split(":\n", 1)[1])
        print(re.sub(r"^return ", "answer = ", body, flags=re.MULTILINE))
        print(f"→ {shown(exercise.solution(), exercise.unit)}")


def progress(lesson: int | None = None) -> None:
    """Print one line for each lesson touched in this session, or for the lesson asked for."""
    if lesson is None:
        numbers = sorted({int(name.split(".")[0]) for name in _session})
    else:
        typed = lesson if type(lesson) in (int, str) else 0
        numbers = [known for known in _lessons() if typed in (known, str(known))]
    if not numbers:
        print("No exercise tried yet." if lesson is None else _none_such("lesson"))
    for number in numbers:
        names = list(_exercises(number))
        solved = [name for name in names if _session.get(name, {}).get("solved")]
        marks = " ".join(f"{name} {'✓' if name in solved else '·'}" for name in names)
        print(f"{marks} — {len(solved)} of {len(names)}")


def _lessons() -> list[int]:
    """The numbers of the lessons that have exercises."""
    modules = (module.name for module in pkgutil.iter_modules(__path__))
    return sorted(int(name[-2:]) for name in modules if re.fullmatch(r"lesson_\d\d", name))


def _exercises(lesson: int) -> dict[str, Exercise]:
    return importlib.import_module(f"kl_lessons.exercises.lesson_{lesson:02d}").EXERCISES


def _find(name: object, call: str) -> Exercise | None:
    """The exercise, noted as touched; None, and a printed sentence, if none has this name."""
    if type(name) is not str:
        meant = f'"{name}"' if type(name) is float else '"1.1"'
        print(f"A name stands in quotes: {call.format(meant)}")
        return None
    lesson = name.split(".")[0]
    if lesson not in map(str, _lessons()):
        print(_none_such("exercise"))
        return None
    exercises = _exercises(int(lesson))
    if name not in exercises:
        print(f"There is no such exercise: lesson {lesson} has {', '.join(exercises)}")
        return None
    _session.setdefault(name, {"solved": False, "hints": 0})
    return exercises[name]


def _none_such(kind: str) -> str:
    lessons = ", ".join(map(str, _lessons()))
    return f"There is no such {kind}: the lessons with exercises are {lessons}"
