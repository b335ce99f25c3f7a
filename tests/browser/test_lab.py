"""Lessons in a real JupyterLab: they run, their explorers move, and Python knows what was set."""

import re

import pytest
from conftest import ROOT, measures_in_words, open_lesson

LESSONS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))
EXPLORER = re.compile(r"\b(explore|compare|compare_logits)\(")
PICTURES = """node => [...node.querySelectorAll('.kl-picture')].map(picture => picture.innerHTML)"""


@pytest.fixture
def opened(browser, lab):
    """Opens a lesson with all cells run; fails the test if the page's console holds an error."""
    context = browser.new_context(viewport={"width": 1300, "height": 12_000})
    errors = []
    context.on("console", lambda message: message.type == "error" and errors.append(message.text))
    yield lambda name: open_lesson(context, lab, name)
    context.close()
    assert errors == []


def run_in_new_cell(page, code: str) -> str:
    """What the code prints in a new last cell of the open lesson."""
    page.evaluate(
        """async code => {
            const { commands, shell } = jupyterapp;
            const notebook = shell.currentWidget.content;
            notebook.activeCellIndex = notebook.widgets.length - 1;
            await commands.execute('notebook:insert-cell-below');
            notebook.activeCell.model.sharedModel.setSource(code);
            await commands.execute('notebook:run-cell');
        }""",
        code,
    )
    return page.locator(".jp-Notebook .jp-Cell").last.locator(".jp-OutputArea").inner_text()


def test_lesson_00_is_dragged_and_python_reads_what_was_set(opened):
    page = opened("00_start_here.ipynb")
    explorer = page.locator(".kl-explorer").first
    says = explorer.locator(".kl-says")
    bar = explorer.get_by_label("Q of snow, bar")
    box = bar.bounding_box()
    middle = box["x"] + box["width"] / 2
    page.mouse.move(middle, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(middle, box["y"] + box["height"] + 10, steps=8)
    page.mouse.up()
    assert "KL(P‖Q) = ∞" in says.inner_text()
    explorer.get_by_label("P of sun", exact=True).press("End")
    page.wait_for_timeout(500)  # the kernel is told at the end of a movement
    printed = run_in_new_cell(page, "print(lab.p.tolist(), lab.q[2], lab.base)")
    assert printed.split() == ["[1.0,", "0.0,", "0.0]", "0.0", "None"]

    run_in_new_cell(page, "lab.q = [0.5, 0.25, 0.25]; lab.base = 2")
    right = measures_in_words([1, 0, 0], [0.5, 0.25, 0.25], 2)
    page.wait_for_function(
        "right => document.querySelector('.kl-says').innerText === right", arg=right
    )


def test_a_dead_kernel_does_not_stop_the_picture(browser, lab):
    page = open_lesson(browser.new_context(), lab, "00_start_here.ipynb")
    explorer = page.locator(".kl-explorer").first
    page.evaluate("() => jupyterapp.shell.currentWidget.sessionContext.session.kernel.shutdown()")
    page.wait_for_timeout(1000)
    explorer.get_by_label("Q of snow", exact=True).press("Home")
    assert "KL(P‖Q) = ∞" in explorer.locator(".kl-says").inner_text()
    page.context.close()


@pytest.mark.parametrize("name", ["00_start_here.ipynb", "01_coin_flips.ipynb"])
def test_arrow_keys_move_the_control_and_not_the_notebook(opened, name):
    page = opened(name)
    slider = page.locator(".kl-explorer input[type=range]").first
    slider.press("Home")
    slider.press("ArrowUp")
    slider.press("ArrowRight")
    assert slider.input_value() == "0.02"
    cells = page.locator(".jp-Notebook .jp-Cell").count()
    for key in "bxa":
        slider.press(key)
    assert page.locator(".jp-Notebook .jp-Cell").count() == cells


@pytest.mark.parametrize("name", LESSONS)
def test_every_explorer_of_every_lesson_appears_and_moves(opened, name):
    source = (ROOT / "notebooks" / name).read_text(encoding="utf-8")
    page = opened(name)
    explorers = page.locator(".kl-explorer")
    page.wait_for_timeout(500)
    assert explorers.count() == len(EXPLORER.findall(source))
    for explorer in explorers.all():
        for slider in explorer.locator("input[type=range]").all():
            explorer.get_by_role("button", name="Reset").click()
            page.wait_for_timeout(200)
            before = explorer.evaluate(PICTURES)
            slider.press("End" if slider.input_value() != slider.get_attribute("max") else "Home")
            for _ in range(100):
                if explorer.evaluate(PICTURES) != before:
                    break
                page.wait_for_timeout(50)
            else:
                pytest.fail(f"{slider.get_attribute('aria-label')} moves nothing")
        problem = explorer.locator(".kl-problem")
        assert problem.count() == 0 or not problem.inner_text()


@pytest.mark.parametrize("name", LESSONS)
def test_axe_finds_no_serious_fault_in_the_explorers(opened, name):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = opened(name)
    if not page.locator(".kl-explorer").count():
        pytest.skip(f"{name} has no explorer")
    found = axe.run(page, context=".kl-explorer").response["violations"]
    serious = [fault for fault in found if fault["impact"] in ("serious", "critical")]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in serious] == []
