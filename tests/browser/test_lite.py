"""JupyterLite beside the site: it opens, holds the lessons, and finds all that they import.

Pyodide itself comes from another host and is not run here. What it has stands in pyodide_lock.json.
"""

import functools
import http.server
import json
import os
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename
from packaging.version import Version

from kl_lessons.tools.save_lessons import NOTEBOOKS
from kl_lessons.tools.site import lite
from kl_lessons.tools.site.__main__ import main

LESSONS = sorted(path.name for path in NOTEBOOKS.glob("*.ipynb"))
LOCK = json.loads((Path(__file__).parents[1] / "pyodide_lock.json").read_text(encoding="utf-8"))
THERE = {"python_version": "3.12", "sys_platform": "emscripten", "platform_system": "Emscripten"}
THERE |= {"python_full_version": "3.12.7", "extra": ""}
KERNEL_ASKS = "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython", "micropip"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The folder of a site with a JupyterLite."""
    folder = tmp_path_factory.mktemp("lite") / "site"
    assert main(["--lite", "--to", str(folder)]) == 0
    return folder


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files, and says nothing about it."""

    def log_message(self, *words):
        """Say nothing."""


@pytest.fixture(scope="module")
def address(site):
    """The site on a loopback port."""
    handler = functools.partial(Quiet, directory=site)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def shipped(site):
    """The wheels that piplite finds in the site, by name, the newest of each."""
    found = {}
    for index in site.rglob("pypi/all.json"):
        for name, package in json.loads(index.read_text(encoding="utf-8")).items():
            newest = max(package["releases"], key=Version)
            (file,) = package["releases"][newest]
            found[canonicalize_name(name)] = index.parent / file["filename"]
    return found


def requirements(wheel):
    """What a wheel needs in Pyodide."""
    with zipfile.ZipFile(wheel) as file:
        (metadata,) = (name for name in file.namelist() if name.endswith(".dist-info/METADATA"))
        lines = file.read(metadata).decode().split("\n\n")[0].splitlines()
    texts = (line.partition(": ")[2] for line in lines if line.startswith("Requires-Dist: "))
    needed = map(Requirement, texts)
    return [one for one in needed if one.marker is None or one.marker.evaluate(THERE)]


def there(name, shipped):
    """The version of a package in Pyodide, and what it needs: of its lock file, or of a wheel."""
    if package := LOCK["packages"].get(name):
        return package["version"], map(Requirement, package["depends"])
    version = str(parse_wheel_filename(shipped[name].name)[1])
    return version, requirements(shipped[name])


def test_all_that_is_imported_is_in_pyodide_or_shipped_in_a_version_that_fits(shipped):
    assert LOCK["info"]["version"] == lite.PYODIDE
    assert LOCK["info"]["python"].startswith(f"{lite.PYTHON}.")
    waiting, known = [Requirement(name) for name in ("kl-lessons", *KERNEL_ASKS)], set()
    while waiting:
        one = waiting.pop()
        name = canonicalize_name(one.name)
        version, needed = there(name, shipped)
        assert one.specifier.contains(version), f"{one} is needed, {version} is there"
        if name not in known:
            waiting += needed
        known.add(name)
    assert {"numpy", "matplotlib", "ipywidgets", "anywidget", "psygnal", "comm"} < known


def test_each_wheel_is_pure_and_that_of_the_course_holds_its_data(shipped, tmp_path):
    assert all(wheel.name.endswith("-none-any.whl") for wheel in shipped.values())
    with zipfile.ZipFile(shipped["kl-lessons"]) as wheel:
        wheel.extractall(tmp_path)
    code = "from kl_lessons import data; print(data.__file__, len(data.digits().y))"
    alone = os.environ | {"PYTHONPATH": str(tmp_path)}
    said = subprocess.check_output([sys.executable, "-c", code], cwd=tmp_path, env=alone, text=True)
    assert said.split() == [str(tmp_path / "kl_lessons" / "data.py"), "1797"]


@pytest.fixture
def page(browser, address):
    """A page that reaches the site and nothing else, as where Pyodide's host is out of reach."""
    context = browser.new_context(service_workers="block")
    context.route(lambda url: not url.startswith(address), lambda route: route.abort())
    yield context.new_page()
    context.close()


def test_a_lesson_leads_to_its_notebook_in_the_lab(page, address):
    page.goto(f"{address}/01_coin_flips.html")
    button = page.locator("#title .button")
    assert button.get_attribute("href") == "lite/lab/index.html?path=01_coin_flips.ipynb"
    button.click()
    first = page.locator(".jp-Notebook .jp-CodeCell").first
    first.get_by_text("piplite.install").wait_for(timeout=60_000)
    assert page.locator(".jp-Notebook h1").inner_text().startswith("Tell two coins apart")


def test_the_lab_lists_every_lesson(page, address):
    page.goto(f"{address}/lite/lab/index.html")
    page.locator(".jp-DirListing-item").first.wait_for(timeout=60_000)
    listed = page.locator(".jp-DirListing-item .jp-DirListing-itemText").all_inner_texts()
    assert set(LESSONS) <= set(listed)


def test_a_lesson_there_differs_by_one_cell_and_its_kernel(site):
    for name in LESSONS:
        notebook = json.loads((site / "lite" / "files" / name).read_text(encoding="utf-8"))
        original = json.loads((NOTEBOOKS / name).read_text(encoding="utf-8"))
        fetching = notebook["cells"].pop(1)
        assert "".join(fetching["source"]) == lite.FIRST_CELL
        assert notebook["cells"] == original["cells"]
        assert notebook["metadata"].pop("kernelspec")["name"] == "python"
        original["metadata"].pop("kernelspec")
        assert notebook == original


def test_a_build_that_fails_says_what_went_wrong(tmp_path):
    with pytest.raises(RuntimeError, match="No module named no_such_module"):
        lite.run("no_such_module", folder=tmp_path)
