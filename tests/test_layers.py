"""A picture in two layers: well-formed SVG with ids of its own, and the step that draws anew."""

import functools
import importlib.util
import re
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from pictures import each_kind_of_mark, every_picture, tables

from kl_lessons import plots
from kl_lessons.explorers import layers as module

# An older matplotlib calls pyparsing by names that a newer one deprecates.
pytestmark = pytest.mark.filterwarnings("error", "ignore:.*deprecated.*use:DeprecationWarning")

LABELS = ["</svg><script>alert(1)</script>", 'a & "b"', "$x$"]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True, scope="module")
def house_look():
    with mpl.rc_context(fname=str(Path(__file__).parents[1] / "notebooks" / "matplotlibrc")):
        yield


@pytest.fixture(autouse=True)
def no_pyplot_figure():
    yield
    assert plt.get_fignums() == []


@functools.cache
def layers(picture):
    """One drawing of a picture for all tests that only move it."""
    made = []

    def figure(**kwargs):
        made.append(Figure(**kwargs))
        return made[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "Figure", figure)
        background, step = module.layers(picture, tables(picture)[0][0])
    (figure,) = made
    return background, step, figure


def trees(text):
    """The SVG elements that stand one after the other in the text."""
    return list(ElementTree.fromstring(f"<page>{text}</page>"))


def ids(text):
    return re.findall(r'\bid="([^"]*)"', text)


def shapes(text):
    """How many paths and texts are drawn, and what the texts say."""
    elements = [element for tree in trees(text) for element in tree.iter()]
    words = [element.text for element in elements if element.tag == SVG + "text"]
    return sum(element.tag == SVG + "path" for element in elements), words


# Layers


@every_picture
def test_layers_are_well_formed_svg_of_one_view_box_without_style_rules(picture):
    background, step, _ = layers(picture)
    width, height = (72 * inches for inches in picture.size)
    for text in (background, *map(step, tables(picture)[0])):
        for tree in trees(text):
            assert tree.tag == SVG + "svg"
            assert [float(x) for x in tree.get("viewBox").split()] == pytest.approx(
                [0, 0, width, height]
            )
            assert tree.get("width") is tree.get("height") is None  # the page sets its size
        assert "<style" not in text and "<script" not in text and "<!DOCTYPE" not in text


@every_picture
def test_each_reference_is_to_an_id_in_the_same_layer(picture):
    background, step, _ = layers(picture)
    for text in (background, *map(step, tables(picture)[0])):
        assert len(ids(text)) == len(set(ids(text)))
        referred = {*re.findall(r"url\(#([^)]*)\)", text), *re.findall(r'href="#([^"]*)"', text)}
        assert referred <= set(ids(text))


def a_second_kernels_module():
    """The module as another kernel, whose lesson is open in the same page, has imported it."""
    spec = importlib.util.find_spec("kl_lessons.explorers.layers")
    other = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(other)
    return other


@each_kind_of_mark
def test_no_id_occurs_twice_in_a_page_of_one_kernel_or_of_two(picture):
    background, step, _ = layers(picture)
    first, second, *_ = tables(picture)[0]
    page = ids(background) + ids(step(second))
    for kernel in (module, a_second_kernels_module()):
        background, step = kernel.layers(picture, first)
        page += ids(background) + ids(step(second))
    assert page and len(page) == len(set(page))


@every_picture
def test_the_background_holds_no_bar_that_moves(picture):
    background, _, figure = layers(picture)
    if len(figure.axes) > 1:
        return  # the scale of the colours stays
    fills = {to_hex(bar.get_facecolor()) for bar in figure.axes[0].patches} - {"#ffffff"}
    for fill in fills:
        assert f"fill: {fill}" not in background and "fill: url(" not in background


@each_kind_of_mark
def test_a_step_draws_what_a_fresh_picture_of_the_same_values_draws(picture):
    _, step, _ = layers(picture)
    for numbers in tables(picture)[0]:
        _, fresh = module.layers(picture, numbers)
        assert shapes(step(numbers)) == shapes(fresh(numbers))


@every_picture
def test_a_scale_that_comes_back_is_the_one_that_was_drawn(picture):
    _, step, _ = layers(picture)
    table = tables(picture)[0]
    there = [step(numbers) for numbers in table]
    back = [step(numbers) for numbers in table]
    assert there == back
    assert len(set(there)) > 1


@every_picture
def test_numbers_of_every_scale_stay_inside_the_picture(picture):
    _, step, figure = layers(picture)
    renderer, ax = figure.canvas.get_renderer(), figure.axes[0]
    for numbers in tables(picture)[0]:
        step(numbers)
        seen = [text for text in ax.texts if text.get_visible() and text.get_text()]
        for artist in (ax.xaxis, ax.yaxis, *seen):
            box = artist.get_tightbbox(renderer)
            if box is not None:  # an axis without ticks takes no room
                assert box.x0 >= 0 and box.y0 >= 0, (artist, box)
                assert box.x1 <= figure.bbox.x1 and box.y1 <= figure.bbox.y1, (artist, box)


def test_a_label_is_escaped_in_the_svg():
    numbers = plots.distributions.numbers(p=[0.5, 0.3, 0.2], q=[0.2, 0.3, 0.5], labels=LABELS)
    background, step = module.layers(plots.distributions, numbers)
    assert set(LABELS) <= set(shapes(step(numbers))[1])
    assert "<script" not in background + step(numbers)
