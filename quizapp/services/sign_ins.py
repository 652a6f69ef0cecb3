"""Who a request comes from, as a condition that a statement checks by itself."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, text
from sqlalchemy.orm import Session

from quizapp.db.base import UtcDateTime
from quizapp.domain.errors import SignInError


@dataclass(frozen=True)
class Proof:
    """A browser's sign-in: the hash of its token, and since when it must have begun and been used.

    Looked up where it matters, so a sign-in that was ended on the server is refused at once.
    """

    token_hash: str
    begun_after: datetime
    seen_after: datetime

    def parameters(self) -> dict[str, object]:
        """Values for the parameters of a statement that checks the sign-in."""
        return {
            "token_hash": self.token_hash,
            "begun_after": self.begun_after,
            "seen_after": self.seen_after,
        }


# A running clock keeps a sign-in from going idle.
_LIVING = """
    FROM sign_in JOIN user_account ON user_account.id = sign_in.user_id
    WHERE sign_in.token_hash = :token_hash
        AND sign_in.created_at > :begun_after
        AND user_account.is_enabled
        AND (
            sign_in.last_seen_at > :seen_after
            OR EXISTS (
                SELECT 1 FROM attempt AS timed
                WHERE timed.user_id = sign_in.user_id
                    AND timed.finished_at IS NULL AND timed.ends_at IS NOT NULL
            )
        )
"""

PARAMETERS = (
    bindparam("begun_after", type_=UtcDateTime()),
    bindparam("seen_after", type_=UtcDateTime()),
)

_PERSON = text(f"SELECT user_account.id {_LIVING}").bindparams(*PARAMETERS)


def holds(user_id: str) -> str:
    """SQL that is true when the person of that SQL expression has the sign-in; ``PARAMETERS``."""
    return f"EXISTS (SELECT 1 {_LIVING} AND sign_in.user_id = {user_id})"


def person(session: Session, proof: Proof) -> int:
    """The id of who has the sign-in. Raises SignInError when it has ended."""
    user_id = session.scalar(_PERSON, proof.parameters())
    if user_id is None:
        raise SignInError("You are signed out. Sign in, then try again.")
    return int(user_id)
