"""The tree of skills (bank, area, leaf), what comes before what, and what target roles weigh."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import Annotated, Any, Self

from pydantic import Field, ValidationError

from quizapp.domain.errors import InvalidContentError, NotFoundError
from quizapp.domain.items import Level, SkillId, Slug
from quizapp.domain.question import Content, Line, describe


class SkillFields(Content):
    """A leaf as an author writes it."""

    id: SkillId
    name: Line
    level: Level
    covers: Line
    requires: tuple[SkillId, ...] = ()


class AreaFields(Content):
    """An area: the skills that are reported together."""

    id: SkillId
    name: Line
    skills: Annotated[tuple[SkillFields, ...], Field(min_length=1)]


class BankFields(Content):
    """A bank: one round of an interview."""

    id: Slug
    name: Line
    areas: Annotated[tuple[AreaFields, ...], Field(min_length=1)]


class RoleFields(Content):
    """A target role; the weight of a skill is the one of its longest named prefix."""

    id: Slug
    name: Line
    weights: Mapping[str, Annotated[float, Field(ge=0, le=10)]]


class TaxonomyFields(Content):
    """The whole file."""

    banks: Annotated[tuple[BankFields, ...], Field(min_length=1)]
    roles: Annotated[tuple[RoleFields, ...], Field(min_length=1)]
    aliases: Mapping[str, SkillId] = {}


@dataclass(frozen=True)
class Skill:
    """A leaf with its place in the tree."""

    id: str
    name: str
    level: Level
    covers: str
    requires: tuple[str, ...]
    area_id: str
    area_name: str
    bank_id: str
    bank_name: str


@dataclass(frozen=True)
class Area:
    """An area and its leaves in the author's order."""

    id: str
    name: str
    bank_id: str
    bank_name: str
    skills: tuple[Skill, ...]


@dataclass(frozen=True)
class Taxonomy:
    """Skills in the author's order; prerequisites exist and have no cycle."""

    fields: TaxonomyFields

    @classmethod
    def parse(cls, data: Any) -> Self:
        """The taxonomy that ``data`` describes. Raises InvalidContentError with every fault."""
        try:
            taxonomy = cls(TaxonomyFields.model_validate(data))
        except ValidationError as error:
            raise InvalidContentError("\n".join(map(_sentence, error.errors()))) from error
        if faults := list(taxonomy._faults()):
            raise InvalidContentError("\n".join(faults))
        return taxonomy

    def export(self) -> dict[str, Any]:
        """The author's fields; ``parse`` is the inverse."""
        return self.fields.model_dump(mode="json", exclude_defaults=True)

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        return tuple(
            Area(area.id, area.name, bank.id, bank.name, tuple(_skills(bank, area)))
            for bank in self.fields.banks
            for area in bank.areas
        )

    @cached_property
    def skills(self) -> Mapping[str, Skill]:
        """Every leaf by its id, in the author's order."""
        return {skill.id: skill for area in self.areas for skill in area.skills}

    @property
    def roles(self) -> tuple[RoleFields, ...]:
        return self.fields.roles

    @property
    def banks(self) -> tuple[BankFields, ...]:
        return self.fields.banks

    def skill(self, skill_id: str) -> Skill:
        """The leaf of that id or alias. Raises NotFoundError."""
        found = self.skills.get(self.resolve(skill_id))
        if found is None:
            raise NotFoundError(f"There is no skill {skill_id}.")
        return found

    def has(self, skill_id: str) -> bool:
        """True when there is a leaf of that id or alias."""
        return self.resolve(skill_id) in self.skills

    def resolve(self, skill_id: str) -> str:
        """``skill_id``, or the id that it was renamed to."""
        return self.fields.aliases.get(skill_id, skill_id)

    def role(self, role_id: str | None) -> RoleFields:
        """The role of that id; the first one where there is none."""
        return next((role for role in self.roles if role.id == role_id), self.roles[0])

    def weights(self, role: RoleFields) -> Mapping[str, float]:
        """How much each leaf counts in the interviews of ``role``, one of this taxonomy's."""
        return self._weights[role.id]

    @cached_property
    def _weights(self) -> Mapping[str, Mapping[str, float]]:
        return {
            role.id: {skill_id: _weight(role.weights, skill_id) for skill_id in self.skills}
            for role in self.roles
        }

    def below(self, prefix: str) -> tuple[Skill, ...]:
        """The leaves at or below ``prefix`` (a bank, an area or a leaf)."""
        return tuple(
            skill
            for skill in self.skills.values()
            if skill.id == prefix or skill.id.startswith(f"{prefix}.")
        )

    def _faults(self) -> Iterator[str]:
        yield from _repeats(skill.id for area in self.areas for skill in area.skills)
        yield from _misplaced(self.fields.banks)
        for skill in self.skills.values():
            for required in skill.requires:
                if required not in self.skills:
                    yield f"{skill.id} requires {required}, which does not exist"
        for role in self.roles:
            if not any(_weight(role.weights, skill_id) for skill_id in self.skills):
                yield f"the role {role.id} gives no skill a weight above 0"
        yield from self._cycles()
        for old, new in self.fields.aliases.items():
            if new not in self.skills or old in self.skills:
                yield f"the alias {old}: {new} must lead from a former id to a present one"

    def _cycles(self) -> Iterator[str]:
        try:
            TopologicalSorter({s.id: s.requires for s in self.skills.values()}).prepare()
        except CycleError as error:
            yield "prerequisites go in a circle: " + " -> ".join(error.args[1])


def _sentence(error: Mapping[str, Any]) -> str:
    return f"{'.'.join(map(str, error['loc']))}: {describe(error)}"


def _skills(bank: BankFields, area: AreaFields) -> Iterator[Skill]:
    for leaf in area.skills:
        yield Skill(
            leaf.id, leaf.name, leaf.level, leaf.covers, leaf.requires,
            area.id, area.name, bank.id, bank.name,
        )  # fmt: skip


def _weight(weights: Mapping[str, float], skill_id: str) -> float:
    parts = skill_id.split(".")
    prefixes = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((weights[prefix] for prefix in prefixes if prefix in weights), 0.0)


def _repeats(ids: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for skill_id in ids:
        if skill_id in seen:
            yield f"{skill_id} stands twice"
        seen.add(skill_id)


def _misplaced(banks: Iterable[BankFields]) -> Iterator[str]:
    for bank in banks:
        for area in bank.areas:
            if not area.id.startswith(f"{bank.id}."):
                yield f"{area.id} stands in the bank {bank.id}"
            yield from (
                f"{skill.id} stands in the area {area.id}"
                for skill in area.skills
                if not skill.id.startswith(f"{area.id}.")
            )
