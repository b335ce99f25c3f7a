"""Write the README's moving picture: the first explorer of lesson 00 at work, and one still of it.

python -m kl_lessons.tools.moving_picture            writes into assets/
python -m kl_lessons.tools.moving_picture FOLDER

A Chromium opens the explorer as the lesson holds it. Days are let go by, then Q is brought to P by
the knobs of its bars, and the gap between the ledgers closes.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, sync_playwright

from kl_lessons.tools.chromium import QUIET, chromium
from kl_lessons.tools.save_lessons import NOTEBOOKS, read

LESSON, CELL = NOTEBOOKS / "00_start_here.ipynb", "year"
ASSETS = NOTEBOOKS.parent / "assets"
NAME = "first_explorer"
WIDTH, HEIGHT = 1000, 700  # of the page; the picture ends where the controls begin
DAYS = range(0, 366, 15)
DRAGS = {"snow": 0.2, "sun": 0.5}  # where the knobs of Q are let go: P = (0.5, 0.3, 0.2)
STEPS = 8  # pictures of one drag
RIM = 6  # pixels by which a bar can be grasped above 1 and below 0
FRAME, PAUSE = 100, 1800  # milliseconds
COLOURS = 48  # enough for flat colours and the edges of letters
HAND = """() => {
    const hand = document.createElement('div');
    hand.style.cssText = 'position:fixed;width:26px;height:26px;margin:-13px;border-radius:50%;'
        + 'background:#0004;border:2px solid #000;pointer-events:none;z-index:9;left:-99px';
    document.body.append(hand);
    addEventListener('pointermove', (event) => {
        hand.style.left = event.clientX + 'px';
        hand.style.top = event.clientY + 'px';
    });
}"""


def page_of_the_explorer() -> str:
    """A page that holds the explorer as the lesson has saved it."""
    (cell,) = (cell for cell in read(LESSON).cells if cell.id == CELL)
    explorer = cell.outputs[0].data["text/html"]
    return (
        '<!doctype html><html lang="en"><body data-jp-theme-light="true" '
        f'style="background:#fff;margin:12px">{explorer}</body></html>'
    )


def photographed(page: Page) -> Image.Image:
    """What of the explorer is above its controls, as it is now."""
    height = page.locator(".kl-controls").bounding_box()["y"]
    clip = {"x": 0, "y": 0, "width": WIDTH, "height": height}
    return Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")


def moving(page: Page) -> Iterator[tuple[Image.Image, int]]:
    """The pictures in their order, and for how many milliseconds each is seen."""
    days = page.get_by_label("days", exact=True)
    for day in DAYS:
        days.fill(str(day))
        yield photographed(page), FRAME
    yield photographed(page), PAUSE
    page.evaluate(HAND)
    for outcome, share in DRAGS.items():
        for _ in dragged(page, page.get_by_label(f"Q of {outcome}, bar"), share):
            yield photographed(page), FRAME
        page.get_by_label(f"hold Q of {outcome}").check()
    yield photographed(page), 2 * PAUSE


def dragged(page: Page, bar: Locator, share: float) -> Iterator[None]:
    """Stop at each step on the way of the bar's knob to the share, and let go at its end."""
    box, start = bar.bounding_box(), float(bar.get_attribute("aria-valuenow"))
    x, zero = box["x"] + box["width"] / 2, box["y"] + box["height"] - RIM
    for step in range(STEPS + 1):
        now = start + (share - start) * step / STEPS
        page.mouse.move(x, zero - now * (box["height"] - 2 * RIM))
        if step == 0:
            page.mouse.down()
        page.wait_for_timeout(50)  # the page draws at its next frame
        yield
    page.mouse.up()
    page.wait_for_timeout(1000)  # scales move when the hand has let go


def write(folder: Path) -> None:
    """Write the moving picture, and its last day as the still one."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        page = browser.new_page(
            viewport={"width": WIDTH, "height": HEIGHT},
            reduced_motion="reduce",  # nothing moves but what is moved here
        )
        page.set_content(page_of_the_explorer())
        page.wait_for_selector(".kl-explorer .kl-panel")
        pictures, times = zip(*moving(page), strict=True)
        browser.close()
    palette = pictures[len(DAYS)].quantize(COLOURS, method=Image.Quantize.FASTOCTREE)
    frames = [picture.quantize(palette=palette, dither=0) for picture in pictures]
    frames[len(DAYS)].save(folder / f"{NAME}.png", optimize=True)
    frames[0].save(
        folder / f"{NAME}.gif",
        save_all=True,
        append_images=frames[1:],
        duration=times,
        loop=0,
    )


def main(arguments: list[str]) -> int:
    """Write both pictures into the folder that is named, or into assets/."""
    folder = Path(arguments[0]) if arguments else ASSETS
    write(folder)
    for path in sorted(folder.glob(f"{NAME}.*")):
        print(f"written: {path.name}, {path.stat().st_size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
