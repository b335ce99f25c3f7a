"""Each lesson, with its exercises solved, prints what is saved; predictions are folded."""

import ast
import os
import re

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

from kl_lessons import exercises
from kl_lessons.tools import save_lessons

LESSONS = {int(path.name[:2]): path for path in sorted(save_lessons.NOTEBOOKS.glob("*.ipynb"))}
WITH_EXERCISES = pytest.mark.parametrize("lesson", exercises._lessons())
PICTURE = re.compile(r"data:image/png;base64,[A-Za-z0-9+/=]+")


class Lesson:
    """A lesson's cells by id, as the file holds them."""

    def __init__(self, number):
        self.number = number
        self.notebook = nbformat.read(LESSONS[number], as_version=4)
        self.cells = {cell.id: cell for cell in self.notebook.cells}


def checks(cell):
    """The names in the cell's calls check("name", …)."""
    return re.findall(r'^check\("([\d.]+)"', cell.source, re.MULTILINE)


def is_solution(cell):
    return "solution" in cell.metadata.get("tags", [])


def solved(cell, lesson):
    """The source of an answer cell with the folded solution in it, as a learner would write it."""
    (name,) = checks(cell)
    exercise = exercises._exercises(lesson.number)[name]
    if exercise.asks in ("choice", "prediction"):
        return cell.source.replace("...", f'"{exercise.answer}"')
    own = ast.parse(cell.source)
    theirs = ast.parse(lesson.cells[f"solution-{name.replace('.', '-')}"].source)
    mine = next(node for node in own.body if isinstance(node, ast.FunctionDef))
    given = next(node for node in theirs.body if isinstance(node, ast.FunctionDef))
    own.body[own.body.index(mine)] = given
    given.name = mine.name
    return ast.unparse(own)


def printed(cell):
    """What a cell shows, without its pictures."""
    shown = []
    for output in cell.outputs:
        texts = output.get("data", {"text": output.get("text")})
        shown.append({k: PICTURE.sub("…", str(v)) for k, v in texts.items() if k != "image/png"})
    return shown


@WITH_EXERCISES
def test_a1_a_lesson_with_every_exercise_solved_prints_all_else_as_it_is_saved(lesson):
    saved, run = Lesson(lesson), Lesson(lesson).notebook
    answers = [cell for cell in run.cells if cell.cell_type == "code" and checks(cell)]
    for cell in answers:
        cell.source = solved(cell, saved)
    folder = {"metadata": {"path": LESSONS[lesson].parent}}
    nothing_kept = os.environ | {"KL_LESSONS_PROGRESS": ""}
    NotebookClient(run, timeout=120, resources=folder).execute(env=nothing_kept)
    done = {cell.id: cell for cell in save_lessons.clean(run).cells}
    for name in exercises._exercises(lesson):
        cell = done.pop(f"answer-{name.replace('.', '-')}")
        assert cell.outputs[0]["text"].startswith("✓ "), f"{name}: {cell.outputs}"
    total = len(exercises._exercises(lesson))
    assert f" — {total} of {total}\n" in done.pop("progress").outputs[0]["text"]
    for name, cell in done.items():
        if cell.cell_type == "code":
            assert printed(cell) == printed(saved.cells[name]), name


@WITH_EXERCISES
def test_the_lesson_asks_each_exercise_of_the_package_once(lesson):
    asked = [name for cell in Lesson(lesson).notebook.cells for name in checks(cell)]
    assert sorted(asked) == sorted(exercises._exercises(lesson))


@WITH_EXERCISES
def test_the_answer_cell_holds_the_inputs_that_the_package_knows(lesson):
    held = Lesson(lesson)
    for name, exercise in exercises._exercises(lesson).items():
        cell = held.cells[f"answer-{name.replace('.', '-')}"]
        if exercise.asks in ("choice", "prediction"):
            letters = re.findall(r'"([a-d])"', cell.source.split("#")[1])
            assert letters == exercise.letters, name
            question = held.notebook.cells[held.notebook.cells.index(cell) - 1].source
            assert re.findall(r"\(([a-d])\)", question) == exercise.letters, name
            continue
        function = next(n for n in ast.parse(cell.source).body if isinstance(n, ast.FunctionDef))
        if exercise.asks == "function":
            assert [argument.arg for argument in function.args.args] == list(exercise.inputs[0])
            continue
        returned = ", ".join(f"np.asarray({n}, dtype=float).tolist()" for n in exercise.inputs[0])
        function.body[-1] = ast.parse(f"def f():\n return [{returned}]").body[0].body[0]
        namespace = {"np": np}
        exec(ast.unparse(function), namespace)
        assert namespace[function.name]() == list(exercise.inputs[0].values()), name


@WITH_EXERCISES
def test_a1_nothing_of_an_answer_cell_reaches_the_lesson_but_its_function(lesson):
    taken = set()
    for cell in Lesson(lesson).notebook.cells:
        if cell.cell_type != "code":
            continue
        tree = ast.parse(cell.source)
        names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
        bound = {node.id for node in names if isinstance(node.ctx, ast.Store)}
        defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        if checks(cell) or is_solution(cell):
            kinds = (ast.FunctionDef, ast.Expr, ast.Assert)
            assert all(isinstance(node, kinds) for node in tree.body), cell.id
            assert not defined & taken, cell.id
            taken |= defined
        else:
            assert not (bound | defined) & taken, cell.id


@WITH_EXERCISES
def test_a3_all_that_exercises_need_is_imported(lesson):
    wanted = "from kl_lessons.exercises import check, hint, is_right, progress, solution"
    assert wanted in Lesson(lesson).cells["imports"].source


@WITH_EXERCISES
def test_a9_only_what_answers_a_prediction_and_what_is_told_to_be_is_saved_folded(lesson):
    waiting, reference, folded = False, False, 0
    for cell in Lesson(lesson).notebook.cells:
        if cell.cell_type == "markdown":
            assert not waiting or "Predict before you run" not in cell.source, cell.id
            waiting |= "Predict before you run" in cell.source
            reference = "for reference, folded" in cell.source
        elif not checks(cell) and not is_solution(cell):
            hidden = cell.metadata.get("jupyter", {}).get("outputs_hidden", False)
            assert hidden == (waiting or reference), cell.id
            assert not waiting or cell.outputs, f"{cell.id} answers a prediction, and shows nothing"
            folded, waiting = folded + waiting, False
    assert not waiting
    assert folded >= 4


@WITH_EXERCISES
def test_a_prediction_is_asked_right_above_the_cell_that_answers_it(lesson):
    cells = Lesson(lesson).notebook.cells
    for place, cell in enumerate(cells):
        for name in checks(cell) if cell.cell_type == "code" else ():
            prediction = exercises._exercises(lesson)[name].asks == "prediction"
            words = f"**Predict before you run** ({name})"
            assert (words in cells[place - 1].source) == prediction, name
            if prediction:
                assert cells[place + 1].cell_type == "code"
                assert cells[place + 1].metadata["jupyter"] == {"outputs_hidden": True}
