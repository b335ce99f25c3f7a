"""Explorers on a page of their own: no kernel, no server, no network."""

import io
import itertools
import json
import re
from html import escape

import nbformat
import numpy as np
import pytest
from conftest import (
    PICTURES,
    ROOT,
    explorers_of,
    quiet_page,
    saved,
    serious_faults,
    use_theme,
)
from nbconvert import HTMLExporter
from PIL import Image

from kl_lessons import compare, compare_logits, explore, look, plots
from kl_lessons.data import moby_dick
from kl_lessons.explorers import page as code
from kl_lessons.plots.language_models import WHALE
from kl_lessons.plots.languages import THREE
from kl_lessons.subjects.classifier import softmax
from kl_lessons.subjects.languages import declared_letters
from kl_lessons.subjects.policies import WHALES

WEATHER = ["sun", "rain", "snow"]
P, Q = [0.5, 0.3, 0.2], [0.1, 0.2, 0.7]
EXPLORERS = {
    "two distributions": lambda: compare(P, Q, WEATHER),
    "logits": lambda: compare_logits([0, 1, 0], [2, 0, -1], ["cat", "dog", "fox"]),
    "coins": lambda: explore(
        plots.distributions,
        plots.walk,
        plots.split,
        p=[0.5, 0.5],
        q=[0.9, 0.1],
        truth=["P", "Q"],
        flips=(10, 10_000),
        seed=(0, 99),
        labels=["heads", "tails"],
    ),
    "landscapes": lambda: explore(
        plots.landscape_from, plots.landscape_to, p=P, level=(0.01, 1.0), labels=WEATHER
    ),
    "table": lambda: explore(plots.language_table, languages=THREE, pseudocount=(0.0, 2.0)),
    "sentence": lambda: explore(plots.sentence_costs, languages=THREE, text="aea io"),
}
every_explorer = pytest.mark.parametrize("name", EXPLORERS)


def says(page) -> str:
    return page.locator(".kl-says").inner_text()


def large(page) -> str:
    return page.locator(".kl-large").inner_text()


def middle(locator) -> tuple[float, float]:
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def limits(page, panel=0) -> dict:
    """The limits of the axes of a panel."""
    return json.loads(page.locator(".kl-panel").nth(panel).get_attribute("data-frame"))


# Numbers


def test_sliders_that_follow_keep_the_sum_and_reach_both_ends(browser):
    with quiet_page(browser) as page:
        page.add_script_tag(content=code.code())
        rescale = "([d, i, value, held]) => rescale(d, i, value, held)"
        for arguments, expected in [
            ([[0.5, 0.3, 0.2], 0, 0.0, []], [0, 0.6, 0.4]),
            ([[0.5, 0.3, 0.2], 0, 1.0, []], [1, 0, 0]),
            ([[1, 0, 0], 0, 0.4, []], [0.4, 0.3, 0.3]),
            ([[0.5, 0.3, 0.2], 0, 0.6, [False, True]], [0.6, 0.3, 0.1]),
            ([[0.5, 0.3, 0.2], 0, 1.0, [False, True]], [0.7, 0.3, 0]),
            ([[0.5, 0.3, 0.2], 0, 0.1, [False, True, True]], [0.5, 0.3, 0.2]),
            ([[0.25, 0.75], 1, 0.5, []], [0.5, 0.5]),
        ]:
            np.testing.assert_allclose(page.evaluate(rescale, arguments), expected, atol=1e-15)
        random = np.random.RandomState(0)
        values = [1 / 26] * 26
        for _ in range(300):
            i, value = int(random.randint(26)), float(random.choice([0, 1, random.random_sample()]))
            values = page.evaluate(rescale, [values, i, value, []])
            plots.distributions.numbers(p=values, q=values)  # refuses what does not sum to 1


@every_explorer
def test_the_page_says_what_python_says(name, opened):
    lab = EXPLORERS[name]()
    page = opened(lab)
    words = lab._repr_mimebundle_()[0]["text/plain"]
    assert words.endswith(says(page))
    if page.locator(".kl-large").is_visible():
        assert words.startswith(large(page))


def test_the_other_numbers_come_when_asked_for(opened):
    page = opened(compare(P, Q, WEATHER))
    assert large(page) == "KL(P‖Q) = 0.6758 nats"
    more = page.locator(".kl-more-numbers")
    assert not more.is_visible()
    page.get_by_text("all numbers").click()
    numbers = plots.distributions.numbers(p=P, q=Q)
    assert more.inner_text() == look.filled(plots.distributions.more, numbers)


# The hand


def drag(page, locator, *, to, steps=6):
    """Press the mouse on the middle of what is given and drag it to a height of the page."""
    x, y = middle(locator)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, to, steps=steps)


def test_a_bar_is_dragged_to_both_ends(opened):
    page = opened(compare(P, Q, WEATHER))
    bar = page.get_by_label("Q of snow, bar")
    box = bar.bounding_box()
    drag(page, bar, to=box["y"] + box["height"] + 20)
    assert bar.get_attribute("aria-valuenow") == "0"
    assert large(page) == "KL(P‖Q) = ∞ nats"
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] - 20, steps=5)
    page.mouse.up()
    assert bar.get_attribute("aria-valuenow") == "1"


