"""What is still in brackets in the draft that a report is about."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from flask import url_for

from consultations.drafts.brackets import open_points
from consultations.drafts.queries import revision
from consultations.drafts.rendering import Paragraph, show
from consultations.i18n import page_language
from consultations.reports.preferred import preferred
from consultations.reports.told import Told
from consultations.rounds.models import Round
from consultations.texts import pick

NEARBY = 60
"""Characters of the sentence shown on each side of a bracket."""


def open_brackets(of: Round, slug: str, numbers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every passage with open brackets: {name, url, language, runs, preferences}.

    Those that people were asked about come first. Preferences are sentences, one for each bracket
    that the report of these `numbers` tells of.
    """
    if of.revision_id is None:
        return []
    found = []
    told = Told(numbers, page_language())
    for provision in revision(of.revision_id).provisions:
        words, language = pick(provision.text, page_language())
        place = 1
        for paragraph in show(words, language).paragraphs:
            points = len(open_points("".join(run.text for run in paragraph.runs)))
            brackets = range(place, place + points)
            place += points
            if points:
                found.append(
                    {
                        "name": pick(provision.number, page_language())[0],
                        "url": url_for("portal.provision", slug=slug, eid=provision.eid),
                        "language": language,
                        "runs": _around(paragraph),
                        "preferences": [
                            said
                            for each in brackets
                            if (said := preferred(told, provision.eid, each))
                        ],
                    }
                )
    return sorted(found, key=lambda each: not each["preferences"])


def _around(paragraph: Paragraph) -> list[dict[str, Any]]:
    """The runs of a paragraph, what lies far from any bracket cut down to a few words."""
    joined = [
        (bracket, "".join(run.text for run in runs))
        for bracket, runs in groupby(paragraph.runs, key=lambda run: run.bracket)
    ]
    last = len(joined) - 1
    return [
        {
            "text": text if bracket else _cut(text, first=place == 0, last=place == last),
            "bracket": bracket,
            "change": "",
        }
        for place, (bracket, text) in enumerate(joined)
    ]


def _cut(text: str, *, first: bool, last: bool) -> str:
    if first and len(text) > NEARBY:
        return "… " + text[-NEARBY:].split(" ", 1)[-1]
    if last and len(text) > NEARBY:
        return text[:NEARBY].rsplit(" ", 1)[0] + " …"
    if len(text) > 2 * NEARBY:
        return f"{text[:NEARBY].rsplit(' ', 1)[0]} … {text[-NEARBY:].split(' ', 1)[-1]}"
    return text
