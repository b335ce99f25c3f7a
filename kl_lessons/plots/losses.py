"""Pictures of a classifier's loss: against the belief, against a score, and its push."""

import math

import numpy as np

from kl_lessons.information import cross_entropy, entropy, kl_divergence
from kl_lessons.look import unit
from kl_lessons.plots.marks import dots, line, linear, signs
from kl_lessons.plots.picture import chart
from kl_lessons.subjects.classifier import (
    cross_entropy_from_logits,
    cross_entropy_gradient,
    softmax,
    squared_error_gradient,
)

TOP = 5.0  # nats: what lies above stands at the upper edge
BELIEFS = np.arange(101) / 100
LEADS = np.arange(-20, 81) / 5
SCORES = np.arange(-30, 31) / 5


def loss_of_label(label: float = 1.0, belief: float = 0.6, base: float | None = None) -> dict:
    """H(P,Q) of two classes, P = (label, 1 − label), for each belief Q = (q, 1 − q)."""
    p, q = [label, 1 - label], [belief, 1 - belief]
    beliefs = np.stack([BELIEFS, 1 - BELIEFS], axis=-1)
    curve = cross_entropy(np.broadcast_to(p, beliefs.shape), beliefs, base=base)
    known = np.isfinite(curve)  # it is infinite at an end that excludes what P holds possible
    loss, floor = cross_entropy(p, q, base=base), entropy(p, base=base)
    top = TOP / math.log(base or math.e)
    sure = [] if math.isfinite(loss) else [belief]
    return {
        "label": label,
        "belief": belief,
        "curve_x": BELIEFS[known],
        "curve_y": curve[known],
        "around": [0.0, top],
        "ends": [0.0, 1.0],
        "floor": [floor, floor],
        "here_x": [belief],
        "here_y": [min(loss, top)],
        "gap_x": [belief, belief],
        "gap_y": [floor, min(loss, top)],
        "sure_x": sure,
        "sure_y": [top] * len(sure),
        "hpq": loss,
        "hp": floor,
        "kl": kl_divergence(p, q, base=base),
        "unit": unit(base),
    }


LABELS = [
    {"label": 0.9, "belief": 0.6},
    {"label": 1.0, "belief": 0.7, "base": 2},
    {"label": 1.0, "belief": 0.0},
    {"label": 0.0, "belief": 0.0},
    {"label": 0.5, "belief": 1e-9},
]


@chart(
    numbers=loss_of_label,
    says="Label {label:2}, belief {belief:2}: loss H(P,Q) = {hpq} {unit}, of which the floor "
    "H(P) = {hp} stays, and KL(P‖Q) = {kl} is left to learn.",
    size=(4.6, 2.9),
    x=linear([0, 1], "belief q"),
    y=linear("around", "loss, in {unit}"),
    columns=3,
    examples=LABELS,
)
def label_loss() -> list[dict]:
    """The loss of a label for two classes as a curve over the belief, and its floor H(P)."""
    return [
        line("curve_x", "curve_y", quantity="H(P,Q)", label="H(P,Q)"),
        line("ends", "floor", quantity="H(P)", dash=True, label="floor H(P)"),
        line("gap_x", "gap_y", quantity="KL", width=4, label="KL(P‖Q)"),
        signs("sure_x", "sure_y"),
        dots("here_x", "here_y", quantity="H(P,Q)", size=5, hand="belief"),
    ]


def pushed(lead: float = 4.0) -> dict:
    """The pushes, minus the gradients, on the true class: another's score leads by `lead`."""
    leads = np.append(LEADS, lead)
    logits = np.stack([leads, np.zeros(leads.size), np.zeros(leads.size)], axis=-1)
    true = np.ones(leads.size, dtype=int)
    steep, flat = (
        -gradient(logits, true)[:, 1]
        for gradient in (cross_entropy_gradient, squared_error_gradient)
    )
    return {
        "lead": lead,
        "leads": LEADS,
        "steep": steep[:-1],
        "flat": flat[:-1],
        "here": [lead],
        "steep_here": steep[-1:],
        "flat_here": flat[-1:],
    }


@chart(
    numbers=pushed,
    says="A wrong class leads by {lead:1}: cross-entropy pushes the true one by {steep_here:5}, "
    "half the squared error by {flat_here:5}.",
    size=(4.6, 2.9),
    x=linear([-4, 16], "lead of a wrong class's score"),
    y=linear([0, 1.05], "push on the true class"),
    examples=[{"lead": 4.0}, {"lead": -4.0}, {"lead": 16.0}],
)
def pushes() -> list[dict]:
    """How hard two losses push the true class's score, as a wrong class leads by more."""
    return [
        line("leads", "steep", quantity="KL", label="cross-entropy"),
        line("leads", "flat", dash=True, label="squared error"),
        dots("here", "flat_here", quantity="H(P,Q)", size=5),
        dots("here", "steep_here", quantity="KL", size=5, hand="lead"),
    ]


def logistic(score: float = 1.0, base: float | None = None) -> dict:
    """The loss of yes and of no for one score z of yes: −log σ(z) and −log σ(−z)."""
    scores = np.append(SCORES, score)
    logits = np.stack([scores, np.zeros(scores.size)], axis=-1)
    yes, no = (
        cross_entropy_from_logits(logits, np.full(scores.size, true)) / math.log(base or math.e)
        for true in (0, 1)
    )
    return {
        "score": score,
        "belief": softmax([score, 0.0])[0],
        "scores": SCORES,
        "yes": yes[:-1],
        "no": no[:-1],
        "around": [0.0, 6.5 / math.log(base or math.e)],
        "here": [score],
        "yes_here": yes[-1:],
        "no_here": no[-1:],
        "unit": unit(base),
    }


@chart(
    numbers=logistic,
    says="Score {score:1}, so q(yes) = {belief}: the loss is {yes_here} {unit} if yes is true, "
    "{no_here} if no is.",
    size=(4.6, 2.9),
    x=linear([-6, 6], "score z of yes"),
    y=linear("around", "loss, in {unit}"),
    examples=[{"score": 1.0}, {"score": -6.0, "base": 2}, {"score": 0.0}],
)
def logistic_loss() -> list[dict]:
    """The logistic loss: what yes and no cost for one score, two curves that mirror each other."""
    return [
        line("scores", "yes", quantity="H(P,Q)", label="yes is true"),
        line("scores", "no", dash=True, label="no is true"),
        dots("here", "no_here", quantity="H(P,Q)", size=5),
        dots("here", "yes_here", quantity="H(P,Q)", size=5, hand="score"),
    ]
