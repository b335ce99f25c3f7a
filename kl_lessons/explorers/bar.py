"""A bar that grows while something runs, and is gone when it ends: no output is left."""

from collections.abc import Iterator, Sequence

import ipywidgets
from IPython.display import publish_display_data

from kl_lessons.explorers.saving import LIVE_VIEW

UPDATES = 50  # of the bar; more would cost more than they tell


def watched(steps: Sequence, what: str = "training") -> Iterator:
    """Each of the steps in turn, while a bar shows how many are done.

    The bar has no text and no picture beside its live view: a saved lesson holds nothing of it.
    """
    bar = ipywidgets.IntProgress(max=len(steps), description=what)
    view = {"version_major": 2, "version_minor": 0, "model_id": bar.model_id}
    publish_display_data({LIVE_VIEW: view})
    every = max(1, len(steps) // UPDATES)
    try:
        for done, step in enumerate(steps):
            if done % every == 0:
                bar.value = done
            yield step
    finally:
        bar.close()
