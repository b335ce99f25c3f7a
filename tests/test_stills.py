"""Stills: PNG of the promised size, safe HTML, and the sentence as text alternative."""

import base64
import html
import re
import struct
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import pytest

from kl_lessons import plots
from kl_lessons.explorers import stills
from kl_lessons.information import normalize

VALUES = {"p": [0.5, 0.5], "q": [0.9, 0.1]}


@pytest.fixture(autouse=True, scope="module")
def house_look():
    with mpl.rc_context(fname=str(Path(__file__).parents[1] / "notebooks" / "matplotlibrc")):
        yield


def computed(*pictures, **values):
    return pictures, stills.computed(pictures, VALUES | values)


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
    png, width = stills.still(*computed(*pictures))
    assert width == round(100 * sum(picture.size[0] for picture in pictures))
    assert png_size(png)[0] == 2 * width
    assert png_size(png)[1] == round(200 * max(picture.size[1] for picture in pictures))


def test_a_still_is_the_same_each_time():
    assert stills.still(*computed(plots.terms)) == stills.still(*computed(plots.terms))


def test_the_sentence_is_what_each_picture_says():
    assert stills.sentence(*computed(plots.distributions, plots.terms)) == (
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
        assert stills.show(*pictures, **values) is None
        return displayed.pop()

    monkeypatch.setattr(stills, "display", display)
    return call


def test_show_gives_a_picture_with_its_text_alternative_and_the_sentence(shown):
    data = shown(plots.distributions, plots.terms, **VALUES, base=2)
    says = stills.sentence(*computed(plots.distributions, plots.terms, base=2))
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


def test_show_refuses_a_name_that_no_picture_takes(shown):
    with pytest.raises(ValueError, match="flip is asked for by none of the pictures: walk"):
        shown(plots.walk, **VALUES, flip=100)


def test_pictures_that_share_their_numbers_compute_them_once():
    calls = []

    def numbers(p):
        calls.append(p)
        return {"p": p}

    one = plots.picture(numbers=numbers, says="{p}")(lambda ax, numbers: None)
    other = plots.picture(numbers=numbers, says="{p}")(lambda ax, numbers: None)
    first, second = stills.computed((one, other), {"p": 0.5, "q": 1})
    assert first is second and calls == [0.5]
