"""The exercises of lesson 07: evidence and ELBO, the codes of images, noise, a discriminator."""

import math

from kl_lessons.exercises import tries
from kl_lessons.exercises.by_hand import entropy, kl_divergence, log_sum_exp, mean
from kl_lessons.exercises.exercise import Exercise

VALUES = {}
stream = tries.random(7)


def orders(heads, tails):
    """heads! tails! / (heads + tails + 1)!, the evidence where the prior is even."""
    return math.factorial(heads) * math.factorial(tails) / math.factorial(heads + tails + 1)


def other_direction(heads, tails):
    """KL(P‖Q) of the posterior P from the even prior Q: minus the entropy of P."""
    n = heads + tails + 1  # the mean of log θ is minus a sum of 1/k
    log_heads = -math.fsum(1 / k for k in range(heads + 1, n + 1))
    log_tails = -math.fsum(1 / k for k in range(tails + 1, n + 1))
    return heads * log_heads + tails * log_tails - math.log(orders(heads, tails))


def mean_log(q, log_joint):
    """The mean of log p(x,θ) over Q; what Q rules out does not count."""
    return math.fsum(a * b for a, b in zip(q, log_joint, strict=True) if a > 0)


def bound(q, log_joint):
    return mean_log(q, log_joint) + entropy(q)


def price(mean, log_sd):
    """KL of one number of a code from N(0, 1)."""
    return (mean**2 + math.exp(2 * log_sd) - 1 - 2 * log_sd) / 2


def row_by_row(one):
    """The computation that adds up `one` over the numbers of each code."""
    return lambda mean, log_sd: [
        math.fsum(map(one, means, logs)) for means, logs in zip(mean, log_sd, strict=True)
    ]


def first_step(enough):
    """The computation that finds the first step after which what is left is below the limit."""

    def steps(x, share, limit):
        return next(t for t in range(1, 1000) if enough(x, (1 - share) ** t) < limit)

    return steps


def left_of(x, kept):
    """KL(N(√kept·x, 1−kept)‖N(0, 1))."""
    return (kept * x**2 - kept - math.log(1 - kept)) / 2


def as_reward(p, q, right):
    """The discriminator's reward for what it says."""
    told = zip(p, q, right, strict=True)
    return math.fsum(
        (a * math.log(d) if a else 0) + (b * math.log(1 - d) if b else 0) for a, b, d in told
    )


def best(p, q):
    return [a / (a + b) for a, b in zip(p, q, strict=True)]


def js(p, q):
    middle = [(a + b) / 2 for a, b in zip(p, q, strict=True)]
    return (kl_divergence(p, middle) + kl_divergence(q, middle)) / 2


def codes(rows, dimensions):
    """Random means and log sds."""
    return {
        "mean": [tries.scores(stream, dimensions, 2.0) for _ in range(rows)],
        "log_sd": [tries.scores(stream, dimensions, 1.5) for _ in range(rows)],
    }


def coins(outcomes):
    """A random belief, and random log p(x,θ)."""
    return {
        "q": tries.distribution(stream, outcomes),
        "log_joint": tries.scores(stream, outcomes, 4.0),
    }


