"""The exercises of lesson 01: two coins, and how many flips tell them apart."""

import math

from kl_lessons.exercises import tries
from kl_lessons.exercises.by_hand import (
    cross_entropy,
    entropy,
    kl_divergence,
    mean,
    terms,
    with_each_epsilon,
)
from kl_lessons.exercises.exercise import Exercise

VALUES = {"p": ([0.5, 0.5],), "q": ([0.9, 0.1],)}
DIRECTION = "this is KL(Q‖P): the truth comes first"
stream = tries.random(1)


def log_ratio_by_product(p, q, heads, tails):
    """log P(sequence)/Q(sequence) from the two products."""
    return math.log(product(p, heads, tails) / product(q, heads, tails))


def product(p, heads, tails):
    return p[0] ** heads * p[1] ** tails


def of_counts(measure):
    """The measure of p, q and p̂ as a function of p, q and the counts of the faces."""
    return lambda p, q, counts: measure(p, q, [count / sum(counts) for count in counts])


def divergence_by_log_odds(heads_p, heads_q):
    """KL of two coins from the log odds of heads, without a sum over the faces."""
    log_odds = math.log(heads_p / (1 - heads_p)) - math.log(heads_q / (1 - heads_q))
    return heads_p * log_odds + math.log1p(-heads_p) - math.log1p(-heads_q)


def of_coins(measure):
    """The measure of two coins as a function of their heads."""
    return lambda heads_p, heads_q: measure([heads_p, 1 - heads_p], [heads_q, 1 - heads_q])


def when_either_is_flipped(flips):
    """[flips(P, Q), flips(Q, P)], as 1.4 asks."""
    return lambda p, q: [flips(p, q), flips(q, p)]


def at_the_price(goal):
    """How often KL(P‖Q) goes into the goal."""
    return lambda p, q: goal / kl_divergence(p, q)


def weighed(weight, ratio):
    """Σ weight(p, q)·ratio(p, q) over the faces that P shows."""
    return lambda p, q: math.fsum(
        weight(a, b) * ratio(a, b) for a, b in zip(p, q, strict=True) if a > 0
    )


def other_direction_where_p_is_above_0(p, q):
    """Σ q log(q/p) over the faces that P shows, with ∞ where Q rules one of them out."""
    if any(b == 0 < a for a, b in zip(p, q, strict=True)):
        return math.inf
    return weighed(lambda a, b: b, lambda a, b: math.log(b / a))(p, q)


def with_epsilon(epsilon):
    return weighed(lambda a, b: a, lambda a, b: math.log((a + epsilon) / (b + epsilon)))


def with_epsilon_below(epsilon):
    return weighed(lambda a, b: a, lambda a, b: math.log(a / (b + epsilon)))


def clipped(epsilon):
    return weighed(lambda a, b: a, lambda a, b: math.log(max(a, epsilon) / max(b, epsilon)))


MISTAKES_OF_THE_SPLIT = {
    "this is [KL(Q‖p̂), KL(P‖p̂)]: p̂, what was seen, comes first": lambda p, q, observed: [
        kl_divergence(q, observed),
        kl_divergence(p, observed),
    ],
    "both terms are KL(p̂‖Q): in the second P is the belief": lambda p, q, observed: (
        [kl_divergence(observed, q)] * 2
    ),
    "both terms are KL(p̂‖P): in the first Q is the belief": lambda p, q, observed: (
        [kl_divergence(observed, p)] * 2
    ),
    "the first term is KL(P‖Q): put p̂ in the place of P": lambda p, q, observed: [
        kl_divergence(p, q),
        kl_divergence(observed, p),
    ],
    "the second term is KL(P‖p̂): p̂ comes first": lambda p, q, observed: [
        kl_divergence(observed, q),
        kl_divergence(p, observed),
    ],
    "this is [KL(P‖Q), KL(Q‖P)]: p̂ stands first in both terms": lambda p, q, observed: [
        kl_divergence(p, q),
        kl_divergence(q, p),
    ],
    "this is for all 20 flips: the split is per flip": lambda p, q, observed: [
        20 * kl_divergence(observed, q),
        20 * kl_divergence(observed, p),
    ],
    "these are −Σ p̂ log q and −Σ p̂ log p: −Σ p̂ log p̂ is still to be subtracted from each": (
        lambda p, q, observed: [cross_entropy(observed, q), cross_entropy(observed, p)]
    ),
    "these are Σ p̂ log p̂ − Σ q log q and Σ p̂ log p̂ − Σ p log p: in KL p̂ weighs both logarithms": (
        lambda p, q, observed: [
            entropy(q) - entropy(observed),
            entropy(p) - entropy(observed),
        ]
    ),
    "these are the terms of heads alone: tails have one in each too": lambda p, q, observed: [
        terms(observed, q)[0],
        terms(observed, p)[0],
    ],
    "this is the difference, the log ratio per flip: both terms are asked, in a list": (
        lambda p, q, observed: kl_divergence(observed, q) - kl_divergence(observed, p)
    ),
}

