"""Pictures of variational inference on a coin: the belief beside the posterior, and the gap."""

import math

import numpy as np

from kl_lessons.look import scale, unit
from kl_lessons.plots.marks import area, arrows, dots, line, linear
from kl_lessons.plots.picture import chart
from kl_lessons.subjects import variational
from kl_lessons.subjects.variational import Beta

PRIOR = Beta(2, 2)
MOST = 30  # of a belief's counts
DEEP = 4.0  # nats below the log evidence to which the gap is drawn
COINS = np.arange(1, 200) / 200  # where densities are drawn
BELIEFS = [
    {},
    {"heads": 7, "tails": 3, "a": 9, "b": 5},
    {"heads": 0, "tails": 0, "a": 2, "b": 2, "base": 2},
    {"heads": 20, "tails": 0, "a": 1, "b": 30},
    {"heads": 3, "tails": 15, "a": 30, "b": 1, "base": 2},
]


def density(belief: Beta) -> np.ndarray:
    """Of the coins at COINS."""
    logs = (belief.heads - 1) * np.log(COINS) + (belief.tails - 1) * np.log(1 - COINS)
    return np.exp(logs - variational.log_beta(belief))


def believed_coin(heads: int = 7, tails: int = 3, a: int = 4, b: int = 4) -> dict:
    """The posterior P after these flips, and the belief Q = Beta(a, b)."""
    exact = variational.posterior(PRIOR, heads, tails)
    p, q = density(exact), density(Beta(a, b))
    return {
        "coins": COINS,
        "q": q,
        "around_p_x": [0.0, *COINS.tolist(), 1.0],
        "around_p_y": [0.0, *p.tolist(), 0.0],
        "around": [0.0, scale(max(p.max(), q.max()))],
        "exact": list(exact),
        "believed": [a, b],
        "mean_p": exact.heads / sum(exact),
        "mean_q": a / (a + b),
    }


@chart(
    numbers=believed_coin,
    says="The posterior P is Beta({exact:0}), of mean {mean_p:3}; the belief Q is "
    "Beta({believed:0}), of mean {mean_q:3}.",
    size=(3.6, 2.9),
    x=linear([0.0, 1.0], "θ, the coin's probability of heads"),
    y=linear("around", "density"),
    examples=[{k: v for k, v in values.items() if k != "base"} for values in BELIEFS],
)
def coin_belief() -> list[dict]:
    """What the flips tell of a coin, and what Q believes of it."""
    return [
        area("around_p_x", "around_p_y", quantity="P", hatched=True, label="P, the posterior"),
        line("coins", "q", quantity="Q", width=2, label="Q, the belief"),
    ]


def bounded(
    heads: int = 7, tails: int = 3, a: int = 4, b: int = 4, base: float | None = None
) -> dict:
    """The log evidence, and below it the ELBO of Q = Beta(a, b) for each a."""
    size = math.log(base or math.e)
    evidence = variational.log_evidence(PRIOR, heads, tails) / size
    low = evidence - DEEP
    elbos = [variational.elbo(Beta(n, b), PRIOR, heads, tails) / size for n in range(1, MOST + 1)]
    here = elbos[a - 1]
    exact = variational.posterior(PRIOR, heads, tails)
    return {
        "counts": np.arange(1, MOST + 1),
        "elbos": np.maximum(elbos, low),
        "ends": [1.0, MOST],
        "ceiling": [evidence, evidence],
        "around": [low, evidence + 0.5],
        "at": [a],
        "dot": [max(here, low)],
        "top": [evidence],
        "elbo": here,
        "kl": variational.kl_beta(Beta(a, b), exact) / size,
        "evidence": evidence,
        "b": b,
        "unit": unit(base),
    }


@chart(
    numbers=bounded,
    says="ELBO + KL(Q‖P) = {elbo} + {kl} = {evidence} {unit}, the log evidence.",
    large="KL(Q‖P) = {kl} {unit}",
    size=(4.2, 2.9),
    x=linear("ends", "a of Q = Beta(a, {b:0})"),
    y=linear("around", "{unit}"),
    columns=2,
    examples=BELIEFS,
)
def evidence_gap() -> list[dict]:
    """The ELBO as the belief moves, under the log evidence: the gap is KL(Q‖P)."""
    return [
        line("ends", "ceiling", quantity="P", dash=True, label="log evidence"),
        line("counts", "elbos", quantity="Q", label="ELBO"),
        arrows("at", "dot", "top", quantity="KL", both=True, text="KL"),
        dots("at", "dot", quantity="Q", hand="a"),
    ]
