import zipfile
import zlib
from io import BytesIO

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from mutagen.apev2 import APEv2
from mutagen.mp3 import MP3
from mutagen.oggopus import OggOpus
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image

from consultations import resources
from consultations.questionnaires.kinds import KINDS
from consultations.submissions.cleaning.types import TYPES
from consultations.submissions.uploads import MOST_BYTES, UploadError, cleaned
from tests.submissions import files
from tests.submissions.files import SECRET


def docx(*, change=lambda parts: parts):
    """A Word document with an author, a comment, tracked changes and a photo."""
    made = Document()
    made.core_properties.author = SECRET
    paragraph = made.add_paragraph("We ask for ")
    for tag, words in (("ins", "a notice"), ("del", "nothing")):
        text = "delText" if tag == "del" else "t"
        paragraph._p.append(
            parse_xml(
                f'<w:{tag} {nsdecls("w")} w:id="1" w:author="{SECRET}">'
                f"<w:r><w:{text}>{words}</w:{text}></w:r></w:{tag}>"
            )
        )
    made.add_comment(paragraph.runs, text="a remark", author=SECRET, initials="AH")
    made.add_picture(BytesIO(files.picture()))
    written = BytesIO()
    made.save(written)
    return files.package(change(files.parts(written.getvalue())))


MADE = {
    "pdf": files.pdf,
    "jpg": files.picture,
    "png": lambda: files.picture("PNG"),
    "docx": docx,
    "odt": files.odt,
    "mp3": files.mp3,
    "ogg": files.ogg,
    "m4a": files.m4a,
}


def every_byte(content):
    """All that is in a file, unpacked where it is a package or a PDF."""
    found = content
    if zipfile.is_zipfile(BytesIO(content)):
        found += b"".join(files.parts(content).values())
    if content.startswith(b"%PDF"):
        with Pdf.open(BytesIO(content)) as pdf:
            plain = BytesIO()
            pdf.save(plain, object_stream_mode=0, compress_streams=False, static_id=True)
        found += plain.getvalue()
    return found


@pytest.mark.parametrize("extension", MADE)
def test_nothing_is_left_of_who_made_a_file(extension):
    before = MADE[extension]()
    assert SECRET.encode() in every_byte(before)

    upload = cleaned(before)

    assert upload.extension == extension
    assert SECRET.encode() not in every_byte(upload.content)
    assert cleaned(upload.content).extension == extension


def test_every_type_is_tested_and_offered_by_the_form():
    field = (resources.templates() / KINDS["file"].template).read_text()
    assert {each.extension for each in TYPES} == set(MADE)
    assert all(f".{extension}" in field for extension in MADE)
    assert f"size={MOST_BYTES // 1024**2}|number" in field


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_picture_stands_upright_and_says_no_place(form):
    picture = Image.open(BytesIO(cleaned(files.picture(form)).content))

    assert picture.size == (20, 40)
    assert not picture.getexif()
    assert not {"exif", "icc_profile", "comment"} & set(picture.info)


def test_a_photo_of_a_large_phone_is_made_smaller():
    photo = Image.open(BytesIO(cleaned(files.picture(size=(8_000, 6_000))).content))

    assert photo.size == (3_000, 4_000)


def test_a_pdf_keeps_its_look_and_its_links_and_nothing_that_runs():
    content = cleaned(files.pdf()).content
    with Pdf.open(BytesIO(content)) as pdf:
        page = pdf.pages[0]
        marks = [str(each.Subtype) for each in page.Annots]
        photo = page.Resources.XObject.Photo.read_raw_bytes()
        addresses = [str(each.A.URI) for each in page.Annots if "/A" in each]
        assert not pdf.attachments

    assert marks == ["/Link", "/Link", "/Highlight", "/Widget"]
    assert addresses == ["https://example.org/"]
    assert b"Exif" not in photo
    assert Image.open(BytesIO(photo)).size == (40, 20)
    for gone in (b"JavaScript", b"app.alert", b"attached", b"comment", b"remark", b"xmpmeta"):
        assert gone not in every_byte(content)


def test_a_word_document_reads_as_if_all_changes_were_accepted():
    content = cleaned(docx()).content
    parts = files.parts(content)

    assert Document(BytesIO(content)).paragraphs[0].text == "We ask for a notice"
    assert not [name for name in parts if "docProps" in name or "comments" in name]
    assert b"nothing" not in parts["word/document.xml"]
    photo = next(part for name, part in parts.items() if name.startswith("word/media/"))
    assert not Image.open(BytesIO(photo)).getexif()


def test_an_opendocument_text_keeps_its_words():
    parts = files.parts(cleaned(files.odt()).content)

    assert next(iter(parts)) == "mimetype"
    assert b"We ask for a notice on" in parts["content.xml"]
    assert b"24 November" in parts["content.xml"]
    assert b"taken out" not in parts["content.xml"]
    assert b"meta.xml" not in parts["META-INF/manifest.xml"]
    assert set(parts) == {"mimetype", "content.xml", "META-INF/manifest.xml"}


