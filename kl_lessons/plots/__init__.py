"""Every picture of the course: computed once from its values, drawn once, then moved.

`plots.walk(ax, p=p, q=q)` draws on given Axes; `show(plots.walk, …)` shows it with its sentence,
`explore(plots.walk, …)` with controls. `picture` makes a picture of a learner's own function.
"""

from kl_lessons.plots.autoencoder import (
    autoencoder_losses,
    decoded_digit,
    latent_plane,
    reconstructions,
)
from kl_lessons.plots.bells import bell_terms, bells
from kl_lessons.plots.betting import directions, money, tangent
from kl_lessons.plots.codes import code_areas, huffman_joins, interval
from kl_lessons.plots.coins import split, walk
from kl_lessons.plots.comparison import decomposition, distributions, terms
from kl_lessons.plots.diffusion import denoising, step_costs
from kl_lessons.plots.fits import running_estimates, two_fits, ways
from kl_lessons.plots.frequencies import type_classes, vanishing
from kl_lessons.plots.gradients import gradients
from kl_lessons.plots.independence import joint, joint_terms
from kl_lessons.plots.landscape import landscape_both, landscape_from, landscape_to
from kl_lessons.plots.language_models import (
    file_sizes,
    heated,
    order_costs,
    surprising_text,
)
from kl_lessons.plots.languages import language_table, sentence_costs, tinted_text
from kl_lessons.plots.ledgers import fallen, ledgers
from kl_lessons.plots.losses import label_loss, logistic_loss, pushes
from kl_lessons.plots.merging import merged, merging
from kl_lessons.plots.passages import first_passages
from kl_lessons.plots.picture import Picture, picture
from kl_lessons.plots.policies import frontier, leashed_policy, penalties
from kl_lessons.plots.training import belief, cooling, handwriting, learning, reliability
from kl_lessons.plots.variational import coin_belief, evidence_gap

__all__ = [
    "Picture",
    "autoencoder_losses",
    "belief",
    "bell_terms",
    "bells",
    "code_areas",
    "coin_belief",
    "cooling",
    "decoded_digit",
    "decomposition",
    "denoising",
    "directions",
    "distributions",
    "evidence_gap",
    "fallen",
    "file_sizes",
    "first_passages",
    "frontier",
    "gradients",
    "handwriting",
    "heated",
    "huffman_joins",
    "interval",
    "joint",
    "joint_terms",
    "label_loss",
    "landscape_both",
    "landscape_from",
    "landscape_to",
    "language_table",
    "latent_plane",
    "learning",
    "leashed_policy",
    "ledgers",
    "logistic_loss",
    "merged",
    "merging",
    "money",
    "order_costs",
    "penalties",
    "picture",
    "pushes",
    "reconstructions",
    "reliability",
    "running_estimates",
    "sentence_costs",
    "split",
    "step_costs",
    "surprising_text",
    "tangent",
    "terms",
    "tinted_text",
    "two_fits",
    "type_classes",
    "vanishing",
    "walk",
    "ways",
]
