"""Stills and layers: well-formed SVG with ids of its own, PNG of the promised size, safe HTML."""

import base64
import functools
import html
import importlib.util
import re
import struct
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from kl_lessons import plots
from kl_lessons.explorers import drawing
from kl_lessons.information import normalize

# An older matplotlib calls pyparsing by names that a newer one deprecates.
pytestmark = pytest.mark.filterwarnings("error", "ignore:.*deprecated.*use:DeprecationWarning")

PICTURES = {name: f for name, f in vars(plots).items() if hasattr(f, "says")}
VALUES = {"p": [0.5, 0.5], "q": [0.9, 0.1], "truth": "P", "flips": 100, "seed": 1, "base": None}
VALUES |= {"logits": [2, -1], "temperature": 1.0}
VALUES |= {"text": "Tutti nascono liberi.", "pseudocount": 0.5}
OTHERS = [
    {"q": [0.1, 0.9]},
    {"q": [0.5, 0.5], "pseudocount": 0.0, "logits": [0, 0], "level": 0.5},
    {"q": [0.0, 1.0], "truth": "Q"},
    {"p": [0.0, 1.0], "q": [1.0, 0.0], "base": 2, "pseudocount": 2.0},
    {"p": [1e-300, 1.0], "q": [1.0, 1e-300], "base": 2},
    {"p": [0.45, 0.55], "q": [0.55, 0.45], "truth": "Q"},
    {"p": [0.49, 0.51], "q": [0.9, 0.1], "base": 2},
]
LABELS = ["</svg><script>alert(1)</script>", 'a & "b"', "$x$"]
SVG = "{http://www.w3.org/2000/svg}"
each_picture = pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)


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
        patch.setattr(drawing, "Figure", figure)
        background, step = drawing.layers(picture, VALUES)
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


@each_picture
def test_layers_are_well_formed_svg_of_one_view_box_without_style_rules(picture):
    background, step, _ = layers(picture)
    width, height = (72 * inches for inches in picture.size)
    for text in (background, *(step(VALUES | other) for other in OTHERS[:4])):
        for tree in trees(text):
            assert tree.tag == SVG + "svg"
            assert [float(x) for x in tree.get("viewBox").split()] == pytest.approx(
                [0, 0, width, height]
            )
            assert tree.get("width") is tree.get("height") is None  # the page sets its size
        assert "<style" not in text and "<script" not in text and "<!DOCTYPE" not in text


@each_picture
def test_each_reference_is_to_an_id_in_the_same_layer(picture):
    background, step, _ = layers(picture)
    for text in (background, *(step(VALUES | other) for other in OTHERS[:4])):
        assert len(ids(text)) == len(set(ids(text)))
        referred = {*re.findall(r"url\(#([^)]*)\)", text), *re.findall(r'href="#([^"]*)"', text)}
        assert referred <= set(ids(text))


def a_second_kernels_module():
    """The module as another kernel, whose lesson is open in the same page, has imported it."""
    spec = importlib.util.find_spec("kl_lessons.explorers.drawing")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@each_picture
def test_no_id_occurs_twice_in_a_page_of_one_kernel_or_of_two(picture):
    background, step, _ = layers(picture)
    page = ids(background) + ids(step(VALUES | OTHERS[0]))
    for module in (drawing, a_second_kernels_module()):
        background, step = module.layers(picture, VALUES)
        page += ids(background) + ids(step(VALUES | OTHERS[0]))
    assert page and len(page) == len(set(page))


@each_picture
def test_the_background_holds_no_bar_that_moves(picture):
    background, _, figure = layers(picture)
    fills = {to_hex(bar.get_facecolor()) for bar in figure.axes[0].patches} - {"#ffffff"}
    keys = len(figure.axes[0].get_legend().get_patches()) if figure.axes[0].get_legend() else 0
    for fill in fills:
        assert background.count(f"fill: {fill}") + background.count("fill: url(") <= keys


@each_picture
def test_a_step_draws_what_a_fresh_picture_of_the_same_values_draws(picture):
    _, step, _ = layers(picture)
    for other in OTHERS[2:4]:
        _, fresh = drawing.layers(picture, VALUES | other)
        assert shapes(step(VALUES | other)) == shapes(fresh(VALUES | other))


@each_picture
def test_a_scale_that_comes_back_is_the_one_that_was_drawn(picture):
    _, step, _ = layers(picture)
    there = [step(VALUES | other) for other in (OTHERS[3], OTHERS[1], {})]
    back = [step(VALUES | other) for other in (OTHERS[3], OTHERS[1], {})]
    assert there == back
    assert len(set(there)) == 3


