import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from mutagen.mp3 import MP3
from mutagen.oggopus import OggOpus
from pikepdf import Pdf
from PIL import Image

from consultations import resources
from consultations.questionnaires.kinds import KINDS
from consultations.submissions.uploads import MOST_BYTES, TYPES, UploadError, cleaned
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
