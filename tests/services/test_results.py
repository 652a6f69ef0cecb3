"""What a learner sees of a finished attempt."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.taxonomy import Taxonomy
from quizapp.services import attempts, question_pages, results, taxonomies
from tests.factories import (
    MINUTE,
    answer,
    make_bank,
    make_item,
    position_of,
    save,
    start_attempt,
    take_attempt,
)


def test_a_result_has_the_score_and_every_question_in_order(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = take_attempt(session, alice, "math-whole", right=[1, 2], wrong=[3])

    found = results.result(session, attempt, now)

    assert [each.position for each in found.questions] == [1, 2, 3, 4, 5, 6]
    assert [each.outcome for each in found.questions[:2]] == ["right", "right"]
    assert found.questions[5].outcome == "unanswered"
    assert (found.score.points, found.score.max_points) == (attempt.points, attempt.max_points)
    assert found.seconds_used == 4 * 60


def test_a_reviewed_question_shows_what_was_given_and_what_was_right(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice, "math-whole")
    position = position_of(session, attempt, "two-urns")
    save(session, attempt, position, [2], seconds_spent=45)
    attempts.close(session, attempt.id, now + MINUTE)

    question = results.result(session, attempt, now).questions[position - 1]

    marks = {row.text: (row.is_given, row.is_key) for row in question.review.rows}
    assert marks == {
        "Bayes": (False, True),
        "Chebyshev": (False, False),
        "Cauchy": (True, False),
    }
    assert (question.points, question.max_points, question.seconds_spent) == (0.0, 1.0, 45)


def test_options_are_reviewed_in_the_order_in_which_they_were_shown(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice, "math-whole")
    position = position_of(session, attempt, "two-urns")
    page = question_pages.question_page(session, alice.id, attempt.id, position, now)
    attempts.close(session, attempt.id, now + MINUTE)

    question = results.result(session, attempt, now).questions[position - 1]

    assert question.interaction == page.interaction


def test_points_are_grouped_by_bank(session: Session, alice: models.User, now: datetime) -> None:
    attempt = start_attempt(session, alice, "mock-interview")
    answer(session, attempt, position_of(session, attempt, "exact-zeros"))
    attempts.close(session, attempt.id, now + MINUTE)

    found = results.result(session, attempt, now)

    groups = {group.name: (group.score.points, group.score.max_points) for group in found.by_bank}
    assert groups == {
        "ML fundamentals": (1.0, 3.0),
        "Coding": (0.0, 2.0),
        "System design": (0.0, 2.0),
        "Mathematics": (0.0, 7.0),
    }


def test_an_items_bank_is_the_one_it_was_published_in(
    session: Session, alice: models.User, now: datetime
) -> None:
    make_bank(session, [make_item("trees", skills=["ml.models.trees"])], title="Bob’s set")
    attempt = take_attempt(session, alice, "small", right=[1])

    found = results.result(session, attempt, now)

    assert [group.name for group in found.by_bank] == ["Bob’s set"]


def test_the_weakest_skills_of_an_attempt_come_first(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice, "ml")
    answer(session, attempt, position_of(session, attempt, "exact-zeros"))
    answer(session, attempt, position_of(session, attempt, "forests-average"), is_right=False)
    attempts.close(session, attempt.id, now + MINUTE)

    found = results.result(session, attempt, now)

    assert [each.now.skill.name for each in found.by_skill] == ["Trees", "Linear models"]
    assert [each.score.percent for each in found.by_skill] == [0, 100]


def test_a_result_is_compared_with_the_attempt_before_it(
    session: Session, alice: models.User, charlie: models.User, now: datetime
) -> None:
    day = timedelta(days=1)
    take_attempt(session, charlie, "ml", now, right=[1, 2, 3])
    first = take_attempt(session, alice, "ml", now, right=[1])
    take_attempt(session, alice, "coding", now, right=[1, 2])
    second = take_attempt(session, alice, "ml", now + day, right=[1, 2])

    assert results.result(session, first, now).previous_percent is None
    assert results.result(session, second, now).previous_percent == 33


def test_an_attempt_can_be_reviewed_after_its_skill_was_renamed(
    session: Session, alice: models.User, now: datetime
) -> None:
    make_bank(session, [make_item(skills=["ml.models.trees"])])
    attempt = take_attempt(session, alice, "small", right=[1])
    document = taxonomies.current(session).export()
    (area,) = (a for bank in document["banks"] for a in bank["areas"] if a["id"] == "ml.models")
    area["skills"][1] |= {"id": "ml.models.forests", "name": "Forests"}
    document["aliases"] = {"ml.models.trees": "ml.models.forests"}
    taxonomies.load(session, Taxonomy.parse(document), now)

    found = results.result(session, attempt, now)

    assert found.questions[0].skill.name == "Forests"
