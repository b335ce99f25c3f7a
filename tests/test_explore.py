"""explore(): controls read off values, steps from the page, errors in words, and what it shows."""

import gc
import itertools
import json
from pathlib import Path

import anywidget
import ipywidgets
import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

from kl_lessons import explore, plots
from kl_lessons.explorers import cells, stills
from kl_lessons.plots.languages import THREE
from kl_lessons.subjects.policies import WHALES

# An older matplotlib calls pyparsing by names that a newer one deprecates.
pytestmark = pytest.mark.filterwarnings("error", "ignore:.*deprecated.*use:DeprecationWarning")

PACKAGE = Path(plots.__file__).parents[1]
PICTURES = {name: f for name, f in vars(plots).items() if isinstance(f, plots.Picture)}
# What a lesson gives for a parameter of this name; others are held at the first example's value.
CONTROLS = {
    "p": [0.5, 0.3, 0.2],
    "q": [0.1, 0.6, 0.3],
    "truth": ["P", "Q"],
    "flips": (1, 10_000),
    "seed": (0, 99),
    "text": ["aea", "ioß"],
    "pseudocount": (0.0, 2.0),
    "languages": THREE,
    "labels": ["a", "b", "c"],
    "level": (0.01, 1.0),
    "logits": ipywidgets.fixed([2, 0, -1]),
    "temperature": (0.1, 5.0),
}


@pytest.fixture(autouse=True, scope="module")
def house_look():
    with mpl.rc_context(fname=str(PACKAGE.parent / "notebooks" / "matplotlibrc")):
        yield
    assert plt.get_fignums() == []  # no picture has opened a window of pyplot's


def of_line(x=0.5):
    return {"x": x}


def line_in_words(numbers):
    return f"x is {numbers['x']}."


@plots.picture(numbers=of_line, says=line_in_words, size=(1, 1))
def line(ax, numbers):
    """A line at the height x; refuses 13."""
    drawn = ax.plot([0, 1], [0, 0])[0]

    def move(numbers):
        x = numbers["x"]
        if not isinstance(x, str | bool) and np.ndim(x) == 0 and x == 13:
            raise ValueError("x is 13, and must be something else")
        drawn.set_ydata([0.3, 0.3])
        return [drawn]

    move(numbers)
    return move


def control(value, picture=line):
    """What the page is told of the control for x, its state, and the explorer."""
    lab = explore(picture, x=value)
    (page,) = lab.options["controls"]
    return page, lab.state["x"], lab


def send(lab, **state):
    """The message of a page whose controls were moved."""
    lab.set_state({"state": lab.state | json.loads(json.dumps(state))})
    return lab.shown


def says(lab):
    """What the explorer says now, picture by picture."""
    numbers = stills.computed(lab._pictures, lab.values())
    return [p.sentence(n) for p, n in zip(lab._pictures, numbers, strict=True)]


# Controls, as `interact` reads them


@pytest.mark.parametrize(
    ("value", "low", "high", "step", "start"),
    [
        (4, -4, 12, 1, 4),
        (-4, -12, 4, 1, -4),
        (0, 0, 1, 1, 0),
        (2.0, -2.0, 6.0, 0.1, 2.0),
        (0.0, 0.0, 1.0, 0.01, 0.0),
        ((0, 10), 0, 10, 1, 5),
        ((1, 9, 2), 1, 9, 2, 5),
        ((0.0, 1.0), 0.0, 1.0, 0.01, 0.5),
        ((0.0, 1.0, 0.25), 0.0, 1.0, 0.25, 0.5),
        ((0, 2, 0.5), 0.0, 2.0, 0.5, 1.0),
        (np.int64(4), -4, 12, 1, 4),
        (np.float32(2), -2.0, 6.0, 0.1, 2.0),
        ((np.int64(0), np.int64(10)), 0, 10, 1, 5),
    ],
)
def test_a_number_and_a_range_become_the_slider_of_interact(value, low, high, step, start):
    no_default = plots.picture(numbers=lambda x: {"x": x}, says=line_in_words)(line.draw)
    page, state, lab = control(value, no_default)
    assert page["kind"] == "number" and page["name"] == page["title"] == "x"
    found = page["low"], page["high"], page["step"], state
    assert found == (low, high, step, start)
    assert [type(x) for x in found] == [type(x) for x in (low, high, step, start)]
    assert page["digits"] == 0 if isinstance(start, int) else page["digits"] >= 1
    assert type(lab.x) is type(start) and lab.x == start
    reference = ipywidgets.interactive(lambda x: None, x=value).children[0]
    assert (reference.min, reference.max, reference.value) == (low, high, start)
    assert isinstance(start, int) == isinstance(reference, ipywidgets.IntSlider)


