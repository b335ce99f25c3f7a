"""Entropy, cross-entropy, KL divergence: arrays in, numbers out, exact at zero and infinity."""

import math
from collections.abc import Callable
from numbers import Integral, Real

import numpy as np
from numpy.typing import ArrayLike

MOST_ENTRIES = 10**8  # of an array that a learner's machine holds: 800 megabytes
_SMALLEST = np.finfo(np.float64).smallest_normal  # below it a float has fewer digits
_LARGEST = np.finfo(np.float64).max


def entropy(p: ArrayLike, *, base: float | None = None, axis: int = -1) -> float | np.ndarray:
    """H(P) = −Σ p log p, the mean surprise of outcomes that follow P.

    Parameters
    ----------
    p : probabilities that sum to 1 along `axis`; further axes hold further distributions.
    base : of the logarithm; None is e, and the result is in nats; 2 gives bits.
    axis : along which each distribution lies.

    Returns
    -------
    A float for one distribution, else a float64 array with one number for each.
    0·log 0 is 0.

    Raises
    ------
    ValueError if p is no distribution. A sum may miss 1 by what rounding can do to it,
    8·√K·eps and at most 0.1: K the number of outcomes, eps the machine epsilon of the type
    p came in (2.2e-16 for Python's floats, 1.2e-7 for float32); by no more.
    """
    log = _logarithm(base)
    p = as_distribution("p", p, axis)
    terms = log(p, out=np.zeros(p.shape), where=p > 0)
    terms *= -p
    return _total(terms)


def cross_entropy(
    p: ArrayLike, q: ArrayLike, *, base: float | None = None, axis: int = -1
) -> float | np.ndarray:
    """H(P,Q) = −Σ p log q, the mean surprise of one who believes Q while P is true.

    Parameters
    ----------
    p, q : the truth and the belief, each as in `entropy`: of one shape, or with other axes
        than `axis` that broadcast, such as one Q against many P. Where both name their
        outcomes, as a pandas Series does, the names must agree.
    base, axis : as in `entropy`.

    Returns
    -------
    A float for one pair, else a float64 array with one number for each: inf where
    p > 0 = q. 0·log 0 is 0.

    Raises
    ------
    ValueError if p or q is no distribution (see `entropy`), or if their shapes or names differ.
    """
    log = _logarithm(base)
    p, q = as_pair(p, q, axis)
    terms = log(q, out=np.zeros(p.shape), where=p > 0)
    terms *= -p
    return _total(terms)


def kl_divergence(
    p: ArrayLike, q: ArrayLike, *, base: float | None = None, axis: int = -1
) -> float | np.ndarray:
    """KL(P‖Q) = Σ p log(p/q), the extra mean surprise of believing Q while P is true.

    Takes and refuses what `cross_entropy` does, and returns one number for each pair: 0 where
    P equals Q, inf where p > 0 = q, never below 0; errors of rounding are of the order of
    1e-16. KL(Q‖P) is another number.
    """
    log = _logarithm(base)
    return _total(_kl_terms(*as_pair(p, q, axis), log))


def kl_terms(
    p: ArrayLike, q: ArrayLike, *, base: float | None = None, axis: int = -1
) -> np.ndarray:
    """p log(p/q) for each outcome: the terms, some of them negative, whose sum is KL(P‖Q).

    Takes and refuses what `kl_divergence` does; returns an array of the shape of p and q.
    """
    log = _logarithm(base)
    terms = _kl_terms(*as_pair(p, q, axis), log)
    terms += 0.0  # a negative term that underflows is 0, not −0
    return np.moveaxis(terms, -1, axis)


