"""Answers of simulated learners, for tests of what they say."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from quizapp.domain import mastery
from quizapp.domain.mastery import NodeBelief, Observation

START = datetime(2026, 1, 1, tzinfo=UTC)
BAYES = "math.probability.bayes"
COUNTING = "math.probability.counting"
TREES = "ml.classical.trees"

# six answers of one learner: skills, score, difficulty, guess floor, seconds after the start
Answer = tuple[tuple[str, ...], float, int, float, float]
HISTORY: tuple[Answer, ...] = (
    ((BAYES,), 1.0, 3, 0.25, 0.0),
    ((BAYES, COUNTING), 0.0, 4, 0.0, 600.0),
    ((TREES,), 1.0, 2, 0.25, 259_200.0),
    ((BAYES,), 0.0, 1, 0.5, 864_000.0),
    ((COUNTING, TREES), 1.0, 5, 0.0, 864_060.0),
    ((BAYES,), 1.0, 3, 0.0, 1_036_800.0),
)

histories = st.lists(
    st.tuples(
        st.sampled_from([(BAYES,), (COUNTING,), (TREES,), (BAYES, COUNTING), (BAYES, TREES)]),
        st.floats(0.0, 1.0),
        st.integers(1, 5),
        st.sampled_from([0.0, 0.25, 0.5, 1.0]),
        st.floats(0.0, 1e8),
    ),
    max_size=12,
)


def observe(answer: Answer) -> Observation:
    skills, score, difficulty, guess, seconds = answer
    return Observation(skills, score, difficulty, guess, START + timedelta(seconds=seconds))


def after(answers: Sequence[Answer]) -> dict[str, NodeBelief]:
    beliefs: dict[str, NodeBelief] = {}
    for answer in answers:
        beliefs |= mastery.update(beliefs, observe(answer))
    return beliefs


def answers_on(skill: str, scores: Sequence[float]) -> list[Answer]:
    return [((skill,), score, 3, 0.0, 60.0 * index) for index, score in enumerate(scores)]
