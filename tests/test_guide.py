"""The lecturer's guide says of each lesson what the lesson says: sections, minutes, answers."""

import json
import math
import re
from pathlib import Path

import pytest
from test_lessons import LESSONS, cells, minutes

from kl_lessons import exercises
from kl_lessons.exercises.explanations import value_of
from kl_lessons.tools.questions import shown

GUIDE = Path(__file__).parents[1] / "assets" / "lecturers-guide.md"
HEADING = re.compile(r"#{1,3} ")
CLOSE = 2  # minutes by which a section may have changed
EACH = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
CHECK = re.compile(r'^check\("([\d.]+)"', re.MULTILINE)


def sections(path):
    """The lesson's headings, each with the minutes that a lecture takes, without exercises."""
    found = []
    for cell in cells(path):
        first = cell["source"].split("\n")[0]
        if cell["cell_type"] == "markdown" and HEADING.match(first):
            found.append((plain(HEADING.sub("", first)), []))
        found[-1][1].append(cell)
    return [(name, math.ceil(lecture_minutes(part))) for name, part in found]


def lecture_minutes(part):
    """The minutes of a part of a lesson without its exercises, also where it is marked further."""
    own = [cell for cell in part if not CHECK.search(cell["source"])]
    return minutes([{**cell, "source": re.sub("(?i)further", "", cell["source"])} for cell in own])


def plain(heading):
    """The heading without the code of its formulas."""
    return re.sub(r"\\color\{#\w+\}|[${}]", "", heading)


def title(path):
    return plain(HEADING.sub("", cells(path)[0]["source"].split("\n")[0]))


def answers(path):
    """The answers of the lesson's exercises but for those that ask for a function, by name."""
    found = {}
    for cell in cells(path, "code"):
        for name in CHECK.findall(cell["source"]):
            exercise = exercises._exercises(int(path.name[:2]))[name]
            if exercise.asks in ("choice", "prediction"):
                found[name] = f"({exercise.answer})"
            elif exercise.asks == "numbers":
                found[name] = shown(value_of(exercise.answer, exercise.inputs[0]))
    return dict(sorted(found.items(), key=lambda item: int(item[0].split(".")[1])))


def part(path):
    """What the guide says of the lesson."""
    found = re.split(r"^## (?=\d\d )", GUIDE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    parts = {text[:2]: text for text in found[1:]}
    assert path.name[:2] in parts, f"{GUIDE.name} has no part on {path.stem}"
    return parts[path.name[:2]]


@EACH
def test_the_sections_and_their_minutes_are_those_of_the_lesson(path):
    text = part(path)
    assert text.startswith(f"{path.name[:2]} {title(path)}\n")
    rows = [(name, int(count)) for name, count in re.findall(r"^\| (.+) \| (\d+) \|$", text, re.M)]
    *own, (in_all, total) = rows
    counted = sections(path)
    assert [name.casefold() for name, _ in own] == [name.casefold() for name, _ in counted]
    for (name, told), (_, found) in zip(own, counted, strict=True):
        assert abs(told - found) <= CLOSE, f"{name} takes {found} minutes"
    assert (in_all, total) == ("in all", sum(count for _, count in own))


@EACH
def test_the_answers_are_those_of_the_exercises(path):
    (line,) = re.findall(r"^\*\*Answers\*\*: (.*)\.$", part(path), re.M) or [""]
    told = dict(pair.split(" ", 1) for pair in line.split("; ") if pair)
    for name, answer in answers(path).items():
        assert told.get(name) == answer, name


@EACH
def test_every_prediction_it_cites_is_answered_wrongly_by_the_room(path):
    for name, said in re.findall(r"^\| (\d+\.\d+): [^|]*\| ([^|]*) \|", part(path), re.M):
        exercise = exercises._exercises(int(path.name[:2]))[name]
        letters = re.findall(r"\(([a-d])\)", said)
        assert letters and exercise.answer not in letters, name


@EACH
def test_every_number_of_the_room_s_table_stands_in_the_lesson(path):
    lesson = json.dumps(json.loads(path.read_text(encoding="utf-8")), ensure_ascii=False)
    lesson = lesson.replace("−", "-")
    for row in re.findall(r"^\|.*\|.*\|.*\|$", part(path), re.M):
        settled = row.strip("|").split("|")[-1].replace("−", "-")
        for number in re.findall(r"(?<![\w.,])-?\d+[.,]\d+", settled):
            assert number in lesson, f"{number} in: {row}"


@EACH
def test_it_says_what_to_leave_out_and_what_to_write(path):
    assert re.search(r"^\*\*When late\*\*, leave out .+\.$", part(path), re.M)
    assert re.search(r"^\*\*Board\*\*: .+\.$", part(path), re.M)
    assert part(path).count("\n| ask the room |") == 1
