"""An attempt through everything that may happen to it, in orders that nobody has thought of."""

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.databases import Databases
from tests.services.lifecycle import over
from tests.services.lifecycle_sections import SectionsLifecycle

FEW_RUNS = settings(max_examples=12, stateful_step_count=30, deadline=None, derandomize=True)
"""`make faults` has many more, of more steps, and other ones each time."""


def test_whatever_happens_an_attempt_is_what_the_rules_say(
    request: pytest.FixtureRequest, databases: Databases, database_kind: str
) -> None:
    template = request.getfixturevalue(f"{database_kind}_template")

    run_state_machine_as_test(over(databases, template), settings=FEW_RUNS)


def test_so_is_one_of_sections_with_times(
    request: pytest.FixtureRequest, databases: Databases, database_kind: str
) -> None:
    template = request.getfixturevalue(f"{database_kind}_template")
    machine = over(databases, template, SectionsLifecycle)

    run_state_machine_as_test(machine, settings=FEW_RUNS)
