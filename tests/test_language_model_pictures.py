"""Pictures of language models against hand values: tints, costs of orders, temperature, sizes."""

import math

import numpy as np
import pytest
from pictures import drawn

from kl_lessons import language_models, plots
from kl_lessons.look import RAMPS
from kl_lessons.plots.language_models import ORDERS
from kl_lessons.subjects.language_models import ALPHABET, Corpus, FileSizes, NextSigns

ABA = Corpus("ababab", ALPHABET)


def numbers_of(picture, **values):
    """The numbers, and the Axes on which they were drawn."""
    numbers = picture.numbers(**values)
    return numbers, drawn(picture, numbers)[0]


# Surprising letters


def test_a_tint_is_the_surprise_of_the_sign_after_those_before_it():
    numbers, ax = numbers_of(plots.surprising_text, text="ab", corpus=ABA, order=1)
    first = (3 + 2 / 97) / (6 + 2)  # of 6 signs 3 are a, and 2 differ
    after_a = (3 + 1 * first) / (3 + 1)  # 3 times b after a, nothing else
    bits = [-math.log2(first), -math.log2(after_a)]
    assert numbers["shades"][:2] == pytest.approx([b / 12 for b in bits])
    assert numbers["cost"] == pytest.approx(sum(bits) / 2)
    assert numbers["perplexity"] == pytest.approx(2 ** (sum(bits) / 2))
    squares = [patch.get_facecolor() for patch in ax.patches if patch.get_visible()]
    assert len(squares) == 2 and [t.get_text() for t in ax.texts[:3]] == ["a", "b", ""]


def test_the_cost_of_a_text_is_that_of_the_model():
    text, corpus = "there she blows", plots.surprising_text.examples[0]["corpus"]
    for order in range(6):
        numbers = plots.surprising_text.numbers(text=text, corpus=corpus, order=order)
        model = language_models.count(corpus.text, order)
        surprises = language_models.surprises(model, text, base=2)
        assert numbers["cost"] == pytest.approx(surprises.mean(), rel=1e-12)
        shades = np.minimum(1, surprises / 12)
        assert numbers["shades"][: len(text)] == pytest.approx(shades.tolist())


def test_a_blank_counts_and_is_tinted_and_is_named_so_that_it_is_seen():
    numbers, ax = numbers_of(plots.surprising_text, text="a b", corpus=ABA, order=1)
    assert numbers["letters"] == 3 and numbers["dearest"].startswith("␣ ")
    assert ax.texts[1].get_text() == " " and ax.patches[1].get_visible()
    darkest = RAMPS["KL"][int(numbers["shades"][1] * len(RAMPS["KL"]))]
    assert numbers["shades"][1] == max(numbers["shades"]) and darkest != "#FFFFFF"


def test_a_sign_outside_the_alphabet_has_no_tint_and_is_not_counted_and_is_named():
    numbers = plots.surprising_text.numbers(text="abéba鯨", corpus=ABA, order=2)
    assert numbers["letters"] == 4 and numbers["shades"][2] == numbers["shades"][5] == 0
    assert plots.surprising_text.sentence(numbers).endswith("lacks them: é 鯨")
    each = [numbers["shades"][i] for i in (0, 1, 3, 4)]
    pieces = (plots.surprising_text.numbers(text=t, corpus=ABA, order=2) for t in ("ab", "ba"))
    assert each == pytest.approx([shade for piece in pieces for shade in piece["shades"][:2]])


def test_of_a_long_text_only_its_first_120_signs_are_judged_and_it_says_so():
    numbers = plots.surprising_text.numbers(text=50_000 * "ab", corpus=ABA, order=2)
    assert numbers["letters"] == 120
    assert "a sign of its first 120 signs costs" in plots.surprising_text.sentence(numbers)


@pytest.mark.parametrize("text", ["", "é", "鯨鯨"])
def test_a_text_of_which_no_sign_is_known_is_refused(text):
    with pytest.raises(ValueError, match="give one with at least one sign"):
        plots.surprising_text.numbers(text=text, corpus=ABA)


# Orders


