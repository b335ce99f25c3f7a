"""Languages by their letters: counts, distributions without zeros, which one a text is in.

Letters are compared in lower case and with their accents, in one alphabet: every letter that
occurs in any of the declarations. Accents stay, since they tell languages apart, and since no
rule strips them all: ø, ł, ß, æ, ð, þ and ı are letters of their own, not letters with a mark.
"""

import functools
import unicodedata
from collections import Counter
from numbers import Real
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from kl_lessons.data import declarations
from kl_lessons.information import as_weights, normalize

FAMILIES = {  # and the nearest relatives side by side
    "Germanic": ("English", "Dutch", "German", "Danish", "Swedish", "Icelandic"),
    "Romance": ("French", "Italian", "Spanish", "Portuguese"),
    "Slavic": ("Polish",),
    "Celtic": ("Welsh",),
    "Uralic": ("Finnish", "Hungarian"),
    "Turkic": ("Turkish",),
    "isolate": ("Basque",),
}


class LetterCounts(NamedTuple):
    """How often each letter of the alphabet, a column, occurs in each language, a row."""

    names: list[str]
    alphabet: str
    counts: np.ndarray


def letters_of(text: str) -> str:
    """The letters of a text in lower case, accents kept; all else is left out.

    An accent typed as a sign of its own is joined to its letter (Unicode NFC), so that é is é
    however it was typed. İ becomes i, and I becomes i in Turkish too, where ı would be right.
    """
    joined = unicodedata.normalize("NFC", text.lower())
    return "".join(sign for sign in joined if unicodedata.category(sign) == "Ll")


def letter_counts(text: str, alphabet: str) -> np.ndarray:
    """How often each letter of the alphabet occurs in the text: an array of K whole numbers.

    Letters that are not in the alphabet are not counted.
    """
    counts = Counter(letters_of(text))
    return np.array([counts[letter] for letter in alphabet], dtype=np.int64)


def letter_numbers(text: str, alphabet: str) -> np.ndarray:
    """The letters of the text as their places in the alphabet, 0 to K − 1, for a coder.

    Raises ValueError for a letter that is not in the alphabet.
    """
    place = {letter: i for i, letter in enumerate(alphabet)}
    letters = letters_of(text)
    unknown = sorted(set(letters) - set(place))
    if unknown:
        raise ValueError(
            f"text holds {unknown[0]!r}, which the alphabet has not: it has {alphabet}"
        )
    return np.array([place[letter] for letter in letters], dtype=np.intp)


def smoothed(counts: ArrayLike, pseudocount: float = 0.5) -> np.ndarray:
    """(counts + pseudocount) / their sum: a distribution without zeros, if pseudocount is above 0.

    Parameters
    ----------
    counts : numbers from 0 up; rows are languages.
    pseudocount : what is added to each count, from 0 up; 0 gives the frequencies themselves.

    Returns
    -------
    A float64 array of the shape of `counts`; each row sums to 1.

    Raises
    ------
    ValueError if a count is below 0, if pseudocount is below 0 or infinite, or if both are 0
    throughout a row.

    Source: with a pseudocount of 1, Laplace's rule of succession (1774); with 1/2, Krichevsky
    and Trofimov 1981, doi:10.1109/TIT.1981.1056331.
    """
    if not (isinstance(pseudocount, Real) and 0 <= pseudocount < np.inf):
        raise ValueError(f"pseudocount is {pseudocount!r}, and must be a number from 0 up")
    return normalize(np.add(as_weights("counts", counts), pseudocount, dtype=np.float64))


@functools.cache
def declared_letters() -> LetterCounts:
    """The letters of the Universal Declaration of Human Rights in 16 languages, counted once."""
    texts = declarations()
    alphabet = "".join(sorted(set(letters_of("".join(texts.values())))))
    counts = np.array([letter_counts(text, alphabet) for text in texts.values()])
    counts.flags.writeable = False
    return LetterCounts(list(texts), alphabet, counts)


def by_family(languages: LetterCounts) -> LetterCounts:
    """The same languages, relatives side by side; ValueError for one that no family holds."""
    places = {name: i for i, name in enumerate(sum(FAMILIES.values(), ()))}
    for name in languages.names:
        if name not in places:
            raise ValueError(f"{name!r} stands in no family of languages.FAMILIES")
    order = sorted(range(len(languages.names)), key=lambda i: places[languages.names[i]])
    names = [languages.names[i] for i in order]
    return LetterCounts(names, languages.alphabet, np.asarray(languages.counts)[order])
