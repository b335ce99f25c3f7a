"""The data are the published ones, found in both kinds of install, and refused when damaged."""

import hashlib
import re
import shutil
from pathlib import Path

import numpy as np
import pytest

from kl_lessons import data

COURSE = Path(__file__).parent.parent
ASSETS = COURSE / "assets" / "data"


@pytest.fixture(params=["checkout", "plain install"])
def folder(request, tmp_path, monkeypatch):
    """A copy of the data that a test may damage, laid out as in either kind of install."""
    package = tmp_path / "kl_lessons"
    folder = (tmp_path if request.param == "checkout" else package) / "assets" / "data"
    shutil.copytree(ASSETS, folder)
    monkeypatch.setattr(data, "_PACKAGE", package)
    return folder


# True of a download and of a clone, of a course in its own folder and of one that is installed.
WAY_BACK = (
    "download the course again or, in a clone of it, say `git checkout -- assets/data`; "
    "install it anew if it is not run from its own folder"
)


def test_coin_tosses_are_the_published_numbers():
    tosses = data.coin_tosses()
    assert list(tosses) == ["Kerrich", "Bartos"]
    kerrich, bartos = tosses["Kerrich"], tosses["Bartos"]
    assert (kerrich.year, kerrich.tosses, kerrich.of_what) == (1946, 10_000, "heads")
    assert kerrich.share * kerrich.tosses == pytest.approx(5_067, abs=1e-9)
    assert (bartos.year, bartos.tosses, bartos.share) == (2023, 350_757, 0.508)
    assert "same side" in bartos.of_what
    assert "2310.04153" in bartos.source


def test_data_are_found_where_this_install_keeps_them(folder):
    assert data.coin_tosses()["Kerrich"].tosses == 10_000


def test_declarations_are_one_document_in_sixteen_languages(folder):
    texts = data.declarations()
    assert len(texts) == 16 and list(texts) == sorted(texts)
    assert {f"{name.lower()}.txt" for name in texts} == {
        path.name for path in (ASSETS / "udhr").iterdir()
    }
    assert texts["English"].startswith("Universal Declaration of Human Rights\nPreamble\n")
    assert "Alle Menschen sind frei und gleich an Würde und Rechten geboren." in texts["German"]
    for text in texts.values():
        assert 10_000 < len(text) < 13_500 and 90 <= len(text.splitlines()) <= 95
        assert "\ufffd" not in text and "Ã" not in text  # neither lost nor read in another encoding


def test_penguins_are_three_species_two_of_them_not_measured(folder):
    birds = data.penguins()
    assert birds.classes == ["Adelie", "Chinstrap", "Gentoo"] and len(birds.features) == 4
    assert birds.x.shape == (344, 4) and np.bincount(birds.y).tolist() == [152, 68, 124]
    assert birds.x[0].tolist() == [39.1, 18.7, 181, 3750]
    assert np.flatnonzero(np.isnan(birds.x).all(axis=1)).tolist() == [3, 271]


def test_digits_are_rows_of_ink_with_their_class(folder):
    images = data.digits()
    assert images.x.shape == (1797, 64) and images.classes == [*"0123456789"]
    assert images.x.min() == 0 and images.x.max() == 1 and images.y[:3].tolist() == [0, 1, 2]
    assert (16 * images.x[0, :8]).tolist() == [0, 0, 5, 13, 9, 1, 0, 0]


def test_moby_dick_is_21_chapters_to_train_on_and_the_five_after_them(folder):
    book = data.moby_dick()
    assert len(book.training) == 207_807 and len(book.held_out) == 29_705
    assert book.training.startswith("CHAPTER 1. Loomings.\n\nCall me Ishmael. Some years ago—never")
    assert book.held_out.startswith("CHAPTER 22. Merry Christmas.\n\nAt length, towards noon,")
    for text, numbers in ((book.training, range(1, 22)), (book.held_out, range(22, 27))):
        assert [int(found) for found in re.findall(r"^CHAPTER (\d+)\. ", text, re.M)] == [*numbers]
        assert "\r" not in text and "\ufffd" not in text and "â" not in text


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("penguins.csv", data.penguins),
        ("digits.csv.gz", data.digits),
        ("coin_tosses.csv", data.coin_tosses),
        ("SHA256SUMS", data.coin_tosses),
        ("udhr/welsh.txt", data.declarations),
        ("moby_dick_chapters_22_26.txt", data.moby_dick),
    ],
)
def test_a_missing_file_is_named_with_the_way_to_have_it_back(folder, name, read):
    (folder / name).unlink()
    with pytest.raises(FileNotFoundError) as error:
        read()
    assert str(error.value) == f"assets/data/{name} is missing: {WAY_BACK}"


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:-1],
        lambda content: content.replace(b"\n", b"\r\n"),
        lambda content: content.replace(b"0.5067", b"0.5076"),
    ],
    ids=["emptied", "cut short", "line ends changed", "a digit changed"],
)
def test_a_damaged_file_is_named_with_the_way_to_have_it_back(folder, damage):
    path = folder / "coin_tosses.csv"
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(ValueError) as error:
        data.coin_tosses()
    assert (
        str(error.value)
        == f"assets/data/{path.name} or SHA256SUMS beside it is damaged: {WAY_BACK}"
    )


def test_checksums_that_are_no_text_are_damaged(folder):
    (folder / "SHA256SUMS").write_bytes(b"\xff\xfe0\x00")
    for read in (data.coin_tosses, data.declarations):
        with pytest.raises(ValueError, match="or SHA256SUMS beside it is damaged: download"):
            read()


def test_every_data_file_has_a_checksum_and_a_source():
    files = {path.relative_to(ASSETS).as_posix() for path in ASSETS.rglob("*") if path.is_file()}
    files -= {"README.md", "SHA256SUMS"}
    sums = dict(
        reversed(line.split(maxsplit=1))
        for line in (ASSETS / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    )
    assert set(sums) == files
    table = (ASSETS / "README.md").read_text(encoding="utf-8")
    for name in files:
        assert hashlib.sha256((ASSETS / name).read_bytes()).hexdigest() == sums[name]
        assert f"`{name}`" in table
