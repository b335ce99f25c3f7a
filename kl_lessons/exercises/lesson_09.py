"""The exercises of lesson 09: thirteen exhibits, each to be repaired by a function."""

import math

from kl_lessons.exercises import exhibits
from kl_lessons.exercises.by_hand import (
    cross_entropy,
    entropy,
    kl_divergence,
    loss,
    mean,
    softmax,
    terms,
    with_each_epsilon,
)
from kl_lessons.exercises.exercise import Exercise
from kl_lessons.exercises.lesson_01 import clipped, with_epsilon, with_epsilon_below
from kl_lessons.exercises.lesson_02 import middle

VALUES: dict = {}
EPSILON = "an epsilon or a floor is left: KL is no longer a function of P and Q alone"

EXERCISES = {
    "9.1": Exercise(
        asks="function",
        answer=cross_entropy,
        inputs=exhibits.PAIRS,
        mistakes={
            "this is H(Q,P): the least over Q is not at Q = P": lambda p, q: cross_entropy(q, p),
            "this is H(P): it does not change with Q": lambda p, q: entropy(p),
            "this is KL(P‖Q): where Q is P, a cross-entropy is H(P), not 0": kl_divergence,
            "q weighs its own logarithms, H(Q): the truth p is not used": lambda p, q: entropy(q),
        },
        hints=(
            "Surprises are of the belief Q. Who weighs them?",
            "An outcome with p = 0 costs nothing, whatever q says: leave it out.",
            "With seen = p > 0: sum p[seen] times −log q[seen].",
        ),
        shows="Exchanging the arguments exchanges truth and belief; only with the truth first is "
        "the cost least where Q is P.",
        unit="nats",
    ),
    "9.2": Exercise(
        asks="function",
        answer=exhibits.of_logs(lambda a, log_b: a * (math.log(a) - log_b)),
        inputs=exhibits.LOGS,
        mistakes={
            "log_q is used as if it were a probability: where Q is P, KL has to be 0": (
                exhibits.of_logs(lambda a, log_b: a * (math.log(a) - math.exp(log_b)))
            ),
            "this is the cross-entropy: where Q is P, KL has to be 0": exhibits.of_logs(
                lambda a, log_b: -a * log_b
            ),
            "this is the mean over the outcomes: KL is their sum": lambda log_q, p: (
                exhibits.of_logs(lambda a, log_b: a * (math.log(a) - log_b))(log_q, p) / len(p)
            ),
            "q weighs the terms, and p does not: this is not KL(P‖Q)": exhibits.of_logs(
                lambda a, log_b: math.exp(log_b) * (math.log(a) - log_b)
            ),
        },
        hints=(
            "log q is given. Which of the two arguments still needs a logarithm?",
            "log(p/q) is log p − log q.",
            "Over the outcomes with p > 0: sum p · (log p − log_q).",
        ),
        shows="A call that wants logarithms gives a number for probabilities too, and the test "
        "KL(P‖P) = 0 finds it out.",
        unit="nats",
    ),
    "9.3": Exercise(
        asks="function",
        answer=exhibits.of_bins(exhibits.in_bits(kl_divergence)),
        inputs=exhibits.SAMPLES,
        mistakes={
            "the samples themselves stand in the place of probabilities": exhibits.sample_by_sample,
            "the truth x comes second here": exhibits.of_bins(
                exhibits.in_bits(lambda p, q: kl_divergence(q, p))
            ),
            "the counts are not divided by their sum": lambda x, y, edges: exhibits.in_bits(
                exhibits.as_given
            )(exhibits.counts(x, edges), exhibits.counts(y, edges)),
            "one was added to each count: an empty bin of y has to give ∞": (
                exhibits.with_added_count
            ),
        },
        hints=(
            "Probabilities are shares. Of what, in a sample?",
            "np.histogram(x, edges)[0] counts the samples between the edges.",
            "Divide the counts of each sample by their sum. Then sum p log2(p/q) where p > 0.",
        ),
        shows="A sample is not a distribution; its shares in bins are one, and the order of the "
        "sample no longer matters.",
        unit="bits",
    ),
    "9.4": Exercise(
        asks="function",
        answer=kl_divergence,
        inputs=exhibits.PAIRS,
        mistakes={
            EPSILON: with_each_epsilon(with_epsilon, with_epsilon_below, clipped),
            "this is KL(Q‖P): the truth comes first": lambda p, q: kl_divergence(q, p),
            "this is the cross-entropy: where Q is P, KL has to be 0": cross_entropy,
        },
        hints=(
            "Which outcomes made the epsilon seem needed?",
            "Where p = 0 the term is 0 by definition: leave these outcomes out, and add nothing.",
            "With seen = p > 0: sum p[seen] · (log p[seen] − log q[seen]); ∞ may come out.",
        ),
        shows="Leaving out what P never shows is exact: KL is never above the cross-entropy, and ∞ "
        "stays ∞.",
        unit="nats",
    ),
    "9.5": Exercise(
        asks="function",
        answer=exhibits.floored,
        inputs=exhibits.WITH_FLOOR,
        mistakes={
            "the raised q no longer sums to 1: KL may come out below 0": lambda p, q, floor: (
                kl_divergence(p, [max(b, floor) for b in q])
            ),
            "there is no floor here: a q of 0 still gives ∞": lambda p, q, floor: kl_divergence(
                p, q
            ),
            "p is raised too: the truth has to stay as it is": lambda p, q, floor: kl_divergence(
                *(exhibits.shares([max(a, floor) for a in side]) for side in (p, q))
            ),
        },
        hints=(
            "What does q sum to after some of its entries were raised?",
            "np.maximum(q, floor) raises. What makes a distribution of the result?",
            "Divide the raised q by its sum; then take KL where p > 0.",
        ),
        shows="A floor on Q is a choice of another Q. Divided by its sum it is a distribution, and "
        "Gibbs' inequality holds again.",
        unit="nats",
    ),
    "9.6": Exercise(
        asks="function",
        answer=terms,
        inputs=exhibits.PAIRS,
        mistakes={
            "these are p log(q/p): their sum is −KL": lambda p, q: [-t for t in terms(p, q)],
            "each term has lost its sign: their sum is no longer KL": lambda p, q: [
                abs(t) for t in terms(p, q)
            ],
            "these are q log(q/p): the truth comes first": lambda p, q: terms(q, p),
            "this is their sum: one term for each outcome is asked": kl_divergence,
        },
        hints=(
            "KL is a sum of terms p log(p/q), and some are below 0.",
            "Start with zeros: out = np.zeros(len(p)). Which places need a logarithm?",
            "With seen = p > 0: out[seen] = p[seen] · (log p[seen] − log q[seen]).",
        ),
        shows="With the terms in sight a wrong sign is seen; abs and nansum would have hidden it.",
        unit="nats",
    ),
    "9.7": Exercise(
        asks="function",
        answer=exhibits.of_shares,
        inputs=exhibits.COUNTS,
        mistakes={
            "x and y are used as given: they do not sum to 1": exhibits.as_given,
            "Σy − Σx was added: no call that does so is the KL of two distributions": (
                lambda x, y: exhibits.as_given(x, y) + math.fsum(y) - math.fsum(x)
            ),
            "only x was divided by its sum": lambda x, y: math.fsum(terms(exhibits.shares(x), y)),
            "only y was divided by its sum": lambda x, y: math.fsum(terms(x, exhibits.shares(y))),
            "both were divided by the sum of x: y has its own": lambda x, y: (
                exhibits.as_given(x, y) / math.fsum(x)
            ),
        },
        hints=(
            "KL compares two distributions. What do x and y sum to?",
            "Ten times the counts are the same shares: the answer may not change.",
            "p = x / x.sum(), q = y / y.sum(); then KL where p > 0.",
        ),
        shows="Whoever divides by the sums says so: the answer then depends on the shares alone.",
        unit="nats",
    ),
    "9.8": Exercise(
        asks="function",
        answer=exhibits.of_batch(mean),
        inputs=exhibits.BATCHES,
        mistakes={
            "the mean is over all entries: it is too small by the number of classes": (
                lambda p, q: exhibits.of_batch(mean)(p, q) / len(p[0])
            ),
            "this is the sum over the examples: it grows with the batch": exhibits.of_batch(
                math.fsum
            ),
            "one number for each example stands here: take their mean": exhibits.of_batch(list),
            "this is the mean of KL(Q‖P): the truth comes first": exhibits.of_batch(
                mean, lambda a, b: kl_divergence(b, a)
            ),
            "this is the mean cross-entropy: where Q is P, KL has to be 0": exhibits.of_batch(
                mean, cross_entropy
            ),
        },
        hints=(
            "Each row is an example. How many examples are there, and how many entries?",
            "A row's KL is a sum over its classes; the mean is over the rows.",
            "Sum the terms with p > 0, and divide by len(p).",
        ),
        shows="Sum over classes, mean over examples: the same batch twice gives the same number.",
        unit="nats",
    ),
    "9.9": Exercise(
        asks="function",
        answer=exhibits.of_class(loss),
        inputs=exhibits.SCORES,
        mistakes={
            "softmax was taken twice: a sure and right answer does not reach 0": exhibits.of_class(
                lambda scores, label: loss(softmax(scores), label)
            ),
            "no softmax at all: one number added to all scores changes the answer": (
                lambda scores, true: -scores[true]
            ),
        },
        hints=(
            "Scores become probabilities once. How often does it happen above?",
            "exp(1000) overflows. The softmax of scores less their largest is the same.",
            "With z = scores − scores.max(): log Σ exp(z) − z[true].",
        ),
        shows="One softmax: the loss of a sure and right answer goes to 0, and scores of 1000 "
        "pass.",
        unit="nats",
    ),
    "9.10": Exercise(
        asks="function",
        answer=exhibits.surprises,
        inputs=exhibits.BASES,
        mistakes={
            "these are nats, whatever base is asked": exhibits.in_logs_to(math.e),
            "these are bits, whatever base is asked": exhibits.in_logs_to(2),
            "this is log10, whatever base is asked": exhibits.in_logs_to(10),
            "multiplied by log(base): there are fewer nats than bits": lambda q, base: [
                surprise * math.log(base) ** 2 for surprise in exhibits.surprises(q, base)
            ],
        },
        hints=(
            "The logarithm to another base is np.log divided by one number.",
            "For base 2, q = 0.5 is one bit: −log 0.5 is 0.693 nats. What is 0.693 divided by?",
            "Divide −np.log(q) by np.log(base).",
        ),
        shows="A base is a unit: one factor for every number, so state it beside each.",
    ),
    "9.11": Exercise(
        asks="function",
        answer=lambda losses, lengths: math.exp(exhibits.mean_loss(losses, lengths)),
        inputs=exhibits.PAGES,
        mistakes={
            "this is a mean of exps: the mean of the losses comes first, then exp": (
                lambda losses, lengths: exhibits.mean_loss(
                    [math.exp(one) for one in losses], lengths
                ),
                lambda losses, lengths: mean([math.exp(one) for one in losses]),
            ),
            "each page counts the same: the cut into pages changes the answer": (
                lambda losses, lengths: math.exp(mean(losses))
            ),
            "this is the mean loss: its exp is the perplexity": exhibits.mean_loss,
            "nats need exp: 2 to the power is for bits": lambda losses, lengths: (
                2 ** exhibits.mean_loss(losses, lengths)
            ),
        },
        hints=(
            "Perplexity is one exp, of the mean loss per letter.",
            "A page of 300 letters holds 300 losses: its mean counts 300 times.",
            "exp of np.sum(losses · lengths) / np.sum(lengths).",
        ),
        shows="However the text is cut into pages, the perplexity is the same.",
    ),
    "9.12": Exercise(
        asks="function",
        answer=exhibits.jensen_shannon,
        inputs=exhibits.PAIRS,
        mistakes={
            "this is the distance, its root: the mean of two KL is asked": lambda p, q: math.sqrt(
                exhibits.jensen_shannon(p, q)
            ),
            "this is the sum of both parts: take half of each, or it may exceed log 2": (
                lambda p, q: 2 * exhibits.jensen_shannon(p, q)
            ),
            "this is KL(P‖M) alone: exchanged, P and Q give another number": lambda p, q: (
                kl_divergence(p, middle(p, q))
            ),
            "this is the mean of KL(P‖Q) and KL(Q‖P): it has no upper bound": lambda p, q: (
                (kl_divergence(p, q) + kl_divergence(q, p)) / 2
            ),
        },
        hints=(
            "M = (P + Q)/2 stands in the middle.",
            "The divergence is the mean of KL(P‖M) and KL(Q‖M).",
            "Take each KL where its own truth is above 0; add; halve. No root.",
        ),
        shows="KL(P‖M) and KL(Q‖M) are at most log 2 nats, and so is their mean, the "
        "divergence; its root is a distance.",
        unit="nats",
    ),
    "9.13": Exercise(
        asks="function",
        answer=exhibits.of_counts(kl_divergence),
        inputs=exhibits.TABLES,
        mistakes={
            "the marginals are even ones, not those of the table": exhibits.with_even_marginals,
            "the counts are not divided by their sum": exhibits.of_raw_counts,
            "this is KL(product‖joint): the joint comes first": exhibits.of_counts(
                lambda joint, product: kl_divergence(product, joint)
            ),
            "this is the entropy of the joint: a table of independent things has to give 0": (
                exhibits.of_counts(lambda joint, product: entropy(joint))
            ),
        },
        hints=(
            "The marginals of a joint are its own sums, along its rows and its columns.",
            "joint = counts / counts.sum(); sums with axis=1 and axis=0 are the marginals.",
            "np.outer of the two is Q. Sum joint · log(joint / Q) where joint > 0.",
        ),
        shows="With its own marginals a table of independent things has information 0, and none is "
        "below 0.",
        unit="nats",
    ),
}
