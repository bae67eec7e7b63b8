"""Answers and views per second, beside the bare application in the same run."""

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from statistics import median

import click

from benchmarks import form, load, servers
from benchmarks.visitors import VIEWS, bare_participant, onlooker, participant
from tests.served import Server

DATABASES = ("sqlite", "postgresql")
WORKERS, CLIENTS = 2, 16
FIGURES = ("flows", "views", "milliseconds", "processor", "megabytes")
FINE = ("milliseconds", "processor")
HEADER = (
    "| system | database | flows/s | views/s | ms at 1 client | ms of processor | MB of workers "
    "| flows, of bare | views, of bare |"
)


@dataclass
class Measured:
    """One system on one database: for each figure what every repeat gave, and what failed.

    flows: complete answers per second; views: first pages per second; milliseconds: the median of
    one flow with one client; processor: milliseconds that the workers are busy with a flow, under
    load; megabytes: resident, of all workers together.
    """

    system: str
    database: str
    figures: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in FIGURES})
    failed: int = 0

    def typical(self, figure: str) -> float:
        """The median over the repeats."""
        return median(self.figures[figure])


@dataclass
class Running:
    """A system that is up, and how its visitors behave."""

    system: str
    server: Server
    answers: Callable[[], load.Visitor]
    looks: Callable[[], load.Visitor]

    def measure(self, into: Measured, seconds: float) -> None:
        """One repeat."""
        used = servers.processor(self.server)
        flows = self._load(self.answers, into, CLIENTS, seconds)
        used = servers.processor(self.server) - used
        views = self._load(self.looks, into, CLIENTS, seconds / 2)
        alone = self._load(self.answers, into, 1, seconds / 4)
        into.figures["flows"].append(flows.rate)
        into.figures["views"].append(views.rate * VIEWS)
        into.figures["milliseconds"].append(alone.milliseconds)
        into.figures["processor"].append(1000 * used / len(flows.each))
        into.figures["megabytes"].append(sum(servers.memory(self.server)))

    def _load(
        self, visitor: Callable[[], load.Visitor], into: Measured, clients: int, seconds: float
    ) -> load.Load:
        done = load.run(self.server.port, visitor, clients=clients, seconds=seconds)
        into.failed += done.failed
        return done


def measure(
    databases: Sequence[str] = DATABASES, *, repeats: int = 3, seconds: float = 8.0
) -> list[Measured]:
    """Everything, interleaved; a first round, which is not counted, warms the servers up."""
    with ExitStack() as stack:
        measured: list[tuple[Running, Measured]] = []
        for database in databases:
            for each in stack.enter_context(_systems(database)):
                measured.append((each, Measured(each.system, database)))
        for running, _ in measured:
            running.measure(Measured("", ""), min(seconds, 1.0))
        for _ in range(repeats):
            for running, into in measured:
                running.measure(into, seconds)
    return [into for _, into in measured]


@contextmanager
def _systems(database: str) -> Iterator[list[Running]]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="benchmark-")))
        at = stack.enter_context(servers.postgresql()) if database == "postgresql" else None
        ours = stack.enter_context(servers.consultations(folder, at, workers=WORKERS))
        bare = stack.enter_context(servers.bare(folder, at, workers=WORKERS))
        yield [
            Running(
                "bare",
                bare,
                partial(bare_participant, bare.port, form.answers()),
                partial(onlooker, bare.port, "/"),
            ),
            _of_ours("consultations", ours, servers.PLAIN, form.answers()),
            _of_ours("with 20 conditions", ours, servers.LOGIC, form.answers(conditions=20)),
        ]


def _of_ours(system: str, server: Server, slug: str, answers: Mapping[str, str]) -> Running:
    path = f"/en/{slug}/answer/"
    return Running(
        system,
        server,
        partial(participant, server.port, path, answers),
        partial(onlooker, server.port, path),
    )


def table(measured: Sequence[Measured]) -> str:
    """The medians as a table in Markdown, ratios to the bare application on the same database."""
    bare = {each.database: each for each in measured if each.system == "bare"}
    lines = [HEADER, "|" + "---|" * (HEADER.count("|") - 1)]
    for each in measured:
        figures = [f"{each.typical(name):,.{1 if name in FINE else 0}f}" for name in FIGURES]
        ratios = [
            f"{each.typical(name) / bare[each.database].typical(name):.2f}"
            for name in ("flows", "views")
        ]
        lines.append(f"| {' | '.join([each.system, each.database, *figures, *ratios])} |")
    return "\n".join(lines)


@click.command()
@click.option("--repeats", default=3, show_default=True)
@click.option("--seconds", default=8.0, show_default=True, help="Of each load.")
@click.option("--database", "databases", multiple=True, default=DATABASES, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Every figure of every repeat.")
def main(repeats: int, seconds: float, databases: tuple[str, ...], as_json: bool) -> None:
    """Measure, and print the table."""
    measured = measure(databases, repeats=repeats, seconds=seconds)
    click.echo(json.dumps([asdict(each) for each in measured]) if as_json else table(measured))
    if failed := sum(each.failed for each in measured):
        raise click.ClickException(f"{failed} visits failed")


if __name__ == "__main__":
    main()
