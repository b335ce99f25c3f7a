"""The exercises: solutions are accepted, mistakes named, and nothing typed raises or leaks."""

import datetime
import decimal
import fractions
import math
import re

import ipywidgets
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kl_lessons
from kl_lessons import exercises
from kl_lessons.exercises import check, hint, progress, solution
from kl_lessons.exercises.judge import Exercise

ALL = {name: e for n in exercises._lessons() for name, e in exercises._exercises(n).items()}
PLAIN = {name: e for name, e in ALL.items() if not e.try_on}


def _half():
    tenths = 5
    return tenths / 10


INVENTED = {
    "9.1": Exercise("?", lambda: True, {}, (), "Yes."),
    "9.2": Exercise("?", lambda: "p", {"q is the belief": lambda: "q"}, (), "P is the truth."),
    "9.3": Exercise("?", lambda: math.inf, {}, (), "Infinite."),
    "9.4": Exercise("?", lambda: -3.7, {}, (), "Below 0."),
    "9.5": Exercise("?", lambda: np.array([0.2, 0.7]), {}, (), "Two numbers."),
    "9.6": Exercise("?", lambda: 1.7, {}, (), "Bits.", unit="bits"),
    "9.7": Exercise("?", lambda x: x.sum(), {}, (), "A sum.", try_on=(([0.25, 0.5],),)),
    "9.8": Exercise("?", lambda: [0.0, math.inf], {}, (), "Zero and infinity."),
    "9.9": Exercise("?", _half, {}, ("One.", "Two."), "A half."),
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


class RaisesFloat:
    def __float__(self):
        raise KeyError("no")


def _raise(error):
    raise error


def _forever():
    while True:
        yield 1


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
    *(Raises(), [Raises(), 1], Raises, RaisesEvenItsClass(), Exits(), Endless(), RaisesFloat()),
    *([RaisesFloat(), RaisesFloat()], np.array([RaisesFloat()]), UnsayableError(), object(), type),
    *(int, np, math, print, len, np.log, math.log, "".join, _forever(), _forever, memoryview(b"1")),
    *(ipywidgets.FloatSlider(), ipywidgets.FloatSlider, np.random.default_rng(0), check, Ellipsis),
    *(lambda: 1, lambda p, q: p, lambda p, q: np.nan, lambda p, q: _raise(UnsayableError())),
    *(lambda p, q: _raise(SystemExit()), lambda p, q: Raises(), lambda *a: "0.5", lambda p, q: q),
    *(lambda p, q: 1 / 0, lambda p, q: [p, q], lambda p, q: np.zeros(7), lambda p, q: None),
    *(lambda p, q: p.fill(9), lambda p, q: _forever(), lambda p, q: 10**400, None, ...),
]


@pytest.fixture(autouse=True)
def new_session(monkeypatch):
    monkeypatch.setattr(exercises, "_session", {})


@pytest.fixture
def invented(monkeypatch):
    monkeypatch.setattr(exercises, "_lessons", lambda: [9])
    monkeypatch.setattr(exercises, "_exercises", lambda lesson: INVENTED)


@pytest.fixture
def said(capsys):
    """What check prints about an answer."""

    def call(name, answer):
        capsys.readouterr()
        check(name, answer)
        return capsys.readouterr().out

    return call


def answer_of(exercise):
    return exercise.solution if exercise.try_on else exercise.solution()


@pytest.mark.parametrize("name", ALL)
def test_the_solution_is_accepted(name, said):
    assert said(name, answer_of(ALL[name])) == f"✓ {ALL[name].shows}\n"


@pytest.mark.parametrize(
    ("name", "sentence"), [(name, says) for name, e in ALL.items() for says in e.mistakes]
)
def test_each_mistake_is_named(name, sentence, said):
    wrong = ALL[name].mistakes[sentence]
    text = said(name, wrong if ALL[name].try_on else wrong())
    assert text.startswith("✗") and sentence in text


@pytest.mark.parametrize("name", [name for name, e in PLAIN.items() if e.unit == "nats"])
def test_mistakes_of_unit_and_sign_are_named(name, said):
    right = np.array(PLAIN[name].solution())
    assert "these are bits; the question asks nats" in said(name, right / np.log(2))
    assert "log10 was used" in said(name, right / np.log(10))
    own = [wrong() for wrong in PLAIN[name].mistakes.values()]
    if not any(np.shape(value) == right.shape and np.allclose(value, -right) for value in own):
        assert "minus sign is missing" in said(name, -right)


