"""A real JupyterLab on loopback, with its token, and a Chromium: one of each for all tests."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest

from kl_lessons.tools import lecture
from kl_lessons.tools.chromium import QUIET, chromium

ROOT = Path(__file__).parents[2]
EXPLORER = re.compile(r"\b(?:explore|compare|compare_logits)\(")
TOKEN = "a-token-for-tests-on-loopback"
KERNEL_IS_READY = """() => {
    const context = window.jupyterapp?.shell.currentWidget?.sessionContext;
    return context?.isReady && context.session?.kernel?.status === 'idle';
}"""
RUN_ALL = """() => {
    window.allCellsRan = false;
    const ran = jupyterapp.commands.execute('notebook:run-all-cells');
    ran.then(() => { window.allCellsRan = true; });
}"""


@pytest.fixture(scope="session")
def browser():
    path = chromium()
    if path is None:
        pytest.skip("no Chromium found: the browser tests were not run")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


PICTURES = """node => [...node.querySelectorAll('.kl-picture')].map(picture =>
    picture.innerHTML + [...picture.querySelectorAll('canvas')].map(c => c.toDataURL()).join())"""


@contextmanager
def quiet_page(browser, **options):
    """A page without network; what is written to its console fails the test at the end."""
    context = browser.new_context(offline=True, **options)
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert said == []


def saved(explorer) -> str:
    """The page that a reader without a kernel gets."""
    html = explorer._repr_mimebundle_()[0]["text/html"]
    return (
        '<!doctype html><html lang="en"><title>t</title><body data-jp-theme-light="true">'
        f"<main><h1>t</h1>{html}</main></body></html>"
    )


@pytest.fixture
def opened(browser):
    """Show an explorer as a saved lesson does; returns the page."""
    contexts = []

    def show(explorer, **options):
        options = {"viewport": {"width": 1000, "height": 800}} | options
        context = quiet_page(browser, **options)
        contexts.append(context)
        page = context.__enter__()
        page.set_content(saved(explorer))
        page.wait_for_selector(".kl-explorer .kl-panel")
        return page

    yield show
    for context in contexts:
        context.__exit__(None, None, None)


def use_theme(page, light: str) -> None:
    """Put the page in JupyterLab's light theme ("true") or its dark one ("false")."""
    page.evaluate(
        "light => { document.body.dataset.jpThemeLight = light;"
        " document.body.style.background = light === 'true' ? '#fff' : '#111';"
        " document.body.style.color = light === 'true' ? '#000' : '#eee'; }",
        light,
    )
    page.wait_for_timeout(100)


def serious_faults(page, context=None, **options) -> list[str]:
    """What axe finds on the page, or a part of it, that would stop a screen reader."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    options["resultTypes"] = ["violations"]  # what passes is not listed, which takes longest
    return [
        f"{fault['id']}: {fault['nodes'][0]['html']}"
        for fault in axe.run(page, context, options).response["violations"]
        if fault["impact"] in ("serious", "critical")
    ]


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """The address of a JupyterLab on a copy of the notebooks, where saving harms nothing."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(
        ROOT / "notebooks",
        folder / "notebooks",
        ignore=shutil.ignore_patterns(".ipynb_checkpoints"),
    )
    with serve_lab(folder) as address:
        yield address


@contextmanager
def serve_lab(folder: Path, variables: dict[str, str] | None = None, *more: str):
    """JupyterLab on a free loopback port while the `with` block runs; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "IdentityProvider.token": TOKEN,
        "ServerApp.root_dir": folder,
        "ServerApp.allow_root": True,
        "LabApp.expose_app_in_browser": True,
    }
    options = [f"--{name}={value}" for name, value in settings.items()]
    private = quiet_lab(folder) | (variables or {})
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", *options, *more]
    with (folder / "lab.log").open("w") as log:
        server = subprocess.Popen(command, env=os.environ | private, stdout=log, stderr=log)
        try:
            wait_for(server, f"http://127.0.0.1:{port}", folder / "lab.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=30)


def quiet_lab(folder: Path) -> dict[str, str]:
    """The environment of a JupyterLab with the tests' settings, which are written there."""
    lecture.write_settings(folder / "settings", lecture.QUIET)
    return {
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
    }


def wait_for(server: subprocess.Popen, address: str, log: Path) -> None:
    """Return when the server answers; raise with what it said if it ends or takes a minute."""
    for _ in range(240):
        try:
            urllib.request.urlopen(f"{address}/api?token={TOKEN}", timeout=5).close()
            return
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.25)
    raise RuntimeError(log.read_text())


def explorers_of(lesson):
    """How many explorers the lesson's cells make."""
    cells = nbformat.read(lesson, as_version=4).cells
    return sum(len(EXPLORER.findall(cell.source)) for cell in cells if cell.cell_type == "code")


def open_lesson(context, address: str, name: str):
    """A page on which the lesson is open in JupyterLab and all its cells were run."""
    page = context.new_page()
    page.goto(f"{address}/lab/workspaces/{name[:2]}/tree/notebooks/{name}?token={TOKEN}&reset")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=90_000)
    page.wait_for_function(KERNEL_IS_READY, timeout=90_000)
    page.evaluate(RUN_ALL)
    page.wait_for_function("window.allCellsRan === true", timeout=120_000)
    return page


@pytest.fixture(scope="session")
def lesson_00() -> Path:
    """The file of the first lesson."""
    return ROOT / "notebooks" / "00_start_here.ipynb"
