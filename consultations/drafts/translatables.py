"""What of the current revision is translated."""

from collections.abc import Iterable

from consultations.drafts.queries import revisions_of
from consultations.languages import registry
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


registry.register("drafts", passages)
