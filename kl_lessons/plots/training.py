"""Pictures of training: an image and its bars, the losses, reliability, temperature."""

import math

import numpy as np
from numpy.typing import ArrayLike

from kl_lessons.information import cross_entropy, entropy, kl_divergence
from kl_lessons.look import scale, unit
from kl_lessons.plots.marks import (
    DASH_DOTTED,
    bars,
    cells,
    dots,
    hidden,
    line,
    linear,
    log,
    names,
    rule,
)
from kl_lessons.plots.picture import chart
from kl_lessons.subjects.classifier import softmax
from kl_lessons.subjects.training import (
    BINS,
    Judged,
    Replay,
    calibration,
    calibration_error,
    loss_at,
)

TEMPERATURES = [2 ** (i / 5) for i in range(-10, 16)]  # where the curve of the loss is drawn
SMALL = Replay(
    ["a", "b", "c"],
    np.array([0, 1, 5, 20]),
    np.array([1.0986, 0.8, 0.4, 0.1]),
    np.array([1.0986, 0.9, 0.7, 0.9]),
    0.3,
    np.array([[0.0, 0.5, 1.0, 0.25], [1.0, 0.0, 0.0, 0.75]]),
    np.array([[0.0, 1.0, 0.0], [0.1, 0.1, 0.8]]),
    np.array([[[0, 0, 0], [0, 0, 0]], [[1, 2, 0], [0, 0, 1]], [[1, 3, 0], [2, 0, 1]]] * 2)[:4],
)
RUNS = [
    {"replay": SMALL},
    {"replay": SMALL, "moment": 2, "image": 1},
    {"replay": SMALL, "moment": 3, "image": 0, "base": 2},
    {"replay": SMALL._replace(floor=0.0), "moment": 1},
]
MOMENTS = [{name: value for name, value in run.items() if name != "image"} for run in RUNS]
SCORES = Judged(
    np.array([[2.0, 0.0, -1.0], [0.0, 0.0, 0.0], [5.0, 1.0, 0.0], [0.3, 0.1, 4.0], [9.0, 0, 0]]),
    np.array([0, 1, 0, 2, 1]),
)
JUDGED = [
    {"judged": SCORES},
    {"judged": SCORES, "temperature": 2.5},
    {"judged": SCORES, "temperature": 0.3},
]


def upright(pixels: ArrayLike) -> np.ndarray:
    """An image's row of pixels as a table, the upper row last, as an axis counts."""
    side = math.isqrt(len(pixels))
    return np.asarray(pixels).reshape(side, side)[::-1]


def seen(replay: Replay, image: int = 0) -> dict:
    """The pixels of an image, and what it shows."""
    rows, truth = upright(replay.pixels[image]), np.asarray(replay.p[image])
    return {
        "pixels": rows,
        "span": [-0.5, len(rows) - 0.5],
        "shown": image,
        "class": replay.names[truth.argmax()],
    }


@chart(
    numbers=seen,
    says="Image {shown:0} shows {class}.",
    size=(2.5, 2.9),
    title="it shows {class}",
    x=hidden("span"),
    y=hidden("span"),
    examples=[{"replay": SMALL, "image": i} for i in (0, 1, 0)],
)
def handwriting() -> list[dict]:
    """An image of the test set, as the model gets it."""
    return [cells("pixels", "span", "span", colours="ink", most=1.0, label="")]


def believed(replay: Replay, moment: int = 0, image: int = 0, base: float | None = None) -> dict:
    """P and Q of one image after the steps of one moment."""
    p, q = np.asarray(replay.p[image]), softmax(replay.logits[moment][image])
    places = np.arange(p.size)
    return {
        "names": replay.names,
        "p": p,
        "q": q,
        "at_p": places - 0.2,
        "at_q": places + 0.2,
        "steps": replay.steps[moment],
        "hp": entropy(p, base=base),
        "kl": kl_divergence(p, q, base=base),
        "hpq": cross_entropy(p, q, base=base),
        "most": replay.names[q.argmax()],
        "top": q.max(),
        "unit": unit(base),
    }


@chart(
    numbers=believed,
    says="After {steps:0} steps Q is on {most} most, {top:3}: H(P,Q) = H(P) + KL(P‖Q) = {hp} + "
    "{kl} = {hpq} {unit}.",
    size=(3.6, 2.9),
    x=names(),
    y=linear([0.0, 1.0]),
    examples=RUNS,
)
def belief() -> list[dict]:
    """What the model believes of one image, beside the truth."""
    return [
        bars("P", "at_p", "p", width=0.38, label="P, the label"),
        bars("Q", "at_q", "q", width=0.38, label="Q, the model"),
    ]


