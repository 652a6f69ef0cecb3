"""Who has an account."""

from flask.testing import FlaskClient

from tests.web.pages import Page


def test_everybody_is_listed_with_their_role(as_admin: FlaskClient) -> None:
    page = Page(as_admin.get("/people"))

    roles = {
        row.text.split("@")[0].split()[-1]: option.text
        for row in page.all("tr")[1:]
        for option in page.all("option", selected="")
        if row in option.around
    }
    assert roles == {
        "admin": "admin",
        "charlie": "learner",
        "bob": "instructor",
        "alice": "learner",
    }
