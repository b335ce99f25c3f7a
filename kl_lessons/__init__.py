"""What the lessons share; a name is loaded when it is first asked for, with what it needs."""

from importlib import import_module

_ROOMS = {
    "information": (
        "cross_entropy",
        "entropy",
        "js_divergence",
        "kl_divergence",
        "kl_terms",
        "mutual_information",
        "normalize",
        "surprisal",
        "total_variation",
    ),
    "subjects.sampling": ("sample",),
    "exercises": ("check", "hint", "is_right", "progress", "solution"),
    "explorers.bar": ("watched",),
    "explorers.explore": ("compare", "compare_logits", "explore"),
    "explorers.stills": ("show",),
}
_MODULES = {
    "plots": "plots",
    "autoencoder": "subjects.autoencoder",
    "classifier": "subjects.classifier",
    "coins": "subjects.coins",
    "diffusion": "subjects.diffusion",
    "gaussians": "subjects.gaussians",
    "language_models": "subjects.language_models",
    "passport": "subjects.passport",
    "policies": "subjects.policies",
    "training": "subjects.training",
    "variational": "subjects.variational",
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [*_HOME, *_MODULES]  # noqa: PLE0604 - strings, which ruff cannot see


def __getattr__(name: str) -> object:
    if name in _MODULES:
        return import_module(f"kl_lessons.{_MODULES[name]}")
    if name in _HOME:
        return getattr(import_module(f"kl_lessons.{_HOME[name]}"), name)
    raise AttributeError(f"module 'kl_lessons' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
