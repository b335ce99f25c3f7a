"""A lesson as HTML: nbconvert lays out its cells, what a reader must not see is left out."""

import copy
import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from kl_lessons.explorers import page
from kl_lessons.tools.save_lessons import NOTEBOOKS, read, slide_type
from kl_lessons.tools.site.formulas import mathml

LAYOUT = Path(__file__).parent / "layout"
EXPLORER = '<div class="kl-saved" data-explorer='


class Section(NamedTuple):
    """A piece of a lesson under a heading: the id of its first cell, heading and words."""

    id: str
    heading: str
    text: str


class Lesson(NamedTuple):
    """A lesson: its name, title, what stands below the title, cells, sections and explorers."""

    name: str
    title: str
    facts: str
    body: str
    sections: list[Section]
    explorers: dict[str, str]  # the id of its cell → its place and picture


class Renderer(IPythonRenderer):
    """Markdown as nbconvert writes it, with MathML, and links that lead from page to page."""

    def inline_math(self, body: str) -> str:
        """A formula in a line of text."""
        return mathml(body, "inline")

    def block_math(self, body: str) -> str:
        """A formula on a line of its own."""
        return mathml(body, "block")

    def block_html(self, html: str) -> str:
        """HTML as it is: <details> opens in one piece and closes in another."""
        return html

    def inline_html(self, html: str) -> str:
        """HTML as it is."""
        return html

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """A link; to a lesson it leads to the lesson's page."""
        return super().link(text, re.sub(r"^(\d\d_\w+)\.ipynb", r"\1.html", url), title)


class Exporter(HTMLExporter):
    """nbconvert's exporter with the layouts of the site."""

    def __init__(self) -> None:
        layouts = [str(LAYOUT)]
        super().__init__(
            template_name="lesson", extra_template_basedirs=layouts, extra_template_paths=layouts
        )

    def default_filters(self) -> Iterator:
        """Those of nbconvert, and Markdown with MathML."""
        yield from super().default_filters()
        yield "markdown2html", markdown


def markdown(source: str) -> str:
    """Markdown as HTML, with pictures of the lessons' folder in it."""
    renderer = Renderer(
        escape=False, exclude_anchor_links=True, embed_images=True, path=str(NOTEBOOKS)
    )
    text = MarkdownWithMath(renderer=renderer).render(source)
    wide = text.replace("<table>", '<div class="wide"><table>')  # it scrolls by itself
    return wide.replace("</table>", "</table></div>")


def lesson(path: Path, exporter: Exporter, places: dict[str, str], *, alone: bool) -> Lesson:
    """The lesson in the file.

    `places` are the links, by their words, to where it can be run; `alone` says whether each of
    its explorers has a page of its own too.
    """
    notebook = without_notes(read(path))
    title, _, rest = notebook.cells[0].source.removeprefix("# ").partition("\n")
    explorers = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if data.get("text/html", "").startswith(EXPLORER):
                data["text/html"] = explorers[cell.id] = page.without_code(data["text/html"])
    frames = {id_: f"explorers/{path.stem}-{id_}.html" for id_ in explorers if alone}
    resources = {"places": places, "stem": path.stem, "alone": frames}
    body, _ = exporter.from_notebook_node(notebook, resources=resources)
    facts = rest.strip().split("\n")[0]
    return Lesson(path.stem, title, facts, body, sections(notebook), explorers)


def without_notes(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """A copy less the lecturer's notes."""
    notebook = copy.deepcopy(notebook)
    notebook.cells = [cell for cell in notebook.cells if slide_type(cell) != "notes"]
    return notebook


def sections(notebook: nbformat.NotebookNode) -> list[Section]:
    """The pieces of a lesson, each from its heading to the next."""
    found: list[Section] = []
    for cell in notebook.cells:
        if cell.cell_type != "markdown":
            continue
        heading = re.match(r"#+ (.*)", cell.source)
        if heading or not found:
            found.append(Section(cell.id, plain(heading[1] if heading else ""), ""))
        last = found[-1]
        found[-1] = last._replace(text=f"{last.text} {plain(cell.source)}".strip())
    return found


def plain(source: str) -> str:
    """The words of Markdown, formulas as their letters."""
    spaced = re.sub(r"(</(?:p|li|td|th|h\d)>)", r" \1", markdown(source))
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", spaced)).split())
