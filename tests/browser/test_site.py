"""The site, opened from its files without a network: what a reader sees, moves, finds, shares."""

import re
from contextlib import contextmanager
from html import unescape

import pytest
from conftest import PICTURES, quiet_page, serious_faults

from kl_lessons.tools.save_lessons import NOTEBOOKS, read
from kl_lessons.tools.site import formulas, pages
from kl_lessons.tools.site.__main__ import main

LESSONS = sorted(NOTEBOOKS.glob("*.ipynb"))
SIZES = {"desk": {"viewport": {"width": 1440, "height": 900}}}
SIZES["enlarged four times"] = {"viewport": {"width": 320, "height": 256}}
SIZES["phone"] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
each_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
each_size = pytest.mark.parametrize("size", SIZES)
EXPLORERS = ".kl-saved[data-explorer]"
FLAT = "all => all.filter(m => m.checkVisibility() && !m.getBoundingClientRect().width).length"
NO_STATES = [
    "p=[0.9,0.9,0.9]",
    "p=1",
    "p=[1,0]",
    "p=[0.5,null,0.5]",
    "p=[0.2",
    "base=%22x%22",
    "r=1",
]


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder of the site."""
    folder = tmp_path_factory.mktemp("site") / "site"
    assert main(["--to", str(folder)]) == 0
    return folder


SCROLLED = """() => {
    const parts = document.querySelectorAll('main > section');
    for (const part of parts) part.style.contentVisibility = 'visible';
}"""


@contextmanager
def opened(browser, address, **options):
    """The page in a Chromium without network, each part laid out as when it has been scrolled to;
    asking for what is no file here fails the test.
    """
    with quiet_page(browser, **SIZES["desk"] | options) as page:
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        page.evaluate(SCROLLED)
        yield page
        assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def says(page, place):
    """What the explorer at a place of the page says."""
    return page.locator(f"#{place} .kl-says").inner_text()


# Reading


@each_size
@each_lesson
def test_a_lesson_is_read_whole(lesson, size, site, browser):
    notebook = read(lesson)
    with opened(browser, (site / f"{lesson.stem}.html").as_uri(), **SIZES[size]) as page:
        alive = page.locator(f"{EXPLORERS}.kl-explorer").count()
        assert alive == page.locator(EXPLORERS).count()
        shown = page.locator("main").inner_text()
        for text in page.locator("main pre").all_inner_texts():  # code may hold a dollar sign
            shown = shown.replace(text, text.replace("$", ""))
        assert not re.search(r"\$|\\(log|frac|color|mathrm|sum)", re.sub(r"\$\d", "", shown))
        widths = (
            "all => all.filter(m => m.checkVisibility()).map(m => m.getBoundingClientRect().width)"
        )
        assert all(width > 0 for width in page.locator("math").evaluate_all(widths))
        assert page.locator("main details[open]").count() == 0
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide == SIZES[size]["viewport"]["width"]
    for cell in notebook.cells:
        place = (site / f"{lesson.stem}.html").read_text(encoding="utf-8").count(f'id="{cell.id}"')
        notes = cell.metadata.get("slideshow", {}).get("slide_type") == "notes"
        assert place == (0 if notes else 1), cell.id


@each_lesson
def test_solutions_and_predicted_outputs_are_closed_and_exercises_lead_where_they_are_done(
    lesson, site, browser
):
    cells = [cell for cell in read(lesson).cells if cell.cell_type == "code"]
    with opened(browser, (site / f"{lesson.stem}.html").as_uri()) as page:
        for cell in cells:
            place = page.locator(f"[id='{cell.id}']")
            if "solution" in cell.metadata.get("tags", []):
                assert not place.locator("pre").is_visible(), cell.id
                assert place.locator("summary").inner_text().startswith("Solution of")
                place.locator("summary").click()
                assert place.locator("pre").is_visible(), cell.id
            elif re.search(r"^check\(", cell.source, re.M):
                assert "not answered" not in place.inner_text(), cell.id
                assert place.locator(".places a").count() > 0, cell.id
            elif cell.outputs and cell.metadata.get("jupyter", {}).get("outputs_hidden"):
                assert not place.locator(".output").first.is_visible(), cell.id


UNSEEN = """id => !document.getElementById(id).querySelector('p')
    .checkVisibility({ contentVisibilityAuto: true })"""


@each_size
def test_what_is_out_of_sight_costs_nothing_and_a_link_leads_to_its_place(size, site, browser):
    address = (site / "01_coin_flips.html").as_uri()
    with quiet_page(browser, **SIZES[size]) as page:
        page.goto(address)
        assert page.evaluate(UNSEEN, "types-why")
        page.evaluate("location.hash = 'types-why'")
        page.wait_for_timeout(500)
        assert not page.evaluate(UNSEEN, "types-why")
        assert abs(page.locator("#types-why").bounding_box()["y"] - 64) < 2  # below the head
    with quiet_page(browser, **SIZES[size]) as page:
        page.goto(f"{address}#types-why")
        page.wait_for_timeout(500)
        assert abs(page.locator("#types-why").bounding_box()["y"] - 64) < 2


def test_every_link_between_the_pages_leads_somewhere(site):
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for target in map(unescape, re.findall(r' (?:href|src)="([^"]*)"', text)):
            if not target.startswith(("http", "data:", "#")):
                assert (page.parent / re.split("[?#]", target)[0]).is_file(), (page.name, target)
        for target in re.findall(r' href="#([^"]+)"', text):
            assert f'id="{target}"' in text, (page.name, target)


def test_pages_follow_each_other_in_the_order_of_the_lessons(site, browser):
    with opened(browser, (site / f"{LESSONS[0].stem}.html").as_uri()) as page:
        for lesson in LESSONS[1:]:
            page.locator("a[rel=next]").click()
            assert page.url.endswith(f"{lesson.stem}.html")
        assert page.locator("a[rel=next]").count() == 0
        page.locator("a[rel=prev]").click()
        assert page.url.endswith(f"{LESSONS[-2].stem}.html")


def test_without_scripts_pictures_and_sentences_are_there(site, browser):
    address = (site / "02_wrong_belief.html").as_uri()
    with opened(browser, address, java_script_enabled=False) as page:
        pictures = page.locator(f"{EXPLORERS} img:visible")
        assert pictures.count() == page.locator(EXPLORERS).count() > 3
        for picture in pictures.all():
            assert picture.bounding_box()["height"] > 100
        for sentence in page.locator(f"{EXPLORERS} figcaption").all():
            assert len(sentence.inner_text()) > 40
        assert not page.locator(".search").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["index", "00_start_here", "cheat_sheet"])
def test_a_screen_reader_meets_no_obstacle_in_either_theme(name, scheme, site, browser):
    with opened(browser, (site / f"{name}.html").as_uri(), color_scheme=scheme) as page:
        page.wait_for_timeout(300)  # what runs by itself has begun
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (ground == "rgb(255, 255, 255)") == (scheme == "light")
        assert serious_faults(page, preload=False) == []


@each_lesson
def test_a_screen_reader_meets_no_obstacle_in_what_is_opened_too(lesson, site, browser):
    with opened(browser, (site / f"{lesson.stem}.html").as_uri()) as page:
        page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
        around = {"exclude": [".kl-explorer"]}  # which tests of their own look at, one by one
        assert serious_faults(page, context=around, preload=False) == []


def test_a_printed_lesson_has_its_pictures_and_none_of_what_is_clicked(site, browser):
    with opened(browser, (site / "02_wrong_belief.html").as_uri()) as page:
        page.emulate_media(media="print")
        for part in ("header", ".contents", ".share", ".turn", ".kl-controls"):
            assert not page.locator(part).first.is_visible(), part
        assert page.locator("#lab .kl-panel").first.is_visible()
        assert len(page.pdf(prefer_css_page_size=True)) > 100_000


def test_the_cheat_sheet_prints_on_one_sheet(site, browser):
    with opened(browser, (site / "cheat_sheet.html").as_uri()) as page:
        assert page.locator("main a[href$='.html']").count() > 20
        pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) == 1


# Moving and sharing


@each_lesson
def test_every_explorer_answers_the_hand(lesson, site, browser):
    with opened(browser, (site / f"{lesson.stem}.html").as_uri()) as page:
        page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true; })")
        for explorer in page.locator(EXPLORERS).all():
            hand = explorer.locator("input[type=range], input[type=text], select").first
            seen = set()
            for key, text in (("Home", "one text"), ("End", "another")):
                if hand.get_attribute("type") == "range":
                    hand.press(key)
                elif hand.get_attribute("type") == "text":
                    hand.fill(text)
                else:
                    hand.select_option(index=len(seen))
                page.wait_for_timeout(150)
                seen.add((explorer.locator(".kl-says").inner_text(), *explorer.evaluate(PICTURES)))
            assert len(seen) == 2


def shared(page, place):
    """The texts that are offered: the link to the state, and the lines of a frame."""
    page.wait_for_timeout(250)  # the page is told at most ten times a second
    page.locator(f"#{place} .share summary").click()
    fields = page.locator(f"#{place} .share :is(input, textarea)").all()
    return [field.input_value() for field in fields]


def test_a_link_shows_an_explorer_as_it_was_left(site, browser):
    address = (site / "02_wrong_belief.html").as_uri()
    with opened(browser, address) as page:
        start = says(page, "lab")
        page.locator("#lab").get_by_label("Q of sun", exact=True).press("End")
        page.locator("#lab").get_by_label("bits").check()
        left = says(page, "lab")
        link, _ = shared(page, "lab")
    assert left != start
    with opened(browser, link) as page:
        assert says(page, "lab") == left
        assert page.locator("#lab").bounding_box()["y"] < 900
        assert shared(page, "lab")[0] == link
        page.locator("#lab").get_by_role("button", name="Reset").click()
        assert says(page, "lab") == start


@pytest.mark.parametrize("query", NO_STATES)
def test_a_link_that_no_explorer_could_have_made_shows_the_start(query, site, browser):
    address = (site / "02_wrong_belief.html").as_uri()
    with opened(browser, address) as page:
        start = says(page, "lab")
    with opened(browser, f"{address}#lab?{query}") as page:
        assert says(page, "lab") == start


def test_the_lines_of_a_frame_put_the_explorer_into_another_page(site, browser, tmp_path):
    with opened(browser, (site / "03_wrong_code.html").as_uri()) as page:
        page.locator("#lab").get_by_label("Q of dog", exact=True).press("End")
        left = says(page, "lab")
        _, lines = shared(page, "lab")
    (tmp_path / "mine.html").write_text(f"<!doctype html><h1>My own</h1>{lines}", encoding="utf-8")
    with opened(browser, (tmp_path / "mine.html").as_uri()) as page:
        frame = page.frame_locator("iframe")
        frame.locator(".kl-explorer .kl-panel").first.wait_for()
        assert frame.locator(".kl-says").inner_text() == left
        height = page.frames[1].evaluate("document.documentElement.scrollHeight")
        assert height <= page.locator("iframe").bounding_box()["height"] + 1


# Searching


def test_a_word_is_found_where_it_stands(site, browser):
    with opened(browser, (site / "index.html").as_uri(), **SIZES["phone"]) as page:
        search = page.get_by_label("Search the lessons")
        search.fill("huffm code")
        hits = page.locator(".search li")
        hits.first.wait_for()
        assert re.match(r"\d+ places", page.locator(".search [role=status]").inner_text())
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        search.fill("xylophone")
        assert hits.count() == 0
        search.fill("Pinsker")
        assert "pinsker" in hits.first.inner_text().lower()
        search.press("Enter")
        page.wait_for_url(re.compile(r"/(02_wrong_belief|10_cheat_sheet)\.html#"))


# Making it


def test_a_lesson_alone_is_one_file_that_needs_no_other(browser, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["--page", str(NOTEBOOKS / "01_coin_flips.ipynb")]) == 0
    (file,) = tmp_path.iterdir()
    assert not re.search(r'<(script|link|img)[^>]* (src|href)="(?!data:)', file.read_text("utf-8"))
    with opened(browser, file.as_uri()) as page:
        page.locator("#lab").get_by_label("Q of heads", exact=True).press("Home")
        left = says(page, "lab")
        (link,) = shared(page, "lab")
    with opened(browser, link) as page:
        assert says(page, "lab") == left


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["--to", str(tmp_path)])
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_the_binder_link_is_offered_once_the_readme_names_a_repository(monkeypatch, tmp_path):
    readme = tmp_path / "README.md"
    monkeypatch.setattr(pages, "README", readme)
    link = "https://mybinder.org/v2/gh/{}/HEAD?urlpath=lab/tree/notebooks/00_start_here.ipynb"
    readme.write_text(link.format("SOME/ONE"), encoding="utf-8")
    assert "on Binder" not in pages.places("01_coin_flips", lite=False)
    readme.write_text(link.format("some/course"), encoding="utf-8")
    found = pages.places("01_coin_flips", lite=False)["on Binder"]
    assert found == link.format("some/course").replace("00_start_here", "01_coin_flips")


def test_formulas_keep_their_colours_bars_and_spaces():
    latex = (
        r"{\color{#9C4F96}{\mathrm{KL}}}({\color{#0072B2}{P}}\,\|\,Q) = \sum_x p \log \frac{p}{q}"
    )
    written = formulas.mathml(latex, "block")
    for part in ('mathcolor="#9C4F96"', 'mathcolor="#0072B2"', "&#x02016;", "<mfrac>"):
        assert part in written
    assert '<mi>log</mi><mspace width="0.17em"/><mfrac>' in written
    assert "mspace" not in formulas.mathml(r"\log(x)", "inline")
    assert "&#x23DF;" not in formulas.mathml(r"\underbrace{x + y}_{z}", "block")
