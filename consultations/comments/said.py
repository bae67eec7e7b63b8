"""What somebody says about a provision, checked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace

from consultations.comments.models import POSITIONS, TYPES
from consultations.errors import ConsultationsError
from consultations.words import N_

LONGEST = 10_000
"""Characters of a comment, a proposed wording, or a reason."""


@dataclass(frozen=True)
class Said:
    """A comment as it was written.

    paragraph: the number of the paragraph it speaks of; empty for the whole provision.
    wording:   what that paragraph should say instead; empty where nothing is proposed.
    """

    paragraph: str = ""
    position: str = ""
    type: str = TYPES[0]
    text: str = ""
    wording: str = ""
    reason: str = ""


def read(posted: Mapping[str, str]) -> Said:
    """What was typed into the form, without spaces around it."""
    typed = {each.name: posted[each.name] for each in fields(Said) if each.name in posted}
    return Said(**{name: value.replace("\r\n", "\n").strip() for name, value in typed.items()})


def faults(said: Said, paragraphs: Collection[str]) -> dict[str, ConsultationsError]:
    """Field name -> what is wrong with it; `paragraphs` are those that can be chosen."""
    found: dict[str, ConsultationsError] = {}
    if said.paragraph and said.paragraph not in paragraphs:
        found["paragraph"] = ConsultationsError(N_("Choose a paragraph of this article."))
    if said.position not in POSITIONS:
        found["position"] = ConsultationsError(N_("Choose a position."))
    if said.type not in TYPES:
        found["type"] = ConsultationsError(N_("Choose what the comment is about."))
    if not said.text and not said.wording:
        found["text"] = ConsultationsError(N_("Write a comment, or propose a wording."))
    for name in ("text", "wording", "reason"):
        if fault := _fault_of_text(getattr(said, name)):
            found[name] = fault
    return found


def without_unchanged(said: Said, current: str) -> Said:
    """The same, where the current words were only repeated: that proposes nothing."""
    repeated = " ".join(said.wording.split()) == " ".join(current.split())
    return replace(said, wording="") if repeated else said


def _fault_of_text(text: str) -> ConsultationsError | None:
    if len(text) > LONGEST:
        return ConsultationsError(
            N_("Please use at most %(longest)s characters; these are %(length)s."),
            longest=LONGEST,
            length=len(text),
        )
    return (
        ConsultationsError(N_("The text holds signs that are not text.")) if "\0" in text else None
    )
