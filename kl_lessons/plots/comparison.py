"""Pictures of two distributions: their bars, the terms of KL, and H(P,Q) = H(P) + KL(P‖Q)."""

import math
from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch
from numpy.typing import ArrayLike

from kl_lessons.information import as_distribution, cross_entropy, entropy, kl_divergence, kl_terms
from kl_lessons.plots.base import (
    PALETTE,
    bars_of,
    infinity_sign,
    legend_above,
    name_outcomes,
    number,
    picture,
    scale,
    unit,
)

MOST_AT_FULL_HEIGHT = 8  # outcomes on a scale that ends at 1


def distributions_in_words(p: ArrayLike, q: ArrayLike, labels: list[str] | None = None) -> str:
    """The probabilities of P and Q in a sentence; of many outcomes, the largest of each."""
    p, q = as_distribution("p", p), as_distribution("q", q)
    if p.size <= 6:
        each = (", ".join(number(x, 3) for x in values) for values in (p, q))
        return "P = ({}), Q = ({}).".format(*each)
    names = labels or [str(i + 1) for i in range(p.size)]
    most = (f"{names[v.argmax()]} ({number(v.max(), 3)})" for v in (p, q))
    return "Most probable of {} outcomes: under P {}, under Q {}.".format(p.size, *most)


@picture(says=distributions_in_words)
def distributions(
    ax: Axes, p: ArrayLike, q: ArrayLike, labels: list[str] | None = None
) -> Callable:
    """The probabilities of P and Q as pairs of bars; returns the mover."""
    outcomes = np.arange(np.size(p))
    bars_p = bars_of(ax, outcomes - 0.2, 0.4, "P", "P, the truth")
    bars_q = bars_of(ax, outcomes + 0.2, 0.4, "Q", "Q, the belief")
    name_outcomes(ax, outcomes.size, labels)
    legend_above(ax, 2)

    def move(p: ArrayLike, q: ArrayLike, labels: list[str] | None = None) -> list:
        ax.set_ylim(0, 1 if outcomes.size <= MOST_AT_FULL_HEIGHT else scale(max(*p, *q)))
        for bars, values in ((bars_p, p), (bars_q, q)):
            for bar, height in zip(bars, values, strict=True):
                bar.set_height(height)
        return [ax.yaxis, *bars_p, *bars_q]

    move(p, q)
    return move


def terms_in_words(
    p: ArrayLike, q: ArrayLike, labels: list[str] | None = None, base: float | None = None
) -> str:
    """How many terms are positive and negative, and their sum."""
    terms = kl_terms(p, q, base=base)
    return (
        f"{(terms > 0).sum()} of the {terms.size} terms p log(p/q) above 0, "
        f"{(terms < 0).sum()} below; they sum to KL(P‖Q) = {number(terms.sum())} {unit(base)}."
    )


@picture(says=terms_in_words)
def terms(
    ax: Axes,
    p: ArrayLike,
    q: ArrayLike,
    labels: list[str] | None = None,
    base: float | None = None,
) -> Callable:
    """The terms p log(p/q) as bars; one that is ∞ reaches the edge. Returns the mover."""
    bars = bars_of(ax, np.arange(np.size(p)), 0.6, "KL")
    signs = [infinity_sign(ax, bar.get_x() + bar.get_width() / 2) for bar in bars]
    ax.set_title("p log(p/q), term by term")
    zero = ax.axhline(0, color="black", linewidth=0.8)
    name_outcomes(ax, np.size(p), labels)

    def move(
        p: ArrayLike,
        q: ArrayLike,
        labels: list[str] | None = None,
        base: float | None = None,
    ) -> list:
        heights = kl_terms(p, q, base=base)
        finite = heights[np.isfinite(heights)]
        top = scale(finite.max(initial=0))
        bottom = -scale(-finite.min(initial=0))
        ax.set_ylim(bottom, top * 1.04)
        for bar, sign, height in zip(bars, signs, heights, strict=True):
            bar.set_height(min(height, top * 1.04))
            sign.set(visible=math.isinf(height), y=top)
        return [ax.yaxis, zero, *bars, *signs]

    move(p, q, base=base)
    return move


