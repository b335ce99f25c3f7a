"""The contract of every picture: numbers once, a drawing that can be moved, a sentence."""

import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from matplotlib.axes import Axes

from kl_lessons.look import filled
from kl_lessons.plots.drawn import drawn


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture of the course, or of a learner.

    `numbers(**values)` is all that it shows, as arrays, numbers and words by their names.
    `draw(ax, numbers)` draws them and returns a mover: `move(numbers)` sets what depends on them
    and returns the artists that may move, always the same ones. `says` is the sentence that tells
    what is to be seen: a function of the numbers, a template that `look.filled` fills, or some
    of these, of which numbers["case"] chooses; `large` is what an explorer shows in large, if
    anything, and `more` what it tells when asked. `examples` are values that tests start from.
    `scores` names the values that are lists of scores, not distributions, `ratios` those whose
    slider goes by even steps of ratio; `titles` are what the controls of some values are called.
    `chart` is the drawing as data, where it is one: what the page draws too.
    """

    name: str
    numbers: Callable[..., dict]
    draw: Callable[[Axes, dict], Callable]
    says: str | Sequence[str] | Callable[[dict], str]
    size: tuple[float, float] = (3.1, 2.9)
    examples: Sequence[dict] = ()
    large: str = ""
    more: str = ""
    chart: dict | None = None
    scores: tuple[str, ...] = ()
    ratios: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    about: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "__doc__", self.about)  # what `plots.walk?` shows

    def __call__(self, ax: Axes, **values: object) -> Callable:
        """Draw the picture of the values; return its mover, which takes numbers."""
        return self.draw(ax, self.numbers(**values))

    def sentence(self, numbers: dict) -> str:
        """What the numbers say."""
        if callable(self.says):
            return self.says(numbers)
        says = self.says if isinstance(self.says, str) else self.says[numbers["case"]]
        return filled(says, numbers)

    @functools.cached_property
    def parameters(self) -> dict[str, inspect.Parameter]:
        """What the picture can be given, by name."""
        return dict(inspect.signature(self.numbers).parameters)


def picture(*, numbers: Callable[..., dict], says: object, **others: object) -> Callable:
    """A decorator that makes a Picture of a function `draw(ax, numbers)` that returns a mover."""

    def decorate(draw: Callable) -> Picture:
        doc = inspect.getdoc(draw) or ""
        return Picture(draw.__name__, numbers, draw, says, about=doc, **others)

    return decorate


def chart(
    *,
    numbers: Callable[..., dict],
    says: object,
    x: dict,
    y: dict,
    title: str = "",
    columns: int = 2,
    equal: bool = False,
    **others: object,
) -> Callable:
    """A decorator that makes a Picture of a function that returns its marks, as data.

    What `plots.marks` can draw needs no code of its own: `x` and `y` are axes, `title` and the
    legend (the labels of marks, in so many `columns`) templates, `equal` that lengths along both
    axes are alike. The page draws it from the same data.
    """

    def decorate(marks: Callable[[], list[dict]]) -> Picture:
        what = {"x": x, "y": y, "title": title, "columns": columns, "equal": equal}
        what["marks"] = marks()
        doc = inspect.getdoc(marks) or ""

        def draw(ax: Axes, numbers: dict) -> Callable:
            return drawn(ax, what, numbers)

        return Picture(marks.__name__, numbers, draw, says, chart=what, about=doc, **others)

    return decorate
