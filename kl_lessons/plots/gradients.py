"""The picture of two losses' gradients: by how much each logit raises them."""

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from kl_lessons.plots.base import bars_of, legend_above, name_outcomes, number, picture, scale
from kl_lessons.subjects.classifier import cross_entropy_gradient, squared_error_gradient


def gradients_in_words(
    p: ArrayLike, logits: ArrayLike, temperature: float = 1.0, labels: list[str] | None = None
) -> str:
    """Both gradients in numbers; of many outcomes, the entry that is largest in size."""
    names = labels or [str(i + 1) for i in range(np.size(p))]
    both = []
    for gradient in _both(p, logits, temperature):
        most = np.abs(gradient).argmax()
        each = ", ".join(number(x, 3) for x in gradient)
        largest = f"largest in size for {names[most]} ({number(gradient[most], 3)})"
        both.append(f"({each})" if gradient.size <= 6 else largest)
    return (
        f"Gradient with respect to the logits: of cross-entropy in nats {both[0]}, "
        f"of half the squared error {both[1]}."
    )


@picture(says=gradients_in_words)
def gradients(
    ax: Axes,
    p: ArrayLike,
    logits: ArrayLike,
    temperature: float = 1.0,
    labels: list[str] | None = None,
) -> Callable:
    """∂H(P,Q)/∂logits = (q−p)/T beside the gradient of ½Σ(q−p)²; returns the mover.

    Q is softmax(logits/T), T the temperature.
    """
    outcomes = np.arange(np.size(p))
    bars = bars_of(ax, outcomes - 0.15, 0.3, "KL", "gradient: cross-entropy")
    bars += bars_of(ax, outcomes + 0.15, 0.3, "ratio", "squared error")
    zero = ax.axhline(0, color="black", linewidth=0.8)
    name_outcomes(ax, outcomes.size, labels)
    legend_above(ax, 2)

    def move(
        p: ArrayLike,
        logits: ArrayLike,
        temperature: float = 1.0,
        labels: list[str] | None = None,
    ) -> list:
        heights = np.concatenate(_both(p, logits, temperature))
        ax.set_ylim(-scale(-heights.min(initial=0)), scale(heights.max(initial=0)) * 1.04)
        for bar, height in zip(bars, heights, strict=True):
            bar.set_height(height)
        return [ax.yaxis, zero, *bars]

    move(p, logits, temperature)
    return move


def _both(p: ArrayLike, logits: ArrayLike, temperature: float) -> tuple[np.ndarray, np.ndarray]:
    """The gradients of cross-entropy and of half the squared error, by the chain rule over T."""
    scaled = np.asarray(logits, dtype=float) / temperature
    p = np.asarray(p, dtype=float)
    return (
        cross_entropy_gradient(scaled, p) / temperature,
        squared_error_gradient(scaled, p) / temperature,
    )