@each_picture
def test_numbers_of_every_scale_stay_inside_the_picture(picture):
    _, step, figure = layers(picture)
    renderer, ax = figure.canvas.get_renderer(), figure.axes[0]
    for other in ({}, *OTHERS):
        step(VALUES | other)
        seen = [text for text in ax.texts if text.get_visible() and text.get_text()]
        for artist in (ax.xaxis, ax.yaxis, *seen):
            box = artist.get_tightbbox(renderer)
            if box is not None:  # an axis without ticks takes no room
                assert box.x0 >= 0 and box.y0 >= 0, (artist, box)
                assert box.x1 <= figure.bbox.x1 and box.y1 <= figure.bbox.y1, (artist, box)


def test_a_label_is_escaped_in_the_svg():
    background, _ = drawing.layers(
        plots.distributions, {"p": [0.5, 0.3, 0.2], "q": [0.2, 0.3, 0.5], "labels": LABELS}
    )
    assert set(LABELS) <= set(shapes(background)[1])
    assert "<script" not in background


def test_a_step_takes_only_the_values_the_picture_has_parameters_for():
    _, step = drawing.layers(plots.distributions, VALUES)
    assert drawing.values_for(plots.distributions, VALUES) == {"p": VALUES["p"], "q": VALUES["q"]}
    assert step(VALUES | {"unknown": 1}) == step(VALUES)


# Stills


def png_size(png):
    data = base64.b64decode(png, validate=True)
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", data[16:24])


@pytest.mark.parametrize(
    "pictures",
    [(plots.terms,), (plots.distributions, plots.walk, plots.split)],
    ids=["one picture", "three pictures"],
)
def test_a_still_is_a_png_of_twice_the_promised_width(pictures):
    png, width = drawing.still(pictures, VALUES)
    assert width == round(100 * sum(picture.size[0] for picture in pictures))
    assert png_size(png)[0] == 2 * width
    assert png_size(png)[1] == round(200 * max(picture.size[1] for picture in pictures))


def test_a_still_is_the_same_each_time():
    assert drawing.still((plots.terms,), VALUES) == drawing.still((plots.terms,), VALUES)


def test_the_sentence_is_what_each_picture_says():
    pictures = plots.distributions, plots.terms
    assert drawing.sentence(pictures, VALUES) == (
        "P = (0.500, 0.500), Q = (0.900, 0.100). 1 of the 2 terms p log(p/q) above 0, 1 below; "
        "they sum to KL(P‖Q) = 0.5108 nats."
    )


@pytest.fixture
def shown(monkeypatch):
    """A function that calls show and returns what it displays."""
    displayed = []

    def display(data, raw):
        assert raw
        displayed.append(data)

    def call(*pictures, **values):
        assert drawing.show(*pictures, **values) is None
        return displayed.pop()

    monkeypatch.setattr(drawing, "display", display)
    return call


def test_show_gives_a_picture_with_its_text_alternative_and_the_sentence(shown):
    data = shown(plots.distributions, plots.terms, p=VALUES["p"], q=VALUES["q"], base=2)
    says = drawing.sentence((plots.distributions, plots.terms), VALUES | {"base": 2})
    assert data.keys() == {"text/html", "text/plain"}
    assert data["text/plain"] == says
    figure = ElementTree.fromstring(re.sub(r"(<img[^>]*)>", r"\1/>", data["text/html"]))
    assert figure.tag == "figure"
    assert figure.find("img").get("alt") == figure.findtext("figcaption") == says
    kind, png = figure.find("img").get("src").split(",")
    assert kind == "data:image/png;base64"
    assert png_size(png)[0] == 2 * int(figure.find("img").get("width"))


def test_what_a_sentence_holds_is_escaped_in_html(shown):
    p, labels = normalize([9, *[1] * 6]), ['"><script>alert(1)</script>', *"bcdef", "<b>&"]
    data = shown(plots.distributions, p=p, q=p[::-1], labels=labels)
    assert labels[0] in data["text/plain"]
    page = data["text/html"]
    assert "<script" not in page and "<b>" not in page
    assert page.count(html.escape(labels[0])) == page.count("&lt;b&gt;&amp;") == 2
    alt = re.search(r'alt="([^"]*)"', page)[1]
    assert html.unescape(alt) == data["text/plain"]
