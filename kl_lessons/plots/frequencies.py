"""Pictures of observed frequencies: how they approach the truth, how rare misleading ones are."""

import math

import numpy as np
from numpy.typing import ArrayLike

from kl_lessons.information import as_distribution, kl_divergence
from kl_lessons.look import room, unit
from kl_lessons.plots.coins import COINS, marks_on_the_way
from kl_lessons.plots.marks import DASH_DOTTED, dots, line, linear, log, signs
from kl_lessons.plots.passages import WALKS
from kl_lessons.plots.picture import chart
from kl_lessons.subjects.coins import log_type_probability
from kl_lessons.subjects.sampling import sample

LAST_FLIP = 1000  # of 20 walks: computed anew within a frame
LOWEST, HIGHEST = 1e-4, 10.0  # of the logarithmic axis: what is beyond lies on its edge
SHARES = [i / 100 for i in range(101)]  # where the curve of KL(f‖P) is drawn


def two_terms(p: ArrayLike, q: ArrayLike, seed: int = 2, base: float | None = None) -> dict:
    """KL(p̂‖Q) and KL(p̂‖P) of one walk after n flips of P, and the mean of the second over walks.

    2n·KL(p̂‖P) is about chi-squared with K − 1 degrees of freedom, K the faces that P shows, so
    its mean is about K − 1: the guide is (K − 1)/2n.
    """
    p, q = as_distribution("p", p), as_distribution("q", q)
    size = math.log(base or math.e)
    n = marks_on_the_way(LAST_FLIP)
    walks = [_frequencies(sample(p, LAST_FLIP, WALKS * seed + i), p.size, n) for i in range(WALKS)]
    from_p = kl_divergence(walks, p, base=base)
    from_q = kl_divergence(walks[0], q, base=base)
    known = np.isfinite(from_q)
    freedom = np.count_nonzero(p) - 1
    return {
        "n": n,
        "known_n": n[known],
        "from_q": _on_axis(from_q[known]),
        "from_p": _on_axis(from_p[0]),
        "mean": _on_axis(from_p.mean(axis=0)),
        "guide": _on_axis(freedom / (2 * n) / size),
        "spreads": freedom > 0,
        "sure_x": n[~known][:1],
        "sure_y": [HIGHEST] * int(not known.all()),
        "flips": LAST_FLIP,
        "walks": WALKS,
        "last_q": from_q[-1],
        "last_p": from_p[0, -1],
        "last_mean": from_p[:, -1].mean(),
        "last_guide": freedom / (2 * LAST_FLIP) / size,
        "unit": unit(base),
    }


def _frequencies(outcomes: np.ndarray, faces: int, n: np.ndarray) -> np.ndarray:
    """The shares of the faces among the first outcomes, a row for each of the numbers n."""
    counts = np.cumsum(outcomes[:, None] == np.arange(faces), axis=0)
    return counts[n - 1] / n[:, None]


def _on_axis(values: np.ndarray) -> np.ndarray:
    return np.clip(values, LOWEST, HIGHEST)


@chart(
    numbers=two_terms,
    says="After {flips:0} flips of P the two terms are KL(p̂‖Q) = {last_q} and KL(p̂‖P) = {last_p:6} "
    "{unit}; the mean of the second over {walks:0} walks is {last_mean:6}, (K − 1)/2n = "
    "{last_guide:6}.",
    size=(5.2, 3.2),
    x=log([1, LAST_FLIP], "flips so far, n"),
    y=log([LOWEST, HIGHEST], "{unit} per flip"),
    columns=4,
    examples=[
        {name: coin[name] for name in ("p", "q", "seed", "base") if name in coin} for coin in COINS
    ],
)
def vanishing() -> list[dict]:
    """The two terms of the exact split against n: one settles, the other vanishes like 1/n."""
    return [
        line("known_n", "from_q", quantity="Q", width=2, dash=DASH_DOTTED, label="KL(p̂‖Q)"),
        line("n", "from_p", quantity="P", width=0.8, label="KL(p̂‖P)", show="spreads"),
        line(
            "n",
            "mean",
            quantity="P",
            width=2.4,
            label="its mean over {walks:0} walks",
            show="spreads",
        ),
        line("n", "guide", dash=True, label="(K − 1)/2n", show="spreads"),
        signs("sure_x", "sure_y"),
    ]


def types(p: ArrayLike, n: int = 20, share: float = 0.75, base: float | None = None) -> dict:
    """The rate −(1/n) log Pr(p̂ = f) of each share f of the first face among n, and KL(f‖P).

    One share is looked at: the one of n flips that is nearest to `share`.
    """
    heads = float(as_distribution("p", p)[0])
    coin, size = [heads, 1 - heads], math.log(base or math.e)
    k = math.floor(share * n + 0.5)
    logs = np.array([log_type_probability([i, n - i], coin) for i in range(n + 1)]) / size
    rates, curve = -logs / n, kl_divergence([[f, 1 - f] for f in SHARES], coin, base=base)
    possible, drawn = np.isfinite(rates), np.isfinite(curve)
    here = kl_divergence([k / n, 1 - k / n], coin, base=base)
    limits = room([*rates[possible], *curve[drawn], 0.1])
    known = bool(possible[k])
    return {
        "shares": np.flatnonzero(possible) / n,
        "rates": rates[possible],
        "curve_x": np.array(SHARES)[drawn],
        "curve": curve[drawn],
        "around": limits,
        "here_x": [k / n],
        "here_y": [rates[k] if known else limits[1]],
        "gap_x": [k / n] * 2 * known,
        "gap_y": [here, rates[k]] * known,
        "sure_x": [k / n] * (not known),
        "sure_y": [limits[1]] * (not known),
        "n": n,
        "k": k,
        "log_pr": logs[k],
        "rate": 0.0 - logs[k] / n,
        "kl": here,
        "unit": unit(base),
    }


@chart(
    numbers=types,
    says="Exactly {k:0} heads in {n:0} flips: log Pr = {log_pr:2}, a rate of {rate} {unit} a flip; "
    "KL(f‖P) = {kl}.",
    size=(5.2, 3.2),
    x=linear([0, 1], "share of heads, f = k/n"),
    y=linear("around", "{unit} per flip"),
    columns=3,
    examples=[
        {"p": [0.5, 0.5]},
        {"p": [0.5, 0.5], "n": 4, "share": 0.8, "base": 2},
        {"p": [0.9, 0.1], "n": 200, "share": 0.5},
        {"p": [0.2, 0.3, 0.5], "n": 1, "share": 0.0},
        {"p": [0.0, 1.0], "n": 10, "share": 0.5},
        {"p": [1.0, 0.0], "n": 10, "share": 1.0},
    ],
)
def type_classes() -> list[dict]:
    """How rare each share of heads is, as a rate, above its limit KL(f‖P)."""
    return [
        dots("shares", "rates", quantity="H(P,Q)", size=5, label="−(1/n) log Pr(p̂ = f)"),
        line("curve_x", "curve", quantity="KL", width=2, label="KL(f‖P)"),
        line("gap_x", "gap_y", quantity="KL", width=3, label="their gap"),
        signs("sure_x", "sure_y"),
        dots("here_x", "here_y", quantity="KL", size=8, hand="share"),
    ]
