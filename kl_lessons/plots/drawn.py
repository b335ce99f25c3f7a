"""Marks as matplotlib draws them: artists made once, and movers that make them follow."""

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.cm import ScalarMappable
from matplotlib.colors import ListedColormap, Normalize
from matplotlib.legend import Legend
from matplotlib.patches import FancyArrowPatch, Polygon, Rectangle
from matplotlib.patheffects import withStroke
from matplotlib.ticker import NullFormatter

from kl_lessons.look import PALETTE, RAMPS, filled, log_tick_name, log_ticks, ticks

LIGHT_INK = 0.7  # the shade of a tile from which on its letter is white


def drawn(ax: Axes, chart: dict, numbers: dict) -> Callable:
    """Draw the chart's marks on the Axes; return the mover, which returns what may move."""
    ax.set_autoscale_on(False)
    for name in ("x", "y"):
        _set_up(ax, name, chart[name])
    if chart["equal"]:
        ax.set_aspect("equal")
    moving, movers, entries = [ax.title, ax.xaxis, ax.yaxis], [], []
    for order, mark in enumerate(chart["marks"]):
        artists, move_mark = DRAW[mark["kind"]](ax, mark, numbers)
        for artist in artists:
            artist.set(zorder=2 + order / 100, gid=f"mark {order}")
            artist.set_in_layout(mark["kind"] == "texts")  # the others lie within the limits
        moving += artists
        movers.append(move_mark)
        if mark.get("label") and mark["kind"] != "cells":
            entries.append((artists[0], mark["label"]))
    legend = _legend(ax, entries, chart["columns"])
    moving += [legend] * bool(entries)
    title = ax.set_title("", pad=_height(legend) + 6 if _is_above(chart, legend) else None)

    def move(numbers: dict) -> list:
        title.set_text(filled(chart["title"], numbers))
        for name in ("x", "y"):
            _limit(ax, name, chart[name], numbers)
        for move_mark in movers:
            move_mark(numbers)
        for i, (_, label) in enumerate(entries):
            legend.get_texts()[i].set_text(filled(label, numbers))
        return moving

    move(numbers)
    return move


def _set_up(ax: Axes, name: str, axis: dict) -> None:
    """What of an axis never changes."""
    if axis["kind"] == "log":
        ax.set(**{f"{name}scale": "log"})
        (ax.xaxis if name == "x" else ax.yaxis).set_minor_formatter(NullFormatter())
    elif axis["kind"] == "names":
        ax.tick_params(name, length=0)
    elif axis["kind"] == "hidden":
        ax.spines["bottom" if name == "x" else "left"].set_visible(False)
        ax.set(**{f"{name}ticks": []})


def _limit(ax: Axes, name: str, axis: dict, numbers: dict) -> None:
    """The limits of an axis, what stands at it, and its name."""
    drawn_axis = ax.xaxis if name == "x" else ax.yaxis
    if axis["kind"] == "names":
        texts = value(axis["names"], numbers)
        ends = (-0.5, len(texts) - 0.5)
        ax.set(**{f"{name}lim": ends if name == "x" else ends[::-1]})
        _name(drawn_axis, texts, tilted=name == "x" and tilts(texts))
    else:
        low, high = value(axis["limits"], numbers)
        ax.set(**{f"{name}lim": (low, high)})
        if axis["kind"] == "linear":
            blank = axis["blank"] is not None and numbers[axis["blank"]]
            drawn_axis.set_ticks([0] if blank else ticks(low, high))
        elif axis["kind"] == "log":
            marks = log_ticks(low, high)
            drawn_axis.set_ticks(marks, [log_tick_name(mark) for mark in marks])
    drawn_axis.set_label_text(filled(axis["label"], numbers))


def tilts(texts: list[str]) -> bool:
    """Whether names below an axis are tilted: letters stay upright, longer names of many tilt."""
    return (len(texts) > 4 and max(map(len, texts)) > 2) or sum(map(len, texts)) > 36


