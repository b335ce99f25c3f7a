"""When two numbers are the same, when one is the other rounded, and how far apart they are."""

import numpy as np

EXACT = 1e-9  # relative: what rounding errors of a float may do in a long sum
TYPED = 7  # digits; a number with more was computed, not typed
CLOSENESS = (  # up to which factor between the given and the right number to say what
    (1 + 1e-6, "by less than one part in a million"),
    (1 + 1e-4, "by less than one part in ten thousand"),
    (1.01, "by less than 1 percent"),
    (1.05, "by a few percent"),
    (1.15, "by about 10 percent"),
    (1.4, "by about 25 percent"),
    (1.75, "by a factor of about 1.5"),
    (2.5, "by a factor of about 2"),
    (4, "by a factor of about 3"),
    (7, "by a factor of about 5"),
    (30, "by a factor of about 10"),
    (300, "by a factor of about 100"),
    (np.inf, "by a factor of more than 100"),
)


def equal(given: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Which numbers are the same but for the last digits of a float."""
    return np.isclose(given, wanted, rtol=EXACT, atol=1e-13, equal_nan=True)


def typed(given: np.ndarray, wanted: np.ndarray, fewest: int) -> np.ndarray:
    """Which numbers are those wanted, to as many digits as were typed, but not to fewer."""
    found = np.array(equal(given, wanted))
    for place, number in np.ndenumerate(given):
        for digits in range(max(count(number), fewest), TYPED + 1):
            found[place] |= bool(rounds_to(wanted[place], number, digits))
    return found


def count(number: float) -> int:
    """The significant digits of a number: 3 of 0.0247, 17 of most that were computed."""
    if not np.isfinite(number):
        return 0
    mantissa = repr(float(number)).lstrip("-").split("e")[0].replace(".", "")
    return len(mantissa.strip("0"))


def rounds_to(wanted: np.ndarray, given: np.ndarray, digits: int, cut: bool = False) -> np.ndarray:
    """Which numbers wanted give those given when rounded to so many digits; or down, or up."""
    with np.errstate(all="ignore"):  # 0 and infinity have no digits
        step = 10.0 ** (np.floor(np.log10(np.abs(wanted))) - digits + 1)
        scaled, reach = wanted / step, 1 - 1e-9 if cut else 0.5 + 1e-9  # a half goes both ways
        ends = np.floor(scaled + reach) * step, np.ceil(scaled - reach) * step
        return np.logical_or(*(np.abs(given - end) <= 1e-6 * np.abs(end) for end in ends))


def agree(given: np.ndarray, wanted: np.ndarray, tolerance: float) -> np.ndarray:
    """Which numbers are right: within the tolerance, or in as many digits as are enough."""
    largest = np.abs(wanted[np.isfinite(wanted)]).max(initial=0.0) or 1.0
    near = np.isclose(given, wanted, rtol=0, atol=tolerance * largest, equal_nan=True)
    enough = 3 if tolerance >= 1e-3 else 4
    return near | rounds_to(wanted, given, enough) | rounds_to(wanted, given, 4, cut=True)


def roughly(given: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Which numbers are those wanted, rounded to 2 or 3 digits."""
    few = np.array([count(number) <= 3 for number in given.ravel()]).reshape(given.shape)
    return few & (rounds_to(wanted, given, 2) | rounds_to(wanted, given, 3, cut=True))


def distance(given: float, right: float, mirrored: bool = False) -> str:
    """The direction, and coarsely the size, of the error of one number.

    mirrored : whether it would be right, or the right one rounded, with the other sign.
    """
    if given * right < 0:
        if mirrored:
            return "of the wrong sign"
        here, there = ("below", "above") if given < 0 else ("above", "below")
        return f"{here} 0, and the right number is {there} 0: not only the sign differs"
    larger, smaller = (
        ("too large", "too small") if right >= 0 else ("too near 0", "too far below 0")
    )
    direction = larger if given > right else smaller
    if given == 0 or right == 0 or not np.isfinite([given, right]).all():
        return direction
    factor = max(given / right, right / given)
    return f"{direction}, {next(size for limit, size in CLOSENESS if factor <= limit)}"
