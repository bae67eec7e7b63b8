"""What of the themes is translated: their labels, and the sentences in which points are read."""

from collections.abc import Iterable

from consultations.languages import registry
from consultations.languages.registry import Passage, Translated
from consultations.rounds.translatables import keeper
from consultations.themes.queries import themes_in
from consultations.words import N_

PARTS = {"label": N_("theme"), "read_as": N_("how it was read")}


def passages(of: Translated) -> Iterable[Passage]:
    """Every theme's label and reading."""
    for theme in themes_in(of.id):
        for attribute, part in PARTS.items():
            yield Passage(
                name=f"theme:{theme.id}:{attribute}",
                where=theme.label,
                part=part,
                source=of.source_language,
                texts=getattr(theme, attribute),
                keep=keeper(theme, attribute),
            )


registry.register("themes", passages)
