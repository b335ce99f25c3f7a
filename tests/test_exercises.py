"""check, hint and solution: whatever is typed gets a sentence, and nothing raises or leaks."""

import datetime
import decimal
import fractions
import math
import re
from functools import partial

import ipywidgets
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kl_lessons import exercises
from kl_lessons.exercises import check, hint, printing, progress, solution
from kl_lessons.exercises.diagnoses import ROUNDED
from kl_lessons.exercises.exercise import Exercise
from kl_lessons.exercises.explanations import value_of

pytest_plugins = "asking"  # the fixture `said`

ALL = {name: e for n in exercises._lessons() for name, e in exercises._exercises(n).items()}
NUMBERS = [name for name, e in ALL.items() if e.asks == "numbers"]
FUNCTIONS = [name for name, e in ALL.items() if e.asks == "function"]
CHOICES = [name for name, e in ALL.items() if e.asks in ("choice", "prediction")]
INVENTED = {
    "9.1": Exercise(lambda: math.inf, "Infinite.", ()),
    "9.2": Exercise(lambda: -3.7, "Below 0.", ()),
    "9.3": Exercise(lambda: [0.2, 0.7], "Two numbers.", ()),
    "9.4": Exercise(lambda: 1.7, "Bits.", (), unit="bits"),
    "9.5": Exercise(lambda x: x[0] + x[1], "A sum.", (), "function", ({"x": [0.25, 0.5]},)),
    "9.6": Exercise(lambda: [0.0, math.inf], "Zero and infinity.", ()),
    "9.7": Exercise(lambda: 0.5, "A half.", ("One.", "Two.")),
}


class Raises:
    """Whatever is asked of it, it raises."""

    def _refuse(self, *args, **kwargs):
        raise RuntimeError("no")

    __array__ = __float__ = __int__ = __index__ = __len__ = __iter__ = __bool__ = _refuse
    __eq__ = __ne__ = __lt__ = __repr__ = __str__ = __hash__ = __call__ = _refuse
    __getitem__ = __getattr__ = _refuse


class RaisesEvenItsClass:
    @property
    def __class__(self):
        raise RuntimeError("no")


class Exits:
    def __array__(self, *args, **kwargs):
        raise SystemExit


class Endless:
    def __len__(self):
        return 10**12

    def __getitem__(self, index):
        return 0.0


class UnsayableError(Exception):
    def __str__(self):
        raise RuntimeError("no")


class NoExceptionOfPython(BaseException):
    pass


class RaisesFloat:
    def __float__(self):
        raise KeyError("no")


class Callable:
    def __call__(self, *arguments):
        return 0.3


def _raise(error):
    raise error


def _forever():
    while True:
        yield 1


def _calls_itself(*arguments):
    return _calls_itself(*arguments)


def _prints(*arguments):
    print("x" * 10**6)
    return 0.123


async def _asynchronous(*arguments):
    return 0.3


nested = []
nested.append(nested)

