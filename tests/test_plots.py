"""Every picture: moved is as drawn anew, heights are the measures', and all eyes can tell colours.

Each function of plots that has the attribute `says` is a picture, and is tested with those of
VALUES that it takes; a picture with parameters of other names needs them added to VALUES.
"""

import inspect
import itertools
import math
import re
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from kl_lessons import classifier, coins, plots
from kl_lessons.explorers import drawing
from kl_lessons.information import cross_entropy, entropy, kl_divergence, kl_terms
from kl_lessons.plots.base import scale
from kl_lessons.subjects.sampling import sample

# An older matplotlib calls pyparsing by names that a newer one deprecates.
pytestmark = pytest.mark.filterwarnings("error", "ignore:.*deprecated.*use:DeprecationWarning")

INF = math.inf
PICTURES = {name: f for name, f in vars(plots).items() if hasattr(f, "says")}
COIN = {"truth": "P", "flips": 1000, "seed": 1, "base": None}
VALUES = {
    "two outcomes": [
        COIN | {"p": [0.5, 0.5], "q": [0.9, 0.1]},
        COIN | {"p": [0.1, 0.9], "q": [0.1, 0.9], "flips": 10_000},
        COIN | {"p": [0.5, 0.5], "q": [1.0, 0.0]},
        COIN | {"p": [0.5, 0.5], "q": [1.0, 0.0], "truth": "Q", "flips": 1, "base": 2},
        COIN | {"p": [1.0, 0.0], "q": [0.0, 1.0], "flips": 10},
        COIN | {"p": [0, 1], "q": [0, 1], "truth": "Q", "seed": 7},
        COIN | {"p": [1e-300, 1.0], "q": [1.0, 1e-300], "base": 2},
    ],
    "three outcomes": [
        COIN | {"p": [0.5, 0.3, 0.2], "q": [0.1, 0.6, 0.3], "labels": ["a", "b", "c"]},
        COIN | {"p": [0.2, 0.0, 0.8], "q": [0.2, 0.8, 0.0], "base": 2},
        COIN | {"p": [1 / 3, 1 / 3, 1 / 3], "q": [0.33, 0.33, 0.34], "truth": "Q"},
        COIN | {"p": np.array([0.0, 1.0, 0.0]), "q": np.array([0.001, 0.998, 0.001])},
        COIN | {"p": [0.9, 0.05, 0.05], "q": [0.2, 0.4, 0.4], "level": 0.5},
    ],
}
for table in VALUES.values():  # from sure to even, and warmer
    for i, values in enumerate(table):
        logits = [40, -1] if len(values["p"]) == 2 else [2, 0, -1]
        values.update(logits=np.array(logits) / 4**i, temperature=0.5 + i)
for rows in VALUES.values():  # a sentence in all rows, and what costs ∞ in some
    rows[:] = [{"text": "Tutti nascono liberi.", "pseudocount": 0.5} | row for row in rows]
    rows[1] |= {"text": "où", "pseudocount": 0.0}
    rows[2] |= {"text": "őø", "pseudocount": 0}
CASES = [
    pytest.param(picture, values, id=f"{name}, {group}")
    for name, picture in PICTURES.items()
    for group, values in VALUES.items()
]
every_picture = pytest.mark.parametrize(("picture", "table"), CASES)


@pytest.fixture(autouse=True, scope="module")
def house_look():
    with mpl.rc_context(fname=str(Path(__file__).parents[1] / "notebooks" / "matplotlibrc")):
        yield


def drawn(picture, values):
    """Axes on which the picture was drawn, without automatic layout, and its mover."""
    figure = Figure(figsize=picture.size, layout="none", dpi=72)
    FigureCanvasAgg(figure)
    ax = figure.subplots()
    move = picture(ax, **drawing.values_for(picture, values))
    return ax, lambda values: move(**drawing.values_for(picture, values))


def svg(ax, artists):
    """The SVG of the artists: equal texts are equal pictures."""
    return drawing._svg(ax.figure, artists, "a salt")


def background(ax, moving):
    """The SVG of all that does not move."""
    seen = [artist.get_visible() for artist in moving]
    for artist in moving:
        artist.set_visible(False)
    text = svg(ax, [ax.figure])
    for artist, visible in zip(moving, seen, strict=True):
        artist.set_visible(visible)
    return text


def texts_to_see(artists):
    return [a.get_text() for a in artists if isinstance(a, Text) and a.get_visible()]


def says(picture, values):
    return picture.says(**drawing.values_for(picture, values))


# Every picture


