"""Cloze: a text with gaps."""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, ClassVar, Self, TypeAlias

from pydantic import Field, StringConstraints, model_validator

from quizapp.domain.gaps import AnyGap
from quizapp.domain.interactions import Gaps, Interaction, Response
from quizapp.domain.interactions.gaps import GAP, Entry
from quizapp.domain.question import Example, Grade, QuestionType, Review, ReviewRow, Text

_MEANT_AS_GAP = re.compile(r"\[\[gap\b[^\]\n]*\]{0,2}")
MAXIMUM_GAPS = 20

GapName: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)
]


class Cloze(QuestionType):
    """The mean of the gaps, each with its ``points`` as weight: Moodle's embedded answers (Cloze).

    A blank gap scores 0, and a wrong one no less.
    """

    kind: ClassVar[str] = "cloze"
    label: ClassVar[str] = "Text with gaps"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {
                "stem": "Complete the statement.",
                "text": "The share [[gap:share]] of [[gap:total]] is [[gap:name]].",
                "gaps": {
                    "name": {"accepted": ["one half", "a half"], "why": "It is 2 of 4."},
                    "share": {"options": ["2", "3", "5"], "answer": "2"},
                    "total": {"answer": "4", "tolerance": 0.1, "points": 2},
                },
            },
            scores=(
                ([0, "4,05", "One  Half"], 1.0),
                ([0, None, None], 0.25),
                ([1, "8/2", None], 0.5),
                ([1, "3", "a third"], 0.0),
                ([None, "4"], 0.0),
                ([True, 4, [0]], 0.0),
                ("2", 0.0),
                (None, 0.0),
            ),
        ),
    )
    shown: ClassVar[frozenset[str]] = frozenset(("stem", "text", "gaps.*.options.*"))
    measured: ClassVar[frozenset[str]] = frozenset(("gaps.*.answer",))

    text: Text
    """Markdown in which ``[[gap:rate]]`` is the gap ``rate``; not inside a formula."""
    gaps: Annotated[dict[GapName, AnyGap], Field(min_length=1, max_length=MAXIMUM_GAPS)]
    """The gaps by name: ``options`` and ``answer``, or ``accepted``, or a number as ``answer``."""

    @model_validator(mode="after")
    def _each_gap_stands_in_the_text_once(self) -> Self:
        for written in _MEANT_AS_GAP.findall(self.text):
            if not GAP.fullmatch(written):
                raise ValueError(
                    f"`{written}` is no gap. Write `[[gap:name]]`, the name in lower-case letters,"
                    " digits and single hyphens."
                )
        if fault := next(_misplaced(GAP.findall(self.text), self.gaps), None):
            raise ValueError(fault)
        return self

    @cached_property
    def _names(self) -> tuple[str, ...]:
        """The gaps in the order of the text."""
        return tuple(GAP.findall(self.text))

    @cached_property
    def _gaps(self) -> tuple[AnyGap, ...]:
        return tuple(self.gaps[name] for name in self._names)

    @cached_property
    def _numbered(self) -> str:
        """The text with each gap's number instead of its name."""
        number = {name: place for place, name in enumerate(self._names, start=1)}
        return GAP.sub(lambda found: f"[[gap:{number[found[1]]}]]", self.text)

    @cached_property
    def _interaction(self) -> Gaps:
        return Gaps(self._numbered, tuple(gap.render() for gap in self._gaps))

    @property
    def guess_score(self) -> float:
        """The same mean over what chance finds: one of n options, and nothing that is typed."""
        return self._mean([gap.guess_score for gap in self._gaps])

    def right_response(self) -> Response:
        return [gap.right_entry() for gap in self._gaps]

    def render(self) -> Interaction:
        return self._interaction

    def grade(self, response: Response | None) -> Grade:
        entries = zip(self._gaps, self._interaction.entries(response), strict=True)
        return Grade(
            self._mean([float(entry is not None and gap.is_right(entry)) for gap, entry in entries])
        )

    def _mean(self, scores: list[float]) -> float:
        weights = [gap.points for gap in self._gaps]
        products = (score * weight for score, weight in zip(scores, weights, strict=True))
        return min(1.0, sum(products) / sum(weights))

    def review(self, response: Response | None, interaction: Interaction) -> Review:  # noqa: ARG002
        entries = self._interaction.entries(response)
        rows = tuple(
            row
            for number, (gap, entry) in enumerate(zip(self._gaps, entries, strict=True), start=1)
            for row in _rows(f"Gap {number}", gap, entry)
        )
        is_blank = all(entry is None for entry in entries)
        return Review(rows, "Not answered." if is_blank else "", text=self._numbered)

    def texts(self) -> Mapping[tuple[str | int, ...], str]:
        found: dict[tuple[str | int, ...], str] = {("stem",): self.stem, ("text",): self.text}
        found |= {("gaps", name, "why"): gap.why for name, gap in self.gaps.items() if gap.why}
        return found


def _misplaced(written: list[str], described: Mapping[str, object]) -> Iterator[str]:
    """A sentence for each gap that does not stand in the text once and in ``gaps`` once."""
    for name in dict.fromkeys(written):
        if written.count(name) > 1:
            yield f"The text has the gap `{name}` {written.count(name)} times. Write it once."
        if name not in described:
            yield f"The text has the gap `{name}`, which `gaps` does not describe."
    for name in described:
        if name not in written:
            yield f"The text lacks the gap `{name}`. Write `[[gap:{name}]]` where it belongs."


def _rows(part: str, gap: AnyGap, entry: Entry | None) -> Iterator[ReviewRow]:
    """What was given in the gap, if anything, and what is right, unless that is the same."""
    is_right = entry is not None and gap.is_right(entry)
    why = gap.why or ""
    if entry is not None:
        note = why if is_right else gap.remark(entry)
        text = gap.render().line(entry)
        yield ReviewRow("", text, True, is_right, note, is_verbatim=True, part=part)
    if not is_right:
        yield ReviewRow("", gap.key_text(), False, True, why, is_verbatim=True, part=part)
