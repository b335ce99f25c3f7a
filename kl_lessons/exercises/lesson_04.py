"""The exercises of lesson 04: a label as a distribution, scores, gradients, floors, calls."""

import math
import statistics

from kl_lessons.exercises import tries
from kl_lessons.exercises.by_hand import (
    cross_entropy,
    entropy,
    log_sum_exp,
    loss,
    mean,
    softmax,
    surprise,
    with_each_epsilon,
)
from kl_lessons.exercises.exercise import Exercise

VALUES = {
    "p": ([0.0, 1.0, 0.0], [0.6, 0.3, 0.1], [0.5, 0.3, 0.2]),
    "q": ([0.2, 0.7, 0.1], [0.25, 0.25, 0.5]),
    "logits": ([2.0, 0.0, -1.0],),
    "label": ([0.0, 1.0, 0.0],),
    "z": (1.5,),
}
stream = tries.random(4)


def of_true_class(p, q):
    """What q gives to the true class."""
    return q[p.index(1)]


def loss_of_true_class(p, q):
    return surprise(of_true_class(p, q))


def before_and_fall(first):
    """[the loss before, by how much it fell], as 4.1 asks: doubling q saves log 2."""
    return lambda p, q: [first(p, q), math.log(2)]


def before_and_after(of_scores):
    """[loss of the scores, loss after the true class's score rose by 1], as 4.2 asks."""
    return lambda logits, true: [of_scores(logits, true), of_scores(raised(logits, true), true)]


def raised(logits, place):
    return [score + (number == place) for number, score in enumerate(logits)]


def loss_of_class(logits, true):
    """log Σ exp(other score − score of the true class)."""
    return math.log(math.fsum(math.exp(score - logits[true]) for score in logits))


def stepped(change, size=1.0):
    """The scores less the change, as 4.3 asks."""
    return lambda p, logits: [
        score - size * slope for score, slope in zip(logits, change(p, logits), strict=True)
    ]


def gradient(p, logits):
    return [b - a for a, b in zip(p, softmax(logits), strict=True)]


def squared_error_gradient(p, logits):
    q = softmax(logits)
    pull = math.fsum(b * (b - a) for a, b in zip(p, q, strict=True))
    return [b * ((b - a) - pull) for a, b in zip(p, q, strict=True)]


def logistic(z):
    """log(1 + exp(−z)), as the loss of two scores."""
    return loss([z, 0.0], [1.0, 0.0])


def belief_in_yes(z):
    return softmax([z, 0.0])[0]


def logistic_and_after(step):
    """[the loss, the loss of the score after the step], as 4.14 asks."""
    return lambda z: [logistic(z), logistic(z + step(z))]


def before_and_after_step(of_score):
    """[of_score(z), of_score(z after the right step)]."""
    return lambda z: [of_score(z), of_score(z + 1 - belief_in_yes(z))]


def smoothed(label, share):
    return [(1 - share) * one + share / len(label) for one in label]


def of_rows(row_loss, gather=mean):
    """gather(row_loss(scores, label) of each row), as 4.7 asks."""
    return lambda logits, p: gather(
        [row_loss(scores, label) for scores, label in zip(logits, p, strict=True)]
    )


def down_the_columns(logits, p):
    """The softmax over the examples, in place of the classes."""
    shares = list(zip(*map(softmax, zip(*logits, strict=True)), strict=True))
    return mean([cross_entropy(label, q) for label, q in zip(p, shares, strict=True)])


def over_all_scores(logits, p):
    """One softmax over all scores of all examples."""
    total = log_sum_exp([score for scores in logits for score in scores])
    return mean(
        [
            math.fsum(a * (total - score) for a, score in zip(label, scores, strict=True))
            for scores, label in zip(logits, p, strict=True)
        ]
    )


def likeliest_class(scores, label):
    return loss(scores, tries.one_hot(len(label), label.index(max(label))))


def of_probabilities(term):
    """The loss with term(q) in place of log q."""
    return of_rows(
        lambda scores, label: -sum(a * term(q) for a, q in zip(label, softmax(scores), strict=True))
    )


def log_or_infinite(q):
    return -math.inf if q == 0 else math.log(q)


def shifted_by_the_largest_of_all(logits, p):
    """The loss by way of q, with one largest score subtracted from all rows."""
    top, losses = max(score for scores in logits for score in scores), []
    for scores, label in zip(logits, p, strict=True):
        powers = [math.exp(score - top) for score in scores]
        total = math.fsum(powers)
        q = [power / total if total else math.nan for power in powers]
        losses.append(-sum(a * log_or_infinite(b) for a, b in zip(label, q, strict=True)))
    return sum(losses) / len(losses)