def js_divergence(
    p: ArrayLike, q: ArrayLike, *, base: float | None = None, axis: int = -1
) -> float | np.ndarray:
    """JS(P,Q) = ½ KL(P‖M) + ½ KL(Q‖M) with M = ½ (P + Q): the Jensen–Shannon divergence.

    Takes and refuses what `cross_entropy` does, and returns one number for each pair: 0 where
    P equals Q, log 2 (1 bit) where they share no outcome, always between these two. The order
    of P and Q does not matter. Its square root is a distance: SciPy's `jensenshannon` returns
    that root.

    Sources: J. Lin (1991), doi 10.1109/18.61115; D. Endres and J. Schindelin (2003),
    doi 10.1109/TIT.2003.813506.
    """
    log = _logarithm(base)
    p, q = as_pair(p, q, axis)
    both = p + q  # 2M: halving the smallest floats would lose them
    terms = _kl_terms(2 * p, both, log)
    terms += _kl_terms(2 * q, both, log)
    return _at_most(float(log(2.0)), _total(terms) / 4)


def total_variation(p: ArrayLike, q: ArrayLike, *, axis: int = -1) -> float | np.ndarray:
    """TV(P,Q) = ½ Σ |p − q|, the most by which P and Q can differ about any event.

    Takes and refuses what `cross_entropy` does, and returns one number for each pair, from 0
    (P equals Q) to 1 (they share no outcome): a difference of probabilities, without unit.
    """
    p, q = as_pair(p, q, axis)
    return _at_most(1.0, _total(np.abs(p - q)) / 2)


def mutual_information(joint: ArrayLike, *, base: float | None = None) -> float:
    """I(X;Y) = Σ p(x,y) log(p(x,y) / (p(x) p(y))): KL(joint‖product of its marginals).

    `joint` is a table of probabilities that sums to 1 over all its entries, a row for each x and
    a column for each y; ValueError if it is none. `base` as in `entropy`. Returns a float: 0 (but
    for rounding, of the order of 1e-16) where X and Y are independent, never below 0, at most the
    entropy of X and that of Y.
    """
    log = _logarithm(base)
    joint = as_weights("joint", joint)
    if joint.ndim != 2:
        raise ValueError(
            f"joint has shape {joint.shape}: give a table with a row for each x and a column for "
            "each y, such as [[0.4, 0.1], [0.1, 0.4]]"
        )
    table = as_distribution("joint", joint.ravel()).reshape(joint.shape)
    of_x, of_y = table.sum(axis=1, keepdims=True), table.sum(axis=0)
    y_given_x = np.divide(table, of_x, out=np.zeros(table.shape), where=of_x > 0)
    terms = _kl_terms(y_given_x, np.broadcast_to(of_y, table.shape), log)
    terms *= of_x
    return _total(terms.ravel())


def surprisal(q: ArrayLike, *, base: float | None = None) -> float | np.ndarray:
    """−log q for each probability in q: the surprise when what was given q happens.

    `q` is one number from 0 to 1 or an array of them, which need not sum to 1; ValueError if an
    entry is none. `base` as in `entropy`. Returns a float for one number, else a float64 array of
    q's shape; inf where q = 0.
    """
    log = _logarithm(base)
    q = as_weights("q", q)
    if not q.max() <= 1:
        raise ValueError(f"q holds {_first(q, ~(q <= 1))}: a probability is at most 1")
    surprise = 0.0 - log(q.astype(np.float64, copy=False))
    return float(surprise) if surprise.ndim == 0 else surprise


def normalize(weights: ArrayLike, *, axis: int = -1) -> np.ndarray:
    """weights / Σ weights, the distribution in proportion to the weights.

    `weights` are numbers from 0 up, such as counts. Returns a new float64 array of their shape
    that sums to 1 along `axis`. ValueError if a weight is negative or nan, or if the sum along
    `axis` is 0 or infinite.
    """
    weights = as_weights("weights", weights)
    if weights.ndim == 0:
        raise ValueError("weights is a single number: give a list such as [3, 1]")
    with np.errstate(over="ignore"):
        weights = axis_last("weights", weights, axis).astype(np.float64, copy=False)
        total = weights.sum(axis=-1, keepdims=True)
    if not np.isfinite(total).all():
        raise ValueError("weights sum to inf: a distribution needs a finite sum")
    if not total.all():
        raise ValueError("weights sum to 0: at least one weight must be above 0")
    return np.moveaxis(weights / total, -1, axis)


