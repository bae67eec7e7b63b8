"""How the planned tables are laid out: which counts each shows, before anything is withheld."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from consultations.analysis.merging import Merged, Partition
from consultations.analysis.plan import CountedQuestion, View
from consultations.analysis.quantities import Quantity, Universe
from consultations.codebook import POOLED


@dataclass(frozen=True)
class Row:
    """A group in a table: its codes, and the planned codes of each dimension it stands for."""

    codes: tuple[str, ...]
    within: Mapping[str, tuple[str, ...]]
    silent: bool = False

    def base(self, universe: Universe, question: str) -> Quantity:
        return universe.quantity(question, universe.asked(question), self.within)

    def answered(self, universe: Universe, question: str) -> Quantity:
        return universe.quantity(question, universe.answered(question), self.within)

    def cell(self, universe: Universe, question: str, category: Merged) -> Quantity:
        return universe.quantity(question, category.of, self.within)


TOTAL = Row((), {})


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
