"""Print words in lines that a page need not break: it would break them inside a word."""

import textwrap

COLUMNS = 78  # what a page of JupyterLab shows beside its side bar
TIED = "\u00a0"  # a space at which no line ends


def say(text: str) -> None:
    """Print the text, each long line broken at spaces, what follows indented as it is."""
    print("\n".join(map(_broken, text.split("\n"))).replace(TIED, " "))


def _broken(line: str) -> str:
    """The line in lines of at most COLUMNS, but for words that are longer."""
    own = line[: len(line) - len(line.lstrip(" "))]
    return textwrap.fill(
        line,
        COLUMNS,
        subsequent_indent=own or "  ",
        break_long_words=False,
        break_on_hyphens=False,
        expand_tabs=False,
        replace_whitespace=False,
    )
