"""What partners hand on: a poster, a message, words for the radio; per language and partner."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import force_locale, get_locale, gettext, ngettext

from consultations import figures
from consultations.i18n import shell_language
from consultations.pdf import pdf, qr
from consultations.rounds.models import Consultation, Round
from consultations.rounds.plan import declared_policy
from consultations.submissions.form import answer_form
from consultations.texts import pick

LONGEST_MESSAGE = 300
"""Characters of a message, its link included: fewer than some phones cut off."""


@dataclass(frozen=True)
class Kit:
    """A consultation's open round, told to those who do not know it yet.

    language: the one of the texts; tag: the partner's, empty for the plain link.
    """

    consultation: Consultation
    round: Round
    language: str
    tag: str = ""

    @property
    def address(self) -> str:
        """The consultation's page in this language, with the partner's tag."""
        return url_for(
            "portal.consultation",
            lang=self.language,
            slug=self.consultation.slug,
            via=self.tag or None,
            _external=True,
        )

    @property
    def readable_address(self) -> str:
        """The address as people say and type it, without a tag."""
        plain = url_for(
            "portal.consultation",
            lang=self.language,
            slug=self.consultation.slug,
            _external=True,
        )
        return plain.partition("://")[2].rstrip("/")

    @property
    def title(self) -> str:
        """The consultation's title."""
        return pick(self.consultation.title, self.language)[0]

    @property
    def organizer(self) -> str:
        """Who asks."""
        return pick(self.consultation.organizer, self.language)[0]

    @property
    def closes(self) -> date | None:
        """The last day; None while the team holds the round open."""
        return None if self.round.held_open else self.round.closes

    @property
    def minutes(self) -> int:
        """How long answering takes."""
        return answer_form(self.consultation, self.round).minutes


def message(kit: Kit) -> str:
    """A short text for messengers with the link, under 300 characters where the link allows."""
    with force_locale(_locale(kit)):
        until = _until(kit)
        without = _message(kit, "", until)
        room = LONGEST_MESSAGE - 1 - len(without)
        return _message(kit, _shortened(kit.title, max(room, 20)), until)


def radio_script(kit: Kit) -> str:
    """Forty seconds to be read out, from the consultation's own title, organizer and last day."""
    with force_locale(_locale(kit)):
        said = [
            gettext("New rules that concern us all are being written: %(title)s.", title=kit.title),
            gettext(
                "Before they are decided, %(organizer)s wants to hear from you.",
                organizer=kit.organizer,
            ),
            gettext(
                "It takes about %(minutes)s minutes, on a phone or on paper.", minutes=kit.minutes
            ),
            gettext("Nobody asks for your name; results are shown for groups only."),
            gettext("With the code you get, you can look up what came of what you said."),
            _last_day(kit),
            gettext(
                "Open %(address)s, or ask those who work with us near you. Once more: %(address)s.",
                address=figures.isolated(kit.readable_address),
            ),
            gettext("The text is about you: say what you think of it."),
        ]
        return "\n".join(str(each) for each in said)


def poster_pdf(kit: Kit) -> bytes:
    """An A4 page for a wall: what is asked, by whom, until when, and where."""
    least = declared_policy(kit.consultation.policy).threshold
    with force_locale(_locale(kit)):
        said = {
            "question": gettext("What do you think of it?"),
            "promise": ngettext(
                "%(num)s minute. No name, no account.",
                "%(num)s minutes. No name, no account.",
                kit.minutes,
            ),
            "until": _last_day(kit),
            "asks": gettext("Who asks"),
            "scan": gettext("Take a picture of the square, or open this address:"),
            "shown": ngettext(
                "Results are shown for groups of %(count)s people or more, never for fewer.",
                "Results are shown for groups of %(count)s people or more, never for fewer.",
                least,
                count=figures.isolated(str(least)),
            ),
            "paper": gettext("You can also answer on paper. Ask whoever put this up."),
        }
    spoken = shell_language(kit.language)
    title, organizer = (
        pick(texts, kit.language) for texts in (kit.consultation.title, kit.consultation.organizer)
    )
    return pdf(
        "poster",
        {
            **{name: _piece(str(words), spoken) for name, words in said.items()},
            "language": kit.language,
            "title": title[0],
            "heading": _piece(*title),
            "organizer": _piece(*organizer),
            "address": kit.readable_address,
            "qr": qr(kit.address),
        },
    )


def _message(kit: Kit, title: str, until: str) -> str:
    asked = gettext(
        "%(organizer)s asks: what do you think of “%(title)s”?",
        organizer=_shortened(kit.organizer, 60),
        title=title,
    )
    how = gettext("About %(minutes)s minutes, no name, no account.", minutes=kit.minutes)
    said = " ".join(str(part) for part in (asked, how, until) if part)
    return f"{said}\n{kit.address}"  # on a line of its own, which runs its own way


def _until(kit: Kit) -> str:
    return str(gettext("Until %(day)s.", day=_day(kit.closes))) if kit.closes else ""


def _last_day(kit: Kit) -> str:
    if kit.closes is None:
        return str(gettext("You can take part now."))
    return str(gettext("You can take part until %(day)s.", day=_day(kit.closes)))


def _day(closes: date) -> str:
    return figures.day(closes, get_locale())


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _locale(kit: Kit) -> str:
    return shell_language(kit.language).replace("-", "_")


def _piece(text: str, language: str) -> dict[str, Any]:
    return {"text": text, "lang": language}
