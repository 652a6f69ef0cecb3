"""Rows, relations and constraints; no rules. Used as ``models.Attempt``."""

from quizapp.db.models.accounts import Invitation, SignIn, User
from quizapp.db.models.attempts import Attempt, Response
from quizapp.db.models.bank import Item, ItemBank, ItemRevision, ItemSkill, QuestionLoad
from quizapp.db.models.quizzes import Quiz
from quizapp.db.models.skills import ReadinessRecord, Skill, SkillBelief, TaxonomyEdition
from quizapp.db.models.uploads import Upload

__all__ = [
    "Attempt",
    "Invitation",
    "Item",
    "ItemBank",
    "ItemRevision",
    "ItemSkill",
    "QuestionLoad",
    "Quiz",
    "ReadinessRecord",
    "Response",
    "SignIn",
    "Skill",
    "SkillBelief",
    "TaxonomyEdition",
    "Upload",
    "User",
]