EXERCISES = {
    "1.1": Exercise(
        answer=log_ratio_by_product,  # 81/1024 over 1/32: log 2.53125
        inputs=({"p": [0.75, 0.25], "q": [0.5, 0.5], "heads": 4, "tails": 1},),
        mistakes={
            "this is log Q/P: P stands above the line": lambda p, q, heads, tails: (
                -log_ratio_by_product(p, q, heads, tails)
            ),
            "the tails are left out: they have a ratio too, below 1": lambda p, q, heads, tails: (
                log_ratio_by_product(p, q, heads, 0)
            ),
            "this is the ratio itself: its logarithm is asked": lambda p, q, heads, tails: (
                product(p, heads, tails) / product(q, heads, tails)
            ),
            "this is Q/P without the logarithm: log P/Q is asked": lambda p, q, heads, tails: (
                product(q, heads, tails) / product(p, heads, tails)
            ),
            "this is P(sequence) alone, without the logarithm: log P/Q is asked": (
                lambda p, q, heads, tails: product(p, heads, tails)
            ),
            "this is Q(sequence) alone, without the logarithm: log P/Q is asked": (
                lambda p, q, heads, tails: product(q, heads, tails)
            ),
            "this is the mean per flip: the sum over all flips is asked": (
                lambda p, q, heads, tails: (
                    log_ratio_by_product(p, q, heads, tails) / (heads + tails)
                )
            ),
            "this is log P(sequence) alone: log Q(sequence) is still to be subtracted": (
                lambda p, q, heads, tails: math.log(product(p, heads, tails))
            ),
            "this is log Q(sequence) alone: subtract it from log P(sequence)": (
                lambda p, q, heads, tails: math.log(product(q, heads, tails))
            ),
            "this is log P over log Q: the ratio stands inside the logarithm": (
                lambda p, q, heads, tails: (
                    math.log(product(p, heads, tails)) / math.log(product(q, heads, tails))
                )
            ),
            "heads and tails are exchanged: the sequence has four heads and one tails": (
                lambda p, q, heads, tails: log_ratio_by_product(p, q, tails, heads)
            ),
            "heads and tails are added once each: the sequence has four heads": (
                lambda p, q, heads, tails: math.log(p[0] / q[0]) + math.log(p[1] / q[1])
            ),
            "each flip counts as heads here: tails have the ratio p[1]/q[1]": (
                lambda p, q, heads, tails: (heads + tails) * math.log(p[0] / q[0])
            ),
        },
        hints=(
            "Independent flips: the probability of the sequence is a product, one factor a flip.",
            "The logarithm turns the product into a sum: one term for each flip.",
            "Each heads adds log(p[0]/q[0]), each tails log(p[1]/q[1]). How often does each come?",
        ),
        shows="Each flip adds its own log ratio, heads up, tails down: this is the walk of the "
        "lesson after five flips.",
        unit="nats",
    ),
    "1.2": Exercise(
        asks="function",
        answer=divergence_by_log_odds,
        inputs=tuple(
            {"heads_p": one, "heads_q": other}
            for one, other in (
                *((0.75, 0.5), (0.5, 0.75), (0.3, 0.6), (0.9, 0.2), (0.4, 0.4), (0.05, 0.5)),
                *((tries.distribution(stream, 3)[:2]) for _ in range(8)),
            )
        ),
        mistakes={
            DIRECTION: lambda heads_p, heads_q: divergence_by_log_odds(heads_q, heads_p),
            "this is the mean of the two terms: KL is their sum": lambda heads_p, heads_q: (
                divergence_by_log_odds(heads_p, heads_q) / 2
            ),
            "this is the term of heads alone: tails have one too": of_coins(
                lambda p, q: terms(p, q)[0]
            ),
            "this is the term of tails alone: heads have one too": of_coins(
                lambda p, q: terms(p, q)[1]
            ),
            "a minus stands between the two terms: KL is their sum": of_coins(
                lambda p, q: terms(p, q)[0] - terms(p, q)[1]
            ),
            "the log ratios are added without weights: p weighs each of them": of_coins(
                weighed(lambda a, b: 1, lambda a, b: math.log(a / b))
            ),
            "q weighs the terms here: the truth p has to": of_coins(
                weighed(lambda a, b: b, lambda a, b: math.log(a / b))
            ),
            "this is −Σ p log q: −Σ p log p is still to be subtracted": of_coins(cross_entropy),
            "this is −Σ p log p: q does not appear in it": of_coins(lambda p, q: entropy(p)),
            "this is Σ p log p − Σ q log q: in KL the truth p weighs both logarithms": of_coins(
                lambda p, q: entropy(q) - entropy(p)
            ),
            "abs is taken of each term: one of them is negative, and stays so": of_coins(
                lambda p, q: math.fsum(map(abs, terms(p, q)))
            ),
        },
        hints=(
            "KL(P‖Q) = Σ p log(p/q): one term for heads and one for tails. How probable are tails?",
            "With arrays p = [heads, tails] and q likewise, p * np.log(p / q) holds both terms.",
            "One term is negative, and stays so. np.sum adds them.",
        ),
        shows="This is the mean gain per flip when P is flipped: the slope of the walk.",
        unit="nats",
    ),
    "1.3": Exercise(
        answer=of_counts(
            lambda p, q, observed: [kl_divergence(observed, q), kl_divergence(observed, p)]
        ),
        inputs=({"p": [0.75, 0.25], "q": [0.5, 0.5], "counts": [13, 7]},),
        mistakes={name: of_counts(measure) for name, measure in MISTAKES_OF_THE_SPLIT.items()}
        | {
            "the counts stand in the formula as they are: divide them by their sum first": (
                lambda p, q, counts: [kl_divergence(counts, q), kl_divergence(counts, p)]
            ),
        },
        hints=(
            "p̂ is the counts over their sum. It takes the place of the truth in both terms.",
            "Each term is a KL divergence: what was seen first, then one of the two coins.",
            "kl_divergence takes the truth first, the belief second. Which coin is the belief in "
            "each term?",
        ),
        shows="Their difference is the log ratio per flip, with no error at any n; the second "
        "vanishes as p̂ comes to P, and KL(P‖Q) is left.",
        unit="nats",
    ),
    "1.4": Exercise(
        answer=when_either_is_flipped(at_the_price(math.log(99))),
        inputs=({"p": [0.5, 0.5], "q": [0.6, 0.4]},),
        mistakes={
            "both take KL(P‖Q): when Q is flipped, Q is the truth": lambda p, q: (
                [at_the_price(math.log(99))(p, q)] * 2
            ),
            "both take KL(Q‖P): when P is flipped, P is the truth": lambda p, q: (
                [at_the_price(math.log(99))(q, p)] * 2
            ),
            "the odds are taken with log10, KL with log: use one logarithm for both": (
                when_either_is_flipped(at_the_price(math.log10(99)))
            ),
            "the odds are taken with log2, KL with log: use one logarithm for both": (
                when_either_is_flipped(at_the_price(math.log2(99)))
            ),
            "the odds are taken with log, KL in bits: use one logarithm for both": (
                when_either_is_flipped(at_the_price(math.log(99) * math.log(2)))
            ),
            "the odds are divided by KL without their logarithm": when_either_is_flipped(
                at_the_price(99)
            ),
            "these are turned over: divide the logarithm of the odds by KL": (
                when_either_is_flipped(lambda p, q: kl_divergence(p, q) / math.log(99))
            ),
            "KL and the logarithm of the odds are multiplied: how often does KL go into it?": (
                when_either_is_flipped(lambda p, q: kl_divergence(p, q) * math.log(99))
            ),
            "these are the two KL, what one flip adds: how many flips reach the goal?": (
                when_either_is_flipped(kl_divergence)
            ),
            "odds of 100 were taken: 99 to 1 is 99": when_either_is_flipped(
                at_the_price(math.log(100))
            ),
            "odds of 98 were taken: 99 to 1 is 99": when_either_is_flipped(
                at_the_price(math.log(98))
            ),
            "0.99 is the probability; the odds are 0.99/0.01": when_either_is_flipped(
                at_the_price(math.log(0.99))
            ),
        },
        hints=(
            "The walk starts at 0 and has to reach the logarithm of the odds.",
            "On average it climbs by a KL divergence with each flip. Which coin is the truth when "
            "P is flipped, and which when Q is?",
            "Divide np.log(99) by what one flip adds: once with p first, once with q first.",
        ),
        shows="The larger KL is, the sooner the flips tell: log(odds)/KL. The biased coin gives "
        "itself away a little later than the fair one.",
        tolerance=2e-4,  # whole flips, and odds of 100, lie close by
    ),
    "1.5": Exercise(
        answer=at_the_price(math.log(9990)),  # odds of 1 to 10 have to become 999 to 1
        inputs=({"p": [0.8, 0.2], "q": [0.6, 0.4]},),
        mistakes={
            "this takes KL(Q‖P): the truth comes first": lambda p, q: at_the_price(math.log(9990))(
                q, p
            ),
            "the odds before the first throw are left out: the walk starts below 0": (
                at_the_price(math.log(999))
            ),
            "the odds before the first throw speak against P: the way is longer, not shorter": (
                at_the_price(math.log(99.9))
            ),
            "odds of 1000 were taken: 999 to 1 is 999": at_the_price(math.log(10_000)),
            "odds of 99 were taken, as in 1.4: here they are 999": at_the_price(math.log(990)),
            "0.999 is the probability; the odds are 0.999/0.001": at_the_price(math.log(0.999)),
            "the odds are taken with log10, KL with log: use one logarithm for both": (
                at_the_price(math.log10(9990))
            ),
            "the odds are taken with log2, KL with log: use one logarithm for both": (
                at_the_price(math.log2(9990))
            ),
            "the odds are taken with log, KL in bits: use one logarithm for both": (
                at_the_price(math.log(9990) * math.log(2))
            ),
            "the odds are divided by KL without their logarithm": at_the_price(9990),
            "this is KL alone, what one throw adds: how many throws reach the goal?": kl_divergence,
            "this is the way to go, in nats: divide it by what one throw adds": (
                lambda p, q: math.log(9990)
            ),
            "Σ p log p − Σ q log q was taken for KL: p weighs both logarithms": lambda p, q: (
                math.log(9990) / (entropy(q) - entropy(p))
            ),
        },
        hints=(
            "It is the question of 1.4 with other odds, and another start: log(1/10), below 0.",
            "From log(1/10) up to log 999: how long is the way, in nats?",
            "Divide that way by what one throw adds, KL with the pin as it is first.",
        ),
        shows="What was believed before shifts the start of the walk, not its slope: here it costs "
        "some 25 throws more.",
        tolerance=5e-5,  # odds of 1000 lie close by
    ),
    "1.6": Exercise(
        asks="function",
        answer=kl_divergence,
        inputs=tuple(
            {"p": p, "q": q}
            for p, q in (
                ([0.5, 0.3, 0.2], [0.25, 0.25, 0.5]),
                ([0.1, 0.2, 0.3, 0.4], [0.4, 0.1, 0.3, 0.2]),
                ([0.5, 0.5, 0.0], [0.25, 0.25, 0.5]),
                ([0.5, 0.5, 0.0], [0.25, 0.75, 0.0]),
                ([0.5, 0.5], [1.0, 0.0]),
                ([0.0, 1.0, 0.0], [0.0, 1.0, 0.0]),
                ([0.0, 1.0, 0.0], [0.2, 0.3, 0.5]),
                ([0.2, 0.3, 0.5], [0.0, 1.0, 0.0]),
                ([1.0], [1.0]),
                ([1 - 1e-12, 1e-12], [1.0, 0.0]),  # small, and not 0
                ([0.5, 0.5], [1 - 1e-12, 1e-12]),
                *(
                    (tries.distribution(stream, size), tries.distribution(stream, size))
                    for size in (2, 3, 6, 26)
                ),
            )
        ),
        mistakes={
            DIRECTION: (lambda p, q: kl_divergence(q, p), other_direction_where_p_is_above_0),
            "the log ratios are added without weights: p weighs each of them": weighed(
                lambda a, b: 1, lambda a, b: math.log(a / b)
            ),
            "this is the mean of the terms: KL is their sum": lambda p, q: mean(terms(p, q)),
            "this is −Σ p log q: −Σ p log p is still to be subtracted": cross_entropy,
            "this is Σ p log p − Σ q log q: in KL the truth p weighs both logarithms": (
                lambda p, q: entropy(q) - entropy(p)
            ),
            "abs is taken of each term: some terms are negative, and stay so": lambda p, q: (
                math.fsum(map(abs, terms(p, q)))
            ),
            "q weighs the terms here: the truth p has to": weighed(
                lambda a, b: b, lambda a, b: math.log(a / b)
            ),
            "an epsilon took the place of 0: where p > 0 = q the answer is ∞": with_each_epsilon(
                with_epsilon, with_epsilon_below, clipped
            ),
            "small probabilities were taken for 0: only 0 itself counts as 0": tuple(
                lambda p, q, least=least: kl_divergence([a * (a > least) for a in p], q)
                for least in (1e-12, 1e-10, 1e-9, 1e-8, 1e-6)
            ),
            "the faces with q = 0 are left out: where p is above 0 there, the answer is ∞": (
                lambda p, q: math.fsum(
                    a * math.log(a / b) for a, b in zip(p, q, strict=True) if a > 0 and b > 0
                )
            ),
        },
        hints=(
            "Start with np.sum(p * np.log(p / q)), and see where it gives nan.",
            "A mask picks entries: seen = p > 0, then p[seen] and q[seen].",
            "Before the sum, look for an outcome with p > 0 and q == 0, with np.any.",
        ),
        shows="Both rules come from the definition: what never happens costs nothing, and what "
        "was called impossible costs infinitely much. No epsilon is needed.",
        unit="nats",
    ),
    "1.7": Exercise(
        asks="prediction",
        answer="c",
        choices={
            "a": "the sum does, but it is divided by the number of flips. What does a mean do?",
            "b": "at first it does, and then? In a mean of many flips chance has little room left",
        },
        hints=(
            "Each flip adds one of two numbers. What becomes of the mean of many of them?",
            "Think of the share of heads among more and more flips.",
        ),
        shows="The law of large numbers at work: run the next cell to see where it settles.",
    ),
    "1.8": Exercise(
        asks="prediction",
        answer="c",
        choices={
            "a": "the flips come from Q now, and speak for it. Which way does log P/Q go then?",
            "b": "down, yes. But as steeply? Look at what heads add and what tails add, and how "
            "often each comes under Q",
            "d": "down, yes. But nearly all flips are heads now. How much does each heads say?",
        },
        hints=(
            "Positive steps speak for P, negative ones for Q. Which coin do these flips come from?",
            "Each heads adds −0.588, each tails +1.609. How often does each come under Q?",
        ),
        shows="Heads come nine times out of ten, but each says little against P, and the rare "
        "tails take some of it back. Run the next cell to see the slope.",
    ),
    "1.9": Exercise(
        asks="choice",
        answer="b",
        choices={
            "a": "that ∞ belongs to flips of the fair coin, whose first tails settles all. Here "
            "the coin with two heads is flipped",
            "c": "the fair coin can show it, with probability 1/2 at each flip: less and less "
            "likely. So each heads says something",
            "d": "it is the other way: before the first tails nothing is certain, and this coin "
            "never shows one",
        },
        hints=(
            "The truth is the coin that is flipped: it stands first. Which KL is that?",
            "What does one heads add to log of P(heads)/Q(heads), with P the coin of two heads?",
        ),
        shows="KL(two heads‖fair) is log 2: each heads halves the doubt, and some is always left.",
    ),
    "1.10": Exercise(
        asks="prediction",
        answer="b",
        choices={
            "a": "that is much too often: the probability falls exponentially with the number of "
            "flips. The next cell counts",
        },
        hints=(
            "Four flips with exactly three heads: four sequences, each of probability 1/16.",
            "With more flips such a share becomes exponentially rarer.",
        ),
        shows="Exponentially rare, and the next cell shows at which rate.",
    ),
}