def test_a_dragged_bar_lands_on_hundredths(opened):
    page = opened(compare(P, Q, WEATHER))
    bar, reached = page.get_by_label("Q of snow, bar"), set()
    box = bar.bounding_box()
    for share in (0.313, 0.517, 0.846):
        drag(page, bar, to=box["y"] + (1 - share) * box["height"])
        page.mouse.up()
        value = bar.get_attribute("aria-valuenow")
        assert float(value) == round(float(value), 2) == pytest.approx(share, abs=0.05)
        reached.add(value)
    assert len(reached) == 3


def test_a_drag_there_and_back_leaves_all_as_it_was(opened):
    page = opened(compare(P, Q, WEATHER))
    bar = page.get_by_label("P of sun, bar")
    box = bar.bounding_box()
    drag(page, bar, to=box["y"] - 20)
    page.mouse.up()
    shares = [page.get_by_label(f"P of {name}, bar") for name in ("rain", "snow")]
    assert [share.get_attribute("aria-valuetext") for share in shares] == ["0.000", "0.000"]
    drag(page, bar, to=box["y"] + box["height"])
    page.mouse.up()
    assert [share.get_attribute("aria-valuetext") for share in shares] == ["0.600", "0.400"]


def knob_of(bar):
    """Where the knob of a bar is: its number lies on an axis from 0 to 1, with 6 pixels around."""
    box, share = bar.bounding_box(), float(bar.get_attribute("aria-valuenow"))
    return box["x"] + box["width"] / 2, box["y"] + box["height"] - 6 - share * (box["height"] - 12)


def finger(page, place, by):
    """A finger that drags from there down by so many pixels, as Chromium's input layer does."""
    x, y = place
    session = page.context.new_cdp_session(page)
    send = lambda kind, at: session.send(  # noqa: E731
        "Input.dispatchTouchEvent",
        {"type": kind, "touchPoints": [] if at is None else [{"x": x, "y": at}]},
    )
    send("touchStart", y)
    for step in range(1, 11):
        send("touchMove", y + by * step / 10)
        page.wait_for_timeout(20)
    send("touchEnd", None)


PHONE = {"has_touch": True, "is_mobile": True, "viewport": {"width": 390, "height": 844}}


def test_a_finger_drags_a_bar_and_scrolls_beside_it(opened):
    page = opened(compare(P, Q, WEATHER), **PHONE)
    page.evaluate("document.body.style.height = '3000px'")
    bar = page.get_by_label("Q of snow, bar")
    finger(page, knob_of(bar), 200)
    assert bar.get_attribute("aria-valuenow") == "0"
    assert page.evaluate("scrollY") == 0
    finger(page, middle(page.locator(".kl-says")), -150)
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") > 0


def test_a_finger_in_a_bars_column_that_is_not_near_its_knob_scrolls(opened):
    page = opened(compare(P, Q, WEATHER), **PHONE)
    page.evaluate("document.body.style.height = '3000px'")
    bar = page.get_by_label("Q of snow, bar")
    x, y = knob_of(bar)
    before, top = bar.get_attribute("aria-valuenow"), bar.bounding_box()["y"]
    finger(page, (x, y - 60 if y - top > 100 else y + 60), -150)
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") > 0
    assert bar.get_attribute("aria-valuenow") == before


def test_a_finger_drags_p_in_the_triangle(opened):
    page = opened(EXPLORERS["landscapes"](), **PHONE)
    dot = page.get_by_label("P, dot").first
    before = says(page)
    finger(page, middle(dot), 60)
    assert says(page) != before
    assert "P = (0.625, 0.375, 0.000)" in says(page) or ", 0.000)" in says(page)


def test_p_in_the_triangle_moves_by_mouse_and_keyboard_in_both_pictures(opened):
    page = opened(EXPLORERS["landscapes"]())
    dots = page.get_by_label("P, dot")
    x, y = middle(dots.first)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y - 20, steps=4)
    page.mouse.up()
    values = {dot.get_attribute("aria-valuetext") for dot in dots.all()}
    assert len(values) == 1 and values != {"P = (0.500, 0.300, 0.200)"}
    page.get_by_role("button", name="Reset").click()
    dots.first.press("ArrowUp")
    assert dots.first.get_attribute("aria-valuetext") == "P = (0.494, 0.296, 0.210)"
    dots.first.press("ArrowRight")
    assert dots.first.get_attribute("aria-valuetext") == "P = (0.484, 0.306, 0.210)"


