"""Say whose copy of the course this is, in every file that names its addresses.

python -m kl_lessons.tools.owner                 prints OWNER/REPO as it stands
python -m kl_lessons.tools.owner OWNER/REPO      writes it everywhere, FOLDER is this course
python -m kl_lessons.tools.owner OWNER/REPO FOLDER

The one place is the Repository in pyproject.toml. Whoever copies the course on GitHub runs this
once: Binder, Colab, the web site and the citation then lead to the copy.
"""

import re
import sys
import tomllib
from pathlib import Path

COURSE = Path(__file__).parents[2]
GITHUB = "https://github.com/"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+")
FILES = ("pyproject.toml", "CITATION.cff", "*.md", "notebooks/*.ipynb", "assets/**/*.md")


def named(course: Path) -> str:
    """OWNER/REPO, as pyproject.toml holds it."""
    project = tomllib.loads((course / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project["urls"]["Repository"].removeprefix(GITHUB)


def addresses(name: str) -> list[str]:
    """How the addresses of the repository begin: its own, Binder's, its site's, and Colab's."""
    owner, repository = name.split("/")
    return [
        f"{GITHUB}{name}",
        f"https://mybinder.org/v2/gh/{name}",
        f"https://{owner.lower()}.github.io/{repository}",
        f"https://colab.research.google.com/github/{name}",
    ]


def rename(course: Path, name: str) -> list[Path]:
    """Write the name into each file with an address of the course; the files that changed."""
    swaps = list(zip(addresses(named(course)), addresses(name), strict=True))
    changed = []
    for path in sorted(path for pattern in FILES for path in course.glob(pattern)):
        before = path.read_bytes().decode()
        after = before
        for old, new in swaps:
            after = re.sub(rf"{re.escape(old)}(?![\w-])", new, after)
        if after != before:
            path.write_bytes(after.encode())
            changed.append(path)
    return changed


def main(arguments: list[str]) -> int:
    """Print the name, or write the one that is given."""
    course = Path(arguments[1]) if len(arguments) > 1 else COURSE
    if not arguments:
        print(named(course))
        return 0
    if not NAME.fullmatch(arguments[0]):
        print(f"{arguments[0]!r} is no OWNER/REPO, such as ada/kl-lessons", file=sys.stderr)
        return 2
    for path in rename(course, arguments[0]):
        print(f"written: {path.relative_to(course)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
