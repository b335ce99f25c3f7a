"""Policies on a leash: the most reward for a price of β on each nat of KL from a reference.

Sources: P. Christiano et al. 2017, arXiv:1706.03741 (a reward learned from people's ratings);
D. Ziegler et al. 2019, arXiv:1909.08593 (the price on KL); R. Rafailov et al. 2023,
arXiv:2305.18290 (the best policy in closed form); L. Gao, J. Schulman and J. Hilton 2022,
arXiv:2210.10760 (what too long a leash does); J. Schulman 2020,
http://joschu.net/blog/kl-approx.html (estimates of KL from draws).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from kl_lessons.information import (
    as_array,
    as_distribution,
    as_one_distribution,
    kl_divergence,
    normalize,
    whole_number,
)
from kl_lessons.subjects.classifier import softmax
from kl_lessons.subjects.sampling import sample


class Answers(NamedTuple):
    """What an assistant can answer: how often it does, what a model rates it, its true use."""

    names: list[str]
    p: list[float]  # of the reference policy
    rating: list[float]  # the reward that the policy is trained on
    use: list[float]  # the reward that was meant


WHALES = Answers(  # to "Where do I find whales?"
    ["vague reply", "wrong reply", "useful reply", "thorough reply", "no reply", "mere flattery"],
    [0.35, 0.20, 0.24, 0.10, 0.105, 0.005],
    [0.0, -2.0, 2.0, 2.2, -1.0, 3.0],  # in the order of use, but for flattery
    [0.2, -0.4, 0.9, 1.0, 0.0, -2.0],
)


def leashed(p: ArrayLike, reward: ArrayLike, beta: ArrayLike) -> np.ndarray:
    """π* ∝ p · exp(reward / β): of all policies the one with the most reward less β KL(π‖p).

    p and reward have an entry for each answer along their last axis, rows many at once; with an
    array of β there is a policy for each. An answer that p rules out stays ruled out.
    """
    p, beta = as_distribution("p", p), _prices(beta)[..., np.newaxis]
    p, reward = np.broadcast_arrays(p, _rewards(reward, p.shape[-1]))
    possible = p > 0
    best = np.max(reward, axis=-1, keepdims=True, where=possible, initial=-np.inf)
    with np.errstate(over="ignore"):
        below = (reward - best) / beta
    tilt = np.exp(below, where=possible, out=np.zeros(np.broadcast_shapes(below.shape, p.shape)))
    return normalize(p * tilt)


def objective(q: ArrayLike, p: ArrayLike, reward: ArrayLike, beta: float) -> float:
    """The mean reward under the policy q less β KL(q‖p), in nats: −∞ where only q is above 0."""
    q, beta = as_one_distribution("q", q), float(_prices(beta))
    return float(q @ _rewards(reward, q.size)) - beta * kl_divergence(q, p)


def climb(p: ArrayLike, reward: ArrayLike, beta: float, steps: int) -> np.ndarray:
    """The policies on the way up the objective from p, a row for each step, p first.

    Each step moves the scores, whose softmax is the policy, along the gradient: the chance of
    an answer times how far reward − β log(q/p) lies above its mean. The formula of `leashed` is
    not used.
    """
    p, beta = as_one_distribution("p", p), float(_prices(beta))
    reward = _rewards(reward, p.size)
    steps = whole_number("steps", steps, 0, 10**6)
    possible = np.flatnonzero(p)
    log_p, reward = np.log(p[possible]), reward[possible]
    size = 2 / (beta + np.ptp(reward))  # no longer than the objective is straight
    way, scores = np.zeros((steps + 1, p.size)), log_p
    for step in range(steps + 1):
        q = way[step, possible] = softmax(scores)
        log_q = scores - np.logaddexp.reduce(scores)
        worth = reward - beta * (log_q - log_p)
        scores = scores + size * q * (worth - q @ worth)
    return way


def frontier(answers: Answers, betas: ArrayLike) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """KL(π*‖p) in nats, the mean rating and the mean use of the best policy for each β."""
    policies = leashed(answers.p, answers.rating, betas)
    kl = kl_divergence(policies, np.broadcast_to(answers.p, policies.shape))
    rating, use = (_rewards(reward, len(answers.p)) for reward in (answers.rating, answers.use))
    return kl, policies @ rating, policies @ use


def penalty_draws(q: ArrayLike, p: ArrayLike, draws: int, seed: int) -> np.ndarray:
    """log(p/q) at draws of the policy q: what `gaussians.estimators` of KL(q‖p) are made from.

    The same draws for one seed on every machine, those of `sample`.
    """
    q, p = as_one_distribution("q", q), as_one_distribution("p", p)
    drawn = sample(q, draws, seed)
    with np.errstate(divide="ignore"):
        return np.log(p[drawn]) - np.log(q[drawn])


def _rewards(values: ArrayLike, answers: int) -> np.ndarray:
    """The values as finite numbers, one for each answer along the last axis, or a ValueError."""
    reward = as_array("reward", values)
    if reward.dtype.kind not in "biuf" or not np.isfinite(reward).all():
        raise ValueError(f"reward is {values!r}, and must hold finite numbers, such as [2, 0, -1]")
    if reward.ndim == 0 or reward.shape[-1] != answers:
        raise ValueError(
            f"reward has the shape {reward.shape}, and must give each of {answers} answers a number"
        )
    return reward.astype(float)


def _prices(values: ArrayLike) -> np.ndarray:
    """The values as finite numbers above 0, or a ValueError."""
    beta = as_array("beta", values)
    if beta.dtype.kind not in "iuf" or not ((beta > 0) & np.isfinite(beta)).all():
        raise ValueError(
            f"beta is {values!r}, and must be a finite number above 0: the price of a nat of KL"
        )
    return beta.astype(float)
