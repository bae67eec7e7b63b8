"""A frozen report about to be told in one language: its numbers with the names they need."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from consultations.reports.heard import HeardGroup
from consultations.reports.labels import Labels
from consultations.reports.numbers import ORGANISATIONS


class Told:
    """One report in one language."""

    def __init__(self, numbers: Mapping[str, Any], language: str) -> None:
        self.numbers = numbers
        self.labels = Labels(numbers["words"], language)

    @cached_property
    def tables(self) -> dict[str, list[Mapping[str, Any]]]:
        """Every question's tables, the overall one first."""
        found: dict[str, list[Mapping[str, Any]]] = {}
        for table in self.numbers["tables"]:
            found.setdefault(table["question"], []).append(table)
        return found

    @cached_property
    def provisions(self) -> dict[str, Mapping[str, Any]]:
        """Provisions by their number in the draft of the round."""
        return {each["eid"]: each for each in self.numbers["provisions"]}

    @property
    def dimensions(self) -> list[str]:
        """The names of the dimensions, in their order."""
        return list(self.numbers["words"]["dimensions"])

    def asked(self, question: str) -> Mapping[str, Any]:
        """A question's kind, role, provision and choices."""
        asked: Mapping[str, Any] = self.numbers["words"]["questions"][question]
        return asked

    def provision(self, eid: str) -> Mapping[str, Any]:
        """A provision's number and heading; its eId where the draft has none of that name."""
        return self.provisions.get(eid, {"number": {"en": eid}, "heading": {}})

    def number(self, eid: str) -> str:
        """A provision's number as printed: Article 3."""
        return self.labels.say(self.provision(eid)["number"])

    def name(self, eid: str) -> str:
        """A provision's number and heading."""
        parts = (self.number(eid), self.labels.say(self.provision(eid)["heading"]))
        return " · ".join(part for part in parts if part)

    def row_name(self, row: Mapping[str, Any]) -> str:
        """The group of a row of the matrix."""
        by, codes = breakdown(row), row["group"]["codes"]
        return self.labels.group(by, codes[0], row["group"].get("of", {}).get(by, ()))

    def group_name(self, group: HeardGroup) -> str:
        """A group that was heard."""
        return self.labels.group(group.by, group.code, group.of.get(group.by, ()))


def breakdown(row: Mapping[str, Any]) -> str:
    """What a row of the matrix is broken down by; empty for everyone."""
    table: str = row["table"]
    if table.endswith(f".{ORGANISATIONS}"):
        return ORGANISATIONS
    return table.removeprefix(f"{row['question']}.").removeprefix("overall").removeprefix("by.")
