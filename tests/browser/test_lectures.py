"""Each lesson as slides in a real JupyterLab at 1280×720: nothing cut off, nothing small."""

import pytest
from conftest import TOKEN, serve_lab

from kl_lessons.tools import lecture
from kl_lessons.tools.save_lessons import NOTEBOOKS, read

pytest.importorskip("jupyterlab_slideshow", reason="the extra `lecture` is not installed")

WIDTH, HEIGHT, SMALLEST = 1280, 720, 18
PICTURE = 8 * 100 / 72  # the smallest letters of a saved picture, in pixels of its own width
LESSONS = sorted(NOTEBOOKS.glob("*.ipynb"))
STEPS = ("slide", "subslide", "fragment")
ACTIVE = "window.jupyterapp?.shell.currentWidget?.content?.activeCell?.model.id"
MEASURE = """() => {
    const visible = '.jp-Deck .jp-deck-mod-visible.jp-deck-mod-onscreen';
    const cells = [...document.querySelectorAll(visible)];
    const boxes = cells.map(cell => cell.getBoundingClientRect()).filter(box => box.height);
    const writes = node => [...node.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    const seen = node => {
        const box = node.getBoundingClientRect();
        return box.width > 1 && box.height > 1 && node.checkVisibility({visibilityProperty: true})
            && !node.closest('mjx-container, .kl-spoken, script, style');
    };
    const letters = cells.flatMap(cell => [...cell.querySelectorAll('*')])
        .filter(node => writes(node) && seen(node))
        .map(node => [parseFloat(getComputedStyle(node).fontSize) * (node.currentCSSZoom ?? 1),
            node.textContent.trim().slice(0, 30)]);
    const pictures = cells.flatMap(cell => [...cell.querySelectorAll('figure img')])
        .map(image => image.getBoundingClientRect().width / Number(image.getAttribute('width')));
    const outer = document.querySelector('.jp-Deck .jp-WindowedPanel-outer');
    return {
        top: Math.min(...boxes.map(box => box.top)),
        bottom: Math.max(...boxes.map(box => box.bottom)),
        right: Math.max(...cells.flatMap(cell => [...cell.querySelectorAll('img, pre, table, svg')])
            .map(node => node.getBoundingClientRect().right), 0),
        scrolled: outer.scrollHeight - outer.clientHeight,
        small: letters.filter(([size]) => size < SMALLEST - 0.01),
        pictures,
    };
}""".replace("SMALLEST", str(SMALLEST))


@pytest.fixture(scope="module")
def hall(browser, tmp_path_factory):
    """The address of a JupyterLab on the decks of all lessons, as the command starts it."""
    folder = tmp_path_factory.mktemp("lectures")
    for lesson in LESSONS:
        variables = lecture.prepare(lesson, folder)
    with serve_lab(folder, variables, "--LabApp.custom_css=True") as address:
        yield address


@pytest.fixture
def deck(browser, hall):
    """Open a lesson as a lecturer does: its first slide comes by itself."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT})

    def opened(lesson):
        page = context.new_page()
        page.goto(f"{hall}/lab/workspaces/{lesson.name[:2]}/tree/{lesson.name}?token={TOKEN}")
        page.wait_for_selector(".jp-Deck .jp-deck-mod-visible", timeout=90_000)
        page.wait_for_function(f"{ACTIVE}?.startsWith('title')", timeout=30_000)
        page.wait_for_selector(".jp-Deck .jp-deck-mod-visible h1")
        page.wait_for_function("document.activeElement.closest('.jp-Deck .jp-Cell') !== null")
        return page

    yield opened
    context.close()


def steps(lesson):
    """The ids of the cells at which the deck stops, in their order."""
    cells = lecture.deck(read(lesson)).cells
    return [c.id for c in cells if c.metadata.get("slideshow", {}).get("slide_type") in STEPS]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_every_slide_is_whole_and_can_be_read_from_afar(lesson, deck):
    page, wanted = deck(lesson), steps(lesson)
    for place, id_ in enumerate(wanted):
        assert page.evaluate(ACTIVE) == id_
        page.wait_for_timeout(60)  # the picture and its letters are there
        found = page.evaluate(MEASURE)
        assert found["scrolled"] <= 0, id_
        assert found["top"] >= 0 and found["bottom"] <= HEIGHT, (id_, found)
        assert found["right"] <= WIDTH, id_
        assert not found["small"], id_
        assert all(scale * PICTURE >= SMALLEST for scale in found["pictures"]), id_
        if place + 1 < len(wanted):
            page.keyboard.press("Space")
            page.wait_for_function(f"{ACTIVE} === '{wanted[place + 1]}'", timeout=5_000)


def test_a_slide_that_is_too_tall_or_has_small_letters_is_seen(deck):
    page = deck(next(path for path in LESSONS if path.name.startswith("10")))
    page.add_style_tag(content=".jp-Deck h1 { margin-bottom: 700px !important }")
    page.add_style_tag(content=".jp-Deck strong { font-size: 17px }")
    page.wait_for_timeout(150)
    found = page.evaluate(MEASURE)
    assert found["scrolled"] > 0
    assert found["small"]


def test_a_bar_and_a_slider_on_a_slide_follow_hand_and_keys(deck):
    lesson = next(path for path in LESSONS if path.name.startswith("01"))
    page = deck(lesson)
    for id_ in steps(lesson)[1 : steps(lesson).index("lab") + 1]:
        page.keyboard.press("Space")
        page.wait_for_function(f"{ACTIVE} === '{id_}'", timeout=5_000)
    bar = page.locator(".jp-deck-mod-visible [aria-label='P of heads, bar']")
    bar.wait_for()
    before = float(bar.get_attribute("aria-valuenow"))
    box = bar.bounding_box()
    x, foot = box["x"] + box["width"] / 2, box["y"] + box["height"]
    high = box["height"]  # of the axis from 0 to 1, and 6 pixels of its own above and below
    page.mouse.move(x, foot - before * high)
    page.mouse.down()
    page.mouse.move(x, foot - 0.2 * high, steps=5)
    page.mouse.up()
    assert before == 0.5
    pulled = float(bar.get_attribute("aria-valuenow"))
    assert pulled == pytest.approx(0.2, abs=0.05)
    page.locator(".jp-deck-mod-visible [aria-label='P of heads']").focus()
    page.keyboard.press("ArrowRight")
    assert float(bar.get_attribute("aria-valuenow")) == pytest.approx(pulled + 0.01, abs=0.006)
    assert page.evaluate(ACTIVE) == "lab", "an arrow on a slider leaves no slide"
