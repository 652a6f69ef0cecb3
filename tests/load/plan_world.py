"""A world in which plans are tried: questions, and learners whose truth no planner knows.

Nothing here uses the planner's equations, nor those of the skill model or of FSRS.

    ability    A_k = general + area + skill (+ hole) + learnt_k exp(-days since practice / tau_k)
    learning   learnt_k <- A_k - base + .45 (1 - s(A_k)) (1 - R);  .12 where the skill before it
               is known to less than 1/2
    memory     R = 2^-(days / h);  right: h <- h (1 + growth (1.15 - R));  wrong: h <- max(h0, h/2)
    answer     P = g + .97 (1 - g) (1 - (1 - R)(1 - s(A_k - b)))

s is the logistic function. The abilities follow a simulation that was made for choosing what to
practise: chains of ten skills in six areas, each inheriting 35 % of what its prerequisite lacks,
and 15 % of skills with a hole of 1.5 logits. Half-lives h0 of single questions are log-normal
around 4 days (2 after a wrong answer), times a log-normal factor of the learner; how much a
success lengthens them varies from question to question as well.
"""

from dataclasses import dataclass, field
from math import exp
from random import Random

AREAS, CHAIN, QUESTIONS = 6, 10, 10
SKILLS = tuple(f"bank.a{area}.s{place}" for area in range(AREAS) for place in range(CHAIN))
GUESS, CEILING = 0.2, 0.97
SHORT, LONG = (60, 75, 75, 90, 90, 100, 120, 120, 150), (420, 480, 600, 720, 900)
WEIGHTS = (0.0, 0.5, 1.0, 2.0, 3.0)


def requires(skill: int) -> int | None:
    """The place of the skill that comes before it."""
    return skill - 1 if skill % CHAIN else None


@dataclass(frozen=True)
class Question:
    """One question of the bank; an author's label of 1 to 5 is all that is seen of ``logit``."""

    id: int
    skill: int
    logit: float
    label: int
    seconds: int
    growth: float


@dataclass
class World:
    """The bank and the role."""

    questions: list[Question]
    weights: list[float]


def make_world(rng: Random, weights: tuple[float, ...] = WEIGHTS) -> World:
    """Sixty skills of ten questions, one in twelve a program; a weight for each area or skill."""
    questions: list[Question] = []
    for skill in range(len(SKILLS)):
        effect = rng.gauss(0, 0.3)
        for _ in range(QUESTIONS):
            logit = effect + rng.gauss(0, 0.8)
            label = min(5, max(1, round(3 + (logit + rng.gauss(0, 0.7)) / 0.8)))
            seconds = rng.choice(LONG if rng.random() < 1 / 12 else SHORT)
            growth = 2.5 * exp(rng.gauss(0, 0.4))
            questions.append(Question(len(questions), skill, logit, label, seconds, growth))
    of_area = [rng.choice(weights) for _ in range(AREAS)]
    return World(
        questions,
        [
            rng.choice(weights) if rng.random() < 0.3 else of_area[skill // CHAIN]
            for skill in range(len(SKILLS))
        ],
    )


@dataclass
class Truth:
    """One learner as they are; ``day`` counts up as time goes by."""

    rng: Random
    base: list[float] = field(default_factory=list)
    learnt: list[float] = field(default_factory=list)
    practised: list[float] = field(default_factory=list)
    tau: list[float] = field(default_factory=list)
    pace: float = 1.0
    traces: dict[int, tuple[float, float]] = field(default_factory=dict)
    """Half-life in days, and the day of the last answer, by question."""

    def __post_init__(self) -> None:
        rng = self.rng
        areas = [rng.gauss(0, 0.5) for _ in range(AREAS)]
        general = rng.gauss(0, 0.7)
        for skill in range(len(SKILLS)):
            hole = -1.5 if rng.random() < 0.15 else 0.0
            own = general + areas[skill // CHAIN] + rng.gauss(0, 0.9) + hole
            first = requires(skill)
            self.base.append(own if first is None else own + 0.35 * min(0.0, self.base[first]))
        self.learnt = [0.0] * len(SKILLS)
        self.practised = [0.0] * len(SKILLS)
        self.tau = [rng.uniform(10, 40) for _ in SKILLS]
        self.pace = exp(rng.gauss(0, 0.4))

    def ability(self, skill: int, day: float) -> float:
        """A: logits."""
        kept = exp(-(day - self.practised[skill]) / self.tau[skill])
        return self.base[skill] + self.learnt[skill] * kept

    def recall(self, question: Question, day: float) -> float:
        """R: 0 of a question never met."""
        if question.id not in self.traces:
            return 0.0
        half_life, met = self.traces[question.id]
        return float(2 ** (-(day - met) / half_life))

    def right(self, question: Question, day: float) -> float:
        """P without guessing: known or remembered."""
        known = logistic(self.ability(question.skill, day) - question.logit)
        return CEILING * (1 - (1 - self.recall(question, day)) * (1 - known))

    def answer(self, question: Question, day: float) -> bool:
        """Whether it was right; the learner has read why, and learnt from it."""
        is_right = self.rng.random() < GUESS + (1 - GUESS) * self.right(question, day)
        recall, ability = self.recall(question, day), self.ability(question.skill, day)
        self._remember(question, day, recall, is_right)
        first = requires(question.skill)
        is_ready = first is None or self.ability(first, day) > 0
        gain = (0.45 if is_ready else 0.12) * (1 - logistic(ability)) * (1 - recall)
        self.learnt[question.skill] = ability - self.base[question.skill] + gain
        self.practised[question.skill] = day
        return is_right

    def _remember(self, question: Question, day: float, recall: float, is_right: bool) -> None:
        fresh = (4.0 if is_right else 2.0) * self.pace
        half_life, _ = self.traces.get(question.id, (0.0, day))
        if half_life and is_right:
            fresh = half_life * (1 + question.growth * (1 - recall + 0.15))
        elif half_life:
            fresh = max(fresh, half_life / 2)
        self.traces[question.id] = (fresh, day)


def logistic(logit: float) -> float:
    """s."""
    return 1 / (1 + exp(-logit))


@dataclass(frozen=True)
class Score:
    """What to expect on a day, 0..1: of questions never met, and of those of the bank."""

    unmet: float
    met: float

    @property
    def both(self) -> float:
        """An interview of which half is like the bank's questions."""
        return (self.unmet + self.met) / 2


def score(world: World, truth: Truth, day: float) -> Score:
    """Expected share right on ``day``, guessing aside, by the weights of the role."""
    unmet = met = 0.0
    for question in world.questions:
        weight = world.weights[question.skill]
        unmet += weight * CEILING * logistic(truth.ability(question.skill, day) - question.logit)
        met += weight * truth.right(question, day)
    total = QUESTIONS * sum(world.weights)
    return Score(unmet / total, met / total)
