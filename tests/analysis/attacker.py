"""An independent attack on a published report: reads report.json, shares no code with the product.

The population behind a report is one table of unknowns per question over all dimensions at once.
Whatever the report says is an equation; each protected count is bounded by linear programming
(scipy). Also the reader's rule of `report verify`.
"""

from itertools import product

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

TOLERANCE = 1e-5


class Attack:
    """Unknowns and equations of one report."""

    def __init__(self, report):
        self.k = report["policy"]["threshold"]
        self.report = report
        self.tables = [t for t in report["tables"] if t["status"] != "withheld"]
        self.dims = self._dimensions()
        self.leaves = list(product(*self.dims.values()))
        self.columns, self.size = {}, 0
        self.answers, self.equations, self.atmost, self.gaps = {}, [], [], []
        for question in dict.fromkeys(t["question"] for t in self.tables):
            self._question(question)
        self.people = self._block() if not self.answers else None
        self._read()

    def _dimensions(self):
        found = {}
        for group in self.report["coverage"]["groups"]:
            codes = group.get("of", {}).get(group["dimension"], group["codes"])
            found.setdefault(group["dimension"], []).extend(codes)
        for channel in self.report["coverage"]["by_channel"]:
            found.setdefault("channel", []).append(channel["code"])
        for table in self.tables:
            if table["by"] == ["entry"]:
                found["entry"] = [g["codes"][0] for g in table["groups"] if g["codes"]]
        return {name: list(dict.fromkeys(codes)) for name, codes in found.items()}

    def _block(self):
        self.size += len(self.leaves)
        return np.arange(self.size - len(self.leaves), self.size)

    def _question(self, question):
        tables = [t for t in self.tables if t["question"] == question]
        codes = {c for t in tables for one in t["categories"] for c in one.get("of", [one["code"]])}
        codes = sorted(codes | {"-"})
        self.multiple = {t["question"] for t in self.tables if t["kind"] == "multiple"}
        cells = {code: self._block() for code in [*codes, "out"]}
        if question in self.multiple:
            cells["any"] = self._block()
            chosen = [c for c in codes if c != "-"]
            for place in range(len(self.leaves)):
                anyone = cells["any"][place]
                for code in chosen:
                    self.atmost.append(({cells[code][place]: 1, anyone: -1}, 0))
                self.atmost.append(({anyone: 1, **{cells[c][place]: -1 for c in chosen}}, 0))
        first = next(iter(self.answers), None)
        self.answers[question] = cells
        if first is not None:
            for place in range(len(self.leaves)):
                terms = {b[place]: 1 for b in self._parts(first)}
                terms |= {b[place]: -1 for b in self._parts(question)}
                self.equations.append((terms, 0))

    def _parts(self, question, codes=None):
        cells = self.answers[question]
        if codes is not None:
            return [cells[code] for code in codes]
        if question in self.multiple:
            return [cells["any"], cells["-"], cells["out"]]
        return list(cells.values())

    def inside(self, within):
        places = range(len(self.leaves))
        for name, codes in within.items():
            axis = list(self.dims).index(name)
            places = [p for p in places if self.leaves[p][axis] in codes]
        return list(places)

    def row(self, question, codes, within):
        """Column -> factor of a count; without a question, of people."""
        places = self.inside(within)
        if question is None and not self.answers:
            blocks = [self.people]
        elif question is None:
            blocks = self._parts(next(iter(self.answers)))
        elif codes == "base":
            blocks = [b for b in self._parts(question) if b is not self.answers[question]["out"]]
        else:
            blocks = self._parts(question, codes)
        return {int(block[place]): 1 for block in blocks for place in places}

    def _say(self, where, row, value):
        if value is None:
            self.gaps.append((where, row))
        else:
            self.equations.append((row, value))

    def _read(self):
        coverage = self.report["coverage"]
        self._say("all", self.row(None, None, {}), coverage["individuals"])
        for group in coverage["groups"]:
            name = group["dimension"]
            codes = group.get("of", {}).get(name, group["codes"])
            self._say(f"{name}{codes}", self.row(None, None, {name: codes}), group["count"])
        for one in coverage["by_channel"]:
            row = self.row(None, None, {"channel": [one["code"]]})
            self._say(f"channel {one['code']}", row, one["count"])
        for table in self.tables:
            self._table(table)

    def _table(self, table):
        question = table["question"]
        of = {one["code"]: one.get("of", [one["code"]]) for one in table["categories"]}
        declared = [c for c in self.answers[question] if c not in ("-", "out", "any")]
        declared = ["any"] if question in self.multiple else declared
        within, listed = {}, set()
        for group in table["groups"]:
            codes = group["codes"]
            inside = dict(group.get("of", {}))
            if table["by"] != ["group"] and codes:
                inside = {n: inside.get(n, [c]) for n, c in zip(table["by"], codes, strict=True)}
            within[tuple(codes)] = inside
            listed.add(tuple(tuple(c) for c in inside.values()))
            where = f"{table['id']} {codes}"
            self._say(f"{where} base", self.row(question, "base", inside), group["base"])
            row = self.row(question, declared, inside)
            self._say(f"{where} answered", row, group["answered"])
        for cell in table["cells"]:
            row = self.row(question, of[cell["category"]], within[tuple(cell["group"])])
            where = f"{table['id']} {cell['group']} {cell['category']}"
            self._say(where, row, cell["count"])
        if len(table["by"]) > 1:
            self._absent(table["by"], list(within.values()))

    def _absent(self, by, rows):
        parts = [{tuple(r[name]) for r in rows if r} for name in by]
        listed = {tuple(tuple(r[name]) for name in by) for r in rows if r}
        for codes in product(*parts):
            if codes not in listed:
                row = self.row(None, None, dict(zip(by, codes, strict=True)))
                self.equations.append((row, 0))

    def _matrix(self, rows):
        data = [f for row, _ in rows for f in row.values()]
        columns = [c for row, _ in rows for c in row]
        starts = np.cumsum([0, *(len(row) for row, _ in rows)])
        return csr_matrix((data, columns, starts), shape=(len(rows), self.size))

    def bound(self, row, sense, floors=()):
        """The least (1) or greatest (-1) value of a count; floors: counts known to reach k."""
        cost = np.zeros(self.size)
        for column, factor in row.items():
            cost[column] = sense * factor
        atmost = [*self.atmost, *(({c: -f for c, f in one.items()}, -self.k) for one in floors)]
        result = linprog(
            cost,
            method="highs",
            A_eq=self._matrix(self.equations),
            b_eq=[v for _, v in self.equations],
            A_ub=self._matrix(atmost) if atmost else None,
            b_ub=[v for _, v in atmost] if atmost else None,
        )
        assert result.status == 0, (result.status, result.message)
        return sense * result.fun


