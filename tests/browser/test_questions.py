"""Questions that tick themselves off, and sliders that run by themselves, in a page."""

import pytest
from conftest import serious_faults, use_theme
from test_page import WEATHER, drag, finger, knob_of, middle

from kl_lessons import compare, explore, plots

P, Q = [0.5, 0.3, 0.2], [0.1, 0.2, 0.7]
QUESTIONS = {
    "Make KL(P‖Q) zero. What must be true of P and Q?": "kl is 0",
    "Make KL(P‖Q) infinite and KL(Q‖P) finite.": "kl is ∞ and kl_back below ∞",
    "Make snow impossible in both.": "p[2] is 0 and q[2] is p[2]",
    "Can the sum of the terms be negative?": "kl below 0",
    "Reach KL(P‖Q) = 0.676 by hand, somewhere else.": "kl near 0.676 and p[0] below 0.5",
}


def two_distributions():
    return compare(P, Q, WEATHER, questions=QUESTIONS)


def ticked(page) -> list[int]:
    """The numbers of the questions that are answered."""
    ticks = page.locator(".kl-tick").all()
    return [i for i, tick in enumerate(ticks, 1) if "answered" in tick.get_attribute("aria-label")]


def test_a_question_is_ticked_when_it_is_answered_and_stays_so(opened):
    page = opened(two_distributions())
    done = page.locator(".kl-done")
    assert ticked(page) == [] and done.inner_text() == "0 of 5 done"
    snow = page.get_by_label("Q of snow", exact=True)
    snow.press("Home")
    assert ticked(page) == [2] and done.inner_text() == "1 of 5 done"
    assert page.locator(".kl-spoken").inner_text().startswith("Question 2 is answered. KL(P‖Q) = ∞")
    page.get_by_label("P of snow, bar").press("Home")
    assert ticked(page) == [2, 3]
    page.get_by_role("button", name="P uniform").click()
    page.get_by_role("button", name="Q uniform").click()
    page.get_by_role("button", name="Reset").click()
    assert ticked(page) == [1, 2, 3] and done.inner_text() == "3 of 5 done"
    assert page.locator(".kl-spoken").inner_text().count("is answered") == 0


def test_neither_the_start_nor_reset_answers_a_question(opened):
    page = opened(compare(P, Q, questions={"KL above 0.5": "kl above 0.5"}))
    assert ticked(page) == []
    page.get_by_role("button", name="Reset").click()
    assert ticked(page) == []
    page.get_by_label("bits").check()
    assert ticked(page) == [1]


def test_what_the_hand_passes_is_not_ticked_before_it_lets_go(opened):
    page = opened(two_distributions())
    bar = page.get_by_label("Q of snow, bar")
    box = bar.bounding_box()
    drag(page, bar, to=box["y"] + box["height"] + 10)
    assert ticked(page) == []
    page.mouse.up()
    assert ticked(page) == [2]


def test_near_is_within_two_percent_and_a_word_is_that_word(opened):
    page = opened(
        explore(
            plots.walk,
            p=[0.5, 0.5],
            q=[0.9, 0.1],
            truth=["P", "Q"],
            flips=(1, 1000),
            seed=(0, 9),
            questions={"q": "truth is Q", "a": "flips near 500", "b": "seed is 3"},
        )
    )
    flips = page.get_by_label("flips", exact=True)
    place = "([node, flips]) => { node.value = 1000 * Math.log(flips) / Math.log(1000);"
    place += "node.dispatchEvent(new Event('input')); node.dispatchEvent(new Event('change')); }"
    for value, expected in ((480, []), (494, [2])):
        page.evaluate(place, [flips.element_handle(), value])
        assert ticked(page) == expected
    page.get_by_label("seed").fill("3")
    page.get_by_label("Q", exact=True).check()
    assert ticked(page) == [1, 2, 3]


