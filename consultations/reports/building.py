"""`report build`: a directory of published files with their manifest and proofs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from consultations.ledger.queries import read_log
from consultations.reports.directory import schema_errors
from consultations.reports.manifest import write_manifest
from consultations.reports.rendering import CSV, HTML, JSON, as_csv, as_html, as_json, document
from consultations.reports.services import (
    AS_IT_IS,
    Wish,
    instance_key,
    places_in_log,
    places_of_notes,
    preview,
    publish,
    sealed_document,
)
from consultations.reports.standing import numbers_shown
from consultations.reports.telling import in_words
from consultations.rounds.models import Consultation, Round


@dataclass(frozen=True)
class Built:
    """The files written, how many tables they hold, whether the numbers were there already."""

    files: tuple[Path, ...]
    tables: int
    reused: bool


@dataclass(frozen=True)
class Wanted:
    """Which files to write."""

    directory: Path
    languages: Sequence[str]
    formats: Sequence[str]
    audience: str


def build(
    consultation: Consultation,
    of: Round,
    wanted: Wanted,
    *,
    instance: Path,
    by: int | None,
    at: datetime,
    wish: Wish = AS_IT_IS,
) -> Built:
    """Publish a round's report, or find it published, and write its files."""
    key = instance_key(instance)
    publication = publish(consultation, of, key=key, by=by, at=at, wish=wish)
    report = publication.report
    wanted.directory.mkdir(parents=True, exist_ok=True)
    files, sealed, shown = [], None, numbers_shown(report)
    for language in wanted.languages:
        bare = document(report.numbers, language=language, audience=wanted.audience)
        words = in_words(of, shown, language)
        sealed = sealed_document(consultation, report, bare, key, in_words=words)
        _hold_to_schema(sealed)
        files += _write(consultation, shown, sealed, wanted, language, report.published_on)
    if sealed is not None:
        log = read_log(consultation.id, consultation.slug)
        places = places_in_log(report) | places_of_notes(report)
        files += write_manifest(wanted.directory, sealed, log, places, key)
    return Built(tuple(files), len(report.numbers["tables"]), publication.reused)


def _hold_to_schema(report: dict[str, Any]) -> None:
    """Nothing leaves that readers' programs could not read: a departure is a defect of ours."""
    departures = schema_errors(report)
    if departures:
        raise RuntimeError(f"report.json departs from its schema: {departures[0]}")


def build_preview(consultation: Consultation, of: Round, wanted: Wanted) -> Built:
    """Write files for the team's eyes: stamped as a preview, nothing logged or signed."""
    numbers = preview(consultation, of)
    wanted.directory.mkdir(parents=True, exist_ok=True)
    files = []
    for language in wanted.languages:
        bare = document(numbers, language=language, audience=wanted.audience)
        files += _write(consultation, numbers, bare | {"preview": True}, wanted, language, None)
    return Built(tuple(files), len(numbers["tables"]), reused=False)


def _write(
    consultation: Consultation,
    numbers: Mapping[str, Any],
    report: dict[str, Any],
    wanted: Wanted,
    language: str,
    published_on: date | None,
) -> list[Path]:
    files = []
    for kind in dict.fromkeys(wanted.formats):
        path = wanted.directory / f"report.{language}.{kind}"
        path.write_text(
            _content(kind, consultation, numbers, report, language, published_on),
            encoding="utf-8",
            newline="",
        )
        files.append(path)
    return files


def _content(
    kind: str,
    consultation: Consultation,
    numbers: Mapping[str, Any],
    report: dict[str, Any],
    language: str,
    published_on: date | None,
) -> str:
    if kind == JSON:
        return as_json(report)
    if kind == CSV:
        return as_csv(report)
    assert kind == HTML
    return as_html(
        consultation,
        numbers,
        language=language,
        published_on=published_on,
        manifest=report.get("manifest"),
        notes=report.get("notes", []),
        words=report.get("heard_in_words", []),
        brackets=[],
        preview=published_on is None,
    )
