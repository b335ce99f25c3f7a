"""A coin's posterior in closed form, and beliefs about it: log evidence = ELBO + KL.

A belief about the coin is a Beta distribution with whole numbers, so every mean is a finite sum.
"""

import math
from typing import NamedTuple

from kl_lessons.information import whole_number


class Beta(NamedTuple):
    """The belief, begun evenly, of one who has seen heads − 1 heads and tails − 1 tails."""

    heads: int
    tails: int


def log_beta(belief: Beta) -> float:
    """log of ∫ θ^(heads−1) (1−θ)^(tails−1) dθ, the logarithm of the Beta function."""
    heads, tails = (whole_number("count", count, 1, 10**6) for count in belief)
    return math.lgamma(heads) + math.lgamma(tails) - math.lgamma(heads + tails)


def posterior(prior: Beta, heads: int, tails: int) -> Beta:
    """What becomes of the prior after these flips."""
    return Beta(prior.heads + heads, prior.tails + tails)


def log_evidence(prior: Beta, heads: int, tails: int) -> float:
    """log of the probability of one sequence of these flips, over all coins of the prior."""
    return log_beta(posterior(prior, heads, tails)) - log_beta(prior)


def mean_logs(belief: Beta) -> tuple[float, float]:
    """The means of log θ and of log(1 − θ) over the belief."""
    both = belief.heads + belief.tails
    log_heads, log_tails = (-math.fsum(1 / k for k in range(count, both)) for count in belief)
    return log_heads, log_tails


def kl_beta(p: Beta, q: Beta) -> float:
    """KL(P‖Q) of two Beta distributions, in nats."""
    log_heads, log_tails = mean_logs(p)
    apart = (p.heads - q.heads) * log_heads + (p.tails - q.tails) * log_tails
    return max(0.0, log_beta(q) - log_beta(p) + apart)  # rounding alone can be below 0


def elbo(q: Beta, prior: Beta, heads: int, tails: int) -> float:
    """The mean over Q of the flips' log probability, less KL(Q‖prior), in nats."""
    log_heads, log_tails = mean_logs(q)
    return heads * log_heads + tails * log_tails - kl_beta(q, prior)
