"""Every lesson is whole, honest about its outputs and of one style; saving one is repeatable."""

import ast
import copy
import importlib
import itertools
import json
import math
import re

import nbformat
import pytest

from kl_lessons.look import PALETTE
from kl_lessons.tools import save_lessons

LESSONS = sorted(save_lessons.NOTEBOOKS.glob("*.ipynb"))
LONGEST_CELL = 12
WORDS = range(1_000, 1_801)
MOST_MINUTES = 90
FURTHER = re.compile(r"\bfurther\b", re.I)
TAGS = {"solution", "raises-exception", "nbval-raises-exception", "nbval-check-output"}
SLIDE_TYPES = {"slide", "subslide", "fragment", "skip", "notes"}
PLUMBING = re.compile(
    r"\bplt\.rc|\bplt\.style|matplotlib\.rc|(import|from) (ipy|any)widget"
    r"|clear_output|\bdisplay\(|^\s*[%!]|NBVAL_",
    re.MULTILINE,
)
HEADER = re.compile(r"lesson\s+(\d+)\b.*\b\d+\s+minutes\b.*\bneeds?\b\s*:?\s*\S", re.I | re.S)
IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\(\s*<?(?P<source>[^)\s>]+)[^)]*\)|(?P<tag><img\b[^>]*>)")


def each_lesson(test):
    """Run the test on the notebook of each lesson, as the file holds it."""
    return pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)(test)


def numbered_lessons(first, last):
    """Run the test on the lessons with these numbers only."""
    paths = [path for path in LESSONS if first <= path.name[:2] <= last]
    return pytest.mark.parametrize("path", paths, ids=lambda path: path.stem)


def cells(path, kind=None):
    """The cells of a lesson, their sources joined to text, of one kind or of all."""
    found = json.loads(path.read_text(encoding="utf-8"))["cells"]
    for cell in found:
        cell["source"] = "".join(cell["source"])
    return [cell for cell in found if kind in (None, cell["cell_type"])]


def tags(cell):
    return set(cell["metadata"].get("tags", []))


def checked(cell):
    """The exercises that the cell checks: the names in its calls check("name", …)."""
    calls = (node for node in ast.walk(ast.parse(cell["source"])) if isinstance(node, ast.Call))
    return [
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Name)
        and call.func.id == "check"
        and call.args
        and isinstance(call.args[0], ast.Constant)
    ]


def test_there_are_lessons():
    numbers = [path.name[:2] for path in LESSONS]
    assert numbers, "notebooks/ holds no lesson"
    assert len(set(numbers)) == len(numbers), "two lessons of one number"
    assert set(numbers) <= {f"{i:02}" for i in range(11)}, "the course has the lessons 00 to 10"


@each_lesson
def test_file_is_named_by_number_and_words(path):
    assert re.fullmatch(r"\d\d(_[a-z0-9]+)+\.ipynb", path.name)


@each_lesson
def test_notebook_is_valid_and_saved_clean(path):
    notebook = save_lessons.read(path)
    nbformat.validate(notebook)
    assert save_lessons.clean(notebook) == notebook, "run the tool save_lessons"
    assert path.read_bytes().decode() == save_lessons.as_text(notebook), "not as nbformat writes it"


