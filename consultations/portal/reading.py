"""The draft and its provisions, with what changed and what was said."""

from typing import Any

from flask import url_for

from consultations.comments.models import PUBLISHED, Point
from consultations.comments.queries import points_on
from consultations.drafts.models import Provision, Revision
from consultations.drafts.queries import provision_at, provision_known_as, revision, revisions_of
from consultations.drafts.rendering import Shown, show
from consultations.drafts.translatables import unreviewed
from consultations.errors import NotFound
from consultations.i18n import page_language, reading_language
from consultations.portal.home import report_address
from consultations.portal.overview import open_round_shown
from consultations.replies.queries import replies_to
from consultations.replies.shown import points_shown
from consultations.reports.page import provision_chart
from consultations.reports.queries import reports_of
from consultations.reports.standing import numbers_shown
from consultations.reports.told import Told
from consultations.rounds.models import Consultation
from consultations.rounds.queries import current_round, open_round
from consultations.texts import pick


def draft_page(about: Consultation, stem: str | None) -> dict[str, Any]:
    """The current revision, or the one asked for, provision by provision."""
    shown, every = _revision(about, stem)
    before = _before(shown, every)
    points = {each.wid: points_on(about.id, each.wid) for each in shown.provisions}
    unsure = unreviewed(about, shown.provisions, reading_language(), ("heading", "summary"))
    return {
        "revision": shown,
        "earlier": [
            {
                "dated": each.dated,
                "url": url_for("portal.draft", slug=about.slug, revision=each.stem),
            }
            for each in every
            if each.number < shown.number
        ],
        "open_round": open_round_shown(about),
        "provisions": [
            {**_listed(each, before, points[each.wid]), "unreviewed": each.id in unsure}
            for each in shown.provisions
        ],
    }


def provision_page(about: Consultation, eid: str) -> dict[str, Any]:
    """One provision of the current revision."""
    shown, every = _revision(about, None)
    found = provision_at(shown, eid)
    place = shown.provisions.index(found)
    published = [each for each in points_on(about.id, found.wid) if each.status == PUBLISHED]
    points = points_shown(published, about)
    chart, address = _chart(about, found)
    return {
        "provision": found,
        "unreviewed": bool(
            unreviewed(about, [found], reading_language(), ("heading", "summary", "text"))
        ),
        "text": _text(found, _before(shown, every), reading_language()),
        "others": [
            show(found.text[tag], tag)
            for tag in about.languages
            if tag in found.text and tag != pick(found.text, reading_language())[1]
        ],
        "place": {
            "number": place + 1,
            "total": len(shown.provisions),
            "before": shown.provisions[place - 1] if place else None,
            "after": shown.provisions[place + 1] if place + 1 < len(shown.provisions) else None,
        },
        "can_comment": open_round(about) is not None,
        "open_round": open_round_shown(about),
        "organisations": [each for each in points if each["author"]],
        "individuals": [each for each in points if not each["author"]],
        "chart": chart,
        "chart_url": address,
    }


def _revision(about: Consultation, stem: str | None) -> tuple[Revision, list[Revision]]:
    """The revision of the current round, or the one named; and all there are."""
    every = revisions_of(about.id)
    if stem is not None:
        shown = next((each for each in every if each.stem == stem), None)
    else:
        of = current_round(about)
        shown = revision(of.revision_id) if of and of.revision_id else None
    if shown is None:
        raise NotFound
    return shown, every


def _before(shown: Revision, every: list[Revision]) -> Revision | None:
    earlier = [each for each in every if each.number < shown.number]
    return earlier[-1] if earlier else None


def _text(found: Provision, before: Revision | None, language: str) -> Shown:
    words, tag = pick(found.text, language)
    old = provision_known_as(before, found.wid) if before else None
    return show(words, tag, before=old.text.get(tag) if old else None)


def _listed(found: Provision, before: Revision | None, points: list[Point]) -> dict[str, Any]:
    text = _text(found, before, reading_language())
    published = [each for each in points if each.status == PUBLISHED]
    brackets = sum(
        1
        for paragraph in text.paragraphs
        for place, run in enumerate(paragraph.runs)
        if run.bracket
        and run.change != "removed"
        and not (place and paragraph.runs[place - 1].bracket)
    )
    return {
        "eid": found.eid,
        "number": found.number,
        "heading": found.heading,
        "summary": found.summary,
        "changed": text.changed,
        "open_brackets": brackets,
        "comments": len(published),
        "replied": len(replies_to([each.id for each in published])),
    }


def _chart(about: Consultation, found: Provision) -> tuple[dict[str, Any] | None, str | None]:
    """How people answered on the provision in the last report that asked about it."""
    for report in reports_of(about.id):
        shown = provision_chart(Told(numbers_shown(report), page_language()), found.wid)
        if shown is not None:
            name, chart = shown
            return chart, f"{report_address(about, report)}#q-{name}"
    return None, None