def _name(axis: Axis, texts: list[str], tilted: bool) -> None:
    """The names of outcomes at an axis, as plain text."""
    axis.set_ticks(range(len(texts)), texts)
    for label in axis.get_ticklabels():
        label.set_parse_math(False)
        if tilted:
            label.set(rotation=45, ha="right", rotation_mode="anchor")


def _legend(ax: Axes, entries: list[tuple], columns: int) -> Legend | None:
    """The legend: above, where no bar and no line can reach it, or inside."""
    if not entries:
        return None
    above = {"loc": "lower center", "bbox_to_anchor": (0.5, 1), "ncols": columns}
    inside = {"loc": "upper left", "bbox_to_anchor": (-0.02, 1)}
    place = above if columns else inside
    handles, labels = zip(*entries, strict=True)
    return ax.legend(handles, labels, borderaxespad=0.2, **place)


def _is_above(chart: dict, legend: Legend | None) -> bool:
    """Whether the legend stands where a title would."""
    return legend is not None and bool(chart["title"] and chart["columns"])


def _height(legend: Legend) -> float:
    """How tall the legend is, in points."""
    return legend.get_window_extent().height * 72 / legend.get_figure().dpi


def value(ref: object, numbers: dict) -> object:
    """What an argument of a mark stands for."""
    return numbers[ref] if isinstance(ref, str) else ref


def array(ref: object, numbers: dict) -> np.ndarray:
    """The same as an array of one axis."""
    return np.atleast_1d(np.asarray(value(ref, numbers), dtype=float))


def seen(mark: dict, numbers: dict) -> bool:
    """Whether the mark is to be seen."""
    return mark["show"] is None or bool(numbers[mark["show"]])


# One function for each kind of mark: it returns the artists and what moves them.


def _bars(ax: Axes, mark: dict, numbers: dict) -> tuple[list, Callable]:
    sideways, look = mark["sideways"], _look(mark["quantity"])
    places = array(mark["at"], numbers) - mark["width"] / 2
    if sideways:
        bars = list(ax.barh(places, np.zeros(places.size), mark["width"], align="edge", **look))
    else:
        bars = list(ax.bar(places, np.zeros(places.size), mark["width"], align="edge", **look))
    (cuts,) = ax.plot([], [], color="white", linewidth=2)
    infinities, place = _infinities(ax)

    def move(numbers: dict) -> None:
        at, to = array(mark["at"], numbers), array(mark["to"], numbers)
        start = np.broadcast_to(array(mark["start"], numbers), to.shape)
        low, high = ax.get_xlim() if sideways else ax.get_ylim()
        ends, sides = np.clip(to, low, high), at - mark["width"] / 2
        for bar, side, begin, end in zip(bars, sides, start, ends, strict=True):
            if sideways:
                bar.set(x=begin, width=end - begin, y=side)
            else:
                bar.set(y=begin, height=end - begin, x=side)
        infinite = np.isinf(to)
        ends, across = ends[infinite], at[infinite]
        inwards = -np.sign(ends) * (high - low)
        cut = (ends + 0.16 * inwards)[:, None] + np.array([-0.015, 0.015, np.nan]) * (high - low)
        edge = across[:, None] + np.array([-0.55, 0.55, np.nan]) * mark["width"]
        cuts.set_data(*(cut.ravel(), edge.ravel()) if sideways else (edge.ravel(), cut.ravel()))
        inside = ends + 0.06 * inwards
        place(*((inside, across) if sideways else (across, inside)), to[infinite] < 0)

    return [*bars, cuts, *infinities], move


def _line(ax: Axes, mark: dict, numbers: dict) -> tuple[list, Callable]:
    style = {"color": mark["paint"] or PALETTE[mark["quantity"]].ink, "linewidth": mark["width"]}
    dashes = [length / mark["width"] for length in mark["dash"]]  # in widths of the line
    (path,) = ax.plot([], [], linestyle=(0, dashes) if dashes else "-", **style)
    _clip(ax, path, mark["clip"])

    def move(numbers: dict) -> None:
        path.set(
            data=(array(mark["x"], numbers), array(mark["y"], numbers)),
            visible=seen(mark, numbers),
        )

    return [path], move


