"""What of a consultation and its rounds is translated."""

from collections.abc import Callable, Iterable
from typing import Any

from consultations.languages import registry
from consultations.languages.registry import Passage, Translated
from consultations.rounds.models import Consultation, Round
from consultations.rounds.queries import consultation
from consultations.words import N_

PARTS = {
    "title": N_("title"),
    "summary": N_("summary"),
    "organizer": N_("who asks"),
    "decision": N_("what is decided"),
    "contact": N_("contact"),
    "privacy_notice": N_("privacy notice"),
    "sampling_design": N_("sampling"),
}


def passages(of: Translated) -> Iterable[Passage]:
    """The consultation's own texts, then the titles of its rounds."""
    assert isinstance(of, Consultation)
    for name, part in PARTS.items():
        yield _passage(of, f"consultation:{of.id}:{name}", of, name, part)
    for each in of.rounds:
        yield _passage(of, f"round:{each.id}:title", each, "title", N_("title"))


def keeper(holder: Any, attribute: str) -> Callable[[str, str], None]:
    """A function that puts a text in a language into a column of texts."""

    def keep(language: str, text: str) -> None:
        others = {
            tag: words for tag, words in getattr(holder, attribute).items() if tag != language
        }
        setattr(holder, attribute, {**others, language: text} if text else others)

    return keep


def _passage(
    of: Consultation, name: str, holder: Consultation | Round, attribute: str, part: str
) -> Passage:
    return Passage(
        name=name,
        where=holder.title,
        part=part,
        source=of.source_language,
        texts=getattr(holder, attribute),
        keep=keeper(holder, attribute),
    )


registry.register("rounds", passages)
registry.register_finder(consultation)