def test_the_table_holds_a_value_for_each_parameter_of_each_picture():
    known = set().union(*VALUES["two outcomes"], *VALUES["three outcomes"])
    for name, picture in PICTURES.items():
        parameters = list(inspect.signature(picture).parameters.values())[1:]
        needed = {p.name for p in parameters if p.default is p.empty}
        assert needed <= known, f"add {needed - known} to VALUES, for plots.{name}"


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_a_picture_its_mover_and_its_sentence_take_the_same_values(picture):
    values = list(inspect.signature(picture).parameters.values())[1:]
    figure = Figure()
    move = picture(figure.subplots(), **drawing.values_for(picture, VALUES["two outcomes"][0]))
    for function in (move, picture.says):
        taken = inspect.signature(function).parameters
        assert {p.name for p in values} >= set(taken)
        for p in values:
            assert p.name not in taken or taken[p.name].default == p.default
    assert {p.name for p in values} == set(inspect.signature(move).parameters)
    assert picture.__doc__ and len(picture.size) == 2


@every_picture
def test_a_mover_returns_always_the_same_artists_and_leaves_their_number(picture, table):
    ax, move = drawn(picture, table[0])
    first, children = move(table[0]), len(ax.get_children())
    assert first and len({*map(id, first)}) == len(first)
    assert all(artist.axes is ax for artist in first)
    for values in table * 2:
        assert [*map(id, move(values))] == [*map(id, first)]
    assert len(ax.get_children()) == children
    assert plt.get_fignums() == []


@every_picture
def test_moved_is_as_drawn_anew(picture, table):
    ax, move = drawn(picture, table[0])
    for values in [*table[1::2], table[0]]:
        fresh, move_fresh = drawn(picture, values)
        assert svg(ax, move(values)) == svg(fresh, move_fresh(values))


def what_does_not_move_changes(picture, table):
    """Whether anything outside the moving artists is somewhere else, or otherwise, after a move."""
    ax, move = drawn(picture, table[0])
    return len({background(ax, move(values)) for values in table}) > 1


@every_picture
def test_all_that_changes_or_lies_elsewhere_at_other_limits_is_among_the_moving(picture, table):
    assert not what_does_not_move_changes(picture, table)


@pytest.mark.parametrize("left_out", ["line", "axis"])
def test_a_line_or_a_scale_that_is_left_in_the_background_would_be_found(left_out):
    def faulty(ax, p):
        zero, bar = ax.axhline(0), ax.bar([0], [0])[0]

        def move(p):
            ax.set_ylim(-p[0], 1)
            bar.set_height(p[1])
            return [bar, ax.yaxis if left_out == "line" else zero]

        move(p)
        return move

    faulty.size = (3, 3)
    assert what_does_not_move_changes(faulty, VALUES["two outcomes"])


@every_picture
def test_nothing_is_nan_and_infinity_is_seen_where_the_sentence_says_it(picture, table):
    ax, move = drawn(picture, table[0])
    for values in table:
        artists = move(values)
        assert not re.search(r"nan|inf\b", svg(ax, artists), re.IGNORECASE)
        sentence, signs = says(picture, values), " ".join(texts_to_see(artists))
        assert "nan" not in sentence and "inf" not in sentence
        # "after about ∞ flips" is no number that is drawn
        assert ("∞" in signs) == ("∞" in sentence.replace("about ∞", ""))
        assert ("−∞" in signs) <= ("−∞" in sentence)


@every_picture
def test_no_number_is_negative_zero(picture, table):
    for values in table:
        for low in (1e-9, 1e-17):
            near = values | {"q": np.asarray(values["p"]) * (1 - low) + low / len(values["p"])}
            assert not re.search(r"[−-]0\.0+(?!\d)", says(picture, near)), near
        sentence = re.sub(r"(?<=[a-z])-(?=[a-z])", "", says(picture, values))  # cross-entropy
        assert not re.search(r"[−-]0\.0+(?!\d)|-", sentence)


LABELS = ["<script>alert(1)</script>", "a & b", "$x_1$"]


@pytest.mark.parametrize(
    "picture",
    [f for f in PICTURES.values() if "labels" in inspect.signature(f).parameters],
    ids=lambda f: f.__name__,
)
def test_labels_are_text_whatever_they_hold(picture):
    ax, _ = drawn(picture, VALUES["three outcomes"][0] | {"labels": LABELS})
    labels = [*ax.get_xticklabels(), *ax.get_yticklabels(), *ax.texts]
    assert set(LABELS) <= {label.get_text() for label in labels}
    text = svg(ax, [ax.figure])
    for escaped in ("&lt;script&gt;alert(1)&lt;/script&gt;", "a &amp; b", "$x_1$"):
        assert f">{escaped}<" in text
    assert "<script" not in text


