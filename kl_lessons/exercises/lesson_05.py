"""The exercises of lesson 05: the first loss, a noisy floor, calibration, temperature."""

import math
import operator
import statistics

from kl_lessons.exercises import tries
from kl_lessons.exercises.by_hand import entropy, loss, mean, softmax, surprise
from kl_lessons.exercises.exercise import Exercise

VALUES = {}
stream = tries.random(5)


def redrawn(classes, noise):
    """A label that is drawn anew, evenly, with the probability `noise`."""
    return [1 - noise + noise / classes, *[noise / classes] * (classes - 1)]


def always_another(classes, noise):
    """The same, if a new label never were the old one."""
    return [1 - noise, *[noise / (classes - 1)] * (classes - 1)]


def gaps(confidence, accuracy):
    return [abs(one - other) for one, other in zip(confidence, accuracy, strict=True)]


def weighed(share, values):
    return math.fsum(a * b for a, b in zip(share, values, strict=True))


def losses(logits, p, temperature):
    """The loss of each row, its scores divided by the temperature."""
    return [
        loss([score / temperature for score in row], truth)
        for row, truth in zip(logits, p, strict=True)
    ]


def mean_loss(logits, p, temperature):
    return mean(losses(logits, p, temperature))


def powers_not_normalised(logits, p, temperature):
    """H(P,Q) / T, as if q^(1/T) summed to 1."""
    return mean_loss(logits, p, 1.0) / temperature


def chances(logits, p, temperature):
    """The mean of Σ p q."""
    return mean(
        [
            math.fsum(map(operator.mul, truth, softmax([score / temperature for score in row])))
            for row, truth in zip(logits, p, strict=True)
        ]
    )


def batch(rows, classes, temperature):
    """Random scores and soft labels."""
    logits = [tries.scores(stream, classes) for _ in range(rows)]
    p = [tries.distribution(stream, classes) for _ in range(rows)]
    return {"logits": logits, "p": p, "temperature": temperature}


