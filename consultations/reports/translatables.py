"""What of the reports is translated: prose about small groups, once two people have seen it."""

from collections.abc import Callable, Iterable

from sqlalchemy import select

from consultations.db import db
from consultations.languages import registry
from consultations.languages.registry import Passage, Translated
from consultations.reports.models import SmallGroupText
from consultations.reports.prose import checked_prose
from consultations.reports.telling import group_label, passage
from consultations.rounds.models import Round
from consultations.rounds.translatables import keeper
from consultations.words import N_


def passages(of: Translated) -> Iterable[Passage]:
    """Every text that was read, from the language in which it was written."""
    query = (
        select(SmallGroupText, Round)
        .join(Round, SmallGroupText.round_id == Round.id)
        .where(Round.consultation_id == of.id, SmallGroupText.read_by.is_not(None))
        .order_by(Round.number.desc(), SmallGroupText.by, SmallGroupText.code)
    )
    for text, round_ in db.session.execute(query):
        yield Passage(
            name=passage(text),
            where=group_label(round_, text),
            part=N_("what a small group said"),
            source=text.language,
            texts=text.texts,
            keep=_keeper(text),
        )


def _keeper(text: SmallGroupText) -> Callable[[str, str], None]:
    """Translations hold no number and no quotation either."""
    keep = keeper(text, "texts")
    return lambda language, words: keep(language, checked_prose(words))


registry.register("reports", passages)
