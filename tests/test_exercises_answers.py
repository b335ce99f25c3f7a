"""The answers in the package and the solutions in the lessons hold each other, and SciPy both."""

import ast
import dataclasses
import json
import math
import re

import museum
import nbformat
import numpy as np
import pytest
import scipy.optimize
import scipy.spatial.distance
import scipy.special
import scipy.stats

from kl_lessons import exercises
from kl_lessons.exercises import is_right
from kl_lessons.exercises.explanations import value_of
from kl_lessons.exercises.judge import judge
from kl_lessons.tools import save_lessons

ALL = {name: e for n in exercises._lessons() for name, e in exercises._exercises(n).items()}
LESSONS = {int(path.name[:2]): path for path in save_lessons.NOTEBOOKS.glob("*.ipynb")}
PREDICTIONS = [name for name, e in ALL.items() if e.asks == "prediction"]
SOLVED = [name for name in ALL if name not in PREDICTIONS]


def sources(lesson):
    """The id and the text of each code cell of the lesson."""
    held = json.loads(LESSONS[lesson].read_text(encoding="utf-8"))["cells"]
    return {c["id"]: "".join(c["source"]) for c in held if c["cell_type"] == "code"}


def solution_cell(name):
    return sources(int(name.split(".")[0]))[f"solution-{name.replace('.', '-')}"]


def run(name, source):
    """Run the source as a cell of the exercise's lesson, after the imports alone."""
    namespace = {}
    exec(sources(int(name.split(".")[0]))["imports"], namespace)
    exec(source, namespace)
    return namespace


def kl(p, q):
    return scipy.special.rel_entr(p, q).sum()


def product(joint):
    return np.outer(np.sum(joint, axis=1), np.sum(joint, axis=0))


def of_joint(joint):
    return kl(joint, product(joint))


def bits_of_text(counts, q):
    with np.errstate(divide="ignore"):
        return -scipy.special.xlogy(counts, q).sum() / math.log(2) + 0.0


def mean_loss(logits, p):
    return -np.mean(np.sum(p * scipy.special.log_softmax(logits, axis=1), axis=1))


def loss_at(logits, p, temperature):
    return mean_loss(np.divide(logits, temperature), np.array(p))


def price_of_codes(mean, log_sd):
    """KL of each row from the standard normal distribution, by its covariance matrix."""
    return [
        (np.dot(m, m) + np.trace(c) - len(m) - np.linalg.slogdet(c)[1]) / 2
        for m, c in ((m, np.diag(np.exp(2 * np.array(s)))) for m, s in zip(mean, log_sd))  # noqa: B905
    ]


def on_leash(p, reward, beta):
    with np.errstate(divide="ignore"):
        return scipy.special.softmax(np.log(p) + np.divide(reward, beta), axis=1)


