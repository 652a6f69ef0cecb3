"""Pictures from anywhere become pictures of ours, or a sentence says why not."""

import struct
import zlib
from io import BytesIO
from random import Random
from time import process_time
from zipfile import ZipFile

import pytest
from PIL import ExifTags, Image

from quizapp.images import MAX_BYTES, MAX_SHOWN_WIDTH, MAX_STORED_BYTES, ImageError, reencode
from tests.pictures import chunk, film, opened, picture, png_of_size, webp_of_size, written

KINDS = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/png", "WEBP": "image/png"}


def refusal(data: bytes) -> str:
    with pytest.raises(ImageError) as caught:
        reencode(data)
    return str(caught.value)


# --- What is taken --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_taken_by_its_content(kind: str) -> None:
    found = reencode(picture(kind))

    assert found.media_type == KINDS[kind]
    assert (found.width, found.height) == (64, 40) == opened(found.data).size


@pytest.mark.parametrize("kind", KINDS)
def test_the_picture_looks_as_before(kind: str) -> None:
    shown = opened(reencode(picture(kind)).data).convert("L")

    assert shown.getpixel((2, 2)) == pytest.approx(255, abs=6)
    assert shown.getpixel((24, 15)) == pytest.approx(0, abs=15)


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("1", "PNG"), ("L", "PNG"), ("LA", "PNG"), ("P", "PNG"), ("RGBA", "PNG"), ("CMYK", "JPEG")],
)
def test_every_mode_becomes_one_that_browsers_show(mode: str, kind: str) -> None:
    shown = opened(reencode(picture(kind, mode=mode)).data)

    assert shown.mode in ("L", "RGB", "RGBA")
    assert shown.convert("L").getpixel((2, 2)) == pytest.approx(255, abs=6)
    assert shown.convert("L").getpixel((24, 15)) == pytest.approx(0, abs=15)


def test_sixteen_bits_become_eight() -> None:
    deep = Image.new("I;16", (8, 8), 0x8000)

    assert opened(reencode(written(deep, "PNG")).data).getpixel((1, 1)) == 128


def test_a_palette_keeps_its_transparency() -> None:
    image = Image.new("P", (8, 8), 0)
    image.putpalette([255, 0, 0, 0, 0, 255])
    image.putpixel((3, 3), 1)

    shown = opened(reencode(written(image, "PNG", transparency=0)).data)

    assert shown.getpixel((0, 0)) == (255, 0, 0, 0)
    assert shown.getpixel((3, 3)) == (0, 0, 255, 255)


def test_a_large_picture_is_made_as_large_as_pages_show_it() -> None:
    found = reencode(picture(size=(3_200, 800)))

    assert (found.width, found.height) == (MAX_SHOWN_WIDTH, 400)


def test_a_picture_of_much_detail_stays_small_enough_to_store() -> None:
    noise = Image.frombytes("RGB", (800, 700), Random(1).randbytes(800 * 700 * 3))

    found = reencode(written(noise, "PNG"))

    assert found.media_type == "image/webp"
    assert len(found.data) < MAX_STORED_BYTES


def test_the_same_pixels_are_the_same_picture() -> None:
    plain, commented = picture("PNG"), picture("PNG", dpi=(300, 300))
    assert plain != commented

    assert reencode(plain).reference == reencode(commented).reference


# --- What is left behind --------------------------------------------------------------------------


def test_a_photograph_stands_upright_and_tells_nothing_of_its_place() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010E] = "taken in my garden"
    data = picture("JPEG", exif=exif.tobytes(), comment=b"my garden")
    assert b"garden" in data

    found = reencode(data)

    assert b"garden" not in found.data
    assert b"Exif" not in found.data
    assert (found.width, found.height) == (40, 64)


def test_text_and_profiles_of_a_png_are_gone() -> None:
    data = picture("PNG", icc_profile=b"a profile " * 20)
    data = data[:33] + chunk(b"tEXt", b"Comment\x00a secret") + data[33:]

    found = reencode(data)

    assert b"secret" not in found.data
    assert b"iCCP" not in found.data


