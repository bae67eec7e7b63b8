"""What groups too few to count said in round 1: written by one, read by another, translated."""

from datetime import datetime

from consultations.analysis.plan import GROUP
from consultations.demonstration.content import read
from consultations.languages.queries import digest
from consultations.languages.services import save_translation
from consultations.reports.telling import confirm, passage, write
from consultations.reports.too_few import SmallGroup
from consultations.rounds.models import Round


def tell(of: Round, *, writer: int, reader: int, translator: int, at: datetime) -> None:
    """Keep the prose of `content/small-groups.yaml`; `writer` and the others are accounts."""
    about = of.consultation
    source = about.source_language
    for code, texts in read("small-groups").items():
        group = SmallGroup(GROUP, code, (), counted=True)
        kept = write(of, group, texts[source], language=source, by=writer, at=at)
        assert kept is not None
        confirm(of, group, digest(kept.text), by=reader, at=at)
        for language in set(texts) - {source}:
            save_translation(
                about, passage(kept), language, texts[language], reviewed=True, by=translator
            )