def _area(ax: Axes, mark: dict, numbers: dict) -> tuple[list, Callable]:
    look = _look(mark["quantity"])
    if not mark["hatched"]:
        look |= {"hatch": "", "linewidth": 0}
    inside = ax.add_patch(Polygon(np.zeros((3, 2)), **look))

    def move(numbers: dict) -> None:
        corners = np.column_stack([array(mark["x"], numbers), array(mark["y"], numbers)])
        inside.set(xy=corners, visible=seen(mark, numbers))

    return [inside], move


def _dots(ax: Axes, mark: dict, numbers: dict) -> tuple[list, Callable]:
    fill = PALETTE[mark["quantity"]].fill
    style = {"color": fill, "markeredgecolor": "white", "markersize": mark["size"]}
    (points,) = ax.plot([], [], "o", clip_on=False, **style)

    def move(numbers: dict) -> None:
        points.set_data(array(mark["x"], numbers), array(mark["y"], numbers))

    return [points], move


def _arrows(ax: Axes, mark: dict, numbers: dict) -> tuple[list, Callable]:
    ink, side = PALETTE[mark["quantity"]].ink, mark["side"]
    places = array(mark["x"], numbers)
    look = {"color": ink, "mutation_scale": 9, "shrinkA": 0, "shrinkB": 0}
    darts = [ax.add_patch(FancyArrowPatch((0, 0), (0, 0), **look)) for _ in places]
    words = []
    if mark["text"]:
        style = {"color": ink, "ha": "left" if side > 0 else "right", "va": "center"}
        words = [ax.text(0, 0, "", **style) for _ in places]

    def move(numbers: dict) -> None:
        places, start, to = (array(mark[name], numbers) for name in ("x", "start", "to"))
        low, high = ax.get_ylim()
        for i, (x, begin, end) in enumerate(
            zip(places, start, np.clip(to, low, high), strict=True)
        ):
            dart = darts[i]
            heads = "<|-|>" if mark["both"] else "-|>"
            dart.set_positions((x, begin), (x, end))
            dart.set_arrowstyle(heads if abs(end - begin) > 0.1 * (high - low) else "-")
            dart.set_visible(seen(mark, numbers))
            if words:
                middle = max((begin + end) / 2, low + 0.03 * (high - low))
                beside = x + 0.027 * side * np.ptp(ax.get_xlim())
                words[i].set(text=filled(mark["text"], numbers), position=(beside, middle))

    return [*darts, *words], move


def _texts(ax: Axes, mark: dict, numbers: dict) -> tuple[list, Callable]:
    ink = PALETTE[mark["quantity"]].ink
    rise = {1: "bottom", 0: "center", -1: "top"}[mark["rise"]]
    style = {"color": ink, "ha": mark["align"], "va": rise, "parse_math": False}
    words = [ax.text(0, 0, "", **style) for _ in array(mark["x"], numbers)]

    def move(numbers: dict) -> None:
        each = value(mark["text"], numbers)
        texts = [filled(each, numbers)] if isinstance(each, str) else each
        points = array(mark["x"], numbers), array(mark["y"], numbers)
        for word, x, y, text in zip(words, *points, texts, strict=True):
            word.set(position=(x, y), text=text, visible=seen(mark, numbers))

    return words, move


def _signs(ax: Axes, mark: dict, numbers: dict) -> tuple[list, Callable]:
    infinities, place = _infinities(ax, light=mark["light"])

    def move(numbers: dict) -> None:
        x, y = array(mark["x"], numbers), array(mark["y"], numbers)
        below = bool(numbers[mark["below"]]) if mark["below"] else False
        place(x, y, np.full(x.shape, below))

    return infinities, move


