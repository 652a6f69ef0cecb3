"""Writes that another site causes are refused, whatever token they bring."""

import pytest
from flask.testing import FlaskClient

from tests.factories import csrf_token


@pytest.mark.parametrize(
    ("site", "status"),
    [("same-origin", 302), ("none", 302), (None, 302), ("cross-site", 400), ("same-site", 400)],
)
def test_a_write_must_come_from_our_own_pages(
    client: FlaskClient, site: str | None, status: int
) -> None:
    headers = {} if site is None else {"Sec-Fetch-Site": site}

    answer = client.post("/theme", data={"csrf_token": csrf_token(client)}, headers=headers)

    assert answer.status_code == status


def test_a_page_may_be_linked_from_anywhere(client: FlaskClient) -> None:
    assert client.get("/sign-in", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200
