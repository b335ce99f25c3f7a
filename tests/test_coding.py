"""The coders against hand values, brute force, H(P,Q) and round trips, and what they refuse."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kl_lessons.information import cross_entropy, entropy, normalize
from kl_lessons.subjects.coding import MarkovBelief, arithmetic_decode, arithmetic_encode
from kl_lessons.subjects.huffman import huffman_code, huffman_decode, huffman_encode

pytestmark = pytest.mark.filterwarnings("error")
reproducible = settings(deadline=None, derandomize=True, max_examples=200)

# Olah 2015, "Visual Information Theory": Bob speaks of dogs, Alice of cats.
BOB = [1 / 2, 1 / 4, 1 / 8, 1 / 8]
ALICE = [1 / 8, 1 / 2, 1 / 4, 1 / 8]

weights = st.floats(-12, 0).map(lambda exponent: 10**exponent)
beliefs = st.lists(weights, min_size=1, max_size=256).map(normalize)


@st.composite
def texts(draw):
    """A belief Q and symbols it gives more than 0: some drawn evenly, some likely under Q."""
    q = draw(beliefs)
    zeros = draw(st.lists(st.integers(0, q.size - 1), max_size=3))
    if len({*zeros}) < q.size:
        q[zeros] = 0
        q = normalize(q)
    n, seed, evenly = draw(st.integers(0, 300)), draw(st.integers(0, 999)), draw(st.booleans())
    p = (q > 0) / np.count_nonzero(q) if evenly else q
    return q, np.random.default_rng(seed).choice(q.size, n, p=p)


def ideal_bits(symbols, q):
    """−Σ log₂ q(symbol)."""
    return -np.log2(np.asarray(q)[symbols]).sum() if len(symbols) else 0.0


def fewest_bits(q):
    """The smallest Σ q·length of all lengths with Σ 2^−length ≤ 1, by trying them all."""
    lengths = itertools.product(range(1, len(q)), repeat=len(q))
    return min(np.dot(q, tried) for tried in lengths if sum(2.0**-n for n in tried) <= 1)


# Huffman


@pytest.mark.parametrize(
    ("q", "code"),
    [
        ([1.0], ("0",)),
        ([0.5, 0.5], ("0", "1")),
        ([0.1, 0.9], ("0", "1")),
        (BOB, ("0", "10", "110", "111")),
        (ALICE, ("110", "0", "10", "111")),
        ([0.25] * 4, ("00", "01", "10", "11")),
        ([0.4, 0.2, 0.2, 0.1, 0.1], ("00", "01", "10", "110", "111")),
    ],
)
def test_huffman_code_by_hand(q, code):
    assert huffman_code(q) == code


def test_four_words_cost_what_olah_says():
    lengths = {name: [len(w) for w in huffman_code(q)] for name, q in [("b", BOB), ("a", ALICE)]}
    assert np.dot(BOB, lengths["b"]) == entropy(BOB, base=2) == 1.75
    assert np.dot(ALICE, lengths["a"]) == entropy(ALICE, base=2) == 1.75
    assert np.dot(ALICE, lengths["b"]) == cross_entropy(ALICE, BOB, base=2) == 2.25
    assert np.dot(BOB, lengths["a"]) == cross_entropy(BOB, ALICE, base=2) == 2.375


@reproducible
@given(st.lists(weights, min_size=2, max_size=5).map(normalize))
@example(normalize([1, 1, 2, 3, 5]))
def test_no_code_is_shorter_than_huffmans(q):
    assert np.dot(q, [len(word) for word in huffman_code(q)]) <= fewest_bits(q) + 1e-12


@reproducible
@given(beliefs.filter(lambda q: q.size > 1))
def test_huffman_code_is_prefix_free_and_leaves_no_room(q):
    code = huffman_code(q)
    assert not any(b.startswith(a) for a, b in itertools.pairwise(sorted(code)))
    longest = max(map(len, code))
    assert sum(2 ** (longest - len(word)) for word in code) == 2**longest  # Kraft's sum is 1


@reproducible
@given(beliefs.filter(lambda q: q.size > 1))
def test_huffman_code_stays_within_one_bit_of_the_entropy(q):
    mean = np.dot(q, [len(word) for word in huffman_code(q)])
    assert entropy(q, base=2) - 1e-9 <= mean < entropy(q, base=2) + 1


@reproducible
@given(beliefs, st.integers(0, 999))
def test_the_order_of_symbols_does_not_change_the_mean_length(q, seed):
    order = np.random.default_rng(seed).permutation(q.size)
    means = [np.dot(p, [len(word) for word in huffman_code(p)]) for p in (q, q[order])]
    assert means[0] == pytest.approx(means[1], rel=1e-12)


@reproducible
@given(beliefs, st.data())
def test_huffman_decode_gives_back_what_huffman_encode_took(q, data):
    code = huffman_code(q)
    symbols = data.draw(st.lists(st.integers(0, q.size - 1), max_size=100))
    decoded = huffman_decode(huffman_encode(symbols, code), code)
    assert decoded.tolist() == symbols
    assert decoded.dtype == np.intp  # bincount refuses int64 where that is wider


def test_huffman_writes_codes_one_after_the_other():
    assert huffman_encode([0, 3, 1], huffman_code(BOB)) == "011110"
    assert huffman_decode("011110", huffman_code(BOB)).tolist() == [0, 3, 1]


def test_huffman_code_of_an_improbable_symbol_is_as_long_as_it_must_be():
    q = normalize(2.0 ** -np.arange(300))
    assert max(map(len, huffman_code(q))) == 299


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: huffman_code([0.5, 0.5, 0]), "gives symbol 2 probability 0.*infinitely long"),
        (lambda: huffman_code([0.5, 0.4]), r"q sums to 0.9, not 1"),
        (lambda: huffman_code([BOB, ALICE]), r"q has shape \(2, 4\): give one distribution"),
        (lambda: huffman_encode([0, 2], ("0", "1")), r"symbols holds 2 at \[1\], and code has 2"),
        (lambda: huffman_encode([-1], ("0", "1")), r"symbols holds -1 at \[0\]"),
        (lambda: huffman_encode([0], ("0", "01")), "code holds '0', which begins '01'"),
        (lambda: huffman_encode([0], ("0", "0")), "code holds '0', which begins '0'"),
        (lambda: huffman_encode([0], ("",)), "code holds '', and must hold strings such"),
        (lambda: huffman_encode([0], ("a", "b")), "code holds 'a'"),
        (lambda: huffman_encode([0], (0, 1)), "code holds 0, and must"),
        (lambda: huffman_encode([], ()), "code is empty"),
        (lambda: huffman_code(None), "q holds object_, not numbers"),
        (lambda: huffman_code({0: 0.5, 1: 0.5}), "q holds object_, not numbers"),
        (lambda: huffman_code(x for x in BOB), "q holds object_, not numbers"),
        (lambda: huffman_encode([0], None), "code is of type NoneType: give one word for each"),
        (lambda: huffman_encode([0], {"0": 0, "1": 1}), "code is of type dict: give one word"),
        (lambda: huffman_encode([0], (w for w in "01")), "code is of type generator: give one"),
        (lambda: huffman_encode([0], "01"), "code is of type str: give one word for each symbol"),
        (lambda: huffman_encode(None, ("0", "1")), "symbols holds object_, not integers"),
        (lambda: huffman_encode({0: 1}, ("0", "1")), "symbols holds object_, not integers"),
        (lambda: huffman_encode((i for i in [0]), ("0", "1")), "symbols holds object_, not integ"),
        (
            lambda: huffman_encode(np.array([2**63], np.uint64), ("0", "1")),
            "holds 9223372036854775",
        ),
        (lambda: huffman_decode("0", None), "code is of type NoneType"),
        (lambda: huffman_decode(None, ("0", "1")), "bits is of type NoneType"),
        (lambda: huffman_decode("0111", (*huffman_code(BOB), "1")), "no decoder could tell"),
        (lambda: huffman_decode("011", huffman_code(BOB)), r"bits holds '11' at \[1\]"),
        (lambda: huffman_decode("0 10", huffman_code(BOB)), r"bits holds ' 10' at \[1\]"),
        (lambda: huffman_decode([0, 1], huffman_code(BOB)), "bits is of type list"),
        (lambda: huffman_decode("1" * 10**6, ("0",)), "where no word of code stands"),
    ],
)
def test_huffman_refuses(call, message):
    with pytest.raises(ValueError, match=message):
        call()


# Arithmetic


@pytest.mark.parametrize(
    ("symbols", "q", "bits"),
    [
        ([], BOB, ""),
        ([0] * 1000, [1.0], ""),
        ([1] * 1000, [0.0, 1.0, 0.0], ""),
        ([1, 0, 1, 0, 1, 0, 1, 1], [0.5, 0.5], "10101011"),
        ([0, 1, 2, 3, 0, 0], [0.25] * 4, "000110110000"),
        ([72, 105, 33], [1 / 256] * 256, "010010000110100100100001"),
        ([3, 2, 0], BOB, "1111100"),  # 111 110 0, as Huffman writes it, for powers of 1/2
        ([1], [0.25, 0.5, 0.25], "01"),  # 1/4 to 3/4: neither half is inside, two quarters are
        ([0], [0.9, 0.1], "0"),
    ],
)
def test_arithmetic_code_by_hand(symbols, q, bits):
    assert arithmetic_encode(symbols, q) == bits
    assert arithmetic_decode(bits, q, len(symbols)).tolist() == symbols


@pytest.mark.parametrize("q", [[0.9, 0.1], [1 / 3] * 3, [0.7, 0.2, 0.1], BOB, ALICE])
def test_the_texts_of_one_length_get_a_code_that_leaves_none_in_doubt(q):
    texts = list(itertools.product(range(len(q)), repeat=5))
    code = sorted(arithmetic_encode(text, q) for text in texts)
    assert not any(following.startswith(bits) for bits, following in itertools.pairwise(code))
    longest = max(map(len, code))
    assert sum(2 ** (longest - len(bits)) for bits in code) <= 2**longest  # Kraft
    mean = sum(np.prod(np.take(q, text)) * len(arithmetic_encode(text, q)) for text in texts)
    assert mean >= 5 * entropy(q, base=2) - 1e-9


@reproducible
@given(texts(), st.text("01", max_size=40))
def test_what_follows_the_bits_of_a_text_changes_nothing(text, more):
    q, symbols = text
    decoded = arithmetic_decode(arithmetic_encode(symbols, q) + more, q, symbols.size)
    assert np.array_equal(decoded, symbols)


def test_arithmetic_bits_are_huffmans_where_q_are_powers_of_a_half():
    symbols = np.random.default_rng(0).choice(4, 1000, p=BOB)
    assert arithmetic_encode(symbols, BOB) == huffman_encode(symbols, huffman_code(BOB))


def test_a_carry_runs_through_all_that_is_written():
    q, middle = [0.25, 0.5, 0.25], [1] * 10_000  # each symbol 1 keeps the middle half: around 1/2
    assert arithmetic_encode(middle, q)[:9_999] == "0" + "1" * 9_998
    assert arithmetic_encode([*middle, 0], q)[:8_000] == "0" + "1" * 7_999
    assert arithmetic_encode([*middle, 2], q)[:8_000] == "1" + "0" * 7_999
    for last in range(3):
        bits = arithmetic_encode([*middle, last], q)
        assert arithmetic_decode(bits, q, 10_001).tolist() == [*middle, last]


@reproducible
@given(texts())
def test_arithmetic_decode_gives_back_what_arithmetic_encode_took(text):
    q, symbols = text
    decoded = arithmetic_decode(arithmetic_encode(symbols, q), q, symbols.size)
    assert np.array_equal(decoded, symbols)
    assert decoded.dtype == np.intp  # bincount refuses int64 where that is wider


@reproducible
@given(texts())
def test_arithmetic_code_is_minus_log_q_of_the_text_and_at_most_two_bits(text):
    q, symbols = text
    parts = np.ceil(np.asarray(q) * 2**56)
    surprise = ideal_bits(symbols, parts / parts.sum())  # under the table it codes with
    assert -1e-6 <= len(arithmetic_encode(symbols, q)) - surprise <= 2 + 1e-6


@pytest.mark.parametrize(
    "q",
    [
        normalize(np.arange(1, 27)),
        normalize(10.0 ** -np.arange(13)),
        [1 - 1e-12, 1e-12],
        [0.01, 0.98, 0.01],
        [1 / 3] * 3,
    ],
    ids=["26 letters", "down to 1e-12", "nearly sure", "sure", "thirds"],
)
@pytest.mark.parametrize("evenly", [True, False])
def test_measured_bits_are_n_times_the_cross_entropy(q, evenly):
    n, outcomes = 20_000, len(q)
    symbols = np.random.default_rng(0).choice(outcomes, n, p=None if evenly else normalize(q))
    frequencies = normalize(np.bincount(symbols, minlength=outcomes))
    expected = n * cross_entropy(frequencies, q, base=2)
    assert -1e-6 < len(arithmetic_encode(symbols, q)) - expected < 2 + 1e-6


@pytest.mark.parametrize("believed", ["true", "wrong"])
def test_100_000_letters_stay_within_2_bits(believed):
    p = normalize(1 / np.arange(1, 68))
    q = p if believed == "true" else p[::-1]
    letters = np.random.default_rng(0).choice(67, 100_000, p=p)
    bits = arithmetic_encode(letters, q)
    assert np.array_equal(arithmetic_decode(bits, q, 100_000), letters)
    frequencies = np.bincount(letters, minlength=67) / 100_000
    expected = 100_000 * cross_entropy(frequencies, q, base=2)
    assert -1e-6 < len(bits) - expected < 2 + 1e-6


@pytest.mark.parametrize("tiny", [1e-12, 1e-17, 1e-30, 5e-324])
def test_all_that_q_gives_more_than_0_has_a_code(tiny):
    symbols = [0, 1, 1, 0, 2, 1]
    bits = arithmetic_encode(symbols, [0.5, tiny, 0.5 - tiny])
    assert arithmetic_decode(bits, [0.5, tiny, 0.5 - tiny], 6).tolist() == symbols
    assert len(bits) <= 3 - 3 * math.log2(tiny) + 2


def test_the_overhead_of_a_wrong_belief_is_kl():
    n = 20_000
    symbols = np.random.default_rng(0).permutation(
        np.repeat(np.arange(4), [10_000, 5_000, 2_500, 2_500])
    )
    bits = [len(arithmetic_encode(symbols, q)) / n for q in (BOB, ALICE)]
    assert bits == pytest.approx([1.75, 2.375], abs=2 / n)


@reproducible
@given(st.integers(0, 100), st.integers(1, 256), st.integers(0, 999))
def test_q_may_change_from_symbol_to_symbol(n, outcomes, seed):
    rng = np.random.default_rng(seed)
    q = normalize(1e-12 + rng.random((n, outcomes)) ** 20) if n else np.zeros((0, outcomes))
    symbols = rng.integers(outcomes, size=n)
    bits = arithmetic_encode(symbols, q)
    assert np.array_equal(arithmetic_decode(bits, q, n), symbols)
    ideal = -np.log2(q[np.arange(n), symbols]).sum()
    assert len(bits) <= ideal + 2 + 1e-6
    assert arithmetic_encode(symbols, lambda prefix: q[prefix.size]) == bits


def test_q_may_be_a_function_of_the_symbols_so_far():
    def counts_so_far(prefix):
        return normalize(1 + np.bincount(prefix, minlength=3))

    symbols = np.random.default_rng(0).choice(3, 500, p=[0.9, 0.09, 0.01])
    bits = arithmetic_encode(symbols, counts_so_far)
    assert np.array_equal(arithmetic_decode(bits, counts_so_far, 500), symbols)
    assert len(bits) < 500 * cross_entropy([0.9, 0.09, 0.01], [1 / 3] * 3, base=2) / 2


def test_a_function_gets_a_prefix_it_cannot_change():
    def spoil(prefix):
        prefix[:] = 0
        return [0.5, 0.5]

    for call in (
        lambda: arithmetic_encode([1, 1], spoil),
        lambda: arithmetic_decode("", spoil, 2),
    ):
        with pytest.raises(ValueError, match="read-only"):
            call()


def row_after(context):
    """A distribution of five symbols, another one after each context, the smallest below 2⁻⁵⁶."""
    seed = int("".join(map(str, (1, *context))))
    return normalize(10.0 ** -np.random.RandomState(seed).randint(20, size=5))


@reproducible
@given(st.integers(0, 4), st.lists(st.integers(0, 4), max_size=60))
def test_a_markov_belief_gives_the_bits_of_its_function_and_takes_them_back(order, symbols):
    def of_prefix(prefix):
        return row_after(tuple(prefix[max(0, prefix.size - order) :].tolist()))

    markov = MarkovBelief(order, row_after)
    bits = arithmetic_encode(symbols, markov)
    assert bits == arithmetic_encode(symbols, of_prefix)
    assert arithmetic_decode(bits, markov, len(symbols)).tolist() == symbols
    parts = [np.ceil(of_prefix(np.array(symbols[:i])) * 2**56) for i in range(len(symbols))]
    rows = [row / row.sum() for row in parts]  # the table it codes with
    ideal = -sum(math.log2(row[symbol]) for row, symbol in zip(rows, symbols, strict=True))
    assert -1e-6 <= len(bits) - ideal <= 2 + 1e-6


@pytest.mark.parametrize("order", [0, 1, 3])
def test_a_markov_belief_is_asked_once_for_each_context_and_begins_with_short_ones(order):
    asked = []

    def row(context):
        asked.append(context)
        return row_after(context)

    symbols = np.random.RandomState(0).randint(5, size=400).tolist()
    contexts = [tuple(symbols[max(0, i - order) : i]) for i in range(400)]
    once = list(dict.fromkeys(contexts))
    bits = arithmetic_encode(symbols, MarkovBelief(order, row))
    assert asked == once and asked[: order + 1] == [tuple(symbols[:i]) for i in range(order + 1)]
    assert all(type(symbol) is int for context in asked for symbol in context)
    asked.clear()
    arithmetic_decode(bits, MarkovBelief(order, row), 400)
    assert asked == once


def test_an_empty_text_has_no_bits_under_a_markov_belief_and_asks_it_nothing():
    silent = MarkovBelief(2, pytest.fail)
    assert arithmetic_encode([], silent) == ""
    assert arithmetic_decode("", silent, 0).tolist() == []


def test_one_q_and_equal_rows_give_the_same_bits():
    symbols = np.random.default_rng(0).choice(4, 300, p=BOB)
    assert arithmetic_encode(symbols, [ALICE] * 300) == arithmetic_encode(symbols, ALICE)


def test_a_beginning_can_be_decoded_alone():
    symbols = np.random.default_rng(0).choice(4, 300, p=BOB)
    bits = arithmetic_encode(symbols, ALICE)
    assert np.array_equal(arithmetic_decode(bits, ALICE, 40), symbols[:40])


def test_random_bits_decode_to_a_sample_of_q():
    bits = "".join(map(str, np.random.RandomState(0).randint(2, size=80_000)))
    symbols = arithmetic_decode(bits, BOB, 20_000)
    assert np.bincount(symbols) / 20_000 == pytest.approx(BOB, abs=0.02)


def test_nothing_depends_on_how_symbols_are_held():
    symbols = [3, 0, 1, 0, 2]
    bits = arithmetic_encode(symbols, ALICE)
    for held in (tuple(symbols), np.array(symbols, dtype=np.uint8), np.array(symbols)[::1]):
        assert arithmetic_encode(held, ALICE) == bits
    assert arithmetic_decode(bits, ALICE, np.int64(5)).tolist() == symbols


def test_narrow_types_of_q_code_and_decode():
    q = normalize(np.arange(1, 101)).astype(np.float32)
    symbols = np.random.default_rng(0).integers(100, size=500)
    bits = arithmetic_encode(symbols, q)
    assert np.array_equal(arithmetic_decode(bits, q, 500), symbols)


@pytest.mark.parametrize(
    ("symbols", "q", "message"),
    [
        ([0, 2], [0.5, 0.5, 0], r"symbols holds 2 at \[1\], to which q gives probability 0: its"),
        ([0, 4], BOB, r"symbols holds 4 at \[1\], and q has 4 outcomes: .* from 0 to 3"),
        ([-1], BOB, r"symbols holds -1 at \[0\]"),
        ([0.0, 1.0], BOB, "symbols holds float64, not integers"),
        ("hello", BOB, "symbols holds str_, not integers"),
        (3, BOB, r"symbols has shape \(\)"),
        ([[0, 1]], BOB, r"symbols has shape \(1, 2\)"),
        ([[0], [0, 1]], BOB, "symbols has rows of different lengths: make them equal"),
        (np.ma.array([0, 1], mask=[0, 1]), BOB, "symbols hides entries behind a mask"),
        (np.array([2**64 - 1], np.uint64), BOB, "symbols holds 18446744073709551615: give each"),
        ([0], [0.5, 0.4], r"q sums to 0.9, not 1: did you mean normalize\(q\)"),
        ([0], [BOB, BOB], "q has 2 rows for 1 symbols"),
        ([0], [[BOB]], r"q has shape \(1, 1, 4\)"),
        ([0], lambda prefix: [0.5, 0.4], r"q\(prefix\) sums to 0.9"),
        ([0], lambda prefix: [BOB], r"q\(prefix\) has shape \(1, 4\)"),
        ([1], lambda prefix: [1.0, 0.0], r"symbols holds 1 at \[0\], to which q gives"),
        ([0], MarkovBelief(1.5, row_after), r"q\.order is 1\.5, and must be a whole number from 0"),
        ([], MarkovBelief(-1, row_after), r"q\.order is -1, and must be a whole number from 0"),
        ([0], MarkovBelief(1, BOB), r"q\.row is of type list: give a function of the last symbols"),
        (
            [0, 1],
            MarkovBelief(1, lambda context: BOB if context == () else [0.5, 0.4]),
            r"q\.row\(\(0,\)\) sums to 0.9, not 1",
        ),
        (
            [0],
            MarkovBelief(1, lambda context: [BOB]),
            r"q\.row\(\(\)\) has shape \(1, 4\): give one",
        ),
        ([0], MarkovBelief(1, lambda context: None), r"q\.row\(\(\)\) holds object_, not numbers"),
        ([0, 4], MarkovBelief(1, lambda _: BOB), r"symbols holds 4 at \[1\], and q has 4 outcomes"),
        ([1], MarkovBelief(1, lambda _: [1.0, 0.0]), r"symbols holds 1 at \[0\], to which q gives"),
    ],
)
def test_arithmetic_encode_refuses(symbols, q, message):
    with pytest.raises(ValueError, match=message):
        arithmetic_encode(symbols, q)


@pytest.mark.parametrize(
    ("bits", "q", "n", "message"),
    [
        (b"0110", BOB, 4, "bits is of type bytes: give what arithmetic_encode gave"),
        (5, BOB, 4, "bits is of type int"),
        ("01 10", BOB, 4, "bits holds ' ': give what arithmetic_encode gave"),
        ("0120", BOB, 4, "bits holds '2'"),
        ("", BOB, -1, "n is -1, and must be a whole number from 0 to 100,000,000"),
        ("", BOB, 2.0, r"n is 2\.0, and must be a whole number"),
        ("", BOB, True, "n is True, and must be a whole number"),
        ("", BOB, None, "n is None, and must be a whole number"),
        ("", BOB, 10**13, "n is 10000000000000, and must be a whole number"),
        ("", [0.5, 0.4], 1, "q sums to 0.9"),
        ("", [BOB, BOB], 1, "q has 2 rows for 1 symbols"),
        ("1" * 128, [1 / 3] * 3, 1, "bits hold no symbol 0 under q"),
        ("1" * 128, MarkovBelief(0, lambda _: [1 / 3] * 3), 1, "bits hold no symbol 0 under q"),
        ("", MarkovBelief("2", row_after), 1, r"q\.order is '2', and must be a whole number"),
        ("", MarkovBelief(1, lambda _: [0.5, 0.4]), 1, r"q\.row\(\(\)\) sums to 0.9"),
    ],
)
def test_arithmetic_decode_refuses(bits, q, n, message):
    with pytest.raises(ValueError, match=message):
        arithmetic_decode(bits, q, n)
