"""From hand to painted picture in a real JupyterLab: python tests/benchmarks/browser.py [--quick]

Four designs show the same three panels, each in a notebook, a page and a kernel of its own, and
take turns. A picture counts as painted when the frame after the one that drew its change begins;
one that looks as before counts not at all. "moves shown": pictures for each of the mouse's moves,
60 a second; "flicker": frames of the drag in which a panel was absent or below half its height.
"""

import argparse
import asyncio
import importlib.util
import random
import shutil
import sys
import tempfile
from importlib.metadata import version
from itertools import product
from pathlib import Path

import nbformat
import numpy as np
from playwright.async_api import Page, async_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "browser"))
from conftest import KERNEL_IS_READY, QUIET, RUN_ALL, TOKEN, chromium, serve_lab  # noqa: E402

SIZES = 3, 10  # outcomes
DELAYS = 0, 100  # milliseconds each way on the kernel's web socket
PATIENCE = 5000  # milliseconds until a picture counts as never come

SETUP = """
import ipywidgets, matplotlib.pyplot as plt, numpy as np
from kl_lessons import compare, explore, plots

PANELS = plots.distributions, plots.terms, plots.decomposition
OWN = [  # the same pictures as a learner's own, which the kernel draws
    plots.picture(numbers=picture.numbers, says=picture.sentence, size=picture.size)(picture.draw)
    for picture in PANELS
]
START = {  # in whole steps of 0.01, to which ipywidgets rounds
    3: ([0.2, 0.5, 0.3], [0.1, 0.6, 0.3]),
    10: ([0.2, 0.16, 0.14, 0.12, 0.1, 0.09, 0.07, 0.06, 0.04, 0.02],
         [0.02, 0.04, 0.06, 0.07, 0.09, 0.11, 0.13, 0.15, 0.16, 0.17]),
}
sliders, labs = {}, {}  # by number of outcomes

def make_sliders(k):
    each = [ipywidgets.FloatSlider(x, min=0, max=1, step=0.01) for x in np.ravel(START[k])]
    sliders[k] = {f"x{i}": slider for i, slider in enumerate(each)}
    return sliders[k]

def distributions(k):  # the first probability as it was set, the others share the rest
    halves = np.reshape([slider.value for slider in sliders[k].values()], (2, -1))
    return [np.append(x[0], (1 - x[0]) * x[1:] / x[1:].sum()) for x in halves]

def restart(k):
    owner, name, value = (labs[k], "p", START[k][0]) if labs else (sliders[k]["x0"], "value", 0.2)
    setattr(owner, name, value)
"""
DESIGNS = {
    "interact": """
def build(k):  # a new figure each step
    def draw(**values):
        figure, axes = plt.subplots(1, 3, figsize=(9.3, 2.9), layout="none")
        p, q = distributions(k)
        for ax, picture in zip(axes, PANELS):
            picture(ax, p=p, q=q)
        plt.show()
    ipywidgets.interact(draw, **make_sliders(k))""",
    "ipympl": """
%matplotlib widget
def build(k):  # one figure whose artists are moved
    with plt.ioff():
        figure, axes = plt.subplots(1, 3, figsize=(9.3, 2.9), layout="none")
    p, q = START[k]
    movers = [picture(ax, p=p, q=q) for ax, picture in zip(axes, PANELS)]
    def follow(change):
        p, q = distributions(k)
        numbers = PANELS[0].numbers(p=p, q=q)
        for move in movers:
            move(numbers)
        figure.canvas.draw_idle()
    for slider in make_sliders(k).values():
        slider.observe(follow, "value")
    display(ipywidgets.VBox([figure.canvas, *sliders[k].values()]))""",
    "explore": """
def build(k):
    display(labs.setdefault(k, explore(*OWN, p=START[k][0], q=START[k][1])))""",
    "compare": """
def build(k):
    display(labs.setdefault(k, compare(*START[k])))""",
}
PANEL = {"interact": "img", "ipympl": "canvas", "explore": ".kl-moving svg", "compare": ".kl-panel"}

