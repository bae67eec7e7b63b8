"""Publishing reports: a frozen set of numbers, entered in the ledger; corrections of it."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from consultations.analysis.plan import TablePlan
from consultations.analysis.services import Counted, data_digest
from consultations.clock import today
from consultations.db import db
from consultations.drafts.queries import revision
from consultations.errors import Refused
from consultations.ledger.queries import read_log, size
from consultations.ledger.services import append, sign_head
from consultations.ledger.signing import signing_key
from consultations.questionnaires.queries import questionnaire
from consultations.reports.beside import of_organisations, told_beside
from consultations.reports.correcting import corrected
from consultations.reports.counting import counted, counted_lately
from consultations.reports.document import report_document
from consultations.reports.manifest import REPORT, correction_entry, ledger_entries, seal
from consultations.reports.models import CORRECTED, KEEP, MERGE, STAND, Correction, Report
from consultations.reports.moved import moved_too_little
from consultations.reports.numbers import ORGANISATIONS, frozen
from consultations.reports.published import positions_of_organisations, published_on_provisions
from consultations.reports.queries import corrections_of, publications_of
from consultations.reports.standing import numbers_shown, standing
from consultations.rounds.models import CLOSED, REPORTED, Consultation, Round
from consultations.rounds.services import day_at, mark_reported, note
from consultations.words import N_

log = logging.getLogger(__name__)

KEY_FILE = "signing.key"


@dataclass(frozen=True)
class Publication:
    """A published report, and whether it was there already."""

    report: Report
    reused: bool


@dataclass(frozen=True)
class Wish:
    """How a correction is to be published, and what to say of it.

    choice: `corrected` where everything can be published as it is, else merge, withdraw or keep.
    """

    choice: str
    note: Mapping[str, str]


AS_IT_IS = Wish(CORRECTED, {})


@dataclass(frozen=True)
class Comparison:
    """Counts made fit to stand beside all earlier publications.

    merged, withdrawn: ids of the tables for which that took merging or withdrawing; `whole`
    where nothing had to be changed. silent: whether not even the number of people can be told.
    """

    counted: Counted
    merged: tuple[str, ...]
    withdrawn: tuple[str, ...]
    whole: bool
    silent: bool

    @property
    def told(self) -> int:
        """How many tables can be told."""
        bodies = self.counted.organisations.tables if self.counted.organisations else ()
        tables = [*self.counted.individuals.tables, *bodies]
        return sum(1 for table in tables if table.status != "withheld")


class CorrectionNeeded(Refused):
    """The answers changed after publication, by too little to tell: somebody has to choose."""

    message = N_(
        "A report of round %(number)s of “%(slug)s” was published, and the answers have changed "
        "since. %(tables)s tables cannot be published as they are now: the difference from what "
        "was published would give someone away. Choose one of these, with a note that says what "
        "changed: let them stand as they were published, publish them merged, withdraw them, or "
        "keep the published report with the note (on the command line: --correction stand, merge, "
        "withdraw or keep, and --note)."
    )


def preview(consultation: Consultation, of: Round) -> dict[str, Any]:
    """The numbers that publishing now would freeze. Raises Refused while the round is open."""
    counted = counted_lately(consultation, of)
    return _numbers(consultation, of, counted, today(consultation.time_zone))


def publish(
    consultation: Consultation,
    of: Round,
    *,
    key: Ed25519PrivateKey,
    by: int | None,
    at: datetime,
    wish: Wish = AS_IT_IS,
) -> Publication:
    """Freeze a round's numbers, enter them in the ledger and sign its head.

    Building again without new data finds what was published. On changed data what can stand
    beside everything published is published; where that is not all, as is wished. Raises Refused
    while the round is open, CorrectionNeeded where a wish is missing, Overtaken where another
    publication came between.
    """
    start, earlier = size(consultation.id), publications_of(of.id)
    if earlier and settled(consultation, of, earlier[-1]):
        return Publication(earlier[-1], reused=True)
    on, found = day_at(consultation, at), counted(consultation, of)
    if earlier:
        report = _correct(consultation, of, earlier, found, wish, start=start, on=on)
        note(consultation, "round.correct", by=by, at=at, detail=str(of.number))
        if of.stage == CLOSED:
            of.stage = REPORTED
    else:
        report = _enter(consultation, of, found, start=start, on=on)
        mark_reported(of, by=by, at=at)
    db.session.flush()
    sign_head(consultation.id, consultation.slug, key, at=on)
    log.info("Report of round %s published: %s tables", of.number, len(report.numbers["tables"]))
    return Publication(report, reused=False)


def settled(consultation: Consultation, of: Round, report: Report) -> bool:
    """Whether a report is of the answers as they are now, or was left standing beside them."""
    kept = {each.data_digest for each in corrections_of(report.id) if each.report_id == report.id}
    return data_digest(consultation, of) in kept | {report.data_digest}


def comparisons(consultation: Consultation, of: Round) -> tuple[Comparison, Comparison]:
    """What could be published of a round now beside all that was: without and with merging."""
    found, earlier = counted_lately(consultation, of), publications_of(of.id)
    without = _compared(found, earlier, merging=False)
    return without, without if without.whole else _compared(found, earlier, merging=True)


def sealed_document(
    consultation: Consultation,
    report: Report,
    document: dict[str, Any],
    key: Ed25519PrivateKey,
    *,
    in_words: Sequence[Mapping[str, str]] = (),
) -> dict[str, Any]:
    """A report document with what was said of it later and its manifest: its hash and the log's
    head, signed together. `in_words` is what small groups said, if anything was told by now."""
    later = {"notes": notes_of(report), "heard_in_words": list(in_words)}
    whole = document | {name: part for name, part in later.items() if part}
    return seal(whole, read_log(consultation.id, consultation.slug), key)


def notes_of(report: Report) -> list[dict[str, Any]]:
    """The corrections that concern a report, as its document tells them."""
    return [_as_note(each) for each in corrections_of(report.id)]


def instance_key(instance: Path) -> Ed25519PrivateKey:
    """The key with which this instance signs what it publishes."""
    return signing_key(instance / KEY_FILE)


def places_in_log(report: Report) -> dict[str, int]:
    """At which index of the log each entry of a report stands, by table id; its own is the last."""
    names = [*(table["id"] for table in report.numbers["tables"]), REPORT]
    return {name: report.entry + place for place, name in enumerate(names)}


def places_of_notes(report: Report) -> dict[str, int]:
    """At which index of the log each note on a report stands."""
    notes = enumerate(corrections_of(report.id), start=1)
    return {f"note.{place}": each.entry for place, each in notes}


def _numbers(consultation: Consultation, of: Round, counted: Counted, on: date) -> dict[str, Any]:
    assert of.questionnaire_version_id is not None
    positions, named = positions_of_organisations(of)
    return frozen(
        consultation,
        of,
        revision(of.revision_id) if of.revision_id else None,
        questionnaire(of.questionnaire_version_id),
        counted,
        organisations=positions,
        named=named,
        provisions=published_on_provisions(of),
        on=on,
    )


def _enter(
    consultation: Consultation, of: Round, counted: Counted, *, start: int, on: date
) -> Report:
    """Freeze numbers and append them to the log that had `start` entries."""
    report = Report(
        consultation_id=consultation.id,
        round_id=of.id,
        published_on=on,
        data_digest=counted.data_digest,
        numbers=_numbers(consultation, of, counted, on),
        entry=start,
    )
    document = report_document(report.numbers, language=consultation.source_language)
    _hold_to_counts(document)
    append(consultation.id, list(ledger_entries(document).values()), start=start)
    db.session.add(report)
    db.session.flush()
    return report


def _hold_to_counts(document: Mapping[str, Any]) -> None:
    """No figure leaves that tells more than the audited tables: a departure is a defect of ours."""
    departures = list(told_beside(document))
    if departures:
        raise RuntimeError(f"a figure does not follow from the tables: {departures[0]}")


def _correct(
    consultation: Consultation,
    of: Round,
    earlier: Sequence[Report],
    counted: Counted,
    wish: Wish,
    *,
    start: int,
    on: date,
) -> Report:
    """Publish changed answers beside the earlier reports, or a note on the one that stands."""
    found = _compared(counted, earlier, merging=wish.choice == MERGE)
    if wish.choice == CORRECTED and not found.whole:
        unsafe = len(found.withdrawn)
        raise CorrectionNeeded(number=of.number, slug=consultation.slug, tables=unsafe)
    if wish.choice != CORRECTED and not wish.note.get(consultation.source_language, "").strip():
        raise Refused(N_("Please say, at least in the consultation's own language, what changed."))
    kept = wish.choice == KEEP or found.silent
    later = None if kept else _enter(consultation, of, found.counted, start=start, on=on)
    tables = sorted({*found.merged, *found.withdrawn})
    if later and wish.choice == STAND:
        tables = standing(later.numbers, numbers_shown(earlier[-1]))
    correction = Correction(
        report_id=earlier[-1].id,
        later_id=later.id if later else None,
        choice=KEEP if kept else CORRECTED if found.whole else wish.choice,
        tables=tables,
        note=dict(wish.note),
        noted_on=on,
        data_digest=counted.data_digest,
        entry=size(consultation.id),
    )
    place = {"consultation": consultation.slug, "round": of.number}
    db.session.add(correction)
    db.session.flush()
    payload = correction_entry(place, _as_note(correction))
    append(consultation.id, [payload], start=correction.entry if later else start)
    return later or earlier[-1]


def _as_note(correction: Correction) -> dict[str, Any]:
    before = db.session.get_one(Report, correction.report_id)
    later = db.session.get(Report, correction.later_id) if correction.later_id else None
    return {
        "noted_on": correction.noted_on.isoformat(),
        "choice": correction.choice,
        "tables": correction.tables,
        "note": correction.note,
        "corrects": places_in_log(before)[REPORT],
        "corrected": places_in_log(later)[REPORT] if later else None,
    }


def _compared(counted: Counted, earlier: Sequence[Report], *, merging: bool) -> Comparison:
    numbers = [each.numbers for each in earlier]
    people = corrected(counted.plan, counted.individuals, numbers, merging=merging)
    found, silent = replace(counted, individuals=people.protected), people.silent
    merged, withdrawn = [*people.merged], [*people.withdrawn]
    if counted.organisations is not None:
        plan = TablePlan(counted.plan.questions, (), (), (), counted.plan.policy)
        before = [each for one in numbers if (each := _of_organisations(one))]
        bodies = corrected(plan, counted.organisations, before, merging=merging)
        found, silent = replace(found, organisations=bodies.protected), silent or bodies.silent
        merged += [f"{name}.{ORGANISATIONS}" for name in bodies.merged]
        withdrawn += [f"{name}.{ORGANISATIONS}" for name in bodies.withdrawn]
    found = replace(found, unnamed_organisations=_number_of_bodies(counted, numbers))
    return Comparison(found, tuple(merged), tuple(withdrawn), found == counted, silent)


def _of_organisations(numbers: Mapping[str, Any]) -> dict[str, Any] | None:
    """The tables of organisations as a report of its own, with the names they are counted by."""
    found = of_organisations(numbers)
    for table in found["tables"] if found else ():
        table["id"] = table["id"].removesuffix(f".{ORGANISATIONS}")
    return found


def _number_of_bodies(counted: Counted, numbers: Sequence[Mapping[str, Any]]) -> int | None:
    """How many organisations answered without being named, unless that moved by too little."""
    now = counted.unnamed_organisations
    known = [each["unnamed_organisations"] for each in numbers]
    moved = [now - then for then in known if now is not None and then is not None]
    return None if moved_too_little(moved, counted.plan.policy.threshold) else now
