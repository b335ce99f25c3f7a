"""compare(): two distributions that follow the hand, computed and drawn in the page."""

import html
import json

import anywidget
import numpy as np
import traitlets
from numpy.typing import ArrayLike

from kl_lessons import plots
from kl_lessons.explorers import stills
from kl_lessons.explorers.explore import page_code
from kl_lessons.information import as_distribution
from kl_lessons.look import PALETTE, UNITS, filled
from kl_lessons.plots.comparison import MEASURES
from kl_lessons.subjects.classifier import softmax

PANELS = ("distributions", "terms", "decomposition")
_CODE = page_code("controls.js", "distribution_explorer.js")
_STYLE = page_code("explorer.css")


def compare(
    p: ArrayLike,
    q: ArrayLike,
    labels: list[str] | None = None,
    *,
    panels: tuple[str, ...] = PANELS,
) -> "Comparison":
    """An explorer of P and Q whose bars and sliders can be moved, with the numbers in a line.

    Parameters
    ----------
    p, q : the distributions to start from, of one length.
    labels : names of the outcomes; None is 1, 2, 3, …
    panels : which of "distributions", "terms" (p log(p/q) of each outcome) and "decomposition"
        (H(P,Q) = H(P) + KL(P‖Q)) are shown.

    Returns
    -------
    A Comparison `lab`, which a notebook shows. `lab.p`, `lab.q` and `lab.base` are what the
    learner made of it; `lab.q = [0.2, 0.8]` moves the picture.
    """
    if not panels or not set(panels) <= set(PANELS):
        raise ValueError(f"panels is {panels!r}: choose from {', '.join(PANELS)}")
    state = {"p": _one("p", p), "q": _one("q", q), "base": "nats"}
    return Comparison(state, labels, panels)


def compare_logits(
    p: ArrayLike,
    logits: ArrayLike,
    labels: list[str] | None = None,
    *,
    temperature: float = 1.0,
) -> "Comparison":
    """An explorer of the target P and Q = softmax(logits / temperature), with both gradients.

    The arrows on the bars lead from Q to P: they are minus the gradient of the cross-entropy
    with respect to the logits, times the temperature. Beside them stand this gradient and that
    of half the squared error. `lab.logits` and `lab.temperature` can be read and set.
    """
    state = {
        "p": _one("p", p),
        "logits": _logits(logits),
        "temperature": _temperature(temperature),
        "base": "nats",
    }
    return Comparison(state, labels, ("distributions", "gradients", "decomposition"))


class _View(anywidget.AnyWidget):
    """What the page holds; the page computes and draws, and tells what the hand has set."""

    _esm = _CODE
    _css = _STYLE
    options = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True, echo_update=False)


