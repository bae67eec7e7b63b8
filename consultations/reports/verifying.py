"""Verifying published directories from their files alone, as anyone can on another machine.

What is trusted: the arithmetic of SHA-256 and Ed25519, and the public key, if one is given.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from consultations.analysis.audit import Failure, verify_intervals
from consultations.ledger.signing import read_public, verified
from consultations.ledger.tree import consistent
from consultations.ledger.witness import read_heads
from consultations.reports.beside import of_organisations
from consultations.reports.directory import Publication, read_publication
from consultations.reports.manifest import MANIFEST, PROOFS, REPORT, ledger_entries
from consultations.reports.moved import moved_too_little, moves, opened

Json = Mapping[str, Any]


def verify(
    directory: Path,
    earlier: Sequence[Path] = (),
    key: Path | None = None,
    heads: Sequence[Path] = (),
) -> dict[str, Any]:
    """Check a published directory, and that it continues the earlier ones.

    `key` is a file with the public key (PEM or hexadecimal) that the directory must be signed
    with; without it the key that the manifest names is taken at its word. `heads` are files in
    which witnesses kept heads of the log. Returns `ok`, the number of `hidden` numbers, the width
    of the `narrowest` interval a reader can work out for one, and `failures` in words. Raises
    Refused where `key` or one of `heads` cannot be read.
    """
    public = read_public(key) if key else None
    kept = [(path, head) for path in heads for head in read_heads(path)]
    latest = read_publication(directory)
    before = [read_publication(path) for path in earlier]
    if public is not None and latest.manifest.get("public_key") != public:
        latest.fail(MANIFEST, "is not signed with the key given")
    for publication in before:
        _check_continuation(publication, latest)
    for path, head in kept:
        _check_witness(path, head, latest)
    failures = [line for publication in (*before, latest) for line in publication.failures]
    hidden, widths = 0, []
    for published in _rounds([*before, latest]):
        number, narrowest, close = _worked_out(published)
        hidden += number
        widths += [] if narrowest is None else [narrowest]
        failures += close
    return {
        "ok": not failures,
        "hidden": hidden,
        "narrowest": min(widths, default=None),
        "failures": failures,
    }


def _rounds(publications: Sequence[Publication]) -> list[list[Json]]:
    """Different reports of the same people, so that counts can be compared: a list per round.

    Every language and audience holds the same numbers, so one report of each is enough.
    """
    found: dict[tuple[str, int], dict[bytes, Json]] = {}
    for publication in publications:
        for report in list(publication.reports.values())[:1]:
            same = found.setdefault((report["consultation"], report["round"]), {})
            same[ledger_entries(report)[REPORT]] = report
    return [list(each.values()) for each in found.values()]


def _worked_out(published: Sequence[Json]) -> tuple[int, int | None, list[str]]:
    """What a reader can work out of a round: each report by itself, and each pair of them."""
    hidden, widths, failures = 0, [], []
    try:
        for report in _with_organisations(published):
            number, narrowest, close = verify_intervals(report)
            hidden += number
            widths += [] if narrowest is None else [narrowest]
            failures += [_too_close(each) for each in close]
        for one, other in combinations(published, 2):
            failures += _moved(one, other)
    except (KeyError, ValueError, TypeError, StopIteration, IndexError):
        # The form is right, but codes of cells, groups and categories do not fit together.
        place = f"{published[-1]['consultation']}, round {published[-1]['round']}"
        return 0, None, [f"{place}: the tables do not fit together, so they cannot be audited."]
    return hidden, min(widths, default=None), failures


def _with_organisations(published: Sequence[Json]) -> Iterator[Json]:
    for report in published:
        yield report
        bodies = of_organisations(report)
        if bodies is not None:
            yield bodies


def _too_close(failure: Failure) -> str:
    return f"{failure.where}: {failure.reason} (from {failure.low:g} to {failure.high:g})"


def _moved(one: Json, other: Json) -> Iterator[str]:
    """Counts that moved by too little between two publications, everyone's apart."""
    threshold = min(each["policy"]["threshold"] for each in (one, other))
    for name, moved in moves(one, other).items():
        few = sorted({abs(value) for value in moved if moved_too_little([value], threshold)})
        if few:
            by = ", ".join(map(str, few))
            yield f"{name}: a count moved by {by} between two publications, less than {threshold}"
    for name in sorted(opened(one, other)):
        yield f"{name}: what one of two publications withholds follows from the other"


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
    elif not _continues(old, latest):
        latest.fail(MANIFEST, f"the log does not continue the one in {before.directory}")


def _check_witness(path: Path, head: Json, latest: Publication) -> None:
    """Whether a witness was shown the log that these files come from."""
    if not latest.manifest:
        return
    new, size = latest.manifest["head"], head["size"]
    if head.get("consultation", new["consultation"]) != new["consultation"]:
        latest.failures.append(f"{path}: the head is of another consultation.")
    elif size > new["size"]:
        latest.failures.append(
            f"{path}: the head is later than these files ({size} entries, {new['size']} here): "
            "check it against what was published since."
        )
    elif not _known(size, latest):
        latest.failures.append(
            f"{path}: {latest.directory / PROOFS} has no proof for a head of {size} entries: "
            "no such head was published, or the witness was shown another log."
        )
    elif not _continues(head, latest):
        latest.failures.append(
            f"{path}: the witness was shown another log: these files do not continue the head "
            f"of {size} entries that was kept."
        )
    if "signature" in head and not _signed(head, latest.manifest["public_key"]):
        latest.failures.append(f"{path}: the signature of the head of {size} entries is wrong.")


def _known(size: int, latest: Publication) -> bool:
    return size == latest.manifest["head"]["size"] or size in latest.proofs.get("consistency", {})


def _signed(head: Json, public: str) -> bool:
    names = ("consultation", "size", "root", "signed_on")
    statement = {name: head[name] for name in names if name in head}
    return verified(str(head.get("public_key") or public), statement, str(head["signature"]))


def _continues(old: Json, latest: Publication) -> bool:
    new = latest.manifest["head"]
    return consistent(
        old["size"],
        bytes.fromhex(old["root"]),
        new["size"],
        bytes.fromhex(new["root"]),
        latest.proofs.get("consistency", {}).get(old["size"], []),
    )
