"""The pictures of languages show what the measures say, and ∞ where a belief holds a zero."""

import math

import numpy as np
import pytest
from matplotlib.figure import Figure

from kl_lessons import plots
from kl_lessons.information import cross_entropy, entropy, kl_divergence, normalize
from kl_lessons.subjects.languages import declared_letters, letter_counts, smoothed

NAMES, ALPHABET, COUNTS = declared_letters()
GERMAN = "Alle Menschen sind frei und gleich an Würde und Rechten geboren."


def drawn(picture, **values):
    ax = Figure(figsize=picture.size).subplots()
    return ax, picture(ax, **values)


@pytest.mark.parametrize("pseudocount", [0.1, 0.5, 2.0])
def test_the_table_has_the_truth_in_rows_and_the_belief_in_columns(pseudocount):
    ax, move = drawn(plots.language_table)
    mesh, infinities, meaning = move(pseudocount)
    table = np.asarray(mesh.get_array()).reshape(16, 16)
    for p, q in ((0, 1), (1, 0), (10, 4), (4, 10), (7, 7)):
        expected = kl_divergence(normalize(COUNTS[p]), smoothed(COUNTS[q], pseudocount), base=2)
        assert table[p, q] == pytest.approx(expected)
    assert [name.get_text() for name in ax.get_yticklabels()] == NAMES
    assert [name.get_text() for name in ax.get_xticklabels()] == NAMES
    assert ax.get_ylabel().startswith("P, the truth")
    assert ax.get_xlabel().startswith("Q, the belief")
    assert ax.yaxis_inverted()  # the first language stands at the top
    assert len(infinities.get_xdata()) == 0 and not meaning.get_visible()


def test_without_smoothing_236_of_240_cells_are_infinite_and_marked():
    _, move = drawn(plots.language_table)
    mesh, infinities, meaning = move(0.0)
    assert len(infinities.get_xdata()) == 236 and meaning.get_visible()
    basque, english = NAMES.index("Basque"), NAMES.index("English")
    marked = set(zip(infinities.get_ydata() - 0.5, infinities.get_xdata() - 0.5, strict=True))
    assert (english, basque) in marked and (basque, english) not in marked
    assert np.isfinite(mesh.get_array()).all()  # matplotlib leaves out what is infinite
    assert "∞ in 236 of 240" in plots.language_table.says(0.0)


def test_the_table_says_its_nearest_and_farthest_pair():
    says = plots.language_table.says(0.5)
    assert "least 0.172 for P = Spanish, Q = Portuguese" in says
    assert "most 2.239 for P = Polish, Q = Finnish" in says


@pytest.mark.parametrize("pseudocount", [0.1, 0.5, 2.0])
def test_the_bars_of_a_sentence_are_its_entropy_and_kl_stacked(pseudocount):
    ax, _ = drawn(plots.sentence_costs, text=GERMAN, pseudocount=pseudocount)
    p, beliefs = normalize(letter_counts(GERMAN, ALPHABET)), smoothed(COUNTS, pseudocount)
    bars = ax.patches
    assert [bar.get_width() for bar in bars[:16]] == pytest.approx([entropy(p, base=2)] * 16)
    ends = [bar.get_x() + bar.get_width() for bar in bars[16:32]]
    assert ends == pytest.approx(cross_entropy(p, beliefs, base=2))
    assert max(ends) <= ax.get_xlim()[1]
    assert [name.get_text() for name in ax.get_yticklabels()] == NAMES


def test_the_lowest_is_pointed_at_and_named():
    ax, _ = drawn(plots.sentence_costs, text=GERMAN)
    (lowest,) = (text for text in ax.texts if "lowest" in text.get_text())
    assert NAMES[round(lowest.get_position()[1])] == "German" and lowest.get_visible()
    assert plots.sentence_costs.says(GERMAN).startswith("Lowest: German, ")


def test_an_infinite_cost_reaches_the_edge_and_says_so():
    ax, _ = drawn(plots.sentence_costs, text="où", pseudocount=0.0)
    costs = cross_entropy(normalize(letter_counts("où", ALPHABET)), smoothed(COUNTS, 0.0), base=2)
    for i, cost in enumerate(costs):
        end = ax.patches[16 + i].get_x() + ax.patches[16 + i].get_width()
        assert ax.texts[i].get_visible() == math.isinf(cost)
        assert math.isfinite(end)
        assert not math.isinf(cost) or end == pytest.approx(ax.get_xlim()[1])
    assert f"∞ for {np.isinf(costs).sum()} of the 16" in plots.sentence_costs.says("où", 0.0)


def test_a_text_that_costs_infinity_everywhere_has_no_lowest():
    ax, _ = drawn(plots.sentence_costs, text="őø", pseudocount=0.0)
    assert not ax.texts[-1].get_visible() and all(sign.get_visible() for sign in ax.texts[:16])
    assert plots.sentence_costs.says("őø", 0.0).startswith("Under each language")


@pytest.mark.parametrize("text", ["", "123 !?", "日本"])
def test_a_text_without_letters_is_refused(text):
    with pytest.raises(ValueError, match="give one with at least one letter"):
        drawn(plots.sentence_costs, text=text)
