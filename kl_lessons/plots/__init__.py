"""Every picture of the course: drawn once on given Axes, then moved.

A picture is a function `picture(ax, **values)` that draws and returns `move(**values)`, which
sets what depends on the values and returns the artists that may move, always the same ones.
`picture.says(**values)` is the sentence that tells what is to be seen, and the picture's text
alternative; `picture.size` is its width and height in inches.
"""

from kl_lessons.plots.base import PALETTE, Colour, number, picture, unit
from kl_lessons.plots.comparison import decomposition, distributions, measures_in_words, terms
from kl_lessons.plots.gradients import gradients
from kl_lessons.plots.landscape import landscape_from, landscape_to
from kl_lessons.plots.languages import language_table, sentence_costs
from kl_lessons.plots.walks import MOST_FLIPS, split, walk

__all__ = [
    "MOST_FLIPS",
    "PALETTE",
    "Colour",
    "decomposition",
    "distributions",
    "gradients",
    "landscape_from",
    "landscape_to",
    "language_table",
    "measures_in_words",
    "number",
    "picture",
    "sentence_costs",
    "split",
    "terms",
    "unit",
    "walk",
]
