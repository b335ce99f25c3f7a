"""explore(): controls that move a picture, drawn in the kernel, shown in the browser."""

import math
from collections.abc import Callable
from functools import partial
from numbers import Integral, Real
from pathlib import Path
from typing import NamedTuple

import anywidget
import ipywidgets
import numpy as np
import traitlets

from kl_lessons.explorers import stills
from kl_lessons.explorers.layers import layers
from kl_lessons.information import as_distribution, normalize
from kl_lessons.look import PALETTE, UNITS
from kl_lessons.plots import Picture


def explore(*pictures: Picture, labels: list[str] | None = None, **values: object) -> "Explorer":
    """An explorer: the pictures side by side, and a control for each of the values.

    Parameters
    ----------
    pictures : functions such as those of `plots`; each takes the values it has parameters for.
    labels : names of the outcomes.
    values : as in `ipywidgets.interact`, and distributions beside: a list or array that sums
        to 1 becomes sliders that keep its sum; a number or (low, high) or (low, high, step) one
        slider, which starts at the picture's default; a bool a checkbox; a list or dict a
        choice; a widget is shown and followed; `ipywidgets.fixed(x)` is x, without control.
        A picture that takes `base` gets a switch between nats and bits.

    Returns
    -------
    An Explorer `lab`, which a notebook shows. `lab.p` is what stands at the control for p now,
    and `lab.p = [0.2, 0.8]` moves it.
    """
    if any("base" in picture.parameters for picture in pictures):
        values.setdefault("base", None)
    stills.refuse_unknown(pictures, list(values))
    fixed = {name: v.value for name, v in values.items() if isinstance(v, ipywidgets.fixed)}
    widgets = {name: v for name, v in values.items() if isinstance(v, ipywidgets.Widget)}
    fixed |= {name: v for name, v in values.items() if hasattr(v, "_fields")}
    if labels is not None:
        fixed["labels"] = list(labels)
    controls = {
        name: _control(name, value, _default(pictures, name), labels)
        for name, value in values.items()
        if name not in fixed and name not in widgets
    }
    return Explorer(pictures, controls, widgets, fixed)


def page_code(*names: str) -> str:
    """The text of the files in page/, one after the other."""
    folder = Path(__file__).parent / "page"
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in names)


class _View(anywidget.AnyWidget):
    """What the page holds: it sends the state of the controls, the kernel sends what to show."""

    _esm = page_code("controls.js", "explorer.js")
    _css = page_code("explorer.css")
    controls = traitlets.List().tag(sync=True)
    backgrounds = traitlets.List().tag(sync=True)
    start = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True, echo_update=False)
    shown = traitlets.Dict().tag(sync=True)


class _Control(NamedTuple):
    """A control: what the page needs to draw it, its first state, and the two translations."""

    page: dict
    start: object
    to_value: Callable
    to_state: Callable


class Explorer:
    """Pictures and their controls; `lab.p` reads and moves the control for p."""

    def __init__(
        self,
        pictures: tuple[Picture, ...],
        controls: dict[str, _Control],
        widgets: dict[str, ipywidgets.Widget],
        fixed: dict[str, object],
    ) -> None:
        self._controls, self._widgets, self._fixed = controls, widgets, fixed
        self._pictures = pictures
        start = {name: control.start for name, control in controls.items()}
        pages = [control.page for control in controls.values()]
        nothing = {"moving": [""] * len(pictures), "says": [""] * len(pictures), "problem": ""}
        self.view = _View(controls=pages, start=start, state=start, shown=nothing)
        numbers = stills.computed(pictures, self._values())
        drawn = [layers(picture, n) for picture, n in zip(pictures, numbers, strict=True)]
        self.view.backgrounds = [background for background, _ in drawn]
        self._steps = [step for _, step in drawn]
        self._draw()
        self._shown = ipywidgets.VBox([*widgets.values(), self.view]) if widgets else self.view
        self.view.observe(self._draw, "state")
        for widget in widgets.values():
            widget.observe(self._draw, "value")

    def _values(self) -> dict:
        state = self.view.state
        live = {name: c.to_value(state[name]) for name, c in self._controls.items()}
        return self._fixed | {name: w.value for name, w in self._widgets.items()} | live

    def _draw(self, change: object = None) -> None:
        try:
            numbers = stills.computed(self._pictures, self._values())
            says = [p.sentence(n) for p, n in zip(self._pictures, numbers, strict=True)]
            moving = [step(n) for step, n in zip(self._steps, numbers, strict=True)]
        except Exception as error:  # whatever a picture raises is said; the next step goes on
            self.view.shown = self.view.shown | {"problem": str(error) or type(error).__name__}
        else:
            self.view.shown = {"moving": moving, "says": says, "problem": ""}

    def __getattr__(self, name: str) -> object:
        known = self.__dict__.get("_controls", {})
        if name not in known:
            raise AttributeError(f"this explorer has no {name}: it has {', '.join(known)}")
        return known[name].to_value(self.view.state[name])

    def __setattr__(self, name: str, value: object) -> None:
        control = self.__dict__.get("_controls", {}).get(name)
        if control is None:
            object.__setattr__(self, name, value)
        else:
            self.view.state = self.view.state | {name: control.to_state(value)}

    def _repr_mimebundle_(self, **kwargs: object) -> tuple[dict, dict]:
        numbers = stills.computed(self._pictures, self._values())
        says = stills.sentence(self._pictures, numbers)
        png, width = stills.still(self._pictures, numbers)
        live = {"version_major": 2, "version_minor": 0, "model_id": self._shown.model_id}
        return (
            {
                "application/vnd.jupyter.widget-view+json": live,
                "image/png": png,
                "text/plain": says,
            },
            {"image/png": {"width": width, "alt": says}},
        )


