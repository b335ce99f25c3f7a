"""The page's code as one text, and an explorer as HTML that needs no kernel."""

import functools
import html
import json
from pathlib import Path

from kl_lessons.look import PALETTE

PAGE = Path(__file__).parent / "page"
WAKE = "<script>window.klLessons?.mountSaved();</script>"
FILES = (  # in this order: each uses only what stands before it
    "elements.js",
    "measures.js",
    "words.js",
    "pictures/comparison.js",
    "pictures/gradients.js",
    "pictures/coins.js",
    "pictures/ledgers.js",
    "pictures/passages.js",
    "pictures/frequencies.js",
    "pictures/betting.js",
    "pictures/bells.js",
    "pictures/landscape.js",
    "pictures/merging.js",
    "pictures/independence.js",
    "pictures/languages.js",
    "pictures/codes.js",
    "pictures/losses.js",
    "pictures/fits.js",
    "pictures/training.js",
    "pictures/variational.js",
    "pictures/autoencoder.js",
    "pictures/diffusion.js",
    "pictures/policies.js",
    "pictures/language_models.js",
    "frame.js",
    "marks.js",
    "hands.js",
    "reading.js",
    "panel.js",
    "player.js",
    "controls.js",
    "questions.js",
    "kernel.js",
    "hand.js",
    "explorer.js",
)


@functools.cache
def code() -> str:
    """The text of all files, one after the other."""
    return "\n".join((PAGE / name).read_text(encoding="utf-8") for name in FILES)


@functools.cache
def style() -> str:
    """The style sheet, and the inks of coloured symbols in the formulas of a dark JupyterLab."""
    formulas = "".join(
        f'[data-jp-theme-light="false"] mjx-container [style*="{_rgb(PALETTE[name].formula)}"] '
        f"{{ color: {PALETTE[name].dark} !important; }}\n"
        for name in ("P", "Q", "KL", "H(P)")
    )
    return (PAGE / "explorer.css").read_text(encoding="utf-8") + formulas


def _rgb(colour: str) -> str:
    """A colour of hexadecimal digits as a browser writes it."""
    return f"rgb({', '.join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))})"


def module() -> str:
    """The code as the module that anywidget takes."""
    return f"{code()}\nexport default {{ render }};"


def still(figure: str) -> str:
    """A figure that stands for an explorer where no kernel runs."""
    return f'<div class="kl-saved">{figure}</div>'


def saved(figure: str, options: dict, state: dict, *, with_code: bool) -> str:
    """The explorer for a page without a kernel: its figure, which a script makes live.

    The code stands in one output of a page; each other one waits for it, in whatever order they
    come. Where scripts are stripped, or the code never comes, the picture and its sentence stay.
    """
    data = html.escape(json.dumps({"options": options, "state": state}), quote=True)
    place = f'<div class="kl-saved" data-explorer="{data}">{figure}</div>'
    if not with_code:
        return f"{place}\n{WAKE}"
    return f"{place}\n<style>{style()}</style>\n<script>\n{once()}\n</script>\n{WAKE}"


def once() -> str:
    """The code as a script that a page may hold more than once."""
    return f"window.klLessons ??= (() => {{\n{code()}\nreturn {{ mountSaved }};\n}})();"


def without_code(saved_output: str) -> str:
    """A saved explorer without code, for a page that brings the code itself."""
    return saved_output.partition("\n")[0]
