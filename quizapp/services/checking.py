"""Everything that can be said against a file of questions, at its line and column."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from quizapp.domain.advice import advice
from quizapp.domain.draw_checks import draw_problems
from quizapp.domain.formats import format_for, formats
from quizapp.domain.formulas import Budget
from quizapp.domain.items import FieldProblem, Item
from quizapp.domain.places import Place
from quizapp.domain.question_types import question_types
from quizapp.domain.reading import Entry, Problem, QuizFields, Reading, SectionFields
from quizapp.domain.taxonomy import Taxonomy
from quizapp.markup import text_problems
from quizapp.services import bank_quizzes

DRAWS_OF_A_FILE = 1_000
"""So many draws are looked at while somebody waits: a second's worth."""
FEWEST_DRAWS, MOST_DRAWS = 3, 50
UNITS_OF_A_CHECK = 5_000


def read_file(filename: str, text: str, taxonomy: Taxonomy, draws: int | None = None) -> Reading:
    """What ``text`` holds, with all findings. Raises UploadError for an unknown format.

    Of each question with parameters so many ``draws`` are looked at; None: as many as are quick.
    """
    return check(formats()[format_for(filename, text)].read(text), taxonomy, draws)


def read_set(filename: str, text: str, taxonomy: Taxonomy) -> Reading:
    """What a file that is a whole set holds: ``read_file`` with the quizzes of its head checked."""
    reading = read_file(filename, text, taxonomy)
    return reading.with_problems(tuple(quiz_problems(reading, [reading], taxonomy)))


def quiz_problems(
    head: Reading, readings: Sequence[Reading], taxonomy: Taxonomy
) -> Iterator[Problem]:
    """What is wrong with the quizzes in ``head``, over the questions of all ``readings``.

    Questions are counted only where none has errors: it might have been the one that fits.
    """
    quizzes = head.header.quizzes if head.header else ()
    seen: set[str] = set()
    for place, fields in enumerate(quizzes):
        faults = list(_quiz_faults(fields, taxonomy))
        if fields.id in seen:
            faults.insert(0, FieldProblem(("id",), f"The quiz id {fields.id} is already used."))
        seen.add(fields.id)
        if not faults and all(entry.item for each in readings for entry in each.entries):
            items = [item for each in readings for item in each.items]
            faults.extend(_misfits(fields, items, taxonomy))
        for fault in faults:
            yield head.header_problem(replace(fault, place=("quizzes", place, *fault.place)))
    yield from map(head.header_problem, _never_shown(quizzes, readings))


def check(reading: Reading, taxonomy: Taxonomy, draws: int | None = None) -> Reading:
    """``reading`` with what its format cannot know: skills, formulas, draws, and advice."""
    found = [problem for entry in reading.entries for problem in _problems(entry, taxonomy)]
    return reading.with_problems((*found, *_draw_problems(reading, draws)))


def _draw_problems(reading: Reading, draws: int | None) -> Iterator[Problem]:
    drawn = [entry for entry in reading.entries if entry.item and entry.item.template]
    if not drawn:
        return
    each = draws or max(FEWEST_DRAWS, min(MOST_DRAWS, DRAWS_OF_A_FILE // len(drawn)))
    budget = Budget(UNITS_OF_A_CHECK * each * len(drawn))
    for entry in drawn:
        if entry.item is not None:
            yield from map(entry.problem, draw_problems(entry.item, each, budget))


def _problems(entry: Entry, taxonomy: Taxonomy) -> Iterator[Problem]:
    if entry.item is None:
        return
    for place, skill in enumerate(entry.item.fields.skills):
        if taxonomy.resolve(skill) not in taxonomy.skills:
            yield entry.problem(FieldProblem(("skills", place), _unknown_skill(skill, taxonomy)))
    for place_in_item, text in entry.item.texts().items():
        for fault in text_problems(text):
            yield entry.problem(
                FieldProblem(place_in_item, fault.message, line=fault.line, column=fault.column)
            )
    for hint in advice(entry.item):
        yield entry.problem(hint)


def _quiz_faults(fields: QuizFields, taxonomy: Taxonomy) -> Iterator[FieldProblem]:
    for at, section in _draws(fields):
        for place, prefix in enumerate(section.skills):
            if not taxonomy.below(taxonomy.resolve(prefix)):
                unknown = f"There is no bank, area or skill {prefix}."
                message = f"{unknown} See the skills page for the ids."
                yield FieldProblem((*at, "skills", place), message)
        for name in ("types", "without_types"):
            for place, kind in enumerate(getattr(section, name)):
                if kind not in question_types():
                    message = f"There is no type {kind}. Types: {', '.join(question_types())}."
                    yield FieldProblem((*at, name, place), message)


def _draws(fields: QuizFields) -> Iterator[tuple[Place, SectionFields]]:
    """Each section of the quiz with its place in it; the whole quiz stands at its start."""
    for number, section in enumerate(fields.draws):
        yield ("sections", number) if fields.sections else (), section


def _never_shown(
    quizzes: Sequence[QuizFields], readings: Sequence[Reading]
) -> Iterator[FieldProblem]:
    """A warning where something is only to be read, and every quiz mixes its questions."""
    is_there = any(not item.question.is_scored for each in readings for item in each.items)
    if is_there and not any(fields.fixed_order for fields in quizzes):
        message = "Learners see a description only in a quiz with `fixed_order: true`; add one."
        yield FieldProblem(("quizzes",), message, is_error=False)


def _misfits(
    fields: QuizFields, items: Sequence[Item], taxonomy: Taxonomy
) -> Iterator[FieldProblem]:
    for at, wanted in _draws(fields):
        section = bank_quizzes.section("", wanted, taxonomy)
        count = bank_quizzes.count_fitting(section, items, taxonomy)
        if items and not count:
            yield FieldProblem(at, "No question of this set has such skills and levels.")
        elif count < wanted.questions:
            fit = "1 question fits" if count == 1 else f"{count} questions fit"
            message = f"Only {fit}, so this {'section' if at else 'quiz'} will have {count}."
            yield FieldProblem((*at, "questions"), message, is_error=False)


def _unknown_skill(skill: str, taxonomy: Taxonomy) -> str:
    near = [known for known in taxonomy.skills if known.endswith(f".{skill.rpartition('.')[2]}")]
    hint = f" Did you mean {near[0]}?" if near else " See the skills page for the ids."
    return f"There is no skill {skill}.{hint}"
