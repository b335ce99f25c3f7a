"""The exercises of lesson 02: terms, zeros, distances, merged classes, mutual information."""

import math

import numpy as np

from kl_lessons.exercises.judge import Exercise
from kl_lessons.information import (
    entropy,
    js_divergence,
    kl_divergence,
    kl_terms,
    mutual_information,
    total_variation,
)

WEATHER, APP = np.array([0.5, 0.3, 0.2]), np.array([0.7, 0.2, 0.1])
RAINY, EVEN = np.array([0.2, 0.8]), np.array([0.5, 0.5])
SURE, MOSTLY = np.array([1.0, 0.0]), np.array([0.9, 0.1])


def two_terms():
    p = np.array([0.2, 0.8])
    q = np.array([0.5, 0.5])
    return p * np.log(p / q)  # or kl_terms(p, q)


def two_with_zeros():
    even, sure = [0.5, 0.5], [1, 0]
    return [kl_divergence(sure, even), kl_divergence(even, sure)]


def js_of_two_coins():
    p, q = np.array([1, 0]), np.array([0.5, 0.5])
    middle = (p + q) / 2
    return (kl_divergence(p, middle) + kl_divergence(q, middle)) / 2  # or js_divergence(p, q)


def most_that_pinsker_allows():
    kl_in_bits = 0.05
    kl_in_nats = kl_in_bits * np.log(2)
    return np.sqrt(kl_in_nats / 2)


def lost_by_merging():
    p, q = [0.5, 0.3, 0.2], [0.7, 0.2, 0.1]
    merged_p, merged_q = [0.5 + 0.3, 0.2], [0.7 + 0.2, 0.1]
    return kl_divergence(p, q) - kl_divergence(merged_p, merged_q)


def mutual_information_of_any_table(joint):
    rows = joint.sum(axis=1, keepdims=True)
    columns = joint.sum(axis=0, keepdims=True)
    product = rows * columns
    seen = joint > 0  # 0·log 0 counts as 0: these terms are left out
    return np.sum(joint[seen] * np.log(joint[seen] / product[seen]))


def _log_ratios(joint, *, weights=None, base=np.log):
    """Σ weights·log(joint/product) over the cells that are above 0; weights are the joint."""
    product = np.outer(joint.sum(axis=1), joint.sum(axis=0))
    seen = joint > 0
    weights = joint if weights is None else weights(joint, product)
    return np.sum(weights[seen] * base(joint[seen] / product[seen]))


def _with_marginals_entry_by_entry(joint):
    """What joint.sum(axis=1) * joint.sum(axis=0), a single row, gives in place of the table."""
    row = np.resize(joint.sum(axis=1), joint.shape[1]) * joint.sum(axis=0)
    product = np.broadcast_to(row, joint.shape)
    seen = joint > 0
    return np.sum(joint[seen] * np.log(joint[seen] / product[seen]))


def _entropy_beyond(joint, *, axis):
    """The entropy of the joint without that of the marginal that sums along the axis."""
    return entropy(joint.ravel()) - entropy(joint.sum(axis=axis))


def _both_entropies(joint):
    return entropy(joint.sum(axis=1)) + entropy(joint.sum(axis=0))


