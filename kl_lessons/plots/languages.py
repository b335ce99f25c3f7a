"""Pictures of languages by their letters: KL between any two, and what a sentence costs in each."""

import math
import re
import unicodedata

import numpy as np

from kl_lessons.information import cross_entropy, entropy, kl_divergence, normalize, surprisal
from kl_lessons.look import number, outcome_names, unit
from kl_lessons.plots.marks import bars, cells, hidden, linear, names, signs, texts, tiles
from kl_lessons.plots.picture import chart
from kl_lessons.subjects.languages import LetterCounts, letter_counts, smoothed

MOST = 2.5  # of KL, where the colours end
ROWS, COLUMNS = 4, 30  # of tiles: the first 120 signs of a text
NAMED = 5  # letters, the most surprising first
DARKEST = 12.0  # bits of surprise, where the colours of tiles end
THREE = LetterCounts(
    ["Aran", "Boro", "Ceni"],
    "aeioß",
    np.array([[9, 3, 0, 4, 1], [2, 8, 5, 0, 0], [4, 4, 4, 4, 4]]),
)


def divergences(
    languages: LetterCounts, pseudocount: float = 0.5, base: float | None = None
) -> dict:
    """KL(P‖Q) of each two languages: P, a row, are frequencies; Q, a column, smoothed counts."""
    counts = np.asarray(languages.counts)
    table = kl_divergence(normalize(counts)[:, None], smoothed(counts, pseudocount), base=base)
    rows, columns = np.nonzero(np.isinf(table))
    apart = np.isfinite(table) & ~np.eye(len(table), dtype=bool)
    ends = {"least": np.where(apart, table, np.inf), "most": np.where(apart, table, -np.inf)}
    places = ends["least"].argmin(), ends["most"].argmax()
    pairs = [divmod(int(place), len(table)) for place in places]
    return {
        "names": outcome_names(len(table), languages.names),
        "table": table,
        "span": [-0.5, len(table) - 0.5],
        "infinite_x": columns.astype(float),
        "infinite_y": rows.astype(float),
        "infinite": int(rows.size),
        "pairs": int(table.size - len(table)),
        "meaning": "∞: Q gives 0 to a letter of P" if rows.size else "each row is one truth",
        "case": 2 if not apart.any() else int(rows.size > 0),
        "least": table[pairs[0]] if apart.any() else math.inf,
        "least_p": languages.names[pairs[0][0]],
        "least_q": languages.names[pairs[0][1]],
        "most": table[pairs[1]] if apart.any() else math.inf,
        "most_p": languages.names[pairs[1][0]],
        "most_q": languages.names[pairs[1][1]],
        "unit": unit(base),
    }


ENDS = (
    "least {least:3} for P = {least_p}, Q = {least_q}, most {most:3} for P = {most_p}, Q = {most_q}"
)
BETWEEN = "KL(P‖Q) in {unit} a letter, P in rows, Q in columns: "
SOME = "∞ in {infinite:0} of {pairs:0}."
CELL = "P = {row}, Q = {column}: {value:3} {unit}"


@chart(
    numbers=divergences,
    says=(f"{BETWEEN}{ENDS}.", f"{BETWEEN}of the finite ones {ENDS}. {SOME}", f"{BETWEEN}{SOME}"),
    size=(6.4, 5.2),
    title="{meaning}",
    x=names(label="Q, the belief"),
    y=names(label="P, the truth"),
    examples=[
        {"languages": THREE},
        {"languages": THREE, "pseudocount": 0.0, "base": 2},
        {"languages": THREE, "pseudocount": 2.0},
        {"languages": THREE._replace(counts=np.eye(3, 5)), "pseudocount": 0},
    ],
)
def language_table() -> list[dict]:
    """KL(P‖Q) of each two languages' letters as colours, ∞ as ∞."""
    label = "KL(P‖Q), {unit} a letter"
    return [
        cells("table", "span", "span", colours="KL, far", most=MOST, label=label, reads=CELL),
        signs("infinite_x", "infinite_y", light=True),
    ]


