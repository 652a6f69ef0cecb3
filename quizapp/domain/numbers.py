"""Numbers as people write them."""

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

_MINUS_SIGNS = str.maketrans({"\u2212": "-", "\u2013": "-"})
_GROUPS = re.compile(r"(?<=\d)[\s_'\u2019](?=\d{3}(?!\d))")
_MIXED = re.compile(r"([+-]?)\s*(\d+)\s+(\d+\s*/\s*\d+)")
_NUMBERS_APART = re.compile(r"\d\s+[\d.,]")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")
_TIMES_TEN = re.compile(r"[x×*·]10(\^|\*\*)\(?([+-]?\d{1,3})\)?$")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?$")
MAXIMUM_LENGTH = 60


def read_number(text: str) -> Fraction | None:
    """The number that ``text`` writes, exactly; None when it writes none.

    Understood: ``0.5``, ``0,5``, ``1/2``, ``1 1/2``, ``50 %``, ``5e-1``, ``5 x 10^-1``, ``1 000``,
    ``1,000``. A single comma is a decimal sign unless three digits follow and a group starts the
    number (``1,000`` is one thousand, ``0,125`` is an eighth).
    """
    if len(text) > MAXIMUM_LENGTH:
        return None
    plain = _GROUPS.sub("", text.translate(_MINUS_SIGNS)).strip()
    if mixed := _MIXED.fullmatch(plain):
        whole, part = read_number(mixed[2]), read_number(mixed[3])
        size = None if whole is None or part is None else whole + part
        return -size if size and mixed[1] == "-" else size
    return None if _NUMBERS_APART.search(plain) else _read_ratio("".join(plain.split()))


def _read_ratio(plain: str) -> Fraction | None:
    scale = Fraction(1)
    if plain.endswith("%"):
        plain, scale = plain[:-1], Fraction(1, 100)
    numerator, slash, denominator = plain.partition("/")
    top = _read_decimal(numerator)
    bottom = _read_decimal(denominator) if slash else Fraction(1)
    return None if top is None or not bottom else top / bottom * scale


def _read_decimal(text: str) -> Fraction | None:
    plain = _TIMES_TEN.sub(r"e\2", text)
    if _THOUSANDS.fullmatch(plain) and not plain.lstrip("+-").startswith("0"):
        plain = plain.replace(",", "")
    elif plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    return Fraction(Decimal(plain)) if _NUMBER.fullmatch(plain) else None


def round_to_figures(value: Fraction, figures: int) -> Fraction:
    """``value`` in ``figures`` significant figures; what lies in the middle goes away from zero."""
    with localcontext(prec=figures, rounding=ROUND_HALF_UP):
        return Fraction(Decimal(value.numerator) / Decimal(value.denominator))


def show_number(value: Fraction) -> str:
    """``value`` in at most six significant digits, without an exponent where that stays short."""
    if value.denominator == 1 and abs(value.numerator) < 10**9:
        return str(value.numerator)
    with localcontext(prec=6):
        rounded = (Decimal(value.numerator) / Decimal(value.denominator)).normalize()
    return f"{rounded:f}" if -6 < rounded.adjusted() < 6 else f"{rounded:g}"
