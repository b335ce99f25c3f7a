"""Write the cheat sheet of lesson 10 as one page that prints on one sheet of A4.

python -m kl_lessons.tools.sheet                 writes cheat_sheet.html where you are
python -m kl_lessons.tools.sheet FOLDER/PAGE.html

The lines are those of the lesson: markdown cells whose ids start with `line-`. The page needs no
network and no script; print it with the browser.
"""

import html
import re
import sys
from pathlib import Path

from kl_lessons.look import PALETTE
from kl_lessons.tools.save_lessons import NOTEBOOKS, read

LESSON = NOTEBOOKS / "10_cheat_sheet.ipynb"
READING = (
    "P is the truth, Q the model, P comes first. log is natural, the unit the nat. → the lesson."
)
STYLE = """
@page { size: A4; margin: 11mm }
body { font: 11pt/1.4 "DejaVu Sans", Arial, sans-serif; color: #111; margin: 0 auto;
  max-width: 188mm }
h1 { font-size: 16pt; margin: 0 }
header { margin-bottom: 4mm }
main { columns: 2; column-gap: 7mm }
h2 { font-size: 12pt; margin: 4mm 0 1.4mm; border-bottom: 0.3mm solid #111; break-after: avoid }
h2:first-child { margin-top: 0 }
p { margin: 0 0 1.9mm; break-inside: avoid }
code { font: 9.6pt "DejaVu Sans Mono", monospace; white-space: nowrap }
a { color: inherit }
"""
SYMBOLS = {"P": "P", "Q": "Q", "KL": "KL"}  # what is coloured, and as what


def page(lesson: Path = LESSON) -> str:
    """The whole page: the lesson's title, its sections, and their lines."""
    title, body = contents(lesson)
    return "\n".join(
        (
            '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">',
            f"<title>{html.escape(title)}</title>\n<style>{STYLE}{colours()}</style>",
            f"<header><h1>{inline(title)}</h1>{inline(READING)}</header>\n<main>",
            body,
            "</main>\n</html>\n",
        )
    )


def contents(lesson: Path = LESSON) -> tuple[str, str]:
    """The lesson's title, and its sections with their lines as HTML."""
    title, body = "", []
    for cell in read(lesson).cells:
        first, *rest = cell.source.split("\n")
        if cell.cell_type != "markdown":
            continue
        if cell.id == "title":
            title = first.removeprefix("# ")
        elif cell.id.startswith("section-"):
            body.append(f"<h2>{inline(first.removeprefix('## '))}</h2>")
        elif cell.id.startswith("line-"):
            body.append(f"<p>{inline(' '.join([first, *rest]))}</p>")
    return title, "\n".join(body)


def inline(markdown: str) -> str:
    """One line of Markdown as HTML: code, links, bold; P, Q and KL in their colours."""
    text = html.escape(markdown, quote=False)
    parts = re.split(r"(`[^`]*`|\]\([^)]*\))", text)  # code and addresses keep their letters
    for place, part in enumerate(parts):
        if part.startswith("`"):
            parts[place] = f"<code>{part.strip('`')}</code>"
        elif not part.startswith("]("):
            parts[place] = re.sub(r"\b(P|Q|KL)\b", r'<b class="\1">\1</b>', part)
    text = re.sub(r"\*\*(.*?)\*\*", r"<b>\1</b>", "".join(parts))
    return re.sub(r"\[([^\]]*)\]\(([^)]*)\)", r'<a href="\2">\1</a>', text)


def colours() -> str:
    """The palette's colours of the symbols."""
    return "".join(
        f".{name} {{ color: {PALETTE[quantity].ink} }}\n" for name, quantity in SYMBOLS.items()
    )


def main(arguments: list[str]) -> int:
    """Write the page to the file that is named, or to cheat_sheet.html."""
    target = Path(arguments[0] if arguments else "cheat_sheet.html")
    target.write_text(page(), encoding="utf-8")
    print(f"written: {target.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