def learned(replay: Replay, moment: int = 0, base: float | None = None) -> dict:
    """The losses of training and test after each moment, and where `moment` stands."""
    size = math.log(base or math.e)
    training, test = np.asarray(replay.training) / size, np.asarray(replay.test) / size
    floor = replay.floor / size
    at = np.asarray(replay.steps) + 1.0
    lowest = int(test.argmin())
    return {
        "at": at,
        "training": training,
        "test": test,
        "ends": [1.0, at[-1]],
        "floor": [floor, floor],
        "above_zero": floor > 0,
        "around": [0.0, 1.04 * scale(max(training.max(), test.max()))],
        "now_x": [at[moment]],
        "now_training": [training[moment]],
        "now_test": [test[moment]],
        "after": replay.steps[moment],
        "loss": test[moment],
        "training_loss": training[moment],
        "hp": floor,
        "above_floor": test[moment] - floor,
        "best": test[lowest],
        "best_after": replay.steps[lowest],
        "unit": unit(base),
    }


@chart(
    numbers=learned,
    says="After {after:0} steps: training {training_loss}, test H(P,Q) = H(P) + KL(P‖Q) = {hp} + "
    "{above_floor} = {loss} {unit}; lowest on the test set after {best_after:0} steps, {best}.",
    size=(4.4, 2.9),
    x=log("ends", "steps + 1"),
    y=linear("around", "mean loss, in {unit}"),
    columns=3,
    examples=MOMENTS,
)
def learning() -> list[dict]:
    """The loss on the training set and on the test set as training goes on, and its floor H(P)."""
    return [
        line("ends", "floor", quantity="H(P)", dash=True, label="floor H(P)", show="above_zero"),
        line("at", "training", quantity="Q", dash=DASH_DOTTED, label="training"),
        line("at", "test", quantity="H(P,Q)", label="test"),
        dots("now_x", "now_training", quantity="Q", size=6),
        dots("now_x", "now_test", quantity="H(P,Q)", size=6),
    ]


def relied(judged: Judged, temperature: float = 1.0) -> dict:
    """Accuracy in each tenth of confidence, at one temperature, and the calibration error."""
    found = calibration(judged.logits, judged.labels, temperature)
    some = found.share > 0
    sure = float(found.share @ found.confidence)
    right = float(found.share @ found.accuracy)
    return {
        "at": (np.arange(BINS) + 0.5) / BINS,
        "accuracy": found.accuracy,
        "some_x": found.confidence[some],
        "some_y": found.accuracy[some],
        "unit_span": [0.0, 1.0],
        "ece": calibration_error(found),
        "sure": sure,
        "right": right,
        "temperature": temperature,
        "loss": loss_at(judged.logits, judged.labels, temperature),
    }


@chart(
    numbers=relied,
    says="At temperature {temperature:2}: mean confidence {sure:3}, accuracy {right:3}, expected "
    "calibration error {ece:3}.",
    size=(3.4, 2.9),
    x=linear("unit_span", "confidence of the model"),
    y=linear("unit_span", "accuracy"),
    examples=JUDGED,
)
def reliability() -> list[dict]:
    """How often the model is right, among the examples of which it was so sure."""
    return [
        bars("Q", "at", "accuracy", width=0.09, label="accuracy"),
        line("unit_span", "unit_span", quantity="H(P)", dash=True, label="calibrated"),
        dots("some_x", "some_y", quantity="H(P,Q)", size=5),
    ]


def cooled(judged: Judged, temperature: float = 1.0, base: float | None = None) -> dict:
    """The mean cross-entropy at each temperature, and at this one."""
    size = math.log(base or math.e)
    curve = [loss_at(judged.logits, judged.labels, t) / size for t in TEMPERATURES]
    here = loss_at(judged.logits, judged.labels, temperature) / size
    lowest = int(np.argmin(curve))
    top = scale(2 * curve[lowest])
    return {
        "temperatures": TEMPERATURES,
        "curve": curve,
        "ends": [TEMPERATURES[0], TEMPERATURES[-1]],
        "around": [0.0, top],
        "now_x": [temperature],
        "now_y": [min(here, top)],
        "temperature": temperature,
        "crossed": here,
        "unit": unit(base),
    }


@chart(
    numbers=cooled,
    says="At temperature {temperature:2} the cross-entropy is {crossed} {unit}.",
    size=(3.4, 2.9),
    x=log("ends", "temperature"),
    y=linear("around", "cross-entropy, in {unit}"),
    examples=JUDGED,
)
def cooling() -> list[dict]:
    """The cross-entropy of the judged examples, by the temperature that divides all scores."""
    return [
        rule(),
        line("temperatures", "curve", quantity="H(P,Q)", label="judged"),
        dots("now_x", "now_y", quantity="Q", hand="temperature"),
    ]
