"""Corrections: which of the tables counted anew may stand beside those already published.

The rule: every count published before has moved by nothing or by at least the threshold, and so
has everything that follows from such counts; what did not move keeps its gaps; in a sensitive
question, those who changed may not all have given one answer. What breaks the rule is merged
until it holds, or withdrawn.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from consultations.analysis.merging import Merged, Partition, groups, options
from consultations.analysis.plan import GROUP, CountedQuestion, TablePlan
from consultations.analysis.publication import Protected, ProtectedTable
from consultations.analysis.quantities import EVERYONE
from consultations.codebook import POOLED, Dimension
from consultations.reports import coarser
from consultations.reports.coarser import Parts
from consultations.reports.moved import (
    DIMENSION,
    NON_RESPONSE,
    Json,
    all_of_one_mind,
    moved_too_little,
    moves,
    opened,
    parts_of,
)

STEPS = 6
"""How often the least change that a merged group must reach is doubled."""


@dataclass(frozen=True)
class Corrected:
    """Tables that may be published beside all earlier ones.

    merged, withdrawn: ids of the tables that could not be published as they were counted.
    silent: whether not even the number of people can be told beside them.
    """

    protected: Protected
    merged: tuple[str, ...]
    withdrawn: tuple[str, ...]
    silent: bool = False


def too_close(
    earlier: Sequence[Json], later: Json, sensitive: Collection[str], threshold: int
) -> set[str]:
    """What of a later report would give someone away beside earlier ones of the same round.

    Ids of tables, and parts of the coverage as `moves` names them; a table by a dimension whose
    coverage is among them is too. All of it where so few people came or went that whatever did
    not move tells of them. Empty where the later report can be published as it is.
    """
    found: set[str] = set()
    for one in earlier:
        came = later["coverage"]["individuals"] - one["coverage"]["individuals"]
        if moved_too_little([came], threshold):
            found |= everything(later)
        moved = moves(one, later, sensitive)
        found |= {name for name, by in moved.items() if moved_too_little(by, threshold)}
        found |= opened(one, later)
        if later["policy"]["sensitive_zero_rule"]:
            found |= set(_of_one_mind(one, later, sensitive, threshold))
    dimensions = set(parts_of(found, DIMENSION))
    return found | {table["id"] for table in later["tables"] if dimensions & _dimensions(table)}


def everything(report: Json) -> set[str]:
    """All that a report tells but the number of people, named as in `too_close`."""
    told = {table["id"] for table in report["tables"] if table["status"] != "withheld"}
    return told | moves(report, report).keys()


def corrected(
    plan: TablePlan, counted: Protected, earlier: Sequence[Json], *, merging: bool
) -> Corrected:
    """Tables counted anew, made fit to stand beside all earlier ones of the round.

    What breaks the rule is merged where that helps and `merging` is wanted, else withdrawn.
    """
    judge = _Judge(plan, counted, earlier)
    silent = judge.silent()
    close = everything(counted.as_published()) if silent else judge.close(counted)
    levels: dict[str, Parts] = {}
    result = counted
    if close and merging and not everything(counted.as_published()) <= close:
        levels = {each.name: judge.best_level(each) for each in plan.dimensions}
        result = judge.merged(levels)
        close = judge.close(result)
    while close := close or judge.unsafe(result):
        result = judge.without(result, close)
        close = judge.close(result)
    before = {table.id: table for table in counted.tables}
    gone = {table.id for table in result.tables if table.status == "withheld"}
    gone -= {table.id for table in counted.tables if table.status == "withheld"}
    changed = {table.id for table in result.tables if table != before[table.id]}
    return Corrected(result, tuple(sorted(changed - gone)), tuple(sorted(gone)), silent)


@dataclass(frozen=True)
class _Judge:
    plan: TablePlan
    counted: Protected
    earlier: Sequence[Json]

    @property
    def threshold(self) -> int:
        return self.plan.policy.threshold

    def close(self, protected: Protected) -> set[str]:
        """What is told too closely beside the earlier reports."""
        sensitive = {question.name for question in self.plan.questions if question.sensitive}
        return too_close(self.earlier, protected.as_published(), sensitive, self.threshold)

    def silent(self) -> bool:
        """Whether the number of people alone tells too much beside the earlier reports."""
        from consultations.analysis.together import number_tells  # heavy: docs/decisions/0013

        return number_tells(self.earlier, self.counted.as_published())

    def unsafe(self, protected: Protected) -> set[str]:
        """What a reader could work out of tables that were changed after they were protected, or
        of these and the earlier reports together."""
        from consultations.analysis.audit import verify_intervals  # heavy: docs/decisions/0013
        from consultations.analysis.together import told_together  # heavy: docs/decisions/0013

        published = protected.as_published()
        every = everything(published)
        questions = set()
        if protected != self.counted:
            questions = {each.question for each in verify_intervals(published, joint_limit=0)[2]}
        if every and EVERYONE not in questions:
            questions |= told_together(
                [*self.earlier, published],
                {each.name for each in self.plan.questions if each.sensitive},
                {each.name for each in self.plan.dimensions if each.sensitive},
            )
        close = {t.id for t in protected.tables if t.question in questions} & every
        return close if close and EVERYONE not in questions else every if questions else set()

    def without(self, protected: Protected, close: Collection[str]) -> Protected:
        """Without what is told too closely."""
        tables = [coarser.withdrawn(t) if t.id in close else t for t in protected.tables]
        heard = coarser.coverage(
            protected.coverage,
            {},
            set(parts_of(close, DIMENSION)),
            set(parts_of(close, NON_RESPONSE)),
        )
        return coarser.with_tables(protected, tables, heard)

    def merged(self, levels: Mapping[str, Parts]) -> Protected:
        """Every table with its dimensions' groups merged, and what then helps its questions."""
        tables = {
            table.id: table
            for family, by in product(self.families(), self.views())
            for table in self.best_categories(family, by, levels)
        }
        heard = coarser.coverage(self.counted.coverage, levels, (), ())
        return coarser.with_tables(
            self.counted, [tables.get(t.id, t) for t in self.counted.tables], heard
        )

    def best_level(self, dimension: Dimension) -> Parts:
        """The merging of a dimension's groups after which most cells can be published."""
        return max(
            self.levels(dimension),
            key=lambda level: sum(
                self.publishable(
                    self.best_categories(f, (dimension.name,), {dimension.name: level})
                )
                for f in self.families()
            ),
        )

    def levels(self, dimension: Dimension) -> Iterator[Parts]:
        """Ways of merging the groups of a dimension, from none to two heaps."""
        yield {}
        shown = {
            one.codes[0]: one.of.get(dimension.name, one.codes)
            for one in self.counted.coverage.groups
            if one.dimension == dimension.name
        }
        for step in range(STEPS):
            least = self.threshold << step
            counts = {code: self.change(dimension.name, code) or least for code in shown}
            yield dict(_parts(groups(dimension, counts, least), shown))

    def change(self, dimension: str, code: str) -> int:
        """The least change of a group against any earlier report; 0 where that is not known."""
        found = []
        now = {(g.dimension, g.codes): g.count for g in self.counted.coverage.groups}
        for one in self.earlier:
            for group in one["coverage"]["groups"]:
                if (group["dimension"], tuple(group["codes"])) == (dimension, (code,)):
                    found.append((now[dimension, (code,)], group["count"]))
        known = [abs(new - old) for new, old in found if new is not None and old is not None]
        return min(known, default=0)

    def best_categories(
        self, family: Sequence[CountedQuestion], by: tuple[str, ...], levels: Mapping[str, Parts]
    ) -> list[ProtectedTable]:
        """A family's tables of one breakdown, its categories merged alike as far as that helps."""
        names = {question.name for question in family}
        tables = [t for t in self.counted.tables if t.question in names and t.by == by]
        tables = [t for t in tables if t.status != "withheld"]
        ways = [{}, *_category_parts(family[0], tables)]
        merged = [[coarser.merged(t, levels, way) for t in tables] for way in ways]
        return max(merged, key=self.publishable)

    def publishable(self, tables: Sequence[ProtectedTable]) -> int:
        """How many cells of tables can be published beside the earlier ones."""
        part = Protected(
            self.counted.policy,
            coarser.coverage(self.counted.coverage, {}, _all_breakdowns(self.counted), ()),
            tuple(tables),
            self.counted.disclosure,
            self.counted.usefulness,
        )
        close = self.close(part)
        return sum(len(table.cells) for table in tables if table.id not in close)

    def families(self) -> list[list[CountedQuestion]]:
        """The questions that are merged alike."""
        found: dict[str, list[CountedQuestion]] = {}
        for question in self.plan.questions:
            found.setdefault(question.family, []).append(question)
        return list(found.values())

    def views(self) -> list[tuple[str, ...]]:
        """Every breakdown of the plan."""
        return list(dict.fromkeys(table.by for table in self.counted.tables))


