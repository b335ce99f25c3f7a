"""Each explorer of the lessons, key to painted picture: python tests/benchmarks/lessons.py [02 …]

In a real JupyterLab, beside `interact` in the same run: at home, with 200 ms of network on the
kernel's web socket, with a kernel too busy to answer; and, 390 × 844 pixels with a processor four
times slower (Chromium's emulation), there and on the site's page, which is what a phone opens.
A picture is painted at the frame after its change.
"""

import asyncio
import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np
from browser import INIT, PANEL, ROOT, open_notebook, opened
from conftest import QUIET, chromium, serve_lab
from playwright.async_api import Browser, Page, async_playwright

from kl_lessons.tools.site import pages

LESSONS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))
KEYS = 30
AREAS = """() => [...document.querySelectorAll(bench.areas)].flatMap((area, i) =>
    (area.querySelector(".kl-panel") && area.querySelector("input[type=range]") ? [i] : []))"""


async def key_to_picture(page: Page, area: int, panel: str, keys: int = KEYS) -> np.ndarray:
    """Milliseconds from each of so many arrow keys to the picture of it; the first is left out."""
    await page.bring_to_front()
    await page.evaluate("where => bench.turnTo(...where)", [area, panel])
    times = []
    for i in range(keys + 1):
        await page.keyboard.press("ArrowRight" if i % 20 < 10 else "ArrowLeft")
        times.append(await page.evaluate("bench.step()"))
        await page.wait_for_timeout(120)
    return np.array(times[1:], dtype=float)


async def main(numbers: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        notebooks = Path(folder, "notebooks")
        shutil.copytree(ROOT / "notebooks", notebooks)
        pages.build(Path(folder, "site"))
        with serve_lab(Path(folder)) as address:
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=chromium(), args=QUIET)
                context = await browser.new_context(viewport={"width": 1300, "height": 1200})
                await context.add_init_script(INIT)
                slow = await open_notebook(context, address, notebooks, "interact")
                usual = np.median(await key_to_picture(slow, 1, PANEL["interact"], 10))
                await slow.evaluate("bench.delay = 100")
                far = np.median(await key_to_picture(slow, 1, PANEL["interact"], 10))
                print(f"interact, K = 3: {usual:.0f} ms, with 200 ms of network {far:.0f} ms\n")
                print("| explorer | at home, median / 95 % | against interact | far | kernel busy "
                      "| phone, 4× slower | phone, site |\n" + "| --- " * 7 + "|")  # fmt: skip
                for name in (name for name in LESSONS if not numbers or name[:2] in numbers):
                    site = await on_phone(browser, Path(folder, "site", name))
                    page = await opened(context, address, name)
                    areas = await page.evaluate(AREAS)
                    for number, (area, times) in enumerate(zip(areas, site, strict=True), start=1):
                        await row(page, f"{name[:2]}, number {number}", area, usual, times)
                    await page.close()
                await browser.close()


async def on_phone(browser: Browser, notebook: Path) -> list[np.ndarray]:
    """Key to picture of each explorer on the lesson's page of the site, with a slow processor."""
    context = await browser.new_context(
        viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True, offline=True
    )
    await context.add_init_script(INIT)
    page = await context.new_page()
    await page.goto(notebook.with_suffix(".html").as_uri())
    await page.evaluate(
        """() => {
            bench.areas = ".kl-saved";
            document.querySelectorAll("details").forEach((folded) => { folded.open = true; });
        }"""
    )
    session = await context.new_cdp_session(page)
    await session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    areas = await page.evaluate(AREAS)
    times = [await key_to_picture(page, area, ".kl-panel") for area in areas]
    await context.close()
    return times


async def row(page: Page, name: str, area: int, usual: float, site: np.ndarray) -> None:
    """Measure one explorer under each condition, and print its line."""
    print(name, file=sys.stderr, flush=True)
    home = await key_to_picture(page, area, ".kl-panel")
    await page.evaluate("bench.delay = 100")
    far = await key_to_picture(page, area, ".kl-panel")
    await page.evaluate("bench.delay = 0")
    session = await page.context.new_cdp_session(page)
    await page.set_viewport_size({"width": 390, "height": 844})
    await session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    phone = await key_to_picture(page, area, ".kl-panel")
    await session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    await page.set_viewport_size({"width": 1300, "height": 1200})
    kernel = "jupyterapp.shell.currentWidget.sessionContext.session.kernel"
    await page.evaluate(f"() => {kernel}.interrupt()")
    await page.evaluate(
        f"() => {{ {kernel}.requestExecute({{ code: 'import time; time.sleep(8)' }}); }}"
    )
    alone = await key_to_picture(page, area, ".kl-panel")
    middle = [np.nanmedian(times) for times in (home, far, alone, phone)]
    print(
        f"| {name} | {middle[0]:.0f} / {np.nanpercentile(home, 95):.0f} ms "
        f"| {usual / middle[0]:.0f}× | {middle[1]:.0f} ms | {middle[2]:.0f} ms "
        f"| {middle[3]:.0f} / {np.nanpercentile(phone, 95):.0f} ms "
        f"| {np.nanmedian(site):.0f} / {np.nanpercentile(site, 95):.0f} ms |",
        flush=True,
    )


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
