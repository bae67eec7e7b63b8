"""An attacker who has nothing but report.json, and shares no code with the product.

The people behind a report are one table of unknowns per question over all dimensions, or over the
cliques of the dimensions that stand together in a table where the whole would be too large. All
that the report says, counts and percentages alike, becomes equations about that table; each count
that had to be protected, and each number that is withheld, is bounded by linear programming
(HiGHS through scipy), and where it is cheap by whole numbers.

    python tests/attack/attacker.py report.json [protected.json]

protected.json: a list of [question or null, [codes], {dimension: [codes]}].
"""

import json
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, product
from math import ceil, floor
from pathlib import Path

import networkx
import numpy as np
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, vstack

CLOSE = 1e-5
EVERYTHING = 1e9
SILENT, OUT, ANSWERED = "-", "(out)", "(answered)"
LANGUAGE = "(language)"
OTHER = ("(other)",)
"""Of a dimension of which the report says nothing: everyone else."""
INSIDE_KINDS, OUTSIDE_KINDS = {"-8", "-7", "-6", "-4"}, {"-9", "-5"}


@dataclass(frozen=True)
class Count:
    """People of a region (dimension, codes) whose answer to a question is one of the states."""

    question: str | None
    states: frozenset
    region: frozenset

    @property
    def dims(self):
        return frozenset(name for name, _ in self.region)


def count(question, states, region):
    frozen = frozenset((name, frozenset(codes)) for name, codes in region.items())
    return Count(question, frozenset(states), frozen)


@dataclass(frozen=True)
class Claim:
    """What the report says a count is; None where it withholds it."""

    where: str
    count: Count
    value: int | None


@dataclass(frozen=True)
class Ratio:
    """A weighted sum of counts, in per cent of another, that lies between two numbers."""

    where: str
    parts: tuple
    whole: Count
    low: float
    high: float


@dataclass(frozen=True)
class Breach:
    """kind: protected, hidden, reader (reasons on), insider, integer, derived, contradiction."""

    kind: str
    where: str
    low: float
    high: float

    def __str__(self):
        return f"{self.kind:13} {self.where}: [{self.low:g}, {self.high:g}]"


