"""What several tests need of the exercises: what check says of an answer."""

import pytest

from kl_lessons.exercises import check, printing


@pytest.fixture
def unbroken(monkeypatch):
    """What is said stands in lines as long as it takes."""
    monkeypatch.setattr(printing, "COLUMNS", 10_000)


@pytest.fixture
def said(capfd, unbroken):
    """What check prints about an answer; it writes nothing to the other stream."""

    def call(name, answer):
        capfd.readouterr()
        check(name, answer)
        out, err = capfd.readouterr()
        assert err == ""
        return out

    return call
