"""compare() in Python: what the learner made can be read and set, and nothing is let through."""

import json
import re
from html import unescape

import numpy as np
import pytest

from kl_lessons import compare, compare_logits, plots
from kl_lessons.look import filled
from kl_lessons.plots.comparison import MEASURES
from kl_lessons.subjects.classifier import softmax

P, Q = [0.5, 0.3, 0.2], [0.1, 0.2, 0.7]


def measures_in_words(p, q):
    return filled(MEASURES, plots.distributions.numbers(p=p, q=q))


def test_what_the_page_sets_is_read_as_arrays_of_floats():
    lab = compare(P, Q)
    lab.view.set_state({"state": {"p": [1, 0, 0], "q": [0, 0.5, 0.5], "base": "bits"}})
    assert lab.p.tolist() == [1.0, 0.0, 0.0] and lab.p.dtype == float
    assert lab.q.tolist() == [0.0, 0.5, 0.5]
    assert lab.base == 2


def test_what_python_sets_reaches_the_page():
    lab = compare(P, Q)
    lab.p, lab.q, lab.base = [0, 0, 1], np.array([0.25, 0.25, 0.5]), 2
    assert lab.view.state == {"p": [0, 0, 1], "q": [0.25, 0.25, 0.5], "base": "bits"}
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
        (lambda lab: setattr(lab, "q", [0.5, 0.5]), "q has 2 entries, and must have 3"),
        (lambda lab: setattr(lab, "q", [-1, 1, 1]), "q holds -1 at [0], and must hold numbers"),
        (lambda lab: setattr(lab, "p", [P, P]), "p holds 2 distributions: give one"),
        (lambda lab: setattr(lab, "base", 10), "base is 10, and must be None for nats or 2"),
        (lambda lab: compare([0.5, 0.5], [1.0]), "p has 2 outcomes and q has 1"),
        (lambda lab: compare(P, Q, ["a", "b"]), "labels are 2, and p has 3 outcomes"),
        (lambda lab: compare(P, Q, panels=()), "panels is (): choose from distributions"),
        (lambda lab: compare(P, Q, panels=("pie",)), "panels is ('pie',): choose from"),
        (lambda lab: compare_logits(P, [1, np.inf, 0]), "logits is no list of finite numbers"),
        (lambda lab: compare_logits(P, [1, 0]), "p has 3 outcomes and logits has 2"),
        (lambda lab: compare_logits(P, Q, temperature=0), "temperature is 0, and must be above 0"),
    ],
)
def test_bad_values_are_refused_in_words_and_change_nothing(call, message):
    lab = compare(P, Q)
    with pytest.raises(ValueError) as caught:
        call(lab)
    assert str(caught.value).startswith(message)
    assert lab.p.tolist() == P and lab.q.tolist() == Q


def test_q_follows_from_the_logits():
    lab = compare_logits(P, [2, 0, -1], temperature=2)
    np.testing.assert_allclose(lab.q, softmax(np.array([2, 0, -1]) / 2))
    lab.logits, lab.temperature = [0, 0, 0], 1
    np.testing.assert_allclose(lab.q, [1 / 3] * 3)
    with pytest.raises(ValueError, match="q follows from the logits"):
        lab.q = P


def test_an_explorer_without_logits_says_so():
    lab = compare(P, Q)
    for name in ("logits", "temperature"):
        with pytest.raises(AttributeError, match=f"this explorer has no {name}"):
            getattr(lab, name)
        with pytest.raises(AttributeError, match=f"this explorer has no {name}"):
            setattr(lab, name, 1)


@pytest.mark.parametrize("lab", [compare(P, Q), compare_logits(P, [2, 0, -1])])
def test_a_reader_without_a_kernel_gets_picture_sentence_and_script(lab):
    bundle = lab._repr_mimebundle_()
    words = bundle["text/plain"]
    assert words.startswith(measures_in_words(lab.p, lab.q))
    page = bundle["text/html"]
    assert page.count("data:image/png;base64,") == 1
    assert f'alt="{words}"' in page and f"<figcaption>{words}</figcaption>" in page
    assert "export default" not in page and page.count("</script>") == 1
    data = json.loads(unescape(re.search(r'data-explorer="([^"]*)"', page)[1]))
    assert data["state"] == lab.view.state and data["options"] == lab.view.options
    view = bundle["application/vnd.jupyter.widget-view+json"]
    assert view["model_id"] == lab.view.model_id


def test_no_label_reaches_the_page_unescaped():
    page = compare(P, Q, ["</script><b>", '"onload="x', "$x$ & y"])._repr_mimebundle_()["text/html"]
    assert "<b>" not in page and '"onload' not in page


def test_the_saved_picture_shows_what_was_set():
    lab = compare(P, Q)
    before = lab._repr_mimebundle_()["text/html"]
    lab.q = P
    after = lab._repr_mimebundle_()
    assert "KL(P‖Q) = 0.0000" in after["text/plain"]
    assert after["text/html"] != before
