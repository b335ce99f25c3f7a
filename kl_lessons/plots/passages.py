"""Picture of many walks of the log-likelihood ratio, and of when each first reaches 99:1."""

import math

import numpy as np
from numpy.typing import ArrayLike

from kl_lessons.information import kl_divergence
from kl_lessons.look import unit
from kl_lessons.plots.marks import dots, line, linear, rule
from kl_lessons.plots.picture import chart
from kl_lessons.subjects.coins import flips_needed, log_likelihood_ratio
from kl_lessons.subjects.sampling import sample

WALKS = 20
ODDS = 99


def passages(
    p: ArrayLike, q: ArrayLike, up_to: int = 100, seed: int = 1, base: float | None = None
) -> dict:
    """Walks of log P/Q over flips of P, each up to where it first reaches log 99.

    The walks are one line, which goes back over each walk to where the next begins.
    """
    size = math.log(base or math.e)
    goal = math.log(ODDS) / size
    low, high = -0.8 * goal, 1.25 * goal
    x, y, firsts = [], [], []
    for number in range(WALKS):
        outcomes = sample(p, up_to, WALKS * seed + number)
        ratio = log_likelihood_ratio(outcomes, p, q) / size
        there = np.flatnonzero(ratio >= goal)
        firsts.append(float(there[0] + 1) if there.size else math.inf)
        way = np.append(0.0, np.clip(ratio[: there[0] + 1 if there.size else up_to], low, high))
        x += [*range(way.size), *range(way.size)[::-1]]
        y += [*way.tolist(), *way[::-1].tolist()]
    reached = sorted(first for first in firsts if math.isfinite(first))
    median = sorted(firsts)[WALKS // 2 - 1]  # the flip by which half of them are there
    kl, needed = kl_divergence(p, q, base=base), flips_needed(p, q, ODDS)
    half, sure = math.isfinite(median), math.isinf(kl)
    case = 1 if math.isinf(needed) else (2 if sure else 0) if half else 4 if sure else 3
    slope = min(up_to, needed * high / goal)  # where the line of the mean leaves the picture
    return {
        "up_to": up_to,
        "ends": [0.0, float(up_to)],
        "around": [low, high],
        "x": x,
        "y": y,
        "goal": [goal, goal],
        "mean_x": [0.0, slope],
        "mean_y": [0.0, slope * kl if slope > 0 else high],
        "firsts": reached,
        "below": [0.92 * low] * len(reached),
        "middle": [median] if half else [],
        "middle_y": [0.92 * low] if half else [],
        "reached": len(reached),
        "walks": WALKS,
        "median": median,
        "needed": needed,
        "kl": kl,
        "case": case,
        "unit": unit(base),
    }


REACHED = "{reached:0} of {walks:0} walks reach odds of 99:1 for P within {up_to:0} flips"


@chart(
    numbers=passages,
    says=(
        REACHED + ", half of all by flip {median:0}; the mean, with the slope KL(P‖Q) = {kl} "
        "{unit}, after {needed:1}.",
        REACHED + ": the coins are equal, and the walks stay at 0.",
        REACHED + ", half of all by flip {median:0}: what is impossible for Q settles it at once.",
        REACHED + ", fewer than half; the mean, with the slope KL(P‖Q) = {kl} {unit}, after "
        "{needed:1}.",
        REACHED + ", fewer than half: what is impossible for Q settles it, when it comes.",
    ),
    size=(5.2, 3.2),
    x=linear("ends", "flips so far"),
    y=linear("around", "log P/Q, in {unit}"),
    columns=3,
    titles={"up_to": "flips at most"},
    examples=[
        {"p": [0.5, 0.5], "q": [0.75, 0.25]},
        {"p": [0.75, 0.25], "q": [0.5, 0.5], "up_to": 200, "seed": 7, "base": 2},
        {"p": [0.5, 0.5], "q": [0.5, 0.5], "up_to": 30},
        {"p": [0.5, 0.5], "q": [1.0, 0.0], "up_to": 5},
        {"p": [1.0, 0.0], "q": [0.9, 0.1], "up_to": 60, "seed": 0},
        {"p": [0.99, 0.01], "q": [1.0, 0.0], "up_to": 5},
        {"p": [0.2, 0.3, 0.5], "q": [0.4, 0.0, 0.6], "seed": 99, "base": 2},
    ],
)
def first_passages() -> list[dict]:
    """Walks of the log-likelihood ratio that climb to log 99, and where each is there first."""
    return [
        line("x", "y", width=0.7, label="{walks:0} walks"),
        rule(),
        line("ends", "goal", quantity="H(P,Q)", dash=True, label="odds of 99:1"),
        line("mean_x", "mean_y", quantity="KL", width=2.4, label="slope KL"),
        dots("firsts", "below", quantity="H(P,Q)", size=5, label="first there"),
        dots("middle", "middle_y", quantity="KL", size=9, label="their median"),
    ]