EXERCISES = {
    "2.1": Exercise(
        prompt="The truth is P = [0.2, 0.8], the belief Q = [0.5, 0.5]. What are the two terms "
        "p log(p/q), in nats? Answer with a list or an array of two numbers.",
        solution=two_terms,
        mistakes={
            "this is q log(q/p): the truth p comes first": lambda: kl_terms(EVEN, RAINY),
            "this is p log(q/p): p stands above q": lambda: -kl_terms(RAINY, EVEN),
            "the ratios are not weighed: multiply each by p": lambda: np.log(RAINY / EVEN),
            "abs is taken: a term below 0 stays so": lambda: np.abs(kl_terms(RAINY, EVEN)),
            "this is the sum: both terms are asked, in a list": lambda: kl_divergence(RAINY, EVEN),
            "q weighs the terms here: the truth p has to": lambda: EVEN * np.log(RAINY / EVEN),
            "the terms stand in the other order": lambda: kl_terms(RAINY, EVEN)[::-1],
        },
        hints=(
            "Each outcome has one term: its p, times the logarithm of its p over its q.",
            "With arrays p and q, p * np.log(p / q) holds both.",
        ),
        shows="Where P gives less than Q the term is negative, and the other more than makes up "
        "for it: their sum is 0.1927 nats.",
        unit="nats",
    ),
    "2.2": Exercise(
        prompt="What are these two, in nats: KL([1, 0]‖[0.5, 0.5]) and KL([0.5, 0.5]‖[1, 0])? "
        "Answer with a list of two numbers; infinity is np.inf.",
        solution=two_with_zeros,
        mistakes={
            "the two are exchanged: the truth comes first": lambda: [math.inf, math.log(2)],
            "a class that the truth never shows costs nothing: the first is finite": lambda: [
                math.inf,
                math.inf,
            ],
            "where q is zero and p is not, the term is infinite, and not left out": lambda: [
                math.log(2),
                0.5 * math.log(0.5),
            ],
            "this is the sum of the log ratios that are finite: p weighs each term": lambda: [
                math.log(2),
                math.log(0.5),
            ],
        },
        hints=(
            "What never happens costs nothing: its term is zero.",
            "What happens and was called impossible costs infinitely much.",
        ),
        shows="A zero in P is harmless; a zero in Q where P has none is infinitely dear.",
        unit="nats",
    ),
    "2.3": Exercise(
        prompt="What is the Jensen–Shannon divergence of P = [1, 0] and Q = [0.5, 0.5], in nats? "
        "KL(Q‖P) is infinite here.",
        solution=js_of_two_coins,
        mistakes={
            "this is the distance, the square root: the divergence is asked": lambda: np.sqrt(
                js_divergence(SURE, EVEN)
            ),
            "this is the sum of the two KL: half of each is taken": lambda: (
                2 * js_divergence(SURE, EVEN)
            ),
            "this is KL(P‖M) alone: half of it and half of KL(Q‖M)": lambda: kl_divergence(
                SURE, [0.75, 0.25]
            ),
            "this is KL(Q‖M), or half of KL(P‖M): add half of each": lambda: kl_divergence(
                EVEN, [0.75, 0.25]
            ),
            "this is KL(P‖Q): each is compared with their middle M": lambda: kl_divergence(
                SURE, EVEN
            ),
            "these are KL from M: M comes second": lambda: (
                (kl_divergence([0.75, 0.25], SURE) + kl_divergence([0.75, 0.25], EVEN)) / 2
            ),
            "this is total variation": lambda: total_variation(SURE, EVEN),
        },
        hints=(
            "The middle M = (P + Q)/2 is [0.75, 0.25].",
            "Take half of KL(P‖M) and half of KL(Q‖M).",
        ),
        shows="The middle is 0 only where both are 0, so Jensen–Shannon is always finite.",
        unit="nats",
    ),
    "2.4": Exercise(
        prompt="A model Q is KL(P‖Q) = 0.05 bits from the truth P. By how much, at most, can the "
        "probabilities of any event under P and under Q differ, by Pinsker's bound?",
        solution=most_that_pinsker_allows,
        mistakes={
            "0.05 are bits: the bound holds for nats": lambda: np.sqrt(0.05 / 2),
            "bits become nats by multiplying with log 2, not by dividing": lambda: np.sqrt(
                0.05 / np.log(2) / 2
            ),
            "the half is missing: it is the root of KL/2": lambda: np.sqrt(0.05 * np.log(2)),
            "the root is missing": lambda: 0.05 * np.log(2) / 2,
            "this is KL in nats: Pinsker takes the root of its half": lambda: 0.05 * np.log(2),
            "the half is missing, and 0.05 are bits: the bound holds for nats": lambda: np.sqrt(
                0.05
            ),
            "this bounds the sum of |p − q|, which is twice total variation": lambda: (
                2 * most_that_pinsker_allows()
            ),
            "half the root was taken: the half stands under the root": lambda: (
                np.sqrt(0.05 * np.log(2)) / 2
            ),
        },
        hints=(
            "Pinsker: TV ≤ √(KL/2), with KL in nats.",
            "One bit is log 2 = 0.6931 nats.",
        ),
        shows="A small KL promises that every probability is nearly right, here within 0.1316.",
    ),
    "2.5": Exercise(
        prompt="With P = [0.5, 0.3, 0.2] and Q = [0.7, 0.2, 0.1], somebody merges the first two "
        "classes, sun and cloud, into dry. How much KL(P‖Q) is lost by it, in nats?",
        solution=lost_by_merging,
        mistakes={
            "this is KL after merging: what is lost is asked": lambda: kl_divergence(
                [0.8, 0.2], [0.9, 0.1]
            ),
            "this is KL before merging: what is lost is asked": lambda: kl_divergence(WEATHER, APP),
            "after minus before: what is lost is before minus after": lambda: -lost_by_merging(),
            "this merges cloud and rain: sun and cloud are asked": lambda: (
                kl_divergence(WEATHER, APP) - kl_divergence(EVEN, [0.7, 0.3])
            ),
            "this is for KL(Q‖P): the truth comes first": lambda: (
                kl_divergence(APP, WEATHER) - kl_divergence([0.9, 0.1], [0.8, 0.2])
            ),
            "this is the part that is left: what is lost is asked, in nats": lambda: (
                kl_divergence([0.8, 0.2], [0.9, 0.1]) / kl_divergence(WEATHER, APP)
            ),
        },
        hints=(
            "Merged classes add their probabilities, in P and in Q.",
            "P becomes [0.8, 0.2]. What does Q become?",
            "Subtract the KL of the merged pair from that of the first pair.",
        ),
        shows="Sun was believed too much and cloud too little; merged, the two errors partly "
        "cancel, and about half of the divergence is out of sight.",
        unit="nats",
    ),
    "2.6": Exercise(
        prompt="Write a function my_information(joint) that takes a NumPy table of probabilities, "
        "a row for each x and a column for each y, and returns the mutual information in nats. "
        "It has to be exact at zeros. Use NumPy alone.",
        solution=mutual_information_of_any_table,
        mistakes={
            "the product is the truth here: the joint has to weigh the terms": lambda joint: (
                _log_ratios(joint, weights=lambda joint, product: product)
            ),
            "each cell needs the marginal of its row times that of its column": (
                _with_marginals_entry_by_entry
            ),
            "one marginal is missing: divide by that of y too": lambda joint: (
                -_entropy_beyond(joint, axis=1)
            ),
            "one marginal is missing: divide by that of x too": lambda joint: (
                -_entropy_beyond(joint, axis=0)
            ),
            "this is log(product/joint): the joint stands above": lambda joint: -_log_ratios(joint),
            "the logarithms are not weighed: multiply each by the joint": lambda joint: _log_ratios(
                joint, weights=lambda joint, product: np.ones_like(joint)
            ),
            "this is the entropy of X and of Y together: that of the joint is still to be "
            "subtracted": _both_entropies,
            "this is the entropy of the joint": lambda joint: entropy(joint.ravel()),
            "this is the entropy of X": lambda joint: entropy(joint.sum(axis=1)),
            "this is the entropy of Y": lambda joint: entropy(joint.sum(axis=0)),
            "this is the mean over the cells: the terms are summed": lambda joint: (
                mutual_information(joint) / joint.size
            ),
            "this is KL from the even table: the product of the marginals comes second": (
                lambda joint: kl_divergence(joint.ravel(), np.full(joint.size, 1 / joint.size))
            ),
        },
        hints=(
            "joint.sum(axis=1, keepdims=True) is the marginal of x, as a column.",
            "A column times a row is a table: the product of the marginals.",
            "Then it is KL(joint‖product), summed over the cells where joint is above 0.",
        ),
        shows="Two names, one formula: mutual information is the price of believing that X and Y "
        "have nothing to do with each other.",
        unit="nats",
        try_on=(
            ([[0.4, 0.2], [0.1, 0.3]],),
            ([[0.1, 0.2, 0.1], [0.3, 0.1, 0.2]],),
            ([[0.5, 0.0], [0.0, 0.5]],),
            ([[0.4, 0.0], [0.2, 0.4]],),
            ([[0.3, 0.3], [0.2, 0.2]],),
            ([[0.0, 0.0], [0.25, 0.75]],),
        ),
    ),
}
