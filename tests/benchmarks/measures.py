"""Time and memory of kl_divergence against SciPy: python tests/benchmarks/measures.py

Most machines have no AVX-512: NPY_DISABLE_CPU_FEATURES="X86_V4 AVX512_ICL" takes it from NumPy,
in the names of NumPy 2.4.
"""

import statistics
import subprocess
import sys
import timeit
import tracemalloc

import numpy as np
from scipy.special import rel_entr
from scipy.stats import entropy

from kl_lessons.information import kl_divergence

CASES = [  # shape, rounds, calls in each round
    ((2,), 25, 200),
    ((10,), 25, 200),
    ((1_000,), 25, 100),
    ((10**6,), 15, 1),
    ((10**7,), 7, 1),
    ((10**5, 10), 15, 1),
]
CONTENDERS = [
    lambda p, q: kl_divergence(p, q, axis=-1),
    lambda p, q: entropy(p, q, axis=-1),
    lambda p, q: rel_entr(p, q).sum(axis=-1),
]


def distributions(shape: tuple[int, ...], seed: int) -> np.ndarray:
    """Random distributions along the last axis."""
    weights = np.random.default_rng(seed).exponential(size=shape)
    weights /= weights.sum(axis=-1, keepdims=True)
    return weights


def seconds(p: np.ndarray, q: np.ndarray, rounds: int, calls: int) -> np.ndarray:
    """Seconds of a call, a row for each round, in which the contenders take turns."""
    for contender in CONTENDERS:
        contender(p, q)
    return np.array(
        [
            [timeit.timeit(lambda c=c: c(p, q), number=calls) / calls for c in CONTENDERS]
            for _ in range(rounds)
        ]
    )


def peak_memory(p: np.ndarray, q: np.ndarray) -> float:
    """Bytes of the inputs and of all that one call allocates at its peak, over the inputs'."""
    tracemalloc.start()
    kl_divergence(p, q)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    inputs = p.nbytes + q.nbytes
    return (inputs + peak) / inputs


def import_seconds(module: str) -> float:
    """Seconds that the import takes, the median of nine fresh interpreters."""
    code = f"import time; t = time.perf_counter(); import {module}; print(time.perf_counter() - t)"
    runs = [subprocess.check_output([sys.executable, "-c", code]) for _ in range(9)]
    return statistics.median(map(float, runs))


def main() -> None:
    print(
        f"numpy {np.__version__}; medians; ratios are time of kl_divergence over time of the other"
    )
    print(f"{'shape':>14} {'kl_divergence':>14} {'/ stats.entropy':>16} {'/ rel_entr.sum':>15}")
    for shape, rounds, calls in CASES:
        p, q = distributions(shape, 1), distributions(shape, 2)
        times = seconds(p, q, rounds, calls)
        ours = np.median(times[:, 0]) * 1e6
        to_entropy, to_rel_entr = np.median(times[:, :1] / times[:, 1:], axis=0)
        print(f"{shape!s:>14} {ours:>11,.1f} µs {to_entropy:>16.2f} {to_rel_entr:>15.2f}")
    print("goals: / stats.entropy at most 0.5 at every size; / rel_entr.sum from 10^6 on at most")
    print("0.75 without AVX-512 and 0.6 with it, and 0.85 for the rows of 10")
    p, q = distributions((10**7,), 1), distributions((10**7,), 2)
    print(f"peak memory at K = 10^7, inputs counted: {peak_memory(p, q):.2f} × inputs (goal: 4)")
    numpy, ours = import_seconds("numpy"), import_seconds("kl_lessons.information")
    print(f"import kl_lessons.information: {ours:.3f} s, {ours / numpy:.2f} × numpy (goal: 1.3)")


if __name__ == "__main__":
    main()
