"""Numbers in words, scales, names, and colours that all eyes can tell apart."""

import itertools
import math

import numpy as np
import pytest

from kl_lessons import look

INF = math.inf

# Numbers


@pytest.mark.parametrize(
    ("x", "digits", "text"),
    [
        (0.0, 4, "0.0000"),
        (-0.0, 4, "0.0000"),
        (-1e-17, 4, "0.0000"),
        (-0.00004, 4, "0.0000"),
        (-0.00006, 4, "−0.0001"),
        (-1.5, 1, "−1.5"),
        (12345.678, 2, "12,345.68"),
        (np.float64(0.25), 2, "0.25"),
        (INF, 4, "∞"),
        (-INF, 0, "−∞"),
    ],
)
def test_a_number_has_a_true_minus_and_zero_has_none(x, digits, text):
    assert look.number(x, digits) == text


@pytest.mark.parametrize(("base", "name"), [(None, "nats"), (2, "bits"), (10, "units of log 10")])
def test_a_unit_is_named_for_the_base(base, name):
    assert look.unit(base) == name


def test_a_scale_ends_at_1_2_or_5_above_what_it_shows():
    for largest, end in [(0, 0.1), (0.1, 0.1), (0.11, 0.2), (0.6, 1), (1, 1), (37, 50), (51, 100)]:
        assert look.scale(largest) == pytest.approx(end, abs=0)


def test_an_axis_has_room_for_its_bars_and_more_where_one_is_infinite():
    assert look.room([0.2, 0.7]) == pytest.approx([0, 1.04])
    assert look.room([-0.2, 0.7]) == pytest.approx([-0.208, 1.04])
    assert look.room([0.3, INF]) == pytest.approx([0, 0.56])
    assert look.room([-INF, 0]) == pytest.approx([-0.112, 0.112])
    assert look.room([]) == pytest.approx([0, 0.104])


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [
        (0, 1.04, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (0, 2.08, [0, 0.5, 1, 1.5, 2]),
        (-0.52, 1.04, [-0.5, 0, 0.5, 1]),
        (-10, 10, [-10, -5, 0, 5, 10]),
        (0, 0.104, [0, 0.02, 0.04, 0.06, 0.08, 0.1]),
    ],
)
def test_marks_at_an_axis_are_even_and_round(low, high, found):
    assert look.ticks(low, high) == pytest.approx(found, abs=1e-12)


@pytest.mark.parametrize(
    ("low", "high", "names"),
    [
        (1, 1000, ["1", "10", "100", "1,000"]),
        (1e-4, 10, ["0.0001", "0.001", "0.01", "0.1", "1", "10"]),
        (0.25, 8, ["0.5", "1", "2", "5"]),
        (1, 31, ["1", "2", "5", "10", "20"]),
        (3e4, 1.5e6, ["50,000", "100,000", "200,000", "500,000", "10⁶"]),
        (8e5, 3e6, ["10⁶", "2·10⁶"]),
        (1e-12, 1e-4, [f"10⁻{n}" for n in ("¹²", "¹¹", "¹⁰", *"⁹⁸⁷⁶⁵")] + ["0.0001"]),
    ],
)
def test_marks_at_a_logarithmic_axis_are_plain_up_to_six_digits(low, high, names):
    assert [look.log_tick_name(mark) for mark in look.log_ticks(low, high)] == names


def test_a_template_takes_numbers_lists_and_words():
    numbers = {"kl": INF, "p": np.array([0.25, 0.75]), "who": "P", "n": 1000}
    assert look.filled("{who}: {kl} {p:2} {n:0} {n}", numbers) == "P: ∞ 0.25, 0.75 1,000 1,000.0000"


def test_a_probability_above_0_is_never_called_0():
    told = look.filled("{p:p}", {"p": [0.0, 1e-17, 0.0004, 0.0005, 1.0]})
    assert told == "0.000, <0.001, <0.001, 0.001, 1.000"


def test_outcomes_without_labels_are_numbered_and_long_ones_end_in_an_ellipsis():
    assert look.outcome_names(3) == ["1", "2", "3"]
    assert look.outcome_names(2, ["a\n b", 7]) == ["a b", "7"]
    (name,) = look.outcome_names(1, ["x" * 100_000])
    assert len(name) == look.LONGEST_NAME and name.endswith("x…")
    with pytest.raises(ValueError, match="labels are 1, and there are 2 outcomes"):
        look.outcome_names(2, ["a"])


# Colours

# Machado, Oliveira, Fernandes 2009, "A Physiologically-based Model for Simulation of Color
# Vision Deficiency", severity 1; on linear RGB. Grey keeps the relative luminance alone.
SIGHT = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
    "greyscale": [[0.2126, 0.7152, 0.0722]] * 3,
    "full": np.eye(3),
}
SHARE_A_PICTURE = [
    ("P", "Q"),
    ("KL", "H(P)"),
    ("KL", "H(P,Q)"),
    ("H(P)", "H(P,Q)"),
    ("KL", "ratio"),
]
# CIE76: 2.3 is just noticeable; 20 is told apart at a glance, in small bars and by a projector.
TOLD_APART = 20
TO_XYZ = np.array(
    [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
)  # sRGB, D65


def linear(colour):
    rgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    """CIE L*a*b* of linear RGB."""
    ratio = TO_XYZ @ np.clip(rgb, 0, 1) / TO_XYZ.sum(axis=1)
    x, y, z = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio * (29 / 6) ** 2 / 3 + 4 / 29)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def contrast(a, b):
    """WCAG 2 contrast."""
    low, high = sorted(TO_XYZ[1] @ linear(colour) for colour in (a, b))
    return (high + 0.05) / (low + 0.05)


def test_lab_gives_published_values():
    assert lab(linear("#FFFFFF")) == pytest.approx([100, 0, 0], abs=0.02)
    assert lab(linear("#FF0000")) == pytest.approx([53.24, 80.09, 67.20], abs=0.05)
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert np.allclose([np.sum(m, axis=1) for m in SIGHT.values()], 1, atol=1e-5)


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize(("one", "other"), SHARE_A_PICTURE)
def test_fills_that_share_a_picture_are_told_apart_by_every_eye(one, other, sight):
    fills = (lab(SIGHT[sight] @ linear(look.PALETTE[name].fill)) for name in (one, other))
    assert np.linalg.norm(np.subtract(*fills)) > TOLD_APART


@pytest.mark.parametrize("name", look.PALETTE)
def test_ink_is_readable_on_its_page_and_edges_a_fill(name):
    colour = look.PALETTE[name]
    assert contrast(colour.ink, "#FFFFFF") >= 4.5
    assert contrast(colour.dark, "#111111") >= 4.5
    assert contrast(colour.ink, colour.fill) > 1.15  # hatching and edge are seen on the fill


@pytest.mark.parametrize("name", look.PALETTE)
def test_the_colour_of_formulas_is_readable_on_light_and_dark_pages(name):
    formula = look.PALETTE[name].formula
    assert contrast(formula, "#FFFFFF") >= 4.5
    assert contrast(formula, "#111111") >= 3  # JupyterLab Dark; formulas are large or bold


def test_hatchings_differ_where_a_picture_shares_them():
    for one, other in SHARE_A_PICTURE:
        hatches = {look.PALETTE[name].hatch for name in (one, other)}
        assert len(hatches) == 2 or (one, other) == ("H(P)", "H(P,Q)")
    hatched = [colour.hatch for colour in look.PALETTE.values() if colour.hatch]
    assert all(a != b for a, b in itertools.combinations(hatched, 2))
