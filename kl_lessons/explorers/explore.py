"""explore(): pictures side by side, and controls that move them."""

import ipywidgets
from numpy.typing import ArrayLike

from kl_lessons import plots
from kl_lessons.explorers.controls import Control, control, is_data
from kl_lessons.explorers.explorer import Explorer
from kl_lessons.explorers.stills import refuse_unknown
from kl_lessons.look import outcome_names
from kl_lessons.plots import Picture

TEMPERATURES = (0.1, 5.0)
PANELS = ("distributions", "terms", "decomposition")


def explore(
    *pictures: Picture,
    labels: list[str] | None = None,
    questions: dict[str, str] | None = None,
    play: str | None = None,
    **values: object,
) -> Explorer:
    """An explorer: the pictures side by side, and a control for each of the values.

    Pictures of the course are computed and drawn in the page, at no step is the kernel asked;
    any other picture is drawn in the kernel.

    Parameters
    ----------
    pictures : such as those of `plots`, or what `plots.picture` made; each takes the values it
        has parameters for.
    labels : names of the outcomes.
    questions : what the explorer asks, each with the goal that answers it: {"Make KL(P‖Q)
        zero.": "kl is 0"}. A goal is NAME is, near, above or below VALUE, or several joined by
        " and ": NAME a key of a picture's numbers or one of the values, an entry as `p[0]`; VALUE
        a number, ∞ or a NAME. `is` means to four decimals, `near` within 2 %.
    play : the name of a slider of whole numbers, which then can run by itself.
    values : as in `ipywidgets.interact`, and distributions beside: a list or array that sums
        to 1 becomes sliders that keep its sum; a number or (low, high) or (low, high, step) one
        slider, which starts at the picture's default; a bool a checkbox; a text a field to type
        in; another list or a dict a choice; a widget is shown and followed. What is a table or a
        named tuple, or `ipywidgets.fixed(x)`, has no control. Where a picture takes `base`
        there is a switch between nats and bits.

    Returns
    -------
    An Explorer `lab`, a widget, which a notebook shows. `lab.p` is what stands at the control
    for p now, and `lab.p = [0.2, 0.8]` moves it; a name that has no control is refused.
    """
    return _explorer(pictures, labels, values, {}, questions, play)


def _explorer(
    pictures: tuple[Picture, ...],
    labels: list[str] | None,
    values: dict,
    starts: dict,
    questions: dict[str, str] | None,
    play: str | None = None,
) -> Explorer:
    """explore(), with values that sliders of a range start from."""
    if not pictures:
        raise ValueError("explore needs a picture, such as plots.distributions")
    if any("base" in picture.parameters for picture in pictures):
        values.setdefault("base", None)
    refuse_unknown(pictures, list(values))
    fixed = {name: v.value for name, v in values.items() if isinstance(v, ipywidgets.fixed)}
    fixed |= {name: v for name, v in values.items() if is_data(v)}
    widgets = {name: v for name, v in values.items() if isinstance(v, ipywidgets.Widget)}
    if labels is not None:
        fixed["labels"] = outcome_names(len(labels), labels)
    controls = {
        name: control(
            name,
            value,
            default=starts.get(name, _default(pictures, name)),
            labels=labels,
            scored=any(name in picture.scores for picture in pictures),
            log=any(_goes_by_ratios(picture, name) for picture in pictures),
        )
        for name, value in values.items()
        if name not in fixed and name not in widgets
    }
    _check_outcomes(controls)
    for name, title in [pair for picture in pictures for pair in picture.titles.items()]:
        if name in controls:
            controls[name].page["title"] = title
    if play is not None:
        controls[play] = _played(play, controls)
    return Explorer(pictures, controls, widgets, fixed, questions or {})


def compare(
    p: ArrayLike,
    q: ArrayLike,
    labels: list[str] | None = None,
    *,
    panels: tuple[str, ...] = PANELS,
    base: float | None = None,
    questions: dict[str, str] | None = None,
) -> Explorer:
    """The explorer of two distributions: `explore` with some of the panels, by their names.

    `panels` are "distributions", "terms" (p log(p/q) of each outcome) and "decomposition"
    (H(P,Q) = H(P) + KL(P‖Q)), some of these or all; `base` is None for nats, 2 for bits;
    `questions` as in `explore`.
    """
    if not isinstance(panels, tuple | list) or not panels or not set(panels) <= set(PANELS):
        raise ValueError(f"panels is {panels!r}: choose from {', '.join(PANELS)}")
    pictures = (getattr(plots, name) for name in panels)
    return explore(*pictures, p=p, q=q, labels=labels, base=base, questions=questions)


def compare_logits(
    p: ArrayLike,
    logits: ArrayLike,
    labels: list[str] | None = None,
    *,
    temperature: float = 1.0,
    questions: dict[str, str] | None = None,
) -> Explorer:
    """The explorer of the target P and Q = softmax(logits / temperature), with both gradients.

    The arrows on the bars lead from Q to P: they are minus the gradient of the cross-entropy
    with respect to the logits, times the temperature. `questions` as in `explore`.
    """
    pictures = plots.distributions, plots.gradients, plots.decomposition
    low, high = TEMPERATURES
    if not low <= temperature <= high:
        raise ValueError(f"temperature is {temperature}, and must be from {low} to {high}")
    values = {"p": p, "logits": logits, "temperature": TEMPERATURES}
    return _explorer(pictures, labels, values, {"temperature": temperature}, questions)


def _default(pictures: tuple[Picture, ...], name: str) -> object:
    """The default that the first picture with a parameter of this name gives it, or None."""
    for picture in pictures:
        parameter = picture.parameters.get(name)
        if parameter is not None and parameter.default is not parameter.empty:
            return parameter.default
    return None


def _goes_by_ratios(picture: Picture, name: str) -> bool:
    """Whether the picture says so, or the value can be grasped along its logarithmic axis."""
    if name in picture.ratios:
        return True
    chart = picture.chart
    if chart is None or chart["x"]["kind"] != "log":
        return False
    return any(mark.get("hand") == name for mark in chart["marks"])


def _played(name: str, controls: dict[str, Control]) -> Control:
    """The control of a whole number, with what lets it run."""
    whole = [n for n, c in controls.items() if c.page["kind"] == "number" and not c.page["digits"]]
    if name not in whole:
        choice = f": choose from {', '.join(whole)}" if whole else ""
        raise ValueError(f"play is {name!r}, which is no slider of whole numbers here{choice}")
    played = controls[name]
    return played._replace(page=played.page | {"play": True})


def _check_outcomes(controls: dict[str, Control]) -> None:
    """A ValueError unless all lists have an entry for each of the same outcomes."""
    sizes = {n: len(c.page["labels"]) for n, c in controls.items() if "labels" in c.page}
    if len(set(sizes.values())) > 1:
        (one, first), (other, second) = [*sizes.items()][:2]
        raise ValueError(f"{one} has {first} outcomes and {other} has {second}")
