"""Every picture of the course: computed once from its values, drawn once, then moved.

`plots.walk(ax, p=p, q=q)` draws on given Axes; `show(plots.walk, …)` shows it with its sentence,
`explore(plots.walk, …)` with controls. `picture` makes a picture of a learner's own function.
"""

from kl_lessons.plots.coins import split, walk
from kl_lessons.plots.comparison import decomposition, distributions, terms
from kl_lessons.plots.gradients import gradients
from kl_lessons.plots.landscape import landscape_from, landscape_to
from kl_lessons.plots.languages import language_table, sentence_costs
from kl_lessons.plots.passages import first_passages
from kl_lessons.plots.picture import Picture, picture

__all__ = [
    "Picture",
    "decomposition",
    "distributions",
    "first_passages",
    "gradients",
    "landscape_from",
    "landscape_to",
    "language_table",
    "picture",
    "sentence_costs",
    "split",
    "terms",
    "walk",
]
