"""The exercises of lesson 03: what a letter costs in the right code and in a wrong one."""

import math

from kl_lessons.exercises import tries
from kl_lessons.exercises.by_hand import cross_entropy, kl_divergence, with_each_epsilon
from kl_lessons.exercises.by_hand import entropy as entropy_in_nats
from kl_lessons.exercises.exercise import Exercise

VALUES = {"p": ([0.5, 0.25, 0.125, 0.125],), "q": ([0.125, 0.5, 0.25, 0.125],)}
BIT = math.log(2)  # in nats
stream = tries.random(3)


def entropy(p):
    """H(P) in bits."""
    return entropy_in_nats(p) / BIT


def cost(p, q):
    """H(P,Q) in bits."""
    return cross_entropy(p, q) / BIT


def of_pairs(coin):
    return [coin[0] ** 2, coin[0] * coin[1], coin[1] * coin[0], coin[1] ** 2]


def joins_of_pairs(coin):
    """What Huffman's code needs for a pair: the sum of the probabilities of all its joins."""
    nodes, total = sorted(of_pairs(coin)), 0.0
    while len(nodes) > 1:
        joined = nodes[0] + nodes[1]
        nodes, total = sorted([joined, *nodes[2:]]), total + joined
    return total


def of_lengths(*lengths):
    """Bits a flip if the four pairs have code words of these lengths."""
    return lambda coin: sum(map(math.prod, zip(of_pairs(coin), lengths, strict=True))) / 2


def of_text(bits):
    """Σ bits(count, q) over the letters that occur."""
    return lambda counts, q: math.fsum(
        bits(count, share) for count, share in zip(counts, q, strict=True) if count > 0
    )


text_bits = of_text(lambda count, share: -count * math.log2(share) if share > 0 else math.inf)


def product_bits(counts, q):
    """−log₂ of the product of all probabilities, ∞ where it is 0 as a float."""
    product = math.prod(share**count for count, share in zip(counts, q, strict=True))
    return -math.log2(product) if product > 0 else math.inf


def shares(counts):
    return [count / sum(counts) for count in counts]


def with_epsilon(epsilon):
    return of_text(lambda count, share: -count * math.log2(share + epsilon))


def clipped(epsilon):
    return of_text(lambda count, share: -count * math.log2(max(share, epsilon)))


def smoothed(epsilon):
    """The bits where q itself was raised by epsilon and divided by its sum."""
    return lambda counts, q: of_text(
        lambda count, share: -count * math.log2((share + epsilon) / (sum(q) + epsilon * len(q)))
    )(counts, q)


def random_text(letters):
    counts = [math.floor(40 * share) for share in tries.distribution(stream, letters)]
    return {"counts": [1, *counts[1:]], "q": tries.distribution(stream, letters)}


