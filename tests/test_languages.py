"""Letters, counts and smoothing against hand values, and the languages that come out of them."""

import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kl_lessons.data import declarations
from kl_lessons.information import cross_entropy, entropy, kl_divergence, normalize
from kl_lessons.subjects.coding import arithmetic_decode, arithmetic_encode
from kl_lessons.subjects.huffman import huffman_code, huffman_encode
from kl_lessons.subjects.languages import (
    LetterCounts,
    by_family,
    declared_letters,
    letter_counts,
    letter_numbers,
    letters_of,
    smoothed,
)

# An older matplotlib calls pyparsing by names that a newer one deprecates.
pytestmark = pytest.mark.filterwarnings("error", "ignore:.*deprecated.*use:DeprecationWarning")
reproducible = settings(deadline=None, derandomize=True, max_examples=200)


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("", ""),
        ("Article 1.", "article"),
        ("Où est-ce?", "oùestce"),
        ("ÞAÐ ØL", "þaðøl"),
        ("Straße", "straße"),
        ("İnsan", "insan"),
        ("cafe\u0301", "café"),
        ("6.º ¼ 日本", ""),
    ],
)
def test_letters_of_by_hand(text, letters):
    assert letters_of(text) == letters


@reproducible
@given(st.text(max_size=50))
def test_letters_are_lower_case_letters_however_their_accents_were_typed(text):
    letters = letters_of(text)
    assert letters_of(letters) == letters
    assert all(unicodedata.category(letter) == "Ll" for letter in letters)
    assert letters_of(unicodedata.normalize("NFD", letters)) == unicodedata.normalize(
        "NFC", letters
    )


def test_counts_and_numbers_by_hand():
    assert letter_counts("Anna & Ben, ça!", "abcn").tolist() == [3, 1, 0, 3]
    assert letter_numbers("Anna", "abcn").tolist() == [0, 3, 3, 0]
    assert letter_numbers("", "abc").dtype == np.intp  # which bincount takes everywhere
    assert letter_counts("", "abc").dtype == np.int64


def test_numbers_refuse_a_letter_outside_the_alphabet():
    with pytest.raises(ValueError, match="text holds 'ç', which the alphabet has not: it has abc"):
        letter_numbers("ça", "abc")


def test_smoothed_by_hand():
    assert smoothed([6, 3, 0]) == pytest.approx(np.array([6.5, 3.5, 0.5]) / 10.5)
    assert smoothed([[3, 1], [0, 0]], 1) == pytest.approx(np.array([[4 / 6, 2 / 6], [0.5, 0.5]]))
    assert smoothed([3, 1, 0], 0).tolist() == [0.75, 0.25, 0.0]


@reproducible
@given(st.lists(st.integers(0, 1000), min_size=1, max_size=70), st.floats(1e-6, 10))
def test_smoothed_is_a_distribution_without_zeros_nearer_to_the_even_one(counts, pseudocount):
    q = smoothed(counts, pseudocount)
    assert q.sum() == pytest.approx(1) and (q > 0).all()
    assert np.isfinite(cross_entropy(np.full(len(counts), 1 / len(counts)), q))
    if sum(counts):
        assert entropy(q) >= entropy(normalize(counts)) - 1e-9


@pytest.mark.parametrize(
    ("counts", "pseudocount", "message"),
    [
        ([1, 2], -0.5, "pseudocount is -0.5, and must be a number from 0 up"),
        ([1, 2], np.inf, "pseudocount is inf"),
        ([1, 2], np.nan, "pseudocount is nan"),
        ([1, 2], "a", "pseudocount is 'a', and must be a number from 0 up"),
        ([1, 2], None, "pseudocount is None"),
        ([1, 2], [1, 1], r"pseudocount is \[1, 1\]"),
        ("ab", 0.5, "counts holds str_, not numbers"),
        (np.ma.array([1, 2], mask=[0, 1]), 0.5, "counts hides entries behind a mask"),
        ([0, 0], 0, "weights sum to 0"),
        ([-3, 2], 0.5, r"counts holds -3 at \[0\], and must hold numbers from 0 up"),
    ],
)
def test_smoothed_refuses(counts, pseudocount, message):
    with pytest.raises(ValueError, match=message):
        smoothed(counts, pseudocount)


