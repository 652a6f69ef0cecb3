"""What authors are told of each kind."""

from quizapp.domain.formats import native_yaml
from quizapp.domain.guide import GuideEntry, guide
from quizapp.domain.items import Item
from quizapp.domain.question_types import question_types

ENTRIES = guide("maths.numbers")


def test_every_kind_is_told_in_the_order_of_labels() -> None:
    assert {entry.kind for entry in ENTRIES} == set(question_types())
    assert [entry.label for entry in ENTRIES] == sorted(entry.label for entry in ENTRIES)


def test_every_field_of_a_kind_has_its_sentence() -> None:
    unsaid = [
        f"{entry.kind}.{field.name}"
        for entry in ENTRIES
        for field in entry.fields
        if not field.help.endswith((".", "```", "`", "}"))
    ]

    assert unsaid == []


def test_every_kind_says_what_it_is() -> None:
    assert all(paragraph for entry in ENTRIES for paragraph in entry.paragraphs)


def test_the_examples_show_what_is_right() -> None:
    for entry in ENTRIES:
        assert all(
            any(row.is_key for row in each.review.all_rows) or each.review.note
            for each in entry.examples
            if each.question.is_scored
        )


def test_examples_are_written_as_they_are_read() -> None:
    for entry in ENTRIES:
        assert _read_again(entry) == [Item.parse(each.fields) for each in entry.examples]


def _read_again(entry: GuideEntry) -> list[Item]:
    text = native_yaml.write([each.fields for each in entry.examples])
    reading = native_yaml.read(text)
    assert reading.problems == ()
    return list(reading.items)
