"""What moved explorers cost the kernels of a class: python tests/benchmarks/kernels.py [KERNELS]

Each kernel gets ten states a second from its page, for ten seconds, all at once: of an explorer
that the page computes, and of one that the kernel draws. Linux.
"""

import os
import sys
import time

from jupyter_client.manager import start_new_kernel

SETUP = """
from kl_lessons import compare, explore, plots
own = [plots.picture(numbers=p.numbers, says=p.sentence, size=p.size)(p.draw)
       for p in (plots.distributions, plots.terms, plots.decomposition)]
p, q = [.5, .3, .2], [.1, .2, .7]
lab = {"page": lambda: compare(p, q), "kernel": lambda: explore(*own, p=p, q=q)}[ENGINE]()
import os; print(lab.comm.comm_id, os.getpid())
"""
SECONDS, RATE = 10, 10


def started(engine: str) -> tuple:
    """A kernel with an explorer: its manager, its client, the explorer's comm, its process."""
    manager, client = start_new_kernel()
    told = []
    client.execute_interactive(
        f"ENGINE = {engine!r}" + SETUP,
        output_hook=lambda m: told.append(m["content"].get("text", "")),
    )
    comm, process = "".join(told).split()
    return manager, client, comm, int(process)


def processor_seconds(process: int) -> float:
    """Seconds of processor that a process has used."""
    with open(f"/proc/{process}/stat", encoding="utf-8") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(process: int) -> float:
    """MB of memory that a process holds."""
    with open(f"/proc/{process}/statm", encoding="utf-8") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def move(client: object, comm: str, share: float) -> None:
    """Tell the kernel a state, as a page does."""
    state = {"p": [share, (1 - share) / 2, (1 - share) / 2], "q": [0.1, 0.2, 0.7], "base": "nats"}
    data = {"method": "update", "state": {"state": state}, "buffer_paths": []}
    message = client.session.msg("comm_msg", {"comm_id": comm, "data": data})
    client.shell_channel.send(message)


def main(kernels: int = 20) -> None:
    for engine in ("page", "kernel"):
        running = [started(engine) for _ in range(kernels)]
        before = [processor_seconds(process) for *_, process in running]
        start = time.perf_counter()
        for step in range(SECONDS * RATE):
            for _, client, comm, _ in running:
                move(client, comm, 0.1 + 0.8 * abs(step % 20 - 10) / 10)
            time.sleep(max(0, start + (step + 1) / RATE - time.perf_counter()))
        used = sum(processor_seconds(p) - b for (*_, p), b in zip(running, before, strict=True))
        memory = sum(resident(process) for *_, process in running) / kernels
        share = 100 * used / (time.perf_counter() - start) / os.cpu_count()
        print(
            f"{engine}: {kernels} kernels, {RATE} states a second each: {share:.0f} % of "
            f"{os.cpu_count()} cores, {memory:.0f} MB a kernel"
        )
        for manager, client, *_ in running:
            client.stop_channels()
            manager.shutdown_kernel(now=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
