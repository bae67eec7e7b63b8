"""Taking revisions of a draft in."""

from collections.abc import Callable, Mapping
from datetime import date

from consultations.db import db
from consultations.drafts.identity import stable_wids
from consultations.drafts.models import Provision, Revision
from consultations.drafts.queries import revisions_of
from consultations.drafts.structure import DraftText, ProvisionText


def add_revision(
    consultation_id: str, stem: str, texts: Mapping[str, DraftText], *, dated: date
) -> Revision:
    """Add a revision with its provisions; `texts` are aligned (`drafts.outline.align`).

    Provisions keep the wid they had in the revision before; see `drafts.identity`.
    """
    earlier = revisions_of(consultation_id)
    before = {each.eid: each.wid for each in earlier[-1].provisions} if earlier else {}
    known = {each.wid for revision in earlier for each in revision.provisions}
    revision = Revision(
        consultation_id=consultation_id,
        stem=stem,
        number=len(earlier) + 1,
        dated=dated,
        title={language: text.title for language, text in texts.items()},
    )
    first = next(iter(texts.values()))
    wids = stable_wids(first.provisions, before, known)
    revision.provisions = [
        _provision(index, texts, wids[each.eid]) for index, each in enumerate(first.provisions)
    ]
    db.session.add(revision)
    db.session.flush()
    return revision


def _provision(index: int, texts: Mapping[str, DraftText], wid: str) -> Provision:
    versions = {language: text.provisions[index] for language, text in texts.items()}
    first = next(iter(versions.values()))
    return Provision(
        wid=wid,
        eid=first.eid,
        kind=first.kind,
        position=first.position,
        number=_texts(versions, lambda each: each.number),
        heading=_texts(versions, lambda each: each.heading),
        summary=_texts(versions, lambda each: each.summary),
        text=_texts(versions, lambda each: each.text),
    )


def _texts(
    versions: Mapping[str, ProvisionText], part: Callable[[ProvisionText], str]
) -> dict[str, str]:
    """One part of a provision per language, without the languages in which it is empty."""
    return {language: part(each) for language, each in versions.items() if part(each)}
