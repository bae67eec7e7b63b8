"""The forms that stand open, kept in memory for as long as nothing in them changes."""

from dataclasses import dataclass, field, replace

from flask import current_app

from consultations.db import db
from consultations.errors import RoundNotOpen
from consultations.rounds.queries import consultation, open_round
from consultations.rounds.stamp import Asked, stamp
from consultations.submissions.first_page import FirstPage
from consultations.submissions.form import AnswerForm, answer_form
from consultations.submissions.sealing import SealError
from consultations.submissions.state import FormState, read_state
from consultations.submissions.storing import Outdated
from consultations.web.templating import offer_languages


@dataclass(frozen=True)
class Standing:
    """What is known of one consultation at one stamp.

    asked:       when the database said that the stamp was this one.
    form:        the form of its open round, its rows apart from any session: for reading only.
    first_pages: by language and the application's place on the host.
    """

    asked: Asked
    stamp: str
    languages: tuple[str, ...]
    form: AnswerForm | None
    first_pages: dict[tuple[str, str], FirstPage] = field(default_factory=dict)


def standing(slug: str, *, lately: bool = False) -> Standing:
    """What stands open of a consultation at this moment; raises NotFound.

    `lately`: or what stood open a moment ago. What is stored after that must hold its stamp again.
    """
    kept: dict[str, Standing] = current_app.extensions.setdefault("standing", {})
    found = kept.get(slug)
    if lately and found and found.form and found.asked.lately:
        return found
    asked = Asked()
    current = stamp(slug)
    if found and found.stamp == current:
        found = replace(found, asked=asked)
    else:
        found = _read(slug, asked, current)
    kept[slug] = found
    return found


def open_form(slug: str) -> AnswerForm:
    """The form of the open round, on a page offered in its languages; raises RoundNotOpen."""
    found = standing(slug)
    offer_languages(found.languages)
    if found.form is None:
        raise RoundNotOpen
    return found.form


def hold(form: AnswerForm) -> None:
    """Raises Outdated where the form is not as it stands open now."""
    if stamp(form.consultation.slug) != form.consultation.stamp:
        raise Outdated


def form_of(slug: str, sealed: str, *, secret: str) -> tuple[AnswerForm, FormState]:
    """The form that a sealed state belongs to, of whichever round; raises SealError."""
    about = consultation(slug)
    ended = (each for each in reversed(about.rounds) if each.questionnaire_version_id)
    for form in (standing(slug).form, *(answer_form(about, each) for each in ended)):
        try:
            if form:
                return form, read_state(sealed, secret=secret, form=form.name)
        except SealError:
            continue
    raise SealError


def _read(slug: str, asked: Asked, current: str) -> Standing:
    db.session.expire_all()  # what this request read before may be older than the stamp
    about = consultation(slug)
    of = open_round(about)
    asks = of is not None and of.questionnaire_version_id is not None
    form = answer_form(about, of) if of is not None and asks else None
    provisions = list(form.provisions.values()) if form else []
    for row in (*provisions, *about.rounds, about):
        db.session.expunge(row)
    return Standing(asked, current, tuple(about.languages), form)