def test_mistakes_of_unit_are_named_in_bits_and_in_functions(said):
    my_kl = ALL["1.6"].solution
    assert "these are bits" in said("1.6", lambda p, q: my_kl(p, q) / np.log(2))
    assert "log10 was used" in said("1.6", lambda p, q: my_kl(p, q) / np.log(10))
    assert "minus sign" in said("1.6", lambda p, q: -my_kl(p, q) / 1.0)


def test_zeros_in_a_function_are_tried(said):
    def naive(p, q):
        return np.sum(p * np.log(p / q))

    def epsilon(p, q):
        return np.sum(p * np.log((p + 1e-12) / (q + 1e-12)))

    assert "nan came out" in said("1.6", naive)
    assert "an epsilon was added" in said("1.6", epsilon)
    assert said("1.6", lambda p, q: np.nansum(p * np.log(p / q))).startswith("✓")


@pytest.mark.parametrize("name", ALL)
def test_garbage_gets_a_sentence(name, said):
    for number, answer in enumerate(GARBAGE):  # by hand: pytest trips over some of these
        text = said(name, answer)
        if answer is not print and answer is not check:  # what a function prints is its own
            assert text[0] in "✗…" and text.count("\n") in (1, 2), number
        assert text == said(name, answer), number


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


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(answer=anything)
def test_anything_gets_a_sentence(answer, said):
    for name in ALL:
        assert said(name, answer)[0] in "✓✗…"
        assert said(name, lambda *_: answer)[0] in "✓✗…"


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(factor=st.floats(-1000, 1000))
def test_a_wrong_number_is_not_told_the_answer(factor, said):
    for name, exercise in PLAIN.items():
        right = np.array(exercise.solution(), dtype=float)
        with np.errstate(invalid="ignore"):  # 0·∞ is a wrong answer too
            text = said(name, factor * right)
        if text[0] == "✗":
            text = text.replace("\n", " ").replace(f'hint("{name}")', "")
            for number in right.ravel():
                digits = f"{number:#.3g}"
                assert digits not in text and f"{number:.2f}" not in text


@pytest.mark.parametrize("name", ALL)
def test_no_sentence_about_a_mistake_holds_the_answer(name):
    exercise = ALL[name]
    texts = [*exercise.mistakes, *exercise.hints]
    values = np.ravel(exercise.solution()) if not exercise.try_on else []
    for number in values:
        assert not any(f"{number:.3g}" in re.findall(r"[\d.]+", text) for text in texts)


@pytest.mark.parametrize(
    ("factor", "sentence"),
    [(1.14, "too large, by about 10 percent"), (0.33, "too small, by a factor of about 3"),
     (1.03, "by a few percent"), (1.2, "by about 25 percent"), (1e9, "factor of more than 100"),
     (1.005, "too large, by less than 1 percent: give more digits"),
     (1e-9, "too small, by a factor of more than 100"), (0, "too small\n")],
)  # fmt: skip
def test_an_unknown_wrong_number_is_told_how_far_off_it_is(factor, sentence, said):
    assert sentence in said("1.2", factor * ALL["1.2"].solution())


def test_numbers_below_0_and_arrays_are_told_the_direction(said, invented):
    assert "too far below 0, by a factor of about 2" in said("9.4", -7)
    assert "too near 0" in said("9.4", 0)
    assert "of the wrong sign" in said("9.4", 3.7)
    assert "right: 1 of 2; number 2 is too small, by about 25 percent" in said("9.5", [0.2, 0.55])
    assert "shape (3,) was given, 2 numbers were asked" in said("9.5", [1, 2, 3])
    assert said("9.5", (0.2, 0.7)).startswith("✓")
    assert said("9.4", np.array([-3.7])).startswith("✓")
    assert "the decimal sign is a point" in said("9.4", (-3, 7))
    assert "these are nats; the question asks bits" in said("9.6", 1.7 * math.log(2))
    assert "bits need np.log2" in said("9.6", 1.7 * math.log10(2))


def test_infinity_truth_and_words_can_be_asked(said, invented):
    assert said("9.3", np.inf).startswith("✓")
    assert "the exact answer is infinite" in said("9.3", 18.4)
    assert "of the wrong sign" in said("9.3", -np.inf)
    assert said("9.8", [0, np.inf]).startswith("✓")
    assert "infinity came out" in said("9.8", [np.inf, np.inf])
    assert said("9.1", True).startswith("✓") and said("9.1", np.True_).startswith("✓")
    assert said("9.1", False).startswith("✗ no")
    assert "without quotes" in said("9.1", "True")
    assert said("9.2", " P ").startswith("✓")
    assert "q is the belief" in said("9.2", "Q")
    assert "a word is asked" in said("9.2", 3)


ROUNDED = "rounded: give the number as it comes out, or at least four digits of it"


def _to_digits(number, digits):
    return float(f"{number:.{digits - 1}e}")


