"""Whether the plan is worth it: simulated learners, and what they score on the day.

Run it with ``python -m tests.load.plan_simulation``. Every policy is given the same learners, the
same minutes, rest days and missed days, the same banks, and the same answers of the time before.
It fails when the plan is not ahead of each other policy by ``MARGINS``.
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import inf
from random import Random
from statistics import fmean, stdev

from quizapp.domain import mastery, planning, scheduling
from quizapp.domain.assembly import PlanSection, PoolItem, QuizPlan, draw
from quizapp.domain.mastery import NodeBelief, Observation
from quizapp.domain.outlook import Outlook
from quizapp.domain.recommendation import Setting, recommend
from quizapp.domain.scheduling import Memory
from quizapp.domain.skill_standing import PastAnswer, Prerequisite, SkillStanding
from quizapp.domain.study import StudyItem, StudySkill, StudyTime
from tests.load import plan_world
from tests.load.plan_world import GUESS, SKILLS, Question, Score, Truth, World, requires

DAYS = 30
BEGUN_AT = datetime(2026, 11, 2, 18, tzinfo=UTC)
MARGINS = {"fsrs": 0.06, "fsrs, shuffled": 0.06, "random": 0.04, "recommended": 0.02}
"""What the plan is ahead by at least, of 1, less two standard errors; a role's weights hold."""


@dataclass
class Known:
    """What the program knows of a learner: their answers, and what follows from them."""

    beliefs: dict[str, NodeBelief] = field(default_factory=dict)
    memories: dict[int, Memory] = field(default_factory=dict)
    answers: dict[int, list[PastAnswer]] = field(default_factory=dict)
    """By skill, the newest first."""
    times: dict[int, int] = field(default_factory=dict)

    def take_in(self, question: Question, is_right: bool, at: datetime) -> None:
        """One more answer is known."""
        skill = SKILLS[question.skill]
        seen = Observation((skill,), float(is_right), question.label, GUESS, at)
        self.beliefs |= mastery.update(self.beliefs, seen)
        held = self.memories.get(question.id)
        self.memories[question.id] = scheduling.reviewed(held, float(is_right), at)
        answer = PastAnswer(float(is_right), at, None, question.seconds, 1, question.id)
        self.answers.setdefault(question.skill, []).insert(0, answer)
        self.times[question.id] = self.times.get(question.id, 0) + 1


@dataclass(frozen=True)
class Terms:
    """The time that a learner has."""

    minutes: int
    rest_weekdays: frozenset[int]
    missed: frozenset[int]


@dataclass
class Case:
    """One learner on one day."""

    world: World
    known: Known
    terms: Terms
    day: int
    rng: Random

    @property
    def now(self) -> datetime:
        return BEGUN_AT + timedelta(days=self.day)


def by_plan(case: Case) -> Sequence[Question]:
    """Today's portions of the plan that is made today."""
    now, interview = case.now, BEGUN_AT + timedelta(days=DAYS)
    present, then = Outlook(case.known.beliefs, now), Outlook(case.known.beliefs, interview)
    skills = tuple(
        StudySkill(
            skill,
            skill,
            case.world.weights[place],
            present.estimate(skill).value,
            then.estimate(skill).value,
            (SKILLS[first],) if (first := requires(place)) is not None else (),
        )
        for place, skill in enumerate(SKILLS)
    )
    items = tuple(
        StudyItem(each.id, SKILLS[each.skill], each.seconds, case.known.memories.get(each.id))
        for each in case.world.questions
    )
    time = StudyTime(now.date(), interview.date(), case.terms.minutes, case.terms.rest_weekdays)
    today = planning.plan(skills, items, time).days[0]
    return [case.world.questions[item] for item in today.items]


def by_fsrs(case: Case) -> Sequence[Question]:
    """What is due, the longest overdue first, then new questions in the order of the bank."""
    return _within(case, [*_due(case), *_unmet(case)])


def by_fsrs_shuffled(case: Case) -> Sequence[Question]:
    """The same, but what is new comes from anywhere in the bank."""
    unmet = _unmet(case)
    case.rng.shuffle(unmet)
    return _within(case, [*_due(case), *unmet])


def _due(case: Case) -> list[Question]:
    memories = case.known.memories
    due = [each for each in memories if memories[each].due_at <= case.now]
    due.sort(key=lambda each: (memories[each].due_at, each))
    return [case.world.questions[each] for each in due]


def _unmet(case: Case) -> list[Question]:
    return [each for each in case.world.questions if each.id not in case.known.memories]


def by_chance(case: Case) -> Sequence[Question]:
    """Any questions."""
    return _within(case, case.rng.sample(case.world.questions, len(case.world.questions)))


def by_recommendations(case: Case) -> Sequence[Question]:
    """Sets of a dozen: nine on the skills recommended, three from anywhere, as before there was
    a plan.
    """
    chosen: list[Question] = []
    pool = [_pool_item(each, case.known) for each in case.world.questions]
    found = recommend(_standings(case), Setting(case.now))
    base, extra = divmod(9, max(1, len(found)))
    sections = [
        PlanSection(questions=base + (place < extra), skills=(each.skill,))
        for place, each in enumerate(found)
    ]
    mixed = 12 - sum(section.questions for section in sections)
    plan = QuizPlan(sections=(*sections, PlanSection(questions=mixed)))
    for _ in range(8):
        free = [item for item in pool if case.world.questions[item.item_id] not in chosen]
        chosen += [case.world.questions[each.item_id] for each in draw(plan, free, case.rng).items]
    return _within(case, chosen)


