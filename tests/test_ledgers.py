"""The ledgers of surprise: sums over the days that came, and a gap that KL foretells."""

import numpy as np
import pytest

from kl_lessons import plots, sample

P, Q = [0.5, 0.3, 0.2], [0.1, 0.2, 0.7]
year = plots.ledgers.numbers


def test_a_ledger_is_the_sum_of_minus_log_over_the_days():
    days = sample(P, 365, 1)[:30]
    found = year(P, Q, days=30)
    assert found["total_p"] == pytest.approx(-np.log(np.array(P)[days]).sum())
    assert found["total_q"] == pytest.approx(-np.log(np.array(Q)[days]).sum())
    assert [int(count) for count in found["counts"]] == np.bincount(days).tolist()


def test_the_gap_grows_by_kl_a_day_on_average():
    slopes = [year(P, Q, seed=seed)["a_day"] for seed in range(200)]
    error = np.std(slopes) / np.sqrt(len(slopes))
    assert np.mean(slopes) == pytest.approx(year(P, Q)["kl"], abs=4 * error)


def test_there_is_no_gap_where_the_belief_is_true():
    assert year(P, P)["gap"] == 0


def test_the_first_day_that_q_calls_impossible_ends_its_ledger():
    snow = 1 + int(np.flatnonzero(sample(P, 365, 1) == 2)[0])
    before, then = (year(P, [0.5, 0.5, 0], days=days) for days in (snow - 1, snow))
    assert np.isfinite(before["gap"]) and before["shocked_x"] == []
    assert then["gap"] == np.inf and then["shocked_x"] == [snow]
    assert then["case"] == 2


def test_a_pile_holds_a_dot_for_each_day_and_no_two_lie_in_one_place():
    found = year(P, Q)
    dots = [*zip(found["fallen_x"], found["fallen_y"], strict=True)]
    dots += [(found["newest_x"][0], found["newest_y"][0])]
    assert len(set(dots)) == 365
    assert {round(x) for x, _ in dots} == {0, 1, 2}


@pytest.mark.parametrize("days", [-1, 366, 1.5])
def test_a_year_has_365_days(days):
    with pytest.raises(ValueError, match="days"):
        year(P, Q, days=days)