def test_what_hangs_behind_the_picture_is_gone() -> None:
    archive = BytesIO()
    with ZipFile(archive, "w") as file:
        file.writestr("secret.txt", "secret")

    for kind in KINDS:
        found = reencode(picture(kind) + b"<script>alert(1)</script>" + archive.getvalue())

        assert b"secret" not in found.data
        assert b"<script>" not in found.data


# --- What is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        b"GIF89a/*<script>alert(1)</script>*/=1;",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"RIFF\x10\x00\x00\x00WEBPVP8X",
        b"RIFF\x20\x00\x00\x00WEBPVP8?" + bytes(40),
        webp_of_size(40, 40),
        png_of_size(200, 200, bytes(5)),
    ],
)
def test_what_only_begins_like_a_picture_is_damaged(data: bytes) -> None:
    assert refusal(data) == "The picture is damaged or cut off. Save it anew."


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_cut_off_is_refused(kind: str) -> None:
    data = picture(kind, size=(300, 300))

    for share in (0.1, 0.5, 0.9):
        assert "damaged" in refusal(data[: int(len(data) * share)])


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b"plain text", "This is no PNG, JPEG, WebP or GIF file, whatever its name says."),
        (b"%PDF-1.7", "This is no PNG, JPEG, WebP or GIF file, whatever its name says."),
        (b"BM" + bytes(60), "This is no PNG, JPEG, WebP or GIF file, whatever its name says."),
        (
            b'\xef\xbb\xbf <?xml version="1.0"?><svg onload="alert(1)"/>',
            "SVG is not taken, for it may hold scripts. Save the picture as PNG.",
        ),
        (b"<SVG/>", "SVG is not taken, for it may hold scripts. Save the picture as PNG."),
        (bytes(MAX_BYTES + 1), "The picture has more than 2 MB. Make it smaller."),
    ],
)
def test_what_is_no_picture_is_told_apart(data: bytes, sentence: str) -> None:
    assert refusal(data) == sentence


@pytest.mark.parametrize(
    "data",
    [
        png_of_size(30_000, 30_000),
        png_of_size(10_001, 1),
        png_of_size(4_001, 4_000),
        png_of_size(2**31 - 1, 2**31 - 1),
        png_of_size(8_000, 8_000, bytes(8_000 * 1_001)),
        webp_of_size(16_384, 16_384),
        b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + picture("GIF")[10:],
    ],
)
def test_a_bomb_is_refused_before_it_goes_off(data: bytes) -> None:
    start = process_time()

    assert "pixels" in refusal(data)

    assert process_time() - start < 0.2


def test_a_jpeg_of_a_thousand_passes_is_refused() -> None:
    data = picture("JPEG", progressive=True)
    scan = data[data.rindex(b"\xff\xda") : -2]

    assert "too many passes" in refusal(data[:-2] + scan * 1_000 + data[-2:])


def test_a_maker_of_the_camera_that_is_a_ratio_is_damage() -> None:
    notes = Image.Exif()
    notes[ExifTags.Base.Orientation], notes[ExifTags.Base.Make] = 6, "a maker"
    as_text = struct.pack(">HHI", ExifTags.Base.Make, 2, 8)
    as_ratio = struct.pack(">HHI", ExifTags.Base.Make, 5, 1)
    data = picture("JPEG", exif=notes)

    assert "damaged" in refusal(data.replace(as_text, as_ratio))


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_what_moves_is_refused(kind: str) -> None:
    assert refusal(film(kind)) == "The picture moves. Save the one frame that the question needs."


def test_a_text_chunk_that_unpacks_without_end_is_refused() -> None:

    data = picture("PNG")
    bomb = chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(bytes(80_000_000), 9))

    assert "damaged" in refusal(data[:33] + bomb + data[33:])


@pytest.mark.parametrize("kind", KINDS)
def test_no_broken_file_gets_through_as_an_error_of_ours(kind: str) -> None:
    rng, sound = Random(4), picture(kind, size=(60, 60))

    for _ in range(150):
        data = bytearray(sound)
        for _ in range(rng.randint(1, 6)):
            data[rng.randrange(8, len(data))] = rng.randrange(256)
        try:
            assert reencode(bytes(data)).width <= MAX_SHOWN_WIDTH
        except ImageError as error:
            assert str(error).endswith(".")  # noqa: PT017 - either is right
