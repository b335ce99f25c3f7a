"""Pictures of language models: what orders cost, surprising letters, temperature, file sizes."""

import functools
import math
import unicodedata
from itertools import groupby

import numpy as np

from kl_lessons.information import entropy, kl_divergence, normalize
from kl_lessons.look import number, unit
from kl_lessons.plots.marks import bars, dots, hidden, line, linear, names, signs, texts, tiles
from kl_lessons.plots.picture import chart
from kl_lessons.subjects import language_models
from kl_lessons.subjects.language_models import (
    ALPHABET,
    Corpus,
    FileSizes,
    NextSigns,
    OrderCosts,
    next_signs,
)

TOP = 6.0  # bits a sign, to which costs of orders are drawn
SIGN, ABOVE = 5.75, 0.25  # bits: where ∞ stands, and a word above a dot
ROWS, COLUMNS = 4, 30  # of tiles: the first 120 signs of a text
NAMED = 5  # signs, the most surprising first
DARKEST = 12.0  # bits of surprise, where the colours of tiles end
LIKELIEST = 8  # next signs that have bars of their own
count = functools.lru_cache(maxsize=1)(language_models.count)  # of a book 3 to 25 MB
ORDERS = OrderCosts(
    [0, 1, 2],
    training=[4.5, 2.0, 0.5],
    blended=[4.6, 3.0, 3.5],
    seen=[[(1, 3), (9, 30)], [(1, 5), (4, 20), (7, 7)], [(1, 10), (2, 20)]],
    totals=[[(20, 33)], [(2, 5), (9, 27)], [(1, 10), (2, 20)]],
)
NEVER = ORDERS._replace(
    seen=[[(0, 3), (9, 30)], [(0, 5), (4, 20), (7, 7)], [(0, 10), (2, 20)]],
    totals=[[(20, 33)], [(2, 5), (9, 27)], [(0, 10), (2, 20)]],
)
SAID = "the whale, the white whale!\nthere she blows: the whale — the whale is there."
WHALE = Corpus(SAID, ALPHABET)
CALM = NextSigns("he wh", "aio", np.array([0.5, 0.25, 0.25]))
SURE = NextSigns("e\nq", "u ", np.array([1.0, 0.0]))
CODERS = FileSizes(["zlib", "lzma", "model"], [4.1, 4.0, 3.6], [3.9, 3.1, 2.5])


def visible(sign: str) -> str:
    """A sign as it can be seen among others: ␣ for a blank, ↵ for a new line."""
    return {" ": "␣", "\n": "↵"}.get(sign, sign if sign > " " else "�")


def pseudocount_cost(seen: list[tuple], totals: list[tuple], pseudocount: float) -> float:
    """What a sign of text held out costs in bits, as OrderCosts tells; ∞ where it was given 0."""
    (c, times), (n, often) = np.transpose(seen), np.transpose(totals)
    if pseudocount == 0 and (c == 0).any():
        return math.inf
    whole = often @ np.log2(n + len(ALPHABET) * pseudocount)
    return float((whole - times @ np.log2(c + pseudocount)) / times.sum())


def costs_by_order(costs: OrderCosts, pseudocount: float = 0.1) -> dict:
    """The costs of each order in bits a sign: of the training text, and of text held out."""
    each = zip(costs.seen, costs.totals, strict=True)
    held_out = np.array([pseudocount_cost(*met, pseudocount) for met in each])
    finite = np.isfinite(held_out)
    lowest, blend = int(held_out.argmin()), int(np.argmin(costs.blended))
    places = np.arange(held_out.size)
    return {
        "names": [str(order) for order in costs.orders],
        "at": places,
        "training": costs.training,
        "blended": costs.blended,
        "finite_x": places[finite],
        "finite_y": held_out[finite],
        "infinite_x": places[~finite],
        "infinite_y": [SIGN] * int((~finite).sum()),
        "lowest_x": [lowest] * int(finite.any()),
        "lowest_y": [min(held_out[lowest], TOP)] * int(finite.any()),
        "mark_x": [lowest],
        "above": [min(held_out[lowest], TOP) + ABOVE],
        "any_finite": bool(finite.any()),
        "case": 2 if not finite.any() else int(not finite.all()),
        "infinite": int((~finite).sum()),
        "orders": int(held_out.size),
        "pseudocount": pseudocount,
        "lowest": costs.orders[lowest],
        "cost": held_out[lowest],
        "perplexity": 2.0 ** held_out[lowest],
        "blend_lowest": costs.orders[blend],
        "blend_cost": costs.blended[blend],
        "blend_perplexity": 2.0 ** costs.blended[blend],
    }


