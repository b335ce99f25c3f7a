"""Language models against hand values, exact fractions, direct counts and the book's own costs."""

import math
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kl_lessons import language_models
from kl_lessons.data import Book, moby_dick
from kl_lessons.information import as_distribution, surprisal
from kl_lessons.subjects.coding import arithmetic_decode, arithmetic_encode
from kl_lessons.subjects.language_models import (
    ALPHABET,
    Model,
    belief,
    coder_belief,
    count,
    order_costs,
    sign_numbers,
    surprises,
    write,
)
from kl_lessons.subjects.languages import smoothed
from kl_lessons.subjects.sampling import sample

pytestmark = pytest.mark.filterwarnings("error")
reproducible = settings(deadline=None, derandomize=True, max_examples=100)
texts = st.text("ab c\n—", max_size=60)


@pytest.fixture(scope="module")
def book():
    return moby_dick()


@pytest.fixture(scope="module")
def third(book):
    """The model of order 3 of the training chapters."""
    return count(book.training, 3)


@pytest.fixture(scope="module")
def costs(book):
    return order_costs(book, range(7))


def with_pseudocount(costs, i, pseudocount):
    """The held-out cost with a pseudocount, from the counts that were met."""
    (c, times), (n, often) = np.transpose(costs.seen[i]), np.transpose(costs.totals[i])
    if pseudocount == 0 and 0 in c:
        return math.inf
    whole = np.average(np.log2(n + len(ALPHABET) * pseudocount), weights=often)
    return whole - np.average(np.log2(c + pseudocount), weights=times)


# Signs and counts


def test_alphabet_is_97_signs_that_hold_all_of_the_book(book):
    assert len(ALPHABET) == len(set(ALPHABET)) == 97
    assert ALPHABET[0] == "\n" and ALPHABET[1] == " " and ALPHABET[95:] == "~—"
    assert set(book.training + book.held_out) <= set(ALPHABET)


def test_sign_numbers_are_places_in_the_alphabet():
    assert sign_numbers("\n A~—").tolist() == [0, 1, 34, 95, 96]
    assert sign_numbers("").tolist() == [] and sign_numbers("").dtype == np.intp


def test_count_says_how_often_a_sign_followed_each_context():
    assert count("abab", 1) == Model(1, {"": {"a": 2, "b": 2}, "a": {"b": 2}, "b": {"a": 1}})
    assert count("the whale, the white whale", 2).follows["wh"] == {"a": 2, "i": 1}
    assert count("", 3) == Model(3, {})
    assert count("ab", 5).follows == {"": {"a": 1, "b": 1}, "a": {"b": 1}}


def test_a_model_can_be_asked_without_growing():
    model = count("abab", 2)
    asked = [belief(model, "zz"), surprises(model, "zz"), write(model, 5, seed=0)]
    assert len(asked) == 3 and model == count("abab", 2)


# The blend


def test_the_blend_by_hand():
    model = count("abab", 1)
    a, b, c = map(ALPHABET.index, "abc")
    first = belief(model, "")  # c = 2, n = 4, D = 2
    assert first[a] == first[b] == pytest.approx((2 + 2 / 97) / 6, rel=1e-15)
    assert first[c] == pytest.approx((2 / 97) / 6, rel=1e-15)
    after_a = belief(model, "a")  # then c = 2, n = 2, D = 1
    assert after_a[b] == pytest.approx((2 + first[b]) / 3, rel=1e-15)
    assert after_a[a] == pytest.approx(first[a] / 3, rel=1e-15)
    after_b = belief(model, "b")  # then c = 1, n = 1, D = 1
    assert after_b[a] == pytest.approx((1 + first[a]) / 2, rel=1e-15)
    assert after_b[c] == pytest.approx(first[c] / 2, rel=1e-15)


def test_a_context_that_was_never_seen_changes_nothing():
    model = count("abab", 2)
    assert np.array_equal(belief(model, "z"), belief(model, ""))
    assert np.array_equal(belief(model, "za"), belief(model, "a"))
    assert np.array_equal(belief(count("", 2), "ab"), np.full(97, 1 / 97))