class Comparison:
    """Two distributions on the page; what they are now can be read and set."""

    def __init__(self, state: dict, labels: list[str] | None, panels: tuple[str, ...]) -> None:
        size = len(state["p"])
        labels = [str(i + 1) for i in range(size)] if labels is None else [*map(str, labels)]
        for name in {"q", "logits"} & set(state):
            if len(state[name]) != size:
                raise ValueError(f"p has {size} outcomes and {name} has {len(state[name])}")
        if len(labels) != size:
            raise ValueError(f"labels are {len(labels)}, and p has {size} outcomes")
        options = {
            "labels": labels,
            "palette": {name: colour._asdict() for name, colour in PALETTE.items()},
            "panels": list(panels),
            "start": state,
            "logits": "logits" in state,
        }
        self.view = _View(options=options, state=state)

    @property
    def p(self) -> np.ndarray:
        """The truth as it stands now."""
        return np.array(self.view.state["p"], dtype=float)

    @p.setter
    def p(self, p: ArrayLike) -> None:
        self._set("p", _one("p", p))

    @property
    def q(self) -> np.ndarray:
        """The belief as it stands now."""
        state = self.view.state
        if "logits" in state:
            return softmax(np.array(state["logits"], dtype=float) / state["temperature"])
        return np.array(state["q"], dtype=float)

    @q.setter
    def q(self, q: ArrayLike) -> None:
        if "logits" in self.view.state:
            raise ValueError("q follows from the logits: set logits instead")
        self._set("q", _one("q", q))

    @property
    def logits(self) -> np.ndarray:
        """The logits of Q, in an explorer that has them."""
        return np.array(self._value("logits"), dtype=float)

    @logits.setter
    def logits(self, logits: ArrayLike) -> None:
        self._value("logits")
        self._set("logits", _logits(logits))

    @property
    def temperature(self) -> float:
        """The temperature that divides the logits, in an explorer that has them."""
        return self._value("temperature")

    @temperature.setter
    def temperature(self, temperature: float) -> None:
        self._value("temperature")
        self._set("temperature", _temperature(temperature))

    @property
    def base(self) -> float | None:
        """The base of the logarithm: None for nats, 2 for bits."""
        return UNITS[self.view.state["base"]]

    @base.setter
    def base(self, base: float | None) -> None:
        if base not in UNITS.values():
            raise ValueError(f"base is {base!r}, and must be None for nats or 2 for bits")
        self._set("base", "bits" if base else "nats")

    def _value(self, name: str) -> object:
        if name not in self.view.state:
            raise AttributeError(f"this explorer has no {name}: compare_logits makes one that has")
        return self.view.state[name]

    def _set(self, name: str, value: object) -> None:
        size = len(self.view.options["labels"])
        if isinstance(value, list) and len(value) != size:
            raise ValueError(f"{name} has {len(value)} entries, and must have {size}")
        self.view.state = self.view.state | {name: value}

    def _repr_mimebundle_(self, **kwargs: object) -> dict:
        state, options = self.view.state, self.view.options
        values = {"p": self.p, "base": self.base, "labels": options["labels"]}
        pictures = tuple(getattr(plots, name) for name in options["panels"])
        if "logits" in state:
            values |= {"logits": self.logits, "temperature": self.temperature}
        else:
            values |= {"q": self.q}
        numbers = stills.computed(pictures, values)
        says = filled(MEASURES, numbers[0])
        if "logits" in state:
            says += " " + plots.gradients.sentence(numbers[pictures.index(plots.gradients)])
        live = {"version_major": 2, "version_minor": 0, "model_id": self.view.model_id}
        return {
            "application/vnd.jupyter.widget-view+json": live,
            "text/html": _page(stills.figure(pictures, numbers, says), options, state),
            "text/plain": says,
        }


def _page(figure: str, options: dict, state: dict) -> str:
    """The explorer for a page without a kernel: the picture, which the script makes live.

    Where scripts are stripped, the picture and its sentence stay.
    """
    data = html.escape(json.dumps({"options": options, "state": state}), quote=True)
    code = _CODE.replace("export default", "const explorer =")
    return (
        f'<div class="kl-saved" data-explorer="{data}">{figure}</div>\n'
        f"<style>{_STYLE}</style>\n"
        f'<script type="module">\n{code}\n'
        'for (const saved of document.querySelectorAll(".kl-saved:not(.kl-explorer)")) {\n'
        "  const { options, state } = JSON.parse(saved.dataset.explorer);\n"
        "  explorer.mount(saved, options, state);\n"
        "}\n</script>"
    )


def _one(name: str, values: ArrayLike) -> list[float]:
    """The values as one distribution in a list, or the ValueError of the measures."""
    distribution = as_distribution(name, values)
    if distribution.ndim > 1:
        raise ValueError(f"{name} holds {len(distribution)} distributions: give one")
    return distribution.tolist()


def _logits(logits: ArrayLike) -> list[float]:
    array = np.asarray(logits, dtype=float)
    if array.ndim != 1 or not np.isfinite(array).all():
        raise ValueError("logits is no list of finite numbers: give one such as [2, 0, -1]")
    return array.tolist()


def _temperature(temperature: float) -> float:
    if not 0 < temperature < np.inf:
        raise ValueError(f"temperature is {temperature}, and must be above 0")
    return float(temperature)
