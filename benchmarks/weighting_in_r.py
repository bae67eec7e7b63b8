"""Raking, design effect and interval against R's `survey`: by hand, as it needs R.

`apt-get install r-base-core r-cran-survey`, then `python -m benchmarks.weighting_in_r`. Exits
with 1 where a figure differs by more than 1e-6; `weighting_in_r.md` holds the last result.
"""

import csv
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from consultations.analysis.statistics.intervals import wilson
from consultations.analysis.statistics.weighting import (
    Place,
    design_effect,
    effective_size,
    rake,
    weighted_share,
)

CLOSE = 1e-6
Z = 1.959963984540054
"""R takes the exact quantile where reports take 1.96."""

AXES = "abc"
CASES = ((2, 2), (3, 4), (2, 5, 3), (2, 6, 4), (3, 3, 3))
"""How many groups each characteristic has; of each case several populations."""

FIGURES = ("share", "first_weight", "design_effect", "effective_size", "low", "high")


@dataclass(frozen=True)
class Case:
    """People by group, those of them who said yes, and the shares wanted."""

    name: str
    people: dict[Place, int]
    yes: dict[Place, int]
    shares: list[dict[str, float]]


def cases(seed: int = 7, of_each: int = 4) -> Iterator[Case]:
    """Populations of some hundred people with every group in them."""
    drawn = Random(seed)  # noqa: S311
    for shape, number in product(CASES, range(of_each)):
        groups = [[f"g{code}" for code in range(size)] for size in shape]
        people = {place: drawn.randint(3, 59) for place in product(*groups)}
        yes = {place: drawn.randint(0, number) for place, number in people.items()}
        parts = [{code: drawn.uniform(1, 2) for code in codes} for codes in groups]
        shares = [
            {code: part / sum(each.values()) for code, part in each.items()} for each in parts
        ]
        name = "x".join(map(str, shape)) + f" no. {number + 1}"
        yield Case(name, people, yes, shares)


def ours(case: Case) -> dict[str, float]:
    """The figures as the product works them out."""
    raked = rake(case.people, case.shares)
    assert raked.converged, case.name
    assert not raked.trimmed, case.name
    weights, people = raked.weights, case.people
    low, high = wilson(sum(case.yes.values()), sum(people.values()), Z)
    return {
        "share": weighted_share(case.yes, people, weights) or 0.0,
        "first_weight": next(iter(weights.values())),
        "design_effect": design_effect(weights, people),
        "effective_size": effective_size(weights, people),
        "low": low,
        "high": high,
    }


def theirs(given: list[Case], folder: Path) -> tuple[str, dict[str, dict[str, float]]]:
    """R's version and its figures, by the name of the case."""
    paths = [folder / name for name in ("people.csv", "shares.csv", "figures.csv")]
    with paths[0].open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["case", *AXES, "yes"])
        for case in given:
            writer.writerows(_people(case))
    with paths[1].open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["case", "axis", "level", "share"])
        for case in given:
            for axis, shares in zip(AXES, case.shares, strict=False):
                writer.writerows([case.name, axis, *each] for each in shares.items())
    program, script = shutil.which("Rscript"), Path(__file__).with_suffix(".R")
    if program is None:
        raise SystemExit("Rscript is not here: apt-get install r-base-core r-cran-survey")
    command = [program, str(script), *map(str, paths)]
    run = subprocess.run(command, check=True, text=True, capture_output=True)  # noqa: S603
    with paths[2].open(newline="") as file:
        rows = list(csv.DictReader(file))
    return run.stdout.strip(), {
        row["case"]: {name: float(row[name]) for name in FIGURES} for row in rows
    }


def _people(case: Case) -> Iterator[list[object]]:
    for place, number in case.people.items():
        groups = (*place, "g0")[: len(AXES)]
        for person in range(number):
            yield [case.name, *groups, int(person < case.yes[place])]


def main() -> int:
    """Print a table of the largest differences, relative to R's figure."""
    given = list(cases())
    with TemporaryDirectory() as folder:
        version, other = theirs(given, Path(folder))
    apart = {
        name: max(abs(ours(case)[name] / other[case.name][name] - 1) for case in given)
        for name in FIGURES
    }
    print(f"{len(given)} populations, {version}\n")
    print("| figure | largest relative difference |\n|---|---|")
    print("\n".join(f"| {name.replace('_', ' ')} | {value:.1e} |" for name, value in apart.items()))
    return int(max(apart.values()) > CLOSE)


if __name__ == "__main__":
    sys.exit(main())
