"""Diffusion on a line: noise, the exact way back, two denoisers, samples."""

import math

import numpy as np
import pytest
from scipy import integrate, stats

from kl_lessons import plots
from kl_lessons.subjects import diffusion, gaussians
from kl_lessons.subjects.gaussians import Gaussian, Mixture

TRUTH = Mixture([0.4, 0.6], [-1.5, 1.5], [0.4, 0.4])


def test_little_is_kept_at_the_end_and_all_at_the_start():
    assert diffusion.KEPT[0] == 1 and 0 < diffusion.KEPT[-1] < 0.01
    assert (np.diff(diffusion.KEPT) < 0).all()


def test_noise_at_once_is_noise_step_by_step():
    mean, variance = 1.0, 0.0
    for step, share in enumerate(diffusion.SHARES, 1):
        mean, variance = math.sqrt(1 - share) * mean, (1 - share) * variance + share
        assert diffusion.noised(np.array([1.0]), step, np.zeros(1)) == pytest.approx(mean)
        found = diffusion.noised(np.zeros(1), step, np.ones(1))
        assert found == pytest.approx(math.sqrt(variance))


@pytest.mark.parametrize("step", [2, 3, 10, 20])
def test_the_way_back_is_bayes_rule(step):
    x, noisy, share, before = 0.7, -0.4, diffusion.SHARES[step - 1], diffusion.KEPT[step - 1]
    was = stats.norm(math.sqrt(before) * x, math.sqrt(1 - before))

    def joint(z):
        return was.pdf(z) * stats.norm(math.sqrt(1 - share) * z, math.sqrt(share)).pdf(noisy)

    evidence, mean, square = (
        integrate.quad(lambda z, n=n: z**n * joint(z), -9, 9, points=[0, x])[0] for n in range(3)
    )
    found = diffusion.step_back(np.array(x), np.array(noisy), step)
    assert found.mean == pytest.approx(mean / evidence, rel=1e-6)
    assert found.sd == pytest.approx(math.sqrt(square / evidence - found.mean**2), rel=1e-5)


def test_the_last_step_back_ends_at_the_guess():
    assert diffusion.step_back(np.array(0.7), np.array(-0.4), 1) == Gaussian(pytest.approx(0.7), 0)


def test_the_line_is_that_of_least_squares():
    noisy, x = np.random.RandomState(1).normal(size=(2, 50))
    at, guess = diffusion.line(noisy, x + noisy)
    slope, start = np.polyfit(noisy, x + noisy, 1)
    np.testing.assert_allclose(guess, start + slope * at)


def test_the_table_holds_the_means_of_neighbours():
    noisy = np.random.RandomState(2).permutation(diffusion.GROUPS * 4).astype(float)
    at, guess = diffusion.table(noisy, noisy**2)
    np.testing.assert_allclose(at, 4 * np.arange(diffusion.GROUPS) + 1.5)
    np.testing.assert_allclose(guess, at**2 + 1.25)


def test_the_truth_with_noise_is_what_noised_draws_look_like():
    right = np.random.RandomState(3).random_sample(20_000) > 0.4
    x = np.where(right, 1.5, -1.5) + 0.4 * gaussians.draws(20_000, 4)
    for step in (0, 5, 20):
        noisy = diffusion.noised(x, step, gaussians.draws(20_000, 5))
        found = gaussians.moments(diffusion.truth_at(step, TRUTH))
        assert found == pytest.approx((noisy.mean(), noisy.std()), abs=0.03)


def test_samples_of_a_perfect_denoiser_have_the_moments_of_the_truth():
    """For a single Gaussian the best guess is a line, and it is known."""
    points = []
    for step in range(1, diffusion.STEPS + 1):
        kept, ends = diffusion.KEPT[step], np.array([-10.0, 10.0])
        slope = math.sqrt(kept) * 0.25 / (kept * 0.25 + 1 - kept)
        points.append((ends, 1 + slope * (ends - math.sqrt(kept))))
    rows = diffusion.sample(points, 20_000, seed=6)
    assert rows.shape == (diffusion.STEPS + 1, 20_000)
    assert (rows[0].mean(), rows[0].std()) == pytest.approx((1, 0.5), abs=0.07)


def test_a_histogram_is_a_density():
    found = diffusion.histogram(np.array([0.1, 0.1, -2.9, 5.0]))
    assert found.sum() * 0.2 == pytest.approx(0.75)  # one of four lies outside
    assert found[15] == pytest.approx(2.5)


def test_walks_hold_both_denoisers_at_every_step():
    points = [(np.array([-10.0, 10.0]), np.zeros(2))] * diffusion.STEPS
    kl = {"a": [0.12345, 1.0], "b": [2.0, 3.0]}
    found = diffusion.walks({"a": points, "b": points}, TRUTH, kl, n=100, seed=1)
    assert found.names == ["a", "b"]
    assert found.samples.shape == (2, diffusion.STEPS + 1, 30) and found.truth.shape == (21, 30)
    ends = found.samples[0, 0]  # of who guesses 0 always: a Gaussian of the last step's sd
    assert ends[12:18].sum() * 0.2 == pytest.approx(1) and ends[14:16].sum() * 0.2 > 0.6
    assert found.kl.tolist() == [[0.1234, 1.0], [2.0, 3.0]]


def test_total_variation_counts_what_lies_beyond_the_histogram():
    inside = diffusion.histogram(np.zeros(4))
    half = diffusion.histogram(np.array([0.0, 0.0, 9.0, 9.0]))  # the other half is drawn nowhere
    walks = diffusion.Walks(["line"], inside[None], half[None, None], np.array([[0.0]]))
    assert plots.denoising.numbers(walks)["apart"] == pytest.approx(1 / 2)
