"""A learner's function runs where it can do no harm; what happens in it is seen, not guessed."""

import math
import signal
import sys
import threading
import time
import warnings

import numpy as np
import pytest

from kl_lessons.exercises import check, trial
from kl_lessons.exercises.trial import Stopped, Trial, run
from kl_lessons.information import kl_divergence

pytest_plugins = "asking"  # the fixture `said`

POSIX = hasattr(signal, "setitimer")
where_functions_can_be_stopped = pytest.mark.skipif(
    not POSIX, reason="only POSIX systems can stop a running function"
)


def written(source, **variables):
    """The function answer, written in a notebook that holds these variables."""
    namespace = {"np": np, "math": math, **variables}
    exec(source, namespace)
    return namespace["answer"], namespace


# ---- time


def forever(*arguments):
    while True:
        pass


def forever_against_exceptions(*arguments):
    while True:
        try:  # noqa: SIM105
            pass
        except Exception:
            pass


def forever_against_all(*arguments):
    while True:
        try:  # noqa: SIM105
            math.sqrt(2)
        except:  # noqa: E722
            pass


def forever_printing(*arguments):
    while True:
        print("again")


def asleep(*arguments):
    time.sleep(1000)


@where_functions_can_be_stopped
@pytest.mark.parametrize(
    "function", [forever, forever_against_exceptions, forever_against_all, forever_printing, asleep]
)
def test_a_function_that_never_ends_is_stopped_with_a_sentence(function, said, monkeypatch):
    monkeypatch.setattr(trial, "SECONDS", 0.2)
    for name in ("1.1", "1.6"):
        text = said(name, function)
        assert "the function was still running after some seconds, and was stopped" in text
        assert len(text) < 3_000


@where_functions_can_be_stopped
def test_the_handler_and_the_timer_of_whoever_had_one_are_put_back():
    def theirs(number, frame):
        raise AssertionError("not their time yet")

    before = signal.signal(signal.SIGALRM, theirs)
    signal.setitimer(signal.ITIMER_REAL, 1000, 7)
    try:
        assert isinstance(run(forever, (), 0.1).error, Stopped)
        assert signal.getsignal(signal.SIGALRM) is theirs
        left, interval = signal.getitimer(signal.ITIMER_REAL)
        assert 900 < left <= 1000 and interval == 7
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_outside_the_main_thread_nothing_is_stopped_and_nothing_said():
    found = []
    thread = threading.Thread(target=lambda: found.append(run(lambda: 7, (), 0.1)))
    thread.start()
    thread.join()
    assert found == [Trial(returned=7)]


@where_functions_can_be_stopped
def test_a_slow_function_is_stopped_on_all_inputs_together(said, monkeypatch):
    monkeypatch.setattr(trial, "SECONDS", 0.4)
    assert "was stopped" in said("1.6", lambda p, q: time.sleep(0.15) or kl_divergence(p, q))


def test_the_stop_button_still_stops():
    def interrupted():
        raise KeyboardInterrupt

    for answer in (interrupted, lambda p, q: interrupted()):
        with pytest.raises(KeyboardInterrupt):
            check("1.1" if answer is interrupted else "1.6", answer)


# ---- what is given, and what stands outside


def test_the_function_gets_copies_and_a_change_of_them_is_said(said):
    def in_place(p, q):
        with np.errstate(all="ignore"):
            terms = p * np.log(p / q)
            p *= 0
            return np.nansum(terms)

    text = said("1.6", in_place)
    assert "the numbers are right, but the function changes p" in text
    assert said("1.6", in_place) == text, "the inputs themselves stayed as they were"


def test_the_variables_of_the_lesson_stay_as_they_were():
    p, names = np.array([0.5, 0.5]), ["sun"]
    function, lesson = written(
        "def answer():\n"
        "    global q, flips, new\n"
        "    q = 7\n"
        "    new = 8\n"
        "    del flips\n"
        "    p[0] = 9\n"
        "    names.append('rain')\n"
        "    return p[0] + q",
        p=p, q=np.array([0.9, 0.1]), flips=3, names=names,
    )  # fmt: skip
    assert run(function).returned == 16
    assert lesson["p"] is p and p.tolist() == [0.5, 0.5]
    assert lesson["q"].tolist() == [0.9, 0.1] and lesson["flips"] == 3
    assert lesson["names"] is names and names == ["sun"] and "new" not in lesson


def test_what_is_printed_is_shown_once_before_the_verdict_and_not_without_end(said):
    def prints(p, q):
        print("p is", p)
        return 1.0

    text = said("1.6", prints)
    assert text.startswith("p is [0.5 0.3 0.2]\n✗ for p = [0.5, 0.3, 0.2]")
    assert text.count("p is") == 1
    text = said("1.1", lambda: print("x" * 10**6))
    assert len(text) < 2_500 and "x …\n✗ the function returns nothing" in text


def test_warnings_of_the_function_are_not_shown(said):
    def warns():
        warnings.warn("old", DeprecationWarning, stacklevel=1)
        return np.log(np.array(-1.0))

    assert said("1.1", warns).startswith("✗ the logarithm of a negative number")


def test_profilers_are_put_back():
    def profiler(frame, event, argument):
        pass

    sys.setprofile(profiler)
    try:
        assert trial.package_function_called(kl_divergence, ([0.5, 0.5], [0.5, 0.5]))
        assert sys.getprofile() is profiler
    finally:
        sys.setprofile(None)


