"""The page computes and draws what Python does: numbers, bars, lines, limits, ∞ and sentences."""

import json
import re

import numpy as np
import pytest
from conftest import quiet_page
from matplotlib.colors import to_hex
from pictures import PICTURES, drawn, every_picture, of_mark

from kl_lessons.explorers import page as code
from kl_lessons.explorers.explorer import as_json
from kl_lessons.look import PALETTE, RAMPS
from kl_lessons.subjects.policies import Answers

DRAW = """([picture, values, palette, ramps]) => {
    document.body.replaceChildren();
    const panel = makePanel(picture, { palette, ramps }, null);
    document.body.append(panel.node);
    const numbers = NUMBERS[picture.numbers](values);
    panel.draw(numbers, "fresh");
    panel.resize(420, 300);
    const says = [picture.says].flat()[Array.isArray(picture.says) ? numbers.case : 0];
    const seen = (node) => node.getClientRects().length > 0 && node.style.display !== "none";
    const marks = [...panel.node.querySelectorAll("[data-mark]")].map((group) => ({
        order: Number(group.dataset.mark),
        rects: [...group.querySelectorAll("rect")].map((r) =>
            ["x", "y", "width", "height"].map((name) => Number(r.getAttribute(name)))),
        fills: [...group.querySelectorAll("rect")].map((r) => r.getAttribute("fill")),
        paths: [...group.querySelectorAll("path")].map((path) => path.getAttribute("d")),
        strokes: [...group.querySelectorAll("path")].map((path) =>
            ["stroke-width", "stroke-dasharray"].map((name) => path.getAttribute(name))),
        dots: [...group.querySelectorAll("circle")].map((c) =>
            ["cx", "cy"].map((name) => Number(c.getAttribute(name)))),
        signs: [...group.querySelectorAll(".kl-infinity")].filter(seen).map((t) => t.textContent),
        texts: [...group.querySelectorAll("text:not(.kl-infinity)")].map((t) => t.textContent),
        cells: [...group.querySelectorAll("canvas")].map((c) => [c.width, c.height,
            [...c.getContext("2d").getImageData(0, 0, c.width, c.height).data]]),
    }));
    const ticks = panel.node.querySelectorAll(".kl-ticks text");
    const words = [...panel.node.querySelectorAll(".kl-title, .kl-legend text")];
    return {
        frame: JSON.parse(panel.node.dataset.frame),
        marks: marks.sort((one, other) => one.order - other.order),
        ticks: [...ticks].map((t) => t.textContent),
        words: words.map((t) => t.textContent).filter(Boolean),
        says: filled(says, numbers),
    };
}"""
PLAIN = """([name, values]) => JSON.stringify(NUMBERS[name](values), (key, x) =>
    typeof x === "number" && !Number.isFinite(x) ? String(x) : x)"""


@pytest.fixture(scope="module")
def page(browser):
    """A page without network that holds the code and nothing else."""
    with quiet_page(browser) as page:
        page.set_content("<!doctype html><title>t</title><body data-jp-theme-light=true>")
        page.add_script_tag(content=code.code())
        yield page


def random_distribution(random, size):
    """Random probabilities, some of them 0, at times all but one."""
    weights = random.gamma(0.5, size=size) * (random.random_sample(size) > 0.15)
    if not weights.any() or random.random_sample() < 0.05:
        weights = np.eye(size)[random.randint(size)]
    return weights / weights.sum()


