"""The distribution explorer on a page of its own: no kernel, no server, no network."""

import json

import nbformat
import numpy as np
import pytest
from conftest import measures_in_words
from nbconvert import HTMLExporter

from kl_lessons import compare, compare_logits
from kl_lessons.explorers.compare import _CODE
from kl_lessons.information import cross_entropy, entropy, kl_divergence, kl_terms
from kl_lessons.subjects.classifier import cross_entropy_gradient, softmax

WEATHER = ["sun", "rain", "snow"]
LOAD = """async code => {
    const module = new Blob([code], { type: 'text/javascript' });
    window.explorer = (await import(URL.createObjectURL(module))).default;
}"""
MEASURES = """pairs => pairs.map(([p, q, base]) => [
    explorer.entropy(p, base), explorer.crossEntropy(p, q, base), explorer.klDivergence(p, q, base),
    ...explorer.klTerms(p, q, base),
].map(x => Number.isFinite(x) ? x : String(x)))"""


def saved(explorer) -> str:
    """The page that a reader without a kernel gets."""
    return explorer._repr_mimebundle_()["text/html"]


@pytest.fixture
def page(browser):
    """A page without network that fails the test if anything is written to its console."""
    context = browser.new_context(offline=True, viewport={"width": 1200, "height": 700})
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert said == []


@pytest.fixture
def opened(page):
    """Show an explorer as a saved lesson does; returns the page."""

    def show(explorer):
        page.set_content(f'<!doctype html><html lang="en"><body>{saved(explorer)}</body></html>')
        page.wait_for_selector(".kl-explorer .kl-panel")
        return page

    return show


def numbers_line(page) -> str:
    return page.locator(".kl-says").inner_text()


def pairs_of_distributions():
    """Thousands of pairs: random ones of 2 to 26 outcomes, zeros, denormals, one-hot."""
    rng = np.random.default_rng(0)
    for size in (2, 3, 5, 26):
        for _ in range(500):
            p, q = rng.dirichlet(np.full(size, 0.5), 2)
            yield p, q
            some = np.where(np.arange(size) == rng.integers(size), 0, p)
            yield some / some.sum(), q
            yield q, some / some.sum()
    eye = np.eye(3)
    yield from ((eye[i], eye[j]) for i in range(3) for j in range(3))
    tiny = np.array([5e-324, 1 - 1e-16])
    yield from ((tiny, np.array([0.5, 0.5])), (np.array([0.5, 0.5]), tiny), (tiny, tiny))


def test_the_page_computes_what_the_package_computes(page):
    page.goto("about:blank")
    page.evaluate(LOAD, _CODE)
    pairs = [(p, q, base) for p, q in pairs_of_distributions() for base in ("nats", "bits")]
    assert len(pairs) > 10_000
    found = page.evaluate(MEASURES, [[p.tolist(), q.tolist(), base] for p, q, base in pairs])
    for (p, q, name), values in zip(pairs, found, strict=True):
        base = {"nats": None, "bits": 2}[name]
        right = [
            entropy(p, base=base),
            cross_entropy(p, q, base=base),
            kl_divergence(p, q, base=base),
            *kl_terms(p, q, base=base),
        ]
        np.testing.assert_allclose(np.array(values, dtype=float), right, rtol=1e-12, atol=1e-15)


def test_the_page_computes_softmax_and_its_gradients_as_the_package_does(page):
    page.goto("about:blank")
    page.evaluate(LOAD, _CODE)
    rng = np.random.default_rng(0)
    for temperature in (0.1, 1.0, 5.0):
        logits, p = rng.normal(0, 4, 5), rng.dirichlet(np.ones(5))
        call = "([p, z, t]) => [explorer.softmax(z, t), explorer.gradients(p, z, t).crossEntropy]"
        q, gradient = page.evaluate(call, [p.tolist(), logits.tolist(), temperature])
        np.testing.assert_allclose(q, softmax(logits / temperature), rtol=1e-12)
        right = cross_entropy_gradient(logits / temperature, p) / temperature
        np.testing.assert_allclose(gradient, right, rtol=1e-10, atol=1e-14)


def test_sliders_that_follow_keep_the_sum_and_reach_both_ends(page):
    page.goto("about:blank")
    page.evaluate(LOAD, _CODE)
    rescale = "([d, i, value, held]) => explorer.rescale(d, i, value, held)"
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
    rng = np.random.default_rng(0)
    values = [1 / 26] * 26
    for _ in range(300):
        i, value = int(rng.integers(26)), float(rng.choice([0, 1, rng.random()]))
        values = page.evaluate(rescale, [values, i, value, []])
        kl_divergence(values, values)  # refuses what does not sum to 1