def test_recordings_still_play():
    assert MP3(BytesIO(cleaned(files.mp3()).content)).info.length > 1
    assert OggOpus(BytesIO(cleaned(files.ogg()).content)).tags == []
    memo = cleaned(files.m4a()).content
    assert len(memo) == len(files.m4a())
    assert memo.index(b"the sound itself") == files.m4a().index(b"the sound itself")
    assert (1_700_000_000).to_bytes(4) not in memo
    assert b"33.5138" not in memo


def in_word(word, into=b"<w:sectPr"):
    """A Word document with something put in before its last section ends."""
    body = "word/document.xml"
    return docx(change=lambda parts: {**parts, body: parts[body].replace(into, word + into, 1)})


def with_link():
    relations = "word/_rels/document.xml.rels"
    link = (
        f'<Relationship Id="r99" Target="file:///C:/Users/{SECRET}/x.docx" TargetMode="External" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"/>'
    ).encode()
    end = b"</Relationships>"
    return docx(
        change=lambda parts: {**parts, relations: parts[relations].replace(end, link + end)}
    )


def in_odt(words):
    parts = files.parts(files.odt())
    body = parts["content.xml"].replace(b"<text:p>", words.encode() + b"<text:p>", 1)
    return files.package({**parts, "content.xml": body})


def in_pdf(picture, *filters):
    """A page with one picture, packed as `filters` say."""
    made = Pdf.new()
    page = made.add_blank_page().obj
    drawn = made.make_stream(b"", Type=Name.XObject, Subtype=Name.Image, Width=40, Height=20)
    drawn.write(picture, filter=Array([Name(each) for each in filters]))
    page.Resources = Dictionary(XObject=Dictionary(Photo=drawn))
    return files.saved(made)


def with_local_link():
    made = Pdf.new()
    address = String(f"file:///C:/Users/{SECRET}/x.pdf")
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9],
                      A=Dictionary(S=Name.URI, URI=address))  # fmt: skip
    made.add_blank_page().obj.Annots = Array([link])
    return files.saved(made)


def with_ape():
    recording, labels = BytesIO(files.mp3()), APEv2()
    labels["Artist"] = SECRET
    labels.save(recording)
    return recording.getvalue()


WORDS = SECRET.encode()
IN_CORNERS = {
    "a path as description": lambda: in_word(
        b'descr="C:\\Users\\' + WORDS + b'\\house.jpg" ', b'name="Picture 1"'
    ),
    "a path in a field": lambda: in_word(
        b'<w:p><w:r><w:instrText> INCLUDEPICTURE "C:\\\\Users\\\\' + WORDS
        + b'\\\\house.jpg" </w:instrText></w:r></w:p>'
    ),
    "who wrote a paragraph": lambda: in_word(
        b'<w:p><w:customXmlInsRangeStart w:id="9" w:author="' + WORDS + b'"/></w:p>'
    ),
    "when a paragraph was written": lambda: in_word(b'<w:p w:rsidRPr="' + WORDS + b'"/>'),
    "words not shown": lambda: in_word(
        b"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>" + WORDS + b"</w:t></w:r></w:p>"
    ),
    "a link to a file": with_link,
    "a link to a file in an odt": lambda: in_odt(
        '<text:a xmlns:x="http://www.w3.org/1999/xlink"'
        f' x:href="file:///home/{SECRET}/x">here</text:a>'
    ),
    "a link to a file in a PDF": with_local_link,
    "a photo packed twice": lambda: in_pdf(
        zlib.compress(files.picture()), "/FlateDecode", "/DCTDecode"
    ),
    "a photo behind a photo": lambda: in_pdf(files.picture() * 2, "/DCTDecode"),
    "the labels of a JPEG 2000": lambda: in_pdf(
        files.box(b"jP  ", b"\r\n\x87\n") + files.box(b"xml ", WORDS) + files.box(b"jp2c", b"\xff"),
        "/JPXDecode",
    ),
    "other labels of an MP3": with_ape,
    "an unknown box": lambda: files.m4a() + files.box(b"beam", WORDS),
    "an unknown box inside": lambda: (
        files.box(b"ftyp", b"M4A ") + files.box(b"moov", files.box(b"Xtra", WORDS))
    ),
    "labels of a part": lambda: (
        files.m4a() + files.box(b"moof", files.box(b"traf", files.box(b"udta", WORDS)))
    ),
}  # fmt: skip


@pytest.mark.parametrize("corner", IN_CORNERS)
def test_nothing_is_left_in_corners_that_nobody_looks_into(corner):
    before = IN_CORNERS[corner]()
    content = cleaned(before).content
    assert WORDS not in every_byte(content)
    assert WORDS not in b"".join(in_pictures(content))


