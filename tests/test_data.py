"""The data are the published ones, found in both kinds of install, and refused when damaged."""

import hashlib
import shutil
from pathlib import Path

import pytest

from kl_lessons import data

COURSE = Path(__file__).parent.parent
ASSETS = COURSE / "assets" / "data"


@pytest.fixture(params=["checkout", "plain install"])
def copy(request, tmp_path, monkeypatch):
    """A copy of the data that a test may damage, laid out as in either kind of install."""
    package = tmp_path / "kl_lessons"
    checkout = request.param == "checkout"
    folder = (tmp_path if checkout else package) / "assets" / "data"
    shutil.copytree(ASSETS, folder)
    if checkout:
        (tmp_path / "pyproject.toml").touch()
    monkeypatch.setattr(data, "_PACKAGE", package)
    return folder, "git checkout -- assets/data/{}" if checkout else "pip install --force-reinstall"


def test_coin_tosses_are_the_published_numbers():
    tosses = data.coin_tosses()
    assert list(tosses) == ["Kerrich", "Bartos"]
    kerrich, bartos = tosses["Kerrich"], tosses["Bartos"]
    assert (kerrich.year, kerrich.tosses, kerrich.of_what) == (1946, 10_000, "heads")
    assert kerrich.share * kerrich.tosses == pytest.approx(5_067, abs=1e-9)
    assert (bartos.year, bartos.tosses, bartos.share) == (2023, 350_757, 0.508)
    assert "same side" in bartos.of_what
    assert "2310.04153" in bartos.source


def test_data_are_found_where_this_install_keeps_them(copy):
    folder, _ = copy
    assert data.data_file("coin_tosses.csv") == folder / "coin_tosses.csv"
    assert data.coin_tosses()["Kerrich"].tosses == 10_000


def test_declarations_are_one_document_in_sixteen_languages(copy):
    texts = data.declarations()
    assert len(texts) == 16 and list(texts) == sorted(texts)
    assert texts["English"].startswith("Universal Declaration of Human Rights\nPreamble\n")
    assert "Alle Menschen sind frei und gleich an Würde und Rechten geboren." in texts["German"]
    for text in texts.values():
        assert 10_000 < len(text) < 13_500 and 90 <= len(text.splitlines()) <= 95
        assert "\ufffd" not in text and "Ã" not in text  # neither lost nor read in another encoding


def test_a_file_in_a_folder_is_restored_by_its_whole_name(copy):
    folder, command = copy
    (folder / "udhr" / "welsh.txt").unlink()
    with pytest.raises(FileNotFoundError) as error:
        data.declarations()
    assert "assets/data/udhr/welsh.txt is missing" in str(error.value)
    assert command.format("udhr/welsh.txt") in str(error.value)


@pytest.mark.parametrize("name", ["coin_tosses.csv", "SHA256SUMS"])
def test_a_missing_file_is_named_with_the_way_to_restore_it(copy, name):
    folder, command = copy
    (folder / name).unlink()
    with pytest.raises(FileNotFoundError) as error:
        data.coin_tosses()
    assert f"assets/data/{name} is missing" in str(error.value)
    assert command.format(name) in str(error.value)


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
def test_a_damaged_file_is_named_with_the_way_to_restore_it(copy, damage):
    folder, command = copy
    path = folder / "coin_tosses.csv"
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(ValueError) as error:
        data.coin_tosses()
    assert "assets/data/coin_tosses.csv is damaged" in str(error.value)
    assert command.format(path.name) in str(error.value)


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(FileNotFoundError, match=r"'penguin\.csv'.*coin_tosses\.csv"):
        data.data_file("penguin.csv")


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
