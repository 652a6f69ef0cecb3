"""Light or dark, kept in a cookie."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.web.foreign_places import FOREIGN_PLACES
from tests.web.pages import Page, post


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_chosen_theme_is_kept_for_a_year(client: FlaskClient, theme: str) -> None:
    answer = post(client, "/theme", {"theme": theme, "next": "/sign-in"})

    cookie = client.get_cookie("theme")
    assert answer.location == "/sign-in"
    assert Page(client.get("/")).one("html")["data-theme"] == theme
    assert cookie is not None
    assert (cookie.value, cookie.max_age, cookie.same_site) == (
        theme,
        timedelta(days=365) / timedelta(seconds=1),
        "Lax",
    )


def test_the_button_without_a_script_changes_to_the_other_theme(client: FlaskClient) -> None:
    seen = []
    for _ in range(3):
        post(client, "/theme")
        seen.append(Page(client.get("/")).one("html")["data-theme"])

    assert seen == ["dark", "light", "dark"]


def test_a_cookie_that_somebody_wrote_does_not_reach_the_page(client: FlaskClient) -> None:
    client.set_cookie("theme", '"><script>alert(1)</script>')

    answer = client.get("/")

    assert "data-theme" not in Page(answer).one("html")
    assert "alert(1)" not in answer.text


def test_changing_the_theme_leads_to_pages_of_this_site(client: FlaskClient) -> None:
    found = {path: post(client, "/theme", {"next": path}).location for path in FOREIGN_PLACES}

    assert found == dict.fromkeys(FOREIGN_PLACES, "/")
