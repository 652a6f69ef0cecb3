"""The evidence on all learners, as columns to fit to."""

from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.services import answer_columns, evidence
from tests.conftest import CountQueries
from tests.essays import ALL, HALF, mark_as, take_essay
from tests.factories import MINUTE, NOW, make_bank, make_items, take_attempt

BAYES = "math.probability.bayes"


def test_answers_stand_learner_by_learner_in_the_order_of_evidence(
    session: Session, alice: models.User, bob: models.User, charlie: models.User
) -> None:
    essay = take_essay(session, alice, bob)
    take_attempt(session, charlie, right=[2], wrong=[1])
    take_attempt(session, alice, right=[1])
    mark_as(session, bob, essay, HALF)
    mark_as(session, bob, essay, ALL, NOW + 9 * MINUTE, seen=1)

    found = answer_columns.read(session)

    assert [*found.learner] == [0, 0, 0, 1, 1]
    assert [*found.score] == [1.0, 1.0, 0.5, 0.0, 1.0]
    assert (len(found), found.learners) == (5, 2)


def test_an_answer_knows_its_item_skills_and_time(session: Session, alice: models.User) -> None:
    take_attempt(session, alice, "math-whole", right=[1, 2], wrong=[4])

    found = answer_columns.read(session)

    rows = zip(found.item, found.skills, found.seconds, strict=True)
    assert [
        (found.items[item].id, found.skill_sets[skills], seconds) for item, skills, seconds in rows
    ] == [
        (each.item_id, each.observation.skills, each.observation.answered_at.timestamp())
        for each in evidence.of_learner(session, alice.id)
    ]


def test_of_an_item_counts_what_its_newest_revision_says(
    session: Session, alice: models.User
) -> None:
    for difficulty, skill in ((2, BAYES), (4, "ml.models.trees")):
        make_bank(session, make_items(1, difficulty=difficulty, skills=[skill]))
        take_attempt(session, alice, "small", NOW + difficulty * MINUTE, right=[1])

    found = answer_columns.read(session)

    (item,) = found.items
    assert (item.difficulty, item.guess) == (4, 1 / 3)
    assert found.skill_sets == [(BAYES,), ("ml.models.trees",)]
    assert [*found.skills] == [0, 1]


def test_a_site_without_answers_has_none(session: Session) -> None:
    found = answer_columns.read(session)

    assert (len(found), found.learners, found.items) == (0, 0, [])


def test_each_revision_costs_a_query_but_no_answer_does(
    session: Session, alice: models.User, charlie: models.User, count_queries: CountQueries
) -> None:
    for user in (alice, charlie):
        for day in range(3):
            take_attempt(session, user, now=NOW + day * 60 * MINUTE, right=[1, 2, 3, 4])

    with count_queries() as queries:
        found = answer_columns.read(session)

    assert len(found) == 24
    assert len(queries) == 2 + len(found.items)
