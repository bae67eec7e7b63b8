"""From a folder or zip to a `Bundle`: everything in it read and checked, nothing stored yet."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from consultations.bundles.checks import read_configuration
from consultations.bundles.documents import BundleError, Document, read_yaml
from consultations.bundles.folders import CONFIGURATION, bundle_folder, file_in
from consultations.bundles.schema import Configuration
from consultations.drafts.akoma import outline_of_akoma
from consultations.drafts.markdown import outline_of_markdown
from consultations.drafts.outline import align
from consultations.drafts.structure import DraftText, Outline
from consultations.texts import in_language
from consultations.words import N_

MAX_DRAFT_BYTES = 5_000_000
MAX_BUNDLE_BYTES = 500_000_000


@dataclass(frozen=True)
class Bundle:
    """A consultation as files.

    `drafts` maps a file stem to the text per language; `folder` exists as long as the bundle is
    open; `document` tells lines for messages.
    """

    configuration: Configuration
    document: Document
    drafts: Mapping[str, Mapping[str, DraftText]]
    folder: Path

    def file(self, name: str) -> Path:
        """The path of a file that the configuration names; raises BundleError if it is missing."""
        path = file_in(self.folder, name)
        if path is None:
            raise BundleError(N_("The file %(file)s is missing from the bundle."), file=name)
        return path


@contextmanager
def open_bundle(path: Path, *, max_bytes: int = MAX_BUNDLE_BYTES) -> Iterator[Bundle]:
    """Read a bundle from a folder or zip file; its files can be read until the block ends.

    Raises BundleError or DraftError, naming file, place and cause.
    """
    with bundle_folder(path, max_bytes=max_bytes) as folder:
        document = read_yaml((folder / CONFIGURATION).read_bytes(), CONFIGURATION)
        configuration = read_configuration(document)
        bundle = Bundle(configuration, document, _drafts(folder, document, configuration), folder)
        _require_files(bundle)
        yield bundle


def _require_files(bundle: Bundle) -> None:
    for index, keys in enumerate(bundle.configuration.rounds):
        for key in ("questionnaire", "responses", "comments"):
            name = getattr(keys, key)
            if name and file_in(bundle.folder, name) is None:
                raise bundle.document.error(
                    ("rounds", index, key),
                    N_(
                        "%(file)s, line %(line)s, %(place)s: the file %(name)s is missing from"
                        " the bundle."
                    ),
                    name=name,
                )


def _drafts(
    folder: Path, document: Document, configuration: Configuration
) -> dict[str, dict[str, DraftText]]:
    drafts: dict[str, dict[str, DraftText]] = {}
    for index, keys in enumerate(configuration.rounds):
        if keys.draft not in drafts:
            outlines = {
                language: _titled(
                    _outline(folder, keys.draft, language, document, index),
                    configuration.title,
                    language,
                )
                for language in configuration.languages
            }
            drafts[keys.draft] = align(outlines, configuration.source_language)
    return drafts


def _outline(folder: Path, stem: str, language: str, document: Document, index: int) -> Outline:
    name = f"{stem}.{language}"
    markdown, akoma = file_in(folder, f"{name}.md"), file_in(folder, f"{name}.xml")
    if markdown and akoma:
        raise BundleError(N_("%(file)s stands in the bundle twice, as .md and as .xml."), file=name)
    if markdown:
        return outline_of_markdown(_text(markdown), file=markdown.name)
    if akoma:
        return outline_of_akoma(_bytes(akoma), file=akoma.name)
    raise document.error(
        ("rounds", index, "draft"),
        N_(
            "%(file)s, line %(line)s, %(place)s: the draft in the language %(language)s is missing"
            " from the bundle (%(name)s.md or %(name)s.xml)."
        ),
        language=language,
        name=name,
    )


def _titled(outline: Outline, titles: Mapping[str, str], language: str) -> Outline:
    """An outline whose file states no title is called what its consultation is called."""
    if outline.title:
        return outline
    return replace(outline, title=in_language(titles, language))


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > MAX_DRAFT_BYTES:
        raise BundleError(N_("%(file)s: a draft can hold five megabytes at most."), file=path.name)
    return path.read_bytes()


def _text(path: Path) -> str:
    try:
        return _bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BundleError(N_("%(file)s: the file is not UTF-8 text."), file=path.name) from error
