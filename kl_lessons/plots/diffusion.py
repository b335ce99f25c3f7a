"""Pictures of diffusion on a line: noise turned into data step by step, and what a step costs."""

import numpy as np

from kl_lessons.look import scale
from kl_lessons.plots.marks import bars, line, linear
from kl_lessons.plots.picture import chart
from kl_lessons.subjects.diffusion import EDGES, Walks

CENTRES = (EDGES[:-1] + EDGES[1:]) / 2
_SHAPES = np.exp(-np.linspace(0, 4, 5)[:, None] * CENTRES**2)
SMALL = Walks(
    ["flat", "steep"],
    _SHAPES,
    np.array([0.8 * _SHAPES, _SHAPES[::-1]]),
    np.array([[0.9, 0.5, 0.2], [0.3, 0.1, 0.05]]),
)
STEPS = [
    {"walks": SMALL},
    {"walks": SMALL, "denoised": 2, "denoiser": 1},
    {"walks": SMALL, "denoised": 4},
]


def undone(walks: Walks, denoised: int = 0, denoiser: int = 0) -> dict:
    """The samples of one denoiser after so many steps back, and the truth with as much noise."""
    last = len(walks.truth) - 1
    p, q = (np.asarray(table)[last - denoised] for table in (walks.truth, walks.samples[denoiser]))
    inside, beyond = np.abs(p - q).sum(), abs((p - q).sum())  # beyond: what lies outside EDGES
    return {
        "x": CENTRES,
        "p": p,
        "q": q,
        "step": denoised,
        "left": last - denoised,
        "name": walks.names[denoiser],
        "apart": float((inside + beyond) * (EDGES[1] - EDGES[0]) / 2),
    }


@chart(
    numbers=undone,
    says="After {step:0} steps back, {left:0} still to go, the samples of the {name} and the truth "
    "differ by {apart:3} in total variation.",
    size=(4.4, 2.9),
    x=linear([EDGES[0], EDGES[-1]], "x"),
    y=linear([0.0, 0.8], "density"),
    examples=STEPS,
)
def denoising() -> list[dict]:
    """Samples on their way from noise to data, beside the truth with as much noise."""
    return [
        bars("Q", "x", "q", width=0.2, label="Q, samples"),
        line("x", "p", quantity="P", width=2, label="P, as noisy"),
    ]


def stepwise(walks: Walks, denoiser: int = 0) -> dict:
    """The KL of each step of one denoiser, and their sum."""
    kl = np.asarray(walks.kl)[denoiser]
    return {
        "step": np.arange(2, len(kl) + 2),
        "kl": kl,
        "ends": [1.0, len(kl) + 2.0],
        "around": [0.0, 1.04 * scale(np.max(walks.kl))],
        "total": kl.sum(),
        "name": walks.names[denoiser],
    }


@chart(
    numbers=stepwise,
    says="The KL terms of the {name} add up to {total:2} nats.",
    size=(3.4, 2.9),
    title="KL of each step: Σ = {total:2} nats",
    x=linear("ends", "step back from"),
    y=linear("around", "nats"),
    examples=[{k: v for k, v in values.items() if k != "denoised"} for values in STEPS],
)
def step_costs() -> list[dict]:
    """What each step back costs: KL between the true way back and the guessed one."""
    return [bars("KL", "step", "kl", width=0.7)]
