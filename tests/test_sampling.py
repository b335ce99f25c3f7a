"""Draws: a frozen stream told by a second engine, the inverse of P's running sums, refusals."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from kl_lessons.information import normalize
from kl_lessons.subjects.sampling import sample

pytestmark = pytest.mark.filterwarnings("error")
reproducible = settings(deadline=None, derandomize=True)

FAIR = [0.5, 0.5]
DIE = [0.1, 0.2, 0.7]


def uniforms(seed, n):
    """What `RandomState(seed).random_sample(n)` gives, by the MT19937 of Python's own `random`."""
    state = [seed]
    for i in range(1, 624):
        state.append((1812433253 * (state[-1] ^ state[-1] >> 30) + i) % 2**32)
    engine = random.Random()
    engine.setstate((3, (*state, 624), None))
    return [engine.random() for _ in range(n)]


def test_the_draws_of_a_seed_are_these_for_good():
    assert sample(FAIR, 20, seed=0).tolist() == [
        1,
        1,
        1,
        1,
        0,
        1,
        0,
        1,
        1,
        0,
        1,
        1,
        1,
        1,
        0,
        0,
        0,
        1,
        1,
        1,
    ]
    assert sample(DIE, 20, seed=2**32 - 1).tolist() == [
        0,
        2,
        2,
        2,
        0,
        2,
        2,
        1,
        2,
        2,
        2,
        2,
        2,
        1,
        2,
        2,
        2,
        2,
        1,
        2,
    ]
    assert sample([0.25] * 4, 12, seed=3).tolist() == [2, 2, 1, 2, 3, 3, 0, 0, 0, 1, 0, 1]


@reproducible
@given(st.integers(0, 2**32 - 1), st.lists(st.just(0.0) | st.floats(0, 1), min_size=1).filter(any))
def test_an_outcome_is_the_number_of_running_sums_up_to_the_draw(seed, weights):
    p = normalize(weights)
    expected = []
    for u in uniforms(seed, 40):
        total, outcome = 0.0, 0
        for share in p.tolist():
            total += share
            outcome += total <= u
        expected.append(min(outcome, max(np.flatnonzero(p))))
    assert sample(p, 40, seed).tolist() == expected


def test_a_longer_sample_begins_with_the_shorter():
    np.testing.assert_array_equal(sample(DIE, 1_000, seed=7)[:100], sample(DIE, 100, seed=7))
    assert (sample(DIE, 100, seed=7) != sample(DIE, 100, seed=8)).any()
    assert sample(DIE, 0, seed=7).shape == (0,)


def test_outcomes_come_as_often_as_p_says():
    n = 10_000
    counts = np.bincount(sample(DIE, n, seed=0), minlength=3)
    assert counts.sum() == n
    assert stats.chisquare(counts, n * np.array(DIE)).pvalue > 0.001


def test_what_is_impossible_is_never_drawn():
    assert set(sample([0, 0.5, 0, 0.5, 0], 1_000, seed=0).tolist()) == {1, 3}
    assert sample([0, 1], 5, seed=0).tolist() == [1] * 5
    assert sample([1, 0], 5, seed=0).tolist() == [0] * 5


def test_draws_above_the_last_running_sum_are_of_the_last_possible_outcome():
    short = np.array([0.25, 0.25, 0.486, 0], np.float16)  # sums to 0.986, as float16 may
    drawn = sample(short, 10_000, seed=0)
    assert max(uniforms(0, 10_000)) > short.sum()
    assert set(drawn.tolist()) == {0, 1, 2}


def test_outcomes_are_numbers_that_can_index_and_be_counted_on_every_machine():
    assert sample(FAIR, 3, seed=0).dtype == np.intp  # bincount refuses int64 where that is wider


def test_the_random_state_of_others_and_the_arguments_stay():
    before = np.random.get_state()[1].copy()  # noqa: NPY002 - the state that must not move
    p = np.array(DIE)
    p.flags.writeable = False
    sample(p, 10, seed=0)
    np.testing.assert_array_equal(np.random.get_state()[1], before)  # noqa: NPY002
    assert p.tolist() == DIE


@pytest.mark.parametrize(
    ("p", "n", "seed", "message"),
    [
        ([0.5, 0.6], 1, 0, "p sums to 1.1, not 1: did you mean normalize(p)?"),
        ([FAIR, FAIR], 1, 0, "p holds 2 distributions: give one, such as [0.5, 0.5]"),
        (FAIR, -1, 0, "n is -1, and must be a whole number from 0 to 100,000,000"),
        (FAIR, 10**13, 0, "n is 10000000000000, and must be a whole number from 0 to 100,000,000"),
        (FAIR, 2.0, 0, "n is 2.0, and must be a whole number from 0 to 100,000,000"),
        (FAIR, True, 0, "n is True, and must be a whole number from 0 to 100,000,000"),
        (FAIR, 1, -1, "seed is -1, and must be a whole number from 0 to 4,294,967,295"),
        (FAIR, 1, 2**32, "seed is 4294967296, and must be a whole number from 0 to 4,294,967,295"),
        (FAIR, 1, None, "seed is None, and must be a whole number from 0 to 4,294,967,295"),
        (FAIR, 1, "3", "seed is '3', and must be a whole number from 0 to 4,294,967,295"),
    ],
)
def test_what_cannot_be_drawn_is_refused(p, n, seed, message):
    with pytest.raises(ValueError) as caught:
        sample(p, n, seed)
    assert str(caught.value) == message
