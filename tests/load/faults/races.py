"""Many at once: starts make one attempt, finishes grade once, what was saved before counts."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier
from typing import TypeVar

from flask import Flask

from quizapp.db import models
from tests import factories
from tests.load.faults import clients, doctor, exam, server
from tests.load.faults.clients import Answer, Browser
from tests.load.faults.exam import RIGHT_ANSWER, Exam, Seat
from tests.load.faults.ledger import Save
from tests.load.faults.verdicts import Verdict, none_of

FAULT = "at once"
SAVED, FOUND, CONFLICT = 200, 302, 409
PATIENCE_SECONDS = 10

Result = TypeVar("Result")
Told = tuple[Save, Answer]


def run(url: str, folder: Path, learners: int, clicks: int) -> list[Verdict]:
    """Of each learner saves that race a finish, then so many finishes, then so many starts."""
    made = exam.make(url, folder, learners)
    with server.running(url, folder) as target, made.app() as app:
        raced = [answer for seat in made.seats for answer in _race(target.port, seat)]
        finished = [_click(target.port, seat, clients.finish, clicks) for seat in made.seats]
        started = [_click(target.port, seat, _start, clicks) for seat in made.seats]
        return [
            none_of(FAULT, "a save counts if told so", _miscounted(app, raced), _summary(raced)),
            none_of(FAULT, f"{clicks} finishes grade once", _badly_graded(app, made)),
            none_of(FAULT, "every finish is answered", _not_found(finished), learners * clicks),
            none_of(FAULT, f"{clicks} starts make one attempt", _badly_started(app, made)),
            none_of(FAULT, "every start is answered", _not_found(started), learners * clicks),
            doctor.check(FAULT, app),
        ]


def together(works: Sequence[Callable[[], Result]]) -> list[Result]:
    """What each of ``works`` returned; all begin at the same moment."""
    barrier = Barrier(len(works))

    def run_one(work: Callable[[], Result]) -> Result:
        barrier.wait(PATIENCE_SECONDS)
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run_one, works))


def _race(port: int, seat: Seat) -> list[Told]:
    """What was answered to a save at each question, all at once with a finish."""
    saves = [Save(seat.attempt_id, position, 1, RIGHT_ANSWER) for position in seat.positions]
    works: list[Callable[[], Answer]] = [_saving(port, seat, save) for save in saves]
    answers = together([*works, lambda: clients.finish(port, seat)])
    return list(zip(saves, answers, strict=False))


def _miscounted(app: Flask, raced: Sequence[Told]) -> list[str]:
    """Saves whose value and score are not what was answered."""
    rows = {(row.attempt_id, row.position): row for row in factories.rows(app, models.Response)}
    return [
        f"{save.place} was told {answer}, and holds {rows[save.place].value!r}"
        for save, answer in raced
        if (rows[save.place].value, rows[save.place].score) != _due(answer)
    ]


def _summary(raced: Sequence[Told]) -> str:
    saved = sum(answer.status == SAVED for _, answer in raced)
    return f"{saved} saved and {len(raced) - saved} too late"


def _due(answer: Answer) -> tuple[str | None, float] | None:
    """The value and the score that a save must have that was told so."""
    if answer.status == SAVED:
        return RIGHT_ANSWER, 1.0
    return (None, 0.0) if answer.status == CONFLICT else None


def _saving(port: int, seat: Seat, save: Save) -> Callable[[], Answer]:
    def work() -> Answer:
        with closing(Browser(port, seat)) as browser:
            return browser.save(save, seen=0, client="page")

    return work


def _start(port: int, seat: Seat) -> Answer:
    with closing(Browser(port, seat)) as browser:
        return browser.post(f"/quizzes/{exam.QUIZ}/attempts", {})


def _click(
    port: int, seat: Seat, action: Callable[[int, Seat], Answer], clicks: int
) -> list[Answer]:
    return together([lambda: action(port, seat)] * clicks)


def _badly_graded(app: Flask, made: Exam) -> list[str]:
    """Attempts whose points are not the sum of their scores, or whose record is not one.

    An attempt without an answer has none: it says nothing about its learner.
    """
    records = Counter(row.attempt_id for row in factories.rows(app, models.ReadinessRecord))
    scores: dict[int, float] = defaultdict(float)
    is_answered: dict[int, bool] = defaultdict(bool)
    for row in factories.rows(app, models.Response):
        scores[row.attempt_id] += row.score or 0.0
        is_answered[row.attempt_id] |= row.value is not None
    points = {row.id: row.points for row in factories.rows(app, models.Attempt)}
    return [
        f"attempt {id_}: {points[id_]} points for {scores[id_]}, {records[id_]} records"
        for id_ in (seat.attempt_id for seat in made.seats)
        if points[id_] != scores[id_] or records[id_] != int(is_answered[id_])
    ]


def _badly_started(app: Flask, made: Exam) -> list[str]:
    """People who do not have exactly one attempt beside the finished one."""
    owners = [row.user_id for row in factories.rows(app, models.Attempt) if not row.finished_at]
    people = [seat.user_id for seat in made.seats]
    return [f"{owners.count(id_)} attempts" for id_ in people if owners.count(id_) != 1]


def _not_found(answers: list[list[Answer]]) -> list[Answer]:
    """Answers that did not lead anywhere."""
    return [answer for each in answers for answer in each if answer.status != FOUND]
