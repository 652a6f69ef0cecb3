"""True or false: the verdicts keep their order."""

from random import Random

from quizapp.domain.interactions import Choice
from quizapp.domain.question_types.true_false import TrueFalse


def test_true_always_stands_above_false() -> None:
    interaction = TrueFalse.parse({"stem": "So.", "answer": False}).render()

    for seed in range(20):
        shown = interaction.shuffled(Random(seed))
        assert isinstance(shown, Choice)
        assert [option.text for option in shown.options] == ["True", "False"]