def test_the_curve_is_the_mean_surprise_of_the_counts_with_the_pseudocount():
    numbers = plots.order_costs.numbers(costs=ORDERS, pseudocount=1.0)
    first = (3 * math.log2((20 + 97) / 2) + 30 * math.log2((20 + 97) / 10)) / 33
    assert numbers["finite_y"][0] == pytest.approx(first)
    assert numbers["lowest"] == 0 and numbers["perplexity"] == pytest.approx(2**first)
    assert (numbers["blend_lowest"], numbers["blend_cost"]) == (1, 3.0)
    assert numbers["blend_perplexity"] == 8.0


def test_an_order_that_gives_zero_to_what_came_costs_infinity_and_none_is_called_lowest():
    never = plots.order_costs.examples[1]["costs"]
    numbers, ax = numbers_of(plots.order_costs, costs=never, pseudocount=0.0)
    assert numbers["infinite"] == 3 and numbers["cost"] == math.inf and not numbers["any_finite"]
    assert "∞ under every order" in plots.order_costs.sentence(numbers)
    assert not ax.texts[0].get_visible() and len(numbers["lowest_x"]) == 0
    slightly = plots.order_costs.numbers(costs=never, pseudocount=1e-9)
    assert slightly["infinite"] == 0 and math.isfinite(slightly["cost"])


def test_the_order_that_is_marked_is_the_lowest_of_the_curve():
    book = language_models.Book(*(2 * ["the white whale, the whale.\n"]))
    costs = language_models.order_costs(book, range(4))
    numbers = plots.order_costs.numbers(costs=costs, pseudocount=0.1)
    held_out = numbers["finite_y"]
    assert numbers["cost"] == min(held_out) and numbers["lowest"] == int(np.argmin(held_out))


# Temperature


def test_q_is_in_proportion_to_the_power_and_its_kl_are_those_of_all_signs():
    p = np.array([0.5, 0.25, *[0.25 / 20] * 20])
    likely = NextSigns("wh", ALPHABET[:22], p)
    numbers = plots.heated.numbers(next_signs=likely, temperature=2.0, base=2)
    q = np.sqrt(p) / np.sqrt(p).sum()
    assert numbers["q"] == pytest.approx([*q[:8], q[8:].sum()])
    assert numbers["p"] == pytest.approx([*p[:8], p[8:].sum()])
    assert numbers["kl"] == pytest.approx(float(p @ np.log2(p / q)))
    assert numbers["kl_back"] == pytest.approx(float(q @ np.log2(q / p)))
    assert numbers["names"] == ["↵", "␣", *'!"#$%&', "…"] and numbers["others"] == 14


def test_at_temperature_1_nothing_changes():
    model = language_models.count("the whale", 2)
    next_signs = language_models.next_signs(model, "th")
    numbers = plots.heated.numbers(next_signs=next_signs, temperature=1.0)
    assert numbers["kl"] == pytest.approx(0, abs=1e-15)
    assert numbers["p"] == pytest.approx(numbers["q"])


def test_next_signs_are_the_belief_with_the_likeliest_first():
    model = language_models.count("the whale", 2)
    context, signs, probabilities = language_models.next_signs(model, "th")
    assert context == "th" and signs[0] == "e" and sorted(signs) == sorted(ALPHABET)
    belief = language_models.belief(model, "th")
    assert np.array_equal(probabilities, [belief[ALPHABET.index(sign)] for sign in signs])
    assert np.all(np.diff(probabilities) <= 0)


# Sizes of files


def test_the_smallest_file_is_named_with_the_next():
    sizes = FileSizes(["zlib", "lzma", "model"], [4.0, 3.5, 3.4], [3.9, 3.0, 2.5])
    numbers, ax = numbers_of(plots.file_sizes, sizes=sizes)
    assert plots.file_sizes.sentence(numbers) == (
        "With the training text seen the smallest file is that of model, 2.5 bits a sign; next "
        "is lzma with 3.0."
    )
    widths = [patch.get_width() for patch in ax.patches]
    assert widths == [4.0, 3.5, 3.4, 3.9, 3.0, 2.5]
    assert [t.get_text().strip() for t in ax.texts] == ["4.0", "3.5", "3.4", "3.9", "3.0", "2.5"]


def test_files_that_are_level_to_a_tenth_are_named_together():
    numbers = plots.file_sizes.numbers(sizes=FileSizes(["a", "b"], [4, 4], [2.42, 2.4]))
    assert plots.file_sizes.sentence(numbers) == (
        "With the training text seen the smallest files are those of b and a, 2.4 bits a sign."
    )
