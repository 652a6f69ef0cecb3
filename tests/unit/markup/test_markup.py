"""What authors may write, and what can never come out of it."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from time import perf_counter

import pytest
from markupsafe import Markup

from quizapp.markup import (
    TextProblem,
    render,
    render_inline,
    render_pieces,
    text_problems,
)
from quizapp.markup.limits import MAX_FORMULA_LENGTH, MAX_TEXT_LENGTH

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--><img src=x onerror=alert(1)>'>",
    "<math><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml></math>",
    "<math href='javascript:alert(1)'>click</math>",
    "<a href='javascript:alert(1)'>click</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<form action='https://evil.example'><input name=password></form>",
    "<p style='position:fixed;inset:0'>over everything</p>",
    "<p\nonclick=alert(1)>split over lines</p>",
    "[click](javascript:alert(1))",
    "[click](JaVaScRiPt:alert(1))",
    "[click](java&#115;cript:alert(1))",
    "[click](&#x6A;avascript:alert(1))",
    "[click](vbscript:alert(1))",
    "[click](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[click](data:image/svg+xml,<svg onload=alert(1)>)",
    "[click](file:///etc/passwd)",
    "[click](//evil.example)",
    "[click](/attempts/7/submission)",
    "[click]( javascript:alert(1) )",
    "[click](\x01javascript:alert(1))",
    '[click](https://ok.example "x onmouseover=alert(1)")',
    '[click](https://ok.example/"onmouseover="alert(1))',
    "[click][ref]\n\n[ref]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "![x](javascript:alert(1))",
    "![x](https://evil.example/pixel.png)",
    '![x" onerror="alert(1)](x)',
    r"$\href{javascript:alert(1)}{x}$",
    r"$\url{javascript:alert(1)}$",
    r"$\includegraphics{/etc/passwd}$",
    r"$\input{/etc/passwd}$",
    r"$\style{position:fixed}{x}$",
    r"$\class{btn}{x}$",
    r"$\cssId{main}{x}$",
    r"$\color{red}x$",
    r"$\text{<script>alert(1)</script>}$",
    r"$\text{</math><img src=x onerror=alert(1)>}$",
    r"$<img src=x onerror=alert(1)>$",
    r"$$\begin{align}\label{main}x\end{align}$$",
    r"$$\begin{align}\label{a}x\end{align}\eqref{a}$$",
    r"$\def\x{\x\x}\x$",
    "```<script>alert(1)</script>\n<script>alert(1)</script>\n```",
    '```python" onmouseover="alert(1)\nx\n```',
    "```html\n<script>alert(1)</script>\n```",
    "    <script>alert(1)</script>",
    "`<script>alert(1)</script>`",
    "|<script>|\n|--|\n|<img src=x onerror=alert(1)>|",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "{{ 7 * 7 }}{% raw %}",
]
TAGS = frozenset(
    "a blockquote br code del div em hr li ol p pre s span strong sub sup table tbody td th "
    "thead tr ul b i math menclose mfrac mi mn mo mover mpadded mphantom mroot mrow mspace "
    "msqrt msub msubsup msup mtable mtd mtext mtr munder munderover".split()
)
ATTRIBUTES = frozenset(
    "aria-label class display displaystyle href lspace mathvariant notation rel role rspace "
    "scriptlevel stretchy tabindex title accent width maxsize minsize start".split()
)


class _Inspector(HTMLParser):
    """Every tag and attribute that a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update({name: value or "" for name, value in attrs})


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("rendering", [render, render_inline])
def test_hostile_text_becomes_nothing_that_acts(
    rendering: Callable[[str], Markup], text: str
) -> None:
    seen = _Inspector(rendering(text))

    assert seen.tags <= TAGS
    assert set(seen.attributes) <= ATTRIBUTES
    assert re.match(r"https?://|mailto:|$", seen.attributes.get("href", ""))
    assert "alert" not in seen.attributes.get("class", "")


@pytest.mark.parametrize(
    "address", ["https://a.example/b", "http://a.example", "mailto:a@a.example"]
)
def test_links_to_the_web_and_to_mailboxes_are_kept(address: str) -> None:
    html = render(f"[there]({address})")

    assert f'<a href="{address}" rel="noopener noreferrer nofollow">there</a>' in html


def test_paragraphs_emphasis_and_lists_are_rendered() -> None:
    html = render("one *two* **three**\n\n- a\n- b\n\n3. c")

    assert "<p>one <em>two</em> <strong>three</strong></p>" in html
    assert "<ul>\n<li>a</li>\n<li>b</li>\n</ul>" in html
    assert '<ol start="3">' in html


