"""Pictures of coin flips: the walk of the log-likelihood ratio, and its exact split."""

import math

import numpy as np
from numpy.typing import ArrayLike

from kl_lessons.information import as_distribution, kl_divergence
from kl_lessons.look import room, scale, unit
from kl_lessons.plots.marks import area, bars, dots, line, linear, log, names, rule, signs
from kl_lessons.plots.picture import chart
from kl_lessons.subjects import coins
from kl_lessons.subjects.sampling import sample

MOST_FLIPS = 10_000
SPREAD = [10.0 ** (i / 15) for i in range(61)]  # where the band is drawn, 1 to MOST_FLIPS
COINS = [
    {"p": [0.5, 0.5], "q": [0.9, 0.1]},
    {"p": [0.5, 0.5], "q": [0.75, 0.25], "truth": "Q", "flips": 100, "seed": 3, "base": 2},
    {"p": [0.1, 0.9], "q": [0.1, 0.9], "flips": 10_000},
    {"p": [0.5, 0.5], "q": [1.0, 0.0]},
    {"p": [0.5, 0.5], "q": [1.0, 0.0], "truth": "Q", "flips": 1},
    {"p": [1.0, 0.0], "q": [0.0, 1.0], "flips": 10, "truth": "Q"},
    {"p": [0, 1], "q": [0, 1], "truth": "Q", "seed": 7},
    {"p": [1e-300, 1.0], "q": [1.0, 1e-300], "base": 2},
    {"p": [0.5, 0.3, 0.2], "q": [0.1, 0.6, 0.3], "flips": 1234},
    {"p": [0.2, 0.0, 0.8], "q": [0.2, 0.8, 0.0], "seed": 2},
]


def marks_on_the_way(flips: int) -> np.ndarray:
    """Where the walk is drawn: each of the first flips, then every fortieth part further on."""
    places = [1]
    while places[-1] < flips:
        places.append(min(flips, places[-1] + max(1, places[-1] // 40)))
    return np.array(places)


def walked(
    p: ArrayLike,
    q: ArrayLike,
    truth: str = "P",
    flips: int = 1000,
    seed: int = 1,
    base: float | None = None,
) -> dict:
    """The walk of `flips` flips of the true coin, where it settles, and its exact split.

    The band is the mean ± 1.96·sd/√i: 95 of 100 walks are in it at flip i, by the normal
    approximation. The last number of the walk is KL(p̂‖Q) − KL(p̂‖P), for any n.
    """
    size = math.log(base or math.e)
    true, other = (p, q) if truth == "P" else (q, p)
    outcomes = sample(true, flips, seed)
    ratio = coins.log_likelihood_ratio(outcomes, p, q) / size
    kl = kl_divergence(true, other, base=base)
    mean = kl if truth == "P" else 0.0 - kl
    known = math.isfinite(mean)
    deviation = _deviation(p, q, truth) / size if known else 0.0
    top = scale(abs(mean) + 0.5 * deviation) if known else 10.0
    i = marks_on_the_way(flips)
    here = ratio[i - 1] / i
    seen = np.isfinite(here)
    half = 1.96 * deviation / np.sqrt(SPREAD)
    middle = mean if known else 0.0
    sure = [] if seen.all() else [float(i[~seen][0])]  # from here on the ratio is infinite
    edge = [math.copysign(top, mean)] * len(sure)
    path = [*i[seen].tolist(), *sure], [*np.clip(here[seen], -top, top).tolist(), *edge]
    from_q, from_p = (number / size for number in coins.exact_split(outcomes, p, q))
    observed = coins.frequencies(outcomes, np.size(p))
    terms = [from_q, from_p, from_q - from_p]
    needed = coins.flips_needed(true, other)
    return {
        "flips": flips,
        "of_flips": "flip" if flips == 1 else "flips",
        "truth": truth,
        "i": path[0],
        "ratio": path[1],
        "around": [-top, top],
        "band_x": [*SPREAD, *SPREAD[::-1]],
        "band_y": np.concatenate([middle + half, (middle - half)[::-1]]),
        "known": known,
        "ends": [1.0, float(MOST_FLIPS)],
        "mean": [mean, mean] if known else [0.0, 0.0],
        "settled": mean,
        "here": here[-1],
        "end_x": [float(flips)],
        "end_y": path[1][-1:],
        "sure_x": sure,
        "sure_y": edge,
        "sinks": mean < 0,
        "needed": needed,
        "kl": kl,
        "case": 1 if not known else 2 if math.isinf(needed) else 0,
        "observed": observed,
        "two_terms": terms[:2],
        "split_names": ["KL(p̂‖Q)", "KL(p̂‖P)", "difference"],
        "around_split": room(terms),
        "no_split": not any(math.isfinite(x) and x for x in terms),
        "from_q": from_q,
        "from_p": from_p,
        "difference": from_q - from_p,
        "unit": unit(base),
    }


def _deviation(p: ArrayLike, q: ArrayLike, truth: str) -> float:
    """The standard deviation of log p/q over one flip of the true coin, in nats."""
    p, q = as_distribution("p", p), as_distribution("q", q)
    true = p if truth == "P" else q
    possible = true > 0
    steps = np.log(p[possible]) - np.log(q[possible])
    return math.sqrt(true[possible] @ (steps - true[possible] @ steps) ** 2)


AFTER = (
    "After {flips:0} {of_flips} of {truth}: (1/n) log P/Q = {here}; the mean of such walks is "
    "{settled} {unit} a flip"
)


@chart(
    numbers=walked,
    says=(
        AFTER + ", 99:1 for {truth} after {needed:1} flips.",
        AFTER + "; the first outcome that is impossible for the other settles it.",
        AFTER + "; the coins are equal, and no number of flips tells them apart.",
    ),
    size=(4.6, 2.9),
    x=log([1, MOST_FLIPS], "flips so far, i"),
    y=linear("around", "(1/i) log P/Q, in {unit}"),
    columns=3,
    examples=COINS,
)
def walk() -> list[dict]:
    """The log-likelihood ratio for each flip as flips are added: a walk that settles at KL."""
    return [
        area("band_x", "band_y", label="95 of 100 walks", show="known"),
        rule(),
        line("ends", "mean", quantity="KL", dash=True, label="their mean", show="known"),
        line("i", "ratio", label="this walk"),
        signs("sure_x", "sure_y", below="sinks"),
        dots("end_x", "end_y", quantity="H(P,Q)", size=5, hand="flips"),
    ]


@chart(
    numbers=walked,
    says="Observed p̂ = ({observed}): KL(p̂‖Q) − KL(p̂‖P) = {from_q} − {from_p} = {difference} "
    "{unit}.",
    size=(3.1, 2.9),
    title="the two terms, in {unit}",
    x=names("split_names"),
    y=linear("around_split", blank="no_split"),
    examples=COINS,
)
def split() -> list[dict]:
    """KL(p̂‖Q), KL(p̂‖P) and their difference, (1/n) log P/Q exactly."""
    return [
        bars("KL", [0, 1], "two_terms", width=0.6),
        bars("ratio", [2], "difference", width=0.6),
        rule(),
    ]
