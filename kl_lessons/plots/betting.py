"""Pictures of the club's bets: money over days, the bound behind Gibbs, KL in both directions."""

import math

import numpy as np
from numpy.typing import ArrayLike

from kl_lessons.information import js_divergence, kl_divergence
from kl_lessons.look import room, unit
from kl_lessons.plots.marks import bars, dots, line, linear, names, rule, signs
from kl_lessons.plots.picture import chart
from kl_lessons.subjects import coins
from kl_lessons.subjects.sampling import sample

YEAR = 365  # days
FACTORS = [i / 20 for i in range(1, 61)]  # where log t and its tangent are drawn
BETS = [
    {"p": [0.5, 0.3, 0.2], "q": [0.7, 0.2, 0.1]},
    {"p": [0.5, 0.3, 0.2], "q": [0.8, 0.2, 0.0], "days": 365, "base": 2},
    {"p": [0.5, 0.3, 0.2], "q": [0.5, 0.3, 0.2], "days": 1},
    {"p": [0.6, 0.4, 0.0], "q": [0.2, 0.2, 0.6], "days": 30, "seed": 1},
    {"p": [0.0, 1.0], "q": [1.0, 0.0]},
]


def betting(
    p: ArrayLike, q: ArrayLike, days: int = 100, seed: int = 7, base: float | None = None
) -> dict:
    """The logarithm of the money of who believes Q, day by day at the fair odds 1/p.

    The limits are those of the whole year, so that nothing moves while days pass.
    """
    size = math.log(base or math.e)
    year = -coins.log_likelihood_ratio(sample(p, YEAR, seed), p, q) / size
    kl = kl_divergence(p, q, base=base)
    ruin = np.flatnonzero(np.isinf(year))
    ruined = bool((ruin < days).any())
    played = int(ruin[0]) if ruined else days
    rate = [0.0, -YEAR * kl] if math.isfinite(kl) else [0.0, 0.0]
    money = [0.0, *year[:played].tolist()]
    limits = room([*year[np.isfinite(year)].tolist(), *rate, -1.0, 1.0])
    return {
        "day": list(range(played + 1)),
        "money": money,
        "year": [0.0, float(YEAR)],
        "even": [0.0, 0.0],
        "rate": rate,
        "known": math.isfinite(kl),
        "around": limits,
        "end_x": [float(days)],
        "end_y": [limits[0] if ruined else money[-1]],
        "ruin_x": [played + 1.0] * ruined,
        "ruin_y": [limits[0]] * ruined,
        "down": True,
        "days": days,
        "of_days": "day" if days == 1 else "days",
        "ruin_day": played + 1,
        "case": int(ruined),
        "gained": money[-1],
        "per_day": money[-1] / days,
        "slope": 0.0 - kl,
        "unit": unit(base),
    }


@chart(
    numbers=betting,
    says=(
        "After {days:0} {of_days} the log of the money of who believes Q is {gained} {unit}, "
        "{per_day} a day; in the long run {slope}. The money of who knows P stays as it was.",
        "On day {ruin_day:0} came what Q calls impossible: who believes Q has nothing left, and "
        "log 0 is −∞. The money of who knows P stays as it was.",
    ),
    size=(4.6, 2.9),
    x=linear("year", "days"),
    y=linear("around", "log of money, in {unit}"),
    columns=3,
    examples=BETS,
)
def money() -> list[dict]:
    """The log of the money of who believes Q and of who knows P, day by day."""
    return [
        line("year", "even", quantity="P", width=3.2, label="knows P"),
        line("year", "rate", quantity="KL", dash=True, label="−KL a day", show="known"),
        line("day", "money", quantity="Q", label="believes Q"),
        signs("ruin_x", "ruin_y", below="down"),
        dots("end_x", "end_y", quantity="Q", size=7, hand="days"),
    ]


def tangent_gap(t: float = 0.2) -> dict:
    """log t, its tangent t − 1 at 1, and the gap between them at one t."""
    return {
        "factors": FACTORS,
        "log": [math.log(x) for x in FACTORS],
        "tangent": [x - 1 for x in FACTORS],
        "t": t,
        "at": [t],
        "below": math.log(t),
        "above": t - 1,
        "foot": [math.log(t)],
        "gap_x": [t, t],
        "gap_y": [math.log(t), t - 1],
        "gap": t - 1 - math.log(t),
    }


@chart(
    numbers=tangent_gap,
    says="At t = {t:2} the tangent is at {above}, log t at {below}: a gap of {gap}.",
    size=(4.2, 2.9),
    x=linear([0, 3.1], "t = q/p"),
    y=linear([-3.2, 2.2]),
    columns=3,
    examples=[{"t": 0.5}, {"t": 1.0}, {"t": 3.0}, {"t": 0.05}],
)
def tangent() -> list[dict]:
    """log t under its tangent t − 1: they touch at t = 1 alone."""
    return [
        line("factors", "tangent", width=1, dash=True, label="t − 1"),
        line("factors", "log", width=2, label="log t"),
        rule(),
        line("gap_x", "gap_y", quantity="KL", width=3, label="their gap at t"),
        dots("at", "foot", quantity="KL", size=7, hand="t"),
    ]


def both_ways(p: ArrayLike, q: ArrayLike, base: float | None = None) -> dict:
    """KL in both directions, and the Jensen–Shannon divergence, which has none."""
    there, back = kl_divergence(p, q, base=base), kl_divergence(q, p, base=base)
    three = [there, back, js_divergence(p, q, base=base)]
    return {
        "ways": ["P‖Q", "Q‖P", "JS"],
        "three": three,
        "there": there,
        "back": back,
        "js": three[2],
        "farthest_js": math.log(2) / math.log(base or math.e),
        "around_ways": room([*three, 0.1]),
        "unit": unit(base),
    }


@chart(
    numbers=both_ways,
    says="KL(P‖Q) = {there}, KL(Q‖P) = {back}, JS = {js} {unit}.",
    size=(3.1, 2.9),
    title="KL there and back, and JS",
    x=names("ways"),
    y=linear("around_ways", "{unit}"),
    examples=[{"p": bet["p"], "q": bet["q"]} for bet in BETS],
)
def directions() -> list[dict]:
    """KL(P‖Q), KL(Q‖P) and JS(P,Q) as bars; one that is ∞ is broken."""
    return [bars("KL", [0, 1, 2], "three", width=0.6), rule()]
