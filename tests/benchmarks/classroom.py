"""A class at one JupyterHub: python tests/benchmarks/classroom.py [--seconds 60] [LEARNERS …]

So many learners start at once, each with a server and a kernel that runs lesson 01, and then move
explorers as a hand does: 4 to 10 states a second for some seconds, then a pause. First those of
the lesson, which the page draws, then one of their own, which the kernel draws. One more learner
sits at a Chromium, logged in through the hub. It needs `pip install jupyterhub`, and
`npm install -g configurable-http-proxy`; as root or not. Linux.
"""

import argparse
import asyncio
import random
import signal
import sys
from pathlib import Path

import nbformat
import numpy as np
import psutil
from browser import INIT, PANEL, ROOT
from conftest import KERNEL_IS_READY, QUIET, RUN_ALL, chromium
from hub import Hub, memory, processor_seconds, serve_hub, start_server
from kernels import SETUP
from learners import Learner, clock, move, run, start
from lessons import AREAS, key_to_picture
from playwright.async_api import Page, async_playwright

OWN = "ENGINE = 'kernel'" + SETUP + "lab"
PARTS = "kernel", "server", "proxy", "hub"  # of what runs
STARTS = [
    "learners",
    "server after, s: median / last",
    "lesson run after, s",
    "processor, s a learner",
    "a server, MB (its share)",
    "a kernel, MB (its share)",
    "all, GB",
    "errors",
]
HANDS = [
    "learners",
    "engine",
    "key to picture, ms: median / 95 %",
    "kernel's answer, ms",
    "states a second",
    "processor, ms a state",
    *(f"cores: {kind}" for kind in (*PARTS, "whole machine")),
    "a kernel, MB",
    "errors",
]


async def look(hub: Hub, context: object, lesson: Path) -> Page:
    """Log in as a learner does, start the server, run the lesson and an explorer of one's own."""
    await start_server(hub, "looker")
    notebook = nbformat.read(lesson, 4)
    notebook.cells.append(nbformat.v4.new_code_cell(OWN))
    nbformat.write(notebook, hub.homes / "looker" / "notebooks" / lesson.name)
    page = await context.new_page()
    where = f"/user/looker/lab/workspaces/load/tree/notebooks/{lesson.name}?reset"
    await page.goto(f"{hub.address}/hub/login?next={where.replace('?', '%3F')}")
    await page.fill("input[name=username]", "looker")
    await page.fill("input[name=password]", hub.password)
    await page.click("input[type=submit]")
    await page.wait_for_function(KERNEL_IS_READY, timeout=120_000)
    await page.evaluate(RUN_ALL)
    await page.wait_for_function("window.allCellsRan === true", timeout=300_000)
    return page


async def steps(page: Page, area: int, panel: str, seconds: float) -> list[float]:
    """Milliseconds from key to picture, key after key for so long; nan where none came."""
    end, times = clock() + seconds, []
    while clock() < end:  # ten keys there and ten back
        times += list(await key_to_picture(page, area, panel, 19))
    return times


def middle_and_late(times: list[float]) -> str:
    """Median and 95 %."""
    return "{:.0f} / {:.0f}".format(*np.nanpercentile(times or [np.nan], (50, 95)))


async def phase(
    hub: Hub, learners: list[Learner], page: Page, seconds: float, engine: str
) -> list[object]:
    """Let all learners move explorers of an engine for so long; gives the numbers of its row."""
    areas = await page.evaluate(AREAS)
    area, panel = {"page": (areas[0], ".kl-panel"), "kernel": (areas[-1], PANEL["explore"])}[engine]
    used, begun = processor_seconds(hub.mark), clock()
    psutil.cpu_percent()  # since here
    moves = [
        move(x, x.explorers[-1:] if engine == "kernel" else x.explorers, seconds, random.Random(i))
        for i, x in enumerate(learners)
    ]
    seen, *_ = await asyncio.gather(steps(page, area, panel, seconds), *moves)
    machine, passed = psutil.cpu_percent(), clock() - begun
    used = {k: total - used[k] for k, total in processor_seconds(hub.mark).items()}
    load = {k: f"{100 * used[k] / passed / psutil.cpu_count():.0f} %" for k in PARTS}
    times, errors = [[y for x in learners for y in getattr(x, n)] for n in ("times", "errors")]
    for learner in learners:
        learner.times, learner.errors = [], []
    for error in errors:
        print(f"ERROR {error}", file=sys.stderr)
    return [
        middle_and_late(seen),
        middle_and_late(times),
        f"{(states := len(times) + len(seen)) / passed:.0f}",
        f"{1000 * sum(used.values()) / states:.0f}",
        *load.values(),
        f"{machine:.0f} %",
        f"{np.median([rss for rss, _ in memory(hub.mark)['kernel']]):.0f}",
        len(errors) + int(np.isnan(seen).sum()),
    ]


async def started(hub: Hub, number: int, cells: list[str]) -> tuple[list[Learner], list[object]]:
    """So many learners who start at once, and the numbers of their row."""
    learners = await asyncio.gather(*(start(hub, f"learner{i}", cells) for i in range(number)))
    held = {kind: np.array(each) for kind, each in memory(hub.mark).items()}
    servers, lessons = [[getattr(x, n) for x in learners] for n in ("server", "lesson")]
    return learners, [
        *(f"{np.median(t):.1f} / {max(t):.1f}" for t in (servers, lessons)),
        f"{sum(processor_seconds(hub.mark).values()) / number:.1f}",
        *("{:.0f} ({:.0f})".format(*np.median(held[k], axis=0)) for k in ("server", "kernel")),
        f"{sum(each[:, 1].sum() for each in held.values()) / 1000:.2f}",
        sum(len(x.errors) for x in learners),
    ]


async def measure(hub: Hub, number: int, lesson: Path, seconds: float) -> dict[str, list]:
    """The rows of a class of so many learners: its start, and the hands on each engine."""
    cells = [c.source for c in nbformat.read(lesson, 4).cells if c.cell_type == "code"]
    learners, row = await started(hub, number, cells)
    rows = {"start": [number, *row]}
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        context = await browser.new_context(viewport={"width": 1300, "height": 1200})
        await context.add_init_script(INIT)
        page = await look(hub, context, lesson)
        for engine in ("page", "kernel"):
            if engine == "kernel":
                await asyncio.gather(*(run(learner, OWN) for learner in learners))
            row = await phase(hub, learners, page, seconds, engine)
            rows[engine] = [number, engine, *row]
        await browser.close()
    for learner in learners:
        learner.hearing.cancel()
    return rows


def main(numbers: list[int], lesson: str, seconds: float) -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))  # so that the hub ends too
    path = next((ROOT / "notebooks").glob(f"{lesson}_*.ipynb"))
    for number in numbers:
        with serve_hub() as hub:
            rows = asyncio.run(measure(hub, number, path, seconds))
        for names, engines in ((STARTS, ["start"]), (HANDS, ["page", "kernel"])):
            table(names, [rows[engine] for engine in engines])


def table(names: list[str], rows: list[list]) -> None:
    """Prints rows in Markdown."""
    for row in (names, ["---"] * len(names), *rows):
        print(f"| {' | '.join(map(str, row))} |", flush=True)
    print()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("learners", nargs="*", type=int, default=[1, 5, 10, 20])
    parser.add_argument("--lesson", default="01")
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    main(given.learners, given.lesson, given.seconds)
