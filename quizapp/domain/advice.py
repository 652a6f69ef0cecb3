"""What would make an item, or a whole bank, better: said to authors, never a reason to refuse."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from math import ceil

from quizapp.domain.items import FieldProblem, Item
from quizapp.domain.options import OptionsQuestion
from quizapp.domain.places import Place
from quizapp.domain.rubrics import RubricQuestion

MINIMUM_FOR_LENGTHS = 10
LONGEST_KEY_SHARE = 0.3
MINIMUM_FOR_POSITIONS = 20
NEAR_DUPLICATE = 0.9
_WORD = re.compile(r"\w+|[-+*/^=<>|&%]")
_CHI_SQUARE_1_PERCENT = (
    6.635, 9.210, 11.345, 13.277, 15.086, 16.812, 18.475, 20.090, 21.666, 23.209, 24.725,
)  # fmt: skip
"""Upper 1 % points for 1 to 11 degrees of freedom: NIST/SEMATECH e-Handbook, section 1.3.6.7.4."""


def advice(item: Item) -> tuple[FieldProblem, ...]:
    """Warnings about one item; none where it asks nothing."""
    if not item.question.is_scored:
        return ()
    return tuple(
        FieldProblem(place, message, is_error=False)
        for place, message in chain(_unexplained(item), _options_without_why(item))
    )


def bank_advice(items: Sequence[Item]) -> tuple[str, ...]:
    """Sentences about what a test-wise learner could use without knowing anything."""
    keyed = [(question, place) for item in items for question, place in _single_key(item)]
    return (*_on_lengths(keyed), *_on_positions(keyed), *_on_duplicates(items))


def _unexplained(item: Item) -> Iterator[tuple[Place, str]]:
    if item.fields.explanation is None and not isinstance(item.question, RubricQuestion):
        yield ("explanation",), "No explanation. Learners will only see right or wrong."
    if not item.fields.references:
        yield ("references",), "No reference where the fact can be looked up."


def _options_without_why(item: Item) -> Iterator[tuple[Place, str]]:
    message = "No `why`: learners will not see why this is wrong."
    for base, question in item.question.nested().items():
        if isinstance(question, OptionsQuestion):
            for place, option in enumerate(question.options):
                if not option.correct and option.why is None:
                    yield (*base, "options", place, "why"), message


def _single_key(item: Item) -> Iterator[tuple[OptionsQuestion, int]]:
    """The question and the place of its key, where exactly one option is right."""
    question = item.question
    if isinstance(question, OptionsQuestion) and len(question.correct_places) == 1:
        yield question, min(question.correct_places)


def _on_lengths(keyed: Sequence[tuple[OptionsQuestion, int]]) -> Iterator[str]:
    longest = sum(_is_longest(question, key) for question, key in keyed)
    if len(keyed) >= MINIMUM_FOR_LENGTHS and longest > LONGEST_KEY_SHARE * len(keyed):
        yield (
            f"The right option is the longest in {longest} of {len(keyed)} choice questions,"
            f" more than {LONGEST_KEY_SHARE:.0%}. Make wrong options as long and specific."
        )


def _is_longest(question: OptionsQuestion, key: int) -> bool:
    others = (len(each.text) for place, each in enumerate(question.options) if place != key)
    return len(question.options[key].text) > max(others)


def _on_positions(keyed: Sequence[tuple[OptionsQuestion, int]]) -> Iterator[str]:
    if len(keyed) < MINIMUM_FOR_POSITIONS:
        return
    found = Counter(key for _, key in keyed)
    expected = _expected_positions(keyed)
    statistic = sum((found[place] - mean) ** 2 / mean for place, mean in expected.items())
    if len(expected) > 1 and statistic > _CHI_SQUARE_1_PERCENT[len(expected) - 2]:
        counts = ", ".join(f"{place + 1}: {found[place]}" for place in sorted(expected))
        yield f"The right option does not stand evenly at all positions ({counts}). Move some."


def _expected_positions(keyed: Sequence[tuple[OptionsQuestion, int]]) -> dict[int, float]:
    """How many keys stand at each position by chance; positions that hardly occur are left out."""
    means: dict[int, float] = {}
    for question, _ in keyed:
        for place in range(len(question.options)):
            means[place] = means.get(place, 0.0) + 1 / len(question.options)
    return {place: mean for place, mean in means.items() if mean >= 1}


def _on_duplicates(items: Sequence[Item]) -> Iterator[str]:
    for first, second in _near_duplicates([_words(item.question.stem) for item in items]):
        yield f"The questions {items[first].slug} and {items[second].slug} ask nearly the same."


def _words(stem: str) -> frozenset[str]:
    return frozenset(_WORD.findall(stem.casefold()))


def _near_duplicates(sets: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Places of near-equal sets (Jaccard index): each such set with the first that it is like.

    Only sets that share one of their rarest words are compared: sets as alike as this must (the
    prefix filter of Bayardo, Ma and Srikant, "Scaling up all pairs similarity search", 2007).
    """
    frequency = Counter(chain.from_iterable(sets))
    known: dict[frozenset[str], int] = {}
    holders: dict[str, list[int]] = {}
    for place, words in enumerate(sets):
        if words in known:
            yield known[words], place
            continue
        known[words] = place
        rare = sorted(words, key=lambda word: (frequency[word], word))
        rare = rare[: len(words) - ceil(NEAR_DUPLICATE * len(words)) + 1]
        candidates = {other for word in rare for other in holders.get(word, ())}
        alike = (other for other in sorted(candidates) if _alike(sets[other], words))
        yield from ((first, place) for first in islice(alike, 1))
        for word in rare:
            holders.setdefault(word, []).append(place)


def _alike(first: frozenset[str], second: frozenset[str]) -> bool:
    return len(first & second) >= NEAR_DUPLICATE * len(first | second)
