"""The simulation of learners who follow the recommendations, in a small form."""

from random import Random
from statistics import fmean

import pytest

from tests.load.recommender_simulation import (
    POLICIES,
    Course,
    at_random,
    recommended,
    recommended_sets,
    simulate,
)
from tests.load.simulated_learners import REQUIRED, SKILLS, Learner, bank


def course(seed: int) -> Course:
    return Course(Learner.born(Random(seed)), bank(Random(seed)), Random(seed))


def test_who_follows_the_recommendations_learns_more_than_at_random() -> None:
    followed, random = (simulate(policy, range(8), 40) for policy in (recommended, at_random))

    assert fmean(followed["gain after 40"]) > 1.2 * fmean(random["gain after 40"])


@pytest.mark.parametrize("name", POLICIES)
def test_the_same_seed_tells_the_same(name: str) -> None:
    assert simulate(POLICIES[name], range(1), 40) == simulate(POLICIES[name], range(1), 40)


def test_practice_sets_ask_a_fifth_of_other_skills_at_least() -> None:
    found = course(1)
    found.ask(recommended_sets(found))

    begun = [*found.asked, *found.due]

    assert len(begun) - max(map(begun.count, begun)) >= len(begun) / 5


def test_practice_helps_more_where_what_comes_first_is_known() -> None:
    later = next(iter(REQUIRED))
    gains = []
    for before in (-3.0, 3.0):
        learner = Learner.born(Random(1))
        learner.given = {**dict.fromkeys(SKILLS, 0.0), REQUIRED[later]: before}
        learner.answer(bank(Random(1))[later][0])
        gains.append(learner.mastery(later))

    assert gains[0] < gains[1]


def test_what_was_gained_fades_without_practice() -> None:
    learner = Learner.born(Random(1))
    learner.answer(bank(Random(1))[SKILLS[0]][0])
    after = learner.mastery(SKILLS[0])

    for answers in range(1, 101):
        learner.pass_time(answers)

    assert learner.untaught_mastery(SKILLS[0]) < learner.mastery(SKILLS[0]) < after
