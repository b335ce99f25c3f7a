"""Pictures of a year of days: how often each kind came, and two ledgers of surprise."""

import math

import numpy as np
from numpy.typing import ArrayLike

from kl_lessons.information import kl_divergence, surprisal, whole_number
from kl_lessons.look import outcome_names, unit
from kl_lessons.plots.marks import (
    DASH_DOTTED,
    area,
    dots,
    hidden,
    line,
    linear,
    names,
    signs,
    texts,
)
from kl_lessons.plots.picture import chart
from kl_lessons.subjects.sampling import sample

YEAR = 365
ACROSS = 8  # dots side by side in a pile
WEATHER = ["sun", "rain", "snow"]
YEARS = [
    {"p": [0.5, 0.3, 0.2], "q": [0.1, 0.2, 0.7], "labels": WEATHER},
    {"p": [0.5, 0.3, 0.2], "q": [0.1, 0.2, 0.7], "days": 0, "labels": WEATHER},
    {"p": [0.5, 0.3, 0.2], "q": [0.5, 0.5, 0.0], "days": 40, "base": 2, "labels": WEATHER},
    {"p": [0.5, 0.5], "q": [0.5, 0.5], "days": 1, "seed": 3},
    {"p": [1.0, 0.0], "q": [0.0, 1.0], "days": 9},
    {"p": [0, 1], "q": [0, 1], "days": 100},
    {"p": [1 / 26] * 26, "q": [0.75, *[0.01] * 25], "base": 2},
]


def year_of_days(
    p: ArrayLike,
    q: ArrayLike,
    days: int = YEAR,
    seed: int = 1,
    base: float | None = None,
    labels: list[str] | None = None,
) -> dict:
    """The first days of a year drawn from P, and the surprise of who knows P and who believes Q."""
    days = whole_number("days", days, 0, YEAR)
    year = sample(p, YEAR, seed)
    totals = [np.cumsum(surprisal(belief, base=base)[year]) for belief in (p, q)]
    finite = [float(total[np.isfinite(total)].max(initial=0.0)) for total in totals]
    top = max(finite) or 1.0
    knows, believes = ([0.0, *total[:days].tolist()] for total in totals)
    seen = [total for total in believes if math.isfinite(total)]
    shocked = [float(len(seen))] * (len(seen) <= days)  # the day that Q calls impossible
    kl = kl_divergence(p, q, base=base)
    ledger = [*range(days + 1)]
    gap = believes[-1] - knows[-1]
    outcomes = np.size(p)
    counts = np.bincount(year[:days], minlength=outcomes)
    texts_of = outcome_names(outcomes, labels)
    order = [int((year[:i] == year[i]).sum()) for i in range(days)]  # how many lie below
    x = [int(year[i]) + 0.1 * (order[i] % ACROSS) - 0.35 for i in range(days)]
    y = [order[i] // ACROSS for i in range(days)]
    rows = math.ceil(np.bincount(year).max() / ACROSS)
    return {
        "days": days,
        "of_days": "day" if days == 1 else "days",
        "day": ledger,
        "knows": knows,
        "seen": ledger[: len(seen)],
        "believes": seen,
        "gap_x": [*ledger[: len(seen)], *ledger[: len(seen)][::-1]],
        "gap_y": [*seen, *knows[: len(seen)][::-1]],
        "mean": [knows[i] + kl * i if math.isfinite(kl) else 0.0 for i in ledger],
        "known": math.isfinite(kl),
        "shocked_x": shocked,
        "shocked_y": [1.04 * top] * len(shocked),
        "leap_x": [shocked[0] - 1, shocked[0]] if shocked else [],
        "leap_y": [seen[-1], 1.04 * top] if shocked else [],
        "around": [0.0, 1.04 * top],
        "total_p": knows[-1],
        "total_q": believes[-1],
        "gap": gap,
        "a_day": gap / days if days else 0.0,
        "kl": kl,
        "case": 1 if not days else 2 if shocked else 0,
        "impossible": texts_of[year[len(seen) - 1]] if shocked else "",
        "names": texts_of,
        "at": [*range(outcomes)],
        "counts": [str(count) for count in counts.tolist()],
        "came": ", ".join(f"{n} {c}" for n, c in zip(texts_of, counts.tolist(), strict=True)),
        "above": [math.ceil(count / ACROSS) + 0.04 * rows for count in counts.tolist()],
        "fallen_x": x[:-1],
        "fallen_y": y[:-1],
        "newest_x": x[-1:],
        "newest_y": y[-1:],
        "around_pile": [-1.0, 1.15 * rows],
        "unit": unit(base),
    }


@chart(
    numbers=year_of_days,
    says=(
        "{days:0} {of_days} of P: {came}.",
        "No day has come yet.",
        "{days:0} {of_days} of P: {came}.",
    ),
    size=(2.6, 2.9),
    title="the days so far",
    x=names(),
    y=hidden("around_pile"),
    examples=YEARS,
)
def fallen() -> list[dict]:
    """The days that came, a dot each, piled up by their weather; the newest is large."""
    return [
        dots("fallen_x", "fallen_y", quantity="P", size=5),
        dots("newest_x", "newest_y", quantity="H(P,Q)", size=10),
        texts("at", "above", "counts", rise=1),
    ]


@chart(
    numbers=year_of_days,
    says=(
        "Surprise so far, rounded: {total_p:1} {unit} for who knows P, {total_q:1} for who "
        "believes Q. The gap is {gap:1}, {a_day:3} a day; KL(P‖Q) = {kl:3}.",
        "Both ledgers are empty.",
        "Then came {impossible}, which Q calls impossible: the gap is ∞, and KL(P‖Q) = ∞.",
    ),
    size=(4.2, 2.9),
    title="the gap is {gap:1} {unit}",
    x=linear([0, YEAR], "days"),
    y=linear("around", "surprise, in {unit}"),
    columns=2,
    examples=YEARS,
)
def ledgers() -> list[dict]:
    """The surprise of who knows P and of who believes Q, added up: the gap grows by KL a day."""
    return [
        area("gap_x", "gap_y", quantity="KL", hatched=True, label="gap"),
        line("day", "mean", quantity="KL", dash=True, label="KL a day more", show="known"),
        line("day", "knows", quantity="P", width=3.2, label="knows P"),
        line("seen", "believes", quantity="Q", width=2.2, dash=DASH_DOTTED, label="believes Q"),
        line("leap_x", "leap_y", quantity="Q", width=2.2, dash=DASH_DOTTED),
        signs("shocked_x", "shocked_y"),
        dots("days", "total_p", quantity="P", size=5, hand="days"),
    ]
