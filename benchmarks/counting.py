"""What counting costs: the tables of a large report, against the least that Python could do."""

import resource
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager
from datetime import date
from itertools import product
from multiprocessing import get_context
from pathlib import Path
from secrets import token_hex
from statistics import median
from time import perf_counter, process_time
from typing import Any, NamedTuple

import click
import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray
from pydantic import SecretStr
from sqlalchemy import insert, select

from benchmarks import servers
from consultations.analysis.coding import Column, Key
from consultations.analysis.declared import table_plan
from consultations.analysis.participation import participation_for_the_team
from consultations.analysis.plan import TablePlan
from consultations.analysis.queries import set_token
from consultations.analysis.snapshots.engines import counted, in_files
from consultations.analysis.snapshots.files import connection, files, write
from consultations.analysis.snapshots.following import follow, snapshot_of
from consultations.analysis.snapshots.snapshot import LARGEST, Snapshot, State
from consultations.analysis.tallies import Tallies
from consultations.config import Settings
from consultations.database import ready_app
from consultations.db import db, new_key
from consultations.questionnaires.services import add_version
from consultations.questionnaires.structure import Choice, Question, Questionnaire
from consultations.rounds.models import OPEN, Consultation, Round
from consultations.submissions.models import INDIVIDUAL, Submission

DIMENSIONS = {"gender": 5, "age": 6, "region": 12, "settlement": 20, "minority": 3, "disability": 3}
CROSSINGS = (("gender", "age"), ("gender", "minority"), ("region", "minority"))
SETS = (*CROSSINGS, ("settlement",), ("disability",))
"""What all tables can be read off, with each question."""

ITEMS, LISTS, CHOICES = 12, 2, 6
NEW = 10_000
SIZES = (100_000, 1_000_000, 5_000_000)


def questionnaire() -> Questionnaire:
    """Twelve five-point items, two lists of six of which several can be chosen, six dimensions."""

    def choices(number: int) -> tuple[Choice, ...]:
        return tuple(Choice(str(code), {"en": str(code)}) for code in range(1, number + 1))

    items = [
        Question(f"q{n}", "scale", {"en": f"Item {n}"}, choices=choices(5), choice_list="agree")
        for n in range(ITEMS)
    ]
    lists = [
        Question(f"m{n}", "multiple", {"en": f"List {n}"}, choices=choices(CHOICES))
        for n in range(LISTS)
    ]
    about = [
        Question(f"d_{name}", "single", {"en": name}, choices=choices(size - 1), dimension=name)
        for name, size in DIMENSIONS.items()
    ]
    return Questionnaire({"en": "Many"}, ("en",), "en", (*items, *lists, *about))


@contextmanager
def a_round(folder: Path) -> Iterator[Round]:
    """A round in which this is asked, in a database of its own."""
    settings = Settings(instance=folder, secret_key=SecretStr(servers.SECRET))
    with ready_app(settings=settings).app_context():
        about = Consultation(
            slug="many", source_language="en", languages=["en"], title={"en": "Many"}, summary={},
            organizer={"en": "Us"}, policy={"threshold": 5},
            plan={"dimensions": {name: {"label": {"en": name}} for name in DIMENSIONS},
                  "groups": [], "crossings": [list(each) for each in CROSSINGS]},
        )  # fmt: skip
        db.session.add(about)
        db.session.flush()
        made = Round(
            consultation=about, number=1, title={"en": "One"}, opens=date(2026, 1, 1),
            closes=date(2099, 1, 1), stage=OPEN,
            questionnaire_version_id=add_version(about, questionnaire()).id,
        )  # fmt: skip
        db.session.add(made)
        db.session.commit()
        yield made
        db.session.remove()
        db.engine.dispose()


def plan_of(of: Round) -> TablePlan:
    """Its table plan."""
    return table_plan(of.consultation, questionnaire())


def followed(snapshot: Snapshot, of: Round) -> State:
    """Bring a snapshot up to date."""
    with snapshot.alone():
        return follow(snapshot, of)


