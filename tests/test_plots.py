"""Every picture: moved is as drawn anew, heights are the measures', ∞ is seen where it is said.

The pictures are those of `plots`, the values their own examples: a new picture needs no line here.
"""

import itertools
import math
import re
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from pictures import drawn, every_picture, of_mark, size, tables

from kl_lessons import classifier, coins, plots, sample
from kl_lessons.explorers.layers import svg
from kl_lessons.information import cross_entropy, entropy, kl_divergence, kl_terms
from kl_lessons.plots.coins import COINS
from kl_lessons.plots.comparison import PAIRS, SCORED
from kl_lessons.plots.marks import arrows, bars, linear
from kl_lessons.plots.picture import chart
from kl_lessons.subjects.policies import Answers

# An older matplotlib calls pyparsing by names that a newer one deprecates.
pytestmark = pytest.mark.filterwarnings("error", "ignore:.*deprecated.*use:DeprecationWarning")

INF = math.inf


@pytest.fixture(autouse=True, scope="module")
def house_look():
    with mpl.rc_context(fname=str(Path(__file__).parents[1] / "notebooks" / "matplotlibrc")):
        yield


def as_svg(ax, artists):
    """The SVG of the artists: equal texts are equal pictures."""
    return svg(ax.figure, artists, "a salt")


def background(ax, moving):
    """The SVG of all that does not move."""
    for artist in moving:
        artist.set_animated(True)
    text = as_svg(ax, [ax.figure])
    for artist in moving:
        artist.set_animated(False)
    return text


def signs(ax):
    """How often ∞ and −∞ are to be seen among the marks."""
    lines = [line for line in ax.lines if line.get_visible() and "infty" in str(line.get_marker())]
    plus = sum(len(line.get_xdata()) for line in lines if "-" not in line.get_marker())
    return plus, sum(len(line.get_xdata()) for line in lines) - plus


# Every picture


@every_picture
def test_a_picture_has_a_description_a_size_and_examples_that_it_can_move_between(picture):
    assert picture.__doc__ and len(picture.size) == 2
    assert len(picture.examples) >= 3 and tables(picture)


@every_picture
def test_its_numbers_are_data_that_a_page_can_be_told(picture):
    for example in picture.examples:
        for name, number in picture.numbers(**example).items():
            assert np.asarray(number).dtype.kind in "biufU", name


@every_picture
def test_a_mover_returns_always_the_same_artists_and_leaves_their_number(picture):
    for table in tables(picture):
        ax, move = drawn(picture, table[0])
        first, children = move(table[0]), len(ax.get_children())
        assert first and len({*map(id, first)}) == len(first)
        for numbers in table * 2:
            assert [*map(id, move(numbers))] == [*map(id, first)]
        assert len(ax.get_children()) == children
    assert plt.get_fignums() == []


@every_picture
def test_moved_is_as_drawn_anew(picture):
    for table in tables(picture):
        ax, move = drawn(picture, table[0])
        for numbers in [*table[1:], table[0]]:
            fresh, move_fresh = drawn(picture, numbers)
            assert as_svg(ax, move(numbers)) == as_svg(fresh, move_fresh(numbers))


def what_does_not_move_changes(picture, table):
    """Whether anything outside the moving artists is somewhere else, or otherwise, after a move."""
    ax, move = drawn(picture, table[0])
    return len({background(ax, move(numbers)) for numbers in table}) > 1


@every_picture
def test_all_that_changes_or_lies_elsewhere_at_other_limits_is_among_the_moving(picture):
    for table in tables(picture):
        assert not what_does_not_move_changes(picture, table)


@pytest.mark.parametrize("left_out", ["line", "axis"])
def test_a_line_or_a_scale_that_is_left_in_the_background_would_be_found(left_out):
    @plots.picture(numbers=lambda p: {"p": p}, says="{p}", size=(3, 3))
    def faulty(ax, numbers):
        zero, bar = ax.axhline(0), ax.bar([0], [0])[0]

        def move(numbers):
            ax.set_ylim(-numbers["p"][0], 1)
            bar.set_height(numbers["p"][1])
            return [bar, ax.yaxis if left_out == "line" else zero]

        move(numbers)
        return move

    assert what_does_not_move_changes(faulty, [{"p": [0.5, 0.5]}, {"p": [0.1, 0.9]}])


