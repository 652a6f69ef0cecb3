"""Learners' pages that save answer after answer, whatever happens to the server."""

import http.client
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from random import Random
from threading import Event, Thread
from typing import Any
from urllib.parse import urlencode

from tests.load.faults.exam import Seat
from tests.load.faults.ledger import Ledger, Save

NO_ANSWER = 0
"""Stands where the status would be, when the connection was refused, cut or silent."""
PATIENCE_SECONDS = 20
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    """What came back, when (monotonic seconds), and after how long."""

    status: int
    at: float
    seconds: float
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def __str__(self) -> str:
        return f"{self.status or 'none'} after {self.seconds:.2f} s"

    @property
    def retry_after(self) -> str | None:
        """When to try again, as the server puts it."""
        return self.headers.get("retry-after")

    def json(self) -> dict[str, Any]:
        """What the page's script is told."""
        found: dict[str, Any] = json.loads(self.body)
        return found


class Browser:
    """One learner's connection to a server on this machine."""

    def __init__(self, port: int, seat: Seat) -> None:
        self.seat = seat
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        self._cookie = f"quizapp-{port}={seat.cookie}"

    def get(self, path: str, accept: str = "text/html") -> Answer:
        """What the server shows there."""
        return self._ask("GET", path, None, accept)

    def post(self, path: str, fields: dict[str, Any], accept: str = "text/html") -> Answer:
        """What the server says to the form."""
        body = urlencode({"csrf_token": self.seat.csrf_token, **fields})
        return self._ask("POST", path, body, accept)

    def save(self, save: Save, seen: int, client: str) -> Answer:
        """What the server says to one save by the page's script."""
        fields = {"text": save.text, "seen": seen, "client": client, "sequence": save.sequence}
        path = f"/attempts/{save.attempt_id}/responses/{save.position}"
        return self.post(path, fields, accept="application/json")

    def finish(self) -> Answer:
        """What the server says when the learner finishes the attempt."""
        return self.post(f"/attempts/{self.seat.attempt_id}/submission", {})

    def close(self) -> None:
        """Nothing is open; the next request opens a connection anew."""
        self._connection.close()

    def _ask(self, method: str, path: str, body: str | None, accept: str) -> Answer:
        headers = {"Cookie": self._cookie, "Accept": accept, "Content-Type": FORM}
        began = time.monotonic()
        try:
            self._connection.request(method, path, body, headers)
            response = self._connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            now = time.monotonic()
            return Answer(NO_ANSWER, now, now - began)
        now = time.monotonic()
        return Answer(response.status, now, now - began, dict(response.getheaders()), content)


def finish(port: int, seat: Seat) -> Answer:
    """What the server says to a learner who finishes."""
    with closing(Browser(port, seat)) as browser:
        return browser.finish()


class SavingClient(Thread):
    """A page that saves again and again; what fails is sent again, as the browser's script does."""

    def __init__(self, port: int, seat: Seat, pace_seconds: float) -> None:
        super().__init__(daemon=True)
        self.ledger = Ledger()
        self.answers: list[Answer] = []
        self.stopping = Event()
        self._browser = Browser(port, seat)
        self._pace_seconds = pace_seconds
        self._rng = Random(seat.attempt_id)
        self._sequence = 0
        self._seen = dict.fromkeys(seat.positions, 0)

    def run(self) -> None:
        while not self.stopping.wait(self._rng.uniform(0, 2 * self._pace_seconds)):
            self._save_until_told(self._rng.choice(list(self._seen)))
        self._browser.close()

    def _save_until_told(self, position: int) -> None:
        """A new text is stored at ``position``, or the client was stopped on the way."""
        seat = self._browser.seat
        self._sequence += 1
        text = f"{seat.attempt_id}-{position}-{self._sequence}"
        while True:
            save = self.ledger.send(seat.attempt_id, position, self._sequence, text)
            answer = self._browser.save(save, self._seen[position], f"page-{seat.attempt_id}")
            self.answers.append(answer)
            if answer.status == http.client.OK:
                self._note(save, answer)
                return
            self._browser.close()  # so that any worker may get the next one
            if self.stopping.wait(self._rng.uniform(0.05, 0.4)):
                return
            self._sequence += self._rng.choice((0, 1))  # the very same again, or a new request

    def _note(self, save: Save, answer: Answer) -> None:
        told = answer.json()
        save.is_acknowledged = True
        save.is_superseded = told["superseded"]
        self._seen[save.position] = told["save_count"]


@dataclass(frozen=True)
class Crowd:
    """Clients that are saving at the same time."""

    clients: Sequence[SavingClient]

    @property
    def ledgers(self) -> list[Ledger]:
        return [client.ledger for client in self.clients]

    def answers(self) -> list[Answer]:
        """What all were told, in no order."""
        return [answer for client in self.clients for answer in list(client.answers)]

    def statuses(self) -> Counter[int]:
        """How often each status came, and no answer."""
        return Counter(answer.status for answer in self.answers())

    def summary(self) -> str:
        """``8000 × 200, 31 × 503``: how often each status came."""
        return ", ".join(f"{n} × {status or 'none'}" for status, n in self.statuses().most_common())

    def answers_during(self, first: float, last: float) -> list[Answer]:
        """What all were told of saves that were under way between two moments (monotonic)."""
        return [
            answer
            for answer in self.answers()
            if answer.at >= first and answer.at - answer.seconds <= last
        ]

    def seconds_until_all_saved(self, since: float) -> float | None:
        """Seconds from ``since`` until each client had a save acknowledged; None if not yet."""
        times = [_first_success(client, since) for client in self.clients]
        found = [at for at in times if at is not None]
        return max(found) - since if len(found) == len(times) else None

    def wait_until_all_save(self, since: float, patience_seconds: float) -> float | None:
        """The same, waited for; None when it takes too long."""
        while time.monotonic() < since + patience_seconds:
            if (seconds := self.seconds_until_all_saved(since)) is not None:
                return seconds
            time.sleep(0.01)
        return None


@contextmanager
def saving(port: int, seats: Sequence[Seat], pace_seconds: float = 0.2) -> Iterator[Crowd]:
    """A client in each seat saves meanwhile, on average once in ``pace_seconds``."""
    clients = [SavingClient(port, seat, pace_seconds) for seat in seats]
    for client in clients:
        client.start()
    try:
        yield Crowd(clients)
    finally:
        for client in clients:
            client.stopping.set()
        for client in clients:
            client.join(2 * PATIENCE_SECONDS)


def _first_success(client: SavingClient, moment: float) -> float | None:
    """When the client was told after that moment that it is saved; both monotonic."""
    found = None
    for answer in reversed(client.answers):
        if answer.at <= moment:
            break
        if answer.status == http.client.OK:
            found = answer.at
    return found