class Reading:
    """The claims of a report about one population, and the codes that occur in it.

    routes: question -> (earlier question, codes): whom the questionnaire routes to it.
    """

    def __init__(self, report, population="individuals", routes=None, beside=()):
        self.k = report["policy"]["threshold"]
        self.report, self.routes = report, routes or {}
        self.tables = [
            table
            for table in report["tables"]
            if table.get("population", "individuals") == population
            and table["status"] != "withheld"
        ]
        self.multiple = {t["question"] for t in self.tables if t.get("exclusive") is False}
        self.claims, self.ratios, self.derived = [], [], []
        self.kinds = defaultdict(dict)
        total = report["coverage"].get(population)
        self.claims.append(Claim(population, count(None, (), {}), total))
        if population == "individuals":
            self._coverage(report["coverage"])
        for table in self.tables:
            self._table(table)
        self._matrix(report.get("matrix", []))
        self.dims, self.states = defaultdict(dict), defaultdict(dict)
        regions = [claim.count.region for claim in self.claims]
        told = {name for name, _ in chain.from_iterable(regions)}
        regions += [target.region for target in beside]
        regions += [{(name, OTHER)} for t in beside for name in t.dims - told]
        for name, codes in chain.from_iterable(regions):
            self.dims[name].update(dict.fromkeys(sorted(codes)))
        for table in self.tables:
            for one in table["categories"]:
                self.states[table["question"]].update(dict.fromkeys(one.get("of", [one["code"]])))
        for target in beside:
            if target.question in self.states:
                self.states[target.question].update(dict.fromkeys(sorted(target.states)))
        self._absent()

    def _coverage(self, coverage):
        for group in coverage["groups"]:
            name = group["dimension"]
            of = group.get("of", group["codes"])
            region = of if isinstance(of, dict) else {name: of}
            where = f"coverage {name} {'+'.join(group['codes'])}"
            self.claims.append(Claim(where, count(None, (), region), group["count"]))
            if group["count"] is None and group.get("ratio") is not None:
                self.derived.append(where)
        for name, key in (("channel", "by_channel"), (LANGUAGE, "by_language")):
            for one in coverage[key]:
                region = {name: one.get("of", [one["code"]])}
                where = f"coverage {key} {one['code']}"
                self.claims.append(Claim(where, count(None, (), region), one["count"]))
        for one in coverage["non_response"]:
            self.kinds[one["question"]][one["code"]] = one["count"]

    def _table(self, table):
        question, of = table["question"], {}
        for one in table["categories"]:
            of[one["code"]] = one.get("of", [one["code"]])
        substantive = [c for codes in of.values() for c in codes if c != SILENT]
        answered = [ANSWERED] if question in self.multiple else substantive
        regions, bases = {}, {}
        for group in table["groups"]:
            key = tuple(group["codes"])
            regions[key] = region = self._region(table, group)
            bases[key] = group["base"]
            where = f"{table['id']} {'+'.join(key)}"
            base = count(question, [*answered, SILENT], region)
            self.claims.append(Claim(f"{where} base", base, group["base"]))
            some = count(question, answered, region)
            self.claims.append(Claim(f"{where} answered", some, group["answered"]))
        for cell in table["cells"]:
            key = tuple(cell["group"])
            where = f"{table['id']} {'+'.join(key)} {cell['category']}"
            part = count(question, of[cell["category"]], regions[key])
            self.claims.append(Claim(where, part, cell["count"]))
            if cell["percent"] is not None and None in (cell["count"], bases[key]):
                self.derived.append(where)
                whole = count(question, [*answered, SILENT], regions[key])
                self._ratio(where, [(1, part)], whole, cell["percent"])

    @staticmethod
    def _region(table, group):
        of = group.get("of", {})
        if table["by"] == ["group"]:
            return of
        return {
            name: of.get(name, [code])
            for name, code in zip(table["by"], group["codes"], strict=False)
        }

    def _ratio(self, where, parts, whole, percent):
        near = 0.05 + CLOSE
        self.ratios.append(Ratio(where, tuple(parts), whole, percent - near, percent + near))

    def _matrix(self, rows):
        """Shares of a question's favourable and unfavourable end; the ends are tried both ways."""
        tables = {table["id"]: table for table in self.tables}
        others = {table["id"] for table in self.report["tables"] if table not in self.tables}
        others -= {t["id"] for t in self.report["tables"] if t["status"] == "withheld"}
        for row in rows:
            if row["table"] in others:
                continue
            table = tables.get(row["table"])
            if table is None:
                if any(row[name] is not None for name in ("base", "support", "oppose", "net")):
                    self.derived.append(f"matrix {row['table']}")
                continue
            group = next(g for g in table["groups"] if g["codes"] == row["group"]["codes"])
            cells = [c for c in table["cells"] if c["group"] == group["codes"]]
            told = [row[name] for name in ("support", "oppose", "net") if row[name] is not None]
            where = f"matrix {table['id']} {'+'.join(group['codes'])}"
            if told and (group["base"] is None or row["base"] is None):
                self.derived.append(where)
            elif told and any(cell["count"] is None for cell in cells):
                self._ends(where, row, table, group, cells)

    def _ends(self, where, row, table, group, cells):
        """Take every set of shown neighbours that could be meant; what fits none was hidden."""
        shown = {c["category"]: c["count"] for c in cells if c["count"] is not None}
        known = {
            round(100 * sum(shown[code] for code in some) / group["base"], 1)
            for some in _runs([one["code"] for one in table["categories"]])
            if group["base"] and all(code in shown for code in some)
        }
        for name in ("support", "oppose"):
            if row[name] is not None and row[name] not in known:
                self.derived.append(f"{where} {name}")
        if row["net"] is not None and None in (row["support"], row["oppose"]):
            self.derived.append(f"{where} net")

    def _absent(self):
        """A crossing lists the groups that occur: nobody is in one that it leaves out."""
        for table in self.tables:
            if len(table["by"]) == 2 and table["groups"]:
                regions = [self._region(table, g) for g in table["groups"] if g["codes"]]
                pairs = product(*(self.dims[name] for name in table["by"]))
                for pair in pairs:
                    place = dict(zip(table["by"], pair, strict=True))
                    if not any(all(place[n] in r[n] for n in place) for r in regions):
                        empty = count(None, (), {n: [c] for n, c in place.items()})
                        self.claims.append(Claim(f"{table['id']} leaves out {pair}", empty, 0))

    @property
    def questions(self):
        return list(self.states)