def test_a_kernel_that_does_not_answer_is_spoken_of_once_however_far_the_hand_moves(opened):
    page = opened(EXPLORERS["two distributions"]())
    page.add_script_tag(content=code.code())
    page.evaluate("""() => {
        const values = JSON.parse(document.querySelector(".kl-saved").dataset.explorer);
        const heard = {}, said = window.said = [], el = document.createElement("div");
        document.querySelector("main").replaceChildren(el);
        render({ el, model: {
            get: (name) => values[name], set: (name, value) => { values[name] = value; },
            on: (name, call) => { heard[name] = call; }, off() {}, save_changes() {}, send() {},
        } });
        window.answer = heard["msg:custom"];
        const region = document.querySelector(".kl-quiet[role=status]");
        const changes = { childList: true, subtree: true, characterData: true };
        new MutationObserver(() => said.push(region.textContent)).observe(region, changes);
    }""")
    slider = page.get_by_label("Q of snow", exact=True)
    for _ in range(30):
        slider.press("ArrowLeft")
    assert page.evaluate("said") == []
    page.get_by_text("Python does not answer just now").wait_for(timeout=8000)
    for _ in range(30):
        slider.press("ArrowRight")
    page.evaluate("answer()")
    first, *others = page.evaluate("said")
    assert first.startswith("Python does not answer just now.") and others == [""]


def test_the_end_of_the_walk_is_dragged(opened):
    page = opened(EXPLORERS["coins"]())
    dot = page.get_by_label("flips, dot")
    x, y = middle(dot)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 40, y, steps=4)
    page.mouse.up()
    flips = dot.get_attribute("aria-valuetext")
    assert 100 < int(flips.replace(",", "")) < 1000
    assert f"After {flips} flips" in says(page)


def test_a_bar_is_worked_from_the_keyboard_and_left_and_right_choose_another(opened):
    page = opened(compare(P, Q, WEATHER))
    bar = page.get_by_label("P of sun, bar")
    bar.focus()
    for key, value in (
        ("End", "1.000"),
        ("Home", "0.000"),
        ("ArrowUp", "0.010"),
        ("PageUp", "0.110"),
        ("PageDown", "0.010"),
        ("ArrowDown", "0.000"),
    ):
        page.keyboard.press(key)
        assert bar.get_attribute("aria-valuetext") == value, key
    page.keyboard.press("ArrowRight")
    focused = "document.activeElement.getAttribute('aria-label')"
    assert page.evaluate(focused) == "P of rain, bar"


def test_a_key_moves_a_slider_of_ratios_by_a_step_where_a_ratio_is_less(opened):
    page = opened(explore(plots.penalties, answers=WHALES, beta=(0.1, 5.0, 0.01)))
    slider = page.get_by_role("slider", name="beta")
    for key, shown in [
        ("Home", "0.10"),
        ("ArrowRight", "0.11"),
        ("ArrowRight", "0.12"),
        ("ArrowLeft", "0.11"),
        ("ArrowLeft", "0.10"),
        ("ArrowLeft", "0.10"),
        ("End", "5.00"),
        ("ArrowRight", "5.00"),
        ("ArrowLeft", "4.98"),  # a thousandth of the way
    ]:
        slider.press(key)
        assert slider.get_attribute("aria-valuetext") == shown


def test_up_and_down_choose_a_slider_left_and_right_move_it(opened):
    page = opened(compare(P, Q, WEATHER))
    page.get_by_label("P of sun", exact=True).focus()
    page.keyboard.press("ArrowDown")
    focused = "document.activeElement.getAttribute('aria-label')"
    assert page.evaluate(focused) == "P of rain"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('aria-valuetext')") == "0.310"


@pytest.mark.parametrize("outcomes", [3, 26])
def test_a_group_is_one_stop_of_the_tab_key(outcomes, opened):
    even = [1 / outcomes] * outcomes
    page = opened(compare(even, even))
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "(document.activeElement.getAttribute('aria-label')"
                " ?? document.activeElement.labels?.[0]?.textContent"
                " ?? document.activeElement.textContent)"
            )
        )
        if len(reached) > 1 and reached[-1] == reached[0]:
            break
    stops = reached[:-1]
    for letter in "PQ":
        for part in ("1, bar", "1"):
            assert f"{letter} of {part}" in stops
        assert {f"{letter} uniform", f"{letter} one-hot", f"hold {letter} of 1"} <= set(stops)
    assert {"nats", "Swap P and Q", "Reset", "all numbers"} <= set(stops)
    assert len(stops) < 18


def test_presets_swap_hold_and_reset_do_what_they_say(opened):
    page = opened(compare(P, Q, WEATHER))

    def kl(p, q):
        return look.filled("KL(P‖Q) = {kl} {unit}", plots.distributions.numbers(p=p, q=q))

    page.get_by_role("button", name="Swap P and Q").click()
    assert large(page) == kl(Q, P)
    page.get_by_role("button", name="Reset").click()
    page.get_by_role("button", name="Q uniform").click()
    assert large(page) == kl(P, [1 / 3] * 3)
    page.get_by_role("button", name="P one-hot").click()
    assert large(page) == kl([1, 0, 0], [1 / 3] * 3)
    page.get_by_role("button", name="Reset").click()
    page.get_by_label("hold P of sun").check()
    page.get_by_label("P of rain", exact=True).press("End")
    assert page.get_by_label("P of sun", exact=True).get_attribute("aria-valuetext") == "0.500"
    assert page.get_by_label("P of snow", exact=True).get_attribute("aria-valuetext") == "0.000"


