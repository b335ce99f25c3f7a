"""A lesson as a deck of slides: what stands on which slide, and what waits for a click.

Text, code and pictures are those of the lesson. A heading begins a slide; what does not fit goes on
the next one below. The answer of a prediction, the answers beside an explorer, and the property
that a mistake breaks come with a click. Exercises, checks, imports and the lecturer's notes are on
no slide. So the rule also makes a deck of a lesson that is yet to be written.
"""

import copy
import html
import json
import re

import nbformat

from kl_lessons.tools.save_lessons import slide_type

ROOM = 640  # pixels of height that the estimates may fill; a slide has 720
LINE, LETTERS = 28, 112  # of text: height of a line, letters that fit in it
CODE_LINE, CODE_LETTERS = 25, 108
GAP = 14  # between two blocks
FORMULA = 92  # of a formula on lines of its own
PICTURE = 430
EXPLORER = ROOM
PREDICT = "**Predict before you run**"
PROPERTY = "**The property it breaks.**"
ANSWERS = re.compile(r"<details><summary>(.*?)</summary>(.*?)</details>", re.DOTALL)
LAYER = {"jupyterlab-slideshow": {"layer": "slide"}}  # shown with the slide, no stop of its own


def deck(lesson: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """A copy of the lesson whose cells are arranged as slides."""
    shown = copy.deepcopy(lesson)
    slides = _Slides()
    for cell in lesson.cells:
        if cell.cell_type == "code":
            for place, question in enumerate(questions(cell), start=1):
                slides.add_text(f"{cell.id}-asks", f"{place}. {question}", "text")
            slides.add_code(copy.deepcopy(cell))
        elif is_shown(cell):
            for block, kind in blocks(cell.source):
                slides.add_text(cell.id, block, kind)
    shown.cells = slides.cells
    return shown


def is_shown(cell: nbformat.NotebookNode) -> bool:
    """Whether the cell is on a slide: no exercise, check, note, nor code that only prepares."""
    if slide_type(cell) in ("skip", "notes"):
        return False
    return cell.cell_type == "markdown" or bool(cell.outputs) or not _prepares(cell)


def _prepares(cell: nbformat.NotebookNode) -> bool:
    """Whether the code is folded, or only brings in names."""
    imports = r"(from|import) |#|    \w+,$|\)$|$"
    return all(re.match(imports, line) for line in cell.source.split("\n")) or is_folded(cell)


def is_folded(cell: nbformat.NotebookNode) -> bool:
    """Whether the lesson folds the code of the cell, or a slide has no room beside its sliders."""
    return is_explorer(cell) or cell.metadata.get("jupyter", {}).get("source_hidden", False)


def blocks(markdown: str) -> list[tuple[str, str]]:
    """The paragraphs, lists and formulas of a text, each with "heading", "text" or "answer"."""
    found = []
    for place, part in enumerate(ANSWERS.split(markdown)):
        if place % 3 == 1:  # the summary, which says that these are answers
            continue
        for block in re.split(r"\n{2,}", part.strip()):
            if block:
                waits = place % 3 or block.startswith(PROPERTY)
                kind = "answer" if waits else "heading" if block.startswith("#") else "text"
                found.append((block, kind))
    return found


def height(block: str) -> int:
    """What a block of Markdown takes on a slide, in pixels, estimated."""
    if block.startswith("$$"):
        return FORMULA + GAP
    if block.startswith("#"):
        return 64
    lines = [re.sub(r"\\[a-z]+|[{}$\\]|\]\([^)]*\)|#[0-9A-F]{6}", "", row) for row in _rows(block)]
    taller = 18 * sum(r"\frac" in row or r"\sum" in row for row in _rows(block))
    return taller + GAP + LINE * sum(1 + len(line) // LETTERS for line in lines)


def _rows(block: str) -> list[str]:
    """The lines that Markdown keeps: those of lists and tables; else it is one."""
    if re.match(r"([-*>|]|\d+\.) ?", block):
        return [row for row in block.split("\n") if not row.startswith("| ---")]
    return [block.replace("\n", " ")]


def code_height(cell: nbformat.NotebookNode) -> int:
    """What a code cell takes with its output, in pixels, estimated."""
    if is_explorer(cell):
        return EXPLORER
    total = GAP + (0 if is_folded(cell) else CODE_LINE * len(cell.source.split("\n")))
    for output in cell.outputs:
        data = output.get("data", {})
        text = output.get("text") or data.get("text/plain", "")
        lines = [1 + len(line) // CODE_LETTERS for line in text.rstrip("\n").split("\n")]
        total += PICTURE if "text/html" in data else GAP + CODE_LINE * sum(lines)
    return total


def is_explorer(cell: nbformat.NotebookNode) -> bool:
    """Whether the cell shows sliders, which fill a slide; its code is folded there."""
    return any("kl-saved" in output.get("data", {}).get("text/html", "") for output in cell.outputs)


def questions(cell: nbformat.NotebookNode) -> list[str]:
    """What the explorer of the cell asks: on a slide it leaves no room for its questions."""
    if cell.cell_type != "code" or not is_explorer(cell):
        return []
    (output,) = (one for one in cell.outputs if "text/html" in one.get("data", {}))
    held = re.search(r'data-explorer="([^"]*)"', output.data["text/html"])
    asked = json.loads(html.unescape(held[1]))["options"].get("questions", [])
    return [one["text"] for one in asked]


class _Slides:
    """The cells of the deck so far, and how full its last slide is."""

    def __init__(self) -> None:
        self.cells: list[nbformat.NotebookNode] = []
        self.filled = 0
        self.answer_is_next = False
        self.texts = 0

    def add_text(self, id_: str, block: str, kind: str) -> None:
        """A block of text: in the cell before it if that is text of the same step."""
        begins = "slide" if kind == "heading" or not self.cells else None
        step = self._step(height(block), begins or ("fragment" if kind == "answer" else None))
        before = self.cells[-1] if self.cells else None
        if step is None and before is not None and before.cell_type == "markdown":
            before.source += f"\n\n{block}"
        else:
            self.texts += 1
            self._append(nbformat.v4.new_markdown_cell(block, id=f"{id_}-{self.texts}"), step)
        if PREDICT in block:
            self.answer_is_next = True

    def add_code(self, cell: nbformat.NotebookNode) -> None:
        """A code cell: open where it answers a prediction, or left out of every slide."""
        if not is_shown(cell):
            cell.metadata = nbformat.from_dict({"slideshow": {"slide_type": "skip"}})
            self.cells.append(cell)
            return
        begins = "fragment" if self.answer_is_next else None
        self.answer_is_next = False
        folded = {"jupyter": {"source_hidden": True}} if is_folded(cell) else {}
        cell.metadata = nbformat.from_dict(folded)
        self._append(cell, self._step(code_height(cell), begins))

    def _step(self, tall: int, begins: str | None) -> str | None:
        """The slide type of what comes next: a slide of its own where it does not fit."""
        if begins != "slide" and self.filled + tall > ROOM:
            begins = "subslide"
        if begins in ("slide", "subslide"):
            self.filled = 0
        self.filled += tall
        return begins

    def _append(self, cell: nbformat.NotebookNode, step: str | None) -> None:
        cell.metadata.update({"slideshow": {"slide_type": step}} if step else LAYER)
        self.cells.append(cell)
