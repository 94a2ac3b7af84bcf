"""What nobody should send: each is refused with its reason, or made harmless."""

import io

import pikepdf
import pytest
from PIL import Image

from ygs_admin.uploads import sandbox
from ygs_admin.uploads.documents import clean_document, safe_filename
from ygs_admin.uploads.errors import REASONS, UploadRefusedError
from ygs_admin.uploads.pages import render_page
from ygs_admin.uploads.photos import clean_photo
from ygs_admin.uploads.tests import files

REFUSED_AS_PHOTOS = {
    "nothing": (b"", "empty"),
    "one byte": (b"\xff", "wrong_type"),
    "a web page": (files.HTML, "wrong_type"),
    "an SVG with a script": (files.SVG, "wrong_type"),
    "instructions for ImageMagick": (files.MVG, "wrong_type"),
    "a program": (files.EXE, "wrong_type"),
    "an archive": (files.ZIP, "wrong_type"),
    "a GIF": (files.GIF, "wrong_type"),
    "a TIFF": (files.TIFF, "wrong_type"),
    "a film": (files.MP4, "wrong_type"),
    "a font": (files.TTF, "wrong_type"),
    "a GIF that is a script": (b"GIF89a=1;alert(1)//", "wrong_type"),
    "a PDF": (files.pdf(), "wrong_type"),
    "half a JPEG": (files.jpeg()[:1500], "damaged"),
    "half a PNG": (files.png()[: len(files.png()) // 2], "damaged"),
    "half a HEIC": (files.heic()[:-500], "wrong_type"),
    "the beginning of a JPEG before a web page": (b"\xff\xd8\xff\xe0" + files.HTML, "damaged"),
    "a PNG that says it is a city": (files.png_that_says(50_000, 50_000), "too_many_pixels"),
    "a PNG that says it is a wire": (files.png_that_says(1, 60_000), "too_small"),
    "a PNG whose pixels are not there": (files.png_that_says(3_000, 3_000), "damaged"),
    "a PNG with a bomb of text": (files.with_text(80_000_000), "damaged"),
    "a dot": (files.written(files.picture(1, 1), "PNG"), "too_small"),
    "a file of 20 MB and one byte": (files.jpeg() + b"\0" * (20 * 1024 * 1024), "too_large"),
}
REFUSED_AS_DOCUMENTS = {
    "a web page": (files.HTML, "wrong_document_type"),
    "an SVG with a script": (files.SVG, "wrong_document_type"),
    "an archive": (files.ZIP, "wrong_document_type"),
    "a locked PDF": (files.locked_pdf(), "locked"),
    "half a PDF": (files.pdf()[:60], "damaged"),
    "the beginning of a PDF": (b"%PDF-1.7\n", "damaged"),
    "a PDF of 31 pages": (files.pdf(31), "too_many_pages"),
    "a PDF that says it has 100,000 pages": (files.pdf_that_says(100_000), "too_many_pages"),
}
FORBIDDEN = ("/JS", "/JavaScript", "/AA", "/OpenAction", "/Launch", "/EmbeddedFiles", "/EmbeddedFile", "/RichMedia")
FORBIDDEN += ("/XFA", "/URI", "/SubmitForm", "/GoToR", "/Annots", "/AcroForm", "/Names")
HOSTILE_PDFS = {
    "scripts": files.pdf_with_script(),
    "an attachment": files.pdf_with_attachment(),
    "a link to the web": files.pdf_with_link("URI", URI="https://evil.example/"),
    "a program to start": files.pdf_with_link("Launch", F="cmd.exe"),
    "a file elsewhere": files.pdf_with_link("GoToR", F="//evil.example/share"),
    "a form that sends itself": files.pdf_with_link("SubmitForm", F="https://evil.example/"),
    "an XFA form": files.pdf_with_form(),
    "a page larger than any paper": files.pdf_of_a_city(),
    "a web page behind it": files.pdf() + files.HTML,
}


@pytest.mark.parametrize(("content", "code"), REFUSED_AS_PHOTOS.values(), ids=REFUSED_AS_PHOTOS)
def test_what_is_no_photo_is_refused_and_said_why(content, code):
    with pytest.raises(UploadRefusedError) as refused:
        clean_photo(content)
    assert refused.value.code == code
    assert str(refused.value) == str(REASONS[code])


@pytest.mark.parametrize(("content", "code"), REFUSED_AS_DOCUMENTS.values(), ids=REFUSED_AS_DOCUMENTS)
def test_what_is_no_document_is_refused_and_said_why(content, code):
    with pytest.raises(UploadRefusedError) as refused:
        clean_document(content, "x.pdf")
    assert refused.value.code == code
    assert str(refused.value) == str(REASONS[code])


def names_in(content: bytes) -> set[str]:
    """Return every key and name of every object of a PDF."""
    found: set[str] = set()
    with pikepdf.open(io.BytesIO(content)) as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
                found.update(item.keys())
                found.update(str(value) for value in item.values() if isinstance(value, pikepdf.Name))
    return found


@pytest.mark.parametrize("content", HOSTILE_PDFS.values(), ids=HOSTILE_PDFS)
def test_a_pdf_keeps_nothing_but_how_its_pages_look(content):
    clean = clean_document(content, "x.pdf")
    assert clean.content_type == "application/pdf"
    assert not names_in(clean.content) & set(FORBIDDEN)
    assert b"evil" not in clean.content
    assert b"<script" not in clean.content


def test_a_pdf_whose_picture_is_a_bomb_takes_nothing_down():
    assert len(clean_document(files.pdf_with_bomb(), "x.pdf").content) < 5_000_000


@pytest.mark.parametrize("tail", [files.HTML, files.ZIP, b"<?php system('id'); ?>", files.pdf_with_script()])
def test_what_hides_behind_a_picture_is_gone(tail):
    clean = clean_photo(files.jpeg() + tail)
    for content in (clean.full, clean.thumbnail):
        assert tail[:20] not in content
        assert content.endswith(b"\xff\xd9")


def test_what_hides_in_a_picture_is_gone():
    content = files.with_exif()
    assert b"SecretCamera" in content
    clean = clean_photo(content)
    for made in (clean.full, clean.thumbnail):
        assert b"ecret" not in made
        with Image.open(io.BytesIO(made)) as image:
            assert not image.getexif()
            assert set(image.info) <= {
                "jfif",
                "jfif_version",
                "jfif_unit",
                "jfif_density",
                "progressive",
                "progression",
            }


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_upright_however_the_camera_was_held(orientation):
    clean = clean_photo(files.with_exif(orientation))
    is_turned = orientation >= 5
    assert (clean.width, clean.height) == ((500, 400) if is_turned else (400, 500))


@pytest.mark.parametrize(
    "content",
    [
        files.png(),
        files.heic(),
        files.written(files.picture(), "WEBP"),
        files.written(files.picture(mode="CMYK"), "JPEG"),
        files.written(files.picture(mode="L"), "JPEG"),
        files.written(files.picture(mode="P"), "PNG"),
        files.written(files.picture(mode="RGBA"), "PNG"),
        files.written(files.picture(mode="LA"), "PNG"),
        files.written(files.picture(mode="I;16"), "PNG"),
        files.animated("WEBP"),
        files.animated("PNG"),
        files.jpeg(icc_profile=b"\0" * 100_000),
    ],
    ids=[
        "png",
        "heic",
        "webp",
        "cmyk",
        "grey",
        "palette",
        "alpha",
        "grey alpha",
        "16 bit",
        "moving webp",
        "apng",
        "icc",
    ],
)
def test_every_kind_of_picture_becomes_a_plain_one(content):
    clean = clean_photo(content)
    for made, longest in ((clean.full, 2048), (clean.thumbnail, 320)):
        with Image.open(io.BytesIO(made)) as image:
            assert (image.format, image.mode, image.n_frames if hasattr(image, "n_frames") else 1) == ("JPEG", "RGB", 1)
            assert max(image.size) <= longest


def test_colours_stay_what_they_were():
    with Image.open(io.BytesIO(clean_photo(files.png()).full)) as image:
        left, right = image.getpixel((50, 250)), image.getpixel((350, 250))
    assert left[0] > 150 > left[2]
    assert right[2] > 150 > right[0]


def test_a_large_picture_becomes_smaller():
    clean = clean_photo(files.written(files.picture(4000, 3000), "JPEG"))
    assert (clean.width, clean.height) == (4000, 3000)
    with Image.open(io.BytesIO(clean.full)) as image:
        assert image.size == (2048, 1536)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("등본.pdf", "등본.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\me\\등본.PDF", "등본.pdf"),
        ("\u202egpj.exe", "gpj.pdf"),
        ("a\x00b\r\nSet-Cookie: x.pdf", "a b Set-Cookie x.pdf"),
        ('"><script>.pdf', "script.pdf"),
        ("", "document.pdf"),
        ("...", "document.pdf"),
        ("가" * 300 + ".pdf", "가" * 80 + ".pdf"),
    ],
)
def test_a_file_name_misleads_nobody(sent, kept):
    assert safe_filename(sent, "application/pdf") == kept