def as_distribution(name: str, values: ArrayLike, axis: int = -1) -> np.ndarray:
    """The values as float64 with `axis` moved last, or the ValueError that says what is wrong.

    `name` is what the message calls them. The array may share memory with `values`.
    """
    array = as_weights(name, values)
    if array.ndim == 0:
        raise ValueError(
            f"{name} is a single number, {array:.6g}: a distribution is a list of "
            "probabilities, such as [0.5, 0.5]"
        )
    narrow = array.dtype in (np.float16, np.float32)
    epsilon = float(np.finfo(array.dtype if narrow else np.float64).eps)
    with np.errstate(over="ignore"):
        # In one piece, since NumPy sums with small errors only along what lies together in memory.
        array = np.ascontiguousarray(axis_last(name, array, axis), dtype=np.float64)
        total = _sum(array)
    error = np.abs(total - 1)
    if not error.max() <= min(8 * math.sqrt(array.shape[-1]) * epsilon, 0.1):
        where = np.unravel_index(error.argmax(), error.shape)
        row = f" in row {', '.join(map(str, where))}" if where else ""
        found = f"{total[where]:.6g}"
        if found == "1":
            found = repr(float(total[where]))
        hint = f": did you mean normalize({name})?" if 0 < total[where] < np.inf else ""
        raise ValueError(f"{name} sums to {found}{row}, not 1{hint}")
    return array


def as_one_distribution(name: str, values: ArrayLike) -> np.ndarray:
    """The values as one distribution over outcomes, or a ValueError."""
    p = as_distribution(name, values)
    if p.ndim > 1:
        raise ValueError(f"{name} holds {len(p)} distributions: give one, such as [0.5, 0.5]")
    return p


def as_pair(p: ArrayLike, q: ArrayLike, axis: int = -1) -> tuple[np.ndarray, np.ndarray]:
    """p and q as distributions along their last axis, broadcast to one shape; or a ValueError."""
    labelled = p, q
    p, q = as_array("p", p), as_array("q", q)
    p_axis = -1 if p.ndim == 1 < q.ndim else axis
    q_axis = -1 if q.ndim == 1 < p.ndim else axis
    p, q = as_distribution("p", p, p_axis), as_distribution("q", q, q_axis)
    if p.shape[-1] != q.shape[-1]:
        raise ValueError(
            f"p has {p.shape[-1]} outcomes and q has {q.shape[-1]}: "
            "both must give each outcome a probability"
        )
    _check_labels(*map(_labels, labelled, (p_axis, q_axis)))
    if p.shape == q.shape:
        return p, q
    try:
        return tuple(np.broadcast_arrays(p, q))
    except ValueError:
        raise ValueError(
            f"p holds {p.shape[:-1]} distributions and q {q.shape[:-1]}: "
            "give as many of each, or one of either"
        )


def as_weights(name: str, values: ArrayLike) -> np.ndarray:
    """The values as an array of numbers from 0 up, none of them nan, or a ValueError."""
    array = as_array(name, values)
    if array.dtype.kind not in "biuf":
        raise ValueError(
            f"{name} holds {array.dtype.type.__name__}, not numbers: give some such as [0.5, 0.5]"
        )
    if array.size == 0:
        raise ValueError(f"{name} is empty: give at least one number")
    if not array.min() >= 0:
        hint = f": did you mean np.exp({name})?" if array.max() <= 0 else ""
        raise ValueError(
            f"{name} holds {_first(array, ~(array >= 0))}, and must hold numbers from 0 up{hint}"
        )
    return array


def as_array(name: str, values: ArrayLike) -> np.ndarray:
    """The values as an array, or a ValueError where rows differ in length or a mask hides some."""
    try:
        array = np.asarray(values)
    except ValueError:
        raise ValueError(f"{name} has rows of different lengths: make them equal")
    rows = values if array.ndim > 1 and isinstance(values, list | tuple) else ()
    for masked in (values, *rows):
        mask = getattr(masked, "mask", None)
        if mask is not None and not callable(mask) and np.any(mask):  # in pandas it is a method
            raise ValueError(
                f"{name} hides entries behind a mask: give {name}.compressed(), without them, or "
                f"{name}.filled(0), with 0 for each"
            )
    return array