def test_headings_stay_out_of_the_outline_of_the_page() -> None:
    assert render("# Longest run") == "<p><strong>Longest run</strong></p>"


def test_tables_are_in_a_box_that_scrolls_by_keyboard_and_align_by_class() -> None:
    html = render("| skill | answers |\n|---|--:|\n| Trees | 4 |")

    assert html.startswith('<div class="scroll-x" role="group" tabindex="0" aria-label="Table">')
    assert '<td>Trees</td>\n<td class="r">4</td>' in html


def test_cells_of_the_head_are_header_cells() -> None:
    assert "<thead>\n<tr>\n<th>a</th>\n<th>b</th>" in render("| a | b |\n|---|---|\n| 1 | 2 |")


def test_there_are_no_footnotes() -> None:
    assert render("a[^1]\n\n[^1]: more") == "<p>a[^1]</p>\n<p>[^1]: more</p>"


def test_blank_corner_of_a_table_is_not_a_heading() -> None:
    html = render("| | right |\n|---|---|\n| found | 4 |")

    assert "<td></td>\n<th>right</th>" in html


def test_formula_wider_than_a_phone_scrolls_in_a_box_of_its_own() -> None:
    formula = r"$\operatorname{Var}(X - Y) = \operatorname{Var}(X) + \operatorname{Var}(Y) - 12$"

    assert 'class="formula within" role="group" tabindex="0"' in render(f"So {formula}.")
    assert "tabindex" not in render(r"So $\operatorname{Var}(X) = 9$.")
    assert "tabindex" not in render_inline(formula)


def test_code_is_highlighted_by_class_in_a_box_that_scrolls_by_keyboard() -> None:
    html = render("```python\ndef f(): return '<b>'\n```")

    assert 'tabindex="0" aria-label="Code in Python"' in html
    assert '<span class="k">def</span>' in html
    assert "&lt;b&gt;" in html


def test_code_in_an_unknown_language_is_plain() -> None:
    html = render("```brainfuck\n<+>\n```")

    assert '<pre role="group" tabindex="0" aria-label="Code"><code>&lt;+&gt;\n</code>' in html


def test_leading_blank_lines_of_code_are_kept() -> None:
    assert "<code>\n" in render("```python\n\nx = 1\n```")


def test_inline_formulas_become_mathml() -> None:
    assert render_inline("penalty $\\lambda > 0$") == (
        "penalty <math><mi>λ</mi><mo>&gt;</mo><mn>0</mn></math>"
    )


@pytest.mark.parametrize("text", ["$$x^2$$", "$$\nx^2\n$$", "so\n$$\nx^2\n$$\nholds"])
def test_display_formulas_stand_in_a_box_that_scrolls_by_keyboard(text: str) -> None:
    html = render(text)

    assert '<span class="formula" role="group" tabindex="0" aria-label="Formula">' in html
    assert '<math display="block"><msup>' in html


def test_a_display_formula_in_an_option_stands_in_its_line_and_is_no_tab_stop() -> None:
    assert render_inline("$$x$$") == "<math><mi>x</mi></math>"


def test_macros_beyond_latex_are_known() -> None:
    for macro in (r"\argmin_x", r"\argmax_x", r"\E[X]", r"\Var(X)", r"\substack{a}"):
        assert "formula-error" not in render_inline(f"${macro}$")


def test_styles_of_formulas_become_classes() -> None:
    html = render(r"$$\begin{cases} 1 & x > 0 \\ 0 & \text{else} \end{cases}\!$$")

    assert '<mtd class="ml-left ml-flush-right ml-gap">' in html
    assert '<mspace class="ml-back"/>' in html
    assert "style" not in html.replace("displaystyle", "")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"\$5", "$5"),
        ("$5 and $6", "$5 and $6"),
        ("5$ and 6$", "5$ and 6$"),
        ("`$x$`", "<code>$x$</code>"),
        (r"\\$x$", r"\<math><mi>x</mi></math>"),
        (r"$\$5$", "<math><mi>$</mi><mn>5</mn></math>"),
        ("$n$ is 3", "<math><mi>n</mi></math> is 3"),
    ],
)
def test_dollars_are_money_unless_they_enclose_a_formula(text: str, shown: str) -> None:
    assert render_inline(text) == shown
    assert text_problems(text) == []


