"""What of the current revision is translated."""

from collections.abc import Collection, Iterable

from consultations.drafts.models import Provision
from consultations.drafts.queries import revisions_of
from consultations.languages import registry
from consultations.languages.queries import not_reviewed
from consultations.languages.registry import Passage, Translated
from consultations.rounds.translatables import keeper
from consultations.words import N_

PARTS = {
    "number": N_("number"),
    "heading": N_("heading"),
    "summary": N_("in plain words"),
    "text": N_("text"),
}


def passages(of: Translated) -> Iterable[Passage]:
    """Every provision of the latest revision, part by part."""
    drafts = revisions_of(of.id)
    for provision in drafts[-1].provisions if drafts else ():
        for attribute, part in PARTS.items():
            yield Passage(
                name=f"provision:{provision.id}:{attribute}",
                where=provision.number,
                part=part,
                source=of.source_language,
                texts=getattr(provision, attribute),
                keep=keeper(provision, attribute),
                norm=attribute in ("heading", "text"),
            )


def unreviewed(
    of: Translated, provisions: Iterable[Provision], language: str, parts: Collection[str]
) -> set[str]:
    """The keys of those provisions that a reader of a language gets in words nobody reviewed yet.

    A page says so of each: an unreviewed translation is never shown as final.
    """
    sources = {
        f"provision:{each.id}:{part}": getattr(each, part).get(of.source_language, "")
        for each in provisions
        for part in parts
        if language in getattr(each, part) and language != of.source_language
    }
    return {name.split(":")[1] for name in not_reviewed(of.id, sources, language)}


registry.register("drafts", passages)
