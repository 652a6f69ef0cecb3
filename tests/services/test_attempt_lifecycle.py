"""An attempt through everything that may happen to it, in orders that nobody has thought of."""

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.databases import Databases
from tests.services.lifecycle import over

FEW_RUNS = settings(max_examples=12, stateful_step_count=30, deadline=None, derandomize=True)
"""`make faults` has many more, of more steps, and other ones each time."""


def test_whatever_happens_an_attempt_is_what_the_rules_say(
    request: pytest.FixtureRequest, databases: Databases, database_kind: str
) -> None:
    template = request.getfixturevalue(f"{database_kind}_template")

    run_state_machine_as_test(over(databases, template), settings=FEW_RUNS)