INIT = """
window.bench = { delay: 0, received: 0, sent: 0, pictures: [], moves: [], dragging: false };
bench.areas = ".jp-Cell-outputArea";  // of which each may hold a picture
const later = (act) => (bench.delay ? setTimeout(act, bench.delay) : act());  // in order
const size = (data) => data.byteLength ?? data.length;
const { send } = WebSocket.prototype;
WebSocket.prototype.send = function (data) {
  bench.sent += size(data);
  later(() => send.call(this, data));
};
const { set } = Object.getOwnPropertyDescriptor(WebSocket.prototype, "onmessage");
Object.defineProperty(WebSocket.prototype, "onmessage", { set(take) {
  set.call(this, (event) => {
    bench.received += size(event.data);
    later(() => take.call(this, event));
  });
} });
addEventListener("keydown", (event) => { bench.key = event.timeStamp; }, true);
addEventListener("pointermove", (event) => { bench.moves.push(event.timeStamp); }, true);
for (const name of ["drawImage", "putImageData"]) {  // of pixels no observer is told
  const draw = CanvasRenderingContext2D.prototype[name];
  CanvasRenderingContext2D.prototype[name] = function (...given) {
    draw.apply(this, given);
    if (bench.area?.contains(this.canvas)) bench.drawn(this.canvas);
  };
}
const until = async (is) => {
  const end = performance.now() + PATIENCE;
  while (!is() && performance.now() < end) await new Promise((wake) => setTimeout(wake, 10));
};
const box = (node) => node.getBoundingClientRect();
// Turns to the picture in a cell: each change of it is noted when it is painted.
bench.turnTo = (cell, panel) => {
  bench.observer?.disconnect();
  const area = bench.area = document.querySelectorAll(bench.areas)[cell];
  bench.heights = () => [...area.querySelectorAll(panel)].map((node) => box(node).height);
  const page = area.querySelector(".kl-pictures");
  let canvas = area.querySelector("canvas"), draws = 0, asked = false, loading = null;
  const cells = page ? [...page.querySelectorAll("canvas")] : [];  // their pixels are no markup
  const inPage = () => page.innerHTML + cells.map((drawn) => drawn.toDataURL()).join();
  const looks = () => (page ? inPage() : !canvas ? area.querySelector("img")?.src
    : bench.dragging ? draws : canvas.toDataURL());  // the last is too dear for a drag
  let before = looks();
  const frame = () => {
    const after = looks();
    const painted = () => bench.pictures.push(performance.now());
    if (after && after !== before) requestAnimationFrame(painted);
    [before, asked] = [after, false];
  };
  const changed = () => { asked ||= Boolean(requestAnimationFrame(frame)); };
  bench.drawn = (drawn) => { canvas = drawn; draws += 1; changed(); };
  bench.observer = new MutationObserver(() => {
    if (page) return changed();
    const image = area.querySelector("img");
    if (canvas || !image || image.src === loading) return;
    loading = image.src;
    image.decode().then(() => image.isConnected && changed(), () => {});
  });
  bench.observer.observe(page ?? area, { subtree: true, childList: true, attributes: true });
  const slider = area.querySelector(".noUi-handle, input[type=range]");
  slider.scrollIntoView({ block: "center" });
  slider.focus({ preventScroll: true });
  const [thumb, track] = [slider, slider.closest(".noUi-target") ?? slider].map(box);
  const edge = slider.value ? 8 : 0;  // half the thumb of a native slider
  const [left, width] = [track.left + edge, track.width - 2 * edge];
  const x = slider.value ? left + slider.value * width : thumb.left + thumb.width / 2;
  return { left, width, x, y: thumb.top + thumb.height / 2 };
};
// Milliseconds from the last key to the first picture after it, null if none comes.
bench.step = async () => {
  const picture = () => bench.pictures.find((time) => time > bench.key);
  await until(picture);
  return picture() ? picture() - bench.key : null;
};
bench.startDrag = () => {
  Object.assign(bench, { dragging: true, pictures: [], moves: [], blank: 0 });
  const usual = bench.heights();
  const frame = () => {
    const now = bench.heights();
    bench.blank += usual.some((height, i) => !(now[i] >= height / 2));
    if (bench.dragging) requestAnimationFrame(frame);
  };
  frame();
};
// What a drag showed, once no picture has come for a while.
bench.endDrag = async () => {
  const { moves, pictures } = bench, [start, end] = [moves[0], moves.at(-1)];
  await until(() => performance.now() - Math.max(end, pictures.at(-1) ?? 0) > 1500);
  bench.dragging = false;
  const rate = (1000 * pictures.filter((time) => time <= end).length) / (end - start);
  return { rate, lag: pictures.at(-1) - end, pictures: pictures.length, blank: bench.blank };
};
bench.kernelSays = async (expression) => {
  const { kernel } = jupyterapp.shell.currentWidget.sessionContext.session;
  const request = { code: "", silent: true, user_expressions: { expression } };
  const { content } = await kernel.requestExecute(request).done;
  return content.user_expressions.expression.data["text/plain"];
};
""".replace("PATIENCE", str(PATIENCE))


