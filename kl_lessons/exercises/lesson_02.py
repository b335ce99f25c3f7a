"""The exercises of lesson 02: terms, zeros, distances, merged classes, mutual information."""

import math

from kl_lessons.exercises import tries
from kl_lessons.exercises.by_hand import (
    EPSILONS,
    entropy,
    kl_divergence,
    mean,
    terms,
    with_each_epsilon,
)
from kl_lessons.exercises.exercise import Exercise

VALUES = {"p": ([0.5, 0.3, 0.2],), "q": ([0.7, 0.2, 0.1],)}
NEVER_TOGETHER = 1e-9  # in a table where an epsilon that is far smaller still shows
stream = tries.random(2)


def split_by_sign(numbers):
    """[the sum of those below 0, the sum of those above]."""
    return [math.fsum(n for n in numbers if n < 0), math.fsum(n for n in numbers if n > 0)]


def with_zeros(epsilon):
    """The ways in which 2.2 comes out with an epsilon in the place of 0."""
    low = math.log(0.5 + epsilon) - math.log(epsilon)
    yield [math.log(2), kl_divergence([0.5, 0.5], [1 - epsilon, epsilon])]
    yield [math.log(2), 0.5 * math.log(0.5) + 0.5 * math.log(0.5 / epsilon)]
    yield [
        math.log((1 + epsilon) / (0.5 + epsilon)),
        0.5 * math.log((0.5 + epsilon) / (1 + epsilon)) + 0.5 * low,
    ]


def middle(p, q):
    return [(a + b) / 2 for a, b in zip(p, q, strict=True)]


def parts_of_js(p, q):
    """[KL(P‖M), KL(Q‖M), JS]."""
    one, other = kl_divergence(p, middle(p, q)), kl_divergence(q, middle(p, q))
    return [one, other, (one + other) / 2]


def merged(p, first=0):
    """The probabilities with two neighbouring classes joined."""
    return [*p[:first], p[first] + p[first + 1], *p[first + 2 :]]


def among_the_merged(p, q):
    """What merging the first two classes loses: their own KL, times their share of the days."""
    share_p, share_q = p[0] + p[1], q[0] + q[1]
    return share_p * kl_divergence(
        [p[0] / share_p, p[1] / share_p], [q[0] / share_q, q[1] / share_q]
    )


def flat(joint):
    return [cell for row in joint for cell in row]


def rows_of(cells, across):
    """The flat cells as a table again."""
    return [cells[start : start + across] for start in range(0, len(cells), across)]


def marginals(joint):
    return [math.fsum(row) for row in joint], [math.fsum(c) for c in zip(*joint, strict=True)]


def product(joint):
    """The table that the marginals alone would give, flat."""
    of_x, of_y = marginals(joint)
    return [a * b for a in of_x for b in of_y]


def of_tables(measure):
    """measure(joint, product), both flat, as a function of the table."""
    return lambda joint: measure(flat(joint), product(joint))


def weighed(weight, ratio):
    """Σ weight·ratio over the cells of the joint that are above 0."""
    return of_tables(
        lambda joint, product: math.fsum(
            weight(a, b) * ratio(a, b) for a, b in zip(joint, product, strict=True) if a > 0
        )
    )


def with_epsilon(epsilon):
    return weighed(lambda a, b: a, lambda a, b: math.log((a + epsilon) / (b + epsilon)))


def with_epsilon_above(epsilon):
    return weighed(lambda a, b: a, lambda a, b: math.log((a + epsilon) / b))


def with_epsilon_below(epsilon):
    return weighed(lambda a, b: a, lambda a, b: math.log(a / (b + epsilon)))


def with_epsilon_on_the_ratio(epsilon):
    return weighed(lambda a, b: a, lambda a, b: math.log(a / b + epsilon))


def clipped(epsilon):
    return weighed(lambda a, b: a, lambda a, b: math.log(max(a, epsilon) / max(b, epsilon)))


def by_the_products_diagonal(joint):
    """What joint.sum(axis=1) * joint.sum(axis=0), one row, gives in place of the table."""
    of_x, of_y = marginals(joint)
    if len(of_x) != len(of_y):
        raise ValueError
    return math.fsum(
        cell * math.log(cell / (of_x[place] * of_y[place]))
        for row in joint
        for place, cell in enumerate(row)
        if cell > 0
    )


def by_the_transposed_product(joint):
    """KL from np.outer(marginal of y, marginal of x), which has another shape if not square."""
    of_x, of_y = marginals(joint)
    if len(of_x) != len(of_y):
        raise ValueError
    return kl_divergence(flat(joint), [a * b for a in of_y for b in of_x])


def random_table(rows, across):
    return rows_of(tries.distribution(stream, rows * across), across)


