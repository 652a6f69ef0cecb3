"""The guide to the kinds of question, for those who write them."""

from flask.testing import FlaskClient

from quizapp.domain.question_types import question_types
from tests.web.pages import Page


def test_the_guide_shows_every_kind_with_an_example(as_bob: FlaskClient) -> None:
    page = Page(as_bob.get("/question-sets/guide"))

    for kind, question_type in question_types().items():
        assert page.one("h2", id=kind).text == question_type.label
    assert page.text.count("type: multiple-choice") > 1
    assert "items:" in page.text


def test_the_list_of_sets_leads_there(as_bob: FlaskClient) -> None:
    assert "/question-sets/guide" in Page(as_bob.get("/question-sets")).links
