"""The exercises of lesson 04: from scores to the loss, its gradient and its floor."""

import numpy as np

from kl_lessons.exercises.judge import Exercise
from kl_lessons.information import entropy
from kl_lessons.subjects.classifier import (
    cross_entropy_from_logits,
    cross_entropy_gradient,
    log_softmax,
    softmax,
    squared_error_gradient,
)

BELIEF = np.array([0.6, 0.15, 0.25])
SCORES = np.array([2.0, -1.0, 0.3])
SMOOTH = np.array([0.92, 0.02, 0.02, 0.02, 0.02])


def loss_of_one_label():
    q = np.array([0.6, 0.15, 0.25])
    return -np.log(q[1])


def loss_from_scores():
    logits = np.array([2.0, -1.0, 0.3])
    return np.log(np.sum(np.exp(logits))) - logits[2]  # or cross_entropy_from_logits(logits, 2)


def gradient_of_the_loss():
    p, logits = np.array([0, 0, 1]), np.array([2.0, -1.0, 0.3])
    return np.exp(logits) / np.sum(np.exp(logits)) - p


def lowest_loss_of_smoothed_labels():
    p = 0.9 * np.array([1, 0, 0, 0, 0]) + 0.1 / 5
    return -np.sum(p * np.log(p))  # Q = P is the best there is, and then the loss is H(P)


def lowest_loss_after_two_softmaxes():
    q = np.array([1, 0, 0, 0, 0, 0, 0, 0, 0, 0])  # as good as the first softmax can be
    return np.log(np.sum(np.exp(q))) - q[0]


def divergence_per_example():
    examples, classes = 8, 10
    total = 0.05 * examples * classes  # the mean was over all 80 numbers
    return total / examples


def mean_loss(logits, p):
    below = logits - logits.max(axis=1, keepdims=True)  # the largest is 0: no overflow
    log_q = below - np.log(np.sum(np.exp(below), axis=1, keepdims=True))
    return -np.mean(np.sum(p * log_q, axis=1))


@np.errstate(all="ignore")
def loss_by_way_of_q(logits, p):
    q = np.exp(logits) / np.sum(np.exp(logits), axis=1, keepdims=True)
    return -np.mean(np.sum(p * np.log(q), axis=1))


@np.errstate(all="ignore")
def loss_with_bare_logarithm(logits, p):
    log_q = logits - np.log(np.sum(np.exp(logits), axis=1, keepdims=True))
    return -np.mean(np.sum(p * log_q, axis=1))


