"""Lessons in a real JupyterLab: they run, their explorers move, and Python knows what was set."""

import pytest
from conftest import (
    EXPLORER,
    KERNEL_IS_READY,
    PICTURES,
    ROOT,
    TOKEN,
    explorers_of,
    open_lesson,
    serious_faults,
)

from kl_lessons import look, plots
from kl_lessons.exercises.lesson_01 import EXERCISES

LESSONS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))
NOTEBOOK = "jupyterapp.shell.currentWidget.content"
OWN_PICTURE = """
from kl_lessons import explore, plots

def of_square(x=2):
    return {"x": x, "square": x * x}

@plots.picture(numbers=of_square, says="{x:0} squared is {square:0}.")
def square(ax, numbers):
    bar, = ax.bar([0], [0])
    def move(numbers):
        if numbers["x"] == 3:
            raise ValueError("three is refused")
        bar.set_height(numbers["square"])
        ax.set_ylim(0, 100)
        return [bar, ax.yaxis]
    move(numbers)
    return move

own = explore(square, x=(0, 10)); own"""


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


def kl_in_large(p, q, base=None) -> str:
    return look.filled(plots.terms.large, plots.terms.numbers(p=p, q=q, base=base))


def test_lesson_00_is_dragged_and_python_reads_what_was_set(opened):
    page = opened("00_start_here.ipynb")
    explorer = page.locator(".kl-explorer").nth(1)
    large = explorer.locator(".kl-large")
    bar = explorer.get_by_label("Q of snow, bar")
    box = bar.bounding_box()
    middle = box["x"] + box["width"] / 2
    page.mouse.move(middle, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(middle, box["y"] + box["height"] + 10, steps=8)
    page.mouse.up()
    assert large.inner_text() == "KL(P‖Q) = ∞ nats"
    explorer.get_by_label("P of sun", exact=True).press("End")
    page.wait_for_timeout(500)  # the kernel is told at the end of a movement
    printed = run_in_new_cell(page, "print(lab.p.tolist(), lab.q[2], lab.base)")
    assert printed.split() == ["[1.0,", "0.0,", "0.0]", "0.0", "None"]

    run_in_new_cell(page, "lab.q = [0.5, 0.25, 0.25]; lab.base = 2")
    page.wait_for_function(
        "right => document.querySelectorAll('.kl-large')[1].innerText === right",
        arg=kl_in_large([1, 0, 0], [0.5, 0.25, 0.25], 2),
    )


def test_lesson_00_runs_by_itself_and_its_questions_are_answered(opened):
    page = opened("00_start_here.ipynb")
    year, lab, game = page.locator(".kl-explorer").all()
    days = year.get_by_label("days", exact=True)
    year.get_by_role("button", name="Pause days").wait_for(timeout=5000)
    days.press("End")
    year.get_by_role("button", name="Q uniform").click()
    year.get_by_label("Q of snow", exact=True).press("Home")
    assert "which Q calls impossible: the gap is ∞" in year.locator(".kl-says").inner_text()
    assert year.locator(".kl-done").inner_text() == "1 of 2 done"
    for share, name in ((0.5, "sun"), (0.3, "rain")):
        lab.get_by_label(f"Q of {name}", exact=True).fill(str(share))
        lab.get_by_label(f"hold Q of {name}").check()
    assert lab.locator(".kl-done").inner_text() == "1 of 5 done"
    for name, key in (("sun", "Home"), ("sun", "ArrowRight")):
        game.get_by_label(f"Q of {name}", exact=True).press(key)
    for name in ("rain", "snow"):  # sun of Q keeps its small share of what is left
        game.get_by_label(f"Q of {name}", exact=True).fill("0.99")
    sun = game.get_by_label("P of sun", exact=True)
    for step in range(101):
        sun.fill(str(step / 100))
    assert "Question 3, answered:" in [
        tick.get_attribute("aria-label") for tick in game.locator(".kl-tick").all()
    ]
    page.wait_for_timeout(500)
    printed = run_in_new_cell(page, "print(lab.answered, lab.q.round(2))")
    assert printed.strip() == "[0] [0.5 0.3 0.2]"


def test_a_dead_kernel_leaves_the_explorer_moving_and_one_calm_sentence(browser, lab):
    page = open_lesson(browser.new_context(), lab, "00_start_here.ipynb")
    explorer = page.locator(".kl-explorer").nth(1)
    page.evaluate("() => jupyterapp.shell.currentWidget.sessionContext.session.kernel.shutdown()")
    page.wait_for_timeout(1000)
    explorer.get_by_label("Q of snow", exact=True).press("Home")
    assert explorer.locator(".kl-large").inner_text() == "KL(P‖Q) = ∞ nats"
    quiet = explorer.get_by_text("Python does not answer just now")
    quiet.wait_for(timeout=8000)
    explorer.get_by_label("Q of snow", exact=True).press("End")
    assert quiet.count() == 1
    page.context.close()


def test_a_busy_kernel_is_mentioned_and_no_more_when_it_answers(opened):
    page = opened("00_start_here.ipynb")
    explorer = page.locator(".kl-explorer").nth(1)
    quiet = explorer.get_by_text("Python does not answer just now")
    page.evaluate(
        """() => { jupyterapp.shell.currentWidget.sessionContext.session.kernel
            .requestExecute({ code: 'import time; time.sleep(8)' }); }"""
    )
    page.wait_for_timeout(200)
    explorer.get_by_label("Q of snow", exact=True).press("Home")
    quiet.wait_for(timeout=7000)
    quiet.wait_for(state="hidden", timeout=10_000)


@pytest.mark.parametrize("name", ["00_start_here.ipynb", "01_coin_flips.ipynb"])
def test_arrow_keys_move_the_control_and_not_the_notebook(opened, name):
    page = opened(name)
    slider = page.locator(".kl-explorer input[type=range]").first
    slider.press("Home")
    slider.press("ArrowRight")
    slider.press("ArrowRight")
    assert slider.input_value() == "0.02"
    cells = page.locator(".jp-Notebook .jp-Cell").count()
    for key in "bxa":
        slider.press(key)
    assert page.locator(".jp-Notebook .jp-Cell").count() == cells


def test_a_lesson_is_done_by_the_keyboard_alone(browser, lab):
    """Each cell is run, a prediction is typed, each explorer is entered, worked and left."""
    name, guess = "01_coin_flips.ipynb", "1.7"
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{lab}/lab/workspaces/keys/tree/notebooks/{name}?token={TOKEN}&reset")
    page.wait_for_function(KERNEL_IS_READY, timeout=90_000)
    keys, stops = page.keyboard, []
    for here in range(page.evaluate(f"{NOTEBOOK}.widgets.length") - 1):
        assert page.evaluate(f"{NOTEBOOK}.activeCellIndex") == here
        source = page.evaluate(f"{NOTEBOOK}.activeCell.model.sharedModel.getSource()")
        cell = page.locator(".jp-Notebook .jp-Cell").nth(here)
        if f'check("{guess}"' in source:
            keys.press("Enter")
            keys.press("ControlOrMeta+a")
            keys.type(f'check("{guess}", "{EXERCISES[guess].answer}")')
        keys.press("Shift+Enter")
        page.wait_for_function(KERNEL_IS_READY, timeout=60_000)
        if f'check("{guess}"' in source:
            cell.locator(".jp-OutputArea").get_by_text("✓").wait_for()
        if EXPLORER.search(source):
            cell.locator(".kl-panel").first.wait_for()
            keys.press("k")
            stops += worked_by_keys(page, cell.locator(".kl-explorer"))
            keys.press("Escape")
            keys.press("j")
    context.close()
    assert {"slider", "button", "radio"} <= {role for role, _ in stops}
    assert all(told for _, told in stops), "each stop has a name"


def worked_by_keys(page, explorer) -> list[tuple[str, str]]:
    """The stops of the Tab key in the explorer, up to the last, whose sliders are moved."""
    before = explorer.evaluate(PICTURES)
    page.keyboard.press("Tab")  # to the tools that JupyterLab has for the cell
    page.keyboard.press("Tab")
    stops = [stop(page)]
    while stops[-1] != ("button", "Reset"):
        assert page.evaluate("document.activeElement.closest('.kl-explorer') !== null")
        if stops[-1][0] == "slider":
            page.keyboard.press("PageUp")
        page.keyboard.press("Tab")
        stops.append(stop(page))
    assert explorer.evaluate(PICTURES) != before
    return stops


def stop(page) -> tuple[str, str]:
    """What a screen reader is told of what has the focus: its role and its name."""
    devtools = page.context.new_cdp_session(page)
    focus = devtools.send("Runtime.evaluate", {"expression": "document.activeElement"})["result"]
    asked = {"objectId": focus["objectId"], "fetchRelatives": False}
    (node,) = devtools.send("Accessibility.getPartialAXTree", asked)["nodes"]
    devtools.detach()
    return node["role"]["value"], node["name"]["value"]


@pytest.mark.parametrize("name", LESSONS)
def test_every_explorer_of_every_lesson_appears_moves_and_has_no_serious_fault(opened, name):
    page = opened(name)
    explorers = page.locator(".kl-explorer")
    page.wait_for_timeout(500)
    assert explorers.count() == explorers_of(ROOT / "notebooks" / name)
    for explorer in explorers.all():
        for slider in explorer.locator("input[type=range]").all():
            explorer.get_by_role("button", name="Reset").click()
            before = explorer.evaluate(PICTURES)
            slider.press("End" if slider.input_value() != slider.get_attribute("max") else "Home")
            assert explorer.evaluate(PICTURES) != before, slider.get_attribute("aria-label")
        assert not explorer.locator(".kl-problem").is_visible()
        box = explorer.locator("xpath=ancestor::*[contains(@class, 'jp-OutputArea-output')][1]")
        tall, seen = box.evaluate("node => [node.scrollHeight, node.clientHeight]")
        assert tall <= seen, "scrolls inside its box"
    if explorers.count():
        assert serious_faults(page, context=".kl-explorer") == []


def test_a_picture_of_the_learners_own_is_drawn_by_the_kernel(opened):
    page = opened("00_start_here.ipynb")
    run_in_new_cell(page, OWN_PICTURE)
    explorer = page.locator(".kl-explorer").last
    says = explorer.locator(".kl-says")
    assert says.inner_text() == "2 squared is 4."
    before = explorer.evaluate(PICTURES)
    explorer.get_by_label("x").fill("9")
    page.wait_for_function(
        "says => says.innerText === '9 squared is 81.'", arg=says.element_handle()
    )
    assert explorer.evaluate(PICTURES) != before
    explorer.get_by_label("x").fill("3")
    explorer.get_by_text("three is refused").wait_for()
    explorer.get_by_label("x").fill("4")
    page.wait_for_function(
        "says => says.innerText === '4 squared is 16.'", arg=says.element_handle()
    )
    assert explorer.locator(".kl-problem").is_hidden()


def test_a_lesson_saved_by_its_learner_shows_live_explorers_without_its_kernel_twice(browser, lab):
    name = "02_wrong_belief.ipynb"
    expected = explorers_of(ROOT / "notebooks" / name)
    context = browser.new_context(viewport={"width": 1300, "height": 12_000})
    page = open_lesson(context, lab, name)
    page.locator(".kl-explorer").first.get_by_label("Q of sun", exact=True).press("End")
    page.wait_for_timeout(500)
    for _ in range(2):
        page.evaluate("() => jupyterapp.commands.execute('docmanager:save')")
        page.wait_for_timeout(500)
        page.evaluate(
            "() => jupyterapp.shell.currentWidget.sessionContext.session.kernel.shutdown()"
        )
        page.close()
        page = context.new_page()
        page.goto(f"{lab}/lab/workspaces/again/tree/notebooks/{name}?token={TOKEN}&reset")
        page.wait_for_selector(".jp-Notebook .kl-explorer .kl-panel", timeout=90_000)
        page.wait_for_timeout(1000)
        assert page.get_by_text("Error displaying widget").count() == 0
        assert page.locator(".kl-explorer:has(.kl-panel)").count() == expected
        explorer = page.locator(".kl-explorer").first
        slider = explorer.get_by_label("Q of rain", exact=True)
        before = explorer.evaluate(PICTURES)
        slider.press("End" if slider.input_value() != "1" else "Home")
        assert explorer.evaluate(PICTURES) != before
    context.close()