async def open_notebook(context: object, address: str, folder: Path, design: str) -> Page:
    """A notebook with an explorer for each size, in a JupyterLab of its own, all cells run."""
    sources = [SETUP + DESIGNS[design], *(f"build({k})" for k in SIZES)]
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
    nbformat.write(notebook, folder / f"{design}.ipynb")
    page = await opened(context, address, f"{design}.ipynb")
    await page.locator(PANEL[design]).nth(1).wait_for(timeout=60_000)
    return page


async def opened(context: object, address: str, name: str) -> Page:
    """The notebook in a JupyterLab of its own, all cells run."""
    page = await context.new_page()
    where = f"{address}/lab/workspaces/{name.split('.')[0]}/tree/notebooks/{name}"
    await page.goto(f"{where}?token={TOKEN}&reset")
    await page.wait_for_function(KERNEL_IS_READY, timeout=90_000)
    await page.evaluate(RUN_ALL)
    await page.wait_for_function("window.allCellsRan === true", timeout=120_000)
    await page.wait_for_timeout(2000)
    return page


async def press_keys(page: Page, presses: int, delay: int, seen: dict) -> None:
    """Arrow keys, each after the picture of the one before; the first is not counted."""
    for i in range(presses + 1):
        await page.keyboard.press("ArrowRight")
        time = await page.evaluate("bench.step()")
        await page.wait_for_timeout(random.uniform(150, 250) + 4 * delay)
        if i == 0:
            await page.evaluate("() => Object.assign(bench, { received: 0, sent: 0 })")
        elif time is None:
            seen["missing"] += 1
        else:
            seen["key"].append(time)
    await page.wait_for_timeout(500)
    for name in "received", "sent":
        seen[name].append(await page.evaluate(f"bench.{name}") / presses)


async def drag(page: Page, grip: dict, seconds: float, seen: dict) -> None:
    """The first slider to and fro under a mouse that moves 60 times a second, come what may."""
    session = await page.context.new_cdp_session(page)

    def mouse(what: str, x: float, buttons: int = 1) -> asyncio.Future:
        event = {"type": what, "x": x, "y": grip["y"], "button": "left", "buttons": buttons}
        sent = session.send("Input.dispatchMouseEvent", event | {"clickCount": 1})
        return asyncio.ensure_future(sent)

    await mouse("mouseMoved", grip["x"], 0)
    await mouse("mousePressed", grip["x"])
    await page.evaluate("bench.startDrag()")
    clock, moves = asyncio.get_running_loop().time, []
    start = clock()
    for i in range(round(60 * seconds)):
        share = 0.1 + 0.02 * abs((i + 35) % 80 - 40)  # each move is two of the slider's steps
        moves.append(mouse("mouseMoved", grip["left"] + share * grip["width"]))
        await asyncio.sleep(max(0, start + (i + 1) / 60 - clock()))
    await asyncio.gather(*moves)
    shown = await page.evaluate("bench.endDrag()")
    await mouse("mouseReleased", grip["x"], 0)
    seen["rate"].append(shown["rate"])
    seen["share"].append(100 * shown["pictures"] / len(moves))
    seen["blank"] += shown["blank"]
    late = shown["lag"] is not None and shown["lag"] >= 0  # else the last move had no picture
    seen["missing"] += not late
    seen["lag"] += [shown["lag"]] if late else []


