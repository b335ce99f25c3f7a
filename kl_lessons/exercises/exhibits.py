"""What the exhibits of lesson 09 are tried on, and their repairs and mistakes, without NumPy."""

import itertools
import math

from kl_lessons.exercises import tries
from kl_lessons.exercises.by_hand import (
    cross_entropy,
    entropy,
    kl_divergence,
    terms,
)
from kl_lessons.exercises.lesson_02 import flat, of_tables, parts_of_js, product
from kl_lessons.exercises.lesson_03 import shares

stream = tries.random(9)
PAIRS = (  # a learner's repair is tried on these: first those that tell the mistakes apart
    {"p": [0.7, 0.3], "q": [0.4, 0.6]},
    {"p": [0.2, 0.5, 0.3], "q": [0.3, 0.3, 0.4]},
    {"p": [0.5, 0.5], "q": [0.5, 0.5]},
    {"p": [1.0, 0.0], "q": [0.7, 0.3]},
    {"p": [0.5, 0.5, 0.0], "q": [0.4, 0.6, 0.0]},
    {"p": [0.5, 0.5], "q": [1.0, 0.0]},
    *(
        {"p": tries.distribution(stream, outcomes), "q": tries.distribution(stream, outcomes)}
        for outcomes in (2, 4, 7, 26)
    ),
)
FLOORS = (0.5, 0.35, 0.1, 0.01, 0.1, 1e-7, 1e-3, 0.2, 1e-3, 1e-7)
LOGS = tuple(
    {"log_q": [math.log(b) if b > 0 else -math.inf for b in pair["q"]], "p": pair["p"]}
    for pair in PAIRS
)
WITH_FLOOR = tuple(pair | {"floor": floor} for pair, floor in zip(PAIRS, FLOORS, strict=True))
BATCHES = (
    {"p": [[0.7, 0.3], [0.5, 0.5]], "q": [[0.4, 0.6], [0.9, 0.1]]},
    {"p": [[0.2, 0.5, 0.3]], "q": [[0.3, 0.3, 0.4]]},
    {"p": [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]], "q": [[0.7, 0.2, 0.1], [0.1, 0.8, 0.1]]},
    {"p": [[0.5, 0.5], [1.0, 0.0], [0.0, 1.0]], "q": [[1.0, 0.0], [1.0, 0.0], [0.5, 0.5]]},
    *(
        {side: [tries.distribution(stream, classes) for _ in range(rows)] for side in "pq"}
        for rows, classes in ((3, 4), (5, 2), (4, 10))
    ),
)


SAMPLES = (
    {"x": [0.2, 1.5, 0.7, 1.1], "y": [1.4, 0.3, 1.8, 1.2], "edges": [0, 1, 2]},
    {"x": [2.5, 0.5, 1.5, 0.9, 0.1], "y": [2.2, 1.1, 0.4], "edges": [0, 1, 2, 3]},
    {"x": [0.5, 0.7], "y": [1.5, 1.2], "edges": [0, 1, 2]},
    *(
        {
            "x": (3 * stream.random_sample(size)).tolist(),
            "y": (3 * stream.random_sample(size + 5) ** 0.5).tolist(),
            "edges": [0, 1, 2, 3],
        }
        for size in (40, 80)
    ),
)
COUNTS = (
    {"x": [0.4, 0.9, 0.2], "y": [0.5, 0.8, 0.12]},
    {"x": [3, 1], "y": [10, 30]},
    {"x": [5, 0, 3], "y": [1, 1, 1]},
    {"x": [1, 1], "y": [4, 0]},
    *({side: (9 * stream.random_sample(bins) + 1).tolist() for side in "xy"} for bins in (2, 4, 9)),
)
SCORES = (
    {"scores": [-2.85, 0.86, 0.28], "true": 2},
    {"scores": [0.0, 0.0], "true": 0},
    {"scores": [9.0, 0.0, 0.0, 0.0], "true": 0},
    {"scores": [1000.0, 0.0], "true": 0},
    {"scores": [1000.0, 0.0], "true": 1},
    *({"scores": tries.scores(stream, classes), "true": 1} for classes in (2, 5, 10)),
)
BASES = (
    {"q": [0.5, 0.25], "base": 2},
    {"q": [0.5, 0.25, 0.1], "base": 10},
    {"q": [0.3, 0.7], "base": math.e},
    {"q": [1.0, 0.0], "base": 2},
    *({"q": tries.distribution(stream, 4), "base": base} for base in (2, 3, math.e, 10)),
)
PAGES = (
    {"losses": [1.0, 3.0], "lengths": [10, 10]},
    {"losses": [1.0, 3.0], "lengths": [30, 10]},
    {"losses": [2.0, 2.0, 2.0], "lengths": [5, 1, 9]},
    {"losses": [0.0, 0.7], "lengths": [100, 1]},
    *(
        {
            "losses": (4 * stream.random_sample(pages)).tolist(),
            "lengths": stream.randint(1, 500, pages).tolist(),
        }
        for pages in (2, 5, 12)
    ),
)
TABLES = (
    {"counts": [[30, 10], [20, 40]]},
    {"counts": [[8, 4], [2, 1]]},
    {"counts": [[5, 0], [0, 15]]},
    {"counts": [[3, 1, 0], [2, 7, 4]]},
    *(
        {"counts": stream.randint(1, 60, (rows, columns)).tolist()}
        for rows, columns in ((2, 3), (4, 4), (3, 6))
    ),
)


