"""Authors' Markdown with formulas and code as safe HTML. Knows neither Flask nor the database."""

from quizapp.markup.highlighting import highlighted_line
from quizapp.markup.problems import FormulaProblem, math_problems
from quizapp.markup.rendering import Piece, render, render_inline, render_pieces

__all__ = [
    "FormulaProblem",
    "Piece",
    "highlighted_line",
    "math_problems",
    "render",
    "render_inline",
    "render_pieces",
]
