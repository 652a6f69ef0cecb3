"""Reads a formula by recursive descent: one method for each rank of operators.

From weak to strong: ``or``, ``and``, ``not``, comparisons, ``+ -``, ``* /``, the sign, and powers,
which group from the right; ``-2^2`` is -4 and ``2^-1`` a half.
"""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction

from quizapp.domain.formulas.errors import FormulaError
from quizapp.domain.formulas.functions import FUNCTIONS
from quizapp.domain.formulas.syntax import (
    Call,
    Chain,
    Comparison,
    Conditional,
    Constant,
    Junction,
    Listing,
    Name,
    Node,
    Operand,
    Prefix,
)
from quizapp.domain.formulas.tokens import Token, tokens

MAXIMUM_DEPTH = 25
MAXIMUM_NODES = 300
CONSTANTS = {"pi": math.pi, "true": True, "false": False}
CONDITIONAL = "if"
KEYWORDS = frozenset(("and", "or", "not"))
RESERVED = frozenset((*CONSTANTS, *KEYWORDS, *FUNCTIONS, CONDITIONAL))
"""No parameter may be called so."""
_COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")
_LARGEST_EXPONENT = 1000


class Parser:
    """One reading of one formula; ``names`` holds the parameters that were met."""

    def __init__(self, text: str) -> None:
        self._tokens = tokens(text)
        self._place = 0
        self._depth = 0
        self._nodes = 0
        self.names: set[str] = set()

    def formula(self) -> Node:
        """The whole text as a tree. Raises FormulaError with the column where it goes wrong."""
        node = self._disjunction()
        if self._next.kind != "end":
            raise self._unexpected("an operator such as * or the end")
        return node

    # --- Words --------------------------------------------------------------------------------

    @property
    def _next(self) -> Token:
        return self._tokens[self._place]

    def _take(self, *texts: str) -> Token | None:
        """The next word if it is one of ``texts``, which is then behind us."""
        token = self._next
        if token.kind == "end" or token.text not in texts:
            return None
        self._place += 1
        return token

    def _require(self, text: str) -> None:
        if not self._take(text):
            raise self._unexpected(f"`{text}`")

    def _unexpected(self, wanted: str) -> FormulaError:
        token = self._next
        found = "the formula ends" if token.kind == "end" else f"here is `{token.text[:40]}`"
        return FormulaError(f"Expected {wanted}, but {found}.", token.column)

    @contextmanager
    def _deeper(self) -> Iterator[None]:
        self._depth += 1
        if self._depth > MAXIMUM_DEPTH:
            sentence = f"This is nested more than {MAXIMUM_DEPTH} deep. Use a parameter between."
            raise FormulaError(sentence, self._next.column)
        yield
        self._depth -= 1

    def _count(self) -> int:
        """The column of the part that begins here. Raises FormulaError: too many parts."""
        self._nodes += 1
        if self._nodes > MAXIMUM_NODES:
            sentence = f"A formula may have at most {MAXIMUM_NODES} parts."
            raise FormulaError(sentence, self._next.column)
        return self._next.column

    # --- Statements ---------------------------------------------------------------------------

    def _disjunction(self) -> Node:
        return self._junction("or", self._conjunction)

    def _conjunction(self) -> Node:
        return self._junction("and", self._negation)

    def _junction(self, symbol: str, operand: Callable[[], Node]) -> Node:
        column = self._next.column
        operands = [operand()]
        while self._take(symbol):
            operands.append(operand())
        return Junction(column, symbol, tuple(operands)) if operands[1:] else operands[0]

    def _negation(self) -> Node:
        column = self._next.column
        if not self._take("not"):
            return self._comparison()
        with self._deeper():
            return Prefix(column, "not", self._negation())

    def _comparison(self) -> Node:
        column = self._next.column
        first, rest = self._operands(self._sum, _COMPARISONS)
        return Comparison(column, first, rest) if rest else first

    # --- Arithmetic ---------------------------------------------------------------------------

    def _sum(self) -> Node:
        return self._chain(self._product, ("+", "-"))

    def _product(self) -> Node:
        return self._chain(self._sign, ("*", "/"))

    def _chain(self, operand: Callable[[], Node], symbols: tuple[str, ...]) -> Node:
        column = self._next.column
        first, rest = self._operands(operand, symbols)
        return Chain(column, first, rest) if rest else first

    def _operands(
        self, operand: Callable[[], Node], symbols: tuple[str, ...]
    ) -> tuple[Node, tuple[Operand, ...]]:
        first = operand()
        rest = []
        while token := self._take(*symbols):
            rest.append(Operand(token.column, token.text, operand()))
        return first, tuple(rest)

    def _sign(self) -> Node:
        column = self._next.column
        sign = self._take("-", "+")
        if sign is None:
            return self._power()
        with self._deeper():
            operand = self._sign()
        return Prefix(column, "-", operand) if sign.text == "-" else operand

    def _power(self) -> Node:
        column = self._count()
        base = self._atom()
        symbol = self._take("^")
        if symbol is None:
            return base
        with self._deeper():
            return Chain(column, base, (Operand(symbol.column, "^", self._sign()),))

    # --- What operators stand between ---------------------------------------------------------

    def _atom(self) -> Node:
        token = self._next
        if token.kind == "number":
            self._place += 1
            return Constant(token.column, _number(token))
        if token.kind == "name" and token.text not in KEYWORDS:
            self._place += 1
            return self._named(token)
        if self._take("("):
            with self._deeper():
                inner = self._disjunction()
            self._require(")")
            return inner
        if self._take("["):
            return Listing(token.column, self._list("]"))
        raise self._unexpected("a number, a name or a bracket")

    def _named(self, token: Token) -> Node:
        if self._take("("):
            return self._call(token)
        if token.text in CONSTANTS:
            return Constant(token.column, CONSTANTS[token.text])
        if token.text in FUNCTIONS or token.text == CONDITIONAL:
            raise FormulaError(
                f"`{token.text}` is a function: write {token.text}(…).", token.column
            )
        self.names.add(token.text)
        return Name(token.column, token.text)

    def _call(self, token: Token) -> Node:
        arguments = self._list(")")
        if token.text == CONDITIONAL:
            if len(arguments) != 3:
                raise FormulaError("Write if(condition, when true, otherwise).", token.column)
            return Conditional(token.column, *arguments)
        function = FUNCTIONS.get(token.text)
        if function is None:
            raise FormulaError(f"There is no function `{token.text[:40]}`.", token.column)
        if sentence := function.wrong_count(len(arguments)):
            raise FormulaError(f"`{token.text}` {sentence}", token.column)
        return Call(token.column, token.text, arguments)

    def _list(self, closing: str) -> tuple[Node, ...]:
        with self._deeper():
            entries = [self._disjunction()]
            while self._take(","):
                entries.append(self._disjunction())
        if not self._take(closing):
            raise self._unexpected(f"`,` or `{closing}`")
        return tuple(entries)


def _number(token: Token) -> Fraction:
    _, _, exponent = token.text.lower().partition("e")
    if exponent and abs(int(exponent)) > _LARGEST_EXPONENT:
        raise FormulaError("This exponent is too large.", token.column)
    return Fraction(token.text)
