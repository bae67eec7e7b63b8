"""Where a number comes from: its table, the rule that shaped it, its entry in the log."""

import json
from typing import Any

from flask_babel import gettext

from consultations.errors import NotFound
from consultations.ledger.queries import read_log
from consultations.ledger.tree import leaf_hash
from consultations.reports.labels import Labels
from consultations.reports.manifest import REPORT
from consultations.reports.models import Report
from consultations.reports.services import places_in_log
from consultations.reports.tables import caption, table_shown
from consultations.reports.told import Told
from consultations.rounds.models import Consultation
from consultations.words import N_

STATUS = {
    "published": N_("as planned before the round opened"),
    "merged": N_("merged: small groups or answers stand together"),
    "withheld": N_("withheld: any number here would show too few people"),
}


def trace(consultation: Consultation, report: Report, name: str, language: str) -> dict[str, Any]:
    """Everything that the page of a table, or of the report's own entry, says."""
    place = _place(report, name)
    log = read_log(consultation.id, consultation.slug)
    leaf = leaf_hash(log.entries[place]).hex()
    told = {"id": name, "index": place, "leaf_hash": leaf, "head": log.head}
    if name == REPORT:
        return told | {"caption": gettext("Who was heard, and the figures of the whole report")}
    telling = Told(report.numbers, language)
    labels = telling.labels
    table = next(each for each in report.numbers["tables"] if each["id"] == name)
    return told | {
        "caption": caption(table, labels),
        "question": _asked(telling, table["question"]),
        "status": gettext(STATUS[table["status"]]),
        "hidden": sum(1 for cell in table["cells"] if cell["count"] is None),
        "merges": [_merge(table, each, labels) for each in table["merges"]],
        "base": next((each["base"] for each in table["groups"] if not each["codes"]), None),
        "policy": report.numbers["policy"],
        "table": table_shown(table, labels),
    }


def proof(consultation: Consultation, report: Report, name: str) -> dict[str, Any]:
    """The entry of a table (or of the report itself) with its proof, for programs."""
    place = _place(report, name)
    log = read_log(consultation.id, consultation.slug)
    entry = log.entries[place]
    return {
        "schema": "consultations.proof/1",
        "table": name,
        "entry": json.loads(entry),
        "index": place,
        "leaf_hash": leaf_hash(entry).hex(),
        "path": [step.hex() for step in log.tree.inclusion(place)],
        "head": log.head.signed(),
    }


def _place(report: Report, name: str) -> int:
    """The index of an entry in the log; raises NotFound."""
    places = places_in_log(report)
    if name not in places:
        raise NotFound
    return places[name]


def _asked(told: Told, question: str) -> str:
    """The question as it was asked, after the provision that it is about."""
    eid = told.asked(question)["provision"]
    about = told.name(eid) if eid in told.provisions else None
    parts = (about, told.labels.question(question))
    return " · ".join(dict.fromkeys(each for each in parts if each))


def _merge(table: dict[str, Any], merge: dict[str, Any], labels: Labels) -> str:
    if merge["kind"] == "categories":
        return labels.category(table["question"], merge)
    by = table["by"][0] if table["by"] == ["group"] else merge["dimension"]
    return labels.group(by, merge["code"], merge["of"])
