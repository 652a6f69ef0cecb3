"""One formula in LaTeX to MathML, or a sentence about why it is none."""

import re
from typing import Final

from math_core import LatexError, LatexToMathML

from quizapp.markup.limits import MAX_FORMULA_DEPTH, MAX_FORMULA_LENGTH
from quizapp.markup.mathml import cleaned

MACROS: Final = {
    "argmax": r"\operatorname*{arg\,max}",
    "argmin": r"\operatorname*{arg\,min}",
    "substack": r"\begin{matrix}#1\end{matrix}",
    "E": r"\mathbb{E}",
    "Var": r"\operatorname{Var}",
    "Cov": r"\operatorname{Cov}",
    "softmax": r"\operatorname{softmax}",
    "sign": r"\operatorname{sign}",
    "tr": r"\operatorname{tr}",
    "rank": r"\operatorname{rank}",
    "diag": r"\operatorname{diag}",
}
"""Commands beyond LaTeX's own that authors may use."""

_CONVERTER: Final = LatexToMathML(macros=MACROS, fancy_error=False)
_DEFINITION: Final = re.compile(
    r"\\(?:[egx]?def|let|(?:re)?newcommand|providecommand|newenvironment|DeclareMathOperator)"
    r"(?![A-Za-z])"
)
_GROUP: Final = re.compile(
    r"(?P<open>\{|\\(?:left|begin)(?![A-Za-z]))|(?P<close>\}|\\(?:right|end)(?![A-Za-z]))|\\."
)
_PLACED: Final = re.compile(r"(\d+): (.*)", re.DOTALL)


class FormulaError(Exception):
    """A formula does not parse; ``offset`` counts characters from its start."""

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.offset = offset


def to_mathml(source: str, *, is_display: bool) -> str:
    """MathML without links, ids or ``style``. Raises FormulaError, whatever ``source`` holds."""
    _refuse_excess(source)
    try:
        return cleaned(_CONVERTER.convert_with_local_state(source, displaystyle=is_display))
    except LatexError as error:
        raise _placed(str(error), source) from error


def _refuse_excess(source: str) -> None:
    if len(source) > MAX_FORMULA_LENGTH:
        raise FormulaError(
            f"This formula is longer than {MAX_FORMULA_LENGTH:,} characters. Split it."
        )
    if definition := _DEFINITION.search(source):
        raise FormulaError(
            f"A formula cannot define commands: remove “{definition[0]}”.", definition.start()
        )
    depth = 0
    for group in _GROUP.finditer(source):
        depth += bool(group["open"]) - bool(group["close"])
        if depth > MAX_FORMULA_DEPTH:
            raise FormulaError(
                f"This formula nests more than {MAX_FORMULA_DEPTH} groups. Simplify it.",
                group.start(),
            )


def _placed(error: str, source: str) -> FormulaError:
    """The converter's ``"12: Unknown command …"`` as a sentence with its place."""
    match = _PLACED.fullmatch(error)
    message = match[2] if match else error
    offset = min(int(match[1]), len(source)) if match else 0
    return FormulaError(f"This formula does not parse: {_lowered(message)}", offset)


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
