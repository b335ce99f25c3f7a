"""The repairs of the museum's exhibits by SciPy: a third source for their answers."""

import math

import numpy as np
import scipy.spatial.distance
import scipy.special
import scipy.stats


def kl(p, q):
    return scipy.special.rel_entr(p, q).sum()


def terms(p, q):
    return scipy.special.rel_entr(p, q)


def of_counts(x, y):
    return scipy.stats.entropy(x, y)


def of_bins(x, y, edges):
    return scipy.stats.entropy(np.histogram(x, edges)[0], np.histogram(y, edges)[0], base=2)


def above_a_floor(p, q, floor):
    return scipy.stats.entropy(p, np.maximum(q, floor))


def surprise_to_base(q, base):
    with np.errstate(divide="ignore"):
        return np.log2(q) / -math.log2(base)


def perplexity(losses, lengths):
    return math.exp(np.average(losses, weights=lengths))


def information(counts):
    joint = np.array(counts) / np.sum(counts)
    return kl(joint, joint.sum(axis=1, keepdims=True) * joint.sum(axis=0, keepdims=True))


ANSWERS = {
    "9.1": lambda p, q: scipy.stats.entropy(p) + kl(p, q),
    "9.2": lambda log_q, p: kl(p, np.exp(log_q)),
    "9.3": of_bins,
    "9.4": kl,
    "9.5": above_a_floor,
    "9.6": terms,
    "9.7": of_counts,
    "9.8": lambda p, q: np.mean(scipy.stats.entropy(p, q, axis=1)),
    "9.9": lambda scores, true: -scipy.special.log_softmax(scores)[true],
    "9.10": surprise_to_base,
    "9.11": perplexity,
    "9.12": lambda p, q: scipy.spatial.distance.jensenshannon(p, q) ** 2,
    "9.13": information,
}
