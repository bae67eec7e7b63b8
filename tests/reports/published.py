"""A small report, by hand, and the directory that its publication would write."""

import json
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from consultations.ledger.canonical import canonical
from consultations.ledger.log import Head, Log
from consultations.ledger.signing import public_hex, sign
from consultations.ledger.tree import Tree
from consultations.reports.manifest import ledger_entries, report_digest, seal, write_manifest

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
WORDS = {
    "en": {"F": "Women", "M": "Men", "Y": "Yes", "N": "No", "-": "Not stated"},
    "fr": {"F": "Femmes", "M": "Hommes", "Y": "Oui", "N": "Non", "-": "Sans réponse"},
}
ANSWERS = {"F": {"Y": 60, "N": 40, "-": 20}, "M": {"Y": 50, "N": 70, "-": 10}}


def report(language: str = "en", round_number: int = 1, more_women: int = 0) -> dict[str, Any]:
    """A report of 250 people, one question and one dimension, nothing withheld."""
    words = WORDS[language]
    answers = {code: dict(cells) for code, cells in ANSWERS.items()}
    answers["F"]["Y"] += more_women
    overall = {code: answers["F"][code] + answers["M"][code] for code in "YN-"}
    size = sum(overall.values())
    return {
        "schema": "consultations.report/1",
        "consultation": "small",
        "round": round_number,
        "revision": "2026-11-01",
        "audience": "public",
        "language": language,
        "generated_on": "2026-11-23",
        "sampling": "self_selected",
        "policy": {"threshold": 5, "minimum_base": 20, "sensitive_zero_rule": True},
        "coverage": {
            "individuals": size,
            "organisations": 0,
            "by_channel": [{"code": "web", "count": size}],
            "by_language": [{"code": "en", "count": size}],
            "non_response": [{"question": "vote", "code": "-6", "count": overall["-"]}],
            "groups": [
                {
                    "dimension": "gender",
                    "codes": [code],
                    "label": words[code],
                    "count": sum(answers[code].values()),
                }
                for code in "FM"
            ],
        },
        "tables": [
            table("vote.overall", [], {(): overall}, words),
            table(
                "vote.by.gender",
                ["gender"],
                {("F",): answers["F"], ("M",): answers["M"], (): overall},
                words,
            ),
        ],
        "matrix": [],
        "provisions": [],
        "campaigns": [],
        "disclosure": {
            "tables": 2,
            "as_planned": 2,
            "merged": 0,
            "with_suppressed_cells": 0,
            "withheld": 0,
            "cells_planned": 6,
            "cells_reached": 6,
            "cells_hidden": 0,
        },
    }


def withhold(made: dict[str, Any], *places: int) -> dict[str, Any]:
    """Withhold cells of the second table, each one planned cell, and count what was done again."""
    for place in places:
        made["tables"][1]["cells"][place] |= {"count": None, "percent": None}
    done, gone = made["disclosure"], len(places)
    done |= {"with_suppressed_cells": 1, "cells_reached": done["cells_reached"] - gone,
             "cells_hidden": done["cells_hidden"] + gone}  # fmt: skip
    return made


def table(name: str, by: list[str], rows: dict, words: dict[str, str]) -> dict[str, Any]:
    """A published table of the question, one row of cells per group."""
    return {
        "id": name,
        "question": "vote",
        "provision": None,
        "kind": "single",
        "by": by,
        "population": "individuals",
        "status": "published",
        "merges": [],
        "categories": [{"code": code, "label": words[code]} for code in "YN-"],
        "groups": [
            {
                "codes": list(codes),
                "labels": [words[code] for code in codes],
                "base": sum(cells.values()),
                "answered": cells["Y"] + cells["N"],
            }
            for codes, cells in rows.items()
        ],
        "cells": [
            {
                "category": code,
                "group": list(codes),
                "count": count,
                "percent": round(100 * count / sum(cells.values()), 1),
            }
            for codes, cells in rows.items()
            for code, count in cells.items()
        ],
    }


def log_of(*reports: dict[str, Any]) -> Log:
    """A log to which the reports were published one after the other."""
    entries: list[bytes] = []
    heads = []
    for each in reports:
        entries += ledger_entries(each).values()
        root = Tree(entries).root().hex()
        heads.append(Head("small", len(entries), root, date(2026, 11, 23).isoformat()))
    return Log(tuple(entries), tuple(heads))


def publish(
    directory: Path,
    *reports: dict[str, Any],
    log: Log | None = None,
    key: Ed25519PrivateKey = KEY,
) -> Path:
    """Write a directory as `report build` does: reports of one round, a page, the manifest."""
    directory.mkdir(parents=True)
    log = log or log_of(reports[0])
    for each in reports:
        sealed = json.dumps(seal(each, log, key), ensure_ascii=False, indent=1)
        (directory / f"report.{each['language']}.json").write_text(sealed, "utf-8")
        (directory / f"report.{each['language']}.html").write_text("<p>a page</p>", "utf-8")
    entries = ledger_entries(reports[0])
    places = {name: log.entries.index(entry) for name, entry in entries.items()}
    write_manifest(directory, reports[0], log, places, key)
    return directory


def resign(directory: Path, key: Ed25519PrivateKey) -> Path:
    """Sign anew whatever a forger left in a directory, under the head that it names."""
    stated = json.loads((directory / "manifest.json").read_bytes())
    head = Head(**{name: part for name, part in stated["head"].items() if name != "signature"})
    for path in directory.glob("report.*.json"):
        sealed = seal(json.loads(path.read_bytes()), Log((), (head,)), key)
        path.write_text(json.dumps(sealed), "utf-8")
    stated |= {
        "public_key": public_hex(key),
        "head": head.statement() | {"signature": sign(key, head.statement())},
        "reports": {path.name: report_digest(path) for path in directory.glob("report.*.json")},
        "files": {
            path.name: sha256(path.read_bytes()).hexdigest()
            for path in directory.iterdir()
            if path.name != "manifest.json"
        },
    }
    del stated["signature"]
    stated["signature"] = sign(key, stated)
    (directory / "manifest.json").write_bytes(canonical(stated))
    return directory


def edit(path: Path, change: Callable[[Any], None]) -> None:
    """Change a JSON file in place."""
    content = json.loads(path.read_bytes())
    change(content)
    path.write_bytes(canonical(content))
