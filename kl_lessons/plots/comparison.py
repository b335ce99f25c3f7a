"""Pictures of two distributions: their bars, the terms of KL, and H(P,Q) = H(P) + KL(P‖Q)."""

import numpy as np
from numpy.typing import ArrayLike

from kl_lessons.information import as_distribution, cross_entropy, entropy, kl_divergence, kl_terms
from kl_lessons.look import outcome_names, room, scale, unit
from kl_lessons.plots.marks import arrows, bars, hidden, linear, names, rule
from kl_lessons.plots.picture import chart
from kl_lessons.subjects.classifier import softmax

MOST_AT_FULL_HEIGHT = 8  # outcomes on a scale that ends at 1
FEW = 6  # outcomes whose probabilities a sentence can hold
PAIRS = [
    {"p": [0.5, 0.3, 0.2], "q": [0.1, 0.6, 0.3], "labels": ["a", "b", "c"]},
    {"p": [0.5, 0.5], "q": [0.9, 0.1]},
    {"p": [0.1, 0.9], "q": [0.1, 0.9], "base": 2},
    {"p": [0.5, 0.5], "q": [1.0, 0.0]},
    {"p": [1.0, 0.0], "q": [0.0, 1.0], "base": 2},
    {"p": [0, 1], "q": [0, 1]},
    {"p": [1e-300, 1.0], "q": [1.0, 1e-300], "base": 2},
    {"p": [0.2, 0.0, 0.8], "q": [0.2, 0.8, 0.0]},
    {"p": [1 / 3, 1 / 3, 1 / 3], "q": [0.33, 0.33, 0.34]},
    {"p": [0.4, *[0.1] * 6], "q": [*[0.1] * 6, 0.4], "labels": list("abcdefg")},
    {"p": [1 / 26] * 26, "q": [0.75, *[0.01] * 25]},
]
SCORED = [
    {"p": [0, 1, 0], "logits": [2, 0, -1], "labels": ["cat", "dog", "fox"]},
    {"p": [0.25, 0.25, 0.5], "logits": [8, -3.1, 0], "temperature": 5.0, "base": 2},
    {"p": [0, 1], "logits": [40, -1], "temperature": 0.1},
    {"p": [1, *[0] * 6], "logits": [0, 40, *[0] * 5]},
]


def pair(
    p: ArrayLike,
    q: ArrayLike | None = None,
    logits: ArrayLike | None = None,
    temperature: float = 1.0,
    base: float | None = None,
    labels: list[str] | None = None,
    truth: str = "P",
) -> dict:
    """All that is shown of P and Q; without q, Q is softmax(logits / temperature)."""
    p = as_distribution("p", p)
    q = softmax(np.asarray(logits, dtype=float) / temperature) if q is None else q
    q = as_distribution("q", q)
    terms = kl_terms(p, q, base=base)
    kl, back = kl_divergence(p, q, base=base), kl_divergence(q, p, base=base)
    alone, crossed = entropy(p, base=base), cross_entropy(p, q, base=base)
    places = np.arange(p.size)
    texts = outcome_names(p.size, labels)
    few, many = p.size <= FEW, p.size > MOST_AT_FULL_HEIGHT
    top = alone + kl if np.isfinite(kl) else 2 * alone
    return {
        "p": p,
        "q": q,
        "names": texts,
        "at_p": places - 0.2,
        "at_q": places + 0.2,
        "probabilities": [0.0, scale(max(p.max(), q.max())) if many else 1.0],
        "scored": logits is not None,
        "of_p": "P, the truth" if truth == "P" else "P, the belief",
        "of_q": "Q, the belief" if truth == "P" else "Q, the truth",
        "truth_first": "KL(P‖Q)" if truth == "P" else "KL(Q‖P)",
        "kl_of_truth": kl if truth == "P" else back,
        "outcomes": p.size,
        "most_p": texts[p.argmax()],
        "most_q": texts[q.argmax()],
        "top_p": p.max(),
        "top_q": q.max(),
        "case": 0 if few else 1,
        "names_and_sum": [*texts, "Σ"],
        "at": places,
        "terms": terms,
        "at_sum": [p.size],
        "sum": [terms.sum()],
        "above": int((terms > 0).sum()),
        "below": int((terms < 0).sum()),
        "around_terms": room([*terms, terms.sum(), -0.1]),
        "no_terms": not np.any(np.isfinite(terms) & (terms != 0)),
        "unit": unit(base),
        "kl": kl,
        "kl_back": back,
        "hp": alone,
        "hq": entropy(q, base=base),
        "hpq": crossed,
        "hqp": cross_entropy(q, p, base=base),
        "nothing": not top,
        "around_lengths": [0.0, scale(top) * (1.04 if np.isfinite(kl) else 1.12)],
    }


