"""A published directory as read: what it claims, its reports, and what is wrong with it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import file_digest
from importlib.resources import files
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from consultations.ledger.canonical import canonical
from consultations.ledger.signing import fingerprint, verified
from consultations.ledger.tree import included
from consultations.ledger.witness import is_head
from consultations.reports.beside import same_as_csv, told_beside
from consultations.reports.manifest import (
    MANIFEST,
    PROOFS,
    REPORT,
    ledger_entries,
    other_files,
    report_digest,
    report_files,
)

LARGEST = 256 * 1024**2
"""Bytes of a file that is read as a whole; reports of hundreds of tables are a hundredth of it."""


@dataclass
class Publication:
    """One directory: its manifest, proofs and reports, and a sentence for each failure."""

    directory: Path
    manifest: dict[str, Any] = field(default_factory=dict)
    proofs: dict[str, Any] = field(default_factory=dict)
    reports: dict[str, dict[str, Any]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    def fail(self, name: str, cause: str) -> None:
        """Note what is wrong with a file."""
        self.failures.append(f"{self.directory / name}: {cause}.")


def read_publication(directory: Path) -> Publication:
    """Read a directory and check it by itself: hashes, signatures, schema, inclusion."""
    publication = Publication(directory)
    try:
        _read_manifest(publication)
        _check_files(publication)
        _read_proofs(publication)
        for path in report_files(directory):
            _read_report(publication, path)
        _check_csv(publication)
    except OSError as error:
        publication.fail(Path(error.filename or MANIFEST).name, "cannot be read")
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        publication.fail(MANIFEST, "does not have the form of a manifest, or its proofs do not")
    if not report_files(directory):
        _fail_without_json(publication)
    return publication


def schema_errors(report: Any) -> list[str]:
    """Where a report departs from its JSON Schema, one sentence each; none if it does not."""
    found = sorted(_validator().iter_errors(report), key=lambda error: error.json_path)
    return [f"{error.json_path}: {error.message}" for error in found]


@cache
def _validator() -> Draft202012Validator:
    schema = files("consultations.reports").joinpath("report.schema.json").read_text("utf-8")
    return Draft202012Validator(json.loads(schema))


def _fail_without_json(publication: Publication) -> None:
    others = [path.name for path in sorted(publication.directory.glob("report.*"))]
    beside = f": {', '.join(others)} can be read by people only" if others else ""
    publication.fail(
        "report.*.json",
        f"is missing, so the numbers cannot be checked{beside}; "
        "build the report with the format json as well",
    )


def _read_manifest(publication: Publication) -> None:
    manifest = _canonical_file(publication, MANIFEST)
    if manifest is None:
        return None
    statement = {name: part for name, part in manifest.items() if name != "signature"}
    if not verified(manifest["public_key"], statement, manifest["signature"]):
        publication.fail(MANIFEST, "its signature does not match its content")
    head = dict(manifest["head"])
    if not is_head(head):
        return publication.fail(MANIFEST, "the head of the log has no size or no root")
    if not verified(manifest["public_key"], head, head.pop("signature")):
        publication.fail(MANIFEST, "the head of the log is not signed with its key")
    if head["consultation"] != manifest["consultation"]:
        publication.fail(MANIFEST, "the head of the log is of another consultation")
    publication.manifest = manifest
    return None


def _canonical_file(publication: Publication, name: str) -> dict[str, Any] | None:
    path = publication.directory / name
    if not path.is_file():
        publication.fail(name, "is missing")
        return None
    content = _content(publication, path)
    if content is None:
        return None
    try:
        value = json.loads(content)
        if isinstance(value, dict) and canonical(value) == content:
            return value
    except (ValueError, RecursionError):
        pass
    publication.fail(name, "is not canonical JSON, so it was changed")
    return None


def _content(publication: Publication, path: Path) -> bytes | None:
    """What stands in a file that is read as a whole, if it can be."""
    if path.stat().st_size > LARGEST:
        publication.fail(path.name, "is larger than any published file")
        return None
    return path.read_bytes()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _check_files(publication: Publication) -> None:
    named: Mapping[str, str] = publication.manifest.get("files", {})
    found = dict(other_files(publication.directory))
    for name in sorted(named.keys() - found.keys()):
        publication.fail(name, "is missing")
    for name, path in found.items():
        if publication.manifest and name not in named:
            publication.fail(name, "is not named in the manifest")
        elif name in named and _digest(path) != named[name]:
            publication.fail(name, "was changed: its hash is not the one in the manifest")


def _read_proofs(publication: Publication) -> None:
    proofs = _canonical_file(publication, PROOFS)
    if proofs is not None:
        publication.proofs = {
            "inclusion": {
                name: (proof["index"], _steps(proof["path"]))
                for name, proof in proofs["inclusion"].items()
            },
            "consistency": {
                proof["size"]: _steps(proof["path"]) for proof in proofs["consistency"]
            },
        }


def _steps(path: Sequence[str]) -> list[bytes]:
    return [bytes.fromhex(step) for step in path]


def _read_report(publication: Publication, path: Path) -> None:
    if not path.is_file():
        return publication.fail(path.name, "is not JSON")
    content = _content(publication, path)
    if content is None:
        return None
    try:
        report = json.loads(content)
    except (ValueError, RecursionError):
        return publication.fail(path.name, "is not JSON")
    if isinstance(report, dict) and report.get("preview"):
        return publication.fail(path.name, "is a preview: nothing of it was published")
    errors = schema_errors(report)
    if errors:
        return publication.fail(path.name, f"does not follow the schema of reports ({errors[0]})")
    if publication.manifest and publication.proofs:
        _check_report(publication, path, report)
    for departure in _departures(report):
        publication.fail(path.name, departure)
    publication.reports[path.name] = report
    return None


def _departures(report: Mapping[str, Any]) -> list[str]:
    """Figures that are not those of the tables; one that cannot be worked out is not either."""
    try:
        return list(told_beside(report))
    except (LookupError, TypeError, ValueError, ArithmeticError, RuntimeError):
        return ["its figures cannot be worked out from its tables"]


def _check_report(publication: Publication, path: Path, report: Mapping[str, Any]) -> None:
    manifest = publication.manifest
    for failure in _unlike_manifest(manifest, report, report_digest(path), path.name):
        publication.fail(path.name, failure)
    if len({table["id"] for table in report["tables"]}) < len(report["tables"]):
        publication.fail(path.name, "holds two tables of the same name")
    for name, entry in ledger_entries(report).items():
        _check_inclusion(publication, path.name, name, entry)


def _unlike_manifest(
    manifest: Mapping[str, Any], report: Mapping[str, Any], found: str, name: str
) -> Iterator[str]:
    claimed, head = dict(report["manifest"]), manifest["head"]
    if found != claimed["sha256"] or found != manifest["reports"].get(name):
        yield "was changed: its content does not have the hash it states"
    if not verified(manifest["public_key"], claimed, claimed.pop("signature")):
        yield "its signature is not of the key in the manifest"
    if (claimed["log_size"], claimed["log_root"]) != (head["size"], head["root"]):
        yield "names another head of the log than the manifest"
    if claimed.get("signed_on", head["signed_on"]) != head["signed_on"]:
        yield "names another day of the head than the manifest"
    printed = fingerprint(manifest["public_key"])
    if claimed.get("key_fingerprint", printed) != printed:
        yield "names another key than the manifest"
    if any(report[part] != manifest[part] for part in ("consultation", "round")):
        yield "is of another consultation or round than the manifest"


def _check_inclusion(publication: Publication, file: str, name: str, entry: bytes) -> None:
    head = publication.manifest["head"]
    index, path = publication.proofs["inclusion"].get(name, (-1, []))
    if not included(entry, index, head["size"], path, bytes.fromhex(head["root"])):
        known = {REPORT: "the report"} | (
            {name: "a note on it"} if name.startswith("note.") else {}
        )
        what = known.get(name, f"the table {name}")
        publication.fail(file, f"{what} as it stands here is not in the log")


def _check_csv(publication: Publication) -> None:
    """Codes and numbers are the same in every language, so any report will do."""
    report = next(iter(publication.reports.values()), None)
    for path in sorted(publication.directory.glob("report.*.csv")):
        content = _content(publication, path) if path.is_file() else None
        if report and content is not None and not same_as_csv(report, content):
            publication.fail(path.name, "holds other numbers than the report")
