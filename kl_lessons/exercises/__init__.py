"""check, hint, solution, progress: exercises that answer at once and name the mistake.

The exercises of lesson NN are the dict EXERCISES of `kl_lessons.exercises.lesson_NN`, read when
first asked for; VALUES beside it are what the lesson's own variables hold. The questions and
the solutions stand in the lessons alone.
"""

import importlib
import pkgutil
import re

from kl_lessons.exercises import record
from kl_lessons.exercises.exercise import Exercise, Unanswered, Wrong
from kl_lessons.exercises.explanations import Surroundings, value_of
from kl_lessons.exercises.judge import judge
from kl_lessons.exercises.printing import TIED, say

UNREADABLE = "this cannot be read as an answer"

_hints_given: dict[str, int] = {}  # in this session


def check(name: str, answer: object) -> None:
    """Say at once whether the answer is right, and if not, what is wrong with it.

    The answer is a function without arguments that returns it; where a function is asked, that
    function, which is then tried on many inputs; or the plain number, list or letter.
    """
    exercise = _find(name, "check({}, …)")
    if exercise is None:
        return
    try:
        judge(exercise, answer, _surroundings(name), _show)
    except Unanswered:
        say(f"… {name} is not answered yet: {_how_to_answer(exercise)}")
    except Wrong as wrong:
        say(f"✗ {wrong}{_what_next(name, exercise, str(wrong))}")
    except KeyboardInterrupt:
        raise
    except BaseException:  # an answer is any object: each of its methods may raise, or not end
        say(f"✗ {UNREADABLE}{_what_next(name, exercise, UNREADABLE)}")
    else:
        say(f"✓ {exercise.shows}")
        record.remember(name)


def is_right(name: str, answer: object) -> bool:
    """Whether the answer is right, without a word: what the folded solutions assert."""
    try:
        exercise = _exercises(int(name.split(".")[0]))[name]
        judge(exercise, answer, _surroundings(name), lambda printed: None)
    except (Wrong, Unanswered):
        return False
    return True


def hint(name: str) -> None:
    """Print the next hint; the last one says where the solution stands."""
    exercise = _find(name, "hint({})")
    if exercise is None:
        return
    given, total = _hints_given.get(name, 0), len(exercise.hints)
    if given < total:
        _hints_given[name] = given + 1
        last = f"\n  The solution: {_where_it_stands(name, exercise)}" if given + 1 == total else ""
        say(f"Hint {given + 1} of {total}: {exercise.hints[given]}{last}")
    else:
        say(f"No more hints. The solution: {_where_it_stands(name, exercise)}")


def solution(name: str) -> None:
    """Say where the worked solution stands."""
    exercise = _find(name, "solution({})")
    if exercise is None:
        return
    say(f"In lesson {name.split('.')[0].zfill(2)}: {_where_it_stands(name, exercise)}")


def progress(lesson: int | None = None) -> None:
    """Print what you have solved: exercise by exercise in one lesson, or lesson by lesson.

    It is kept in a small file of your own, outside the course's folder, whose place the
    environment variable KL_LESSONS_PROGRESS may name. Delete the file to start anew.
    """
    typed = lesson if type(lesson) in (int, str) else 0
    numbers = [known for known in _lessons() if lesson is None or typed in (known, str(known))]
    if not numbers:
        say(_none_such("lesson"))
        return
    solved = record.solved()
    for number in numbers:
        names = list(_exercises(number))
        count = sum(name in solved for name in names)
        marks = " ".join(f"{name}{TIED}{'✓' if name in solved else '·'}" for name in names)
        left = f"lesson {number:02}" if lesson is None else marks
        say(f"{left} —{TIED}{count}{TIED}of{TIED}{len(names)}")
    if not record.kept():
        say("(Kept until this notebook is restarted: no file can be written here.)")


def _show(printed: str) -> None:
    """Pass on what the learner's function printed."""
    print(printed, end="")


def _what_next(name: str, exercise: Exercise, wrong: str) -> str:
    """The line below what is said of a wrong answer; none where it was no letter of the choice."""
    if exercise.choices and wrong not in exercise.choices.values():
        return ""  # to run the next cell would be to look before there is a guess
    if exercise.asks == "prediction":
        return "\n  Run the next cell, and compare."
    return f'\n  A hint: hint("{name}")'


def _where_it_stands(name: str, exercise: Exercise) -> str:
    """Where the solution is found; a prediction has none but the cell that it is about."""
    below = f'below check("{name}",{TIED}…)'
    if exercise.asks == "prediction":
        return f"run the cell {below}."
    return (
        f'the folded cell "Solution{TIED}of{TIED}{name}" right {below}. A click opens it. A copy '
        "for students has no such cell."
    )


def _how_to_answer(exercise: Exercise) -> str:
    if exercise.asks == "prediction":
        return "put the letter of your guess in place of the ..., in quotes, and run the cell again"
    if exercise.asks == "choice":
        return "put a letter in place of the ..., in quotes, and run the cell again"
    return "replace the ... by your answer, run the cell again"


def _lessons() -> list[int]:
    """The numbers of the lessons that have exercises."""
    modules = (module.name for module in pkgutil.iter_modules(__path__))
    return sorted(int(name[-2:]) for name in modules if re.fullmatch(r"lesson_\d\d", name))


def _lesson(number: int):
    return importlib.import_module(f"kl_lessons.exercises.lesson_{number:02d}")


def _exercises(lesson: int) -> dict[str, Exercise]:
    return _lesson(lesson).EXERCISES


def _surroundings(name: str) -> Surroundings:
    """What the exercise's lesson holds beside it: its variables, and the other answers."""
    number = int(name.split(".")[0])
    others = {
        other: value_of(exercise.answer, exercise.inputs[0])
        for other, exercise in _exercises(number).items()
        if other != name and exercise.asks == "numbers"
    }
    return Surroundings(_lesson(number).VALUES, others)


def _find(name: object, call: str) -> Exercise | None:
    """The exercise; None, and a printed sentence, if none has this name."""
    if type(name) is not str:
        meant = f'"{name}"' if type(name) is float else '"1.1"'
        say(f"A name stands in quotes: {call.format(meant)}")
        return None
    lesson = name.split(".")[0]
    if lesson not in map(str, _lessons()):
        say(_none_such("exercise"))
        return None
    exercises = _exercises(int(lesson))
    if name not in exercises:
        say(f"There is no such exercise: lesson {lesson} has {', '.join(exercises)}")
        return None
    return exercises[name]


def _none_such(kind: str) -> str:
    lessons = ", ".join(map(str, _lessons()))
    return f"There is no such {kind}: the lessons with exercises are {lessons}"
