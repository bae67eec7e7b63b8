"""What protecting the 126 tables of the report workload R takes, however many answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from time import process_time

import click
import numpy as np
from numpy.typing import NDArray

from consultations.analysis.audit import verify_intervals
from consultations.analysis.listed import counts_of
from consultations.analysis.plan import CountedQuestion, Responses, TablePlan, views
from consultations.analysis.protect import protected
from consultations.analysis.publication import Protected
from consultations.analysis.tallies import Tallies
from consultations.codebook import Category, Dimension, Parent, Policy

PEOPLE = (2_000, 20_000, 1_000_000)
SIZES = {"gender": 5, "age": 6, "education": 12, "region": 20, "minority": 3, "disability": 3}
CROSSINGS = (("gender", "age"), ("gender", "minority"), ("region", "minority"))
SENSITIVE = ("minority", "disability")
ITEMS, SELECTS, CHOICES = 12, 2, 6
SILENT = {"gender": 0.02, "age": 0.02, "education": 0.05, "region": 0.04, "minority": 0.08,
          "disability": 0.06}  # fmt: skip
"""Shares of people who do not say."""
POLICY = Policy(threshold=10, minimum_base=30)
HEADER = (
    "| people | counting, s | protecting, s | reading back, s | protecting, of reading back "
    "| cells reached | rows without a gap | numbers hidden | narrowest |"
)

Codes = NDArray[np.int64]
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Measured:
    """Seconds of processor that each step took, and what came out."""

    people: int
    counting: float
    protecting: float
    reading: float
    protected: Protected
    hidden: int
    narrowest: int | None

    @property
    def ratio(self) -> float:
        """Protecting, of what a reader needs to verify the result: the named baseline."""
        return self.protecting / self.reading


def measure(asked: TablePlan, responses: Responses, *, repeats: int = 3) -> Measured:
    """Count, protect and read back; medians of the repeats."""
    seconds: dict[str, list[float]] = {"counting": [], "protecting": [], "reading": []}
    for _ in range(repeats):
        start = process_time()
        tallies = Tallies(asked, counts_of(asked, responses))
        count_all(asked, tallies)
        counted = process_time()
        found = protected(asked, tallies)
        done = process_time()
        hidden, narrowest, failures = verify_intervals(found.as_published(), joint_limit=0)
        seconds["reading"].append(process_time() - done)
        seconds["protecting"].append(done - counted)
        seconds["counting"].append(counted - start)
        assert not failures, failures
    typical = {name: median(taken) for name, taken in seconds.items()}
    return Measured(responses.n, **typical, protected=found, hidden=hidden, narrowest=narrowest)


def count_all(asked: TablePlan, tallies: Tallies) -> None:
    """Count the answers to every question in every view, so that protecting counts nothing."""
    for view in views(asked, channels=0, entries=0):
        within = {name: tallies.universe.dimensions[name][:1] for name in view.by}
        for question in asked.questions:
            tallies.by_answer(question.name, tallies.universe.region(within))


def plan(items: int = ITEMS, selects: int = SELECTS, policy: Policy = POLICY) -> TablePlan:
    """Fourteen questions by six dimensions and three crossings."""
    scales = [_question(f"item_{place + 1}", "scale", 5, "agreement") for place in range(items)]
    several = [_question(f"which_{place + 1}", "multiple", CHOICES, f"which_{place + 1}")
               for place in range(selects)]  # fmt: skip
    return TablePlan(
        questions=(*scales, *several),
        dimensions=tuple(_dimension(name, size) for name, size in SIZES.items()),
        crossings=CROSSINGS,
        policy=policy,
    )


def people(number: int, seed: int = 1) -> Responses:
    """Invented answers: skewed groups, opinions that differ by group, a few in a hundred silent."""
    draw = np.random.default_rng(seed)
    groups = {n: draw.choice(size, number, p=_skewed(draw, size)) for n, size in SIZES.items()}
    said = {
        name: _texts(np.where(draw.random(number) < SILENT[name], -1, codes), "-")
        for name, codes in groups.items()
    }
    leaning = np.zeros(number)
    for name, codes in groups.items():
        leaning += draw.normal(0, 0.5, SIZES[name])[codes]
    answers: dict[str, list[str] | list[tuple[str, ...]]] = {}
    for place in range(ITEMS):
        opinion = draw.normal(0.3, 1.2) + leaning * draw.normal(0, 1) + draw.normal(0, 1, number)
        codes = np.digitize(opinion, [-1.4, -0.5, 0.4, 1.3])
        silent = draw.random(number) < draw.uniform(0.02, 0.08)
        answers[f"item_{place + 1}"] = _texts(np.where(silent, -1, codes), "-6")
    for place in range(SELECTS):
        answers[f"which_{place + 1}"] = _chosen(draw, leaning)
    return Responses(number, answers, said)


def table(measured: Sequence[Measured]) -> str:
    """The figures as Markdown."""
    lines = [HEADER, "|---" * (HEADER.count("|") - 1) + "|"]
    for each in measured:
        useful = each.protected.usefulness
        lines.append(
            f"| {each.people:,} | {each.counting:.1f} | {each.protecting:.1f} | {each.reading:.1f} "
            f"| {each.ratio:.1f} | {useful.reached or 0:.1%} | {useful.rows_without_gap or 0:.1%} "
            f"| {each.hidden:,} | {each.narrowest} |"
        )
    return "\n".join(lines)


def _question(name: str, kind: str, size: int, family: str) -> CountedQuestion:
    return CountedQuestion(name, kind, _categories(size), family)


def _dimension(name: str, size: int) -> Dimension:
    codes = [str(place + 1) for place in range(size)]
    parents = [Parent(f"{name}_{place}", {}, tuple(codes[place : place + 4]))
               for place in range(0, size, 4)]  # fmt: skip
    return Dimension(
        name,
        {},
        _categories(size),
        ordered=name in ("age", "education"),
        sensitive=name in SENSITIVE,
        parents=tuple(parents) if name == "region" else (),
    )


def _categories(size: int) -> tuple[Category, ...]:
    return tuple(Category(str(place + 1), {}) for place in range(size))


def _skewed(draw: np.random.Generator, size: int) -> Numbers:
    shares = (1 / np.arange(1, size + 1) ** 1.2) * draw.uniform(0.7, 1.3, size)
    return np.asarray(shares / shares.sum())


def _texts(codes: Codes, silent: str) -> list[str]:
    names = np.array([*(str(place + 1) for place in range(codes.max() + 1)), silent], dtype=object)
    return [*names[codes]]


def _chosen(draw: np.random.Generator, leaning: Numbers) -> list[tuple[str, ...]]:
    number = len(leaning)
    bits = np.zeros(number, dtype=np.int64)
    for choice, share in enumerate(draw.uniform(0.05, 0.6, CHOICES)):
        odds = share + 0.05 * leaning * draw.normal(0, 1)
        bits += (draw.random(number) < odds) << choice
    bits[draw.random(number) < 0.05] = 0
    names = np.empty(2**CHOICES, dtype=object)
    for some in range(len(names)):
        chosen = tuple(str(choice + 1) for choice in range(CHOICES) if some >> choice & 1)
        names[some] = chosen or ("-6",)
    return [*names[bits]]


@click.command()
@click.option("--people", "sizes", type=int, multiple=True, default=PEOPLE, show_default=True)
@click.option("--repeats", default=3, show_default=True)
def main(sizes: tuple[int, ...], repeats: int) -> None:
    """Protect the tables of R at several sizes and print what it took."""
    found = []
    for number in sizes:
        found.append(measure(plan(), people(number), repeats=repeats))
        click.echo(table(found[-1:]).splitlines()[-1], err=True)
    click.echo(table(found))


if __name__ == "__main__":
    main()
