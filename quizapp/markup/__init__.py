"""Authors' Markdown with formulas, code and pictures as safe HTML.

Knows neither Flask nor the database.
"""

from quizapp.markup.highlighting import highlighted_line
from quizapp.markup.pictures import spoken
from quizapp.markup.problems import (
    PlacedName,
    TextProblem,
    picture_names,
    picture_references,
    text_problems,
    with_references,
)
from quizapp.markup.rendering import Piece, render, render_inline, render_pieces

__all__ = [
    "Piece",
    "PlacedName",
    "TextProblem",
    "highlighted_line",
    "picture_names",
    "picture_references",
    "render",
    "render_inline",
    "render_pieces",
    "spoken",
    "text_problems",
    "with_references",
]