def test_a_control_has_the_name_that_its_picture_gives_it():
    lab = explore(plots.first_passages, p=[0.5, 0.5], q=[0.75, 0.25], up_to=(20, 200))
    titles = {control["name"]: control["title"] for control in lab.options["controls"]}
    assert titles == {"p": "P", "q": "Q", "up_to": "flips at most", "base": "unit"}
    for picture in PICTURES.values():
        assert picture.titles.keys() <= picture.parameters.keys()


@pytest.mark.parametrize("x", [True, False])
def test_a_bool_becomes_a_checkbox(x):
    page, state, lab = control(x)
    assert page["kind"] == "switch" and state is x and lab.x is x


@pytest.mark.parametrize(
    ("value", "options", "x"),
    [
        (["low", "high"], ["low", "high"], "low"),
        ({"one": 1, "half": 0.5}, ["one", "half"], 0.5),  # line's default
        ({"one": 1, "two": 2}, ["one", "two"], 1),
        ([True, False], ["True", "False"], True),
    ],
)
def test_a_list_of_strings_and_a_dict_become_a_choice(value, options, x):
    page, state, lab = control(value)
    assert page["kind"] == "choice" and page["options"] == options
    assert lab.x == x and state in options


def test_a_dict_of_distributions_is_a_choice_of_these():
    coins = {"fair": np.array([0.5, 0.5]), "loaded": np.array([0.9, 0.1])}
    lab = explore(plots.distributions, p=coins, q=[0.5, 0.5])
    assert lab.p.tolist() == [0.5, 0.5]
    lab.p = "loaded"
    assert says(lab) == ["P = (0.900, 0.100), Q = (0.500, 0.500)."]
    lab.p = np.array([0.5, 0.5])
    assert lab.state["p"] == "fair"


@pytest.mark.parametrize(
    "value", [[0.5, 0.5], [0, 1], np.array([0.25, 0.75]), np.float32([0.1, 0.9])]
)
def test_what_sums_to_1_becomes_a_group_of_sliders(value):
    lab = explore(plots.distributions, p=value, q=[0.5, 0.5], labels=["heads", "tails"])
    page = lab.options["controls"][0]
    assert page["kind"] == "distribution" and page["title"] == "P"
    assert page["labels"] == ["heads", "tails"] and page["quantity"] == "P"
    assert isinstance(lab.p, np.ndarray) and lab.p.dtype == np.float64
    assert lab.p == pytest.approx(np.asarray(value, dtype=np.float64), abs=1e-7)
    assert lab.p.sum() == pytest.approx(1, abs=1e-15)


def test_outcomes_without_names_are_numbered_from_1():
    lab = explore(plots.distributions, p=[0.5, 0.5], q=[0.5, 0.5])
    assert lab.options["controls"][0]["labels"] == ["1", "2"]


def test_a_slider_starts_at_the_default_of_the_picture_where_that_lies_in_its_range():
    lab = explore(plots.split, p=[0.5, 0.5], q=[0.9, 0.1], truth=["Q", "P"], flips=(10, 5000))
    assert lab.flips == 1000 and lab.truth == "P"
    lab = explore(plots.split, p=[0.5, 0.5], q=[0.9, 0.1], flips=(10, 500))
    assert lab.flips == 255


def test_a_widget_is_shown_and_followed():
    widget = ipywidgets.IntSlider(value=5, min=0, max=20)
    lab = explore(line, x=widget)
    view = lab._repr_mimebundle_()[0]["application/vnd.jupyter.widget-view+json"]
    assert view["model_id"] != lab.model_id  # the widget stands above the explorer
    assert lab.options["controls"] == [] and lab.shown["says"] == ["x is 5."]
    widget.value = 7
    assert lab.shown["says"] == ["x is 7."]


def test_a_fixed_value_has_no_control():
    lab = explore(line, x=ipywidgets.fixed(3))
    assert lab.options["controls"] == [] and lab.shown["says"] == ["x is 3."]
    view = lab._repr_mimebundle_()[0]["application/vnd.jupyter.widget-view+json"]
    assert view["model_id"] == lab.model_id


