"""The questionnaire on paper: what its template needs, in the words of one reader."""

from typing import Any

from flask_babel import get_locale, gettext, ngettext

from consultations import figures
from consultations.i18n import shell_language
from consultations.pdf import pdf
from consultations.questionnaires.paper.laid_out import Piece, Teller, paper
from consultations.rounds.plan import declared_policy
from consultations.submissions.form import AnswerForm


def paper_pdf(form: AnswerForm, language: str) -> bytes:
    """A round's questionnaire to print, in the language of the page."""
    return pdf("paper", paper_shown(form, language))


def paper_shown(form: AnswerForm, language: str) -> dict[str, Any]:
    """Everything that stands on the paper, as plain values."""
    about = form.consultation
    teller = Teller(language, shell_language(language), gettext)
    return {
        "language": language,
        "title": _plain(teller.text(about.title)),
        "organizer": teller.text(about.organizer),
        "parts": paper(form.questionnaire, form.provisions, teller),
        "words": _words(teller),
        "protected": _protected(form, teller),
        "filling": _filling(teller),
        "notice": teller.text(about.privacy_notice) if about.privacy_notice else None,
        "hand_in": _hand_in(form, teller),
    }


def _words(teller: Teller) -> dict[str, Piece]:
    said = {
        "office": gettext("For the office"),
        "batch": gettext("Batch"),
        "form": gettext("Form"),
        "statement": gettext("One box in each row"),
        "agree": gettext("Yes, I agree"),
        "protected-title": gettext("How your answers are protected"),
        "filling-title": gettext("How to fill it in"),
        "hand-in-title": gettext("Where to hand it in"),
        "notice-title": gettext("Privacy notice"),
    }
    return {name: teller.piece(words, teller.spoken) for name, words in said.items()}


def _protected(form: AnswerForm, teller: Teller) -> list[Piece]:
    least = declared_policy(form.consultation.policy).threshold
    said = [
        gettext("Do not write your name. Nothing on this paper tells one copy from another."),
        ngettext(
            "Results are shown for groups of %(count)s people or more, never for fewer.",
            "Results are shown for groups of %(count)s people or more, never for fewer.",
            least,
            count=figures.isolated(str(least)),
        ),
        gettext("After it is typed in and checked, nothing ties this paper to its answers."),
    ]
    return [teller.piece(words, teller.spoken) for words in said]


def _filling(teller: Teller) -> list[Piece]:
    said = [
        gettext("Put a cross in the box of your answer. The small numbers are for the office."),
        gettext("Leave out whatever you do not wish to answer."),
        gettext("If you change your mind, fill the wrong box completely and cross another one."),
    ]
    return [teller.piece(words, teller.spoken) for words in said]


def _hand_in(form: AnswerForm, teller: Teller) -> list[Piece]:
    day = figures.kept_together(figures.day(form.round.closes, get_locale()))
    said = [] if form.round.held_open else [gettext("By %(day)s at the latest.", day=day)]
    found = [teller.piece(words, teller.spoken) for words in said]
    if form.consultation.contact:
        asked = teller.piece(gettext("Questions:"), teller.spoken)
        found += [asked, teller.text(form.consultation.contact)]
    return found


def _plain(piece: Piece) -> str:
    return piece if isinstance(piece, str) else piece["text"]