GARBAGE = [
    *("", "p", "0.51", " -1e3 ", "0,51", "∞", "x" * 10**6, b"1", bytearray(b"12"), "\ud800", "٣"),
    *(math.nan, math.inf, -math.inf, -0.0, 1e308, -1e308, 5e-324, 10**400, -(10**400), 1j),
    *(True, False, np.True_, np.float32(1), np.int8(1), decimal.Decimal("NaN")),
    *(fractions.Fraction(1, 3), datetime.date(2000, 1, 1), np.datetime64("2000"), np.void(b"1")),
    *({}, {"a": 1}, set(), {1.0}, [], (), [[]], [[1], [1, 2]], nested, [..., 1], [None], ["0.5"]),
    *([1, "a"], [10**400, 1], range(10**30), range(10**9), range(3), slice(1), NotImplemented),
    *(np.array([]), np.zeros((2, 2)), np.full(2, None), np.array([object()]), np.array("0.5")),
    *(np.broadcast_to(0.0, (10**6, 10**6)), np.ma.masked, np.array([1j]), np.rec.array([(1, 2.0)])),
    *(np.zeros(10**7), np.full((3, 2), np.nan), [math.nan, math.inf], [-math.inf] * 3),
    *(Raises(), [Raises(), 1], Raises, RaisesEvenItsClass(), Exits(), Endless(), RaisesFloat()),
    *([RaisesFloat(), RaisesFloat()], np.array([RaisesFloat()]), UnsayableError(), object(), type),
    *(int, np, math, print, len, np.log, math.log, "".join, _forever(), _forever, memoryview(b"1")),
    *(ipywidgets.FloatSlider(), ipywidgets.FloatSlider, np.random.default_rng(0), check, Ellipsis),
    *(Callable(), Callable, partial(math.log, 2), _calls_itself, _prints, _asynchronous),
    *(lambda: 1, lambda p, q: p, lambda p, q: np.nan, lambda p, q: _raise(UnsayableError())),
    *(lambda p, q: _raise(SystemExit()), lambda p, q: Raises(), lambda *a: "0.5", lambda p, q: q),
    *(lambda p, q: 1 / 0, lambda p, q: [p, q], lambda p, q: np.zeros(7), lambda p, q: None),
    *(lambda p, q: p.fill(9), lambda p, q: _forever(), lambda p, q: 10**400, None, ...),
    *(lambda: np.log(-1.0), lambda: 1 / 0, lambda: math.exp(1000), lambda: np.exp(1000.0)),
    *(lambda: _raise(NoExceptionOfPython()), lambda: _raise(SystemExit()), lambda *, a: a),
    *(lambda: _raise(UnsayableError()), lambda: [Raises()], lambda: None, lambda: "z"),
    *(lambda: check, lambda: nested, lambda: {"a": 1}),
    *(lambda *a: _raise(NoExceptionOfPython()), lambda *a: np.zeros(10**7), lambda *a: a),
    *(lambda: np.zeros(10**7), lambda: 10**400, lambda: not_defined),  # noqa: F821
]  # fmt: skip


@pytest.fixture(autouse=True)
def no_hint_given(monkeypatch, unbroken):
    monkeypatch.setattr(exercises, "_hints_given", {})


@pytest.fixture
def invented(monkeypatch):
    class Lesson:
        EXERCISES = INVENTED
        VALUES: dict = {}  # noqa: RUF012

    monkeypatch.setattr(exercises, "_lessons", lambda: [9])
    monkeypatch.setattr(exercises, "_lesson", lambda number: Lesson)


def right_of(name):
    return value_of(ALL[name].answer, ALL[name].inputs[0])


@pytest.mark.parametrize("name", ALL)
def test_garbage_gets_a_sentence(name, said):
    for number, answer in enumerate(GARBAGE):  # by hand: pytest trips over some of these
        text = said(name, answer)
        if answer is print or answer is _prints:  # what a function prints comes first
            text = text[re.search("^[✗…] ", text, re.MULTILINE).start() :]
        if answer is not check:
            assert text[0] in "✗…" and 1 <= text.count("\n") <= 4, number
            assert len(text) < 600 and "Traceback" not in text, number
            assert text in said(name, answer), number


@pytest.mark.parametrize("name", INVENTED)
def test_garbage_gets_a_sentence_whatever_is_asked(name, said, invented):
    assert all(re.search("^[✓✗…] ", said(name, a), re.MULTILINE) for a in GARBAGE)


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text() | st.binary()
    | st.complex_numbers() | st.decimals() | st.fractions() | st.dates(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=2), inner,
                                                                max_size=2),
    max_leaves=6,
)  # fmt: skip
many_times = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@many_times
@given(answer=anything)
def test_anything_gets_a_sentence(answer, said):
    for name in NUMBERS[::3] + FUNCTIONS + CHOICES[::4]:
        assert said(name, answer)[0] in "✓✗…"
        assert said(name, lambda *_: answer)[0] in "✓✗…"


@many_times
@given(factor=st.floats(-1000, 1000))
def test_a_wrong_number_is_not_told_the_answer(factor, said):
    for name in NUMBERS:
        right = right_of(name)
        with np.errstate(invalid="ignore"):  # 0·∞ is a wrong answer too
            text = said(name, factor * right)
        if text[0] == "✗":
            text = text.replace("\n", " ").replace(f'hint("{name}")', "")
            for number in right[np.isfinite(right)].ravel():
                digits = f"{number:#.3g}"
                assert digits not in text and f"{number:.2f}" not in text


