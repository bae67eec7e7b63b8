"""Files full of what nobody meant to send, made for the tests."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

from mutagen.id3 import ID3, TPE1
from mutagen.ogg import OggPage
from pikepdf import Array, Dictionary, Encryption, Name, Pdf, String
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

SECRET = "Amal Haddad"
PLACE = 33.5138


def picture(form: str = "JPEG", *, size: tuple[int, int] = (40, 20)) -> bytes:
    """A picture that says who took it, where, and that it lies on its side."""
    made = Image.new("RGB", size, "teal")
    exif = made.getexif()
    exif[Base.Artist], exif[Base.Orientation] = SECRET, 6
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (33.0, 30.0, 49.68)
    written = BytesIO()
    made.save(written, form, exif=exif)
    return written.getvalue()


def pdf() -> bytes:
    """A page with a photo, a link, a comment, a form, a script and an attachment."""
    made = Pdf.new()
    page = made.add_blank_page(page_size=(200, 200)).obj
    photo = made.make_stream(picture(), Type=Name.XObject, Subtype=Name.Image, Width=40, Height=20,
                             ColorSpace=Name.DeviceRGB, BitsPerComponent=8,
                             Filter=Name.DCTDecode)  # fmt: skip
    page.Resources = Dictionary(XObject=Dictionary(Photo=photo))
    page.Contents = made.make_stream(b"q 40 0 0 20 10 10 cm /Photo Do Q")
    page.Annots = Array([
        _mark("Link", A=Dictionary(S=Name.URI, URI=String("https://example.org/"))),
        _mark("Link", A=Dictionary(S=Name.JavaScript, JS=String("app.alert('hello')"))),
        _mark("Text", T=String(SECRET), Contents=String("a comment")),
        _mark("Highlight", T=String(SECRET), Contents=String("a remark behind it")),
        _mark("FileAttachment", FS=Dictionary(EF=Dictionary(F=made.make_stream(b"attached")))),
        signed := made.make_indirect(
            _mark("Widget", FT=Name.Sig, T=String("field"), V=Dictionary(Name=String(SECRET)))
        ),
    ])  # fmt: skip
    made.Root.AcroForm = Dictionary(Fields=[signed])
    made.attachments["secret.txt"] = b"attached as well"
    made.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert('open')"))
    made.docinfo["/Author"] = SECRET
    with made.open_metadata() as about:
        about["dc:creator"] = [SECRET]
    return saved(made)


def locked_pdf() -> bytes:
    """A PDF that asks for a password."""
    made = Pdf.new()
    made.add_blank_page()
    written = BytesIO()
    made.save(written, encryption=Encryption(user="open", owner="sesame"))
    return written.getvalue()


def _mark(subtype: str, **entries: object) -> Dictionary:
    return Dictionary(Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=[0, 0, 9, 9], **entries)


def saved(made: Pdf) -> bytes:
    """The file of a PDF."""
    written = BytesIO()
    made.save(written)
    return written.getvalue()


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return written.getvalue()


def parts(content: bytes) -> dict[str, bytes]:
    """What a zip file holds."""
    with zipfile.ZipFile(BytesIO(content)) as made:
        return {name: made.read(name) for name in made.namelist()}


def odt(**further: str | bytes) -> bytes:
    """An OpenDocument text with an author, a comment and a deletion."""
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    body = (
        f'<office:document-content xmlns:office="{office}" xmlns:text="{text}" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><office:body><office:text>'
        f"<text:tracked-changes><dc:creator>{SECRET}</dc:creator>taken out</text:tracked-changes>"
        f"<text:p>We ask <office:annotation><dc:creator>{SECRET}</dc:creator></office:annotation>"
        "for a notice on <text:date>24 November</text:date>.</text:p>"
        "</office:text></office:body></office:document-content>"
    )
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<m:file-entry m:full-path="/"/><m:file-entry m:full-path="content.xml"/>'
        '<m:file-entry m:full-path="meta.xml"/></m:manifest>'
    )
    return package(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": body,
            "meta.xml": f"<meta>{SECRET}</meta>",
            "settings.xml": "<settings>the printer in the kitchen</settings>",
            "META-INF/manifest.xml": manifest,
            **further,
        }
    )


def mp3() -> bytes:
    """A second of silence with a title."""
    frames = BytesIO((b"\xff\xfb\x90\x00" + bytes(413)) * 40)
    tags = ID3()
    tags.add(TPE1(text=[SECRET]))
    tags.save(frames, v1=2)
    return frames.getvalue()


def ogg() -> bytes:
    """A voice message with a comment."""
    said = f"ARTIST={SECRET}".encode()
    head = b"OpusHead" + bytes((1, 1)) + bytes((56, 1)) + (48_000).to_bytes(4, "little") + bytes(3)
    tags = b"OpusTags" + b"".join(
        len(part).to_bytes(4, "little") + part for part in (b"recorder", b"")
    )
    tags = tags[:-4] + (1).to_bytes(4, "little") + len(said).to_bytes(4, "little") + said
    written = b""
    for sequence, packet in enumerate((head, tags, bytes(40))):
        page = OggPage()
        page.packets, page.sequence, page.serial = [packet], sequence, 7
        page.first, page.last = sequence == 0, sequence == 2
        page.position = 960 * (sequence == 2)
        written += page.write()
    return written


def m4a(handler: bytes = b"soun") -> bytes:
    """A voice memo with a place, dates and the name of the phone."""
    dates = (1_700_000_000).to_bytes(4) * 2
    track = box(b"tkhd", bytes(4) + dates) + box(
        b"mdia",
        box(b"mdhd", b"\x01" + bytes(3) + dates * 2)
        + box(b"hdlr", bytes(8) + handler + bytes(12) + b"The phone of " + SECRET.encode()),
    )
    moov = (
        box(b"mvhd", bytes(4) + dates + bytes(8))
        + box(b"trak", track)
        + box(b"udta", b"\xa9xyz+33.5138+036.2765/" + SECRET.encode())
    )
    return box(b"ftyp", b"M4A mp42") + box(b"moov", moov) + box(b"mdat", b"the sound itself")


def box(name: bytes, content: bytes) -> bytes:
    """A box of an MPEG-4 or JPEG 2000 file."""
    return (len(content) + 8).to_bytes(4) + name + content