def test_a_page_says_who_looks_at_it():
    blank = files.pdf(2)
    page = render_page(blank, 2, watermark="서지윤 · 2026-11-24 15:04")
    assert page.pages == 2
    with Image.open(io.BytesIO(page.jpeg)) as image:
        shades = image.convert("L").getextrema()
    assert shades[0] < 230, "a blank page shows the watermark alone"


def test_a_page_that_is_not_there_is_refused():
    for content in (files.pdf(), files.jpeg()):
        for number in (0, 2):
            with pytest.raises(UploadRefusedError) as refused:
                render_page(content, number, watermark="x")
            assert refused.value.code == "no_such_page"


def test_what_was_filled_in_is_kept():
    with Image.open(io.BytesIO(render_page(files.filled_form(), 1, watermark="").jpeg)) as image:
        assert image.convert("L").getextrema()[0] < 60


def test_a_decoder_that_talks_nonsense_is_a_damaged_file(monkeypatch):
    for nonsense in (b"", b"{}", b"[]\n", b'{"refused": "else", "lengths": []}\n', b'{"lengths": 1}\n'):
        monkeypatch.setattr(sandbox, "_run", lambda *_asked, nonsense=nonsense: nonsense)
        with pytest.raises(UploadRefusedError) as refused:
            clean_photo(b"x")
        assert refused.value.code == "damaged"
