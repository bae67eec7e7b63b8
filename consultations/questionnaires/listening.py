"""Where what is read out can be heard, for the pages that show it."""

from collections.abc import Iterable, Mapping

from flask import url_for

from consultations.i18n import page_language
from consultations.questionnaires.queries import Recorded


def addresses(slug: str, recordings: Iterable[Recorded]) -> Mapping[str, str]:
    """Subject -> address of its recording in the page's language.

    The address names the recording's version: it may be kept as long as anyone likes.
    """
    return {
        each.subject: url_for(
            "questionnaires.audio", slug=slug, subject=each.subject, v=each.digest[:8]
        )
        for each in recordings
        if each.language == page_language()
    }
