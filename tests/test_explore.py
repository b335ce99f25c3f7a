"""explore(): controls read off values, steps from the page, errors in words, and what it shows."""

import gc
import inspect
import itertools
import json
import struct
from base64 import b64decode
from pathlib import Path

import ipywidgets
import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

from kl_lessons import explore, plots
from kl_lessons.explorers import drawing

# An older matplotlib calls pyparsing by names that a newer one deprecates.
pytestmark = pytest.mark.filterwarnings("error", "ignore:.*deprecated.*use:DeprecationWarning")

PACKAGE = Path(plots.__file__).parents[1]
PICTURES = {name: f for name, f in vars(plots).items() if hasattr(f, "says")}
# What a lesson gives for a parameter of this name: a picture with other ones needs them here.
CONTROLS = {
    "p": [0.5, 0.3, 0.2],
    "q": [0.1, 0.6, 0.3],
    "truth": ["P", "Q"],
    "flips": (1, 10_000),
    "seed": (0, 99),
    "text": ["alle", "őø"],
    "pseudocount": (0.0, 2.0),
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


def line_in_words(x=0.5, **values):
    return f"x is {x}."


@plots.picture(says=line_in_words, size=(1, 1))
def line(ax, x=0.5):
    """A line at the height x; refuses 13."""
    drawn = ax.plot([0, 1], [0, 0])[0]

    def move(x=0.5):
        if not isinstance(x, str | bool) and np.ndim(x) == 0 and x == 13:
            raise ValueError("x is 13, and must be something else")
        drawn.set_ydata([0.3, 0.3])
        return [drawn]

    move(x)
    return move


def control(value, picture=line):
    """What the page is told of the control for x, its state, and the explorer."""
    lab = explore(picture, x=value)
    (page,) = lab.view.controls
    return page, lab.view.state["x"], lab


def send(lab, **state):
    """The message of a page whose controls were moved."""
    lab.view.set_state({"state": lab.view.state | json.loads(json.dumps(state))})
    return lab.view.shown


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
    def no_default(ax, x):
        return line(ax)

    no_default.says, no_default.size = line_in_words, line.size
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
    assert lab.view.shown["says"] == ["P = (0.900, 0.100), Q = (0.500, 0.500)."]
    lab.p = np.array([0.5, 0.5])
    assert lab.view.state["p"] == "fair"


@pytest.mark.parametrize(
    "value", [[0.5, 0.5], [0, 1], np.array([0.25, 0.75]), np.float32([0.1, 0.9])]
)
def test_what_sums_to_1_becomes_a_group_of_sliders(value):
    lab = explore(plots.distributions, p=value, q=[0.5, 0.5], labels=["heads", "tails"])
    page = lab.view.controls[0]
    assert page["kind"] == "distribution" and page["title"] == "P"
    assert page["labels"] == ["heads", "tails"] and page["ink"] in plots.PALETTE["P"]
    assert isinstance(lab.p, np.ndarray) and lab.p.dtype == np.float64
    assert np.array_equal(lab.p, np.asarray(value, dtype=np.float64))


def test_outcomes_without_names_are_numbered_from_1():
    lab = explore(plots.distributions, p=[0.5, 0.5], q=[0.5, 0.5])
    assert lab.view.controls[0]["labels"] == ["1", "2"]


def test_a_slider_starts_at_the_default_of_the_picture_where_that_lies_in_its_range():
    lab = explore(plots.split, p=[0.5, 0.5], q=[0.9, 0.1], truth=["Q", "P"], flips=(10, 5000))
    assert lab.flips == 1000 and lab.truth == "P"
    lab = explore(plots.split, p=[0.5, 0.5], q=[0.9, 0.1], flips=(10, 500))
    assert lab.flips == 255


def test_a_widget_is_shown_and_followed():
    widget = ipywidgets.IntSlider(value=5, min=0, max=20)
    lab = explore(line, x=widget)
    assert lab._shown.children == (widget, lab.view)
    assert lab.view.controls == [] and lab.view.shown["says"] == ["x is 5."]
    widget.value = 7
    assert lab.view.shown["says"] == ["x is 7."]


def test_a_fixed_value_has_no_control():
    lab = explore(line, x=ipywidgets.fixed(3))
    assert lab.view.controls == [] and lab.view.shown["says"] == ["x is 3."]
    assert lab._shown is lab.view


def test_a_picture_that_takes_a_base_gets_a_switch_between_nats_and_bits():
    lab = explore(plots.terms, p=[0.5, 0.5], q=[0.75, 0.25])
    assert lab.view.controls[-1]["options"] == ["nats", "bits"] and lab.base is None
    lab.base = "bits"
    assert lab.base == 2 and lab.view.shown["says"][0].endswith("0.2075 bits.")
    lab.base = None
    assert lab.view.state["base"] == "nats"
    lab = explore(plots.terms, p=[0.5, 0.5], q=[0.75, 0.25], base=ipywidgets.fixed(2))
    assert [page["name"] for page in lab.view.controls] == ["p", "q"]


# Reading and moving


def test_the_values_are_read_back_and_set():
    lab = explore(plots.split, p=[0.5, 0.5], q=[0.9, 0.1], truth=["P", "Q"], flips=(10, 5000))
    lab.p, lab.truth, lab.flips = [0.2, 0.8], "Q", 20
    assert lab.p.tolist() == [0.2, 0.8] and lab.truth == "Q" and lab.flips == 20
    assert lab.view.state == {"p": [0.2, 0.8], "q": [0.9, 0.1], "truth": "Q", "flips": 20}
    assert lab.view.start == {"p": [0.5, 0.5], "q": [0.9, 0.1], "truth": "P", "flips": 1000}
    assert lab.view.shown["says"] == [plots.split.says([0.2, 0.8], [0.9, 0.1], "Q", 20)]


def test_what_is_read_is_a_copy():
    lab = explore(plots.distributions, p=[0.5, 0.5], q=[0.5, 0.5])
    lab.p[0] = 1
    assert lab.p.tolist() == lab.view.start["p"] == [0.5, 0.5]


REFUSED_VALUES = [
    ({"p": [0.5, 0.6]}, "p sums to 1.1"),
    ({"p": [[0.5, 0.5], [1, 0]]}, "p holds 2 distributions"),
    ({"p": [[0.5, 0.5], [1]]}, "p has rows"),
    ({"p": []}, "p is empty"),
    ({"p": None}, "p holds"),
    ({"p": (3, 1)}, r"p is \(3, 1\)"),
    ({"p": (0, 1, 0)}, "p has steps of 0"),
    ({"p": (0.0, 1.0, -0.1)}, "p has steps of -0.1"),
    ({"p": ("P", "Q")}, "p holds"),
    ({"p": (0.0, np.inf)}, "p sums to inf"),
    ({"labels": ["a"]}, "labels are 1, and p has 2"),
]


@pytest.mark.parametrize(("values", "message"), REFUSED_VALUES)
def test_what_can_be_no_control_is_refused_by_name(values, message):
    with pytest.raises(ValueError, match=message):
        explore(plots.distributions, **{"p": [0.5, 0.5], "q": [0.5, 0.5]} | values)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("p", [0.5, 0.6], "p sums to 1.1"),
        ("p", [0.5, 0.3, 0.2], "p must have 2 outcomes"),
        ("flips", 5001, "flips is 5001, and must be from 10 to 5000"),
        ("truth", "R", "truth is 'R', and must be one of P, Q"),
    ],
)
def test_a_value_that_a_control_cannot_take_is_refused_and_nothing_moves(name, value, message):
    lab = explore(plots.split, p=[0.5, 0.5], q=[0.9, 0.1], truth=["P", "Q"], flips=(10, 5000))
    state, shown = lab.view.state, lab.view.shown
    with pytest.raises(ValueError, match=message):
        setattr(lab, name, value)
    assert lab.view.state == state and lab.view.shown is shown


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(AttributeError, match=r"no y: it has x"):
        _ = control(1)[2].y


