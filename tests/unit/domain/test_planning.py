"""The plan to the interview's day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.domain import planning, scheduling
from quizapp.domain.planning import MINUTES, Plan
from quizapp.domain.scheduling import Memory
from quizapp.domain.study import StudyItem, StudySkill, StudyTime
from quizapp.domain.study_days import DAYS_WITHOUT_DATE, LIGHT_SHARE, MOST_DAYS, SKILL_SHARE

TODAY = date(2026, 11, 4)  # a Wednesday
SUNDAY = 6


def skill(name: str, weight: float = 1.0, mastery: float = 0.5, **fields: object) -> StudySkill:
    return StudySkill(name, name.title(), weight, mastery, mastery, **fields)  # type: ignore[arg-type]


def remembered(days_ago: int = 10, score: float = 1.0) -> Memory:
    at = datetime.combine(TODAY, datetime.min.time(), UTC) - timedelta(days=days_ago)
    return scheduling.reviewed(None, score, at)


def items_of(*skills: str, count: int = 4, seconds: int = 100) -> tuple[StudyItem, ...]:
    """New questions, numbered from 0 through all skills."""
    names = [name for name in skills for _ in range(count)]
    return tuple(StudyItem(place, name, seconds, None) for place, name in enumerate(names))


def until(days: int, minutes: int = 20, rest: frozenset[int] = frozenset()) -> StudyTime:
    return StudyTime(TODAY, TODAY + timedelta(days=days), minutes, rest)


@st.composite
def studies(draw: st.DrawFn) -> tuple[tuple[StudySkill, ...], tuple[StudyItem, ...]]:
    """A few skills in a chain, and questions on them, new ones and others."""
    shares = st.floats(0.02, 0.98)
    weights = st.sampled_from((0.0, 0.5, 1.0, 3.0))
    count = draw(st.integers(1, 4))
    skills = tuple(
        StudySkill(
            f"s{n}", f"S{n}", draw(weights), draw(shares), draw(shares), (f"s{n - 1}",) if n else ()
        )
        for n in range(count)
    )
    memories = st.none() | st.builds(remembered, st.integers(0, 60), st.sampled_from((0.0, 1.0)))
    return skills, tuple(
        StudyItem(
            number,
            f"s{draw(st.integers(0, count - 1))}",
            draw(st.sampled_from((30, 60, 90, 150, 600, 900))),
            draw(memories),
        )
        for number in range(draw(st.integers(0, 15)))
    )


times = st.builds(
    StudyTime,
    st.just(TODAY),
    st.none() | st.integers(-2, 80).map(lambda days: TODAY + timedelta(days=days)),
    st.sampled_from(MINUTES),
    st.frozensets(st.integers(0, 6), max_size=6),
    st.integers(0, 2_000),
)
each_study = settings(max_examples=25, deadline=None)


@given(studies(), times)
@each_study
def test_no_day_takes_more_than_the_minutes(
    study: tuple[tuple[StudySkill, ...], tuple[StudyItem, ...]], time: StudyTime
) -> None:
    seconds = {item.item_id: item.seconds for item in study[1]}

    found = planning.plan(*study, time)

    for day in found.days:
        assert day.seconds == sum(seconds[item] for item in day.items) <= time.minutes * 60
    if found.days:
        assert found.days[0].seconds <= max(0, time.minutes * 60 - time.spent_today)


@given(studies(), times)
@each_study
def test_nothing_is_asked_on_days_of_rest_and_nothing_twice_a_day(
    study: tuple[tuple[StudySkill, ...], tuple[StudyItem, ...]], time: StudyTime
) -> None:
    for day in planning.plan(*study, time).days:
        assert len(set(day.items)) == len(day.items)
        assert not (day.items and day.on.weekday() in time.rest_weekdays)
        assert day.kind in ("study", "light") or not day.items


@given(studies(), times)
@each_study
def test_a_fifth_of_each_day_is_left_to_other_skills(
    study: tuple[tuple[StudySkill, ...], tuple[StudyItem, ...]], time: StudyTime
) -> None:
    for day in planning.plan(*study, time).days:
        for name in {portion.skill for portion in day.portions}:
            seconds = sum(each.seconds for each in day.portions if each.skill == name)
            assert seconds <= SKILL_SHARE * time.minutes * 60


@given(studies(), times)
@each_study
def test_the_same_is_planned_again_and_every_step_gains(
    study: tuple[tuple[StudySkill, ...], tuple[StudyItem, ...]], time: StudyTime
) -> None:
    found = planning.plan(*study, time)

    assert planning.plan.__wrapped__(*study, time) == found
    assert 0.0 <= found.without <= found.expected <= 1.0
    assert all(portion.gain > 0 for day in found.days for portion in day.portions)


@given(studies(), times)
@settings(max_examples=15, deadline=None)
def test_more_minutes_never_lower_what_is_expected(
    study: tuple[tuple[StudySkill, ...], tuple[StudyItem, ...]], time: StudyTime
) -> None:
    expected = [
        planning.plan(*study, time._replace(minutes=minutes)).expected for minutes in MINUTES
    ]

    assert expected == sorted(expected)


def test_the_last_day_is_a_light_one_without_anything_new() -> None:
    old = StudyItem(99, "one", 100, remembered())

    *_, last, interview = planning.plan(
        (skill("one"), skill("two")), (*items_of("one", "two", count=60), old), until(5)
    ).days

    assert (last.kind, interview.kind) == ("light", "interview")
    assert not any(portion.is_new for portion in last.portions)
    assert 0 < last.seconds <= LIGHT_SHARE * 20 * 60


def test_what_counts_more_comes_first() -> None:
    found = planning.plan(
        (skill("some", 1.0), skill("most", 3.0)), items_of("some", "most"), until(9)
    )

    assert found.days[0].portions[0].skill == "most"


def test_a_skill_that_does_not_count_is_never_asked() -> None:
    found = planning.plan(
        (skill("none", 0.0), skill("all", 1.0)), items_of("none", "all"), until(9)
    )

    assert {portion.skill for day in found.days for portion in day.portions} == {"all"}


def test_what_is_missing_comes_before_what_builds_on_it() -> None:
    first, then = skill("first", mastery=0.1), skill("then", mastery=0.1, requires=("first",))

    found = planning.plan((then, first), items_of("then", "first"), until(9))

    assert found.days[0].portions[0].skill == "first"


def test_what_was_met_comes_back_before_the_day() -> None:
    items = (StudyItem(0, "one", 60, remembered(10)),)

    found = planning.plan((skill("one"),), items, until(20))

    on = [day.on for day in found.days if day.items]
    assert on[-1] >= TODAY + timedelta(days=15)


def test_a_program_that_is_longer_than_a_day_is_left_out() -> None:
    items = (*items_of("one"), StudyItem(50, "two", 1_500, None))
    skills = (skill("one"), skill("two", 3.0))

    assert 50 not in planned(planning.plan(skills, items, until(9, minutes=20)))
    assert 50 in planned(planning.plan(skills, items, until(9, minutes=45)))


def planned(found: Plan) -> set[int]:
    return {item for day in found.days for item in day.items}


def test_without_a_date_four_weeks_are_planned() -> None:
    time = StudyTime(TODAY, None, 20)

    found = planning.plan((skill("one"),), items_of("one"), time)

    assert len(found.days) == DAYS_WITHOUT_DATE
    assert {day.kind for day in found.days} == {"study"}


def test_an_interview_that_is_over_is_none() -> None:
    over = planning.plan((skill("one"),), items_of("one"), until(-1))

    assert over.days == planning.plan((skill("one"),), items_of("one"), until(0)._replace(
        interview_on=None
    )).days  # fmt: skip


def test_a_distant_day_is_planned_for_sixty_days() -> None:
    found = planning.plan((skill("one"),), items_of("one"), until(200))

    assert (len(found.days), found.days[-1].kind) == (MOST_DAYS, "study")


def test_on_the_day_itself_there_is_nothing_to_do() -> None:
    found = planning.plan((skill("one"),), items_of("one"), until(0))

    assert [(day.on, day.kind, day.items) for day in found.days] == [(TODAY, "interview", ())]


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (("one",), "1 to revisit, 4 new on One"),
        (("one", "two"), "1 to revisit, 8 new on One, Two"),
        (("one", "two", "three", "four"), "1 to revisit, 16 new on One, Two and 2 more"),
    ],
)
def test_a_day_says_what_it_holds(names: tuple[str, ...], sentence: str) -> None:
    day = planning.PlannedDay(
        TODAY,
        "study",
        (
            planning.Portion("old", "Old", False, (99,), 60, 0.1),
            *(planning.Portion(name, name.title(), True, (1, 2, 3, 4), 240, 0.1) for name in names),
        ),
    )

    assert day.sentence == sentence