def test_a_picture_that_takes_a_base_gets_a_switch_between_nats_and_bits():
    lab = explore(plots.terms, p=[0.5, 0.5], q=[0.75, 0.25])
    assert lab.options["controls"][-1]["options"] == ["nats", "bits"] and lab.base is None
    lab.base = "bits"
    assert lab.base == 2 and says(lab)[0].endswith("0.2075 bits.")
    lab.base = None
    assert lab.state["base"] == "nats"
    lab = explore(plots.terms, p=[0.5, 0.5], q=[0.75, 0.25], base=ipywidgets.fixed(2))
    assert [page["name"] for page in lab.options["controls"]] == ["p", "q"]


# Reading and moving


def test_the_values_are_read_back_and_set():
    lab = explore(plots.split, p=[0.5, 0.5], q=[0.9, 0.1], truth=["P", "Q"], flips=(10, 5000))
    lab.p, lab.truth, lab.flips = [0.2, 0.8], "Q", 20
    start = {"p": [0.5, 0.5], "q": [0.9, 0.1], "truth": "P", "flips": 1000, "base": "nats"}
    moved = start | {"p": [0.2, 0.8], "truth": "Q", "flips": 20}
    assert lab.p.tolist() == [0.2, 0.8] and lab.truth == "Q" and lab.flips == 20
    assert lab.state == moved
    assert lab.options["start"] == start
    numbers = plots.split.numbers([0.2, 0.8], [0.9, 0.1], "Q", 20)
    assert says(lab) == [plots.split.sentence(numbers)]


def test_what_is_read_is_a_copy():
    lab = explore(plots.distributions, p=[0.5, 0.5], q=[0.5, 0.5])
    lab.p[0] = 1
    assert lab.p.tolist() == lab.options["start"]["p"] == [0.5, 0.5]


REFUSED_VALUES = [
    ({"p": [0.5, 0.6]}, "p sums to 1.1"),
    ({"p": [[0.5, 0.5], [1, 0]]}, "p holds 2 distributions"),
    ({"p": [[0.5, 0.5], [1]]}, "p has rows"),
    ({"p": []}, "p is empty"),
    ({"p": None}, "p holds"),
    ({"p": (3, 1)}, r"p is \(3, 1\)"),
    ({"p": (0, 1, 0)}, "p has steps of 0"),
    ({"p": (0.0, 1.0, -0.1)}, "p has steps of -0.1"),
    ({"p": (0.0, np.inf)}, "p sums to inf"),
    ({"labels": ["a"]}, "labels are 1, and p has 2"),
    ({"q": [0.2, 0.3, 0.5]}, "p has 2 outcomes and q has 3"),
    ({"flip": 3}, "flip is asked for by none of the pictures: distributions"),
]


@pytest.mark.parametrize(("values", "message"), REFUSED_VALUES)
def test_what_can_be_no_control_is_refused_by_name(values, message):
    with pytest.raises(ValueError, match=message):
        explore(plots.distributions, **{"p": [0.5, 0.5], "q": [0.5, 0.5]} | values)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("p", [0.5, 0.6], "p sums to 1.1"),
        ("p", [0.5, 0.3, 0.2], "p has 3 outcomes, and must have 2"),
        ("flips", 5001, "flips is 5001, and must be from 10 to 5000"),
        ("truth", "R", "truth is 'R', and must be one of P, Q"),
    ],
)
def test_a_value_that_a_control_cannot_take_is_refused_and_nothing_moves(name, value, message):
    lab = explore(plots.split, p=[0.5, 0.5], q=[0.9, 0.1], truth=["P", "Q"], flips=(10, 5000))
    state, shown = lab.state, lab.shown
    with pytest.raises(ValueError, match=message):
        setattr(lab, name, value)
    assert lab.state == state and lab.shown is shown


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(AttributeError, match=r"no y: it has x"):
        _ = control(1)[2].y


# Steps from the page


def test_a_state_from_the_page_is_read_in_python():
    lab = explore(plots.distributions, plots.decomposition, p=[0.5, 0.5], q=[0.9, 0.1])
    assert send(lab, p=[0.25, 0.75], base="bits") == {}  # nothing is drawn by the kernel
    assert lab.p.tolist() == [0.25, 0.75] and lab.base == 2
    assert lab.values() | {"p": 0, "q": 0} == {"p": 0, "q": 0, "base": 2}