EXERCISES = {
    "2.1": Exercise(
        answer=lambda p, q: split_by_sign(terms(p, q)),
        inputs=({"p": [0.2, 0.5, 0.3], "q": [0.4, 0.4, 0.2]},),
        mistakes={
            "these are of q log(q/p): the truth p comes first": lambda p, q: split_by_sign(
                terms(q, p)
            ),
            "these are of p log(q/p): p stands above q": lambda p, q: split_by_sign(
                [-term for term in terms(p, q)]
            ),
            "the ratios are not weighed: multiply each logarithm by p": lambda p, q: split_by_sign(
                [math.log(a / b) for a, b in zip(p, q, strict=True)]
            ),
            "q weighs the logarithms here: the truth p has to": lambda p, q: split_by_sign(
                [b * math.log(a / b) for a, b in zip(p, q, strict=True)]
            ),
            "these are the three terms: add up those below 0, and those above": terms,
            "this is KL, both parts together: they are asked apart, in a list": kl_divergence,
            "the negative part has lost its sign": lambda p, q: [
                -split_by_sign(terms(p, q))[0],
                split_by_sign(terms(p, q))[1],
            ],
            "one of the two terms above 0 is missing: two classes have p above q": lambda p, q: [
                split_by_sign(terms(p, q))[0],
                terms(p, q)[1],
            ],
        },
        hints=(
            "Each class has one term: its p, times the logarithm of its p over its q.",
            "A term is negative where p is smaller than q. Which class is that?",
            "With t = p * np.log(p / q): t[t < 0] holds the negative terms. np.sum adds them.",
        ),
        shows="The negative part never outweighs the positive one: their sum is KL, and the "
        "section below shows why it is not below 0.",
        unit="nats",
    ),
    "2.2": Exercise(
        answer=lambda even, sure: [-math.log(0.5), math.inf],  # one term each: 1·log(1/0.5), ∞
        inputs=({"even": [0.5, 0.5], "sure": [1.0, 0.0]},),
        mistakes={
            "the two are exchanged: the truth comes first": lambda even, sure: [
                math.inf,
                math.log(2),
            ],
            "a class that the truth never shows costs nothing: that holds for the first": (
                lambda even, sure: [math.inf, math.inf]
            ),
            "in the second the term with q = 0 was left out: p is above 0 there, so it counts": (
                lambda even, sure: [math.log(2), 0.5 * math.log(0.5)]
            ),
            "the second adds up log ratios alone: p weighs each, and the one with q = 0 counts": (
                lambda even, sure: [math.log(2), math.log(0.5)]
            ),
            "KL is not the same in both directions: look at the zero in each": (
                lambda even, sure: [math.log(2), math.log(2)]
            ),
            "in the second an epsilon took the place of 0: without it the term has another value": (
                tuple(
                    lambda even, sure, value=value: value
                    for epsilon in EPSILONS
                    if 1e-16 < epsilon <= 1e-3
                    for value in with_zeros(epsilon)
                )
            ),
        },
        hints=(
            "What never happens costs nothing: its term is zero.",
            "What happens and was called impossible has a price too. What is log(0.5/q) as q "
            "falls to 0?",
            "Write down the two terms of each, and look at the one with a 0 in it.",
        ),
        shows="A zero in P is harmless; a zero in Q where P has none is infinitely dear.",
        unit="nats",
    ),
    "2.3": Exercise(
        answer=parts_of_js,
        inputs=({"p": [1.0, 0.0], "q": [0.5, 0.5]},),
        mistakes={
            "the last is the distance, the square root: the divergence is asked": lambda p, q: [
                *parts_of_js(p, q)[:2],
                math.sqrt(parts_of_js(p, q)[2]),
            ],
            "the last is the sum of the two KL: half of each is taken": lambda p, q: [
                *parts_of_js(p, q)[:2],
                2 * parts_of_js(p, q)[2],
            ],
            "the first two are halved: the half belongs to the last": lambda p, q: [
                parts_of_js(p, q)[0] / 2,
                parts_of_js(p, q)[1] / 2,
                parts_of_js(p, q)[2],
            ],
            "the first is KL(P‖Q): each is compared with the middle M": lambda p, q: [
                kl_divergence(p, q),
                *parts_of_js(p, q)[1:],
            ],
            "M comes first in these: P and Q are compared with it, and come first": (
                lambda p, q: [
                    kl_divergence(middle(p, q), p),
                    kl_divergence(middle(p, q), q),
                    (kl_divergence(middle(p, q), p) + kl_divergence(middle(p, q), q)) / 2,
                ]
            ),
            "the second is KL(M‖Q): M is the belief, and comes second": lambda p, q: [
                parts_of_js(p, q)[0],
                kl_divergence(middle(p, q), q),
                parts_of_js(p, q)[2],
            ],
        },
        hints=(
            "M lies in the middle: (p + q) / 2.",
            "Compare P with M, then Q with M. M is the belief each time.",
            "JS takes half of the one and half of the other.",
        ),
        shows="The middle is 0 only where both are 0, so each of the three is finite, always.",
        unit="nats",
    ),
    "2.4": Exercise(
        answer=lambda kl_in_bits: math.sqrt(0.5 * kl_in_bits * math.log(2)),
        inputs=({"kl_in_bits": 0.05},),
        mistakes={
            "0.05 are bits: the bound holds for nats": lambda kl_in_bits: math.sqrt(kl_in_bits / 2),
            "bits become nats by multiplying with log 2, not by dividing": lambda kl_in_bits: (
                math.sqrt(kl_in_bits / math.log(2) / 2)
            ),
            "the half is missing: it is the root of KL/2": lambda kl_in_bits: math.sqrt(
                kl_in_bits * math.log(2)
            ),
            "the square was taken: Pinsker takes the root": lambda kl_in_bits: (
                (kl_in_bits * math.log(2) / 2) ** 2
            ),
            "the root is missing": lambda kl_in_bits: kl_in_bits * math.log(2) / 2,
            "this is KL in nats: Pinsker takes the root of its half": lambda kl_in_bits: (
                kl_in_bits * math.log(2)
            ),
            "this bounds the sum of |p − q|, which is twice total variation": lambda kl_in_bits: (
                2 * math.sqrt(kl_in_bits * math.log(2) / 2)
            ),
            "half the root was taken: the half stands under the root": lambda kl_in_bits: (
                math.sqrt(kl_in_bits * math.log(2)) / 2
            ),
        },
        hints=(
            "Pinsker's bound holds for nats. How many nats are 0.05 bits?",
            "One bit is log 2 nats, 0.6931.",
            "The bound on total variation is the root of KL/2.",
        ),
        shows="A small KL promises that the probability of every event is nearly right.",
    ),
    "2.5": Exercise(
        answer=among_the_merged,
        inputs=({"p": [0.5, 0.3, 0.2], "q": [0.7, 0.2, 0.1]},),
        mistakes={
            "this is KL after merging: what is lost is asked": lambda p, q: kl_divergence(
                merged(p), merged(q)
            ),
            "this is KL before merging: what is lost is asked": kl_divergence,
            "after minus before: what is lost is before minus after": lambda p, q: (
                -among_the_merged(p, q)
            ),
            "this merges cloud and rain: sun and cloud are asked": lambda p, q: (
                kl_divergence(p, q) - kl_divergence(merged(p, 1), merged(q, 1))
            ),
            "this is for KL(Q‖P): the truth comes first": lambda p, q: among_the_merged(q, p),
            "this is KL between sun and cloud alone: weigh it by how often they come": (
                lambda p, q: among_the_merged(p, q) / (p[0] + p[1])
            ),
            "Q's share of sun and cloud weighs their KL here: P's has to": lambda p, q: (
                among_the_merged(p, q) * (q[0] + q[1]) / (p[0] + p[1])
            ),
            "q weighs the logarithms here: the truth p has to": lambda p, q: (
                -among_the_merged(q, p)
            ),
            "these are the terms of sun and cloud: that of dry is still to be subtracted": (
                lambda p, q: math.fsum(terms(p, q)[:2])
            ),
            "this is what −Σ p log p loses: KL is asked": lambda p, q: (
                entropy(p) - entropy(merged(p))
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
        asks="function",
        answer=of_tables(kl_divergence),
        inputs=tuple(
            {"joint": joint}
            for joint in (
                [[0.4, 0.2], [0.1, 0.3]],
                [[0.1, 0.2, 0.1], [0.3, 0.1, 0.2]],
                [[0.5, 0.0], [0.0, 0.5]],
                [[0.4, 0.0], [0.2, 0.4]],
                [[0.3, 0.3], [0.2, 0.2]],
                [[0.0, 0.0], [0.25, 0.75]],
                [[1.0]],
                [[0.25], [0.75]],
                [[1 - NEVER_TOGETHER, 0.0], [0.0, NEVER_TOGETHER]],
                *(random_table(*shape) for shape in ((2, 2), (3, 2), (3, 4), (5, 5))),
            )
        ),
        mistakes={
            "this is KL(product‖joint): the joint is the truth, and comes first": of_tables(
                lambda joint, product: kl_divergence(product, joint)
            ),
            "the product weighs the logarithms here: the joint has to": weighed(
                lambda a, b: b, lambda a, b: math.log(a / b)
            ),
            "each cell needs the marginal of its row times that of its column: np.outer, or "
            "keepdims=True": by_the_products_diagonal,
            "the product of the marginals is transposed: x is in the rows, y in the columns": (
                by_the_transposed_product
            ),
            "one marginal is missing: divide by that of y too": lambda joint: (
                entropy(marginals(joint)[0]) - entropy(flat(joint))
            ),
            "one marginal is missing, and a minus sign too many stands here": lambda joint: (
                entropy(flat(joint)) - entropy(marginals(joint)[0])
            ),
            "the logarithms are not weighed: multiply each by the joint": weighed(
                lambda a, b: 1, lambda a, b: math.log(a / b)
            ),
            "this is −Σ p log p of the joint: the marginals are missing": lambda joint: entropy(
                flat(joint)
            ),
            "this is −Σ p log q, with p the joint and q the product: −Σ p log p is still to be "
            "subtracted": weighed(lambda a, b: a, lambda a, b: -math.log(b)),
            "this is the mean over the cells: add the terms up": of_tables(
                lambda joint, product: mean(terms(joint, product))
            ),
            "this is KL from the even table: the product of the marginals comes second": (
                lambda joint: kl_divergence(flat(joint), [1 / len(flat(joint))] * len(flat(joint)))
            ),
            "an epsilon was added, or small probabilities were raised to it: they count as they "
            "are": with_each_epsilon(
                with_epsilon,
                with_epsilon_above,
                with_epsilon_below,
                with_epsilon_on_the_ratio,
                clipped,
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
    ),
    "2.7": Exercise(
        asks="prediction",
        answer="c",
        choices={
            "a": "take ten days, 5 of sun, 3 of cloud and 2 of rain, and multiply their factors: "
            "is that above 1?",
            "b": "the mean factor is 1, but factors multiply: what do a day of 1.4 and a day of "
            "0.5 make together?",
        },
        hints=(
            "Ten days: about 5 of sun, 3 of cloud, 2 of rain. Multiply their factors.",
            "Factors multiply, so the mean of their logarithms decides. Where is it?",
        ),
        shows="The mean of the logarithm decides, and it is below 0. Run the next cell.",
    ),
    "2.8": Exercise(
        asks="prediction",
        answer="b",
        choices={
            "a": "settle where? Halve ε again and again: what does log(0.5/ε) do?",
            "c": "the smaller ε, the larger 0.5/ε. So which way does its logarithm go?",
        },
        hints=(
            "One of the two terms is 0.5 · log(0.5/ε).",
            "What does its logarithm do when ε becomes a hundred times smaller?",
        ),
        shows="Each smaller epsilon gives another answer. The next cell shows three of them.",
    ),
    "2.9": Exercise(
        asks="choice",
        answer="d",
        choices={
            "a": "the zero stands in P, the truth: the term of snow is 0, and A pays log(0.5/0.4), "
            "no more",
            "b": "ruling out too much is the dear mistake: B calls rain impossible, and it comes "
            "every other day",
            "c": "that rule is for p = 0, what never happens. Rain happens: its term is "
            "0.5 · log(0.5/0)",
        },
        hints=(
            "Go through the classes with p above 0: what does each belief give to them?",
            "A zero in Q matters where P has none. A zero in P never does.",
        ),
        shows="Better to leave room for what never comes than to call impossible what does.",
    ),
    "2.10": Exercise(
        asks="prediction",
        answer="a",
        choices={
            "b": "for a distance it could not be shorter. Is KL one? The next cell shows it",
            "c": "as long, if lengths along a line added up. The next cell shows whether KL does",
        },
        hints=(
            "Between 0.5 and 0.7, and between 0.7 and 0.9, the steps are small.",
            "KL grows about like the square of a step. What do two half steps add up to?",
        ),
        shows="For small steps KL grows like their square: two half steps cost less than a whole.",
    ),
    "2.11": Exercise(
        asks="prediction",
        answer="b",
        choices={
            "a": "try [0.999, 0.001] against [1, 0]. How far apart are they, and what is KL?",
        },
        hints=(
            "TV does not ask whether a probability is 0. KL does.",
            "Look for two distributions that nearly agree, with one zero.",
        ),
        shows="One zero in the wrong place is enough, however small the probability is there.",
    ),
    "2.12": Exercise(
        asks="prediction",
        answer="b",
        choices={
            "a": "can somebody who no longer tells cloud from rain see a larger difference?",
            "c": "it stays only if p/q is the same in both classes. Here it is 1.5 and 2",
        },
        hints=(
            "Who merges classes sees less. Is a difference easier to see then?",
            "What is lost is the KL between cloud and rain, and no KL is below 0.",
        ),
        shows="Whoever looks less closely sees less difference. The next cell says how much less.",
    ),
}