def _dimensions(table: Json) -> set[str]:
    """What a table breaks people down by, the dimensions of groups over categories included."""
    return {*table["by"], *(name for group in table["groups"] for name in group.get("of", ()))}


def _of_one_mind(
    earlier: Json, later: Json, sensitive: Collection[str], threshold: int
) -> Iterator[str]:
    before = {t["id"]: t for t in earlier["tables"] if t["status"] != "withheld"}
    for table in later["tables"]:
        told = table["status"] != "withheld" and table["id"] in before
        if (
            told
            and table["question"] in sensitive
            and all_of_one_mind(before[table["id"]], table, threshold)
        ):
            yield table["id"]


def _parts(
    partition: Partition, shown: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, Merged]]:
    """From each group shown now to the heap that takes it in, told by planned codes."""
    for part in partition:
        if len(part.of) > 1:
            of = tuple(code for one in part.of for code in shown[one])
            yield from ((one, Merged(part.code, of)) for one in part.of)


def _category_parts(question: CountedQuestion, tables: Sequence[ProtectedTable]) -> Iterator[Parts]:
    """Coarser ways of showing a family's categories, for those that all of its tables can take."""
    for option in options(question, _totals(tables)):
        ways = [_taken_in(table, option) for table in tables]
        if ways and all(way is not None for way in ways):
            yield {code: part for way in ways if way for code, part in way.items()}


def _taken_in(table: ProtectedTable, option: Partition) -> Parts | None:
    found = {}
    for category in table.categories:
        mine = set(category.of or (category.code,))
        part = next((one for one in option if mine <= set(one.of)), None)
        if part is None:
            return None
        found[category.code] = part
    return found


def _totals(tables: Sequence[ProtectedTable]) -> dict[str, int]:
    found: dict[str, int] = {}
    for table in tables:
        for cell in table.cells:
            if not cell.group and cell.category != POOLED:
                found[cell.category] = found.get(cell.category, 0) + (cell.count or 0)
    return found


def _all_breakdowns(counted: Protected) -> set[str]:
    return {one.dimension for one in counted.coverage.groups} | {GROUP}
