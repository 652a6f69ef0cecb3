"""Rows, relations and constraints; no rules. Used as ``models.Attempt``."""

from quizapp.db.models.accounts import Accommodation, Invitation, SignIn, User
from quizapp.db.models.attempts import (
    Attempt,
    RecoveredResponse,
    Response,
    ResponseChange,
    TimeChange,
)
from quizapp.db.models.bank import (
    Item,
    ItemBank,
    ItemRevision,
    ItemSkill,
    QuestionLoad,
    new_edition,
)
from quizapp.db.models.grading import GradingJob, Verdict
from quizapp.db.models.images import Image, ItemImage, UploadImage
from quizapp.db.models.marks import Mark, MarkChange
from quizapp.db.models.memory import ItemMemory, MistakeNote
from quizapp.db.models.plans import StudySettings
from quizapp.db.models.quizzes import Quiz
from quizapp.db.models.runs import CodeRun, RunAllowance
from quizapp.db.models.skills import (
    ReadinessRecord,
    Skill,
    SkillBelief,
    SkillClaim,
    SkillModelEdition,
    TaxonomyEdition,
)
from quizapp.db.models.uploads import Upload

__all__ = [
    "Accommodation",
    "Attempt",
    "CodeRun",
    "GradingJob",
    "Image",
    "Invitation",
    "Item",
    "ItemBank",
    "ItemImage",
    "ItemMemory",
    "ItemRevision",
    "ItemSkill",
    "Mark",
    "MarkChange",
    "MistakeNote",
    "QuestionLoad",
    "Quiz",
    "ReadinessRecord",
    "RecoveredResponse",
    "Response",
    "ResponseChange",
    "RunAllowance",
    "SignIn",
    "Skill",
    "SkillBelief",
    "SkillClaim",
    "SkillModelEdition",
    "StudySettings",
    "TaxonomyEdition",
    "TimeChange",
    "Upload",
    "UploadImage",
    "User",
    "Verdict",
    "new_edition",
]
