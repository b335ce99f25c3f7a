"""Pictures of the two directions: one Gaussian fitted to two peaks, estimates from draws."""

import numpy as np

from kl_lessons.plots.marks import DASH_DOTTED, DOTTED, area, dots, line, linear, log, rule
from kl_lessons.plots.picture import chart
from kl_lessons.subjects import gaussians
from kl_lessons.subjects.gaussians import Gaussian, Mixture

PLACES = np.arange(-80, 81) / 10  # where densities are drawn
STARTS = [-6.0, -4.0, -2.0, 0.0, 2.0, 4.0, 6.0]
SHOWN = 41  # of the steps of each way
FITS = [
    {},
    {"start": 2.0},
    {"weight": 0.3, "gap": 6.0, "width": 1.0, "start": -2.0},
    {"weight": 0.7, "gap": 5.0, "width": 0.5, "start": 1.5},
    {"gap": 2.0, "start": 1.0},
    {"gap": 0.0, "width": 2.0, "start": 4.0},
]
DRAWS = [
    {},
    {"shift": 1.0, "draws": 1000, "seed": 3},
    {"shift": 0.0, "draws": 10},
    {"shift": 2.0, "draws": 1},
]


def two_peaks(weight: float, gap: float, width: float) -> Mixture:
    """The truth of these pictures: peaks at −gap/2, with this weight, and gap/2."""
    return Mixture([weight, 1 - weight], [-gap / 2, gap / 2], [0.7, width])


def both_fits(
    weight: float = 0.4, gap: float = 5.0, width: float = 0.7, start: float = -2.0
) -> dict:
    """The mixture, the Gaussian of least KL(P‖Q), and that of least KL(Q‖P) from one start."""
    p = two_peaks(weight, gap, width)
    from_here = Gaussian(start, 1.0)
    forward, reverse = gaussians.forward_fit(p, from_here), gaussians.reverse_fit(p, from_here)
    density = np.exp(gaussians.log_mixture(PLACES, p))
    fits = [np.exp(gaussians.log_density(PLACES, q)) for q in (forward, reverse)]
    return {
        "x": PLACES,
        "p": density,
        "around_p_x": [PLACES[0], *PLACES.tolist(), PLACES[-1]],
        "around_p_y": [0.0, *density.tolist(), 0.0],
        "forward": fits[0],
        "reverse": fits[1],
        "start_x": [start],
        "start_y": [0.0],
        "forward_mean": forward.mean,
        "forward_sd": forward.sd,
        "reverse_mean": reverse.mean,
        "reverse_sd": reverse.sd,
        "forward_kl": gaussians.forward_kl(p, forward),
        "reverse_kl": gaussians.reverse_kl(reverse, p),
    }


@chart(
    numbers=both_fits,
    says="Least KL(P‖Q) = {forward_kl} nats: mean {forward_mean:2}, sd {forward_sd:2}. From the "
    "start, least KL(Q‖P) = {reverse_kl} nats: mean {reverse_mean:2}, sd {reverse_sd:2}.",
    size=(4.6, 2.9),
    x=linear([-8.0, 8.0], "x"),
    y=linear([0.0, 0.6], "density"),
    examples=FITS,
)
def two_fits() -> list[dict]:
    """The truth, and the Gaussians that each direction of KL makes of it."""
    return [
        area("around_p_x", "around_p_y", quantity="P", hatched=True, label="P, two peaks"),
        line("x", "forward", quantity="Q", label="Q of least KL(P‖Q)"),
        line("x", "reverse", quantity="Q", dash=True, label="Q of least KL(Q‖P)"),
        dots("start_x", "start_y", quantity="Q", size=6, label="start", hand="start"),
    ]


def ways_down(weight: float = 0.4, gap: float = 5.0, width: float = 0.7) -> dict:
    """The means of Q on its ways down KL(Q‖P) from seven starts, and where they end."""
    p = two_peaks(weight, gap, width)
    ways = [gaussians.reverse_steps(p, Gaussian(start, 1.0)) for start in STARTS]
    ends = [way[-1] for way in ways]
    means = {f"way_{i}": [q.mean for q in way[:SHOWN]] for i, way in enumerate(ways)}
    return means | {
        "steps": np.arange(SHOWN),
        "end_x": [SHOWN + 1.0] * len(ends),
        "end_y": [q.mean for q in ends],
        "kl": [gaussians.reverse_kl(q, p) for q in ends],
    }


@chart(
    numbers=ways_down,
    says="The ways from −6, −4, −2, 0, 2, 4, 6 end at KL(Q‖P) = {kl:3} nats.",
    size=(3.6, 2.9),
    x=linear([0.0, SHOWN + 2.0], "steps"),
    y=linear([-6.5, 6.5], "mean of Q"),
    examples=[{k: v for k, v in values.items() if k != "start"} for values in FITS],
)
def ways() -> list[dict]:
    """Seven ways down KL(Q‖P): where a start lies decides in which valley it ends."""
    lines = [line("steps", f"way_{i}", quantity="Q") for i in range(len(STARTS))]
    return [rule(), *lines, dots("end_x", "end_y", quantity="KL", size=6, label="ends")]


def running(log_ratio: np.ndarray, kl: float) -> dict:
    """The running means of k1, k2 and k3 over draws with these log ratios, beside the true KL."""
    draws = log_ratio.size
    i = np.arange(1, draws + 1)
    k1, k2, k3 = (np.cumsum(k) / i for k in gaussians.estimators(log_ratio))
    top = max(4 * kl, 0.01)
    return {
        "i": i,
        "k1": np.clip(k1, -top, top),
        "k2": np.clip(k2, -top, top),
        "k3": np.clip(k3, -top, top),
        "ends": [1.0, 1000.0],
        "kl_line": [kl, kl],
        "kl": kl,
        "around": [-top, top],
        "last": [k1[-1], k2[-1], k3[-1]],
        "draws": draws,
        "of_draws": "draw" if draws == 1 else "draws",
        "below": int(np.sum(k1 < 0)),
    }


def estimated(shift: float = 0.5, draws: int = 300, seed: int = 1) -> dict:
    """The running means of k1, k2 and k3 over draws of P = N(0, 1), for Q = N(shift, 1)."""
    log_ratio = shift * gaussians.draws(draws, seed) - shift**2 / 2
    return running(log_ratio, gaussians.kl_gaussians(Gaussian(0.0, 1.0), Gaussian(shift, 1.0)))


def running_means(kl: str) -> list[dict]:
    """The marks of the three means of `running`, and of what they estimate, by its name."""
    return [
        rule(),
        line("ends", "kl_line", quantity="KL", dash=True, label=kl),
        line("i", "k1", quantity="band", dash=DOTTED, label="k1"),
        line("i", "k2", quantity="Q", dash=DASH_DOTTED, label="k2"),
        line("i", "k3", quantity="ratio", label="k3"),
    ]


@chart(
    numbers=estimated,
    says="After {draws:0} {of_draws} of P the means of k1, k2, k3 are {last}; KL(P‖Q) = {kl} nats. "
    "The mean of k1 was below 0 after {below:0} of them.",
    size=(4.6, 2.9),
    x=log([1, 1000], "draws so far"),
    y=linear("around", "mean so far, in nats"),
    columns=4,
    examples=DRAWS,
)
def running_estimates() -> list[dict]:
    """Three estimates of one KL divergence as draws are added."""
    return running_means("KL(P‖Q)")
