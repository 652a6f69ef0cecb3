"""How ready somebody is for an interview: what it asks, how far it is, and what would help."""

from datetime import timedelta
from typing import Any

import pytest

from quizapp.domain import mastery, readiness
from quizapp.domain.mastery import NodeBelief
from quizapp.domain.outlook import Outlook
from quizapp.domain.prediction import Question, predict
from quizapp.domain.readiness import READY
from quizapp.domain.taxonomy import Taxonomy
from tests.unit.domain.answering import START, after, answers_on

LATER = START + timedelta(days=40)
LOOPS, GRAPHS, BAYES, SCALING = (
    "code.basics.loops",
    "code.basics.graphs",
    "math.chance.bayes",
    ("math.chance.scaling"),
)


def skill(skill_id: str, level: str) -> dict[str, Any]:
    return {"id": skill_id, "name": skill_id, "level": level, "covers": "x"}


def tree(**weights: float) -> Taxonomy:
    """Two banks: coding asks at entry and mid, mathematics at entry and senior level."""
    code = {
        "id": "code.basics",
        "name": "B",
        "skills": [skill(LOOPS, "entry"), skill(GRAPHS, "mid")],
    }
    maths = {
        "id": "math.chance",
        "name": "C",
        "skills": [skill(BAYES, "entry"), skill(SCALING, "senior")],
    }
    banks = [
        {"id": "code", "name": "Coding", "areas": [code]},
        {"id": "math", "name": "Mathematics", "areas": [maths]},
    ]
    role = {"id": "r", "name": "R", "weights": weights or {"code": 1, "math": 2}}
    return Taxonomy.parse({"banks": banks, "roles": [role]})


def seen(beliefs: dict[str, NodeBelief] | None = None) -> Outlook:
    return Outlook(beliefs or {}, LATER)


@pytest.mark.parametrize(
    ("level", "asked"),
    [
        ("entry", {LOOPS: 1, BAYES: 2}),
        ("mid", {LOOPS: 1, GRAPHS: 1, BAYES: 2}),
        ("senior", {LOOPS: 1, GRAPHS: 1, BAYES: 2, SCALING: 2}),
    ],
)
def test_an_interview_asks_the_skills_of_its_level_and_below(
    level: Any, asked: dict[str, float]
) -> None:
    taxonomy = tree()

    assert readiness.interview(taxonomy, taxonomy.roles[0], level) == asked


def test_what_a_role_gives_no_weight_is_not_asked() -> None:
    taxonomy = tree(code=1)

    assert set(readiness.interview(taxonomy, taxonomy.roles[0], "senior")) == {LOOPS, GRAPHS}


def test_a_role_of_senior_skills_alone_is_spoken_of_at_that_level() -> None:
    taxonomy = tree(**{SCALING: 1})
    role = taxonomy.roles[0]

    assert readiness.usual_level(taxonomy, role) == "senior"
    estimate = readiness.usual(taxonomy, role, seen(), LATER)
    assert estimate == readiness.ladder(taxonomy, role, seen(), LATER)[-1].estimate


@pytest.mark.parametrize(("level", "difficulty"), [("entry", 2), ("mid", 3), ("senior", 4)])
@pytest.mark.parametrize("answers", [[], [1.0, 0.0, 1.0, 1.0]])
def test_a_level_asks_questions_of_its_difficulty(
    level: Any, difficulty: int, answers: list[float]
) -> None:
    beliefs = after(answers_on(BAYES, answers))

    estimate = readiness.outlook_at(level, seen(beliefs), LATER).estimate(BAYES)

    expected = predict(beliefs, Question((BAYES,), difficulty, 0.0), LATER)
    assert estimate.value == pytest.approx(expected)
    assert estimate.answers == len(answers)


def test_rounds_are_the_banks_with_their_share_of_the_interview() -> None:
    taxonomy = tree()
    asked = readiness.interview(taxonomy, taxonomy.roles[0], "mid")

    found = readiness.rounds(taxonomy, asked, seen())

    assert [(each.bank_id, each.share) for each in found] == [("code", 0.5), ("math", 0.5)]


def test_the_readiness_is_that_of_its_rounds() -> None:
    taxonomy = tree()
    asked = readiness.interview(taxonomy, taxonomy.roles[0], "senior")
    outlook = seen(after(answers_on(BAYES, [1.0] * 5)))

    whole = outlook.estimate_group(asked)
    found = readiness.rounds(taxonomy, asked, outlook)

    assert sum(each.share * each.estimate.value for each in found) == pytest.approx(whole.value)
    assert all(each.estimate.low < each.estimate.value < each.estimate.high for each in found)


def test_what_raises_it_most_is_weighty_and_weak() -> None:
    taxonomy = tree()
    asked = readiness.interview(taxonomy, taxonomy.roles[0], "mid")
    outlook = seen(after(answers_on(GRAPHS, [0.0] * 8)))

    found = readiness.raises(taxonomy, asked, outlook, most=3)

    assert [each.skill.id for each in found] == [BAYES, GRAPHS, LOOPS]
    estimate = outlook.estimate(BAYES)
    assert found[0].gain.value == pytest.approx((READY - estimate.value) / 2)
    assert found[0].gain.low == max(0.0, READY - estimate.high) / 2
    assert found[0].gain.high == pytest.approx((READY - estimate.low) / 2)


def test_a_skill_at_the_target_raises_nothing() -> None:
    taxonomy = tree()
    outlook = seen(after(answers_on(BAYES, [1.0] * 60)))

    found = readiness.raises(taxonomy, {BAYES: 1.0}, outlook, most=3)

    assert found == ()
    assert readiness.rounds(taxonomy, {BAYES: 1.0}, outlook)[0].raised_by is None


def test_the_ladder_tells_what_each_level_adds() -> None:
    taxonomy = tree()

    entry, mid, senior = readiness.ladder(taxonomy, taxonomy.roles[0], seen(), LATER)

    added = [[each.id for each in rung.added] for rung in (entry, mid, senior)]
    assert added == [[LOOPS, BAYES], [GRAPHS], [SCALING]]
    gaps = [rung.gap for rung in (entry, mid, senior)]
    assert None not in gaps
    assert [gap.value for gap in gaps if gap] == sorted(gap.value for gap in gaps if gap)
    assert [rung.beyond is None for rung in (entry, mid, senior)] == [True, False, False]


def test_a_level_that_asks_nothing_has_no_estimate() -> None:
    taxonomy = tree(**{SCALING: 1})

    entry, *_ = readiness.ladder(taxonomy, taxonomy.roles[0], seen(), LATER)

    assert (entry.estimate, entry.gap, entry.beyond, entry.added) == (None, None, None, ())


def test_a_gap_is_what_is_missing_to_the_target() -> None:
    estimate = mastery.Estimate(0.5, 0.35, 0.8, 9, 4.0, START)

    gap = readiness.gap(estimate)

    assert gap == pytest.approx((READY - 0.5, 0.0, READY - 0.35))
    assert gap.points == (20, 0, 35)