def test_what_cannot_move_says_why(opened):
    page = opened(compare(P, Q, WEATHER))
    hint = page.locator(".kl-hint")
    assert hint.inner_text().startswith("Drag the knobs")
    page.get_by_label("hold P of sun").check()
    page.get_by_label("P of sun, bar").press("ArrowUp")
    assert hint.inner_text() == "P of sun is held: release it to move it."
    assert page.get_by_label("P of sun, bar").get_attribute("aria-valuetext") == "0.500"
    page.get_by_label("hold P of rain").check()
    page.get_by_label("P of snow, bar").press("ArrowUp")
    assert "P of snow cannot move: the others are held" in hint.inner_text()
    page.get_by_label("P of snow", exact=True).press("ArrowRight")
    assert page.get_by_label("P of snow", exact=True).input_value() == "0.2"


@every_explorer
def test_there_are_reset_and_nats_or_bits_wherever_something_moves(name, opened):
    page = opened(EXPLORERS[name]())
    before = says(page)
    for unit in ("bits", "nats"):
        page.get_by_label(unit).check()
        assert f" {unit}" in says(page)
    page.get_by_role("button", name="Reset").click()
    assert says(page) == before


# What the eye gets


def test_a_scale_holds_still_under_the_hand_grows_when_it_lets_go_and_shrinks_on_reset(opened):
    page = opened(compare(P, Q, WEATHER))
    bar = page.get_by_label("Q of sun, bar")
    start = limits(page, 2)["y"]
    assert start == [0, 2.08]
    box = bar.bounding_box()
    drag(page, bar, to=box["y"] + box["height"] - 8)
    assert limits(page, 2)["y"] == start  # H(P,Q) is above 2.08 now, cut off with an arrow
    over = page.locator(".kl-panel").nth(2).locator(".kl-over[d^=M]")
    assert over.count() == 2
    page.mouse.up()
    page.wait_for_timeout(400)
    grown = limits(page, 2)["y"]
    assert grown == pytest.approx([0, 5.2]) and over.count() == 0
    page.get_by_label("Q of sun, bar").press("PageUp")
    page.wait_for_timeout(400)
    assert limits(page, 2)["y"] == grown
    page.get_by_role("button", name="Reset").click()
    assert limits(page, 2)["y"] == start


def test_infinity_is_a_broken_bar_with_its_sign_and_no_number_at_the_axis(opened):
    page = opened(compare([0.5, 0.5], [1, 0]))
    terms = page.locator(".kl-panel").nth(1)
    assert terms.locator(".kl-cut[d^=M]").count() == 2
    assert terms.locator(".kl-infinity:visible").all_text_contents() == ["∞", "∞"]
    page = opened(compare([0.5, 0.5], [0.5, 0.5]))
    marks = page.locator(".kl-panel").nth(1).locator(".kl-ticks .kl-end").all_text_contents()
    assert marks == ["0"]


def overlap(one, other) -> bool:
    """Whether two boxes have a part in common."""
    return all(
        one[start] < other[start] + other[size] and other[start] < one[start] + one[size]
        for start, size in (("x", "width"), ("y", "height"))
    )


@pytest.mark.parametrize(
    ("picture", "hand", "values"),
    [
        (plots.walk, "flips", {"p": [0.5, 0.5], "q": [1.0, 0.0], "flips": (1, 10_000)}),
        (plots.money, "days", {"p": [0.5, 0.3, 0.2], "q": [0.8, 0.2, 0.0], "days": (1, 365)}),
    ],
)
def test_infinity_stands_beside_the_knob_and_the_knob_where_its_slider_is(
    picture, hand, values, opened
):
    page = opened(explore(picture, **values))
    slider, knob = page.get_by_label(hand, exact=True), page.locator(".kl-ring")
    slider.press("Home")
    sign = page.locator(".kl-infinity:visible")
    while not sign.count():
        slider.press("ArrowRight")
    for key in ("", "ArrowRight", "End"):
        if key:
            slider.press(key)
        assert not overlap(sign.bounding_box(), knob.bounding_box())
    axis = page.locator(".kl-ticks").bounding_box()
    assert abs(middle(knob)[0] - axis["x"] - axis["width"]) < 20  # at the end, as the slider


def test_an_early_ruin_says_minus_infinity_beside_the_axis_and_not_over_its_numbers(opened):
    page = opened(explore(plots.money, p=[0.0, 1.0], q=[1.0, 0.0], days=(1, 365)))
    sign = page.locator(".kl-infinity:visible")
    assert sign.text_content() == "−∞"
    numbers = [text.bounding_box() for text in page.locator(".kl-ticks .kl-end").all()]
    right = max(box["x"] + box["width"] for box in numbers)
    assert sign.bounding_box()["x"] >= right


