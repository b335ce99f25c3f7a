"""Each exhibit of the museum, repaired rightly and wrongly, and the words that are said to it."""

import json
import re
import time

import museum
import numpy as np
import pytest

from kl_lessons import exercises
from kl_lessons.exercises import hint, trial
from kl_lessons.tools.save_lessons import NOTEBOOKS

pytest_plugins = "asking"  # the fixture `said`

EXHIBITS = exercises._exercises(9)


def shares(x):
    return x / x.sum()


def softmax(scores):
    return np.exp(scores) / np.exp(scores).sum()


def mutual(joint, product):
    return np.sum(joint * np.log(joint / product))


WRONG_REPAIRS = {  # two for each: what a learner writes, and what the words must hold
    "9.1": [
        (lambda p, q: -np.sum(q * np.log(p)), "least over Q is not at Q = P"),
        (lambda p, q: -np.sum(p * np.log(q)), "0 · log 0 is nan"),
    ],
    "9.2": [
        (lambda log_q, p: np.sum(p * (np.log(p) - np.exp(log_q))), "as if it were a probability"),
        (lambda log_q, p: np.sum(p * (np.log(p) - log_q)), "0 · log 0 is nan"),
    ],
    "9.3": [
        (lambda x, y, edges: np.sum(np.sort(x) * np.log2(np.sort(x) / np.sort(y))), "samples"),
        (
            lambda x, y, edges: museum.of_bins(y, x, edges),
            "the truth x comes second here",
        ),
    ],
    "9.4": [
        (lambda p, q: np.sum(p * np.log((p + 1e-8) / (q + 1e-8))), "epsilon or a floor is left"),
        (lambda p, q: np.sum(q * np.log(q / p)), "the truth comes first"),
    ],
    "9.5": [
        (lambda p, q, floor: museum.kl(p, np.maximum(q, floor)), "no longer sums to 1"),
        (lambda p, q, floor: museum.kl(p, q), "no floor here"),
    ],
    "9.6": [
        (lambda p, q: np.abs(museum.terms(p, q)), "lost its sign"),
        (lambda p, q: -museum.terms(p, q), "their sum is −KL"),
    ],
    "9.7": [
        (museum.kl, "used as given"),
        (lambda x, y: museum.kl(x, y) + y.sum() - x.sum(), "Σy − Σx was added"),
    ],
    "9.8": [
        (lambda p, q: np.mean(museum.terms(p, q)), "by the number of classes"),
        (lambda p, q: np.sum(museum.terms(p, q)), "it grows with the batch"),
    ],
    "9.9": [
        (lambda scores, true: -np.log(softmax(softmax(scores))[true]), "softmax was taken twice"),
        (lambda scores, true: -np.log(softmax(scores)[true]), "exp of a large score became ∞"),
    ],
    "9.10": [
        (lambda q, base: -np.log10(q), "this is log10"),
        (lambda q, base: -np.log(q), "these are nats, whatever base"),
    ],
    "9.11": [
        (lambda losses, lengths: np.average(np.exp(losses), weights=lengths), "a mean of exps"),
        (lambda losses, lengths: np.exp(np.mean(losses)), "each page counts the same"),
    ],
    "9.12": [
        (lambda p, q: np.sqrt(museum.ANSWERS["9.12"](p, q)), "this is the distance, its root"),
        (lambda p, q: 2 * museum.ANSWERS["9.12"](p, q), "may exceed log 2"),
    ],
    "9.13": [
        (lambda counts: mutual(shares(counts), 1 / counts.size), "the marginals are even ones"),
        (lambda counts: museum.kl(counts, np.outer(counts.sum(1), counts.sum(0))), "not divided"),
    ],
}


@pytest.mark.parametrize("name", EXHIBITS)
def test_a_right_repair_is_told_what_it_shows(name, said, monkeypatch):
    monkeypatch.setattr(trial, "scipy_measure_called", lambda *_: None)  # of which ANSWERS are made
    with np.errstate(all="ignore"):
        assert said(name, museum.ANSWERS[name]) == f"✓ {EXHIBITS[name].shows}\n"


@pytest.mark.parametrize("name", EXHIBITS)
def test_two_wrong_repairs_are_told_what_still_fails_on_which_input_and_a_hint(name, said):
    assert len(WRONG_REPAIRS[name]) == 2
    for repair, words in WRONG_REPAIRS[name]:
        text = said(name, repair)
        first = next(iter(EXHIBITS[name].inputs[0]))
        assert text.startswith(f"✗ for {first} ")
        assert words in text, text
        assert text.endswith(f'A hint: hint("{name}")\n')


@pytest.mark.parametrize("name", EXHIBITS)
def test_a_repair_that_raises_changes_never_ends_or_returns_nan_gets_words(name, said, monkeypatch):
    monkeypatch.setattr(trial, "SECONDS", 0.2)
    right = museum.ANSWERS[name]

    def raises(*arguments):
        return right(*arguments)[99, 99]

    def changes(*arguments):
        value = right(*arguments)
        arguments[0][...] = 0
        return value

    def never_ends(*arguments):
        while True:
            time.sleep(0)

    def not_a_number(*arguments):
        return right(*arguments) * np.nan

    for repair, words in (
        (raises, "rror"),
        (changes, "which belongs to the caller"),
        (never_ends, "still running"),
        (not_a_number, "nan"),
    ):
        text = said(name, repair)
        assert text.startswith("✗ ") and words in text and "Traceback" not in text, text


def test_the_mean_of_exps_that_the_exhibit_prints_is_named(said):
    assert "a mean of exps" in said("9.11", lambda losses, lengths: np.mean(np.exp(losses)))


def test_no_exhibit_asks_to_take_the_package(capsys):
    for name, exercise in EXHIBITS.items():
        for _ in exercise.hints:
            hint(name)
    assert "kl_divergence" not in capsys.readouterr().out


# The way from an exhibit to the section that teaches it

TAUGHT = re.compile(r"taught in \[lesson (\d\d)\]\((\1_\w+\.ipynb)\), \*([^*]+)\*\.")
LEADS = re.compile(r"exhibits? ([\d, and]+) of the \[museum\]\(09_museum_of_mistakes\.ipynb\)")
MUSEUM = "09_museum_of_mistakes.ipynb"


def markdown(notebook):
    """The Markdown of a lesson, one text."""
    found = json.loads((NOTEBOOKS / notebook).read_text(encoding="utf-8"))["cells"]
    return "\n\n".join("".join(c["source"]) for c in found if c["cell_type"] == "markdown")


def sections(notebook):
    """The text of each section of a lesson, by its heading."""
    parts = re.split(r"^#+ (?:Further: )?(.+)\n", markdown(notebook), flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("number", range(1, len(EXHIBITS) + 1))
def test_an_exhibit_names_the_section_that_teaches_it(number):
    text = next(t for heading, t in sections(MUSEUM).items() if heading.startswith(f"{number}. "))
    _, notebook, heading = TAUGHT.search(text).groups()
    assert heading in sections(notebook)


@pytest.mark.parametrize("number", range(1, len(EXHIBITS) + 1))
def test_the_section_that_teaches_it_leads_to_the_exhibit(number):
    text = next(t for heading, t in sections(MUSEUM).items() if heading.startswith(f"{number}. "))
    _, notebook, heading = TAUGHT.search(text).groups()
    led = LEADS.findall(sections(notebook)[heading])
    assert str(number) in re.findall(r"\d+", " ".join(led))
