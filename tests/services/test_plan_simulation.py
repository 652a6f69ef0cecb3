"""Plans are worth it: a small form of ``python -m tests.load.plan_simulation``."""

from statistics import fmean

from tests.load import plan_world
from tests.load.plan_simulation import simulate


def test_whoever_follows_the_plan_scores_more_on_the_day() -> None:
    policies = ("plan", "fsrs", "random", "recommended")

    scores = simulate(policies, range(3), plan_world.WEIGHTS)

    plan, *others = (fmean(score.both for score in scores[name]) for name in policies)
    assert plan > max(others)