NARROW = {
    "three distributions": lambda: explore(
        *(plots.distributions, plots.merged, plots.merging),
        **{"p": P, "q": Q, "merged": {"first": [0, 1], "last": [1, 2]}, "labels": WEATHER},
    ),
    "triangle": lambda: explore(
        *(plots.landscape_both, plots.distributions, plots.directions), p=P, q=Q, labels=WEATHER
    ),
}


@pytest.mark.parametrize("width", [390, 300, 220])
@pytest.mark.parametrize("name", ["coins", "landscapes", *NARROW])
def test_on_a_phone_no_words_of_a_picture_meet_or_are_cut_off(name, width, opened):
    page = opened((EXPLORERS | NARROW)[name](), viewport={"width": width, "height": 844})
    for panel in page.locator(".kl-panel").all():
        box = panel.bounding_box()
        below = panel.locator(".kl-ticks text:not(.kl-end):not([transform])").all()
        words = [text for text in below if text.text_content()]
        for one, other in itertools.combinations([w.bounding_box() for w in words], 2):
            assert not overlap(one, other) or one["y"] != other["y"]  # one of another line
        for text in [*words, *panel.locator(".kl-title, [data-mark] text").all()]:
            here = text.bounding_box()
            if here and here["width"]:
                assert here["x"] >= box["x"] - 1, text.text_content()
                assert here["x"] + here["width"] <= box["x"] + box["width"] + 1, text.text_content()


@pytest.mark.parametrize("width", [390, 300, 220])
def test_on_a_phone_names_beside_a_picture_do_not_meet(width, opened):
    page = opened(explore(plots.interval, text="H" * 20), viewport={"width": width, "height": 844})
    names = page.locator(".kl-panel .kl-ticks .kl-end").all()
    tops = [name.bounding_box()["y"] for name in names if name.text_content()]
    assert len(tops) == 22  # with the start and the bits
    assert min(below - above for above, below in itertools.pairwise(tops)) >= 12.9


def test_all_numbers_are_offered_where_there_are_others(opened):
    page = opened(explore(plots.evidence_gap, heads=(0, 20), tails=(0, 20)))
    assert page.locator(".kl-large").is_visible() and not page.locator(".kl-more").is_visible()


def test_symbols_in_the_formulas_of_a_dark_lab_are_readable(opened):
    page = opened(EXPLORERS["two distributions"]())
    for name in ("P", "Q", "KL", "H(P)"):
        colour = look.PALETTE[name]
        page.evaluate(  # as MathJax writes it
            """colour => {
                const [box, style] = ["mjx-container", "mjx-mstyle"].map(
                    (tag) => document.createElement(tag));
                style.style.color = colour;
                box.append(style);
                document.body.append(box);
            }""",
            colour.formula,
        )
        symbol = page.locator("mjx-mstyle").last
        for light, ink in (("true", colour.formula), ("false", colour.dark)):
            use_theme(page, light)
            assert rgb(symbol.evaluate("node => getComputedStyle(node).color")) == rgb(ink)
        assert contrast(rgb(colour.dark), rgb("#111111")) >= 4.5


def test_the_legend_and_the_number_in_large_say_who_is_the_truth_now(opened):
    page = opened(EXPLORERS["coins"]())
    legend = page.locator(".kl-panel").first.locator(".kl-legend text")
    assert legend.all_text_contents() == ["P, the truth", "Q, the belief"]
    assert large(page) == "KL(P‖Q) = 0.5108 nats"
    page.get_by_label("Q", exact=True).check()
    assert large(page) == "KL(Q‖P) = 0.3681 nats"
    assert "the mean of such walks is −0.3681 nats a flip, 99:1 for Q after 12.5" in says(page)
    assert legend.all_text_contents() == ["P, the belief", "Q, the truth"]


@every_explorer
@pytest.mark.parametrize(("width", "height"), [(700, 700), (390, 844)])
def test_a_whole_explorer_is_in_view_and_nothing_jumps(name, width, height, opened):
    page = opened(EXPLORERS[name](), viewport={"width": width, "height": height})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    explorer = page.locator(".kl-explorer").bounding_box()
    controls = page.locator(".kl-controls").bounding_box()
    assert controls["y"] + controls["height"] - explorer["y"] <= height
    for handle in page.locator(".kl-handle").all()[:4]:
        handle.press("Home")
        assert page.locator(".kl-controls").bounding_box() == controls
    for slider in page.locator("input[type=range]").all():
        for key in ("End", "Home"):
            slider.press(key)
            assert page.locator(".kl-controls").bounding_box() == controls


@every_explorer
def test_an_explorer_does_not_scroll_in_the_box_of_its_output(name, opened):
    page = opened(EXPLORERS[name]())
    box = page.locator(".kl-explorer").evaluate("""explorer => {
        const box = document.createElement("div");  // as JupyterLab's, as tall as what it holds
        Object.assign(box.style, { position: "relative", overflow: "auto" });
        explorer.replaceWith(box);
        box.append(explorer);
        return [box.scrollHeight, box.clientHeight];
    }""")
    assert box[0] == box[1]


