"""The taxonomy in force: loaded from a file into the database, read from there by everyone."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import NotFoundError
from quizapp.domain.taxonomy import Taxonomy


def load(session: Session, taxonomy: Taxonomy, now: datetime) -> bool:
    """``taxonomy`` is in force; False when it already was."""
    document = taxonomy.export()
    digest = _digest(document)
    newest = session.scalar(_newest_first().limit(1))
    if newest is not None and newest.digest == digest:
        return False
    edition = session.scalar(_newest_first().where(models.TaxonomyEdition.digest == digest))
    if edition is not None:  # an earlier edition comes back: it becomes the newest again
        session.delete(edition)
        session.flush()
    session.add(models.TaxonomyEdition(digest=digest, document=document, loaded_at=now))
    for skill in taxonomy.skills.values():
        session.merge(models.Skill(id=skill.id, name=skill.name))
    return True


def current(session: Session) -> Taxonomy:
    """The taxonomy in force. Raises NotFoundError before the first was loaded."""
    digest = session.connection().scalar(_NEWEST_DIGEST)
    if digest is None:
        raise NotFoundError("No taxonomy is loaded. Run `flask bank load`.")
    taxonomy = _parsed.get(digest)
    if taxonomy is None:
        of_digest = models.TaxonomyEdition.digest == digest
        document = session.scalars(select(models.TaxonomyEdition.document).where(of_digest)).one()
        if len(_parsed) >= MOST_PARSED:
            _parsed.clear()
        taxonomy = _parsed[digest] = Taxonomy.parse(document)
    return taxonomy


def prerequisites(session: Session) -> Mapping[str, tuple[str, ...]]:
    """What comes before each skill of the taxonomy in force; nothing before one is loaded."""
    try:
        skills = current(session).skills.values()
    except NotFoundError:
        return {}
    return {skill.id: skill.requires for skill in skills if skill.requires}


MOST_PARSED = 4
_parsed: dict[str, Taxonomy] = {}
"""Taxonomies by digest: parsed once in a process."""

_edition = models.TaxonomyEdition.__table__.c
_NEWEST_DIGEST = select(_edition.digest).order_by(_edition.id.desc()).limit(1)


def _newest_first() -> Any:
    return select(models.TaxonomyEdition).order_by(models.TaxonomyEdition.id.desc())


def _digest(document: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
