"""The score to expect on the day of the interview, skill by skill, and what practice adds to it.

    score    m + SEEN (1 - m) c           m = s(a),  c = sum of recalls / number of questions
    ability  a = a0 + h k(t)              t: days from the last practice to the interview
    practice h <- h + GAIN p (1 - r) (1 - s(a0 + h))   r: recall just before, 0 of a new question
    open     p = preparedness, by m of the weakest prerequisite

with s the logistic function, a0 the ability on the day without any practice, and h what practice
keeps alive: at first what would be forgotten until then. k is the power law by which the skill
model forgets. Either knowing the skill or remembering the question is enough to be right, hence
the product (1 - m) c. GAIN, in logits, is an assumption of ours; the decision on the plan says how
little depends on it.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import log
from typing import NamedTuple

from quizapp.domain import skill_model
from quizapp.domain.foresight import Trace, recalled, revisited
from quizapp.domain.preparedness import preparedness
from quizapp.domain.skill_model import logistic
from quizapp.domain.skill_parameters import COLD
from quizapp.domain.study import StudySkill

SEEN = 0.5
"""The share of an interview that is like a question of the banks."""

GAIN = 0.3
"""Logits by which a question raises a skill of which nothing is known."""

_SURE = 0.999


class View(NamedTuple):
    """A question after it was asked, or foreseen to be: on which day, and what is remembered.

    Days count from the first of the plan; a day before it is negative. Of a question foreseen both
    ends are kept: remembered when it was right, which it is with chance ``right``, or wrong.
    """

    day: int
    right: float
    if_right: Trace
    if_wrong: Trace


class Revisit(NamedTuple):
    """A question foreseen to be asked once more on ``day``: its recall just before and, by what
    the answer was, then on the day of the interview.
    """

    day: int
    recall: float
    if_right: Trace
    if_wrong: Trace
    then_if_right: float
    then_if_wrong: float

    @property
    def then(self) -> float:
        """Recall on the day of the interview, by memory alone."""
        return self.recall * self.then_if_right + (1.0 - self.recall) * self.then_if_wrong


def revisit(held: View, day: int, horizon: int) -> Revisit:
    """What FSRS foretells for the question of ``held`` when it is asked again on ``day``."""
    pause = day - held.day
    recall = held.right * recalled(held.if_right, pause)
    recall += (1.0 - held.right) * recalled(held.if_wrong, pause)
    likely = held.if_right if held.right >= 0.5 else held.if_wrong
    return Revisit(day, recall, *_afterwards(likely, pause, horizon - day))


@lru_cache(maxsize=65_536)
def _afterwards(held: Trace, pause: int, left: int) -> tuple[Trace, Trace, float, float]:
    """The memory when the answer is right, when it is wrong, and the recall of each in the end."""
    right = revisited(held, pause, is_right=True)
    wrong = revisited(held, pause, is_right=False)
    return right, wrong, recalled(right, left), recalled(wrong, left)


class Change(NamedTuple):
    """What one step would make of a skill: the gain in score for each second, and its new state."""

    density: float
    learnt: float
    last: int
    recalls: float
    views: tuple[View, ...]


class Prospect:
    """One skill on the day of the interview, ``horizon`` days after the first of the plan."""

    __slots__ = ("base", "horizon", "last", "learnt", "open", "questions", "recalls",
                 "score", "share")  # fmt: skip

    def __init__(self, skill: StudySkill, share: float, questions: int, horizon: int) -> None:
        self.share = share
        self.questions = questions
        self.horizon = horizon
        self.base = _logit(skill.mastery_then)
        self.learnt = max(0.0, _logit(skill.mastery_now) - self.base)
        self.last: int | None = None
        self.recalls = 0.0
        self.open = 1.0
        self.score = self._score(logistic(self.base), 0.0)

    @property
    def mastery(self) -> float:
        """On the day of the interview."""
        if self.last is None:
            return logistic(self.base)
        return logistic(self.base + self.learnt * _kept(self.horizon - self.last))

    def with_new(self, seconds: int, count: int, day: int) -> Change:
        """``count`` new questions that take ``seconds`` together."""
        learnt, recalls, views = self.learnt, self.recalls, []
        for _ in range(count):
            known = logistic(self.base + learnt)
            learnt += GAIN * self.open * (1.0 - known)
            view = View(day, known, _FIRST_RIGHT, _FIRST_WRONG)
            recalls += self.recall(view)
            views.append(view)
        return self._change(seconds, learnt, day, recalls, views)

    def with_again(self, seconds: int, held: View, ahead: "Revisit") -> Change:
        """A question that was met before, once more."""
        known = logistic(self.base + self.learnt)
        right = ahead.recall + (1.0 - ahead.recall) * known
        view = View(ahead.day, right, ahead.if_right, ahead.if_wrong)
        learnt = self.learnt + GAIN * self.open * (1.0 - ahead.recall) * (1.0 - known)
        then = right * ahead.then_if_right + (1.0 - right) * ahead.then_if_wrong
        recalls = self.recalls - self.recall(held) + then
        return self._change(seconds, learnt, ahead.day, recalls, (view,))

    def most(self, held: View, seconds: int) -> float:
        """No revisit of the question gains more for each second: as if it were never forgotten."""
        mastery = logistic(self.base + (self.learnt + GAIN) * _kept(0))
        recalls = self.recalls + 1.0 - self.recall(held)
        return (self._score(mastery, recalls) - self.score) / seconds

    def recall(self, view: View) -> float:
        """Of a question on the day of the interview."""
        days = self.horizon - view.day
        return view.right * recalled(view.if_right, days) + (1.0 - view.right) * recalled(
            view.if_wrong, days
        )

    def accept(self, change: Change) -> None:
        """The step is taken."""
        self.learnt, self.last, self.recalls = change.learnt, change.last, change.recalls
        self.score = self._score(self.mastery, self.recalls)

    def remember(self, view: View) -> None:
        """A question was met before the plan."""
        self.recalls += self.recall(view)
        self.score = self._score(self.mastery, self.recalls)

    def open_by(self, prerequisites: Iterable["Prospect"]) -> None:
        """The skill can be learnt as far as what comes first lets it."""
        self.open = preparedness(first.mastery for first in prerequisites)

    def _score(self, mastery: float, recalls: float) -> float:
        return self.share * (mastery + SEEN * (1.0 - mastery) * recalls / self.questions)

    def _change(
        self, seconds: int, learnt: float, day: int, recalls: float, views: Sequence[View]
    ) -> Change:
        last = day if self.last is None else max(day, self.last)
        mastery = logistic(self.base + learnt * _kept(self.horizon - last))
        gain = self._score(mastery, recalls) - self.score
        return Change(gain / seconds, learnt, last, recalls, tuple(views))


def _kept(days: int) -> float:
    return _KEPT[days]


def _logit(share: float) -> float:
    bounded = min(_SURE, max(1.0 - _SURE, share))
    return log(bounded / (1.0 - bounded))


_KEPT = tuple(skill_model.retention(COLD.skill, days, 0) for days in range(100))
_FIRST_RIGHT = revisited(None, 0, is_right=True)
_FIRST_WRONG = revisited(None, 0, is_right=False)