def random_values(picture, random):
    """The values of an example with other numbers in their places, zeros and one-hot too."""
    values = dict(picture.examples[random.randint(len(picture.examples))])
    size = random.choice([2, 3, 5, 26]) if "labels" not in values else len(values["p"])
    if "landscape" in picture.name or picture.name == "gradients":
        size = 3  # of two classes both slopes are equally large
    for name in {"p", "q"} & set(values):
        values[name] = random_distribution(random, size)
    if "logits" in values:
        values["logits"] = random.normal(0, 4, size)
        values["temperature"] = random.uniform(0.1, 5)
    if "corpus" in values:
        signs, many = [*"whale t\n—$&<é鯨😀"], random.choice([1, 7, 60, 400])
        values["text"] = "".join(random.choice(signs, size=many)) + "e"
        values["order"] = int(random.randint(6))
    if "sizes" in values:
        values["sizes"] = values["sizes"]._replace(seen=random.gamma(2, size=3).tolist())
    for name, draw in {
        "base": lambda: random.choice([None, 2]),
        "truth": lambda: random.choice(["P", "Q"]),
        "flips": lambda: int(10 ** random.uniform(0, 4)),
        "days": lambda: random.randint(1, 366),
        "mean": lambda: random.uniform(-3, 3),
        "cut": lambda: random.uniform(0.5, 8),
        "bins": lambda: random.randint(2, 200),
        "t": lambda: random.uniform(0.05, 3),
        "seed": lambda: random.randint(100),
        "joins": lambda: random.randint(26),
        "n": lambda: random.randint(1, 200),
        "share": random.uniform,
        "rain": random.uniform,
        "umbrella_if_rain": random.uniform,
        "umbrella_if_dry": lambda: random.choice([0, 1, random.uniform()]),
        "merged": random.permutation(size)[:2].tolist,
        "weight": lambda: random.choice([0.1, 0.35, 0.9]),
        "gap": lambda: random.uniform(0, 6),
        "width": lambda: random.uniform(0.5, 2),
        "start": lambda: random.uniform(-6, 6),
        "shift": lambda: random.uniform(-2, 2),
        "draws": lambda: int(10 ** random.uniform(0, 3)),
        "level": lambda: random.uniform(0.01, 1),
        "label": lambda: random.choice([0, 1, random.uniform()]),
        "belief": lambda: random.choice([0, 1, random.uniform()]),
        "lead": lambda: random.uniform(-4, 16),
        "score": lambda: random.uniform(-6, 6),
        "moment": lambda: random.randint(4),
        "image": lambda: random.randint(2),
        "temperature": lambda: random.uniform(0.1, 5),
        "heads": lambda: random.randint(21) if "tails" in picture.parameters else random.uniform(),
        "tails": lambda: random.randint(21),
        "a": lambda: random.randint(1, 31),
        "b": lambda: random.randint(1, 31),
        "across": lambda: random.uniform(-3.5, 3.5),
        "up": lambda: random.uniform(-3.5, 3.5),
        "denoised": lambda: random.randint(5),
        "denoiser": lambda: random.randint(2),
        "pseudocount": lambda: random.choice([0, 0.01, 0.5, 2]),
    }.items():
        if name in picture.parameters:
            values[name] = draw()
    if picture.name in ("leashed_policy", "frontier", "penalties"):
        values["answers"] = Answers(
            [f"reply {i}" for i in range(size)],
            random_distribution(random, size),
            random.normal(0, 2, size),
            random.normal(0, 2, size),
        )
        values["beta"] = 10 ** random.uniform(-2, 3)
    truth = values.get("truth", "P").lower()
    if picture.name in ("walk", "split") and not np.any(values[truth]):
        values["truth"] = "P"
    return values


def in_page(page, picture, values):
    """The numbers of the page's twin."""
    told = page.evaluate(PLAIN, [picture.numbers.__name__, as_json(values)])
    return json.loads(told)


@every_picture
def test_the_page_computes_the_numbers_of_python(picture, page):
    random = np.random.RandomState(7)
    many = (random_values(picture, random) for _ in range(60 if picture.chart["equal"] else 100))
    for values in [*picture.examples, *many]:
        python, twin = picture.numbers(**values), in_page(page, picture, values)
        assert twin.keys() == python.keys()
        for name, number in python.items():
            if name == "needed":  # log(99)/KL: as sure as KL itself is
                pair = np.divide(1, [number, float(twin[name])], where=number > 0, out=np.ones(2))
                same(*pair, f"1 / {name} of {values}")
            else:
                same(number, twin[name], f"{name} of {values}")