@pytest.mark.parametrize("name", PLAIN)
def test_four_digits_are_enough_and_two_are_accepted_or_called_rounded(name, said):
    right = np.array(PLAIN[name].solution(), dtype=float)
    for digits in (2, 3, 4, 5):
        given = np.vectorize(lambda number, digits=digits: _to_digits(number, digits))(right)
        text = said(name, given)
        assert text[0] == "✓" or ROUNDED in text or any(s in text for s in PLAIN[name].mistakes)
        assert text[0] == "✓" or digits < 4
        assert text[0] == "✓" or digits < 3 or PLAIN[name].tolerance < 1e-3


def test_roundings_are_not_taken_for_mistakes(said):
    for answer in (54_000, 53_900):
        assert ROUNDED in said("1.5", answer)
    for answer in (225, 226, 230):
        assert ROUNDED in said("1.4", answer)
    for name, answer in (("1.5", 53_957), ("1.5", 53_960), ("1.4", 225.1), ("1.2", 0.131)):
        assert said(name, answer).startswith("✓")
    assert ROUNDED in said("1.2", 0.13)
    assert ROUNDED in said("1.3", [0.046, 0.025])
    assert said("1.3", [0.0457, 0.0247]).startswith("✓")
    assert ROUNDED not in said("1.2", 0.12) and ROUNDED not in said("1.2", 0.1)


def test_numbers_that_are_still_to_be_added_are_told_so(said, invented):
    assert "these are two numbers: add them up" in said("9.4", [-3, -0.7])
    assert "these are 12 numbers: add them up" in said("9.4", [-3.7 / 12] * 12)
    assert "sum the terms of each" in said("9.5", [[0.1, 0.1], [0.3, 0.4]])
    assert "sum the terms of each" in said("9.5", np.array([[0.1, 0.3], [0.1, 0.4]]))
    assert "one number was given: give a list of two numbers" in said("9.5", 0.2)
    assert "add them up" in said("9.7", lambda x: x)
    assert "decimal sign" not in said("9.4", np.array([-3, 7]))
    assert "decimal sign" not in said("9.4", [-3, 7])
    assert "these are in percent" not in said("9.4", -370)
    assert "this is in percent; the question asks bits" in said("9.6", 170)


def test_a_number_of_few_digits_has_no_roundings(said, invented):
    assert said("9.9", 0.5).startswith("✓") and said("9.4", -3.7).startswith("✓")
    assert ROUNDED not in said("9.9", 0.501) + said("9.9", 0.51) + said("9.4", -3.71)


def test_what_a_first_reader_typed_is_named(said):
    heads, tails = np.log(0.75 / 0.5), np.log(0.25 / 0.5)
    five = [heads, heads, tails, heads, heads]
    assert "these are five numbers: add them up" in said("1.1", five)
    assert "this is Q/P without the logarithm" in said("1.1", 0.5**5 / (0.75**4 * 0.25))
    assert "this is P(sequence) alone, without" in said("1.1", 0.75**4 * 0.25)
    assert "this is Q(sequence) alone, without" in said("1.1", 0.5**5)
    p, q, seen = np.array([0.75, 0.25]), np.array([0.5, 0.5]), np.array([0.65, 0.35])
    assert "this is Σ p log p" in said("1.2", np.sum(p * np.log(p)))
    assert "this is in percent" in said("1.2", 100 * np.sum(p * np.log(p / q)))
    assert "decimal sign" not in said("1.2", np.array([0.4, 0.9]))
    assert "decimal sign" in said("1.2", (0, 13))
    assert "give a list of two numbers" in said("1.3", np.sum(seen * np.log(seen / q)))
    terms = [seen * np.log(seen / q), seen * np.log(seen / p)]
    assert "sum the terms of each" in said("1.3", terms)
    for odds in (1000, 100, 99):
        assert f"odds of {odds} were taken" in said("1.5", np.log(odds) / 1.2800546e-4)
    assert "the truth, the fair coin" in said("1.4", np.log(99) / 0.0201355)


def test_1_6_names_the_missing_weights_and_the_log_of_0(said):
    def with_math(p, q):
        return sum(a * math.log(a / b) for a, b in zip(p, q, strict=True))

    assert "without weights" in said("1.6", lambda p, q: np.sum(np.log(p / q)))
    assert said("1.6", with_math).startswith("✗ for p = [0.5, 0.5, 0.0], q = [0.25, 0.25, 0.5]: ")
    assert "log of 0: treat p = 0 apart" in said("1.6", with_math)
    assert "log of 0: treat zeros apart" in said("4.7", lambda logits, p: math.log(p[0, 0]))
    assert "NumPy alone" not in ALL["1.6"].prompt  # any function that is right is accepted


