"""Verifying a published directory from its files alone, as anyone can on another machine.

What is trusted: the arithmetic of SHA-256 and Ed25519, and the public key, if one is given.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from consultations.analysis.audit import Failure, verify_intervals
from consultations.ledger.canonical import canonical
from consultations.ledger.signing import read_public, verified
from consultations.ledger.tree import consistent, included
from consultations.reports.manifest import (
    MANIFEST,
    PROOFS,
    ledger_entries,
    other_files,
    report_digest,
    report_files,
)


@dataclass
class Publication:
    """One directory as read: what it claims, its reports, and what is wrong with it."""

    directory: Path
    manifest: dict[str, Any] = field(default_factory=dict)
    proofs: dict[str, Any] = field(default_factory=dict)
    reports: dict[str, dict[str, Any]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    def fail(self, name: str, cause: str) -> None:
        """Note what is wrong with a file."""
        self.failures.append(f"{self.directory / name}: {cause}.")


def verify(
    directory: Path, earlier: Sequence[Path] = (), key: Path | None = None
) -> dict[str, Any]:
    """Check a published directory, and that it continues the earlier ones.

    `key` is a file with the public key (PEM or hexadecimal) that the directory must be signed
    with; without it the key that the manifest names is taken at its word. Returns `ok`, the
    number of `hidden` numbers, the width of the `narrowest` interval a reader can work out for
    one, and `failures` in words. Raises Refused where `key` cannot be read.
    """
    public = read_public(key) if key else None
    latest = _read(directory)
    before = [_read(path) for path in earlier]
    if public is not None and latest.manifest.get("public_key") != public:
        latest.fail(MANIFEST, "is not signed with the key given")
    for publication in before:
        _check_continuation(publication, latest)
    failures = [line for publication in (*before, latest) for line in publication.failures]
    hidden, widths = 0, []
    for published in _rounds([*before, latest]):
        number, narrowest, close = _intervals(published)
        hidden += number
        widths += [] if narrowest is None else [narrowest]
        failures += close
    return {
        "ok": not failures,
        "hidden": hidden,
        "narrowest": min(widths, default=None),
        "failures": failures,
    }


def _rounds(publications: Sequence[Publication]) -> list[list[dict[str, Any]]]:
    """Reports of the same people, so that counts can be compared: one list per round.

    Every language holds the same numbers, so one report of each directory is enough.
    """
    found: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for publication in publications:
        for report in list(publication.reports.values())[:1]:
            found.setdefault((report["consultation"], report["round"]), []).append(report)
    return list(found.values())


def _intervals(published: Sequence[Mapping[str, Any]]) -> tuple[int, int | None, list[str]]:
    try:
        hidden, narrowest, close = verify_intervals(*published)
    except (KeyError, ValueError, TypeError, StopIteration, IndexError):
        # The form is right, but codes of cells, groups and categories do not fit together.
        place = f"{published[-1]['consultation']}, round {published[-1]['round']}"
        return 0, None, [f"{place}: the tables do not fit together, so they cannot be audited."]
    return hidden, narrowest, [_too_close(each) for each in close]


def _too_close(failure: Failure) -> str:
    return f"{failure.where}: {failure.reason} (from {failure.low:g} to {failure.high:g})"


def schema_errors(report: Any) -> list[str]:
    """Where a report departs from its JSON Schema, one sentence each; none if it does not."""
    found = sorted(_validator().iter_errors(report), key=lambda error: error.json_path)
    return [f"{error.json_path}: {error.message}" for error in found]


@cache
def _validator() -> Draft202012Validator:
    schema = files("consultations.reports").joinpath("report.schema.json").read_text("utf-8")
    return Draft202012Validator(json.loads(schema))


def _read(directory: Path) -> Publication:
    publication = Publication(directory)
    try:
        _read_manifest(publication)
        _check_files(publication)
        _read_proofs(publication)
        for path in report_files(directory):
            _read_report(publication, path)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        publication.fail(MANIFEST, "does not have the form of a manifest, or its proofs do not")
    if not report_files(directory):
        publication.fail("report.*.json", "is missing, so the numbers cannot be checked")
    return publication


def _read_manifest(publication: Publication) -> None:
    manifest = _canonical_file(publication, MANIFEST)
    if manifest is None:
        return
    statement = {name: part for name, part in manifest.items() if name != "signature"}
    if not verified(manifest["public_key"], statement, manifest["signature"]):
        publication.fail(MANIFEST, "its signature does not match its content")
    head = dict(manifest["head"])
    if not verified(manifest["public_key"], head, head.pop("signature")):
        publication.fail(MANIFEST, "the head of the log is not signed with its key")
    if head["consultation"] != manifest["consultation"]:
        publication.fail(MANIFEST, "the head of the log is of another consultation")
    publication.manifest = manifest


def _canonical_file(publication: Publication, name: str) -> dict[str, Any] | None:
    path = publication.directory / name
    if not path.is_file():
        publication.fail(name, "is missing")
        return None
    content = path.read_bytes()
    try:
        value = json.loads(content)
        if isinstance(value, dict) and canonical(value) == content:
            return value
    except (ValueError, RecursionError):
        pass
    publication.fail(name, "is not canonical JSON, so it was changed")
    return None


def _check_files(publication: Publication) -> None:
    named: Mapping[str, str] = publication.manifest.get("files", {})
    found = dict(other_files(publication.directory))
    for name in sorted(named.keys() - found.keys()):
        publication.fail(name, "is missing")
    for name, path in found.items():
        if publication.manifest and name not in named:
            publication.fail(name, "is not named in the manifest")
        elif name in named and sha256(path.read_bytes()).hexdigest() != named[name]:
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
    try:
        report = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return publication.fail(path.name, "is not JSON")
    errors = schema_errors(report)
    if errors:
        return publication.fail(path.name, f"does not follow the schema of reports ({errors[0]})")
    if publication.manifest and publication.proofs:
        _check_report(publication, path, report)
    publication.reports[path.name] = report
    return None


def _check_report(publication: Publication, path: Path, report: Mapping[str, Any]) -> None:
    manifest, claimed = publication.manifest, dict(report["manifest"])
    found, head = report_digest(path), manifest["head"]
    if found != claimed["sha256"] or found != manifest["reports"].get(path.name):
        publication.fail(path.name, "was changed: its content does not have the hash it states")
    if not verified(manifest["public_key"], claimed, claimed.pop("signature")):
        publication.fail(path.name, "its signature is not of the key in the manifest")
    if (claimed["log_size"], claimed["log_root"]) != (head["size"], head["root"]):
        publication.fail(path.name, "names another head of the log than the manifest")
    if any(report[name] != manifest[name] for name in ("consultation", "round")):
        publication.fail(path.name, "is of another consultation or round than the manifest")
    if len({table["id"] for table in report["tables"]}) < len(report["tables"]):
        publication.fail(path.name, "holds two tables of the same name")
    for name, entry in ledger_entries(report).items():
        _check_inclusion(publication, path.name, name, entry)


def _check_inclusion(publication: Publication, file: str, name: str, entry: bytes) -> None:
    head = publication.manifest["head"]
    index, path = publication.proofs["inclusion"].get(name, (-1, []))
    if not included(entry, index, head["size"], path, bytes.fromhex(head["root"])):
        what = "the report" if name == "report" else f"the table {name}"
        publication.fail(file, f"{what} as it stands here is not in the log")


def _check_continuation(before: Publication, latest: Publication) -> None:
    if not (before.manifest and latest.manifest):
        return
    old, new = before.manifest["head"], latest.manifest["head"]
    if old["consultation"] != new["consultation"]:
        before.fail(MANIFEST, "is of another consultation, with a log of its own")
    elif old["size"] > new["size"]:
        latest.fail(
            MANIFEST,
            f"the log was rolled back: {old['size']} entries in {before.directory}, "
            f"{new['size']} here",
        )
    elif not consistent(
        old["size"],
        bytes.fromhex(old["root"]),
        new["size"],
        bytes.fromhex(new["root"]),
        latest.proofs.get("consistency", {}).get(old["size"], []),
    ):
        latest.fail(MANIFEST, f"the log does not continue the one in {before.directory}")