@pytest.mark.parametrize("kind", ["bars", "sideways", "arrows"])
def test_a_mark_follows_its_places(kind):
    def places(start):
        return {"at": [start, start + 1.0], "to": [0.5, math.inf], "word": "here"}

    marks = {
        "bars": bars("P", "at", "to"),
        "sideways": bars("P", "at", "to", sideways=True),
        "arrows": arrows("at", [0.1, 0.2], "to", quantity="P", text="{word}"),
    }

    @chart(numbers=places, says="", x=linear([-1.0, 4.0]), y=linear([-1.0, 4.0]))
    def moved():
        return [marks[kind]]

    ax, move = drawn(moved, places(0.0))
    fresh, move_fresh = drawn(moved, places(2.0))
    assert as_svg(ax, move(places(2.0))) == as_svg(fresh, move_fresh(places(2.0)))


@every_picture
def test_nothing_is_nan_and_infinity_is_seen_where_the_sentence_says_it(picture):
    for example in picture.examples:
        numbers = picture.numbers(**example)
        ax, move = drawn(picture, numbers)
        text = re.sub('"data:[^"]*"', "", as_svg(ax, move(numbers)))
        assert not re.search(r"nan|inf\b", text, re.IGNORECASE)
        sentence, (above, below) = picture.sentence(numbers), signs(ax)
        assert "nan" not in sentence and "inf" not in sentence
        assert (above + below > 0) == ("∞" in sentence)
        assert (below > 0) <= ("−∞" in sentence)


@every_picture
def test_no_number_is_negative_zero(picture):
    for example in picture.examples:
        for low in (0, 1e-9, 1e-17) if {"p", "q"} <= example.keys() else (0,):
            near = np.asarray(example.get("p", 1), dtype=float) * (1 - low) + low / 2
            values = example | ({"q": in_proportion(near)} if low else {})
            sentence = picture.sentence(picture.numbers(**values))
            sentence = re.sub(r"(?<=[a-z])-(?=[a-z])", "", sentence)  # cross-entropy
            assert not re.search(r"[−-]0\.0+(?!\d)|-", sentence)


def in_proportion(weights):
    """The weights in proportion, as a distribution."""
    return weights / weights.sum()


@every_picture
def test_lines_of_the_legend_are_told_apart_without_colour(picture):
    lines = [mark for mark in picture.chart["marks"] if mark["kind"] == "line" and mark["label"]]
    for one, other in itertools.combinations(lines, 2):
        thin, thick = sorted((one["width"], other["width"]))
        assert one["dash"] != other["dash"] or thick >= 1.5 * thin, (one["label"], other["label"])


@every_picture
def test_a_title_and_a_legend_do_not_meet(picture):
    ax, _ = drawn(picture, picture.numbers(**picture.examples[0]))
    legend = ax.get_legend()
    if legend and ax.get_title():
        ax.figure.draw_without_rendering()
        assert not legend.get_window_extent().overlaps(ax.title.get_window_extent())


LABELS = ["<script>alert(1)</script>", "a & b", "$x_1$"]


@every_picture
def test_labels_are_text_whatever_they_hold(picture):
    if "labels" not in picture.parameters or picture in (plots.decomposition, plots.ledgers):
        return  # it shows no names of outcomes
    example = next(e for e in picture.examples if 3 in size(picture.numbers(**e)))
    example = example | {"labels": LABELS}
    ax, _ = drawn(picture, picture.numbers(**example))
    text = as_svg(ax, [ax.figure])
    for escaped in ("&lt;script&gt;alert(1)&lt;/script&gt;", "a &amp; b", "$x_1$"):
        assert f">{escaped}<" in text
    assert "<script" not in text


# Sentences

