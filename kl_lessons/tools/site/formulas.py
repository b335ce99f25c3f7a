"""Formulas as MathML, which a browser shows by itself; P, Q and KL keep their colours."""

import re

from latex2mathml.converter import convert

from kl_lessons.look import PALETTE

_FUNCTION = r"<mi>(?:log|ln|exp|det|max|min)</mi>"
_OPEN = r'<mo stretchy="false">&#x00028;'
_AFTER_FUNCTION = re.compile(rf"({_FUNCTION}|<msub>{_FUNCTION}<mn>\d+</mn></msub>)(?!{_OPEN}|</)")
_BRACE = re.compile(r"<munder><munder>(.*?)<mo>&#x23DF;</mo></munder>")


def mathml(latex: str, display: str) -> str:
    """The formula as MathML; `display` is "inline", or "block" for one on a line of its own."""
    formula = convert(latex.strip(), display=display)
    formula = _AFTER_FUNCTION.sub(r'\1<mspace width="0.17em"/>', formula)  # log p, not logp
    # Without a font for mathematics a brace is no wider than a letter: a line stands for it.
    formula = _BRACE.sub(r'<munder><mrow class="braced">\1</mrow>', formula)
    return f'<span class="formula">{formula}</span>' if display == "block" else formula


def dark_inks() -> str:
    """The part of the style sheet that gives coloured symbols their ink on a dark page."""
    inks = {colour.formula: colour.dark for colour in PALETTE.values()}
    lines = (f'[mathcolor="{formula}"] {{ color: {dark} }}' for formula, dark in inks.items())
    return "\n".join(("@media screen and (prefers-color-scheme: dark) {", *lines, "}\n"))
