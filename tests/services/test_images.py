"""Pictures: stored once, named by files of questions, referred to by revisions."""

from datetime import datetime
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.db.base import Base
from quizapp.domain.errors import NotFoundError, UploadError
from quizapp.images import EncodedImage, reencode
from quizapp.services import images, invariants, uploads
from quizapp.services.uploads import CheckedUpload
from tests.factories import GRACE, in_parallel, make_bank, make_item, start_attempt
from tests.pictures import picture

SET = """\
id: shapes
title: Shapes
items:
  - id: disc
    type: multiple-choice
    skills: [ml.models.trees]
    stem: |
      What is this?

      ![A disc](disc.png)
    options:
      - {text: "![A square](square.png)", why: "![A corner](corner.png)"}
      - {text: A disc, correct: true}
    explanation: Look ![A disc](disc.png).
    references: [A book]
"""
NAMES = ("disc.png", "square.png", "corner.png")


def pictures(*names: str) -> dict[str, EncodedImage]:
    """A picture of its own for each name."""
    return {name: reencode(picture(size=(sum(name.encode()) % 1_000, 30))) for name in names}


def receive(
    session: Session, user: models.User, now: datetime, *names: str, text: str = SET
) -> CheckedUpload:
    upload = uploads.receive(session, user.id, "a.yaml", text.encode(), now, pictures(*names))
    return uploads.checked(session, user.id, upload.id)


def findings(found: CheckedUpload) -> list[tuple[int, int, str]]:
    return [(each.line, each.column, each.message) for each in found.reading.problems]


