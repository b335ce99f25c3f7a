"""What a learner has solved stays: in a small file, through damage and two kernels at once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kl_lessons import exercises
from kl_lessons.exercises import check, progress, record, solution

pytest_plugins = "asking"  # the fixture `unbroken`


@pytest.fixture(autouse=True)
def file(tmp_path, monkeypatch):
    """The place of the record, in a folder that is not there yet."""
    place = tmp_path / "of a learner" / "progress.json"
    monkeypatch.setenv(record.VARIABLE, str(place))
    monkeypatch.setattr(record, "_session", set())
    return place


@pytest.fixture
def shown(capsys, unbroken):
    def call(*lesson):
        capsys.readouterr()
        progress(*lesson)
        return capsys.readouterr().out

    return call


def new_session(monkeypatch):
    monkeypatch.setattr(record, "_session", set())


def test_what_is_solved_is_kept_for_the_next_session(file, shown, monkeypatch):
    assert shown(1).endswith(" · — 0 of 10\n") and not file.exists()
    check("1.8", "c")
    check("1.9", "a")
    new_session(monkeypatch)
    assert json.loads(file.read_text()) == {"solved": ["1.8"]}
    assert shown(1) == "1.1 · 1.2 · 1.3 · 1.4 · 1.5 · 1.6 · 1.7 · 1.8 ✓ 1.9 · 1.10 · — 1 of 10\n"
    assert [path.name for path in file.parent.iterdir()] == ["progress.json"]


def test_the_course_has_a_line_for_each_lesson(shown):
    check("2.9", "d")
    lines = shown().splitlines()
    assert lines[:2] == ["lesson 01 — 0 of 10", "lesson 02 — 1 of 12"]
    assert len(lines) == len(exercises._lessons())
    assert shown("2") == shown(2)
    for lesson in (0, 77, -1, True, "x", [1], 10**5000, object()):
        assert "There is no such lesson" in shown(lesson)


def test_a_shown_solution_and_a_wrong_answer_are_not_solved(file, capsys):
    solution("1.8")
    check("1.8", "a")
    assert not file.exists()


def test_what_another_version_wrote_is_kept(file):
    file.parent.mkdir()
    file.write_text('{"solved": ["7.3"], "name": "Ada"}')
    check("1.8", "c")
    assert json.loads(file.read_text()) == {"solved": ["1.8", "7.3"], "name": "Ada"}


def test_a_deleted_file_starts_anew(file, shown):
    check("1.8", "c")
    file.unlink()
    assert shown(1).endswith("0 of 10\n")
    check("1.9", "b")
    assert json.loads(file.read_text()) == {"solved": ["1.9"]}


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"7",
        b"{}",
        b'{"solved": 7}',
        b'{"solved": [1]}',
        b"[" * 10**5,
    ],
)
def test_a_damaged_file_is_moved_aside_and_that_is_said(damage, file, shown):
    file.parent.mkdir()
    file.write_bytes(damage)
    text = shown(1)
    assert text.startswith("The record of your progress could not be read. It lies in ")
    assert text.endswith("0 of 10\n")
    aside = list(file.parent.glob("progress.damaged-*.json"))
    assert [path.read_bytes() for path in aside] == [damage]
    assert "could not be read" not in shown(1)
    check("1.8", "c")
    assert shown(1).endswith("1 of 10\n")


def test_where_no_file_can_be_written_the_session_remembers_and_says_so(
    tmp_path, shown, monkeypatch
):
    (tmp_path / "a file").write_text("")
    monkeypatch.setenv(record.VARIABLE, str(tmp_path / "a file" / "progress.json"))
    check("1.8", "c")
    assert shown(1).splitlines() == [
        "1.1 · 1.2 · 1.3 · 1.4 · 1.5 · 1.6 · 1.7 · 1.8 ✓ 1.9 · 1.10 · — 1 of 10",
        "(Kept until this notebook is restarted: no file can be written here.)",
    ]


def test_a_folder_in_the_place_of_the_file_is_left_alone(file, shown):
    file.mkdir(parents=True)
    check("1.8", "c")
    assert "1 of 10" in shown(1) and file.is_dir() and list(file.parent.iterdir()) == [file]


def test_an_empty_variable_keeps_nothing_and_says_nothing(shown, monkeypatch):
    monkeypatch.setenv(record.VARIABLE, "")
    check("1.8", "c")
    assert shown(1).endswith("1 of 10\n") and record.place() is None
    new_session(monkeypatch)
    assert shown(1).endswith("0 of 10\n")


@pytest.mark.parametrize(
    ("platform", "variables", "place"),
    [
        ("linux", {}, ".local/share/kl-lessons/progress.json"),
        ("linux", {"XDG_DATA_HOME": "/data"}, "/data/kl-lessons/progress.json"),
        ("darwin", {}, "Library/Application Support/kl-lessons/progress.json"),
        ("win32", {}, "AppData/Local/kl-lessons/progress.json"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/kl-lessons/progress.json"),
    ],
)
def test_the_file_lies_where_the_system_keeps_data(platform, variables, place, monkeypatch):
    for name in (record.VARIABLE, "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(record.sys, "platform", platform)
    monkeypatch.setattr(Path, "home", lambda: Path("/home/ada"))
    assert record.place() == Path("/home/ada") / place


def test_it_lies_outside_the_course(monkeypatch):
    monkeypatch.delenv(record.VARIABLE)
    assert Path(__file__).parents[1] not in record.place().parents


SOLVER = """
import sys
from kl_lessons.exercises import record
for number in range(40):
    record.remember(f"{sys.argv[1]}.{number}")
"""


def test_two_kernels_at_once_lose_nothing(file):
    kernels = [subprocess.Popen([sys.executable, "-c", SOLVER, name]) for name in ("1", "2", "3")]
    assert [kernel.wait() for kernel in kernels] == [0, 0, 0]
    assert set(json.loads(file.read_text())["solved"]) == {
        f"{name}.{number}" for name in "123" for number in range(40)
    }
    assert [path.name for path in file.parent.iterdir()] == ["progress.json"]


def test_a_lock_that_an_interrupted_kernel_left_does_not_hold_up_for_ever(file, monkeypatch):
    monkeypatch.setattr(record, "PATIENCE", 0.05)
    file.parent.mkdir()
    file.with_name("progress.json.lock").touch()
    check("1.8", "c")
    assert json.loads(file.read_text()) == {"solved": ["1.8"]}


def test_a_write_that_fails_leaves_the_old_file_whole(file, shown, monkeypatch):
    check("1.8", "c")
    before = file.read_bytes()
    with monkeypatch.context() as broken:
        broken.setattr(os, "replace", lambda *paths: (_ for _ in ()).throw(OSError("full")))
        check("1.9", "b")
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == ["progress.json"]
    assert shown(1).endswith("2 of 10\n"), "this session remembers"
