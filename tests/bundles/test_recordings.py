"""Recordings in a bundle's folder."""

from pathlib import Path

import pytest

from consultations.bundles.documents import BundleError
from consultations.bundles.recordings import BundledRecording, read_recordings
from tests.questionnaires.sounds import MP3, OPUS


def _read(folder: Path) -> list[BundledRecording]:
    subjects = {"art_1", "art_1_position"}
    return list(read_recordings(folder, subjects=subjects, languages=["en", "zh-Hans"]))


def _write(folder: Path, name: str, content: bytes = MP3) -> None:
    (folder / "audio").mkdir(exist_ok=True)
    (folder / "audio" / name).write_bytes(content)


def test_they_are_named_by_subject_and_language(tmp_path: Path) -> None:
    _write(tmp_path, "art_1.en.mp3")
    _write(tmp_path, "art_1_position.zh-Hans.opus", OPUS)
    assert _read(tmp_path) == [
        BundledRecording("art_1", "en", MP3),
        BundledRecording("art_1_position", "zh-Hans", OPUS),
    ]


def test_a_bundle_needs_none(tmp_path: Path) -> None:
    assert _read(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("art_1.mp3", MP3, "named like art_1.en.mp3, in one of en, zh-Hans"),
        ("art_1.fr.mp3", MP3, "named like"),
        ("art_1.en.exe", MP3, "named like"),
        ("art_1.en.exe", b"MZ", "This is not a recording"),
        ("art_9.en.mp3", MP3, "no question and no provision of this name; art_1 is"),
        ("art_1.en.mp3", b"<html>", "audio/art_1.en.mp3: This is not a recording"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    _write(tmp_path, name, content)
    with pytest.raises(BundleError, match=says):
        _read(tmp_path)


def test_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "audio").mkdir()
    (tmp_path / "secret").write_bytes(MP3)
    (tmp_path / "audio" / "art_1.en.mp3").symlink_to(tmp_path / "secret")
    with pytest.raises(BundleError, match="links are not followed"):
        _read(tmp_path)
