"""The tables as CSV: the numbers of the JSON, and no others."""

import csv
import io

from consultations.reports.tables_csv import tables_csv

REPORT = {
    "tables": [
        {
            "id": "vote.by.gender",
            "by": ["gender"],
            "groups": [{"codes": ["F"], "base": 50, "answered": 49}, {"codes": [], "base": 90,
                                                                      "answered": None}],
            "cells": [
                {"category": "Y", "group": ["F"], "count": 30, "percent": 60.0},
                {"category": "Y", "group": [], "count": None, "percent": None},
            ],
        }
    ]
}  # fmt: skip


def test_a_line_per_cell_with_its_base() -> None:
    first, second = csv.DictReader(io.StringIO(tables_csv(REPORT)))
    assert first == {
        "table": "vote.by.gender",
        "by": "gender",
        "group": "F",
        "category": "Y",
        "count": "30",
        "percent": "60.0",
        "base": "50",
        "answered": "49",
    }
    assert (second["count"], second["percent"], second["answered"]) == ("", "", "")


def test_a_code_that_looks_like_a_formula_is_made_harmless() -> None:
    [table] = REPORT["tables"]
    cell = {"category": "=1+1", "group": [], "count": 1, "percent": 1.0}
    report = {"tables": [{**table, "cells": [cell]}]}
    assert ",'=1+1," in tables_csv(report)