YES_OR_NO = Answers(["yes", "no"], [0.5, 0.5], [math.log(3), 0.0], [1.0, 0.0])
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
        "After 10 flips of P: (1/n) log P/Q = 0.6931; the mean of such walks is 0.6931 nats a "
        "flip, 99:1 for P after 6.6 flips.",
    ),
    (
        plots.walk,
        {"p": [1, 0], "q": [0, 1], "flips": 10, "truth": "Q"},
        "After 10 flips of Q: (1/n) log P/Q = −∞; the mean of such walks is −∞ nats a flip; "
        "the first outcome that is impossible for the other settles it.",
    ),
    (
        plots.leashed_policy,
        {"answers": YES_OR_NO, "beta": 1},
        "Most probable at β = 1.00: under P yes (0.500), under Q yes (0.750).",
    ),
    (
        plots.frontier,
        {"answers": YES_OR_NO, "beta": 1, "base": 2},
        "At KL(Q‖P) = 0.189 bits the mean rating is 0.824 and the mean use 0.750. "
        "Over all β the mean use is largest, 1.000, at 1.000 bits.",
    ),
]


@pytest.mark.parametrize(("picture", "values", "sentence"), SENTENCES)
def test_a_sentence_holds_the_numbers_of_the_picture(picture, values, sentence):
    assert picture.sentence(picture.numbers(**values)) == sentence


# Heights


def each(examples):
    """Run the test for each example."""
    return pytest.mark.parametrize("values", examples, ids=lambda values: f"p={values['p']}"[:24])


def shown(picture, values):
    """The Axes and its bars, drawn from other values of the same size and then moved here."""
    numbers = picture.numbers(**values)
    table = next((t for t in tables(picture) if size(t[0]) == size(numbers)), [numbers])
    ax, move = drawn(picture, table[0])
    for step in (*table, numbers):
        move(step)
    return ax, ax.patches


@each([*PAIRS, *SCORED])
def test_bars_of_distributions_are_the_probabilities(values):
    ax, bars = shown(plots.distributions, values)
    q = values.get("q")
    if q is None:
        q = classifier.softmax(np.asarray(values["logits"]) / values.get("temperature", 1))
    heights = [bar.get_height() for bar in bars if hasattr(bar, "get_height")]
    assert heights == pytest.approx([*values["p"], *q], abs=1e-15)
    assert ax.get_ylim() == (0, 1)


@each(SCORED)
def test_bars_of_gradients_are_those_of_both_losses(values):
    _, bars = shown(plots.gradients, values)
    p, temperature = np.asarray(values["p"], dtype=float), values.get("temperature", 1)
    q = classifier.softmax(np.asarray(values["logits"]) / temperature)
    slopes = np.diag(q) - np.outer(q, q)  # ∂q/∂(logits/T)
    unit = math.log(values.get("base") or math.e)
    both = [*(q - p) / temperature / unit, *(slopes @ (q - p)) / temperature]
    assert [bar.get_height() for bar in bars] == pytest.approx(both, abs=1e-15)


@each(PAIRS)
def test_bars_of_terms_are_the_terms_and_their_sum_and_infinite_ones_reach_the_edge(values):
    ax, bars = shown(plots.terms, values)
    terms = kl_terms(values["p"], values["q"], base=values.get("base"))
    low, high = ax.get_ylim()
    for bar, term in zip(bars, [*terms, terms.sum()], strict=True):
        assert bar.get_height() == (term if math.isfinite(term) else high)
        assert low <= bar.get_height() <= high
    assert signs(ax) == (np.isinf([*terms, terms.sum()]).sum(), 0)