def same(number, twin, what):
    """An assert that two numbers, lists, tables or words are the same but for rounding."""
    number = np.asarray(number)
    if number.dtype.kind == "U":
        assert number.tolist() == twin, what
        return
    number, twin = number.ravel().astype(float), np.ravel(np.array(twin, dtype=object))
    twin = np.array([float(x) for x in twin.tolist()] if twin.size else [], dtype=float)
    assert number.shape == twin.shape, what
    size = np.abs(number[np.isfinite(number)]).sum() if number.size < 1000 else 1
    np.testing.assert_allclose(twin, number, rtol=1e-12, atol=1e-12 * max(1, size), err_msg=what)


class Geometry:
    """What a frame's pixels are in the units of its axes."""

    def __init__(self, frame, chart):
        self.limits, self.chart = frame, chart
        left, right, top, bottom = frame["data"]
        self.pixels = {"x": (left, right), "y": (bottom, top)}

    def __call__(self, name, pixel):
        (low, high), (first, last) = self.limits[name], self.pixels[name]
        share = (np.asarray(pixel, dtype=float) - first) / (last - first)
        if self.chart[name]["kind"] == "log":
            return low * (high / low) ** share
        return low + share * (high - low)

    def point(self, x, y):
        """The place of a pixel."""
        return self("x", x), self("y", y)

    def points(self, path):
        """The points of a path of straight lines."""
        numbers = np.array([float(x) for x in re.findall(r"-?[\d.]+(?:e-?\d+)?", path)])
        return np.column_stack([self("x", numbers[0::2]), self("y", numbers[1::2])])


def close(found, expected, geometry):
    """An assert that points agree to a thousandth of a pixel or of their size."""
    spans = [abs(np.diff(geometry.limits[name])[0]) for name in ("x", "y")]
    found, expected = np.reshape(found, (-1, 2)), np.reshape(expected, (-1, 2))
    assert found.shape == expected.shape
    np.testing.assert_allclose(found / spans, expected / spans, rtol=0, atol=1e-9)


@every_picture
def test_the_page_draws_the_picture_of_matplotlib(picture, page):
    random = np.random.RandomState(8)
    for values in [*picture.examples, *(random_values(picture, random) for _ in range(8))]:
        compare_drawings(picture, values, page)


def compare_drawings(picture, values, page):
    """An assert that both draw the same bars, lines, limits, ∞ and words."""
    told = {"numbers": picture.numbers.__name__, "says": picture.says, "chart": picture.chart}
    palette = {name: colour._asdict() for name, colour in PALETTE.items()}
    found = page.evaluate(DRAW, as_json([told, values, palette, RAMPS]))
    numbers = picture.numbers(**values)
    ax, _ = drawn(picture, numbers)
    geometry = Geometry(found["frame"], picture.chart)
    for name, limits in (("x", ax.get_xlim()), ("y", ax.get_ylim())):
        np.testing.assert_allclose(found["frame"][name], limits, rtol=1e-12)
    for mark, twin in zip(picture.chart["marks"], found["marks"], strict=True):
        CHECKS[mark["kind"]](mark, of_mark(ax, twin["order"]), twin, geometry)
    for name, axis in (("x", ax.xaxis), ("y", ax.yaxis)):
        if picture.chart[name]["kind"] == "log":
            names = [label.get_text() for label in axis.get_ticklabels()]
            assert "\n".join([*names, axis.get_label_text()]) in "\n".join(found["ticks"])
            assert not any(label.get_text() for label in axis.get_ticklabels(minor=True))
    legend = ax.get_legend()
    words = [ax.get_title(), *(text.get_text() for text in (legend.get_texts() if legend else ()))]
    assert [word for word in words if word] == found["words"]
    python, twin = picture.sentence(numbers), found["says"]
    assert alike(python, twin), (python, twin)


