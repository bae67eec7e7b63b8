"""What there is to translate: each feature registers its passages.

The floors that hold consultations and their texts stand above this one, so they register here
how to find a consultation and what of it is to be translated (`translatables.py` of each).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from consultations.db import Texts


class Translated(Protocol):
    """What the translators' desk needs to know of a consultation."""

    id: str
    slug: str
    title: dict[str, str]
    source_language: str
    languages: list[str]


@dataclass(frozen=True)
class Passage:
    """A text to be translated.

    name:   names it for ever ("provision:<id>:summary").
    where:  where it is shown ("Article 3"), and `part` what of it (a sentence for gettext).
    source: the language it was written in; `texts` holds it and its translations.
    keep:   puts a text in a language in its place; an empty one takes it out.
    norm:   whether it is wording of the draft.
    """

    name: str
    where: Texts
    part: str
    source: str
    texts: Mapping[str, str]
    keep: Callable[[str, str], None]
    norm: bool = False

    @property
    def source_text(self) -> str:
        """The text that translations are made from."""
        return self.texts.get(self.source, "")


Source = Callable[[Translated], Iterable[Passage]]
Finder = Callable[[str], Translated]

_sources: dict[str, Source] = {}
_finders: list[Finder] = []


def register(name: str, source: Source) -> None:
    """Let a feature bring its passages, in the order of registration."""
    _sources[name] = source


def register_finder(find: Finder) -> None:
    """Let the floor that holds consultations find one by its slug."""
    _finders[:] = [find]


def find(slug: str) -> Translated:
    """The consultation with this slug; raises NotFound."""
    return _finders[0](slug)


def passages(of: Translated) -> Sequence[Passage]:
    """Everything of a consultation that has a source text."""
    found = (passage for source in _sources.values() for passage in source(of))
    return [each for each in found if each.source_text]
