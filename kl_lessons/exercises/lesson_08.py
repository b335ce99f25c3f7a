"""The exercises of lesson 08: bits a letter, blended counts, temperature, and a leash of KL."""

import itertools
import math

from kl_lessons.exercises import tries
from kl_lessons.exercises.by_hand import (
    cross_entropy,
    kl_divergence,
    mean,
    softmax,
    surprise,
    with_each_epsilon,
)
from kl_lessons.exercises.exercise import Exercise

VALUES = {}
stream = tries.random(8)


def normalised(weights):
    """Each weight over their sum."""
    return [weight / math.fsum(weights) for weight in weights]


def bits(q):
    return mean([-math.log2(a) for a in q])


def weighted(weights, numbers):
    return math.fsum(a * b for a, b in zip(weights, numbers, strict=True))


def blended(counts, shorter, different):
    """The counts, and as many more as `different` says, shared out by the shorter context."""
    total = sum(counts) + different
    return [(c + different * b) / total for c, b in zip(counts, shorter, strict=True)]


def followers(counts):
    """How many different letters were seen."""
    return sum(c > 0 for c in counts)


def mixed(share, counts, shorter):
    """The frequencies with this share, the shorter context with the rest."""
    frequencies = normalised(counts)
    return [share * f + (1 - share) * b for f, b in zip(frequencies, shorter, strict=True)]


def to_the_unseen(counts, shorter):
    """What is set aside goes to letters that were never seen, and to no other."""
    different = followers(counts)
    total = sum(counts) + different
    left = math.fsum(b for c, b in zip(counts, shorter, strict=True) if c == 0)
    return [
        c / total if c else different * b / left / total
        for c, b in zip(counts, shorter, strict=True)
    ]


def seen_or_shorter(counts, shorter):
    """The part of its own count for a letter that was seen, D times the shorter context else."""
    different = followers(counts)
    total = sum(counts) + different
    return [c / total if c else different * b / total for c, b in zip(counts, shorter, strict=True)]


def both_ways(p, q):
    return [kl_divergence(p, q), kl_divergence(q, p)]


def heated(p, temperature):
    return normalised([a ** (1 / temperature) for a in p])


def leash(p, reward, beta):
    """p·exp(reward/beta) over its sum, from the logarithms of the weights."""
    return softmax([r / beta - surprise(a) for a, r in zip(p, reward, strict=True)])


def row_by_row(one):
    """The computation that gives what `one` makes of each row."""
    return lambda p, reward, beta: [
        one(row, rewards, beta) for row, rewards in zip(p, reward, strict=True)
    ]


def highest(p, reward, beta):
    """1 for the answer of the highest reward."""
    return tries.one_hot(len(p), reward.index(max(reward)))


def highest_known(p, reward, beta):
    """1 for the answer of the highest reward among those with p > 0."""
    known = [r if a > 0 else -math.inf for a, r in zip(p, reward, strict=True)]
    return highest(p, known, beta)


def all_together(p, reward, beta):
    """All rows as one, which sums to 1."""
    flat = leash([*itertools.chain(*p)], [*itertools.chain(*reward)], beta)
    width = len(p[0])
    return [flat[start : start + width] for start in range(0, len(flat), width)]


def along_columns(p, reward, beta):
    """Each column sums to 1."""
    columns = row_by_row(leash)(zip(*p, strict=True), zip(*reward, strict=True), beta)
    return [list(row) for row in zip(*columns, strict=True)]


def mean_reward(p, reward, beta):
    return weighted(leash(p, reward, beta), reward)


def length(p, reward, beta):
    """KL of the best policy from the reference."""
    return kl_divergence(leash(p, reward, beta), p)


def beta_where(measure):
    """The computation that halves until it has the beta at which the measure is as wanted."""

    def search(p, reward, wanted):
        low, high = 0.01, 100.0  # each measure falls as beta grows
        for _ in range(100):
            middle = math.sqrt(low * high)
            low, high = (middle, high) if measure(p, reward, middle) > wanted else (low, middle)
        return middle

    return search


best_beta = beta_where(mean_reward)


def prompts(rows, answers, beta):
    """A random reference, and random rewards."""
    return {
        "p": [tries.distribution(stream, answers) for _ in range(rows)],
        "reward": [tries.scores(stream, answers) for _ in range(rows)],
        "beta": beta,
    }