RAINY = np.array([0.7, 0.2, 0.1])
ROOTS = scipy.special.softmax(np.log(RAINY) / 2)
M = [0.75, 0.25]
DRAWN = [0.6, 0.4, 0.0], [0.2, 0.4, 0.4]
FROM_ELSEWHERE = {  # by SciPy, or with pencil and paper
    "1.1": math.log(81 / 32),  # 0.75⁴ · 0.25 = 81/1024, and 0.5⁵ = 1/32
    "1.2": lambda heads_p, heads_q: kl([heads_p, 1 - heads_p], [heads_q, 1 - heads_q]),
    "1.3": [kl([0.65, 0.35], [0.5, 0.5]), kl([0.65, 0.35], [0.75, 0.25])],
    "1.4": [math.log(99) / kl([0.5, 0.5], [0.6, 0.4]), math.log(99) / kl([0.6, 0.4], [0.5, 0.5])],
    "1.5": math.log(9990) / kl([0.8, 0.2], [0.6, 0.4]),
    "1.6": kl,
    "2.1": [-0.2 * math.log(2), 0.5 * math.log(1.25) + 0.3 * math.log(1.5)],
    "2.2": [math.log(2), math.inf],
    "2.3": [
        math.log(4 / 3),
        kl([0.5, 0.5], M),
        scipy.stats.entropy(M) - math.log(2) / 2,  # JS is the entropy of M less the mean of both
    ],
    "2.4": 0.131638442386708,
    "2.5": kl([0.5, 0.3, 0.2], [0.7, 0.2, 0.1]) - kl([0.8, 0.2], [0.9, 0.1]),
    "2.6": of_joint,
    "3.1": [1.3, 1.5],
    "3.2": 0.72 * math.log(2),
    "3.3": (0.81 * 1 + 0.09 * 2 + 0.09 * 3 + 0.01 * 3) / 2,
    "3.4": math.log2(99) / 0.247,
    "3.5": 9.974182454814718,
    "3.6": bits_of_text,
    "4.1": [scipy.stats.entropy([0, 1, 0], [0.6, 0.15, 0.25]), math.log(2)],
    "4.2": [
        scipy.special.logsumexp([2, -1, 0.3]) - 0.3,
        scipy.special.logsumexp([2, -1, 1.3]) - 1.3,
    ],
    "4.3": [2, -1, 0.3] - scipy.special.softmax([2, -1, 0.3]) + [0, 0, 1],
    "4.4": scipy.stats.entropy([0.92, 0.02, 0.02, 0.02, 0.02]),
    "4.5": math.log(1 + 9 / math.e),
    "4.6": 0.05 * 8 * 10 / 8,
    "4.7": mean_loss,
    "4.14": -scipy.special.log_expit([-2, -2 + scipy.special.expit(2)]),
    **museum.ANSWERS,
    "6.1": [2.0, math.sqrt(0.25 * 10 + 0.75 * 1.25)],  # variances about the mean 2
    "6.2": [math.log(5), math.log(1.25)],
    "6.4": [math.log(2) + 10 / 8 - 1 / 2, 13 / 2 - math.log(2) - 1 / 2],
    "6.5": lambda log_p, log_q: np.mean(
        scipy.special.rel_entr(1, np.exp(np.subtract(log_q, log_p)))
        + np.exp(np.subtract(log_q, log_p))
        - 1
    ),
    "6.6": [20 / 3, 0.0225],
    "5.1": [-scipy.special.log_softmax(np.zeros(16))[0], np.exp(-0.11)],
    "5.2": scipy.stats.entropy([0.775, 0.075, 0.075, 0.075]),
    "5.3": 0.6 * 0.1 + 0.4 * 0.05,
    "5.5": loss_at,
    "7.1": [scipy.stats.beta(4, 2).mean(), scipy.special.betaln(4, 2)],
    "7.2": [
        scipy.stats.beta(1, 1).expect(lambda coin: 3 * np.log(coin) + np.log(1 - coin)),
        -math.log(20) + 4,
    ],
    "7.4": lambda q, log_joint: scipy.special.entr(q).sum() + np.dot(q, log_joint),
    "7.5": price_of_codes,
    "7.6": math.ceil(
        scipy.optimize.bisect(lambda t: -0.375 * 0.95**t - np.log1p(-(0.95**t)) / 2 - 0.02, 5, 99)
    ),
    "7.7": [0.75, 0.5, 0, 2 * scipy.spatial.distance.jensenshannon(*DRAWN) ** 2 - math.log(4)],
    "8.1": [7 / 4, 1 / scipy.stats.gmean([1 / 2, 1 / 4, 1 / 8, 1 / 2])],
    "8.2": [0.58, 0.35, 0.03, 0.02, 0.02],  # 5.8, 3.5, 0.3, 0.2 and 0.2 of 10
    "8.4": lambda p, reward, beta: np.squeeze(on_leash(p, reward, beta)),
    "8.5": [kl(RAINY, ROOTS), kl(ROOTS, RAINY)],
    "8.6": 1 / math.log((1.5 + math.sqrt(32.25)) / 2),  # exp(1/β) = x, x² − 1.5x − 7.5 = 0
}


