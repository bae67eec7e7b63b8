"""Files that participants add: which are taken, and what is taken out of them first."""

from collections.abc import Callable
from dataclasses import dataclass

from consultations.submissions.cleaning.opendocument import TYPE as OPENDOCUMENT
from consultations.submissions.cleaning.opendocument import clean_odt
from consultations.submissions.cleaning.pdf import clean_pdf
from consultations.submissions.cleaning.pictures import clean_picture
from consultations.submissions.cleaning.recordings import clean_m4a, clean_mp3, clean_ogg
from consultations.submissions.cleaning.refusal import UploadError
from consultations.submissions.cleaning.word import clean_docx
from consultations.words import N_

__all__ = ["MOST_BYTES", "TYPES", "Upload", "UploadError", "cleaned"]

MOST_BYTES = 5 * 1024**2
_LOOKED_AT = 1024
_LOCKED_OR_OLD = b"\xd0\xcf\x11\xe0"
"""How Word files begin that are locked, or of the last century."""


@dataclass(frozen=True)
class FileType:
    """A type of file: how its name ends, its media type, how it begins, how it is cleaned."""

    extension: str
    media_type: str
    begins: Callable[[bytes], bool]
    clean: Callable[[bytes], bytes]


@dataclass(frozen=True)
class Upload:
    """A file as it is kept: under no name of its own, with nothing but what it says."""

    extension: str
    media_type: str
    content: bytes


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


def cleaned(content: bytes) -> Upload:
    """The file as it may be kept; raises `UploadError` with what the participant can do."""
    if len(content) > MOST_BYTES:
        raise UploadError(
            N_("This file is too large: %(size)s MB at most."), size=MOST_BYTES // 1024**2
        )
    head = content[:_LOOKED_AT]
    if head.startswith(_LOCKED_OR_OLD):
        raise UploadError(
            N_("This Word file is locked with a password or of an old kind. Save it as PDF.")
        )
    found = next((each for each in TYPES if each.begins(head)), None)
    if found is None:
        raise UploadError(
            N_("Only PDF, Word and OpenDocument texts, pictures (JPEG, PNG) and sound are taken.")
        )
    return Upload(found.extension, found.media_type, found.clean(content))