POLICIES: dict[str, Callable[[Case], Sequence[Question]]] = {
    "plan": by_plan,
    "fsrs": by_fsrs,
    "fsrs, shuffled": by_fsrs_shuffled,
    "random": by_chance,
    "recommended": by_recommendations,
}


def _within(case: Case, wanted: Sequence[Question]) -> list[Question]:
    """Those of ``wanted`` that fit the minutes, in their order."""
    left, chosen = case.terms.minutes * 60, []
    for question in wanted:
        if question.seconds <= left:
            left -= question.seconds
            chosen.append(question)
    return chosen


def _pool_item(each: Question, known: Known) -> PoolItem:
    return PoolItem(
        item_id=each.id, revision_id=each.id, bank="bank", is_practised=True,
        skills=(SKILLS[each.skill],), level="mid", seconds=each.seconds, points=1.0,
        times_seen=known.times.get(each.id, 0),
    )  # fmt: skip


def _standings(case: Case) -> list[SkillStanding]:
    seen = Outlook(case.known.beliefs, case.now)
    on_the_day = Outlook(case.known.beliefs, case.now + timedelta(weeks=4))
    known = {skill: seen.estimate(skill) for skill in SKILLS}
    return [
        SkillStanding(
            skill=skill,
            name=skill,
            weight=case.world.weights[place],
            level="mid",
            estimate=known[skill],
            value_on_the_day=on_the_day.estimate(skill).value,
            prerequisites=tuple(
                Prerequisite(SKILLS[first], SKILLS[first], known[SKILLS[first]])
                for first in (requires(place),)
                if first is not None
            ),
            responses=tuple(case.known.answers.get(place, ())[:10]),
            items_available=plan_world.QUESTIONS,
            seconds_per_item=150.0,
        )
        for place, skill in enumerate(SKILLS)
    ]


def outcome(policy: str, seed: int, weights: tuple[float, ...]) -> Score:
    """What learner number ``seed`` may expect on the day after practising by ``policy``."""
    world = plan_world.make_world(Random(seed), weights)
    truth, known = Truth(Random(seed + 10_000)), Known()
    terms = _terms(Random(seed + 20_000))
    for number, question in enumerate(Random(seed + 30_000).sample(world.questions, 40)):
        _answer(truth, known, question, -10 + number / 4)
    truth.rng = Random(seed + 40_000)
    rng = Random(seed + 50_000)
    for day in range(DAYS):
        weekday = (BEGUN_AT + timedelta(days=day)).weekday()
        if weekday not in terms.rest_weekdays and day not in terms.missed:
            chosen = POLICIES[policy](Case(world, known, terms, day, rng))
            for question in chosen:
                _answer(truth, known, question, day)
    return plan_world.score(world, truth, DAYS)


def _terms(rng: Random) -> Terms:
    missed = frozenset(day for day in range(1, DAYS) if rng.random() < 0.15)
    rest = frozenset(rng.sample(range(7), rng.choice((0, 1, 2))))
    return Terms(rng.choice((10, 20, 30, 45)), rest, missed)


def _answer(truth: Truth, known: Known, question: Question, day: float) -> None:
    is_right = truth.answer(question, day)
    known.take_in(question, is_right, BEGUN_AT + timedelta(days=day))


def simulate(
    policies: Sequence[str], seeds: Sequence[int], weights: tuple[float, ...]
) -> dict[str, list[Score]]:
    """The outcome of each learner by policy."""
    return {name: [outcome(name, seed, weights) for seed in seeds] for name in policies}


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints every policy's score and the plan's margins; 1 when one is too small."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=60)
    parser.add_argument("--first", type=int, default=0, help="number of the first learner")
    parser.add_argument("--even", action="store_true", help="all skills weigh alike")
    wanted = parser.parse_args(arguments)
    weights = (1.0,) if wanted.even else plan_world.WEIGHTS
    seeds = range(wanted.first, wanted.first + wanted.learners)
    scores = simulate(list(POLICIES), seeds, weights)
    return _report(scores, {} if wanted.even else MARGINS)


def _report(scores: Mapping[str, Sequence[Score]], margins_wanted: Mapping[str, float]) -> int:
    print(f"{'policy':16}{'score':>8}{'unmet':>8}{'met':>8}   plan ahead by (± standard error)")
    is_ahead = True
    for name, found in scores.items():
        margins = [mine.both - its.both for mine, its in zip(scores["plan"], found, strict=True)]
        unmet = [mine.unmet - its.unmet for mine, its in zip(scores["plan"], found, strict=True)]
        margin, error = fmean(margins), stdev(margins) / len(margins) ** 0.5
        is_ahead = is_ahead and margin - 2 * error >= margins_wanted.get(name, -inf)
        means = [fmean(getattr(each, of) for each in found) for of in ("both", "unmet", "met")]
        numbers = "".join(f"{mean:8.3f}" for mean in means)
        print(f"{name:16}{numbers}   {margin:+.3f} ± {error:.3f}   unmet {fmean(unmet):+.3f}")
    return 0 if is_ahead else 1


if __name__ == "__main__":
    sys.exit(main())
