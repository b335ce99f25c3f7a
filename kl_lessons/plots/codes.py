"""Pictures of codes: Huffman's joins, words as shares of all bit strings, a text's interval."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from kl_lessons.information import as_distribution, entropy
from kl_lessons.look import outcome_names
from kl_lessons.plots.marks import bars, linear, names, texts
from kl_lessons.plots.picture import chart

NARROWEST = 0.05  # of the blocks that are named
GAP = 0.003  # between two blocks
FLIPS = 20  # of the text that the interval is shown for
HALVES = ["0", "10", "110", "111"], ["110", "0", "10", "111"]


def beginnings(code: Sequence[str]) -> dict:
    """Where the strings that begin with each word start and end, all strings being 0 to 1."""
    widths = [0.5 ** len(word) for word in code]
    starts = [int(word, 2) * width for word, width in zip(code, widths, strict=True)]
    return {
        "start": starts,
        "end": [start + width for start, width in zip(starts, widths, strict=True)],
        "middle": [start + width / 2 for start, width in zip(starts, widths, strict=True)],
        "sum": math.fsum(widths),
    }


def areas(bob: Sequence[str], alice: Sequence[str], words: Sequence[str] | None = None) -> dict:
    """The shares 2^(−length) of two codes for the same words, and Kraft's sum of each."""
    each = {"bob": beginnings(bob), "alice": beginnings(alice)}
    return {
        **{f"{key}_{who}": value for who, code in each.items() for key, value in code.items()},
        "codes": ["Bob", "Alice"],
        "words": outcome_names(len(bob), words),
        "bob": list(bob),
        "alice": list(alice),
        **{
            f"{place}_{who}": [row + rise] * len(bob)
            for row, who in enumerate(each)
            for place, rise in (("row", 0.0), ("above", -0.22), ("below", 0.22))
        },
    }


@chart(
    numbers=areas,
    says="Each word takes 2^(−length) of all bit strings, those that begin with it: "
    "Bob's add up to {sum_bob:3}, Alice's to {sum_alice:3}.",
    size=(6.4, 2.4),
    x=linear([0.0, 1.0], "share of all bit strings, as binary fractions"),
    y=names("codes"),
    examples=[
        {"bob": HALVES[0], "alice": HALVES[1], "words": ["dog", "cat", "fish", "bird"]},
        {"bob": ["00", "01", "10", "11"], "alice": ["0", "100", "101", "1100"]},
        {"bob": HALVES[1], "alice": ["1", "01", "001", "000"]},
    ],
)
def code_areas() -> list[dict]:
    """Each code word as a rectangle of width 2^(−length): none can overlap another."""
    marks = []
    for who, quantity in (("bob", "P"), ("alice", "Q")):
        row, middle = f"row_{who}", f"middle_{who}"
        ends = {"start": f"start_{who}", "sideways": True, "width": 0.4}
        marks += [
            bars(quantity, row, f"end_{who}", **ends),
            texts(middle, f"above_{who}", "words", rise=1, quantity="H(P,Q)"),
            texts(middle, f"below_{who}", who, rise=-1, quantity="H(P,Q)"),
        ]
    return marks


def joined(p: ArrayLike, joins: int = 3, labels: Sequence[str] | None = None) -> dict:
    """Huffman's joins, a row for each: the two least probable blocks become one."""
    p, words = as_distribution("p", p).tolist(), outcome_names(np.size(p), labels)
    rows = [[(weight, i, [i]) for i, weight in enumerate(p)]]
    while len(rows) < len(p):
        one, other, *others = sorted(rows[-1])
        rows.append([*others, (one[0] + other[0], len(p) + len(rows), [*one[2], *other[2]])])
    start, starts = 0.0, {}  # side by side in the order of the whole tree, so that nothing jumps
    for outcome in rows[-1][0][2]:
        starts[outcome] = start
        start += p[outcome]
    done = min(joins, len(p) - 1)
    lengths = [sum(i in row[-1][2] for row in rows[1 : done + 1]) for i in range(len(p))]
    blocks = [  # row, start, width, outcomes; of no width where the joins are still to come
        (row, starts[of[0]], weight, of) if row <= done else (row, 0.0, 0.0, [])
        for row, nodes in enumerate(rows)
        for weight, _, of in nodes
    ]
    return {
        "row": [float(row) for row, *_ in blocks],
        "above": [row - 0.24 for row, *_ in blocks],
        "start": [start for _, start, _, _ in blocks],
        "end": [start + width for _, start, width, _ in blocks],
        "edge": [start + max(0.0, width - GAP) for _, start, width, _ in blocks],
        "middle": [start + width / 2 for _, start, width, _ in blocks],
        "who": [
            "+".join(words[i] for i in of) if width >= NARROWEST else ""
            for _, _, width, of in blocks
        ],
        "names": ["words", *[f"join {i}" for i in range(1, len(p))]],
        "joins": done,
        "left": len(p) - done,
        "case": 0 if done < len(p) - 1 else 1,
        "lengths": lengths,
        "mean": math.fsum(weight * length for weight, length in zip(p, lengths, strict=True)),
        "hp": entropy(p, base=2),
    }