def test_panels_stand_side_by_side_on_a_projector(opened):
    page = opened(compare(P, Q, WEATHER), viewport={"width": 660, "height": 600})
    tops = {panel.bounding_box()["y"] for panel in page.locator(".kl-panel").all()}
    assert len(tops) == 1


def test_each_panel_has_a_description_of_its_own_that_changes_when_the_hand_lets_go(opened):
    page = opened(compare(P, Q, WEATHER))
    panels = page.locator(".kl-picture")
    described = [panel.get_attribute("aria-label") for panel in panels.all()]
    assert len(set(described)) == 3 and " ".join(described) == says(page)
    bar = page.get_by_label("Q of snow, bar")
    drag(page, bar, to=middle(bar)[1] + 30)
    assert [panel.get_attribute("aria-label") for panel in panels.all()] == described
    spoken = page.locator(".kl-spoken")
    assert spoken.inner_text() == ""
    page.mouse.up()
    now = [panel.get_attribute("aria-label") for panel in panels.all()]
    assert now != described and " ".join(now) == says(page)
    assert spoken.inner_text() == f"{large(page)}. {' '.join(now)}"


def test_what_is_spoken_is_whole_sentences_and_only_those_that_have_changed(opened):
    page = opened(EXPLORERS["coins"]())
    page.get_by_label("seed", exact=True).press("End")
    coins, walk, split = (
        picture.get_attribute("aria-label") for picture in page.locator(".kl-picture").all()
    )
    spoken = page.locator(".kl-spoken").inner_text()
    assert spoken == f"{large(page)}. {walk} {split}"
    assert coins not in spoken
    assert spoken.endswith(".") and ".." not in spoken


def test_p_and_q_are_told_apart_in_the_triangle_without_colours(opened):
    page = opened(explore(plots.landscape_both, p=P, q=Q, labels=WEATHER))
    places = {}
    for name in "PQ":
        (letter,) = page.locator(".kl-letter", has_text=name).all()
        places[name] = middle(letter)
        assert places[name] == pytest.approx(middle(page.get_by_label(f"{name}, dot")), abs=3)
    page.get_by_label("Q, dot").press("PageUp")
    assert middle(page.locator(".kl-letter", has_text="P")) == places["P"]
    assert middle(page.locator(".kl-letter", has_text="Q"))[1] < places["Q"][1] - 5


def test_long_names_of_many_outcomes_stay_inside_the_picture_and_differ(opened):
    names = [f"cloudy with rain {letter}" for letter in "abcdefghij"]
    page = opened(compare([0.1] * 10, [0.1] * 10, names))
    for panel in page.locator(".kl-panel").all()[:2]:
        frame = panel.bounding_box()
        texts = []
        for name in panel.locator(".kl-ticks text[transform]").all():
            box = name.bounding_box()
            if box:
                texts.append(name.evaluate("node => node.lastChild.textContent"))
                assert box["x"] >= frame["x"] - 1
                assert box["y"] + box["height"] <= frame["y"] + frame["height"] + 1
        texts = [text for text in texts if text and text not in ("Σ", "KL")]
        assert len(set(texts)) == len(texts) > 3


@pytest.mark.parametrize(
    "label", ["<img src=x onerror=console.log(1)>", "</script><b>b", "שלום", "🙂🙃", "x" * 100_000]
)
def test_a_label_is_shown_as_text(label, opened):
    page = opened(compare([0.5, 0.5], [0.9, 0.1], [label, "other"]))
    assert page.locator(".kl-explorer img, .kl-explorer b").count() == 0
    assert page.get_by_text(look.outcome_names(1, [label])[0]).count() >= 1


@every_explorer
@pytest.mark.parametrize("light", ["true", "false"])
def test_axe_finds_no_serious_fault_and_words_are_readable(name, light, opened):
    page = opened(EXPLORERS[name]())
    use_theme(page, light)
    assert serious_faults(page) == []


def luminance(colour) -> float:
    """The relative luminance of red, green and blue from 0 to 255, as in WCAG 2."""
    shares = np.array(colour) / 255
    linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(one, other) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def rgb(text) -> list[int]:
    """Of a colour as a browser has it, rgb(…), or of hexadecimal digits."""
    if text.startswith("#"):
        return [int(text[at : at + 2], 16) for at in (1, 3, 5)]
    return [int(x) for x in re.findall(r"\d+", text)]


@pytest.mark.parametrize(
    ("picture", "values"),
    [(plots.walk, {"p": [0.5, 0.5], "q": [0.9, 0.1]}), (plots.bell_terms, {"mean": (-3.0, 3.0)})],
)
def test_an_area_is_seen_on_a_dark_page_and_so_are_the_lines_over_it(picture, values, opened):
    page = opened(explore(picture, **values))
    use_theme(page, "false")
    style = "node => { const s = getComputedStyle(node); return [s.fill, s.stroke, s.opacity]; }"
    fill, _, opacity = page.locator("path.kl-area").evaluate(style)
    paper = np.array(rgb("#111111"))
    area = paper + float(opacity) * (rgb(fill) - paper)
    assert contrast(area, paper) >= 3
    for line in page.locator("[data-mark] path[stroke-width]").all():
        assert contrast(area, rgb(line.evaluate(style)[1])) >= 3


