"""A picture drawn in the kernel: SVG that stays, and SVG of what moves, drawn anew at each step."""

import functools
import io
import re
import uuid
from collections.abc import Callable

import matplotlib as mpl
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.text import Text

from kl_lessons.plots import Picture


def layers(picture: Picture, numbers: dict) -> tuple[str, Callable[[dict], str]]:
    """A picture as two SVG texts of one size: what stays, and a function that draws what moves.

    The figure is laid out once. A step moves the artists and draws these alone.
    """
    salt = f"kl{uuid.uuid4().hex}"  # two kernels' pictures can stand in one page
    figure = Figure(figsize=picture.size, dpi=72, layout="constrained")
    FigureCanvasAgg(figure)
    move = picture.draw(figure.subplots(), numbers)
    moving = sorted(move(numbers), key=lambda artist: artist.get_zorder())
    titles = [axes.title for axes in figure.axes]
    words = [a for a in moving if isinstance(a, Axis | Legend) or a in titles]
    scales = [artist for artist in words if isinstance(artist, Axis)]
    others = [artist for artist in moving if artist not in words]
    formatters = [axis.get_major_formatter() for axis in scales]
    for axis in scales:
        axis.set_major_formatter("−0.000")  # room for the longest number a step may bring
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    for axis, formatter in zip(scales, formatters, strict=True):
        axis.set_major_formatter(formatter)
    for artist in moving:
        artist.set_animated(True)  # a figure leaves animated artists out
    background = svg(figure, [figure], salt + "b")

    @functools.lru_cache(maxsize=64)  # words are dear to draw, and take few values
    def drawn(seen: tuple) -> str:
        return svg(figure, words, salt + "s") if words else ""

    def step(numbers: dict) -> str:
        move(numbers)
        return drawn(tuple(map(_seen, words))) + svg(figure, others, salt + "m")

    return background, step


def _seen(artist: Axis | Legend | Text) -> tuple:
    """All that tells one state of it from another: limits, places, words."""
    if isinstance(artist, Text):
        return artist.get_text(), artist.get_position(), artist.get_visible(), artist.get_color()
    if isinstance(artist, Legend):
        return tuple(text.get_text() for text in artist.get_texts())
    words = (text.get_text() for text in (artist.label, *artist.get_ticklabels()))
    return (*artist.get_view_interval(), *words)


def svg(figure: Figure, artists: list, salt: str) -> str:
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
    drawing = text.getvalue()
    drawing = drawing[drawing.index("<svg") :]
    drawing = re.sub(r"<defs>\s*<style[^>]*>[^<]*</style>\s*</defs>", "", drawing, count=1)
    drawing = re.sub(r'<(g|svg|image)([^>]*?) id="[^"]*"', r"<\1\2", drawing)
    return re.sub(r'(<svg[^>]*?) width="[^"]*" height="[^"]*"', r"\1", drawing, count=1)
