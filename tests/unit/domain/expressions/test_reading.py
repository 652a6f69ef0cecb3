"""What learners type, how it is read, and how that is shown."""

import re
from random import Random

import pytest

from quizapp.domain.expressions import Notation, read_range, to_plain, to_tex
from quizapp.domain.expressions.parser import read
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
from quizapp.domain.formulas import FormulaError
from quizapp.markup import text_problems

NAMES = ("x", "y", "n", "x_1", "sigma", "lambda")
ALL_FUNCTIONS = (
    "sin cos tan cot sec csc sinh cosh tanh arcsin arccos arctan arsinh arcosh artanh exp ln log2"
    " log10 sqrt cbrt abs sign sigmoid relu"
).split()

READ = [
    # products without a sign
    ("2x", "2 * x"),
    ("x y", "x * y"),
    ("xy", "x * y"),
    ("2(x+1)", "2 * (x + 1)"),
    ("(x+1)(x-1)", "(x + 1) * (x - 1)"),
    ("x(x+1)", "x * (x + 1)"),
    ("2pi x", "2 * pi * x"),
    ("2πx", "2 * pi * x"),
    ("xsin(x)", "x * sin(x)"),
    ("xe^x", "x * e^x"),
    ("1/2 x", "1 / 2 * x"),
    ("1/2 ln(x)", "1 / 2 * ln(x)"),
    # signs
    ("x·y", "x * y"),
    ("x×y", "x * y"),
    ("x ⋅ y ÷ 2", "x * y / 2"),
    ("x − y", "x - y"),
    ("–x", "-x"),
    ("+x", "x"),
    ("--x", "-(-x)"),
    ("-2x/3", "-2 * x / 3"),
    ("2*-x", "2 * (-x)"),
    ("x\u00a0+\u20091", "x + 1"),
    # powers
    ("x^2", "x^2"),
    ("x**2", "x^2"),
    ("x²", "x^2"),
    ("x⁻¹", "x^(-1)"),
    ("xⁿ", "x^n"),
    ("x^2y", "x^2 * y"),
    ("-x^2", "-x^2"),
    ("2^-x", "2^(-x)"),
    ("x^2^3", "x^(2^3)"),
    ("e^x", "e^x"),
    ("e^2x", "e^2 * x"),
    ("e^(2x)", "e^(2 * x)"),
    ("x^1/2", "x^1 / 2"),
    # functions
    ("sin x", "sin(x)"),
    ("sinx", "sin(x)"),
    ("sin 2x", "sin(2 * x)"),
    ("sin 2 pi x", "sin(2 * pi * x)"),
    ("sin x cos x", "sin(x) * cos(x)"),
    ("sin x * y", "sin(x) * y"),
    ("sin^2 x", "sin(x)^2"),
    ("sin²(x)", "sin(x)^2"),
    ("sin(x)^2", "sin(x)^2"),
    ("sin x^2", "sin(x^2)"),
    ("ln sin x", "ln(sin(x))"),
    ("LN(X)", "ln(x)"),
    ("log x", "ln(x)"),
    ("log_2(x)", "log2(x)"),
    ("log10(x)", "log10(x)"),
    ("asin(x)", "arcsin(x)"),
    ("arctanh x", "artanh(x)"),
    ("√x", "sqrt(x)"),
    ("√(x+1)", "sqrt(x + 1)"),
    ("2√2x", "2 * sqrt(2) * x"),
    ("|x|", "abs(x)"),
    ("|x||y|", "abs(x) * abs(y)"),
    ("2|x-1|y", "2 * abs(x - 1) * y"),
    ("|(|x|-1)|", "abs(abs(x) - 1)"),
    ("ln|x|", "ln(abs(x))"),
    ("[x+{1}]", "x + 1"),
    # names and numbers
    ("x1", "x_1"),
    ("x₁", "x_1"),
    ("x_1", "x_1"),
    ("σ²", "sigma^2"),
    ("sigma", "sigma"),
    ("λx", "lambda * x"),
    ("PI", "pi"),
    ("0,5x", "0.5 * x"),
    (".5", "0.5"),
    ("1.50", "1.50"),
]
REFUSED = [
    ("", 1, "Expected a number"),
    ("x+", 3, "it ends here"),
    ("(x", 3, "Expected `)`"),
    ("(x]", 3, "Expected `)`"),
    ("x)", 2, "here is `)`"),
    ("|x", 3, "second `|`"),
    ("z", 1, "`z` is not known. Known here: x, y"),
    ("x + foo(x)", 5, "`foo` is not known"),
    ("1/2x", 4, "below the line"),
    ("x/2y", 4, "below the line"),
    ("x 2", 3, "Write * or ^"),
    ("(x)2", 4, "Write * or ^"),
    ("sin x/2", 6, "What belongs to `sin`"),
    ("sin x y", 7, "What belongs to `sin`"),
    ("sin", 4, "What belongs to `sin`"),
    ("sin^-1 x", 4, "write 1/sin(x)"),
    ("sin⁻¹ x", 4, "write 1/sin(x)"),
    ("exp^2(x)", 4, "Put the power behind"),
    ("2e-3", 1, "2*10^-3"),
    ("1,000", 1, "could be 1000"),
    ("y = x", 3, "behind the equals sign"),
    ("50 %", 4, "0.05"),
    ("\\frac{x}{2}", 1, "without LaTeX"),
    ("x\x00", 2, "U+0000"),
    ("x" * 301, 1, "at most 300"),
    ("(" * 30 + "x" + ")" * 30, 22, "20 deep"),
    ("x+" * 149 + "x", 241, "120 parts"),
]