def _runs(codes):
    for start in range(len(codes)):
        for end in range(start + 1, len(codes) + 1):
            yield codes[start:end]


class Classes:
    """Codes of a dimension or question that nothing said tells apart."""

    def __init__(self, codes, subsets):
        signature = defaultdict(list)
        subsets = list(dict.fromkeys(subsets))
        for code in codes:
            signature[tuple(code in subset for subset in subsets)].append(code)
        self.classes = [frozenset(some) for some in signature.values()]

    def __len__(self):
        return len(self.classes)

    def outer(self, subset):
        return [i for i, some in enumerate(self.classes) if some & subset]

    def inner(self, subset):
        return [i for i, some in enumerate(self.classes) if some <= subset]


class Problem:
    """The unknowns of some questions over some cliques of dimensions, and all that is said."""

    def __init__(self, reading, questions, cliques):
        self.reading, self.questions, self.cliques = reading, list(questions), list(cliques)
        self.size = 0
        self.equal, self.least = [], []
        used = {name for clique in cliques for name in clique}
        self.claims = [c for c in reading.claims if self._tells(c.count)]
        self.dims = {
            name: Classes(
                reading.dims[name],
                [codes for c in self.claims for n, codes in c.count.region if n == name],
            )
            for name in used
        }
        self.states = {q: self._states(q) for q in self.questions}
        self.blocks = {
            (q, clique): self._block(len(self.names(q)), clique)
            for q in (self.questions or [None])
            for clique in self.cliques
        }
        self.kinds = {}
        for clique in self.cliques:
            self._hold_together(clique)
        self._agree()
        for question in self.questions:
            self._kinds(question)
            self._route(question)

    def _tells(self, one):
        known = one.question is None or one.question in self.questions
        return known and any(one.dims <= set(clique) for clique in self.cliques)

    def _states(self, question):
        codes = [code for code in self.reading.states[question] if code != SILENT]
        if question in self.reading.multiple:
            return None
        said = [c.count.states for c in self.claims if c.count.question == question]
        said += [
            frozenset(codes)
            for to, (source, codes) in self.reading.routes.items()
            if source == question and to in self.questions
        ]
        return Classes([*codes, SILENT, OUT], said)

    def names(self, question):
        """The layers of a question's block."""
        if question is None:
            return ["everyone"]
        if self.states[question] is None:
            choices = [code for code in self.reading.states[question] if code != SILENT]
            return [ANSWERED, SILENT, OUT, *choices]
        return list(range(len(self.states[question])))

    def _block(self, layers, clique):
        shape = (layers, *(len(self.dims[name]) for name in clique))
        start, self.size = self.size, self.size + int(np.prod(shape))
        return np.arange(start, self.size).reshape(shape)

    def _exclusive(self, question, clique):
        """The layers of a block that add up to everyone."""
        block = self.blocks[question, clique]
        return block[:3] if question and self.states[question] is None else block

    def _hold_together(self, clique):
        if not self.questions:
            return
        first = self._exclusive(self.questions[0], clique)
        for question in self.questions[1:]:
            other = self._exclusive(question, clique)
            for mine, theirs in zip(
                first.reshape(len(first), -1).T, other.reshape(len(other), -1).T, strict=True
            ):
                self.equal.append((mine, theirs))
        for question in self.questions:
            if self.states[question] is None:
                block = self.blocks[question, clique]
                for leaf in block.reshape(len(block), -1).T:
                    self.least += [(leaf[:1], [chosen]) for chosen in leaf[3:]]
                    self.least.append((leaf[3:], leaf[:1]))

    def _agree(self):
        """Neighbouring cliques agree on what they share."""
        graph = networkx.Graph()
        graph.add_nodes_from(range(len(self.cliques)))
        for a, b in product(range(len(self.cliques)), repeat=2):
            if a < b:
                shared = set(self.cliques[a]) & set(self.cliques[b])
                graph.add_edge(a, b, weight=len(shared))
        for a, b in networkx.maximum_spanning_tree(graph).edges:
            shared = [name for name in self.cliques[a] if name in self.cliques[b]]
            for question in self.questions or [None]:
                mine, theirs = (
                    self._margins(question, self.cliques[place], shared) for place in (a, b)
                )
                self.equal += list(zip(mine, theirs, strict=True))

    def _margins(self, question, clique, shared):
        block = self.blocks[question, clique]
        front = [0, *(1 + clique.index(name) for name in shared)]
        rest = [axis for axis in range(block.ndim) if axis not in front]
        cells = int(np.prod([block.shape[axis] for axis in front]))
        return block.transpose(front + rest).reshape(cells, -1)

    def _kinds(self, question):
        """Kinds of non-response add up to all of it."""
        told = self.reading.kinds.get(question, {})
        for kinds, state in ((INSIDE_KINDS, SILENT), (OUTSIDE_KINDS, OUT)):
            mine = [kind for kind in told if kind in kinds]
            if mine:
                start, self.size = self.size, self.size + len(mine)
                self.kinds |= {(question, kind): start + i for i, kind in enumerate(mine)}
                whole = self.places(count(question, [state], {}), "inner")
                if whole is not None:
                    self.equal.append((np.arange(start, self.size), whole))

    def _route(self, question):
        """Whoever gave the routing answer was asked; those who withdrew are among the rest."""
        source, codes = self.reading.routes.get(question, (None, ()))
        if source not in self.questions:
            return
        withdrawn = self.reading.kinds.get(question, {}).get("-5") != 0
        inside = [ANSWERED] if self.states[question] is None else self.reading.states[question]
        for clique in self.cliques:
            asked = self.layers(question, frozenset([*inside, SILENT]), clique, "inner")
            came = self.layers(source, frozenset(codes), clique, "inner")
            for mine, theirs in zip(
                asked.reshape(len(asked), -1).T, came.reshape(len(came), -1).T, strict=True
            ):
                (self.least if withdrawn else self.equal).append((theirs, mine))

    def layers(self, question, states, clique, way):
        """The layers of a block that the states stand for."""
        block, kinds = self.blocks[question, clique], self.states.get(question)
        if kinds is None:
            names = self.names(question)
            return block[[names.index(state) for state in states if state in names]]
        return block[kinds.inner(states) if way == "inner" else kinds.outer(states)]

    def places(self, one, way="inner"):
        """The unknowns that make up a count: exactly, or at least (inner) and at most (outer)."""
        clique = next((c for c in self.cliques if one.dims <= set(c)), None)
        if clique is None:
            return None
        if one.question is None:
            question = self.questions[0] if self.questions else None
            block = self._exclusive(question, clique)
        elif one.question in self.questions:
            block = self.layers(one.question, one.states, clique, way)
        else:
            return None
        for name, codes in one.region:
            kept = getattr(self.dims[name], way)(codes)
            block = np.take(block, kept, axis=1 + clique.index(name))
        return block.ravel()

    @cached_property
    def constraints(self):
        """The rows of everything known, with their lower and upper bounds."""
        rows, low, high = [], [], []
        for more, less in self.equal:
            rows.append([(more, 1.0), (less, -1.0)])
            low.append(0.0)
            high.append(0.0)
        for more, less in self.least:
            rows.append([(more, 1.0), (less, -1.0)])
            low.append(0.0)
            high.append(np.inf)
        for claim in self.claims:
            if claim.value is not None:
                rows.append([(self.places(claim.count), 1.0)])
                low.append(claim.value)
                high.append(claim.value)
        for (question, kind), place in self.kinds.items():
            value = self.reading.kinds[question][kind]
            if value is not None:
                rows.append([([place], 1.0)])
                low.append(value)
                high.append(value)
        for ratio in self.reading.ratios:
            if self._tells(ratio.whole):
                parts = [(self.places(part), 100.0 * w) for w, part in ratio.parts]
                whole = self.places(ratio.whole)
                rows += [
                    [*parts, (whole, -ratio.low)],
                    [(whole, ratio.high)] + [(places, -factor) for places, factor in parts],
                ]
                low += [0.0, 0.0]
                high += [np.inf, np.inf]
        return matrix(rows, self.size), np.array(low), np.array(high)