async def measure(pages: dict[str, Page], quick: bool) -> dict:
    """What was seen with each delay, size and design, the designs in turn."""
    rounds, presses, seconds = (1, 8, 1) if quick else (4, 10, 3)
    lists = "key", "received", "sent", "rate", "share", "lag", "p"
    results = {}
    for delay, k, _, (design, page) in product(DELAYS, SIZES, range(rounds), pages.items()):
        print(f"{2 * delay} ms of network, K = {k}: {design}", file=sys.stderr, flush=True)
        empty = {name: [] for name in lists} | {"missing": 0, "blank": 0}
        seen = results.setdefault((delay, k, design), empty)
        await page.bring_to_front()
        await page.evaluate("delay => { bench.delay = delay; }", delay)
        await page.evaluate("code => bench.kernelSays(code)", f"restart({k})")
        await page.wait_for_timeout(1500)
        where = [SIZES.index(k) + 1, PANEL[design]]
        await page.evaluate("where => bench.turnTo(...where)", where)
        await press_keys(page, presses, delay, seen)
        p = f"np.round(labs[{k}].p if labs else distributions({k})[0], 6).tolist()"
        seen["p"].append(await page.evaluate("code => bench.kernelSays(code)", p))
        grip = await page.evaluate("where => bench.turnTo(...where)", where)
        await drag(page, grip, seconds, seen)
    return results


COLUMNS = {
    "design": "{design}",
    "key to picture": "{middle:.0f} ms",
    "95 %": "{late:.0f} ms",
    "against interact": "{ratio:.1f}×",
    "pictures/s": "{rate:.0f}",
    "moves shown": "{share:.0f} %",
    "lag at the end": "{lag:.0f} ms",
    "received/step": "{received:.1f} kB",
    "sent/step": "{sent:.1f} kB",
    "flicker": "{blank}",
    "no picture": "{missing}",
}


def report(results: dict, delay: int, k: int) -> None:
    """Prints a table in Markdown, and below it what went wrong."""
    rows = [list(COLUMNS), ["---"] * len(COLUMNS)]
    slowest, failures = np.median(results[delay, k, "interact"]["key"] or np.nan), []
    for design in (design for d, size, design in results if (d, size) == (delay, k)):
        seen = results[delay, k, design]
        middle, late = np.percentile(seen["key"] or np.nan, (50, 95))
        numbers = {"design": design, "middle": middle, "late": late, "ratio": slowest / middle}
        numbers |= {name: np.median(seen[name] or np.nan) for name in ("rate", "share", "lag")}
        numbers |= {name: np.mean(seen[name]) / 1000 for name in ("received", "sent")}
        rows.append([form.format(**seen | numbers) for form in COLUMNS.values()])
        if seen["missing"]:
            failures.append(f"{design}: {seen['missing']} times no picture in {PATIENCE} ms")
        if seen["p"] != results[delay, k, "interact"]["p"]:
            failures.append(f"{design}: after the same keys another P than with interact")
    print(f"\nK = {k}, {2 * delay} ms of network put on the kernel's web socket\n")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    for failure in failures:
        print(f"\nFAILED {failure}")


async def main(quick: bool) -> None:
    random.seed(1)
    designs, packages = list(DESIGNS), ["jupyterlab", "ipywidgets", "matplotlib", "anywidget"]
    if importlib.util.find_spec("ipympl"):
        packages.append("ipympl")
    else:
        designs.remove("ipympl")
        print("ipympl is not installed, so it is left out: pip install ipympl")
    with tempfile.TemporaryDirectory() as folder:
        notebooks = Path(folder, "notebooks")
        notebooks.mkdir()
        shutil.copy(ROOT / "notebooks" / "matplotlibrc", notebooks)
        with serve_lab(Path(folder)) as address:
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=chromium(), args=QUIET)
                versions = {name: version(name) for name in packages}
                versions["chromium"] = browser.version
                print(", ".join(" ".join(item) for item in versions.items()), flush=True)
                context = await browser.new_context(viewport={"width": 1300, "height": 2600})
                await context.add_init_script(INIT)
                opened = [await open_notebook(context, address, notebooks, d) for d in designs]
                results = await measure(dict(zip(designs, opened, strict=True)), quick)
                await browser.close()
    for delay, k in product(DELAYS, SIZES):
        report(results, delay, k)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="few keys, drags of one second")
    asyncio.run(main(parser.parse_args().quick))
