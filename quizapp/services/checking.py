"""Everything that can be said against a file of questions, at its line and column."""

from collections.abc import Iterator

from quizapp.domain.advice import advice
from quizapp.domain.formats import format_for, formats
from quizapp.domain.items import FieldProblem
from quizapp.domain.reading import Entry, Problem, Reading
from quizapp.domain.taxonomy import Taxonomy
from quizapp.markup import math_problems


def read_file(filename: str, text: str, taxonomy: Taxonomy) -> Reading:
    """What ``text`` holds, with all findings. Raises UploadError for an unknown format."""
    return check(formats()[format_for(filename, text)].read(text), taxonomy)


def check(reading: Reading, taxonomy: Taxonomy) -> Reading:
    """``reading`` with what its format cannot know: skills, formulas, and advice on good items."""
    found = tuple(problem for entry in reading.entries for problem in _problems(entry, taxonomy))
    return reading.with_problems(found)


def _problems(entry: Entry, taxonomy: Taxonomy) -> Iterator[Problem]:
    if entry.item is None:
        return
    for place, skill in enumerate(entry.item.fields.skills):
        if taxonomy.resolve(skill) not in taxonomy.skills:
            yield entry.problem(FieldProblem(("skills", place), _unknown_skill(skill, taxonomy)))
    for place_in_item, text in entry.item.texts().items():
        for fault in math_problems(text):
            yield entry.problem(
                FieldProblem(place_in_item, fault.message), fault.line, fault.column
            )
    for hint in advice(entry.item):
        yield entry.problem(hint)


def _unknown_skill(skill: str, taxonomy: Taxonomy) -> str:
    near = [known for known in taxonomy.skills if known.endswith(f".{skill.rpartition('.')[2]}")]
    hint = f" Did you mean {near[0]}?" if near else " See the skills page for the ids."
    return f"There is no skill {skill}.{hint}"