def of_logs(term):
    """Σ term(p, log q) over the outcomes that P shows."""
    return lambda log_q, p: math.fsum(term(a, b) for a, b in zip(p, log_q, strict=True) if a > 0)


def of_bins(measure):
    """The measure of two samples' shares in bins."""

    def compute(x, y, edges):
        return measure(shares(counts(x, edges)), shares(counts(y, edges)))

    return compute


def counts(sample, edges):
    """How many of the sample lie between each two neighbouring edges."""
    return [sum(low <= one < high for one in sample) for low, high in itertools.pairwise(edges)]


def in_bits(measure):
    return lambda *arguments: measure(*arguments) / math.log(2)


def sample_by_sample(x, y, edges):
    """Σ x log₂(x/y): the samples in the place of probabilities."""
    return math.fsum(a * math.log2(a / b) for a, b in zip(sorted(x), sorted(y), strict=True))


def with_added_count(x, y, edges):
    """KL of the shares after one more count in every bin."""
    return in_bits(kl_divergence)(
        *(shares([count + 1 for count in counts(sample, edges)]) for sample in (x, y))
    )


def floored(p, q, floor):
    """KL(P‖Q'), Q' being Q raised to the floor and divided by its new sum."""
    raised = [max(b, floor) for b in q]
    return cross_entropy(p, raised) - entropy(p) + math.log(math.fsum(raised))


def of_shares(x, y):
    return kl_divergence(shares(x), shares(y))


def as_given(x, y):
    """Σ x log(x/y) of numbers that do not sum to 1."""
    return math.fsum(terms(x, y))


def of_batch(gather, measure=kl_divergence):
    """gather(measure of each pair of rows)."""
    return lambda p, q: gather([measure(a, b) for a, b in zip(p, q, strict=True)])


def of_class(compute):
    """compute(scores, one-hot label)."""
    return lambda scores, true: compute(scores, tries.one_hot(len(scores), true))


def in_logs_to(other):
    """−log q of each q to a base of its own, whatever base is asked."""
    return lambda q, base: surprises(q, other)


def surprises(q, base):
    return [-math.log(b, base) if b > 0 else math.inf for b in q]


def mean_loss(losses, lengths):
    """The mean over all letters, a page's loss counted as often as it has letters."""
    return math.fsum(a * n for a, n in zip(losses, lengths, strict=True)) / math.fsum(lengths)


def jensen_shannon(p, q):
    return parts_of_js(p, q)[-1]


def table(cells):
    """The table of counts as a joint distribution."""
    total = math.fsum(flat(cells))
    return [[cell / total for cell in row] for row in cells]


def of_counts(measure):
    """measure(joint, product of its marginals), both flat, of a table of counts."""
    return lambda counts: of_tables(measure)(table(counts))


def with_even_marginals(counts):
    joint = flat(table(counts))
    return kl_divergence(joint, [1 / len(joint)] * len(joint))


def of_raw_counts(counts):
    """Σ n log(n / (row·column)), the counts never divided by their sum."""
    return math.fsum(terms(flat(counts), product(counts)))
