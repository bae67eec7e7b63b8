"""Recordings without their labels: title, artist, place, date, cover."""

import re
from collections.abc import Iterator
from io import BytesIO

from mutagen import MutagenError, apev2, id3
from mutagen.mp3 import MP3
from mutagen.ogg import OggFileType, OggPage
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis

from consultations.submissions.cleaning.refusal import UploadError
from consultations.words import N_

UNREADABLE = N_("This recording cannot be read.")

_LABELS_AGAIN = re.compile(rb"ID3[\x02-\x04]\x00|LYRICSBEGIN")
"""Labels of an MP3 in its middle or behind it, which nothing takes out."""

_AROUND = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"mvex", b"moof", b"traf"}
_SOUND = _AROUND | set(
    b"ftyp styp sidx mdat mvhd iods tkhd edts tref mdhd hdlr smhd nmhd dinf stsd stts ctts stsc "
    b"stsz stz2 stco co64 stss sgpd sbgp mehd trex mfhd tfhd tfdt trun mfra".split()
)
"""Boxes that a player needs; all others are labels: ISO/IEC 14496-12."""

_DATED = {b"mvhd", b"tkhd", b"mdhd"}
_PICTURES = b"vide"


def clean_mp3(content: bytes) -> bytes:
    """The frames of an MP3 without ID3 and APE tags; raises `UploadError`."""
    file = BytesIO(content)
    try:
        for remove in (id3.delete, apev2.delete) * 2:  # each finds its labels at the end only
            remove(file)
            file.seek(0)
        MP3(file)
    except (MutagenError, LookupError, ValueError) as error:
        raise UploadError(UNREADABLE) from error
    if _LABELS_AGAIN.search(file.getvalue()):
        raise UploadError(UNREADABLE)
    return file.getvalue()


def clean_ogg(content: bytes) -> bytes:
    """An Opus or Vorbis recording without its comments; raises `UploadError`."""
    kind: type[OggFileType] = OggOpus if b"OpusHead" in content[:200] else OggVorbis
    file = BytesIO(content)
    try:
        recording = kind(file)
        _refuse_several(content)
        file.seek(0)
        recording.delete(file)
    except (MutagenError, LookupError, ValueError) as error:
        raise UploadError(UNREADABLE) from error
    return file.getvalue()


def clean_m4a(content: bytes) -> bytes:
    """An MPEG-4 recording, its labels and dates overwritten where they stand.

    Nothing is moved, because the file says of every sound at which byte it begins.
    """
    cleaned = bytearray(content)
    try:
        for name, at, inside, end in boxes(content, 0, len(content)):
            if name not in _SOUND:
                cleaned[at + 4 : at + 8] = b"free"
                cleaned[inside:end] = bytes(end - inside)
            elif name in _DATED:
                width = 16 if content[inside] else 8
                cleaned[inside + 4 : inside + 4 + width] = bytes(width)
            elif name == b"hdlr":
                cleaned[inside + 24 : end] = bytes(max(0, end - inside - 24))
                _refuse_film(content[inside + 8 : inside + 12])
    except (LookupError, ValueError, RecursionError) as error:
        raise UploadError(UNREADABLE) from error
    return bytes(cleaned)


def _refuse_several(ogg: bytes) -> None:
    """Only the first of several recordings in one file would lose its comments."""
    file, begun = BytesIO(ogg), 0
    while file.tell() < len(ogg):
        begun += OggPage(file).first
    if begun > 1:
        raise UploadError(UNREADABLE)


def _refuse_film(handler: bytes) -> None:
    if handler == _PICTURES:
        raise UploadError(N_("This is a film. Only sound is taken, or a picture."))


def boxes(content: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    """Every box at any depth: its name, where it and what it holds begin, where it ends."""
    while start < end:
        size, name = int.from_bytes(content[start : start + 4]), content[start + 4 : start + 8]
        inside = start + 8
        if size == 1:
            size, inside = int.from_bytes(content[inside : inside + 8]), inside + 8
        ends = end if size == 0 else start + size
        if not inside <= ends <= end:
            raise ValueError(name)
        yield name, start, inside, ends
        if name in _AROUND:
            yield from boxes(content, inside, ends)
        start = ends
