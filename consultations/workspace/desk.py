"""What the desk lists: work to do with its counts and links, and what the team did last."""

from collections import Counter, defaultdict
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import get_locale, gettext, ngettext
from sqlalchemy import select

from consultations import figures
from consultations.accounts.models import Account
from consultations.accounts.roles import (
    ASSIST,
    FOLLOW,
    INVITE,
    MODERATE,
    PARTICIPATION,
    PUBLISH,
    RECORD,
    REPLY,
    ROUNDS,
    SPEAK,
    TRANSLATE,
)
from consultations.clock import today
from consultations.comments.models import HIDDEN, PUBLISHED, WAITING
from consultations.comments.queries import (
    comments_of_organisation,
    counts_by_status,
    oldest_waiting,
)
from consultations.db import db
from consultations.drafts.queries import revision
from consultations.i18n import page_language
from consultations.languages.queries import to_do
from consultations.participants.models import Organisation
from consultations.replies.queries import reading_list
from consultations.reports.queries import report_of, reports_of
from consultations.reports.telling import groups_told, texts_of
from consultations.rounds.models import CLOSED, OPEN, PLANNED, Consultation, TeamAction
from consultations.rounds.queries import current_round, open_round
from consultations.texts import in_language
from consultations.web.access import may
from consultations.web.templating import language_name
from consultations.words import N_

Task = dict[str, Any]

ACTIONS = {
    "consultation.load": N_("The consultation was set up."),
    "round.open": N_("Round %(detail)s was opened."),
    "round.close": N_("Round %(detail)s was closed."),
    "round.burst": N_("A burst of machines was declared in round %(detail)s."),
    "round.burst_over": N_("The burst in round %(detail)s was ended."),
    "recording.keep": N_("A recording was kept: %(detail)s"),
    "recording.remove": N_("A recording was removed: %(detail)s"),
    "files.read": N_("A file that came with an answer was read, round %(detail)s."),
    "round.report": N_("The report of round %(detail)s was published."),
    "round.correct": N_("The report of round %(detail)s was corrected."),
    "report.witnesses": N_("The witnesses of what is published were named."),
    "assisted.pack": N_("%(detail)s forms were fetched to take others' answers with."),
    "assisted.end": N_("No more forms to take others' answers with are given out."),
    "paper.batch": N_("Batch %(detail)s of paper was begun."),
    "paper.discard": N_("Batch %(detail)s of paper was deleted."),
    "paper.accept": N_("%(detail)s forms on paper were counted."),
    "invitation.codes": N_("%(detail)s invitation codes were made."),
    "invitation.addresses": N_("%(detail)s addresses were taken in to be invited."),
    "invitation.invite": N_("Invitations were sent."),
    "invitation.remind": N_("Reminders were sent."),
    "small_group.write": N_("What a small group said was written, round %(detail)s."),
    "small_group.read": N_("What a small group said was read, round %(detail)s."),
    "small_group.remove": N_("What a small group said was taken away, round %(detail)s."),
    "point.publish": N_("The comment %(detail)s was published."),
    "point.hide": N_("A comment was hidden: %(detail)s"),
    "point.reply": N_("A reply was given, to %(detail)s points together."),
    "point.themes": N_("Themes were attached to %(detail)s points, or taken off."),
    "theme.add": N_("The theme “%(detail)s” was added."),
    "theme.change": N_("The theme “%(detail)s” was changed."),
    "theme.merge": N_("The theme “%(detail)s” was merged into another."),
    "theme.remove": N_("The theme “%(detail)s” was removed."),
}
OFTEN = {
    "point.publish": N_("%(count)s comments were published."),
    "point.hide": N_("%(count)s comments were hidden."),
    "point.reply": N_("%(count)s replies were given."),
    "point.themes": N_("Themes were attached or taken off, %(count)s times."),
    "theme.add": N_("%(count)s themes were added."),
    "theme.change": N_("%(count)s themes were changed."),
    "recording.keep": N_("%(count)s recordings were kept."),
    "recording.remove": N_("%(count)s recordings were removed."),
}
LOG_READ, LOG_SHOWN = 300, 12