@pytest.mark.parametrize(("text", "plain"), READ)
def test_what_people_type_is_read(text: str, plain: str) -> None:
    node = read(text, NAMES)

    assert to_plain(node) == plain
    assert read(plain, NAMES) == node


@pytest.mark.parametrize(("text", "column", "sentence"), REFUSED)
def test_what_is_not_understood_is_said_with_its_column(
    text: str, column: int, sentence: str
) -> None:
    with pytest.raises(FormulaError, match=re.escape(sentence)) as refusal:
        read(text, NAMES)

    assert refusal.value.column == column


def test_a_variable_hides_a_constant_and_capitals_tell_variables_apart() -> None:
    assert to_plain(read("e^X x", ("e", "x", "X"))) == "e^X * x"


def test_a_forbidden_function_is_refused_and_said() -> None:
    notation = Notation((("x", read_range("real")),), forbidden=("abs",))

    assert notation.understood("1 + |x|").fault == "Column 5: `abs` may not be used here."
    assert notation.understood("x+1").tex == "x + 1"


def test_a_constant_is_known_where_there_is_one() -> None:
    assert Notation(has_constant=True).understood("2 + c").plain == "2 + C"
    assert "not known" in Notation().understood("2 + C").fault


# --- What is shown --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("x^2/(2y)", r"\frac{x^{2}}{2 \, y}"),
        ("-2x e^-x", r"-2 \, x \, \mathrm{e}^{-x}"),
        ("2*3", r"2 \cdot 3"),
        ("sin^2 x", r"\sin^{2}\left(x\right)"),
        ("log x", r"\ln\left(x\right)"),
        ("x_1 σ", r"x_{1} \, \sigma"),
        ("(x+1)^2", r"\left(x + 1\right)^{2}"),
    ],
)
def test_it_is_shown_as_mathematics(text: str, tex: str) -> None:
    assert to_tex(read(text, NAMES)) == tex


def test_what_is_shown_is_what_was_understood() -> None:
    rng = Random(17)
    for _ in range(1000):
        node = drawn(rng, 4)
        assert read(to_plain(node), NAMES) == node
        assert nested(read(from_tex(to_tex(node)), NAMES)) == nested(node), to_tex(node)


def test_everything_that_is_shown_is_mathematics() -> None:
    rng = Random(18)
    deep = "(1+" * 19 + "x" + ")^2" * 19
    nodes = [*(drawn(rng, 5) for _ in range(300)), read(deep, NAMES), read("√" * 20 + "x", NAMES)]

    assert [tex for tex in map(to_tex, nodes) if text_problems(f"$${tex}$$")] == []


def drawn(rng: Random, depth: int) -> Node:
    """An expression that a reader can bring forth."""
    if not depth or rng.random() < 0.2:
        leaves: list[Node] = [Symbol(name) for name in (*NAMES, "pi", "e")]
        return rng.choice([*leaves, *map(Numeral, ("0", "2", "10", "0.50"))])
    inner = [drawn(rng, depth - 1) for _ in range(3)]
    match rng.randrange(5):
        case 0:
            return Negative(inner[0])
        case 1:
            return Power(inner[0], inner[1])
        case 2:
            return Call(rng.choice(ALL_FUNCTIONS), inner[0])
        case _:
            symbols = rng.choice(["+-", "*/"])
            rest = tuple(Operand(rng.choice(symbols), each) for each in inner[1:])
            return Chain(inner[0], rest)


def nested(node: Node) -> object:
    """``node`` with two operands to each operator, however it was written."""
    match node:
        case Chain():
            found = nested(node.first)
            for operand in node.rest:
                found = (operand.symbol, found, nested(operand.node))
            return found
        case Negative():
            return ("-", nested(node.operand))
        case Power():
            return ("^", nested(node.base), nested(node.exponent))
        case Call():
            return (node.name, nested(node.argument))
        case _:
            return node


_COMMAND = re.compile(
    r"\\(?:mathrm|operatorname)\{(?P<named>\w+)\}"
    r"|\\log_\{(?P<base>\w+)\}"
    r"|_\{(?P<index>\w+)\}"
    r"|\\left(?P<open>[(|])"
    r"|\\right(?P<close>[)|])"
    r"|\\sqrt(?P<root>\[3\])?(?=\{)"
    r"|\\(?P<frac>frac)(?=\{)"
    r"|\\(?P<times>cdot|,)"
    r"|\\(?P<command>[A-Za-z]+)"
    r"|\^\{(?P<whole>[0-9]+)\}"
    r"|(?P<raised>\^)(?=\{)"
)
NAMED = {"sgn": "sign", "ReLU": "relu"}


def from_tex(tex: str) -> str:
    """Our LaTeX as one would type it."""
    return _COMMAND.sub(_typed, tex).replace("}{", ")/(").replace("{", "(").replace("}", ")")


def _typed(found: re.Match[str]) -> str:
    kind = found.lastgroup
    match kind:
        case "named":
            return NAMED.get(found["named"], found["named"])
        case "base":
            return f"log{found['base']}"
        case "index" | "command":
            return found[kind]
        case "open":
            return "(" if found["open"] == "(" else "abs("
        case "close":
            return ")"
        case "root":
            return "cbrt"
        case "frac":
            return ""
        case "times":
            return "*"
        case "whole":
            return f"^{found['whole']}"
        case "raised":
            return "^"
        case _:
            return "sqrt"
