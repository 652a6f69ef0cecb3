"""The state machine of an attempt, over many runs of many steps and on other paths each time."""

from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests import factories
from tests.databases import SqliteDatabases
from tests.load.faults.verdicts import Verdict, judge
from tests.services.lifecycle import over

FAULT = "any order of events"


def run(folder: Path, runs: int, steps: int) -> list[Verdict]:
    """So many runs on SQLite; a counter-example is shown in full."""
    databases = SqliteDatabases(folder)
    template = factories.fill_database(databases.make(), folder)
    wanted = settings(
        max_examples=runs,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    measured = f"{runs} runs of up to {steps} steps"
    try:
        run_state_machine_as_test(over(databases, template), settings=wanted)
    except Exception as error:  # noqa: BLE001 - a broken constraint is a counter-example as well
        notes = "\n".join(getattr(error, "__notes__", []))
        return [judge(FAULT, "no counter-example", f"{error}\n{notes}", is_met=False)]
    return [judge(FAULT, "no counter-example", measured, is_met=True)]
