"""What the program believes about one learner, for other programs.

The document has these fields; times are ISO 8601 in UTC, shares lie between 0 and 1. A later
version may add fields; ``version`` counts up when one changes its meaning or goes.

    format       "quizapp-skill-model"
    version      1
    made_at      when; estimates hold for that time
    answers      graded answers that the beliefs are made of
    model        which numbers made the beliefs: the first digits of a digest; null where unknown
    readiness    role, level; value, low, high: the share right in a typical interview
    skills       of each skill: id, name, area, bank, level; value, low, high: the probability of
                 being right, guessing aside, on a new question of difficulty 3; answers, right
                 (the sum of their scores), last_answered_at; label: weak, fair, strong, unknown;
                 memories: questions answered and still asked; due: those to be seen again today
    beliefs      of each node of the tree that was answered on ("" is the learner as a whole):
                 node, and the fields of ``domain.mastery.NodeBelief``; means in logits

``low`` and ``high`` hold the truth with 80 % probability.
"""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain import mastery, readiness
from quizapp.domain.mastery import Estimate, NodeBelief
from quizapp.domain.outlook import Outlook
from quizapp.domain.taxonomy import Taxonomy
from quizapp.services import believing, skill_items, skills, taxonomies
from quizapp.services.skill_items import Remembered
from quizapp.services.skills import SkillEstimate

FORMAT = "quizapp-skill-model"
VERSION = 1
NO_MEMORIES = Remembered(0, 0)


def export(session: Session, user: models.User, now: datetime) -> dict[str, Any]:
    """The person's own model at ``now``, fit for JSON."""
    taxonomy = taxonomies.current(session)
    held = believing.of_learner(session, user.id)
    seen = held.outlook(now)
    remembered = skill_items.remembered(session, user.id, now)
    estimates = skills.estimates(taxonomy.skills.values(), seen)
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_at": now.isoformat(),
        "answers": seen.answers,
        "model": held.model.digest,
        "readiness": _readiness(taxonomy, seen, user.target_role, now),
        "skills": [_skill(each, remembered.get(each.skill.id)) for each in estimates],
        "beliefs": [_belief(node, seen.beliefs[node]) for node in sorted(seen.beliefs)],
    }


def _readiness(
    taxonomy: Taxonomy, seen: Outlook, target_role: str | None, now: datetime
) -> dict[str, Any]:
    role = taxonomy.role(target_role)
    estimate = readiness.usual(taxonomy, role, seen, now)
    return {"role": role.id, "level": readiness.usual_level(taxonomy, role), **_range(estimate)}


def _skill(each: SkillEstimate, remembered: Remembered | None) -> dict[str, Any]:
    skill, estimate = each
    last = estimate.last_answered_at
    return {
        "id": skill.id,
        "name": skill.name,
        "area": skill.area_id,
        "bank": skill.bank_id,
        "level": skill.level,
        **_range(estimate),
        "answers": estimate.answers,
        "right": estimate.wins,
        "last_answered_at": last.isoformat() if last else None,
        "label": mastery.label(estimate),
        **(remembered or NO_MEMORIES)._asdict(),
    }


def _range(estimate: Estimate) -> dict[str, float]:
    return {"value": estimate.value, "low": estimate.low, "high": estimate.high}


def _belief(node: str, belief: NodeBelief) -> dict[str, Any]:
    values = belief._asdict().items()
    told = {name: each.isoformat() if isinstance(each, datetime) else each for name, each in values}
    return {"node": node, **told}
