"""A line of code that stands among text."""

import pytest

from quizapp.markup import highlighted_line


@pytest.mark.parametrize("language", ["python", "brainfuck"])
def test_a_line_is_escaped_whether_its_language_is_known_or_not(language: str) -> None:
    html = highlighted_line('a < "<script>"', language)

    assert "<script>" not in html
    assert html.startswith('<code class="code">')


def test_a_known_language_is_coloured_and_spaces_stay() -> None:
    assert highlighted_line("  return x", "py") == (
        '<code class="code">  <span class="k">return</span> <span class="n">x</span></code>'
    )
