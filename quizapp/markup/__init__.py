"""Authors' Markdown with formulas and code as safe HTML. Knows neither Flask nor the database."""

from quizapp.markup.highlighting import highlighted_line
from quizapp.markup.problems import FormulaProblem, math_problems
from quizapp.markup.rendering import render, render_inline

__all__ = ["FormulaProblem", "highlighted_line", "math_problems", "render", "render_inline"]
