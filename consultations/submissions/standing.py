"""The forms that stand open, kept in memory for as long as nothing in them changes."""

from dataclasses import dataclass, field

from flask import current_app

from consultations.db import db
from consultations.rounds.queries import consultation, open_round
from consultations.rounds.stamp import stamp
from consultations.submissions.first_page import FirstPage
from consultations.submissions.form import AnswerForm, answer_form


@dataclass(frozen=True)
class Standing:
    """What is known of one consultation at one stamp.

    form:        the form of its open round, its rows apart from any session: for reading only.
    first_pages: by language and the application's place on the host.
    """

    stamp: str
    languages: tuple[str, ...]
    form: AnswerForm | None
    first_pages: dict[tuple[str, str], FirstPage] = field(default_factory=dict)


def standing(slug: str) -> Standing:
    """What stands open of a consultation at this moment; raises NotFound."""
    kept: dict[str, Standing] = current_app.extensions.setdefault("standing", {})
    current = stamp(slug)
    found = kept.get(slug)
    if found is None or found.stamp != current:
        found = kept[slug] = _read(slug, current)
    return found


def _read(slug: str, current: str) -> Standing:
    about = consultation(slug)
    of = open_round(about)
    asks = of is not None and of.questionnaire_version_id is not None
    form = answer_form(about, of) if of is not None and asks else None
    provisions = list(form.provisions.values()) if form else []
    for row in (*provisions, *about.rounds, about):
        db.session.expunge(row)
    return Standing(current, tuple(about.languages), form)
