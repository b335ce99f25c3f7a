"""Pictures of languages by their letters: KL between any two, and what a sentence costs in each."""

import math
from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LinearSegmentedColormap, Normalize

from kl_lessons.information import cross_entropy, entropy, kl_divergence, normalize
from kl_lessons.plots.base import PALETTE, number, picture
from kl_lessons.subjects.languages import declared_letters, letter_counts, smoothed

MOST_BITS = 2.5  # of KL, where the colours end


def table_in_words(pseudocount: float = 0.5) -> str:
    """The nearest and the farthest pair of languages, and how many are infinitely far."""
    names, table = declared_letters().names, _divergences(pseudocount)
    others = np.where(np.eye(len(names), dtype=bool), math.nan, table)
    infinite = np.isinf(others)
    some = f" ∞ in {infinite.sum()} of {others.size - len(names)}." if infinite.any() else ""
    others[infinite] = math.nan
    if np.isnan(others).all():
        return f"KL(P‖Q), P in rows, Q in columns:{some}"
    ends = []
    for word, place in (("least", np.nanargmin(others)), ("most", np.nanargmax(others))):
        p, q = divmod(int(place), len(names))
        ends.append(f"{word} {number(others[p, q], 3)} for P = {names[p]}, Q = {names[q]}")
    finite = "of the finite ones " if some else ""
    return f"KL(P‖Q) in bits a letter, P in rows, Q in columns: {finite}{', '.join(ends)}.{some}"


@picture(says=table_in_words, size=(6.4, 5.2))
def language_table(ax: Axes, pseudocount: float = 0.5) -> Callable:
    """KL(P‖Q) of each two languages' letters as colours, ∞ as ∞; returns the mover.

    P, the truth, is a row: a language's frequencies. Q, the belief, is a column: a language's
    counts with `pseudocount` added to each letter's.
    """
    names = declared_letters().names
    colours = LinearSegmentedColormap.from_list("KL", ["white", PALETTE["KL"].fill, "#2E0F2C"], 25)
    bits = Normalize(0, MOST_BITS)
    mesh = ax.pcolormesh(np.zeros((len(names), len(names))), cmap=colours, norm=bits)
    infinities = ax.plot([], [], linestyle="none", marker=r"$\infty$", color="white")[0]
    meaning = ax.text(0, 1.01, "∞: Q gives 0 to a letter of P", transform=ax.transAxes)
    places = np.arange(len(names)) + 0.5
    ax.set_xticks(places, names, rotation=60, ha="right", rotation_mode="anchor")
    ax.set_yticks(places, names)
    ax.tick_params(length=0)
    ax.set_xlabel("Q, the belief", color=PALETTE["Q"].ink)
    ax.set_ylabel("P, the truth", color=PALETTE["P"].ink)
    ax.invert_yaxis()
    ax.set_title("each row is one truth", loc="right")
    scale = ax.figure.colorbar(ScalarMappable(bits, colours), ax=ax, extend="max")
    scale.set_label("KL(P‖Q), bits a letter")

    def move(pseudocount: float = 0.5) -> list:
        table = _divergences(pseudocount)
        rows, columns = np.nonzero(np.isinf(table))
        mesh.set_array(np.minimum(table, 2 * MOST_BITS))
        infinities.set_data(columns + 0.5, rows + 0.5)
        meaning.set_visible(rows.size > 0)
        return [mesh, infinities, meaning]

    move(pseudocount)
    return move


def costs_in_words(text: str, pseudocount: float = 0.5) -> str:
    """The language with the lowest cross-entropy and the next one, in bits a letter."""
    names = declared_letters().names
    p, beliefs = _sentence(text, pseudocount)
    costs = cross_entropy(p, beliefs, base=2)
    first, second = np.argsort(costs, kind="stable")[:2]
    lowest, next_lowest = number(costs[first], 3), number(costs[second], 3)
    if math.isinf(costs[first]):
        return "Under each language the text costs ∞: each gives 0 to one of its letters."
    own = number(entropy(p, base=2), 3)
    extra = number(kl_divergence(p, beliefs[first], base=2), 3)
    infinite = np.isinf(costs).sum()
    others = f" ∞ for {infinite} of the {len(names)}." if infinite else ""
    return (
        f"Lowest: {names[first]}, {lowest} = {own} + {extra} bits a letter; "
        f"next {names[second]}, {next_lowest}.{others}"
    )


@picture(says=costs_in_words, size=(6.4, 4.2))
def sentence_costs(ax: Axes, text: str, pseudocount: float = 0.5) -> Callable:
    """What a letter of the text costs under each language's belief, H(p̂) + KL; returns the mover.

    p̂ is the text's frequencies. The lowest is pointed at; what is ∞ reaches the edge.
    """
    names = declared_letters().names
    alone, extra = (
        ax.barh(
            range(len(names)),
            np.zeros(len(names)),
            label=label,
            facecolor=PALETTE[name].fill,
            edgecolor=PALETTE[name].ink,
            hatch=PALETTE[name].hatch,
            linewidth=0.8,
        )
        for name, label in (("H(P)", "H(p̂), the text's own entropy"), ("KL", "KL(p̂‖Q)"))
    )
    boxed = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
    signs = [
        ax.text(0, y, "∞", ha="right", va="center", weight="bold", bbox=boxed)
        for y in range(len(names))
    ]
    lowest = ax.text(0, 0, " ◀ lowest", va="center", color=PALETTE["KL"].ink, weight="bold")
    ax.set_yticks(range(len(names)), names)
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.set_xlabel("H(p̂,Q), bits a letter")
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2, borderaxespad=0.2)

    def move(text: str, pseudocount: float = 0.5) -> list:
        p, beliefs = _sentence(text, pseudocount)
        own, costs = entropy(p, base=2), cross_entropy(p, beliefs, base=2)
        finite = costs[np.isfinite(costs)]
        top = math.ceil(finite.max(initial=own) + 0.5)
        ax.set_xlim(0, top)
        for below, above, sign, cost in zip(alone, extra, signs, costs, strict=True):
            below.set_width(own)
            above.set(x=own, width=max(min(cost, top) - own, 0.0))
            sign.set(visible=math.isinf(cost), x=0.99 * top)
        best = int(costs.argmin())
        lowest.set(x=min(costs[best], top), y=best, visible=finite.size > 0)
        return [ax.xaxis, *alone, *extra, *signs, lowest]

    move(text, pseudocount)
    return move


def _divergences(pseudocount: float) -> np.ndarray:
    """KL(P‖Q) in bits, P a row and Q a column, for every two languages."""
    counts = declared_letters().counts
    return kl_divergence(normalize(counts)[:, None], smoothed(counts, pseudocount), base=2)


def _sentence(text: str, pseudocount: float) -> tuple[np.ndarray, np.ndarray]:
    """The text's frequencies of letters, and each language's belief, a row."""
    _, alphabet, counts = declared_letters()
    in_text = letter_counts(text, alphabet)
    if not in_text.any():
        raise ValueError(f"text is {text[:20]!r}: give one with at least one letter, such as 'a'")
    return normalize(in_text), smoothed(counts, pseudocount)