# Steps from the page


def test_a_state_from_the_page_moves_every_picture():
    p, q = [0.5, 0.5], [0.9, 0.1]
    lab = explore(plots.distributions, plots.decomposition, p=p, q=q)
    before = lab.view.shown
    shown = send(lab, p=[0.25, 0.75], base="bits")
    values = {"p": [0.25, 0.75], "q": q, "base": 2}
    assert " ".join(shown["says"]) == drawing.sentence(
        (plots.distributions, plots.decomposition), values
    )
    assert all(a != b for a, b in zip(before["moving"], shown["moving"], strict=True))
    assert lab.p.tolist() == [0.25, 0.75] and lab.base == 2


def test_an_error_in_a_picture_is_a_sentence_and_the_next_step_goes_on():
    lab = explore(line, x=(1, 20))  # line's default is below
    before = lab.view.shown
    shown = send(lab, x=13)
    assert shown == before | {"problem": "x is 13, and must be something else"}
    assert send(lab, x=14) == {"moving": shown["moving"], "says": ["x is 14."], "problem": ""}


def test_an_error_without_words_is_named():
    def mute(ax, x=0):
        move = line(ax)

        def refuse(x=0):
            if x == 1:
                raise ZeroDivisionError
            return move()

        return refuse

    mute.says, mute.size = line_in_words, line.size
    assert send(explore(mute, x=(0, 2)), x=1)["problem"] == "ZeroDivisionError"


