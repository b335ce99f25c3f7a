"""The best policy on a leash: its closed form, what the leash costs, and one that is too long."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kl_lessons.information import kl_divergence, normalize
from kl_lessons.subjects import gaussians
from kl_lessons.subjects.policies import (
    WHALES,
    Answers,
    climb,
    frontier,
    leashed,
    objective,
    penalty_draws,
)

REWARDS = st.lists(st.floats(-1000, 1000), min_size=4, max_size=4)
POLICIES = st.lists(st.integers(0, 9), min_size=4, max_size=4).filter(any).map(normalize)
PRICES = st.floats(0.01, 1000)


def most(p, reward, beta):
    """β log Σ p exp(reward/β), with the largest exponent taken out first."""
    parts = [(r / beta, w) for r, w in zip(reward, p, strict=True) if w > 0]
    top = max(r for r, _ in parts)
    return beta * (top + math.log(math.fsum(w * math.exp(r - top) for r, w in parts)))


def test_two_answers_by_hand():
    found = leashed([0.5, 0.5], [math.log(3), 0], 1)
    np.testing.assert_allclose(found, [0.75, 0.25], rtol=1e-15)
    np.testing.assert_allclose(leashed([0.2, 0.8], [math.log(4), 0], 0.5), [0.8, 0.2], rtol=1e-15)
    # 0.75 log 3 − KL((0.75, 0.25)‖(0.5, 0.5)) = log(3/2 + 1/2)
    assert objective(found, [0.5, 0.5], [math.log(3), 0], 1) == pytest.approx(math.log(2))


@pytest.mark.parametrize("beta", [1.0, 2.0, 5.0])
def test_the_closed_form_is_where_a_climb_without_it_ends(beta):
    p, reward = WHALES.p, WHALES.rating
    np.testing.assert_allclose(
        climb(p, reward, beta, 4000)[-1], leashed(p, reward, beta), atol=1e-6
    )


def test_a_climb_starts_from_p_rises_and_leaves_out_what_p_rules_out():
    p, reward = [0.5, 0.0, 0.3, 0.2], [0.0, 9.0, 1.0, 2.0]
    way = climb(p, reward, 0.7, 2000)
    heights = [objective(q, p, reward, 0.7) for q in way]
    assert way.shape == (2001, 4) and (way[:, 1] == 0).all()
    np.testing.assert_allclose(way[0], p, rtol=1e-15)
    assert (np.diff(heights) > -1e-14).all()
    np.testing.assert_allclose(way[-1], leashed(p, reward, 0.7), atol=1e-6)


@given(POLICIES, REWARDS, PRICES)
def test_the_best_objective_is_beta_times_the_log_of_the_mean_of_exp(p, reward, beta):
    found = objective(leashed(p, reward, beta), p, reward, beta)
    assert found == pytest.approx(most(p, reward, beta), rel=1e-9, abs=1e-9)


@given(POLICIES, POLICIES, REWARDS, st.floats(10, 1000))
def test_any_other_policy_falls_short_by_beta_times_its_kl_from_the_best(p, q, reward, beta):
    best = leashed(p, reward, beta)  # above 0 wherever p is, with rewards of at most 100 β
    short = beta * kl_divergence(q, best)
    assert objective(q, p, reward, beta) == pytest.approx(
        most(p, reward, beta) - short, rel=1e-9, abs=1e-9
    )


@given(POLICIES, REWARDS, PRICES, st.floats(-1000, 1000))
def test_a_reward_for_everything_changes_no_policy(p, reward, beta, more):
    same = leashed(p, np.array(reward) + more, beta)
    np.testing.assert_allclose(same, leashed(p, reward, beta), atol=1e-9)


@given(POLICIES, REWARDS, PRICES)
def test_only_the_ratio_of_reward_to_price_matters(p, reward, beta):
    twice = leashed(p, 2 * np.array(reward), 2 * beta)
    np.testing.assert_array_equal(twice, leashed(p, reward, beta))


@given(POLICIES, REWARDS, PRICES)
def test_what_p_rules_out_stays_ruled_out(p, reward, beta):
    assert (leashed(p, reward, beta)[p == 0] == 0).all()


def test_a_policy_that_does_what_p_never_does_is_infinitely_bad():
    assert objective([0.5, 0.5], [1, 0], [0, 1000], 0.1) == -math.inf


def test_a_very_high_price_leaves_p_and_a_very_low_one_the_best_rated():
    np.testing.assert_allclose(leashed(WHALES.p, WHALES.rating, 1e12), WHALES.p, rtol=1e-11)
    np.testing.assert_allclose(leashed(WHALES.p, WHALES.rating, 1e-3), [0, 0, 0, 0, 0, 1])
    both = leashed([0.1, 0.3, 0.6], [1, 1, 0], 1e-3)
    np.testing.assert_allclose(both, [0.25, 0.75, 0])  # two that are rated best share as before


def test_rewards_of_a_thousand_overflow_nothing():
    found = leashed([0.5, 0.5], [1000, 999], 1)
    np.testing.assert_allclose(found, normalize([math.e, 1]))
    np.testing.assert_array_equal(leashed([0.5, 0.5], [1000, -1000], 1), [1, 0])
    np.testing.assert_array_equal(leashed([0.5, 0.5], [-1000, -1000], 1e-320), [0.5, 0.5])
    np.testing.assert_array_equal(leashed([0.5, 0.5, 0], [-1000, -1000, 1000], 1), [0.5, 0.5, 0])


def test_rows_are_policies_and_each_price_has_its_own():
    p = np.array([[0.5, 0.3, 0.2], [0.1, 0.0, 0.9]])
    reward = np.array([[1.0, 0.0, 2.0], [0.0, 5.0, 1.0]])
    rows = leashed(p, reward, 0.5)
    for row, of_p, of_reward in zip(rows, p, reward, strict=True):
        np.testing.assert_array_equal(row, leashed(of_p, of_reward, 0.5))
    for row, beta in zip(leashed(p[0], reward[0], [3.0, 0.1]), [3.0, 0.1], strict=True):
        np.testing.assert_array_equal(row, leashed(p[0], reward[0], beta))
    np.testing.assert_array_equal(leashed(p, reward[0], 0.5)[0], rows[0])
    np.testing.assert_array_equal(leashed(p[0], reward, 0.5)[0], rows[0])
    own = leashed(p, reward, [3.0, 0.1])
    np.testing.assert_array_equal(own[1], leashed(p[1], reward[1], 0.1))


def test_a_higher_price_costs_rating_and_saves_kl():
    kl, rating, _ = frontier(WHALES, 10 ** np.linspace(-1, 3, 200))
    assert (np.diff(kl) < 0).all() and (np.diff(rating) < 0).all()


def test_use_first_rises_then_falls_as_the_leash_gets_longer():
    betas = np.arange(500, 9, -1) / 100
    kl, _, use = frontier(WHALES, betas)
    best = use.argmax()
    assert (np.diff(use[: best + 1]) > 0).all() and (np.diff(use[best:]) < 0).all()
    assert betas[best] == 0.79 and use[best] == pytest.approx(0.752, abs=0.001)
    assert np.dot(WHALES.p, WHALES.use) == pytest.approx(0.296)
    assert use[-1] == pytest.approx(-1.97, abs=0.01) and kl[-1] > 5


def test_the_frontier_is_made_of_the_best_policies():
    kl, rating, use = frontier(WHALES, [0.5, 2.0])
    q = leashed(WHALES.p, WHALES.rating, 2.0)
    assert kl[1] == kl_divergence(q, WHALES.p)
    assert (rating[1], use[1]) == pytest.approx((q @ WHALES.rating, q @ WHALES.use))


def test_the_means_over_draws_of_the_policy_come_to_its_kl_from_the_reference():
    q = leashed(WHALES.p, WHALES.rating, 1.0)
    log_ratio = penalty_draws(q, WHALES.p, 100_000, 1)
    k1, _, k3 = (k.mean() for k in gaussians.estimators(log_ratio))
    kl = kl_divergence(q, WHALES.p)
    assert (k1, k3) == pytest.approx((kl, kl), abs=0.01)
    np.testing.assert_array_equal(log_ratio[:50], penalty_draws(q, WHALES.p, 50, 1))


def test_a_draw_that_p_rules_out_has_a_log_ratio_of_minus_infinity():
    assert (penalty_draws([0, 1], [1, 0], 3, 1) == -math.inf).all()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (([0.5, 0.6], [1, 0], 1), "p sums to 1.1, not 1"),
        (([0.5, 0.5], [1, 0, 2], 1), r"reward has the shape \(3,\), and must give each of 2"),
        (([0.5, 0.5], [1, math.inf], 1), "reward is .*, and must hold finite numbers"),
        (([0.5, 0.5], [1, 0], 0), "beta is 0, and must be a finite number above 0"),
        (([0.5, 0.5], [1, 0], math.inf), "beta is inf, and must be a finite number above 0"),
    ],
)
def test_what_is_no_policy_no_reward_and_no_price_is_refused(arguments, says):
    with pytest.raises(ValueError, match=says):
        leashed(*arguments)
    if says[0] != "p":
        with pytest.raises(ValueError, match=says):
            objective([0.5, 0.5], *arguments)
    with pytest.raises(ValueError, match=says):
        climb(*arguments, 1)


def test_answers_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match="must give each of 2 answers a number"):
        frontier(Answers(["a", "b"], [0.5, 0.5], [0, 1], [0, 1, 2]), [1.0])