@pytest.mark.parametrize(
    ("factor", "sentence"),
    [(1.14, "too large, by about 10 percent"), (0.33, "too small, by a factor of about 3"),
     (1.03, "by a few percent"), (1.2, "by about 25 percent"), (1e9, "factor of more than 100"),
     (1.005, "too large, by less than 1 percent\n"), (0, "too small\n"),
     (1e-9, "too small, by a factor of more than 100"),],
)  # fmt: skip
def test_an_unknown_wrong_number_is_told_how_far_off_it_is(factor, sentence, said):
    assert sentence in said("1.1", factor * math.log(81 / 32))


def test_numbers_below_0_and_arrays_are_told_the_direction(said, invented):
    assert "too far below 0, by a factor of about 2" in said("9.2", -7)
    assert "too near 0" in said("9.2", 0)
    assert "✗ above 0, and the right number is below 0: not only the sign differs" in said("9.2", 8)
    assert "✗ of the wrong sign\n" in said("9.2", 3.7 * (1 + 1e-4))
    other = "right: 1 of 2; number 2 is below 0, and the right number is above 0: not only the sign"
    assert other in said("9.3", [0.2, -0.5])
    assert "right: 1 of 2; number 2 is too small, by about 25 percent" in said("9.3", [0.2, 0.55])
    assert "three numbers were given: two are asked" in said("9.3", [1, 2, 3])
    assert "a table of shape (2, 2) was given: two numbers" in said("9.3", [[1, 2], [3, 4]])
    assert said("9.3", (0.2, 0.7)).startswith("✓")
    assert said("9.2", np.array([-3.7])).startswith("✓")
    assert "these are nats; the question asks bits" in said("9.4", 1.7 * math.log(2))
    assert "bits need np.log2" in said("9.4", 1.7 * math.log10(2))


@pytest.mark.parametrize("name", [name for name in NUMBERS if right_of(name).ndim == 0])
def test_of_the_wrong_sign_is_only_what_is_right_with_the_other_sign(name, said):
    right = right_of(name)
    for factor in (-0.5, -0.98, -1 - 3 * ALL[name].tolerance, -1.3, -20):
        text = said(name, factor * right)
        assert "of the wrong sign" not in text, factor
    for number in (right * (1 + ALL[name].tolerance / 3), float(f"{right:.2g}")):
        if "of the wrong sign" in said(name, -number):
            assert said(name, number)[0] == "✓" or "least four digits" in said(name, number)


def test_infinity_can_be_asked_and_is_not_given_away(said, invented):
    assert said("9.1", np.inf).startswith("✓")
    assert "too small" in said("9.1", 18.4)
    assert "of the wrong sign" in said("9.1", -np.inf)
    assert said("9.6", [0, np.inf]).startswith("✓")
    assert "∞ came out" in said("9.6", [np.inf, 1])


def test_numbers_that_are_still_to_be_added_are_told_so(said, invented):
    assert "these are two numbers: add them up" in said("9.2", [-3, -0.7])
    assert "these are 12 numbers: add them up" in said("9.2", [-3.7 / 12] * 12)
    assert "sum the terms of each" in said("9.3", [[0.1, 0.1], [0.3, 0.4]])
    assert "sum the terms of each" in said("9.3", np.array([[0.1, 0.3], [0.1, 0.4]]))
    assert "one number was given: give a list of two numbers" in said("9.3", 0.3)
    assert "this is number 1 alone: two are asked" in said("9.3", 0.2)
    assert "the right numbers, in another order" in said("9.3", [0.7, 0.2])
    assert "number 2 is what number 1 should be" in said("9.3", [0.2, 0.2])
    assert "add them up" in said("9.5", lambda x: x)
    assert "decimal sign" in said("9.2", (-3, 7))
    assert "decimal sign" not in said("9.2", np.array([-3, 7]))
    assert "decimal sign" not in said("9.2", [-3, 7])
    assert "this is in percent" in said("9.2", -370)


