"""What the lessons share: measures, pictures, explorers, exercises."""

from kl_lessons.information import (
    cross_entropy,
    entropy,
    kl_divergence,
    kl_terms,
    normalize,
    surprisal,
)

__all__ = [
    "cross_entropy",
    "entropy",
    "kl_divergence",
    "kl_terms",
    "normalize",
    "surprisal",
]
