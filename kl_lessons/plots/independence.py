"""Pictures of a joint distribution against the product of its marginals: mutual information."""

import math

import numpy as np

from kl_lessons.information import kl_terms, mutual_information
from kl_lessons.look import room, unit
from kl_lessons.plots.marks import area, bars, hidden, line, linear, names, rule, texts
from kl_lessons.plots.picture import chart

BESIDE = 1.3  # where the square of the product begins
DAYS = [
    {},
    {"rain": 0.3, "umbrella_if_rain": 0.9, "umbrella_if_dry": 0.1, "base": 2},
    {"umbrella_if_rain": 0.2},
    {"umbrella_if_rain": 1.0, "umbrella_if_dry": 0.0},
    {"rain": 0.0},
    {"rain": 1.0, "umbrella_if_rain": 1.0, "base": 2},
]


def joint_and_product(
    rain: float = 0.5,
    umbrella_if_rain: float = 0.8,
    umbrella_if_dry: float = 0.2,
    base: float | None = None,
) -> dict:
    """Weather and umbrellas as they come together, and as they would if they were independent.

    Each is a square of area 1: its columns are dry and rain, and each column is cut in two.
    """
    weather = np.array([1 - rain, rain])
    carried = np.array([umbrella_if_dry, umbrella_if_rain])
    joint = weather[:, None] * np.column_stack([1 - carried, carried])
    product = np.outer(joint.sum(axis=1), joint.sum(axis=0))
    terms = kl_terms(joint.ravel(), product.ravel(), base=base)
    information = mutual_information(joint, base=base)
    umbrella = float(joint[:, 1].sum())
    numbers = {
        "none_or_not": ["dry no", "dry yes", "rain no", "rain yes", "Σ"],
        "joint": joint.ravel(),
        "product": product.ravel(),
        "umbrella": umbrella,
        "across": [1 - umbrella, 1 - umbrella],
        "terms": terms,
        "information": information,
        "around_terms": room([*terms, information, -0.1, 0.1]),
        "most": math.log(2) / math.log(base or math.e),
        "unit": unit(base),
    }
    edges = [0.0, 1 - rain, 1.0]
    for square, start, shares in (("p", 0.0, carried), ("q", BESIDE, [umbrella, umbrella])):
        for i, day in enumerate(("dry", "rain")):
            left, right = start + edges[i], start + edges[i + 1]
            numbers[f"{square}_{day}_x"] = [left, right, right, left]
            numbers[f"{square}_{day}_none"] = [0.0, 0.0, 1 - shares[i], 1 - shares[i]]
            numbers[f"{square}_{day}_umbrella"] = [1 - shares[i], 1 - shares[i], 1.0, 1.0]
        numbers[f"{square}_middles"] = [start + (1 - rain) / 2, start + 1 - rain / 2]
    return numbers


def _square(square: str, quantity: str, start: float, title: str, label: str) -> list[dict]:
    """The four cells of a square, the names of its columns below and its own above."""
    cells = []
    for day in ("dry", "rain"):
        x = f"{square}_{day}_x"
        cells.append(area(x, f"{square}_{day}_none"))
        umbrella = label if day == "dry" else ""
        cells.append(
            area(x, f"{square}_{day}_umbrella", quantity=quantity, hatched=True, label=umbrella)
        )
    return [
        *cells,
        texts(f"{square}_middles", [-0.03, -0.03], ["dry", "rain"], rise=-1),
        texts([start + 0.5], [1.03], [title], rise=1, quantity=quantity),
    ]


@chart(
    numbers=joint_and_product,
    says="Dry without and with umbrella, rain without and with: P, the joint, has ({joint:p}), "
    "Q, the product, ({product:p}).",
    size=(5.2, 3.0),
    x=hidden([-0.05, 1 + BESIDE + 0.05]),
    y=linear([-0.12, 1.12]),
    columns=2,
    examples=DAYS,
)
def joint() -> list[dict]:
    """A joint distribution as areas, beside the product of its marginals."""
    return [
        *_square("p", "P", 0.0, "P, the joint", "umbrella, as it is"),
        *_square("q", "Q", BESIDE, "Q, the product", "umbrella, were it independent"),
        line([0, 1 + BESIDE], "across", dash=True),
    ]


@chart(
    numbers=joint_and_product,
    says="Their KL is I(X;Y) = {information} {unit}.",
    large="I(X;Y) = {information} {unit}",
    more="The terms are {terms}; their sum is {information} {unit}.",
    size=(3.6, 3.0),
    title="p log(p/q), umbrella or no; Σ is I(X;Y)",
    x=names("none_or_not"),
    y=linear("around_terms", "{unit}"),
    examples=DAYS,
)
def joint_terms() -> list[dict]:
    """The terms of the KL of a joint from the product of its marginals, and their sum."""
    return [
        bars("KL", [0, 1, 2, 3], "terms", width=0.6),
        bars("KL", [4], "information", width=0.6),
        rule(),
    ]