def matrix(rows, size):
    """Rows of (unknowns, factor) as a sparse matrix."""
    places, columns, factors = [], [], []
    for number, row in enumerate(rows):
        for unknowns, factor in row:
            unknowns = np.asarray(unknowns, dtype=np.int64)
            columns.append(unknowns)
            places.append(np.full(len(unknowns), number))
            factors.append(np.full(len(unknowns), factor))
    if not columns:
        return csr_array((len(rows), size))
    where = (np.concatenate(places), np.concatenate(columns))
    return csr_array(coo_array((np.concatenate(factors), where), shape=(len(rows), size)))


class Bounder:
    """Bounds counts; every solution met is kept as a witness for all of them."""

    def __init__(self, problem, counts):
        self.problem = problem
        self.inner, self.outer = (
            matrix([[(problem.places(one, way), 1.0)] for one in counts], problem.size)
            for way in ("inner", "outer")
        )
        self.low = np.full(len(counts), np.inf)
        self.high = np.full(len(counts), -np.inf)
        self.floors = {}
        self.solved = 0

    def _known(self):
        rows, low, high = self.problem.constraints
        for row, least in self.floors.items():
            rows = vstack([rows, self.outer[[row]]])
            low, high = np.append(low, least), np.append(high, np.inf)
        return rows, low, high

    def solve(self, objective, integer=False, seconds=None, more=None):
        """The least value of an objective, or None; what was met on the way is kept."""
        rows, low, high = self._known()
        if more is not None:
            extra, least = more
            wide = extra.shape[1]
            rows = csr_array((rows.data, rows.indices, rows.indptr), shape=(rows.shape[0], wide))
            rows = vstack([rows, extra])
            low = np.append(low, least)
            high = np.append(high, np.full(len(least), np.inf))
        found = milp(
            objective,
            integrality=np.ones(rows.shape[1]) if integer else None,
            constraints=LinearConstraint(rows, low, high),
            options={"time_limit": seconds} if seconds else None,
        )
        self.solved += 1
        if found.x is not None:
            self._witness(found.x[: self.problem.size])
        return found

    def _witness(self, solution):
        self.low = np.minimum(self.low, self.inner @ solution)
        self.high = np.maximum(self.high, self.outer @ solution)

    def minimum(self, row):
        found = self.solve(self._objective(self.inner, [row]))
        return np.inf if found.status == 2 else found.fun

    def maximum(self, row):
        found = self.solve(-self._objective(self.outer, [row]))
        if found.status == 3:
            return EVERYTHING
        return -np.inf if found.status == 2 else -found.fun

    @staticmethod
    def _objective(rows, wanted):
        return np.asarray(rows[wanted].sum(axis=0)).ravel()

    def sweep(self, rows, k):
        """Solutions that make many counts zero at once, then many reach k at once."""
        left = [row for row in rows if self.low[row] > CLOSE]
        while len(left) > 2:
            self.solve(self._objective(self.inner, left))
            before, left = len(left), [row for row in left if self.low[row] > CLOSE]
            if len(left) == before:
                break
        left = [row for row in rows if self.high[row] < k - CLOSE]
        while len(left) > 2:
            self._reach(left, k)
            before, left = len(left), [row for row in left if self.high[row] < k - CLOSE]
            if len(left) == before:
                break

    def _reach(self, rows, k, integer=False, seconds=None):
        """Maximize the sum of min(count, k): unknowns s with s <= count and s <= k."""
        size, many = self.problem.size, len(rows)
        some = self.outer[rows].tocoo()
        data = np.concatenate([some.data, -np.ones(many), -np.ones(many)])
        each = np.arange(many)
        where = (
            np.concatenate([some.row, each, many + each]),
            np.concatenate([some.col, size + each, size + each]),
        )
        extra = csr_array(coo_array((data, where), shape=(2 * many, size + many)))
        least = np.concatenate([np.zeros(many), np.full(many, -float(k))])
        objective = np.concatenate([np.zeros(size), -np.ones(many)])
        return self.solve(objective, integer, seconds, more=(extra, least))

    def exact(self, row):
        """Both bounds of a count, as whole numbers; not in order where nothing fits."""
        low, high = self.minimum(row), self.maximum(row)
        if low == np.inf or high == -np.inf:
            return np.inf, -np.inf
        return ceil(low - CLOSE), floor(high + CLOSE)


