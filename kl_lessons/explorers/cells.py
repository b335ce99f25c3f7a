"""Which cell of the notebook runs now: where the page's code stands, which explorer has gone."""

from IPython import get_ipython
from ipywidgets import Widget

_made: dict[str, tuple[str, list[Widget]]] = {}  # cell → its run, and what that made
_carrier: list[str] = []  # the cell whose output carries the page's code


def running_cell() -> tuple[str, str] | None:
    """The id of the cell that runs and the id of this run; None outside a notebook.

    Where the front end does not tell the cell, its run stands for it.
    """
    kernel = getattr(get_ipython(), "kernel", None)
    parent = kernel.get_parent() if kernel else {}
    run = parent.get("header", {}).get("msg_id")
    if run is None:
        return None
    return parent.get("metadata", {}).get("cellId") or run, run


def carries_code() -> bool:
    """Whether the output of this cell is the one that carries the page's code: the first's."""
    cell = running_cell()
    if cell is None:
        return True
    if not _carrier:
        _carrier.append(cell[0])
    return _carrier == [cell[0]]


def replace_those_of_this_cell(widget: Widget) -> None:
    """Close what an earlier run of this cell made: its place on the page is taken."""
    cell = running_cell()
    if cell is None:
        return
    run, widgets = _made.get(cell[0], ("", []))
    if run != cell[1]:
        for old in widgets:
            old.close()
        widgets = []
    _made[cell[0]] = cell[1], [*widgets, widget]
