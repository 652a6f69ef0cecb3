"""Expressions: what an author may write, and what the review says."""

import pytest

from quizapp.domain.errors import InvalidContentError
from quizapp.domain.question import Review
from quizapp.domain.question_types.expression import Expression
from tests.unit.domain.spending import seconds

WRONG_SIGN = {"answer": "x exp(-x^2/2)", "why": "The sign is lost.", "score": 0.5}
NO_CHAIN = {"answer": "e^(-x²/2)", "why": "The inner derivative is missing."}


def question(answer: str = "-x exp(-x^2/2)", **fields: object) -> Expression:
    given = {"stem": "Differentiate.", "answer": answer, "variables": {"x": "real"}, **fields}
    return Expression.parse(given)


def reviewed(asked: Expression, response: str | None) -> Review:
    return asked.review(response, asked.render())


def test_the_review_shows_both_as_mathematics_and_why() -> None:
    asked = question(mistakes=[WRONG_SIGN, NO_CHAIN])

    given, key, other = reviewed(asked, "x e^(-x^2/2)").rows

    assert (given.text, given.is_given, given.why) == (
        r"$$x \, \mathrm{e}^{-\frac{x^{2}}{2}}$$",
        True,
        "The sign is lost.",
    )
    assert key.is_key
    assert key.text == r"$$-x \, \exp\left(-\frac{x^{2}}{2}\right)$$"
    assert (other.is_given, other.is_key, other.why) == (False, False, NO_CHAIN["why"])


def test_a_mistake_earns_its_share_however_it_is_written() -> None:
    asked = question(mistakes=[WRONG_SIGN, NO_CHAIN])

    grade = asked.grade("x/exp(x²/2)")

    assert (grade.score, grade.feedback) == (0.5, "The sign is lost.")
    assert asked.grade("1/sqrt(e^(x^2))").score == 0


def test_a_right_answer_is_shown_once_when_it_is_written_like_the_key() -> None:
    assert len(reviewed(question(), "-x*exp(-x²/2)").rows) == 1
    assert len(reviewed(question(), "-x/e^(x²/2)").rows) == 2


def test_what_was_not_understood_is_shown_as_typed() -> None:
    review = reviewed(question(), "-x exp(")

    assert review.rows[0].is_verbatim
    assert review.rows[0].text == "-x exp("
    assert review.note.startswith("Not understood. Column 8")


def test_an_antiderivative_is_shown_with_its_constant() -> None:
    asked = question("x^2/2", up_to_constant=True)

    assert reviewed(asked, None).rows[0].text == r"$$\frac{x^{2}}{2} + C$$"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"answer": "2x exp("}, "is not understood. Column 8"),
        ({"answer": "2y"}, "`y` is not known. Known here: x."),
        ({"answer": "ln(-1-x^2)"}, "has no value"),
        ({"variables": {"x": "some"}}, "'some' is no range"),
        ({"variables": {"sin": "real"}}, "has a meaning"),
        ({"variables": {"x": "real", "x_1": "real", "x1": "real"}}, "differ by `_` alone"),
        ({"variables": {"x": "real", "C": "real"}, "up_to_constant": True}, "called C"),
        ({"mistakes": [{"answer": "-x/exp(x^2/2)", "why": "?"}]}, "equals the answer"),
        ({"mistakes": [{"answer": "x^", "why": "?"}]}, "The mistake 'x^' is not understood"),
        ({"forbidden": ["foo"]}, "no function `foo`"),
        ({"forbidden": ["exp"]}, "`exp` may not be used"),
    ],
)
def test_what_makes_no_sense_is_refused(fields: dict[str, object], sentence: str) -> None:
    with pytest.raises(InvalidContentError) as refusal:
        question(**{"answer": "-x exp(-x^2/2)", **fields})  # type: ignore[arg-type]

    assert sentence in str(refusal.value)


def test_what_is_forbidden_has_one_name() -> None:
    assert question("x", forbidden=["log", "asin"]).forbidden == ("ln", "arcsin")


def test_grading_takes_little_time() -> None:
    asked = question(mistakes=[WRONG_SIGN, NO_CHAIN])

    assert seconds(lambda: asked.grade("-x * e^(-x^2/2) * 1")) < 0.05
