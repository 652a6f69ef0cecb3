"""How pictures are named and referred to."""

import pytest

from quizapp.domain.images import ImageReference, is_name

DIGEST = "a1" * 32


def test_a_reference_is_read_as_it_is_written() -> None:
    reference = ImageReference(DIGEST, 640, 400)

    assert str(reference) == f"image:{DIGEST}-640x400"
    assert ImageReference.read(str(reference)) == reference


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a.png",
        f"image:{DIGEST}",
        f"image:{DIGEST}-0x4",
        f"image:{DIGEST[1:]}-4x4",
        "image:x-1x1",
    ],
)
def test_all_else_is_no_reference(text: str) -> None:
    assert ImageReference.read(text) is None


@pytest.mark.parametrize("name", ["confusion.png", "Fig_1.JPG", "a-b.2.webp", "x.jpeg", "x.gif"])
def test_plain_file_names_are_names(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "confusion",
        "a.svg",
        "images/a.png",
        "../a.png",
        "..\\a.png",
        ".a.png",
        "a b.png",
        "http://example.org/a.png",
        "//example.org/a.png",
        "data:image/png;base64,AA.png",
        f"image:{DIGEST}-1x1",
        "a" * 101 + ".png",
        "a.png\n",
    ],
)
def test_nothing_else_is_a_name(text: str) -> None:
    assert not is_name(text)