def alike(one, other):
    """Whether two sentences are the same, but for one in the last digit of a number (a tie)."""
    pattern = r"[\d,]*\.\d+"
    if re.sub(pattern, "#", one) != re.sub(pattern, "#", other):
        return False
    pairs = zip(re.findall(pattern, one), re.findall(pattern, other), strict=True)
    for a, b in pairs:
        step = 10.0 ** -len(a.partition(".")[2])
        if abs(float(a.replace(",", "")) - float(b.replace(",", ""))) > 1.01 * step:
            return False
    return True


def infinities(artists):
    """The signs of ∞ and −∞ among matplotlib's artists, as words."""
    signs = []
    for artist in artists:
        marker = str(artist.get_marker()) if hasattr(artist, "get_marker") else ""
        if "infty" in marker:
            signs += ["−∞" if "-" in marker else "∞"] * len(artist.get_xdata())
    return sorted(signs)


def check_bars(mark, artists, twin, geometry):
    bars = [artist for artist in artists if hasattr(artist, "get_height")]
    for bar, (x, y, width, height) in zip(bars, twin["rects"], strict=True):
        found = np.sort([geometry.point(x, y), geometry.point(x + width, y + height)], axis=0)
        expected = [bar.get_xy(), np.add(bar.get_xy(), [bar.get_width(), bar.get_height()])]
        close(found, np.sort(expected, axis=0), geometry)
    assert sorted(twin["signs"]) == infinities(artists)


def check_line(mark, artists, twin, geometry):
    (line,) = artists
    (path,), ((width, dashes),) = twin["paths"], twin["strokes"]
    assert float(width) == line.get_linewidth()
    lengths = [] if dashes == "none" else [float(length) for length in dashes.split()]
    assert lengths == pytest.approx(line._dash_pattern[1] or [])
    seen = line.get_visible() and len(line.get_xdata())
    assert bool(path) == bool(seen)
    if seen:
        close(geometry.points(path), np.column_stack(line.get_data()), geometry)


def check_area(mark, artists, twin, geometry):
    (area,) = artists
    (path,) = twin["paths"]
    assert bool(path) == area.get_visible()
    if path:
        corners = geometry.points(path)
        closed = np.vstack([corners, corners[:1]])[: len(area.get_xy())]
        close(closed, area.get_xy(), geometry)  # the last corner is the first again


def check_dots(mark, artists, twin, geometry):
    (dots,) = artists
    found = [geometry.point(x, y) for x, y in twin["dots"]]
    close(found, np.column_stack(dots.get_data()), geometry)


def check_arrows(mark, artists, twin, geometry):
    darts = [artist for artist in artists if hasattr(artist, "get_arrowstyle")]
    for dart, path in zip(darts, twin["paths"], strict=True):
        assert bool(path) == dart.get_visible()
        if path:
            x, a, b = map(float, re.match(r"M([^,]+),([^V]+)V([^M]+)", path).groups())
            found = [geometry.point(x, y) for y in (a, b)]
            close(found, dart._posA_posB, geometry)
    words = [artist.get_text() for artist in artists if hasattr(artist, "get_text")]
    assert words == twin["texts"]


def check_texts(mark, artists, twin, geometry):
    assert [a.get_text() if a.get_visible() else "" for a in artists] == twin["texts"]


def check_signs(mark, artists, twin, geometry):
    assert sorted(twin["signs"]) == infinities(artists)


def check_rule(mark, artists, twin, geometry):
    ((y, _),) = [artists[0].get_ydata()]
    (path,) = twin["paths"]
    low, high = sorted(geometry.limits["y"])
    assert bool(path) == (low <= y <= high)
    if path:
        pixel = float(re.match(r"M[^,]+,([^H]+)H", path)[1])
        assert geometry("y", pixel) == pytest.approx(y, abs=1e-9)


