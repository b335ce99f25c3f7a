"""The exercises of lesson 03: what a letter costs in the right code and in a wrong one."""

import numpy as np

from kl_lessons.exercises.judge import Exercise
from kl_lessons.information import cross_entropy, entropy, kl_divergence
from kl_lessons.subjects.huffman import huffman_code

WEATHER, FORECAST = np.array([0.7, 0.2, 0.1]), np.array([0.5, 0.25, 0.25])
PAIRS = np.array([0.81, 0.09, 0.09, 0.01])


def cost_of_the_weather():
    p = np.array([0.7, 0.2, 0.1])
    q = np.array([0.5, 0.25, 0.25])
    return -np.sum(p * np.log2(q))  # or cross_entropy(p, q, base=2)


def overhead_in_nats():
    bits = 4.83 - 4.11  # KL(P‖Q) = H(P,Q) - H(P)
    return bits * np.log(2)


def bits_per_flip_in_pairs():
    pairs = np.outer([0.9, 0.1], [0.9, 0.1]).ravel()
    lengths = [1, 3, 2, 3]  # of huffman_code(pairs): 0, 110, 10, 111
    return np.sum(pairs * lengths) / 2


def letters_until_99_to_1():
    return np.log2(99) / 0.247


def perplexity_of_a_model():
    return np.exp(2.3)


def bits_of_a_text(counts, q):
    if np.any((counts > 0) & (q == 0)):
        return np.inf  # a letter that Q calls impossible was written
    seen = counts > 0  # a letter that never occurs costs nothing
    return -np.sum(counts[seen] * np.log2(q[seen]))


def _surprises(q):
    return -np.log2(q)


def _without_impossible(counts, q):
    """The bits of the letters that q gives more than 0, as if the others cost nothing."""
    possible = q > 0
    return -np.sum(counts[possible] * np.log2(q[possible]))


