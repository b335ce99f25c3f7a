"""What training leaves behind: moments, losses, calibration, and a bar that is gone at the end."""

import numpy as np
import pytest
from scipy import special

from kl_lessons.explorers import bar
from kl_lessons.explorers.saving import LIVE_VIEW, drop_dead_views
from kl_lessons.subjects import training

LOGITS = np.log([[0.7, 0.3], [0.2, 0.8], [0.75, 0.25], [0.45, 0.55]])
LABELS = [0, 0, 0, 1]


def test_moments_are_whole_numbers_from_0_to_the_last_step():
    found = training.moments(1000)
    assert found[:4].tolist() == [0, 1, 2, 3] and found[-1] == 1000
    assert (np.diff(found) > 0).all() and len(found) <= 41


def test_losses_of_zero_weights_are_the_logarithm_of_the_classes():
    found = training.losses(np.zeros((2, 3)), np.ones((4, 2)), np.eye(3)[[0, 1, 2, 0]])
    np.testing.assert_allclose(found, np.log(3), rtol=1e-15)


def test_calibration_is_counted_by_hand():
    found = training.calibration(LOGITS, LABELS)
    assert found.share.tolist() == [0, 0, 0, 0, 0, 0.25, 0, 0.5, 0.25, 0]
    np.testing.assert_allclose(found.confidence[[5, 7, 8]], [0.55, 0.725, 0.8])
    assert found.accuracy[[5, 7, 8]].tolist() == [1, 1, 0]
    error = 0.25 * 0.45 + 0.5 * 0.275 + 0.25 * 0.8
    assert training.calibration_error(found) == pytest.approx(error)


def test_a_certain_model_is_in_the_last_group():
    assert training.calibration([[1000.0, 0.0]], [0]).share[-1] == 1


@pytest.mark.parametrize("temperature", [0.1, 1.0, 3.5])
def test_the_loss_at_a_temperature_is_scipys(temperature):
    logs = special.log_softmax(LOGITS / temperature, axis=1)
    wanted = -np.mean(logs[range(4), LABELS])
    assert training.loss_at(LOGITS, LABELS, temperature) == pytest.approx(wanted, rel=1e-12)


def test_a_replay_holds_the_moments_of_a_run_and_the_images_without_their_constant():
    x, p = np.array([[1.0, 0.5], [1.0, -0.5]]), np.eye(2)
    weights = np.arange(6)[:, None, None] * np.array([[0.0, 0.0], [1.0, -1.0]])
    run = training.replay(weights, (x, p), (x, p), ["a", "b"], [1])
    assert run.steps.tolist() == [0, 1, 2, 3, 4, 5]
    assert run.training.tolist() == run.test.tolist()
    assert run.training[0] == 0.6931 and (np.diff(run.training) < 0).all()
    assert run.pixels.tolist() == [[-0.5]] and run.p.tolist() == [[0.0, 1.0]]
    assert run.logits[4].tolist() == [[-2.0, 2.0]]


def test_lines_of_sixteen_languages_are_frequencies():
    lines = training.language_lines()
    assert len(lines.classes) == 16 and set(lines.y.tolist()) == set(range(16))
    np.testing.assert_allclose(lines.x.sum(axis=1), 1)
    assert lines.x.shape[1] == len(lines.features)


@pytest.fixture
def shown(monkeypatch):
    """What is published while the bar runs."""
    told = []
    monkeypatch.setattr(bar, "publish_display_data", told.append)
    return told


def test_the_bar_gives_every_step_and_shows_a_live_view_alone(shown):
    assert list(bar.watched(range(123))) == [*range(123)]
    assert [[*data] for data in shown] == [[LIVE_VIEW]]


def test_the_bar_is_gone_also_when_the_loop_is_left(shown, monkeypatch):
    closed = []
    monkeypatch.setattr(bar.ipywidgets.IntProgress, "close", lambda self: closed.append(self.value))
    steps = bar.watched(range(100))
    assert [next(steps), next(steps), next(steps)] == [0, 1, 2]
    steps.close()
    assert closed == [2]


def test_a_saved_notebook_keeps_nothing_of_the_bar():
    view, text = {"data": {LIVE_VIEW: {}}}, {"data": {"text/plain": "1"}}
    both = {"data": {LIVE_VIEW: {}, "text/plain": "FloatSlider()"}}
    stream = {"output_type": "stream", "text": "1"}
    cells = [{"outputs": [view, text, both, stream]}, {"cell_type": "markdown"}]
    drop_dead_views({"type": "notebook", "content": {"cells": cells}})
    assert cells == [{"outputs": [text, both, stream]}, {"cell_type": "markdown"}]
