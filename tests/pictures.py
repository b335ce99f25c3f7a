"""What several tests need of the pictures: which there are, their numbers, and drawing one."""

from itertools import groupby

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from kl_lessons import plots

PICTURES = {name: f for name, f in vars(plots).items() if isinstance(f, plots.Picture)}
every_picture = pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)


def kinds(picture):
    """The kinds of marks and of axes that the picture has."""
    axes = {(name, picture.chart[name]["kind"]) for name in "xy"}
    return {mark["kind"] for mark in picture.chart["marks"]} | axes


def fewest():
    """Few pictures that have every kind of mark and of axis between them."""
    names, missing = [], set().union(*map(kinds, PICTURES.values()))
    while missing:
        names.append(max(PICTURES, key=lambda name: len(kinds(PICTURES[name]) & missing)))
        missing -= kinds(PICTURES[names[-1]])
    return names


each_kind_of_mark = pytest.mark.parametrize(
    "picture", [PICTURES[name] for name in fewest()], ids=fewest()
)


def size(numbers):
    """The sizes of what the numbers hold: a picture can move between numbers of one size."""
    lists = ("names", "p", "q")
    return [len(numbers[name]) for name in lists if name in numbers]


def tables(picture):
    """The numbers of the picture's examples, those of one size together, two or more."""
    numbers = sorted((picture.numbers(**example) for example in picture.examples), key=size)
    groups = (list(group) for _, group in groupby(numbers, key=size))
    return [group for group in groups if len(group) > 1]


def drawn(picture, numbers):
    """Axes on which the picture was drawn, without automatic layout, and its mover."""
    figure = Figure(figsize=picture.size, layout="none", dpi=72)
    FigureCanvasAgg(figure)
    ax = figure.subplots()
    return ax, picture.draw(ax, numbers)


def of_mark(ax, order):
    """The artists of the mark with this place in the picture's list."""
    return [a for a in ax.get_children() if a.get_gid() == f"mark {order}"]