def in_the_kernel(*pictures, **values):
    """An explorer that the kernel draws, since a learner's own picture is among its pictures."""
    return explore(*pictures, line, **values)


def test_a_picture_of_the_learners_own_is_drawn_by_the_kernel_with_those_beside_it():
    p, q = [0.5, 0.5], [0.9, 0.1]
    lab = in_the_kernel(plots.distributions, plots.decomposition, p=p, q=q)
    assert lab.options["engine"] == "kernel"
    before = lab.shown
    shown = send(lab, p=[0.25, 0.75], base="bits")
    assert shown["says"] == says(lab)
    assert shown["large"] == "KL(P‖Q) = 1.7182 bits"
    assert all(a != b for a, b in zip(before["moving"][:2], shown["moving"], strict=False))


def test_an_error_in_a_picture_is_a_sentence_and_the_next_step_goes_on():
    lab = explore(line, x=(1, 20))  # line's default is below
    before = lab.shown
    shown = send(lab, x=13)
    assert shown == before | {"problem": "x is 13, and must be something else"}
    assert send(lab, x=14) == before | {"says": ["x is 14."]}


def test_a_state_that_raises_at_first_is_shown_and_the_next_step_goes_on():
    lab = explore(line, x=(13, 20))
    lab.x = 13
    fresh = explore(line, x=ipywidgets.IntSlider(13, 0, 20))
    assert fresh.shown == {"problem": "x is 13, and must be something else"}
    bundle, _ = fresh._repr_mimebundle_()
    assert bundle["text/plain"] == "x is 13, and must be something else"
    fresh._widgets["x"].value = 14
    assert fresh.shown["problem"] == "" and fresh.shown["says"] == ["x is 14."]


def test_an_error_without_words_is_named():
    def of_mute(x=0):
        return {"x": 1 / (x - 1)}

    mute = plots.picture(numbers=of_mute, says=line_in_words)(line.draw)
    assert send(explore(mute, x=(0, 2)), x=1)["problem"] == "division by zero"


def test_a_state_that_is_no_distribution_is_a_sentence_too():
    lab = in_the_kernel(plots.decomposition, p=[0.5, 0.5], q=[0.9, 0.1])
    assert "p sums to 1.1" in send(lab, p=[0.5, 0.6])["problem"]
    assert send(lab, p=[1, 0])["problem"] == ""


def states(page):
    """Both ends and the middle of a control; of a choice every option."""
    if page["kind"] == "distribution":
        k = len(page["labels"])
        return [*np.eye(k).tolist(), [1 / k] * k]
    if page["kind"] == "number":
        low, high = page["low"], page["high"]
        middle = (low + high) // 2 if isinstance(low, int) else (low + high) / 2
        return [low, high, middle]
    return page["options"] if page["kind"] == "choice" else [True, False]


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_every_control_of_every_picture_reaches_both_ends_and_the_middle(picture):
    first = {name: ipywidgets.fixed(value) for name, value in picture.examples[0].items()}
    lab = in_the_kernel(picture, **first | stills.values_for(picture, CONTROLS))
    assert lab.shown["problem"] == ""
    for page in lab.options["controls"]:
        for state in states(page):
            shown = send(lab, **{page["name"]: state})
            assert shown["problem"] == "", (page["name"], state)
            assert "nan" not in shown["says"][0] and "<svg" in shown["moving"][0]
    pairs = [page for page in lab.options["controls"] if page["kind"] == "distribution"]
    for corner in itertools.product(*map(states, pairs)):
        state = {page["name"]: value for page, value in zip(pairs, corner, strict=True)}
        assert send(lab, **state)["problem"] == ""


def messages(lab, monkeypatch):
    """A list to which each message to the page is added, as the traits it brings."""
    sent = []
    monkeypatch.setattr(
        lab.comm, "send", lambda data=None, **_: sent.append(set(data.get("state", data)))
    )
    return sent


def test_a_step_is_one_message_with_the_pictures_and_the_sentence(monkeypatch):
    lab = in_the_kernel(plots.distributions, plots.terms, p=[0.5, 0.5], q=[0.9, 0.1])
    sent = messages(lab, monkeypatch)
    for p in ([0.4, 0.6], [1, 0]):
        send(lab, p=p)
    assert sent == [{"shown"}] * 2


