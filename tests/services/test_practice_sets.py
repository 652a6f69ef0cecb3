"""Practice sets on one skill, with others mixed in."""

from datetime import datetime, timedelta
from random import Random

import pytest
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import ConflictError
from quizapp.services import attempts, pools, practice_sets, skills, taxonomies
from tests.factories import (
    MINUTE,
    answer,
    item_at,
    make_bank,
    make_item,
    make_items,
    make_sum,
    start_attempt,
    take_attempt,
)

SKILL = "math.probability.bayes"


def begin(session: Session, user: models.User, now: datetime, seed: int = 1) -> models.Attempt:
    skill = taxonomies.current(session).skill(SKILL)
    attempt = practice_sets.start(session, user.id, skill, now, Random(seed))
    session.refresh(attempt, ["responses"])
    return attempt


def slugs_of(session: Session, attempt: models.Attempt) -> list[str]:
    positions = range(1, len(attempt.responses) + 1)
    return [item_at(session, attempt, position).slug for position in positions]


@pytest.fixture
def ten_more(session: Session) -> None:
    """Practice has 10 more questions on the skill."""
    make_bank(session, make_items(10, skills=[SKILL]), "more")


@pytest.mark.usefixtures("ten_more")
def test_a_fifth_at_least_is_on_other_skills(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = begin(session, alice, now)

    positions = range(1, len(attempt.responses) + 1)
    is_own = [SKILL in item_at(session, attempt, each).fields.skills for each in positions]
    assert (is_own.count(True), is_own.count(False)) == (4, 1)
    assert (attempt.title, attempt.ends_at) == ("Practice: Bayes", None)


@pytest.mark.usefixtures("ten_more")
def test_it_is_as_long_as_was_promised(session: Session, alice: models.User, now: datetime) -> None:
    estimate = skills.outlook(session, alice.id, now).estimate(SKILL)
    promised = practice_sets.length(pools.items(session), SKILL, estimate)

    attempt = begin(session, alice, now)

    assert len(attempt.responses) == promised.questions
    seconds = sum(response.item_revision.seconds for response in attempt.responses)
    assert abs(promised.minutes - seconds / 60) <= 2


def test_what_was_seen_comes_back_only_after_all_that_was_not(
    session: Session, alice: models.User, now: datetime
) -> None:
    make_bank(session, make_items(3, skills=[SKILL]), "seen")
    take_attempt(session, alice, "seen", now - timedelta(days=1), right=(1, 2, 3))
    make_bank(session, make_items(12, skills=[SKILL]), "fresh")

    attempt = begin(session, alice, now)

    banks = [response.item_revision.item.bank.slug for response in attempt.responses]
    assert "seen" not in banks


def test_what_has_other_numbers_each_time_comes_back_before_what_has_not(
    session: Session, alice: models.User, now: datetime
) -> None:
    for slug in ("math", "ml", "coding", "system-design"):
        make_bank(session, [], slug=slug)
    make_bank(session, [*make_items(4), make_sum()], "small")
    take_attempt(session, alice, "small", now - timedelta(days=1), right=range(1, 6))

    found = {slugs_of(session, begin(session, alice, now, seed)).count("sum") for seed in range(3)}

    assert found == {1}


def test_what_is_due_comes_back_before_what_would_have_other_numbers(
    session: Session, alice: models.User, now: datetime
) -> None:
    for slug in ("math", "ml", "coding", "system-design"):
        make_bank(session, [], slug=slug)
    sums = [make_sum(f"sum-{number}") for number in range(12)]
    make_bank(session, [*sums, make_item("missed")], "small")
    yesterday = now - timedelta(days=1)
    attempt = start_attempt(session, alice, "small", yesterday)
    for position, slug in enumerate(slugs_of(session, attempt), 1):
        answer(session, attempt, position, yesterday + MINUTE, is_right=slug != "missed")
    attempts.close(session, attempt.id, yesterday + 2 * MINUTE)

    found = [slugs_of(session, begin(session, alice, now, seed)) for seed in range(3)]

    assert all("missed" in slugs for slugs in found)


def test_a_skill_without_questions_cannot_be_practised(
    session: Session, alice: models.User, now: datetime
) -> None:
    make_bank(session, [], slug="math")

    with pytest.raises(ConflictError, match="no question on this skill"):
        begin(session, alice, now)
