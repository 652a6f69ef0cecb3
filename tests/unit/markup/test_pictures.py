"""Pictures in Markdown: names are checked, references shown, and nothing else."""

import pytest

from quizapp.domain.images import ImageReference
from quizapp.markup import (
    picture_names,
    render,
    render_inline,
    render_pieces,
    spoken,
    text_problems,
    with_references,
)

REFERENCE = ImageReference("ab" * 32, 640, 400)
SHOWN = (
    f'<img class="picture" src="/images/{"ab" * 32}" alt="A matrix" width="640" height="400" '
    'loading="lazy">'
)
PICTURE = f"![A matrix]({REFERENCE})"


def problem(text: str) -> tuple[int, int, str]:
    (found,) = text_problems(text)
    return found.line, found.column, found.message


# --- On the page ----------------------------------------------------------------------------------


def test_a_reference_is_a_picture_of_known_size() -> None:
    assert render(PICTURE) == f"<p>{SHOWN}</p>"
    assert render_inline(PICTURE) == SHOWN
    assert "".join(piece.html for piece in render_pieces(PICTURE)) == f"<p>{SHOWN}</p>"


def test_a_picture_may_stand_in_a_list_a_quote_a_table_and_a_link() -> None:
    for text in (
        f"- {PICTURE}",
        f"> {PICTURE}",
        f"|a|\n|-|\n|{PICTURE}|",
        f"[{PICTURE}](https://a)",
    ):
        assert SHOWN in render(text)


@pytest.mark.parametrize(
    "source",
    [
        "confusion.png",
        "https://example.org/a.png",
        "//example.org/a.png",
        "data:image/png;base64,AAAA",
        "javascript:alert(1)",
        "../../etc/passwd",
        "/images/" + "ab" * 32,
        "image:" + "ab" * 32,
        "image:" + "ab" * 32 + '-1x1"onerror="alert(1)',
        "IMAGE:" + "ab" * 32 + "-1x1",
    ],
)
def test_no_other_source_is_ever_shown(source: str) -> None:
    for html in (render(f"![A]({source})"), render_inline(f"![A]({source})")):
        assert "<img" not in html
        assert "src=" not in html


@pytest.mark.parametrize(
    "text", ["![A][b]\n\n[b]: https://example.org/a.png", "![b]\n\n[b]: data:image/png,x", "![a]("]
)
def test_other_ways_to_write_a_picture_show_none(text: str) -> None:
    assert "<img" not in render(text)


def test_a_description_cannot_break_out_of_its_attribute() -> None:
    html = render(f'![" onerror="alert(1) <script> & \\[x\\] $y$ `z`]({REFERENCE})')

    assert 'alt="&#34; onerror=&#34;alert(1) &lt;script&gt; &amp; [x] $y$ `z`"' in html


def test_a_gap_in_a_description_is_only_text() -> None:
    (piece,) = render_pieces(f"![\\[\\[gap:1\\]\\]]({REFERENCE})")

    assert 'alt="[[gap:1]]"' in piece.html


def test_code_shows_how_a_picture_is_written() -> None:
    assert "<img" not in render(f"`{PICTURE}`")
    assert "<img" not in render(f"```\n{PICTURE}\n```")
    assert "<img" not in render(f"\\{PICTURE}")


def test_a_picture_is_spoken_as_its_description() -> None:
    assert spoken(render_inline(f"see **{PICTURE}** & more")) == "see A matrix & more"
    assert spoken(render_inline(f"![a < b]({REFERENCE})")) == "a < b"


# --- What is wrong --------------------------------------------------------------------------------


def test_a_name_with_a_description_is_right() -> None:
    assert text_problems("Look: ![A confusion matrix of two classes](confusion.png)") == []
    assert text_problems("a != b[0], and x![1] = y") == []


@pytest.mark.parametrize("description", ["", " "])
def test_a_picture_without_a_description_is_an_error_at_its_place(description: str) -> None:
    line, column, message = problem(f"One\n\n- two ![{description}](a.png)")

    assert (line, column) == (3, 9)
    assert message.startswith("Say between the brackets what this picture shows")


def test_a_long_description_is_an_error() -> None:
    assert problem(f"![{'a' * 501}](a.png)") == (1, 3, "Describe it in at most 500 characters.")


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ("", "Write the name"),
        ("https://example.org/a.png", "cannot come from elsewhere"),
        ("//example.org/a.png", "cannot come from elsewhere"),
        ("data:image/png;base64,AAAA", "cannot come from elsewhere"),
        ("file:a.png", "cannot come from elsewhere"),
        ("../a.png", "without a folder"),
        ("images/a.png", "without a folder"),
        ("a.svg", "Save the picture as PNG"),
        ("a.bmp", "no name of a picture"),
        (str(REFERENCE), "cannot come from elsewhere"),
    ],
)
def test_another_source_is_an_error_at_its_place(source: str, word: str) -> None:
    line, column, message = problem(f"a\nb ![A]({source})")

    assert (line, column) == (2, 8)
    assert word in message


@pytest.mark.parametrize("text", ["x ![a [1]](b.png)", "x ![a](b c.png)", "x ![a][b]"])
def test_what_looks_like_a_picture_and_is_none_is_an_error(text: str) -> None:
    line, column, message = problem(text)

    assert (line, column) == (1, 3)
    assert "is not a picture" in message


def test_places_in_tables_are_those_of_the_cell() -> None:
    text = r"""| a | b |
|---|---|
| $\x$ | $\x$ |
| a \| b | c \| $\y$ |
| ![](a.png) | ![](b.png) |"""

    assert [(each.line, each.column) for each in text_problems(text)] == [
        (3, 4),
        (3, 11),
        (4, 18),
        (5, 5),
        (5, 18),
    ]


# --- From names to references ---------------------------------------------------------------------


def test_names_are_found_with_their_places() -> None:
    text = "![A](a.png)\n\n> see ![B](b.jpg), not `![C](c.png)`\n\n| x |\n|---|\n| ![A](a.png) |"

    found = [(each.line, each.column, each.name) for each in picture_names(text)]

    assert found == [(1, 6, "a.png"), (3, 12, "b.jpg"), (7, 8, "a.png")]


def test_names_become_references_and_code_stays() -> None:
    text = "![A \\[x\\]](a.png) ![B](b.png)\n\n```\n![A](a.png)\n```\n\n| ![A](a.png) |\n|---|"

    assert with_references(text, {"a.png": REFERENCE}) == (
        f"![A \\[x\\]]({REFERENCE}) ![B](b.png)\n\n```\n![A](a.png)\n```\n\n"
        f"| ![A]({REFERENCE}) |\n|---|"
    )


def test_a_text_without_pictures_stays_as_it_is() -> None:
    assert with_references("a $x$ b", {"a.png": REFERENCE}) == "a $x$ b"