def test_a_value_set_in_the_notebook_brings_the_control_and_the_picture(monkeypatch):
    lab = in_the_kernel(plots.distributions, plots.terms, p=[0.5, 0.5], q=[0.9, 0.1])
    sent = messages(lab, monkeypatch)
    lab.p = [0.4, 0.6]
    assert sorted(map(sorted, sent)) == [["shown"], ["state"]]


# What is shown


def test_a_reader_without_a_kernel_gets_the_picture_and_the_sentence():
    for lab in (
        explore(plots.distributions, plots.decomposition, p=[0.5, 0.5], q=[0.9, 0.1]),
        in_the_kernel(plots.decomposition, p=[0.5, 0.5], q=[0.9, 0.1]),
    ):
        send(lab, base="bits")
        data, _ = lab._repr_mimebundle_()
        assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == lab.model_id
        words = data["text/plain"]
        assert words.endswith(" ".join(says(lab))) and "KL(P‖Q) = 0.7370 bits" in words
        page = data["text/html"]
        assert page.count("data:image/png;base64,") == 1
        assert f'alt="{words}"' in page and f"<figcaption>{words}</figcaption>" in page
        assert ("data-explorer" in page) == (lab.options["engine"] == "page")


def test_the_bundle_keeps_what_anywidget_returns():
    lab = explore(plots.terms, p=[0.5, 0.5], q=[0.9, 0.1])
    ours, metadata = lab._repr_mimebundle_()
    theirs, its_metadata = anywidget.AnyWidget._repr_mimebundle_(lab)
    assert metadata == its_metadata
    assert {name: ours[name] for name in theirs if name != "text/plain"} == {
        name: theirs[name] for name in theirs if name != "text/plain"
    }


def test_colab_finds_its_widget_manager_in_the_bundle(monkeypatch):
    told = {"application/vnd.jupyter.widget-view+json": {"colab": {"custom_widget_manager": {}}}}
    monkeypatch.setattr("anywidget._util.get_repr_metadata", lambda: told)
    lab = explore(plots.terms, p=[0.5, 0.5], q=[0.9, 0.1])
    assert lab._repr_mimebundle_()[1] == told


def test_an_explorer_is_a_widget_and_nests():
    lab = explore(plots.terms, p=[0.5, 0.5], q=[0.9, 0.1])
    assert ipywidgets.VBox([lab]).children == (lab,)


def test_a_name_that_each_widget_has_is_refused():
    own = plots.picture(numbers=lambda layout: {"x": layout}, says="{x}")(line.draw)
    with pytest.raises(ValueError, match="each widget has a layout of its own"):
        explore(own, layout=(0, 3))


def test_setting_an_unknown_name_is_answered_with_the_known_ones():
    lab = explore(plots.terms, p=[0.5, 0.5], q=[0.9, 0.1])
    with pytest.raises(AttributeError, match="this explorer has no P: it has p, q, base"):
        lab.P = [0.1, 0.9]
    with pytest.raises(AttributeError, match="no flips: it has p, q, base"):
        _ = lab.flips


@pytest.mark.parametrize(
    ("value", "kind", "options"),
    [
        ("abc", "text", None),
        ([("one", 1), ("two", 2)], "choice", ["one", "two"]),
        (("P", "Q"), "choice", ["P", "Q"]),
        ([10, 100, 1000], "choice", ["10", "100", "1000"]),
        (range(3), "choice", ["0", "1", "2"]),
        ((name for name in "ab"), "choice", ["a", "b"]),
    ],
)
def test_whatever_interact_takes_becomes_a_control(value, kind, options):
    page, state, _ = control(value)
    assert page["kind"] == kind and page.get("options") == options
    assert state == (options[0] if options else value)


def test_a_number_that_can_be_grasped_along_a_logarithmic_axis_has_a_logarithmic_slider():
    lab = explore(plots.walk, p=[0.5, 0.5], q=[0.9, 0.1], flips=(10, 10_000), seed=(0, 99))
    logs = {page["name"]: page.get("log") for page in lab.options["controls"]}
    assert logs["flips"] is True and logs["seed"] is False


