"""Language models that have counted which sign follows which: beliefs about the next sign."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from kl_lessons.data import Book
from kl_lessons.information import MOST_ENTRIES, surprisal, whole_number
from kl_lessons.subjects.coding import MarkovBelief

ALPHABET = "\n" + "".join(map(chr, range(32, 127))) + "—"  # 97 signs: newline, ASCII, the dash
MOST_SIGNS_BEFORE = 8  # longer contexts of a book are nearly all met once
_PLACES = {sign: i for i, sign in enumerate(ALPHABET)}


class Model(NamedTuple):
    """How often each sign followed each context of 0 to `order` signs: `follows["wh"]["a"]`."""

    order: int
    follows: dict[str, Counter]


class OrderCosts(NamedTuple):
    """What models of several orders cost, in bits a sign, an entry of each list for each order.

    `training` is the training text's own cost under its plain counts, `blended` that of the
    held-out text under `belief`. With a pseudocount a, the held-out text costs the mean of
    log₂(n + 97a) less that of log₂(c + a), ∞ if a and a c are 0: c is how often training saw the
    sign after its context, n how often any. Each c stands in `seen`, each n in `totals`, with the
    number of signs that met it.
    """

    orders: list[int]
    training: list[float]
    blended: list[float]
    seen: list[list[tuple[int, int]]]
    totals: list[list[tuple[int, int]]]


class Corpus(NamedTuple):
    """A text to count, and the signs it may hold."""

    text: str
    alphabet: str


class NextSigns(NamedTuple):
    """What may stand after a context, the likeliest first."""

    context: str
    signs: str
    probabilities: np.ndarray


class FileSizes(NamedTuple):
    """What a sign of a text costs in the files of several coders, in bits.

    `alone` is each coder's by itself, `seen` with the training text before it.
    """

    names: list[str]
    alone: list[float]
    seen: list[float]


def sign_numbers(text: str) -> np.ndarray:
    """The signs of the text as their places in ALPHABET, for a coder; ValueError for another."""
    _check_signs("text", text)
    return np.array([_PLACES[sign] for sign in text], dtype=np.intp)


def count(text: str, order: int) -> Model:
    """The model that has counted which signs follow each context of 0 to `order` signs in the text.

    ValueError if the text holds a sign that is not in ALPHABET, or if order is no whole number
    from 0 to 8.
    """
    _check_signs("text", text)
    order = whole_number("order", order, 0, MOST_SIGNS_BEFORE)
    follows = defaultdict(Counter)
    for length in range(1, order + 2):
        spans = Counter(text[i : i + length] for i in range(len(text) - length + 1))
        for span, times in spans.items():
            follows[span[:-1]][span[-1]] = times
    return Model(order, dict(follows))


def belief(model: Model, context: str) -> np.ndarray:
    """The model's distribution of the sign after the context, over ALPHABET: no entry is 0.

    The blend of Witten and Bell begins with 1/97 for each sign and takes the last 0, 1, …,
    `order` signs of the context in turn: q ← (c + D·q) / (n + D), with c how often the sign
    followed them, n the sum of these counts and D how many different signs followed. Signs that
    never stood together leave q as it is.

    Source: I. Witten and T. Bell 1991, "The zero-frequency problem", doi:10.1109/18.87000.
    """
    _check_signs("context", context)
    q = np.full(len(ALPHABET), 1 / len(ALPHABET))
    for length in range(min(model.order, len(context)) + 1):
        counts = model.follows.get(context[len(context) - length :])
        if counts:
            q *= len(counts)
            q[[_PLACES[sign] for sign in counts]] += [*counts.values()]
            q /= counts.total() + len(counts)
    return q


def next_signs(model: Model, context: str) -> NextSigns:
    """The signs of ALPHABET after the context, the likeliest first, as the model believes."""
    q = belief(model, context)
    order = np.argsort(-q, kind="stable")
    return NextSigns(context, "".join(ALPHABET[i] for i in order), q[order])


def surprises(model: Model, text: str, base: float | None = None) -> np.ndarray:
    """−log q of each sign of the text, q being the belief after the signs before it in the text.

    `base` is the logarithm's: None is e, for nats; 2 gives bits. ValueError if the text holds a
    sign that is not in ALPHABET.
    """
    _check_signs("text", text)
    return surprisal(_blends(model, text)[-1], base=base) if text else np.zeros(0)


def write(model: Model, signs: int, seed: int, start: str = "") -> str:
    """`start` and so many signs more, each drawn from the belief after those before it.

    Each takes one number u of `RandomState(seed).random_sample`: the sign's place is how many of
    the running sums of the belief are u or less, as in `sample`. ValueError if signs is no whole
    number from 0 to 10⁸, seed none from 0 to 2³² − 1, or if start holds a sign that is not in
    ALPHABET.
    """
    _check_signs("start", start)
    signs, seed = (
        whole_number("signs", signs, 0, MOST_ENTRIES),
        whole_number("seed", seed, 0, 2**32 - 1),
    )
    written = [*start]
    for u in np.random.RandomState(seed).random_sample(signs):
        context = "".join(written[max(0, len(written) - model.order) :])
        place = np.searchsorted(np.cumsum(belief(model, context)), u, side="right")
        written.append(ALPHABET[min(place, len(ALPHABET) - 1)])
    return "".join(written)


def coder_belief(model: Model) -> MarkovBelief:
    """The model as a belief for `arithmetic_encode` and `arithmetic_decode` of `sign_numbers`."""
    return MarkovBelief(
        model.order, lambda context: belief(model, "".join(ALPHABET[i] for i in context))
    )


def order_costs(book: Book, orders: Iterable[int]) -> OrderCosts:
    """What models of these orders, counted in the book's training text, cost in bits a sign.

    Under plain counts and with a pseudocount, signs with fewer than `order` signs before them are
    not judged. ValueError if orders is empty or holds what is no whole number from 0 to 8, or if
    a text holds a sign that is not in ALPHABET or none to judge.
    """
    orders = [whole_number("orders", order, 0, MOST_SIGNS_BEFORE) for order in orders]
    if not orders:
        raise ValueError("orders is empty: give some, such as range(7)")
    for name, text in book._asdict().items():
        _check_signs(name, text)
        if len(text) <= max(orders):
            raise ValueError(f"{name} has {len(text)} signs: order {max(orders)} needs more")
    longest = count(book.training, max(orders))
    models = [longest._replace(order=order) for order in orders]
    blends = surprisal(_blends(longest, book.held_out)[orders], base=2)
    met = [_counts_met(model, book.held_out) for model in models]
    return OrderCosts(
        orders,
        training=[_plain_cost(model) for model in models],
        blended=blends.mean(axis=1).tolist(),
        seen=[sorted(seen.items()) for seen, _ in met],
        totals=[sorted(totals.items()) for _, totals in met],
    )


def _blends(model: Model, text: str) -> np.ndarray:
    """The belief in each sign of the text, a column, under each order up to the model's, a row."""
    q = np.empty((model.order + 1, len(text)))
    for i, sign in enumerate(text):
        of_sign = 1 / len(ALPHABET)
        for length in range(model.order + 1):
            counts = model.follows.get(text[i - length : i]) if length <= i else None
            if counts:
                different = len(counts)
                of_sign = (counts.get(sign, 0) + different * of_sign) / (counts.total() + different)
            q[length, i] = of_sign
    return q


