"""Every rule of the database refuses a row that breaks it, whatever the program does."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import (
    CheckConstraint,
    Index,
    Table,
    UniqueConstraint,
    delete,
    func,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.schema import ColumnCollectionConstraint

from quizapp.db import models
from quizapp.db.base import Base
from quizapp.images import MAX_SHOWN_HEIGHT, MAX_SHOWN_WIDTH, MAX_STORED_BYTES, reencode
from quizapp.services import accounts, clocks, images
from tests.factories import NOW, make_person, start_attempt, take_attempt
from tests.pictures import picture

TABLES: Mapping[str, Table] = Base.metadata.tables
Values = Mapping[str, Any]

SECOND_STAGE: Values = {"stage_first": 2, "stage_last": 2}

# By check: in which of the prepared rows, and what to write there
BAD_VALUES: list[tuple[str, Values, Values]] = [
    ("ck_user_account_role_is_known", {}, {"role": "king"}),
    ("ck_user_account_email_is_lower_case", {"name": "Alice"}, {"email": "Alice@example.org"}),
    ("ck_invitation_role_is_known", {}, {"role": "king"}),
    ("ck_quiz_kind_is_known", {"kind": "mock"}, {"kind": "exam"}),
    ("ck_quiz_ready_made_has_bank", {"kind": "ready-made"}, {"bank_id": None}),
    ("ck_quiz_ready_made_has_bank", {"kind": "practice"}, {"bank_id": 1}),
    ("ck_item_revision_number_counts_from_1", {}, {"number": 0}),
    ("ck_item_revision_difficulty_is_1_to_5", {}, {"difficulty": 6}),
    ("ck_item_revision_difficulty_is_1_to_5", {}, {"difficulty": 0}),
    ("ck_item_revision_seconds_are_positive", {}, {"seconds": 0}),
    ("ck_item_revision_points_are_not_negative", {}, {"points": -1.0}),
    ("ck_item_revision_level_is_known", {}, {"level": "guru"}),
    ("ck_item_skill_position_counts_from_0", {}, {"position": -1}),
    ("ck_item_position_counts_from_0", {}, {"position": -1}),
    ("ck_item_bank_practised_has_no_owner", {"slug": "math"}, {"owner_id": 1}),
    ("ck_attempt_ends_after_start", {"points": None}, {"ends_at": NOW}),
    ("ck_attempt_finished_after_start", {"points": 1.0}, {"finished_at": NOW - timedelta(1)}),
    ("ck_attempt_finished_by_deadline", {"points": 1.0}, {"finished_at": NOW + timedelta(1)}),
    ("ck_attempt_scored_when_finished", {"points": 1.0}, {"points": None}),
    ("ck_attempt_scored_when_finished", {"points": None}, {"points": 1.0}),
    ("ck_attempt_closed_when_finished", {"points": 1.0}, {"closed_by": None}),
    ("ck_attempt_closed_when_finished", {"points": None}, {"closed_by": "learner"}),
    ("ck_attempt_closed_by_is_known", {"points": 1.0}, {"closed_by": "nobody"}),
    ("ck_attempt_points_within_maximum", {"points": 1.0}, {"points": -0.5}),
    ("ck_attempt_points_within_maximum", {"points": 1.0}, {"points": 99.0}),
    ("ck_attempt_pause_left_is_not_negative", {}, {"pause_left_seconds": -1}),
    ("ck_attempt_paused_is_not_negative", {}, {"paused_seconds": -1}),
    ("ck_attempt_answered_count_is_not_negative", {}, {"answered_count": -1}),
    ("ck_attempt_seconds_used_is_not_negative", {}, {"seconds_used": -1}),
    ("ck_attempt_awaiting_only_when_finished", {"points": 1.0}, {"awaiting_count": -1}),
    ("ck_attempt_awaiting_only_when_finished", {"points": None}, {"awaiting_count": 1}),
    ("ck_attempt_awaiting_points_are_of_answers", {}, {"awaiting_points": 1.0}),
    ("ck_attempt_awaiting_points_are_of_answers", {"points": 1.0}, {"awaiting_points": -1.0}),
    ("ck_attempt_stage_first_counts_from_1", {}, {"stage_first": 0, "stage_last": 1}),
    ("ck_attempt_stage_is_a_range", {}, {"stage_first": 1}),
    ("ck_attempt_stage_is_a_range", {}, {"stage_last": 1}),
    ("ck_attempt_stage_is_a_range", {}, {"stage_first": 3, "stage_last": 2}),
    ("ck_attempt_stage_ends_by_deadline", {}, {"stage_ends_at": NOW}),
    ("ck_attempt_lapsed_comes_before", {}, {**SECOND_STAGE, "lapsed_first": 2, "lapsed_at": NOW}),
    ("ck_attempt_lapsed_has_a_time", {}, {**SECOND_STAGE, "lapsed_first": 1}),
    ("ck_study_settings_minutes_are_10_to_120", {}, {"minutes": 9}),
    ("ck_study_settings_minutes_are_10_to_120", {}, {"minutes": 121}),
    ("ck_study_settings_a_day_is_left_to_study", {}, {"rest_days": 127}),
    ("ck_study_settings_a_day_is_left_to_study", {}, {"rest_days": -1}),
    ("ck_study_settings_calendar_token_hash_is_sha_256", {}, {"calendar_token_hash": "token"}),
    ("ck_item_memory_stability_is_positive", {}, {"stability": 0.0}),
    ("ck_item_memory_difficulty_is_1_to_10", {}, {"difficulty": 0.9}),
    ("ck_item_memory_difficulty_is_1_to_10", {}, {"difficulty": 10.1}),
    ("ck_item_memory_due_after_review", {}, {"due_at": NOW - timedelta(1)}),
    ("ck_item_memory_reviews_count_from_1", {}, {"reviews": 0, "wins": 0.0, "fails": 0.0}),
    ("ck_item_memory_sums_are_not_negative", {}, {"wins": -1.0, "fails": 2.0}),
    ("ck_item_memory_sums_count_the_reviews", {}, {"wins": 3.0}),
    ("ck_item_memory_last_score_is_a_share", {}, {"last_score": 1.5}),
    ("ck_mistake_note_cause_is_known", {}, {"cause": "bad luck"}),
    ("ck_mistake_note_note_is_short", {}, {"note": "x" * 2_001}),
    ("ck_mistake_note_says_something", {}, {"cause": None, "note": ""}),
    ("ck_mark_kind_is_known", {}, {"kind": "machine"}),
    ("ck_mark_score_is_a_share", {}, {"score": 1.5}),
    ("ck_mark_number_counts_from_1", {}, {"number": 0}),
    ("ck_response_position_counts_from_1", {"position": 1}, {"position": 0}),
    ("ck_response_score_is_a_share", {}, {"score": 1.5}),
    ("ck_response_score_is_a_share", {}, {"score": -0.5}),
    ("ck_response_seconds_spent_is_not_negative", {}, {"seconds_spent": -1}),
    ("ck_response_confidence_is_known", {}, {"confidence": 4}),
    ("ck_response_confidence_is_known", {}, {"confidence": 0}),
    ("ck_response_max_points_are_not_negative", {"points": 0.0}, {"max_points": -1.0}),
    ("ck_response_nothing_is_given_where_nothing_is_asked", {"points": 0.0}, {"max_points": 0.0}),
    ("ck_response_evidence_number_counts_from_1", {}, {"evidence_number": 0}),
    ("ck_response_points_within_maximum", {"max_points": 1.0}, {"points": 1.5}),
    ("ck_response_points_within_maximum", {"max_points": 1.0}, {"points": -2.5}),
    ("ck_time_change_kind_is_known", {"kind": "added"}, {"kind": "stolen"}),
    ("ck_time_change_stages_have_a_place", {"kind": "added"}, {"kind": "stage"}),
    ("ck_time_change_stages_have_a_place", {"kind": "added"}, {"stage_first": 1}),
    ("ck_time_change_stays_timed_or_untimed", {"kind": "added"}, {"old_ends_at": None}),
    ("ck_time_change_stays_timed_or_untimed", {"kind": "added"}, {"new_ends_at": None}),
    ("ck_accommodation_time_factor_is_1_to_4", {}, {"time_factor": 0.9}),
    ("ck_accommodation_time_factor_is_1_to_4", {}, {"time_factor": 4.1}),
    ("ck_accommodation_pause_is_0_to_240", {}, {"pause_minutes": -1}),
    ("ck_accommodation_pause_is_0_to_240", {}, {"pause_minutes": 241}),
    ("ck_grading_job_claim_has_a_lease", {}, {"leased_until": None}),
    ("ck_grading_job_turn_counts_from_0", {}, {"turn": -1}),
    ("ck_grading_job_tries_count_from_0", {}, {"tries": -1, "claim": None, "leased_until": None}),
    ("ck_grading_job_claim_is_a_try", {}, {"tries": 0}),
    ("ck_code_run_number_counts_from_1", {}, {"number": 0}),
    ("ck_code_run_source_digest_is_sha_256", {}, {"source_digest": "ab"}),
    ("ck_code_run_finished_after_start", {}, {"finished_at": NOW - timedelta(1)}),
    ("ck_code_run_finished_with_a_report", {}, {"report": None}),
    ("ck_run_allowance_used_counts_from_0", {}, {"used": -1}),
    ("ck_skill_claim_kind_is_known", {}, {"kind": "hated"}),
    ("ck_skill_belief_variance_is_not_negative", {}, {"variance": -0.1}),
    ("ck_skill_model_edition_digest_has_16_digits", {}, {"digest": "ab"}),
    ("ck_skill_model_edition_fitted_to_answers", {}, {"answers": 0}),
    ("ck_skill_model_edition_fitted_to_answers", {}, {"learners": 0}),
    ("ck_skill_model_edition_challenger_was_better", {}, {"challenger_loss": 0.5}),
    ("ck_skill_model_edition_challenger_was_better", {}, {"challenger_loss": -0.1}),
    ("ck_readiness_record_value_within_range", {}, {"low": 0.9, "value": 0.5, "high": 1.0}),
    ("ck_readiness_record_value_within_range", {}, {"low": 0.0, "value": 0.5, "high": 0.4}),
]

# By check of a table whose rows are never changed: what differs in the new row that is refused
BAD_ROWS: list[tuple[str, Values]] = [
    ("ck_response_change_number_counts_from_1", {"number": 0}),
    ("ck_response_change_confidence_is_known", {"confidence": 4}),
    ("ck_image_digest_is_sha_256", {"digest": "ab"}),
    ("ck_image_media_type_is_known", {"digest": "b" * 64, "media_type": "image/svg+xml"}),
    ("ck_image_width_is_shown", {"digest": "b" * 64, "width": 0}),
    ("ck_image_width_is_shown", {"digest": "b" * 64, "width": 1_601}),
    ("ck_image_height_is_shown", {"digest": "b" * 64, "height": 0}),
    ("ck_image_height_is_shown", {"digest": "b" * 64, "height": 3_201}),
    ("ck_image_data_is_2_mb_at_most", {"digest": "b" * 64, "data": b""}),
    ("ck_image_data_is_2_mb_at_most", {"digest": "b" * 64, "data": bytes(2**21 + 1)}),
    ("ck_mark_change_number_counts_from_1", {"number": 0}),
    ("ck_verdict_score_is_a_share", {"position": 2, "score": 1.5}),
    ("ck_verdict_source_digest_is_sha_256", {"position": 2, "source_digest": "ab"}),
]

# By unique rule: what differs in the copy of a prepared row that is refused
COPIES: list[tuple[str, Values]] = [
    ("uq_user_account_email", {"id": 900}),
    ("uq_sign_in_token_hash", {"id": 900}),
    ("uq_invitation_token_hash", {"id": 900}),
    ("uq_item_bank_slug", {"id": 900}),
    ("uq_item_bank_id_slug", {"id": 900}),
    ("uq_item_revision_item_id_number", {"id": 900, "content_hash": "other", "is_current": False}),
    ("uq_item_revision_item_id_content_hash", {"id": 900, "number": 9, "is_current": False}),
    ("uq_item_revision_current", {"id": 900, "number": 9, "content_hash": "other"}),
    ("uq_item_skill_revision_id_position", {"skill_id": "ml.models.trees"}),
    ("uq_quiz_slug", {"id": 900}),
    ("uq_attempt_open", {"id": 900}),
    ("uq_response_attempt_id_item_revision_id", {"position": 90}),
    ("uq_taxonomy_edition_digest", {"id": 900}),
    ("uq_skill_model_edition_digest", {"id": 900, "is_live": False}),
    ("uq_skill_model_edition_live", {"id": 900, "digest": "b" * 16}),
    ("uq_time_change_attempt_id_stage_first", {"id": 900}),
    ("uq_grading_job_claim", {"position": 2}),
    ("uq_study_settings_calendar_token_hash", {"user_id": 2}),
]

# What a copied row must be like
COPIED: Mapping[str, Values] = {
    "uq_attempt_open": {"finished_at": None},
    "uq_time_change_attempt_id_stage_first": {"kind": "stage"},
}


@pytest.fixture
def full(session: Session, alice: models.User, now: datetime) -> Session:
    """A database with a row in every table that has a rule."""
    done = take_attempt(session, alice, "coding", now, right=[1])
    mark = {"position": 1, "points": [1.0], "score": 1.0, "at": now, "marked_by_id": alice.id}
    session.add(models.Mark(attempt_id=done.id, kind="self", **mark))
    session.flush()
    session.add(models.MarkChange(attempt_id=done.id, kind="self", number=1, **mark))
    running = start_attempt(session, alice, "math-screen", now)
    clocks.add_time(session, running.id, 5, alice.id, "a fire alarm", now)
    by_alice = {"attempt_id": running.id, "made_by_id": alice.id, "at": now}
    session.add(models.TimeChange(kind="stage", stage_first=2, **by_alice))
    session.add(models.Accommodation(user_id=alice.id, set_by_id=alice.id, set_at=now))
    accounts.sign_in(session, alice, "", now)
    invitation = {"token_hash": "0", "role": "admin", "created_at": now, "expires_at": now}
    session.execute(insert(models.Invitation).values(**invitation))
    images.store(session, [reencode(picture())])
    place = {"attempt_id": done.id, "position": 1}
    claimed = {"turn": 0, "queued_at": now, "claim": "c" * 32, "leased_until": now, "tries": 1}
    session.add(models.GradingJob(**place, user_id=alice.id, **claimed))
    found = {"score": 1.0, "groups": [], "source_digest": "a" * 64, "engine": "", "graded_at": now}
    session.add(models.Verdict(**place, **found))
    run = {"source_digest": "a" * 64, "started_at": now, "finished_at": now, "report": {}}
    session.add(models.CodeRun(attempt_id=running.id, position=1, number=1, **run))
    session.add(models.RunAllowance(user_id=alice.id, began_at=now, used=1))
    noted = {"user_id": alice.id, "item_id": 1, "written_at": now}
    session.add(models.MistakeNote(**noted, cause="slip", note="Read the sign."))
    session.add(
        models.StudySettings(
            user_id=alice.id, minutes=20, rest_days=0, calendar_token_hash="c" * 64
        )
    )
    claim = {"skill_id": "ml.models.trees", "kind": "known", "said_at": now}
    session.add(models.SkillClaim(user_id=alice.id, **claim))
    losses = {"champion_loss": 0.5, "challenger_loss": 0.4}
    fitted = {"fitted_at": now, "answers": 9, "learners": 2, "rung": "everything", "is_live": True}
    session.add(models.SkillModelEdition(digest="a" * 16, parameters={}, **fitted, **losses))
    session.flush()
    return session


def rules(kind: type[CheckConstraint] | type[UniqueConstraint]) -> Iterator[str]:
    for table in TABLES.values():
        yield from (str(each.name) for each in table.constraints if isinstance(each, kind))


def unique_indexes() -> Iterator[Index]:
    for table in TABLES.values():
        yield from (index for index in table.indexes if index.unique)


def rules_of(table: Table) -> dict[str, tuple[str, ...]]:
    """Every named rule of a table with the columns that it is about."""
    named: list[ColumnCollectionConstraint | Index] = list(table.indexes)
    named += [each for each in table.constraints if isinstance(each, ColumnCollectionConstraint)]
    return {str(each.name): tuple(each.columns.keys()) for each in named}


def table_of(rule: str) -> Table:
    return next(table for table in TABLES.values() if rule in rules_of(table))


def names_rule(error: IntegrityError, rule: str) -> bool:
    """True when the database's message is about ``rule``; SQLite names unique ones by columns."""
    table = table_of(rule)
    columns = ", ".join(f"{table.name}.{column}" for column in rules_of(table)[rule])
    return rule in str(error.orig) or f"UNIQUE constraint failed: {columns}" in str(error.orig)


