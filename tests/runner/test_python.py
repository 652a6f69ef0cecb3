"""Python programs, from a client to an outcome."""

import pytest

from quizapp.domain.programs.jobs import CaseInput, Claim, Job, Outcome
from quizapp.runner.client import Runner

SECONDS = 5.0
pytestmark = pytest.mark.parametrize("runner", ["full_runner", "light_runner"], indirect=True)


def run(
    runner: Runner, source: str, *calls: str, name: str = "", seconds: float = SECONDS
) -> Outcome:
    cases = tuple(CaseInput("", call) for call in calls)
    job = Job("python", source, name, cases, seconds, shows_output=True)
    return runner.run(job, "alice", is_urgent=True)


def claim(runner: Runner, source: str, call: str) -> Claim:
    outcome = run(runner, source, call)
    assert outcome.status == "ran", outcome
    return outcome.claims[0]


def test_the_value_of_a_call_is_claimed(runner: Runner) -> None:
    outcome = run(runner, "def square(x):\n    return x * x\n", "square(3)", name="square")

    assert outcome.status == "ran"
    assert outcome.claims[0].value == 9


def test_what_a_case_prints_is_its_output(runner: Runner) -> None:
    source = "print('first')\ndef f(x):\n    print('got', x)\n    return x\n"

    outcome = run(runner, source, "f(1)", "f(2)")

    assert outcome.output == "first\n"
    assert [outcome.claims[place].output for place in (0, 1)] == ["got 1\n", "got 2\n"]


def test_an_error_names_the_lines_of_the_program(runner: Runner) -> None:
    source = "def f(x):\n    return g(x)\n\ndef g(x):\n    return 1 / x\n"

    found = claim(runner, source, "f(0)")

    assert found.status == "runtime_error"
    assert found.message == "line 2, in f\nline 5, in g: ZeroDivisionError: division by zero"


def test_a_syntax_error_shows_the_place(runner: Runner) -> None:
    outcome = run(runner, "def f(x)\n    return x\n", "f(1)")

    assert outcome.status == "compile_error"
    assert outcome.message == "line 1: SyntaxError: expected ':'\n    def f(x)\n            ^"


def test_a_program_without_the_function_cannot_be_used(runner: Runner) -> None:
    outcome = run(runner, "x = 1", "f(1)", name="f")

    assert outcome.status == "compile_error"
    assert outcome.message == "The program does not define f."


@pytest.mark.parametrize(
    ("source", "status"),
    [
        ("while True: pass", "time_limit"),
        ("import time\ntime.sleep(60)", "time_limit"),
        ("while True: print('x' * 1000)", "output_limit"),
        ("import os\nwhile True: os.write(1, b'x' * 1000)", "output_limit"),
        ("kept = []\nwhile True: kept.append(bytearray(1 << 20))", "memory_limit"),
        ("import os\nos._exit(0)", "crashed"),
        ("import sys\nsys.exit(0)", "runtime_error"),
        ("import os\nos.write(1, b'')\nopen('/etc/passwd')", "runtime_error"),
    ],
)
def test_a_program_that_goes_too_far_is_stopped(runner: Runner, source: str, status: str) -> None:
    outcome = run(runner, source, "1", seconds=1)

    assert outcome.status == status
    assert not outcome.claims


def test_sleep_takes_as_long_as_it_should(runner: Runner) -> None:
    source = (
        "import time\nbegan = time.monotonic()\ntime.sleep(0.2)\ntook = time.monotonic() - began"
    )

    assert 0.2 <= claim(runner, source, "took").value < 0.6
