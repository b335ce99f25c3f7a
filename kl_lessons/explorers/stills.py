"""Pictures that stand still: for print, for a saved lesson, for a page without scripts."""

import base64
import gc
import html
import io
import warnings

import numpy as np
from IPython.display import display
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from kl_lessons.plots import Picture


def values_for(picture: Picture, values: dict) -> dict:
    """Those of the values that the picture takes."""
    return {name: value for name, value in values.items() if name in picture.parameters}


def refuse_unknown(pictures: tuple[Picture, ...], names: list[str]) -> None:
    """A ValueError if one of the names is asked for by none of the pictures."""
    for name in names:
        if not any(name in picture.parameters for picture in pictures):
            known = ", ".join(picture.name for picture in pictures)
            raise ValueError(f"{name} is asked for by none of the pictures: {known}")


def computed(pictures: tuple[Picture, ...], values: dict) -> list[dict]:
    """The numbers of each picture; those of one function of the same values are computed once."""
    found = {}
    for picture in pictures:
        if picture.numbers not in found:
            found[picture.numbers] = picture.numbers(**values_for(picture, values))
    return [found[picture.numbers] for picture in pictures]


def sentence(pictures: tuple[Picture, ...], numbers: list[dict]) -> str:
    """What the pictures say, one sentence after the other."""
    said = (picture.sentence(n) for picture, n in zip(pictures, numbers, strict=True))
    return " ".join(said)


def still(pictures: tuple[Picture, ...], numbers: list[dict]) -> tuple[str, int]:
    """The pictures side by side: a base64 PNG at twice the page's pixels, and its width there."""
    widths = [picture.size[0] for picture in pictures]
    height = max(picture.size[1] for picture in pictures)
    figure = Figure(figsize=(sum(widths), height), dpi=200, layout="constrained")
    canvas = FigureCanvasAgg(figure)
    axes = figure.subplots(1, len(pictures), width_ratios=widths, squeeze=False)[0]
    for ax, picture, values in zip(axes, pictures, numbers, strict=True):
        picture.draw(ax, values)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # the sentence has it
        canvas.draw()
    image = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    buffer = io.BytesIO()
    image.quantize(128).save(buffer, "PNG", optimize=True)  # a third of the bytes in a lesson
    return base64.b64encode(buffer.getvalue()).decode(), round(100 * sum(widths))


def html_figure(pictures: tuple[Picture, ...], numbers: list[dict], says: str) -> str:
    """The pictures as an HTML figure with the sentence as its text alternative and caption."""
    png, width = still(pictures, numbers)
    gc.collect()  # a figure is a ring of references, its megabytes would wait for the next sweep
    words = html.escape(says, quote=True)
    return (
        f'<figure style="margin:0"><img alt="{words}" width="{width}" style="max-width:100%" '
        f'src="data:image/png;base64,{png}"><figcaption>{words}</figcaption></figure>'
    )


def show(*pictures: Picture, **values: object) -> None:
    """Show pictures side by side with the sentences that say what they show.

    Each picture takes those of the values that it has parameters for; a name that none takes is
    refused: `show(plots.distributions, plots.terms, p=p, q=q, base=2)`.
    """
    refuse_unknown(pictures, list(values))
    numbers = computed(pictures, values)
    says = sentence(pictures, numbers)
    display({"text/html": html_figure(pictures, numbers, says), "text/plain": says}, raw=True)