CHEAPEST = (
    "With pseudocount {pseudocount:2} held-out text is cheapest under order {lowest:0}: {cost:2} "
    "bits a sign, perplexity {perplexity:1}"
)
BLENDED = (
    "under the blend order {blend_lowest:0} is cheapest, {blend_cost:2} bits, perplexity "
    "{blend_perplexity:1}."
)


@chart(
    numbers=costs_by_order,
    says=(
        f"{CHEAPEST}; {BLENDED}",
        f"{CHEAPEST}, and ∞ under {{infinite:0}} of the {{orders:0}} orders; {BLENDED}",
        "With pseudocount {pseudocount:2} held-out text costs ∞ under every order: it holds what "
        f"training never saw; {BLENDED}",
    ),
    size=(5.2, 3.1),
    x=names(label="order: how many signs before it are seen"),
    y=linear([0.0, TOP], "cost, in bits a sign"),
    columns=3,
    examples=[
        {"costs": ORDERS},
        {"costs": NEVER, "pseudocount": 0.0},
        {"costs": NEVER._replace(seen=[[(9, 33)], *NEVER.seen[1:]]), "pseudocount": 0.0},
        {"costs": NEVER, "pseudocount": 1.0},
        {"costs": NEVER._replace(seen=3 * [[(0, 33)]], totals=3 * [[(4000, 33)]])},
    ],
)
def order_costs() -> list[dict]:
    """What a sign costs under models of each order: in training, and in text held out."""
    return [
        line("at", "training", quantity="Q", width=1.2, label="training"),
        line("finite_x", "finite_y", quantity="H(P,Q)", width=2, label="held out, pseudocount"),
        line("at", "blended", quantity="H(P,Q)", dash=True, label="held out, blend"),
        signs("infinite_x", "infinite_y"),
        dots("lowest_x", "lowest_y", quantity="H(P,Q)", size=7),
        texts("mark_x", "above", ["lowest"], rise=1, quantity="H(P,Q)", show="any_finite"),
    ]


def surprised(text: str, corpus: Corpus, order: int = 3) -> dict:
    """How each sign of the text surprises the model of this order, counted on the corpus.

    A sign that the alphabet lacks is not judged, and after it the model begins anew.
    """
    line_of_text = unicodedata.normalize("NFC", text[: 4 * ROWS * COLUMNS])
    seen = line_of_text[: ROWS * COLUMNS]
    bits = np.zeros(len(seen))
    judged = np.array([sign in corpus.alphabet for sign in seen], dtype=bool)
    if not judged.any():
        raise ValueError(f"text is {text[:20]!r}: give one with at least one sign, such as 'a'")
    model, at = count(corpus.text, order), 0
    for known, run in groupby(seen, corpus.alphabet.__contains__):
        piece = "".join(run)
        if known:
            bits[at : at + len(piece)] = language_models.surprises(model, piece, base=2)
        at += len(piece)
    cost = bits.sum() / judged.sum()
    left = [""] * (ROWS * COLUMNS - len(seen))
    dearest: dict[str, float] = {}
    for i in np.argsort(-bits, kind="stable"):
        if judged[i]:
            dearest.setdefault(seen[i], bits[i])
    named = [f"{visible(sign)} {number(most, 1)}" for sign, most in dearest.items()][:NAMED]
    unknown = dict.fromkeys(sign for sign in seen if sign not in corpus.alphabet)
    return {
        "signs": [*(sign if sign == " " else visible(sign) for sign in seen), *left],
        "shades": [*np.minimum(1.0, bits / DARKEST).tolist(), *[0.0] * len(left)],
        "order": order,
        "part": "the text" if line_of_text == seen else f"its first {len(seen)} signs",
        "cost": cost,
        "perplexity": 2.0**cost,
        "letters": int(judged.sum()),
        "dearest": ", ".join(named),
        "unknown": " ".join(map(visible, unknown)),
        "case": int(bool(unknown)),
    }


COST = (
    "Under the model of order {order:0} a sign of {part} costs {cost:2} bits, perplexity "
    "{perplexity:2}. The most surprising, in bits: {dearest}."
)


@chart(
    numbers=surprised,
    says=(COST, f"{COST} Not judged, since the model's alphabet lacks them: {{unknown}}"),
    size=(6.4, 2.2),
    title="the darker, the more surprising under the model of order {order:0}",
    x=hidden([-0.5, COLUMNS - 0.5]),
    y=hidden([ROWS - 0.5, -0.5]),
    examples=[
        {"text": "the whale", "corpus": WHALE},
        {"text": "naïve <b>$x$</b>\n" + 40 * "a & b ", "corpus": WHALE, "order": 0},
        {"text": "ł the\twhale", "corpus": WHALE, "order": 5},
        {"text": "z", "corpus": WHALE._replace(text="aaaa"), "order": 2},
    ],
)
def surprising_text() -> list[dict]:
    """The text's signs, each tinted by its surprise under a model of the corpus."""
    return [tiles("signs", "shades", COLUMNS, colours="KL")]


