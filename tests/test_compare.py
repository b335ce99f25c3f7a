"""compare() in Python: what the learner made can be read and set, and nothing is let through."""

import json
import re
from html import unescape

import numpy as np
import pytest

from kl_lessons import compare, compare_logits, plots

P, Q = [0.5, 0.3, 0.2], [0.1, 0.2, 0.7]


def test_what_the_page_sets_is_read_as_arrays_of_floats():
    lab = compare(P, Q)
    lab.set_state({"state": {"p": [1, 0, 0], "q": [0, 0.5, 0.5], "base": "bits"}})
    assert lab.p.tolist() == [1.0, 0.0, 0.0] and lab.p.dtype == float
    assert lab.q.tolist() == [0.0, 0.5, 0.5]
    assert lab.base == 2


def test_what_python_sets_reaches_the_page():
    lab = compare(P, Q)
    lab.p, lab.q, lab.base = [0, 0, 1], np.array([0.25, 0.25, 0.5]), 2
    assert lab.state == {"p": [0, 0, 1], "q": [0.25, 0.25, 0.5], "base": "bits"}
    lab.base = None
    assert lab.base is None


def test_what_is_read_is_a_copy():
    lab = compare(P, Q)
    lab.p[0] = 9
    assert lab.p.tolist() == P


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda lab: setattr(lab, "p", [0.5, 0.1, 0.1]), "p sums to 0.7, not 1: did you mean"),
        (lambda lab: setattr(lab, "q", [0.5, 0.5]), "q has 2 outcomes, and must have 3"),
        (lambda lab: setattr(lab, "q", [-1, 1, 1]), "q holds -1 at [0], and must hold numbers"),
        (lambda lab: setattr(lab, "p", [P, P]), "p holds 2 distributions: give one"),
        (lambda lab: setattr(lab, "base", 10), "base is 10, and must be one of nats, bits"),
        (lambda lab: compare([0.5, 0.5], [1.0]), "p has 2 outcomes and q has 1"),
        (lambda lab: compare(P, Q, ["a", "b"]), "labels are 2, and p has 3 outcomes"),
        (lambda lab: compare(P, Q, panels=()), "panels is (): choose from distributions"),
        (lambda lab: compare(P, Q, panels=("pie",)), "panels is ('pie',): choose from"),
        (lambda lab: compare(P, Q, panels=5), "panels is 5: choose from"),
        (lambda lab: compare_logits(P, [1, np.inf, 0]), "logits is no list of finite numbers"),
        (lambda lab: compare_logits(P, ["a", "b", "c"]), "logits holds what is no number"),
        (lambda lab: compare_logits(P, [1j, 0, 0]), "logits holds what is no number"),
        (lambda lab: compare_logits(P, [10**400, 0, 0]), "logits holds what is no number"),
        (lambda lab: compare_logits(P, None), "logits is no list of finite numbers"),
        (lambda lab: compare_logits(P, [1, 0]), "p has 3 outcomes and logits has 2"),
        (lambda lab: compare_logits(P, Q, temperature=0), "temperature is 0, and must be from 0.1"),
    ],
)
def test_bad_values_are_refused_in_words_and_change_nothing(call, message):
    lab = compare(P, Q)
    with pytest.raises(ValueError) as caught:
        call(lab)
    assert str(caught.value).startswith(message)
    assert lab.p.tolist() == P and lab.q.tolist() == Q


def test_logits_and_temperature_are_read_and_set():
    lab = compare_logits(P, [2, 0, -1], temperature=2)
    assert lab.logits.tolist() == [2, 0, -1] and lab.temperature == 2
    assert lab.options["start"]["temperature"] == 2
    lab.logits, lab.temperature = [0, 0, 0], 1
    assert lab.state["logits"] == [0, 0, 0] and lab.state["temperature"] == 1
    numbers = plots.distributions.numbers(**lab.values())
    np.testing.assert_allclose(numbers["q"], [1 / 3] * 3)


def test_an_explorer_without_logits_says_so():
    lab = compare(P, Q)
    for name in ("logits", "temperature"):
        with pytest.raises(AttributeError, match=f"this explorer has no {name}"):
            getattr(lab, name)
        with pytest.raises(AttributeError, match=f"this explorer has no {name}"):
            setattr(lab, name, 1)


@pytest.mark.parametrize("lab", [compare(P, Q), compare_logits(P, [2, 0, -1])])
def test_a_saved_explorer_holds_its_options_its_state_and_the_code_once(lab):
    page = lab._repr_mimebundle_()[0]["text/html"]
    assert "export default" not in page and page.count("function makePanel") == 1
    data = json.loads(unescape(re.search(r'data-explorer="([^"]*)"', page)[1]))
    assert data["state"] == lab.state and data["options"] == json.loads(json.dumps(lab.options))


def test_no_label_reaches_the_page_unescaped():
    page = compare(P, Q, ["</script><b>", '"onload="x', "$x$ & y"])._repr_mimebundle_()[0][
        "text/html"
    ]
    assert "<b>" not in page and '"onload' not in page


def test_the_saved_picture_shows_what_was_set():
    lab = compare(P, Q)
    before = lab._repr_mimebundle_()[0]["text/html"]
    lab.q = P
    after, _ = lab._repr_mimebundle_()
    assert "KL(P‖Q) = 0.0000" in after["text/plain"]
    assert after["text/html"] != before
