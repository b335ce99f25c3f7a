"""Each question of the explorers of lessons 01 and 02 has an answer that ticks it, and no start."""

import html
import json
import re

import pytest
from conftest import quiet_page

from kl_lessons.explorers import page as code
from kl_lessons.tools.save_lessons import NOTEBOOKS

EVEN, BENT = [0.5, 0.5], [0.75, 0.25]
P, Q = [0.5, 0.3, 0.2], [0.7, 0.2, 0.1]
ANSWERS = {  # for each question what has to be set
    ("01_coin_flips", "split-table"): [{"seed": 6}, {"q": [1, 0]}, {"q": EVEN}],
    ("01_coin_flips", "lab"): [
        {"q": BENT},
        {"p": BENT, "q": EVEN},
        {"truth": "Q"},
        {"q": [1, 0]},
    ],
    ("01_coin_flips", "passages"): [
        {"up_to": 200},
        {"up_to": 200, "q": [0.55, 0.45]},
        {"q": [0.95, 0.05]},
    ],
    ("01_coin_flips", "types-lab"): [{"n": 400}, {"share": 0.5}, {"share": 1.0}],
    ("02_wrong_belief", "money-lab"): [{"days": 365}, {"q": P}, {"q": [0.8, 0.2, 0]}],
    ("02_wrong_belief", "tangent"): [{"t": 1.0}, {"t": 0.1}],
    ("02_wrong_belief", "lab"): [
        {"q": [0.8, 0.2, 0]},
        {"p": [0.6, 0.4, 0], "q": [0.8, 0.2, 0]},
        {"q": [0.8, 0.15, 0.05], "p": [0.7, 0.1, 0.2]},
    ],
    ("02_wrong_belief", "triangle-lab"): [
        {"q": [0.8, 0.2, 0]},
        {"p": [0.8, 0.2, 0]},
        {"p": [0.8, 0.2, 0], "q": [0, 0.5, 0.5]},
        {"p": [1, 0, 0], "q": [0, 0.5, 0.5]},
    ],
    ("02_wrong_belief", "bells-lab"): [{"width": 1.0}, {"cut": 2.0}, {"bins": 4}],
    ("02_wrong_belief", "landscape-lab"): [{"p": [0.6, 0.4, 0]}, {"level": 0.02}, {"level": 0.5}],
    ("02_wrong_belief", "merge-lab"): [
        {"q": [0.7, 0.18, 0.12]},
        {"q": [0.5, 0.1, 0.4]},
        {"q": [0.7, 0.3, 0]},
    ],
    ("02_wrong_belief", "information-lab"): [
        {"umbrella_if_dry": 0.8},
        {"umbrella_if_rain": 1.0, "umbrella_if_dry": 0.0},
        {"umbrella_if_rain": 0.1, "umbrella_if_dry": 0.9},
    ],
}
ASK = """([options, state]) => {
    const known = together(computed(options, state, "fresh").numbers, valuesOf(options, state));
    return options.questions.map(({ goals }) => reached(goals, known));
}"""


def explorers(lesson):
    """The options and the start of each saved explorer of a lesson that asks, by its cell."""
    found = {}
    cells = json.loads((NOTEBOOKS / f"{lesson}.ipynb").read_text(encoding="utf-8"))["cells"]
    for cell in cells:
        for output in cell.get("outputs", []):
            text = "".join(output.get("data", {}).get("text/html", ""))
            for data in re.findall(r'data-explorer="([^"]*)"', text):
                saved = json.loads(html.unescape(data))
                if "questions" in saved["options"]:
                    found[lesson, cell["id"]] = saved
    return found


ASKING = explorers("01_coin_flips") | explorers("02_wrong_belief")


@pytest.fixture(scope="module")
def page(browser):
    with quiet_page(browser) as page:
        page.set_content("<!doctype html><title>t</title><body>")
        page.add_script_tag(content=code.code())
        yield page


def test_every_explorer_that_asks_has_answers_here():
    assert {cell: len(saved["options"]["questions"]) for cell, saved in ASKING.items()} == {
        cell: len(answers) for cell, answers in ANSWERS.items()
    }


@pytest.mark.parametrize("cell", ANSWERS, ids=" ".join)
def test_each_answer_ticks_its_question_and_the_start_ticks_none(cell, page):
    options, start = ASKING[cell]["options"], ASKING[cell]["state"]
    assert not any(page.evaluate(ASK, [options, start]))
    for i, answer in enumerate(ANSWERS[cell]):
        assert answer.keys() <= start.keys()
        assert page.evaluate(ASK, [options, start | answer])[i], options["questions"][i]["text"]
