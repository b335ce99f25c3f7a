"""A learner's work survives an update of the course; a student's copy holds no solution."""

import os
import re
import shutil
import subprocess

import nbformat
import pytest
from nbclient import NotebookClient

from kl_lessons.exercises import solution
from kl_lessons.tools import copy_lessons
from kl_lessons.tools.save_lessons import NOTEBOOKS, as_text, read

LESSONS = sorted(path.name for path in NOTEBOOKS.glob("*.ipynb"))
FIRST, SECOND = LESSONS[1:3]
IDENTITY = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"]


def git(folder, *arguments):
    """What git prints; raises where it fails."""
    command = ["git", *IDENTITY, *arguments]
    return subprocess.run(
        command, cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


def edit(path, id_, source, output=None):
    """Write into a cell of the lesson, as a learner or an author does."""
    lesson = nbformat.read(path, as_version=4)
    (cell,) = (cell for cell in lesson.cells if cell.id == id_)
    cell.source = source
    if output:
        cell.outputs = [nbformat.v4.new_output("stream", text=output)]
        cell.execution_count = 17
    path.write_text(as_text(lesson), encoding="utf-8")


def source(path, id_):
    """What stands in the cell of the lesson."""
    return next(cell.source for cell in nbformat.read(path, as_version=4).cells if cell.id == id_)


@pytest.fixture
def learner(tmp_path, monkeypatch):
    """The course as it is published, and a learner's clone of it: two folders with git."""
    published, clone = tmp_path / "published", tmp_path / "clone"
    shutil.copytree(
        NOTEBOOKS, published / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints")
    )
    shutil.copyfile(NOTEBOOKS.parent / ".gitignore", published / ".gitignore")
    git(published, "init", "--quiet", "--initial-branch=main")
    git(published, "add", "--all")
    git(published, "commit", "--quiet", "--message=First edition")
    git(tmp_path, "clone", "--quiet", str(published), str(clone))
    monkeypatch.setattr(copy_lessons, "NOTEBOOKS", clone / "notebooks")
    monkeypatch.setattr(copy_lessons, "MINE", clone / "my_lessons")
    return published, clone


def publish(published, name, id_, words):
    edit(published / "notebooks" / name, id_, words)
    git(published, "commit", "--quiet", "--all", f"--message=Change {name}")


def update(clone):
    """What the learner does: take over the update, copy the lessons again."""
    git(clone, "pull", "--quiet", "--ff-only")
    assert copy_lessons.main([]) == 0
    assert git(clone, "status", "--porcelain") == "", "git ignores the learner's folder"


def test_an_update_changes_what_the_learner_left_and_keeps_what_the_learner_wrote(learner, capsys):
    published, clone = learner
    mine = clone / "my_lessons"
    update(clone)
    assert sorted(path.name for path in mine.glob("*.ipynb")) == LESSONS
    edit(mine / FIRST, "answer-1-1", "my_answer = 0.93", output="mine")
    kept = (mine / FIRST).read_bytes()
    publish(published, FIRST, "title", "# The first lesson, mended")
    publish(published, SECOND, "title", "# The second lesson, mended")
    capsys.readouterr()
    update(clone)
    said = capsys.readouterr().out
    beside = mine / FIRST.replace(".ipynb", "_2.ipynb")
    assert (mine / FIRST).read_bytes() == kept
    assert source(beside, "title") == "# The first lesson, mended"
    assert source(mine / SECOND, "title") == "# The second lesson, mended"
    assert f"{FIRST} is yours and stays" in said and f"{beside.name} is new" in said


def test_a_lesson_that_was_only_run_becomes_the_new_one(learner):
    published, clone = learner
    update(clone)
    target = clone / "my_lessons" / FIRST
    edit(target, "flips", source(target, "flips"), output="run by the learner")
    publish(published, FIRST, "title", "# Mended")
    update(clone)
    assert source(target, "title") == "# Mended"


def test_without_a_change_nothing_is_written_and_later_editions_stand_in_one_file(learner):
    published, clone = learner
    update(clone)
    target = clone / "my_lessons" / FIRST
    edit(target, "answer-1-1", "mine")
    update(clone)
    assert copy_lessons.copy(copy_lessons.MINE) == []
    for words in ("# Second edition", "# Third edition"):
        publish(published, FIRST, "title", words)
        update(clone)
    found = sorted(path.name for path in target.parent.glob(f"{FIRST[:2]}*.ipynb"))
    assert found == [FIRST, FIRST.replace(".ipynb", "_2.ipynb")]
    assert source(target.parent / found[1], "title") == "# Third edition"
    assert source(target, "answer-1-1") == "mine"


def test_a_file_that_was_there_before_is_nobodys_to_overwrite(learner):
    _, clone = learner
    mine = clone / "my_lessons"
    mine.mkdir()
    (mine / FIRST).write_text("my own notes")
    update(clone)
    assert (mine / FIRST).read_text() == "my own notes"
    assert (mine / FIRST.replace(".ipynb", "_2.ipynb")).exists()


@pytest.fixture(scope="module")
def students(tmp_path_factory):
    """The copy that students get."""
    folder = tmp_path_factory.mktemp("students")
    assert copy_lessons.main([str(folder), copy_lessons.FOR_STUDENTS]) == 0
    return folder


@pytest.mark.parametrize("name", LESSONS)
def test_a_students_copy_holds_no_solution_no_note_and_all_else(students, name):
    whole, handed = read(NOTEBOOKS / name), read(students / name)
    nbformat.validate(handed)
    left = {cell.id: cell for cell in handed.cells}
    for cell in whole.cells:
        is_note = cell.metadata.get("slideshow", {}).get("slide_type") == "notes"
        if "solution" in cell.metadata.get("tags", []) or is_note:
            assert left.pop(cell.id, None) is None
        else:
            assert left.pop(cell.id).get("outputs") == cell.get("outputs")
    for cell in handed.cells:
        assert not cell.source.startswith("# Solution of"), cell.id
        assert "For the lecturer" not in cell.source.replace("marked *For the lecturer*", "")
        assert "folded cell below each exercise" not in cell.source


@pytest.mark.parametrize("name", LESSONS)
def test_what_is_said_of_solutions_is_true_in_a_students_copy_too(students, name, capsys):
    handed = read(students / name)
    asked = re.findall(r'\bcheck\("(.+?)"', "".join(cell.source for cell in handed.cells))
    for exercise in asked:
        solution(exercise)
        said = capsys.readouterr().out
        assert ("folded cell" in said) == ("A copy for students has no such cell." in said)


def test_a_students_copy_runs(students):
    lesson = nbformat.read(students / FIRST, as_version=4)
    nothing_kept = os.environ | {"KL_LESSONS_PROGRESS": ""}
    resources = {"metadata": {"path": students}}
    NotebookClient(lesson, timeout=120, resources=resources).execute(env=nothing_kept)
    assert any(cell.get("execution_count") for cell in lesson.cells)


def test_two_folders_are_refused_with_the_use_of_the_command():
    with pytest.raises(SystemExit, match="copies to my_lessons"):
        copy_lessons.main(["one", "two"])
