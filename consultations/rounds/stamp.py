"""Each consultation has a stamp, which changes with whatever its participants are shown.

What was made of its rows once (a form, a page) is good for as long as the stamp stays the same:
one small query instead of reading everything again. Floors above register their own rows. What
changes rows without the session (SQL by hand) has to set `consultation.stamp` as well.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, bindparam, event, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.unitofwork import UOWTransaction

from consultations.db import db, new_key, single
from consultations.errors import NotFound
from consultations.rounds.models import Consultation, Round
from consultations.words import N_

_owners: dict[type, Callable[[Any], str | Select[str]]] = {
    Consultation: lambda row: row.id,
    Round: lambda row: row.consultation_id,
}


_STAMP = select(Consultation.stamp).where(Consultation.slug == bindparam("slug"))


def shown(model: type, owner: Callable[[Any], str | Select[str]]) -> None:
    """Let a floor name rows that are shown; `owner` gives the consultation's id, or selects it."""
    _owners[model] = owner


def stamp(slug: str) -> str:
    """The stamp of a consultation; raises NotFound."""
    with single(db.engine) as connection:
        found = connection.scalar(_STAMP, {"slug": slug})
    if found is None:
        raise NotFound(N_("There is no consultation “%(slug)s”."), slug=slug)
    return found


class _Process:
    renewals = 0


def renewals() -> int:
    """How often this process has changed a stamp."""
    return _Process.renewals


SECONDS = 1.0
"""So long what the database said is near enough where nothing is kept because of it."""


@dataclass(frozen=True)
class Asked:
    """A moment at which the database was asked.

    What this process changes itself it knows at once; what others change, after `SECONDS`.
    """

    at: float = field(default_factory=time.monotonic)
    renewals: int = field(default_factory=renewals)

    @property
    def lately(self) -> bool:
        """Whether what it said is still near enough."""
        return time.monotonic() - self.at < SECONDS and self.renewals == renewals()


@event.listens_for(Session, "after_commit")
def _count(session: Session) -> None:
    _Process.renewals += session.info.pop("renewed", False)


@event.listens_for(Session, "after_flush")
def _renew(session: Session, _context: UOWTransaction) -> None:
    changed = [row for row in session.dirty if session.is_modified(row)]
    owners = {
        str(owner): owner
        for row in (*session.new, *changed, *session.deleted)
        if (owner_of := _owners.get(type(row))) and (owner := owner_of(row)) is not None
    }
    if owners:
        session.info["renewed"] = True
    for owner in owners.values():
        which = (
            Consultation.id.in_(owner) if isinstance(owner, Select) else Consultation.id == owner
        )
        session.execute(
            update(Consultation).where(which).values(stamp=new_key()),
            execution_options={"synchronize_session": False},
        )
