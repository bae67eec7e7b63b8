"""Recordings that a bundle carries in its folder `audio`: SUBJECT.LANGUAGE.mp3 and the like."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from consultations.bundles.documents import BundleError
from consultations.bundles.folders import file_in
from consultations.errors import ConsultationsError
from consultations.questionnaires.audio import ENDINGS, LARGEST, media_type
from consultations.words import N_

FOLDER = "audio"


@dataclass(frozen=True)
class BundledRecording:
    """What is read out (a question's name, a provision's eId), in which language, its sound."""

    subject: str
    language: str
    content: bytes


def read_recordings(
    folder: Path, *, subjects: set[str], languages: Sequence[str]
) -> Iterator[BundledRecording]:
    """The recordings of a bundle's folder. Raises BundleError naming the file that is wrong."""
    if not (folder / FOLDER).is_dir():
        return
    for name in sorted(path.name for path in (folder / FOLDER).iterdir()):
        if name.startswith("."):
            continue
        content = _content(folder, f"{FOLDER}/{name}")
        yield BundledRecording(*_told(name, subjects, languages), content)


def _told(name: str, subjects: set[str], languages: Sequence[str]) -> tuple[str, str]:
    """Subject and language as a file's name tells them."""
    path = Path(name)
    subject, _, language = path.stem.rpartition(".")
    if path.suffix.lower() not in ENDINGS or not subject or language not in languages:
        raise BundleError(
            N_("%(file)s: a recording is named like art_1.en.mp3, in one of %(languages)s."),
            file=f"{FOLDER}/{name}",
            languages=", ".join(languages),
        )
    if subject not in subjects:
        raise BundleError(
            N_("%(file)s: there is no question and no provision of this name; %(nearest)s is."),
            file=f"{FOLDER}/{name}",
            nearest=get_close_matches(subject, sorted(subjects), n=1, cutoff=0.0)[0],
        )
    return subject, language


def _content(folder: Path, name: str) -> bytes:
    path = file_in(folder, name)
    if path is None:
        raise BundleError(N_("%(file)s: this is not a file."), file=name)
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    try:
        media_type(content)
    except ConsultationsError as error:
        raise BundleError(N_("%(file)s: %(cause)s"), file=name, cause=str(error)) from error
    return content
