"""What the lessons share: measures, pictures, explorers, exercises."""

from kl_lessons.distribution_explorer import compare, compare_logits
from kl_lessons.drawing import show
from kl_lessons.exercises import check, hint, is_right, progress, solution
from kl_lessons.information import (
    cross_entropy,
    entropy,
    js_divergence,
    kl_divergence,
    kl_terms,
    mutual_information,
    normalize,
    surprisal,
    total_variation,
)
from kl_lessons.sliders import explore

__all__ = [
    "check",
    "compare",
    "compare_logits",
    "cross_entropy",
    "entropy",
    "explore",
    "hint",
    "is_right",
    "js_divergence",
    "kl_divergence",
    "kl_terms",
    "mutual_information",
    "normalize",
    "progress",
    "show",
    "solution",
    "surprisal",
    "total_variation",
]
