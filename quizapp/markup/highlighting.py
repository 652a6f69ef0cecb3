"""Code in colours, as classes of ``app.css``."""

from functools import cache, lru_cache
from typing import Final

from markupsafe import Markup, escape
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name

LANGUAGES: Final = {
    "bash": "Shell",
    "c": "C",
    "cpp": "C++",
    "diff": "Diff",
    "go": "Go",
    "java": "Java",
    "javascript": "JavaScript",
    "json": "JSON",
    "pycon": "Python",
    "python": "Python",
    "r": "R",
    "rust": "Rust",
    "sql": "SQL",
    "typescript": "TypeScript",
    "yaml": "YAML",
}
"""Languages that are coloured: Pygments' name and what people call them."""

ALIASES: Final = {
    "c++": "cpp",
    "js": "javascript",
    "py": "python",
    "python3": "python",
    "sh": "bash",
    "shell": "bash",
    "ts": "typescript",
    "yml": "yaml",
}

CACHED_LINES: Final = 4096

_FORMATTER: Final = HtmlFormatter(nowrap=True)


def highlighted(source: str, language: str) -> str:
    """``source`` in a box that can be scrolled by keyboard; plain when the language is unknown."""
    name = _name(language)
    known = LANGUAGES.get(name)
    label = f"Code in {known}" if known else "Code"
    code = highlight(source, _lexer(name), _FORMATTER) if known else str(escape(source))
    return (
        f'<div class="code"><pre role="group" tabindex="0" aria-label="{label}">'
        f"<code>{code}</code></pre></div>"
    )


@lru_cache(maxsize=CACHED_LINES)
def highlighted_line(source: str, language: str) -> Markup:
    """One line of code among text; plain when the language is unknown."""
    name = _name(language)
    line = highlight(source, _lexer(name), _FORMATTER) if name in LANGUAGES else escape(source)
    return Markup(f'<code class="code">{line.rstrip()}</code>')  # noqa: S704 - escaped above


def _name(language: str) -> str:
    return ALIASES.get(language.lower(), language.lower())


@cache
def _lexer(name: str) -> Lexer:
    return get_lexer_by_name(name, stripnl=False)
