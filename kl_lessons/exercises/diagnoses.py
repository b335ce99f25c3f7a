"""What went wrong with numbers: the explanation that fits best of all, or how far off they are."""

from collections.abc import Callable, Iterable

import numpy as np

from kl_lessons.exercises import digits
from kl_lessons.exercises.explanations import COMPUTED, Explanation

ROUNDED = "rounded: give the number as it comes out, or at least four digits of it"
IF_ROUNDED = "; if you rounded it, give at least four digits"
COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
Agreement = Callable[[np.ndarray, np.ndarray], np.ndarray]  # which of two arrays' numbers agree


def explain(given: np.ndarray, right: np.ndarray, candidates: Iterable[Explanation]) -> str | None:
    """The words of the explanation that fits; None if none does, or if two fit alike."""
    most = max((digits.count(number) for number in given.ravel()), default=0)
    exactly, nearly = [], set()
    for words, value, needed in candidates:
        if value is None or value.shape != given.shape or not _tells(value, right):
            continue
        if digits.equal(given, value).all():
            exactly += [words] if most >= needed else []
        elif needed < COMPUTED and digits.typed(given, value, max(needed, 3)).all():
            nearly.add(words)
    rounded = given.shape == right.shape and bool(
        (digits.agree(given, right, 0) | digits.roughly(given, right)).all()
    )
    if exactly:
        return exactly[0] + (IF_ROUNDED if rounded else "")
    if rounded:
        return ROUNDED
    return nearly.pop() if len(nearly) == 1 else None


def explain_order(given: np.ndarray, right: np.ndarray, agree: Agreement) -> str | None:
    """What to say of the right numbers of a list in other places, or of one of them alone."""
    if right.ndim != 1:
        return None
    if given.ndim == 0:
        alone = np.flatnonzero(agree(np.full(right.shape, given), right))
        if len(alone) == 1:
            asked = counted(right.size)
            return f"this is number {alone[0] + 1} alone: {asked} are asked, in a list"
    elif given.shape == right.shape:
        if agree(np.sort(given), np.sort(right)).all():
            return "these are the right numbers, in another order"
        places = np.flatnonzero(~agree(given, right))
        others = [np.flatnonzero(agree(np.full(right.shape, given[i]), right)) for i in places]
        if np.isfinite(given[places]).all() and all(other.size for other in others):
            return f"number {places[0] + 1} is what number {others[0][0] + 1} should be"
    return None


def describe(given: np.ndarray, right: np.ndarray, agree: Agreement) -> str:
    """How the numbers differ, without a cause: how many, how far off, in which direction."""
    if given.shape != right.shape:
        return _about_shape(given, right, agree)
    given, right = given.ravel(), right.ravel()
    wrong = np.flatnonzero(~agree(given, right))
    first = int(wrong[0])
    mirrored = agree(-given, right) | digits.roughly(-given, right)
    distance = digits.distance(given[first], right[first], bool(mirrored[first]))
    if right.size == 1:
        return distance
    return f"right: {right.size - wrong.size} of {right.size}; number {first + 1} is {distance}"


def counted(number: int) -> str:
    """The number as a word, if it is a small one."""
    return COUNTS[number] if number < len(COUNTS) else f"{number:,}"


def _tells(value: np.ndarray, right: np.ndarray) -> bool:
    """Whether the value differs from the right one, and says something: ∞ has many causes."""
    if value.shape == right.shape and digits.equal(value, right).all():
        return False
    return bool(np.isfinite(value).any() or np.isinf(right).any())


def _about_shape(given: np.ndarray, right: np.ndarray, agree: Agreement) -> str:
    """What to say where not as many numbers were given as were asked."""

    def same(numbers: np.ndarray) -> bool:
        return numbers.shape == right.shape and bool(agree(numbers, right).all())

    if right.size == 1 < given.size and same(given.sum()):
        return f"these are {counted(given.size)} numbers: add them up"
    sums = [given.sum(axis=axis) for axis in range(given.ndim)]
    if given.ndim == right.ndim + 1 and any(same(numbers) for numbers in sums):
        return "the terms stand here, not added up: sum the terms of each"
    if given.size == right.ndim == 1:
        return f"one number was given: give a list of {counted(right.size)} numbers"
    if right.size == 1:
        return f"{counted(given.size)} numbers were given: one number is asked"
    if given.ndim > 1:
        return f"a table of shape {given.shape} was given: {counted(right.size)} numbers are asked"
    return f"{counted(given.size)} numbers were given: {counted(right.size)} are asked"