@pytest.mark.parametrize(("width", "height"), [(1000, 768), (700, 700), (390, 844)])
def test_the_questions_stand_in_sight_and_nothing_jumps(width, height, opened):
    page = opened(two_distributions(), viewport={"width": width, "height": height})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    explorer = page.locator(".kl-explorer").bounding_box()
    controls = page.locator(".kl-controls").bounding_box()
    questions = page.locator(".kl-questions").bounding_box()
    assert controls["y"] + controls["height"] - explorer["y"] <= height
    if width == 390:  # above the sliders
        assert questions["y"] < page.get_by_label("P of sun", exact=True).bounding_box()["y"]
    if width == 1000:  # beside them
        assert questions["y"] == pytest.approx(controls["y"], abs=12)
    page.get_by_label("Q of snow", exact=True).press("Home")
    assert ticked(page) == [2]
    assert page.locator(".kl-controls").bounding_box() == controls
    assert page.locator(".kl-questions").bounding_box() == questions


def test_a_finger_answers_a_question(opened):
    page = opened(
        two_distributions(),
        has_touch=True,
        is_mobile=True,
        viewport={"width": 390, "height": 844},
    )
    finger(page, knob_of(page.get_by_label("Q of snow, bar")), 200)
    assert ticked(page) == [2]


@pytest.mark.parametrize("light", ["true", "false"])
def test_axe_finds_no_serious_fault_in_questions_and_player(light, opened):
    page = opened(running(questions={"Nine flips.": "flips is 9"}), reduced_motion="reduce")
    use_theme(page, light)
    assert serious_faults(page) == []


# A slider that runs


def running(**more):
    values = {"p": [0.5, 0.5], "q": [0.9, 0.1], "flips": (1, 300)} | more
    return explore(plots.distributions, plots.walk, play="flips", **values)


def flips(page) -> int:
    return int(page.get_by_label("flips", exact=True).get_attribute("aria-valuetext"))


def test_it_starts_by_itself_once_it_is_seen_and_stops_at_the_end(opened):
    page = opened(running())
    page.get_by_role("button", name="Pause flips").wait_for()
    page.get_by_role("button", name="fast").press("Enter")
    page.get_by_role("button", name="Play flips").wait_for(timeout=15_000)
    assert flips(page) == 300
    page.get_by_role("button", name="Play flips").click()
    page.wait_for_timeout(200)
    assert 1 <= flips(page) < 300


def test_it_starts_where_half_of_the_picture_is_in_sight_and_its_buttons_are_not(opened):
    page = opened(running(), viewport={"width": 1000, "height": 240})
    page.get_by_role("button", name="Pause flips").wait_for(timeout=5_000)
    assert page.locator(".kl-play").bounding_box()["y"] > 240


def test_it_stays_still_for_who_asks_for_less_motion_until_it_is_played(opened):
    page = opened(running(), reduced_motion="reduce")
    start = flips(page)
    page.wait_for_timeout(500)
    assert flips(page) == start
    page.get_by_role("button", name="Play flips").press("Enter")
    page.wait_for_timeout(500)
    page.get_by_role("button", name="Pause flips").press("Enter")
    stopped = flips(page)
    assert stopped != start
    page.get_by_role("button", name="Step flips").press("Enter")
    assert flips(page) == stopped + 1
    page.wait_for_timeout(300)
    assert flips(page) == stopped + 1


@pytest.mark.parametrize("grasped", ["flips", "flips, dot"])
def test_it_stops_when_its_slider_or_dot_is_grasped(grasped, opened):
    page = opened(running())
    page.get_by_role("button", name="Pause flips").wait_for()
    page.wait_for_timeout(300)
    page.get_by_label(grasped, exact=True).focus()
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Play flips").wait_for(timeout=2000)
    stopped = flips(page)
    page.wait_for_timeout(300)
    assert flips(page) == stopped


def test_q_is_dragged_while_it_runs(opened):
    page = opened(running())
    page.get_by_role("button", name="Pause flips").wait_for()
    bar = page.get_by_label("Q of 1, bar")
    drag(page, bar, to=middle(bar)[1] + 60)
    before, share = flips(page), bar.get_attribute("aria-valuenow")
    page.wait_for_timeout(500)
    assert flips(page) > before and bar.get_attribute("aria-valuenow") == share
    page.mouse.up()
    assert page.get_by_role("button", name="Pause flips").count() == 1


def test_reset_stops_it(opened):
    page = opened(running(), reduced_motion="reduce")
    start = flips(page)
    page.get_by_role("button", name="Play flips").click()
    page.wait_for_timeout(300)
    page.get_by_role("button", name="Reset").click()
    page.wait_for_timeout(300)
    assert flips(page) == start and page.get_by_role("button", name="Play flips").count() == 1