EXERCISES = {
    "8.1": Exercise(
        answer=lambda q: [bits(q), 2 ** bits(q)],
        inputs=({"q": [1 / 2, 1 / 4, 1 / 8, 1 / 2]},),
        mistakes={
            "the second undoes a logarithm to the base e: the first is in bits": lambda q: [
                bits(q),
                math.exp(bits(q)),
            ],
            "the second is 4, which is the mean of 1/q, and the number of letters too: take the "
            "mean of the logarithms, then undo the logarithm": lambda q: [
                bits(q),
                mean([1 / a for a in q]),
            ],
            "the second is one over the mean probability: take the mean of the logarithms": (
                lambda q: [bits(q), 1 / mean(q)]
            ),
            "the mean probability was taken first: each letter has its own surprise": lambda q: [
                -math.log2(mean(q)),
                1 / mean(q),
            ],
            "the first is in nats: the question asks bits": lambda q: [
                bits(q) * math.log(2),
                2 ** bits(q),
            ],
            "the first is in nats, and the second undoes bits": lambda q: [
                bits(q) * math.log(2),
                2 ** (bits(q) * math.log(2)),
            ],
            "these are the bits of all four letters, and 2 to the power of them: for each letter "
            "is asked": lambda q: [len(q) * bits(q), 2 ** (len(q) * bits(q))],
            "the first is the sum over the letters: the mean is asked": lambda q: [
                len(q) * bits(q),
                2 ** bits(q),
            ],
            "the second is 2 to the power of the sum: of the mean is asked": lambda q: [
                bits(q),
                2 ** (len(q) * bits(q)),
            ],
            "the letters are weighed by q: all four came, and count alike": lambda q: [
                weighted(q, [-math.log2(a) for a in q]),
                2 ** weighted(q, [-math.log2(a) for a in q]),
            ],
            "a surprise is −log q: the minus sign is missing, and the second is one over the "
            "perplexity": lambda q: [-bits(q), 2 ** -bits(q)],
            "the second is below 1: it is one over the perplexity": lambda q: [
                bits(q),
                2 ** -bits(q),
            ],
        },
        hints=(
            "How many bits does a letter cost that had the probability 1/4?",
            "Take the mean of the four surprises: each letter came once.",
            "-np.mean(np.log2(q)), and 2 to the power of it.",
        ),
        shows="The model is as unsure as if it chose among some three letters, all alike.",
    ),
    "8.2": Exercise(
        answer=lambda counts, shorter: blended(counts, shorter, followers(counts)),
        inputs=({"counts": [5, 3, 0, 0, 0], "shorter": [0.4, 0.25, 0.15, 0.1, 0.1]},),
        mistakes={
            "D is the number of all letters here: only those count that followed this context": (
                lambda counts, shorter: blended(counts, shorter, len(counts))
            ),
            "D is the number of letters that never came: those count that followed": (
                lambda counts, shorter: blended(counts, shorter, counts.count(0))
            ),
            "D is 1 here: it is how many different letters followed this context": (
                lambda counts, shorter: blended(counts, shorter, 1)
            ),
            "these are the plain frequencies: a letter that was never seen gets nothing": (
                lambda counts, shorter: normalised(counts)
            ),
            "one was added to each count: the blend adds what the shorter context believes": (
                lambda counts, shorter: normalised([c + 1 for c in counts])
            ),
            "a pseudocount of 0.1 was added: the blend adds what the shorter context believes": (
                lambda counts, shorter: normalised([c + 0.1 for c in counts])
            ),
            "what is added is shared out evenly: the shorter context says how": (
                lambda counts, shorter: blended(
                    counts, [1 / len(counts)] * len(counts), followers(counts)
                )
            ),
            "the weights are swapped: the counts weigh n, the shorter context D": (
                lambda counts, shorter: mixed(
                    followers(counts) / (sum(counts) + followers(counts)), counts, shorter
                )
            ),
            "both weigh one half: the counts weigh n, the shorter context D": (
                lambda counts, shorter: mixed(1 / 2, counts, shorter)
            ),
            "what is set aside goes to the unseen letters alone: each letter gets its part": (
                to_the_unseen,
                seen_or_shorter,
                lambda counts, shorter: [
                    c / sum(counts) if c else b
                    for c, b in zip(counts, seen_or_shorter(counts, shorter), strict=True)
                ],
                lambda counts, shorter: to_the_unseen(counts, [1 / len(counts)] * len(counts)),
            ),
            "the shorter context is added once: it is added D times": lambda counts, shorter: [
                (c + b) / (sum(counts) + followers(counts))
                for c, b in zip(counts, shorter, strict=True)
            ],
            "the counts stand undivided: divide the whole by n + D": lambda counts, shorter: [
                c + followers(counts) * b / (sum(counts) + followers(counts))
                for c, b in zip(counts, shorter, strict=True)
            ],
            "the counts are divided by n alone: divide them by n + D too": lambda counts, shorter: [
                c / sum(counts) + followers(counts) * b / (sum(counts) + followers(counts))
                for c, b in zip(counts, shorter, strict=True)
            ],
            "the part of the shorter context is missing: these sum to less than 1": (
                lambda counts, shorter: [c / (sum(counts) + followers(counts)) for c in counts]
            ),
            "these sum to more than 1: divide by n + D": lambda counts, shorter: [
                (c + followers(counts) * b) / sum(counts)
                for c, b in zip(counts, shorter, strict=True)
            ],
            "these are counts: divide them by n + D": lambda counts, shorter: [
                c + followers(counts) * b for c, b in zip(counts, shorter, strict=True)
            ],
            "counts and beliefs are multiplied: the blend adds them": lambda counts, shorter: (
                normalised([c * b for c, b in zip(counts, shorter, strict=True)])
            ),
        },
        hints=(
            "n is how many letters were counted after this context.",
            "D is how many different letters followed it: c, d and e did not.",
            "To each count add D times what the shorter context believes; divide by n + D.",
        ),
        shows="No letter is ruled out, and the more often a context was seen, the more its own "
        "counts say.",
    ),
    "8.3": Exercise(
        asks="choice",
        answer="c",
        choices={
            "a": "who knows more of what came before is not less sure of what comes next: on "
            "average H falls, or stays",
            "b": "the alphabet has 97 signs at each order: what grows is the number of contexts",
            "d": "the new chapters are the same at both orders. What has changed is the model",
        },
        hints=(
            "The cost is H + KL. When the order grows, which of the two can grow?",
            "How often was a given context of five letters met, and how often one of three?",
        ),
        shows="Who learns few letters by heart knows these, and little else: overfitting.",
    ),
    "8.4": Exercise(
        asks="function",
        answer=row_by_row(leash),
        inputs=(
            {"p": [[0.6, 0.3, 0.1]], "reward": [[1.0, 0.0, 2.0]], "beta": 2.0},
            {
                "p": [[0.9, 0.1, 0.0], [0.2, 0.3, 0.5]],
                "reward": [[0.0, 1.0, 3.0], [2.0, -1.0, 0.5]],
                "beta": 0.5,
            },
            {"p": [[0.4, 0.6], [0.7, 0.3]], "reward": [[0.0, 0.0], [1.0, -1.0]], "beta": 4.0},
            {"p": [[0.2, 0.8]], "reward": [[1000.0, 999.0]], "beta": 1.0},
            {"p": [[0.8, 0.2]], "reward": [[-1000.0, -999.0]], "beta": 1.0},
            {"p": [[0.0, 0.7, 0.3]], "reward": [[1000.0, 2.0, 1.0]], "beta": 0.5},
            *(
                prompts(rows, answers, beta)
                for rows, answers, beta in ((3, 3, 0.7), (2, 6, 1.5), (20, 4, 0.3))
            ),
        ),
        mistakes={
            "the rewards are multiplied by beta: divide": row_by_row(
                lambda p, reward, beta: leash(p, reward, 1 / beta)
            ),
            "beta does nothing here": row_by_row(lambda p, reward, beta: leash(p, reward, 1)),
            "high rewards become rare here: the exponent has no minus sign": row_by_row(
                lambda p, reward, beta: leash(p, reward, -beta)
            ),
            "p is left out: this policy forgets the reference": row_by_row(
                lambda p, reward, beta: softmax([r / beta for r in reward])
            ),
            "p is added to exp(reward/beta): it multiplies": row_by_row(
                lambda p, reward, beta: normalised(
                    [a + math.exp(r / beta) for a, r in zip(p, reward, strict=True)]
                )
            ),
            "p is added to the exponent: log p belongs there": row_by_row(
                lambda p, reward, beta: softmax(
                    [a + r / beta for a, r in zip(p, reward, strict=True)]
                )
            ),
            "beta divides log p too: it divides the reward alone": row_by_row(
                lambda p, reward, beta: leash(
                    [a ** (1 / beta) for a in p],
                    reward,
                    beta,
                )
            ),
            "the reward itself multiplies p: exp(reward/beta) does": row_by_row(
                lambda p, reward, beta: normalised([a * r for a, r in zip(p, reward, strict=True)])
            ),
            "the rows do not sum to 1: divide each by its sum": (
                row_by_row(
                    lambda p, reward, beta: [
                        a * math.exp(r / beta) for a, r in zip(p, reward, strict=True)
                    ]
                ),
                row_by_row(
                    lambda p, reward, beta: [
                        a * math.exp((r - max(reward)) / beta)
                        for a, r in zip(p, reward, strict=True)
                    ]
                ),
                row_by_row(
                    lambda p, reward, beta: [
                        a * b for a, b in zip(p, softmax([r / beta for r in reward]), strict=True)
                    ]
                ),
            ),
            "p divides here: it multiplies": row_by_row(
                lambda p, reward, beta: softmax(
                    [r / beta - math.log(a) for a, r in zip(p, reward, strict=True)]
                )
            ),
            "these are log p + reward/beta: undo the logarithm, and divide each row by its sum": (
                row_by_row(
                    lambda p, reward, beta: [
                        r / beta - surprise(a) for a, r in zip(p, reward, strict=True)
                    ]
                )
            ),
            "an epsilon took the place of 0: what the reference never says stays 0": (
                with_each_epsilon(
                    lambda epsilon: row_by_row(
                        lambda p, reward, beta: leash([a + epsilon for a in p], reward, beta)
                    ),
                    lambda epsilon: row_by_row(
                        lambda p, reward, beta: leash([max(a, epsilon) for a in p], reward, beta)
                    ),
                )
            ),
            "only the answer of the highest reward is left: this is where beta goes to 0": (
                row_by_row(highest),
                row_by_row(highest_known),
            ),
            "all rows together sum to 1: each row has its own sum": all_together,
            "the columns sum to 1: the answers to a prompt stand in a row": along_columns,
            "these are logarithms of the policy: undo them": row_by_row(
                lambda p, reward, beta: [-surprise(a) for a in leash(p, reward, beta)]
            ),
        },
        hints=(
            "Multiply p by exp(reward / beta), then divide each row by its sum.",
            "A row may be multiplied by any number before it is divided by its sum: take a reward "
            "out of the exponent, so that the largest exponent is 0.",
            "Where p is 0 a reward must not count, not even as the largest: look for the largest "
            "of log p + reward/beta, row by row, with keepdims=True.",
        ),
        shows="What the reference never says, no reward can make this policy say.",
    ),
    "8.5": Exercise(
        answer=lambda p, temperature: both_ways(p, heated(p, temperature)),
        inputs=({"p": [0.7, 0.2, 0.1], "temperature": 2},),
        mistakes={
            "this is [KL(Q‖P), KL(P‖Q)]: the first argument is the truth": lambda p, temperature: (
                both_ways(heated(p, temperature), p)
            ),
            "this is for Q ∝ P²: heat flattens": lambda p, temperature: both_ways(
                p, heated(p, 1 / temperature)
            ),
            "Q does not sum to 1 here: divide by its sum": lambda p, temperature: both_ways(
                p, [a ** (1 / temperature) for a in p]
            ),
            "this says that Q is P: heat changes P": lambda p, temperature: [0.0, 0.0],
            "the probabilities are halved: halve their logarithms": lambda p, temperature: (
                both_ways(p, [a / temperature for a in p])
            ),
            "the softmax of P/T was taken: of log P/T it is": lambda p, temperature: both_ways(
                p, softmax([a / temperature for a in p])
            ),
            "both are KL(P‖Q): in the second Q comes first": lambda p, temperature: (
                [kl_divergence(p, heated(p, temperature))] * 2
            ),
            "both are KL(Q‖P): in the first P comes first": lambda p, temperature: (
                [kl_divergence(heated(p, temperature), p)] * 2
            ),
            "the second is −KL(P‖Q): Q weighs its logarithms": lambda p, temperature: [
                kl_divergence(p, heated(p, temperature)),
                -kl_divergence(p, heated(p, temperature)),
            ],
            "the first is −KL(Q‖P): P weighs its logarithms": lambda p, temperature: [
                -kl_divergence(heated(p, temperature), p),
                kl_divergence(heated(p, temperature), p),
            ],
            "these are H(P,Q) and H(Q,P), the cross-entropies: the entropy of what comes first is "
            "still to be subtracted": lambda p, temperature: [
                cross_entropy(p, heated(p, temperature)),
                cross_entropy(heated(p, temperature), p),
            ],
            "the logarithms are not weighed: by P in the first, by Q in the second": (
                lambda p, temperature: [
                    math.fsum(map(surprise, heated(p, temperature))) - math.fsum(map(surprise, p)),
                    math.fsum(map(surprise, p)) - math.fsum(map(surprise, heated(p, temperature))),
                ]
            ),
            "these are the means of the terms: KL is their sum": lambda p, temperature: [
                kl / len(p) for kl in both_ways(p, heated(p, temperature))
            ],
            "this is the KL of both from the even distribution": lambda p, temperature: [
                kl_divergence(one, [1 / len(p)] * len(p)) for one in (p, heated(p, temperature))
            ],
        },
        hints=(
            "Heat divides the logarithms by T: log P becomes log P / T.",
            "So Q is the square root of P, divided by its sum.",
            "np.sum(p * np.log(p / q)), then the other way round.",
        ),
        shows="Heated, the rare is said more often: Q is flatter than P.",
        unit="nats",
    ),
    "8.6": Exercise(
        answer=best_beta,
        inputs=({"p": [0.5, 0.3, 0.2], "reward": [0.0, 1.0, 2.0], "wanted": 1.5},),
        mistakes={
            "this is 1/β: the rewards are divided by β": lambda p, reward, wanted: (
                1 / best_beta(p, reward, wanted)
            ),
            "this is exp(1/β): undo the exponential, then turn it over": (
                lambda p, reward, wanted: math.exp(1 / best_beta(p, reward, wanted))
            ),
            "with this β it is KL that is as large as the reward should be": beta_where(length),
            "with this β the mean reward less β·KL is as wanted: the mean reward alone is asked": (
                beta_where(
                    lambda p, reward, beta: (
                        mean_reward(p, reward, beta) - beta * length(p, reward, beta)
                    )
                )
            ),
            "the reference is left out: this is for one that gives all answers alike": (
                lambda p, reward, wanted: best_beta([1 / len(p)] * len(p), reward, wanted)
            ),
            "this is KL of that policy from the reference: its β is asked": (
                lambda p, reward, wanted: length(p, reward, best_beta(p, reward, wanted))
            ),
            "2 stands where e belongs: the policy has exp(reward/β)": lambda p, reward, wanted: (
                best_beta(p, reward, wanted) * math.log(2)
            ),
            "with this β log π_ref is divided by β too: it divides the reward alone": beta_where(
                lambda p, reward, beta: mean_reward([a ** (1 / beta) for a in p], reward, beta)
            ),
        },
        hints=(
            "Write a function that gives the mean reward of the best policy for a β.",
            "A shorter leash, a larger β, earns less: so it falls from one end to the other.",
            "Try the middle of an interval, keep the half in which the wanted reward lies, and so "
            "on.",
        ),
        shows="Each reward within reach has its own leash: the longer, the higher the reward.",
        tolerance=1e-4,
    ),
    "8.7": Exercise(
        asks="prediction",
        answer="b",
        choices={
            "a": "it knows most of the training text. How often did it meet the contexts of a "
            "new one?",
            "c": "it has most to count, and forgets what came before. What follows a q?",
        },
        hints=(
            "What does a context of six letters know, if it was seen once?",
            "And what does a model know that looks at no letter before?",
        ),
        shows="A few letters back, but not too many: run the next cell to see how many.",
    ),
    "8.8": Exercise(
        asks="prediction",
        answer="c",
        choices={
            "a": "a near miss: these counts end where the new chapters begin. Who learns on?",
            "b": "it looks for repeats in the last 32,768 bytes. Is much of a new chapter one?",
        },
        hints=(
            "zlib looks for repeats; bz2 sorts the signs by their contexts, which is near to "
            "counting.",
            "Who has counted the chapters before, and who counts the new ones too?",
        ),
        shows="By a nose: bz2 learns from the new chapters too; the counts were made before.",
    ),
    "8.9": Exercise(
        asks="prediction",
        answer="b",
        choices={
            "a": "a letter is one draw from the distribution. Which of them tells more?",
            "c": "with endless places they would. What do 2,000 draws leave open?",
        },
        hints=(
            "At one place: what does one drawn letter tell of the other letters?",
            "The distribution is what many draws at this place would come to.",
        ),
        shows="At each place the distribution tells of all letters, a drawn letter of one: this is "
        "distillation.",
    ),
    "8.10": Exercise(
        asks="prediction",
        answer="c",
        choices={
            "a": "the rating rises all the way. What does it praise most, in the end?",
            "b": "for most answers the rating is right: what does a little of it do?",
        },
        hints=(
            "On a short leash: which answers become a little more frequent?",
            "Without a leash only the answer of the highest rating is left. Which is it?",
        ),
        shows="First come more good answers, then more flattery: stopping at a short leash "
        "protects from the errors of the rating.",
    ),
}
