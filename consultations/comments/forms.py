"""The comment form: what can be chosen in it, and what it was posted with."""

from dataclasses import dataclass, field
from typing import Any

from flask import request
from flask_babel import gettext

from consultations.comments.models import TYPES, Point
from consultations.comments.queries import points_on
from consultations.comments.said import Said, faults, read, without_unchanged
from consultations.comments.wording import choices, numbered, proposed, surroundings, whole
from consultations.drafts.models import Provision
from consultations.drafts.queries import provision_at, revision
from consultations.drafts.rendering import Run, show
from consultations.i18n import reading_language
from consultations.rounds.models import Consultation, Round
from consultations.texts import pick
from consultations.web.failures import sentence
from consultations.words import N_

SHOW, SEND = "show", "send"
OTHERS_SHOWN = 5

TYPE_LABELS = dict(
    zip(
        TYPES,
        (
            N_("The substance"),
            N_("A technical matter"),
            N_("The drafting"),
            N_("The translation"),
            N_("A question"),
        ),
        strict=True,
    )
)


@dataclass
class CommentForm:
    """A provision's form with what was typed into it."""

    provision: Provision
    said: Said = field(default_factory=Said)
    errors: dict[str, str] = field(default_factory=dict)
    difference: tuple[Run, ...] | None = None

    @property
    def current(self) -> tuple[str, str]:
        """The provision's text for the reader, and its language."""
        return pick(self.provision.text, reading_language())

    def take(self) -> bool:
        """Read what was posted; whether it can be taken."""
        text, _ = self.current
        said = read(request.form)
        self.said = without_unchanged(said, numbered(text).get(said.paragraph) or whole(text))
        found = faults(self.said, numbered(text))
        self.errors = {name: sentence(error) for name, error in found.items()}
        return not self.errors

    def compare(self) -> None:
        """Show how the proposed wording differs from the text."""
        if self.said.wording:
            text, _ = self.current
            self.difference = surroundings(proposed(text, self.said.paragraph, self.said.wording))

    def shown(self) -> dict[str, Any]:
        """What the template needs of it."""
        text, language = self.current
        return {
            "provision": self.provision,
            "text": show(text, language),
            "paragraphs": choices(text),
            "types": [(code, gettext(label)) for code, label in TYPE_LABELS.items()],
            "values": self.said,
            "errors": self.errors,
            "difference": self.difference,
        }

    def typed(self) -> list[dict[str, Any]]:
        """What was typed, in words, to give it back where it cannot be taken."""
        labels = {
            "text": gettext("Your comment"),
            "wording": gettext("The wording you propose"),
            "reason": gettext("Why"),
        }
        return [
            {"label": label, "given": [getattr(self.said, name)], "skipped": False}
            for name, label in labels.items()
            if getattr(self.said, name)
        ]


def provision_commented(of: Round | None, eid: str) -> Provision:
    """The provision of a round's revision with this number; raises NotFound."""
    return provision_at(revision(of.revision_id if of and of.revision_id else ""), eid)


def wanted_step() -> str:
    """What the button that was pressed asks for: no button means sending."""
    return SHOW if request.form.getlist("_step")[-1:] == [SHOW] else SEND


def others_on(about: Consultation, provision: Provision) -> list[Point]:
    """Published comments of organisations on the same provision, to read or to join."""
    found = points_on(about.id, provision.wid)
    return [each for each in found if each.organisation_id][:OTHERS_SHOWN]


def next_provision(provision: Provision) -> Provision | None:
    """The provision after this one that has a text."""
    after = (each for each in provision.revision.provisions if each.text)
    return next((each for each in after if each.position > provision.position), None)