@each(PAIRS)
def test_bars_of_the_decomposition_are_entropy_kl_and_cross_entropy(values):
    ax, (alone, extra, crossed, *_) = shown(plots.decomposition, values)
    p, q, base = values["p"], values["q"], values.get("base")
    high = ax.get_ylim()[1]
    assert alone.get_height() == entropy(p, base=base)
    assert extra.get_y() == alone.get_height()
    if math.isinf(kl_divergence(p, q)):
        assert crossed.get_height() == pytest.approx(high, abs=1e-12)
        assert extra.get_y() + extra.get_height() == pytest.approx(high, abs=1e-12)
        assert signs(ax) == (2, 0)
    else:
        assert extra.get_height() == pytest.approx(kl_divergence(p, q, base=base), abs=1e-12)
        assert crossed.get_height() == cross_entropy(p, q, base=base)
        assert crossed.get_height() <= high
        assert signs(ax) == (0, 0)
    assert alone.get_height() <= high


@each(COINS)
def test_bars_of_the_split_are_the_two_kl_and_their_difference(values):
    ax, bars = shown(plots.split, values)
    numbers = walk_of(values)
    size = math.log(values.get("base") or math.e)
    from_q, from_p = coins.exact_split(numbers["outcomes"], values["p"], values["q"])
    low, high = ax.get_ylim()
    expected = np.array([from_q, from_p, from_q - from_p]) / size
    for bar, height in zip(bars, expected, strict=True):
        assert bar.get_height() == pytest.approx(np.clip(height, low, high), abs=1e-12)
    assert signs(ax) == (np.isposinf(expected).sum(), np.isneginf(expected).sum())


def walk_of(values):
    """The outcomes of an example's flips, and the ratio per flip in its unit."""
    values = {"truth": "P", "flips": 1000, "seed": 1} | values
    truth, flips, seed = values["truth"], values["flips"], values["seed"]
    outcomes = sample(values[truth.lower()], flips, seed)
    ratio = coins.log_likelihood_ratio(outcomes, values["p"], values["q"])
    size = math.log(values.get("base") or math.e)
    return {"outcomes": outcomes, "ratio": ratio / np.arange(1, flips + 1) / size, "truth": truth}


@each(COINS)
def test_the_walk_is_the_log_likelihood_ratio_and_its_line_is_kl(values):
    ax, _ = shown(plots.walk, values)
    band, _, mean, path = (of_mark(ax, order)[0] for order in range(4))
    numbers = walk_of(values)
    low, high = ax.get_ylim()
    i, y = (np.asarray(data) for data in path.get_data())
    assert i[0] == 1
    expected = np.clip(numbers["ratio"][i.astype(int) - 1], low, high)
    np.testing.assert_allclose(y, expected, atol=1e-15)
    base, p, q = values.get("base"), values["p"], values["q"]
    kl = kl_divergence(p, q, base=base)
    kl = kl if numbers["truth"] == "P" else -kl_divergence(q, p, base=base)
    if math.isfinite(kl):
        assert i[-1] == values.get("flips", 1000)
        assert np.array_equal(mean.get_ydata(), [kl, kl]) and low < kl < high
    else:  # the first outcome that only one of them can show is the last that is drawn
        assert not mean.get_visible() and not band.get_visible()
        assert np.isinf(numbers["ratio"][int(i[-1]) - 1]) and sum(signs(ax)) == 1
    assert np.isfinite(band.get_xy()).all()


def test_the_band_holds_95_of_100_walks():
    p, q, flips = [0.5, 0.5], [0.75, 0.25], 1000
    numbers = plots.walk.numbers(p=p, q=q, flips=flips)
    half = np.interp(flips, numbers["band_x"][:61], numbers["band_y"][:61]) - numbers["kl"]
    tosses = [sample(p, flips, seed) for seed in range(2000)]
    ends = [coins.log_likelihood_ratio(tossed, p, q)[-1] / flips for tossed in tosses]
    inside = np.mean(np.abs(np.array(ends) - numbers["kl"]) <= half)
    assert inside == pytest.approx(0.95, abs=0.02)


def test_flips_are_shown_more_sparsely_the_more_there_are():
    places = plots.coins.marks_on_the_way(10_000)
    assert places[0] == 1 and places[-1] == 10_000 and (np.diff(places) > 0).all()
    assert np.array_equal(places[:80], np.arange(1, 81)) and places.size < 300
