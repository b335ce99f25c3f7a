"""Build the course as a web site of plain files, which needs no server and no other host.

python -m kl_lessons.tools.site                          writes the folder site/ where you are
python -m kl_lessons.tools.site --to FOLDER
python -m kl_lessons.tools.site --page LESSON.ipynb      writes this lesson alone as LESSON.html
"""

import argparse
import shutil
import sys
from pathlib import Path

from kl_lessons.tools.site import pages


def main(arguments: list[str]) -> int:
    """Write the site, or the page that is asked for."""
    parser = argparse.ArgumentParser("python -m kl_lessons.tools.site", description=__doc__)
    parser.add_argument("--to", type=Path, default=Path("site"), metavar="FOLDER")
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
    written = pages.build(asked.to)
    print(f"written: {len(written)} pages, begin with {asked.to / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