def _default(pictures: tuple[Picture, ...], name: str) -> object:
    """The default that the first picture with a parameter of this name gives it, or None."""
    for picture in pictures:
        parameter = picture.parameters.get(name)
        if parameter is not None and parameter.default is not parameter.empty:
            return parameter.default
    return None


def _control(name: str, value: object, default: object, labels: list[str] | None) -> _Control:
    """The control that stands for a value, as `explore` tells."""
    if name == "base" and value in UNITS.values():
        return _choice(name, UNITS, value)
    if isinstance(value, bool):
        return _Control({"kind": "switch", "name": name, "title": name}, value, bool, bool)
    if isinstance(value, Real):
        low, high = sorted((-value, 3 * value)) if value else (0, 1)
        return _number(name, low, high, None, value)
    if isinstance(value, tuple) and 2 <= len(value) <= 3 and _all_numbers(value):
        return _number(name, *value, *[None] * (3 - len(value)), default)
    if isinstance(value, dict | list) and value and not _numeric(value):
        return _choice(name, value, default)
    return _distribution(name, value, labels)


def _numeric(values: dict | list) -> bool:
    try:
        return isinstance(values, list) and np.asarray(values).dtype.kind in "iuf"
    except ValueError:  # rows of different lengths, which as_distribution refuses by name
        return True


def _all_numbers(values: tuple) -> bool:
    return all(isinstance(x, Real) and math.isfinite(x) for x in values)


def _number(
    name: str, low: float, high: float, step: float | None, start: float | None
) -> _Control:
    """One slider from low to high; whole numbers where all that is given is whole."""
    if not low < high:
        raise ValueError(f"{name} is ({low}, {high}): the first must be below the second")
    if step is not None and not step > 0:
        raise ValueError(f"{name} has steps of {step}, and must have steps above 0")
    if not (isinstance(start, Real) and low <= start <= high):
        start = None  # a picture's default that lies outside is no start, as in interact
    whole = all(isinstance(x, Integral) for x in (low, high, step, start) if x is not None)
    if step is None:
        step = 1 if whole else 0.1 if high - low >= 5 else 10 ** _exponent((high - low) / 50)
    if start is None:
        start = low + (high - low) // 2 if whole else (low + high) / 2
    digits = 0 if whole else max(1, len(f"{step:.9f}".rstrip("0").partition(".")[2]))
    page = {"kind": "number", "name": name, "title": name, "digits": digits}
    kind = int if whole else float

    def within(value: float) -> float:
        if not low <= value <= high:
            raise ValueError(f"{name} is {value}, and must be from {low} to {high}")
        return kind(value)

    page |= {"low": kind(low), "high": kind(high), "step": kind(step)}
    return _Control(page, within(start), kind, within)


def _exponent(x: float) -> int:
    """The power of ten of x's first digit."""
    return math.floor(math.log10(x))


def _choice(name: str, options: dict | list, default: object) -> _Control:
    """A choice from the options, by the names of a dict or by the texts of a list's entries."""
    if isinstance(options, list):
        options = {str(option): option for option in options}
    start = next((text for text, value in options.items() if np.array_equal(value, default)), None)

    def text_of(value: object) -> str:
        for text, option in options.items():
            if np.array_equal(option, value) or np.array_equal(text, value):
                return text
        raise ValueError(f"{name} is {value!r}, and must be one of {', '.join(options)}")

    title = "unit" if name == "base" else name
    page = {"kind": "choice", "name": name, "title": title, "options": list(options)}
    return _Control(page, start or next(iter(options)), options.__getitem__, text_of)


def _distribution(name: str, value: object, labels: list[str] | None) -> _Control:
    """Sliders that always sum to 1, in the colour of P or Q."""
    start = as_distribution(name, value)
    if abs(start.sum() - 1) > 1e-12:
        start = normalize(start)  # the rounding of float32 is too coarse for float64
    if start.ndim != 1:
        raise ValueError(f"{name} holds {len(start)} distributions: give one")
    labels = [str(i + 1) for i in range(start.size)] if labels is None else list(labels)
    if len(labels) != start.size:
        raise ValueError(f"labels are {len(labels)}, and {name} has {start.size} outcomes")
    title = name.upper() if name.upper() in PALETTE else name
    ink = PALETTE[title].formula if title in PALETTE else None
    page = {"kind": "distribution", "name": name, "title": title, "labels": labels, "ink": ink}

    def state_of(value: object) -> list[float]:
        distribution = as_distribution(name, value)
        if distribution.shape != start.shape:
            raise ValueError(f"{name} must have {start.size} outcomes, not {distribution.shape}")
        return distribution.tolist()

    return _Control(page, start.tolist(), partial(np.array, dtype=float), state_of)
