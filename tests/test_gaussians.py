"""Gaussians: the closed forms against integrals, both fits, and the published estimators."""

import numpy as np
import pytest
from scipy import integrate, optimize, stats

from kl_lessons.subjects import gaussians
from kl_lessons.subjects.gaussians import Gaussian, Mixture, kl_gaussians

TWO_PEAKS = Mixture([0.4, 0.6], [-2.5, 2.5], [0.7, 0.7])
MIXTURES = [
    TWO_PEAKS,
    Mixture([0.1, 0.9], [-3, 3], [0.7, 2]),
    Mixture([0.3, 0.3, 0.4], [-1, 0, 2], [1, 0.5, 1]),
    Mixture([0.0, 1.0], [-2, 1], [1, 1]),
]


def integral(f, low=-30, high=30):
    return integrate.quad(f, low, high, points=[-3, 0, 3], limit=500)[0]


def gaussian_integral(mean_p, sd_p, mean_q, sd_q):
    p, q = stats.norm(mean_p, sd_p), stats.norm(mean_q, sd_q)
    return integral(lambda x: p.pdf(x) * (p.logpdf(x) - q.logpdf(x)))


@pytest.mark.parametrize("pair", [(0, 1, 0, 3), (0, 3, 0, 1), (1, 2, -1, 0.7), (0, 1, 0.1, 1)])
def test_kl_of_two_gaussians_is_the_integral(pair):
    kl = kl_gaussians(Gaussian(*pair[:2]), Gaussian(*pair[2:]))
    assert kl == pytest.approx(gaussian_integral(*pair), rel=1e-8)


def test_kl_of_a_gaussian_from_itself_is_zero():
    assert kl_gaussians(Gaussian(1.5, 0.3), Gaussian(1.5, 0.3)) == 0


def test_in_one_dimension_and_along_axes_both_closed_forms_agree():
    one, other = Gaussian(1, 2), Gaussian(-1, 0.7)
    kl = kl_gaussians(one, other)
    assert gaussians.kl_many_dimensions([1], [[4]], [-1], [[0.49]]) == pytest.approx(kl)
    twice = gaussians.kl_many_dimensions([1, 1], np.eye(2) * 4, [-1, -1], np.eye(2) * 0.49)
    assert twice == pytest.approx(2 * kl)


def test_kl_in_two_dimensions_is_the_integral():
    p = stats.multivariate_normal([0, 0], [[1, 0.8], [0.8, 1]])
    q = stats.multivariate_normal([1, 0], [[1, -0.3], [-0.3, 2]])
    steps = np.arange(-8, 8, 0.02)
    grid = np.stack(np.meshgrid(steps, steps), axis=-1)
    summed = np.sum(p.pdf(grid) * (p.logpdf(grid) - q.logpdf(grid))) * 0.02**2
    kl = gaussians.kl_many_dimensions(p.mean, p.cov, q.mean, q.cov)
    assert kl == pytest.approx(summed, rel=1e-8)


@pytest.mark.parametrize("mixture", MIXTURES)
def test_kl_of_mixture_and_gaussian_is_the_integral_both_ways(mixture):
    q = Gaussian(0.5, 1.2)

    def logs(x):
        return float(gaussians.log_mixture(x, mixture)), stats.norm(*q).logpdf(x)

    def forward(x):
        log_p, log_q = logs(x)
        return np.exp(log_p) * (log_p - log_q)

    def reverse(x):
        log_p, log_q = logs(x)
        return np.exp(log_q) * (log_q - log_p)

    assert gaussians.forward_kl(mixture, q) == pytest.approx(integral(forward), abs=1e-6)
    assert gaussians.reverse_kl(q, mixture) == pytest.approx(integral(reverse), abs=1e-6)


@pytest.mark.parametrize("mixture", MIXTURES)
@pytest.mark.parametrize("start", [-6, 0, 2.5])
def test_the_forward_fit_is_moment_matching_from_any_start(mixture, start):
    fit = gaussians.forward_fit(mixture, Gaussian(start, 1))
    assert fit == pytest.approx(gaussians.moments(mixture), abs=1e-9)


@pytest.mark.parametrize("start", [-6, -2, 0, 2, 6])
def test_the_reverse_fit_is_a_local_optimum_where_a_simplex_search_stays(start):
    fit = gaussians.reverse_fit(TWO_PEAKS, Gaussian(start, 1))

    def loss(free):
        return gaussians.reverse_kl(Gaussian(free[0], np.exp(free[1])), TWO_PEAKS)

    options = {"xatol": 1e-7, "fatol": 1e-13, "initial_simplex": None}
    found = optimize.minimize(
        loss, [fit.mean, np.log(fit.sd)], method="Nelder-Mead", options=options
    )
    assert found.fun == pytest.approx(gaussians.reverse_kl(fit, TWO_PEAKS), abs=1e-9)
    assert [found.x[0], np.exp(found.x[1])] == pytest.approx(fit, abs=1e-4)


def test_the_reverse_fit_has_three_ends_on_two_far_peaks():
    ends = {
        round(gaussians.reverse_fit(TWO_PEAKS, Gaussian(start, 1)).mean, 2)
        for start in range(-6, 7)
    }
    assert ends == {-2.5, 0.39, 2.5}


PUBLISHED = [  # Schulman 2020: shift, bias/KL and sd/KL of k1, k2, k3
    (0.1, [0, 0.002, 0], [20, 1.42, 1.42]),
    (1.0, [0, 0.25, 0], [2, 1.73, 1.7]),
]


@pytest.mark.parametrize(("shift", "biases", "spreads"), PUBLISHED)
def test_bias_and_spread_of_the_estimators_are_the_published_ones(shift, biases, spreads):
    kl = kl_gaussians(Gaussian(0, 1), Gaussian(shift, 1))
    for number in range(3):

        def k(x, number=number):
            return gaussians.estimators(shift * x - shift**2 / 2)[number]

        mean = stats.norm.expect(k, lb=-15, ub=15)
        square = stats.norm.expect(lambda x, k=k: k(x) ** 2, lb=-15, ub=15)
        assert mean / kl - 1 == pytest.approx(biases[number], abs=6e-4)
        assert np.sqrt(square - mean**2) / kl == pytest.approx(spreads[number], abs=6e-3)


def test_k2_and_k3_are_never_negative_and_k3_is_zero_where_p_is_q():
    _, k2, k3 = gaussians.estimators(np.linspace(-30, 30, 1001))
    assert (k2 >= 0).all()
    assert (k3 >= 0).all()
    assert gaussians.estimators(0.0)[2] == 0


def test_draws_are_standard_gaussian_and_the_same_for_one_seed():
    drawn = gaussians.draws(20_000, 5)
    assert stats.kstest(drawn, "norm").pvalue > 0.01
    assert (gaussians.draws(20_000, 5) == drawn).all()
    assert gaussians.draws(0, 5).size == 0


def test_far_out_the_mixture_still_has_a_finite_logarithm():
    assert np.isfinite(gaussians.log_mixture([-1e3, 1e3], TWO_PEAKS)).all()
