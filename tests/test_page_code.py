"""The page's code is one text, in which a linter finds no fault."""

import subprocess
import sys
from pathlib import Path

from kl_lessons.explorers import page
from kl_lessons.tools.site import pages

COURSE = Path(__file__).parents[1]


def test_every_file_of_the_page_is_part_of_the_text():
    files = {str(path.relative_to(page.PAGE).as_posix()) for path in page.PAGE.rglob("*.js")}
    assert files == set(page.FILES) and len(page.FILES) == len(files)


def linted(text, folder):
    """What the linter says of the text, and whether it is content."""
    file = folder / "page.mjs"
    file.write_text(text, encoding="utf-8")
    linter = Path(sys.executable).with_name("oxlint")
    command = [str(linter), "--config", str(COURSE / ".oxlintrc.json"), str(file)]
    found = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8")
    return found.stdout, found.returncode == 0


def test_the_linter_finds_nothing_and_would_find_a_name_that_is_not_there(tmp_path):
    text = f"{page.code()}\nexport {{ render, mountSaved }};\n"
    said, content = linted(text, tmp_path)
    assert content, said
    said, content = linted(f"{text}mountSavd();\n", tmp_path)
    assert "mountSavd" in said and not content


def test_the_linter_finds_nothing_in_the_script_of_the_site(tmp_path):
    said, content = linted(pages.script(), tmp_path)
    assert content, said
