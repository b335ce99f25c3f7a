"""Each room of the package imports only rooms below it, and nobody's private names."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "kl_lessons"
BELOW = {  # what each room may import, of ours
    "information": set(),
    "look": set(),
    "data": set(),
    "subjects": {"information", "data", "subjects"},
    "plots": {"information", "look", "subjects", "plots"},
    "explorers": {"information", "look", "subjects", "plots", "explorers"},
    "exercises": {"information", "subjects", "exercises"},
    "tools": {"data", "look", "plots", "explorers", "exercises", "tools"},
    "__init__": set(),  # loads a name when it is asked for
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room(path):
    """The first name below the package: a folder, or a module beside the folders."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imported(path):
    """The names that a module imports from the package, with the module they come from."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path.name}: names of the package are written whole"
            yield from ((node.module, alias.name) for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_rooms_below_it_and_no_private_name(path):
    for module, name in imported(path):
        if module.split(".")[0] != "kl_lessons":
            continue
        parts = [*module.split("."), name]
        assert parts[1], "the root is imported by nothing below it"
        assert parts[1] in BELOW[room(path)], f"{room(path)} imports {parts[1]}"
        assert not name.startswith("_"), f"{name} is private to {module}"


def test_rooms_are_those_that_are_drawn():
    assert {room(path) for path in MODULES} == set(BELOW)


def test_subjects_and_look_know_no_picture_and_no_widget():
    for path in MODULES:
        if room(path) in {"information", "look", "data", "subjects", "exercises"}:
            heavy = {name.split(".")[0] for name, _ in imported(path)}
            assert not heavy & {"matplotlib", "ipywidgets", "anywidget", "IPython", "PIL"}


def test_reading_the_measures_loads_numpy_and_nothing_of_a_picture():
    code = "import sys, kl_lessons.information; print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", code], text=True).split()
    assert "numpy" in loaded
    assert not {"matplotlib", "ipywidgets", "anywidget", "IPython", "PIL"} & set(loaded)
    ours = {name for name in loaded if name.startswith("kl_lessons")}
    assert ours == {"kl_lessons", "kl_lessons.information"}