def attack(report, protected):
    """Protected counts (question or None, codes, {dimension: codes}, zero) told too closely."""
    system, found = Attack(report), []
    for question, codes, within, zero in protected:
        known = all(set(c) <= set(system.dims.get(n, ())) for n, c in within.items())
        if not known or (question and question not in system.answers):
            continue
        row = system.row(question, codes, within)
        low, high = (system.bound(row, 1) if zero else 0.0), system.bound(row, -1)
        if low > TOLERANCE or high < system.k - TOLERANCE:
            found.append((question, codes, within, low, high))
    return found


def gaps(report):
    """Withheld numbers that are told too closely, under the reader's rule as well."""
    system, found, floors = Attack(report), [], []
    bounds = {}
    for where, row in system.gaps:
        low, high = system.bound(row, 1), system.bound(row, -1)
        bounds[where] = low
        if high - low < system.k - TOLERANCE:
            found.append((where, low, high, "width"))
    while True:
        new = [
            row
            for where, row in system.gaps
            if row not in floors and system.bound(row, 1, floors) > TOLERANCE
        ]
        if not new:
            break
        floors += new
    for where, row in system.gaps:
        high = system.bound(row, -1, floors)
        if high < system.k - TOLERANCE:
            found.append((where, high, "reader"))
    return found
