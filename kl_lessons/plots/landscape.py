"""Pictures of KL over the triangle of all distributions of three classes."""

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Polygon
from numpy.typing import ArrayLike

from kl_lessons.information import as_distribution, total_variation
from kl_lessons.plots.base import PALETTE, infinity_sign, number, picture, unit
from kl_lessons.plots.triangle import (
    CELLS,
    CENTRES,
    CORNERS,
    HEXAGON,
    kl_from,
    kl_to,
    outlines,
    pinsker,
)

CURVES = (0.05, 0.1, 0.2, 0.5, 1)  # the thin level curves
DARKEST = 2  # what is larger has the same colour
# Lightness falls in even steps, so equal differences look equal, in grey too.
COLOURS = LinearSegmentedColormap.from_list("KL", ["#FFFFFF", "#CFA3CB", PALETTE["KL"].fill], 20)


def _three(p: ArrayLike) -> np.ndarray:
    """p as a distribution of three classes: a third that is not given has probability 0."""
    p = as_distribution("p", p)
    if p.ndim != 1 or p.size not in (2, 3):
        raise ValueError(f"p has shape {p.shape}: the triangle holds one P of three classes")
    return np.append(p, [0.0] * (3 - p.size))


def _in_words(
    kl: Callable, name: str, p: np.ndarray, base: float | None, level: float, infinite: str
) -> str:
    """What both landscapes say, with what each says of infinity."""
    here = ", ".join(number(x, 3) for x in p)
    curves = ", ".join(f"{x:g}" for x in CURVES)
    farthest = total_variation(p, outlines(kl, p, [level], base)[0]).max()
    return (
        f"{name} around P = ({here}): curves at {curves}, darkest from {DARKEST} {unit(base)}"
        f"{infinite}. Within {number(level, 2)}, bold, TV ≤ {number(farthest, 3)}; Pinsker, "
        f"dashed, says ≤ {number(pinsker(level, base), 3)}."
    )


def landscape_from_in_words(
    p: ArrayLike, base: float | None = None, labels: list[str] | None = None, level: float = 0.1
) -> str:
    """P, the curves, where KL(P‖Q) is infinite, and Pinsker's bound in numbers."""
    infinite = ", ∞ on hatched edges"
    return _in_words(kl_from, "KL(P‖Q)", _three(p), base, level, infinite)


def landscape_to_in_words(
    p: ArrayLike, base: float | None = None, labels: list[str] | None = None, level: float = 0.1
) -> str:
    """P, the curves, where KL(Q‖P) is infinite, and Pinsker's bound in numbers."""
    p = _three(p)
    infinite = "" if p.all() else ", ∞ where hatched"
    return _in_words(kl_to, "KL(Q‖P)", p, base, level, infinite)


@picture(says=landscape_from_in_words, size=(4.2, 4.0))
def landscape_from(
    ax: Axes,
    p: ArrayLike,
    base: float | None = None,
    labels: list[str] | None = None,
    level: float = 0.1,
) -> Callable:
    """KL(P‖Q) for every belief Q of three classes, P marked; returns the mover.

    Thin level curves, the curve at `level` bold, and dashed the hexagon of all Q with
    TV(P,Q) ≤ √(level/2), level in nats: by Pinsker the bold curve lies in it. ∞ on hatched edges.
    """
    move_common, fixed = _landscape(ax, kl_from, "KL(P‖Q) for each belief Q", labels)
    strips = [ax.add_patch(_hatched(_beside(i, 0, 0.035))) for i in range(3)]
    signs = [infinity_sign(ax, 0) for _ in range(3)]
    for i, sign in enumerate(signs):
        sign.set(position=_beside(i, 0.1, 0.1).mean(axis=0), va="center")
        sign.set_bbox(None)

    def move(
        p: ArrayLike,
        base: float | None = None,
        labels: list[str] | None = None,
        level: float = 0.1,
    ) -> list:
        p = _three(p)
        for probability, strip, sign in zip(p, strips, signs, strict=True):
            strip.set_visible(probability > 0)
            sign.set_visible(probability > 0)
        move_common(p, base, level)
        return [*fixed, *strips, *signs]

    move(p, base, level=level)
    return move