def with_answers(of: Round, number: int) -> tuple[Snapshot, State]:
    """The snapshot of a round as if so many had answered; the database knows of none of them."""
    snapshot = snapshot_of(of, questionnaire(), plan_of(of))
    state = followed(snapshot, of)
    chance = default_rng(1)
    with closing(connection()) as by:
        for start in range(0, number, LARGEST):
            rows = min(LARGEST, number - start)
            by.register("made", _columns(snapshot, rows, chance))
            name = f"{token_hex(16)}.parquet"
            write(by, "made", snapshot.folder / name)
            state.files[name] = rows
    state.totals[INDIVIDUAL] = {"people": number}
    token = new_key()
    set_token(of.id, token)
    snapshot.keep(state, token)
    db.session.commit()
    return snapshot, state


def _columns(snapshot: Snapshot, rows: int, chance: Generator) -> dict[str, NDArray[Any]]:
    found: dict[str, NDArray[Any]] = {"id": chance.integers(2**63, size=rows)}
    for key, name in snapshot.held.items():
        found[name] = _drawn(key, rows, chance).astype(np.uint16)
    return found | {"weight": 2 * chance.random(rows)}


def _drawn(key: Key, rows: int, chance: Generator) -> NDArray[Any]:
    if isinstance(key, Column) and key.multiple:
        return np.asarray(sum((chance.random(rows) < 0.3) << bit for bit in range(CHOICES)))
    if isinstance(key, Column):
        shares = [0.15, 0.2, 0.25, 0.2, 0.1, 0.05, 0.05]
        return chance.choice([0, 1, 2, 3, 4, key.silent("-8"), key.silent("-6")], rows, p=shares)
    size = DIMENSIONS.get(key, 1)
    falling = 1 / np.sqrt(np.arange(1, size + 1))
    return chance.choice(size, rows, p=falling / falling.sum())


def count(snapshot: Snapshot, state: State, plan: TablePlan) -> int:
    """Count everything, unweighted and weighted; how many numbers that gives."""
    with counted(snapshot, state, plan, INDIVIDUAL, {}, weighted=True, by=in_files) as counts:
        tallies = Tallies(plan, counts)
        views = [(name,) for name in DIMENSIONS] + [tuple(sorted(names)) for names in CROSSINGS]
        return sum(
            tallies._table(question.name, names).size + tallies.weighted(question.name, names).size
            for question, names in product(plan.questions, views)
        )


def bound(columns: dict[str, NDArray[np.uint8]], weights: NDArray[np.float64]) -> int:
    """The same by numpy over columns of bytes in memory: a lower bound of anything in Python."""
    cells = 0
    for names in SETS:
        place, size = np.zeros(len(weights), dtype=np.int64), 1
        for name in names:
            place = place * DIMENSIONS[name] + columns[name]
            size *= DIMENSIONS[name]
        for name in [f"q{n}" for n in range(ITEMS)] + [f"m{n}" for n in range(LISTS)]:
            answers = 1 << CHOICES if name.startswith("m") else 11
            both = place * answers + columns[name]
            cells += len(np.bincount(both, minlength=size * answers))
            cells += len(np.bincount(both, weights, minlength=size * answers))
    return cells


def in_memory(snapshot: Snapshot, state: State) -> tuple[dict[str, Any], NDArray[np.float64]]:
    """The columns of a snapshot as bytes, and the weights."""
    with closing(connection()) as by:
        read = by.execute(f"FROM {files(snapshot.paths(state))}").fetchnumpy()
    names = {
        key.question if isinstance(key, Column) else key: c for key, c in snapshot.held.items()
    }
    wanted = [*DIMENSIONS, *(name for name in names if name[0] in "qm" and name[1:].isdigit())]
    return {name: read[names[name]].astype(np.uint8) for name in wanted}, read["weight"]


class Seconds(NamedTuple):
    """What something took: by the clock, and of processor on all threads together."""

    wall: float
    processor: float


def timed(does: Callable[[], object]) -> Seconds:
    """Do something."""
    begun = perf_counter(), process_time()
    does()
    return Seconds(perf_counter() - begun[0], process_time() - begun[1])


def typical(each: Sequence[Seconds]) -> Seconds:
    """The medians."""
    return Seconds(*(median(values) for values in zip(*each, strict=True)))


