"""The exercises of lesson 06: which way round, and estimates from draws."""

import math

from kl_lessons.exercises import tries
from kl_lessons.exercises.by_hand import mean
from kl_lessons.exercises.exercise import Exercise

VALUES = {}
stream = tries.random(6)


def weighted(weights, numbers):
    return math.fsum(w * x for w, x in zip(weights, numbers, strict=True))


def mean_and_sd(weights, means, sds):
    """Mean and standard deviation from the mean of the squares."""
    squares = [m**2 + s**2 for m, s in zip(means, sds, strict=True)]
    centre = weighted(weights, means)
    return [centre, math.sqrt(weighted(weights, squares) - centre**2)]


def one_way(mean_p, sd_p, mean_q, sd_q):
    """KL from the cross-entropy of two Gaussians, less the entropy."""
    return with_gap((mean_p - mean_q) ** 2, sd_p, sd_q)


def with_gap(gap, sd_p, sd_q):
    """The same, where `gap` is what stands for the square of the means' distance."""
    return math.log(sd_q) + (sd_p**2 + gap) / (2 * sd_q**2) - math.log(sd_p) - 0.5


def both_ways(measure):
    return lambda mean_p, sd_p, mean_q, sd_q: [
        measure(mean_p, sd_p, mean_q, sd_q),
        measure(mean_q, sd_q, mean_p, sd_p),
    ]


def over_draws(estimate):
    """The mean of an estimate of log r over all draws."""
    return lambda log_p, log_q: mean([estimate(b - a) for a, b in zip(log_p, log_q, strict=True)])


def k3(log_ratio):
    return math.exp(log_ratio) - 1 - log_ratio


