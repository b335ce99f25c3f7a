"""How a picture reaches the page: as a still, or as SVG whose moving part is drawn anew."""

import base64
import functools
import html
import inspect
import io
import re
import uuid
from collections.abc import Callable

import matplotlib as mpl
import numpy as np
from IPython.display import display
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure
from PIL import Image


def values_for(picture: Callable, values: dict) -> dict:
    """Those of the values that the picture's function has parameters for."""
    wanted = inspect.signature(picture).parameters
    return {name: value for name, value in values.items() if name in wanted}


def sentence(pictures: tuple[Callable, ...], values: dict) -> str:
    """What the pictures say of the values, one sentence after the other."""
    return " ".join(picture.says(**values_for(picture, values)) for picture in pictures)


def still(pictures: tuple[Callable, ...], values: dict) -> tuple[str, int]:
    """The pictures side by side: a base64 PNG at twice the page's pixels, and its width there."""
    widths = [picture.size[0] for picture in pictures]
    height = max(picture.size[1] for picture in pictures)
    figure = Figure(figsize=(sum(widths), height), dpi=200, layout="constrained")
    canvas = FigureCanvasAgg(figure)
    axes = figure.subplots(1, len(pictures), width_ratios=widths, squeeze=False)[0]
    for ax, picture in zip(axes, pictures, strict=True):
        picture(ax, **values_for(picture, values))
    canvas.draw()
    image = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    buffer = io.BytesIO()
    image.quantize(128).save(buffer, "PNG", optimize=True)  # a third of the bytes in a lesson
    return base64.b64encode(buffer.getvalue()).decode(), round(100 * sum(widths))


def figure(pictures: tuple[Callable, ...], values: dict, says: str) -> str:
    """The pictures as an HTML figure with the sentence as its text alternative and caption."""
    png, width = still(pictures, values)
    words = html.escape(says, quote=True)
    return (
        f'<figure style="margin:0"><img alt="{words}" width="{width}" style="max-width:100%" '
        f'src="data:image/png;base64,{png}"><figcaption>{words}</figcaption></figure>'
    )


def show(*pictures: Callable, **values: object) -> None:
    """Show pictures side by side with the sentences that say what they show.

    Each picture takes those of the values that it has parameters for:
    `show(plots.distributions, plots.terms, p=p, q=q, base=2)`.
    """
    says = sentence(pictures, values)
    display({"text/html": figure(pictures, values, says), "text/plain": says}, raw=True)


def layers(picture: Callable, values: dict) -> tuple[str, Callable[[dict], str]]:
    """A picture as two SVG texts of one size: what stays, and a function that draws what moves.

    The figure is laid out once. A step moves the artists and draws these alone.
    """
    salt = f"kl{uuid.uuid4().hex}"  # two kernels' pictures can stand in one page
    figure = Figure(figsize=picture.size, dpi=72, layout="constrained")
    FigureCanvasAgg(figure)
    move = picture(figure.subplots(), **values_for(picture, values))
    moving = sorted(move(**values_for(picture, values)), key=lambda artist: artist.get_zorder())
    scales = [artist for artist in moving if isinstance(artist, Axis)]
    others = [artist for artist in moving if not isinstance(artist, Axis)]
    formatters = [axis.get_major_formatter() for axis in scales]
    for axis in scales:
        axis.set_major_formatter("−0.000")  # room for the longest number a step may bring
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    for axis, formatter in zip(scales, formatters, strict=True):
        axis.set_major_formatter(formatter)
    seen = [artist.get_visible() for artist in moving]
    for artist in moving:
        artist.set_visible(False)
    background = _svg(figure, [figure], salt + "b")
    for artist, visible in zip(moving, seen, strict=True):
        artist.set_visible(visible)

    @functools.lru_cache(maxsize=64)  # a scale is dear to draw, and takes few values
    def drawn(limits: tuple) -> str:
        return _svg(figure, scales, salt + "s") if scales else ""

    def step(values: dict) -> str:
        move(**values_for(picture, values))
        limits = tuple(tuple(axis.get_view_interval()) for axis in scales)
        return drawn(limits) + _svg(figure, others, salt + "m")

    return background, step


def _svg(figure: Figure, artists: list, salt: str) -> str:
    """The artists as an SVG element, without what would reach the page outside it.

    matplotlib's own style rule restyles every element of a page, and its ids repeat from picture
    to picture; ids that are referred to (clips, hatchings) stay, and `salt` makes them unique.
    """
    width, height = (72 * inches for inches in figure.get_size_inches())
    text = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": salt}):
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        renderer = RendererSVG(width, height, text, None, 72, metadata=nothing)
        for artist in artists:
            artist.draw(renderer)
        renderer.finalize()
    svg = text.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<defs>\s*<style[^>]*>[^<]*</style>\s*</defs>", "", svg, count=1)
    svg = re.sub(r'<(g|svg)([^>]*?) id="[^"]*"', r"<\1\2", svg)
    return re.sub(r'(<svg[^>]*?) width="[^"]*" height="[^"]*"', r"\1", svg, count=1)
