"""People whom no link reached: a pile of paper half keyed in, and partners with their tags."""

from datetime import datetime

from consultations.accounts.models import Account
from consultations.portal.services import declare
from consultations.questionnaires.paper.keying import read_keyed
from consultations.questionnaires.queries import questionnaire
from consultations.records.services import key_in, new_batch
from consultations.rounds.models import Consultation
from consultations.rounds.services import set_target

PARTNERS = (
    ("radio-north", "Radio North", 140, ("minorities", "displaced")),
    ("teachers", "Teachers’ Association", 60, ("youth",)),
)
"""Tag, name, openings of the link, and the groups that the partner can reach."""
TARGET = 2_000

FORMS = ("1 2 1 1", "2 1 1 3", "1 1 97 1", "3 3 3 1", "1 1 1 1", "1 2 2 1")
"""Per form what is ticked at the first positions: the numbers printed beside the boxes."""

IN_THE_PILE, READ_AGAIN, MISREAD = 8, 4, 1
"""Forms there are, and keyed in twice; this one (counted from 0) was read differently."""


def reach(of: Consultation, *, first: Account, second: Account, at: datetime) -> None:
    """Two partners whose links were opened, and a batch that waits for its second reader."""
    for tag, partner, count, groups in PARTNERS:
        declare(of, tag=tag, partner=partner, reaches=groups).count = count
    to = of.rounds[-1]
    set_target(to, TARGET)
    assert to.questionnaire_version_id is not None
    asked = questionnaire(to.questionnaire_version_id)
    positions = [each.name for each in asked.questions if each.role == "position"]
    batch = new_batch(to, expected=IN_THE_PILE, language="ar", by=first.id, at=at)
    for place, (form, ticked) in enumerate(zip(batch.forms, FORMS, strict=False)):
        typed = dict(zip(positions, ticked.split(), strict=False))
        key_in(form, read_keyed(asked, typed).answers, by=first.id)
        if place < READ_AGAIN:
            again = {**typed, positions[0]: "3"} if place == MISREAD else typed
            key_in(form, read_keyed(asked, again).answers, by=second.id)
