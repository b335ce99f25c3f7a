"""The exercises of lesson 01: two coins, and how many flips tell them apart."""

import numpy as np

from kl_lessons.exercises.judge import Exercise
from kl_lessons.information import cross_entropy, entropy, kl_divergence, kl_terms
from kl_lessons.subjects.coins import exact_split

FAIR, BENT = np.array([0.5, 0.5]), np.array([0.75, 0.25])
NEARLY_FAIR = np.array([0.6, 0.4])
SAME_SIDE = np.array([0.508, 0.492])
OBSERVED = np.array([13, 7]) / 20
DIRECTION = "this is KL(Q‖P): the truth comes first"


def log_ratio_of_five():
    heads = np.log(0.75 / 0.5)
    tails = np.log(0.25 / 0.5)
    return 4 * heads + tails


def kl_of_two_coins():
    p = np.array([0.75, 0.25])
    q = np.array([0.5, 0.5])
    return np.sum(p * np.log(p / q))  # or kl_divergence(p, q)


def two_terms_of_the_split():
    p, q = [0.75, 0.25], [0.5, 0.5]
    observed = np.array([13, 7]) / 20
    return [kl_divergence(observed, q), kl_divergence(observed, p)]


def flips_until_99_to_1():
    p, q = [0.5, 0.5], [0.6, 0.4]
    return np.log(99) / kl_divergence(p, q)


def tosses_for_the_same_side():
    p, q = [0.508, 0.492], [0.5, 0.5]
    return np.log(999) / kl_divergence(p, q)


def kl_of_any_faces(p, q):
    if np.any((p > 0) & (q == 0)):
        return np.inf  # Q calls impossible what P shows
    seen = p > 0  # 0·log 0 counts as 0: these terms are left out
    return np.sum(p[seen] * np.log(p[seen] / q[seen]))


def _mistakes_of_flips(odds, p, q):
    """The mistakes that log(odds)/KL(P‖Q) invites, whatever the odds and the coins."""
    return {
        "the odds are taken with log10, KL with ln: use one logarithm for both": lambda: (
            np.log10(odds) / kl_divergence(p, q)
        ),
        "the odds are taken with log2, KL with ln: use one logarithm for both": lambda: (
            np.log2(odds) / kl_divergence(p, q)
        ),
        "the odds are taken with ln, KL in bits: use one logarithm for both": lambda: (
            np.log(odds) / kl_divergence(p, q, base=2)
        ),
        "the odds are divided by KL without their logarithm": lambda: odds / kl_divergence(p, q),
        "this is KL alone, what one flip adds: how many flips reach the goal?": lambda: (
            kl_divergence(p, q)
        ),
        "this is the logarithm of the odds alone: divide it by what one flip adds": lambda: np.log(
            odds
        ),
        "this is the gain of one flip in parts of the goal: turn the fraction over": lambda: (
            kl_divergence(p, q) / np.log(odds)
        ),
    }