def _to_digits(number, digits):
    return float(f"{number:.{digits - 1}e}")


@pytest.mark.parametrize("name", NUMBERS)
def test_four_digits_are_enough_and_fewer_are_accepted_or_called_rounded(name, said):
    right = right_of(name)
    for digits in (2, 3, 4, 5):
        given = np.vectorize(lambda number, digits=digits: _to_digits(number, digits))(right)
        text = said(name, given)
        named = any(words in text for words in ALL[name].mistakes)
        assert text[0] == "✓" or ROUNDED in text or named
        assert text[0] == "✓" or digits < 4
        assert text[0] == "✓" or digits < 3 or ALL[name].tolerance < 1e-3


def test_only_a_rounded_right_answer_is_told_to_give_more_digits(said, invented):
    assert said("9.7", 0.5).startswith("✓") and said("9.2", -3.7).startswith("✓")
    for name, wrong in (("9.7", 0.51), ("9.7", 0.5 + 1e-3), ("9.2", -3.71), ("9.2", -3.7 * 1.002)):
        assert ROUNDED not in said(name, wrong)


@pytest.mark.parametrize("name", CHOICES)
def test_each_wrong_choice_has_its_own_words(name, said):
    exercise = ALL[name]
    assert exercise.letters == ["a", "b", "c", "d"][: len(exercise.letters)]
    assert len(exercise.letters) == 4 or exercise.asks == "prediction"
    assert said(name, exercise.answer) == f"✓ {exercise.shows}\n"
    for letter, words in exercise.choices.items():
        for typed in (letter, letter.upper(), f" ({letter}) ", lambda letter=letter: letter):
            assert said(name, typed).startswith(f"✗ {words}\n")
    assert len(set(exercise.choices.values())) == len(exercise.choices)


def test_what_is_no_letter_is_told_the_letters_and_is_not_sent_to_look(said):
    assert said("1.7", 3) == '✗ a letter is asked, in quotes: "a", "b" or "c"\n'
    for typed in ("e", "", "ab", "a, b", "settle"):
        assert said("1.7", typed) == '✗ one letter is asked: "a", "b" or "c"\n'
        assert said("1.9", typed) == '✗ one letter is asked: "a", "b", "c" or "d"\n'
    for answer in (Raises(), Callable(), _calls_itself):
        assert "next cell" not in said("1.7", answer)
    assert said("1.7", "a").endswith("\n  Run the next cell, and compare.\n")
    assert said("1.9", "a").endswith('\n  A hint: hint("1.9")\n')


@pytest.mark.parametrize("name", ALL)
def test_an_untouched_exercise_is_not_answered_and_nothing_fails(name, said):
    kind = "guess" if ALL[name].asks == "prediction" else "..."
    text = said(name, ...)
    assert text.startswith(f"… {name} is not answered yet: ") and kind in text
    assert text == said(name, None) == said(name, [..., 1])
    if ALL[name].asks != "function":
        assert text == said(name, lambda: ...) == said(name, lambda: [0.1, ...])
    else:
        assert text == said(name, lambda *arguments: ...)


@pytest.mark.parametrize("name", ALL)
def test_hints_come_in_order_and_the_last_says_where_the_solution_stands(name, capsys):
    total = len(ALL[name].hints)
    assert total >= (3 if ALL[name].asks in ("numbers", "function") else 2)
    for number, text in enumerate(ALL[name].hints[:-1], start=1):
        hint(name)
        assert capsys.readouterr().out == f"Hint {number} of {total}: {text}\n"
    solution(name)
    where = capsys.readouterr().out.split(": ", 1)[1]
    hint(name)
    last = f"Hint {total} of {total}: {ALL[name].hints[-1]}\n  The solution: {where}"
    assert capsys.readouterr().out == last
    for _ in range(2):
        hint(name)
        assert capsys.readouterr().out == f"No more hints. The solution: {where}"


