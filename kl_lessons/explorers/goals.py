"""Questions of an explorer, and the goals that say when its state answers them."""

import math
import re

import numpy as np

NAME = r"([A-Za-z]\w*)(?:\[(\d+)\])?"
GOAL = re.compile(rf"{NAME} (is|near|above|below) (\S+)")
GRAMMAR = '"kl is 0", "p[0] above 0.5", or several joined by " and "'


def parsed(questions: dict[str, str], known: dict) -> list[dict]:
    """Each question with its goals as plain data: [name, relation, value].

    `known` are the numbers and values at the start, by name. A name becomes ["kl"] or ["p", 0];
    a value is a number, "∞", a name, or a word where the name stands for one.
    """
    return [
        {"text": text, "goals": [_parsed_one(part, known) for part in goal.split(" and ")]}
        for text, goal in questions.items()
    ]


def together(numbers: list[dict], values: dict) -> dict:
    """The numbers of the pictures and the values beside them, by name; the first picture's win."""
    known = dict(values)
    for found in reversed(numbers):
        known |= found
    return known


def asked(questions: list[dict], known: dict) -> dict:
    """What the goals name, as JSON holds it: ∞ is a word."""
    ends = [end for q in questions for name, _, value in q["goals"] for end in (name, value)]
    return {end[0]: _plain(known[end[0]]) for end in ends if isinstance(end, list)}


def _plain(value: object) -> object:
    if isinstance(value, list | tuple | np.ndarray):
        return [_plain(entry) for entry in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and math.isinf(value):
        return "∞" if value > 0 else "−∞"
    return value


def _parsed_one(text: str, known: dict) -> list:
    match = GOAL.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"the goal {text!r} is none: a goal is {GRAMMAR}")
    name, entry, relation, value = match.groups()
    left, right = _place(name, entry, known), value
    if isinstance(_at(left, known), str):
        if relation != "is":
            raise ValueError(f"{name} is a word: the goal can only be {name} is a word")
    elif other := re.fullmatch(NAME, value):
        right = _place(*other.groups(), known)
    elif value not in ("∞", "−∞"):
        right = _number(value, text)
    return [left, relation, right]


def _number(value: str, text: str) -> float:
    try:
        number = float(value.replace("−", "-"))
    except ValueError:
        raise ValueError(f"{value!r} in {text!r} is no number, no ∞ and no name") from None
    return number


def _place(name: str, entry: str | None, known: dict) -> list:
    """[name] or [name, entry], which must stand for one number or word."""
    if name not in known:
        names = ", ".join(sorted(known))
        raise ValueError(f"a goal names {name!r}, which is not there: choose from {names}")
    place = [name] if entry is None else [name, int(entry)]
    size = np.shape(known[name])
    if entry is None and size:
        raise ValueError(f"{name} has {size[0]} entries: a goal names one, such as {name}[0]")
    if entry is not None and (len(size) != 1 or place[1] >= size[0]):
        raise ValueError(f"{name} has no entry {entry}: {_has(size)}")
    return place


def _has(size: tuple) -> str:
    return f"its entries are 0 to {size[0] - 1}" if len(size) == 1 else "it is no list"


def _at(place: list, known: dict) -> object:
    """What stands at the place."""
    value = known[place[0]]
    return value[place[1]] if len(place) > 1 else value
