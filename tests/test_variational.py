"""A coin's posterior and the ELBO, against integrals and against each other."""

import numpy as np
import pytest
from scipy import stats

from kl_lessons import plots
from kl_lessons.subjects import variational
from kl_lessons.subjects.variational import Beta

PAIRS = [(Beta(4, 4), Beta(9, 5)), (Beta(1, 1), Beta(2, 30)), (Beta(30, 2), Beta(1, 1))]
BELIEFS = [Beta(a, b) for a in (1, 2, 9, 30) for b in (1, 5, 30)]


def mean(belief, of):
    return stats.beta(*belief).expect(of, limit=200)


def test_the_posterior_adds_the_flips_to_the_counts():
    assert variational.posterior(Beta(2, 2), heads=7, tails=3) == Beta(9, 5)


@pytest.mark.parametrize("belief", BELIEFS)
def test_the_means_of_both_logarithms_are_the_integrals(belief):
    found = variational.mean_logs(belief)
    logs = [mean(belief, np.log), mean(belief, lambda coin: np.log1p(-coin))]
    np.testing.assert_allclose(found, logs, rtol=1e-7)


@pytest.mark.parametrize(("p", "q"), PAIRS)
def test_kl_of_two_beliefs_is_the_integral(p, q):
    def ratio(coin):
        return stats.beta(*p).logpdf(coin) - stats.beta(*q).logpdf(coin)

    assert variational.kl_beta(p, q) == pytest.approx(mean(p, ratio), rel=1e-7)


def test_kl_of_a_belief_from_itself_is_zero():
    assert [variational.kl_beta(q, q) for q in BELIEFS] == [0.0] * len(BELIEFS)


@pytest.mark.parametrize("flips", [(0, 0), (3, 1), (7, 3), (0, 20)])
def test_the_evidence_is_the_mean_of_the_likelihood_over_the_prior(flips):
    heads, tails = flips
    likelihood = mean(Beta(2, 2), lambda coin: coin**heads * (1 - coin) ** tails)
    found = variational.log_evidence(Beta(2, 2), heads, tails)
    assert found == pytest.approx(np.log(likelihood), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("q", BELIEFS)
@pytest.mark.parametrize("flips", [(0, 0), (7, 3), (20, 20)])
def test_elbo_and_kl_add_up_to_the_log_evidence(q, flips):
    prior = Beta(2, 2)
    gap = variational.kl_beta(q, variational.posterior(prior, *flips))
    whole = variational.elbo(q, prior, *flips) + gap
    assert whole == pytest.approx(variational.log_evidence(prior, *flips), rel=0, abs=1e-10)


@pytest.mark.parametrize("base", [None, 2])
def test_the_picture_tells_the_same_sum_wherever_its_sliders_stand(base):
    for heads, tails, a, b in np.random.RandomState(7).randint(1, 21, (200, 4)).tolist():
        numbers = plots.evidence_gap.numbers(heads, tails, a, b, base)
        assert numbers["elbo"] + numbers["kl"] == pytest.approx(numbers["evidence"], abs=1e-10)
        assert numbers["dot"][0] <= numbers["top"][0]


@pytest.mark.parametrize("belief", [Beta(0, 2), Beta(2, -1), Beta(1.5, 2)])
def test_counts_are_whole_and_above_0(belief):
    with pytest.raises(ValueError, match="count"):
        variational.log_beta(belief)
