import pytest

from consultations.questionnaires.audio import LARGEST, RecordingError, media_type
from tests.questionnaires.sounds import M4A, MP3, OPUS, WAV


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (MP3, "audio/mpeg"),
        (b"ID3\x04" + bytes(100), "audio/mpeg"),
        (OPUS, "audio/ogg"),
        (M4A, "audio/mp4"),
        (WAV, "audio/wav"),
    ],
)
def test_a_recording_is_told_by_how_it_begins(content, kind):
    assert media_type(content) == kind


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MP3",
        b"<html><script>",
        b"%PDF-1.7",
        b"OggS" + bytes(40),  # without Opus or Vorbis it may be a film
        b"RIFF\x00\x00\x00\x00AVI LIST",
        b"\x00\x00\x00\x20ftypqt  ",
        b"\xff\xd8\xff\xe0",
    ],
)
def test_anything_else_is_refused(content):
    with pytest.raises(RecordingError, match="not a recording"):
        media_type(content)


def test_what_is_too_large_is_refused():
    with pytest.raises(RecordingError, match="2 MB"):
        media_type(MP3 + bytes(LARGEST))
