"""What to revisit next, from the learner's own answers."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.recommendation import Recommendation
from quizapp.domain.skill_standing import AnswerPlace
from quizapp.services import (
    attempts,
    pools,
    recommendations,
    skill_claims,
    skills,
    study_settings,
    taxonomies,
)
from quizapp.services.recommendations import Advice
from tests.factories import (
    MINUTE,
    answer,
    item_at,
    make_bank,
    make_items,
    position_of,
    start_attempt,
    take_attempt,
)


def revisit(session: Session, user: models.User, now: datetime) -> tuple[Recommendation, ...]:
    return advice(session, user, now).revisit


def kinds_of(found: Sequence[Recommendation]) -> set[str]:
    return {each.reason.kind for each in found}


def advice(session: Session, user: models.User, now: datetime) -> Advice:
    seen = skills.outlook(session, user.id, now)
    taxonomy, pool = taxonomies.current(session), pools.items(session)
    person = session.get_one(models.User, user.id)
    return recommendations.advice(session, taxonomy, seen, pool, person, now)


def test_whoever_is_new_is_led_to_what_is_asked_most(
    session: Session, alice: models.User, now: datetime
) -> None:
    found = revisit(session, alice, now)

    assert len(found) == 4
    assert kinds_of(found) == {"unknown"}
    assert found[0].skill == "math.probability.bayes"
    assert found[0].reason.sentence.startswith(
        "Not tried yet, and asked in most data scientist interviews"
    )


def test_a_missed_skill_is_named_with_its_misses(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice, "ml")
    for slug in ("forests-average", "leaf-purity"):
        position = position_of(session, attempt, slug)
        answer(session, attempt, position, now + MINUTE, is_right=False)
    attempts.close(session, attempt.id, now + 2 * MINUTE)

    reasons = {
        each.skill: each.reason.sentence
        for each in revisit(session, alice, now + timedelta(days=1))
    }

    assert reasons["ml.models.trees"] == "Missed 2 of 2, most recently yesterday."


def test_a_skill_without_items_is_not_recommended(
    session: Session, alice: models.User, now: datetime
) -> None:
    make_bank(session, [], slug="ml")
    make_bank(session, [], slug="coding")

    assert {each.skill.partition(".")[0] for each in revisit(session, alice, now)} == {"math"}


def test_an_open_attempt_is_not_evidence_yet(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice)
    answer(session, attempt, 1, is_right=False)

    assert kinds_of(revisit(session, alice, now)) == {"unknown"}


def test_answers_of_another_do_not_count(
    session: Session, alice: models.User, charlie: models.User, now: datetime
) -> None:
    take_attempt(session, charlie, "math-whole", wrong=range(1, 7))

    assert kinds_of(revisit(session, alice, now)) == {"unknown"}


def test_what_instructors_publish_is_not_recommended(
    session: Session, alice: models.User, bob: models.User, now: datetime
) -> None:
    before = revisit(session, alice, now)

    make_bank(session, make_items(9, skills=["ml.models.linear"]), owner_id=bob.id)

    assert revisit(session, alice, now) == before


# --- Whose every number leads to the answers behind it -------------------------------------------


def test_the_answers_named_are_those_that_were_missed_on_the_skill(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = take_attempt(session, alice, "math-whole", now - timedelta(days=1), wrong=range(1, 7))
    positions = range(1, 7)
    skills_at = {each: item_at(session, attempt, each).fields.skills for each in positions}

    found = next(each for each in revisit(session, alice, now) if each.reason.kind == "weak")

    (numbers, _) = (part.evidence for part in found.reason.parts if part.evidence)
    assert {*numbers.answers} == {
        AnswerPlace(attempt.id, each) for each in positions if found.skill in skills_at[each]
    }


# --- What the learner sets aside -----------------------------------------------------------------


def test_what_is_not_wanted_now_comes_back_after_three_days(
    session: Session, alice: models.User, now: datetime
) -> None:
    first = revisit(session, alice, now)[0].skill
    skill_claims.say(session, alice.id, first, "not-now", now)

    found = advice(session, alice, now)

    assert first not in {each.skill for each in found.revisit}
    assert [each.skill.id for each in found.set_aside] == [first]
    assert advice(session, alice, now + timedelta(days=3)).set_aside == ()


def test_whoever_knows_a_skill_is_believed_until_an_answer_is_missed(
    session: Session, alice: models.User, now: datetime
) -> None:
    skill_claims.say(session, alice.id, "math.probability.bayes", "known", now)
    believed = advice(session, alice, now)
    take_attempt(session, alice, "math-whole", now + MINUTE, wrong=range(1, 7))

    doubted = advice(session, alice, now + 10 * MINUTE)

    assert [each.skill.name for each in believed.set_aside] == ["Bayes"]
    assert doubted.set_aside == ()
    assert "math.probability.bayes" in {each.skill for each in doubted.revisit}


def test_what_builds_on_a_skill_said_to_be_known_is_no_longer_held_back(
    session: Session, alice: models.User, now: datetime
) -> None:
    later = "math.probability.distributions"
    before = {each.skill: each.gain for each in revisit(session, alice, now)}

    skill_claims.say(session, alice.id, "math.probability.bayes", "known", now)

    after = {each.skill: each.gain for each in revisit(session, alice, now)}
    assert after[later] > before.get(later, 0.0)


def test_the_word_of_another_does_not_count(
    session: Session, alice: models.User, charlie: models.User, now: datetime
) -> None:
    before = revisit(session, alice, now)

    skill_claims.say(session, charlie.id, before[0].skill, "known", now)

    assert advice(session, alice, now) == Advice(before, ())


def test_the_date_of_the_interview_decides_how_much_may_fade_until_then(
    session: Session, alice: models.User, now: datetime
) -> None:
    take_attempt(session, alice, "math-whole", now - MINUTE * 20, right=range(1, 7))
    far = {each.skill: each.gain for each in revisit(session, alice, now)}
    study_settings.store(session, alice.id, now.date(), 20, ())

    near = {each.skill: each.gain for each in revisit(session, alice, now)}

    common = far.keys() & near.keys()
    assert any(near[skill] < far[skill] for skill in common)
