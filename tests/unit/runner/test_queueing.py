"""Who is next."""

import threading

import pytest

from quizapp.domain.programs.jobs import Job, Outcome
from quizapp.runner.errors import RunnerBusyError
from quizapp.runner.queueing import Queue, Ticket

JOB = Job("python", "", "", (), 1)
RAN = Outcome("ran", {})


def add(queue: Queue, owner: str, *, urgent: bool = True) -> Ticket:
    ticket = Ticket(JOB, owner, urgent)
    queue.add(ticket)
    return ticket


def take(queue: Queue) -> Ticket:
    ticket = queue.take()
    assert ticket is not None
    return ticket


def owners(queue: Queue, count: int) -> list[str]:
    """Who comes next, if each is done before the next begins."""
    found = []
    for _ in range(count):
        ticket = take(queue)
        found.append(ticket.owner)
        queue.finish(ticket, RAN)
    return found


def test_owners_take_turns() -> None:
    queue = Queue(1)
    for owner in ("alice", "alice", "alice", "bob", "charlie", "bob"):
        add(queue, owner)

    assert owners(queue, 6) == ["alice", "bob", "charlie", "alice", "bob", "alice"]


def test_somebody_who_waits_goes_before_grading() -> None:
    queue = Queue(1)
    add(queue, "grader", urgent=False)
    add(queue, "alice")

    assert owners(queue, 2) == ["alice", "grader"]


def test_one_program_of_a_person_runs_at_a_time() -> None:
    queue = Queue(4)
    first, _second = add(queue, "alice"), add(queue, "alice")
    add(queue, "bob")

    assert take(queue) is first
    assert take(queue).owner == "bob"
    assert queue.waiting == 1


def test_two_more_of_a_person_may_wait() -> None:
    queue = Queue(4)
    add(queue, "alice")
    running = take(queue)
    add(queue, "alice")
    add(queue, "alice")

    with pytest.raises(RunnerBusyError, match="earlier runs"):
        add(queue, "alice")
    queue.finish(running, RAN)
    add(queue, "alice")


def test_grading_leaves_one_worker_to_people() -> None:
    queue = Queue(2)
    add(queue, "grader", urgent=False)
    add(queue, "grader", urgent=False)
    take(queue)
    add(queue, "alice")

    assert take(queue).owner == "alice"
    assert queue.waiting == 1


def test_a_single_worker_grades_too() -> None:
    queue = Queue(1)
    add(queue, "grader", urgent=False)

    assert take(queue).owner == "grader"


def test_who_has_gone_away_is_not_run() -> None:
    queue = Queue(1)
    gone, here = add(queue, "alice"), add(queue, "bob")

    assert queue.cancel(gone)
    assert take(queue) is here
    assert not queue.cancel(here)


def test_a_worker_that_waits_gets_what_comes() -> None:
    queue, found = Queue(1), []
    thread = threading.Thread(target=lambda: found.append(queue.take()))
    thread.start()

    ticket = add(queue, "alice")

    thread.join(5)
    assert found == [ticket]


def test_the_end_is_told_to_all() -> None:
    queue = Queue(1)
    running, waiting = add(queue, "alice"), add(queue, "bob")
    take(queue)

    queue.close("It ends.")

    assert queue.take() is None
    assert running.is_done.is_set()
    assert (waiting.outcome, waiting.error) == (None, "It ends.")
