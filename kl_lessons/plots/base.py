"""What all pictures share: the palette, the contract, numbers in words, bars, names, ∞."""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from numpy.typing import ArrayLike


class Colour(NamedTuple):
    """How a quantity looks: the fill of its bars, their hatching and the ink of lines and words.

    `formula` is its colour in formulas and beside sliders, legible on light and dark pages.
    """

    fill: str
    ink: str
    formula: str
    hatch: str


PALETTE = {
    "P": Colour("#0072B2", "#00507D", "#0072B2", "//"),
    "Q": Colour("#F0A030", "#9A5600", "#B06000", "\\\\"),
    "KL": Colour("#9C4F96", "#7A3574", "#9C4F96", "xx"),
    "H(P)": Colour("#C8C8C8", "#595959", "#767676", ""),
    "H(P,Q)": Colour("#303030", "#000000", "#767676", ""),
    "ratio": Colour("#FFFFFF", "#303030", "#767676", "--"),
}


def picture(says: Callable[..., str], size: tuple[float, float] = (3.1, 2.9)) -> Callable:
    """A decorator that gives a picture its sentence and its size in inches."""

    def decorate(draw: Callable) -> Callable:
        draw.says = says
        draw.size = size
        return draw

    return decorate


def number(x: float, digits: int = 4) -> str:
    """x as the lessons print it: fixed digits, a true minus sign, ∞ for infinity."""
    if math.isinf(x):
        return "∞" if x > 0 else "−∞"
    return f"{x:z,.{digits}f}".replace("-", "−")  # z: what rounds to 0 has no sign


def unit(base: float | None) -> str:
    """The name of the unit that logarithms to the base give."""
    return {None: "nats", 2: "bits"}.get(base, f"units of log {base}")


def scale(largest: float) -> float:
    """The smallest of …, 0.1, 0.2, 0.5, 1, 2, 5, … that is not below `largest` (nor 0.1)."""
    if largest <= 0.1:
        return 0.1
    decade = 10.0 ** math.floor(math.log10(largest))
    return next(step * decade for step in (1, 2, 5, 10) if step * decade >= largest)


def bars_of(
    ax: Axes, at: ArrayLike, width: float, name: str, label: str | None = None
) -> list[Rectangle]:
    """Bars of no height in the colour and hatching of the quantity `name`."""
    colour = PALETTE[name]
    return list(
        ax.bar(
            at,
            np.zeros(len(at)),
            width,
            label=label,
            facecolor=colour.fill,
            edgecolor=colour.ink,
            hatch=colour.hatch,
            linewidth=0.8,
        )
    )


def name_outcomes(ax: Axes, outcomes: int, labels: list[str] | None) -> None:
    """The outcomes' names below the axis; letters stay upright, longer names of many tilt."""
    labels = [str(i + 1) for i in range(outcomes)] if labels is None else list(labels)
    tilted = outcomes > 4 and max(map(len, labels)) > 2
    ax.set_xticks(
        range(outcomes), labels, rotation=45 if tilted else 0, ha="right" if tilted else "center"
    )
    for name in ax.get_xticklabels():
        name.set_parse_math(False)
    ax.tick_params(axis="x", length=0)


def legend_above(ax: Axes, columns: int) -> None:
    """The legend where no bar and no line can reach it."""
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=columns, borderaxespad=0.2)


def infinity_sign(ax: Axes, x: float) -> Text:
    """An ∞ at the upper edge, not to be seen before it is needed."""
    return ax.text(
        x,
        0,
        "∞",
        ha="center",
        va="top",
        size=14,
        weight="bold",
        visible=False,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
    )
