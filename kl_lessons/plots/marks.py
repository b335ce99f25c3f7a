"""What pictures are made of, as data: axes and marks, for matplotlib and for the page alike.

Where a mark takes a name, it stands for numbers[name]; anything else stands for itself.
`quantity` is a name of the palette; `label`, where there is one, the mark's name in the legend, a
template; `show` the name of a truth value without which the mark is not seen.
"""

from collections.abc import Sequence

Ref = str | float | Sequence
DASHED = (5.0, 3.0)  # the lengths of dashes and gaps, in the unit of a line's width
DOTTED = (2.0, 1.5)
DASH_DOTTED = (8.0, 2.0, 2.0, 2.0)


# Axes


def names(key: str = "names", label: str = "") -> dict:
    """An axis with a place for each outcome, at 0, 1, 2, …, and its name."""
    return {"kind": "names", "names": key, "label": label}


def linear(limits: Ref, label: str = "", blank: str | None = None) -> dict:
    """An even axis; no numbers stand at it where numbers[blank] says that nothing is measured."""
    return {"kind": "linear", "limits": limits, "label": label, "blank": blank}


def log(limits: Ref, label: str = "") -> dict:
    """A logarithmic axis."""
    return {"kind": "log", "limits": limits, "label": label}


def hidden(limits: Ref) -> dict:
    """An even axis that is not drawn."""
    return {"kind": "hidden", "limits": limits, "label": ""}


# Marks


def bars(
    quantity: str,
    at: Ref,
    to: Ref,
    *,
    start: Ref = 0.0,
    width: float = 0.8,
    sideways: bool = False,
    label: str = "",
    hand: str | None = None,
) -> dict:
    """Bars in the look of a quantity; one to ∞ is broken. `hand`: the value that a bar moves."""
    return {"kind": "bars", **locals()}


def line(
    x: Ref,
    y: Ref,
    *,
    quantity: str = "ratio",
    width: float = 1.4,
    dash: bool | Sequence[float] = (),
    label: str = "",
    show: str | None = None,
    clip: Sequence | None = None,
    paint: str | None = None,
) -> dict:
    """A line through points, in the ink of a quantity or in the colour `paint`.

    `dash` are lengths of dashes and gaps, or True for DASHED: a line is known in grey, too.
    """
    dash = DASHED if dash is True else dash or ()
    return {"kind": "line", **locals()}


def area(
    x: Ref,
    y: Ref,
    *,
    quantity: str = "band",
    hatched: bool = False,
    label: str = "",
    show: str | None = None,
) -> dict:
    """The area inside a closed line."""
    return {"kind": "area", **locals()}


def dots(
    x: Ref,
    y: Ref,
    *,
    quantity: str,
    size: float = 8.0,
    label: str = "",
    hand: str | None = None,
    lift: str | None = None,
) -> dict:
    """Dots; `hand` is the value that a dot moves, `lift` another that it moves by its height."""
    return {"kind": "dots", **locals()}


def arrows(
    x: Ref,
    start: Ref,
    to: Ref,
    *,
    quantity: str,
    both: bool = False,
    text: str = "",
    side: int = 1,
    show: str | None = None,
) -> dict:
    """Upright arrows, with heads at both ends or one; `text` stands at the right (1) or left."""
    return {"kind": "arrows", **locals()}


def texts(
    x: Ref,
    y: Ref,
    text: Ref,
    *,
    align: str = "center",
    rise: int = 0,
    quantity: str = "ratio",
    show: str | None = None,
) -> dict:
    """Words at points, or above (1) or below (-1) them."""
    return {"kind": "texts", **locals()}


def signs(x: Ref, y: Ref, *, below: str | None = None, light: bool = False) -> dict:
    """∞ at each of the points, or −∞ where numbers[below] holds; light on dark cells."""
    return {"kind": "signs", **locals()}


def cells(
    values: Ref,
    x: Ref,
    y: Ref,
    *,
    colours: str,
    most: float,
    label: str = "",
    clip: Sequence | None = None,
    reads: str = "",
) -> dict:
    """A table as colours from 0 to `most` and beyond, between the ends of x and y.

    With a label a scale of the colours stands beside it. `reads`, a template with {row}, {column}
    and {value} beside the numbers, is what the page says of a cell that is pointed at, between
    two axes of names.
    """
    return {"kind": "cells", **locals()}


def tiles(text: Ref, shade: Ref, columns: int, *, colours: str) -> dict:
    """Letters in rows of so many, each on a tile from white (shade 0) to the darkest (1).

    The ink of a letter is black or white, whichever its tile lets read; "" has no tile.
    """
    return {"kind": "tiles", **locals()}


def rule(at: Ref = 0.0) -> dict:
    """A thin line across, such as that of zero."""
    return {"kind": "rule", "at": at}
