"""What an exercise is: its answer, found another way than in the lesson, and known mistakes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Inputs = Mapping[str, object]  # name → number, list, or list of lists
Computation = Callable[..., object]  # of the inputs, by their names


@dataclass(frozen=True)
class Exercise:
    """What the package holds of an exercise; question and solution stand in the lesson alone.

    asks : "numbers", "function", "choice", or "prediction", a choice before a cell is run.
    answer : computes the right answer from the inputs, another way than the lesson's solution
        does; the letter where a choice is asked.
    inputs : what the answer cell holds, by its names there; for a function all that it is tried
        on, those first that are short and tell the mistakes apart.
    mistakes : for each sentence what computes the wrong value from the inputs, in one way or
        in several.
    choices : for each wrong letter what is said about it.
    hints : in steps; the last names the method, none the answer.
    shows : what is said when the answer is right.
    unit : "nats", "bits" or none.
    tolerance : of the numbers, relative to the largest. Four digits of the right number are
        always enough, and three where the tolerance is not below 1e-3.
    """

    answer: Computation | str
    shows: str
    hints: tuple[str, ...]
    asks: str = "numbers"
    inputs: tuple[Inputs, ...] = ({},)
    mistakes: Mapping[str, Computation | tuple[Computation, ...]] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    unit: str | None = None
    tolerance: float = 1e-3

    @property
    def letters(self) -> list[str]:
        """The letters to choose from."""
        return sorted([*self.choices, self.answer])


class Wrong(Exception):
    """Says in a sentence what is wrong with an answer."""


class Unanswered(Exception):
    """There is no answer yet."""
