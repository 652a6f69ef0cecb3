"""A file with its findings at their lines, and its questions as learners will see them."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from quizapp.domain.formats import native_yaml
from quizapp.services import uploads
from tests.factories import make_sum, stored
from tests.web.pages import Page
from tests.web.question_sets import BOBS_SET as GOOD


def page_of(app: Flask, client: FlaskClient, user: models.User, text: str, query: str = "") -> Page:
    """The page of a file that was just sent."""
    with stored(app) as session:
        upload = uploads.receive(session, user.id, "set.yaml", text.encode(), datetime.now(UTC))
    return Page(client.get(f"/question-sets/{upload.id}{query}"))


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("items:\n  - id: tab\n\ttype: x\n", 3, 1, "Not readable as YAML"),
        ("items:\n  - stem: a: b\n", 2, 12, "Not readable as YAML"),
        (GOOD.replace("stem: W", "stemm: W"), 7, 5, "The field stemm is not known here."),
        (GOOD.replace("Corners.", "''"), 9, 35, "This must not be empty."),
        (GOOD.replace("ml.models.linear", "ml.models.line"), 6, 14, "There is no skill"),
        (GOOD.replace("exact zeros", "$\\frac{1$"), 7, 39, "This formula does not parse"),
        (GOOD.replace("id: so", "id: zeros"), 13, 6, "The id is already used in line 4."),
        (GOOD.replace("title: Bob's set", "titel: x"), 2, 1, "The field titel is not known"),
    ],
)
def test_a_fault_is_shown_at_its_line_and_column_and_stops_publishing(
    app: Flask,
    as_bob: FlaskClient,
    bob: models.User,
    text: str,
    line: int,
    column: int,
    message: str,
) -> None:
    page = page_of(app, as_bob, bob, text)

    shown = page.one("li", id=f"L{line}").text
    assert f"Column {column}: " in shown
    assert message.lower() in shown.lower()
    assert f"#L{line}" in page.links
    assert "disabled" in page.all("button", class_="btn primary")[-1]


def test_a_file_without_a_question_cannot_be_published(
    app: Flask, as_bob: FlaskClient, bob: models.User
) -> None:
    page = page_of(app, as_bob, bob, "id: x\ntitle: X\n")

    assert "There is no question in this file." in page.text
    assert "disabled" in page.all("button", class_="btn primary")[-1]


def test_every_fault_is_counted(app: Flask, as_bob: FlaskClient, bob: models.User) -> None:
    text = GOOD.replace("stem: W", "stemm: W").replace("answer: true", "answer: perhaps")

    page = page_of(app, as_bob, bob, text)

    assert "3 errors stop this set from being published." in page.text
    assert "Expected true or false." in page.text


def test_a_good_file_can_be_published_under_its_title(
    app: Flask, as_bob: FlaskClient, bob: models.User
) -> None:
    page = page_of(app, as_bob, bob, GOOD)

    assert "Publish 2 questions" in page.text
    assert "Publishing makes a new bank, “Bob's set” (bobs-set)." in page.text
    assert "disabled" not in page.all("button", class_="btn primary")[-1]


def test_the_page_says_what_publishing_replaces(
    app: Flask, as_bob: FlaskClient, bob: models.User
) -> None:
    with stored(app) as session:
        upload = uploads.receive(session, bob.id, "set.yaml", GOOD.encode(), datetime.now(UTC))
        found = uploads.checked(session, bob.id, upload.id)
        uploads.publish(session, found, datetime.now(UTC))

    same = page_of(app, as_bob, bob, GOOD)
    other = page_of(app, as_bob, bob, GOOD.replace("id: so", "id: other"))

    assert "Your bank “Bob's set” (bobs-set) holds exactly these questions." in same.text
    assert (
        "Publishing replaces your bank “Bob's set” (bobs-set): 1 new, 1 withdrawn, 1 unchanged."
    ) in other.text


def test_an_id_of_anothers_bank_disables_publishing(
    app: Flask, as_bob: FlaskClient, bob: models.User
) -> None:
    page = page_of(app, as_bob, bob, GOOD.replace("id: bobs-set", "id: math"))

    assert "The id math is taken by another bank." in page.one("li", id="L1").text
    assert "disabled" in page.all("button", class_="btn primary")[-1]


def test_advice_does_not_stop_publishing(app: Flask, as_bob: FlaskClient, bob: models.User) -> None:
    page = page_of(app, as_bob, bob, GOOD.replace(", why: It shrinks.", ""))

    assert "warning" in page.one("div", id="verdict").text
    assert "disabled" not in page.all("button", class_="btn primary")[-1]


def test_the_preview_shows_a_question_with_its_right_answers(
    app: Flask, as_bob: FlaskClient, bob: models.User
) -> None:
    page = page_of(app, as_bob, bob, GOOD)

    assert "Which penalty gives exact zeros?" in page.text
    assert page.one("li", class_="is-ok").text == "L1 Corners. correct"
    assert "The corner of the ball." in page.text


@pytest.mark.parametrize(
    ("query", "stem"),
    [
        ("?question=2", "It is so."),
        ("?question=99", "Which penalty"),
        ("?question=x", "Which penalty"),
        ("?question=-1", "Which penalty"),
        ("?question=" + "9" * 30, "Which penalty"),
    ],
)
def test_another_question_can_be_previewed(
    app: Flask, as_bob: FlaskClient, bob: models.User, query: str, stem: str
) -> None:
    assert stem in page_of(app, as_bob, bob, GOOD, query).one("div", class_="stem").text


def test_what_a_file_says_never_runs(app: Flask, as_bob: FlaskClient, bob: models.User) -> None:
    script = "<script>alert(1)</script> [a](javascript:alert(1)) <img src=x onerror=alert(1)>"

    for text in (GOOD.replace("Which penalty", script), f"items: {script}", f"title: {script}"):
        page = page_of(app, as_bob, bob, text)

        assert [each for each in page.all("script") if "src" not in each] == []
        assert page.all("img") == []
        assert not [link for link in page.links if link.startswith("javascript")]


def test_a_long_file_is_shown_around_its_faults(
    app: Flask, as_bob: FlaskClient, bob: models.User
) -> None:
    comments = "# A long story.\n" * 1000
    text = f"{GOOD}{comments}wrong: x\n{comments}"

    page = page_of(app, as_bob, bob, text)

    lines = [each["id"] for each in page.all("li") if "id" in each]
    assert lines[-7:] == [f"L{number}" for number in range(1011, 1018)]
    assert len(lines) < 50


def test_a_question_with_drawn_numbers_is_shown_with_others(
    app: Flask, as_bob: FlaskClient, bob: models.User
) -> None:
    text = native_yaml.write([make_sum().export()])

    first = page_of(app, as_bob, bob, text)
    (more,) = [link for link in first.links if "draw=" in link]
    stems = {
        Page(as_bob.get(more.replace("draw=1", f"draw={n}"))).all("math")[0].text for n in range(9)
    }

    assert "Other numbers" in first.text
    assert len(stems) > 3
    assert as_bob.get(more.replace("draw=1", "draw=-1e9")).status_code == 200


# --- What asks nothing ----------------------------------------------------------------------------

DESCRIPTION = """\
  - {id: shop, type: description, skills: [math.probability.bayes], stem: A shop in a town.}
"""


def test_a_description_is_shown_without_a_difficulty_and_not_counted(
    app: Flask, as_bob: FlaskClient, bob: models.User
) -> None:
    page = page_of(app, as_bob, bob, GOOD + DESCRIPTION, "?question=3")

    assert "set.yaml, 2 questions." in page.text
    assert "A shop in a town." in page.text
    assert "difficulty" not in page.text


def test_a_file_of_descriptions_alone_asks_nothing(
    app: Flask, as_bob: FlaskClient, bob: models.User
) -> None:
    page = page_of(app, as_bob, bob, f"items:\n{DESCRIPTION}")

    assert "There is no question in this file." in page.text
