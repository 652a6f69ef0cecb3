"""Editions of the skill model's parameters: which is live, and which made a learner's beliefs."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import ConflictError, NotFoundError
from quizapp.domain.skill_model import SkillModel
from quizapp.domain.skill_parameters import COLD, SkillParameters
from quizapp.services import taxonomies

Requires: TypeAlias = Mapping[str, tuple[str, ...]]
Prerequisites: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]

DIGITS = 16
MOST_KNOWN = 8
_known: dict[str, "Model"] = {}
"""Models by their digests: made once in a process."""
_by_source: dict[tuple[str | None, "Prerequisites"], "Model"] = {}
"""The same by the edition's own digest (None: built in) and the prerequisites."""
_guesses: dict[tuple[str, str | None], "Model"] = {}
"""Those of digests that nothing has any more, by these and that of the live model."""


class Model(NamedTuple):
    """Numbers with the prerequisites of the taxonomy, and the digest of both.

    The digest is None of beliefs where nobody noted what made them.
    """

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
    requires = taxonomies.prerequisites(session)
    edition = session.connection().scalar(_LIVE)
    source = edition, tuple(sorted(requires.items()))
    found = _by_source.get(source)
    if found is None:
        numbers = COLD if edition is None else _stored(session, edition)
        if numbers is None:
            return built_in(session)
        found = _by_source[source] = _model(numbers, requires)
    return found


def of(session: Session, digest: str | None) -> Model:
    """The model of beliefs with that digest, which they keep.

    Where nothing has it any more, as after an upgrade with other built-in numbers or with another
    taxonomy, what is live is the best guess at theirs until they are made anew.
    """
    if digest is None:  # from before there were editions
        return Model(None, built_in(session).numbers)
    known = _known.get(digest)
    if known is not None:
        return known
    now = live(session)
    guess = _guesses.get((digest, now.digest))
    if digest == now.digest or guess is not None:
        return guess or now
    requires = now.numbers.requires
    stored = [each for edition in editions(session) if (each := _parsed(edition)) is not None]
    former = next((each for each in (*stored, COLD) if digest_of(each, requires) == digest), None)
    if former is not None:
        return _model(former, requires)
    return _guesses.setdefault((digest, now.digest), Model(digest, now.numbers))


def built_in(session: Session) -> Model:
    """The model of a site without answers."""
    return _model(COLD, taxonomies.prerequisites(session))


def digest_of(parameters: SkillParameters, requires: Requires = MappingProxyType({})) -> str:
    """Tells these parameters, with these prerequisites, from all others."""
    document = json.dumps([parameters.document(), dict(requires)], sort_keys=True)
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


def _model(parameters: SkillParameters, requires: Requires) -> Model:
    digest = digest_of(parameters, requires)
    found = _known.get(digest)
    if found is None:
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        found = _known[digest] = Model(digest, SkillModel(parameters, requires))
    return found


def _stored(session: Session, digest: str) -> SkillParameters | None:
    edition = session.scalar(_OF_DIGEST, {"digest": digest})
    return None if edition is None else _parsed(edition)


def _parsed(edition: models.SkillModelEdition) -> SkillParameters | None:
    """Its parameters; None where they are in a format that we do not read."""
    try:
        return SkillParameters.parse(edition.parameters)
    except ValueError:
        return None


_edition = models.SkillModelEdition.__table__.c
_LIVE = select(_edition.digest).where(_edition.is_live)
_LIVE_ONES = select(models.SkillModelEdition).where(models.SkillModelEdition.is_live)
_OF_DIGEST = select(models.SkillModelEdition).where(
    models.SkillModelEdition.digest == bindparam("digest")
)