# Numbers


@pytest.mark.parametrize(
    ("x", "digits", "text"),
    [
        (0.0, 4, "0.0000"),
        (-0.0, 4, "0.0000"),
        (-1e-17, 4, "0.0000"),
        (-0.00004, 4, "0.0000"),
        (-0.00006, 4, "−0.0001"),
        (-1.5, 1, "−1.5"),
        (12345.678, 2, "12,345.68"),
        (np.float64(0.25), 2, "0.25"),
        (INF, 4, "∞"),
        (-INF, 0, "−∞"),
    ],
)
def test_a_number_has_a_true_minus_and_zero_has_none(x, digits, text):
    assert plots.number(x, digits) == text


@pytest.mark.parametrize(("base", "name"), [(None, "nats"), (2, "bits"), (10, "units of log 10")])
def test_a_unit_is_named_for_the_base(base, name):
    assert plots.unit(base) == name
    p, q = [0.5, 0.5], [0.9, 0.1]
    for picture in (plots.terms, plots.decomposition):
        assert says(picture, {"p": p, "q": q, "base": base}).endswith(f" {name}.")


def test_a_scale_ends_at_1_2_or_5_above_what_it_shows():
    for largest, end in [(0, 0.1), (0.1, 0.1), (0.11, 0.2), (0.6, 1), (1, 1), (37, 50), (51, 100)]:
        assert scale(largest) == pytest.approx(end, abs=0)


SENTENCES = [
    (
        plots.distributions,
        {"p": [1, 0], "q": [0.5, 0.5]},
        "P = (1.000, 0.000), Q = (0.500, 0.500).",
    ),
    (
        plots.distributions,
        {"p": [0.4, *[0.1] * 6], "q": [*[0.1] * 6, 0.4], "labels": list("abcdefg")},
        "Most probable of 7 outcomes: under P a (0.400), under Q g (0.400).",
    ),
    (
        plots.terms,
        {"p": [0.5, 0.5], "q": [0.9, 0.1]},
        "1 of the 2 terms p log(p/q) above 0, 1 below; they sum to KL(P‖Q) = 0.5108 nats.",
    ),
    (
        plots.terms,
        {"p": [0.5, 0.5], "q": [1, 0], "base": 2},
        "1 of the 2 terms p log(p/q) above 0, 1 below; they sum to KL(P‖Q) = ∞ bits.",
    ),
    (
        plots.gradients,
        {"p": [0, 1], "logits": [0, 0], "temperature": 2},
        "Gradient with respect to the logits: of cross-entropy in nats (0.250, −0.250), "
        "of half the squared error (0.125, −0.125).",
    ),
    (
        plots.gradients,
        {"p": [1, *[0] * 6], "logits": [0, 40, *[0] * 5]},
        "Gradient with respect to the logits: of cross-entropy in nats largest in size for 1 "
        "(−1.000), of half the squared error largest in size for 1 (0.000).",
    ),
    (
        plots.decomposition,
        {"p": [0.5, 0.5], "q": [0.75, 0.25], "base": 2},
        "H(P,Q) = H(P) + KL(P‖Q): 1.2075 = 1.0000 + 0.2075 bits.",
    ),
    (
        plots.decomposition,
        {"p": [0.5, 0.5], "q": [1, 0]},
        "H(P,Q) = H(P) + KL(P‖Q): ∞ = 0.6931 + ∞ nats.",
    ),
    (
        plots.split,
        {"p": [1, 0], "q": [0.5, 0.5], "flips": 10},
        "Observed p̂ = (1.0000, 0.0000): KL(p̂‖Q) − KL(p̂‖P) = 0.6931 − 0.0000 = 0.6931 nats.",
    ),
    (
        plots.walk,
        {"p": [1, 0], "q": [0.5, 0.5], "flips": 10},
        "After 10 flips of P: (1/n) log P/Q = 0.6931, the line KL(P‖Q) = 0.6931 nats; "
        "the mean reaches odds of 99:1 after 6.6 flips.",
    ),
    (
        plots.walk,
        {"p": [1, 0], "q": [0, 1], "flips": 10, "truth": "Q"},
        "After 10 flips of Q: (1/n) log P/Q = −∞, the line −KL(Q‖P) = −∞ nats; "
        "the first outcome that is impossible for the other settles it.",
    ),
]