def check_cells(mark, artists, twin, geometry):
    image = next(artist for artist in artists if hasattr(artist, "get_array"))
    colours = image.to_rgba(image.get_array(), bytes=True)
    low, high = geometry.limits["y"]
    ((columns, rows, pixels),) = twin["cells"]  # from above downwards
    found = np.reshape(pixels, (rows, columns, 4))
    expected = colours if low > high else colours[::-1]
    assert found.shape == expected.shape
    assert (np.abs(found - expected.astype(int)).max(axis=-1) == 0).mean() > 0.999


def check_tiles(mark, artists, twin, geometry):
    squares = [artist for artist in artists if hasattr(artist, "get_height")]
    words = [artist.get_text() for artist in artists if hasattr(artist, "get_text")]
    assert words == twin["texts"]
    for square, (x, y, width, height), fill in zip(
        squares, twin["rects"], twin["fills"], strict=True
    ):
        corners = [geometry.point(x, y), geometry.point(x + width, y + height)]
        close(corners, [square.get_xy(), np.add(square.get_xy(), 1)], geometry)
        assert to_hex(square.get_facecolor()).upper() == fill


CHECKS = {
    "bars": check_bars,
    "line": check_line,
    "area": check_area,
    "dots": check_dots,
    "arrows": check_arrows,
    "texts": check_texts,
    "signs": check_signs,
    "rule": check_rule,
    "cells": check_cells,
    "tiles": check_tiles,
}


def test_the_page_has_a_twin_of_each_function_of_numbers(page):
    twins = set(page.evaluate("Object.keys(NUMBERS)"))
    assert twins == {picture.numbers.__name__ for picture in PICTURES.values()}


@pytest.mark.parametrize("seed", [0, 1, 7, 99, 2**32 - 1])
def test_random_numbers_are_numpys_bit_for_bit(seed, page):
    found = page.evaluate("seed => randomSample(seed, 10_000)", seed)
    assert found == np.random.RandomState(seed).random_sample(10_000).tolist()


# The test is shown to fail: each of these faults in the page's code is found.

FAULTS = {  # what is wrong: the file, what is right there, what stands there instead, a picture
    "a bar is halved": ("marks.js", "B(end)]", "B(end / 2)]", "distributions"),
    "a term is dropped": ("measures.js", "(x === 0 ? 0 : x * (", "(i === 1 ? 0 : x * (", "terms"),
    "∞ is lost": ("marks.js", "signs(infinite);", "signs([]);", "terms"),
    "a limit is moved": ("words.js", "1.12 : 1.04;", "1.12 : 1.05;", "terms"),
    "a sentence is changed": ("words.js", '"string" ? value', '"string" ? `${value}s`', "terms"),
    "a colour is shifted": (
        "marks.js",
        "pens[Math.min(last,",
        "pens[Math.min(last - 1, 1 +",
        "landscape_to",
    ),
    "a dash is lost": ("marks.js", 'mark.dash.join(" ")', '""', "ledgers"),
    "a mark of a scale is renamed": ("words.js", "exponent < 6", "exponent < 3", "walk"),
    "a line is shifted": ("marks.js", "${Y(ys[i])}`)", "${Y(ys[i]) + 0.1}`)", "walk"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_page_would_be_found(fault, browser):
    file, right, wrong, name = FAULTS[fault]
    text = (code.PAGE / file).read_text(encoding="utf-8")
    assert text.count(right) == 1, "the fault is planted elsewhere"
    with quiet_page(browser) as page:
        page.set_content("<!doctype html><title>t</title><body data-jp-theme-light=true>")
        page.add_script_tag(content=code.code().replace(right, wrong))
        with pytest.raises(AssertionError):
            test_the_page_draws_the_picture_of_matplotlib(PICTURES[name], page)
