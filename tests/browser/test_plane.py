"""A dot in a plane is grasped along both axes: by mouse, finger and keyboard."""

import pictures
import pytest
from conftest import serious_faults, use_theme

from kl_lessons import explore, plots

CODED = plots.latent_plane.examples[0]["coded"]
SPAN = (-3.0, 3.0, 0.1)
KEYS = {
    "ArrowRight": (0.1, 0),
    "ArrowLeft": (-0.1, 0),
    "ArrowUp": (0, 0.1),
    "ArrowDown": (0, -0.1),
    "PageUp": (0, 0.6),
    "Home": (-3, 0),
    "End": (3, 0),
}


@pytest.fixture
def plane(opened):
    """A page that shows the plane of codes, and what is decoded."""
    return opened(
        explore(plots.latent_plane, plots.decoded_digit, coded=CODED, across=SPAN, up=SPAN)
    )


def told(page):
    """Both numbers, as the sliders say them."""
    return [float(page.get_by_label(name, exact=True).input_value()) for name in ("across", "up")]


def ink(page):
    """The pixels that are decoded."""
    return page.evaluate("document.querySelector('canvas').toDataURL()")


def test_the_mouse_moves_both_numbers_and_the_decoded_digit(plane):
    box, before = plane.get_by_label("across and up, dot").bounding_box(), ink(plane)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    plane.mouse.move(x, y)
    plane.mouse.down()
    plane.mouse.move(x + 60, y - 40, steps=4)
    plane.mouse.up()
    across, up = told(plane)
    assert across > 0.5 and up > 0.5
    assert ink(plane) != before


@pytest.mark.parametrize(("key", "moved"), KEYS.items())
def test_each_key_moves_the_number_of_its_axis(key, moved, plane):
    dot = plane.get_by_label("across and up, dot")
    dot.focus()
    plane.keyboard.press(key)
    assert told(plane) == pytest.approx(moved, abs=1e-9)
    across, up = (f"{x:.1f}".replace("-", "−") for x in moved)
    assert dot.get_attribute("aria-valuetext") == f"{across}, up {up}"


@pytest.mark.parametrize("light", ["true", "false"])
def test_a_screen_reader_finds_no_fault(light, plane):
    use_theme(plane, light)
    assert serious_faults(plane) == []


def test_cells_without_a_label_have_no_scale(plane):
    scale = plane.locator(".kl-panel rect[fill*='ramp']")
    assert scale.count() == 0
    drawn, _ = pictures.drawn(plots.decoded_digit, plots.decoded_digit.numbers(CODED))
    assert drawn.figure.axes == [drawn]