def count(session: Session, model: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


# --- Stored ---------------------------------------------------------------------------------------


def test_the_same_picture_is_stored_once(session: Session) -> None:
    first, same = reencode(picture()), reencode(picture(dpi=(72, 72)))

    images.store(session, [first, same])
    images.store(session, [same])

    assert count(session, models.Image) == 1
    found = images.find(session, first.reference.digest)
    assert (found.data, found.media_type) == (first.data, "image/png")
    assert (found.width, found.height) == (64, 40)


def test_two_that_store_the_same_pictures_at_once_do_not_wait_in_vain(app: Flask) -> None:
    drawn = [reencode(picture(size=(64, height))) for height in range(40, 80)]

    done = in_parallel(app, [partial(store, each) for each in (drawn, drawn[::-1])])

    assert done == [None, None]


def store(drawn: list[EncodedImage], session: Session) -> None:
    images.store(session, drawn)


def test_there_is_no_picture_of_another_digest(session: Session) -> None:
    with pytest.raises(NotFoundError):
        images.find(session, "a" * 64)


def test_every_fault_of_several_files_is_told() -> None:
    files = [("a.png", picture()), ("b.png", b"text"), ("c d.png", picture()), ("e.svg", b"<svg/>")]

    with pytest.raises(UploadError) as refusal:
        images.read_files(files)

    assert str(refusal.value) == (
        "b.png: This is no PNG, JPEG, WebP or GIF file, whatever its name says. c d.png: A "
        "picture's name has letters, digits, `-`, `_` and dots, and ends with .png, .jpg, .webp or "
        ".gif. Rename it. e.svg: SVG is not taken, for it may hold scripts. Save the picture as "
        "PNG."
    )


def test_a_picture_that_was_damaged_is_found(session: Session, now: datetime) -> None:
    row = {"digest": "a" * 64, "media_type": "image/png", "width": 1, "height": 1, "data": b"x"}
    session.execute(insert(models.Image).values(**row))

    found = invariants.breaches(session, now, GRACE)

    assert found == [f"A picture that is not what its digest says: {'a' * 64}."]


# --- With a file of questions ---------------------------------------------------------------------


def test_items_refer_to_pictures_by_digest(
    session: Session, bob: models.User, now: datetime
) -> None:
    found = receive(session, bob, now, *NAMES)

    (item,) = found.reading.items
    references = {name: each.reference for name, each in pictures(*NAMES).items()}
    assert findings(found) == []
    assert item.texts()["stem",] == f"What is this?\n\n![A disc]({references['disc.png']})"
    assert item.texts()["options", 0, "text"] == f"![A square]({references['square.png']})"
    assert item.texts()["options", 0, "why"] == f"![A corner]({references['corner.png']})"
    assert item.texts()["explanation",] == f"Look ![A disc]({references['disc.png']})."


def test_a_missing_picture_is_an_error_at_its_place(
    session: Session, bob: models.User, now: datetime
) -> None:
    found = receive(session, bob, now, "square.png")

    hint = "Add it to this file, or mend its name."
    assert findings(found) == [
        (10, 17, f"There is no picture `disc.png`. {hint}"),
        (12, 61, f"There is no picture `corner.png`. {hint}"),
        (14, 33, f"There is no picture `disc.png`. {hint}"),
    ]
    assert not found.can_publish


def test_a_picture_that_no_question_shows_is_a_warning(
    session: Session, bob: models.User, now: datetime
) -> None:
    found = receive(session, bob, now, *NAMES, "other.png")

    assert findings(found) == [(1, 1, "No question shows the picture `other.png`.")]
    assert found.can_publish


def test_what_is_wrong_with_a_picture_itself_is_told_at_its_place(
    session: Session, bob: models.User, now: datetime
) -> None:
    text = SET.replace("![A disc](disc.png)\n    options", "![](disc.png)\n    options")
    text = text.replace("(square.png)", "(https://example.org/a.png)")

    found = receive(session, bob, now, "disc.png", "corner.png", text=text)

    assert [place[:2] for place in findings(found)] == [(10, 9), (12, 29)]


def test_a_text_that_becomes_too_long_by_its_pictures_is_an_error(
    session: Session, bob: models.User, now: datetime
) -> None:
    text = SET.replace("{text: A disc", "{text: '" + "![A](disc.png)" * 100 + "'")

    found = receive(session, bob, now, *NAMES, text=text)

    assert [(line, message) for line, _, message in findings(found)] == [
        (13, "This may have at most 2000 characters.")
    ]


def test_a_mended_file_of_the_same_name_keeps_the_pictures_it_names(
    session: Session, bob: models.User, now: datetime
) -> None:
    receive(session, bob, now, *NAMES, "other.png")

    again = receive(session, bob, now)

    assert sorted(again.pictures) == sorted(NAMES)
    assert again.can_publish


def test_pictures_of_others_and_of_other_files_are_not_there(
    session: Session, bob: models.User, alice: models.User, now: datetime
) -> None:
    receive(session, alice, now, *NAMES)
    uploads.receive(session, bob.id, "b.yaml", SET.encode(), now, pictures(*NAMES))

    assert receive(session, bob, now).pictures == {}


# --- Published ------------------------------------------------------------------------------------


def test_another_picture_of_the_same_name_makes_another_revision(
    session: Session, bob: models.User, now: datetime
) -> None:
    uploads.publish(session, receive(session, bob, now, *NAMES), now)
    changed = {"disc.png": reencode(picture(size=(90, 90)))}
    upload = uploads.receive(session, bob.id, "a.yaml", SET.encode(), now, changed)

    published = uploads.publish(session, uploads.checked(session, bob.id, upload.id), now)

    assert str(published) == "1 revised"
    query = select(models.ItemRevision).join(models.Item).where(models.Item.slug == "disc")
    first, second = session.scalars(query.order_by(models.ItemRevision.number))
    old = pictures("disc.png")["disc.png"].reference
    assert str(old) in first.content["stem"]
    assert str(changed["disc.png"].reference) in second.content["stem"]


def test_the_same_set_with_the_same_pictures_changes_nothing(
    session: Session, bob: models.User, now: datetime
) -> None:
    uploads.publish(session, receive(session, bob, now, *NAMES), now)

    published = uploads.publish(session, receive(session, bob, now, *NAMES), now)

    assert not published.has_changed


def test_a_picture_that_a_revision_shows_cannot_be_deleted(
    session: Session, bob: models.User, now: datetime
) -> None:
    uploads.publish(session, receive(session, bob, now, *NAMES), now)
    assert count(session, models.ItemImage) == 3
    session.query(models.UploadImage).delete()

    with pytest.raises(IntegrityError):
        session.query(models.Image).delete()


def test_an_item_cannot_show_a_picture_that_is_not_there(session: Session) -> None:
    item = make_item(stem=f"![A](image:{'a' * 64}-1x1)")

    with pytest.raises(IntegrityError):
        make_bank(session, [item])


def test_code_that_looks_like_a_reference_needs_no_picture(
    session: Session, alice: models.User
) -> None:
    item = make_item(stem=f"What is `![A](image:{'a' * 64}-1x1)`?")

    make_bank(session, [item])

    assert count(session, models.ItemImage) == 0
    assert len(start_attempt(session, alice, "small").responses) == 1


# --- With numbers that are drawn ------------------------------------------------------------------

DRAWN = """\
id: drawn
title: Drawn
items:
  - id: area
    type: numeric
    skills: [ml.models.trees]
    parameters:
      a: {integers: {from: 2, to: 9}}
    stem: "![A square of side {{ a }}](disc.png)"
    answer: "{{ a * a }}"
    explanation: Multiply.
    references: [A book]
"""


def test_a_picture_may_be_described_with_drawn_numbers(
    session: Session, bob: models.User, now: datetime
) -> None:
    found = receive(session, bob, now, "disc.png", text=DRAWN)

    uploads.publish(session, found, now)

    reference = pictures("disc.png")["disc.png"].reference
    (item,) = found.reading.items
    assert item.export()["stem"] == f"![A square of side {{{{ a }}}}]({reference})"
    assert item.question.stem.endswith(f"]({reference})")
    assert count(session, models.ItemImage) == 1


def test_a_missing_picture_of_a_drawn_question_is_an_error_at_its_place(
    session: Session, bob: models.User, now: datetime
) -> None:
    found = receive(session, bob, now, text=DRAWN)

    assert [each[:2] for each in findings(found)][-1] == (9, 40)
    assert found.reading.has_errors


def test_brackets_in_a_placeholder_of_a_description_are_an_error(
    session: Session, bob: models.User, now: datetime
) -> None:
    text = DRAWN.replace("side {{ a }}", "side {{ sum([a, a]) }}")

    found = receive(session, bob, now, "disc.png", text=text)

    assert any("cannot hold brackets" in message for _, _, message in findings(found))
    assert not found.can_publish
