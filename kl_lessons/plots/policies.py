"""Pictures of a policy on a KL leash: its answers, what the leash costs, estimates of its KL."""

import math

import numpy as np

from kl_lessons.information import kl_divergence
from kl_lessons.look import unit
from kl_lessons.plots.fits import running, running_means
from kl_lessons.plots.marks import bars, dots, line, linear, log, names, rule
from kl_lessons.plots.picture import chart
from kl_lessons.subjects import policies
from kl_lessons.subjects.policies import WHALES, Answers

PRICES = 10 ** (np.arange(150, -101, -1) / 50)  # the β of the curves, from a very short leash on
MISSING = WHALES._replace(p=[0.4, 0.2, 0.24, 0.12, 0.04, 0.0])  # the flattery
LEASHES = [
    {"answers": WHALES},
    {"answers": WHALES, "beta": 0.75, "base": 2},
    {"answers": WHALES, "beta": 0.1},
    {"answers": WHALES, "beta": 1000.0, "base": 2},
    {"answers": MISSING, "beta": 0.05},
    {"answers": MISSING, "beta": 5.0, "base": 2},
    {"answers": Answers(["yes", "no"], [1.0, 0.0], [0.5, 2.0], [0.5, -1.0]), "beta": 0.2},
    {"answers": Answers(["yes", "no"], [0.5, 0.5], [-1.0, 1.0], [1.0, -1.0]), "beta": 0.01},
]


def leash(answers: Answers, beta: float = 2.0, base: float | None = None) -> dict:
    """The best policy Q at the price β, and KL, mean rating and mean use for every β."""
    size = math.log(base or math.e)
    p, q = np.asarray(answers.p), policies.leashed(answers.p, answers.rating, beta)
    kl, rating, use = policies.frontier(answers, [beta])
    kls, ratings, uses = policies.frontier(answers, PRICES)
    best = uses.argmax()
    rewards = [*answers.rating, *answers.use]
    low, high = min(rewards), max(rewards)
    pad = 0.04 * max(high - low, 1)
    places = np.arange(p.size)
    return {
        "beta": beta,
        "names": list(answers.names),
        "p": p,
        "q": q,
        "most_p": answers.names[p.argmax()],
        "most_q": answers.names[q.argmax()],
        "top_p": p.max(),
        "top_q": q.max(),
        "at_p": places - 0.2,
        "at_q": places + 0.2,
        "kls": kls / size,
        "ratings": ratings,
        "uses": uses,
        "around_kl": [0.0, 1.04 * max(kls[-1], 0.1) / size],
        "around": [low - pad, high + pad],
        "kl_here": kl / size,
        "rating_here": rating,
        "use_here": use,
        "kl": kl[0] / size,
        "rating": rating[0],
        "use": use[0],
        "nats": kl[0],
        "objective": rating[0] - beta * kl[0],
        "best_use": uses[best],
        "best_kl": kls[best] / size,
        "unit": unit(base),
    }


OBJECTIVE = "Mean rating − β KL(Q‖P) in nats = {rating} − {beta:2} × {nats} = {objective}."


@chart(
    numbers=leash,
    says="Most probable at β = {beta:2}: under P {most_p} ({top_p:3}), "
    "under Q {most_q} ({top_q:3}).",
    large="KL(Q‖P) = {kl} {unit}",
    more=OBJECTIVE,
    size=(3.6, 2.9),
    x=linear([0.0, 1.0], "probability"),
    y=names(),
    ratios=("beta",),
    examples=LEASHES,
)
def leashed_policy() -> list[dict]:
    """The answers of the reference policy P, and of the best policy Q at the price β."""
    return [
        bars("P", "at_p", "p", width=0.4, sideways=True, label="P, the reference"),
        bars("Q", "at_q", "q", width=0.4, sideways=True, label="Q, the policy"),
    ]


@chart(
    numbers=leash,
    says="At KL(Q‖P) = {kl:3} {unit} the mean rating is {rating:3} and the mean use {use:3}. "
    "Over all β the mean use is largest, {best_use:3}, at {best_kl:3} {unit}.",
    large="KL(Q‖P) = {kl} {unit}",
    more=OBJECTIVE,
    size=(4.2, 2.9),
    x=linear("around_kl", "KL(Q‖P), in {unit}"),
    y=linear("around", "mean reward"),
    ratios=("beta",),
    examples=LEASHES,
)
def frontier() -> list[dict]:
    """What a longer leash brings: the mean rating against KL, and the mean of the true use."""
    return [
        rule(),
        line("kls", "ratings", quantity="Q", width=2, label="mean rating"),
        line("kls", "uses", quantity="H(P,Q)", dash=True, label="mean use"),
        dots("kl_here", "rating_here", quantity="Q"),
        dots("kl_here", "use_here", quantity="H(P,Q)"),
    ]


def penalized(answers: Answers, beta: float = 2.0, draws: int = 300, seed: int = 1) -> dict:
    """The running means of k1, k2 and k3 over draws of the best policy Q at the price β."""
    q = policies.leashed(answers.p, answers.rating, beta)
    log_ratio = policies.penalty_draws(q, answers.p, draws, seed)
    return {"beta": beta} | running(log_ratio, kl_divergence(q, answers.p))


@chart(
    numbers=penalized,
    says="After {draws:0} {of_draws} of Q the means of k1, k2, k3 are {last}; KL(Q‖P) = {kl} nats. "
    "The mean of k1 was below 0 after {below:0} of them.",
    size=(4.6, 2.9),
    x=log([1, 1000], "draws so far"),
    y=linear("around", "mean so far, in nats"),
    columns=4,
    ratios=("beta",),
    examples=[
        {"answers": WHALES},
        {"answers": WHALES, "beta": 0.75, "draws": 1000, "seed": 3},
        {"answers": WHALES, "beta": 0.1, "draws": 10},
        {"answers": WHALES, "beta": 1000.0, "draws": 1},
        {"answers": MISSING, "beta": 0.05, "draws": 100},
        {"answers": LEASHES[-2]["answers"], "draws": 5},
    ],
)
def penalties() -> list[dict]:
    """Three estimates of KL(Q‖P) from draws of the policy Q, as draws are added."""
    return running_means("KL(Q‖P)")
