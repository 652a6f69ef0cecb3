"""What a page costs the network, at the first visit and after it."""

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Page

from quizapp.db import models
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.site import Site, position_of, start_attempt

MOST_REQUESTS = 6
MOST_BYTES = 160_000


def fetched(page: Page, path: str) -> Mapping[str, int]:
    """The bytes that came over the network for the page at ``path``, by address, with headers.

    What the browser had kept does not count.
    """
    session = page.context.new_cdp_session(page)
    addresses: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def note_address(event: Any) -> None:
        addresses[event["requestId"]] = event["request"]["url"]

    def note_size(event: Any) -> None:
        sizes[event["requestId"]] = event["encodedDataLength"]

    session.on("Network.requestWillBeSent", note_address)
    session.on("Network.loadingFinished", note_size)
    session.send("Network.enable")
    page.goto(path, wait_until="networkidle")
    session.detach()
    return {addresses[each]: size for each, size in sizes.items() if size}


def test_a_first_visit_to_a_question_is_small(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    attempt_id = start_attempt(site, learner)
    position = position_of(site, attempt_id, steps.WORD)

    loaded = fetched(open_page(learner), f"/attempts/{attempt_id}/questions/{position}")

    assert len(loaded) <= MOST_REQUESTS, loaded
    assert sum(loaded.values()) <= MOST_BYTES, loaded


def test_a_second_visit_asks_for_the_page_alone(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id = start_attempt(site, learner)
    path = f"/attempts/{attempt_id}/questions/{position_of(site, attempt_id, steps.WORD)}"
    page.goto(path, wait_until="networkidle")
    page.goto("/quizzes", wait_until="networkidle")

    loaded = fetched(page, path)

    assert [address.removeprefix(site.url) for address in loaded] == [path]
