"""How fast the coders are, and how near to H(p̂,Q): python tests/benchmarks/coding.py"""

from functools import partial
from time import perf_counter

import numpy as np

from kl_lessons.data import moby_dick
from kl_lessons.information import cross_entropy, normalize
from kl_lessons.subjects import coding, huffman, language_models

# e t a o i n s h r d l c u m w f g y p b v k j x q z, of a thousand letters, as in English text
THOUSAND = "127 91 82 75 70 67 63 61 60 43 40 28 28 24 24 22 20 20 19 15 10 8 2 2 1 1"
ENGLISH = normalize([int(count) for count in THOUSAND.split()])
N = 100_000


def report(name, encode, decode, letters):
    start = perf_counter()
    coded = encode(letters)
    between = perf_counter()
    decoded = decode(coded)
    end = perf_counter()
    assert np.array_equal(decoded, letters)
    print(f"{name:24}{len(coded) / letters.size:.6f} bits a letter", end="")
    for did, seconds in [("encodes", between - start), ("decodes", end - between)]:
        print(f", {did} {letters.size / seconds:10,.0f} letters a second ({seconds:.2f} s)", end="")
    print()


letters = np.random.default_rng(0).choice(26, N, p=ENGLISH)
frequencies = normalize(np.bincount(letters, minlength=26))
print(f"{'H(p̂,Q)':25}{cross_entropy(frequencies, ENGLISH, base=2):.6f} bits a letter")
believed = {"one Q": ENGLISH, "rows": np.tile(ENGLISH, (N, 1)), "a function": lambda _: ENGLISH}
for name, q in believed.items():
    encode, decode = partial(coding.arithmetic_encode, q=q), partial(coding.arithmetic_decode, q=q)
    report(f"arithmetic, {name}", encode, partial(decode, n=N), letters)
code = huffman.huffman_code(ENGLISH)
encode, decode = (
    partial(huffman.huffman_encode, code=code),
    partial(huffman.huffman_decode, code=code),
)
report("Huffman", encode, decode, letters)

book = moby_dick()
start = perf_counter()
model = language_models.count(book.training, 3)
counted = perf_counter()
surprise = language_models.surprises(model, book.held_out, base=2).mean()
seconds = counted - start, perf_counter() - counted
print(f"order 3 of Moby-Dick: counted in {seconds[0]:.2f} s, ", end="")
print(f"judged in {seconds[1]:.2f} s: {surprise:.6f} bits a letter")
q, held_out = language_models.coder_belief(model), language_models.sign_numbers(book.held_out)
encode = partial(coding.arithmetic_encode, q=q)
report(
    "arithmetic, order 3", encode, partial(coding.arithmetic_decode, q=q, n=held_out.size), held_out
)
