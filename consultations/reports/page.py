"""The report as a page: the finding, who was heard, the matrix, then question by question."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask_babel import get_locale, gettext

from consultations import figures
from consultations.analysis.plan import GROUP
from consultations.replies.words import DISPOSITION_WORDS
from consultations.reports.charts import chart
from consultations.reports.finding import Spread, dividing, spreads, uniting
from consultations.reports.heard import HeardGroup, heard_groups, least_heard
from consultations.reports.labels import Labels
from consultations.reports.method import coverage_lists, people, sentences
from consultations.reports.numbers import ORGANISATIONS
from consultations.reports.tables import table_shown

MOST_SENTENCES = 3
MOST_COLUMNS = 9
ProvisionAddress = Callable[[str], str | None]
"""From a provision's eId to the address of its page, if it has one where the report is read."""


def report_page(
    numbers: Mapping[str, Any],
    *,
    language: str,
    address: ProvisionAddress,
    published_on: date | None = None,
    manifest: Mapping[str, Any] | None = None,
    brackets: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """Everything the template of a report shows, as words and numbers of one language."""
    page = Page(numbers, Labels(numbers["words"], language), address)
    found = spreads(numbers)
    return {
        "title": page.title(found),
        "round": gettext("Report of round %(number)s", number=numbers["round"]),
        "published_on": published_on,
        "finding": page.finding(found),
        "base": page.base(),
        "heard": page.heard(),
        "absent": page.absent(),
        "matrix": page.matrix(),
        "brackets": brackets or [],
        "unites": [page.unites(each) for each in uniting(found)[:MOST_SENTENCES]],
        "divides": [page.divides(each) for each in dividing(found)[:MOST_SENTENCES]],
        "answered_points": page.answered_points(),
        "campaigns": [],
        "questions": page.questions(),
        "method": sentences(numbers, page.labels),
        "coverage": coverage_lists(numbers, page.labels),
        "disclosure": numbers["disclosure"],
        "manifest": manifest,
    }


def heard_shown(numbers: Mapping[str, Any], language: str) -> list[dict[str, Any]]:
    """Who was heard in a report, as the strip of a page shows it."""
    return Page(numbers, Labels(numbers["words"], language), lambda _: None).heard()


def provision_chart(
    numbers: Mapping[str, Any], wid: str, language: str
) -> tuple[str, dict[str, Any]] | None:
    """The position on a provision (by its stable id) as (question, chart), if it was asked."""
    page = Page(numbers, Labels(numbers["words"], language), lambda _: None)
    eids = {each["eid"] for each in numbers["provisions"] if each["wid"] == wid}
    for name, tables in page.tables.items():
        asked = page.labels.words["questions"][name]
        if asked["role"] == "position" and asked["provision"] in eids:
            drawn = chart(name, page.charted(tables), page.labels)
            return (name, drawn) if drawn else None
    return None


class Page:
    """One report in one language, part by part."""

    def __init__(
        self, numbers: Mapping[str, Any], labels: Labels, address: ProvisionAddress
    ) -> None:
        self.numbers, self.labels, self.address = numbers, labels, address
        self.provisions = {each["eid"]: each for each in numbers["provisions"]}
        self.tables: dict[str, list[Mapping[str, Any]]] = {}
        for table in numbers["tables"]:
            self.tables.setdefault(table["question"], []).append(table)

    def title(self, found: list[Spread]) -> str:
        """The finding as a title."""
        unites, divides = uniting(found), dividing(found)
        if unites and divides and unites[0].question != divides[0].question:
            return str(
                gettext(
                    "%(one)s has support in every group; %(other)s divides them",
                    one=self._short(unites[0]),
                    other=self._short(divides[0]),
                )
            )
        if unites:
            return str(gettext("%(one)s has support in every group", one=self._short(unites[0])))
        if divides:
            return str(gettext("%(one)s divides the groups", one=self._short(divides[0])))
        return self.labels.say(self.numbers["title"])

    def finding(self, found: list[Spread]) -> str:
        """One or two sentences with what the matrix shows."""
        said = [self.unites(each) for each in uniting(found)[:1]]
        said += [self.divides(each) for each in dividing(found)[:1]]
        return " ".join(said) or self._leading_answer()

    def base(self) -> str:
        """How many people and organisations stand behind the report."""
        coverage = self.numbers["coverage"]
        said = people(coverage["individuals"])
        if self.numbers["sampling"] == "self_selected":
            return str(gettext("Base: %(people)s who chose to answer.", people=said))
        return str(gettext("Base: %(people)s who answered.", people=said))

    def heard(self) -> list[dict[str, Any]]:
        """Groups of people against their share in the population, then organisations."""
        found = [
            {
                "label": self._group_name(each),
                "count": each.count,
                "share": None if each.share is None else 100 * each.share,
                "reference_share": (
                    None if each.reference_share is None else 100 * each.reference_share
                ),
                "note": None,
            }
            for each in heard_groups(self.numbers)
        ]
        organisations = self.numbers["coverage"]["organisations"]
        if organisations:
            found.append({"label": gettext("Organisations"), "count": organisations, "share": None,
                          "reference_share": None, "note": gettext("counted apart")})  # fmt: skip
        return found

    def absent(self) -> str:
        """Who was heard far less than their share in the population, in a sentence."""
        names = [self._group_name(each) for each in least_heard(heard_groups(self.numbers))]
        if not names:
            return ""
        said = gettext(", ").join(names[:MOST_SENTENCES])
        return str(
            gettext("Heard less than their share in the population: %(groups)s.", groups=said)
        )

    def matrix(self) -> dict[str, Any]:
        """Positions on provisions down, groups across, everyone last."""
        rows = self._matrix_rows()
        columns = self._columns(rows)
        names = dict.fromkeys(each["question"] for each in rows)
        counts = {(each.by, each.code): each.count for each in heard_groups(self.numbers)}
        return {
            "groups": [
                {"label": label, "count": counts.get((by, codes[0] if codes else ""))}
                for (by, codes), label in columns.items()
            ],
            "rows": [self._matrix_row(name, rows, columns) for name in names] if columns else [],
        }

    def answered_points(self) -> dict[str, Any] | None:
        """What became of published comments, provision by provision."""
        rows = [
            ({each["code"]: each["count"] for each in provision["dispositions"]}, provision)
            for provision in self.numbers["provisions"]
            if provision["dispositions"]
        ]
        codes = [code for code in DISPOSITION_WORDS if any(code in counts for counts, _ in rows)]
        if not rows:
            return None
        return {
            "columns": [gettext(DISPOSITION_WORDS[code]) for code in codes],
            "rows": [
                {
                    "name": self._name(provision),
                    "url": self.address(provision["eid"]),
                    "cells": [counts.get(code, 0) for code in codes],
                }
                for counts, provision in rows
            ],
        }

    def questions(self) -> list[dict[str, Any]]:
        """Every counted question with its chart and its tables."""
        return [self._question(name, tables) for name, tables in self.tables.items()]

    def charted(self, tables: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """The tables whose rows a question's chart shows: everyone, then groups of people."""
        one_way = [each for each in tables if len(each["by"]) < 2
                   and each["population"] != ORGANISATIONS]  # fmt: skip
        overall = [each for each in one_way if not each["by"]]
        over_categories = [each for each in one_way if each["by"] == [GROUP]]
        dimensions = [each for each in one_way if each["by"]
                      and each["by"][0] in self.labels.words["dimensions"]]  # fmt: skip
        return [*overall, *(over_categories or dimensions)]

    def unites(self, spread: Spread) -> str:
        """A sentence on a provision that every group shown is in favour of."""
        return str(
            gettext(
                "%(name)s: more support than opposition in all %(count)s groups shown, from "
                "%(low)s points (%(group)s) upwards.",
                name=self._long(spread),
                count=spread.groups,
                low=figures.signed(spread.lowest["net"]),
                group=self._row_name(spread.lowest),
            )
        )

    def divides(self, spread: Spread) -> str:
        """A sentence on a provision on which groups stand apart."""
        return str(
            gettext(
                "%(name)s: %(low_group)s at %(low)s points, %(high_group)s at %(high)s.",
                name=self._long(spread),
                low_group=self._row_name(spread.lowest),
                low=figures.signed(spread.lowest["net"]),
                high_group=self._row_name(spread.highest),
                high=figures.signed(spread.highest["net"]),
            )
        )

    def _question(self, name: str, tables: list[Mapping[str, Any]]) -> dict[str, Any]:
        eid = self.labels.words["questions"][name]["provision"]
        overall, *rest = tables
        return {
            "name": name,
            "label": self.labels.question(name),
            "provision": (
                {"name": self._name(self.provisions[eid]), "url": self.address(eid)}
                if eid in self.provisions
                else None
            ),
            "chart": chart(name, self.charted(tables), self.labels),
            "overall": table_shown(overall, self.labels),
            "tables": [table_shown(each, self.labels) for each in rest],
        }

    def _matrix_rows(self) -> list[Mapping[str, Any]]:
        questions = self.labels.words["questions"]
        rows: list[Mapping[str, Any]] = self.numbers["matrix"]
        positions = [row for row in rows if questions[row["question"]]["role"] == "position"]
        return positions or rows

    def _columns(self, rows: list[Mapping[str, Any]]) -> dict[tuple[str, tuple[str, ...]], str]:
        """The groups across: those over categories, else those of the dimensions that fit."""
        by_kind: dict[str, dict[tuple[str, tuple[str, ...]], str]] = {}
        for row in rows:
            by = _breakdown(row)
            if by in ("channel", "entry"):
                continue
            key = (by, tuple(row["group"]["codes"]))
            by_kind.setdefault(by, {})[key] = self._column_name(by, row)
        people_of = by_kind.get(GROUP) or {}
        if not people_of:
            for name in self.labels.words["dimensions"]:
                if len(people_of) + len(by_kind.get(name, {})) <= MOST_COLUMNS:
                    people_of |= by_kind.get(name, {})
        return people_of | by_kind.get(ORGANISATIONS, {}) | by_kind.get("", {})

    def _matrix_row(
        self,
        name: str,
        rows: list[Mapping[str, Any]],
        columns: Mapping[tuple[str, tuple[str, ...]], str],
    ) -> dict[str, Any]:
        mine = {(_breakdown(row), tuple(row["group"]["codes"])): row for row in rows
                if row["question"] == name}  # fmt: skip
        eid = self.labels.words["questions"][name]["provision"]
        provision = self.provisions.get(eid, {"number": {"en": eid}, "heading": {}})
        role = self.labels.words["questions"][name]["role"]
        cells = []
        for key in columns:
            row = mine.get(key)
            cells.append({"net": row["net"] if row else None,
                          "href": f"#{row['table']}" if row else None})  # fmt: skip
        return {
            "provision": provision,
            "question": None if role == "position" else self.labels.question(name),
            "href": self.address(eid),
            "cells": cells,
        }

    def _column_name(self, by: str, row: Mapping[str, Any]) -> str:
        if by == ORGANISATIONS:
            return str(gettext("Organisations"))
        return self._row_name(row) if by else str(gettext("Everyone"))

    def _row_name(self, row: Mapping[str, Any]) -> str:
        by, codes = _breakdown(row), row["group"]["codes"]
        return self.labels.group(by, codes[0], row["group"].get("of", {}).get(by, ()))

    def _group_name(self, group: HeardGroup) -> str:
        return self.labels.group(group.by, group.code, group.of.get(group.by, ()))

    def _leading_answer(self) -> str:
        """Where there is no matrix: the most frequent answer to the first question."""
        for name, (overall, *_) in self.tables.items():
            cells = [each for each in overall["cells"]
                     if each["count"] is not None and each["category"] != "-"]  # fmt: skip
            if cells:
                most = max(cells, key=lambda each: each["count"])
                category = next(each for each in overall["categories"]
                                if each["code"] == most["category"])  # fmt: skip
                return str(
                    gettext(
                        "To “%(question)s”, the most frequent answer was “%(answer)s”: "
                        "%(percent)s.",
                        question=self.labels.question(name),
                        answer=self.labels.category(name, category),
                        percent=figures.percent(most["percent"], get_locale()),
                    )
                )
        return ""

    def _short(self, spread: Spread) -> str:
        provision = self.provisions.get(spread.provision)
        return self.labels.say(provision["number"]) if provision else spread.provision

    def _long(self, spread: Spread) -> str:
        provision = self.provisions.get(spread.provision)
        return self._name(provision) if provision else spread.provision

    def _name(self, provision: Mapping[str, Any]) -> str:
        parts = [self.labels.say(provision[part]) for part in ("number", "heading")]
        return " · ".join(part for part in parts if part)


def _breakdown(row: Mapping[str, Any]) -> str:
    """What a row of the matrix is broken down by; `` for everyone."""
    table: str = row["table"]
    if table.endswith(f".{ORGANISATIONS}"):
        return ORGANISATIONS
    return table.removeprefix(f"{row['question']}.").removeprefix("overall").removeprefix("by.")
