"""The translators' desk: original and translation side by side."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext
from flask_login import current_user

from consultations.accounts.roles import TRANSLATE
from consultations.db import db
from consultations.errors import ConsultationsError
from consultations.i18n import name_in, page_language
from consultations.languages.models import MACHINE, REVIEWED, TRANSLATED
from consultations.languages.queries import MISSING, OUT_OF_DATE, Standing, standings, to_do
from consultations.languages.registry import Translated, find
from consultations.languages.services import save_translation
from consultations.texts import in_language
from consultations.web import access
from consultations.web.failures import sentence
from consultations.web.filters import address, chosen, filter_by

pages = Blueprint("languages", __name__)

SHOWN_AT_ONCE = 40
WIDTH = 60
"""Characters in a line of the field, about."""

SEE_OTHER, UNPROCESSABLE = 303, 422


@pages.route("/<lang>/manage/<slug>/translate/", methods=["GET", "POST"])
@access.needs(TRANSLATE)
def translate(slug: str) -> ResponseReturnValue:
    """Passages to translate or to review, in one language."""
    of = find(slug)
    if request.method == "POST":
        return _saved(of)
    return _page(of, _language(of, chosen("language")))


def _saved(of: Translated) -> ResponseReturnValue:
    name, text = request.form.get("passage", ""), request.form.get("text", "")
    language = _language(of, request.form.get("language", ""))
    reviewed = request.form.get("action") == "review"
    try:
        save_translation(of, name, language, text, reviewed=reviewed, by=current_user.id)
    except ConsultationsError as error:
        db.session.rollback()
        return _page(of, language, {name: text}, sentence(error)), UNPROCESSABLE
    db.session.commit()
    flash(gettext("Kept as reviewed.") if reviewed else gettext("Kept."))
    return redirect(f"{address(language=language)}#main", SEE_OTHER)


def _language(of: Translated, wanted: str) -> str:
    """The language chosen, else the page's, else the first that is not the source."""
    others = [each for each in of.languages if each != of.source_language]
    for each in (wanted, page_language()):
        if each in others or (each == wanted and each in of.languages):
            return each
    return others[0] if others else of.source_language


def _page(
    of: Translated,
    language: str,
    typed: dict[str, str] | None = None,
    error: str | None = None,
) -> str:
    every = standings(of, language)
    status = chosen("status")
    listed = [
        each for each in every if (each.to_do if not status else status in ("all", each.status))
    ]
    return render_template(
        "languages/translate.html",
        consultation=of,
        language=language,
        total=sum(each.to_do for each in every),
        shown=[_by_language(of, language), _by_status(every)],
        passages=[_shown(each, typed or {}) for each in listed[:SHOWN_AT_ONCE]],
        error=error,
    )


def _by_language(of: Translated, language: str) -> dict[str, Any]:
    options = [(tag, name_in(tag, get_locale()), count) for tag, count in to_do(of).items()]
    return filter_by("language", gettext("Language"), options, default=language)


def _by_status(every: Sequence[Standing]) -> dict[str, Any]:
    counts = Counter(each.status for each in every)
    labels = {
        MISSING: gettext("not translated"),
        OUT_OF_DATE: gettext("the original has changed"),
        MACHINE: gettext("machine draft"),
        TRANSLATED: gettext("to be reviewed"),
        REVIEWED: gettext("reviewed"),
    }
    options = [
        (status, label, counts[status]) for status, label in labels.items() if counts[status]
    ]
    return filter_by("status", gettext("Passages"), [("", gettext("to do"), None), *options])


def _shown(standing: Standing, typed: dict[str, str]) -> dict[str, Any]:
    passage = standing.passage
    text = typed.get(passage.name, passage.texts.get(standing.language))
    where = in_language(passage.where, page_language())
    return {
        "name": passage.name,
        "anchor": passage.name.replace(":", "-"),
        "where": " · ".join(part for part in (where, gettext(passage.part)) if part),
        "status": standing.status,
        "source_language": passage.source,
        "source": passage.source_text,
        "text": text,
        "norm": passage.norm,
        "rows": min(
            20, max(2, len(passage.source_text) // WIDTH + passage.source_text.count("\n") + 1)
        ),
    }
