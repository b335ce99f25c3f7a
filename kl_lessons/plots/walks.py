"""Pictures of coin flips: the walk of the log-likelihood ratio, and its exact split."""

import math
from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from kl_lessons.information import as_distribution, kl_divergence
from kl_lessons.plots.base import (
    PALETTE,
    bars_of,
    infinity_sign,
    legend_above,
    number,
    picture,
    scale,
)
from kl_lessons.subjects import coins
from kl_lessons.subjects.sampling import sample

MOST_FLIPS = 10_000


def walk_in_words(
    p: ArrayLike, q: ArrayLike, truth: str = "P", flips: int = 1000, seed: int = 1
) -> str:
    """Where the walk ended, and how many flips it takes until the odds are 99:1."""
    outcomes = _tossed(p, q, truth, flips, seed)
    settled, _ = _drift(p, q, truth)
    here = coins.log_likelihood_ratio(outcomes, p, q)[-1] / flips
    line = "KL(P‖Q)" if truth == "P" else "−KL(Q‖P)"
    needed = coins.flips_needed(p, q) if truth == "P" else coins.flips_needed(q, p)
    odds = f"the mean reaches odds of 99:1 after {number(needed, 1)} flips"
    if math.isinf(needed):
        odds = "the coins are equal, and no number of flips tells them apart"
    if math.isinf(settled):
        odds = "the first outcome that is impossible for the other settles it"
    return (
        f"After {flips:,} {'flip' if flips == 1 else 'flips'} of {truth}: (1/n) log P/Q = "
        f"{number(here)}, the line {line} = {number(settled)} nats; {odds}."
    )


def _tossed(p: ArrayLike, q: ArrayLike, truth: str, flips: int, seed: int) -> np.ndarray:
    """The outcomes of the coin that is really flipped, P or Q."""
    return sample({"P": p, "Q": q}[truth], flips, seed)


def _drift(p: ArrayLike, q: ArrayLike, truth: str) -> tuple[float, float]:
    """The mean of log p/q over one flip of the true coin and its standard deviation, in nats."""
    mean = kl_divergence(p, q) if truth == "P" else 0.0 - kl_divergence(q, p)
    if math.isinf(mean):
        return mean, math.inf
    true = as_distribution("p", p if truth == "P" else q)
    possible = true > 0
    steps = np.log(np.asarray(p)[possible]) - np.log(np.asarray(q)[possible])
    return mean, math.sqrt(true[possible] @ (steps - mean) ** 2)


@picture(says=walk_in_words, size=(4.6, 2.9))
def walk(
    ax: Axes, p: ArrayLike, q: ArrayLike, truth: str = "P", flips: int = 1000, seed: int = 1
) -> Callable:
    """The log-likelihood ratio for each flip as flips are added: a walk that settles at KL.

    `truth`, "P" or "Q", is the coin that is flipped. The band is the mean ± 1.96·sd/√i: 95 of
    100 walks are in it at flip i, by the normal approximation. Returns the mover.
    """
    ax.set(xscale="log", xlim=(1, MOST_FLIPS), xlabel="flips so far, i")
    ax.set_ylabel("(1/i) log P/Q, in nats")
    zero = ax.axhline(0, color="black", linewidth=0.8)
    spread = np.geomspace(1, MOST_FLIPS, 60)
    band = ax.fill(spread, 0 * spread, color="#E4E4E4", zorder=0, label="95 of 100 walks")[0]
    line = ax.plot([], [], color=PALETTE["KL"].ink, linestyle="--", label="their mean")[0]
    path = ax.plot([], [], color=PALETTE["ratio"].ink, linewidth=1.4, label="this walk")[0]
    infinity = infinity_sign(ax, MOST_FLIPS / 2)
    legend_above(ax, 3)

    def move(
        p: ArrayLike, q: ArrayLike, truth: str = "P", flips: int = 1000, seed: int = 1
    ) -> list:
        outcomes = _tossed(p, q, truth, flips, seed)
        mean, deviation = _drift(p, q, truth)
        i = np.unique(np.geomspace(1, flips, 250).astype(int))
        ratio = coins.log_likelihood_ratio(outcomes, p, q)[i - 1] / i
        known = math.isfinite(mean)
        top = scale(abs(mean) + 0.5 * deviation) if known else 10.0
        ax.set_ylim(-top, top)
        half = 1.96 * (deviation if known else 0) / np.sqrt(spread)
        middle = mean if known else 0
        edge = np.concatenate([middle + half, (middle - half)[::-1]])
        band.set_xy(np.column_stack([np.concatenate([spread, spread[::-1]]), edge]))
        line.set_data([1, MOST_FLIPS], [mean, mean])
        path.set_data(i, np.clip(ratio, -top, top))
        infinity.set(
            visible=not known,
            text=number(mean, 0),
            y=math.copysign(top, mean),
            va="top" if mean > 0 else "bottom",
        )
        return [ax.yaxis, band, zero, line, path, infinity]

    move(p, q, truth, flips, seed)
    return move


def split_in_words(
    p: ArrayLike, q: ArrayLike, truth: str = "P", flips: int = 1000, seed: int = 1
) -> str:
    """The exact identity of the observed frequencies in numbers."""
    outcomes = _tossed(p, q, truth, flips, seed)
    from_q, from_p = coins.exact_split(outcomes, p, q)
    observed = ", ".join(number(x) for x in coins.frequencies(outcomes, np.size(p)))
    return (
        f"Observed p̂ = ({observed}): KL(p̂‖Q) − KL(p̂‖P) = {number(from_q)} − "
        f"{number(from_p)} = {number(from_q - from_p)} nats."
    )


@picture(says=split_in_words, size=(2.6, 2.9))
def split(
    ax: Axes, p: ArrayLike, q: ArrayLike, truth: str = "P", flips: int = 1000, seed: int = 1
) -> Callable:
    """KL(p̂‖Q), KL(p̂‖P) and their difference, (1/n) log P/Q exactly; returns the mover."""
    bars = [bars_of(ax, [x], 0.6, name)[0] for x, name in ((0, "KL"), (1, "KL"), (2, "ratio"))]
    ax.set_xticks(range(3), ["KL(p̂‖Q)", "KL(p̂‖P)", "difference"])
    ax.tick_params(axis="x", length=0)
    zero = ax.axhline(0, color="black", linewidth=0.8)
    ax.set_title("the two terms, in nats")
    infinities = [infinity_sign(ax, x) for x in range(3)]

    def move(
        p: ArrayLike, q: ArrayLike, truth: str = "P", flips: int = 1000, seed: int = 1
    ) -> list:
        from_q, from_p = coins.exact_split(_tossed(p, q, truth, flips, seed), p, q)
        heights = np.array([from_q, from_p, from_q - from_p])
        top = scale(np.abs(heights[np.isfinite(heights)]).max(initial=0))
        ax.set_ylim(min(-top * (heights[2] < 0), 0) * 1.04, top * 1.04)
        for bar, sign, height in zip(bars, infinities, heights, strict=True):
            bar.set_height(np.clip(height, -top * 1.04, top * 1.04))
            sign.set(visible=math.isinf(height), y=math.copysign(top, height), text=number(height))
            sign.set_verticalalignment("top" if height > 0 else "bottom")
        return [ax.yaxis, zero, *bars, *infinities]

    move(p, q, truth, flips, seed)
    return move
