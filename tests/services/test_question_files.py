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
from quizapp.services import pools, question_files, quizzes
from tests.factories import SMALL_QUESTIONS, make_bank, make_items, migrate, stored
from tests.pictures import picture

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

        slugs = [each.bank.slug for each in first]
        assert slugs == ["ml", "coding", "system-design", "math", "demo"]
        assert sum(each.added for each in first) > 200
        assert [each.has_changed for each in second] == [False] * 5
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
    before = pools.pool(session, alice.id, now)

    with pytest.raises(InvalidContentError, match=r"questions\.yaml:\d+:\d+: error: The answer"):
        question_files.load(session, folder, now)

    assert pools.pool(session, alice.id, now) == before


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


def test_a_bank_whose_folder_is_gone_is_withdrawn(
    session: Session, folder: Path, alice: models.User, now: datetime
) -> None:
    shutil.rmtree(folder / "ml")

    loaded = question_files.load(session, folder, now)

    assert str(loaded[-1]) == "3 withdrawn"
    assert "ml" not in {item.bank for item in pools.pool(session, alice.id, now)}
    assert "ml" not in {quiz.slug for quiz in quizzes.ready_made(session)}
    assert len(question_files.load(session, folder, now)) == 3
    assert question_files.load(session, SMALL_QUESTIONS, now)[1].revised == 3
    assert quizzes.find(session, "ml").retired_at is None


def test_the_banks_of_instructors_stay_when_ours_are_loaded(
    session: Session, bob: models.User, now: datetime
) -> None:
    make_bank(session, make_items(2), owner_id=bob.id)

    question_files.load(session, SMALL_QUESTIONS, now)

    assert quizzes.find(session, "small").retired_at is None


def test_a_bank_without_a_question_is_refused(
    session: Session, folder: Path, now: datetime
) -> None:
    (folder / "ml" / "questions.yaml").write_text("items: []\n")

    with pytest.raises(InvalidContentError, match=r"bank\.yaml:1:1: error: The bank holds no que"):
        question_files.load(session, folder, now)


def test_the_quizzes_of_a_head_are_checked_over_all_files_of_the_bank(folder: Path) -> None:
    change(folder / "math" / "bank.yaml", "questions: 4", "questions: 4, skills: [maths]")
    change(folder / "math" / "bank.yaml", "questions: 6", "questions: 60")

    math = question_files.read_banks(folder, question_files.read_taxonomy(folder))[0]

    found = [str(each).partition("bank.yaml:")[2] for each in math.findings]
    assert found[0].startswith("5:98: error: There is no bank, area or skill maths.")
    assert found[1:] == ["6:44: warning: Only 6 questions fit, so this quiz will have 6."]


def test_a_file_that_is_not_utf_8_is_told_at_its_line(folder: Path) -> None:
    path = folder / "ml" / "questions.yaml"
    path.write_bytes(path.read_bytes() + "# Größe\n".encode("latin-1"))

    ml = question_files.read_banks(folder, question_files.read_taxonomy(folder))[1]

    assert "holds the byte 0xf6" in str(ml.findings[0])


def test_a_folder_that_is_not_there_is_told_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(InvalidContentError, match=r"none/taxonomy\.yaml: The file cannot be read"):
        question_files.read_taxonomy(tmp_path / "none")


# --- What was loaded last -------------------------------------------------------------------------


def test_the_digest_of_the_last_load_is_remembered(session: Session, now: datetime) -> None:
    question_files.note_loaded(session, "first", now)
    question_files.note_loaded(session, "second", now)

    assert question_files.is_loaded(session, "second")
    assert not question_files.is_loaded(session, "first")


def test_before_the_first_load_nothing_is_loaded(session: Session) -> None:
    assert not question_files.is_loaded(session, "any")


# --- Pictures -------------------------------------------------------------------------------------


@pytest.fixture
def drawn(folder: Path) -> Path:
    """The small questions with a picture in the first of mathematics, which lies beside them."""
    (folder / "math" / "images").mkdir()
    (folder / "math" / "images" / "disc.png").write_bytes(picture())
    add_picture(folder, "disc.png")
    return folder


def add_picture(folder: Path, name: str) -> None:
    path = next(path for path in (folder / "math").glob("*.yaml") if "stem: " in path.read_text())
    path.write_text(
        path.read_text("utf-8").replace("stem: ", f"stem: '![A]({name})' #", 1), "utf-8"
    )


def picture_findings(folder: Path) -> list[tuple[str, str, bool]]:
    found = question_files.read_banks(folder, question_files.read_taxonomy(folder))
    return [
        (each.path.name, each.problem.message, each.problem.is_error)
        for bank in found
        for each in bank.findings
        if "picture" in each.problem.message or "SVG" in each.problem.message
    ]


def test_a_picture_beside_the_questions_is_loaded_with_them(
    session: Session, drawn: Path, now: datetime
) -> None:
    question_files.load(session, drawn, now)
    again = question_files.load(session, drawn, now)

    image = session.scalars(select(models.Image)).one()
    shown = session.scalars(select(models.ItemImage)).one()
    assert shown.image_digest == image.digest
    assert not any(each.has_changed for each in again)


def test_a_missing_picture_is_an_error(drawn: Path) -> None:
    (drawn / "math" / "images" / "disc.png").unlink()

    ((_, message, is_error),) = picture_findings(drawn)

    assert is_error
    assert message == (
        "There is no picture `disc.png`. Put it into the folder `images` of the bank."
    )


def test_a_broken_picture_is_an_error_of_its_own_file(drawn: Path) -> None:
    (drawn / "math" / "images" / "disc.png").write_bytes(picture()[:60])

    assert picture_findings(drawn) == [
        ("disc.png", "The picture is damaged or cut off. Save it anew.", True)
    ]


def test_a_picture_that_no_question_shows_is_a_warning(
    session: Session, drawn: Path, now: datetime
) -> None:
    (drawn / "math" / "images" / "other.png").write_bytes(picture(size=(9, 9)))
    (drawn / "math" / "images" / ".DS_Store").write_bytes(b"something")

    assert picture_findings(drawn) == [
        ("other.png", "No question shows this picture. Delete it, or name it in one.", False)
    ]
    question_files.load(session, drawn, now)
    assert session.scalar(select(func.count()).select_from(models.Image)) == 1
