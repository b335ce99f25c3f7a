"""Pictures of KL over the triangle of all distributions of three classes."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from kl_lessons.information import as_distribution, kl_divergence, total_variation
from kl_lessons.look import outcome_names, unit
from kl_lessons.plots.marks import area, cells, dots, hidden, line, signs, texts
from kl_lessons.plots.picture import chart
from kl_lessons.plots.triangle import (
    CENTRES,
    CORNERS,
    HEXAGON,
    kl_from,
    kl_to,
    outlines,
    pinsker,
)

CURVES = (0.05, 0.1, 0.2, 0.5, 1)  # the thin level curves
VISIBLE = 0.001  # a curve at less is smaller than the dot in it
DARKEST = 2  # what is larger has the same colour
HEIGHT = float(CORNERS[2, 1])
TRIANGLE = CORNERS.T.tolist()
BELIEFS = [
    {"p": [0.5, 0.3, 0.2], "labels": ["sun", "rain", "snow"]},
    {"p": [0.5, 0.3, 0.2], "level": 0.5, "base": 2},
    {"p": [0.2, 0.0, 0.8], "base": 2},
    {"p": [0.25, 0.75]},
    {"p": [0.0, 1.0, 0.0], "level": 0.01},
    {"p": [1 / 3, 1 / 3, 1 / 3], "level": 1.0},
    {"p": [0.9, 0.05, 0.05]},
]


def around_the_truth(
    p: ArrayLike, base: float | None = None, labels: list[str] | None = None, level: float = 0.1
) -> dict:
    """KL(P‖Q) for every belief Q of three classes; ∞ on the edges of a class that P shows."""
    numbers = _landscape(kl_from, p, base, labels, level)
    for i, probability in enumerate(numbers["p"]):
        numbers[f"edge_{i}"] = probability > 0
    places = [_beside(i, 0.1, 0.1).mean(axis=0) for i in np.flatnonzero(numbers["p"])]
    numbers["infinite_x"], numbers["infinite_y"] = np.transpose(places)
    return numbers


def around_the_belief(
    p: ArrayLike, base: float | None = None, labels: list[str] | None = None, level: float = 0.1
) -> dict:
    """KL(Q‖P) for every truth Q of three classes; ∞ off the side that P leaves possible."""
    numbers = _landscape(kl_to, p, base, labels, level)
    possible = numbers["p"] > 0
    somewhere = not possible.all()
    numbers["somewhere"], numbers["case"] = somewhere, int(somewhere)
    numbers["finite_x"], numbers["finite_y"] = CORNERS[possible].T
    numbers["infinite_x"] = [0.5] * somewhere
    numbers["infinite_y"] = [HEIGHT / 3] * somewhere
    return numbers


def between(
    p: ArrayLike, q: ArrayLike, base: float | None = None, labels: list[str] | None = None
) -> dict:
    """P and Q in one triangle, the level curve of KL(P‖·) through Q, and KL in both directions."""
    there, back = kl_divergence(p, q, base=base), kl_divergence(q, p, base=base)
    curved = VISIBLE <= there < math.inf
    numbers = around_the_truth(p, base, labels, there if curved else 1.0)
    numbers["q"] = np.append(q, [0.0] * (3 - np.size(q)))
    numbers["q_x"], numbers["q_y"] = (numbers["q"] @ CORNERS)[:, None]
    numbers["there"], numbers["back"], numbers["curved"] = there, back, curved
    numbers["case"] = int(not curved)
    return numbers


def _landscape(
    kl: Callable, p: ArrayLike, base: float | None, labels: list[str] | None, level: float
) -> dict:
    """What both landscapes show: the cells, the curves, Pinsker's hexagon, P."""
    p = as_distribution("p", p)
    if p.ndim != 1 or p.size not in (2, 3):
        raise ValueError(f"p has shape {p.shape}: the triangle holds one P of three classes")
    texts_of_classes = [*outcome_names(p.size, labels), "3"][:3]
    p = np.append(p, [0.0] * (3 - p.size))
    edges = outlines(kl, p, [*CURVES, level], base)
    farthest = float(total_variation(p, edges[-1]).max())
    numbers = {
        "p": p,
        "base_names": texts_of_classes[:2],
        "top_name": texts_of_classes[2:],
        "cells": np.minimum(kl(p, CENTRES, base), DARKEST),
        "level": level,
        "farthest": farthest,
        "bound": pinsker(level, base),
        "unit": unit(base),
    }
    for i, edge in enumerate(edges):
        numbers[f"curve_{i}_x"], numbers[f"curve_{i}_y"] = _closed(edge)
    numbers["ball_x"], numbers["ball_y"] = _closed(p + pinsker(level, base) * HEXAGON)
    numbers["p_x"], numbers["p_y"] = (p @ CORNERS)[:, None]
    return numbers


def _closed(edge: np.ndarray) -> np.ndarray:
    """The line once around the points, given as distributions: its x and its y."""
    return (np.vstack([edge, edge[:1]]) @ CORNERS).T


def _beside(i: int, near: float, far: float) -> np.ndarray:
    """The strip along the edge opposite to corner i, so far away from it: four points."""
    away = CORNERS.mean(axis=0) - CORNERS[i]
    away = away / np.hypot(*away)
    one, other = np.delete(CORNERS, i, axis=0)
    return np.array([one + near * away, other + near * away, other + far * away, one + far * away])


