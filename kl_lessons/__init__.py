"""What the lessons share: measures, pictures, explorers, exercises."""

from kl_lessons.drawing import show
from kl_lessons.exercises import check, hint, is_right, progress, solution
from kl_lessons.information import (
    cross_entropy,
    entropy,
    kl_divergence,
    kl_terms,
    normalize,
    surprisal,
)
from kl_lessons.sliders import explore

__all__ = [
    "check",
    "cross_entropy",
    "entropy",
    "explore",
    "hint",
    "is_right",
    "kl_divergence",
    "kl_terms",
    "normalize",
    "progress",
    "show",
    "solution",
    "surprisal",
]
