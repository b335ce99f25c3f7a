"""Two bell curves cut into bins: where KL arises, and how a cut-off tail makes it infinite."""

import numpy as np

from kl_lessons.information import js_divergence, kl_divergence, kl_terms, normalize
from kl_lessons.look import room, unit
from kl_lessons.plots.marks import DASH_DOTTED, area, line, linear, rule, signs
from kl_lessons.plots.picture import chart

ENDS = (-8.0, 8.0)  # P, of mean 0 and width 1, has less than 1e-14 beyond
CELLS = 1600  # so fine the bells are added up
CURVES = [
    {},
    {"mean": 0.0, "width": 1.0, "bins": 4, "base": 2},
    {"mean": -3.0, "width": 0.5, "bins": 20},
    {"mean": 1.0, "width": 2.0, "cut": 2.0},
    {"mean": 3.0, "width": 3.0, "cut": 1.0, "bins": 200},
]


def two_bells(
    mean: float = 1.0,
    width: float = 2.0,
    cut: float = 8.0,
    bins: int = 80,
    base: float | None = None,
) -> dict:
    """P, the bell of mean 0 and width 1, and Q, another one that is 0 beyond ±cut, in bins.

    A bin holds what the bell has between its edges, so 40 bins are a merging of 80.
    """
    low, high = ENDS
    edges = low + (high - low) * np.arange(bins + 1) / bins
    middles = (edges[1:] + edges[:-1]) / 2
    fine = CELLS // bins  # cells of each bin: what a bin holds is their sum
    x = low + (high - low) * (np.arange(bins * fine) + 0.5) / (bins * fine)
    p = normalize(np.exp(-(x**2) / 2).reshape(bins, fine).sum(axis=1))
    around = -(((x - mean) / width) ** 2) / 2
    seen = np.abs(x) <= cut
    of_q = np.where(seen, np.exp(around - around[seen].max()), 0.0)
    q = normalize(of_q.reshape(bins, fine).sum(axis=1))
    per_unit = bins / (high - low)
    terms = kl_terms(p, q, base=base) * per_unit
    finite = np.isfinite(terms)
    limits = room([*terms[finite], -0.1, 0.1])
    lost = middles[~finite]
    sides = [*lost[lost < 0][-1:].tolist(), *lost[lost > 0][:1].tolist()]
    return {
        "x": np.repeat(edges, 2)[1:-1],
        "p": np.repeat(p * per_unit, 2),
        "q": np.repeat(q * per_unit, 2),
        "span": [low, high],
        "around_bells": [0.0, 1.04 * max(p.max(), q.max()) * per_unit],
        "around_area": limits,
        "outline_x": [low, *np.repeat(edges, 2)[1:-1].tolist(), high],
        "outline_y": [0.0, *np.repeat(np.where(finite, terms, 0.0), 2).tolist(), 0.0],
        "lost_x": sides,
        "lost_y": [limits[1]] * len(sides),
        "there": kl_divergence(p, q, base=base),
        "back": kl_divergence(q, p, base=base),
        "js": js_divergence(p, q, base=base),
        "mean": mean,
        "width": width,
        "bins": bins,
        "unit": unit(base),
    }


@chart(
    numbers=two_bells,
    says="P has mean 0 and width 1, Q mean {mean:1} and width {width:1}, in {bins:0} bins.",
    size=(4.2, 2.9),
    x=linear("span", "x"),
    y=linear("around_bells", "probability per unit of x"),
    examples=CURVES,
)
def bells() -> list[dict]:
    """Two bell curves in bins: P, and Q, which may be cut off."""
    return [
        line("x", "p", quantity="P", width=2, label="P"),
        line("x", "q", quantity="Q", width=2, dash=DASH_DOTTED, label="Q"),
    ]


@chart(
    numbers=two_bells,
    says="The area, above 0 less below 0, is KL(P‖Q) = {there}; KL(Q‖P) = {back}, JS = {js} "
    "{unit}.",
    large="KL(P‖Q) = {there} {unit}",
    size=(4.2, 2.9),
    title="p log(p/q) per unit of x",
    x=linear("span", "x"),
    y=linear("around_area", "{unit}"),
    examples=CURVES,
)
def bell_terms() -> list[dict]:
    """The terms of KL between two bell curves as an area; ∞ where Q is cut off."""
    return [
        area("outline_x", "outline_y", quantity="KL"),
        rule(),
        signs("lost_x", "lost_y"),
    ]
