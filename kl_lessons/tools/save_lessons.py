"""Run lessons from top to bottom and save them with their outputs: twice gives the same bytes.

python -m kl_lessons.tools.save_lessons                 saves all lessons in notebooks/
python -m kl_lessons.tools.save_lessons LESSON.ipynb    saves these alone

A lesson with a cell that fails is left as it was, and its error is printed.
"""

import copy
import json
import os
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from kl_lessons.explorers.saving import LIVE_VIEW

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
EDITOR_TRACES = ("ExecuteTime", "collapsed", "editable", "execution", "scrolled", "trusted")


def clean(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """A copy that holds nothing that differs from run to run or from editor to editor."""
    notebook = copy.deepcopy(notebook)
    notebook.metadata.pop("widgets", None)
    notebook.metadata.kernelspec = nbformat.from_dict(KERNEL)
    notebook.metadata.language_info = nbformat.from_dict({"name": "python"})
    for cell in notebook.cells:
        for trace in EDITOR_TRACES:
            cell.metadata.pop(trace, None)
        if slide_type(cell) == "":
            del cell.metadata["slideshow"]
        if cell.cell_type == "code":
            cell.outputs = _merge_streams(_without_live_widgets(cell.outputs))
    return notebook


def save(path: Path) -> None:
    """Run the lesson in its own folder and replace the file by what came of it."""
    notebook = read(path)
    NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=600,
        resources={"metadata": {"path": str(path.parent)}},
        store_widget_state=False,
        record_timing=False,
    ).execute(env=os.environ | {"KL_LESSONS_PROGRESS": ""})  # what is saved has solved nothing
    text = as_text(clean(notebook))
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    try:
        with open(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(temporary, path.stat().st_mode)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def slide_type(cell: nbformat.NotebookNode) -> str | None:
    """What the cell is in a lecture, such as "slide" or "notes"; None where nothing is said."""
    return cell.metadata.get("slideshow", {}).get("slide_type")


def read(path: Path) -> nbformat.NotebookNode:
    """The notebook in the file. Raises ValueError where cells lack ids or share one."""
    text = path.read_text(encoding="utf-8")
    ids = [cell.get("id") for cell in json.loads(text)["cells"]]
    for position, id_ in enumerate(ids, start=1):
        if not id_ or ids.count(id_) > 1:  # nbformat would invent another on each run
            raise ValueError(f"{path.name}: cell {position} has no id of its own, but {id_!r}")
    return nbformat.reads(text, as_version=4)


def as_text(notebook: nbformat.NotebookNode) -> str:
    """The valid notebook as the text of its file."""
    nbformat.validate(notebook)
    return nbformat.writes(notebook).rstrip("\n") + "\n"


def _without_live_widgets(outputs: list) -> list:
    """The outputs less the views of widgets, which need a kernel; what stands in for them stays."""
    kept = []
    for output in outputs:
        if "data" in output:
            output.data.pop(LIVE_VIEW, None)
            output.metadata.pop(LIVE_VIEW, None)
            if not output.data:
                continue
        kept.append(output)
    return kept


def _merge_streams(outputs: list) -> list:
    """The outputs with neighbouring pieces of one stream joined: how they are cut is chance."""
    merged = []
    for output in outputs:
        before = merged[-1] if merged else None
        if before and output.output_type == "stream" and output.name == before.get("name"):
            before.text += output.text
        else:
            merged.append(output)
    return merged


def main(arguments: list[str]) -> int:
    """Save the named lessons, or all; return the number of those that failed."""
    paths = [Path(argument).resolve() for argument in arguments]
    paths = paths or sorted(NOTEBOOKS.glob("*.ipynb"))
    failed = 0
    for path in paths:
        try:
            save(path)
        except (CellExecutionError, ValueError, OSError, nbformat.ValidationError) as error:
            failed += 1
            print(f"{error}\n{path.name} is left as it was", file=sys.stderr)
        else:
            print(f"saved {path.name}")
    if not paths:
        sys.exit(f"there is no lesson in {NOTEBOOKS.name}/")
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