def problems(reading, beside=(), limit=60_000):
    """What is to be solved: all questions over all dimensions, in as few parts as the size allows.

    Languages stand in no table with anything else, so they are a part of their own.
    """
    together = [claim.count.dims for claim in reading.claims] + [one.dims for one in beside]
    graph = networkx.Graph()
    graph.add_nodes_from(reading.dims)
    for names in together:
        graph.add_edges_from((a, b) for a in names for b in names if a < b)
    tabled = {name for t in reading.tables for g in t["groups"] for name in reading._region(t, g)}
    tabled |= {name for one in beside if one.question for name in one.dims}
    main = [name for name in reading.dims if name in tabled or graph.degree(name)]
    for name in reading.dims:
        if name not in main:
            yield Problem(reading, [], [(name,)])
    if not reading.questions:
        yield Problem(reading, [], [tuple(main)])
        return
    whole = [tuple(main)]
    chunk, size = [], 0
    for question in reading.questions:
        own = _size(reading, question, whole)
        if own > limit:
            full, _ = networkx.complete_to_chordal_graph(graph.subgraph(main))
            cliques = [tuple(sorted(c)) for c in networkx.find_cliques(full)] or [()]
            yield Problem(reading, [question], cliques)
            continue
        if chunk and size + own > limit:
            yield Problem(reading, chunk, whole)
            chunk, size = [], 0
        chunk, size = [*chunk, question], size + own
    if chunk:
        yield Problem(reading, chunk, whole)