EXERCISES = {
    "3.1": Exercise(
        prompt="The weather is sun, rain or snow with P = [0.7, 0.2, 0.1]. Somebody believes "
        "Q = [0.5, 0.25, 0.25]. What is H(P,Q), in bits a day? It can be done in the head.",
        solution=cost_of_the_weather,
        mistakes={
            "this is H(Q,P): surprises come from Q, their weights from P": lambda: cross_entropy(
                FORECAST, WEATHER, base=2
            ),
            "this is H(P): the belief is Q, so the surprises are −log₂ q": lambda: entropy(
                WEATHER, base=2
            ),
            "this is H(Q): the weather follows P, so p weighs the surprises": lambda: entropy(
                FORECAST, base=2
            ),
            "this is KL(P‖Q), the difference alone: H(P) comes on top": lambda: kl_divergence(
                WEATHER, FORECAST, base=2
            ),
            "the surprises are added without weights: p weighs each of them": lambda: _surprises(
                FORECAST
            ).sum(),
            "this is the plain mean of the surprises: p weighs each of them": lambda: _surprises(
                FORECAST
            ).mean(),
        },
        hints=(
            "How surprising is each weather for the belief Q? Take −log₂ of 0.5, 0.25 and 0.25.",
            "They are 1, 2 and 2 bits. How often does each come, when P is true?",
            "0.7 · 1 + 0.2 · 2 + 0.1 · 2.",
        ),
        shows="P says how often a surprise comes, Q how large it is: that is all of cross-entropy.",
        unit="bits",
        tolerance=2e-4,  # two of the mistakes lie close together
    ),
    "3.2": Exercise(
        prompt="Somebody sends English, H(P) = 4.11 bits a letter, in a code that costs "
        "H(P,Q) = 4.83 bits a letter. What is KL(P‖Q), in nats a letter?",
        solution=overhead_in_nats,
        mistakes={
            "KL is the difference H(P,Q) − H(P), not the quotient": lambda: 4.83 / 4.11,
            "KL is the difference H(P,Q) − H(P), not the sum": lambda: (4.83 + 4.11) * np.log(2),
            "divided by ln 2 where it has to be multiplied: a bit is ln 2 = 0.69 nats": lambda: (
                (4.83 - 4.11) / np.log(2)
            ),
            "this is the share of the cost that is overhead: the difference is asked": lambda: (
                (4.83 - 4.11) / 4.11
            ),
        },
        hints=(
            "H(P,Q) = H(P) + KL(P‖Q). Which of the three is asked?",
            "Subtract; what comes out are bits.",
            "One bit is np.log(2) nats.",
        ),
        shows="The bill and the least possible bill are enough: their difference is KL.",
        unit="nats",
    ),
    "3.3": Exercise(
        prompt="A coin shows heads with probability 0.9. Huffman's code needs 1 bit a flip. Now "
        "take the flips in pairs, HH, HT, TH, TT, and build Huffman's code for the four pairs. "
        "How many bits a flip does it need on average?",
        solution=bits_per_flip_in_pairs,
        mistakes={
            "this is for a pair: a pair is two flips": lambda: 2 * bits_per_flip_in_pairs(),
            "this is the entropy of a flip, the bound: Huffman's code does not reach it": lambda: (
                entropy([0.9, 0.1], base=2)
            ),
            "this is the entropy of a pair: take the lengths of the code words": lambda: entropy(
                PAIRS, base=2
            ),
            "this is one bit a flip, as without pairs": lambda: 1.0,
            "the lengths are not weighted: each pair has its own probability": lambda: (
                np.mean([len(word) for word in huffman_code(PAIRS)]) / 2
            ),
            "each pair has its own probability, and a pair is two flips": lambda: 2.25,
        },
        hints=(
            "The flips are independent: HH has probability 0.9 · 0.9 = 0.81.",
            "np.outer([0.9, 0.1], [0.9, 0.1]).ravel() holds all four probabilities.",
            "Take len(word) of each word of huffman_code(pairs), weigh, sum, and halve.",
        ),
        shows="Longer blocks come nearer to the entropy, 0.469 bits: arithmetic coding takes the "
        "whole text as one block.",
        unit="bits",
    ),
    "3.4": Exercise(
        prompt="A text is English, and somebody believes it is Spanish: KL(P‖Q) = 0.247 bits a "
        "letter. After how many letters are the odds for English against Spanish 99 to 1, on "
        "average? Give the number as it comes out.",
        solution=letters_until_99_to_1,
        mistakes={
            "the odds are taken with ln, KL is in bits: use log2 for both": lambda: (
                np.log(99) / 0.247
            ),
            "the odds are taken with log10, KL is in bits: use log2 for both": lambda: (
                np.log10(99) / 0.247
            ),
            "the odds are divided by KL without their logarithm": lambda: 99 / 0.247,
            "odds of 100 were taken: 99 to 1 is 99": lambda: np.log2(100) / 0.247,
            "KL is how much one letter brings: divide by it": lambda: np.log2(99) * 0.247,
            "these are the bits of evidence: how many letters bring them?": lambda: np.log2(99),
            "KL was not rounded: take 0.247, as given": lambda: np.log2(99) / 0.2465739,
            "rounded up to whole letters: give the number as it comes out": lambda: 27,
            "rounded down to whole letters: give the number as it comes out": lambda: 26,
        },
        hints=(
            "Lesson 01: evidence grows by KL(P‖Q) with each outcome, on average.",
            "Odds of 99 to 1 are log2(99) bits of evidence.",
        ),
        shows="It is the coin of lesson 01 with 67 faces: the smaller KL, the longer the sentence "
        "has to be.",
        tolerance=2e-4,
    ),
    "3.5": Exercise(
        prompt="A language model reports a cross-entropy of 2.3 nats a letter. What is its "
        "perplexity?",
        solution=perplexity_of_a_model,
        mistakes={
            "2 to the power of nats: these are nats, so take np.exp": lambda: 2**2.3,
            "10 to the power of nats: these are nats, so take np.exp": lambda: 10**2.3,
            "these are bits a letter: the perplexity is 2 to their power": lambda: 2.3 / np.log(2),
            "converted to bits in the wrong direction, then raised: take np.exp(2.3)": lambda: (
                2 ** (2.3 * np.log(2))
            ),
            "this is the probability of a typical letter: its inverse is asked": lambda: np.exp(
                -2.3
            ),
        },
        hints=(
            "Perplexity is exp(nats), or 2 to the power of bits.",
            "np.exp(2.3).",
        ),
        shows="The model is as unsure as if it threw a die of nearly ten faces for each letter.",
    ),
    "3.6": Exercise(
        prompt="Write a function text_bits(counts, q) that returns how many bits a whole text "
        "costs in a code built for Q: counts and q are NumPy arrays, how often each letter occurs "
        "and what Q gives it. A letter that does not occur costs 0, even where q is 0; one that "
        "occurs where q is 0 makes it np.inf. Use NumPy alone.",
        solution=bits_of_a_text,
        mistakes={
            "this is per letter: the whole text is asked": lambda counts, q: (
                bits_of_a_text(counts, q) / counts.sum()
            ),
            "the counts do not weigh the surprises: each letter costs −log₂ q every time": (
                lambda counts, q: bits_of_a_text(np.minimum(counts, 1), q)
            ),
            "this is the entropy of the counts: the code was built for Q": lambda counts, q: (
                counts.sum() * entropy(counts / counts.sum(), base=2)
            ),
            "this is only the overhead: the text's own entropy comes on top": lambda counts, q: (
                counts.sum() * kl_divergence(counts / counts.sum(), q, base=2)
            ),
            "a letter that Q calls impossible occurs: the exact answer is ∞": _without_impossible,
        },
        hints=(
            "Each time a letter occurs it costs −log₂ q bits: start with "
            "-np.sum(counts * np.log2(q)).",
            "A mask leaves out letters that do not occur: seen = counts > 0.",
            "Before the sum, look for a letter with counts > 0 and q == 0, with np.any.",
        ),
        shows="Divided by the number of letters this is H(p̂,Q): the arithmetic coder reaches it "
        "to within a bit for the whole text.",
        unit="bits",
        try_on=(
            ([4, 2, 1], [0.25, 0.5, 0.25]),
            ([10, 0, 3, 7], [0.1, 0.2, 0.3, 0.4]),
            ([5, 3, 0], [0.5, 0.5, 0.0]),
            ([5, 3, 1], [0.5, 0.5, 0.0]),
            ([9, 0], [1.0, 0.0]),
        ),
    ),
}