def warmed(next_signs: NextSigns, temperature: float = 1.0, base: float | None = None) -> dict:
    """The next sign's distribution P, and Q in proportion to P^(1/temperature)."""
    p = np.asarray(next_signs.probabilities)
    q = normalize((p / p.max()) ** (1 / temperature))
    own = np.arange(min(p.size, LIKELIEST))
    others = [own.size] if p.size > LIKELIEST else []
    bars_of_p, bars_of_q = ([*x[own], *[x[LIKELIEST:].sum()] * len(others)] for x in (p, q))
    at = np.array([*own, *others], dtype=float)
    return {
        "names": [*map(visible, next_signs.signs[:LIKELIEST]), *["…"] * len(others)],
        "at_p": at - 0.2,
        "at_q": at + 0.2,
        "p": bars_of_p,
        "q": bars_of_q,
        "context": "".join(map(visible, next_signs.context)),
        "others": int(p.size - own.size),
        "temperature": temperature,
        "kl": kl_divergence(p, q, base=base),
        "kl_back": kl_divergence(q, p, base=base),
        "hp": entropy(p, base=base),
        "hq": entropy(q, base=base),
        "unit": unit(base),
    }


@chart(
    numbers=warmed,
    says="After “{context}”, at temperature {temperature:1}: KL(P‖Q) = {kl} and KL(Q‖P) = "
    "{kl_back} {unit}, H(P) = {hp} and H(Q) = {hq}.",
    large="KL(P‖Q) = {kl} {unit}",
    more="KL(Q‖P) = {kl_back}, H(P) = {hp}, H(Q) = {hq} {unit}",
    size=(4.8, 2.9),
    x=names(label="next sign after “{context}”; … {others:0} others"),
    y=linear([0.0, 1.0], "probability"),
    examples=[
        {"next_signs": CALM},
        {"next_signs": SURE, "temperature": 0.1, "base": 2},
        {"next_signs": CALM._replace(probabilities=np.ones(3) / 3), "temperature": 5.0},
        {"next_signs": next_signs(count(SAID, 3), "the"), "temperature": 0.1, "base": 2},
        {"next_signs": next_signs(count(SAID, 3), "\n"), "temperature": 5.0},
    ],
)
def heated() -> list[dict]:
    """A model's belief about the next sign, beside itself at a temperature."""
    return [
        bars("P", "at_p", "p", width=0.38, label="P, the model"),
        bars("Q", "at_q", "q", width=0.38, label="Q, at temperature {temperature:1}"),
    ]


def sizes_by_coder(sizes: FileSizes) -> dict:
    """What each coder needs for a sign, alone and once it has seen the training text."""
    places = np.arange(len(sizes.names))
    alone, seen = (np.asarray(bits, dtype=float) for bits in (sizes.alone, sizes.seen))
    best, second = np.argsort(seen, kind="stable")[:2]
    level = number(seen[best], 1) == number(seen[second], 1)
    return {
        "names": sizes.names,
        "alone_at": places - 0.2,
        "alone": alone,
        "alone_text": [f"\u00a0{number(bits, 1)}" for bits in alone],
        "seen_at": places + 0.2,
        "seen": seen,
        "seen_text": [f"\u00a0{number(bits, 1)}" for bits in seen],
        "around": [0.0, 1.15 * max(*seen, *alone)],
        "smallest": sizes.names[best],
        "next": sizes.names[second],
        "least": seen[best],
        "second": seen[second],
        "case": int(level),
    }


@chart(
    numbers=sizes_by_coder,
    says=(
        "With the training text seen the smallest file is that of {smallest}, {least:1} bits a "
        "sign; next is {next} with {second:1}.",
        "With the training text seen the smallest files are those of {smallest} and {next}, "
        "{least:1} bits a sign.",
    ),
    size=(5.6, 3.1),
    x=linear("around", "bits a sign"),
    y=names(),
    examples=[
        {"sizes": CODERS},
        {"sizes": CODERS._replace(alone=[1.0, 9.0, 0.0], seen=[2.0, 2.01, 3.0])},
        {"sizes": CODERS._replace(alone=[3.0, 4.0, 12.0], seen=[2.5, 2.5, 11.0])},
    ],
)
def file_sizes() -> list[dict]:
    """What a sign of the held-out text costs in the files of several coders."""
    return [
        bars("band", "alone_at", "alone", width=0.38, sideways=True, label="alone"),
        bars("Q", "seen_at", "seen", width=0.38, sideways=True, label="the training text seen"),
        texts("alone", "alone_at", "alone_text", align="left"),
        texts("seen", "seen_at", "seen_text", align="left"),
    ]
