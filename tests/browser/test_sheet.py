"""The cheat sheet prints on one sheet of A4, says what the lesson says, and asks for nothing."""

import itertools
import re

import pytest
from conftest import quiet_page

from kl_lessons.look import PALETTE
from kl_lessons.tools import sheet
from kl_lessons.tools.save_lessons import NOTEBOOKS, read

PAGES = re.compile(rb"/Type\s*/Page\b(?!s)")
A4 = 595, 842  # points


@pytest.fixture
def opened(browser, tmp_path):
    """The page, in a Chromium without network, as it was written to a file."""
    target = tmp_path / "sheet.html"
    assert sheet.main([str(target)]) == 0
    with quiet_page(browser) as page:
        page.goto(target.as_uri())
        yield page


def pages(pdf):
    return len(PAGES.findall(pdf))


def test_it_prints_on_one_sheet_of_a4(opened):
    pdf = opened.pdf(prefer_css_page_size=True)
    box = re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert [round(float(side)) for side in box.groups()] == pytest.approx(A4, abs=1)
    assert pages(pdf) == 1


def test_a_sheet_twice_as_long_is_seen_to_take_a_second_page(opened):
    opened.evaluate("document.querySelector('main').innerHTML += "
                    "document.querySelector('main').innerHTML.repeat(2)")  # fmt: skip
    assert pages(opened.pdf(prefer_css_page_size=True)) > 1


def test_each_line_of_the_lesson_stands_on_it_once_in_colour(opened):
    lines = [cell for cell in read(sheet.LESSON).cells if cell.id.startswith("line-")]
    assert opened.locator("p").count() == len(lines) > 20
    ink = PALETTE["P"].ink.lstrip("#")
    colour = f"rgb({', '.join(str(int(ink[at : at + 2], 16)) for at in (0, 2, 4))})"
    symbol = opened.locator(".P").first
    assert symbol.evaluate("node => getComputedStyle(node).color") == colour
    shown = opened.locator("main").inner_text()
    assert "**" not in shown and "`" not in shown and "](" not in shown


def test_each_line_has_a_cell_that_runs_behind_it_and_links_to_a_lesson_that_exists():
    cells = read(sheet.LESSON).cells
    for line, behind in itertools.pairwise(cells):
        if line.id.startswith("line-"):
            assert behind.cell_type == "code" and "assert" in behind.source, line.id
            (target,) = re.findall(r"\]\(([^)]+)\)", line.source)
            assert (NOTEBOOKS / target).is_file(), target