def with_epsilon(epsilon):
    return of_probabilities(lambda q: math.log(q + epsilon))


def clipped(epsilon):
    return of_probabilities(lambda q: math.log(max(q, epsilon)))


def clipped_on_both_sides(epsilon):
    return of_probabilities(lambda q: math.log(min(max(q, epsilon), 1 - epsilon)))


def batch(examples, classes, size=3.0):
    """Random scores and labels: the first soft, the second one-hot."""
    return {
        "logits": [tries.scores(stream, classes, size) for _ in range(examples)],
        "p": [
            tries.one_hot(classes, number % classes)
            if number % 2
            else tries.distribution(stream, classes)
            for number in range(examples)
        ],
    }


EXERCISES = {
    "4.1": Exercise(
        answer=before_and_fall(loss_of_true_class),  # q(dog) is 0.15
        inputs=({"p": [0.0, 1.0, 0.0], "q": [0.6, 0.15, 0.25]},),
        mistakes={
            "the first is q of the true class: minus its logarithm is asked": before_and_fall(
                of_true_class
            ),
            "the first is 1 − q(dog), the error: minus the logarithm of q(dog) is asked": (
                before_and_fall(lambda p, q: 1 - of_true_class(p, q))
            ),
            "the first is −log q of the class that Q prefers: take the true class": (
                before_and_fall(lambda p, q: surprise(max(q)))
            ),
            "the first is −log q(fox): the photo shows a dog": before_and_fall(
                lambda p, q: surprise(q[2])
            ),
            "the first is a mean over the classes: p weighs them, and it is 0 for two": (
                before_and_fall(lambda p, q: cross_entropy(p, q) / 3)
            ),
            "in the first all three classes are added: p is 0 for cat and fox": before_and_fall(
                lambda p, q: math.fsum(map(surprise, q))
            ),
            "the first is H(Q): the label does not appear in it": before_and_fall(
                lambda p, q: entropy(q)
            ),
            "the second is the loss after training: its fall is asked": lambda p, q: [
                loss_of_true_class(p, q),
                loss_of_true_class(p, q) - math.log(2),
            ],
            "the loss is not halved when q is doubled: a logarithm turns a factor into a summand": (
                lambda p, q: [loss_of_true_class(p, q), loss_of_true_class(p, q) / 2]
            ),
        },
        hints=(
            "H(P,Q) = −Σ p log q, and p is 0 for cat and fox.",
            "One term is left: minus the logarithm of what Q gives to the dog.",
            "Take it before training, and with twice that q(dog). Subtract.",
        ),
        shows="Only what Q gives to the true class counts, and each doubling of it saves log 2, "
        "wherever it starts.",
        unit="nats",
    ),
    "4.2": Exercise(
        answer=before_and_after(loss_of_class),
        inputs=({"logits": [2.0, -1.0, 0.3], "true": 2},),
        mistakes={
            "these are log Σ exp alone: the score of the true class is to be subtracted": (
                before_and_after(lambda logits, true: log_sum_exp(logits))
            ),
            "the score of the true class is added: it lowers the loss": before_and_after(
                lambda logits, true: log_sum_exp(logits) + logits[true]
            ),
            "these are losses of class index 1: the true class is index 2": lambda logits, true: [
                loss_of_class(logits, 1),
                loss_of_class(raised(logits, 2), 1),
            ],
            "these are losses of class index 0: the true class is index 2": lambda logits, true: [
                loss_of_class(logits, 0),
                loss_of_class(raised(logits, 2), 0),
            ],
            "the largest score stands for log Σ exp: that is near, not equal": before_and_after(
                lambda logits, true: max(logits) - logits[true]
            ),
            "the scores are divided by their sum: softmax takes exp of them first": (
                before_and_after(lambda logits, true: -math.log(logits[true] / sum(logits)))
            ),
            "softmax was applied twice": before_and_after(
                lambda logits, true: loss_of_class(softmax(logits), true)
            ),
            "these are q of the true class: minus its logarithm is asked": before_and_after(
                lambda logits, true: softmax(logits)[true]
            ),
            "this is −log of the score itself: softmax makes a probability of it first": (
                before_and_after(lambda logits, true: -math.log(logits[true]))
            ),
            "these are means over the classes: only the true one counts": before_and_after(
                lambda logits, true: mean([loss_of_class(logits, c) for c in range(3)])
            ),
            "the logarithm of the sum is missing: log Σ exp, not Σ exp": before_and_after(
                lambda logits, true: math.fsum(map(math.exp, logits)) - logits[true]
            ),
            "the second loss is lower by 1: log Σ exp grows too when a score does": (
                lambda logits, true: [loss_of_class(logits, 2), loss_of_class(logits, 2) - 1]
            ),
            "in the second all three scores rose by 1: only that of the true class does": (
                lambda logits, true: [loss_of_class(logits, 2)] * 2
            ),
            "the second is the fall of the loss: the loss itself is asked": lambda logits, true: [
                loss_of_class(logits, 2),
                loss_of_class(logits, 2) - loss_of_class(raised(logits, 2), 2),
            ],
        },
        hints=(
            "The loss is −log softmax(logits) at the true class.",
            "The logarithm of a softmax is the score minus log Σ exp(scores).",
            "Compute it twice: with logits, and with a copy in which logits[2] is larger by 1.",
        ),
        shows="It fell by less than 1: a higher score of the true class raises log Σ exp too. How "
        "fast the loss falls, the next section tells.",
        unit="nats",
    ),
    "4.3": Exercise(
        answer=lambda p, logits: [
            score - math.exp(score - log_sum_exp(logits)) + one
            for score, one in zip(logits, p, strict=True)
        ],
        inputs=({"p": [0.0, 0.0, 1.0], "logits": [2.0, -1.0, 0.3]},),
        mistakes={
            "this goes up the slope: a step against the gradient subtracts it": stepped(
                gradient, -1
            ),
            "this is the gradient, Q − P: the scores after the step are asked": gradient,
            "this is P − Q, the step: add it to the scores": lambda p, logits: [
                -slope for slope in gradient(p, logits)
            ],
            "Q was subtracted from the scores: the gradient is Q − P": stepped(
                lambda p, logits: softmax(logits)
            ),
            "the label was subtracted from the scores: the gradient is Q − P": stepped(
                lambda p, logits: p
            ),
            "the label stands at index 1: index 2 is the last": lambda p, logits: stepped(gradient)(
                [0, 1, 0], logits
            ),
            "this step takes the gradient of half the squared error": stepped(
                squared_error_gradient
            ),
            "the gradient was divided by the number of classes: one example has one loss": stepped(
                gradient, 1 / 3
            ),
            "1 is subtracted from each q: p is 1 for the true class alone": stepped(
                lambda p, logits: [q - 1 for q in softmax(logits)]
            ),
            "these are probabilities: softmax was taken of the scores after the step": (
                lambda p, logits: softmax(stepped(gradient)(p, logits))
            ),
        },
        hints=(
            "The gradient of the loss with respect to the scores is Q − P.",
            "Q is the softmax of the scores. Against the gradient means: subtract it.",
            "scores after = scores before − (Q − P), one number for each class.",
        ),
        shows="The three scores still sum to 1.3: what the step gives to the true class it takes "
        "from the others, in proportion to their q.",
    ),
    "4.4": Exercise(
        answer=lambda label, share: entropy(smoothed(label, share)),  # −0.92 ln .92 − 0.08 ln .02
        inputs=({"label": [1.0, 0.0, 0.0, 0.0, 0.0], "share": 0.1},),
        mistakes={
            "0 is the floor of KL; that of the loss is higher": lambda label, share: 0.0,
            "this is −log of the largest entry of P: all five entries count": lambda label, share: (
                -math.log(0.92)
            ),
            "0.1 was shared among four classes: it is shared among all five": lambda label, share: (
                entropy([0.9, *[0.025] * 4])
            ),
            "the true class has 0.9 + 0.02, not 0.9: P must sum to 1": lambda label, share: (
                -0.9 * math.log(0.9) - 0.08 * math.log(0.02)
            ),
            "only one of the four other classes is counted": lambda label, share: (
                -0.92 * math.log(0.92) - 0.02 * math.log(0.02)
            ),
            "the four others are taken for one class: each has 0.02": lambda label, share: entropy(
                [0.92, 0.08]
            ),
            "this is the entropy of 0.9 and 0.1: the 0.1 is shared among five": (
                lambda label, share: entropy([0.9, 0.1])
            ),
            "0.1 was added to each entry: it is shared among the five, 0.02 for each": (
                lambda label, share: entropy([(one * 0.9 + 0.1) / 1.4 for one in label])
            ),
            "this is −log 0.9: all five entries of P count": lambda label, share: -math.log(0.9),
            "this is the loss of an even Q: the best Q is P": lambda label, share: math.log(5),
        },
        hints=(
            "H(P,Q) = H(P) + KL(P‖Q), and KL can reach 0.",
            "So the floor is the entropy of the target.",
            "Make the target, 0.9 * label + 0.1 / 5, and take its entropy.",
        ),
        shows="A loss that stops falling at H(P) has nothing left to learn: KL is 0 there.",
        unit="nats",
    ),
    "4.5": Exercise(
        answer=lambda classes: math.log1p((classes - 1) / math.e),
        inputs=({"classes": 10},),
        mistakes={
            "0 is the floor of one softmax: here the scores lie between 0 and 1": (
                lambda classes: 0.0
            ),
            "this is the loss of an even Q: a sure first softmax does better": lambda classes: (
                -math.log(1 / classes)
            ),
            "this is for 4 classes, as in the lesson: here are 10": lambda classes: math.log1p(
                3 / math.e
            ),
            "ten other classes were counted beside the true one: there are nine": lambda classes: (
                math.log1p(classes / math.e)
            ),
            "the true class itself is missing in the sum": lambda classes: math.log(
                (classes - 1) / math.e
            ),
            "the logarithm is missing: this is 1/q": lambda classes: 1 + (classes - 1) / math.e,
            "this is log Σ exp alone: the score of the true class is to be subtracted": (
                lambda classes: math.log(math.e + classes - 1)
            ),
            "this is q(true class) after both: minus its logarithm is asked": lambda classes: (
                math.e / (math.e + classes - 1)
            ),
            "the sum counts 1 for the true class too: exp(1) is e": lambda classes: (
                math.log(classes) - 1
            ),
        },
        hints=(
            "At its best the first softmax gives 1 to the true class and 0 to the others.",
            "These ten numbers are the scores of the second softmax. What is exp of each?",
            "The loss is log Σ exp of the ten, minus the score of the true class.",
        ),
        shows="A training loss that will not go below ln(1 + (C − 1)/e) tells of a softmax too "
        "many.",
        unit="nats",
    ),
    "4.6": Exercise(
        answer=lambda logged, examples, classes: 10 * logged,
        inputs=({"logged": 0.05, "examples": 8, "classes": 10},),
        mistakes={
            "this is the logged number: it is a mean over all 80 numbers": (
                lambda logged, examples, classes: logged
            ),
            "this is the sum over the 8 examples: the mean per example is asked": (
                lambda logged, examples, classes: logged * examples * classes
            ),
            "this undoes the mean over the examples: undo the one over the classes instead": (
                lambda logged, examples, classes: logged * examples
            ),
            "this divides by the classes once more: undo that mean": (
                lambda logged, examples, classes: logged / classes
            ),
            "this divides by the examples once more": (
                lambda logged, examples, classes: logged / examples
            ),
            "the sum of 8 and 10 was taken: a table of 8 by 10 has 80 numbers": (
                lambda logged, examples, classes: logged * (examples + classes),
                lambda logged, examples, classes: logged * (examples + classes) / examples,
            ),
        },
        hints=(
            "The default divides the sum by the number of elements. How many are there?",
            "So the sum over all elements is the logged number times that.",
            "Share the sum among the examples.",
        ),
        shows='reduction="batchmean" would have said so at once; the default is too small by the '
        "number of classes.",
        unit="nats",
    ),
    "4.7": Exercise(
        asks="function",
        answer=of_rows(loss),
        inputs=(
            {"logits": [[2.0, -1.0, 0.5], [0.0, 1.0, 3.0]], "p": [[0, 0, 1.0], [0.2, 0.5, 0.3]]},
            {"logits": [[-2.85, 0.86, 0.28], [1.0, 0.0, 0.0]], "p": [[0, 0, 1.0], [1.0, 0, 0]]},
            {"logits": [[1.0, 0.0, -1.0]], "p": [[0.2, 0.5, 0.3]]},
            {
                "logits": [[0.0, 1.0], [2.0, 0.0], [3.0, -1.0]],
                "p": [[1.0, 0], [0.5, 0.5], [0, 1.0]],
            },
            {"logits": [[1000.0, 1000.0], [0.0, 0.0]], "p": [[0.5, 0.5], [0.5, 0.5]]},
            {"logits": [[1000.0, 0.0], [0.0, 0.0]], "p": [[1.0, 0.0], [0.0, 1.0]]},
            {"logits": [[1000.0, 0.0], [0.0, 1000.0]], "p": [[0.0, 1.0], [0.5, 0.5]]},
            {"logits": [[-1000.0, 0.0]], "p": [[0.0, 1.0]]},
            {"logits": [[1000.0, 0.0, 0.0, 0.0, -1000.0]], "p": [[0.2] * 5]},
            {"logits": [[0.0, 20.0, 25.0]], "p": [[1.0, 0.0, 0.0]]},
            {"logits": [[0.0, 30.0]], "p": [[0.0, 1.0]]},
            *(batch(*shape) for shape in ((1, 4), (3, 2), (4, 5), (7, 3))),
        ),
        mistakes={
            "this is the sum over the examples: the mean is asked": of_rows(loss, math.fsum),
            "the losses of the examples stand here: take their mean": of_rows(loss, list),
            "the mean is over all numbers: divide by the number of examples": of_rows(
                lambda scores, label: loss(scores, label) / len(scores)
            ),
            "the sum is divided by 2, whatever the number of examples": of_rows(
                loss, lambda losses: math.fsum(losses) / 2
            ),
            "this is the median over the examples: the mean is asked": of_rows(
                loss, statistics.median
            ),
            "this is the loss of the first example: the mean over all is asked": of_rows(
                loss, lambda losses: losses[0]
            ),
            "the softmax runs down the columns: each row is an example": down_the_columns,
            "the softmax runs over all scores at once: each row is an example": over_all_scores,
            "the label is taken for one-hot: in a soft one each class counts": of_rows(
                likeliest_class
            ),
            "softmax was applied twice": of_rows(
                lambda scores, label: loss(softmax(scores), label)
            ),
            "this is KL(P‖Q): for soft labels the loss is larger by H(P)": of_rows(
                lambda scores, label: loss(scores, label) - entropy(label)
            ),
            "the logarithms are not weighed: p weighs each": of_rows(
                lambda scores, label: loss(scores, [1.0] * len(label))
            ),
            "q became 0, and its log infinite: take log q = score − log Σ exp": of_probabilities(
                log_or_infinite
            ),
            "the largest of all scores was subtracted: each row has its own": (
                shifted_by_the_largest_of_all
            ),
            "q was clipped, or an epsilon added: it shows where q is small. Take log q = score − "
            "log Σ exp": with_each_epsilon(with_epsilon, clipped, clipped_on_both_sides),
        },
        hints=(
            "Subtract the largest score of each row first: .max(axis=1, keepdims=True).",
            "Then log q = scores − log Σ exp(scores), row by row.",
            "The loss of a row is −Σ p log q: np.sum(..., axis=1), then np.mean.",
        ),
        shows="It is what the frameworks compute: log-softmax, weights p, mean over examples.",
        unit="nats",
    ),
    "4.8": Exercise(
        asks="prediction",
        answer="b",
        choices={
            "a": "H(Q) is the entropy of the model. Does θ not occur in it?",
        },
        hints=(
            "A term may be dropped if it is the same for each θ.",
            "Which of P and Q depends on θ?",
        ),
        shows="H(Q) changes with θ. The next cell shows what becomes of H(Q,P) alone.",
    ),
    "4.9": Exercise(
        asks="prediction",
        answer="a",
        choices={
            "b": "the loss is minus the logarithm of the likelihood, divided by n. Can one be best "
            "where the other is not?",
        },
        hints=(
            "The mean loss is −log(likelihood)/n.",
            "The logarithm rises with the likelihood, and the minus sign turns it round.",
        ),
        shows="One falls where the other rises. The next cell shows it, with KL beside them.",
    ),
    "4.10": Exercise(
        asks="prediction",
        answer="c",
        choices={
            "a": "0 would need q(dog) = 1. What would then be paid for the other classes, to "
            "which P gives a little?",
            "b": "it would stop there if nothing changed any more. But q(dog) goes on growing, "
            "past what P gives to the dog",
        },
        hints=(
            "P gives 0.0333 to each other class. What is −log q of them, as q(dog) nears 1?",
            "H(P,Q) = H(P) + KL(P‖Q). Where is KL smallest?",
        ),
        shows="Lowest where Q = P, and higher on both sides. The next cell has the numbers.",
    ),
    "4.11": Exercise(
        asks="choice",
        answer="a",
        choices={
            "b": "for a soft label q = 1 is not the best: the second class would cost −0.1 · log 0",
            "c": "what is left to learn is KL, the loss less H(P). What is H(P) of this label?",
            "d": "that is −log 0.9, the loss of a one-hot label whose class got 0.9. Here both "
            "classes count, weighed by P",
        },
        hints=(
            "H(P,Q) = H(P) + KL(P‖Q). Which of the two can training change?",
            "Compute H(P) of [0.9, 0.1], and compare it with 0.325.",
        ),
        shows="H([0.9, 0.1]) is 0.325: KL is 0, whatever the loss says.",
    ),
    "4.12": Exercise(
        asks="prediction",
        answer="c",
        choices={
            "a": "1 and 0 are scores for the second softmax. How sure does it become of scores "
            "that differ by 1?",
            "b": "for log-softmax think of its scores, 0 and very low ones: does exp give the same "
            "probabilities again?",
            "d": "twice a softmax is not once: the second takes 1 and 0 for scores. And a "
            "log-softmax?",
        },
        hints=(
            "exp of the scores 1, 0, 0, 0 is e, 1, 1, 1. What is the share of the first?",
            "exp of log q is q again, and q sums to 1.",
        ),
        shows="The softmax of probabilities is never sure; the softmax of their logarithms is they "
        "themselves. Run the next cell.",
    ),
    "4.13": Exercise(
        asks="prediction",
        answer="b",
        choices={
            "a": "the default takes the mean over all numbers, examples times classes. KL is a sum "
            "over the classes",
            "c": "kl_div wants logarithms first, and takes what it is given for such",
            "d": "which of the two is the target here, the truth?",
        },
        hints=(
            "kl_div takes log q first, then p: the model first, as a logarithm.",
            "By how many numbers is the sum to be divided: by two examples, or by six numbers?",
        ),
        shows="The next cell shows all four. One of the others is below 0, and no error is raised.",
    ),
    "4.14": Exercise(
        answer=before_and_after_step(lambda z: math.log1p(math.exp(-z))),
        inputs=({"z": -2.0},),
        mistakes={
            "these are losses of a mail that is no spam: yes is true here": (
                lambda z: [logistic(-z), logistic(-z + belief_in_yes(z))],
                lambda z: [logistic(-z), logistic(belief_in_yes(z) - 1 - z)],
            ),
            "the second goes up the slope: a step of training subtracts it": logistic_and_after(
                lambda z: belief_in_yes(z) - 1
            ),
            "q(yes) was subtracted in the step: the slope is q(yes) − 1": logistic_and_after(
                lambda z: -belief_in_yes(z)
            ),
            "the step subtracted the loss: its slope is to be subtracted": logistic_and_after(
                lambda z: -logistic(z)
            ),
            "the step was 1: the slope is −1 only for a score that is far too low": (
                logistic_and_after(lambda z: 1.0)
            ),
            "this step takes the slope of half the squared error": logistic_and_after(
                lambda z: belief_in_yes(z) * (1 - belief_in_yes(z)) ** 2
            ),
            "the second is the score after the step: its loss is asked": lambda z: [
                logistic(z),
                z + 1 - belief_in_yes(z),
            ],
            "the second is the slope: the loss after the step is asked": lambda z: [
                logistic(z),
                belief_in_yes(z) - 1,
            ],
            "the second is the fall of the loss: the loss itself is asked": lambda z: [
                logistic(z),
                logistic(z) - logistic(z + 1 - belief_in_yes(z)),
            ],
            "these are q(yes): minus its logarithm is asked": before_and_after_step(belief_in_yes),
            "the logarithm is missing: these are 1/q(yes)": before_and_after_step(
                lambda z: 1 / belief_in_yes(z)
            ),
            "these are −z, the straight line that the curve comes near to": before_and_after_step(
                lambda z: -z
            ),
        },
        hints=(
            "Yes is true, so the loss is −log q(yes), and q(yes) is the sigmoid of z.",
            "The slope of the loss by z is q(yes) − 1. It is below 0, so the step raises z.",
            "z after = z − (q(yes) − 1). Take log(1 + exp(−z)) of both.",
        ),
        shows="One step, and the loss fell by a third: where the filter is sure and wrong the "
        "slope is nearly −1.",
        unit="nats",
    ),
}
