"""The banks that come as files: checked, and loaded into the database."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.config import ROOT
from quizapp.db import models
from quizapp.domain.errors import InvalidContentError
from quizapp.services import banks, question_files, quizzes
from tests.factories import SMALL_QUESTIONS, migrate, stored

OUR_QUESTIONS = ROOT / "questions"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small questions, to be changed."""
    copied: Path = shutil.copytree(SMALL_QUESTIONS, tmp_path / "questions")
    return copied


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def items_in(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(models.Item)) or 0


# --- Loading --------------------------------------------------------------------------------------


def test_our_questions_load_and_load_again_without_a_change(
    blank_app: Flask, now: datetime
) -> None:
    migrate(blank_app)
    with stored(blank_app) as session:
        first = question_files.load(session, OUR_QUESTIONS, now)

        second = question_files.load(session, OUR_QUESTIONS, now)

        assert [each.bank.slug for each in first] == ["ml", "coding", "system-design", "math"]
        assert sum(each.added for each in first) > 200
        assert [each.has_changed for each in second] == [False] * 4
        assert sum(each.unchanged for each in second) == items_in(session)


def test_banks_come_in_the_order_of_the_taxonomy(session: Session, now: datetime) -> None:
    loaded = question_files.load(session, SMALL_QUESTIONS, now)

    assert [each.bank.slug for each in loaded] == ["math", "ml", "coding", "system-design"]
    assert {each.bank.owner_id for each in loaded} == {None}


def test_loading_makes_the_standing_quizzes(blank_app: Flask, now: datetime) -> None:
    migrate(blank_app)
    with stored(blank_app) as session:
        question_files.load(session, SMALL_QUESTIONS, now)

        assert quizzes.find(session, quizzes.MOCK).kind == "mock"


def test_a_changed_file_revises_its_items(session: Session, folder: Path, now: datetime) -> None:
    change(folder / "ml" / "questions.yaml", "exact zeros", "zeros exactly")

    loaded = {each.bank.slug: each for each in question_files.load(session, folder, now)}

    assert (loaded["ml"].revised, loaded["ml"].unchanged) == (1, 2)
    assert not loaded["math"].has_changed


def test_a_file_with_an_error_changes_nothing_at_all(
    session: Session, folder: Path, alice: models.User, now: datetime
) -> None:
    change(folder / "math" / "questions.yaml", "answer: 0.8", "answer: many")
    change(folder / "ml" / "questions.yaml", "exact zeros", "zeros exactly")
    before = banks.pool(session, alice.id)

    with pytest.raises(InvalidContentError, match=r"questions\.yaml:\d+:\d+: error: The answer"):
        question_files.load(session, folder, now)

    assert banks.pool(session, alice.id) == before


def test_every_fault_of_every_file_is_told_at_once(
    session: Session, folder: Path, now: datetime
) -> None:
    change(folder / "math" / "questions.yaml", "answer: 0.8", "answer: many")
    change(folder / "ml" / "questions.yaml", "ml.models.linear", "ml.models.none")

    with pytest.raises(InvalidContentError) as refusal:
        question_files.load(session, folder, now)

    assert len(str(refusal.value).splitlines()) == 2


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("banks:", "banks: [", "Not readable as YAML"),
        ("requires: [math.probability.bayes]", "requires: [math.none]", "requires math.none"),
    ],
)
def test_a_taxonomy_with_a_fault_is_refused_by_its_name(
    folder: Path, old: str, new: str, sentence: str
) -> None:
    change(folder / "taxonomy.yaml", old, new)

    with pytest.raises(InvalidContentError, match=rf"taxonomy\.yaml: .*{sentence}"):
        question_files.read_taxonomy(folder)


def test_a_bank_whose_head_is_wrong_is_not_loaded(
    session: Session, folder: Path, now: datetime
) -> None:
    change(folder / "ml" / "bank.yaml", "title:", "titel:")

    with pytest.raises(InvalidContentError, match="titel"):
        question_files.load(session, folder, now)


def test_a_bank_without_a_valid_head_has_errors(folder: Path) -> None:
    (folder / "ml" / "bank.yaml").write_text("items: []\n")

    found = question_files.read_banks(folder, question_files.read_taxonomy(folder))

    assert {bank.path.name: bank.has_errors for bank in found}["ml"]


def test_a_bank_without_a_head_is_not_passed_over_in_silence(
    session: Session, folder: Path, now: datetime
) -> None:
    shutil.copy(folder / "ml" / "questions.yaml", folder / "ml" / "bank.yaml")
    (folder / "ml" / "questions.yaml").unlink()

    with pytest.raises(InvalidContentError, match=r"bank\.yaml:1:1: error: The head of the bank"):
        question_files.load(session, folder, now)


def test_an_id_stands_in_one_file_of_a_bank(session: Session, folder: Path, now: datetime) -> None:
    shutil.copy(folder / "ml" / "questions.yaml", folder / "ml" / "repeated.yaml")

    with pytest.raises(
        InvalidContentError, match=r"exact-zeros is already used in questions\.yaml"
    ):
        question_files.load(session, folder, now)


# --- What was loaded last -------------------------------------------------------------------------


def test_the_digest_of_the_last_load_is_remembered(session: Session, now: datetime) -> None:
    question_files.note_loaded(session, "first", now)
    question_files.note_loaded(session, "second", now)

    assert question_files.is_loaded(session, "second")
    assert not question_files.is_loaded(session, "first")


def test_before_the_first_load_nothing_is_loaded(session: Session) -> None:
    assert not question_files.is_loaded(session, "any")
