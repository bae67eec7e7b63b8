"""The reply form: a disposition, its reason, and the words that came of it."""

from dataclasses import dataclass

from flask import request

from consultations.errors import ConsultationsError
from consultations.replies.models import DISPOSITIONS, Reply
from consultations.words import N_

LONGEST = 10_000
OFFERED = DISPOSITIONS[:7]
"""Those that the page offers; a duplicate or a withdrawal is noted by other means."""


@dataclass(frozen=True)
class ReplyForm:
    """What is typed into the form."""

    disposition: str = ""
    text: str = ""
    resulting: str = ""

    @classmethod
    def posted(cls) -> "ReplyForm":
        """As it was posted."""
        return cls(
            *(
                request.form.get(name, "").replace("\r\n", "\n").strip()
                for name in ("disposition", "text", "resulting")
            )
        )

    @classmethod
    def of(cls, reply: Reply | None, language: str) -> "ReplyForm":
        """As it stands now."""
        if reply is None:
            return cls()
        text, resulting = reply.text.get(language, ""), reply.resulting_text.get(language, "")
        return cls(reply.disposition, text, resulting)

    def faults(self) -> dict[str, ConsultationsError]:
        """Field name -> what is wrong with it."""
        found = {}
        if self.disposition not in DISPOSITIONS:
            found["disposition"] = ConsultationsError(N_("Choose what becomes of the point."))
        if not self.text:
            found["text"] = ConsultationsError(N_("Write the reason: the author reads it."))
        for name, text in (("text", self.text), ("resulting", self.resulting)):
            if "\0" in text or len(text) > LONGEST:
                found[name] = ConsultationsError(
                    N_("The text is too long, or holds signs that are not text.")
                )
        return found