@picture(says=landscape_to_in_words, size=(4.2, 4.0))
def landscape_to(
    ax: Axes,
    p: ArrayLike,
    base: float | None = None,
    labels: list[str] | None = None,
    level: float = 0.1,
) -> Callable:
    """KL(Q‖P) for every truth Q of three classes, P, the belief, marked; returns the mover.

    Curves as in `landscape_from`. Where P calls a class impossible, KL is ∞ for each Q that
    does not: all is hatched but the side (or the corner) that is left, which is white.
    """
    move_common, fixed = _landscape(ax, kl_to, "KL(Q‖P) for each truth Q", labels)
    everywhere = ax.add_patch(_hatched(CORNERS, zorder=1.5))
    (finite,) = ax.plot([], [], color="white", linewidth=5, zorder=1.6)
    sign = infinity_sign(ax, 0.5)
    sign.set(y=CORNERS[2, 1] / 3, va="center")

    def move(
        p: ArrayLike,
        base: float | None = None,
        labels: list[str] | None = None,
        level: float = 0.1,
    ) -> list:
        p = _three(p)
        somewhere = not p.all()
        everywhere.set_visible(somewhere)
        sign.set_visible(somewhere)
        finite.set(visible=somewhere, data=CORNERS[p > 0].T)
        move_common(p, base, level)
        return [*fixed, everywhere, finite, sign]

    move(p, base, level=level)
    return move


def _landscape(ax: Axes, kl: Callable, title: str, labels: list[str] | None) -> tuple:
    """What both pictures share: a function that moves it, and the artists that it moves."""
    names = ["1", "2", "3"] if labels is None else labels
    ax.set(xlim=(-0.12, 1.12), ylim=(-0.16, 1), aspect="equal", title=title, xticks=[], yticks=[])
    ax.set_axis_off()
    triangle = ax.add_patch(Polygon(CORNERS, facecolor="none", edgecolor="black", zorder=2))
    for (x, y), name in zip(CORNERS, names, strict=False):
        ax.text(x, y + (0.03 if y else -0.04), f"{name}", ha="center", parse_math=False)
        ax.texts[-1].set_va("bottom" if y else "top")
    cells = ax.imshow(
        np.zeros((CELLS, CELLS)),
        COLOURS,
        vmin=0,
        vmax=DARKEST,
        origin="lower",
        extent=(0, 1, 0, CORNERS[2, 1]),
        interpolation="none",
        zorder=1,
    )
    cells.set_clip_path(triangle)
    thin = [ax.plot([], [], color="black", linewidth=0.6)[0] for _ in CURVES]
    (bold,) = ax.plot([], [], color="black", linewidth=2, label="KL ≤ level")
    (ball,) = ax.plot([], [], color="black", linewidth=1.2, linestyle="--", label="TV ≤ √(level/2)")
    ball.set_clip_path(triangle)
    blue = PALETTE["P"]
    (mark,) = ax.plot(
        [], [], "o", color=blue.fill, markeredgecolor="white", markersize=8, label="P"
    )
    _colour_scale(ax)
    ax.legend(loc="upper left", bbox_to_anchor=(-0.02, 1), borderaxespad=0)

    def move(p: np.ndarray, base: float | None, level: float) -> None:
        cells.set_data(np.minimum(kl(p, CENTRES, base), DARKEST))
        for line, edge in zip([*thin, bold], outlines(kl, p, [*CURVES, level], base), strict=True):
            _trace(line, edge)
        _trace(ball, p + pinsker(level, base) * HEXAGON)
        mark.set_data((p @ CORNERS)[:, None])

    return move, [cells, *thin, bold, ball, mark, triangle]  # the edge lies on the cells


def _trace(line: object, edge: np.ndarray) -> None:
    """Lead the line once around the points, given as distributions."""
    line.set_data((np.vstack([edge, edge[:1]]) @ CORNERS).T)


def _beside(i: int, near: float, far: float) -> np.ndarray:
    """The strip along the edge opposite to corner i, so far away from it: four points."""
    away = CORNERS.mean(axis=0) - CORNERS[i]
    away = away / np.hypot(*away)
    one, other = np.delete(CORNERS, i, axis=0)
    return np.array([one + near * away, other + near * away, other + far * away, one + far * away])


def _hatched(points: np.ndarray, zorder: float = 1) -> Polygon:
    """An area in which KL is ∞."""
    colour = PALETTE["KL"]
    return Polygon(
        points,
        facecolor=colour.fill,
        edgecolor=colour.ink,
        hatch=colour.hatch,
        linewidth=0,
        zorder=zorder,
    )


def _colour_scale(ax: Axes) -> None:
    """The colours from 0 to DARKEST, below the triangle."""
    bar = ax.inset_axes((0.2, -0.02, 0.6, 0.035))
    bar.imshow(np.linspace(0, DARKEST, 64)[None], COLOURS, aspect="auto", extent=(0, DARKEST, 0, 1))
    bar.set(yticks=[], xticks=[0, DARKEST / 2, DARKEST], xticklabels=["0", "1", "2 and more"])
