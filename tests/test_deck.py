"""The rule that makes slides of a lesson: what stands on them, what waits, what is left out."""

import ast
import itertools
import re

import nbformat
import pytest

from kl_lessons.tools import deck, lecture
from kl_lessons.tools.save_lessons import NOTEBOOKS, read

IMPORTS = {ast.Import, ast.ImportFrom}
EACH = pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda p: p.stem)


def step(cell):
    """The slide type of a cell of the deck; None where it comes with the cell before it."""
    return cell.metadata.get("slideshow", {}).get("slide_type")


def shown(cells):
    return [cell for cell in cells if step(cell) != "skip"]


def text(cell):
    return nbformat.v4.new_markdown_cell(cell, id=f"text-{abs(hash(cell))}")


def code(source, output="", **metadata):
    outputs = [nbformat.v4.new_output("stream", text=output)] if output else []
    cell = nbformat.v4.new_code_cell(source, id=f"code-{abs(hash(source))}", outputs=outputs)
    cell.metadata.update(metadata)
    return cell


def made(*cells):
    return shown(deck.deck(nbformat.v4.new_notebook(cells=list(cells))).cells)


@EACH
def test_the_words_of_a_lesson_are_on_its_slides_in_their_order(path):
    lesson = read(path)
    said = [block for cell in lesson.cells if cell.cell_type == "markdown" and deck.is_shown(cell)
            for block, _ in deck.blocks(cell.source)]  # fmt: skip
    asked = {question for cell in lesson.cells for question in deck.questions(cell)}
    on_slides = [
        block
        for cell in shown(deck.deck(lesson).cells)
        if cell.cell_type == "markdown"
        for block in re.split(r"\n{2,}", cell.source)
    ]
    mine = [block for block in on_slides if re.sub(r"^\d+\. ", "", block) not in asked]
    assert mine == said
    assert len(on_slides) - len(mine) == len(asked)


@EACH
def test_no_exercise_no_note_and_no_import_is_on_a_slide(path):
    for cell in shown(deck.deck(read(path)).cells):
        assert not re.match(r"exercise-|answer-\d|solution-|progress|hint|note-", cell.id), cell.id
        assert cell.cell_type != "code" or set(map(type, ast.parse(cell.source).body)) - IMPORTS
        assert "For the lecturer." not in cell.source
        assert not re.search(r"^check\(", cell.source, re.MULTILINE)


@EACH
def test_each_heading_begins_a_slide_and_what_answers_a_prediction_waits_for_a_click(path):
    cells = shown(deck.deck(read(path)).cells)
    assert step(cells[0]) == "slide"
    for before, cell in itertools.pairwise(cells):
        assert cell.source.startswith("#") == (step(cell) == "slide"), cell.id
        if deck.PREDICT in before.source and cell.cell_type == "code":
            assert step(cell) in ("fragment", "subslide"), cell.id


@EACH
def test_a_slide_takes_few_clicks(path):
    cells = shown(deck.deck(read(path)).cells)
    steps = [step(cell) for cell in cells if step(cell)]
    slides = sum(one != "fragment" for one in steps)
    exhibits = sum(cell.source.startswith(deck.PROPERTY) for cell in cells)
    assert len(steps) - exhibits <= 1.5 * slides
    assert ["fragment"] * 3 not in [steps[place : place + 3] for place in range(len(steps))]
    assert all(cell.metadata.get("jupyterlab-slideshow") == deck.LAYER["jupyterlab-slideshow"]
               for cell in cells if not step(cell))  # fmt: skip


@EACH
def test_the_last_slide_holds_text_alone(path):
    last = shown(deck.deck(read(path)).cells)[-1]
    assert step(last), "the deck never shows what comes with its last step"


@EACH
def test_the_lesson_stays_as_it_was_and_its_deck_is_a_notebook(path):
    lesson = read(path)
    made = deck.deck(lesson)
    nbformat.validate(made)
    assert lesson == read(path)
    assert [c.source for c in made.cells if c.cell_type == "code"] == [
        c.source for c in lesson.cells if c.cell_type == "code"
    ]


def test_a_prediction_is_answered_by_a_click_on_its_own_slide_where_there_is_room():
    cells = made(text("## A"), text(f"{deck.PREDICT}: a or b?"), code("1 + 1", "2"), text("Two."))
    assert [step(cell) for cell in cells] == ["slide", "fragment", None]
    assert cells[0].source == f"## A\n\n{deck.PREDICT}: a or b?"


def test_answers_beside_an_explorer_wait_for_a_click_and_lose_their_fold():
    cells = made(
        text("## A\n\nWhat?\n\n<details><summary>Answers</summary>\n\n1. So.\n\n</details>")
    )
    assert [(step(cell), cell.source) for cell in cells] == [
        ("slide", "## A\n\nWhat?"),
        ("fragment", "1. So."),
    ]


def test_the_property_that_a_mistake_breaks_waits_for_a_click():
    cells = made(text("## A"), code("1 + 2", "2"), text(f"{deck.PROPERTY} One and two are 3."))
    assert [step(cell) for cell in cells] == ["slide", None, "fragment"]


def test_what_does_not_fit_goes_on_the_next_slide_below():
    cells = made(text("## A"), *(text(f"{number} " + "word " * 100) for number in range(12)))
    assert {step(cell) for cell in cells[1:]} == {"subslide"}
    tall = [sum(map(deck.height, re.split(r"\n{2,}", cell.source))) for cell in cells]
    assert max(tall) <= deck.ROOM


def test_what_follows_an_exercise_is_not_lost_with_it():
    skipped = {"slideshow": {"slide_type": "skip"}}
    exercise = text("Exercise")
    exercise.metadata.update(skipped)
    cells = made(text("## A"), exercise, code("check()", "no", **skipped), text("On."))
    assert [cell.source for cell in cells] == ["## A", "On."]


def test_a_folded_output_is_open_on_its_slide():
    cells = made(text("## A"), code("1 + 1", "2", jupyter={"outputs_hidden": True}))
    assert "jupyter" not in cells[1].metadata


def test_an_unknown_lesson_is_refused_with_those_that_there_are():
    with pytest.raises(SystemExit, match="give the number of a lesson: 0, 1, 2"):
        lecture.main(["77"])
