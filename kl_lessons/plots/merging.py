"""Pictures of merging two classes: their bars join, and KL can only fall."""

import numpy as np
from numpy.typing import ArrayLike

from kl_lessons.information import as_distribution, kl_divergence, normalize
from kl_lessons.look import outcome_names, room, unit
from kl_lessons.plots.comparison import PAIRS
from kl_lessons.plots.marks import bars, linear, names
from kl_lessons.plots.picture import chart

MERGED = [{name: pair[name] for name in ("p", "q", "base") if name in pair} for pair in PAIRS]
WEATHER = {"p": [0.5, 0.3, 0.2], "q": [0.7, 0.2, 0.1]}
HIDDEN = {"p": [0.5, 0.3, 0.2], "q": [0.7, 0.3, 0.0]}  # merging hides the ∞


def merged_classes(
    p: ArrayLike, q: ArrayLike, merged: ArrayLike | None = None, labels: list[str] | None = None
) -> dict:
    """P and Q with two classes merged, the last two if none are named; these stand at the right."""
    p, q = as_distribution("p", p), as_distribution("q", q)
    order = _last(p.size, merged)
    p, q, texts = p[order], q[order], np.array(outcome_names(p.size, labels))[order]
    alone = np.arange(p.size - 2)
    joint = p.size - 1.5  # between the places of the two
    at = np.array([*alone, joint, joint])
    return {
        "p": p,
        "q": q,
        "names": texts.tolist(),
        "at_p": at - 0.2,
        "at_q": at + 0.2,
        "from_p": [*[0.0] * (p.size - 1), p[-2]],
        "from_q": [*[0.0] * (p.size - 1), q[-2]],
        "to_p": [*p[:-1], p[-2] + p[-1]],
        "to_q": [*q[:-1], q[-2] + q[-1]],
        "one": texts[-2],
        "other": texts[-1],
        "both_p": p[-2] + p[-1],
        "both_q": q[-2] + q[-1],
    }


def _last(outcomes: int, merged: ArrayLike | None) -> list[int]:
    """The order of the classes with those that are merged at the end."""
    pair = [outcomes - 2, outcomes - 1] if merged is None else [int(i) for i in merged]
    return [i for i in range(outcomes) if i not in pair] + pair


def kl_merged(
    p: ArrayLike, q: ArrayLike, merged: ArrayLike | None = None, base: float | None = None
) -> dict:
    """KL(P‖Q) before two classes are merged and after, and what is lost: the KL inside them.

    Where Q calls both impossible and P does not, KL is ∞ before and after, and nothing is lost.
    """
    p, q = as_distribution("p", p), as_distribution("q", q)
    order = _last(p.size, merged)
    alone, pair = order[:-2], order[-2:]
    both_p, both_q = p[pair].sum(), q[pair].sum()
    after = kl_divergence([*p[alone], both_p], [*q[alone], both_q], base=base)
    inside = both_p > 0 and both_q > 0
    lost = (
        both_p * kl_divergence(normalize(p[pair]), normalize(q[pair]), base=base) if inside else 0.0
    )
    kl = kl_divergence(p, q, base=base)
    three = [kl, after, lost]
    return {
        "stages": ["before", "merged", "lost"],
        "three": three,
        "kl": kl,
        "after": after,
        "lost": lost,
        "around_three": room([*three, 0.1]),
        "unit": unit(base),
    }


@chart(
    numbers=merged_classes,
    says="Merged, {one} and {other} have {both_p:p} under P and {both_q:p} under Q.",
    title="the two as one class",
    x=names(),
    y=linear([0.0, 1.0], "probability"),
    examples=[
        WEATHER | {"labels": ["sun", "cloud", "rain"]},
        WEATHER | {"labels": ["sun", "cloud", "rain"], "merged": [0, 2]},
        HIDDEN,
        *[{name: pair[name] for name in ("p", "q")} for pair in MERGED],
    ],
)
def merged() -> list[dict]:
    """P and Q when two classes are merged: the bars of one stand on those of the other."""
    return [
        bars("P", "at_p", "to_p", start="from_p", width=0.4),
        bars("Q", "at_q", "to_q", start="from_q", width=0.4),
    ]


@chart(
    numbers=kl_merged,
    says="KL(P‖Q) is {kl} {unit} before and {after} after merging; {lost} are lost, each rounded.",
    title="KL(P‖Q), in {unit}",
    x=linear("around_three"),
    y=names("stages"),
    examples=[WEATHER, WEATHER | {"merged": [0, 1], "base": 2}, HIDDEN, *MERGED],
)
def merging() -> list[dict]:
    """KL(P‖Q) before two classes are merged, after, and what is lost; one that is ∞ is broken."""
    return [bars("KL", [0, 1, 2], "three", width=0.6, sideways=True)]
