"""What is frozen when a report is published: every number once, in no language."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from consultations.analysis.plan import GROUP
from consultations.analysis.publication import Protected
from consultations.analysis.services import Counted
from consultations.analysis.statistics.representation import representation_ratio
from consultations.codebook import POOLED, Dimension
from consultations.drafts.models import Provision, Revision
from consultations.questionnaires.structure import Questionnaire
from consultations.reports import wanted
from consultations.reports.matrix import rows
from consultations.reports.precision import has_intervals, with_intervals
from consultations.reports.reach import reach
from consultations.reports.scales import scales
from consultations.reports.statements import statements
from consultations.reports.weighted import weighted
from consultations.rounds.models import Consultation, Round

ORGANISATIONS = "organisations"
SIDE_BY_SIDE = 2  # decimals of a representation ratio


def frozen(
    consultation: Consultation,
    of: Round,
    revision: Revision | None,
    asked: Questionnaire,
    counted: Counted,
    *,
    organisations: Mapping[str, Mapping[str, int]],
    named: int,
    provisions: Sequence[Mapping[str, Any]],
    on: date,
) -> dict[str, Any]:
    """The numbers of a report with the words they need.

    `organisations` maps a provision's eId to how many named organisations published which
    position on it; `named` is how many spoke; `provisions` is what is published beside the
    tables: themes, proposed wordings, dispositions of published points.
    """
    words = _words(counted, asked)
    people = counted.individuals.as_published()
    named_tables = {table["id"]: table for table in _named(organisations, asked)}
    unnamed_tables = [table for table in _bodies(counted) if table["id"] not in named_tables]
    tables = [*people["tables"], *unnamed_tables, *named_tables.values()]
    for table in tables:
        provision = words["questions"][table["question"]]["provision"]
        table.update({"provision": provision} if provision else {})
    if has_intervals(consultation.sampling, consultation.sampling_design):
        tables = with_intervals(tables)
    coverage = _coverage(people["coverage"], counted.plan.dimensions, words["groups_of"])
    unnamed = counted.unnamed_organisations
    return {
        "consultation": consultation.slug,
        "round": of.number,
        "round_title": dict(of.title),
        "title": dict(consultation.title),
        "revision": revision.dated.isoformat() if revision else on.isoformat(),
        "generated_on": on.isoformat(),
        "sampling": consultation.sampling,
        "sampling_design": dict(consultation.sampling_design),
        "policy": people["policy"],
        "unnamed_organisations": unnamed,
        "coverage": {"organisations": None if unnamed is None else named + unnamed, **coverage},
        "tables": tables,
        "matrix": rows(tables, words, people["policy"]["minimum_base"]),
        "scales": scales(tables),
        "statements": statements(tables),
        "weighted": weighted(tables, coverage),
        "themes": wanted.themes(tables, words),
        "preferences": wanted.preferences(tables, words),
        "provisions": [
            {**each, "positions": _position_tables(tables, words, each["eid"])}
            for each in provisions
        ],
        "campaigns": [],
        "disclosure": _disclosure(counted.individuals),
        "reach": reach({**people, "tables": tables}, counted.individuals.usefulness.reached),
        "audit": list(counted.individuals.audit),
        "words": words,
    }


def _position_tables(
    tables: Iterable[Mapping[str, Any]], words: Mapping[str, Any], eid: str
) -> list[str]:
    return [
        table["id"]
        for table in tables
        if not table["by"]
        and table.get("provision") == eid
        and words["questions"][table["question"]]["role"] == "position"
    ]


def provision_words(provision: Provision) -> dict[str, Any]:
    """A provision as a report names it."""
    return {
        "eid": provision.eid,
        "wid": provision.wid,
        "number": dict(provision.number),
        "heading": dict(provision.heading),
    }


def _bodies(counted: Counted) -> list[dict[str, Any]]:
    """Tables of organisations that answered without being named."""
    if counted.organisations is None:
        return []
    tables = counted.organisations.as_published()["tables"]
    return [
        {**table, "id": f"{table['id']}.{ORGANISATIONS}", "population": ORGANISATIONS}
        for table in tables
        if not table["by"]
    ]


def _named(
    organisations: Mapping[str, Mapping[str, int]], asked: Questionnaire
) -> Iterable[dict[str, Any]]:
    """Tables of the positions that named organisations published: nothing in them is secret."""
    for question in asked.questions:
        positions = organisations.get(question.provision or "")
        if question.role != "position" or not positions:
            continue
        base = sum(positions.values())
        yield {
            "id": f"{question.name}.overall.{ORGANISATIONS}",
            "question": question.name,
            "kind": "single",
            "by": [],
            "population": ORGANISATIONS,
            "status": "published",
            "merges": [],
            "categories": [{"code": each.code} for each in question.substantive],
            "groups": [{"codes": [], "base": base, "answered": base}],
            "cells": [
                {
                    "category": each.code,
                    "group": [],
                    "count": positions.get(each.code, 0),
                    "percent": round(100 * positions.get(each.code, 0) / base, 1),
                }
                for each in question.substantive
            ],
        }


def _words(counted: Counted, asked: Questionnaire) -> dict[str, Any]:
    plan = counted.plan
    questions = asked.by_name
    return {
        "questions": {
            each.name: {
                "label": dict(questions[each.asked].label),
                "kind": each.kind,
                "place": each.place,
                "provision": each.provision,
                "role": each.role,
                "bracket": questions[each.asked].bracket,
                "passage": dict(questions[each.asked].hint)
                if questions[each.asked].bracket
                else {},
                "told_in": list(each.told_in),
                "choices": {choice.code: dict(choice.label) for choice in each.choices},
            }
            for each in plan.questions
        },
        "dimensions": {each.name: _dimension_words(each) for each in plan.dimensions},
        "groups": {each.code: dict(each.label) for each in plan.groups},
        "groups_of": {
            each.code: {name: list(codes) for name, codes in each.of.items()}
            for each in plan.groups
        },
    }


def _dimension_words(dimension: Dimension) -> dict[str, Any]:
    reference = dimension.reference
    return {
        "label": dict(dimension.label),
        "categories": {each.code: dict(each.label) for each in dimension.categories},
        "parents": {each.code: dict(each.label) for each in dimension.parents},
        "reference": reference.source if reference else None,
    }


def _coverage(
    coverage: Mapping[str, Any], dimensions: Iterable[Dimension], groups: Mapping[str, Any]
) -> dict[str, Any]:
    shares = {each.name: each.reference.shares for each in dimensions if each.reference}
    return {
        **coverage,
        "groups": [
            {**group, **_against_reference(group, shares, groups, coverage["individuals"])}
            for group in coverage["groups"]
        ],
    }


def _against_reference(
    group: Mapping[str, Any],
    shares: Mapping[str, Mapping[str, float]],
    groups: Mapping[str, Any],
    individuals: int,
) -> dict[str, float | None]:
    """The share in the population, and the share among those heard divided by it."""
    of = group.get("of") or {group["dimension"]: group["codes"]}
    if group["dimension"] == GROUP:
        of = groups[group["codes"][0]]
    if len(of) != 1:
        return {"reference_share": None, "ratio": None}
    name, stated = next(iter(of.items()))
    known, codes = shares.get(name, {}), [code for code in stated if code != POOLED]
    if not codes or not all(code in known for code in codes):
        return {"reference_share": None, "ratio": None}
    share = round(sum(known[code] for code in codes), 4)
    if not share or not individuals or group["count"] is None:
        return {"reference_share": share, "ratio": None}
    ratio = representation_ratio(group["count"], individuals, share)
    return {"reference_share": share, "ratio": round(ratio, SIDE_BY_SIDE)}


def _disclosure(protected: Protected) -> dict[str, int]:
    figures = protected.disclosure
    names = ("tables", "as_planned", "merged", "with_suppressed_cells", "withheld",
             "cells_planned", "cells_reached", "cells_hidden")  # fmt: skip
    return {name: getattr(figures, name) for name in names}