def in_pictures(content):
    """The pictures of a PDF, each unpacked as far as it is no picture."""
    if content.startswith(b"%PDF"):
        with Pdf.open(BytesIO(content)) as pdf:
            for each in pdf.objects:
                if isinstance(each, Stream):
                    raw = each.read_raw_bytes()
                    yield zlib.decompress(raw) if raw[:1] == b"x" else raw


def test_a_photo_in_a_pdf_stays_the_same_photo():
    progressive = BytesIO()
    photo = Image.effect_noise((40, 20), 90)
    photo.save(progressive, "JPEG", progressive=True, comment=WORDS)
    with Pdf.open(BytesIO(cleaned(in_pdf(progressive.getvalue(), "/DCTDecode")).content)) as pdf:
        kept = pdf.pages[0].Resources.XObject.Photo.read_raw_bytes()
    assert WORDS not in kept
    before = Image.open(progressive)
    assert Image.open(BytesIO(kept)).tobytes() == before.tobytes()


def test_words_that_are_shown_again_stay():
    shown = b'<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>We agree.</w:t></w:r></w:p>'
    assert b"We agree." in files.parts(cleaned(in_word(shown)).content)["word/document.xml"]


def with_part(name, part=b"x"):
    return docx(change=lambda parts: {**parts, name: part})


def with_doctype():
    bomb = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    return with_part("word/styles.xml", bomb)


def elsewhere():
    def change(parts):
        relations = parts["word/_rels/document.xml.rels"].replace(
            b"</Relationships>",
            b'<Relationship Id="r99" Target="https://example.org/seen.png" TargetMode="External"'
            b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/>'
            b"</Relationships>",
        )
        return {**parts, "word/_rels/document.xml.rels": relations}

    return docx(change=change)


HOSTILE = {
    "too large": (lambda: bytes(MOST_BYTES + 1), "5 MB at most"),
    "of no type": (lambda: b"MZ\x90\x00 a program", "Only PDF, Word"),
    "a page": (lambda: b"<html><script>alert(1)</script>", "Only PDF, Word"),
    "an old Word file": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Save it as PDF"),
    "a broken PDF": (lambda: b"%PDF-1.7 nothing", "PDF cannot be read"),
    "a locked PDF": (files.locked_pdf, "locked with a password"),
    "half a picture": (lambda: files.picture()[:200], "picture cannot be read"),
    "a huge picture": (lambda: files.picture("PNG", size=(9_000, 9_000)), "too many pixels"),
    "any zip": (lambda: files.package({"a.txt": "a"}), "document cannot be read"),
    "half a zip": (lambda: docx()[:3_000], "document cannot be read"),
    "a zip bomb": (lambda: files.package({"a": bytes(70 * 1024**2)}), "too large once unpacked"),
    "many parts": (lambda: files.package({f"{n}": "" for n in range(2_001)}), "once unpacked"),
    "a macro": (lambda: with_part("word/vbaProject.bin"), "holds a program"),
    "an object": (lambda: with_part("word/embeddings/book.xlsx"), "word/embeddings/book.xlsx"),
    "a path": (lambda: with_part("../../etc/passwd"), "cannot look into"),
    "entities": (with_doctype, "document cannot be read"),
    "a picture from elsewhere": (elsewhere, "shows something that is elsewhere"),
    "a locked text": (
        lambda: files.odt(**{"META-INF/manifest.xml": "<m><encryption-data/></m>"}),
        "locked with a password",
    ),
    "a text with a program": (lambda: files.odt(**{"Basic/a.xml": "<a/>"}), "holds a program"),
    "a film": (lambda: files.m4a(b"vide"), "This is a film"),
    "boxes in boxes": (lambda: files.m4a()[:16] + boxes(3_000), "recording cannot be read"),
    "half a recording": (lambda: files.m4a()[:60], "recording cannot be read"),
    "no frames": (lambda: b"ID3" + bytes(500), "recording cannot be read"),
    "labels in the middle": (
        lambda: files.mp3() + files.mp3(),
        "recording cannot be read",
    ),
    "two voice messages": (lambda: files.ogg() * 2, "recording cannot be read"),
    "a picture in the text itself": (
        lambda: in_odt("<office:binary-data>eA==</office:binary-data>"),
        "office:binary-data",
    ),
    "half a voice message": (lambda: files.ogg()[:60], "recording cannot be read"),
}


def boxes(depth):
    made = b""
    for _ in range(depth):
        made = (len(made) + 8).to_bytes(4) + b"moov" + made
    return made


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_cleaned_is_refused_with_a_reason(name):
    made, says = HOSTILE[name]
    with pytest.raises(UploadError, match=says):
        cleaned(made())