def test_a_value_of_which_a_picture_says_so_has_a_logarithmic_slider():
    lab = explore(plots.penalties, answers=WHALES, beta=(0.1, 5.0, 0.01), draws=(1, 1000))
    logs = {page["name"]: page.get("log") for page in lab.options["controls"]}
    assert logs == {"beta": True, "draws": False} and lab.beta == 2.0


class Kernel:
    """What a kernel tells of the cell that runs."""

    def __init__(self):
        self.kernel, self.cell, self.run = self, "first", 0

    def get_parent(self):
        self.run += 1
        return {"header": {"msg_id": str(self.run)}, "metadata": {"cellId": self.cell}}


@pytest.fixture
def notebook(monkeypatch):
    """A notebook whose running cell a test can name."""
    kernel = Kernel()
    monkeypatch.setattr(cells, "get_ipython", lambda: kernel)
    monkeypatch.setattr(cells, "_made", {})
    monkeypatch.setattr(cells, "_carrier", [])
    return kernel


def test_a_cell_run_again_ends_the_explorer_that_it_made_before(notebook):
    labs = [explore(plots.terms, p=[0.5, 0.5], q=[0.9, 0.1]) for _ in range(50)]
    assert [lab.comm is not None for lab in labs] == [False] * 49 + [True]
    notebook.cell = "another"
    explore(plots.terms, p=[0.5, 0.5], q=[0.9, 0.1])
    assert labs[-1].comm is not None


def test_a_run_of_a_cell_can_make_two_explorers(notebook):
    notebook.get_parent = lambda: {"header": {"msg_id": "1"}, "metadata": {"cellId": "first"}}
    labs = [explore(plots.terms, p=[0.5, 0.5], q=[0.9, 0.1]) for _ in range(2)]
    assert all(lab.comm is not None for lab in labs)


def test_the_code_stands_in_the_output_of_one_cell_and_again_when_that_is_run_again(notebook):
    def carries():
        lab = explore(plots.terms, p=[0.5, 0.5], q=[0.9, 0.1])
        return "function makePanel" in lab._repr_mimebundle_()[0]["text/html"]

    assert carries()
    notebook.cell = "second"
    assert not carries()
    notebook.cell = "first"
    assert carries()


def test_what_the_page_gets_is_json():
    lab = explore(line, x=(np.int64(0), np.int64(20)))
    json.dumps([lab.options, lab.state, lab.shown], allow_nan=False)
    lab = explore(plots.terms, p=np.float32([0.5, 0.5]), q=np.array([0.5, 0.5]))
    json.dumps([lab.options, lab.state, lab.shown], allow_nan=False)


def test_300_steps_keep_no_object_and_make_no_figure(monkeypatch):
    lab = in_the_kernel(plots.terms, p=[0.5, 0.3, 0.2], q=[0.1, 0.6, 0.3])
    walk = [[i / 50, 1 - i / 50, 0] for i in range(51)] * 6
    for p in walk[:51]:
        send(lab, p=p)
    made = []
    initialise = Figure.__init__

    def counted(self, *args, **kwargs):
        made.append(self)
        initialise(self, *args, **kwargs)

    monkeypatch.setattr(Figure, "__init__", counted)
    gc.collect()
    before = len(gc.get_objects())
    for p in walk[:300]:
        send(lab, p=p)
    gc.collect()
    assert len(gc.get_objects()) - before < 100
    assert made == []


def test_labels_reach_the_page_as_text():
    labels = ["<script>alert(1)</script>", "a & b", "$x$"]
    p, q = [0.5, 0.3, 0.2], [0.2, 0.2, 0.6]
    lab = in_the_kernel(plots.distributions, plots.terms, p=p, q=q, labels=labels)
    markup = "".join([*lab.shown["backgrounds"], *lab.shown["moving"]])
    assert "<script" not in markup and markup.count("&lt;script&gt;") == 2
    assert lab.options["controls"][0]["labels"] == labels  # which the page puts into text nodes
    html = explore(plots.terms, p=p, q=q, labels=labels)._repr_mimebundle_()[0]["text/html"]
    assert "<script>alert" not in html


def test_a_label_of_100_000_characters_is_shortened_before_it_is_laid_out():
    lab = explore(plots.terms, p=[0.5, 0.5], q=[0.5, 0.5], labels=["x" * 100_000, "y"])
    data, _ = lab._repr_mimebundle_()
    assert lab.options["controls"][0]["labels"] == ["x" * 39 + "…", "y"]
    assert len(data["text/html"]) < 500_000