@chart(
    numbers=joined,
    says=(
        "Joins so far: {joins:0}; blocks left: {left:0}; bits so far: {lengths:0}.",
        "All are joined. Bits: {lengths:0}, {mean:3} on average; H(P) = {hp:3} bits.",
    ),
    size=(6.4, 3.2),
    x=linear([0.0, 1.0], "probability"),
    y=names(),
    examples=[
        {"p": [0.5, 0.25, 0.125, 0.125]},
        {"p": [0.1, 0.2, 0.3, 0.4], "joins": 1},
        {"p": [0.25, 0.0, 0.75, 0.0], "joins": 2},
        {"p": [0.2, 0.5, 0.3], "joins": 0},
    ],
)
def huffman_joins() -> list[dict]:
    """Huffman's tree as it grows: each join makes one block of the two narrowest."""
    return [
        bars("P", "row", "edge", start="start", width=0.45, sideways=True),
        texts("middle", "above", "who", rise=1, quantity="H(P,Q)"),
    ]


def narrowed(text: str = "HHTH", heads: float = 0.9, letters: int = FLIPS) -> dict:
    """The interval of the first so many flips, step by step, and the bits that fit into it."""
    flips = [sign for sign in text.upper() if sign in "HT"][:FLIPS]
    read = min(letters, len(flips))
    lows, highs, low, width = [0.0], [1.0], 0.0, 1.0
    for flip in flips[:read]:
        low += width * heads if flip == "T" else 0.0
        width *= heads if flip == "H" else 1.0 - heads
        lows.append(low)
        highs.append(low + width)
    digits = 0  # until all numbers that begin with so many binary digits can lie inside
    while math.ceil(low * 2**digits) + 1 > (low + width) * 2**digits:
        digits += 1
    number = math.ceil(low * 2**digits)
    rest = [0.0] * (FLIPS - read)
    return {
        "rows": [float(row) for row in range(FLIPS + 1)],
        "low": [*lows, *rest],
        "high": [*highs, *rest],
        "names": ["start", *flips, *[""] * (FLIPS - len(flips)), "bits"],
        "bits_from": number / 2**digits,
        "bits_to": (number + 1) / 2**digits,
        "from": low,
        "width": width,
        "read": read,
        "surprise": 0.0 - math.log2(width),
        "digits": digits,
        "bits": f"{number:0{digits}b}" if digits else "none",
    }


@chart(
    numbers=narrowed,
    says="Flips so far: {read:0}. The interval begins at {from}; −log₂ of its width is "
    "{surprise:2} bits. Bits that fit into it: {bits}, {digits:0} of them.",
    size=(6.4, 4.6),
    x=linear([0.0, 1.0], "numbers from 0 to 1"),
    y=names(),
    examples=[
        {"text": "HHHHHHHHHHHHHHHTHHHH"},
        {"text": "HTTHTHHT", "heads": 0.5, "letters": 5},
        {"text": "no flips", "heads": 0.95, "letters": 3},
        {"text": "ttttttt", "heads": 0.7},
        {"text": "", "letters": 0},
    ],
)
def interval() -> list[dict]:
    """The arithmetic code's interval, narrower with each flip, and the bits that fit inside."""
    own = "the interval of the flips so far"
    fit = "all numbers that begin with the bits"
    return [
        bars("Q", "rows", "high", start="low", sideways=True, label=own),
        bars("H(P,Q)", [FLIPS + 1], "bits_to", start="bits_from", sideways=True, label=fit),
    ]