def axis_last(name: str, array: np.ndarray, axis: int) -> np.ndarray:
    """The array with `axis` moved last, or a ValueError that names the axis."""
    since = f": {name} has shape {array.shape}"
    return np.moveaxis(array, whole_number("axis", axis, -array.ndim, array.ndim - 1, since), -1)


def whole_number(name: str, value: object, least: int, most: int, since: str = "") -> int:
    """The value as an integer in these bounds, or a ValueError that ends with `since`."""
    whole = isinstance(value, Integral) and not isinstance(value, bool)
    if not (whole and least <= value <= most):
        raise ValueError(
            f"{name} is {value!r}, and must be a whole number from {least:,} to {most:,}{since}"
        )
    return int(value)


def _first(array: np.ndarray, wrong: np.ndarray) -> str:
    """The first wrong entry and where it stands, for an error message."""
    if array.ndim == 0:
        return f"{array:.6g}"
    index = tuple(int(i) for i in np.argwhere(wrong)[0])
    return f"{array[index]:.6g} at [{', '.join(map(str, index))}]"


def _labels(values: ArrayLike, axis: int) -> list:
    """The names that pandas has for the entries along each axis, those of the outcomes last."""
    labels = [getattr(values, name, None) for name in ("index", "columns")]
    labels = [names for names in labels if names is not None and not callable(names)]
    if len(labels) > 1:
        labels.append(labels.pop(axis))
    return labels


def _check_labels(of_p: list, of_q: list) -> None:
    """A ValueError where p and q are paired by position and named otherwise."""
    for names, others in zip(reversed(of_p), reversed(of_q), strict=False):
        if len(names) == len(others) and not np.array_equal(names, others):
            differ = (pair for pair in zip(names, others, strict=True) if pair[0] != pair[1])
            name, other = next(differ)
            raise ValueError(
                f"p has {name!r} where q has {other!r}: bring both into one order, as "
                "q.reindex(p.index) does"
            )


def _logarithm(base: float | None) -> Callable[..., np.ndarray]:
    """log(x, out=None, where=True) to the base; log 0 is −inf, and no warning."""
    if base is not None and not (isinstance(base, Real) and 1 < base < math.inf):
        raise ValueError(f"base is {base!r}, and must be a number above 1: 2 gives bits")
    exact = {None: np.log, 2: np.log2, 10: np.log10}

    def log(x: np.ndarray, out: np.ndarray | None = None, where: ArrayLike = True) -> np.ndarray:
        with np.errstate(divide="ignore"):
            result = exact.get(base, np.log)(x, out=out, where=where)
        if base not in exact:
            result /= math.log(base)
        return result

    return log


def _kl_terms(p: np.ndarray, q: np.ndarray, log: Callable[..., np.ndarray]) -> np.ndarray:
    """p log(p/q), by one logarithm; p (log p − log q) where p/q is above or below all floats."""
    with np.errstate(all="ignore"):
        terms = p / q
    np.copyto(terms, 2.0, where=p == 0)  # 0 log 2 is 0, and quicker than 0 log 1
    lost = (terms < _SMALLEST) | (terms > _LARGEST)
    log(terms, out=terms)
    if lost.any():
        terms[lost] = log(p[lost]) - log(q[lost])
    terms *= p
    return terms


def _sum(array: np.ndarray) -> np.ndarray:
    """Σ along the last axis; einsum is the faster in short rows, and in long ones it errs more."""
    return np.einsum("...i->...", array) if array.shape[-1] < 128 else array.sum(axis=-1)


def _total(terms: np.ndarray) -> float | np.ndarray:
    """The sum along the last axis, 0 or more but for rounding; + 0.0 turns −0.0 into 0.0."""
    total = np.maximum(_sum(terms), 0.0) + 0.0
    return float(total) if total.ndim == 0 else total


def _at_most(most: float, value: float | np.ndarray) -> float | np.ndarray:
    """The value without what rounding added above its largest possible one."""
    bounded = np.minimum(value, most)
    return float(bounded) if bounded.ndim == 0 else bounded
