"""Recordings in which a question or a summary is read out: what kinds of file are taken."""

from consultations.errors import ConsultationsError
from consultations.words import N_

LARGEST = 2_000_000
"""Bytes: some two minutes of speech as MP3, ten as Opus."""

ENDINGS = (".mp3", ".ogg", ".opus", ".m4a", ".wav")
"""How the names of such files end."""

_MP3_FRAMES = tuple(bytes((0xFF, second)) for second in (0xFB, 0xFA, 0xF3, 0xF2, 0xE3, 0xE2))
_MP4_SOUND = (b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"iso2", b"dash")
_LOOKED_AT = 128


class RecordingError(ConsultationsError):
    """A file is not a recording that can be played."""


def media_type(content: bytes) -> str:
    """The media type of a recording, by how it begins, whatever its name says.

    Raises `RecordingError` for anything but MP3, Ogg (Opus, Vorbis), M4A and WAV, and for what
    is too large.
    """
    if len(content) > LARGEST:
        raise RecordingError(
            N_("A recording may have %(most)s MB at most."), most=LARGEST // 1_000_000
        )
    head = content[:_LOOKED_AT]
    if head.startswith((b"ID3", *_MP3_FRAMES)):
        return "audio/mpeg"
    if head.startswith(b"OggS") and (b"OpusHead" in head or b"\x01vorbis" in head):
        return "audio/ogg"
    if head[4:8] == b"ftyp" and head[8:12] in _MP4_SOUND:
        return "audio/mp4"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return "audio/wav"
    raise RecordingError(N_("This is not a recording that can be played: MP3, Ogg, M4A or WAV."))