def tasks(about: Consultation, speaker: Organisation | None) -> list[Task]:
    """Work to do for whoever has signed in, the most urgent first."""
    found = []
    if may(MODERATE, about.slug):
        found.append(_comments_to_read(about))
    if may(REPLY, about.slug):
        found.append(_points_to_answer(about))
    if may(TRANSLATE, about.slug):
        found += _passages_to_translate(about)
    if may(ROUNDS, about.slug):
        found += [*_bursts_to_end(about), *_reports_to_publish(about)]
    if may(RECORD, about.slug):
        found += _small_groups(about)
    if speaker is not None and may(SPEAK, about.slug):
        found += _own_comments(about, speaker)
    return found


def links(about: Consultation) -> list[dict[str, str]]:
    """Where else to go from the desk."""
    slug = about.slug
    desks = (
        (MODERATE, "moderation.queue", gettext("Comments")),
        (REPLY, "themes.points", gettext("Themes")),
        (REPLY, "replies.points", gettext("Points and replies")),
        (TRANSLATE, "languages.translate", gettext("Translations")),
        (PARTICIPATION, "portal_manage.share", gettext("Share kit")),
        (RECORD, "records_manage.paper", gettext("Questionnaires on paper")),
        (ASSIST, "submissions_manage.assisted", gettext("Take others' answers")),
        (ROUNDS, "questionnaires_manage.recordings", gettext("Recordings")),
        (FOLLOW, "reports.index", gettext("Published reports")),
    )
    found = [
        {"label": label, "url": url_for(endpoint, slug=slug)}
        for permission, endpoint, label in desks
        if may(permission, slug)
    ]
    of = current_round(about)
    if of is not None and may(PARTICIPATION, slug):
        address = url_for("workspace.who_takes_part", slug=slug, number=of.number)
        found.append({"label": gettext("Who takes part"), "url": address})
        address = url_for("workspace.unusual_patterns", slug=slug, number=of.number)
        found.append({"label": gettext("Unusual patterns"), "url": address})
    inviting = next((each for each in about.rounds if each.stage in (OPEN, PLANNED)), None)
    if inviting is not None and may(INVITE, slug):
        address = url_for("participants_manage.invitations", slug=slug, number=inviting.number)
        found.append({"label": gettext("Invitations"), "url": address})
    found.append(
        {"label": gettext("The public page"), "url": url_for("portal.consultation", slug=slug)}
    )
    return found


def log(about: Consultation) -> list[dict[str, Any]]:
    """What the team did last, in words, by whom; what somebody did often in a day, once."""
    query = (
        select(TeamAction, Account.email)
        .outerjoin(Account, TeamAction.account_id == Account.id)
        .where(TeamAction.consultation_id == about.id)
        .order_by(TeamAction.at.desc())
        .limit(LOG_READ)
    )
    days: dict[tuple[date, str, str | None], list[str]] = defaultdict(list)
    for action, email in db.session.execute(query):
        days[action.at.date(), action.action, email].append(action.detail)
    return [
        {"at": day, "said": _said(action, details, email)}
        for (day, action, email), details in list(days.items())[:LOG_SHOWN]
    ]


def _said(action: str, details: list[str], email: str | None) -> str:
    count = len(details)
    if action in OFTEN and count > 1:
        said = gettext(OFTEN[action], count=count)
    else:
        said = gettext(ACTIONS.get(action, action), detail=details[0])
    return f"{said} ({email})" if email else str(said)


def _comments_to_read(about: Consultation) -> Task:
    count = counts_by_status(about.id).get(WAITING, 0)
    oldest = oldest_waiting(about.id)
    days = (
        (today(about.time_zone) - oldest.received_on).days if oldest and oldest.received_on else 0
    )
    return {
        "count": count,
        "label": ngettext("comment to read", "comments to read", count),
        "note": ngettext("oldest: %(num)s day", "oldest: %(num)s days", days) if days else None,
        "url": url_for("moderation.queue", slug=about.slug),
    }


def _points_to_answer(about: Consultation) -> Task:
    waiting = [each for each in reading_list(about.id) if not each.replied]
    organisations = sum(each.from_organisation for each in waiting)
    return {
        "count": len(waiting),
        "label": ngettext("point without a reply", "points without a reply", len(waiting)),
        "note": (
            ngettext("%(num)s of an organisation", "%(num)s of organisations", organisations)
            if organisations
            else None
        ),
        "url": url_for("replies.points", slug=about.slug),
    }