@pytest.mark.parametrize("name", ALL)
def test_solution_says_where_it_stands(name, capsys):
    solution(name)
    text = capsys.readouterr().out
    assert f"lesson 0{name[0]}" in text.casefold() and f'check("{name}", …)' in text
    assert ("folded cell" in text) == (ALL[name].asks != "prediction")
    assert text.count("\n") == 1


@pytest.mark.parametrize("name", ALL)
def test_a7_no_hint_and_no_sentence_about_a_mistake_holds_the_answer(name):
    exercise = ALL[name]
    texts = [*exercise.mistakes, *exercise.hints]
    for number in right_of(name).ravel() if exercise.asks == "numbers" else []:
        for text in texts:
            found = [float(n) for n in re.findall(r"\d+(?:\.\d+)?", text)]
            assert not any(math.isclose(n, abs(number), rel_tol=2e-3) for n in found), text
    for text in texts:
        assert not re.search(r"take np\.|1 \+ 9/e|0\.7 · 1", text)


@pytest.mark.parametrize("ask", [hint, solution, lambda name: check(name, 1)])
def test_an_unknown_name_gets_a_sentence(ask, capsys):
    for name in ("1", "1.99", "x", "", "1.", "01.1"):
        ask(name)
        assert capsys.readouterr().out.startswith("There is no such exercise")
    for name in (1.1, 1, None, [], 10**5000, Raises()):
        ask(name)
        assert re.match(r'A name stands in quotes: \w+\("1.1"', capsys.readouterr().out)
    assert exercises._hints_given == {}


def test_a_number_as_name_is_told_the_quotes(said):
    assert said(1.1, 3) == 'A name stands in quotes: check("1.1", …)\n'
    assert said(1.4, 3) == 'A name stands in quotes: check("1.4", …)\n'


@pytest.mark.parametrize("lesson", exercises._lessons())
def test_a_lesson_has_numbers_a_function_a_choice_and_a_prediction(lesson):
    held = exercises._exercises(lesson)
    assert list(held) == [f"{lesson}.{number}" for number in range(1, len(held) + 1)]
    kinds = [e.asks for e in held.values()]
    museum = {"function"}  # each exhibit of lesson 09 is repaired by one
    assert set(kinds) == (
        museum if lesson == 9 else {"numbers", "function", "choice", "prediction"}
    )
    assert len(kinds) - kinds.count("prediction") >= 5
    for exercise in held.values():
        assert exercise.shows.endswith(".")
        assert not any(words.endswith(".") for words in (*exercise.mistakes, *exercise.choices))


# ---- how it is printed


def test_no_line_is_longer_than_a_page_is_wide_and_no_word_is_broken(monkeypatch, capsys):
    def everything():
        exercises._hints_given.clear()
        for name, exercise in ALL.items():
            for answer in (..., *exercise.choices, "settle", exercise.answer, Raises(), 0.123):
                check(name, answer)
            for _ in range(len(exercise.hints) + 1):
                hint(name)
            solution(name)
        for number in (None, *exercises._lessons()):
            progress(number)
        hint("1.99")
        return capsys.readouterr().out

    unbroken = everything()
    monkeypatch.setattr(printing, "COLUMNS", 78)
    text = everything()
    assert max(map(len, text.splitlines())) <= 78 < max(map(len, unbroken.splitlines()))
    assert text.split() == unbroken.split() and printing.TIED not in text
    assert not re.search(r'check\("[\d.]+",$|Solution$|of$\n *\d+$', text, re.MULTILINE)


def test_progress_keeps_each_name_with_its_mark(monkeypatch, capsys):
    monkeypatch.setattr(printing, "COLUMNS", 78)
    progress(4)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2 and lines[1].startswith("  4.13 ") and lines[1].endswith("of 14")


def test_a_word_that_is_longer_than_a_line_stays_whole(capsys, monkeypatch):
    monkeypatch.setattr(printing, "COLUMNS", 30)
    printing.say("✗ see https://example.org/a-very-long-address-that-is-no-word now\n  a  =  b")
    address = "  https://example.org/a-very-long-address-that-is-no-word"
    assert capsys.readouterr().out == f"✗ see\n{address}\n  now\n  a  =  b\n"
