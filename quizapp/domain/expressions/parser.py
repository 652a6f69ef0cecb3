"""Reads an expression as learners write it, and refuses what could be read in two ways.

From weak to strong: ``+ -`` and the sign, ``* /`` and what stands side by side, and powers, which
group from the right: ``-x^2`` is -(x^2), ``2x^2`` is 2(x^2). A fraction's denominator needs
brackets before more is multiplied, as does a function's argument: ``1/2x`` and ``sin x/2`` are
refused.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from quizapp.domain.expressions.functions import CONSTANTS, WITH_POWERS
from quizapp.domain.expressions.names import Names
from quizapp.domain.expressions.syntax import (
    Call,
    Chain,
    Negative,
    Node,
    Numeral,
    Operand,
    Power,
    Symbol,
)
from quizapp.domain.expressions.tokens import Token, tokens
from quizapp.domain.formulas import FormulaError

MAXIMUM_DEPTH = 20
MAXIMUM_PARTS = 120
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_ROOTS = {"√": "sqrt", "∛": "cbrt"}


class Parser:
    """One reading of one text; ``variables`` are the names that may stand in it."""

    def __init__(self, text: str, variables: Collection[str]) -> None:
        self._names = Names(variables)
        self._tokens = tokens(text)
        self._place = 0
        self._depth = 0
        self._parts = 0
        self._bars = 0

    def expression(self) -> Node:
        """The whole text as a tree. Raises FormulaError with the column where it goes wrong."""
        node = self._sum()
        if self._next.kind != "end":
            raise self._unexpected()
        return node

    # --- Words --------------------------------------------------------------------------------

    @property
    def _next(self) -> Token:
        """The word ahead; one that consists of several names is taken apart."""
        token = self._tokens[self._place]
        if token.kind != "word":
            return token
        found = self._names.split(token.text)
        if found is None:
            raise self._unknown_name(token)
        names = [Token("name", name, token.column, token.is_apart) for name in found]
        self._tokens[self._place : self._place + 1] = names
        return self._tokens[self._place]

    def _take(self, *texts: str) -> Token | None:
        """The next symbol if it is one of ``texts``, which is then behind us."""
        token = self._next
        if token.kind != "symbol" or token.text not in texts:
            return None
        self._place += 1
        return token

    def _unknown_name(self, token: Token) -> FormulaError:
        known = ", ".join(self._names.variables)
        which = f"Known here: {known}." if known else "No variables are known here."
        return FormulaError(f"`{token.text[:40]}` is not known. {which}", token.column)

    def _unexpected(self, wanted: str = "an operator such as * or the end") -> FormulaError:
        token = self._next
        found = "it ends here" if token.kind == "end" else f"here is `{token.text[:40]}`"
        return FormulaError(f"Expected {wanted}, but {found}.", token.column)

    @contextmanager
    def _deeper(self) -> Iterator[None]:
        self._depth += 1
        if self._depth > MAXIMUM_DEPTH:
            raise FormulaError(f"This is nested more than {MAXIMUM_DEPTH} deep.", self._next.column)
        yield
        self._depth -= 1

    def _count(self) -> int:
        """The column of the part that begins here. Raises FormulaError: too many parts."""
        self._parts += 1
        if self._parts > MAXIMUM_PARTS:
            raise FormulaError(f"This has more than {MAXIMUM_PARTS} parts.", self._next.column)
        return self._next.column

    # --- Sums and products --------------------------------------------------------------------

    def _sum(self) -> Node:
        column = self._next.column
        first = self._product()
        rest = []
        while token := self._take("+", "-"):
            rest.append(Operand(token.text, self._product()))
        return Chain(first, tuple(rest), column) if rest else first

    def _product(self) -> Node:
        column = self._next.column
        if sign := self._take("-", "+"):
            with self._deeper():
                product = self._product()
            return Negative(product, column) if sign.text == "-" else product
        first = self._power()
        rest: list[Operand] = []
        while True:
            if token := self._take("*", "/"):
                rest.append(Operand(token.text, self._sign()))
            elif self._is_beside():
                if rest and rest[-1].symbol == "/" and not self._is_number_before(first, rest):
                    sentence = "Does this belong below the line? Put brackets: 1/(2x) or (1/2)x."
                    raise FormulaError(sentence, self._next.column)
                rest.append(Operand("*", self._power()))
            else:
                return Chain(first, tuple(rest), column) if rest else first

    def _is_number_before(self, first: Node, rest: list[Operand]) -> bool:
        """Whether it is as in ``1/2 x``: a fraction of numbers, and a space behind it."""
        is_fraction = len(rest) == 1 and isinstance(rest[0].node, Numeral)
        return is_fraction and isinstance(first, Numeral) and self._next.is_apart

    def _is_beside(self) -> bool:
        """Whether a factor follows without an operator. Raises FormulaError: a number does."""
        token = self._next
        if token.kind == "number":
            raise FormulaError("Write * or ^ before this number.", token.column)
        if token.text == "|":
            return token.kind == "symbol" and not self._bars
        return token.kind == "name" or (token.text in _CLOSING or token.text in _ROOTS)

    def _sign(self) -> Node:
        column = self._next.column
        sign = self._take("-", "+")
        if sign is None:
            return self._power()
        with self._deeper():
            operand = self._sign()
        return Negative(operand, column) if sign.text == "-" else operand

    def _power(self) -> Node:
        column = self._next.column
        base = self._atom()
        exponent = self._exponent()
        return base if exponent is None else Power(base, exponent, column)

    def _exponent(self) -> Node | None:
        token = self._next
        if token.kind == "superscript":
            self._place += 1
            return self._raised(token)
        if self._take("^"):
            with self._deeper():
                return self._sign()
        return None

    def _raised(self, token: Token) -> Node:
        """What small raised characters say: a whole number, n or x, perhaps with a sign."""
        try:
            inner = Parser(token.text, self._names.variables).expression()
        except FormulaError as error:
            raise FormulaError("This power is not understood. Write ^(…).", token.column) from error
        return inner

    # --- What operators stand between ---------------------------------------------------------

    def _atom(self) -> Node:
        column = self._count()
        token = self._next
        if token.kind == "number":
            self._place += 1
            return Numeral(token.text, column)
        if token.kind == "name":
            self._place += 1
            if self._names.is_function(token.text):
                return self._call(token)
            return Symbol(token.text, column)
        if opening := self._take(*_CLOSING):
            return self._bracket(opening)
        if self._take("|"):
            return Call("abs", self._between_bars(), column)
        if root := self._take(*_ROOTS):
            with self._deeper():
                return Call(_ROOTS[root.text], self._atom(), column)
        raise self._unexpected("a number, a name or a bracket")

    def _bracket(self, opening: Token) -> Node:
        bars, self._bars = self._bars, 0
        with self._deeper():
            inner = self._sum()
        self._bars = bars
        if not self._take(_CLOSING[opening.text]):
            raise self._unexpected(f"`{_CLOSING[opening.text]}`")
        return inner

    def _between_bars(self) -> Node:
        self._bars += 1
        with self._deeper():
            inner = self._sum()
        if not self._take("|"):
            raise self._unexpected("a second `|`")
        self._bars -= 1
        return inner

    # --- Functions ----------------------------------------------------------------------------

    def _call(self, function: Token) -> Node:
        name, column = function.text, function.column
        with self._deeper():
            is_powered = self._next.text == "^" or self._next.kind == "superscript"
            exponent = self._exponent_of(function) if is_powered else None
            opening = self._take(*_CLOSING)
            argument = self._bracket(opening) if opening else self._bare_argument(function)
        call = Call(name, argument, column)
        return call if exponent is None else Power(call, exponent, column)

    def _exponent_of(self, function: Token) -> Node:
        """The power in ``sin^2 x``."""
        name, column = function.text, self._next.column
        exponent: Node | None = None
        if not self._take("^"):
            exponent = self._exponent()
        elif self._next.kind == "number":
            exponent = self._atom()
        is_whole = isinstance(exponent, Numeral) and exponent.value.denominator == 1
        if exponent is None or name not in WITH_POWERS or not is_whole:
            raise FormulaError(f"Put the power behind: {name}(x)^2, or write 1/{name}(x).", column)
        return exponent

    def _bare_argument(self, function: Token) -> Node:
        """What belongs to a function without brackets: ``x``, ``2x``, ``2 pi x``, ``x^2``."""
        column = self._next.column
        factors = [self._power()] if self._next.kind == "number" else []
        while self._is_name(constant=True):
            factors.append(self._power())
        if self._is_name(constant=False) or (not factors and self._next.kind == "name"):
            factors.append(self._power())
        if not factors and self._next.text in ("|", *_ROOTS):
            factors.append(self._atom())
        if not factors or self._is_unclear_behind():
            name = function.text
            sentence = f"What belongs to `{name}`? Put it in brackets: {name}(x)."
            raise FormulaError(sentence, self._next.column)
        rest = tuple(Operand("*", factor) for factor in factors[1:])
        return Chain(factors[0], rest, column) if rest else factors[0]

    def _is_name(self, *, constant: bool) -> bool:
        token = self._next
        is_symbol = token.kind == "name" and not self._names.is_function(token.text)
        return is_symbol and self._is_constant(token.text) == constant

    def _is_constant(self, name: str) -> bool:
        return name in CONSTANTS and name not in self._names.variables

    def _is_unclear_behind(self) -> bool:
        token = self._next
        if token.kind == "name":
            return not self._names.is_function(token.text)
        return token.kind == "number" or token.text in ("/", "(", "[", "{")


def read(text: str, variables: Collection[str]) -> Node:
    """The expression in ``text``. Raises FormulaError with a column: not understood."""
    return Parser(text, variables).expression()
