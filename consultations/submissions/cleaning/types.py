"""The types of files that are taken, and what cleans each."""

from collections.abc import Callable
from dataclasses import dataclass

from consultations.submissions.cleaning.opendocument import TYPE as OPENDOCUMENT
from consultations.submissions.cleaning.opendocument import clean_odt
from consultations.submissions.cleaning.pdf import clean_pdf
from consultations.submissions.cleaning.pictures import clean_picture
from consultations.submissions.cleaning.recordings import clean_m4a, clean_mp3, clean_ogg
from consultations.submissions.cleaning.word import clean_docx


@dataclass(frozen=True)
class FileType:
    """A type of file: how its name ends, its media type, how it begins, how it is cleaned."""

    extension: str
    media_type: str
    begins: Callable[[bytes], bool]
    clean: Callable[[bytes], bytes]


def _with(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(marks)


TYPES = (
    FileType("pdf", "application/pdf", lambda head: b"%PDF-" in head, clean_pdf),
    FileType("jpg", "image/jpeg", _with(b"\xff\xd8\xff"), clean_picture),
    FileType("png", "image/png", _with(b"\x89PNG\r\n\x1a\n"), clean_picture),
    FileType("odt", OPENDOCUMENT, lambda head: head[30:38] == b"mimetype", clean_odt),
    FileType("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
             _with(b"PK\x03\x04"), clean_docx),
    FileType("ogg", "audio/ogg", _with(b"OggS"), clean_ogg),
    FileType("m4a", "audio/mp4", lambda head: head[4:8] == b"ftyp", clean_m4a),
    FileType("mp3", "audio/mpeg", _with(b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"), clean_mp3),
)  # fmt: skip
"""Told by what is in them, whatever their names say."""