@each_lesson
def test_notebook_runs_on_python3_and_holds_no_widget_state_or_time(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    assert notebook["metadata"]["language_info"] == {"name": "python"}
    assert "widgets" not in notebook["metadata"]
    for cell in notebook["cells"]:
        assert not {"execution", "ExecuteTime"} & set(cell["metadata"]), cell["id"]
        for output in cell.get("outputs", []):
            assert save_lessons.LIVE_VIEW not in output.get("data", {}), cell["id"]


@each_lesson
def test_every_cell_has_an_id_of_its_own(path):
    ids = [cell.get("id") for cell in cells(path)]
    assert all(ids)
    assert len(set(ids)) == len(ids)


@each_lesson
def test_every_code_cell_was_run_in_order_and_none_failed(path):
    code = cells(path, "code")
    assert code, "a lesson without code cells"
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    for cell in code:
        failed = any(output["output_type"] == "error" for output in cell["outputs"])
        assert failed == bool(tags(cell) & {"raises-exception", "nbval-raises-exception"}), (
            f"{cell['id']}: only a cell tagged raises-exception fails, and it does"
        )


@each_lesson
def test_some_output_is_saved(path):
    assert any(cell["outputs"] for cell in cells(path, "code"))


@each_lesson
def test_lesson_opens_with_title_number_minutes_and_needs(path):
    first = cells(path)[0]
    assert first["cell_type"] == "markdown"
    title, _, rest = first["source"].partition("\n")
    assert re.match(r"# \S", title)
    header = HEADER.search(rest.strip().split("\n\n")[0])
    assert header, "after the title: lesson, minutes, needs"
    assert int(header[1]) == int(path.name[:2])
    titles = re.findall(r"^# .*", "\n".join(c["source"] for c in cells(path, "markdown")), re.M)
    assert titles == [title], "one title only"


@each_lesson
def test_tags_and_slide_types_are_known_ones(path):
    for cell in cells(path):
        assert tags(cell) <= TAGS, cell["id"]
        slideshow = cell["metadata"].get("slideshow", {"slide_type": "slide"})
        assert slideshow.get("slide_type") in SLIDE_TYPES, cell["id"]


@each_lesson
def test_code_cells_are_short_and_hold_no_plumbing(path):
    for cell in cells(path, "code"):
        assert cell["source"].strip(), f"{cell['id']} is empty"
        assert len(cell["source"].splitlines()) <= LONGEST_CELL, cell["id"]
        plumbing = PLUMBING.search(cell["source"])
        assert not plumbing, f"{cell['id']}: {plumbing[0]}"


@each_lesson
def test_one_cell_holds_all_imports(path):
    importing = [
        cell["id"]
        for cell in cells(path, "code")
        if any(
            isinstance(node, ast.Import | ast.ImportFrom)
            for node in ast.walk(ast.parse(cell["source"]))
        )
    ]
    assert len(importing) == 1, importing


@each_lesson
def test_solutions_are_code_and_folded(path):
    for cell in cells(path):
        if "solution" in tags(cell):
            assert cell["cell_type"] == "code", cell["id"]
            folds = cell["metadata"].get("jupyter", {})
            assert folds.get("source_hidden") is folds.get("outputs_hidden") is True, cell["id"]


@each_lesson
def test_each_exercise_has_its_own_solution_below_it_and_a_prediction_none(path):
    steps = []  # what the lesson does, in order: check an exercise, show a solution
    for cell in cells(path, "code"):
        steps += ["solution"] if "solution" in tags(cell) else checked(cell)
    names = [step for step in steps if step != "solution"]
    assert len(set(names)) == len(names), "two exercises of one name"
    wanted = []
    for name in names:
        wanted += [name] if is_prediction(name) else [name, "solution"]
    assert steps == wanted


def is_prediction(name):
    """Whether the cell below the question answers it, as the package knows."""
    lesson = importlib.import_module(f"kl_lessons.exercises.lesson_{int(name.split('.')[0]):02}")
    return lesson.EXERCISES[name].asks == "prediction"


@each_lesson
def test_solutions_print_nothing_that_run_all_would_reveal(path):
    for cell in cells(path, "code"):
        assert "solution" not in tags(cell) or not cell["outputs"], cell["id"]


@each_lesson
def test_formulas_use_the_colours_of_the_palette(path):
    known = {colour.formula for colour in PALETTE.values()}
    for cell in cells(path, "markdown"):
        assert set(re.findall(r"\\color\{([^}]*)\}", cell["source"])) <= known, cell["id"]


QUANTITY = {"P": "P", "p": "P", "Q": "Q", "q": "Q", "H": "H(P)", r"\mathrm": "KL"}


@each_lesson
def test_a_coloured_symbol_has_the_colour_of_what_it_stands_for(path):
    for cell in cells(path, "markdown"):
        for colour, symbol in re.findall(r"\\color\{([^}]*)\}\{([^{}]*)", cell["source"]):
            assert colour == PALETTE[QUANTITY[symbol]].formula, (cell["id"], symbol)


@numbered_lessons("01", "08")
def test_lesson_holds_enough_exercises(path):
    names = {name for cell in cells(path, "code") for name in checked(cell)}
    assert sum(not is_prediction(name) for name in names) >= 5


@numbered_lessons("01", "08")
def test_lesson_is_neither_too_short_nor_too_long(path):
    read = [c["source"] for c in cells(path, "markdown") if not c["id"].startswith("exercise-")]
    assert count_words("\n".join(read)) in WORDS, "exercises are counted by their number"


@each_lesson
def test_title_tells_the_minutes_that_are_counted(path):
    told = int(re.search(r"(\d+) minutes", cells(path)[0]["source"])[1])
    assert told == 5 * math.ceil(minutes(cells(path)) / 5)
    assert told <= MOST_MINUTES, "cut it, or mark its later part *further*"


@pytest.mark.parametrize("path", LESSONS[1:], ids=lambda p: p.name)
def test_map_and_readme_tell_the_minutes_of_the_title(path):
    told = re.search(r"(\d+) minutes", cells(path)[0]["source"])[1]
    start = "\n".join(cell["source"] for cell in cells(LESSONS[0]))
    for place in (start, (save_lessons.NOTEBOOKS.parent / "README.md").read_text(encoding="utf-8")):
        (row,) = re.findall(rf"^\| \[.*{path.name}\).*$", place, re.M)
        assert row.endswith(f"| {told} |")


def minutes(lesson):
    """What a learner takes for it up to what is marked *further*.

    A minute for 150 words and for a code cell, 2 for an explorer, 4 for an exercise with its cells.
    """
    total, exercises = 0.0, set()
    for cell in lesson:
        if cell["cell_type"] == "markdown" and FURTHER.search(cell["source"].split("\n")[0]):
            break
        own = checked(cell) if cell["cell_type"] == "code" else []
        exercises |= {name for name in own if not is_prediction(name)}
        if cell["id"].startswith("exercise-") or own or "solution" in tags(cell):
            continue
        if cell["cell_type"] == "markdown":
            total += count_words(cell["source"]) / 150
        else:
            total += 2 if re.search(r"\b(explore|compare|compare_logits)\(", cell["source"]) else 1
    return total + 4 * len(exercises)


def test_minutes_are_counted_as_the_course_says():
    def cell(kind, source, **more):
        return {"cell_type": kind, "source": source, "id": "x", "metadata": {}} | more

    lesson = [
        cell("markdown", "word " * 150),
        cell("code", "2 + 2"),
        cell("code", "lab = explore(plots.walk)"),
        cell("code", 'check("1.1", ...)'),
        cell("code", "1", metadata={"tags": ["solution"]}),
        cell("markdown", "## Further: more"),
        cell("code", "3 + 3"),
    ]
    assert minutes(lesson) == 1 + 1 + 2 + 4


@each_lesson
def test_every_image_exists_and_is_described(path):
    for cell in cells(path, "markdown"):
        for image in IMAGE.finditer(cell["source"]):
            alt, source = described(image)
            assert alt.strip(), f"{image[0]} has no alt text"
            if source.startswith("attachment:"):
                assert source.removeprefix("attachment:") in cell.get("attachments", {})
            else:
                assert (path.parent / source).is_file(), f"{source} is missing"


@each_lesson
def test_every_picture_that_a_cell_has_drawn_is_described(path):
    for cell in cells(path, "code"):
        for output in cell["outputs"]:
            data = output.get("data", {})
            assert not [kind for kind in data if kind.startswith("image/")], (
                f"{cell['id']}: show the picture with show(), which describes it"
            )
            for image in re.findall(r"<img\b[^>]*>", "".join(data.get("text/html", ""))):
                alt = re.search(r'\balt="([^"]*)"', image)
                assert alt and len(alt[1].split()) > 3, f"{cell['id']}: {image[:80]}"


@each_lesson
def test_no_level_of_heading_is_skipped(path):
    text = "\n".join(cell["source"] for cell in cells(path, "markdown"))
    text = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
    levels = [len(marks) for marks in re.findall(r"^(#+) ", text, re.M)]
    assert levels.count(1) == 1 == levels[0]
    for before, after in itertools.pairwise(levels):
        assert after <= before + 1, levels


def described(image):
    """The alt text and the source of an image written in Markdown or in HTML."""
    if not image["tag"]:
        return image["alt"], image["source"]
    attributes = dict(re.findall(r"""\b(alt|src)\s*=\s*["']([^"']*)["']""", image["tag"]))
    return attributes.get("alt", ""), attributes.get("src", "")


@each_lesson
def test_colours_of_symbols_stand_in_formulas_alone(path):
    for cell in cells(path, "markdown"):
        prose = re.sub(r"\$\$.*?\$\$|\$[^$\n]+\$", "", cell["source"], flags=re.S)
        assert r"\color" not in prose, f"{cell['id']}: readers see the code of a formula"


def count_words(markdown):
    """The words a learner reads: formulas, code blocks, tags and addresses left out."""
    left_out = r"```.*?```|\$\$.*?\$\$|\$[^$\n]+\$|<[^>]+>|(?<=\])\([^)]*\)"
    return len(re.findall(r"[^\W_][\w'’-]*", re.sub(left_out, " ", markdown, flags=re.S)))


def test_words_are_counted_without_formulas_tags_and_addresses():
    assert count_words("A **bold** word, $p \\log q$ and\n$$\nx = y\n$$ [a link](http://a.b)") == 6
    assert count_words("<details><summary>Look</summary>\n\nTwo-sided `coin`.</details>") == 3


@pytest.fixture
def scratch(tmp_path):
    """A small lesson that was never run, in a folder of its own."""
    path = tmp_path / "00_scratch.ipynb"

    def write(*sources):
        code = [
            nbformat.v4.new_code_cell(source, id=f"cell-{i}") for i, source in enumerate(sources)
        ]
        path.write_text(nbformat.writes(nbformat.v4.new_notebook(cells=code)), encoding="utf-8")
        return path

    return write


def test_saving_twice_gives_the_same_bytes_and_a_clean_notebook(scratch):
    path = scratch(
        "from ipywidgets import FloatSlider\nimport os, sys",
        "for i in range(3):\n    print(i, flush=True)",
        "FloatSlider(description='p')",
        "sorted(os.listdir())",
    )
    assert save_lessons.main([str(path)]) == 0
    once = path.read_bytes()
    assert save_lessons.main([str(path)]) == 0
    assert path.read_bytes() == once
    assert once.decode() == save_lessons.as_text(save_lessons.clean(save_lessons.read(path)))
    notebook = json.loads(once)
    outputs = [cell["outputs"] for cell in notebook["cells"]]
    assert [cell["id"] for cell in notebook["cells"]] == [f"cell-{i}" for i in range(4)]
    assert [cell["execution_count"] for cell in notebook["cells"]] == [1, 2, 3, 4]
    assert len(outputs[1]) == 1
    assert list(outputs[2][0]["data"]) == ["text/plain"]
    assert outputs[3][0]["data"]["text/plain"] == ["['00_scratch.ipynb']"]
    assert "widgets" not in notebook["metadata"]


def test_a_failing_cell_leaves_the_file_as_it_was(scratch, capsys):
    path = scratch("print('before')", "1 / 0")
    before = path.read_bytes()
    assert save_lessons.main([str(path)]) == 1
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_a_cell_without_an_id_is_refused(scratch, capsys):
    path = scratch("1 + 1")
    path.write_text(path.read_text(encoding="utf-8").replace('"id"', '"other"'), encoding="utf-8")
    assert save_lessons.main([str(path)]) == 1
    assert "cell 1 has no id" in capsys.readouterr().err


def test_cleaning_drops_what_differs_from_run_to_run_and_keeps_the_rest():
    def stream(name, text):
        return nbformat.v4.new_output("stream", name=name, text=text)

    view = {save_lessons.LIVE_VIEW: {"model_id": "a1"}}
    picture = {"image/png": "iVBORw0KGgo=", "text/plain": "two bars"}
    cell = nbformat.v4.new_code_cell(
        "explore()",
        id="explore",
        execution_count=1,
        metadata={
            "execution": {"iopub.execute_input": "2026-01-01T00:00:00Z"},
            "slideshow": {"slide_type": "slide"},
        },
        outputs=[
            stream("stdout", "a"),
            stream("stdout", "b"),
            stream("stderr", "c"),
            nbformat.v4.new_output("display_data", data=view),
            nbformat.v4.new_output("display_data", data=view | picture),
        ],
    )
    dirty = nbformat.v4.new_notebook(
        cells=[cell], metadata={"widgets": {"state": {}}, "title": "T"}
    )
    before = copy.deepcopy(dirty)
    cleaned = save_lessons.clean(dirty)
    assert dirty == before
    assert save_lessons.clean(cleaned) == cleaned
    assert set(cleaned.metadata) == {"kernelspec", "language_info", "title"}
    assert cleaned.cells[0].metadata == {"slideshow": {"slide_type": "slide"}}
    assert (cleaned.cells[0].id, cleaned.cells[0].execution_count) == ("explore", 1)
    texts = [output.get("text") or output.data for output in cleaned.cells[0].outputs]
    assert texts == ["ab", "c", picture]
