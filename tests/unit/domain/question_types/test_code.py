"""Code: what an author may write, what a learner sees, and what a runner is given."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest

from quizapp.domain.errors import InvalidContentError
from quizapp.domain.interactions import CodeEntry, ShownCase
from quizapp.domain.items import Item, ItemFaultsError
from quizapp.domain.places import is_among
from quizapp.domain.programs.cases import Case
from quizapp.domain.programs.examples import MEAN, VISITS
from quizapp.domain.question_types.code import Code
from tests.trusted_runner import TrustedRunner

STARTER = "def mean(xs):\n    ...\n"
GROUP = {"name": "A", "visible": True, "weight": 1, "cases": [{"call": "mean([1])", "gives": 1}]}


def code(**changes: Any) -> Code:
    return Code.parse({**deepcopy(dict(MEAN.fields)), **changes})


def query(**changes: Any) -> Code:
    return Code.parse({**deepcopy(dict(VISITS.fields)), **changes})


def group(**changes: Any) -> dict[str, Any]:
    return {**GROUP, **changes}


@pytest.mark.parametrize(
    ("changes", "place", "sentence"),
    [
        ({"function": None}, "function", "Name the function"),
        ({"function": "a b"}, "function", ""),
        ({"solution": "def mean(:"}, "solution", "no Python program: invalid syntax (line 1)"),
        ({"solution": "def other(): ..."}, "solution", "does not define `mean`"),
        ({"starter": "xs = 1"}, "starter", "does not define `mean`"),
        ({"wrong_solutions": []}, "wrong_solutions", "at least 2"),
        ({"checker": "def judge(): ..."}, "checker", "does not define `check`"),
        ({"checker": "def check(a, b): ..."}, "compare", "Delete `compare`"),
        ({"tables": "CREATE"}, "tables", "no meaning in python"),
        ({"time_limit": 11}, "time_limit", "at most 10"),
        ({"time_limit": 0}, "time_limit", "at least 0.1"),
        ({"compare": {"tolerance": 2}}, "compare.tolerance", "at most 1"),
        ({"groups": [group(visible=False)]}, "groups", "Show at least one case"),
        ({"groups": [group(weight=0)]}, "groups", "Some group must count"),
        ({"groups": [group(visible="yes")]}, "groups.0.visible", "true or false"),
        ({"groups": [group(), group()]}, "groups.1.name", "An earlier group is called `A`"),
        ({"groups": [group(cases=[])]}, "groups.0.cases", "at least 1"),
        ({"groups": [group(cases=[{"gives": 1}])]}, "groups.0.cases.0.call", "expression"),
        (
            {"groups": [group(cases=[{"call": "x = 1", "gives": 1}])]},
            "groups.0.cases.0.call",
            "no Python",
        ),
        (
            {"groups": [group(cases=[{"call": "x", "setup": "x = ", "gives": 1}])]},
            "groups.0.cases.0.setup",
            "no Python",
        ),
        (
            {"groups": [group(cases=[{"call": "x", "gives": "abc"}])]},
            "groups.0.cases.0.gives",
            "Text stands between quotes",
        ),
        (
            {"groups": [group(cases=[{"call": "x", "gives": None}])]},
            "groups.0.cases.0.gives",
            "Nothing is written here",
        ),
    ],
)
def test_what_cannot_be_run_is_refused(
    changes: Mapping[str, Any], place: str, sentence: str
) -> None:
    with pytest.raises(InvalidContentError) as refused:
        code(**changes)

    assert f"{place}: " in str(refused.value)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"function": "f"}, "`function` has no meaning in sql"),
        ({"library": "numpy"}, "`library` has no meaning in sql"),
        ({"groups": [group()]}, "A query is not called"),
        ({"groups": [group(cases=[{"gives": 1}])]}, "Write the list of rows"),
        ({"groups": [group(cases=[{"gives": [[1, 2]]}])]}, "Write the list of rows"),
        ({"groups": [group(cases=[{"gives": "[(1, 2), (1,)]"}])]}, "not equally long"),
        ({"groups": [group(cases=[{"gives": "[(1,)]"}])]}, "as many values as there are"),
    ],
)
def test_what_is_no_query_is_refused(changes: Mapping[str, Any], sentence: str) -> None:
    with pytest.raises(InvalidContentError) as refused:
        query(**changes)

    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("written", "gives"),
    [(3, "3"), (0.5, "0.5"), (True, "True"), ([1, [2.5]], "[1, [2.5]]"), ({"a": 1}, "{'a': 1}")],
)
def test_values_may_be_written_in_yaml(written: Any, gives: str) -> None:
    assert Case(call="f()", gives=written).gives == gives


def test_nothing_can_be_drawn() -> None:
    fields = {"id": "a", "type": "code", "skills": ["a.b"], **MEAN.fields}

    with pytest.raises(ItemFaultsError, match="Nothing can be drawn in a code question"):
        Item.parse({**fields, "parameters": {"a": {"choices": [1]}}})


def test_a_visible_group_is_shown_and_a_hidden_one_never() -> None:
    place = ("cases", 0, "gives", 0, "a")

    for number, is_visible in ((0, True), (1, False)):
        owner, own_place = Code.owner(("groups", number, *place), MEAN.fields)
        assert is_among(owner.shown, own_place) == is_visible
        assert is_among(owner.never_shown, own_place) == (not is_visible)


def test_only_visible_cases_are_rendered() -> None:
    interaction = code().render()

    assert isinstance(interaction, CodeEntry)
    assert interaction.cases == (ShownCase("", "mean([1, 2, 6])", "3"),)


def test_a_job_holds_calls_and_no_values() -> None:
    question = code()

    job = question.job("source", question.groups[2])

    assert [case.call for case in job.cases] == ["mean((0.1, 0.2, 0.3))"]
    assert "0.2'" not in repr(job)
    assert (job.name, job.seconds, job.library, job.shows_output) == ("mean", 2.0, None, False)


def test_a_query_runs_on_its_tables_and_rows() -> None:
    question = query(query="SELECT * FROM visits", columns=[])

    job = question.job("DELETE FROM visits", question.groups[1])

    assert job.cases[0].setup.splitlines() == [
        "CREATE TABLE visits (page TEXT, day INTEGER);",
        ";",
        "INSERT INTO visits VALUES ('a', NULL);",
    ]
    assert job.cases[0].call == "SELECT * FROM visits"
    assert "CREATE TABLE" in question.prompt


def test_tables_may_end_without_a_semicolon() -> None:
    question = query(tables="CREATE TABLE visits (page TEXT, day INTEGER) -- of a site")
    job = question.job(question.solution, question.groups[0])

    outcome = TrustedRunner().run(job, "a", is_urgent=False)

    assert [claim.status for claim in outcome.claims.values()] == ["returned"] * len(job.cases)


def test_the_order_of_rows_is_free_and_that_of_lists_is_not() -> None:
    assert query().rule.is_any_order
    assert not query(compare={"order": "given"}).rule.is_any_order
    assert not code().rule.is_any_order
    assert code(compare={"order": "any"}).rule.is_any_order


def test_a_library_gives_more_time() -> None:
    assert [code().seconds, code(library="numpy").seconds, code(time_limit=1).seconds] == [2, 3, 1]


# --- What is posted -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("posted", "response"),
    [
        ("def mean(xs):\r\n\treturn 1  \r\n", "def mean(xs):\n\treturn 1  \n"),
        ("\n\n  x", "\n\n  x"),
        ("a\x00b", "ab"),
        (STARTER, None),
        (STARTER.replace("\n", "\r\n"), None),
        (" \n\t", None),
        ("é" * 40_000, "é" * 32_768),
        ("\ud800", "?"),
    ],
)
def test_a_program_is_read_with_every_space(posted: str, response: str | None) -> None:
    interaction = code().render()

    assert interaction.read({"code": [posted]}) == response


def test_the_starter_is_where_one_begins() -> None:
    interaction = code().render()

    assert interaction.state(None) == {"text": STARTER}
    assert interaction.state("x") == {"text": "x"}


def test_the_review_shows_the_program_the_solution_and_the_groups() -> None:
    question = code()

    rows = question.review("def mean(xs): ```", question.render()).rows

    assert [row.part for row in rows] == ["Your program", "A solution", "Tests"]
    assert rows[0].text.startswith("````python\n") or rows[0].text.startswith("```")
    assert rows[2].lines == ("Examples: 0 %", "No numbers: 33 %", "Fractions: 67 %")