def megabytes() -> float:
    """The most that this process held so far."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def counting(number: int, repeats: int) -> tuple[Seconds, Seconds, float, Seconds]:
    """What numpy and a snapshot take for so many answers, megabytes for it, what live takes."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder, a_round(Path(folder)) as of:
        snapshot, state = with_answers(of, number)
        plan = plan_of(of)
        bounds, ours = [], []
        held = apart(_memory, snapshot.folder.parent.parent, number)
        columns, weights = in_memory(snapshot, state)
        for _ in range(repeats):
            bounds.append(timed(lambda: bound(columns, weights)))
            ours.append(timed(lambda: count(snapshot, state, plan)))
        live = typical(
            [timed(lambda: participation_for_the_team(of.consultation, of)) for _ in range(repeats)]
        )
        return typical(bounds), typical(ours), held, live


def _memory(folder: Path, _number: int) -> float:
    """Megabytes of a process that counts and does nothing else."""
    settings = Settings(instance=folder, secret_key=SecretStr(servers.SECRET))
    with ready_app(settings=settings).app_context():
        of = db.session.scalars(select(Round)).one()
        snapshot = snapshot_of(of, questionnaire(), plan_of(of))
        state = snapshot.state()
        assert state is not None
        count(snapshot, state, plan_of(of))
        db.engine.dispose()
    return megabytes()


def appending(number: int, repeats: int) -> Seconds:
    """What ten thousand new answers take beside so many."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder, a_round(Path(folder)) as of:
        snapshot, _ = with_answers(of, number)
        seconds = []
        for _ in range(repeats):
            answer(of, NEW)
            seconds.append(timed(lambda: followed(snapshot, of)))
        return typical(seconds)


def rebuilding(number: int) -> Seconds:
    """What a new snapshot of so many answers takes that are in the database."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder, a_round(Path(folder)) as of:
        answer(of, number)
        snapshot = snapshot_of(of, questionnaire(), plan_of(of))
        return timed(lambda: followed(snapshot, of))


def answer(of: Round, number: int) -> None:
    """Store so many answers."""
    chance = default_rng()
    asked = questionnaire()
    for start in range(0, number, NEW):
        drawn = {each.name: _stored(each, NEW, chance) for each in asked.questions}
        rows = [
            {"id": new_key(), "round_id": of.id, "language": "en", "received_on": date(2026, 1, 2),
             "questionnaire_version_id": of.questionnaire_version_id,
             "answers": {name: values[place] for name, values in drawn.items()}}
            for place in range(min(NEW, number - start))
        ]  # fmt: skip
        db.session.execute(insert(Submission), sorted(rows, key=lambda row: str(row["id"])))
        db.session.commit()


def _stored(question: Question, number: int, chance: Generator) -> list[Any]:
    codes = [each.code for each in question.choices]
    if question.kind != "multiple":
        return [str(code) for code in chance.choice([*codes, "-6", "-8"], number)]
    chosen = chance.random((number, len(codes))) < 0.3
    return [[c for c, one in zip(codes, row, strict=True) if one] or ["-6"] for row in chosen]


def apart(does: Callable[..., Any], *arguments: Any) -> Any:
    """Do something in a process of its own."""
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(does, *arguments).result()


@click.command()
@click.option("--answers", "sizes", multiple=True, type=int, default=SIZES, show_default=True)
@click.option("--beside", default=5_000_000, show_default=True, help="What is appended to.")
@click.option("--stored", default=1_000_000, show_default=True, help="What is rebuilt from.")
@click.option("--repeats", default=3, show_default=True)
def main(sizes: tuple[int, ...], beside: int, stored: int, repeats: int) -> None:
    """Measure, and print the tables."""
    click.echo(
        "| answers | numpy, s | DuckDB, s | of numpy | of processor, s | DuckDB, s | of numpy "
        "| MB | live, ms |\n|---|---|---|---|---|---|---|---|---|"
    )
    for number in sizes:
        least, ours, held, live = apart(counting, number, repeats)
        taken = " | ".join(
            f"{own:.2f} | {other:.2f} | {other / own:.2f}"
            for own, other in zip(least, ours, strict=True)
        )
        click.echo(f"| {number:,} | {taken} | {held:.0f} | {1000 * live.wall:.0f} |")
    click.echo("\n| 10,000 new answers beside | s | of processor |\n|---|---|---|")
    for number in (0, beside):
        click.echo("| {:,} | {:.2f} | {:.2f} |".format(number, *apart(appending, number, repeats)))
    click.echo("\n| rebuilt from the database | s | of processor |\n|---|---|---|")
    click.echo("| {:,} | {:.1f} | {:.1f} |".format(stored, *apart(rebuilding, stored)))


if __name__ == "__main__":
    main()
