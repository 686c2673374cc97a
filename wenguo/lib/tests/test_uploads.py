"""What may be attached and what is refused, with the reason."""

import hashlib
import io
import zipfile

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from wenguo.lib.errors import Refused
from wenguo.lib.filenames import safe_filename
from wenguo.lib.uploads import CheckedFile, inspect_upload

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
MP4 = b"\x00\x00\x00\x18ftypmp42" + b"\0" * 40
SECRET = b"30.2741N 120.1551E"


def picture(picture_format: str, size: tuple[int, int] = (8, 4), **kwargs: object) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, "red").save(stream, picture_format, **kwargs)
    return stream.getvalue()


def archive(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as parts:
        for name in names:
            parts.writestr(name, "x")
    return stream.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")


def refused(name: str, content: bytes, **kwargs: int) -> str:
    with translation.override("en"), pytest.raises(Refused) as refusal:
        inspect_upload(name, content, **kwargs)
    return refusal.value.sentence


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("a.jpg", picture("JPEG"), "image/jpeg"),
        ("a.JPEG", picture("JPEG"), "image/jpeg"),
        ("a.png", picture("PNG"), "image/png"),
        ("a.gif", picture("GIF"), "image/gif"),
        ("a.webp", picture("WEBP"), "image/webp"),
        ("合同 😡.pdf", PDF, "application/pdf"),
        ("a.mp4", MP4, "video/mp4"),
        ("a.mp3", b"ID3\x04" + b"\0" * 40, "audio/mpeg"),
        ("a.wav", b"RIFF\0\0\0\0WAVEfmt ", "audio/wav"),
        ("a.amr", b"#!AMR\n" + b"\x04" * 40, "audio/amr"),
        ("a.docx", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.txt", "变速箱异响".encode("gbk"), "text/plain"),
        ("a.csv", "a,b\n1,2\n".encode("utf-16"), "text/csv"),
    ],
)
def test_accepts_what_complainants_have(name: str, content: bytes, content_type: str) -> None:
    checked = inspect_upload(name, io.BytesIO(content))
    assert (checked.name, checked.content_type) == (name, content_type)
    assert checked.sha256 == hashlib.sha256(checked.content).hexdigest()


def test_what_is_no_picture_is_kept_byte_by_byte() -> None:
    assert inspect_upload("a.pdf", PDF) == CheckedFile("a.pdf", "application/pdf", PDF, hashlib.sha256(PDF).hexdigest())


def test_a_photo_is_turned_upright_and_forgets_place_and_camera() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010E] = SECRET.decode()
    content = picture("JPEG", exif=exif, comment=SECRET) + SECRET
    assert content.count(SECRET) == 3
    checked = inspect_upload("a.jpg", content)
    with Image.open(io.BytesIO(checked.content)) as cleaned:
        assert (cleaned.size, dict(cleaned.getexif())) == ((4, 8), {})
    assert SECRET not in checked.content


@pytest.mark.parametrize("picture_format", ["PNG", "WEBP"])
def test_other_pictures_forget_too(picture_format: str) -> None:
    note, exif = PngInfo(), Image.Exif()
    note.add_text("place", SECRET.decode())
    exif[0x010E] = SECRET.decode()
    content = picture(picture_format, exif=exif, pnginfo=note)  # only PNG has use for a note
    assert SECRET in content
    assert SECRET not in inspect_upload(f"a.{picture_format.lower()}", content).content


def test_a_moving_picture_keeps_moving() -> None:
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "green", "blue")]
    stream = io.BytesIO()
    frames[0].save(stream, "GIF", save_all=True, append_images=frames[1:], duration=70, comment=SECRET)
    checked = inspect_upload("a.gif", stream.getvalue())
    with Image.open(io.BytesIO(checked.content)) as cleaned:
        assert getattr(cleaned, "n_frames", 1) == 3
    assert SECRET not in checked.content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", b"<html><script>alert(1)</script></html>"),
        ("a.svg", b'<?xml version="1.0"?><!-- x --><svg onload="alert(1)"/>'),
        ("a.jpg", b"\xef\xbb\xbf  <!DOCTYPE html><html>"),
        ("a.txt", "<script>alert(1)</script>".encode("utf-16")),
        ("a.pdf", b"MZ\x90\0" + b"\0" * 100),
        ("photo.jpg", b"\x7fELF" + b"\0" * 100),
        ("a.txt", b"#!/bin/sh\nrm -rf /\n"),
    ],
)
def test_programs_and_web_pages_are_refused_whatever_their_name(name: str, content: bytes) -> None:
    assert refused(name, content) == f"“{name}” contains a program or a web page. Send a picture or a PDF of it."


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jpg", picture("PNG")),
        ("a.pdf", b"hello"),
        ("a.pdf", PDF[:20]),
        ("a.docx", archive("evil.bin")),
        ("a.docx", archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
        ("a.xlsx", DOCX),
        ("a.mp4", b"not a film"),
        ("a.txt", b"binary \0 content"),
    ],
)
def test_content_that_is_not_what_the_name_says_is_refused(name: str, content: bytes) -> None:
    assert refused(name, content) == (
        f"“{name}” is not what its ending says, or is damaged. Open it, save it again and attach the copy."
    )


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("a.heic", "“a.heic” is in Apple's HEIC format. Save it as JPEG and attach the copy."),
        ("a.doc", "“a.doc” can carry macros. Save it as PDF, .docx or .xlsx and attach the copy."),
        ("a.zip", "“a.zip” is an archive. Unpack it and attach the files one by one."),
        ("a", "Files like “a” cannot be attached. Use pictures, PDF, video, sound, .docx, .xlsx or .txt."),
    ],
)
def test_other_kinds_are_refused_with_the_way_out(name: str, sentence: str) -> None:
    assert refused(name, b"content") == sentence


def test_size_is_limited_both_ways() -> None:
    assert refused("a.txt", b"") == "The file is empty. Choose another one."
    assert refused("a.txt", b"x" * 2_000_001, largest=2_000_000).startswith("The file is larger than 1 MB.")


def test_damaged_and_gigantic_pictures_are_refused() -> None:
    assert refused("a.jpg", picture("JPEG", (200, 200))[:-500]).startswith("The picture “a.jpg” is damaged.")
    stream = io.BytesIO()
    Image.new("1", (9_000, 9_000)).save(stream, "PNG")
    assert refused("a.png", stream.getvalue()).startswith("The picture “a.png” is too large.")


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\发票.pdf", "发票.pdf"),
        ("投诉 😡👨‍👩‍👧.jpg", "投诉 😡👨‍👩‍👧.jpg"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ('a<b>:"c|?*.txt', "a_b___c___.txt"),
        ("nul\0byte\r\n.txt", "nulbyte.txt"),
        ("..", "file"),
        ("", "file"),
        ("CON.txt", "_CON.txt"),
        (".htaccess", "htaccess"),
    ],
)
def test_names_stay_readable_and_lose_what_misleads(raw: str, safe: str) -> None:
    assert safe_filename(raw) == safe


def test_a_long_name_keeps_its_ending() -> None:
    name = safe_filename("很" * 300 + ".pdf")
    assert name.endswith("很.pdf")
    assert len(name.encode()) <= 180


@given(st.text())
def test_any_name_becomes_a_safe_one(raw: str) -> None:
    name = safe_filename(raw)
    assert name
    assert not set(name) & set('/\\\0\n<>:"|?*\u202e')
    assert len(name.encode()) <= 181
    assert safe_filename(name) == name
