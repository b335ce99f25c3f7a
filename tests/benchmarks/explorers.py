"""Time and memory of what the kernel draws: python tests/benchmarks/explorers.py [STEPS]"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from kl_lessons import explore, plots
from kl_lessons.subjects.languages import declared_letters

ROOT = Path(__file__).parents[2]
LESSON = ROOT / "notebooks" / "01_coin_flips.ipynb"
THREE = {"p": [0.5, 0.3, 0.2], "q": [0.1, 0.6, 0.3]}
EXPLORERS = {  # name: pictures and values, as in the lesson
    "01 coins": (
        (plots.distributions, plots.walk, plots.split),
        {
            "p": [0.5, 0.5],
            "q": [0.9, 0.1],
            "truth": ["P", "Q"],
            "flips": (10, 10_000),
            "seed": (0, 99),
        },
    ),
    "02 landscapes": (
        (plots.landscape_from, plots.landscape_to),
        {"p": [0.5, 0.3, 0.2], "level": (0.01, 1.0)},
    ),
    "03 languages": (
        (plots.language_table,),
        {"languages": declared_letters(), "pseudocount": (0.0, 2.0)},
    ),
    "K = 3": ((plots.distributions, plots.terms, plots.decomposition), THREE),
}
FIRST_PICTURE = """
import time; start = time.perf_counter()
from kl_lessons import explore, plots
imported = time.perf_counter()
lab = explore(plots.distributions, plots.terms, plots.decomposition, p=[.5, .3, .2], q=[.1, .6, .3])
print(imported - start, time.perf_counter() - start)
"""
MEMORY = "import re; print(re.search(r'VmRSS:\\s+(\\d+)', open('/proc/self/status').read())[1])"


def resident() -> float:
    """MB of memory that this process holds (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def walk(lab: object, steps: int) -> list[float]:
    """Seconds of each of so many steps, in which P or a slider goes to and fro as under a hand."""
    seconds, sliders = [], lab.options["controls"]
    for i in range(steps):
        first = abs(i % 200 - 100) / 100
        if "p" in lab.state:
            rest = [(1 - first) / (lab.p.size - 1)] * (lab.p.size - 1)
            moved = {"p": [first, *rest]}
        else:
            moved = {sliders[0]["name"]: first * sliders[0]["high"]}
        state = lab.state | moved
        start = time.perf_counter()
        lab.set_state({"state": state})
        seconds.append(time.perf_counter() - start)
        assert not lab.shown["problem"], lab.shown["problem"]
    return seconds


def fresh_interpreters(runs: int = 3) -> tuple[float, float]:
    """Seconds of the import and of import with first picture, medians of fresh interpreters."""
    outputs = [
        subprocess.check_output([sys.executable, "-c", FIRST_PICTURE], text=True, cwd=LESSON.parent)
        for _ in range(runs)
    ]
    times = [map(float, output.split()) for output in outputs]
    return tuple(map(statistics.median, zip(*times, strict=True)))


def kernel_memory(cells: list) -> float:
    """MB that a fresh kernel holds after it has run the cells."""
    notebook = nbformat.v4.new_notebook(cells=[*cells, nbformat.v4.new_code_cell(MEMORY)])
    where = {"metadata": {"path": str(LESSON.parent)}}
    NotebookClient(notebook, kernel_name="python3", timeout=300, resources=where).execute()
    return int(notebook.cells[-1].outputs[-1].text) * 1024 / 1e6


def main(steps: int = 5000) -> None:
    print(f"{'explorer':>10} {'step, median':>13} {'95%':>9} {'message':>9} {'growth':>24}")
    for name, (pictures, values) in EXPLORERS.items():
        own = [  # as a learner's own pictures, which the kernel draws
            plots.picture(numbers=p.numbers, says=p.sentence, size=p.size)(p.draw) for p in pictures
        ]
        lab = explore(*own, **values)
        times = sorted(walk(lab, 200))
        message = sum(map(len, lab.shown["moving"])) / 1000
        before = resident()
        walk(lab, steps)
        growth = f"{resident() - before:+.1f} MB in {steps:,} steps"
        middle, late = (1000 * times[i] for i in (100, 190))
        print(f"{name:>10} {middle:>10.1f} ms {late:>6.1f} ms {message:>6.0f} kB {growth:>24}")
    imported, first = fresh_interpreters()
    print(f"fresh interpreter: import {imported:.2f} s, to the first picture {first:.2f} s")
    print(f"fresh kernel: {kernel_memory([]):.0f} MB")
    if LESSON.exists():
        cells = [c for c in nbformat.read(LESSON, as_version=4).cells if c.cell_type == "code"]
        print(f"kernel after {LESSON.name}: {kernel_memory(cells):.0f} MB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