def test_a_state_that_is_no_distribution_is_a_sentence_too():
    lab = explore(plots.decomposition, p=[0.5, 0.5], q=[0.9, 0.1])
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
    values = drawing.values_for(picture, CONTROLS)
    required = [p for p in inspect.signature(picture).parameters.values() if p.default is p.empty]
    missing = {p.name for p in required[1:]} - set(values)
    assert not missing, f"add {missing} to CONTROLS, for plots.{picture.__name__}"
    lab = explore(picture, **values)
    assert lab.view.shown["problem"] == ""
    for page in lab.view.controls:
        for state in states(page):
            shown = send(lab, **{page["name"]: state})
            assert shown["problem"] == "", (page["name"], state)
            assert "nan" not in shown["says"][0] and "<svg" in shown["moving"][0]
    pairs = [page for page in lab.view.controls if page["kind"] == "distribution"]
    for corner in itertools.product(*map(states, pairs)):
        state = {page["name"]: value for page, value in zip(pairs, corner, strict=True)}
        assert send(lab, **state)["problem"] == ""


def messages(lab, monkeypatch):
    """A list to which each message to the page is added, as the traits it brings."""
    sent = []
    monkeypatch.setattr(
        lab.view.comm, "send", lambda data=None, **_: sent.append(set(data.get("state", data)))
    )
    return sent


def test_a_step_is_one_message_with_the_pictures_and_the_sentence(monkeypatch):
    lab = explore(plots.distributions, plots.terms, p=[0.5, 0.5], q=[0.9, 0.1])
    sent = messages(lab, monkeypatch)
    for p in ([0.4, 0.6], [1, 0]):
        send(lab, p=p)
    assert sent == [{"shown"}] * 2


def test_a_value_set_in_the_notebook_brings_the_control_and_the_picture(monkeypatch):
    lab = explore(plots.distributions, plots.terms, p=[0.5, 0.5], q=[0.9, 0.1])
    sent = messages(lab, monkeypatch)
    lab.p = [0.4, 0.6]
    assert sorted(map(sorted, sent)) == [["shown"], ["state"]]


# What is shown


def test_a_reader_without_a_kernel_gets_the_picture_and_the_sentence():
    lab = explore(plots.distributions, plots.decomposition, p=[0.5, 0.5], q=[0.9, 0.1])
    send(lab, base="bits")
    data, metadata = lab._repr_mimebundle_()
    live = data["application/vnd.jupyter.widget-view+json"]
    assert data.keys() == {"application/vnd.jupyter.widget-view+json", "image/png", "text/plain"}
    assert live["model_id"] == lab.view.model_id
    assert data["text/plain"] == " ".join(lab.view.shown["says"])
    png = b64decode(data["image/png"])
    width = struct.unpack(">I", png[16:20])[0]
    assert metadata == {"image/png": {"width": width // 2, "alt": data["text/plain"]}}


def test_what_the_page_gets_is_json():
    lab = explore(line, x=(np.int64(0), np.int64(20)))
    json.dumps([lab.view.controls, lab.view.start, lab.view.state, lab.view.shown])
    lab = explore(plots.terms, p=np.float32([0.5, 0.5]), q=np.array([0.5, 0.5]))
    json.dumps([lab.view.controls, lab.view.start, lab.view.state, lab.view.shown])


def test_300_steps_keep_no_object_and_make_no_figure(monkeypatch):
    lab = explore(plots.terms, p=[0.5, 0.3, 0.2], q=[0.1, 0.6, 0.3])
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
    lab = explore(
        plots.distributions, plots.terms, p=[0.5, 0.3, 0.2], q=[0.2] * 2 + [0.6], labels=labels
    )
    markup = "".join([*lab.view.backgrounds, *lab.view.shown["moving"]])
    assert "<script" not in markup and markup.count("&lt;script&gt;") == 2
    assert lab.view.controls[0]["labels"] == labels  # which the page puts into text nodes:
