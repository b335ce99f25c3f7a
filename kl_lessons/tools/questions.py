"""The questions of a quiz on each lesson, made from its exercises: answers, mistakes, feedback."""

import html
import importlib
import itertools
import math
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from kl_lessons.exercises.exercise import Exercise
from kl_lessons.exercises.explanations import unit_mistakes, value_of
from kl_lessons.look import number
from kl_lessons.tools.save_lessons import NOTEBOOKS, read

QUESTIONS = 8  # of a lesson
OPTIONS = 5  # of a choice that is made from an answer and its known mistakes
DECIMALS = 4
ORDER = ("choice", "numbers", "function", "prediction")  # those that stand on their own first
OF_THE_NOTEBOOK = re.compile(  # what makes sense there alone: sentences, and parts of some
    r" (Write it in place|The check tries|Use NumPy|Compute it from|Give the number)[^.]*\."
    r"|,? (with|Use) NumPy alone(, here and in every exhibit)?"
    r"|(^|(?<=[.?!]) )[^.?!:]*\bnext (cell|section)\b[^.?!]*[.?!]|:[^.?!:]*\bnext cell\b[^.?!]*"
    r"|Write such a call:"
)
LETTER = re.compile(r"\(([a-d])\)\s*")


@dataclass(frozen=True)
class Option:
    """A letter, list or number that may be given, and what is said to whoever gives it.

    text : HTML; of a number its digits, with a point and a hyphen as minus sign.
    """

    text: str
    feedback: str
    right: bool = False


@dataclass(frozen=True)
class Question:
    """One question, ready to be written in any format; texts are HTML, formulas in \\( \\).

    tolerance : how far a number may be from an option's, 0 where an option is chosen.
    """

    name: str
    text: str
    options: tuple[Option, ...]
    hints: tuple[str, ...]
    tolerance: float = 0.0

    @property
    def right(self) -> Option:
        """The one option that is right."""
        (option,) = (option for option in self.options if option.right)
        return option


class Renderer(IPythonRenderer):
    """HTML of the lessons' Markdown with formulas as learning platforms read them."""

    def block_math(self, body: str) -> str:
        return rf"\[{self.escape_html(body)}\]"

    def inline_math(self, body: str) -> str:
        return rf"\({self.escape_html(body)}\)"


def lessons_with_exercises() -> list[Path]:
    """The lessons of which a quiz can be made."""
    return [
        path
        for path in sorted(NOTEBOOKS.glob("*.ipynb"))
        if importlib.util.find_spec(f"kl_lessons.exercises.lesson_{path.name[:2]}")
    ]


def quiz(lesson: Path) -> list[Question]:
    """Eight questions on the lesson, in the order of their numbers."""
    exercises = importlib.import_module(f"kl_lessons.exercises.lesson_{lesson.name[:2]}").EXERCISES
    by_kind = sorted(exercises, key=lambda name: ORDER.index(exercises[name].asks))
    chosen = set(by_kind[:QUESTIONS])
    asked = prompts(lesson)
    return [
        question(name, exercise, asked[name])
        for name, exercise in exercises.items()
        if name in chosen
    ]


def prompts(lesson: Path) -> dict[str, str]:
    """The Markdown of each exercise of the lesson, by its name: what stands above its check."""
    found = {}
    for above, cell in itertools.pairwise(read(lesson).cells):
        name = re.search(r'^check\("([\d.]+)"', cell.source, re.MULTILINE)
        if cell.cell_type == "code" and name and name[1] not in found:
            found[name[1]] = above.source
    return found


def question(name: str, exercise: Exercise, prompt: str) -> Question:
    """The question that an exercise becomes."""
    hints = tuple(map(plain, exercise.hints))
    if exercise.asks in ("choice", "prediction"):
        text, options = lettered(prompt), choices(exercise, prompt)
        return Question(name, text, options, hints)
    text = rendered(without_label(OF_THE_NOTEBOOK.sub("", prompt))) + given(exercise)
    right = value_of(exercise.answer, exercise.inputs[0])
    if right.shape == () and np.isfinite(right):
        text += f"<p>Give the number with {DECIMALS} decimals.</p>"
        tolerance = max(exercise.tolerance * abs(float(right)), 0.6 * 10.0**-DECIMALS)
        options = numbers(exercise, right, tolerance)
        return Question(name, text, options, hints, tolerance)
    return Question(name, text, lists(exercise, right), hints)


def choices(exercise: Exercise, prompt: str) -> tuple[Option, ...]:
    """The prompt's options by their letters, each with its own words."""
    texts = option_texts(prompt)
    said = {exercise.answer: exercise.shows} | dict(exercise.choices)
    return tuple(
        Option(inline(texts[letter]), plain(said[letter]), letter == exercise.answer)
        for letter in exercise.letters
    )