def test_only_the_last_signs_of_a_context_count(third):
    assert np.array_equal(belief(third, "Call me Ishm"), belief(third, "shm"))
    assert not np.array_equal(belief(third, "hm"), belief(third, "shm"))


def exact_belief(text, order, context):
    """The blend in fractions, from the text's own places."""
    q = dict.fromkeys(ALPHABET, Fraction(1, 97))
    for j in range(min(order, len(context)) + 1):
        last = context[len(context) - j :]
        after = Counter(text[i] for i in range(j, len(text)) if text[i - j : i] == last)
        if after:
            n, different = sum(after.values()), len(after)
            q = {sign: (after[sign] + different * q[sign]) / (n + different) for sign in q}
    assert sum(q.values()) == 1
    return [float(value) for value in q.values()]


@reproducible
@given(texts, st.integers(0, 4), texts)
def test_the_blend_is_a_distribution_above_0_and_what_fractions_give(text, order, context):
    q = belief(count(text, order), context)
    assert as_distribution("q", q).shape == (97,) and q.min() > 0
    assert q == pytest.approx(exact_belief(text, order, context), rel=1e-13)


@reproducible
@given(texts, st.integers(0, 4), texts, st.sampled_from([None, 2, 97]))
def test_surprises_are_minus_log_of_the_belief_to_the_last_digit(text, order, judged, base):
    model = count(text, order)
    q = [belief(model, judged[:i])[ALPHABET.index(sign)] for i, sign in enumerate(judged)]
    assert np.array_equal(surprises(model, judged, base), surprisal(q, base=base) if q else [])


def test_every_belief_of_a_book_is_a_distribution(third):
    for context in [*third.follows][::100]:
        assert as_distribution("q", belief(third, context)).min() > 0


# What the book costs


def test_the_blend_costs_least_at_order_4(costs):
    assert np.round(costs.blended, 2).tolist() == [4.43, 3.52, 2.95, 2.57, 2.49, 2.58, 2.72]


def test_plain_counts_cost_the_training_text_less_with_each_order(costs):
    assert np.round(costs.training, 2).tolist() == [4.42, 3.48, 2.74, 2.07, 1.55, 1.13, 0.8]
    assert np.all(np.diff(costs.training) < 0)


@pytest.mark.parametrize(
    ("pseudocount", "expected"),
    [
        (0.1, [4.43, 3.51, 2.97, 2.78, 3.16, 3.88]),
        (0.5, [4.43, 3.52, 3.06, 3.14, 3.78, 4.55]),
        (0, [math.inf] * 7),  # $ and * do not stand in the training text
    ],
)
def test_a_pseudocount_costs_more_than_the_blend_and_0_costs_infinity(costs, pseudocount, expected):
    found = [with_pseudocount(costs, i, pseudocount) for i in range(len(expected))]
    assert np.round(found, 2).tolist() == expected


def test_order_costs_count_each_held_out_sign_that_has_enough_before_it(book, costs):
    assert costs.orders == [*range(7)]
    for met in (costs.seen, costs.totals):
        for order, pairs in enumerate(met):
            counts, times = zip(*pairs, strict=True)
            assert sum(times) == len(book.held_out) - order
            assert len(set(counts)) == len(counts) and min(counts) >= 0


@pytest.mark.parametrize("orders", [[0], [2, 0], [1, 3]])
def test_order_costs_are_what_direct_counting_gives(orders):
    book = Book("the whale, the white whale and the sea", "the wheel of the ship—white")
    costs = order_costs(book, orders)
    assert costs.orders == orders
    for i, order in enumerate(orders):
        model = count(book.training, order)
        direct = [after(book.training, book.held_out[j - order : j]) for j in range(order, 27)]
        q = smoothed(direct, 0.5)[range(27 - order), sign_numbers(book.held_out)[order:]]
        assert with_pseudocount(costs, i, 0.5) == pytest.approx(-np.log2(q).mean(), rel=1e-12)
        assert costs.blended[i] == pytest.approx(surprises(model, book.held_out, base=2).mean())
        places = range(order, len(book.training))
        rows = np.array([after(book.training, book.training[j - order : j]) for j in places])
        p = (rows / rows.sum(axis=1, keepdims=True))[
            range(len(places)), sign_numbers(book.training)[order:]
        ]
        assert costs.training[i] == pytest.approx(-np.log2(p).mean(), rel=1e-12)