@pytest.mark.parametrize(("rule", "row", "values"), BAD_VALUES)
def test_a_check_refuses_a_bad_value(full: Session, rule: str, row: Values, values: Values) -> None:
    table = table_of(rule)
    conditions = [table.c[name] == value for name, value in row.items()]
    assert full.execute(select(table).where(*conditions)).first()

    with pytest.raises(IntegrityError) as refusal:
        full.execute(update(table).where(*conditions).values(**values))

    assert names_rule(refusal.value, rule)


@pytest.mark.parametrize(("rule", "changes"), BAD_ROWS)
def test_a_check_refuses_a_bad_row(full: Session, rule: str, changes: Values) -> None:
    table = table_of(rule)
    row = full.execute(select(table)).mappings().first()
    assert row is not None

    with pytest.raises(IntegrityError) as refusal:
        full.execute(insert(table).values({**row, **changes}))

    assert names_rule(refusal.value, rule)


@pytest.mark.parametrize(("rule", "changes"), COPIES)
def test_a_unique_rule_refuses_a_second_row(full: Session, rule: str, changes: Values) -> None:
    table = table_of(rule)
    conditions = [table.c[name] == value for name, value in COPIED.get(rule, {}).items()]
    row = full.execute(select(table).where(*conditions)).mappings().first()
    assert row is not None

    with pytest.raises(IntegrityError) as refusal:
        full.execute(insert(table).values({**row, **changes}))

    assert names_rule(refusal.value, rule)


