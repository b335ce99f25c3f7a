"""An explorer: a widget whose page moves pictures, and whose values can be read and set."""

import html
from collections.abc import Callable

import anywidget
import ipywidgets
import numpy as np
import traitlets

from kl_lessons.explorers import goals, page, stills
from kl_lessons.explorers.cells import carries_code, replace_those_of_this_cell
from kl_lessons.explorers.controls import Control
from kl_lessons.explorers.layers import layers
from kl_lessons.look import PALETTE, RAMPS, filled
from kl_lessons.plots import Picture


class Explorer(anywidget.AnyWidget):
    """Pictures and their controls; `lab.p` reads and moves the control for p."""

    _esm = page.module()
    _css = page.style()
    options = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True, echo_update=False)
    shown = traitlets.Dict().tag(sync=True)  # what the kernel has drawn, where it draws
    answered = traitlets.List().tag(sync=True)  # the questions that are, by their places

    def __init__(
        self,
        pictures: tuple[Picture, ...],
        controls: dict[str, Control],
        widgets: dict[str, ipywidgets.Widget],
        fixed: dict[str, object],
        questions: dict[str, str],
    ) -> None:
        for name in controls:
            if hasattr(type(self), name):
                raise ValueError(f"each widget has a {name} of its own: give this another name")
        self._pictures, self._fixed, self._widgets = pictures, fixed, widgets
        self._steps: list[Callable] = []
        start = {name: control.start for name, control in controls.items()}
        told = _for_the_page(pictures, controls, fixed) if not widgets else None
        self._in_page = told is not None
        options = {"start": start, "palette": _palette()} | (told or _without(pictures, controls))
        super().__init__(options=options, state=start)
        self._controls = controls
        if questions:
            numbers = stills.computed(pictures, self.values())
            known = goals.together(numbers, self.values())
            self.options = options | {"questions": goals.parsed(questions, known)}
        self.on_msg(lambda widget, content, buffers: widget.send({"here": True}))
        replace_those_of_this_cell(self)
        if not self._in_page:
            self._draw()
            self.observe(self._draw, "state")
            for widget in widgets.values():
                widget.observe(self._draw, "value")

    def values(self) -> dict:
        """What the pictures are given now, by name."""
        live = {name: c.to_value(self.state[name]) for name, c in self._controls.items()}
        return self._fixed | {name: w.value for name, w in self._widgets.items()} | live

    def __getattr__(self, name: str) -> object:
        controls = self.__dict__.get("_controls", {})
        if name in controls:
            return controls[name].to_value(self.state[name])
        raise AttributeError(f"this explorer has no {name}: it has {', '.join(controls)}")

    def __setattr__(self, name: str, value: object) -> None:
        controls = self.__dict__.get("_controls")
        if controls and name in controls:
            self.state = self.state | {name: controls[name].to_state(value)}
        elif controls is None or name.startswith("_") or hasattr(type(self), name):
            super().__setattr__(name, value)
        else:
            raise AttributeError(f"this explorer has no {name}: it has {', '.join(controls)}")

    def _draw(self, change: object = None) -> None:
        """Draw in the kernel; what a picture raises is said, and the next step goes on."""
        try:
            numbers = stills.computed(self._pictures, self.values())
            drawings = {}
            if not self._steps:
                drawn = [layers(p, n) for p, n in zip(self._pictures, numbers, strict=True)]
                drawings["backgrounds"] = [background for background, _ in drawn]
                self._steps = [step for _, step in drawn]
            drawings["moving"] = [s(n) for s, n in zip(self._steps, numbers, strict=True)]
            words = self._words(numbers)
            known = goals.together(numbers, self.values())
            words["known"] = goals.asked(self.options.get("questions", []), known)
        except Exception as error:
            problem = str(error) or type(error).__name__
            self.shown = self.shown | {"problem": problem}
        else:
            self.shown = self.shown | drawings | words | {"problem": ""}

    def _words(self, numbers: list[dict]) -> dict:
        """What the pictures say, and the number in large with the others, if there is one."""
        pairs = list(zip(self._pictures, numbers, strict=True))
        large = more = ""
        for picture, n in pairs:
            if picture.large:
                large, more = filled(picture.large, n), filled(picture.more, n)
                break
        return {"says": [p.sentence(n) for p, n in pairs], "large": large, "more": more}

    def _repr_mimebundle_(self, **kwargs: object) -> tuple[dict, dict]:
        if self._widgets:  # they stand above it
            box = ipywidgets.VBox([*self._widgets.values(), self])
            data, metadata = box._repr_mimebundle_(), {}
        else:
            data, metadata = super()._repr_mimebundle_(**kwargs)
        try:
            numbers = stills.computed(self._pictures, self.values())
            words = self._words(numbers)
            says = " ".join([words["large"] + "." * bool(words["large"]), *words["says"]]).strip()
            figure = stills.html_figure(self._pictures, numbers, says)
        except Exception as error:
            says = str(error) or type(error).__name__
            figure = f"<p>{html.escape(says)}</p>"
        if self._in_page:
            figure = page.saved(figure, self.options, self.state, with_code=carries_code())
        else:
            figure = page.still(figure)
        return data | {"text/html": figure, "text/plain": says}, metadata


def _palette() -> dict:
    return {name: colour._asdict() for name, colour in PALETTE.items()}


def _for_the_page(
    pictures: tuple[Picture, ...], controls: dict[str, Control], fixed: dict[str, object]
) -> dict | None:
    """What a page needs that computes and draws; None where it cannot be told."""
    if not all(picture.chart for picture in pictures):
        return None
    told = [
        {
            "numbers": picture.numbers.__name__,
            "size": picture.size,
            "chart": picture.chart,
            "says": picture.says,
            "large": picture.large,
            "more": picture.more,
        }
        for picture in pictures
    ]
    pages = [control.page for control in controls.values()]
    try:
        return as_json(
            {"engine": "page", "pictures": told, "controls": pages, "fixed": fixed, "ramps": RAMPS}
        )
    except TypeError:  # a value that is no JSON
        return None


def _without(pictures: tuple[Picture, ...], controls: dict[str, Control]) -> dict:
    """What a page needs where the kernel draws: no chart, and no value behind a choice."""
    pages = [
        {key: part for key, part in control.page.items() if key != "values"}
        for control in controls.values()
    ]
    told = [{"size": picture.size} for picture in pictures]
    return as_json({"engine": "kernel", "pictures": told, "controls": pages, "fixed": {}})


def as_json(value: object) -> object:
    """The value as JSON holds it; TypeError if it cannot."""
    if isinstance(value, dict):
        return {str(key): as_json(item) for key, item in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return as_json(value._asdict())
    if isinstance(value, np.ndarray | np.generic):
        return as_json(value.tolist())
    if isinstance(value, list | tuple):
        return [as_json(item) for item in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float) and np.isfinite(value):
        return value
    raise TypeError(f"no page can be told {value!r}")
