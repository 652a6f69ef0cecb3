"""Who is next: people who wait before grading, and owners one after the other."""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from threading import Condition, Event

from quizapp.domain.programs.jobs import Job, Outcome
from quizapp.runner.errors import FULL, RunnerBusyError

MOST_URGENT_WAITING = 2
"""Of one owner, beside the one that runs."""
MOST_WAITING = 2_000
BUSY = "Your earlier runs are not finished yet. Wait for them, then run again."


@dataclass(eq=False)
class Ticket:
    """One job on its way. ``outcome`` is there as soon as ``is_done`` is set."""

    job: Job
    owner: str
    is_urgent: bool
    is_done: Event = field(default_factory=Event)
    outcome: Outcome | None = None
    error: str = ""
    """Why there will be no outcome."""


class _Line:
    """Tickets of one urgency: a turn for each owner, within it in the order of arrival."""

    def __init__(self) -> None:
        self._owners: OrderedDict[str, deque[Ticket]] = OrderedDict()

    def __len__(self) -> int:
        return sum(map(len, self._owners.values()))

    def count(self, owner: str) -> int:
        return len(self._owners.get(owner, ()))

    def add(self, ticket: Ticket) -> None:
        self._owners.setdefault(ticket.owner, deque()).append(ticket)

    def remove(self, ticket: Ticket) -> bool:
        tickets = self._owners.get(ticket.owner, deque())
        if ticket not in tickets:
            return False
        tickets.remove(ticket)
        if not tickets:
            del self._owners[ticket.owner]
        return True

    def next(self, resting: set[str]) -> Ticket | None:
        """The first ticket of the owner whose turn it is, of those who are not ``resting``."""
        for owner, tickets in self._owners.items():
            if owner in resting:
                continue
            ticket = tickets.popleft()
            self._owners.move_to_end(owner)
            if not tickets:
                del self._owners[owner]
            return ticket
        return None


class Queue:
    """Tickets that wait, and those that run on one of ``workers``."""

    def __init__(self, workers: int) -> None:
        self._most_patient = max(1, workers - 1)
        self._changed = Condition()
        self._urgent, self._patient = _Line(), _Line()
        self._running: set[Ticket] = set()
        self._is_closed = False

    def add(self, ticket: Ticket) -> None:
        """``ticket`` waits. Raises RunnerBusyError when too much waits, of its owner or in all."""
        with self._changed:
            if len(self._urgent) + len(self._patient) >= MOST_WAITING:
                raise RunnerBusyError(FULL)
            if ticket.is_urgent and self._count_urgent(ticket.owner) > MOST_URGENT_WAITING:
                raise RunnerBusyError(BUSY)
            (self._urgent if ticket.is_urgent else self._patient).add(ticket)
            self._changed.notify()

    def take(self) -> Ticket | None:
        """The next ticket, which runs from now on; waits for one. None once it is closed."""
        with self._changed:
            while not self._is_closed:
                if ticket := self._next():
                    self._running.add(ticket)
                    return ticket
                self._changed.wait()
        return None

    def finish(self, ticket: Ticket, outcome: Outcome | None = None, error: str = "") -> None:
        """``ticket`` runs no more; whoever waits for it goes on."""
        with self._changed:
            self._running.discard(ticket)
            self._changed.notify_all()
        ticket.outcome, ticket.error = outcome, error
        ticket.is_done.set()

    def cancel(self, ticket: Ticket) -> bool:
        """Whether ``ticket`` still waited, and does not any more."""
        with self._changed:
            return self._urgent.remove(ticket) or self._patient.remove(ticket)

    def close(self, reason: str) -> None:
        """Nobody gets a ticket any more, and whoever waits is told why."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
            left = list(self._running)
            for line in (self._urgent, self._patient):
                while ticket := line.next(set()):
                    left.append(ticket)
        for ticket in left:
            ticket.error = reason
            ticket.is_done.set()

    @property
    def waiting(self) -> int:
        with self._changed:
            return len(self._urgent) + len(self._patient)

    def _next(self) -> Ticket | None:
        """One worker of several is kept for people: what runs for them is over in seconds."""
        resting = {ticket.owner for ticket in self._running if ticket.is_urgent}
        if ticket := self._urgent.next(resting):
            return ticket
        patient = sum(not ticket.is_urgent for ticket in self._running)
        return self._patient.next(set()) if patient < self._most_patient else None

    def _count_urgent(self, owner: str) -> int:
        running = sum(ticket.is_urgent and ticket.owner == owner for ticket in self._running)
        return self._urgent.count(owner) + running
