"""The real data, found in a checkout and in a plain install, and checked when read."""

import csv
import hashlib
from pathlib import Path
from typing import NamedTuple

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


def _text(name: str) -> str:
    """The text of a file in assets/data, if it has the SHA-256 that SHA256SUMS has for it.

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
    return content.decode()
