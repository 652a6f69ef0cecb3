"""Question files of instructors: kept as sent, published whole or not at all."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import ConflictError, NotFoundError, UploadError
from quizapp.services import uploads
from quizapp.services.banks import Published

CSV = (
    "id,stem,option_1,option_2,answer,skills\n"
    "zeros,Which penalty gives zeros?,L1,L2,A,ml.models.linear\n"
    "cafe,What is the accent of café?,acute,grave,A,ml.models.linear\n"
)
YAML = """\
id: bobs-set
title: Bob’s set
items:
  - {id: first, type: true-false, skills: [ml.models.trees], stem: It is so., answer: true}
"""


def publish(
    session: Session, user: models.User, filename: str, text: str, now: datetime
) -> Published:
    upload = uploads.receive(session, user.id, filename, text.encode(), now)
    return uploads.publish(session, uploads.checked(session, user.id, upload.id), now)


def revision_count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(models.ItemRevision)) or 0


# --- Receiving ------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_is_read_in_the_encodings_that_spreadsheets_write(
    session: Session, bob: models.User, now: datetime, encoding: str
) -> None:
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    data = marks.get(encoding, b"") + CSV.encode(encoding)

    upload = uploads.receive(session, bob.id, "set.csv", data, now)

    assert (upload.text, upload.format) == (CSV, "comma_separated")
    assert uploads.checked(session, bob.id, upload.id).can_publish


def test_latin_1_is_refused_at_its_first_foreign_byte(
    session: Session, bob: models.User, now: datetime
) -> None:
    with pytest.raises(UploadError, match="not UTF-8: line 3 holds the byte 0xe9") as refusal:
        uploads.receive(session, bob.id, "set.csv", CSV.encode("latin-1"), now)

    assert "CSV UTF-8" in str(refusal.value)


@pytest.mark.parametrize(
    ("filename", "data", "sentence"),
    [
        ("set.csv", b"", "set.csv is empty"),
        ("set.csv", b" \n\n", "set.csv is empty"),
        ("set.csv", b"PK\x03\x04\x00\x00\x00", "not a text file"),
        ("set.csv", b"stem,answer\n" * 1000 + b"\x00", "not a text file"),
        ("set.csv", "stem,\x00answer\n".encode("utf-16"), "not a text file"),
        ("set.csv", b"\xff\xfea", "not a text file"),
        ("set.docx", b"stem", "Known endings"),
        ("", b"stem", "Known endings"),
    ],
    ids="empty blank archive late-nul nul-in-utf-16 odd-utf-16 unknown nameless".split(),
)
def test_what_cannot_be_read_is_refused_with_a_reason(
    session: Session, bob: models.User, now: datetime, filename: str, data: bytes, sentence: str
) -> None:
    with pytest.raises(UploadError, match=sentence):
        uploads.receive(session, bob.id, filename, data, now)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("C:\\Users\\bob\\set.csv", "set.csv"),
        ("../../etc/set.csv", "set.csv"),
        ("s\u202eet\x07.csv", "set.csv"),
        ("x" * 250 + ".csv", "x" * 110 + ".csv"),
    ],
)
def test_a_file_keeps_its_plain_name(
    session: Session, bob: models.User, now: datetime, sent: str, kept: str
) -> None:
    upload = uploads.receive(session, bob.id, sent, CSV.encode(), now)

    assert upload.filename == kept


def test_a_received_file_shows_learners_nothing(
    session: Session, bob: models.User, now: datetime
) -> None:
    before = revision_count(session)

    uploads.receive(session, bob.id, "set.csv", CSV.encode(), now)

    assert revision_count(session) == before
    assert uploads.banks_of(session, bob.id) == []


def test_files_are_listed_the_latest_first_and_to_their_owner_alone(
    session: Session, bob: models.User, admin: models.User, now: datetime
) -> None:
    for name in ("one.csv", "two.csv"):
        uploads.receive(session, bob.id, name, CSV.encode(), now)
    upload = uploads.receive(session, admin.id, "three.csv", CSV.encode(), now)

    assert [each.filename for each in uploads.uploads_of(session, bob.id)] == ["two.csv", "one.csv"]
    with pytest.raises(NotFoundError):
        uploads.checked(session, bob.id, upload.id)


# --- Publishing -----------------------------------------------------------------------------------


def test_a_published_file_is_a_bank_of_its_owner(
    session: Session, bob: models.User, now: datetime
) -> None:
    published = publish(session, bob, "set.yaml", YAML, now)

    assert (published.bank.slug, published.bank.owner_id) == ("bobs-set", bob.id)
    assert uploads.banks_of(session, bob.id) == [published.bank]
    (upload,) = uploads.uploads_of(session, bob.id)
    assert (upload.published_at, upload.bank) == (now, published.bank)


@pytest.mark.parametrize(
    ("filename", "slug", "title"),
    [
        ("My first_set.csv", "my-first-set", "My first set"),
        ("Ähnliche Fragen.csv", "hnliche-fragen", "Ähnliche Fragen"),
        ("???.csv", "questions", "???"),
    ],
)
def test_a_file_without_a_head_is_named_after_itself(
    session: Session, bob: models.User, now: datetime, filename: str, slug: str, title: str
) -> None:
    bank = publish(session, bob, filename, CSV, now).bank

    assert (bank.slug, bank.title) == (slug, title)


def test_the_same_file_twice_changes_nothing(
    session: Session, bob: models.User, now: datetime
) -> None:
    publish(session, bob, "set.yaml", YAML, now)
    before = revision_count(session)

    again = publish(session, bob, "renamed.yaml", YAML, now + timedelta(hours=1))

    assert not again.has_changed
    assert revision_count(session) == before


def test_a_changed_file_revises_what_has_changed(
    session: Session, bob: models.User, now: datetime
) -> None:
    publish(session, bob, "set.csv", CSV, now)

    changed = publish(session, bob, "set.csv", CSV.replace("gives zeros", "gives exact zeros"), now)

    assert (changed.added, changed.revised, changed.retired, changed.unchanged) == (0, 1, 0, 1)


def test_a_file_with_an_error_publishes_nothing(
    session: Session, bob: models.User, now: datetime
) -> None:
    before = revision_count(session)

    with pytest.raises(ConflictError, match="nothing was published"):
        publish(session, bob, "set.csv", f"{CSV}bad,,a,b,A,ml.models.linear\n", now)

    assert revision_count(session) == before
    assert uploads.banks_of(session, bob.id) == []


def test_a_file_cannot_take_the_place_of_our_own_bank(
    session: Session, bob: models.User, now: datetime
) -> None:
    upload = uploads.receive(session, bob.id, "math.csv", CSV.encode(), now)

    found = uploads.checked(session, bob.id, upload.id)

    assert not found.can_publish
    (problem,) = (each for each in found.reading.problems if each.is_error)
    assert problem.message.startswith("The id `math` is taken by another bank.")


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        (CSV, "2 unchanged"),
        (CSV.replace("\nzeros", "\nnulls"), "1 new, 1 withdrawn, 1 unchanged"),
    ],
)
def test_it_is_told_before_what_publishing_replaces(
    session: Session, bob: models.User, now: datetime, text: str, changes: str
) -> None:
    publish(session, bob, "questions.csv", CSV, now)
    upload = uploads.receive(session, bob.id, "questions.csv", text.encode(), now)

    comparison = uploads.checked(session, bob.id, upload.id).comparison

    assert comparison is not None
    assert str(comparison.changes) == changes


def test_somebody_may_take_the_id_between_check_and_publication(
    session: Session, bob: models.User, admin: models.User, now: datetime
) -> None:
    upload = uploads.receive(session, bob.id, "set.yaml", YAML.encode(), now)
    found = uploads.checked(session, bob.id, upload.id)
    publish(session, admin, "set.yaml", YAML, now)

    with pytest.raises(ConflictError, match="`bobs-set` is taken"):
        uploads.publish(session, found, now)


@pytest.mark.parametrize("head", ["id: practice", "id: math", "id: math-screen"])
def test_an_id_that_is_taken_is_an_error_at_its_line(
    session: Session, bob: models.User, now: datetime, head: str
) -> None:
    text = "# By Bob\n" + YAML.replace("id: bobs-set", head)
    upload = uploads.receive(session, bob.id, "set.yaml", text.encode(), now)

    found = uploads.checked(session, bob.id, upload.id)

    assert [each.line for each in found.reading.problems if each.is_error] == [2]
    assert not found.can_publish


def test_former_ids_of_skills_are_published_as_the_present_ones(
    session: Session, bob: models.User, now: datetime
) -> None:
    former = YAML.replace("ml.models.trees", "math.probability.conditional")

    publish(session, bob, "set.yaml", former, now)

    skill = session.scalars(
        select(models.ItemSkill.skill_id).order_by(models.ItemSkill.revision_id.desc()).limit(1)
    ).one()
    assert skill == "math.probability.bayes"
