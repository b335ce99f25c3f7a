"""Pictures of a variational autoencoder: its loss, its plane of codes, what it decodes."""

import math

import numpy as np

from kl_lessons.look import scale
from kl_lessons.plots.marks import cells, dots, hidden, line, linear, log, texts
from kl_lessons.plots.picture import chart
from kl_lessons.plots.training import upright
from kl_lessons.subjects.autoencoder import Coded, Losses, decode, ink

FARTHEST = 3.0  # of the plane, in standard deviations of the prior
RUN = Losses([0, 1, 10, 100], [44.0, 30.0, 23.0, 21.5], [0.0, 0.5, 2.1, 2.6])
SMALL = Coded(
    np.array([[0.0, 0.5, 1.0, 0.25], [1.0, 0.0, 0.0, 0.75], [0.2, 0.2, 0.8, 1.0]]),
    ["0", "7", "1"],
    np.array([[-1.0, 0.5], [2.0, -3.6], [0.25, 0.0]]),
    np.array([[0.1, -0.2, 0.0], [1.0, 0.5, -1.5], [-0.3, 2.0, 0.7]]),
    np.array(
        [[0.5, -1.0, 0.0, 1.5], [2.0, 0.1, -0.6, 0.0], [0.0, -2.5, 1.0, 1.0], [1.2, 0, 3, -1]]
    ),
)
PLACES = [
    {"coded": SMALL},
    {"coded": SMALL, "across": -1.5, "up": 2.0},
    {"coded": SMALL, "across": 3.0, "up": -3.0},
]


def paid(losses: Losses) -> dict:
    """Both terms of the loss, and their sum, after so many steps."""
    pixels, kl = np.asarray(losses.pixels), np.asarray(losses.kl)
    at = np.asarray(losses.steps) + 1.0
    return {
        "at": at,
        "pixels": pixels,
        "kl": kl,
        "both": pixels + kl,
        "ends": [1.0, at[-1]],
        "around": [0.0, scale((pixels + kl).max())],
        "steps": losses.steps[-1],
        "last_pixels": pixels[-1],
        "last_kl": kl[-1],
        "last": pixels[-1] + kl[-1],
    }


@chart(
    numbers=paid,
    says="After {steps:0} steps an image costs {last_pixels:2} + {last_kl:2} = {last:2} nats: its "
    "pixels, and the KL of its code.",
    size=(4.4, 2.9),
    x=log("ends", "steps + 1"),
    y=linear("around", "nats an image"),
    columns=3,
    examples=[
        {"losses": RUN},
        {"losses": RUN._replace(kl=[0.0, 9.0, 3.0, 1.0])},
        {"losses": RUN._replace(pixels=[120.0, 60.0, 30.0, 20.0])},
    ],
)
def autoencoder_losses() -> list[dict]:
    """The two terms of the loss on the test set as training goes on."""
    return [
        line("at", "both", quantity="ratio", label="both"),
        line("at", "pixels", quantity="H(P,Q)", dash=True, label="pixels, H(P,Q)"),
        line("at", "kl", quantity="KL", width=2.4, label="code, KL"),
    ]


def placed(coded: Coded, across: float = 0.0, up: float = 0.0) -> dict:
    """Where the codes of the test images lie, and a point of the plane."""
    codes = np.asarray(coded.codes)
    inside = (np.abs(codes) <= FARTHEST).all(axis=1)
    apart = ((codes - [across, up]) ** 2).sum(axis=1)
    nearest = int(apart.argmin())
    return {
        "x": codes[inside, 0],
        "y": codes[inside, 1],
        "labels": [label for label, seen in zip(coded.labels, inside, strict=True) if seen],
        "span": [-FARTHEST, FARTHEST],
        "point_x": [across],
        "point_y": [up],
        "across": across,
        "up": up,
        "nearest": float(coded.labels[nearest]),
        "distance": math.sqrt(apart[nearest]),
    }


@chart(
    numbers=placed,
    says="The point ({across:1}, {up:1}): the nearest code of the test set is a digit "
    "{nearest:0} and is {distance:2} away.",
    size=(4.2, 4.2),
    x=linear("span", "first number of the code"),
    y=linear("span", "second number"),
    examples=PLACES,
)
def latent_plane() -> list[dict]:
    """The plane of codes: each digit stands where the encoder puts its image."""
    return [
        texts("x", "y", "labels", quantity="P"),
        dots("point_x", "point_y", quantity="Q", size=10, hand="across", lift="up"),
    ]


def decoded(coded: Coded, across: float = 0.0, up: float = 0.0) -> dict:
    """The image that the decoder makes of a point of the plane."""
    _, scores = decode(coded, np.array([across, up]))
    pixels = upright(ink(scores))
    return {"pixels": pixels, "span": [-0.5, len(pixels) - 0.5], "across": across, "up": up}


@chart(
    numbers=decoded,
    says="The picture is what the decoder makes of it.",
    size=(2.5, 2.9),
    title="decoded from ({across:1}, {up:1})",
    x=hidden("span"),
    y=hidden("span"),
    examples=PLACES,
)
def decoded_digit() -> list[dict]:
    """The digit at a point of the plane."""
    return [cells("pixels", "span", "span", colours="ink", most=1.0)]


def rebuilt(coded: Coded) -> dict:
    """Images of the test set, and below each what is decoded from its code."""
    images = np.asarray(coded.images)
    _, scores = decode(coded, np.asarray(coded.codes)[: len(images)])
    above, below = ([upright(row) for row in rows] for rows in (images, ink(scores)))
    side = len(above[0])

    def in_a_row(pictures: list[np.ndarray]) -> np.ndarray:
        gap = np.zeros((side, 1))
        return np.hstack([part for picture in pictures for part in (picture, gap)])

    row = in_a_row(above)
    return {
        "pixels": np.vstack([in_a_row(below), np.zeros((1, row.shape[1])), row]),
        "across": [-0.5, row.shape[1] - 0.5],
        "up": [-0.5, 2 * side + 0.5],
        "shown": len(images),
        "wrong": float(np.mean((ink(scores) - images) ** 2)),
    }


@chart(
    numbers=rebuilt,
    says="Above {shown:0} images of the test set, below what is decoded from two numbers of each; "
    "the mean squared error of a pixel is {wrong:3}.",
    size=(7.2, 2.0),
    x=hidden("across"),
    y=hidden("up"),
    examples=[
        {"coded": SMALL},
        {"coded": SMALL._replace(images=SMALL.images[::-1])},
        {"coded": SMALL._replace(codes=SMALL.codes[::-1])},
    ],
)
def reconstructions() -> list[dict]:
    """Images, and what the decoder makes of their codes."""
    return [cells("pixels", "across", "up", colours="ink", most=1.0)]