def _size(reading, question, cliques):
    subsets = defaultdict(list)
    for claim in reading.claims:
        for name, codes in claim.count.region:
            subsets[name].append(codes)
    leaves = sum(
        int(np.prod([len(Classes(reading.dims[n], subsets[n])) for n in clique]))
        for clique in cliques
    )
    return leaves * (len(reading.states[question]) + 3)


def attack(
    report,
    protected=(),
    *,
    alone=(),
    routes=None,
    limit=60_000,
    integer=True,
    population="individuals",
):
    """Every breach that can be worked out of a report.

    protected: (question or None, code or codes, {dimension: code or codes}) of each count that
    must not be bounded more tightly than [0, k].
    alone: those of them that are one person, who knows it and must learn no more of the others.
    """
    targets, singles = (
        [count(q, _several(c), {name: _several(some) for name, some in r.items()})
         for q, c, r in some]
        for some in (protected, alone)
    )  # fmt: skip
    reading = Reading(report, population, routes, targets)
    breaches = [Breach("derived", where, 0, 0) for where in reading.derived]
    for problem in problems(reading, targets, limit):
        breaches += _attack_one(problem, targets, integer)
        breaches += _insiders(problem, targets, singles)
    return list(dict.fromkeys(breaches))


def _several(codes):
    return [codes] if isinstance(codes, str) else list(codes)


def _attack_one(problem, targets, integer):
    k = problem.reading.k
    mine = [one for one in targets if _asked(one) and problem.places(one) is not None]
    known = {claim.count for claim in problem.claims if claim.value is not None}
    gaps = {c.count: c.where for c in problem.claims if c.value is None and c.count not in known}
    breaches = [
        Breach("derived", c.where, 0, 0)
        for c in problem.claims
        if c.value is None and c.count in known
    ]
    counts = [*mine, *gaps]
    names = [_name(one) for one in mine] + list(gaps.values())
    if not counts:
        return breaches
    bounder = Bounder(problem, counts)
    if bounder.solve(np.zeros(problem.size)).status == 2:
        return [Breach("contradiction", f"{problem.questions}", 0, 0)]
    bounder.sweep(range(len(counts)), k)
    for row, name in enumerate(names):
        if row < len(mine):
            low = 0 if bounder.low[row] <= CLOSE else ceil(bounder.minimum(row) - CLOSE)
            far = bounder.high[row] >= k - CLOSE
            high = k if far else floor(bounder.maximum(row) + CLOSE)
            if low > 0 or high < k:
                breaches.append(Breach("protected", name, *bounder.exact(row)))
        elif bounder.high[row] - bounder.low[row] < k - CLOSE:
            low, high = bounder.exact(row)
            if high - low < k:
                breaches.append(Breach("hidden", name, low, high))
    breaches += _reason_on(problem, bounder, counts, names, len(mine))
    if integer and problem.size <= 4_000 and not breaches:
        breaches += _whole_numbers(problem, mine)
    return breaches


