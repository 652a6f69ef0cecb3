"""Simulation: what following the recommendations is worth to learners whose mastery is known.

    .venv/bin/python -m tests.load.recommender_simulation                 200 learners: 3 minutes
    .venv/bin/python -m tests.load.recommender_simulation --learners 20 --first 1000

Each policy chooses the skill of every question of 100; the product's own model follows the answers.
Told are, with standard errors over learners, after 40 and after 100 answers:

- found: how many of the 5 truly weakest of 60 skills are among the 5 lowest estimates (by chance
  0.083);
- gain: what a question added to mastery, summed over skills, against no practice at all;
- covered: share of skills whose true mastery lies in the range that is shown as 80 %.
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from math import sqrt
from random import Random
from statistics import fmean, stdev
from typing import TypeAlias

from quizapp.domain import mastery
from quizapp.domain.mastery import NodeBelief, Observation
from quizapp.domain.outlook import Outlook
from quizapp.domain.recommendation import Setting, recommend, to_find_out
from quizapp.domain.skill_model import SkillModel
from quizapp.domain.skill_standing import PastAnswer, Prerequisite, SkillStanding
from tests.load.simulated_learners import (
    GUESS,
    QUESTIONS_A_SKILL,
    REQUIRED,
    SKILLS,
    Learner,
    Question,
    bank,
)

ANSWERS = 100
MEASURED_AFTER = (40, 100)
WEAKEST = 5
SECONDS = 90.0
INTERVIEW_IN = timedelta(weeks=4)
KEPT_ANSWERS = 6

MODEL = SkillModel(requires={skill: (required,) for skill, required in REQUIRED.items()})
"""The product's, as it is before there are answers to fit."""

Bank: TypeAlias = Mapping[str, Sequence[Question]]
Measures: TypeAlias = Mapping[str, float]


@dataclass(slots=True)
class Course:
    """One learner who answers questions, and all that the product knows of it."""

    learner: Learner
    bank: Bank
    rng: Random
    model: SkillModel = MODEL
    beliefs: dict[str, NodeBelief] = field(default_factory=dict)
    answers: dict[str, list[PastAnswer]] = field(default_factory=dict)
    asked: dict[str, list[Question]] = field(default_factory=dict)
    count: int = 0
    due: list[str] = field(default_factory=list)
    """What a practice set that was begun still asks."""

    @property
    def last(self) -> str | None:
        """The skill that was asked last."""
        return next(reversed(self.answers), None)

    def ask(self, skill: str) -> None:
        """The learner has answered a question on the skill, one not seen yet if there is one."""
        asked = self.asked.setdefault(skill, [])
        unseen = [each for each in self.bank[skill] if each not in asked]
        question = self.rng.choice(unseen or self.bank[skill])
        now = self.learner.now
        score = self.learner.answer(question)
        observation = Observation((skill,), score, question.label, GUESS, now)
        self.beliefs |= mastery.update(self.beliefs, observation, self.model)
        self.count += 1
        past = PastAnswer(score, now, SECONDS, SECONDS, 1, self.count)
        self.answers[skill] = [past, *self.answers.pop(skill, [])][:KEPT_ANSWERS]
        asked.append(question)
        self.learner.pass_time(self.count)

    def standings(self) -> list[SkillStanding]:
        """What the product would weigh up now; all skills count alike."""
        seen = Outlook(self.beliefs, self.learner.now, self.model)
        later = Outlook(self.beliefs, self.learner.now + INTERVIEW_IN, self.model)
        return [self._standing(skill, seen, later) for skill in SKILLS]

    def _standing(self, skill: str, seen: Outlook, later: Outlook) -> SkillStanding:
        required = REQUIRED.get(skill)
        return SkillStanding(
            skill=skill,
            name=skill,
            weight=2.0,
            level="mid",
            estimate=seen.estimate(skill),
            value_on_the_day=later.estimate(skill).value,
            prerequisites=(
                (Prerequisite(required, required, seen.estimate(required)),) if required else ()
            ),
            responses=tuple(self.answers.get(skill, ())),
            items_available=QUESTIONS_A_SKILL,
            seconds_per_item=SECONDS,
        )

    def measures(self) -> Measures:
        """What is told of it, now."""
        true = self.learner.mastery
        seen = Outlook(self.beliefs, self.learner.now, self.model)
        estimates = {skill: seen.estimate(skill) for skill in SKILLS}
        weakest = set(sorted(SKILLS, key=true)[:WEAKEST])
        lowest = sorted(SKILLS, key=lambda skill: estimates[skill].value)[:WEAKEST]
        gains = [true(skill) - self.learner.untaught_mastery(skill) for skill in SKILLS]
        return {
            "found": len(weakest.intersection(lowest)) / WEAKEST,
            "gain": sum(gains) / self.count,
            "covered": fmean(
                estimates[skill].low <= true(skill) <= estimates[skill].high for skill in SKILLS
            ),
        }