def measures_in_words(p: ArrayLike, q: ArrayLike, base: float | None = None) -> str:
    """Entropies, cross-entropies and divergences both ways, as the page's explorer says them."""
    measures = {
        "H(P)": entropy(p, base=base),
        "H(Q)": entropy(q, base=base),
        "H(P,Q)": cross_entropy(p, q, base=base),
        "H(Q,P)": cross_entropy(q, p, base=base),
        "KL(P‖Q)": kl_divergence(p, q, base=base),
        "KL(Q‖P)": kl_divergence(q, p, base=base),
    }
    each = (f"{name} = {number(value)}" for name, value in measures.items())
    return f"{', '.join(each)} {unit(base)}."


def decomposition_in_words(p: ArrayLike, q: ArrayLike, base: float | None = None) -> str:
    """The identity H(P,Q) = H(P) + KL(P‖Q) in numbers."""
    crossed, alone, extra = (
        number(x)
        for x in (
            cross_entropy(p, q, base=base),
            entropy(p, base=base),
            kl_divergence(p, q, base=base),
        )
    )
    return f"H(P,Q) = H(P) + KL(P‖Q): {crossed} = {alone} + {extra} {unit(base)}."


@picture(says=decomposition_in_words)
def decomposition(ax: Axes, p: ArrayLike, q: ArrayLike, base: float | None = None) -> Callable:
    """H(P) and KL(P‖Q) stacked beside H(P,Q), with arrows that name them; returns the mover."""
    alone, extra, crossed = (
        bars_of(ax, [x], 0.6, name)[0] for x, name in ((0, "H(P)"), (0, "KL"), (1.9, "H(P,Q)"))
    )
    arrows = [
        _arrow(ax, -0.45, "H(P)", "H(P)", "right"),
        _arrow(ax, 0.45, "KL", "KL(P‖Q)", "left"),
        _arrow(ax, 2.35, "H(P,Q)", "H(P,Q)", "left"),
    ]
    infinities = [infinity_sign(ax, 0), infinity_sign(ax, 1.9)]
    ax.set(xlim=(-1.3, 3.5), xticks=[], title="H(P,Q) = H(P) + KL(P‖Q)")

    def move(p: ArrayLike, q: ArrayLike, base: float | None = None) -> list:
        entropy_p = entropy(p, base=base)
        total = cross_entropy(p, q, base=base)
        top = scale(total if math.isfinite(total) else 2 * entropy_p)
        end = min(total, top * 1.04)
        ax.set_ylim(0, top * 1.04)
        alone.set_height(entropy_p)
        extra.set(y=entropy_p, height=end - entropy_p)
        crossed.set_height(end)
        spans = (0, entropy_p), (entropy_p, end), (0, end)
        for (arrow, name), (low, high) in zip(arrows, spans, strict=True):
            arrow.set_positions((arrow.x, low), (arrow.x, high))
            arrow.set_arrowstyle("<->" if high - low > 0.1 * top else "-")
            name.set_y(max((low + high) / 2, 0.03 * top))
        for sign in infinities:
            sign.set(visible=math.isinf(total), y=top)
        return [ax.yaxis, alone, extra, crossed, *sum(arrows, ()), *infinities]

    move(p, q, base)
    return move


def _arrow(ax: Axes, x: float, quantity: str, text: str, side: str) -> tuple:
    """An upright two-headed arrow at x and its name on the side away from the text's anchor."""
    ink = PALETTE[quantity].ink
    arrow = FancyArrowPatch((x, 0), (x, 0), color=ink, mutation_scale=9, shrinkA=0, shrinkB=0)
    arrow.x = x
    gap = -0.1 if side == "right" else 0.1
    return ax.add_patch(arrow), ax.text(x + gap, 0, text, color=ink, ha=side, va="center")