@pytest.mark.parametrize("name", FROM_ELSEWHERE)
def test_the_answer_of_the_package_agrees_with_a_third_source(name):
    exercise, wanted = ALL[name], FROM_ELSEWHERE[name]
    for inputs in exercise.inputs:
        third = wanted(**inputs) if callable(wanted) else wanted
        found = value_of(exercise.answer, inputs)
        np.testing.assert_allclose(found, third, rtol=1e-10, atol=1e-12)


def test_each_exercise_that_is_no_choice_has_a_third_source():
    assert set(FROM_ELSEWHERE) == {n for n, e in ALL.items() if e.asks in ("numbers", "function")}


@pytest.mark.parametrize("name", SOLVED)
def test_the_folded_solution_asserts_itself_and_is_right(name):
    source = solution_cell(name)
    assert source.startswith(f"# Solution of {name}: click to open it\n")
    asserted = re.findall(rf'^assert is_right\("{re.escape(name)}", (.+)\)$', source, re.MULTILINE)
    assert len(asserted) == 1 and source.rstrip().endswith(f", {asserted[0]})")
    run(name, source)


@pytest.mark.parametrize("name", PREDICTIONS)
def test_a_prediction_is_solved_by_the_cell_below_it_alone(name):
    ids = list(sources(int(name.split(".")[0])))
    assert f"solution-{name.replace('.', '-')}" not in ids
    assert is_right(name, ALL[name].answer)


class Spoilt(ast.NodeTransformer):
    """Each number that is returned becomes larger, each letter another one."""

    def visit_Return(self, node):
        call = ast.parse("np.multiply(1.002, 0)", mode="eval").body
        call.args[1] = node.value
        return ast.copy_location(ast.Return(call), node)

    def visit_Constant(self, node):
        letter = type(node.value) is str and len(node.value) == 1
        return ast.Constant("b" if node.value == "a" else "a") if letter else node


@pytest.mark.parametrize("name", SOLVED)
def test_a_wrong_solution_planted_in_a_lesson_stops_the_lesson(name):
    spoilt = ast.unparse(ast.fix_missing_locations(Spoilt().visit(ast.parse(solution_cell(name)))))
    with pytest.raises(AssertionError):
        run(name, spoilt)


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("2.4", "kl_in_bits * np.log(2) / 2", "kl_in_bits / 2"),
        ("3.3", "[len(word) for word in huffman_code(pairs)]", "[1, 2, 3, 4]"),
        ("3.5", "np.exp(nats)", "2**nats"),
        ("4.1", "q[p == 1][0]", "q[0]"),
        ("4.4", "share / 5", "share / 4"),
        ("4.6", "total / examples", "total / classes"),
    ],
)
def test_a10_wrong_solutions_that_once_left_all_tests_green(name, right, wrong):
    source = solution_cell(name)
    assert right in source
    with pytest.raises(AssertionError):
        run(name, source.replace(right, wrong))


@pytest.mark.parametrize("name", ALL)
def test_a_wrong_answer_planted_in_the_package_is_caught(name, monkeypatch):
    exercise = ALL[name]
    if exercise.asks in ("choice", "prediction"):
        wrong = next(iter(exercise.choices))
    else:
        compute = exercise.answer

        def wrong(**inputs):
            return np.multiply(1.002, compute(**inputs))

    spoilt = dataclasses.replace(exercise, answer=wrong)
    monkeypatch.setitem(exercises._exercises(int(name.split(".")[0])), name, spoilt)
    if name in FROM_ELSEWHERE:
        with pytest.raises(AssertionError):
            for inputs in exercise.inputs:
                third = FROM_ELSEWHERE[name]
                third = third(**inputs) if callable(third) else third
                np.testing.assert_allclose(wrong(**inputs), third, rtol=1e-10, atol=1e-12)
    if name in SOLVED:
        with pytest.raises(AssertionError):
            run(name, solution_cell(name))
    else:  # its words would praise a letter that stands for a wrong choice
        assert not is_right(name, exercise.answer)