def test_a_formula_that_fails_is_shown_as_written() -> None:
    assert render(r"so $\frac{a<b$ holds") == (
        r'<p>so <code class="formula-error">$\frac{a&lt;b$</code> holds</p>'
    )


def test_text_over_the_limit_is_shown_as_written() -> None:
    text = "<b>" * MAX_TEXT_LENGTH

    assert render(text) == "&lt;b&gt;" * MAX_TEXT_LENGTH
    assert text_problems(text)[0].message == "This text is longer than 20,000 characters."


@pytest.mark.parametrize(
    ("text", "place", "word"),
    [
        (r"a $\foo$", (1, 4), r"unknown command"),
        ("a\n> b $x^$", (2, 8), "expected argument"),
        ("a\n\n$$\n\\frac{a\n$$", (4, 8), "closing token"),
        ("| a |\n|---|\n| x $\\foo$ |", (3, 6), "unknown command"),
        ("- a\n- b\n  $x$ $\\foo$", (3, 8), "unknown command"),
        ("a\r\n$\\foo$", (2, 2), "unknown command"),
        ("open $x and", (1, 6), "Close the formula"),
        ("$$\nx\n\nnever closed", (1, 1), "Close the formula"),
        (r"$\newcommand{\a}{b}$", (1, 2), "cannot define commands"),
        ("$" + "x" * (MAX_FORMULA_LENGTH + 1) + "$", (1, 2), "longer than 2,000"),
        ("$" + "{" * 900 + "}" * 900 + "$", (1, 52), "nests more than 50"),
        ("$" + r"\left(" * 300 + "$", (1, 302), "nests more than 50"),
    ],
)
def test_a_formula_that_fails_is_reported_with_its_line_and_column(
    text: str, place: tuple[int, int], word: str
) -> None:
    (problem,) = text_problems(text)

    assert (problem.line, problem.column) == place
    assert word in problem.message


def test_problems_come_in_reading_order() -> None:
    assert text_problems("$\\b$\n\n$x$\n\n$\\foo$ and $\\d$") == [
        TextProblem(1, 2, 'This formula does not parse: unknown command "\\b".'),
        TextProblem(5, 2, 'This formula does not parse: unknown command "\\foo".'),
        TextProblem(5, 13, 'This formula does not parse: unknown command "\\d".'),
    ]


def test_the_same_text_gives_the_same_html_with_and_without_the_cache() -> None:
    text = "$x$ and\n\n```python\nx\n```"
    first = render(text)

    assert render(text) is first
    render.cache_clear()
    assert render(text) == first


def test_an_authors_text_cannot_name_an_insertion() -> None:
    html = render("0x0x $x$ 1x1x")

    assert html == "<p>0x0x <math><mi>x</mi></math> 1x1x</p>"


@pytest.mark.parametrize(
    "unit", ["[", "![", "![a](", "![]", "*a_ ", "> ", "$x", "<", "| a ", "```a "]
)
def test_the_longest_text_takes_less_than_two_seconds(unit: str) -> None:
    text = (unit * MAX_TEXT_LENGTH)[:MAX_TEXT_LENGTH]
    start = perf_counter()

    render.cache_clear()
    render(text)

    assert perf_counter() - start < 2


def test_a_text_is_cut_at_its_gaps() -> None:
    pieces = render_pieces("A *b [[gap:1]]* and `c[[gap:2]]`.")

    assert [(str(piece.html), piece.gap) for piece in pieces] == [
        ("<p>A <em>b ", "1"),
        ("</em> and <code>c", "2"),
        ("</code>.</p>", ""),
    ]


def test_a_gap_in_code_is_cut_out_whole() -> None:
    pieces = render_pieces("```python\nx = [[gap:1]](3) # [[gap:2]]\n```")

    assert [piece.gap for piece in pieces] == ["1", "2", ""]
    assert "gap" not in "".join(piece.html for piece in pieces)


@pytest.mark.parametrize(
    "text", ["[a](https://b/[[gap:1]])", "$x = [[gap:1]]$", "```[[gap:1]]\n```"]
)
def test_a_gap_where_nothing_can_stand_follows_at_the_end(text: str) -> None:
    *before, last = render_pieces(text)

    assert last.gap == "1"
    assert all(piece.gap == "" for piece in before)


def test_a_gap_in_a_formula_is_a_problem() -> None:
    assert text_problems("a\n$x = [[gap:rate]]$")[0].message.startswith("A gap cannot stand")
