"""Files as people send them, and as nobody should."""

import io
import struct
import zlib
from pathlib import Path

import pikepdf
import pillow_heif
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

SEOUL = {1: "N", 2: (37.0, 33.0, 59.0), 3: "E", 4: (126.0, 58.0, 40.0)}
GPS, ORIENTATION, MAKE = 0x8825, 0x0112, 0x010F


def picture(width: int = 400, height: int = 500, mode: str = "RGB") -> Image.Image:
    """Return a picture whose left half is red and whose right half is blue, where the mode has colours."""
    image = Image.new("RGB", (width, height), (200, 30, 30))
    ImageDraw.Draw(image).rectangle((width // 2, 0, width, height), fill=(30, 30, 200))
    return image.convert(mode)


def written(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def jpeg(**options: object) -> bytes:
    return written(picture(), "JPEG", **options)


def png(**options: object) -> bytes:
    return written(picture(), "PNG", **options)


def heic() -> bytes:
    pillow_heif.register_heif_opener()
    return written(picture(), "HEIF")


def with_exif(orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[MAKE], exif[ORIENTATION] = "SecretCamera", orientation
    exif[GPS] = SEOUL
    return jpeg(exif=exif, comment=b"secret comment", xmp=b"<x:xmpmeta>secret xmp</x:xmpmeta>")


def with_text(length: int) -> bytes:
    info = PngInfo()
    info.add_text("Comment", "a" * length, zip=True)
    return png(pnginfo=info)


def png_that_says(width: int, height: int) -> bytes:
    """Return a PNG whose header claims a size that its pixels do not have."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def animated(kind: str) -> bytes:
    frames = [picture(), picture().transpose(Image.Transpose.FLIP_LEFT_RIGHT)]
    return written(frames[0], kind, save_all=True, append_images=frames[1:])


def paper(pages: int = 1, size: tuple[int, int] = (595, 842)) -> pikepdf.Pdf:
    pdf = pikepdf.Pdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=size)
    return pdf


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    buffer = io.BytesIO()
    pdf.save(buffer, **options)
    return buffer.getvalue()


def pdf(pages: int = 1) -> bytes:
    return saved(paper(pages))


def locked_pdf() -> bytes:
    return saved(paper(), encryption=pikepdf.Encryption(owner="o", user="secret"))


def script(code: str = "app.alert(1)") -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=code)


def pdf_with_script() -> bytes:
    document = paper()
    document.Root.OpenAction = script()
    document.Root.Names = pikepdf.Dictionary(
        JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("x"), script()]))
    )
    document.pages[0].AA = pikepdf.Dictionary(O=script())
    return saved(document)


def pdf_with_attachment() -> bytes:
    document = paper()
    document.attachments["evil.exe"] = b"MZ evil"
    return saved(document)


def pdf_with_link(action: str, **fields: object) -> bytes:
    document = paper()
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=pikepdf.Array([0, 0, 500, 800]),
        A=pikepdf.Dictionary(S=pikepdf.Name(f"/{action}"), **fields),
    )
    document.pages[0].Annots = pikepdf.Array([document.make_indirect(link)])
    return saved(document)


def pdf_with_form() -> bytes:
    document = paper()
    xfa = document.make_stream(b"<xdp:xdp><script>secret xfa</script></xdp:xdp>")
    document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([]), XFA=xfa)
    return saved(document)


def filled_form() -> bytes:
    """Return a blank page with a form's field that somebody has filled with black."""
    document = paper()
    drawn = document.make_stream(b"0 0 0 rg 0 0 200 100 re f")
    drawn.Type, drawn.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    drawn.BBox = pikepdf.Array([0, 0, 200, 100])
    field = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Widget,
        FT=pikepdf.Name.Tx,
        T="name",
        V="filled",
        F=4,
        Rect=pikepdf.Array([100, 100, 300, 200]),
        AP=pikepdf.Dictionary(N=drawn),
    )
    field = document.make_indirect(field)
    document.pages[0].Annots = pikepdf.Array([field])
    document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
    return saved(document)


def pdf_of_a_city() -> bytes:
    """Return a PDF whose page is larger than any paper."""
    return saved(paper(size=(14_400, 14_400)))


def pdf_that_says(pages: int) -> bytes:
    """Return a PDF whose catalogue claims pages that it does not have."""
    catalogue = b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    tree = b"2 0 obj<</Type/Pages/Count %d/Kids[3 0 R]>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R>>endobj\n" % pages
    return b"%PDF-1.4\n" + catalogue + tree + b"trailer<</Root 1 0 R>>\n%%EOF"


def pdf_with_bomb() -> bytes:
    """Return a PDF whose one picture unpacks to a gigabyte."""
    document = paper()
    packed = zlib.compress(b"\0" * 200_000_000, 9)
    image = pikepdf.Stream(
        document,
        packed,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=18_000,
        Height=18_000,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.FlateDecode,
    )
    document.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=document.make_indirect(image)))
    document.pages[0].Contents = document.make_stream(b"q 595 0 0 842 0 0 cm /X Do Q")
    return saved(document)


HTML = b"<!doctype html><script>alert(document.cookie)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
MVG = b"push graphic-context\nimage over 0,0 0,0 'https://evil.example/x'\npop graphic-context\n"
EXE = b"MZ" + b"\0" * 58 + struct.pack("<I", 64) + b"PE\0\0" + b"\0" * 500
ZIP = b"PK\x03\x04" + b"\0" * 26 + b"evil.php" + b"PK\x05\x06" + b"\0" * 18
GIF = written(picture(), "GIF")
TIFF = written(picture(), "TIFF")
MP4 = struct.pack(">I", 24) + b"ftypmp42" + b"\0" * 12 + b"\0" * 1000
TTF = Path(__file__).read_bytes()[:0] + b"\0\1\0\0" + b"\0" * 200
