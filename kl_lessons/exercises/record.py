"""What a learner has solved: a small file of the learner's own, outside the course's folder."""

import contextlib
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from kl_lessons.exercises.printing import TIED, say

VARIABLE = "KL_LESSONS_PROGRESS"  # the file's place, where it is wanted elsewhere; "" keeps none
PATIENCE = 2.0  # seconds to wait for another kernel that writes; longer, and it was interrupted

_session: set[str] = set()  # solved here, where no file can hold it


def place() -> Path | None:
    """Where the file lies or will lie; None if none is wanted."""
    if (named := os.environ.get(VARIABLE)) is not None:
        return Path(named).expanduser() if named.strip() else None
    try:
        home = Path.home()
    except RuntimeError:  # an account without a home
        return None
    if sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        folder = home / "Library" / "Application Support"
    else:
        folder = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return folder / "kl-lessons" / "progress.json"


def solved() -> set[str]:
    """The names of the exercises that were solved, here or in another kernel, now or before."""
    file = place()
    with contextlib.suppress(OSError):
        return _session | (set(_read(file)["solved"]) if file else set())
    return set(_session)


def remember(name: str) -> None:
    """Keep that an exercise is solved: in the file, or for this session if there is none."""
    file = place()
    if file is None:
        _session.add(name)
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with _alone(file):
            held = _read(file)
            if name in held["solved"]:
                return
            held["solved"] = sorted({*held["solved"], name})
            _write(file, held)
    except OSError:
        _session.add(name)


def kept() -> bool:
    """Whether what is solved now outlives this session, or none is wanted to."""
    file = place()
    if file is None:
        return VARIABLE in os.environ
    folder = next(parent for parent in file.parents if parent.exists())
    return folder.is_dir() and os.access(folder, os.W_OK) and not file.is_dir()


def _read(file: Path) -> dict:
    """What the file holds; a damaged one is moved aside, and that is said.

    Raises OSError if there is a file that may not be read: it is not to be replaced.
    """
    try:
        text = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return {"solved": []}
    try:
        held = json.loads(text)
        names = held["solved"]
        if type(names) is list and all(type(name) is str for name in names):
            return held
    except (ValueError, TypeError, KeyError, RecursionError):
        pass
    aside = file.with_name(f"{file.stem}.damaged-{time.time_ns()}{file.suffix}")
    with contextlib.suppress(OSError):
        os.replace(file, aside)
        whole = str(aside).replace(" ", TIED)
        say(f"The record of your progress could not be read. It lies in {whole} now.")
    return {"solved": []}


def _write(file: Path, held: dict) -> None:
    """The whole file in one move: who reads meanwhile sees the old one or the new one."""
    new = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        new.write_text(json.dumps(held, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        os.replace(new, file)
    except BaseException:
        with contextlib.suppress(OSError):
            new.unlink()
        raise


@contextlib.contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Wait until no other kernel reads and writes the file, and keep the others waiting."""
    lock = file.with_name(f"{file.name}.lock")
    end = time.monotonic() + PATIENCE
    while True:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            break
        except FileExistsError:
            if time.monotonic() > end:  # its owner was interrupted
                break
        except PermissionError:  # Windows says so of a lock that is just being taken away
            if os.name != "nt" or time.monotonic() > end:
                raise
        time.sleep(0.01)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            lock.unlink()