def test_the_sliders_of_p_and_q_are_as_dark_as_the_others_on_a_dark_page(opened):
    page = opened(EXPLORERS["coins"]())
    for light, of in (("true", "formula"), ("false", "dark")):
        use_theme(page, light)
        for name in "PQ":
            slider = page.get_by_label(f"{name} of heads", exact=True)
            ink = slider.evaluate("node => getComputedStyle(node).accentColor")
            assert rgb(ink) == rgb(getattr(look.PALETTE[name], of))
    for slider in page.locator("input[type=range]").all():  # what is not yet filled, at the end
        slider.press("Home")
        image = Image.open(io.BytesIO(slider.screenshot()))
        track = image.getpixel((image.width - 8, image.height // 2))[:3]
        assert luminance(track) < 0.2


# Elsewhere


def test_the_bars_of_q_move_its_logits(opened):
    page = opened(compare_logits([0, 1, 0], [2, 0, -1], ["cat", "dog", "fox"]))
    bar = page.get_by_label("Q of dog, bar")
    drag(page, bar, to=bar.bounding_box()["y"] + 40)
    page.mouse.up()
    share = float(bar.get_attribute("aria-valuenow"))
    assert share > 0.6
    logit = float(page.get_by_label("logit of dog").get_attribute("aria-valuetext"))
    q = softmax([2, logit, -1])  # what the slider shows is rounded
    assert q[1] == pytest.approx(share, abs=0.02)
    bar.press("Home")
    assert page.get_by_label("logit of dog").get_attribute("aria-valuetext") == "−8.0"


def test_a_text_is_judged_as_it_is_typed_and_a_long_one_by_its_beginning(opened):
    page = opened(explore(plots.surprising_text, corpus=WHALE, text="the whale", order=(0, 5)))
    field = page.get_by_role("textbox")
    for text in ("the naïve whale", 50_000 * "a ", "q"):
        field.fill(text)
        numbers = plots.surprising_text.numbers(text=text, corpus=WHALE)
        assert says(page) == plots.surprising_text.sentence(numbers)
    field.fill("")
    problem = page.locator(".kl-problem").inner_text()
    assert problem == "text is '': give one with at least one sign, such as 'a'"


def test_logits_move_q_and_a_text_that_is_typed_is_followed(opened):
    page = opened(compare_logits([0.25, 0.75], [0.0, 0.0], ["no", "yes"]))
    page.get_by_label("logit of yes").fill("1.1")
    assert "Q = (0.250, 0.750)" in says(page)
    page = opened(EXPLORERS["sentence"]())
    field = page.get_by_label("text")
    field.fill("123")
    assert "give one with at least one letter" in page.locator(".kl-problem").inner_text()
    field.fill("eee")
    assert page.locator(".kl-problem").is_hidden() and says(page).startswith("Lowest: Boro")


def test_without_scripts_the_picture_and_the_sentence_stay(browser):
    lab = compare([0.5, 0.5], [0.9, 0.1])
    words = lab._repr_mimebundle_()[0]["text/plain"]
    with quiet_page(browser, java_script_enabled=False) as page:
        page.set_content(saved(lab))
        assert page.locator("img").get_attribute("alt") == words
        assert page.locator("figcaption").inner_text() == words


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (2, 1, 0)])
def test_saved_explorers_come_alive_in_whatever_order_the_code_comes(order, browser):
    outputs = [
        code.saved("<figure><img alt='still'></figure>", lab.options, lab.state, with_code=not i)
        for i, lab in enumerate(compare(P, q) for q in (Q, P, [0, 0.5, 0.5]))
    ]
    with quiet_page(browser) as page:
        page.set_content("<!doctype html><title>t</title><body data-jp-theme-light=true>")
        for i in order:
            page.evaluate(  # as JupyterLab puts an output into the page
                """html => {
                    const output = document.createElement("div");
                    output.innerHTML = html;
                    document.body.append(output);
                    for (const dead of output.querySelectorAll("script")) {
                        const alive = document.createElement("script");
                        alive.textContent = dead.textContent;
                        dead.replaceWith(alive);
                    }
                }""",
                outputs[i],
            )
        assert page.locator(".kl-explorer .kl-panel").count() == 9
        kls = page.locator(".kl-large").all_inner_texts()
        assert sorted(kls) == [
            "KL(P‖Q) = 0.0000 nats",
            "KL(P‖Q) = 0.6758 nats",
            "KL(P‖Q) = ∞ nats",
        ]