def _cells(ax: Axes, mark: dict, numbers: dict) -> tuple[list, Callable]:
    colours, to_most = ListedColormap(RAMPS[mark["colours"]]), Normalize(0, mark["most"])
    (left, right), (bottom, top) = value(mark["x"], numbers), value(mark["y"], numbers)
    image = ax.imshow(
        np.asarray(value(mark["values"], numbers), dtype=float),
        colours,
        norm=to_most,
        origin="lower",
        extent=(left, right, bottom, top),
        aspect="auto",
        interpolation="none",
    )
    _clip(ax, image, mark["clip"])

    def paint(numbers: dict) -> None:
        image.set_data(np.minimum(value(mark["values"], numbers), 2 * mark["most"]))

    if not mark["label"]:
        return [image], paint
    scale = ax.figure.colorbar(
        ScalarMappable(to_most, colours),
        ax=ax,
        location="bottom" if mark["clip"] else "right",
        shrink=0.6 if mark["clip"] else 1,
        extend="max",
    )

    def move(numbers: dict) -> None:
        paint(numbers)
        scale.set_label(filled(mark["label"], numbers))

    return [image, scale.ax.xaxis if mark["clip"] else scale.ax.yaxis], move


def _tiles(ax: Axes, mark: dict, numbers: dict) -> tuple[list, Callable]:
    ramp, columns, places = RAMPS[mark["colours"]], mark["columns"], len(numbers[mark["text"]])
    corners = [(i % columns - 0.5, i // columns - 0.5) for i in range(places)]
    squares = [ax.add_patch(Rectangle(corner, 1, 1, linewidth=0)) for corner in corners]
    style = {"ha": "center", "va": "center", "parse_math": False}
    words = [ax.text(x + 0.5, y + 0.5, "", **style) for x, y in corners]

    def move(numbers: dict) -> None:
        texts, shades = value(mark["text"], numbers), array(mark["shade"], numbers)
        for square, word, text, shade in zip(squares, words, texts, shades, strict=True):
            colour = ramp[min(len(ramp) - 1, int(shade * len(ramp)))]
            square.set(facecolor=colour, visible=text != "")
            word.set(text=text, color="white" if shade > LIGHT_INK else "black")

    return [*squares, *words], move


def _rule(ax: Axes, mark: dict, numbers: dict) -> tuple[list, Callable]:
    line = ax.axhline(0, color="black", linewidth=0.8)

    def move(numbers: dict) -> None:
        line.set_ydata([value(mark["at"], numbers)] * 2)

    return [line], move


DRAW = {
    "bars": _bars,
    "line": _line,
    "area": _area,
    "dots": _dots,
    "arrows": _arrows,
    "texts": _texts,
    "signs": _signs,
    "cells": _cells,
    "tiles": _tiles,
    "rule": _rule,
}


def _infinities(ax: Axes, light: bool = False) -> tuple[list, Callable]:
    """Two artists, for ∞ and for −∞, and the function that sets where they stand."""
    style = {"color": "white" if light else "black", "linestyle": "none", "clip_on": False}
    style |= {"markeredgewidth": 0.3}
    if not light:
        style |= {"path_effects": [withStroke(linewidth=2.5, foreground="white")]}
    pair = [
        ax.plot([], [], marker=sign, markersize=size, **style)[0]
        for sign, size in ((r"$\infty$", 8 if light else 11), (r"$-\infty$", 16))
    ]

    def place(x: np.ndarray, y: np.ndarray, below: np.ndarray) -> None:
        for signs, here in zip(pair, (~below, below), strict=True):
            signs.set_data(x[here], y[here])

    return pair, place


def _clip(ax: Axes, artist: object, corners: list | None) -> None:
    """Cut the artist off outside the corners, given as a list of x and one of y."""
    if corners is not None:
        artist.set_clip_path(Polygon(np.transpose(corners), transform=ax.transData))


def _look(quantity: str) -> dict:
    """Fill, edge and hatching of a quantity."""
    colour = PALETTE[quantity]
    fill, ink, hatch = colour.fill, colour.ink, colour.hatch
    return {"facecolor": fill, "edgecolor": ink, "hatch": hatch, "linewidth": 0.8}
