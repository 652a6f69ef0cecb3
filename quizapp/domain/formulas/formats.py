"""How a value is shown in a text: never as 0.30000000000000004, never as 1E-7.

By itself a whole number is shown in full, a decimal of up to six places and ten digits exactly, and
anything else in six significant digits; beyond fifteen digits or seven zeros as ``1.5 × 10⁻⁸``.
``.2f`` is decimal places, ``.3g`` significant digits, ``.1%`` (or ``%``) a percentage,
``fraction`` a/b, ``signed`` a term of a sum: ``+ 3`` or ``- 3``.
``tex`` before any of these writes LaTeX: matrices and lists in round brackets, a list as a column.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from quizapp.domain.formulas.errors import FormulaError
from quizapp.domain.formulas.rounding import exactly_as_shown, rounded
from quizapp.domain.formulas.values import Number, Value, is_matrix, is_number, is_vector

_FORMAT = re.compile(r"(?P<tex>tex)?\s*(?P<style>\.[0-9]{1,2}[fg%]|%|fraction|signed)?")
_MOST_DIGITS = 15
_SHORT_PLACES = 6
_USUAL_DIGITS = 6
_LONGEST_WHOLE = 30
_LONGEST_DECIMAL = 10
_SMALLEST_EXPONENT = -7
_LARGEST_TEX_DENOMINATOR = 1000
_END_OF_ROW = r" \\ "
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Format:
    """What an author wrote behind the bar; ``style`` is empty for the usual one."""

    is_tex: bool = False
    style: str = ""

    def show(self, value: Value) -> str:
        """``value`` as the learner reads it. Raises FormulaError: a text has no format."""
        if isinstance(value, bool):
            return self._word("true" if value else "false")
        if is_number(value):
            return self._number(value)
        if isinstance(value, str):
            if self != Format():
                raise FormulaError("A text is shown as it is. Delete the format.")
            return value
        return self._matrix(value) if self.is_tex else self._list(value)

    def _word(self, word: str) -> str:
        return rf"\text{{{word}}}" if self.is_tex else word

    def _list(self, value: Value) -> str:
        if is_vector(value):
            return f"[{', '.join(map(self._number, value))}]"
        rows = value if is_matrix(value) else ()
        return f"[{', '.join(map(self._list, rows))}]"

    def _matrix(self, value: Value) -> str:
        rows = tuple((entry,) for entry in value) if is_vector(value) else value
        lines = (" & ".join(map(self._number, row)) for row in rows) if is_matrix(rows) else ()
        return rf"\begin{{pmatrix}} {_END_OF_ROW.join(lines)} \end{{pmatrix}}"

    def _number(self, value: Number) -> str:
        exact = exactly_as_shown(value)
        if self.style == "fraction":
            return self._fraction(exact)
        if self.style == "signed":
            size = -value if exact < 0 else value
            return f"{'-' if exact < 0 else '+'} {Format(self.is_tex).show(size)}"
        if self.style.endswith("%"):
            return self._percentage(exact * 100)
        if self.style:
            places = int(self.style[1:-1])
            return decimals(exact, places) if self.style[-1] == "f" else self._digits(exact, places)
        is_ratio = self.is_tex and isinstance(value, Fraction) and _places(value) is None
        if is_ratio and exact.denominator <= _LARGEST_TEX_DENOMINATOR:
            return self._fraction(exact)
        return self._usual(exact)

    def _fraction(self, value: Fraction) -> str:
        if not self.is_tex or value.denominator == 1:
            return str(value)
        sign = "-" if value < 0 else ""
        return rf"{sign}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"

    def _percentage(self, value: Fraction) -> str:
        places = self.style[1:-1]
        shown = decimals(value, int(places)) if places else self._usual(value)
        return shown + (r"\%" if self.is_tex else "%")  # a bare one begins a comment in LaTeX

    def _usual(self, value: Fraction) -> str:
        places = _places(value)
        whole_digits = len(str(int(abs(value))))
        longest = _LONGEST_DECIMAL if places else _LONGEST_WHOLE
        if places is not None and whole_digits + places <= longest:
            return decimals(value, places)
        is_plain = whole_digits <= _MOST_DIGITS
        return self._digits(value, max(_USUAL_DIGITS, whole_digits) if is_plain else _USUAL_DIGITS)

    def _digits(self, value: Fraction, digits: int) -> str:
        """So many significant digits, without zeros at the end of the decimals."""
        with localcontext(prec=max(digits, 1), rounding=ROUND_HALF_UP):
            near = (Decimal(value.numerator) / Decimal(value.denominator)).normalize()
        if _SMALLEST_EXPONENT <= near.adjusted() < _MOST_DIGITS:
            return f"{near:f}"
        mantissa, exponent = near.scaleb(-near.adjusted()), near.adjusted()
        if self.is_tex:
            return rf"{mantissa:f} \times 10^{{{exponent}}}"
        return f"{mantissa:f} × 10{str(exponent).translate(_SUPERSCRIPT)}"


def read_format(text: str) -> Format:
    """The format that ``text`` names. Raises FormulaError that lists the formats."""
    found = _FORMAT.fullmatch(text.strip())
    style = found["style"] or "" if found else ""
    digits = style[1:-1] if style.startswith(".") else "1"
    if found is None or int(digits) > _MOST_DIGITS:
        known = ".2f, .3g, %, .1%, fraction, signed, tex, or tex before another"
        raise FormulaError(f"`{text.strip()[:40]}` is no format. There are: {known}.")
    return Format(found["tex"] is not None, style)


def decimals(value: Fraction, places: int) -> str:
    """``value`` with exactly so many decimal places; there is no -0.00."""
    near = rounded(value, places)
    digits = str(int(abs(near) * 10**places)).zfill(places + 1)
    sign = "-" if near < 0 else ""
    whole, part = (digits[:-places], digits[-places:]) if places else (digits, "")
    return f"{sign}{whole}.{part}" if part else f"{sign}{whole}"


def _places(value: Fraction) -> int | None:
    """How many decimal places write ``value`` exactly; None when that is more than are short."""
    fitting = (place for place in range(_SHORT_PLACES + 1) if 10**place % value.denominator == 0)
    return next(fitting, None)