EXERCISES = {
    "4.1": Exercise(
        prompt="A photo shows a dog, so P = [0, 1, 0] for cat, dog, fox. The classifier says "
        "Q = [0.6, 0.15, 0.25]. What is the cross-entropy H(P,Q), in nats?",
        solution=loss_of_one_label,
        mistakes={
            "this is H(Q,P): the label is the truth and comes first": lambda: np.inf,
            "this is q of the true class: minus its logarithm is asked": lambda: BELIEF[1],
            "this is 1 − q(dog), the error: minus the logarithm of q(dog) is asked": lambda: (
                1 - BELIEF[1]
            ),
            "this is −log(1 − q(dog)): the true class counts, not the others": lambda: (
                -np.log(1 - BELIEF[1])
            ),
            "this is −log q of the class that Q prefers: take the true class": lambda: (
                -np.log(BELIEF[0])
            ),
            "this is a mean over the classes: p weighs them, and it is 0 for two": lambda: (
                loss_of_one_label() / 3
            ),
            "all three classes are added: p is 0 for cat and fox": lambda: -np.log(BELIEF).sum(),
            "this is H(Q): the label does not appear in it": lambda: entropy(BELIEF),
            "the weight is q(dog): p weighs the logarithm, and it is 1 for the dog": lambda: (
                -BELIEF[1] * np.log(BELIEF[1])
            ),
        },
        hints=(
            "H(P,Q) = −Σ p log q, and p is 0 for cat and fox.",
            "One term is left: minus the logarithm of what Q gives to the dog.",
            "-np.log(...) of the second number of Q.",
        ),
        shows="Only what Q gives to the true class counts; how the rest is shared does not.",
        unit="nats",
    ),
    "4.2": Exercise(
        prompt="A classifier gives the scores (logits) [2, -1, 0.3], and the true class is the "
        "last, index 2. What is the loss, in nats?",
        solution=loss_from_scores,
        mistakes={
            "this is q(true class): minus its logarithm is the loss": lambda: softmax(SCORES)[2],
            "this is log Σ exp alone: the score of the true class is to be subtracted": lambda: (
                np.log(np.exp(SCORES).sum())
            ),
            "the score of the true class is added: it lowers the loss": lambda: (
                np.log(np.exp(SCORES).sum()) + SCORES[2]
            ),
            "this is the loss of class index 1: index 2 is the last": lambda: (
                cross_entropy_from_logits(SCORES, 1)
            ),
            "this is the loss of class index 0: index 2 is the last": lambda: (
                cross_entropy_from_logits(SCORES, 0)
            ),
            "the largest score stands for log Σ exp: that is near, not equal": lambda: (
                SCORES.max() - SCORES[2]
            ),
            "the scores are divided by their sum: softmax takes exp of them first": lambda: (
                -np.log(SCORES[2] / SCORES.sum())
            ),
            "softmax was applied twice": lambda: cross_entropy_from_logits(softmax(SCORES), 2),
            "this is a mean over the classes: only the true one counts": lambda: (
                -log_softmax(SCORES).mean()
            ),
            "this is −log of the score: softmax makes a probability of it first": lambda: (
                -np.log(SCORES[2])
            ),
            "this is 1 − q(true class): minus the logarithm of q is the loss": lambda: (
                1 - softmax(SCORES)[2]
            ),
            "the logarithm of the sum is missing: log Σ exp, not Σ exp": lambda: (
                np.exp(SCORES).sum() - SCORES[2]
            ),
        },
        hints=(
            "The loss is −log softmax(logits) at the true class.",
            "The logarithm of a softmax is the score minus log Σ exp(scores).",
            "np.log(np.sum(np.exp(logits))) minus logits[2].",
        ),
        shows="log Σ exp lies a little above the largest score, so the loss is about how far the "
        "true class lies below it.",
        unit="nats",
    ),
    "4.3": Exercise(
        prompt="The scores of exercise 4.2, [2, -1, 0.3], true class index 2. What is the gradient "
        "of the loss with respect to the three scores? Answer with a list of three numbers.",
        solution=gradient_of_the_loss,
        mistakes={
            "this is P − Q: the gradient points to where the loss rises": lambda: (
                -gradient_of_the_loss()
            ),
            "this is Q: the label is still to be subtracted": lambda: softmax(SCORES),
            "the label stands at index 1: index 2 is the last": lambda: cross_entropy_gradient(
                SCORES, 1
            ),
            "the label stands at index 0: index 2 is the last": lambda: cross_entropy_gradient(
                SCORES, 0
            ),
            "this is the gradient of half the squared error": lambda: squared_error_gradient(
                SCORES, 2
            ),
            "this is divided by the number of classes: one example has one loss": lambda: (
                gradient_of_the_loss() / 3
            ),
            "1 is subtracted everywhere: p is 1 for the true class alone": lambda: (
                softmax(SCORES) - 1
            ),
            "the label is subtracted from the scores: softmax comes first": lambda: (
                SCORES - np.array([0, 0, 1])
            ),
            "this is with respect to q, −p/q: the scores are asked": lambda: (
                -np.array([0, 0, 1]) / softmax(SCORES)
            ),
        },
        hints=(
            "The gradient is Q − P.",
            "Q is the softmax of the scores, and P is [0, 0, 1].",
            "softmax(logits) - np.array([0, 0, 1]).",
        ),
        shows="The three numbers sum to 0: what training gives to the true class it takes from "
        "the others, in proportion to their q.",
    ),
    "4.4": Exercise(
        prompt="Five classes, label smoothing 0.1: the target is 0.9 times the one-hot label "
        "plus 0.1/5 for each class. What is the lowest loss that any classifier can reach on "
        "one example, in nats?",
        solution=lowest_loss_of_smoothed_labels,
        mistakes={
            "0 is the floor of KL: the loss has H(P) below it": lambda: 0.0,
            "this is −log of the largest entry of P: all five entries count": lambda: (
                -np.log(SMOOTH[0])
            ),
            "0.1 was shared among four classes: it is shared among all five": lambda: entropy(
                [0.9, *[0.025] * 4]
            ),
            "the true class has 0.9 + 0.02, not 0.9: P must sum to 1": lambda: (
                -0.9 * np.log(0.9) - 0.08 * np.log(0.02)
            ),
            "only one of the four other classes is counted": lambda: (
                -0.92 * np.log(0.92) - 0.02 * np.log(0.02)
            ),
            "the four others are taken for one class: each has 0.02": lambda: entropy([0.92, 0.08]),
            "this is the entropy of 0.9 and 0.1: the 0.1 is shared among five": lambda: entropy(
                [0.9, 0.1]
            ),
            "this is −log 0.9: all five entries of P count": lambda: -np.log(0.9),
            "this is the loss of an even Q: the best Q is P": lambda: np.log(5),
        },
        hints=(
            "H(P,Q) = H(P) + KL(P‖Q), and KL can reach 0.",
            "So the floor is the entropy of the target.",
            "The target is 0.92 once and 0.02 four times.",
        ),
        shows="A loss that stops falling at H(P) has nothing left to learn: KL is 0 there.",
        unit="nats",
    ),
    "4.5": Exercise(
        prompt="A network for 10 classes ends in a softmax. By mistake its output goes into a "
        "loss that expects logits and takes the softmax again. What is the lowest loss that it "
        "can show, in nats?",
        solution=lowest_loss_after_two_softmaxes,
        mistakes={
            "0 is the floor of one softmax: here the scores lie between 0 and 1": lambda: 0.0,
            "this is the loss of an even Q, ln 10: a sure first softmax does better": lambda: (
                np.log(10)
            ),
            "this is for 4 classes: here are 10": lambda: np.log(1 + 3 / np.e),
            "nine other classes stand beside the true one, not ten": lambda: np.log(1 + 10 / np.e),
            "the true class is missing in the sum: 1 + 9/e": lambda: np.log(9 / np.e),
            "the logarithm is missing": lambda: 1 + 9 / np.e,
            "this is log Σ exp alone: the score of the true class is to be subtracted": lambda: (
                np.log(np.e + 9)
            ),
            "this is q(true class) after both: minus its logarithm is asked": lambda: (
                1 / (1 + 9 / np.e)
            ),
        },
        hints=(
            "At its best the first softmax gives 1 to the true class and 0 to the others.",
            "These ten numbers are the logits of the second: q(true) = e/(e + 9).",
            "The floor is ln(1 + (C − 1)/e), with C classes.",
        ),
        shows="A training loss that will not go below ln(1 + (C − 1)/e) tells of a softmax too "
        "many.",
        unit="nats",
    ),
    "4.6": Exercise(
        prompt="A log shows 0.05 from torch.nn.functional.kl_div with its default, "
        'reduction="mean", for 8 examples of 10 classes. What is the mean of KL(P‖Q) per '
        "example, in nats?",
        solution=divergence_per_example,
        mistakes={
            "this is the logged number: it is a mean over all 80 numbers": lambda: 0.05,
            "this is the sum over the 8 examples: the mean per example is asked": lambda: 4.0,
            "this undoes the mean over the examples: the one over classes is too much": lambda: 0.4,
            "this divides by the classes once more: undo that mean": lambda: 0.005,
            "this divides by the examples once more": lambda: 0.05 / 8,
        },
        hints=(
            "The default divides the sum by the number of elements, 8 × 10.",
            "The sum over all elements is 0.05 × 80.",
            "Share it among the 8 examples.",
        ),
        shows='reduction="batchmean" would have said so at once; the default is too small by the '
        "number of classes.",
        unit="nats",
    ),
    "4.7": Exercise(
        prompt="Write a function my_loss(logits, p). Both arguments are arrays with a row for "
        "each example: its scores, and its label as a distribution, one-hot or soft. The function "
        "returns the mean loss in nats, and works for scores such as 1000. Use NumPy alone.",
        solution=mean_loss,
        mistakes={
            "this is the sum over the examples: the mean is asked": lambda logits, p: (
                cross_entropy_from_logits(logits, p).sum()
            ),
            "the losses of the examples stand here: take their mean": cross_entropy_from_logits,
            "the mean is over all numbers: divide by the number of examples": lambda logits, p: (
                cross_entropy_from_logits(logits, p).mean() / logits.shape[1]
            ),
            "the softmax runs down the columns: each row is an example": lambda logits, p: (
                -np.sum(p * log_softmax(logits, axis=0), axis=1).mean()
            ),
            "the softmax runs over all scores at once: each row is an example": lambda logits, p: (
                -np.sum(p * log_softmax(logits.ravel()).reshape(p.shape), axis=1).mean()
            ),
            "the label is taken for one-hot: in a soft one each class counts": lambda logits, p: (
                cross_entropy_from_logits(logits, p.argmax(axis=1)).mean()
            ),
            "q became 0, and its log infinite: take log q = score − log Σ exp": lambda logits, p: (
                loss_by_way_of_q(logits - logits.max(axis=1, keepdims=True), p)
            ),
            "exp overflowed: first subtract the largest score of each row": loss_by_way_of_q,
            "the largest of all scores was subtracted: each row has its own": lambda logits, p: (
                loss_with_bare_logarithm(logits - logits.max(), p)
            ),
            "softmax was applied twice": lambda logits, p: cross_entropy_from_logits(
                softmax(logits), p
            ).mean(),
            "this is KL(P‖Q): for soft labels the loss is larger by H(P)": lambda logits, p: (
                np.mean(cross_entropy_from_logits(logits, p) - entropy(p))
            ),
        },
        hints=(
            "Subtract the largest score of each row first: .max(axis=1, keepdims=True).",
            "Then log q = scores − log Σ exp(scores), row by row.",
            "The loss of a row is −Σ p log q: np.sum(..., axis=1), then np.mean.",
        ),
        shows="It is what the frameworks compute: log-softmax, weights p, mean over examples.",
        unit="nats",
        try_on=(
            ([[2.0, -1.0, 0.5], [0.0, 1.0, 3.0]], [[0.0, 0.0, 1.0], [0.2, 0.5, 0.3]]),
            ([[-2.85, 0.86, 0.28], [1.0, 0.0, 0.0]], [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]),
            ([[1000.0, 1000.0], [0.0, 0.0]], [[0.5, 0.5], [0.5, 0.5]]),
            ([[1000.0, 0.0], [0.0, 0.0]], [[1.0, 0.0], [0.0, 1.0]]),
            ([[1000.0, 0.0], [0.0, 1000.0]], [[0.0, 1.0], [0.5, 0.5]]),
        ),
    ),
}
