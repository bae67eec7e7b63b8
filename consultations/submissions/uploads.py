"""Files that participants add: which are taken, and what is taken out of them first."""

from dataclasses import dataclass

from consultations.submissions.cleaning.refusal import UploadError
from consultations.words import N_

__all__ = ["MOST_BYTES", "Upload", "UploadError", "cleaned"]

MOST_BYTES = 5 * 1024**2
_LOOKED_AT = 1024
_LOCKED_OR_OLD = b"\xd0\xcf\x11\xe0"
"""How Word files begin that are locked, or of the last century."""


@dataclass(frozen=True)
class Upload:
    """A file as it is kept: under no name of its own, with nothing but what it says."""

    extension: str
    media_type: str
    content: bytes


def cleaned(content: bytes) -> Upload:
    """The file as it may be kept; raises `UploadError` with what the participant can do."""
    from consultations.submissions.cleaning.types import TYPES  # heavy: docs/decisions/0013

    if len(content) > MOST_BYTES:
        raise UploadError(
            N_("This file is too large: %(size)s MB at most."), size=MOST_BYTES // 1024**2
        )
    head = content[:_LOOKED_AT]
    if head.startswith(_LOCKED_OR_OLD):
        raise UploadError(
            N_("This Word file is locked with a password or of an old kind. Save it as PDF.")
        )
    found = next((each for each in TYPES if each.begins(head)), None)
    if found is None:
        raise UploadError(
            N_("Only PDF, Word and OpenDocument texts, pictures (JPEG, PNG) and sound are taken.")
        )
    return Upload(found.extension, found.media_type, found.clean(content))
