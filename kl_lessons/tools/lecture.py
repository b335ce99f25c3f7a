"""Open a lesson as slides with live sliders: JupyterLab, on a copy of the lesson, in deck mode.

python -m kl_lessons.tools.lecture 1             opens lesson 01
python -m kl_lessons.tools.lecture 1 --no-browser
                                                 prints the address; more options as for jupyter lab

Space or → goes on, ← goes back, Shift+Esc shows the notebook. Code can be changed and run: the copy
is thrown away afterwards. Needs the extra `lecture`: pip install -e ".[lecture]"
"""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from nbformat.sign import NotebookNotary

from kl_lessons.tools.deck import deck
from kl_lessons.tools.save_lessons import NOTEBOOKS, as_text, read

STYLE = Path(__file__).with_name("lecture.css")
QUIET = {  # all cells are in the page, and nobody is asked for news
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},
}
SETTINGS = QUIET | {"jupyterlab-slideshow/plugin": {"active": True}}


def prepare(lesson: Path, folder: Path) -> dict[str, str]:
    """Put the deck, its settings and its style into the folder; returns the variables to set."""
    target = folder / lesson.name
    target.write_text(as_text(deck(read(lesson))), encoding="utf-8")
    shutil.copyfile(NOTEBOOKS / "matplotlibrc", folder / "matplotlibrc")
    write_settings(folder / ".lab" / "settings", SETTINGS)
    style = folder / ".lab" / "config" / "custom" / "custom.css"
    style.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(STYLE, style)
    data = folder / ".lab" / "data"
    data.mkdir(exist_ok=True)
    NotebookNotary(data_dir=str(data)).sign(read(target))  # so that its explorers are alive
    return {
        "JUPYTER_CONFIG_DIR": str(style.parents[1]),
        "JUPYTER_DATA_DIR": str(data),
        "JUPYTERLAB_SETTINGS_DIR": str(folder / ".lab" / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / ".lab" / "workspaces"),
    }


def write_settings(folder: Path, settings: dict[str, dict]) -> None:
    """Write JupyterLab's settings where it will look for them."""
    for name, values in settings.items():
        file = folder / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values), encoding="utf-8")


def command(lesson: Path, folder: Path) -> list[str]:
    """What starts JupyterLab on the deck in the folder."""
    settings = {
        "ServerApp.root_dir": folder,
        "LabApp.default_url": f"/lab/tree/{lesson.name}",
        "LabApp.custom_css": True,
    }
    options = [f"--{name}={value}" for name, value in settings.items()]
    return [sys.executable, "-m", "jupyterlab", *options]


def find(number: str) -> Path:
    """The lesson of that number; ends with a sentence if there is none."""
    lessons = {int(path.name[:2]): path for path in sorted(NOTEBOOKS.glob("*.ipynb"))}
    if not number.isdecimal() or int(number) not in lessons:
        sys.exit(f"give the number of a lesson: {', '.join(map(str, lessons))}")
    return lessons[int(number)]


def main(arguments: list[str]) -> int:
    """Run JupyterLab on the deck of the lesson until it is ended."""
    lesson = find(arguments[0] if arguments else "")
    if importlib.util.find_spec("jupyterlab_slideshow") is None:
        sys.exit('slides need the extra "lecture": pip install -e ".[lecture]"')
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        variables = os.environ | prepare(lesson, folder)
        server = subprocess.Popen([*command(lesson, folder), *arguments[1:]], env=variables)
        while True:
            try:
                return server.wait()
            except KeyboardInterrupt:  # JupyterLab gets it too, and asks whether to end
                continue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
