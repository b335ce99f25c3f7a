"""What several tests need of the exercises: what check says of an answer."""

import pytest

from kl_lessons.exercises import check


@pytest.fixture
def said(capfd):
    """What check prints about an answer; it writes nothing to the other stream."""

    def call(name, answer):
        capfd.readouterr()
        check(name, answer)
        out, err = capfd.readouterr()
        assert err == ""
        return out

    return call