def test_the_code_of_a_saved_explorer_leaves_one_name_in_the_page(opened):
    page = opened(compare(P, Q, WEATHER))
    found = "[typeof makePanel, typeof number, typeof set, typeof NUMBERS, typeof klLessons]"
    assert page.evaluate(found) == ["undefined"] * 4 + ["object"]


def test_without_its_code_a_saved_explorer_keeps_its_picture(browser):
    lab = compare(P, Q)
    with quiet_page(browser) as page:
        page.set_content(code.saved("<img alt='still'>", lab.options, lab.state, with_code=False))
        assert page.get_by_alt_text("still").count() == 1


LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_each_slider_of_an_exported_lesson_moves_its_picture_without_network(
    lesson, browser, tmp_path
):
    html, _ = HTMLExporter().from_notebook_node(nbformat.read(lesson, 4))
    file = tmp_path / "lesson.html"
    file.write_text(html, encoding="utf-8")
    # What it asks a CDN for is not to be had; what would run by itself is at rest.
    context = browser.new_context(offline=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(file.as_uri(), wait_until="domcontentloaded")
    explorers = page.locator(".kl-explorer:has(.kl-panel)")
    assert explorers.count() == explorers_of(lesson)
    for explorer in explorers.all():
        for slider in explorer.locator("input[type=range]").all():
            explorer.get_by_role("button", name="Reset").click()
            before = explorer.evaluate(PICTURES)
            slider.press("End" if slider.input_value() != slider.get_attribute("max") else "Home")
            assert explorer.evaluate(PICTURES) != before
    context.close()


def test_the_code_stands_once_in_a_saved_notebook_and_an_explorer_is_small():
    size_of_book = len(json.dumps(escape(json.dumps(moby_dick().training))))
    for lesson in LESSONS:
        outputs = [
            output
            for cell in nbformat.read(lesson, 4).cells
            for output in cell.get("outputs", [])
            if "kl-saved" in output.get("data", {}).get("text/html", "")
        ]
        codes = [o for o in outputs if "function makePanel" in o.data["text/html"]]
        assert len(codes) == min(1, len(outputs)), lesson.name
        for output in outputs:
            size = len(json.dumps(output)) - (len(code.code()) + 8_000 if output in codes else 0)
            size -= size_of_book * ("Call me Ishmael" in output.data["text/html"])  # to be counted
            assert size <= 120 * 1024, (lesson.name, size)


# ---- a table of colours is read cell by cell


def languages_table():
    return explore(plots.language_table, languages=declared_letters(), base=2)


def reading(page) -> str | None:
    """What stands at the cell that is pointed at, where one is."""
    note = page.locator(".kl-reading")
    return note.text_content() if note.is_visible() else None


def test_a_cell_that_is_pointed_at_says_its_number(opened):
    page = opened(languages_table())
    assert reading(page) is None
    names, box = declared_letters().names, page.locator(".kl-reader").bounding_box()
    each = box["width"] / 16, box["height"] / 16
    row, column = names.index("Spanish"), names.index("Portuguese")
    page.mouse.move(box["x"] + (column + 0.5) * each[0], box["y"] + (row + 0.5) * each[1])
    assert reading(page) == "P = Spanish, Q = Portuguese: 0.172 bits"
    page.mouse.move(5, 5)
    assert reading(page) is None


def test_the_arrow_keys_read_the_cells_and_tell_them_to_who_cannot_see(opened):
    page = opened(languages_table())
    table = page.locator(".kl-reader")
    table.focus()
    assert reading(page) == "P = Basque, Q = Basque: 0.004 bits"
    for key in ("ArrowUp", "ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft"):
        page.keyboard.press(key)
    assert reading(page) == "P = Danish, Q = Danish: 0.003 bits"
    for key in ("End", "PageUp"):
        page.keyboard.press(key)
    assert reading(page) == table.get_attribute("aria-valuetext")
    assert reading(page).startswith("P = Basque, Q = Welsh: ")
    assert table.get_attribute("aria-valuenow") == "16"
    assert serious_faults(page) == []


def test_what_is_read_follows_the_controls(opened):
    page = opened(explore(plots.language_table, languages=declared_letters(), pseudocount=(0, 2.0)))
    page.get_by_label("pseudocount").press("Home")
    table = page.locator(".kl-reader")
    table.focus()
    page.keyboard.press("ArrowRight")
    assert reading(page) == "P = Basque, Q = Danish: ∞ nats"


@pytest.mark.parametrize("width", [40, 90, 130])
def test_a_picture_without_room_has_no_negative_widths(width, opened):
    page = opened(explore(plots.distributions, plots.walk, p=[0.5, 0.5], q=[0.9, 0.1], flips=9))
    page.evaluate(
        "width => { document.querySelector('.kl-explorer').style.width = `${width}px`; }", width
    )
    page.wait_for_timeout(200)  # `opened` fails if the page complains
    widths = page.locator(".kl-panel rect").evaluate_all(
        "all => all.map((r) => Number(r.getAttribute('width')))"
    )
    assert widths and min(widths) >= 0
