"""The order in which answers moved the beliefs about a learner."""

from datetime import timedelta

from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.mastery import NodeBelief, update
from quizapp.services import attempts, evidence, model_editions, skills
from tests.conftest import CountQueries
from tests.essays import ALL, HALF, mark_as, mark_own, take_essay
from tests.factories import GRACE, MINUTE, NOW, answer, start_attempt, take_attempt
from tests.programs import RIGHT, WRONG, settle_all, take_programs


def places(session: Session, user: models.User) -> list[tuple[int, int, int]]:
    """Of all evidence on the learner its number, attempt and position."""
    return [each[:3] for each in evidence.of_learner(session, user.id)]


def folded(session: Session, user: models.User) -> dict[str, NodeBelief]:
    """What the evidence makes of a learner of whom nothing is known."""
    beliefs: dict[str, NodeBelief] = {}
    model = model_editions.live(session).numbers
    for each in evidence.of_learner(session, user.id):
        beliefs |= update(beliefs, each.observation, model)
    return beliefs


def test_answers_of_an_attempt_are_evidence_in_the_order_of_questions(
    session: Session, alice: models.User
) -> None:
    attempt = take_attempt(session, alice, right=[3, 1], wrong=[4])

    assert places(session, alice) == [(1, attempt.id, 1), (2, attempt.id, 3), (3, attempt.id, 4)]


def test_an_attempt_that_is_closed_later_is_later_evidence(
    session: Session, alice: models.User
) -> None:
    forgotten = start_attempt(session, alice)
    answer(session, forgotten, 1)
    another = take_attempt(session, alice, "ml", NOW + 30 * MINUTE, right=[1])

    attempts.close_overdue(session, forgotten.id, NOW + timedelta(days=1), GRACE)

    assert forgotten.finished_at is not None
    assert another.finished_at is not None
    assert forgotten.finished_at < another.finished_at
    assert places(session, alice) == [(1, another.id, 1), (2, forgotten.id, 1)]


def test_a_mark_is_evidence_once_with_its_first_score(
    session: Session, alice: models.User, bob: models.User
) -> None:
    essay = take_essay(session, alice, bob)
    other = take_attempt(session, alice, "ml", NOW + 3 * MINUTE, right=[1])
    mark_own(session, essay, HALF, NOW + 8 * MINUTE)
    mark_own(session, essay, ALL, NOW + 9 * MINUTE)

    mark_as(session, bob, essay, ALL, NOW + 10 * MINUTE)

    assert places(session, alice) == [(1, essay.id, 2), (2, other.id, 1), (3, essay.id, 1)]
    last = [*evidence.of_learner(session, alice.id)][-1]
    assert (last.observation.score, last.taken_in_at) == (0.5, NOW + 8 * MINUTE)


def test_programs_are_evidence_when_they_have_their_verdict(
    session: Session, alice: models.User
) -> None:
    programs = take_programs(session, alice, [RIGHT, WRONG])
    other = take_attempt(session, alice, right=[1])

    settle_all(session, NOW + 20 * MINUTE)

    seen = [*evidence.of_learner(session, alice.id)]
    finished, later = [programs.id, other.id], [programs.id, programs.id]
    assert [each.attempt_id for each in seen] == finished + later
    assert seen[-1].taken_in_at == NOW + 20 * MINUTE


def test_the_evidence_makes_the_stored_beliefs(
    session: Session, alice: models.User, bob: models.User
) -> None:
    essay = take_essay(session, alice, bob)
    take_programs(session, alice, [RIGHT, WRONG])
    take_attempt(session, alice, "math-whole", right=[1, 2], wrong=[4])
    settle_all(session, NOW + 20 * MINUTE)
    mark_as(session, bob, essay, HALF, NOW + 30 * MINUTE)

    assert folded(session, alice) == skills.beliefs(session, alice.id)
    assert evidence.count(session, alice.id) == len(places(session, alice)) == 8


def test_what_was_left_blank_or_belongs_to_another_is_no_evidence(
    session: Session, alice: models.User, charlie: models.User
) -> None:
    take_attempt(session, alice, right=[1])
    take_attempt(session, charlie)

    assert places(session, charlie) == []
    assert evidence.count(session, charlie.id) == 0


def test_all_evidence_is_read_at_once(
    session: Session, alice: models.User, count_queries: CountQueries
) -> None:
    take_attempt(session, alice, "math-whole", right=[1, 2], wrong=[4])

    with count_queries() as queries:
        assert len(places(session, alice)) == 3

    assert len(queries) == 1