# ---- errors and their lines


def test_an_error_is_told_with_the_line_it_came_from(said, tmp_path):
    path = tmp_path / "cell.py"
    path.write_text("def answer(p, q):\n    both = p + q\n    return both @ np.ones(77)\n")
    namespace = {"np": np}
    exec(compile(path.read_text(), str(path), "exec"), namespace)
    text = said("1.6", namespace["answer"])
    assert "the function stops with ValueError: matmul" in text
    assert ", in the line\n  return both @ np.ones(77)\n" in text


def again(p, q):
    return again(p, q)


@pytest.mark.parametrize(
    ("function", "sentence"),
    [
        (lambda p, q: 1 / 0, "the function divides by 0"),
        (lambda p, q: nothing, "the function uses the name nothing, which is not defined"),  # noqa: F821
        (again, "the function calls itself without end"),
        (lambda p, q: math.exp(1000), "math.exp stops there"),
        (lambda p, q: math.log(-1), "math.log takes no 0 and nothing below 0"),
        (lambda p, q: p[1.0], "a place in an array was named by what is no whole number"),
        (lambda p, q: list(p)[1.0], "a place in an array was named by what is no whole number"),
        (
            lambda p, q: np.ones((2, 3)) / np.ones((2, 3)).sum(axis=1),
            "arrays of shapes (2,3) and (2,) do not fit together",
        ),
        (lambda p, q: "0.1", "leave the quotes out"),
        (lambda p, q: ["0.1", "0.2"], "leave the quotes out"),
        (
            lambda p, q: ["0", "11", "10"],
            "take the lengths of code words, and no quotes for numbers",
        ),
        (lambda p, q: None, "does its last line begin with return?"),
        (lambda p, q: (yield 1), "the function yields numbers; it has to return them"),
        (lambda p: p, "the function is called with p and q: keep its first line"),
        (lambda p, q, r: p, "the function is called with p and q: keep its first line"),
        (0.2, "a function is asked: give its name alone, without parentheses"),
        (float, "this is a class; a function is asked"),
    ],
)
def test_what_stops_a_function_is_named(function, sentence, said):
    assert sentence in said("1.6", function)


async def asynchronous(*arguments):
    return 0.3


def test_async_functions_classes_and_builtins_are_named(said):
    assert "an async function was given: begin it with def alone" in said("1.1", asynchronous)
    assert "an async function was given" in said("1.6", asynchronous)
    assert "this is a class; numbers are asked" in said("1.1", float)
    for function in (np.log, math.log, np.sum, len):
        text = said("1.1", function)
        assert "call it with its argument" in text or "here it takes none" in text
    assert "the function asks for arguments; here it takes none" in said("1.1", lambda p, q: p)
    assert "put list(…) around it" in said("1.1", (n for n in (1, 2)))


# ---- nan and ∞ by their cause


@pytest.mark.parametrize(
    ("function", "cause"),
    [
        (lambda: np.log(np.array(-2.0)), "the logarithm of a negative number was taken"),
        (lambda: np.log2(np.float64(-2)), "the logarithm of a negative number was taken"),
        (lambda: np.sqrt(np.array([-2.0]))[0], "the root of a negative number was taken"),
        (lambda: np.array([0.0]) * np.log([0.0]), "log 0 was taken, and 0 · log 0 is nan"),
        (lambda: np.float64(0) * np.log(np.float64(0)), "log 0 was taken, and 0 · log 0 is nan"),
        (lambda: np.array([0.0]) * np.inf, "0 · ∞ was computed"),
        (lambda: np.array([0.0]) / np.array([0.0]), "0/0 or ∞/∞ was computed"),
        (lambda: np.exp([1000.0]) / np.exp([1000.0]), "exp of a large score became ∞, and ∞/∞"),
        (lambda: np.exp([1000.0]) - np.exp([1000.0]), "exp of a large score became ∞, and ∞ − ∞"),
        (lambda: np.log([0.0]) - np.log([0.0]), "∞ − ∞ was computed"),
        (lambda: np.nan, "nan came out, which is no number"),
        (lambda: np.log([-1.0]) + 0 * np.sqrt([-1.0]), "nan came out, which is no number"),
        (lambda: -np.log(np.array(0.0)), "∞ came out, and the answer is finite: log 0 was taken"),
        (lambda: np.exp(np.array(1000.0)), "the answer is finite: exp of a large score became ∞"),
        (lambda: np.array(1.0) / 0, "the answer is finite: something was divided by 0"),
        (lambda: np.float64(1e308) * 10, "a number became too large for a float"),
        (lambda: math.inf, "∞ came out, and the answer is finite\n"),
        (lambda: kl_divergence([0.5, 0.5], [1, 0]), "kl_divergence found 0 in its second argument"),
    ],
)
def test_nan_and_infinity_are_told_by_their_cause(function, cause, said):
    assert cause in said("1.1", function)


def test_a_nan_that_is_masked_is_not_taken_for_the_cause(said):
    def masked(p, q):
        with np.errstate(all="ignore"):
            return np.sum(np.where(p > 0, p * np.log(p / q), 0))

    assert said("1.6", masked).startswith("✓")


def test_an_attribute_is_not_taken_for_a_variable_of_the_same_name(said):
    function, _ = written(
        "def answer():\n    return np.ones(3).size + sum(more for _ in 'ab')", size=7, more=3.0
    )
    assert "It reads more from outside the function\n" in said("1.1", function)
