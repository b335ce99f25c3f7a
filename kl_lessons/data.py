"""The real data, found in a checkout and in a plain install, and checked when read."""

import csv
import gzip
import hashlib
from pathlib import Path
from typing import NamedTuple

import numpy as np

_PACKAGE = Path(__file__).parent
_LANGUAGES = (
    "Basque Danish Dutch English Finnish French German Hungarian Icelandic Italian Polish "
    "Portuguese Spanish Swedish Turkish Welsh"
)
_WAY_BACK = (
    "download the course again or, in a clone of it, say `git checkout -- assets/data`; install it "
    "anew if it is not run from its own folder"
)


class CoinTosses(NamedTuple):
    """One experiment: a share of its tosses showed what `of_what` says."""

    year: int
    tosses: int
    share: float
    of_what: str
    source: str


class Labelled(NamedTuple):
    """Examples: a row of numbers for each in `x`, its class in `y`, and what the numbers mean."""

    x: np.ndarray
    y: np.ndarray
    classes: list[str]
    features: list[str]


class Book(NamedTuple):
    """A text to train a language model on, and what follows it, held out to judge the model."""

    training: str
    held_out: str


def penguins() -> Labelled:
    """344 penguins of three species by four measurements; nan is what was not measured.

    Source: Gorman, Williams and Fraser 2014, doi:10.1371/journal.pone.0090081.
    """
    rows = [*csv.DictReader(_text("penguins.csv").splitlines())]
    features = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
    classes = sorted({row["species"] for row in rows})
    x = [[np.nan if row[name] == "NA" else float(row[name]) for name in features] for row in rows]
    y = [classes.index(row["species"]) for row in rows]
    return Labelled(np.array(x), np.array(y), classes, features)


def digits() -> Labelled:
    """1,797 handwritten digits of 8 × 8 pixels, from 0 (paper) to 1 (ink), row by row.

    Source: Alpaydin and Kaynak 1998, doi:10.24432/C50P49.
    """
    lines = gzip.decompress(_content("digits.csv.gz")).decode().splitlines()
    table = np.array([line.split(",") for line in lines], dtype=np.intp)
    pixels = [f"row {i // 8}, column {i % 8}" for i in range(64)]
    return Labelled(table[:, :-1] / 16, table[:, -1], [str(i) for i in range(10)], pixels)


def coin_tosses() -> dict[str, CoinTosses]:
    """The published experiments by their first author: 'Kerrich' and 'Bartos'."""
    return {
        row["experiment"]: CoinTosses(
            int(row["year"]),
            int(row["tosses"]),
            float(row["share"]),
            row["of_what"],
            row["source"],
        )
        for row in csv.DictReader(_text("coin_tosses.csv").splitlines())
    }


def declarations() -> dict[str, str]:
    """The Universal Declaration of Human Rights in 16 languages, by the language's name.

    A line is a heading or a paragraph; languages are in alphabetical order.
    Source: United Nations 1948, https://www.un.org/en/about-us/universal-declaration-of-human-rights.
    """
    return {name: _text(f"udhr/{name.lower()}.txt") for name in _LANGUAGES.split()}


def moby_dick() -> Book:
    """Chapters 1 to 21 of *Moby-Dick* as training text, chapters 22 to 26 held out.

    Source: H. Melville 1851.
    """
    return Book(_text("moby_dick_chapters_1_21.txt"), _text("moby_dick_chapters_22_26.txt"))


def _text(name: str) -> str:
    """The text of a file in assets/data."""
    return _content(name).decode()


def _content(name: str) -> bytes:
    """What a file in assets/data holds, if it has the SHA-256 that SHA256SUMS has for it.

    The folder lies in the package in a plain install, and beside it in the folder of the course.
    FileNotFoundError if it is missing and ValueError if it is damaged say how to have it back.
    """
    inside = _PACKAGE / "assets" / "data"
    folder = inside if inside.is_dir() else _PACKAGE.parent / "assets" / "data"
    try:
        content, sums = (folder / name).read_bytes(), (folder / "SHA256SUMS").read_bytes()
    except FileNotFoundError as error:
        missing = Path(error.filename).relative_to(folder).as_posix()
        raise FileNotFoundError(f"assets/data/{missing} is missing: {_WAY_BACK}")
    if f"{hashlib.sha256(content).hexdigest()}  {name}".encode() not in sums.splitlines():
        raise ValueError(f"assets/data/{name} or SHA256SUMS beside it is damaged: {_WAY_BACK}")
    return content