def test_hints_name_the_right_exercise_and_leave_something_to_do():
    assert "question of 1.4" in ALL["1.5"].hints[0]
    assert not any("observed, q" in text for text in ALL["1.3"].hints)


def test_quotes_functions_and_missing_returns_are_explained(said):
    assert "leave the quotes out" in said("1.2", "0.51")
    for function in (lambda: 1, np.log, math.log, np.sum):
        assert "this is a function: call it with its argument" in said("1.2", function)
    assert "a function is asked" in said("1.6", 0.2)
    assert "does its last line begin with return?" in said("1.6", lambda p, q: None)
    assert "raises ZeroDivisionError: division by zero" in said("1.6", lambda p, q: 1 / 0)


def test_a_function_that_changes_its_arguments_harms_nothing(said, invented):
    assert said("9.7", lambda x: x.fill(0)).startswith("✗")
    assert said("9.7", lambda x: x.sum() + 0 * x.fill(0) if False else x.sum()).startswith("✓")
    assert INVENTED["9.7"].try_on == (([0.25, 0.5],),)


@pytest.mark.parametrize("name", ALL)
def test_an_untouched_exercise_is_not_answered_and_nothing_fails(name, said):
    unanswered = (
        f"… {name} is not answered yet: replace the ... by your answer, run the cell again\n"
    )
    assert said(name, ...) == said(name, None) == unanswered
    if ALL[name].try_on:
        assert said(name, lambda *arguments: ...) == unanswered


@pytest.mark.parametrize("name", ALL)
def test_hints_come_in_order_and_end_at_the_solution(name, capsys):
    total = len(ALL[name].hints)
    assert total >= 2
    for number, text in enumerate(ALL[name].hints, start=1):
        hint(name)
        assert capsys.readouterr().out == f"Hint {number} of {total}: {text}\n"
    for _ in range(2):
        hint(name)
        assert f'solution("{name}")' in capsys.readouterr().out


@pytest.mark.parametrize("name", ALL)
def test_the_printed_solution_runs_and_is_right(name, capsys, said):
    solution(name)
    source = capsys.readouterr().out.split("→")[0]
    exercise = ALL[name]
    assert len(source.splitlines()) <= 7
    learner = {name: getattr(kl_lessons, name) for name in kl_lessons.__all__} | {"np": np}
    exec(source, learner)
    found = learner[exercise.solution.__name__ if exercise.try_on else "answer"]
    assert said(name, found).startswith("✓")


def test_a_shown_solution_is_not_a_solved_exercise(capsys, invented):
    solution("9.9")
    assert capsys.readouterr().out == "tenths = 5\nanswer = tenths / 10\n→ 0.5\n"
    progress()
    assert capsys.readouterr().out.endswith("9.9 · — 0 of 9\n")


def test_progress_is_one_line_for_each_lesson(capsys):
    progress()
    assert capsys.readouterr().out == "No exercise tried yet.\n"
    check("1.2", ALL["1.2"].solution())
    check("1.2", 7)
    hint("1.3")
    capsys.readouterr()
    progress()
    line = capsys.readouterr().out
    assert line.startswith("1.1 · 1.2 ✓ 1.3 · ") and " — 1 of " in line
    for lesson in (1, "1"):
        progress(lesson)
        assert capsys.readouterr().out == line
    for lesson in (0, 77, -1, True, "x", None.__class__, [1], 10**5000, Raises()):
        progress(lesson)
        assert "There is no such lesson" in capsys.readouterr().out


@pytest.mark.parametrize("ask", [hint, solution, lambda name: check(name, 1)])
def test_an_unknown_name_gets_a_sentence(ask, capsys):
    for name in ("1", "1.99", "x", "", "1.", "01.1"):
        ask(name)
        assert capsys.readouterr().out.startswith("There is no such exercise")
    for name in (1.1, 1, None, [], 10**5000, Raises()):
        ask(name)
        assert re.match(r'A name stands in quotes: \w+\("1.1"', capsys.readouterr().out)
    assert exercises._session == {}


def test_a_number_as_name_is_told_the_quotes(said):
    assert said(1.1, 3) == 'A name stands in quotes: check("1.1", …)\n'
    assert said(1.4, 3) == 'A name stands in quotes: check("1.4", …)\n'


@pytest.mark.parametrize("lesson", exercises._lessons())
def test_a_lesson_has_at_least_four_exercises_with_prompts(lesson):
    held = exercises._exercises(lesson)
    assert len(held) >= 4
    assert list(held) == [f"{lesson}.{number}" for number in range(1, len(held) + 1)]
    assert all(e.prompt and e.shows.endswith(".") for e in held.values())