def test_the_line_of_the_page_is_the_sentence_of_the_package(opened):
    for p, q in (([0.5, 0.3, 0.2], [0.1, 0.2, 0.7]), ([0.5, 0.5, 0], [0.5, 0, 0.5])):
        page = opened(compare(p, q, WEATHER))
        assert numbers_line(page) == measures_in_words(p, q)
        page.get_by_label("bits").check()
        assert numbers_line(page) == measures_in_words(p, q, 2)


def test_a_bar_is_dragged_by_its_top(opened):
    page = opened(compare([0.5, 0.3, 0.2], [0.1, 0.2, 0.7], WEATHER))
    bar = page.get_by_label("Q of snow, bar")
    box = bar.bounding_box()
    middle = box["x"] + box["width"] / 2
    page.mouse.move(middle, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(middle, box["y"] + box["height"] + 20, steps=5)
    assert bar.get_attribute("aria-valuenow") == "0"
    assert "KL(P‖Q) = ∞" in numbers_line(page)
    page.mouse.move(middle, box["y"] - 20, steps=5)
    page.mouse.up()
    assert bar.get_attribute("aria-valuenow") == "1"
    assert "H(Q) = 0.0000" in numbers_line(page)


def test_a_finger_drags_a_bar_too(browser):
    context = browser.new_context(
        offline=True, has_touch=True, viewport={"width": 400, "height": 900}
    )
    page = context.new_page()
    page.set_content(saved(compare([0.5, 0.5], [0.9, 0.1])))
    bar = page.get_by_label("Q of 2, bar")
    box = bar.bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert 0.4 < float(bar.get_attribute("aria-valuenow")) < 0.6
    context.close()


@pytest.mark.parametrize("name", ["P of rain", "P of rain, bar"])
def test_bars_and_sliders_are_worked_from_the_keyboard(opened, name):
    page = opened(compare([0.5, 0.3, 0.2], [0.1, 0.2, 0.7], WEATHER))
    control = page.get_by_label(name, exact=True)
    control.focus()
    for key, value in (
        ("End", "1.000"),
        ("Home", "0.000"),
        ("ArrowUp", "0.010"),
        ("PageUp", "0.110"),
        ("PageDown", "0.010"),
        ("ArrowLeft", "0.000"),
    ):
        control.press(key)
        assert control.get_attribute("aria-valuetext") == value, key


def test_every_control_is_reached_by_tab_and_named(opened):
    page = opened(compare([0.5, 0.3, 0.2], [0.1, 0.2, 0.7], WEATHER))
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        name = page.evaluate(
            "(document.activeElement.getAttribute('aria-label')"
            " ?? document.activeElement.labels?.[0]?.textContent"
            " ?? document.activeElement.textContent)"
        )
        reached.append(name)
    for letter in "PQ":
        for outcome in WEATHER:
            assert f"{letter} of {outcome}" in reached
            assert f"{letter} of {outcome}, bar" in reached
            assert f"hold {letter} of {outcome}" in reached
        assert {f"{letter} uniform", f"{letter} one-hot"} <= set(reached)
    assert {"nats", "Swap P and Q", "Reset"} <= set(reached)


def test_presets_swap_hold_and_reset_do_what_they_say(opened):
    p, q = [0.5, 0.3, 0.2], [0.1, 0.2, 0.7]
    page = opened(compare(p, q, WEATHER))
    page.get_by_role("button", name="Swap P and Q").click()
    assert numbers_line(page) == measures_in_words(q, p)
    page.get_by_role("button", name="Reset").click()
    page.get_by_role("button", name="Q uniform").click()
    assert numbers_line(page) == measures_in_words(p, [1 / 3] * 3)
    page.get_by_role("button", name="P one-hot").click()
    assert numbers_line(page) == measures_in_words([1, 0, 0], [1 / 3] * 3)
    page.get_by_role("button", name="Reset").click()
    page.get_by_label("hold P of sun").check()
    page.get_by_label("P of rain", exact=True).press("End")
    assert page.get_by_label("P of sun", exact=True).get_attribute("aria-valuetext") == "0.500"
    assert page.get_by_label("P of snow", exact=True).get_attribute("aria-valuetext") == "0.000"


def test_panels_can_be_left_out(opened):
    assert opened(compare([0.5, 0.5], [0.9, 0.1])).locator(".kl-panel").count() == 3
    page = opened(compare([0.5, 0.5], [0.9, 0.1], panels=("terms",)))
    assert page.locator(".kl-panel").count() == 1


def test_heights_of_the_bars_are_the_probabilities(opened):
    page = opened(compare([0.5, 0.3, 0.2], [0.1, 0.2, 0.7], WEATHER))
    heights = page.eval_on_selector_all(
        ".kl-panel:first-of-type rect[fill^='url']",
        "bars => bars.map(bar => +bar.getAttribute('height'))",
    )
    share = np.array(heights[:6]) / (190 - 18)
    np.testing.assert_allclose(share, [0.5, 0.1, 0.3, 0.2, 0.2, 0.7], atol=1e-9)


def test_logits_move_q_and_the_gradient_vanishes_where_q_is_p(opened):
    page = opened(compare_logits([0.25, 0.75], [0.0, 0.0], ["no", "yes"]))
    page.get_by_label("logit of yes").fill("1.1")
    q = softmax(np.array([0, 1.1]))
    assert numbers_line(page) == measures_in_words([0.25, 0.75], q)
    page.get_by_label("temperature").fill("0.1")
    assert "KL(Q‖P) = 0.28" in numbers_line(page)


@pytest.mark.parametrize("temperature", [0.1, 1, 5])
def test_both_lines_of_the_logit_form_are_the_saved_sentence(opened, temperature):
    lab = compare_logits([0.25, 0.25, 0.5], [8, -3.1, 0], WEATHER, temperature=temperature)
    page = opened(lab)
    lines = numbers_line(page) + " " + page.locator(".kl-says-more").inner_text()
    assert lines == lab._repr_mimebundle_()["text/plain"]


def test_long_names_of_many_outcomes_stay_inside_the_picture(opened):
    page = opened(compare([0.1] * 10, [0.1] * 10, [f"outcome {i}" for i in range(10)]))
    for panel in page.locator(".kl-panel").all()[:2]:
        frame = panel.bounding_box()
        for name in panel.locator(".kl-label").all():
            box = name.bounding_box()
            assert box["x"] >= frame["x"] - 1
            assert box["y"] + box["height"] <= frame["y"] + frame["height"] + 1


def test_a_label_is_shown_as_text(opened):
    hostile = "<img src=x onerror=console.log(1)>"
    page = opened(compare([0.5, 0.5], [0.9, 0.1], [hostile, "</script><b>b"]))
    assert page.locator(".kl-explorer img, .kl-explorer b").count() == 0
    assert page.get_by_text(hostile).count() >= 1


def test_an_exported_lesson_is_alive_without_network(browser, tmp_path, lesson_00):
    html, _ = HTMLExporter().from_notebook_node(nbformat.read(lesson_00, 4))
    file = tmp_path / "lesson.html"
    file.write_text(html, encoding="utf-8")
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto(file.as_uri(), wait_until="domcontentloaded")
    page.wait_for_selector(".kl-explorer .kl-panel")
    before = numbers_line(page)
    page.get_by_label("Q of snow", exact=True).press("Home")
    assert numbers_line(page) != before
    assert "KL(P‖Q) = ∞" in numbers_line(page)
    context.close()


def test_without_scripts_the_picture_and_the_sentence_stay(browser, lesson_00):
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    explorer = compare([0.5, 0.5], [0.9, 0.1])
    page.set_content(saved(explorer))
    words = measures_in_words([0.5, 0.5], [0.9, 0.1])
    assert page.locator("img").get_attribute("alt") == words
    assert page.locator("figcaption").inner_text() == words
    context.close()


def test_an_explorer_adds_at_most_80_kb_to_a_lesson(lesson_00):
    seen = 0
    for lesson in lesson_00.parent.glob("*.ipynb"):
        for cell in nbformat.read(lesson, 4).cells:
            for output in cell.get("outputs", []):
                if "kl-saved" in output.get("data", {}).get("text/html", ""):
                    assert len(json.dumps(output)) <= 80 * 1024, (lesson.name, cell.id)
                    seen += 1
    assert seen


@pytest.mark.parametrize("width", [1200, 400])
def test_axe_finds_no_serious_fault(browser, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    context = browser.new_context(viewport={"width": width, "height": 1000})
    page = context.new_page()
    both = saved(compare([0.5, 0.3, 0.2], [0.1, 0.2, 0.7], WEATHER))
    both += saved(compare_logits([0, 1, 0], [2, 0, -1]))
    page.set_content(
        f'<!doctype html><html lang="en"><title>t</title><body><main><h1>t</h1>{both}</main></body>'
    )
    page.wait_for_selector(".kl-explorer .kl-panel")
    assert serious(axe.run(page)) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    context.close()


def serious(results) -> list[str]:
    """What axe calls serious or critical."""
    found = results.response["violations"]
    return [
        f"{fault['id']}: {fault['nodes'][0]['html']}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
    ]
