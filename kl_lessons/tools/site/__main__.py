"""Build the course as a web site of plain files. Its pages need no server and no other host.

python -m kl_lessons.tools.site                          writes the folder site/ where you are
python -m kl_lessons.tools.site --to FOLDER
python -m kl_lessons.tools.site --lite                   and a JupyterLite that runs the lessons
python -m kl_lessons.tools.site --page LESSON.ipynb      writes this lesson alone as LESSON.html
"""

import argparse
import shutil
import sys
from pathlib import Path

from kl_lessons.tools.site import lite, pages


def main(arguments: list[str]) -> int:
    """Write the site, or the page that is asked for."""
    parser = argparse.ArgumentParser("python -m kl_lessons.tools.site", description=__doc__)
    parser.add_argument("--to", type=Path, default=Path("site"), metavar="FOLDER")
    parser.add_argument("--lite", action="store_true", help="with a JupyterLite beside the pages")
    parser.add_argument("--page", type=Path, metavar="LESSON")
    asked = parser.parse_args(arguments)
    if asked.page:
        target = Path(f"{asked.page.stem}.html")
        target.write_text(pages.single(asked.page), encoding="utf-8", newline="\n")
        print(f"written: {target}")
        return 0
    if asked.to.exists() and not (asked.to / "site.css").exists():
        parser.error(f"{asked.to} is there and holds no site: name another folder")
    shutil.rmtree(asked.to, ignore_errors=True)
    written = pages.build(asked.to, lite=asked.lite)
    if asked.lite:
        lite.build(asked.to / "lite")
    print(f"written: {len(written)} pages, begin with {asked.to / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