def _reason_on(problem, seen, counts, names, first):
    """One who knows the rule: withheld numbers that cannot be zero reach the threshold."""
    k = problem.reading.k
    gaps, labels = counts[first:], names[first:]
    if not gaps:
        return []
    bounder = Bounder(problem, gaps)
    bounder.low[:], bounder.high[:] = seen.low[first:], seen.high[first:]
    while True:
        new = [
            row
            for row in range(len(gaps))
            if row not in bounder.floors
            and bounder.low[row] > CLOSE
            and bounder.minimum(row) > CLOSE
        ]
        if not new:
            break
        bounder.floors |= dict.fromkeys(new, k)
        bounder.low[:], bounder.high[:] = np.inf, -np.inf
        bounder.sweep(range(len(gaps)), k)
    if not bounder.floors:
        return []
    return [
        Breach("reader", labels[row], *bounder.exact(row))
        for row in range(len(gaps))
        if bounder.high[row] < k - CLOSE and bounder.maximum(row) < k - CLOSE
    ]


def _insiders(problem, targets, singles, most=12):
    """What the one person of a count can work out of the others, knowing that it is not zero."""
    k, breaches = problem.reading.k, []
    mine = [one for one in targets if problem.places(one) is not None and _asked(one)]
    known = [one for one in singles if one in mine]
    for single in known[:: max(1, len(known) // most)]:
        bounder = Bounder(problem, mine)
        bounder.floors = {mine.index(single): 1}
        others = [row for row, one in enumerate(mine) if one != single]
        bounder.sweep(others, k)
        for row in others:
            inside = _within(single, mine[row])
            close = bounder.high[row] < k - CLOSE and bounder.maximum(row) < k - CLOSE
            some = not inside and bounder.low[row] > CLOSE and bounder.minimum(row) > CLOSE
            if close or some:
                where = f"{_name(mine[row])} by the one in {_name(single)}"
                breaches.append(Breach("insider", where, *bounder.exact(row)))
    return breaches


def _asked(one):
    return bool(one.states) or one.question is None


def _within(small, large):
    """Whether everyone of one count is surely in another."""
    if large.question is not None and (
        small.question != large.question or not small.states <= large.states
    ):
        return False
    regions = dict(small.region)
    return all(name in regions and regions[name] <= codes for name, codes in large.region)


def _whole_numbers(problem, targets, seconds=2.0, all_seconds=20.0):
    """People are whole: a zero or a k that only fractions reach is none."""
    k, until = problem.reading.k, time.monotonic() + all_seconds
    if not targets:
        return []
    bounder = Bounder(problem, targets)
    rows = list(range(len(targets)))
    bounder.solve(bounder._objective(bounder.inner, rows), True, 4 * seconds)
    bounder._reach(rows, k, True, 4 * seconds)
    breaches = []
    for row, one in enumerate(targets):
        if time.monotonic() > until:
            break
        if bounder.low[row] > 0.5:
            found = bounder.solve(bounder._objective(bounder.inner, [row]), True, seconds)
            if found.status == 0 and found.fun > 0.5:
                breaches.append(Breach("integer", _name(one), round(found.fun), np.inf))
        if bounder.high[row] < k - 0.5:
            found = bounder.solve(-bounder._objective(bounder.outer, [row]), True, seconds)
            if found.status == 0 and -found.fun < k - 0.5:
                breaches.append(Breach("integer", _name(one), 0, round(-found.fun)))
    return breaches


def _name(one):
    region = ", ".join(f"{n}={'+'.join(sorted(c))}" for n, c in sorted(one.region))
    return f"{one.question or 'people'} {'+'.join(sorted(one.states))} [{region}]"


def main(arguments):
    """Attack a file; exit status 1 where something can be worked out."""
    report = json.loads(Path(arguments[0]).read_text("utf-8"))
    protected = json.loads(Path(arguments[1]).read_text("utf-8")) if arguments[1:] else []
    breaches = attack(report, protected)
    for breach in breaches:
        print(breach)
    print(f"{len(breaches)} breaches", file=sys.stderr)
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