EXERCISES = {
    "5.1": Exercise(
        answer=lambda classes, loss: [math.log(classes), math.exp(-loss)],
        inputs=({"classes": 16, "loss": 0.11},),
        mistakes={
            "the first number is in bits: the question asks nats": lambda classes, loss: [
                math.log2(classes),
                math.exp(-loss),
            ],
            "the first is the probability 1/16; the loss is its surprise": lambda classes, loss: [
                1 / classes,
                math.exp(-loss),
            ],
            "the second is 1 − loss, near but not it: undo the logarithm": lambda classes, loss: [
                math.log(classes),
                1 - loss,
            ],
            "the second undoes a logarithm to the base 2: the loss is in nats": (
                lambda classes, loss: [math.log(classes), 2**-loss]
            ),
            "the second is above 1, no probability: the loss is −log of it": lambda classes, loss: [
                math.log(classes),
                math.exp(loss),
            ],
        },
        hints=(
            "All scores are 0. What does softmax make of them?",
            "The loss is −log q(true class). Which q has this loss?",
            "np.log of the number of classes; and np.exp of minus the loss.",
        ),
        shows="A first loss far from the logarithm of the number of classes tells of a mistake "
        "before training begins.",
    ),
    "5.2": Exercise(
        answer=lambda classes, noise: entropy(redrawn(classes, noise)),
        inputs=({"classes": 4, "noise": 0.3},),
        mistakes={
            "a label drawn anew can be the old one: the true class keeps more than 1 − noise": (
                lambda classes, noise: entropy(always_another(classes, noise))
            ),
            "this is −log p(true class), one term without its weight": lambda classes, noise: (
                surprise(redrawn(classes, noise)[0])
            ),
            "this is the entropy of noise or no noise: the class matters too": (
                lambda classes, noise: entropy([noise, 1 - noise])
            ),
            "the three other classes are taken for one": lambda classes, noise: entropy(
                [redrawn(classes, noise)[0], 1 - redrawn(classes, noise)[0]]
            ),
            "this is the term of the true class alone: the other classes add theirs": (
                lambda classes, noise: (
                    redrawn(classes, noise)[0] * surprise(redrawn(classes, noise)[0])
                )
            ),
        },
        hints=(
            "The lowest loss is reached by Q = P. What is P of one image's label?",
            "The true class gets 0.7 and its share of the 0.3; each other class its share.",
            "With p in an array: -np.sum(p * np.log(p)).",
        ),
        shows="The floor is known before any model is trained. A loss below it on new labels "
        "would be luck, or a leak from the test set.",
        unit="nats",
    ),
    "5.3": Exercise(
        answer=lambda share, confidence, accuracy: weighed(share, gaps(confidence, accuracy)),
        inputs=({"share": [0.6, 0.4], "confidence": [0.9, 0.6], "accuracy": [0.8, 0.65]},),
        mistakes={
            "the groups are counted alike: the larger one weighs more": (
                lambda share, confidence, accuracy: mean(gaps(confidence, accuracy))
            ),
            "too sure in one group and too modest in the other cancel: take each distance first": (
                lambda share, confidence, accuracy: (
                    weighed(share, confidence) - weighed(share, accuracy)
                ),
                lambda share, confidence, accuracy: (
                    weighed(share, accuracy) - weighed(share, confidence)
                ),
            ),
            "this is the largest distance: the mean is asked": (
                lambda share, confidence, accuracy: max(gaps(confidence, accuracy))
            ),
            "this is the root of the mean square: the mean distance is asked": (
                lambda share, confidence, accuracy: math.sqrt(
                    weighed(share, [gap**2 for gap in gaps(confidence, accuracy)])
                )
            ),
            "these distances are added: weigh each by its share": (
                lambda share, confidence, accuracy: math.fsum(gaps(confidence, accuracy))
            ),
        },
        hints=(
            "In each group: how far is the accuracy from the confidence?",
            "Does a group of 60 images count as much as one of 40?",
            "np.sum of share times np.abs(confidence - accuracy).",
        ),
        shows="Overall the model is right in 74 of 100 and sure to 78 percent: the mean hides "
        "half of what the groups show.",
    ),
    "5.4": Exercise(
        asks="choice",
        answer="a",
        choices={
            "b": "where B is wrong, one time in ten, it pays 6.9 nats. What does that add?",
            "c": "accuracy sees only the largest entry. Cross-entropy sees how large it is",
            "d": "weigh −log q of both classes by P for both models, and compare",
        },
        hints=(
            "Write out −0.9 log q(1) − 0.1 log q(2) for both.",
            "The second term of B: 0.1 times −log 0.001.",
        ),
        shows="Too modest costs 0.23 nats above the floor here, too sure 0.37: a confident "
        "mistake is dear, though rare.",
    ),
    "5.5": Exercise(
        asks="function",
        answer=mean_loss,
        inputs=(
            {"logits": [[2.0, 0.0, -1.0]], "p": [[0.0, 1.0, 0.0]], "temperature": 2.0},
            {
                "logits": [[1.0, 3.0], [0.5, -0.5]],
                "p": [[0.0, 1.0], [0.0, 1.0]],
                "temperature": 0.5,
            },
            {"logits": [[0.0, 0.0, 0.0]], "p": [[0.5, 0.3, 0.2]], "temperature": 3.0},
            {
                "logits": [[1000.0, 0.0], [0.0, 1000.0]],
                "p": [[1.0, 0.0], [1.0, 0.0]],
                "temperature": 1.0,
            },
            {"logits": [[-1000.0, -1001.0]], "p": [[0.9, 0.1]], "temperature": 1.0},
            *(batch(rows, k, t) for rows, k, t in ((3, 3, 2.0), (5, 10, 0.4), (40, 4, 1.5))),
        ),
        mistakes={
            "the scores are multiplied by the temperature: divide": (
                lambda logits, p, temperature: mean_loss(logits, p, 1 / temperature)
            ),
            "the temperature does nothing here": lambda logits, p, temperature: mean_loss(
                logits, p, 1.0
            ),
            "the losses are added: their mean is asked": lambda logits, p, temperature: math.fsum(
                losses(logits, p, temperature)
            ),
            "the losses of the examples stand here: take their mean": losses,
            "the mean is over all entries: sum over the classes, then the mean over the examples": (
                lambda logits, p, temperature: mean_loss(logits, p, temperature) / len(p[0])
            ),
            "the loss is divided by the temperature: divide the scores, then normalise anew": (
                powers_not_normalised
            ),
            "the median is taken: the mean is asked": lambda logits, p, temperature: (
                statistics.median(losses(logits, p, temperature))
            ),
            "these are probabilities: their −log is asked, example by example": chances,
        },
        hints=(
            "First z = logits / temperature. Then it is the loss of lesson 04.",
            "Take the largest score out of each row before np.exp: scores of 1000 overflow.",
            "log q is z less log-sum-exp of its row; weigh it by p, sum over the classes, and "
            "take the mean over the rows.",
        ),
        shows="This one number, as a function of T, is all that temperature scaling minimises.",
        unit="nats",
    ),
    "5.6": Exercise(
        asks="prediction",
        answer="b",
        choices={
            "a": "the training labels can be learned by heart. Are the test labels the same ones?",
            "c": "it falls at first: the model has much to learn from 200 images. And then?",
        },
        hints=(
            "Two hundred images, some with wrong labels, and 650 weights: what can it learn by "
            "heart?",
            "What was learned by heart helps on these images alone.",
        ),
        shows="Overfitting: run the next cell to see when it begins.",
    ),
    "5.7": Exercise(
        asks="prediction",
        answer="c",
        choices={
            "a": "a temperature divides all scores of an image alike. Which one is then largest?",
            "b": "a temperature above 1 makes the model less sure. Does it change what it says?",
        },
        hints=(
            "Does dividing all scores by the same number change their order?",
            "Accuracy asks only which score is the largest.",
        ),
        shows="One number T changes how sure the model is, never what it says.",
    ),
    "5.8": Exercise(
        asks="prediction",
        answer="b",
        choices={
            "a": "0 would need q = 1 for each penguin's own species. What is the softmax of zeros?",
            "c": "∞ would need q = 0 for the true species. What is the softmax of zeros?",
        },
        hints=(
            "Three equal scores: what does softmax make of them?",
            "The loss is −log of what the true species gets.",
        ),
        shows="Whoever knows nothing pays the logarithm of the number of classes.",
    ),
    "5.9": Exercise(
        asks="prediction",
        answer="c",
        choices={
            "a": "1 % would be theirs if all losses were alike. What does a sure mistake cost?",
            "b": "more. Most images cost next to nothing, and a confident mistake some nats",
        },
        hints=(
            "The mean loss is 0.141 nats. What is −log 0.006?",
            "Most of the images are read right, and surely: what do these cost?",
        ),
        shows="A few confident mistakes make a large part of the loss.",
    ),
}
