"""The landscapes: colours, curves, Pinsker's hexagon and ∞ are where the measures put them."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from test_look import lab, linear

from kl_lessons import plots
from kl_lessons.information import kl_divergence, normalize, total_variation
from kl_lessons.look import RAMPS
from kl_lessons.plots import triangle
from kl_lessons.plots.landscape import CURVES, DARKEST

# An older matplotlib calls pyparsing by names that a newer one deprecates.
pytestmark = pytest.mark.filterwarnings("error", "ignore:.*deprecated.*use:DeprecationWarning")
reproducible = settings(deadline=None, derandomize=True, max_examples=40)

DIRECTIONS = {
    plots.landscape_from: triangle.kl_from,
    plots.landscape_to: triangle.kl_to,
}
both = pytest.mark.parametrize(("picture", "kl"), DIRECTIONS.items(), ids=["from", "to"])
either = pytest.mark.parametrize("kl", DIRECTIONS.values(), ids=["from", "to"])
inside = st.lists(st.floats(0.01, 1.0), min_size=3, max_size=3).map(normalize)
levels = st.floats(0.01, 1.0)


def drawn(picture, **values):
    """The cells, the thin curves, the bold one, the hexagon, the mark, and what shows ∞."""
    ax = Figure().subplots()
    picture(ax, **values)
    (cells,) = ax.images
    first = 1 + next(i for i, m in enumerate(picture.chart["marks"]) if m.get("x") == "curve_0_x")
    lines = [a for order in range(40) for a in ax.lines if a.get_gid() == f"mark {order}"]
    thin = [a for a in lines if int(a.get_gid()[5:]) in range(first - 1, first + 4)]
    bold, ball = (a for a in lines if int(a.get_gid()[5:]) in (first + 4, first + 5))
    (mark,) = (a for a in lines if a.get_marker() == "o")
    areas = [a for a in ax.patches if a.get_hatch()]
    white = [a for a in lines if a.get_color() == "#FFFFFF"]
    signs = [a for a in lines if a.get_marker() == r"$\infty$"]
    return cells, thin, bold, ball, mark, (areas, white, signs)


def says(picture, **values):
    return picture.sentence(picture.numbers(**values))


def distributions_on(line):
    """The distributions that the points of a line stand for."""
    x, y = line.get_data()
    third = np.asarray(y) / triangle.CORNERS[2, 1]
    second = x - third / 2
    return np.stack([1 - second - third, second, third], axis=-1)


def test_the_direction_is_the_order_of_the_arguments():
    p, q = [0.5, 0.3, 0.2], [0.7, 0.2, 0.1]
    assert triangle.kl_from(p, q) == kl_divergence(p, q)
    assert triangle.kl_to(p, q) == kl_divergence(q, p)


@both
def test_each_cell_has_the_kl_of_its_centre_up_to_the_darkest(picture, kl):
    p = [0.6, 0.3, 0.1]
    cells = drawn(picture, p=p)[0].get_array()
    assert cells.shape == (100, 100)
    for row, column in ((10, 30), (40, 50), (80, 45)):
        x, third = (column + 0.5) / 100, (row + 0.5) / 100
        q = [1 - x - third / 2, x - third / 2, third]
        assert cells[row, column] == pytest.approx(min(kl(p, q), DARKEST), abs=1e-12)
    assert cells.min() >= 0 and cells.max() <= DARKEST


@both
@pytest.mark.parametrize("base", [None, 2])
def test_curves_run_where_kl_is_their_level(picture, kl, base):
    p = [0.5, 0.3, 0.2]
    _, thin, bold, *_ = drawn(picture, p=p, level=0.3, base=base)
    for line, level in zip([*thin, bold], [*CURVES, 0.3], strict=True):
        q = normalize(np.maximum(distributions_on(line), 0))
        on_edge = q.min(axis=-1) < 1e-9  # there the curve is cut off by the triangle
        found = kl(p, q, base)
        assert np.allclose(found[~on_edge], level, atol=1e-12)
        assert np.all(found[on_edge] <= level + 1e-12)


@either
@reproducible
@given(p=inside, level=levels)
def test_a_curve_lies_in_pinskers_hexagon(kl, p, level):
    edge = triangle.outlines(kl, p, [level])[0]
    assert total_variation(p, edge).max() <= triangle.pinsker(level) + 1e-6


@reproducible
@given(p=inside, level=levels)
def test_the_hexagon_is_the_edge_of_all_that_pinsker_allows(p, level):
    corners = p + triangle.pinsker(level) * triangle.HEXAGON
    sides = [(1 - t) * corners + t * np.roll(corners, -1, axis=0) for t in (0, 0.3, 0.5)]
    half_of_differences = np.abs(np.concatenate(sides) - p).sum(axis=-1) / 2
    assert half_of_differences == pytest.approx(math.sqrt(level / 2))


def test_pinskers_bound_knows_bits():
    assert triangle.pinsker(0.5) == 0.5
    assert triangle.pinsker(0.5 / math.log(2), base=2) == pytest.approx(0.5)


@both
def test_p_is_marked_where_it_is(picture, kl):
    for p in ([0.5, 0.3, 0.2], [1, 0, 0], [0, 0, 1], [0.25, 0.75]):
        mark = drawn(picture, p=p)[4]
        assert distributions_on(mark)[0] == pytest.approx(np.append(p, [0] * (3 - len(p))))


def test_a_belief_is_infinitely_wrong_on_the_edges_without_a_class_that_the_truth_shows():
    for p in ([0.5, 0.3, 0.2], [0.5, 0.5, 0], [0, 0, 1]):
        areas, _, (signs,) = drawn(plots.landscape_from, p=p)[5]
        assert [area.get_visible() for area in areas] == [x > 0 for x in p]
        assert len(signs.get_xdata()) == np.count_nonzero(p)


def test_a_belief_with_a_zero_is_infinitely_wrong_about_all_truths_but_those_of_its_side():
    for p, corners in (([0.5, 0.3, 0.2], 3), ([0.5, 0.5, 0], 2), ([0, 0, 1], 1)):
        (everywhere,), (finite,), (signs,) = drawn(plots.landscape_to, p=p)[5]
        zeros = corners < 3
        assert [everywhere.get_visible(), finite.get_visible()] == [zeros] * 2
        assert len(signs.get_xdata()) == zeros
        side = distributions_on(finite)
        assert side[:, np.array(p) == 0] == pytest.approx(0)
        assert len(side) == corners


def test_sentences_say_where_p_is_how_far_the_bold_curve_goes_and_what_pinsker_allows():
    assert says(plots.landscape_from, p=[0.5, 0.3, 0.2]) == (
        "KL(P‖Q) around P = (0.500, 0.300, 0.200): curves at 0.05, 0.1, 0.2, 0.5, 1, darkest "
        "from 2 nats, ∞ on hatched edges. Within 0.10, bold, TV ≤ 0.221; Pinsker, dashed, "
        "says ≤ 0.224."
    )
    assert says(plots.landscape_to, p=[0.5, 0.5, 0.0], base=2, level=0.2) == (
        "KL(Q‖P) around P = (0.500, 0.500, 0.000): curves at 0.05, 0.1, 0.2, 0.5, 1, darkest "
        "from 2 bits, ∞ where hatched. Within 0.20, bold, TV ≤ 0.257; Pinsker, dashed, "
        "says ≤ 0.263."
    )


def test_equal_steps_of_kl_are_equal_steps_of_lightness():
    lightness = [lab(linear(colour))[0] for colour in RAMPS["KL"]]
    steps = -np.diff(lightness)
    assert steps.min() > 0.8 * steps.max() > 0


@both
@pytest.mark.parametrize("p", [[0.25] * 4, [1.0], [[0.5, 0.5], [0.5, 0.5]]])
def test_what_is_no_distribution_of_three_classes_is_refused(picture, kl, p):
    with pytest.raises(ValueError, match="the triangle holds one P of three classes"):
        picture(Figure().subplots(), p=p)
