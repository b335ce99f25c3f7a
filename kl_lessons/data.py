"""The real data, found in a checkout and in a plain install, and checked when read."""

import csv
import hashlib
from pathlib import Path
from typing import NamedTuple

_PACKAGE = Path(__file__).parent


class CoinTosses(NamedTuple):
    """One experiment: a share of its tosses showed what `of_what` says."""

    year: int
    tosses: int
    share: float
    of_what: str
    source: str


def coin_tosses() -> dict[str, CoinTosses]:
    """The published experiments by their first author: 'Kerrich' and 'Bartos'."""
    with data_file("coin_tosses.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["experiment"]: CoinTosses(
                int(row["year"]),
                int(row["tosses"]),
                float(row["share"]),
                row["of_what"],
                row["source"],
            )
            for row in csv.DictReader(file)
        }


def declarations() -> dict[str, str]:
    """The Universal Declaration of Human Rights in 16 languages, by the language's name.

    A line is a heading or a paragraph; languages are in alphabetical order.
    Source: United Nations 1948, https://www.un.org/en/about-us/universal-declaration-of-human-rights.
    """
    names = sorted(name for name in _checksums() if name.startswith("udhr/"))
    return {Path(name).stem.title(): data_file(name).read_text(encoding="utf-8") for name in names}


def data_file(name: str) -> Path:
    """Where the file of that name in assets/data lies, once its SHA-256 has been checked.

    In a folder of it the name is like "udhr/english.txt", with / on every system.

    Raises FileNotFoundError if it is missing or unknown and ValueError if it is damaged;
    both say how to restore it.
    """
    known = _checksums()
    if name not in known:
        raise FileNotFoundError(f"no data file {name!r}: there are {', '.join(sorted(known))}")
    path = _folder() / name
    if not path.is_file():
        raise FileNotFoundError(f"assets/data/{name} is missing: {_way_to_restore(name)}")
    if hashlib.sha256(path.read_bytes()).hexdigest() != known[name]:
        raise ValueError(f"assets/data/{name} is damaged: {_way_to_restore(name)}")
    return path


def _checksums() -> dict[str, str]:
    """The SHA-256 of each data file, by name, as SHA256SUMS lists them."""
    sums = _folder() / "SHA256SUMS"
    if not sums.is_file():
        raise FileNotFoundError(f"assets/data/SHA256SUMS is missing: {_way_to_restore(sums.name)}")
    lines = (line.partition("  ") for line in sums.read_text(encoding="utf-8").splitlines())
    return {name: checksum for checksum, _, name in lines}


def _is_checkout() -> bool:
    """Whether the package is read from the folder of the course, not from site-packages."""
    return (_PACKAGE.parent / "pyproject.toml").is_file()


def _folder() -> Path:
    """assets/data: beside the package in a checkout, inside it in a plain install."""
    return (_PACKAGE.parent if _is_checkout() else _PACKAGE) / "assets" / "data"


def _way_to_restore(name: str) -> str:
    """What to type in the folder of the course to have the file back."""
    if _is_checkout():
        command = f"git checkout -- assets/data/{name}"
    else:
        command = "python -m pip install --force-reinstall --no-deps ."
    return f"restore it with `{command}` in the folder of the course"
