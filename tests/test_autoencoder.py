"""The autoencoder's layers, its training and what is kept of it; the lesson's own slopes."""

import json

import numpy as np
import pytest
from scipy import special

from kl_lessons import plots
from kl_lessons.subjects import autoencoder, gaussians
from kl_lessons.subjects.autoencoder import Network
from kl_lessons.tools import save_lessons

LESSON = save_lessons.NOTEBOOKS / "07_variational_inference.ipynb"
WEIGHTS = autoencoder.start(5, hidden=4, dimensions=2, seed=3)


@pytest.fixture(scope="module")
def lesson():
    """The loss and the slopes as the lesson writes them."""
    cells = json.loads(LESSON.read_text(encoding="utf-8"))["cells"]
    sources = {cell["id"]: "".join(cell["source"]) for cell in cells}
    namespace = {}
    for name in ("imports", "loss-code", "back-code", "slopes-code"):
        exec(sources[name], namespace)
    return namespace


def test_weights_at_the_start_are_those_of_the_seed_and_of_the_sizes():
    shapes = [table.shape for table in WEIGHTS]
    assert shapes == [(6, 4), (5, 4), (3, 4), (5, 5)]
    again = autoencoder.start(5, hidden=4, dimensions=2, seed=3)
    assert all(np.array_equal(one, other) for one, other in zip(WEIGHTS, again, strict=True))


def test_a_layer_is_weighted_sums_and_a_constant():
    found = autoencoder.layer(np.array([[2.0, 3.0]]), np.array([[1.0], [10.0], [100.0]]))
    assert found.tolist() == [[321.0]]


@pytest.mark.parametrize("score", [-1000.0, -3.0, 0.0, 0.5, 1000.0])
def test_ink_is_the_logistic_function_at_any_score(score):
    assert autoencoder.ink(score) == pytest.approx(special.expit(score), rel=1e-12, abs=1e-16)


@pytest.mark.parametrize("table", Network._fields)
def test_every_slope_of_the_lesson_agrees_with_finite_differences(table, lesson):
    stream = np.random.RandomState(4)
    x, noise = stream.random_sample((3, 5)), stream.normal(size=(3, 2))
    slopes = getattr(lesson["slopes"](WEIGHTS, x, noise), table)
    for place in np.ndindex(slopes.shape):
        push = np.zeros(slopes.shape)
        push[place] = 1e-5
        pushed = (getattr(WEIGHTS, table) + way * push for way in (1, -1))
        networks = (WEIGHTS._replace(**{table: weights}) for weights in pushed)
        up, down = (np.mean(np.sum(lesson["losses"](w, x, noise), axis=0)) for w in networks)
        assert slopes[place] == pytest.approx((up - down) / 2e-5, rel=1e-6, abs=1e-8)


def test_both_terms_of_the_loss_are_cross_entropy_and_kl(lesson):
    stream = np.random.RandomState(5)
    x, noise = stream.random_sample((4, 5)), stream.normal(size=(4, 2))
    pixels, kl = lesson["losses"](WEIGHTS, x, noise)
    _, mean, log_sd = autoencoder.encode(WEIGHTS, x)
    _, scores = autoencoder.decode(WEIGHTS, mean + np.exp(log_sd) * noise)
    q = special.expit(scores)
    np.testing.assert_allclose(pixels, -np.sum(x * np.log(q) + (1 - x) * np.log(1 - q), axis=1))
    prior = gaussians.Gaussian(0, 1)
    each = [
        [gaussians.kl_gaussians(gaussians.Gaussian(m, s), prior) for m, s in zip(*row, strict=True)]
        for row in zip(mean, np.exp(log_sd), strict=True)
    ]
    np.testing.assert_allclose(kl, np.sum(each, axis=1))


def bowl(weights, images, noise):
    """The slopes of the sum of squares of all weights less 1."""
    return Network(*(2 * (table - 1) for table in weights))


def test_training_goes_down_to_the_lowest_point_and_tells_each_step():
    steps = [*autoencoder.train(bowl, WEIGHTS, np.zeros((3, 5)), range(2000), rate=0.01)]
    assert len(steps) == 2001 and steps[0] is WEIGHTS
    for first, table in zip(steps[1], WEIGHTS, strict=True):  # Adam's first step has size `rate`
        np.testing.assert_allclose(np.abs(first - table), 0.01, rtol=1e-5)
    for table in steps[-1]:
        np.testing.assert_allclose(table, 1, atol=1e-3)


def test_each_step_sees_images_of_the_set_and_noise_of_its_own():
    seen = []

    def note(weights, images, noise):
        seen.append((images, noise))
        return weights

    images = np.arange(15.0).reshape(3, 5)
    [*autoencoder.train(note, WEIGHTS, images, range(3), batch=50)]
    for batch, noise in seen:
        assert noise.shape == (50, 2)
        assert {tuple(row) for row in batch} == {tuple(row) for row in images}
    assert not np.array_equal(seen[0][1], seen[1][1])


def test_what_is_kept_is_rounded_and_decodes_nearly_the_same():
    x = np.random.RandomState(6).random_sample((4, 5))
    kept = autoencoder.coded(WEIGHTS, x, [3, 1, 4, 1])
    assert kept.labels == ["3", "1", "4", "1"]
    for table in (kept.codes, kept.decoder, kept.pixels):
        assert np.array_equal(table, np.round(table, autoencoder.KEPT))
    _, exact = autoencoder.decode(WEIGHTS, autoencoder.encode(WEIGHTS, x)[1])
    _, rounded = autoencoder.decode(kept, kept.codes)
    np.testing.assert_allclose(rounded, exact, atol=0.1)


def test_the_plane_tells_the_nearest_code_and_draws_those_inside():
    small = plots.latent_plane.examples[0]["coded"]
    numbers = plots.latent_plane.numbers(small, across=-0.9, up=0.5)
    assert numbers["nearest"] == 0 and numbers["distance"] == pytest.approx(0.1)
    assert numbers["labels"] == ["0", "1"]  # the code of the 7 lies outside


def test_reconstructions_stand_below_their_images():
    small = plots.reconstructions.examples[0]["coded"]
    numbers = plots.reconstructions.numbers(small)
    assert numbers["pixels"].shape == (5, 9)
    assert numbers["pixels"][-1, :2].tolist() == small.images[0][:2].tolist()
    _, scores = autoencoder.decode(small, small.codes)
    np.testing.assert_allclose(numbers["pixels"][1, :2], special.expit(scores[0][:2]))