EXERCISES = {
    "1.1": Exercise(
        prompt="Coin P shows heads with probability 0.75, coin Q with 0.5. The sequence is "
        "heads, heads, tails, heads, heads. What is log P(sequence)/Q(sequence), in nats?",
        solution=log_ratio_of_five,
        mistakes={
            "this is log Q/P: P stands above the line": lambda: -log_ratio_of_five(),
            "the tails are left out: they have a ratio too, below 1": lambda: 4 * np.log(1.5),
            "this is the ratio itself: its logarithm is asked": lambda: 1.5**4 * 0.5,
            "this is Q/P without the logarithm: log P/Q is asked": lambda: 1 / (1.5**4 * 0.5),
            "this is P(sequence) alone, without the logarithm: log P/Q is asked": lambda: (
                0.75**4 * 0.25
            ),
            "this is Q(sequence) alone, without the logarithm: log P/Q is asked": lambda: 0.5**5,
            "this is the mean per flip: the sum over the five is asked": lambda: (
                log_ratio_of_five() / 5
            ),
            "this is log P(sequence) alone: log Q(sequence) is still to be subtracted": lambda: (
                4 * np.log(0.75) + np.log(0.25)
            ),
            "this is log Q(sequence) alone: subtract it from log P(sequence)": lambda: (
                5 * np.log(0.5)
            ),
            "tails count 0.25 under P, not 0.75": lambda: 5 * np.log(1.5),
        },
        hints=(
            "A sequence of independent flips has the product of their probabilities.",
            "The logarithm turns the product into a sum: one term for each flip.",
            "Heads adds np.log(0.75 / 0.5), four times. What does tails add?",
        ),
        shows="Each flip adds its own log ratio, heads up, tails down: this is the walk of the "
        "lesson after five flips.",
        unit="nats",
    ),
    "1.2": Exercise(
        prompt="P = [0.75, 0.25] is the truth, Q = [0.5, 0.5] the belief. What is KL(P‖Q), in "
        "nats? Compute it with NumPy, from the formula.",
        solution=kl_of_two_coins,
        mistakes={
            DIRECTION: lambda: kl_divergence(FAIR, BENT),
            "this is the mean of the two terms: KL is their sum": lambda: kl_terms(
                BENT, FAIR
            ).mean(),
            "the two terms stand here: KL is their sum": lambda: kl_terms(BENT, FAIR),
            "the log ratios are added without weights: p weighs each of them": lambda: np.log(
                BENT / FAIR
            ).sum(),
            "q weighs the terms here: the truth p has to": lambda: FAIR @ np.log(BENT / FAIR),
            "this is −Σ p log q: −Σ p log p is still to be subtracted": lambda: cross_entropy(
                BENT, FAIR
            ),
            "this is −Σ p log p: q does not appear in it": lambda: entropy(BENT),
            "this is Σ p log p: Σ p log q is still to be subtracted": lambda: -entropy(BENT),
            "abs is taken of each term: the term of tails is negative, and stays so": lambda: (
                np.abs(kl_terms(BENT, FAIR)).sum()
            ),
            "this is the term of heads alone: tails have one too": lambda: kl_terms(BENT, FAIR)[0],
        },
        hints=(
            "KL(P‖Q) = Σ p log(p/q): one term for heads and one for tails.",
            "With arrays p and q, p * np.log(p / q) holds both terms. One is negative.",
            "np.sum adds them.",
        ),
        shows="This is the mean gain per flip when P is true: the slope of the walk.",
        unit="nats",
    ),
    "1.3": Exercise(
        prompt="Twenty flips showed 13 heads and 7 tails: p̂ = [0.65, 0.35]. With "
        "P = [0.75, 0.25] and Q = [0.5, 0.5], what are the two terms of the exact split, "
        "[KL(p̂‖Q), KL(p̂‖P)], in nats? Answer with a list of two numbers.",
        solution=two_terms_of_the_split,
        mistakes={
            "the two terms stand in the other order": lambda: exact_split(
                [0] * 13 + [1] * 7, FAIR, BENT
            ),
            "this is [KL(Q‖p̂), KL(P‖p̂)]: p̂, what was seen, comes first": lambda: [
                kl_divergence(FAIR, OBSERVED),
                kl_divergence(BENT, OBSERVED),
            ],
            "the first term is KL(P‖Q): put p̂ in the place of P": lambda: [
                kl_divergence(BENT, FAIR),
                kl_divergence(OBSERVED, BENT),
            ],
            "the second term is KL(P‖p̂): p̂ comes first": lambda: [
                kl_divergence(OBSERVED, FAIR),
                kl_divergence(BENT, OBSERVED),
            ],
            "this is for all 20 flips: the split is per flip": lambda: (
                20 * np.array(two_terms_of_the_split())
            ),
            "this is the difference: both terms are asked, in a list": lambda: (
                -np.diff(two_terms_of_the_split())
            ),
        },
        hints=(
            "p̂ takes the place of the truth in both terms.",
            "Each term is a divergence as in 1.2, from what was seen to one of the two coins.",
            "kl_divergence takes the truth first, the belief second. Which coin is the belief in "
            "each term?",
        ),
        shows="Their difference is the log ratio per flip, with no error at any n; the second "
        "vanishes as p̂ comes to P, and KL(P‖Q) is left.",
        unit="nats",
    ),
    "1.4": Exercise(
        prompt="The coin on the table is fair: P = [0.5, 0.5]. The other hypothesis is "
        "Q = [0.6, 0.4]. After how many flips does the mean of the log-likelihood ratio reach "
        "log 99? Give the number as it comes out, not rounded to whole flips.",
        solution=flips_until_99_to_1,
        mistakes={
            "this takes KL(Q‖P): the truth, the fair coin, comes first": lambda: (
                np.log(99) / kl_divergence(NEARLY_FAIR, FAIR)
            ),
            **_mistakes_of_flips(99, FAIR, NEARLY_FAIR),
            "odds of 100 were taken: 99 to 1 is 99": lambda: (
                np.log(100) / kl_divergence(FAIR, NEARLY_FAIR)
            ),
            "0.99 is the probability; the odds are 0.99/0.01": lambda: (
                np.log(0.99) / kl_divergence(FAIR, NEARLY_FAIR)
            ),
        },
        hints=(
            "The walk starts at 0 and has to reach the logarithm of the odds.",
            "On average it climbs KL(P‖Q) with each flip. Which coin is P here?",
            "Divide np.log(99) by what one flip adds.",
        ),
        shows="The larger KL is, the sooner the flips tell: their number is ln(odds)/KL.",
        tolerance=2e-4,  # whole flips, and odds of 100, lie close by
    ),
    "1.5": Exercise(
        prompt="Tossed coins land on the side they started from with probability 0.508 (Bartoš "
        "et al. 2023, arXiv 2310.04153). If that is the truth, P = [0.508, 0.492], after how "
        "many tosses does the mean log-likelihood ratio against Q = [0.5, 0.5] reach odds of "
        "999 to 1 (log 999)?",
        solution=tosses_for_the_same_side,
        mistakes={
            "the difference of the probabilities was taken for KL": lambda: np.log(999) / 0.008,
            "the square of the difference was taken for KL, which is near twice that": lambda: (
                np.log(999) / 0.008**2
            ),
            **_mistakes_of_flips(999, SAME_SIDE, FAIR),
            "odds of 1000 were taken: 999 to 1 is 999": lambda: (
                np.log(1000) / kl_divergence(SAME_SIDE, FAIR)
            ),
            "odds of 100 were taken: 999 to 1 is 999": lambda: (
                np.log(100) / kl_divergence(SAME_SIDE, FAIR)
            ),
            "odds of 99 were taken, as in 1.4: here they are 999": lambda: (
                np.log(99) / kl_divergence(SAME_SIDE, FAIR)
            ),
            "0.999 is the probability; the odds are 0.999/0.001": lambda: (
                np.log(0.999) / kl_divergence(SAME_SIDE, FAIR)
            ),
        },
        hints=(
            "It is the question of 1.4, with another pair of coins and higher odds.",
            "Divide np.log(999) by KL(P‖Q). P is the coin that prefers a side.",
        ),
        shows="So small a preference hides from tens of thousands of tosses; the 350,757 that "
        "were made are more than six times as many as it takes.",
        tolerance=5e-5,  # odds of 1000 lie close by
    ),
    "1.6": Exercise(
        prompt="Write a function my_kl(p, q) that takes two NumPy arrays of K probabilities each "
        "and returns KL(P‖Q) in nats, for any K. It has to be exact at zeros: where p is 0 the "
        "term is 0, and where p is above 0 and q is 0 the result is np.inf.",
        solution=kl_of_any_faces,
        mistakes={
            DIRECTION: lambda p, q: kl_divergence(q, p),
            "the terms stand here: KL is their sum": kl_terms,
            "the log ratios are added without weights: p weighs each of them": lambda p, q: np.log(
                p / q
            ).sum(),
            "this is the mean of the terms: KL is their sum": lambda p, q: kl_terms(p, q).mean(),
            "this is −Σ p log q: −Σ p log p is still to be subtracted": cross_entropy,
            "abs is taken of each term: some terms are negative, and stay so": lambda p, q: np.abs(
                kl_terms(p, q)
            ).sum(),
            "q weighs the terms here: the truth p has to": lambda p, q: -kl_divergence(q, p),
        },
        hints=(
            "Start with np.sum(p * np.log(p / q)), and see where it gives nan.",
            "A mask picks entries: seen = p > 0, then p[seen] and q[seen].",
            "Before the sum, look for an outcome with p > 0 and q == 0, with np.any.",
        ),
        shows="Both rules come from the definition: what never happens costs nothing, and what "
        "was called impossible costs infinitely much. No epsilon is needed.",
        unit="nats",
        try_on=(
            ([0.5, 0.3, 0.2], [0.25, 0.25, 0.5]),
            ([0.1, 0.2, 0.3, 0.4], [0.4, 0.1, 0.3, 0.2]),
            ([0.5, 0.5, 0.0], [0.25, 0.25, 0.5]),
            ([0.5, 0.5, 0.0], [0.25, 0.75, 0.0]),
            ([0.5, 0.5], [1.0, 0.0]),
            ([0.0, 1.0, 0.0], [0.0, 1.0, 0.0]),
        ),
    ),
}
