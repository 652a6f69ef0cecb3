"""Editions of the skill model's parameters: which is live, and which made a learner's beliefs."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import ConflictError, NotFoundError
from quizapp.domain.skill_model import COLD_MODEL, SkillModel
from quizapp.domain.skill_parameters import COLD, SkillParameters

DIGITS = 16
MOST_PARSED = 4
_parsed: dict[str, SkillModel] = {}
"""Models by the digest of their parameters: parsed once in a process."""


class Model(NamedTuple):
    """Numbers, and the digest of what made a belief, which is None where nobody noted it."""

    digest: str | None
    numbers: SkillModel


@dataclass(frozen=True)
class Trial:
    """How a challenger came about, and its log loss per held-out answer beside the champion's."""

    answers: int
    learners: int
    rung: str
    champion_loss: float
    challenger_loss: float

    @property
    def is_won(self) -> bool:
        return self.challenger_loss < self.champion_loss


def live(session: Session) -> Model:
    """What beliefs are to be made by: the live edition, or what is built in.

    The latter also where another version of the program has stored what this one does not read.
    """
    digest = session.connection().scalar(_LIVE)
    numbers = None if digest is None else _numbers(session, digest)
    return built_in() if numbers is None else Model(digest, numbers)


def of(session: Session, digest: str | None) -> Model:
    """The model of beliefs with that digest, which they keep.

    Where no edition has it, as after an upgrade with other built-in numbers, the live parameters
    are the best guess at theirs until they are made anew.
    """
    if digest == built_in().digest:
        return built_in()
    numbers = None if digest is None else _numbers(session, digest)
    return Model(digest, numbers or live(session).numbers)


@cache
def built_in() -> Model:
    """The model of a site without answers."""
    return Model(digest_of(COLD), COLD_MODEL)


def digest_of(parameters: SkillParameters) -> str:
    """Tells these parameters from all others."""
    document = json.dumps(parameters.document(), sort_keys=True)
    return hashlib.sha256(document.encode()).hexdigest()[:DIGITS]


def publish(
    session: Session, parameters: SkillParameters, trial: Trial, now: datetime
) -> models.SkillModelEdition:
    """The parameters that have won ``trial`` are live; if they once were, by the edition of then.

    Raises ConflictError if they have not won.
    """
    if not trial.is_won:
        raise ConflictError("Parameters that are no better than the live ones do not replace them.")
    digest = digest_of(parameters)
    known = session.scalar(_OF_DIGEST, {"digest": digest})
    if known is not None:
        return restore(session, known.id)
    restore_built_in(session)
    edition = models.SkillModelEdition(
        digest=digest,
        parameters=parameters.document(),
        fitted_at=now,
        is_live=True,
        **vars(trial),
    )
    session.add(edition)
    session.flush()
    return edition


def restore(session: Session, edition_id: int) -> models.SkillModelEdition:
    """The edition of that id is live again. Raises NotFoundError, ConflictError."""
    edition = session.get(models.SkillModelEdition, edition_id)
    if edition is None:
        raise NotFoundError(
            f"There is no edition {edition_id}. `flask skills editions` lists them."
        )
    try:
        SkillParameters.parse(edition.parameters)
    except ValueError as error:
        raise ConflictError(f"Edition {edition_id} cannot be live: {error}") from error
    restore_built_in(session)
    edition.is_live = True
    session.flush()
    return edition


def restore_built_in(session: Session) -> None:
    """No edition is live, so that the built-in parameters are."""
    for edition in session.scalars(_LIVE_ONES):
        edition.is_live = False
    session.flush()


def editions(session: Session) -> Sequence[models.SkillModelEdition]:
    """All that were ever live, the latest first."""
    newest_first = models.SkillModelEdition.id.desc()
    return session.scalars(select(models.SkillModelEdition).order_by(newest_first)).all()


def _numbers(session: Session, digest: str) -> SkillModel | None:
    """The model of that digest; None where it is not stored, or not in a format that we read."""
    found = _parsed.get(digest)
    if found is not None:
        return found
    edition = session.scalar(_OF_DIGEST, {"digest": digest})
    if edition is None:
        return None
    try:
        found = SkillModel(SkillParameters.parse(edition.parameters))
    except ValueError:
        return None
    if len(_parsed) >= MOST_PARSED:
        _parsed.clear()
    _parsed[digest] = found
    return found


_edition = models.SkillModelEdition.__table__.c
_LIVE = select(_edition.digest).where(_edition.is_live)
_LIVE_ONES = select(models.SkillModelEdition).where(models.SkillModelEdition.is_live)
_OF_DIGEST = select(models.SkillModelEdition).where(
    models.SkillModelEdition.digest == bindparam("digest")
)
