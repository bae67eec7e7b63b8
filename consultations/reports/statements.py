"""Votes on statements, group by group: which statements unite the groups and which divide them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from consultations.analysis.plan import CHANNEL, ENTRY
from consultations.analysis.statistics.consensus import (
    Votes,
    group_informed_consensus,
    representativeness,
)
from consultations.codebook import POOLED
from consultations.reports.counts import Counts, counts, substantive

FEWEST_GROUPS = 2
"""So many groups are needed to speak of all of them."""

KINDS_OF_VOTE = 3
"""Agree, disagree, pass, in this order."""


def statements(tables: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A row for every statement and breakdown by groups of people.

    Everyone stands last and is no group. The groups are those of which some statement shows a
    base: one that is too small stands in no table, and no figure is made of it. Consensus and
    spread are None as soon as a vote of any of these groups is withheld.
    """
    votes = [each for each in tables if each["kind"] == "votes" and _is_of_groups(each)]
    told = {
        (table["by"][0], tuple(group["codes"]))
        for table in votes
        for group in table["groups"]
        if group["base"] is not None
    }
    return [_row(table, told) for table in votes if table["cells"]]


def _is_of_groups(table: Mapping[str, Any]) -> bool:
    return len(table["by"]) == 1 and table["by"][0] not in (CHANNEL, ENTRY)


def _row(table: Mapping[str, Any], told: set[tuple[str, tuple[str, ...]]]) -> dict[str, Any]:
    by, cells, kinds = table["by"][0], counts(table), list(substantive(table))
    everyone = _votes(cells.get((), {}), kinds)
    groups = [
        each
        for each in table["groups"]
        if (by, tuple(each["codes"])) in told and each["codes"] not in ([], [POOLED])
    ]
    votes = [_votes(cells[tuple(each["codes"])], kinds) for each in groups]
    shown = [_group(each, one, everyone) for each, one in zip(groups, votes, strict=True)]
    total = [_group(each, everyone, None) for each in table["groups"] if not each["codes"]]
    return {
        "question": table["question"],
        "table": table["id"],
        "by": by,
        "groups": [*shown, *total],
        **_consensus(votes),
        "spread": _spread([each["net"] for each in shown]),
    }


def _votes(cells: Counts, kinds: Sequence[str]) -> Votes | None:
    known = [count for kind in kinds if (count := cells.get(kind)) is not None]
    return Votes(*known) if len(known) == len(kinds) == KINDS_OF_VOTE else None


def _group(group: Mapping[str, Any], votes: Votes | None, everyone: Votes | None) -> dict[str, Any]:
    """Votes in per cent of the base, and how many times as likely as the rest to agree."""
    base = group["base"]
    parts = (votes.agree, votes.disagree, votes.passed) if votes and base else (None,) * 3
    named = dict(zip(("agree", "disagree", "pass"), parts, strict=True))
    rest = everyone - votes if everyone and votes else None
    return {
        **{name: group[name] for name in ("codes", "of") if name in group},
        "base": base,
        **{name: _percent(part, base) for name, part in named.items()},
        "net": _percent(votes.agree - votes.disagree, base) if votes and base else None,
        "likelier_to_agree": _times(votes, rest),
        "likelier_to_disagree": _times(votes and votes.reversed, rest and rest.reversed),
    }


def _consensus(votes: Sequence[Votes | None]) -> dict[str, float | None]:
    known = [each for each in votes if each is not None]
    if len(known) < len(votes) or len(known) < FEWEST_GROUPS:
        return {"all_agree": None, "all_disagree": None}
    return {
        "all_agree": round(group_informed_consensus(known), 4),
        "all_disagree": round(group_informed_consensus(each.reversed for each in known), 4),
    }


def _spread(nets: Sequence[float | None]) -> float | None:
    known = [net for net in nets if net is not None]
    whole = len(known) == len(nets) >= FEWEST_GROUPS
    return round(max(known) - min(known), 1) if whole else None


def _times(votes: Votes | None, rest: Votes | None) -> float | None:
    return None if votes is None or rest is None else round(representativeness(votes, rest), 2)


def _percent(part: int | None, base: int) -> float | None:
    return None if part is None else round(100 * part / base, 1)
