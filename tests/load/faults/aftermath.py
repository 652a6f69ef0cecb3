"""What is asked after every fault: was anything lost, stored twice, or answered wrongly?"""

from collections.abc import Collection, Sequence

from tests.load.faults import clients, doctor, ledger
from tests.load.faults.clients import Crowd
from tests.load.faults.exam import Exam
from tests.load.faults.verdicts import Verdict, none_of

SAVED_OR_BUSY = frozenset((200, 503))
SAVED_BUSY_OR_GONE = SAVED_OR_BUSY | {clients.NO_ANSWER}


def inspect(
    fault: str,
    made: Exam,
    crowd: Crowd,
    statuses: Collection[int] = SAVED_OR_BUSY,
    expected: Sequence[str] = (),
) -> list[Verdict]:
    """The verdicts on what the database holds, and on what clients were told, beside ``statuses``.

    "Saved" was never said of what was not: that is, no acknowledged save is lost. ``expected`` is
    what doctor must find.
    """
    with made.app() as app:
        found = ledger.compare(app, crowd.ledgers)
        checked = doctor.check(fault, app, expected)
    others = {status: n for status, n in crowd.statuses().items() if status not in statuses}
    waiting = [each for each in crowd.answers() if each.status == 503 and not each.retry_after]
    return [
        none_of(fault, "no acknowledged save lost", found.lost, found.acknowledged),
        none_of(fault, "no save twice", found.duplicated, found.acknowledged),
        none_of(fault, "saves answered as expected", sorted(others.items()), crowd.summary()),
        none_of(fault, "503 says when to try again", waiting),
        checked,
    ]