@pytest.mark.parametrize(("picture", "values", "sentence"), SENTENCES)
def test_a_sentence_holds_the_numbers_of_the_picture(picture, values, sentence):
    assert says(picture, values) == sentence


# Heights

MOVES = [
    pytest.param(values, id=f"{group} {i}")
    for group, table in VALUES.items()
    for i, values in enumerate(table)
]


def bars_after_moves(picture, values):
    """The Axes and its bars after moves that end at the values."""
    table = next(t for t in VALUES.values() if any(v is values for v in t))
    ax, move = drawn(picture, table[0])
    for step in [*table, values]:
        artists = move(step)
    return ax, ax.patches, artists


@pytest.mark.parametrize("values", MOVES)
def test_bars_of_distributions_are_the_probabilities(values):
    ax, bars, _ = bars_after_moves(plots.distributions, values)
    assert [bar.get_height() for bar in bars] == [*values["p"], *values["q"]]
    assert ax.get_ylim() == (0, 1)


@pytest.mark.parametrize("values", MOVES)
def test_bars_of_gradients_are_those_of_both_losses(values):
    _, bars, _ = bars_after_moves(plots.gradients, values)
    p, temperature = np.asarray(values["p"], dtype=float), values["temperature"]
    q = classifier.softmax(values["logits"] / temperature)
    slopes = np.diag(q) - np.outer(q, q)  # ∂q/∂(logits/T)
    heights = [bar.get_height() for bar in bars]
    both = [*(q - p) / temperature, *(slopes @ (q - p)) / temperature]
    assert heights == pytest.approx(both, abs=1e-15)


@pytest.mark.parametrize("values", MOVES)
def test_bars_of_terms_are_the_terms_and_an_infinite_one_reaches_the_edge(values):
    ax, bars, artists = bars_after_moves(plots.terms, values)
    terms = kl_terms(values["p"], values["q"], base=values["base"])
    low, high = ax.get_ylim()
    signs = [artist for artist in artists if isinstance(artist, Text)]
    for bar, sign, term in zip(bars, signs, terms, strict=True):
        assert bar.get_height() == (term if math.isfinite(term) else high)
        assert low <= bar.get_height() <= high
        assert sign.get_visible() == math.isinf(term)
        if math.isinf(term):
            assert low < sign.get_position()[1] <= high


@pytest.mark.parametrize("values", MOVES)
def test_bars_of_the_decomposition_are_entropy_kl_and_cross_entropy(values):
    ax, (alone, extra, crossed, *_), artists = bars_after_moves(plots.decomposition, values)
    p, q, base = values["p"], values["q"], values["base"]
    high = ax.get_ylim()[1]
    assert alone.get_height() == entropy(p, base=base)
    assert extra.get_y() == alone.get_height()
    if math.isinf(kl_divergence(p, q)):
        assert crossed.get_height() == extra.get_y() + extra.get_height() == high
        assert texts_to_see(artists).count("∞") == 2
    else:
        assert extra.get_height() == pytest.approx(kl_divergence(p, q, base=base), abs=1e-12)
        assert crossed.get_height() == pytest.approx(cross_entropy(p, q, base=base), abs=1e-12)
        assert crossed.get_height() <= high
        assert "∞" not in texts_to_see(artists)
    assert alone.get_height() <= high


@pytest.mark.parametrize("values", MOVES)
def test_bars_of_the_split_are_the_two_kl_and_their_difference(values):
    ax, bars, artists = bars_after_moves(plots.split, values)
    true_coin = values[values["truth"].lower()]
    outcomes = sample(true_coin, values["flips"], values["seed"])
    from_q, from_p = coins.exact_split(outcomes, values["p"], values["q"])
    low, high = ax.get_ylim()
    signs = [artist for artist in artists if isinstance(artist, Text)]
    expected = from_q, from_p, from_q - from_p
    for bar, sign, height in zip(bars, signs, expected, strict=True):
        end = bar.get_y() + bar.get_height()
        if math.isfinite(height):
            assert end == height and low <= end <= high
            assert not sign.get_visible()
        else:
            assert end == (high if height > 0 else low)
            assert sign.get_visible() and sign.get_text() == plots.number(height)