def test_every_check_is_tested() -> None:
    tested = {rule for rule, _, _ in BAD_VALUES} | {rule for rule, _ in BAD_ROWS}

    assert tested == set(rules(CheckConstraint))


def test_every_unique_rule_is_tested() -> None:
    expected = {*rules(UniqueConstraint), *(str(index.name) for index in unique_indexes())}

    assert {rule for rule, _ in COPIES} == expected


def test_the_second_attempt_at_a_quiz_may_be_open_when_the_first_is_finished(
    session: Session, alice: models.User
) -> None:
    take_attempt(session, alice, "coding")
    start_attempt(session, alice, "coding")

    open_ones = select(func.count()).where(models.Attempt.finished_at.is_(None))
    assert session.scalar(open_ones) == 1


@pytest.mark.parametrize("model", [models.ItemBank, models.Item, models.Quiz, models.User])
def test_what_others_point_at_cannot_be_deleted(
    full: Session, model: type[models.ItemBank | models.Item | models.Quiz | models.User]
) -> None:
    with pytest.raises(IntegrityError):
        full.execute(delete(model))


def test_sign_ins_go_with_their_person(session: Session, now: datetime) -> None:
    dora = make_person(session, "dora")
    accounts.sign_in(session, dora, "", now)
    session.flush()

    session.execute(delete(models.User).where(models.User.id == dora.id))

    assert session.scalar(select(func.count()).select_from(models.SignIn)) == 0


def test_the_database_knows_every_check_of_the_models(session: Session) -> None:
    inspector = inspect(session.connection())

    found = {check["name"] for table in TABLES for check in inspector.get_check_constraints(table)}

    assert found == set(rules(CheckConstraint))


def test_the_rules_of_pictures_are_those_of_the_program(full: Session) -> None:
    largest = {"width": MAX_SHOWN_WIDTH, "height": MAX_SHOWN_HEIGHT}
    row = {"digest": "b" * 64, "media_type": "image/png", "data": bytes(MAX_STORED_BYTES)}

    full.execute(insert(models.Image).values(**row, **largest))


def test_a_picture_is_never_changed(full: Session) -> None:
    with pytest.raises(IntegrityError, match="an image is never changed"):
        full.execute(update(models.Image).values(data=b"other"))
