"""The picture of two losses' gradients: by how much each logit raises them."""

import math

import numpy as np
from numpy.typing import ArrayLike

from kl_lessons.look import outcome_names, room, unit
from kl_lessons.plots.comparison import FEW, SCORED
from kl_lessons.plots.marks import bars, linear, names, rule
from kl_lessons.plots.picture import chart
from kl_lessons.subjects.classifier import cross_entropy_gradient, squared_error_gradient


def slopes(
    p: ArrayLike,
    logits: ArrayLike,
    temperature: float = 1.0,
    base: float | None = None,
    labels: list[str] | None = None,
) -> dict:
    """∂H(P,Q)/∂logits = (q−p)/T and that of ½Σ(q−p)², for Q = softmax(logits/T)."""
    scaled = np.asarray(logits, dtype=float) / temperature
    p = np.asarray(p, dtype=float)
    crossed = cross_entropy_gradient(scaled, p) / temperature / math.log(base or math.e)
    squared = squared_error_gradient(scaled, p) / temperature
    texts = outcome_names(p.size, labels)
    most = [int(np.abs(gradient).argmax()) for gradient in (crossed, squared)]
    return {
        "names": texts,
        "at_crossed": np.arange(p.size) - 0.15,
        "at_squared": np.arange(p.size) + 0.15,
        "crossed": crossed,
        "squared": squared,
        "around": room([*crossed, *squared, -0.1]),
        "flat": not (crossed.any() or squared.any()),
        "unit": unit(base),
        "case": 0 if p.size <= FEW else 1,
        "most_crossed": texts[most[0]],
        "most_squared": texts[most[1]],
        "top_crossed": crossed[most[0]],
        "top_squared": squared[most[1]],
    }


@chart(
    numbers=slopes,
    says=(
        "Gradient with respect to the logits: of cross-entropy in {unit} ({crossed:3}), "
        "of half the squared error ({squared:3}).",
        "Gradient with respect to the logits: of cross-entropy in {unit} largest in size for "
        "{most_crossed} ({top_crossed:3}), of half the squared error largest in size for "
        "{most_squared} ({top_squared:3}).",
    ),
    x=names(),
    y=linear("around", blank="flat"),
    scores=("logits",),
    examples=SCORED,
)
def gradients() -> list[dict]:
    """The gradient of cross-entropy beside that of half the squared error, for each logit."""
    return [
        bars("KL", "at_crossed", "crossed", width=0.3, label="gradient: cross-entropy"),
        bars("ratio", "at_squared", "squared", width=0.3, label="squared error"),
        rule(),
    ]
