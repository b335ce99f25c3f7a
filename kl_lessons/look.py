"""How the course looks, in words and data: colours, numbers, units, names, scales; no picture."""

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

LONGEST_NAME = 40  # letters of an outcome's name; what is longer ends in …
UNITS = {"nats": None, "bits": 2}  # and the base of their logarithm


class Colour(NamedTuple):
    """How a quantity looks: the fill of its bars, their hatching, the ink of lines and words.

    `dark` is the ink on a dark page; `formula` the colour in formulas, legible on both.
    """

    fill: str
    ink: str
    formula: str
    hatch: str
    dark: str


PALETTE = {
    "P": Colour("#0072B2", "#00507D", "#0072B2", "//", "#7CC4F0"),
    "Q": Colour("#F0A030", "#9A5600", "#B06000", "\\\\", "#F5BC6B"),
    "KL": Colour("#9C4F96", "#7A3574", "#9C4F96", "xx", "#DDA6D8"),
    "H(P)": Colour("#C8C8C8", "#595959", "#767676", "", "#C8C8C8"),
    "H(P,Q)": Colour("#303030", "#000000", "#767676", "", "#F0F0F0"),
    "ratio": Colour("#FFFFFF", "#303030", "#767676", "--", "#E6E6E6"),
    "band": Colour("#E4E4E4", "#767676", "#767676", "", "#A0A0A0"),
}


def ramp(*colours: str, steps: int) -> list[str]:
    """So many colours in even steps from the first of the colours to the last."""
    channels = np.array([[int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in colours])
    at = np.linspace(0, len(colours) - 1, steps)
    mixed = [np.interp(at, range(len(colours)), channel) for channel in channels.T]
    return [f"#{r:02X}{g:02X}{b:02X}" for r, g, b in np.rint(mixed).astype(int).T]


# Lightness falls in even steps, so equal differences look equal, in grey too.
RAMPS = {
    "ink": ramp("#FFFFFF", PALETTE["ratio"].ink, steps=17),
    "KL": ramp("#FFFFFF", "#CFA3CB", PALETTE["KL"].fill, steps=20),
    "KL, far": ramp("#FFFFFF", PALETTE["KL"].fill, "#2E0F2C", steps=25),
}


def number(x: float, digits: int = 4) -> str:
    """x as the lessons print it: fixed digits, a true minus sign, ∞ for infinity."""
    if math.isinf(x):
        return "∞" if x > 0 else "−∞"
    return f"{x:z,.{digits}f}".replace("-", "−")  # z: what rounds to 0 has no sign


def probability(x: float) -> str:
    """x with three digits, as in the pictures; what is above 0 is never called 0."""
    return "<0.001" if 0 < x < 0.0005 else number(x, 3)


def unit(base: float | None) -> str:
    """The name of the unit that logarithms to the base give."""
    names = {size: name for name, size in UNITS.items()}
    return names.get(base, f"units of log {base}")


def filled(template: str, numbers: dict) -> str:
    """The template with each {name}, {name:digits} or {name:p} replaced by that number or list,
    that list of probabilities, or that word."""

    def text(match: re.Match) -> str:
        value, digits = numbers[match[1]], match[2]
        if isinstance(value, str):
            return value
        values = np.atleast_1d(value).tolist()
        told = [probability(x) if digits == "p" else number(x, int(digits or 4)) for x in values]
        return ", ".join(told)

    return re.sub(r"\{(\w+)(?::(\d+|p))?\}", text, template)


def outcome_names(outcomes: int, labels: Sequence | None = None) -> list[str]:
    """The labels as texts of at most LONGEST_NAME letters; without labels 1, 2, 3, …

    Raises ValueError if there are not as many labels as outcomes.
    """
    if labels is None:
        return [str(i + 1) for i in range(outcomes)]
    if len(labels) != outcomes:
        raise ValueError(f"labels are {len(labels)}, and there are {outcomes} outcomes")
    return [shortened(str(label), LONGEST_NAME) for label in labels]


def shortened(text: str, longest: int) -> str:
    """The text in one line, its end replaced by … where it is longer than so many letters."""
    text = " ".join(text[: 4 * longest].split())
    return text if len(text) <= longest else text[: longest - 1] + "…"


def scale(largest: float) -> float:
    """The smallest of …, 0.1, 0.2, 0.5, 1, 2, 5, … that is not below `largest` (nor 0.1)."""
    if largest <= 0.1:
        return 0.1
    decade = 10.0 ** math.floor(math.log10(largest))
    return next(step * decade for step in (1, 2, 5, 10) if step * decade >= largest)


def room(values: Sequence[float]) -> list[float]:
    """The limits of an axis for bars of these values, from 0; what is ∞ gets room beyond."""
    values = np.asarray(values, dtype=float)
    finite = values[np.isfinite(values)]
    low, high = float(finite.min(initial=0.0)), float(finite.max(initial=0.0))
    beyond = 1.12 if np.isinf(values).any() else 1.04
    below = low < 0 or np.isneginf(values).any()
    return [-beyond * scale(-low) if below else 0.0, beyond * scale(high)]


def ticks(low: float, high: float) -> list[float]:
    """Some five even marks from low to high, in steps of 1, 2 or 5 times a power of ten."""
    fifth = (high - low) / 5
    decade = 10.0 ** math.floor(math.log10(fifth))
    step = next(s * decade for s in (1, 2, 5, 10) if s * decade >= 0.9 * fifth)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [i * step for i in range(first, last + 1)]


def log_ticks(low: float, high: float) -> list[float]:
    """The powers of ten from low to high, with their doubles and halves if fewer than three."""

    def within(marks: list[float]) -> list[float]:
        return [mark for mark in marks if low * (1 - 1e-9) < mark < high * (1 + 1e-9)]

    first, last = math.floor(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9)
    powers = [float(f"1e{exponent}") for exponent in range(first, last + 1)]
    alone = within(powers)
    return alone if len(alone) > 2 else within([m * power for power in powers for m in (1, 2, 5)])


def log_tick_name(mark: float) -> str:
    """A mark of log_ticks: plain from 0.0001 to 500,000, beyond as a power of ten, 10⁶, 2·10⁶."""
    exponent = math.floor(math.log10(mark) + 1e-9)
    if -5 < exponent < 6:
        return number(mark, max(0, -exponent))
    times = round(mark / 10.0**exponent)
    power = "10" + str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return power if times == 1 else f"{times}·{power}"