def after(text, context):
    """How often each sign of ALPHABET followed the context in the text."""
    places = range(len(context), len(text))
    followed = [text[i] for i in places if text[i - len(context) : i] == context]
    return [followed.count(sign) for sign in ALPHABET]


# Writing and coding


def test_writing_is_the_same_for_one_seed(third):
    written = write(third, 60, seed=0, start="CHAPTER 22. ")
    assert written == "CHAPTER 22. Inding to ther a strushion when, if pout life; and judges ne"
    assert write(third, 60, seed=1, start="CHAPTER 22. ") != written
    assert write(third, 30, seed=0, start="CHAPTER 22. ") == written[:42]


def test_writing_begins_with_the_start_and_adds_so_many_signs(third):
    assert write(third, 0, seed=0) == "" and write(third, 0, seed=0, start="whale") == "whale"
    assert len(write(third, 25, seed=3)) == 25
    assert set(write(third, 500, seed=4)) <= set(ALPHABET)


def test_writing_by_order_0_is_sampling_from_one_distribution(book):
    model = count(book.training, 0)
    drawn = sample(belief(model, ""), 300, seed=5)
    assert write(model, 300, seed=5) == "".join(ALPHABET[i] for i in drawn)


def test_held_out_chapters_take_as_many_bits_as_they_surprise_and_come_back(book, third):
    numbers, q = sign_numbers(book.held_out), coder_belief(third)
    bits = arithmetic_encode(numbers, q)
    assert -1e-3 < len(bits) - surprises(third, book.held_out, base=2).sum() < 2 + 1e-3
    decoded = arithmetic_decode(bits, q, numbers.size)
    assert "".join(ALPHABET[i] for i in decoded) == book.held_out


def test_a_coder_believes_what_the_model_does(third):
    q = coder_belief(third)
    assert q.order == 3
    assert np.array_equal(q.row(tuple(sign_numbers("wha").tolist())), belief(third, "wha"))
    assert np.array_equal(q.row(()), belief(third, ""))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: sign_numbers("café"), "text holds 'é', which is not in language_models.ALPHABET"),
        (lambda: sign_numbers(b"cafe"), "text is of type bytes: give a text, such as 'whale'"),
        (lambda: count("a\tb", 1), r"text holds '\\t', which is not"),
        (lambda: count(["a"], 1), "text is of type list"),
        (lambda: count("ab", -1), "order is -1, and must be a whole number from 0 to 8"),
        (lambda: count("ab", 9), "order is 9, and must be a whole number from 0 to 8"),
        (lambda: count("ab", 1.0), r"order is 1\.0, and must be a whole number"),
        (lambda: belief(count("ab", 1), "é"), "context holds 'é', which is not"),
        (lambda: surprises(count("ab", 1), "é"), "text holds 'é', which is not"),
        (lambda: surprises(count("ab", 1), "a", base=1), "base is 1, and must be a number above 1"),
        (lambda: write(count("ab", 1), -1, 0), "signs is -1, and must be a whole number from 0"),
        (lambda: write(count("ab", 1), 1, -1), "seed is -1, and must be a whole number from 0"),
        (lambda: write(count("ab", 1), 1, 0, "é"), "start holds 'é', which is not"),
        (lambda: order_costs(Book("ab", "ab"), []), "orders is empty: give some"),
        (lambda: order_costs(Book("ab", "ab"), [0, 9]), "orders is 9, and must be a whole number"),
        (
            lambda: order_costs(Book("ab", "abc"), [0, 2]),
            "training has 2 signs: order 2 needs more",
        ),
        (lambda: order_costs(Book("é", "ab"), [0]), "training holds 'é', which is not"),
        (lambda: order_costs(Book("ab", "é"), [0]), "held_out holds 'é', which is not"),
        (lambda: order_costs(Book("abc", ""), [0]), "held_out has 0 signs: order 0 needs more"),
    ],
)
def test_language_models_refuse(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_the_module_is_had_from_the_package():
    assert language_models.count is count
