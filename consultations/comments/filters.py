"""The filter over points by the part of the draft that they are about."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext

from consultations.drafts.queries import numbers_known
from consultations.i18n import page_language
from consultations.rounds.models import Consultation
from consultations.texts import in_language
from consultations.web.filters import filter_by


def by_article(about: Consultation, wids: Iterable[str]) -> dict[str, Any]:
    """The filter `article`: as many as there are of each wid, in the order of the draft."""
    counts = Counter(wids)
    options = [
        (wid, in_language(number, page_language()), counts[wid])
        for wid, number in numbers_known(about.id).items()
        if counts[wid]
    ]
    return filter_by("article", gettext("Article"), [("", gettext("all"), None), *options])