EXERCISES = {
    "6.1": Exercise(
        answer=mean_and_sd,
        inputs=({"weights": [0.25, 0.75], "means": [-1.0, 3.0], "sds": [1.0, 0.5]},),
        mistakes={
            "the weights are left out: not all peaks count alike": lambda weights, means, sds: (
                mean_and_sd([0.5, 0.5], means, sds)
            ),
            "the second number is the variance: its root is asked": lambda weights, means, sds: [
                mean_and_sd(weights, means, sds)[0],
                mean_and_sd(weights, means, sds)[1] ** 2,
            ],
            "the distance between the peaks adds to the spread too": lambda weights, means, sds: [
                weighted(weights, means),
                math.sqrt(weighted(weights, [s**2 for s in sds])),
            ],
            "the spread of each peak adds to that between the peaks": lambda weights, means, sds: (
                mean_and_sd(weights, means, [0.0, 0.0])
            ),
            "the sds were averaged: average the variances, and add the spread of the means": (
                lambda weights, means, sds: [weighted(weights, means), weighted(weights, sds)]
            ),
        },
        hints=(
            "The forward fit has two moments of P. Which ones?",
            "The variance of P has two sources: the peaks' own widths, and the gap between them.",
            "Mean of the variances plus variance of the means, both weighted; then the root.",
        ),
        shows="The forward fit needs no search: its mean lies between the peaks, and its width "
        "spans them.",
    ),
    "6.2": Exercise(
        answer=lambda weights: [math.log(1 / weight) for weight in weights],
        inputs=({"weights": [0.2, 0.8]},),
        mistakes={
            "these are the weights themselves: where does the logarithm come in?": (
                lambda weights: [w * 1.0 for w in weights]
            ),
            "the two are in the wrong order: the first peak weighs less": lambda weights: [
                -math.log(weight) for weight in weights[::-1]
            ],
            "each is weighed once more: under Q the ratio is the same everywhere": (
                lambda weights: [-w * math.log(w) for w in weights]
            ),
            "the sign is turned: where Q sits, P is smaller than Q": lambda weights: [
                math.log(w) for w in weights
            ],
        },
        hints=(
            "Where Q sits, only one peak of P counts, and it has Q's shape.",
            "So p(x) = weight · q(x) there. What is log q/p?",
            "−np.log of each weight: a number that is the same at every x has itself as mean.",
        ),
        shows="Missing a peak of weight 0.8 costs log 5 nats and no more: that is why seeking can "
        "be content with a small peak.",
        unit="nats",
    ),
    "6.3": Exercise(
        asks="choice",
        answer="b",
        choices={
            "a": "this fit covers both handles, and its mean lies between them: the hand closes "
            "on air",
            "c": "the two have different lowest points here, unlike for two bells of one width",
            "d": "one of the two does land on one handle: which punishes mass in between?",
        },
        hints=(
            "Where does the mean of each fit lie: on a peak, or between the peaks?",
            "Which direction punishes a Q that has mass where P has none?",
        ),
        shows="KL(Q‖P) keeps Q where P is; which handle it takes depends on the start.",
    ),
    "6.4": Exercise(
        answer=both_ways(one_way),
        inputs=({"mean_p": 0.0, "sd_p": 1.0, "mean_q": 3.0, "sd_q": 2.0},),
        mistakes={
            "this is [KL(Q‖P), KL(P‖Q)]: the first argument is the truth": both_ways(
                lambda mean_p, sd_p, mean_q, sd_q: one_way(mean_q, sd_q, mean_p, sd_p)
            ),
            "both are KL(P‖Q): in the second Q comes first": lambda mean_p, sd_p, mean_q, sd_q: (
                [one_way(mean_p, sd_p, mean_q, sd_q)] * 2
            ),
            "both are KL(Q‖P): in the first P comes first": lambda mean_p, sd_p, mean_q, sd_q: (
                [one_way(mean_q, sd_q, mean_p, sd_p)] * 2
            ),
            "the gap between the means is left out": both_ways(
                lambda mean_p, sd_p, mean_q, sd_q: one_way(0, sd_p, 0, sd_q)
            ),
            "the square of the gap is missing": (
                both_ways(
                    lambda mean_p, sd_p, mean_q, sd_q: with_gap(abs(mean_p - mean_q), sd_p, sd_q)
                ),
                both_ways(lambda mean_p, sd_p, mean_q, sd_q: with_gap(mean_p - mean_q, sd_p, sd_q)),
                lambda mean_p, sd_p, mean_q, sd_q: [
                    with_gap(mean_p - mean_q, sd_p, sd_q),
                    with_gap(mean_p - mean_q, sd_q, sd_p),
                ],
            ),
            "the −1/2 is left out": both_ways(lambda *given: one_way(*given) + 0.5),
            "variances stand where standard deviations belong": both_ways(
                lambda mean_p, sd_p, mean_q, sd_q: one_way(
                    mean_p, math.sqrt(sd_p), mean_q, math.sqrt(sd_q)
                )
            ),
        },
        hints=(
            "Three parts: a logarithm of the widths, the spread with the gap, and −1/2.",
            "The second argument's sd divides.",
            "np.log(sd_q / sd_p) + (sd_p**2 + gap**2) / (2 * sd_q**2) - 1/2, then the other way.",
        ),
        shows="A model that is too narrow pays more than one that is too wide.",
        unit="nats",
    ),
    "6.5": Exercise(
        asks="function",
        answer=over_draws(k3),
        inputs=tuple(
            {"log_p": log_p, "log_q": log_q}
            for log_p, log_q in (
                ([-1.0, -2.0], [-1.5, -1.0]),
                ([-1.0, -2.0, -3.0], [-1.0, -2.0, -3.0]),
                ([-0.5], [-2.0]),
                *((tries.scores(stream, size), tries.scores(stream, size)) for size in (2, 5, 20)),
            )
        ),
        mistakes={
            "r is turned round: r = q/p, the model above the truth": over_draws(
                lambda log_ratio: k3(-log_ratio)
            ),
            "this is k1, −log r": over_draws(lambda log_ratio: -log_ratio),
            "this is k2, half the square": over_draws(lambda log_ratio: log_ratio**2 / 2),
            "the 1 is not subtracted": over_draws(lambda log_ratio: k3(log_ratio) + 1),
            "log r is added, not subtracted": over_draws(
                lambda log_ratio: math.exp(log_ratio) - 1 + log_ratio
            ),
            "these are k3 of each draw: take their mean": lambda log_p, log_q: [
                k3(b - a) for a, b in zip(log_p, log_q, strict=True)
            ],
            "this is the sum over the draws: the mean is asked": lambda log_p, log_q: (
                len(log_p) * over_draws(k3)(log_p, log_q)
            ),
        },
        hints=(
            "log r = log_q - log_p, for each draw.",
            "k3 = r − 1 − log r, and r = np.exp(log r).",
            "np.mean of the three parts; np.expm1(x) is exp(x) − 1 without loss of digits.",
        ),
        shows="It is never negative, for any draws: e^x lies above its tangent 1 + x.",
        unit="nats",
    ),
    "6.6": Exercise(
        answer=lambda shift: [2 / shift, shift**2 / 4],
        inputs=({"shift": 0.3},),
        tolerance=2e-4,
        mistakes={
            "the first is the sd itself: it is to be divided by KL": lambda shift: [
                shift,
                shift**2 / 4,
            ],
            "the first is the variance over KL: take its root first": lambda shift: [
                2.0,
                shift**2 / 4,
            ],
            "the second is the bias itself: it is to be divided by KL": lambda shift: [
                2 / shift,
                shift**4 / 8,
            ],
            "the second is the mean of k2 over KL: the bias is what exceeds 1": lambda shift: [
                2 / shift,
                1 + shift**2 / 4,
            ],
            "log r has the mean −KL: its square adds to the mean of k2": lambda shift: [
                2 / shift,
                0.0,
            ],
        },
        hints=(
            "log r = shift·x − shift²/2 with x standard: a Gaussian. Its mean and its sd?",
            "The mean of a square is the variance plus the square of the mean.",
            "KL is shift²/2. k1 has the sd of log r; k2 has half the mean of its square.",
        ),
        shows="Halve the shift, and k1's relative spread doubles while k2's bias falls to a "
        "quarter: near P = Q, k2 and k3 win.",
    ),
    "6.7": Exercise(
        asks="prediction",
        answer="a",
        choices={
            "b": "the loss of this direction has one valley: which numbers of P alone decide?",
            "c": "leaving out a peak costs much here: P draws from it",
        },
        hints=("Which moments of P enter the loss?", "How many valleys has a parabola?"),
        shows="One valley: run the next cell to see where it lies.",
    ),
    "6.8": Exercise(
        asks="prediction",
        answer="c",
        choices={
            "a": "that is the other direction. This one asks only where Q is",
            "b": "the larger peak is the best place, and not the only valley",
        },
        hints=(
            "What does a Q on one peak learn of the other?",
            "And a Q that starts right between them?",
        ),
        shows="A start decides. Run the next cell, and count the places.",
    ),
    "6.9": Exercise(
        asks="prediction",
        answer="b",
        choices={
            "a": "the mean over P is never negative, but is a mean of a few draws?",
            "c": "r − 1 − log r: where does log r touch its tangent r − 1?",
        },
        hints=("Which of the three is a square?", "Is log r always below r − 1?"),
        shows="Only k1 takes both signs. Run the next cell to see how often.",
    ),
    "6.10": Exercise(
        asks="prediction",
        answer="b",
        choices={
            "a": "whoever has more room pays less: think of draws in the tail",
            "c": "they agree when the widths agree. Here they differ",
        },
        hints=(
            "Which model calls the other's draws nearly impossible?",
            "The wide one draws from far out. What does the narrow one say of it?",
        ),
        shows="The narrow model is surprised by the wide truth. Run the next cell to see by how "
        "much.",
    ),
}
