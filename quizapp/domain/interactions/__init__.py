"""What a learner can do on screen, with QTI's names: choose, enter text, match, order,
arrange, fill in.

An interaction owns the names of its form fields and reads them itself. It has no room for a key,
so nothing that a browser receives can hold one. Options travel by the place they are *shown* at:
the authored place, in which a careless author may always put the key first, stays on the server.

A response is stored by authored place (``[2]``, ``"0.17"``, ``[1, 0, 2]``), so it means the same
however the options were shuffled.
"""

from quizapp.domain.interactions.arrange import Arrange
from quizapp.domain.interactions.base import Interaction, Posted, Response, ShownOption
from quizapp.domain.interactions.choice import Choice
from quizapp.domain.interactions.code_entry import CodeEntry, ShownCase
from quizapp.domain.interactions.extended_text import ExtendedText
from quizapp.domain.interactions.formula_entry import FormulaEntry
from quizapp.domain.interactions.gaps import Gaps
from quizapp.domain.interactions.grid import Grid
from quizapp.domain.interactions.lines import Lines
from quizapp.domain.interactions.match import Match
from quizapp.domain.interactions.nothing import Nothing
from quizapp.domain.interactions.order import Order
from quizapp.domain.interactions.parts import Parts, ShownPart
from quizapp.domain.interactions.text_entry import TextEntry

__all__ = [
    "Arrange",
    "Choice",
    "CodeEntry",
    "ExtendedText",
    "FormulaEntry",
    "Gaps",
    "Grid",
    "Interaction",
    "Lines",
    "Match",
    "Nothing",
    "Order",
    "Parts",
    "Posted",
    "Response",
    "ShownCase",
    "ShownOption",
    "ShownPart",
    "TextEntry",
]