Policy: TypeAlias = Callable[[Course], str]


def at_random(course: Course) -> str:
    """Any skill."""
    return course.rng.choice(SKILLS)


def least_practised(course: Course) -> str:
    """One of the skills with the fewest answers."""
    counts = {skill: len(course.asked.get(skill, ())) for skill in SKILLS}
    fewest = min(counts.values())
    return course.rng.choice([skill for skill in SKILLS if counts[skill] == fewest])


def lowest_share_right(course: Course) -> str:
    """The one with the lowest share right, drawn to 0.6 by one answer; not the one just asked."""

    def share(skill: str) -> float:
        scores = [each.score for each in course.answers.get(skill, ())]
        return (sum(scores) + 0.6) / (len(scores) + 1) + course.rng.random() / 1_000

    return min((skill for skill in SKILLS if skill != course.last), key=share)


def finding_out(course: Course) -> str:
    """What recommendations begin with, all the way: where most is to be found out."""
    others = [each for each in course.standings() if each.skill != course.last]
    return max(others, key=lambda each: (to_find_out(each), course.rng.random())).skill


def recommended(course: Course) -> str:
    """The first recommendation, but for the skill just asked; without one, any skill."""
    candidates = [each for each in course.standings() if each.skill != course.last]
    found = recommend(candidates, Setting(course.learner.now, seconds_elsewhere=SECONDS), 1)
    return found[0].skill if found else at_random(course)


def recommended_sets(course: Course) -> str:
    """Practice sets as the page offers them, always the first, others mixed in at random places."""
    if not course.due:
        setting = Setting(course.learner.now, seconds_elsewhere=SECONDS)
        (first,) = recommend(course.standings(), setting, 1) or (None,)
        if first is None:
            return at_random(course)
        others = [skill for skill in SKILLS if skill != first.skill]
        others.sort(key=lambda skill: (len(course.asked.get(skill, ())), course.rng.random()))
        course.due = [first.skill] * first.length.own + others[: first.length.others]
        course.rng.shuffle(course.due)
    return course.due.pop()


POLICIES: Mapping[str, Policy] = {
    "at random": at_random,
    "least practised": least_practised,
    "lowest share right": lowest_share_right,
    "finding out": finding_out,
    "recommended": recommended,
    "recommended sets": recommended_sets,
}


def taught(
    policy: Policy, seed: int, answers: int = ANSWERS, model: SkillModel = MODEL
) -> Measures:
    """The measures of one learner, named as ``gain after 40``."""
    course = Course(
        Learner.born(Random(seed)), bank(Random(f"bank {seed}")), Random(f"{seed}"), model
    )
    found: dict[str, float] = {}
    for count in range(1, answers + 1):
        course.ask(policy(course))
        if count in MEASURED_AFTER:
            found |= {f"{name} after {count}": each for name, each in course.measures().items()}
    return found


def simulate(
    policy: Policy, learners: range, answers: int = ANSWERS, model: SkillModel = MODEL
) -> Mapping[str, Sequence[float]]:
    """Each measure of all learners, who are told by their seeds."""
    all_found = [taught(policy, seed, answers, model) for seed in learners]
    return {name: [found[name] for found in all_found] for name in all_found[0]}


def main(arguments: Sequence[str]) -> int:
    """Prints a line for each policy."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--learners", type=int, default=200)
    parser.add_argument("--first", type=int, default=0, help="seed of the first learner")
    wanted = parser.parse_args(arguments)
    learners = range(wanted.first, wanted.first + wanted.learners)
    for name, policy in POLICIES.items():
        print(name)
        for measure, values in simulate(policy, learners).items():
            error = stdev(values) / sqrt(len(values))
            print(f"  {measure:18} {fmean(values):.4f} +- {error:.4f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
