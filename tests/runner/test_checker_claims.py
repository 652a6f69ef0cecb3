"""What a program gives travels to an author's checker as a literal: it arrives as itself, and none
of it is ever run."""

import pytest

from quizapp.domain.question_types.code import Code
from quizapp.runner.client import Runner
from quizapp.services.programs import verdict_of

TELLING = "def check(got, gives):\n    return ascii(got)[:200]\n"
YES = "def check(got, gives):\n    return got == gives and type(got) is type(gives)\n"


def question(checker: str, gives: str = "0") -> Code:
    cases = [{"call": "solve()", "gives": gives}]
    return Code.model_validate(
        {
            "stem": "Write `solve`.",
            "function": "solve",
            "solution": "def solve(): return 0",
            "wrong_solutions": [{"why": "One.", "source": "def solve(): return 1"}] * 2,
            "checker": checker,
            "groups": [{"name": "All", "visible": True, "weight": 1, "cases": cases}],
        }
    )


def told(runner: Runner, expression: str, checker: str = TELLING) -> tuple[str, str]:
    """The status of a program that gives ``expression``, and what the checker said."""
    source = f"def solve(): return {expression}"
    found = verdict_of(runner, question(checker), source, "mallory", is_urgent=True)
    return found.groups[0].status, found.groups[0].cases[0].message


@pytest.mark.parametrize(
    "expression",
    [
        r"'\'\"\n\r\t\0\\'",
        r"""'\"\"\"' + "'''" """,
        r"'), True) or ('",
        r"'\'), True)  # '",
        r"'{x} %s \\N{DIGIT ONE}'",
        r"'\u2028\u2029\u202e\x85\U0001f600'",
        r"'\ud800'",
        "b'\\xff\\x00\"'",
        "bytes(range(256))[:60]",
        "float('nan')",
        "-float('inf')",
        "-0.0",
        "complex(float('nan'), -1)",
        "2**9998 % 10**150",
        "set()",
        "{()}",
        "(1,)",
        "{(1, (2,)): {None: [True]}, float('nan'): {}}",
        "[__import__('functools').reduce(lambda inner, _: [inner], range(57), 1)][0]",
    ],
)
def test_a_value_arrives_as_itself(runner: Runner, expression: str) -> None:
    value = eval(expression)  # noqa: S307 - our own

    assert told(runner, expression) == ("wrong_answer", ascii(value)[:200])


@pytest.mark.parametrize(
    "expression",
    [
        "'0'",
        "False",
        "-0.0",
        "0j",
        "None",
        "'0, 0) or check(0'",
        "type('Zero', (int,), {'__eq__': lambda *_: True, '__hash__': int.__hash__})(1)",
        "type('Code', (str,), {'__repr__': lambda _: '0'})('x')",
        "float('nan')",
        "10**4000",
        "'\\\\' * 300_000",
    ],
)
def test_what_is_not_the_value_does_not_pass_for_it(runner: Runner, expression: str) -> None:
    assert told(runner, expression, YES)[0] in ("wrong_answer", "bad_result")


def test_the_value_itself_passes(runner: Runner) -> None:
    assert told(runner, "0", YES)[0] == "accepted"
