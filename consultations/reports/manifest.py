"""What a published directory says of itself: hashes, the signed head of the log, and proofs.

`manifest.json` and `proofs.json` are canonical JSON (RFC 8785), so that changing a single byte
of them shows. Entries of the log hold numbers and codes only: the same for every language,
format and audience.
"""

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from consultations.ledger.canonical import canonical, digest
from consultations.ledger.log import Log
from consultations.ledger.signing import fingerprint, public_hex, sign

MANIFEST, PROOFS = "manifest.json", "proofs.json"
REPORT = "report"
CORRECTION = "consultations.correction/1"
TABLE_FIELDS = ("id", "question", "kind", "exclusive", "by", "population", "status", "asked_after",
                "place_of")  # fmt: skip
APART = {"audience", "language", "tables", "notes", "heard_in_words", "manifest"}
"""What a report's own entry leaves out: what names an edition, what has its own entries,
and prose, which is no number and may come later or be taken back."""
WORDS = {"label", "labels", "number", "heading", "themes", "proposed_wordings"}


def ledger_entries(report: Mapping[str, Any]) -> dict[str, bytes]:
    """What goes into the log for a report: one entry per table by its id, then the report's own,
    then the notes on it.

    Labels and prose stay out, so every language and audience of a report has the same entries;
    every number of a report is in one of them.
    """
    place = {"consultation": report["consultation"], "round": report["round"]}
    entries = {
        table["id"]: canonical({**place, **_table_numbers(table)}) for table in report["tables"]
    }
    numbers = _without_words({name: part for name, part in report.items() if name not in APART}) | {
        "tables": {name: sha256(entry).hexdigest() for name, entry in entries.items()}
    }
    notes = {
        f"note.{number}": correction_entry(place, note)
        for number, note in enumerate(report.get("notes", ()), start=1)
    }
    return {**entries, REPORT: canonical(numbers), **notes}


def correction_entry(place: Mapping[str, Any], note: Mapping[str, Any]) -> bytes:
    """The entry of a correction; here the words are in it, in every language they are in."""
    return canonical({"schema": CORRECTION, **place, **note})


def _table_numbers(table: Mapping[str, Any]) -> dict[str, Any]:
    numbers = {name: table[name] for name in TABLE_FIELDS if name in table}
    parts = ("categories", "groups", "cells")
    return numbers | {part: _without_words(table[part]) for part in parts}


def _without_words(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {
            key: _without_words(part)
            for key, part in value.items()
            if key not in WORDS or isinstance(part, int | float)
        }
    if isinstance(value, list | tuple):
        return [_without_words(part) for part in value]
    return value


def seal(report: Mapping[str, Any], log: Log, key: Ed25519PrivateKey) -> dict[str, Any]:
    """The report with its `manifest`: its own hash and the log's head, signed together."""
    bare = {name: part for name, part in report.items() if name != "manifest"}
    statement = {
        "sha256": digest(bare),
        "log_size": log.head.size,
        "log_root": log.head.root,
        "signed_on": log.head.signed_on,
        "key_fingerprint": fingerprint(public_hex(key)),
    }
    return bare | {"manifest": statement | {"signature": sign(key, statement)}}


def write_manifest(
    directory: Path,
    report: Mapping[str, Any],
    log: Log,
    places: Mapping[str, int],
    key: Ed25519PrivateKey,
) -> list[Path]:
    """Write `proofs.json` and `manifest.json` beside the finished files of a report.

    `report` is any one of the sealed reports in the directory; `places` tells at which index of
    the log each of its entries stands (a table's id, or "report"). Returns the two paths.
    """
    proofs, manifest = directory / PROOFS, directory / MANIFEST
    proofs.write_bytes(canonical(_proofs(log, places)))
    statement = {
        "schema": "consultations.manifest/1",
        "consultation": report["consultation"],
        "round": report["round"],
        "reports": {path.name: report_digest(path) for path in report_files(directory)},
        "files": {
            name: sha256(path.read_bytes()).hexdigest() for name, path in other_files(directory)
        },
        "head": log.head.statement() | {"signature": sign(key, log.head.statement())},
        "public_key": public_hex(key),
    }
    manifest.write_bytes(canonical(statement | {"signature": sign(key, statement)}))
    return [proofs, manifest]


def _proofs(log: Log, places: Mapping[str, int]) -> dict[str, Any]:
    tree = log.tree
    return {
        "schema": "consultations.proofs/1",
        "inclusion": {
            name: {"index": index, "path": _hexadecimal(tree.inclusion(index))}
            for name, index in places.items()
        },
        "consistency": [
            {
                "size": head.size,
                "root": head.root,
                "path": _hexadecimal(tree.consistency(head.size)),
            }
            for head in log.heads
        ],
    }


def _hexadecimal(path: list[bytes]) -> list[str]:
    return [step.hex() for step in path]


def report_files(directory: Path) -> list[Path]:
    """The JSON reports in a directory, one per language, in the order of their names."""
    return sorted(directory.glob("report.*.json"))


def report_digest(path: Path) -> str:
    """SHA-256 of a JSON report without its `manifest`, in canonical form."""
    report = json.loads(path.read_bytes())
    return digest({name: part for name, part in report.items() if name != "manifest"})


def other_files(directory: Path) -> Iterator[tuple[str, Path]]:
    """Every file that the manifest must name: all but itself and hidden ones, in order."""
    for path in sorted(directory.rglob("*")):
        name = path.relative_to(directory).as_posix()
        if path.is_file() and name != MANIFEST and not path.name.startswith("."):
            yield name, path