@pytest.mark.parametrize("name", [n for n in SOLVED if ALL[n].asks == "numbers"])
def test_a_right_answer_is_right_in_many_forms(name):
    right = value_of(ALL[name].answer, ALL[name].inputs[0])
    typed = [float(f"{number:.5g}") for number in right.ravel()]
    typed = typed if right.ndim else typed[0]
    forms = [right, right.tolist(), np.float32(right), [right], typed, lambda: right, lambda: typed]
    forms += [tuple(typed), np.array([typed]), lambda: list(typed)] if right.ndim else [right[None]]
    assert all(is_right(name, form) for form in forms)


def terms_or_infinite(p, q):
    """p log(p/q) in a loop, in Python's own numbers."""
    total = 0.0
    for a, b in zip(p, q, strict=True):
        if a > 0:
            total += a * math.log(a / b) if b > 0 else math.inf
    return total


def quietly(function):
    def wrapped(*arguments):
        with np.errstate(all="ignore"):
            return function(*arguments)

    return wrapped


def log_q(z):
    below = z - z.max(axis=1)[:, None]
    return below - np.log(np.exp(below).sum(axis=1))[:, None]


def below_0(z):
    return z - z.max(axis=1, keepdims=True)


def over_sums(weights):
    return weights / weights.sum(axis=1, keepdims=True)


