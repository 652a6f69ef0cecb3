"""What is measured: each operation as the requests of many learners."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count, cycle
from random import Random

from tests.load.client import get, post
from tests.load.learners import QUESTIONS, QUIZ, Crowd, Sitting

JSON = "application/json"
READERS = 50
"""So few that none is away for a minute: who comes back then is noted, which is a write."""


@dataclass(frozen=True)
class Operation:
    """Requests to be sent one after the other, and the status that each should have."""

    name: str
    requests: Iterator[bytes]
    expected: int = 200


@dataclass(frozen=True)
class People:
    """Who does what: some start, some sit, some finish, one has a long past."""

    starters: Crowd
    sitters: Sitting
    finishers: Sitting
    readers: Crowd
    finished_ids: range
    """Attempts of the first reader."""


class Saves:
    """Saves of a sitting as its pages send them: each page counts its own."""

    def __init__(self, sitting: Sitting, csrf_token: str, rng: Random) -> None:
        self._sitting = sitting
        self._token = csrf_token
        self._rng = rng
        self._sequence = count(1)

    def next(self) -> bytes:
        """Another answer to some question of somebody."""
        number = self._rng.randrange(len(self._sitting.crowd))
        position = self._rng.randint(1, QUESTIONS)
        sequence = next(self._sequence)
        fields = {
            "csrf_token": self._token,
            "choice": sequence % 3,
            "text": sequence % 3,
            "seconds": 30,
            "seen": 0,
            "client": f"page-of-{number}-{position}",
            "sequence": sequence,
        }
        path = f"/attempts/{self._sitting.attempt_ids[number]}/responses/{position}"
        return post(path, self._sitting.crowd.cookies[number], fields, JSON)


def operations(people: People, csrf_token: str) -> list[Operation]:
    """Everything that has a budget, and what is told beside."""
    rng = Random(20)
    saves = Saves(people.sitters, csrf_token, rng)
    reader = people.readers.cookies[0]
    reviews = cycle(people.finished_ids)
    return [
        Operation("save", _forever(saves.next)),
        Operation("start", _starts(people.starters, csrf_token), 302),
        Operation("page", _forever(lambda: page(people.sitters, rng))),
        Operation("finish", _finishes(people.finishers, csrf_token), 302),
        Operation("review", _forever(lambda: get(f"/attempts/{next(reviews)}", reader))),
        Operation("history", _each(people.readers, "/history")),
        Operation("skills", _each(people.readers, "/skills")),
        Operation("overview", _each(people.readers, "/")),
        Operation("readiness", _each(people.readers, "/readiness")),
        Operation("clock", _forever(lambda: clock(people.sitters, rng))),
    ]


def page(sitting: Sitting, rng: Random) -> bytes:
    """Some question of somebody."""
    number = rng.randrange(len(sitting.crowd))
    path = f"/attempts/{sitting.attempt_ids[number]}/questions/{rng.randint(1, QUESTIONS)}"
    return get(path, sitting.crowd.cookies[number])


def clock(sitting: Sitting, rng: Random) -> bytes:
    """What the clock of somebody's attempt says."""
    number = rng.randrange(len(sitting.crowd))
    return get(f"/attempts/{sitting.attempt_ids[number]}/clock", sitting.crowd.cookies[number])


def start(cookie: str, csrf_token: str) -> bytes:
    """Somebody begins the quiz."""
    return post(f"/quizzes/{QUIZ}/attempts", cookie, {"csrf_token": csrf_token})


def finish(attempt_id: int, cookie: str, csrf_token: str) -> bytes:
    """Somebody hands in."""
    return post(f"/attempts/{attempt_id}/submission", cookie, {"csrf_token": csrf_token})


def sizes(people: People) -> Mapping[str, bytes]:
    """One request for each kind of page, to be weighed."""
    reader = people.readers.cookies[0]
    return {
        "page": page(people.sitters, Random(1)),
        "review": get(f"/attempts/{people.finished_ids[0]}", reader),
        "history": get("/history", reader),
        "skills": get("/skills", reader),
        "overview": get("/", reader),
        "readiness": get("/readiness", reader),
    }


def _starts(crowd: Crowd, csrf_token: str) -> Iterator[bytes]:
    return (start(cookie, csrf_token) for cookie in crowd.cookies)


def _finishes(sitting: Sitting, csrf_token: str) -> Iterator[bytes]:
    pairs = zip(sitting.attempt_ids, sitting.crowd.cookies, strict=True)
    return (finish(attempt_id, cookie, csrf_token) for attempt_id, cookie in pairs)


def _each(crowd: Crowd, path: str) -> Iterator[bytes]:
    return (get(path, cookie) for cookie in cycle(crowd.cookies[:READERS]))


def _forever(make: Callable[[], bytes]) -> Iterator[bytes]:
    while True:
        yield make()
