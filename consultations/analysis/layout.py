"""How the planned tables are laid out: which counts each shows, before anything is withheld."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from consultations.analysis.merging import Merged, Partition
from consultations.analysis.plan import CountedQuestion, View
from consultations.analysis.quantities import Quantity, Region, Universe
from consultations.codebook import POOLED


@dataclass(frozen=True)
class Row:
    """A group in a table: its codes, the planned codes of each dimension it stands for, and who.

    silent: whether it is of those who did not say.
    """

    codes: tuple[str, ...]
    within: Mapping[str, tuple[str, ...]]
    region: Region
    silent: bool = False

    def base(self, universe: Universe, question: str) -> Quantity:
        return universe.counted(question, universe.asked(question), self.region)

    def answered(self, universe: Universe, question: str) -> Quantity:
        return universe.counted(question, universe.answered(question), self.region)

    def cell(self, universe: Universe, question: str, category: Merged) -> Quantity:
        return universe.counted(question, category.of, self.region)


TOTAL = Row((), {}, frozenset())


@dataclass(frozen=True)
class Layout:
    """One planned table: a question, a view, its categories and its rows, the total last."""

    question: CountedQuestion
    view: View
    categories: Partition
    rows: tuple[Row, ...]

    @property
    def id(self) -> str:
        return f"{self.question.name}.{self.view.suffix}"

    def numbers(self, universe: Universe) -> Iterator[tuple[Row, str, Quantity]]:
        """Every number of the table: its row, what it is, and the quantity."""
        name = self.question.name
        for row in self.rows:
            yield row, "base", row.base(universe, name)
            yield row, "answered", row.answered(universe, name)
            for category in self.categories:
                kind = "silent" if category.code == POOLED else "cell"
                yield row, kind, row.cell(universe, name, category)
