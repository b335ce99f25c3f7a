"""Questions of an explorer: their goals become plain data, and a wrong one says what is right."""

import json

import pytest

from kl_lessons import compare, compare_logits, explore, plots

P, Q = [0.5, 0.3, 0.2], [0.1, 0.2, 0.7]


def goals(goal):
    lab = compare(P, Q, questions={"Do it.": goal})
    ((question),) = lab.options["questions"]
    assert question["text"] == "Do it."
    return question["goals"]


def test_goals_become_names_relations_and_values():
    assert goals("kl is 0") == [[["kl"], "is", 0.0]]
    assert goals("kl is ∞ and kl_back below ∞") == [
        [["kl"], "is", "∞"],
        [["kl_back"], "below", "∞"],
    ]
    assert goals("p[0] above 0.5 and q[2] near p[2]") == [
        [["p", 0], "above", 0.5],
        [["q", 2], "near", ["p", 2]],
    ]
    assert goals("unit is bits") == [[["unit"], "is", "bits"]]
    assert goals("above above −1e-3") == [[["above"], "above", -0.001]]


@pytest.mark.parametrize(
    ("goal", "message"),
    [
        ("kl = 0", 'a goal is "kl is 0"'),
        ("kl is", 'a goal is "kl is 0"'),
        ("", 'a goal is "kl is 0"'),
        ("alert(1) is 0", 'a goal is "kl is 0"'),
        ("KL is 0", "names 'KL', which is not there: choose from .*kl, kl_back"),
        ("kl is hallo", "names 'hallo', which is not there"),
        ("kl is 0.1.2", "no number, no ∞ and no name"),
        ("p above 0.5", r"p has 3 entries: a goal names one, such as p\[0\]"),
        ("p[3] above 0.5", "p has no entry 3: its entries are 0 to 2"),
        ("kl[0] is 0", "kl has no entry 0: it is no list"),
        ("unit above 3", "unit is a word"),
    ],
)
def test_a_wrong_goal_says_what_would_be_right(goal, message):
    with pytest.raises(ValueError, match=message):
        compare(P, Q, questions={"Do it.": goal})


def test_every_explorer_takes_questions_and_tells_the_page_json():
    question = {"Move it.": "kl below 0.1"}
    labs = [
        compare(P, Q, questions=question),
        compare_logits([0, 1], [0.0, 1.0], questions=question),
        explore(plots.walk, p=[0.5, 0.5], q=[1.0, 0.0], flips=(1, 9), questions=question),
    ]
    for lab in labs:
        assert json.loads(json.dumps(lab.options))["questions"][0]["text"] == "Move it."
        assert lab.answered == []
    assert "questions" not in compare(P, Q).options


def of_ratio(x=1.0):
    return {"x": x, "ratio": float("inf") if x == 0 else 1 / x, "both": [x, x]}


@plots.picture(numbers=of_ratio, says="{ratio}")
def ratio(ax, numbers):
    (line,) = ax.plot([0], [0])

    def move(numbers):
        line.set_ydata([numbers["x"]])
        return [line]

    return move


def test_a_picture_that_the_kernel_draws_tells_what_the_goals_name():
    lab = explore(ratio, x=(0.0, 2.0), questions={"Make it ∞.": "ratio is ∞ and both[1] is x"})
    assert lab.shown["known"] == {"ratio": 1.0, "both": [1.0, 1.0], "x": 1.0}
    lab.x = 0
    assert lab.shown["known"] == {"ratio": "∞", "both": [0.0, 0.0], "x": 0.0}


def test_a_slider_of_whole_numbers_can_run_and_no_other():
    lab = explore(plots.walk, p=P, q=Q, flips=(1, 9), seed=(0, 5), play="flips")
    assert [c["name"] for c in lab.options["controls"] if c.get("play")] == ["flips"]
    for name in ("p", "flip"):
        with pytest.raises(ValueError, match=f"'{name}', which is no slider.*flips, seed"):
            explore(plots.walk, p=P, q=Q, flips=(1, 9), seed=(0, 5), play=name)
    with pytest.raises(ValueError, match=r"no slider of whole numbers here$"):
        explore(ratio, x=(0.0, 2.0), play="x")
