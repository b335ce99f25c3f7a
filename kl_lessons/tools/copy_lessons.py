"""Copy the lessons to a folder where a learner's work survives every update of the course.

python -m kl_lessons.tools.copy_lessons                        copies to my_lessons/
python -m kl_lessons.tools.copy_lessons FOLDER                 copies to another folder
python -m kl_lessons.tools.copy_lessons FOLDER --for-students  leaves out solutions and notes

Run it again after an update: lessons that you have not edited become the new ones. Where you have
edited one that has changed, your file stays as it is and the new lesson is put beside it.
"""

import hashlib
import json
import re
import shutil
import sys
from pathlib import Path

import nbformat

from kl_lessons.tools.save_lessons import NOTEBOOKS, as_text, read, slide_type

MINE = NOTEBOOKS.parent / "my_lessons"  # which git ignores
GIVEN = ".given.json"  # in the folder: what was put there, by the file's name
LOOK = "matplotlibrc"
FOR_STUDENTS = "--for-students"
WHERE_SOLUTIONS_STAND = re.compile(r" [^.\n]*\bfolded cell below each exercise\b[^.\n]*\.")


def without_solutions(lesson: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The lesson less its solutions, the lecturer's notes, and the words that point to them."""
    lesson.cells = [
        cell
        for cell in lesson.cells
        if "solution" not in cell.metadata.get("tags", []) and slide_type(cell) != "notes"
    ]
    for cell in lesson.cells:
        if cell.cell_type == "markdown":
            cell.source = WHERE_SOLUTIONS_STAND.sub("", cell.source)
    return lesson


def work(lesson: nbformat.NotebookNode) -> str:
    """A digest of what is written in the cells; outputs, which running changes, do not count."""
    written = [[cell.cell_type, cell.source.rstrip()] for cell in lesson.cells]
    return hashlib.sha256(json.dumps(written).encode()).hexdigest()


def copy(folder: Path, for_students: bool = False) -> list[str]:
    """Put each lesson into the folder; returns a sentence for each file that is new or kept."""
    folder.mkdir(parents=True, exist_ok=True)
    record = folder / GIVEN
    given = json.loads(record.read_text(encoding="utf-8")) if record.exists() else {}
    said = []
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        lesson = without_solutions(read(path)) if for_students else read(path)
        said += _put(folder, path.stem, lesson, given)
        record.write_text(json.dumps(given, indent=1), encoding="utf-8")
    shutil.copyfile(NOTEBOOKS / LOOK, folder / LOOK)
    return said


def _put(folder: Path, stem: str, lesson: nbformat.NotebookNode, given: dict) -> list[str]:
    """Write the lesson under the first name that is free or not the learner's own work."""
    said, new = [], work(lesson)
    for edition in range(1, 1_000):
        name = f"{stem}.ipynb" if edition == 1 else f"{stem}_{edition}.ipynb"
        target = folder / name
        if target.exists() and given.get(name) == new:
            return said  # this very lesson is there, worked on or not
        if not target.exists() or _untouched(target, given.get(name)):
            target.write_text(as_text(lesson), encoding="utf-8", newline="\n")
            given[name] = new
            return [*said, f"{name} is new"]
        said = [f"{name} is yours and stays; the lesson has changed since"]
    raise RuntimeError(f"there are too many editions of {stem} in {folder}")


def _untouched(target: Path, digest: str | None) -> bool:
    """Whether the file holds what was put there, run or not."""
    try:
        return work(nbformat.read(target, as_version=4)) == digest
    except (nbformat.reader.NotJSONError, nbformat.ValidationError, AttributeError):
        return False  # no notebook: somebody's own file


def main(arguments: list[str]) -> int:
    """Copy the lessons to the folder that is named, or to my_lessons/."""
    folders = [Path(argument) for argument in arguments if argument != FOR_STUDENTS]
    if len(folders) > 1 or any(str(folder).startswith("-") for folder in folders):
        sys.exit(__doc__.split("\n\n")[1])
    folder = folders[0] if folders else MINE
    print(*copy(folder, FOR_STUDENTS in arguments), sep="\n")
    print(f"the lessons are in {folder.name}/")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
