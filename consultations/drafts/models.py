"""The norm: revisions and their provisions."""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultations.db import Key, Model, new_key
from consultations.rounds import stamp


class Revision(Model):
    """One dated wording of the draft; `stem` is the name of its files in a bundle."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("consultation_id", "stem"),)

    id: Mapped[Key] = mapped_column(default=new_key)
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultation.id"))
    stem: Mapped[str] = mapped_column(String(60))
    number: Mapped[int]
    dated: Mapped[date]
    title: Mapped[dict[str, str]]

    provisions: Mapped[list["Provision"]] = relationship(
        back_populates="revision", order_by="Provision.position"
    )


class Provision(Model):
    """A preambular paragraph, article or annex: stable `wid`, current `eid`, texts per language.

    `number` is as printed ("Article 3"); `text` is the Markdown of the body with its brackets;
    `summary` is the plain-language line.
    """

    __tablename__ = "provision"
    __table_args__ = (
        UniqueConstraint("revision_id", "eid"),
        UniqueConstraint("revision_id", "wid", name="uq_provision_revision_id_wid"),
    )

    id: Mapped[Key] = mapped_column(default=new_key)
    revision_id: Mapped[str] = mapped_column(ForeignKey("revision.id"))
    wid: Mapped[str] = mapped_column(String(60))
    eid: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    number: Mapped[dict[str, str]]
    heading: Mapped[dict[str, str]]
    summary: Mapped[dict[str, str]]
    text: Mapped[dict[str, str]]

    revision: Mapped[Revision] = relationship(back_populates="provisions")


stamp.shown(Revision, lambda row: row.consultation_id)
stamp.shown(
    Provision, lambda row: select(Revision.consultation_id).where(Revision.id == row.revision_id)
)