EXERCISES = {
    "3.1": Exercise(
        answer=lambda p, q: [cost(p, q), entropy(q)],  # the surprises are 1, 2 and 2 bits
        inputs=({"p": [0.7, 0.2, 0.1], "q": [0.5, 0.25, 0.25]},),
        mistakes={
            "the first is H(Q,P): surprises come from Q, their weights from P": lambda p, q: [
                cost(q, p),
                entropy(q),
            ],
            "the first is H(P): the belief is Q, so the surprises are −log₂ q": lambda p, q: [
                entropy(p),
                entropy(q),
            ],
            "the second is H(P): when the weather follows Q, q weighs the surprises": (
                lambda p, q: [cost(p, q), entropy(p)]
            ),
            "the second is KL(P‖Q): it is asked what a day costs when the weather follows Q": (
                lambda p, q: [cost(p, q), kl_divergence(p, q) / BIT]
            ),
            "the second is H(Q,P): the belief is still Q, only the weather has changed": (
                lambda p, q: [cost(p, q), cost(q, p)]
            ),
            "this is KL, the price of being wrong: the whole cost, H, is asked": (
                lambda p, q: [kl_divergence(p, q) / BIT, 0.0],
                lambda p, q: [kl_divergence(p, q) / BIT, kl_divergence(q, p) / BIT],
            ),
            "the surprises are added without weights: how often does each come?": lambda p, q: (
                [-math.fsum(map(math.log2, q))] * 2
            ),
            "this is the plain mean of the surprises: how often does each come?": lambda p, q: (
                [-math.fsum(map(math.log2, q)) / 3] * 2
            ),
        },
        hints=(
            "How surprising is each weather for the belief Q? Take −log₂ of its numbers.",
            "Each surprise is weighed by how often it comes. Who says that when P is true?",
            "Two sums with the same surprises: once weighed by p, once by q.",
        ),
        shows="The truth says how often a surprise comes, the belief how large it is. Under P the "
        "smallest one comes more often than Q expects; the best belief, P, would cost H(P), less "
        "still.",
        unit="bits",
        tolerance=2e-4,
    ),
    "3.2": Exercise(
        answer=lambda entropy_in_bits, cost_in_bits: 0.72 * BIT,  # 4.83 − 4.11
        inputs=({"entropy_in_bits": 4.11, "cost_in_bits": 4.83},),
        mistakes={
            "KL is the difference H(P,Q) − H(P), not the quotient": (
                lambda entropy_in_bits, cost_in_bits: cost_in_bits / entropy_in_bits
            ),
            "KL is the difference H(P,Q) − H(P), not the sum": (
                lambda entropy_in_bits, cost_in_bits: (cost_in_bits + entropy_in_bits) * BIT
            ),
            "divided by ln 2 where it has to be multiplied: a bit is ln 2 nats": (
                lambda entropy_in_bits, cost_in_bits: (cost_in_bits - entropy_in_bits) / BIT
            ),
            "this is the share of the cost that is overhead: the difference is asked": (
                lambda entropy_in_bits, cost_in_bits: cost_in_bits / entropy_in_bits - 1
            ),
            "this is H(P,Q) in nats: H(P) is still to be subtracted": (
                lambda entropy_in_bits, cost_in_bits: cost_in_bits * BIT
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
        answer=lambda coin: joins_of_pairs(coin) / 2,  # (0.10 + 0.19 + 1)/2
        inputs=({"coin": [0.9, 0.1]},),
        mistakes={
            "this is for a pair: a pair is two flips": joins_of_pairs,
            "this is the entropy of a flip, the bound: Huffman's code does not reach it": (
                lambda coin: cost(coin, coin)
            ),
            "this is the entropy of a pair: take the lengths of the code words": lambda coin: (
                2 * entropy(coin)
            ),
            "this is one bit a flip, as without pairs": lambda coin: 1.0,
            "the lengths are not weighed: each pair has its own probability": lambda coin: 1.125,
            "the lengths are not weighed, and a pair is two flips": lambda coin: 2.25,
            "this code is decodable, but not Huffman's: join the two least probable first, and "
            "again": of_lengths(1, 2, 3, 4),
            "the likeliest pair has the longest word here: it gets the shortest": (
                of_lengths(3, 3, 2, 1),
                of_lengths(3, 2, 3, 1),
            ),
        },
        hints=(
            "The flips are independent: HH has probability 0.9 · 0.9 = 0.81.",
            "np.outer(coin, coin).ravel() holds all four probabilities.",
            "Take len(word) of each word of huffman_code(pairs), weigh, sum, and halve.",
        ),
        shows="Longer blocks come nearer to the entropy, 0.469 bits: arithmetic coding takes the "
        "whole text as one block.",
        unit="bits",
    ),
    "3.4": Exercise(
        answer=lambda kl_in_bits: math.log(99) / (kl_in_bits * BIT),
        inputs=({"kl_in_bits": 0.247},),
        mistakes={
            "the odds are taken with ln, KL is in bits: use log2 for both": lambda kl_in_bits: (
                math.log(99) / kl_in_bits
            ),
            "the odds are taken with log10, KL is in bits: use log2 for both": lambda kl_in_bits: (
                math.log10(99) / kl_in_bits
            ),
            "the odds are divided by KL without their logarithm": lambda kl_in_bits: (
                99 / kl_in_bits
            ),
            "odds of 100 were taken: 99 to 1 is 99": lambda kl_in_bits: math.log2(100) / kl_in_bits,
            "0.99 is the probability; the odds are 0.99/0.01": lambda kl_in_bits: (
                math.log2(0.99) / kl_in_bits
            ),
            "KL is how much one letter brings: divide by it": lambda kl_in_bits: (
                math.log2(99) * kl_in_bits
            ),
            "these are the bits of evidence: how many letters bring them?": lambda kl_in_bits: (
                math.log2(99)
            ),
            "KL was not rounded here: take 0.247, as given": lambda kl_in_bits: (
                math.log2(99) / 0.2465739
            ),
            "rounded down to whole letters: give the number as it comes out": (
                lambda kl_in_bits: 26
            ),
        },
        hints=(
            "Lesson 01: evidence grows by KL(P‖Q) with each outcome, on average.",
            "How many bits of evidence are odds of 99 to 1? KL is in bits, so take log2.",
            "Divide them by what one letter brings.",
        ),
        shows="It is the coin of lesson 01 with 67 faces: the smaller KL, the longer the sentence "
        "has to be.",
        tolerance=2e-4,
    ),
    "3.5": Exercise(
        answer=lambda nats: 2 ** (nats / BIT),
        inputs=({"nats": 2.3},),
        mistakes={
            "this is 2 to the power of nats: 2 belongs to bits": lambda nats: 2**nats,
            "these are bits a letter: the perplexity is 2 to their power": lambda nats: nats / BIT,
            "nats became bits in the wrong direction: a nat is 1/ln 2 bits": lambda nats: (
                2 ** (nats * BIT)
            ),
            "this is e to the power of bits: e belongs to nats": lambda nats: math.exp(nats / BIT),
            "this is the probability of a typical letter: its inverse is asked": lambda nats: (
                math.exp(-nats)
            ),
            "this is the cross-entropy itself": lambda nats: nats,
        },
        hints=(
            "Perplexity undoes the logarithm. Which one was taken for nats?",
            "For bits it is 2 to their power. For nats another base stands in place of 2.",
            "NumPy's np.exp undoes np.log.",
        ),
        shows="The model is as unsure as if it threw a die of nearly ten faces for each letter.",
    ),
    "3.6": Exercise(
        asks="function",
        answer=text_bits,
        inputs=(
            {"counts": [4, 2, 1], "q": [0.25, 0.5, 0.25]},
            {"counts": [10, 0, 3, 7], "q": [0.1, 0.2, 0.3, 0.4]},
            {"counts": [5, 3, 0], "q": [0.5, 0.5, 0.0]},
            {"counts": [5, 3, 1], "q": [0.5, 0.5, 0.0]},
            {"counts": [9, 0], "q": [1.0, 0.0]},
            {"counts": [0, 1], "q": [0.5, 0.5]},
            {"counts": [2, 1], "q": [1 - 1e-9, 1e-9]},
            {"counts": [3], "q": [1.0]},
            {"counts": [3000, 2000, 1000], "q": [0.5, 0.3, 0.2]},
            *(random_text(letters) for letters in (2, 3, 5, 26)),
        ),
        mistakes={
            "this is per letter: the whole text is asked": lambda counts, q: (
                text_bits(counts, q) / sum(counts)
            ),
            "the counts do not weigh the surprises: each letter costs −log₂ q every time": (
                lambda counts, q: text_bits([min(count, 1) for count in counts], q)
            ),
            "q weighs the surprises here, times the number of letters: the counts have to": (
                lambda counts, q: sum(counts) * entropy(q)
            ),
            "this is the entropy of the counts: the code was built for Q": lambda counts, q: (
                sum(counts) * entropy(shares(counts))
            ),
            "this is only the overhead: the text's own entropy comes on top": lambda counts, q: (
                sum(counts) * kl_divergence(shares(counts), q) / BIT
            ),
            "a letter that Q calls impossible occurs: the exact answer is ∞": of_text(
                lambda count, share: -count * math.log2(share) if share else 0.0
            ),
            "the probability of a long text underflows to 0: add up logarithms": product_bits,
            "an epsilon took the place of 0: for such a letter the answer is ∞": with_each_epsilon(
                with_epsilon, smoothed, clipped
            ),
        },
        hints=(
            "Each time a letter occurs it costs −log₂ q bits: start with "
            "-np.sum(counts * np.log2(q)).",
            "A mask leaves out letters that do not occur: seen = counts > 0.",
            "Before the sum, look for a letter with counts > 0 and q == 0, with np.any.",
        ),
        shows="Divided by the number of letters this is H(p̂,Q): what a code built for Q charges "
        "for the text.",
        unit="bits",
    ),
    "3.7": Exercise(
        asks="prediction",
        answer="a",
        choices={
            "b": "can a listener with the wrong belief be less surprised, on average, than one "
            "who knows the truth?",
            "c": "Bob's favourite word is rare for Alice. Does nothing come of that?",
        },
        hints=(
            "Bob says dog half of the time. How surprising is it for Alice?",
            "Weigh Alice's surprises 3, 1, 2 and 3 by how often Bob says each word.",
        ),
        shows="A wrong belief is dearer, never cheaper. The next cell says by how much.",
    ),
    "3.8": Exercise(
        asks="prediction",
        answer="c",
        choices={
            "a": "German is the nearest by descent. But letters count here: how often do o and y "
            "come in each?",
            "b": "Finnish hardly ever uses b, c, f and w, which English has everywhere: is such a "
            "belief cheap?",
            "d": "Finnish hardly ever uses b, c, f and w, which English has everywhere: is such a "
            "belief cheaper than Spanish?",
        },
        hints=(
            "How often does each language use c, k, w, and letters with dots and accents?",
            "A belief is dear where it gives little to letters that are frequent in English.",
        ),
        shows="Letters do not care for families: the next cell has the numbers.",
    ),
    "3.9": Exercise(
        asks="prediction",
        answer="b",
        choices={
            "a": "on average 33 letters are more than enough. Is this sentence like the average? "
            "The next cell tells",
        },
        hints=(
            "Which letters of the sentence are rare in English, which are frequent in Spanish?",
            "An average says how many letters are enough on average; single sentences scatter.",
        ),
        shows="A single sentence may mislead: the next cell shows by how little.",
    ),
    "3.10": Exercise(
        asks="choice",
        answer="b",
        choices={
            "a": "1.2 is the smaller number, but of the larger unit: how many bits is a nat?",
            "c": "H(P) is unknown, but the same for both: the difference of the costs is the "
            "difference of the two KL",
            "d": "perplexity has no unit, but it keeps the order: the lower cost has the lower "
            "perplexity",
        },
        hints=(
            "A nat is 1/ln 2 bits: more or less than one bit?",
            "Bring both costs to one unit. Both models read the same text.",
        ),
        shows="1.2 nats are 1.73 bits. And since the text is the same, B's KL is larger by the "
        "difference, 0.23 bits a letter.",
    ),
}