def _counts_met(model: Model, text: str) -> tuple[Counter, Counter]:
    """How often the text meets each count of its sign after the context, and each sum of counts."""
    seen, totals, never = Counter(), Counter(), Counter()
    for i in range(model.order, len(text)):
        counts = model.follows.get(text[i - model.order : i], never)
        seen[counts[text[i]]] += 1
        totals[counts.total()] += 1
    return seen, totals


def _plain_cost(model: Model) -> float:
    """The mean of −log₂ c/n over the text that was counted, with the longest contexts alone."""
    rows = [counts for context, counts in model.follows.items() if len(context) == model.order]
    c = np.array([c for counts in rows for c in counts.values()])
    n = np.array([n for counts in rows for n in [counts.total()] * len(counts)])
    return float(np.sum(c * np.log2(n / c)) / np.sum(c))


def _check_signs(name: str, text: str) -> None:
    """A ValueError if the text is none, or holds a sign that is not in ALPHABET."""
    if not isinstance(text, str):
        raise ValueError(f"{name} is of type {type(text).__name__}: give a text, such as 'whale'")
    for sign in sorted(set(text) - _PLACES.keys())[:1]:
        raise ValueError(
            f"{name} holds {sign!r}, which is not in language_models.ALPHABET: that has the "
            "newline, the signs of ASCII from the blank to ~, and —"
        )