def costs(
    text: str, languages: LetterCounts, pseudocount: float = 0.5, base: float | None = None
) -> dict:
    """H(p̂,Q) = H(p̂) + KL(p̂‖Q) of the text's letters under each language's belief Q."""
    in_text = letter_counts(text, languages.alphabet)
    if not in_text.any():
        wanted = "give one with at least one letter of these languages, such as 'a'"
        raise ValueError(f"text is {text[:20]!r}: {wanted}")
    p, beliefs = normalize(in_text), smoothed(languages.counts, pseudocount)
    own, crossed = entropy(p, base=base), cross_entropy(p, beliefs, base=base)
    order = np.argsort(crossed, kind="stable")
    best, second = crossed[order[:2]]
    finite = crossed[np.isfinite(crossed)]
    found = [languages.names[i] for i in order[:2]]
    return {
        "names": outcome_names(len(languages.names), languages.names),
        "at": np.arange(crossed.size),
        "own": np.full(crossed.size, own),
        "costs": crossed,
        "around": [0.0, float(math.ceil(finite.max(initial=own) + 0.5))],
        "lowest_x": [best if finite.size else 0.0],
        "lowest_y": [float(order[0])],
        "any_finite": finite.size > 0,
        "case": 2 if not finite.size else int(finite.size < crossed.size),
        "first": found[0],
        "second": found[1],
        "best": best,
        "next": second,
        "entropy": own,
        "extra": kl_divergence(p, beliefs[order[0]], base=base),
        "infinite": int(np.isinf(crossed).sum()),
        "languages": int(crossed.size),
        "unit": unit(base),
    }


LOWEST = (
    "Lowest: {first}, {best:3} = {entropy:3} + {extra:3} {unit} a letter; next {second}, {next:3}."
)


@chart(
    numbers=costs,
    says=(
        LOWEST,
        f"{LOWEST} ∞ for {{infinite:0}} of the {{languages:0}}.",
        "Under each language the text costs ∞: each gives 0 to one of its letters.",
    ),
    size=(6.4, 4.2),
    x=linear("around", "H(p̂,Q), {unit} a letter"),
    y=names(),
    examples=[
        {"text": "Aea, io!", "languages": THREE},
        {"text": "oß", "languages": THREE, "pseudocount": 0.0, "base": 2},
        {"text": "ioß", "languages": THREE._replace(counts=np.eye(3, 5)), "pseudocount": 0},
    ],
)
def sentence_costs() -> list[dict]:
    """What a letter of the text costs under each language's belief, H(p̂) + KL(p̂‖Q)."""
    own, extra = "H(p̂), the text's own entropy", "KL(p̂‖Q)"
    return [
        bars("H(P)", "at", "own", sideways=True, label=own),
        bars("KL", "at", "costs", start="own", sideways=True, label=extra),
        texts(
            "lowest_x", "lowest_y", [" ◀ lowest"], align="left", quantity="KL", show="any_finite"
        ),
    ]


def tints(
    text: str, languages: LetterCounts, pseudocount: float = 0.5, base: float | None = None
) -> dict:
    """How each letter of the text surprises who believes the language that costs least."""
    found = costs(text, languages, pseudocount, base)
    belief = smoothed(languages.counts, pseudocount)[int(found["lowest_y"][0])]
    surprises = dict(zip(languages.alphabet, surprisal(belief, base=2).tolist(), strict=True))
    line = re.sub(r"[ \t\n\r]+", " ", unicodedata.normalize("NFC", text))
    if len(line) > ROWS * COLUMNS:
        line = line[: ROWS * COLUMNS - 1] + "…"
    signs_seen = ["" if sign == " " else sign for sign in line]  # a space has no tile
    signs_seen += [""] * (ROWS * COLUMNS - len(line))
    each = [surprises.get(sign.lower(), 0.0) for sign in signs_seen]
    size = math.log(base or math.e) / math.log(2)
    seen = dict(sorted(zip(map(str.lower, signs_seen), each, strict=True), key=lambda one: -one[1]))
    impossible = [sign for sign, bits in seen.items() if math.isinf(bits)]
    dearest = [f"{sign} {number(bits / size, 1)}" for sign, bits in seen.items() if bits][:NAMED]
    return {
        "signs": signs_seen,
        "shades": [min(1.0, bits / DARKEST) for bits in each],
        "language": found["first"],
        "cost": found["best"],
        "case": int(bool(impossible)),
        "dearest": ", ".join(impossible or dearest),
        "unit": found["unit"],
    }


@chart(
    numbers=tints,
    says=(
        "Under {language} a letter of the text costs {cost:3} {unit}. The most surprising of "
        "those seen: {dearest}.",
        "Under {language} letters of the text are impossible: {dearest}.",
    ),
    size=(6.4, 2.2),
    title="the darker, the more surprising under {language}",
    x=hidden([-0.5, COLUMNS - 0.5]),
    y=hidden([ROWS - 0.5, -0.5]),
    examples=[
        {"text": "Aea, io!", "languages": THREE},
        {"text": "oß <b>a</b>\n" + 40 * "io & ", "languages": THREE, "pseudocount": 0.0, "base": 2},
        {"text": "ioß", "languages": THREE._replace(counts=np.eye(3, 5)), "pseudocount": 0},
    ],
)
def tinted_text() -> list[dict]:
    """The text's letters, each tinted by its surprise under the language that costs least."""
    return [tiles("signs", "shades", COLUMNS, colours="KL")]