def option_texts(prompt: str) -> dict[str, str]:
    """What stands behind each letter: a line of a list, or a part of the question itself."""
    parts = LETTER.split(prompt)[1:]
    lines = [part.split("\n")[0].strip() for part in parts[1::2]]
    if "\n- (" not in prompt:
        *but_last, last = [re.sub(r",?(\s+or)?$", "", line) for line in lines]
        lines = [*but_last, re.split(r"\?(?=\s|$)", last)[0]]
    return dict(zip(parts[::2], lines, strict=True))


def lettered(prompt: str) -> str:
    """The prompt as HTML; of a prediction what leads to it too, of a list of options the stem."""
    prompt = re.sub(r"<details>.*?</details>", "", prompt, flags=re.DOTALL)
    lines = [line for line in prompt.split("\n") if not line.startswith(("#", "- ("))]
    last = next(i for i, line in enumerate(lines) if re.match(r"\*\*Exercise|.*\*\*Predict", line))
    return rendered(without_label("\n".join(lines[: last + 1])))


def without_label(prompt: str) -> str:
    """The prompt without "Exercise 1.1 (warm-up)." or "Predict before you run (1.7):"."""
    prompt = re.sub(r"\*\*Exercise [\d.]+\*\* \([^)]*\)\.\s*", "", prompt)
    prompt = re.sub(r"\*\*Predict before you run\*\*( \([\d.]+\))?:\s*(\w)", _sentence, prompt)
    return prompt.strip()


def _sentence(label: re.Match) -> str:
    return label[2].upper()


def given(exercise: Exercise) -> str:
    """The inputs in one line, and of a function that they are what it is given."""
    held = ", ".join(f"{name} = {shown(value)}" for name, value in exercise.inputs[0].items())
    lead = "What does it return for" if exercise.asks == "function" else "Given:"
    end = "?" if exercise.asks == "function" else "."
    return f"<p>{lead} {html.escape(held, quote=False)}{end}</p>"


def numbers(exercise: Exercise, right: np.ndarray, tolerance: float) -> tuple[Option, ...]:
    """The right number and the known wrong ones, none within reach of one before it."""
    kept = [(float(right), Option(digits(right), plain(exercise.shows), right=True))]
    for words, value in wrong(exercise, right):
        apart = all(abs(value - one) > 2 * tolerance for one, _ in kept)
        if apart and np.isfinite(value):
            kept.append((float(value), Option(digits(value), plain(words))))
    return tuple(option for _, option in kept)


def lists(exercise: Exercise, right: np.ndarray) -> tuple[Option, ...]:
    """The right list among known wrong ones, in an order that does not tell which it is."""
    options = {shown(right): Option(shown(right), plain(exercise.shows), right=True)}
    for words, value in wrong(exercise, right):
        if len(options) < OPTIONS:
            options.setdefault(shown(value), Option(shown(value), plain(words)))
    return tuple(options[text] for text in sorted(options))


def wrong(exercise: Exercise, right: np.ndarray) -> list[tuple[str, np.ndarray]]:
    """The known mistakes of the answer's shape, with their numbers; those of units come last."""
    one_way = {words: way for words, way in exercise.mistakes.items() if callable(way)}
    known = [(words, value_of(way, exercise.inputs[0])) for words, way in one_way.items()]
    common = [(words, change(right)) for words, change in unit_mistakes(exercise.unit)]
    return [
        (words, value)
        for words, value in [*known, *common]
        if value is not None and value.shape == right.shape and not np.isnan(value).any()
    ]


def digits(value: np.ndarray) -> str:
    """A number as a platform reads it, with more digits than it asks for."""
    return f"{float(value):.{DECIMALS + 2}f}"


def shown(value: object) -> str:
    """Numbers as they are read, in the brackets of a list."""
    if np.ndim(value):
        return f"[{', '.join(map(shown, value))}]"
    value = float(value)
    few = math.isfinite(value) and math.isclose(value, round(value, 3), abs_tol=1e-9)
    return f"{round(value, 3):g}".replace("-", "−") if few else number(value).replace(",", "")


def rendered(markdown: str) -> str:
    """The Markdown as HTML."""
    return MarkdownWithMath(Renderer(exclude_anchor_links=True)).render(markdown).strip()


def plain(words: str) -> str:
    """What the package says of an answer, plain text, as a sentence of HTML."""
    words = OF_THE_NOTEBOOK.sub("", words).strip() or "Right."  # it pointed to the next cell alone
    return html.escape(words if words.endswith((".", "?", "!")) else f"{words}.", quote=False)


def inline(markdown: str) -> str:
    """A sentence of Markdown as HTML, without the tags of a paragraph."""
    return rendered(markdown).removeprefix("<p>").removesuffix("</p>")