@pytest.mark.parametrize("values", MOVES)
def test_the_walk_is_the_log_likelihood_ratio_and_its_line_is_kl(values):
    ax, move = drawn(plots.walk, values)
    _, band, _, line, path, _ = move(values)
    p, q, truth, flips = (values[name] for name in ("p", "q", "truth", "flips"))
    outcomes = sample(p if truth == "P" else q, flips, values["seed"])
    ratio = coins.log_likelihood_ratio(outcomes, p, q) / np.arange(1, flips + 1)
    i, y = path.get_data()
    assert i[0] == 1 and i[-1] == flips
    low, high = ax.get_ylim()
    assert np.array_equal(y, np.clip(ratio[np.asarray(i) - 1], low, high))
    kl = kl_divergence(p, q) if truth == "P" else -kl_divergence(q, p)
    assert np.array_equal(line.get_ydata(), [kl, kl])
    assert math.isinf(kl) or low < kl < high
    assert np.isfinite(band.get_xy()).all()


def test_the_band_holds_95_of_100_walks():
    p, q, flips = [0.5, 0.5], [0.75, 0.25], 1000
    _, move = drawn(plots.walk, {"p": p, "q": q, "flips": flips})
    band = move({"p": p, "q": q, "flips": flips})[1].get_xy()
    x, y = band[:60].T
    half = np.interp(flips, x, y) - kl_divergence(p, q)
    tosses = [sample(p, flips, seed) for seed in range(2000)]
    ends = [coins.log_likelihood_ratio(tossed, p, q)[-1] / flips for tossed in tosses]
    inside = np.mean(np.abs(np.array(ends) - kl_divergence(p, q)) <= half)
    assert inside == pytest.approx(0.95, abs=0.02)


# Colours

# Machado, Oliveira, Fernandes 2009, "A Physiologically-based Model for Simulation of Color
# Vision Deficiency", severity 1; on linear RGB. Grey keeps the relative luminance alone.
SIGHT = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
    "greyscale": [[0.2126, 0.7152, 0.0722]] * 3,
    "full": np.eye(3),
}
SHARE_A_PICTURE = [
    ("P", "Q"),
    ("KL", "H(P)"),
    ("KL", "H(P,Q)"),
    ("H(P)", "H(P,Q)"),
    ("KL", "ratio"),
]
# CIE76: 2.3 is just noticeable; 20 is told apart at a glance, in small bars and by a projector.
TOLD_APART = 20
TO_XYZ = np.array(
    [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
)  # sRGB, D65


def linear(colour):
    rgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    """CIE L*a*b* of linear RGB."""
    ratio = TO_XYZ @ np.clip(rgb, 0, 1) / TO_XYZ.sum(axis=1)
    x, y, z = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio * (29 / 6) ** 2 / 3 + 4 / 29)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def contrast(a, b):
    """WCAG 2 contrast."""
    low, high = sorted(TO_XYZ[1] @ linear(colour) for colour in (a, b))
    return (high + 0.05) / (low + 0.05)


def test_lab_gives_published_values():
    assert lab(linear("#FFFFFF")) == pytest.approx([100, 0, 0], abs=0.02)
    assert lab(linear("#FF0000")) == pytest.approx([53.24, 80.09, 67.20], abs=0.05)
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert np.allclose([np.sum(m, axis=1) for m in SIGHT.values()], 1, atol=1e-5)


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize(("one", "other"), SHARE_A_PICTURE)
def test_fills_that_share_a_picture_are_told_apart_by_every_eye(one, other, sight):
    fills = (lab(SIGHT[sight] @ linear(plots.PALETTE[name].fill)) for name in (one, other))
    assert np.linalg.norm(np.subtract(*fills)) > TOLD_APART


@pytest.mark.parametrize("name", plots.PALETTE)
def test_ink_is_readable_on_white_and_edges_a_fill(name):
    colour = plots.PALETTE[name]
    assert contrast(colour.ink, "#FFFFFF") >= 4.5
    assert contrast(colour.ink, colour.fill) > 1.15  # hatching and edge are seen on the fill


@pytest.mark.parametrize("name", plots.PALETTE)
def test_the_colour_of_formulas_is_readable_on_light_and_dark_pages(name):
    formula = plots.PALETTE[name].formula
    assert contrast(formula, "#FFFFFF") >= 4.5
    assert contrast(formula, "#111111") >= 3  # JupyterLab Dark; formulas are large or bold


def test_hatchings_differ_where_a_picture_shares_them():
    for one, other in SHARE_A_PICTURE:
        hatches = {plots.PALETTE[name].hatch for name in (one, other)}
        assert len(hatches) == 2 or (one, other) == ("H(P)", "H(P,Q)")
    hatched = [colour.hatch for colour in plots.PALETTE.values() if colour.hatch]
    assert all(a != b for a, b in itertools.combinations(hatched, 2))