def _passages_to_translate(about: Consultation) -> list[Task]:
    return [
        {
            "count": count,
            "label": ngettext("passage to translate", "passages to translate", count),
            "note": language_name(language),
            "url": url_for("languages.translate", slug=about.slug, language=language),
        }
        for language, count in to_do(about).items()
        if count
    ]


def _bursts_to_end(about: Consultation) -> list[Task]:
    of = open_round(about)
    if of is None or not of.burst:
        return []
    return [
        {
            "count": 1,
            "label": gettext("declared burst"),
            "note": gettext("everyone is asked a sum before sending"),
            "url": url_for("workspace.unusual_patterns", slug=about.slug, number=of.number),
        }
    ]


def _reports_to_publish(about: Consultation) -> list[Task]:
    published = {each.round_id for each in reports_of(about.id)}
    return [
        {
            "count": 1,
            "label": gettext("report to publish"),
            "note": in_language(each.title, page_language()),
            "url": url_for("workspace.round", slug=about.slug, number=each.number),
        }
        for each in about.rounds
        if each.stage == CLOSED and each.id not in published
    ]


def _small_groups(about: Consultation) -> list[Task]:
    """Texts on groups too few to count: to be written where a report stands, and to be read."""
    found = []
    for each in about.rounds:
        report, texts = report_of(each.id), texts_of(each.id)
        listed = groups_told(report.id) if report else ()
        untold = sum(group.key not in texts for group in listed)
        unread = sum(text.read_by is None for text in texts.values())
        for count, label in (
            (untold, ngettext("small group to be told", "small groups to be told", untold)),
            (
                unread,
                ngettext(
                    "text to be read by a second person",
                    "texts to be read by a second person",
                    unread,
                ),
            ),
        ):
            if count:
                url = url_for("small_groups.told", slug=about.slug, number=each.number)
                title = in_language(each.title, page_language())
                found.append({"count": count, "label": label, "note": title, "url": url})
    return found


def _own_comments(about: Consultation, speaker: Organisation) -> list[Task]:
    own = comments_of_organisation(about.id, speaker.id)
    waiting = sum(each.status == WAITING for each in own)
    shown = sum(each.status == PUBLISHED for each in own)
    return [
        {
            "count": shown,
            "label": ngettext("published comment of yours", "published comments of yours", shown),
            "note": None,
            "url": url_for("portal.draft", slug=about.slug),
        },
        {
            "count": waiting,
            "label": ngettext("comment waits to be read", "comments wait to be read", waiting),
            "note": None,
            "url": None,
        },
    ]


def articles(about: Consultation, speaker: Organisation) -> list[dict[str, Any]]:
    """Where an organisation can comment now, with how many comments of its own stand there."""
    of = open_round(about)
    if of is None or of.revision_id is None:
        return []
    own = comments_of_organisation(about.id, speaker.id)
    counts = Counter(each.wid for each in own if each.round_id == of.id and each.status != HIDDEN)
    return [
        {
            "provision": each,
            "url": url_for("comments_manage.comment", slug=about.slug, eid=each.eid),
            "own": counts[each.wid],
        }
        for each in revision(of.revision_id).provisions
        if each.text
    ]


def reports(about: Consultation) -> list[dict[str, Any]]:
    """The reports that can be read: published ones; for who may publish, previews as well.

    A preview is counted afresh each time: two of them, or one beside a published report, may tell
    by their difference what neither tells alone.
    """
    published = {each.round_id: each for each in reports_of(about.id)}
    previews = may(PUBLISH, about.slug)
    return [
        {
            "title": each.title,
            "url": (
                url_for("reports.report", slug=about.slug, report_id=each.number)
                if each.id in published
                else url_for("reports_manage.preview", slug=about.slug, number=each.number)
            ),
            "said": (
                figures.day(published[each.id].published_on, get_locale())
                if each.id in published
                else gettext("preview, not published yet")
            ),
        }
        for each in reversed(about.rounds)
        if each.id in published
        or (previews and each.stage == CLOSED and each.questionnaire_version_id)
    ]
