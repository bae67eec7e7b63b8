"""A copy of one's own answers, made from what the form carries: nothing is stored for it."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from flask import Response, make_response, render_template
from flask_babel import gettext

from consultations.i18n import direction, shell_language
from consultations.pdf import pdf
from consultations.texts import pick

COPY_HTML, COPY_PDF = STEPS = ("copy-html", "copy-pdf")
"""The values of the buttons on the page where answers are checked."""

KINDS = {COPY_HTML: ("text/html; charset=utf-8", "html"), COPY_PDF: ("application/pdf", "pdf")}

Said = Mapping[str, str] | str
Sections = Iterable[Mapping[str, Any]]
"""As `shown.answers_shown` gives them: title, answers with label, given, skipped."""


def answers_file(step: str, sections: Sections, language: str, title: Said) -> Response:
    """The copy as a file to keep; `step` is the value of the button that was pressed."""
    make = answers_copy if step == COPY_PDF else answers_page
    kind, ending = KINDS[step]
    response = make_response(make(sections, language, title))
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f'attachment; filename="answers.{ending}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def answers_copy(sections: Sections, language: str, title: Said) -> bytes:
    """The copy as a PDF, without a date and without anything that is not an answer."""
    spoken = shell_language(language)
    return pdf(
        "answers",
        {
            "language": language,
            "title": _piece(title, language)["text"],
            "note": {"text": _note(), "lang": spoken},
            "skipped": {"text": gettext("skipped"), "lang": spoken},
            "sections": [
                {
                    "title": _piece(section["title"], language),
                    "answers": [
                        {
                            "label": _piece(each["label"], language),
                            "given": [_piece(given, language) for given in each["given"]],
                        }
                        for each in section["answers"]
                    ],
                }
                for section in sections
            ],
        },
    )


def answers_page(sections: Sections, language: str, title: Said) -> str:
    """The copy as one HTML file that needs nothing else."""
    return render_template(
        "submissions/copy.html", sections=sections, language=language, title=title, note=_note()
    )


def _note() -> str:
    return str(
        gettext(
            "A copy of your answers before they were sent. It was made for you alone and is kept "
            "nowhere else: keep it where nobody finds it, or delete it."
        )
    )


def _piece(said: Said, language: str) -> dict[str, str]:
    """A text of the questionnaire in its language; what somebody typed in its own direction."""
    if isinstance(said, str):
        return {"text": said, "lang": language, "dir": _way(said) or direction(language)}
    text, found = pick(said, language)
    return {"text": text, "lang": found}


def _way(text: str) -> str | None:
    """The direction of the first letter that has one, as HTML's `dir="auto"` finds it."""
    for sign in text:
        way = unicodedata.bidirectional(sign)
        if way in ("L", "R", "AL"):
            return "ltr" if way == "L" else "rtl"
    return None
