"""The pages of the site: lessons, explorers alone, the cheat sheet, the first page."""

import json
import re
import shutil
from pathlib import Path
from typing import NamedTuple

from kl_lessons.explorers import page
from kl_lessons.look import PALETTE
from kl_lessons.tools import sheet
from kl_lessons.tools.save_lessons import NOTEBOOKS
from kl_lessons.tools.site.formulas import dark_inks
from kl_lessons.tools.site.lesson import LAYOUT, Exporter, Lesson, lesson

README = NOTEBOOKS.parent / "README.md"
BINDER = re.compile(r"https://mybinder\.org/v2/gh/(\S+?)/HEAD\?urlpath=lab/tree/notebooks/")
SCRIPTS = "around.js", "share.js", "search.js"


class Course(NamedTuple):
    """What all pages are made of; `lite` says whether a JupyterLite stands beside them."""

    exporter: Exporter
    lessons: list[Lesson]
    lite: bool


def build(folder: Path, *, lite: bool = False) -> list[Path]:
    """Write the whole site into the folder, and return its pages."""
    exporter, paths = Exporter(), sorted(NOTEBOOKS.glob("*.ipynb"))
    lessons = [lesson(path, exporter, places(path.stem, lite=lite), alone=True) for path in paths]
    course = Course(exporter, lessons, lite)
    pages = {f"{one.name}.html": _page(course, one.title, one.body, one=one) for one in lessons}
    for one in lessons:
        for id_ in one.explorers:
            pages[f"explorers/{one.name}-{id_}.html"] = _alone(course, one, id_)
    pages["cheat_sheet.html"] = _sheet(course)
    pages["index.html"] = _home(course)
    shared = {
        "site.css": style(),
        "explorers.js": page.once(),
        "site.js": script(),
        "words.js": f"window.klSections = {json.dumps(_words(lessons), ensure_ascii=False)};\n",
    }
    for name in ("explorers", "notebooks"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for path in paths:
        shutil.copy(path, folder / "notebooks")
    for name, text in (pages | shared).items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return [folder / name for name in pages]


def single(path: Path) -> str:
    """One lesson as a page that is whole in itself."""
    exporter = Exporter()
    one = lesson(path, exporter, _binder(path.stem), alone=False)
    return _rendered(
        Course(exporter, [], lite=False),
        "page.html.j2",
        title=one.title,
        kind="lesson",
        style=f"<style>{style()}</style>",
        scripts=f"<script>{page.once()}</script>\n<script>{script()}</script>",
        body=one.body,
        sections=one.sections,
    )


def places(stem: str, *, lite: bool) -> dict[str, str]:
    """The links, by their words, to where a lesson can be run."""
    here = {"in your browser": f"lite/lab/index.html?path={stem}.ipynb"} if lite else {}
    return here | _binder(stem) | {"on your machine, its notebook": f"notebooks/{stem}.ipynb"}


def _binder(stem: str) -> dict[str, str]:
    """The link to Binder that the README has, once it names a repository."""
    link = BINDER.search(README.read_text(encoding="utf-8"))
    if link is None or link[1].isupper():  # the place of a name
        return {}
    return {"on Binder": f"{link[0]}{stem}.ipynb"}


def _rendered(course: Course, layout: str, **values: object) -> str:
    """A layout, filled in."""
    template = course.exporter.environment.get_template(layout)
    return template.render(lessons=course.lessons, lite=course.lite, **values)


def _page(
    course: Course,
    title: str,
    body: str,
    *,
    kind: str = "lesson",
    one: Lesson | None = None,
    root: str = "",
    more: str = "",
) -> str:
    """A page around its body; `one` is the lesson that it shows, `more` adds to the style."""
    turns = {}
    if one:
        at = course.lessons.index(one)
        turns = {"before": course.lessons[at - 1] if at else None, "sections": one.sections}
        turns["after"] = course.lessons[at + 1] if at + 1 < len(course.lessons) else None
    scripts = (f'<script src="{root}{name}.js"></script>' for name in ("explorers", "site"))
    return _rendered(
        course,
        "page.html.j2",
        title=title,
        kind=kind,
        root=root,
        style=f'<link rel="stylesheet" href="{root}site.css">{more}',
        scripts="\n".join(scripts),
        body=body,
        **turns,
    )


def _alone(course: Course, one: Lesson, id_: str) -> str:
    """A page with one explorer, for a frame in another page."""
    body = _rendered(course, "explorer.html.j2", lesson=one, id=id_)
    title = f"Explorer of {one.title}"
    return _page(course._replace(lessons=[]), title, body, kind="explorer", root="../")


def _sheet(course: Course) -> str:
    """The cheat sheet, which prints as the page of its own does."""
    title, lines = sheet.contents()
    lines = re.sub(r'href="(\d\d_\w+)\.ipynb"', r'href="\1.html"', lines)
    body = f"<h1>{sheet.inline(title)}</h1>\n<p>{sheet.inline(sheet.READING)}</p>\n{lines}"
    dark = "".join(f".{name} {{ color: {PALETTE[q].dark} }}" for name, q in sheet.SYMBOLS.items())
    more = (
        f"<style>{sheet.colours()}@media (prefers-color-scheme: dark) {{ {dark} }}</style>"
        f'<style media="print">{sheet.STYLE}{sheet.colours()}</style>'
    )
    return _page(course, title, body, kind="sheet", more=more)


def _home(course: Course) -> str:
    """The first page, with the first explorer of the course."""
    first = next(iter(course.lessons[0].explorers))
    return _page(
        course, "KL and cross-entropy", _rendered(course, "home.html.j2", first=first), kind="home"
    )


def style() -> str:
    """The style sheet of all pages."""
    own = (LAYOUT / "site.css").read_text(encoding="utf-8")
    return page.style() + own + dark_inks()


def script() -> str:
    """The script of all pages, which follows that of the explorers."""
    own = "".join((LAYOUT / name).read_text(encoding="utf-8") for name in SCRIPTS)
    return f"(() => {{\n{own}\n}})();\n"


def _words(lessons: list[Lesson]) -> list[dict[str, str]]:
    """What is searched: the sections of all lessons."""
    return [
        {"page": f"{one.name}.html", "lesson": one.title} | section._asdict()
        for one in lessons
        for section in one.sections
    ]
