"""The pictures of codes show what the codes are: joins, lengths, shares of all bit strings."""

import numpy as np
import pytest

from kl_lessons import plots
from kl_lessons.information import entropy
from kl_lessons.subjects.huffman import huffman_code

BELIEFS = [
    [0.5, 0.25, 0.125, 0.125],
    [0.4, 0.3, 0.2, 0.1],
    [0.05, 0.35, 0.2, 0.1, 0.3],
    np.arange(1, 27) / 351,
]


@pytest.mark.parametrize("p", BELIEFS)
def test_all_joins_give_each_word_the_bits_of_huffmans_code(p):
    joined = plots.huffman_joins.numbers(p=p, joins=len(p) - 1)
    assert joined["mean"] == pytest.approx(np.dot(p, [len(word) for word in huffman_code(p)]))
    assert joined["mean"] == pytest.approx(np.dot(p, joined["lengths"]))
    assert sum(0.5 ** np.array(joined["lengths"])) == 1  # Kraft's sum of a code without gaps
    assert joined["hp"] == pytest.approx(entropy(p, base=2)) and joined["hp"] <= joined["mean"]


@pytest.mark.parametrize("p", BELIEFS)
@pytest.mark.parametrize("joins", [0, 1, 2])
def test_each_row_so_far_holds_all_of_p_and_later_rows_nothing(p, joins):
    joined = plots.huffman_joins.numbers(p=p, joins=joins)
    row, width = np.array(joined["row"]), np.subtract(joined["end"], joined["start"])
    shares = [width[row == number].sum() for number in range(len(p))]
    assert shares == pytest.approx([1.0] * (joins + 1) + [0.0] * (len(p) - 1 - joins))
    assert joined["left"] == np.count_nonzero(width[row == joins])


def test_bobs_words_join_as_in_the_lesson():
    words = ["dog", "cat", "fish", "bird"]
    joined = plots.huffman_joins.numbers(p=BELIEFS[0], joins=2, labels=words)
    assert joined["lengths"] == [0, 1, 2, 2]
    last = [who for who, row in zip(joined["who"], joined["row"], strict=True) if row == 2]
    assert last == ["dog", "cat+fish+bird"]
    assert plots.huffman_joins.sentence(joined) == (
        "Joins so far: 2; blocks left: 2; bits so far: 0, 1, 2, 2."
    )