RIGHT_FUNCTIONS = {
    "1.2": [
        lambda p, q: p * np.log(p / q) + (1 - p) * np.log((1 - p) / (1 - q)),
        lambda p, q: p * (np.log(p) - np.log(q)) + (1 - p) * (np.log(1 - p) - np.log(1 - q)),
        lambda p, q: sum(a * math.log(a / b) for a, b in ((p, q), (1 - p, 1 - q))),
        lambda p, q: np.array([p, 1 - p]) @ np.log([p / q, (1 - p) / (1 - q)]),
        lambda heads_p, heads_q: terms_or_infinite([heads_p, 1 - heads_p], [heads_q, 1 - heads_q]),
    ],
    "1.6": [
        quietly(lambda p, q: np.nansum(p * np.log(p / q))),
        quietly(lambda p, q: np.sum(np.where(p > 0, p * np.log(p / q), 0))),
        quietly(lambda p, q: np.sum(p[p > 0] * (np.log(p[p > 0]) - np.log(q[p > 0])))),
        terms_or_infinite,
        lambda p, q: np.array([terms_or_infinite(p, q)]),
        lambda p, q: p[p > 0] @ np.log(p[p > 0]) - np.sum(scipy.special.xlogy(p, q)),
    ],
    "2.6": [
        lambda joint: terms_or_infinite(joint.ravel(), product(joint).ravel()),
        quietly(lambda joint: np.nansum(joint * np.log(joint / product(joint)))),
        quietly(lambda j: np.sum(np.where(j > 0, j * np.log(j / product(j)), 0))),
        lambda j: sum(-m[m > 0] @ np.log(m[m > 0]) for m in (j.sum(1), j.sum(0)))
        + j[j > 0] @ np.log(j[j > 0]),
        lambda j: scipy.special.xlogy(j, j).sum() - scipy.special.xlogy(j, product(j)).sum(),
    ],
    "3.6": [
        quietly(lambda c, q: -np.nansum(np.where(c > 0, c * np.log2(q), 0))),
        quietly(lambda c, q: -np.sum(c[c > 0] * np.log2(q[c > 0]))),
        lambda c, q: sum(-a * math.log2(b) if b else math.inf for a, b in zip(c, q) if a),  # noqa: B905
        bits_of_text,
        quietly(lambda c, q: float((c[c > 0] * -np.log(q[c > 0]) / np.log(2)).sum())),
    ],
    "4.7": [
        lambda z, p: -np.mean(np.sum(p * log_q(z), axis=1)),
        lambda z, p: -np.sum(p * log_q(z)) / len(z),
        lambda z, p: np.mean(np.logaddexp.reduce(z, axis=1) - np.sum(p * z, axis=1)),
        lambda z, p: sum(-row @ label for row, label in zip(log_q(z), p, strict=True)) / z.shape[0],
        mean_loss,
    ],
    "5.5": [
        loss_at,
        lambda z, p, t: -np.mean(np.sum(p * log_q(z / t), axis=1)),
        lambda z, p, t: np.mean(np.logaddexp.reduce(z / t, axis=1) - np.sum(p * z, axis=1) / t),
        lambda z, p, t: -sum(row @ truth for row, truth in zip(log_q(z / t), p)) / len(p),  # noqa: B905
        lambda z, p, t: -np.einsum("ij,ij->", p, log_q(z * (1 / t))) / z.shape[0],
    ],
    "6.5": [
        lambda log_p, log_q: np.mean(np.exp(log_q - log_p) - 1 - (log_q - log_p)),
        lambda log_p, log_q: np.mean(np.expm1(log_q - log_p) + log_p - log_q),
        lambda log_p, log_q: sum(math.exp(b - a) - 1 + a - b for a, b in zip(log_p, log_q))  # noqa: B905
        / len(log_p),
        lambda log_p, log_q: np.mean(np.exp(log_q) / np.exp(log_p) - 1) + np.mean(log_p - log_q),
        lambda log_p, log_q: np.average(np.exp(log_q - log_p)) - 1 - np.average(log_q - log_p),
    ],
    "7.4": [
        quietly(lambda q, log_joint: np.nansum(q * (log_joint - np.log(q)))),
        lambda q, j: np.sum(q[q > 0] * (j[q > 0] - np.log(q[q > 0]))),
        lambda q, j: sum(a * (b - math.log(a)) for a, b in zip(q, j) if a),  # noqa: B905
        lambda q, j: q @ (j - np.log(q, where=q > 0, out=np.zeros(len(q)))),
        lambda q, log_joint: np.dot(q, log_joint) - scipy.special.xlogy(q, q).sum(),
    ],
    "7.5": [
        price_of_codes,
        lambda mean, log_sd: np.sum(mean**2 + np.exp(2 * log_sd) - 1 - 2 * log_sd, axis=1) / 2,
        lambda m, s: 0.5 * (m * m + np.exp(s) ** 2 - 1 - np.log(np.exp(s) ** 2)).sum(-1),
        lambda m, s: [sum((a * a + math.exp(2 * b) - 1) / 2 - b for a, b in zip(*r)) for r in zip(m, s)],  # noqa: B905, E501
        lambda m, s: (np.square(m) + np.expm1(2 * s)).sum(axis=1) / 2 - s.sum(axis=1),
    ],
    "8.4": [
        quietly(on_leash),
        quietly(lambda p, r, b: over_sums(np.exp(below_0(np.log(p) + r / b)))),
        lambda p, r, b: over_sums(
            p * np.exp(np.minimum(below_0(np.where(p > 0, r, -np.inf)), 0) / b)
        ),
        quietly(lambda p, r, b: np.exp(log_q(np.log(p) + r / b))),
        lambda p, r, b: scipy.special.softmax(np.log(np.maximum(p, 5e-324)) + np.where(p > 0, r / b, -1e9), axis=1),  # noqa: E501
        quietly(lambda p, r, b: [scipy.special.softmax(row) for row in np.log(p) + r / b]),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", RIGHT_FUNCTIONS)
def test_a_function_is_right_in_whatever_way_it_is_written(name):
    assert len(RIGHT_FUNCTIONS[name]) >= 5
    for number, function in enumerate(RIGHT_FUNCTIONS[name]):
        judge(ALL[name], function, exercises._surroundings(name), print)  # or it says why not
        assert is_right(name, function), number


def kl_of_counts(seen):
    """The mean KL(P‖Q) in nats, over all counts of so many flips of a coin, 1/2 added to each."""
    heads = np.arange(seen + 1)
    q = np.array([heads + 0.5, seen - heads + 0.5]) / (seen + 1)
    each = [kl([0.7, 0.3], column) for column in q.T]
    return scipy.stats.binom.pmf(heads, seen, 0.7) @ each


def facts_of_choices():
    """What makes the right letter of each choice and prediction right, as the lesson shows it."""
    p, q = [0.5, 0.5], [0.9, 0.1]
    yield "1.8", "c", kl(q, p) < kl(p, q)  # down by KL(Q‖P), less steeply than up by KL(P‖Q)
    yield "1.9", "b", math.isclose(kl([1, 0], p), math.log(2))
    yield "1.10", "b", 4e6 < 1 / scipy.stats.binom.pmf(75, 100, 0.5) < 6e6
    yield "2.7", "c", np.sum([0.5, 0.3, 0.2] * np.log([1.4, 2 / 3, 0.5])) < 0
    yield "2.8", "b", kl(p, [1 - 1e-8, 1e-8]) + 4 < kl(p, [1 - 1e-12, 1e-12])
    yield "2.9", "d", kl([0.5, 0.5, 0], [0.4, 0.4, 0.2]) < kl([0.5, 0.5, 0], [1, 0, 0]) == np.inf
    yield "2.10", "a", kl(p, [0.7, 0.3]) + kl([0.7, 0.3], q) < kl(p, q)
    yield "2.11", "b", kl([0.999, 0.001], [1, 0]) == np.inf
    yield "2.12", "b", kl([0.5, 0.5], [0.7, 0.3]) < kl([0.5, 0.3, 0.2], [0.7, 0.2, 0.1])
    bob, alice = np.array([0.5, 0.25, 0.125, 0.125]), np.array([0.125, 0.5, 0.25, 0.125])
    yield "3.7", "a", -np.sum(bob * np.log2(alice)) > 1.75
    yield "3.10", "b", 1.2 / math.log(2) > 1.5
    sharper = [np.array([0.6, 0.3, 0.1]) ** theta for theta in (1, 4)]
    yield "4.8", "b", scipy.stats.entropy(sharper[1]) < scipy.stats.entropy(sharper[0])
    yield "4.11", "a", abs(scipy.stats.entropy([0.9, 0.1]) - 0.325) < 5e-4
    twice = [scipy.special.log_softmax(z)[0] for z in ([1, 0, 0, 0], [0, -100, -100, -100])]
    covers, seeks = ([0.5, 2.55], [2.5, 0.7])  # what the two fits to two peaks at ±2.5 come to
    empty = scipy.stats.norm([-2.5, 2.5], 0.7).pdf(covers[0]) @ [0.4, 0.6]
    full = scipy.stats.norm([-2.5, 2.5], 0.7).pdf(seeks[0]) @ [0.4, 0.6]
    yield "6.3", "b", empty < full / 50
    modest, sure = kl([0.9, 0.1], [0.6, 0.4]), kl([0.9, 0.1], [0.999, 0.001])
    yield "5.4", "a", round(modest, 2) == 0.23 and round(sure, 2) == 0.37
    joint, beliefs = np.array([0.02, 0.08]), np.array([[0.6, 0.4], [0.3, 0.7]])
    rise = np.diff(np.sum(beliefs * np.log(joint / beliefs), axis=1))
    yield "7.3", "b", np.allclose(rise, -np.diff([kl(q, joint / joint.sum()) for q in beliefs]))
    few, many = (kl_of_counts(seen) for seen in (4, 40))
    yield "8.3", "c", many < few / 4
    flattered = on_leash([[0.6, 0.38, 0.02]] * 3, [[0, 1, 2]] * 3, np.array([[9], [1], [0.05]]))
    use = flattered @ [0, 1, -2]  # what is rated highest is flattery
    yield "8.10", "c", use[1] > use[0] and use[1] > use[2]
    yield "4.12", "c", -twice[0] > 0.7 > 1e-9 > -twice[1]


@pytest.mark.parametrize(("name", "letter", "fact"), [*facts_of_choices()])
def test_the_right_choice_is_right_by_computation(name, letter, fact):
    assert fact and ALL[name].answer == letter


@pytest.mark.parametrize(
    ("name", "cell", "shown"),
    [("1.7", "walk-picture", r"the mean of such walks is 0\.5108"),
     ("3.8", "table", r"(?s)Spanish.*German.*Finnish"), ("3.9", "short", r"least:\nSpanish"),
     ("4.10", "floor-table", r"(?s)0\.2911, KL 0\.0000.*0\.6668"),
     ("4.9", "likelihood-table", r"1\.25    2\.73e-04   0\.8205"),
     ("4.13", "passport-torch-table", r"kl_div\(log q, p\), batchmean:  0\.2180"),
     ("6.7", "forward-starts", r"(?s)-6: mean 0\.5000.*6: mean 0\.5000"),
     ("6.8", "reverse-starts", r"(?s)mean -2\.498.*mean  0\.388.*mean  2\.499"),
     ("6.9", "negative", r"(?s)k1: 215.*k2:   0.*k3:   0"),
     ("6.10", "closed-code", r"0\.6542 .*2\.9014"),
     ("7.8", "elbo-code", r"(?s)ELBO -7\.7070.*ELBO -6\.9777 \+ KL\(Q‖P\) 0\.0000.*ELBO -7\.2026"),
     ("7.9", "blind-code", r"code 0\.0 nats"),
     ("7.10", "diffusion-code", r"(?s)line.* sum 3\.\d+.*table.* sum 2\.\d+"),
     ("7.11", "gan-goal", r"\[0\.5 0\.5 0\.5\]"),
     ("8.7", "cost-code", r"(?s)order 0.* 4\.43 bits.*order 3.* 2\.78 bits.*order 6.* 4\.60 bits"),
     ("8.8", "rivals", r"(?s)zlib.* seen 3\.2 .*bz2.* seen 2\.42 .*order 4.* seen 2\.49 "),
     ("8.9", "distil-judge", r"(?s)letters: .* 1\.72 bits.*distributions: .* 1\.32 bits"),
     ("8.10", "hack-code", r"(?s)use 0\.435.*use 0\.738.*use -0\.795")],
)  # fmt: skip
def test_the_right_prediction_is_what_the_lesson_prints(name, cell, shown):
    lesson = nbformat.read(LESSONS[int(name.split(".")[0])], as_version=4)
    outputs = next(c.outputs for c in lesson.cells if c.id == cell)
    text = "".join(o.get("text") or o["data"]["text/plain"] for o in outputs)
    assert re.search(shown, text)


def test_the_lessons_values_are_those_of_the_lessons():
    for number in exercises._lessons():
        known = exercises._lesson(number).VALUES
        found = {name: [] for name in known}
        for source in sources(number).values():
            for name, value in assigned(source, known):
                if value not in found[name]:
                    found[name].append(value)
        for name, values in known.items():
            missing = [value for value in values if value not in found[name]]
            assert not missing, f"lesson {number} has no {name} = {missing}"


def assigned(source, names):
    """The values that a cell gives to the names, where NumPy alone can tell them."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign):
            one = node.targets[0]
            targets = one.elts if isinstance(one, ast.Tuple) else node.targets
            values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
            for target, value in zip(targets, values, strict=False):
                if isinstance(target, ast.Name) and target.id in names:
                    try:
                        computed = eval(compile(ast.Expression(value), "", "eval"), {"np": np})
                    except NameError:
                        continue
                    yield target.id, np.asarray(computed, dtype=float).tolist()
