"""Arithmetic coding: a text becomes one string of bits, two longer at most than it surprises Q."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from kl_lessons.information import MOST_ENTRIES, as_array, as_distribution, whole_number


class MarkovBelief(NamedTuple):
    """A belief that looks back at the last `order` symbols, at fewer where the text begins.

    `row` takes these symbols, a tuple, and returns the distribution of the next.
    """

    order: int
    row: Callable[[tuple[int, ...]], ArrayLike]


Belief = ArrayLike | Callable[[np.ndarray], ArrayLike] | MarkovBelief

_FINE = 2**56  # parts that Q is counted in: 1e-12 is 72,058 of them
_WORD = 32  # bits written at a time
_WIDE = 4 * _WORD  # bits in view: cutting 2^96 or more into 2^56 parts wastes a 2^-40 at most


def arithmetic_encode(symbols: ArrayLike, q: Belief) -> str:
    """The text as one string of bits: a place in an interval as wide as Q finds it probable.

    Parameters
    ----------
    symbols : integers from 0 to K − 1, in a list or an array of one axis; may be empty.
    q : the distribution of each symbol, of shape (K,); or one row for each symbol, of shape
        (n, K); or a function that takes the symbols so far, an array, and returns the
        distribution of the next; or a MarkovBelief, whose `row` is called once for each context.
        The decoder must get the same q, to the last digit.

    Returns
    -------
    A string of 0s and 1s, the shortest binary fraction that stays inside the text's interval
    whatever follows it. Among texts of n symbols no string begins another, so Kraft's sum over
    them is at most 1. It is at least −Σ log₂ q(symbol) bits long, which is n·H(p̂,Q) for one
    Q (p̂ the frequencies in the text), and at most two bits longer. That holds for Q counted in
    parts of 2⁻⁵⁶, which costs below 1e-11 bits a symbol, and nothing where all q are powers of
    1/2; a q between 0 and 2⁻⁵⁶ counts as 2⁻⁵⁶.

    Raises
    ------
    ValueError if q is no distribution, if symbols are not integers from 0 to K − 1, or if q
    gives 0 to one of them: its code would be infinitely long.

    Source: Martin 1979, "Range encoding"; Witten, Neal and Cleary 1987, doi:10.1145/214762.214771.
    """
    symbols = as_symbols(symbols)
    low, width, words = 0, 1 << _WIDE, []
    tables = _tables(q, symbols)
    for i, (symbol, table) in enumerate(zip(symbols.tolist(), tables, strict=True)):
        if not (0 <= symbol < len(table) - 1 and table[symbol] < table[symbol + 1]):
            raise refusal(symbol, i, len(table) - 1, "q")
        part = width // table[-1]
        low += part * table[symbol]
        width = part * (table[symbol + 1] - table[symbol])
        while width >> _WIDE - _WORD == 0:
            words.append(low >> _WIDE - _WORD)
            low = (low & (1 << _WIDE - _WORD) - 1) << _WORD
            width <<= _WORD
    return _ended(words, low, width)


def arithmetic_decode(bits: str, q: Belief, n: int) -> np.ndarray:
    """The n symbols that `arithmetic_encode` wrote as these bits, given the same q.

    Parameters
    ----------
    bits : the string; what follows the text's own bits is not read. Nothing in them tells n or q:
        with another n they are read in part or beyond their end, with another q as another text.
    q : as in `arithmetic_encode`; a function is given the symbols decoded so far.
    n : the number of symbols, at most 10⁸; rows of q must be as many.

    Returns
    -------
    An array of n integers.

    Raises
    ------
    ValueError if q is no distribution, n no whole number from 0 to 10⁸, or bits not a string of
    0s and 1s, or one that no text has under q.
    """
    if not isinstance(bits, str):
        raise ValueError(f"bits is of type {type(bits).__name__}: give what arithmetic_encode gave")
    for other in bits.strip("01")[:1]:
        raise ValueError(f"bits holds {other!r}: give what arithmetic_encode gave, 0s and 1s")
    # The bits do not bound n: a text of symbols that Q is sure of takes no bits.
    symbols = np.zeros(whole_number("n", n, 0, MOST_ENTRIES), dtype=np.intp)
    so_far = symbols.view()
    so_far.flags.writeable = False
    words = (int(bits[i : i + _WORD].ljust(_WORD, "0"), 2) for i in range(0, len(bits), _WORD))
    above_low, width = 0, 1 << _WIDE
    for _ in range(_WIDE // _WORD):
        above_low = above_low << _WORD | next(words, 0)
    for i, table in enumerate(_tables(q, so_far)):
        part = width // table[-1]
        symbol = bisect_right(table, above_low // part) - 1
        if symbol == len(table) - 1:
            raise ValueError(f"bits hold no symbol {i} under q: were they encoded with another q?")
        symbols[i] = symbol
        above_low -= part * table[symbol]
        width = part * (table[symbol + 1] - table[symbol])
        while width >> _WIDE - _WORD == 0:
            above_low = above_low << _WORD | next(words, 0)
            width <<= _WORD
    return symbols


def as_symbols(symbols: ArrayLike) -> np.ndarray:
    """The symbols as an array of integers that cannot be written to, or a ValueError."""
    array = as_array("symbols", symbols)
    if array.dtype.kind not in "iu" and array.shape != (0,):
        raise ValueError(
            f"symbols holds {array.dtype.type.__name__}, not integers: "
            "give each symbol's number in the alphabet, such as [0, 2, 1]"
        )
    if array.ndim != 1:
        raise ValueError(f"symbols has shape {array.shape}: give a list such as [0, 2, 1]")
    for large in array[array > np.iinfo(np.intp).max][:1]:
        raise ValueError(f"symbols holds {large}: give each symbol's number in the alphabet")
    array = array.astype(np.intp)
    array.flags.writeable = False
    return array


def refusal(symbol: int, index: int, outcomes: int, name: str) -> ValueError:
    """What is wrong with a symbol that cannot be coded."""
    if 0 <= symbol < outcomes:
        why = f"to which {name} gives probability 0: its code would be infinitely long"
    else:
        why = f"and {name} has {outcomes} outcomes: give integers from 0 to {outcomes - 1}"
    return ValueError(f"symbols holds {symbol} at [{index}], {why}")


def _tables(q: Belief, symbols: np.ndarray) -> Iterator[list[int]]:
    """For each symbol in turn, where in Q's parts the outcomes start, and the number of parts.

    A function q sees only what stands in `symbols` before the one whose turn it is.
    """
    if isinstance(q, MarkovBelief):
        order = whole_number("q.order", q.order, 0, MOST_ENTRIES)
        if not callable(q.row):
            raise ValueError(
                f"q.row is of type {type(q.row).__name__}: give a function of the last symbols"
            )
        return _context_tables(order, q.row, symbols)
    if callable(q):
        return (_table("q(prefix)", q(symbols[:i]), 1).tolist() for i in range(symbols.size))
    if symbols.size == 0:
        return iter(())
    table = _table("q", q, 2)
    if table.ndim == 1:
        return repeat(table.tolist(), symbols.size)
    if len(table) != symbols.size:
        raise ValueError(
            f"q has {len(table)} rows for {symbols.size} symbols: give one row for each symbol"
        )
    return (row.tolist() for row in table)


def _context_tables(
    order: int, row: Callable[[tuple[int, ...]], ArrayLike], symbols: np.ndarray
) -> Iterator[list[int]]:
    """The tables of a MarkovBelief, each made when its context first stands in the text."""
    tables = {}
    for i in range(symbols.size):
        context = tuple(symbols[max(0, i - order) : i].tolist())
        if context not in tables:
            tables[context] = _table(f"q.row({context})", row(context), 1).tolist()
        yield tables[context]


def _table(name: str, q: ArrayLike, axes: int) -> np.ndarray:
    """0 and the running sums of ⌈2⁵⁶ q⌉: exact, the same on every machine, and 0 only for 0."""
    q = as_distribution(name, q)
    if q.ndim > axes:
        raise ValueError(f"{name} has shape {q.shape}: give one distribution for each symbol")
    table = np.zeros((*q.shape[:-1], q.shape[-1] + 1), dtype=np.int64)
    np.cumsum(np.ceil(q * _FINE), axis=-1, out=table[..., 1:], dtype=np.int64)
    return table


def _ended(words: list[int], low: int, width: int) -> str:
    """The words, then the fewest bits after which every number is in [low, low + width)."""
    zeros = width.bit_length() - 1
    number = -(-low >> zeros)
    if number + 1 << zeros > low + width:  # half as many numbers begin with one bit more
        zeros -= 1
        number = -(-low >> zeros)
    last = _WIDE - zeros
    carry, number = divmod(number, 1 << last)
    for i in reversed(range(len(words))):  # a word may have grown beyond its bits since
        carry, words[i] = divmod(words[i] + carry, 1 << _WORD)
    return "".join([*(f"{word:0{_WORD}b}" for word in words), f"{number:0{last}b}" if last else ""])