def test_the_alphabet_is_every_letter_of_the_declarations_and_the_counts_are_theirs():
    names, alphabet, counts = declared_letters()
    texts = declarations()
    assert names == list(texts)
    assert set(alphabet) == set(letters_of(" ".join(texts.values()))) and len(alphabet) == 67
    assert set("abcdefghijklmnopqrstuvwxyzßéñøþłğő") <= set(alphabet) and "º" not in alphabet
    assert counts.shape == (16, 67)
    for row, text in zip(counts, texts.values(), strict=True):
        assert row.sum() == len(letters_of(text))
    assert counts[names.index("German"), alphabet.index("q")] == 0
    with pytest.raises(ValueError, match="read-only"):
        counts[0, 0] = 1


def test_a_text_without_its_zeros_smoothed_away_costs_infinity():
    counts = declared_letters().counts
    raw = kl_divergence(normalize(counts)[:, None], normalize(counts), base=2)
    assert np.isfinite(raw).sum() == 16 + 4
    assert np.isfinite(kl_divergence(normalize(counts)[:, None], smoothed(counts))).all()


def test_each_declaration_is_cheapest_in_its_own_language():
    counts = declared_letters().counts
    costs = cross_entropy(normalize(counts)[:, None], smoothed(counts), base=2)
    assert costs.argmin(axis=1).tolist() == list(range(16))


def test_paragraphs_that_were_not_learnt_from_are_told_by_the_lowest_cross_entropy():
    names, alphabet, _ = declared_letters()
    lines = {name: text.splitlines() for name, text in declarations().items()}
    beliefs = smoothed([letter_counts("\n".join(lines[name][::2]), alphabet) for name in names])
    tests = [
        (i, letter_counts(line, alphabet))
        for i, name in enumerate(names)
        for line in lines[name][1::2]
        if len(letters_of(line)) >= 50
    ]
    guesses = [cross_entropy(normalize(counts), beliefs).argmin() for _, counts in tests]
    assert np.mean([guess == i for guess, (i, _) in zip(guesses, tests, strict=True)]) > 0.99


@pytest.mark.parametrize("belief", range(16))
def test_measured_bits_of_the_english_text_are_cross_entropy_and_their_overhead_is_kl(belief):
    names, alphabet, counts = declared_letters()
    q = smoothed(counts)[belief]
    letters = letter_numbers(declarations()["English"], alphabet)
    p = normalize(counts[names.index("English")])
    bits = arithmetic_encode(letters, q)
    assert np.array_equal(arithmetic_decode(bits, q, letters.size), letters)
    each = len(bits) / letters.size
    assert each == pytest.approx(cross_entropy(p, q, base=2), abs=0.001)
    assert each - entropy(p, base=2) == pytest.approx(kl_divergence(p, q, base=2), abs=0.001)
    huffman = len(huffman_encode(letters, huffman_code(q))) / letters.size
    assert each < huffman < each + 0.2


def test_by_family_relatives_stand_side_by_side_and_nothing_else_changes():
    declared, ordered = declared_letters(), by_family(declared_letters())
    assert ordered.alphabet == declared.alphabet and sorted(ordered.names) == declared.names
    for name, row in zip(ordered.names, ordered.counts, strict=True):
        assert np.array_equal(row, declared.counts[declared.names.index(name)])
    assert ordered.names[6:10] == ["French", "Italian", "Spanish", "Portuguese"]
    assert ordered.names[-1] == "Basque"  # it has no relatives


def test_by_family_refuses_a_language_without_one():
    with pytest.raises(ValueError, match="'Klingon' stands in no family"):
        by_family(LetterCounts(["Klingon"], "a", np.array([[1]])))
