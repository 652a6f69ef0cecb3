"""SQL programs, from a client to an outcome."""

import pytest

from quizapp.domain.programs.jobs import CaseInput, Claim, Job
from quizapp.runner.client import Runner

pytestmark = pytest.mark.parametrize("runner", ["full_runner", "light_runner"], indirect=True)
TABLE = "create table t (n text, x int); insert into t values ('a', 1), ('a', 2), ('b', 3);"


def claim(runner: Runner, source: str, setup: str = TABLE, check: str = "") -> Claim:
    job = Job("sql", source, "", (CaseInput(setup, check),), 5.0)
    outcome = runner.run(job, "alice", is_urgent=True)
    assert outcome.status == "ran", outcome
    return outcome.claims[0]


@pytest.mark.parametrize("end", ["", ";", " ;\n", "; -- done", "\n-- done", "/* done */;;"])
def test_the_rows_of_a_query_are_claimed(runner: Runner, end: str) -> None:
    query = "select n, count(*) as c from t group by n order by n"

    found = claim(runner, query + end)

    assert found.value == {"$": "rows", "cols": ["n", "c"], "v": [["a", 2], ["b", 1]]}


def test_a_program_of_statements_is_looked_at_afterwards(runner: Runner) -> None:
    found = claim(
        runner, "delete from t where n = 'a'; update t set x = 5", check="select x from t"
    )

    assert found.value["v"] == [[5]]


@pytest.mark.parametrize(
    ("source", "status", "message"),
    [
        ("select * from u", "runtime_error", "no such table: u"),
        ("selec * from t", "runtime_error", 'near "selec": syntax error'),
        ("select 1; select 2", "bad_result", "There are several statements: write one query."),
        ("delete from t", "bad_result", "The program gives no rows: write a query, such as SELECT"),
        ("", "bad_result", "The program gives no rows"),
        ("with recursive r(i) as (select 1 union all select i + 1 from r limit 6000) "
         "select i from r", "bad_result", "The result has more than 5000 rows."),
        ("attach '/etc/passwd' as p", "runtime_error", "unable to open database"),
    ],
)  # fmt: skip
def test_what_is_no_result_says_why(runner: Runner, source: str, status: str, message: str) -> None:
    found = claim(runner, source)

    assert found.status == status
    assert found.message.startswith(message)


def test_each_case_has_a_database_of_its_own(runner: Runner) -> None:
    cases = (CaseInput(TABLE, "select count(*) from t"),) * 2
    outcome = runner.run(Job("sql", "delete from t", "", cases, 5.0), "alice", is_urgent=True)

    assert [outcome.claims[place].value["v"] for place in (0, 1)] == [[[0]], [[0]]]


def test_a_query_without_end_is_stopped(runner: Runner) -> None:
    endless = "with recursive r(i) as (select 1 union all select i + 1 from r) select max(i) from r"
    job = Job("sql", endless, "", (CaseInput("", ""),), 0.5)

    assert runner.run(job, "alice", is_urgent=True).status == "time_limit"
