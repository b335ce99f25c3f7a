"""A JupyterLite beside the pages: the lessons run in each learner's own browser, with no server.

The browser fetches Pyodide, and with it NumPy and matplotlib, from its own host. What Pyodide does
not have lies beside the lessons as wheels: this package with its data, and PURE.

What builds it is installed for the time of the build, in an environment of its own: it would change
the JupyterLab beside which it is installed.
"""

import json
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

import nbformat

from kl_lessons.tools.save_lessons import NOTEBOOKS, as_text, read

COURSE = NOTEBOOKS.parent
PYODIDE = "0.27.7"  # in which the lessons were run to their end
PYTHON = "3.12"  # the one it has
PURE = "ipywidgets>=8.1,<9", "jupyterlab-widgets", "anywidget>=0.9.18", "psygnal", "comm"
BUILDERS = (
    "jupyterlite-core[contents]>=0.6,<0.7",  # the lab, and the list of its files
    "jupyterlite-pyodide-kernel>=0.6,<0.7",  # for Pyodide 0.27
)
SETTINGS = {
    "jupyter-lite-schema-version": 0,
    "jupyter-config-data": {
        "appName": "KL and cross-entropy",
        "litePluginSettings": {
            "@jupyterlite/pyodide-kernel-extension:kernel": {
                "pyodideUrl": f"https://cdn.jsdelivr.net/pyodide/v{PYODIDE}/full/pyodide.js"
            }
        },
    },
}
KERNEL = {"display_name": "Python (Pyodide)", "language": "python", "name": "python"}
FIRST_CELL = """\
# Fetches the course into this browser: half a minute, once after each start.
import logging

import piplite

logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # it lists fonts at first
await piplite.install(["kl-lessons"])"""


def build(folder: Path) -> None:
    """Write the JupyterLite with the lessons and the wheels into the folder. Asks PyPI."""
    with tempfile.TemporaryDirectory() as work:
        contents, wheels, tools = (Path(work) / name for name in ("contents", "wheels", "tools"))
        _gather_lessons(contents)
        _gather_wheels(wheels)
        python = _with_builders(tools, wheels)
        settings = json.dumps(SETTINGS)
        (Path(work) / "jupyter-lite.json").write_text(settings, encoding="utf-8")
        options = {"lite-dir": work, "contents": contents, "output-dir": folder.resolve()}
        command = ["jupyter", "lite", "build", "--apps=lab", "--no-sourcemaps"]
        command += ["--no-unused-shared-packages"]
        command += [f"--{name}={value}" for name, value in options.items()]
        command += [f"--piplite-wheels={wheel}" for wheel in sorted(wheels.glob("*.whl"))]
        run(*command, folder=work, python=python)


def as_there(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The lesson with JupyterLite's kernel, and below its title a cell that fetches the package."""
    notebook.metadata.kernelspec = nbformat.from_dict(KERNEL)
    notebook.cells.insert(1, nbformat.v4.new_code_cell(FIRST_CELL, id="fetch-the-course"))
    return notebook


def _gather_lessons(folder: Path) -> None:
    """The lessons as they run there, and the look of their pictures."""
    folder.mkdir()
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        text = as_text(as_there(read(path)))
        (folder / path.name).write_text(text, encoding="utf-8", newline="\n")
    look = (NOTEBOOKS / "matplotlibrc").read_text(encoding="utf-8")
    (folder / "matplotlibrc").write_text(look, encoding="utf-8", newline="\n")


def _gather_wheels(folder: Path) -> None:
    """The package, and what it needs that Pyodide has not."""
    pure = ["--only-binary=:all:", "--platform=any", f"--python-version={PYTHON}"]
    run("pip", "wheel", "--no-deps", "--wheel-dir", folder, COURSE, folder=COURSE)
    run("pip", "download", "--no-deps", *pure, "--dest", folder, *PURE, folder=COURSE)


def _with_builders(folder: Path, wheels: Path) -> Path:
    """The Python of an environment that holds what builds, and the widgets' scripts."""
    venv.create(folder)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    widgets = [wheel for wheel in wheels.glob("*.whl") if "widget" in wheel.name]
    run("pip", "--python", python, "install", "--no-compile", *BUILDERS, *widgets, folder=folder)
    return python


def run(*command: object, folder: Path | str, python: Path | str = sys.executable) -> None:
    """Run a module of Python; what it says is shown only where it fails."""
    whole = [str(python), "-m", *map(str, command)]
    done = subprocess.run(whole, cwd=folder, check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, command[:3]))}:\n{done.stdout}\n{done.stderr}")