EXERCISES = {
    "7.1": Exercise(
        answer=lambda heads, tails: [
            (heads + 1) / (heads + tails + 2),
            math.log(orders(heads, tails)),
        ],
        inputs=({"heads": 3, "tails": 1},),
        mistakes={
            "the mean is the share of heads: the prior's counts, 1 and 1, are added": (
                lambda heads, tails: [heads / (heads + tails), math.log(orders(heads, tails))]
            ),
            "the second is the evidence: its logarithm is asked": lambda heads, tails: [
                (heads + 1) / (heads + tails + 2),
                orders(heads, tails),
            ],
            "the evidence counts every order of the flips: this one sequence is asked": (
                lambda heads, tails: [
                    (heads + 1) / (heads + tails + 2),
                    -math.log(heads + tails + 1),
                ]
            ),
            "the second is the likelihood of the coin with that mean: average over all coins": (
                lambda heads, tails: [
                    (heads + 1) / (heads + tails + 2),
                    heads * math.log((heads + 1) / (heads + tails + 2))
                    + tails * math.log((tails + 1) / (heads + tails + 2)),
                ]
            ),
            "the second is in bits: the question asks nats": lambda heads, tails: [
                (heads + 1) / (heads + tails + 2),
                math.log2(orders(heads, tails)),
            ],
        },
        hints=(
            "On a grid of coins, an even prior gives each coin the same share.",
            "Multiply the shares by θ³(1 − θ): their sum is the evidence.",
            "The posterior is that product divided by its sum; the mean weighs θ by it.",
        ),
        shows="Four flips are too few to forget the prior: the mean is 2/3, not 3/4.",
    ),
    "7.2": Exercise(
        answer=lambda heads, tails: [
            -(heads + tails),
            heads + tails + math.log(orders(heads, tails)),
        ],
        inputs=({"heads": 3, "tails": 1},),
        mistakes={
            "the second is KL(P‖Q): the belief Q stands first in the gap": lambda heads, tails: [
                -(heads + tails),
                other_direction(heads, tails),
            ],
            "the second is KL(Q‖prior): KL to the posterior is asked": lambda heads, tails: [
                -(heads + tails),
                0.0,
            ],
            "the first is the log evidence: the mean of a log is not the log of a mean": (
                lambda heads, tails: [
                    math.log(orders(heads, tails)),
                    heads + tails + math.log(orders(heads, tails)),
                ]
            ),
            "the second has the wrong sign: log evidence less ELBO": lambda heads, tails: [
                -(heads + tails),
                -(heads + tails) - math.log(orders(heads, tails)),
            ],
            "the first is minus the ELBO": lambda heads, tails: [
                heads + tails,
                heads + tails + math.log(orders(heads, tails)),
            ],
        },
        hints=(
            "Q is the prior, so KL(Q‖prior) is 0. What is left of the ELBO?",
            "The mean of log θ over an even prior is −1, and so is that of log(1 − θ).",
            "KL(Q‖P) is the log evidence, as in 7.1, less the ELBO.",
        ),
        shows="Who does not learn from four flips pays 1.0043 nats of KL.",
        unit="nats",
        tolerance=1e-4,
    ),
    "7.3": Exercise(
        asks="choice",
        answer="b",
        choices={
            "a": "the evidence has no Q in it. Can a change of Q move it?",
            "c": "the gap below the log evidence has Q first. Which direction is that?",
            "d": "the log evidence stays where it is, and ELBO + KL(Q‖P) is equal to it",
        },
        hints=(
            "Which of the three terms of log evidence = ELBO + KL know Q?",
            "The sum stays. One term rises by 0.4.",
        ),
        shows="So the fit can be followed without knowing how far it is from the goal.",
    ),
    "7.4": Exercise(
        asks="function",
        answer=bound,
        inputs=(
            {"q": [0.5, 0.5], "log_joint": [-1.0, -3.0]},
            {"q": [0.7, 0.2, 0.1], "log_joint": [-2.0, -1.0, -4.0]},
            {"q": [1.0, 0.0], "log_joint": [-1.5, -0.5]},
            {"q": [0.0, 0.4, 0.6], "log_joint": [-700.0, -800.0, -801.0]},
            {"q": [0.25, 0.25, 0.25, 0.25], "log_joint": [2.0, 1.0, 0.0, -1.0]},
            *(coins(outcomes) for outcomes in (2, 3, 10, 50)),
        ),
        mistakes={
            "this is minus the ELBO": lambda q, log_joint: -bound(q, log_joint),
            "the term −log q is missing: this is the mean of log p(x,θ) alone": mean_log,
            "log q is added: it is subtracted": lambda q, log_joint: (
                mean_log(q, log_joint) - entropy(q)
            ),
            "this is the log evidence, above the ELBO: the belief q does nothing here": (
                lambda q, log_joint: log_sum_exp(log_joint)
            ),
            "this is the gap, log evidence less ELBO": lambda q, log_joint: (
                log_sum_exp(log_joint) - bound(q, log_joint)
            ),
            "this is the plain mean: weigh each term by q": lambda q, log_joint: mean(
                [b - math.log(a) if a > 0 else math.inf for a, b in zip(q, log_joint, strict=True)]
            ),
        },
        hints=(
            "It is the mean over q of log_joint less log q.",
            "What q gives no probability adds nothing: 0·log 0 = 0.",
            "Sum over the places where q > 0 alone; log_joint stays a logarithm, as in the second "
            "half of the inputs exp would give 0.",
        ),
        shows="This is all that variational inference needs: the joint, never the evidence.",
        unit="nats",
    ),
    "7.5": Exercise(
        asks="function",
        answer=row_by_row(price),
        inputs=(
            {"mean": [[1.0, 0.0]], "log_sd": [[0.0, 0.5]]},
            {"mean": [[0.5], [-2.0]], "log_sd": [[-1.0], [0.3]]},
            {"mean": [[0.0, 0.0, 0.0]], "log_sd": [[0.0, 0.0, 0.0]]},
            {"mean": [[3.0, -1.0], [0.2, 0.1]], "log_sd": [[-4.0, 1.0], [0.7, -0.2]]},
            *(codes(rows, dimensions) for rows, dimensions in ((1, 2), (3, 2), (4, 5), (20, 3))),
        ),
        mistakes={
            "log_sd is taken for the log variance: log s² = 2 log s": row_by_row(
                lambda m, log_sd: price(m, log_sd / 2)
            ),
            "the factor 1/2 is missing": row_by_row(lambda m, log_sd: 2 * price(m, log_sd)),
            "the sign is turned: KL is not negative": row_by_row(
                lambda m, log_sd: -price(m, log_sd)
            ),
            "this is KL(prior‖Q): the code's Gaussian stands first": row_by_row(
                lambda m, log_sd: log_sd + ((1 + m**2) / math.exp(2 * log_sd) - 1) / 2
            ),
            "the mean over the numbers of a code is taken: add them": lambda mean, log_sd: [
                total / len(mean[0]) for total in row_by_row(price)(mean, log_sd)
            ],
            "the term −log s² is missing": row_by_row(
                lambda m, log_sd: (m**2 + math.exp(2 * log_sd) - 1) / 2
            ),
            "sd stands where its square belongs": row_by_row(
                lambda m, log_sd: (m**2 + math.exp(log_sd) - 1 - 2 * log_sd) / 2
            ),
        },
        hints=(
            "For one number: half of m² + s² − 1 − log s².",
            "s² is np.exp(2 * log_sd), and log s² is 2 * log_sd.",
            "The numbers of a code are independent: add along axis 1.",
        ),
        shows="An image pays for its code in nats, and for a code of the prior nothing.",
        unit="nats",
    ),
    "7.6": Exercise(
        answer=first_step(left_of),
        inputs=({"x": 0.5, "share": 0.05, "limit": 0.02},),
        mistakes={
            "this looks at the mean alone: the spread is short of 1 too": first_step(
                lambda x, kept: kept * x**2 / 2
            ),
            "this is for KL(N(0, 1)‖what is left): what is left stands first": first_step(
                lambda x, kept: (math.log(1 - kept) + (1 + kept * x**2) / (1 - kept) - 1) / 2
            ),
            "the mean shrinks by the root of 0.95 at each step, not by 0.95": first_step(
                lambda x, kept: left_of(x * math.sqrt(kept), kept)
            ),
            "this is one step too early: KL is still above the limit": (
                lambda x, share, limit: first_step(left_of)(x, share, limit) - 1
            ),
            "the factor 1/2 of the closed form is missing": first_step(
                lambda x, kept: 2 * left_of(x, kept)
            ),
        },
        hints=(
            "After t steps the kept share of the variance is k = 0.95 to the power t.",
            "x_t is a Gaussian of mean √k·x and variance 1 − k: its KL from N(0, 1) is closed.",
            "Compute KL for t = 1, 2, 3, … and stop at the first below the limit.",
        ),
        shows="Enough steps, and what was there at the start is forgotten: pure noise.",
        tolerance=1e-4,
    ),
    "7.7": Exercise(
        answer=lambda p, q: [*best(p, q), as_reward(p, q, best(p, q))],
        inputs=({"p": [0.6, 0.4, 0.0], "q": [0.2, 0.4, 0.4]},),
        mistakes={
            "these are the probabilities of a forgery: of the truth they are asked": (
                lambda p, q: [*best(q, p), as_reward(p, q, best(p, q))]
            ),
            "the last is JS: the reward is twice JS less 2 log 2": lambda p, q: [
                *best(p, q),
                js(p, q),
            ],
            "the last is 2 JS: subtract 2 log 2": lambda p, q: [*best(p, q), 2 * js(p, q)],
            "the last is KL(P‖Q)": lambda p, q: [*best(p, q), kl_divergence(p, q)],
            "the last is half of the reward: both expectations are added, not averaged": (
                lambda p, q: [*best(p, q), as_reward(p, q, best(p, q)) / 2]
            ),
        },
        hints=(
            "The best D is p/(p + q), outcome by outcome.",
            "The reward is the mean of log D over P plus the mean of log(1 − D) over Q.",
            "Where one of them is nothing, its term does not count; or use the JS of p and q.",
        ),
        shows="Where only the forger draws, the discriminator is certain, and all stays finite.",
    ),
    "7.8": Exercise(
        asks="prediction",
        answer="b",
        choices={
            "a": "ELBO is the log evidence less KL(Q‖P). What sign has KL?",
            "c": "for Q = P, KL is 0. What is ELBO then?",
        },
        hints=("Which sign has KL(Q‖P)?", "And when is it 0?"),
        shows="A lower bound, as its name says, and tight at the posterior alone.",
    ),
    "7.9": Exercise(
        asks="prediction",
        answer="a",
        choices={
            "b": "∞ would need a Q where the prior has no probability. Is N(0, 1) that?",
            "c": "KL is smallest, not largest, where Q is the prior",
        },
        hints=("What is KL from a distribution to itself?", "N(0, 1) is the prior."),
        shows="A code that says nothing costs nothing. The decoder then gets noise alone.",
    ),
    "7.10": Exercise(
        asks="prediction",
        answer="b",
        choices={
            "a": "a line guesses as if all were one bell. How does the true way back bend?",
            "c": "a straight line bends nowhere. Where would a better guess bend?",
        },
        hints=(
            "Between two peaks: from which of them does a noisy point come?",
            "A table can bend where the line is straight.",
        ),
        shows="A better guess of where it began is a smaller KL at every step.",
    ),
    "7.11": Exercise(
        asks="prediction",
        answer="b",
        choices={
            "a": "0 would say: forged, surely. Can it tell, when both draw alike?",
            "c": "1 would say: true, surely. Can it tell, when both draw alike?",
        },
        hints=("Put q = p into p/(p + q).", "It cannot tell them apart."),
        shows="At the goal the discriminator tosses a coin, and JS is 0.",
    ),
}