MEASURES = (
    "H(P) = {hp}, H(Q) = {hq}, H(P,Q) = {hpq}, H(Q,P) = {hqp}, KL(P‖Q) = {kl}, "
    "KL(Q‖P) = {kl_back} {unit}."
)


@chart(
    numbers=pair,
    says=(
        "P = ({p:p}), Q = ({q:p}).",
        "Most probable of {outcomes:0} outcomes: under P {most_p} ({top_p:3}), "
        "under Q {most_q} ({top_q:3}).",
    ),
    large="{truth_first} = {kl_of_truth} {unit}",
    more=MEASURES,
    x=names(),
    y=linear("probabilities", "probability"),
    scores=("logits",),
    examples=[*PAIRS, *SCORED, PAIRS[0] | {"truth": "Q"}],
)
def distributions() -> list[dict]:
    """The probabilities of P and Q as pairs of bars; arrows lead from scored Q to P."""
    return [
        bars("P", "at_p", "p", width=0.4, label="{of_p}", hand="p"),
        bars("Q", "at_q", "q", width=0.4, label="{of_q}", hand="q"),
        arrows("at_q", "q", "p", quantity="ratio", show="scored"),
    ]


@chart(
    numbers=pair,
    says="{above:0} of the {outcomes:0} terms p log(p/q) above 0, {below:0} below; they sum to "
    "KL(P‖Q) = {kl} {unit}.",
    large="KL(P‖Q) = {kl} {unit}",
    more=MEASURES,
    title="p log(p/q), and Σ, their sum",
    x=names("names_and_sum"),
    y=linear("around_terms", "{unit}", blank="no_terms"),
    scores=("logits",),
    examples=PAIRS,
)
def terms() -> list[dict]:
    """The terms p log(p/q) as bars, and Σ, their sum; one that is ∞ is broken."""
    return [bars("KL", "at", "terms", width=0.6), bars("KL", "at_sum", "sum"), rule()]


@chart(
    numbers=pair,
    says="H(P,Q) = H(P) + KL(P‖Q): {hpq} = {hp} + {kl} {unit}.",
    large="KL(P‖Q) = {kl} {unit}",
    more=MEASURES,
    title="H(P,Q) = H(P) + KL(P‖Q)",
    x=hidden([-1.7, 3.7]),
    y=linear("around_lengths", "{unit}", blank="nothing"),
    scores=("logits",),
    examples=[*PAIRS, *SCORED],
)
def decomposition() -> list[dict]:
    """H(P) and KL(P‖Q) stacked beside H(P,Q), with arrows that name the three lengths."""
    return [
        bars("H(P)", [0], "hp", width=0.6),
        bars("KL", [0], "hpq", start="hp", width=0.6),
        bars("H(P,Q)", [1.9], "hpq", width=0.6),
        arrows([-0.45], 0, "hp", quantity="H(P)", both=True, text="H(P)", side=-1),
        arrows([0.45], "hp", "hpq", quantity="KL", both=True, text="KL"),
        arrows([2.35], 0, "hpq", quantity="H(P,Q)", both=True, text="H(P,Q)"),
        rule(),
    ]