def _under() -> list[dict]:
    """The colours of the cells."""
    label = "KL, {unit}"
    span = [0, 1], [0, HEIGHT]
    return [cells("cells", *span, colours="KL", most=DARKEST, label=label, clip=TRIANGLE)]


def _strips() -> list[dict]:
    """The edges on which KL(P‖Q) is ∞, hatched."""
    return [
        area(*_beside(i, 0, 0.035).T.tolist(), quantity="KL", hatched=True, show=f"edge_{i}")
        for i in range(3)
    ]


def _over(*own: dict) -> list[dict]:
    """The thin curves, a picture's own lines, the edge of the triangle, its corners, and P."""
    thin = [line(f"curve_{i}_x", f"curve_{i}_y", width=0.6, paint="#000000") for i in range(5)]
    return [
        *thin,
        *own,
        line(*([*side, side[0]] for side in TRIANGLE), width=1),
        texts([0, 1], [-0.05, -0.05], "base_names", rise=-1),
        texts([0.5], [HEIGHT + 0.04], "top_name", rise=1),
        dots("p_x", "p_y", quantity="P", label="P", hand="p"),
    ]


BALL = {"width": 1.2, "dash": True, "clip": TRIANGLE, "paint": "#000000"}
PROMISE = (
    line("curve_5_x", "curve_5_y", width=2, paint="#000000", label="KL ≤ {level:2}"),
    line("ball_x", "ball_y", label="TV ≤ {bound:3}", **BALL),
)
FRAME = {"x": hidden([-0.12, 1.12]), "y": hidden([-0.16, 1.0]), "columns": 0, "equal": True}
WITHIN = ". Within {level:2}, bold, TV ≤ {farthest:3}; Pinsker, dashed, says ≤ {bound:3}."
CURVES_AT = "curves at 0.05, 0.1, 0.2, 0.5, 1, darkest from 2 {unit}"


@chart(
    numbers=around_the_truth,
    says=f"KL(P‖Q) around P = ({{p:p}}): {CURVES_AT}, ∞ on hatched edges{WITHIN}",
    size=(4.2, 4.0),
    title="KL(P‖Q) for each belief Q",
    examples=BELIEFS,
    **FRAME,
)
def landscape_from() -> list[dict]:
    """KL(P‖Q) for every belief Q of three classes, P marked; ∞ on hatched edges.

    Thin level curves, the curve at `level` bold, and dashed the hexagon of all Q with
    TV(P,Q) ≤ √(level/2), level in nats: by Pinsker the bold curve lies in it.
    """
    return [*_under(), *_strips(), *_over(*PROMISE), signs("infinite_x", "infinite_y")]


@chart(
    numbers=around_the_belief,
    says=(
        f"KL(Q‖P) around P = ({{p:p}}): {CURVES_AT}{WITHIN}",
        f"KL(Q‖P) around P = ({{p:p}}): {CURVES_AT}, ∞ where hatched{WITHIN}",
    ),
    size=(4.2, 4.0),
    title="KL(Q‖P) for each truth Q",
    examples=BELIEFS,
    **FRAME,
)
def landscape_to() -> list[dict]:
    """KL(Q‖P) for every truth Q of three classes, P, the belief, marked.

    Curves as in `landscape_from`. Where P calls a class impossible, KL is ∞ for each Q that
    does not: all is hatched but the side (or the corner) that is left, which is white.
    """
    everywhere = area(*TRIANGLE, quantity="KL", hatched=True, show="somewhere")
    finite = line("finite_x", "finite_y", width=5, paint="#FFFFFF", show="somewhere")
    return [*_under(), everywhere, finite, *_over(*PROMISE), signs("infinite_x", "infinite_y")]


@chart(
    numbers=between,
    says=(
        "Beliefs on the bold curve are as wrong as Q, by {there} {unit}; on hatched edges KL(P‖Q) "
        "is ∞.",
        "Q is wrong by {there} {unit}; on hatched edges KL(P‖Q) is ∞.",
    ),
    size=(4.2, 4.0),
    title="P, the truth, and Q, the belief",
    examples=[
        {"p": [0.5, 0.3, 0.2], "q": [0.7, 0.2, 0.1], "labels": ["sun", "cloud", "rain"]},
        {"p": [0.5, 0.3, 0.2], "q": [0.8, 0.2, 0.0], "base": 2},
        {"p": [0.6, 0.4, 0.0], "q": [0.2, 0.3, 0.5]},
        {"p": [0.5, 0.3, 0.2], "q": [0.5, 0.3, 0.2]},
        {"p": [1.0, 0.0, 0.0], "q": [0.0, 1.0, 0.0]},
        {"p": [0.25, 0.75], "q": [0.5, 0.5]},
    ],
    **FRAME,
)
def landscape_both() -> list[dict]:
    """P and Q as two dots on the landscape of KL(P‖·); bold the level curve through Q."""
    through = line("curve_5_x", "curve_5_y", width=2, paint="#000000", show="curved")
    belief = dots("q_x", "q_y", quantity="Q", label="Q", hand="q")
    return [*_under(), *_strips(), *_over(through), belief, signs("infinite_x", "infinite_y")]
