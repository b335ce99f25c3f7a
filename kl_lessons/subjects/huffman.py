"""Huffman's code: for each symbol its own bits, as few on average as a belief Q allows."""

from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from kl_lessons.information import as_distribution
from kl_lessons.subjects.coding import as_symbols, refusal


def huffman_code(q: ArrayLike) -> tuple[str, ...]:
    """The bits for each symbol that make Σ q·length smallest, no code the beginning of another.

    Parameters
    ----------
    q : the distribution of the symbols, each above 0.

    Returns
    -------
    A string of 0s and 1s for each symbol, the same for the same q: sorted by length, then by
    symbol, each is the next binary number that fits. One symbol alone has "0".

    Raises
    ------
    ValueError if q is no distribution, or gives a symbol 0: its code would be infinitely
    long, and any other code for it would lengthen those of the rest.

    Source: Huffman 1952, doi:10.1109/JRPROC.1952.273898.
    """
    q = as_distribution("q", q)
    if q.ndim > 1:
        raise ValueError(f"q has shape {q.shape}: give one distribution, a code for each symbol")
    if not q.all():
        raise ValueError(
            f"q gives symbol {q.argmin()} probability 0: its code would be infinitely long; "
            "leave it out of q"
        )
    code, number, last = [""] * q.size, 0, 0
    for length, symbol in sorted(zip(_lengths(q.tolist()), range(q.size), strict=True)):
        number <<= length - last
        code[symbol] = f"{number:0{length}b}"
        number, last = number + 1, length
    return tuple(code)


def huffman_encode(symbols: ArrayLike, code: Sequence[str]) -> str:
    """The codes of the symbols, one after the other, as a string of 0s and 1s.

    `symbols` are integers, `code` what `huffman_code` returns, or another code none of whose
    words begins another. ValueError if code is no such code, or has no word for a symbol.
    """
    code, symbols = _words(code), as_symbols(symbols)
    for i in np.flatnonzero((symbols < 0) | (symbols >= len(code)))[:1]:
        raise refusal(symbols[i], i, len(code), "code")
    return "".join([code[symbol] for symbol in symbols.tolist()])


def huffman_decode(bits: str, code: Sequence[str]) -> np.ndarray:
    """The symbols that `huffman_encode` wrote as these bits, an array of integers.

    ValueError if bits are not codes to the last bit, or if code is no code (`huffman_encode`).
    """
    code = _words(code)
    if not isinstance(bits, str):
        raise ValueError(f"bits is of type {type(bits).__name__}: give a string such as '0110'")
    symbol_of = {word: symbol for symbol, word in enumerate(code)}
    lengths = sorted({len(word) for word in code})
    symbols, start = [], 0
    while start < len(bits):
        for length in lengths:
            symbol = symbol_of.get(bits[start : start + length])
            if symbol is not None:
                break
        else:
            found = bits[start : start + min(lengths[-1], 20)]
            raise ValueError(
                f"bits holds {found!r} at [{start}], where no word of code stands: "
                "give all the bits that were written with this code"
            )
        symbols.append(symbol)
        start += length
    return np.array(symbols, dtype=np.intp)


def _lengths(q: list[float]) -> list[int]:
    """How many bits Huffman's code has for each symbol: its depth in the tree."""
    outcomes, nodes = len(q), 2 * len(q) - 1
    if outcomes == 1:
        return [1]
    parent = [0] * nodes
    heap = list(zip(q, range(outcomes), strict=True))
    heapify(heap)
    for node in range(outcomes, nodes):  # the two least probable get a common parent
        (weight_0, child_0), (weight_1, child_1) = heappop(heap), heappop(heap)
        parent[child_0] = parent[child_1] = node
        heappush(heap, (weight_0 + weight_1, node))
    depth = [0] * nodes
    for node in reversed(range(nodes - 1)):
        depth[node] = depth[parent[node]] + 1
    return depth[:outcomes]


def _words(code: Sequence[str]) -> list[str]:
    """The words of code: strings of 0s and 1s, none the beginning of another; or a ValueError."""
    if not isinstance(code, list | tuple | np.ndarray):
        raise ValueError(
            f"code is of type {type(code).__name__}: give one word for each symbol, such as "
            "['0', '1']"
        )
    for word in code:
        if not isinstance(word, str) or not word or word.strip("01"):
            raise ValueError(f"code holds {word!r}, and must hold strings such as '0' and '10'")
    if len(code) == 0:
        raise ValueError("code is empty: give one word for each symbol, such as ['0', '1']")
    for word, following in pairwise(sorted(code)):
        if following.startswith(word):
            raise ValueError(
                f"code holds {word!r}, which begins {following!r}: no decoder could tell them apart"
            )
    return list(code)
