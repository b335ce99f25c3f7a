"""The README's moving picture tells what it shall: the gap opens, and a hand closes it."""

from conftest import quiet_page

from kl_lessons.tools import moving_picture


def test_the_days_open_a_gap_and_the_hand_closes_it(browser):
    width, height = moving_picture.WIDTH, moving_picture.HEIGHT
    viewport = {"width": width, "height": height}
    with quiet_page(browser, viewport=viewport, reduced_motion="reduce") as page:
        page.set_content(moving_picture.page_of_the_explorer())
        page.wait_for_selector(".kl-explorer .kl-panel")
        large, seen = page.locator(".kl-large"), []
        for picture, _ in moving_picture.moving(page):
            seen.append((large.inner_text(), picture.size))
    words, sizes = zip(*seen, strict=True)
    assert words[0] == words[len(moving_picture.DAYS)] == "KL(P‖Q) = 0.6758 nats"
    assert words[-1] == "KL(P‖Q) = 0.0000 nats"
    assert len(set(words)) > moving_picture.STEPS
    assert len(set(sizes)) == 1, "nothing jumps"
