"""Whether the workers' memory stays flat while many answers pass through them."""

import tempfile
from contextlib import ExitStack
from functools import partial
from itertools import count
from pathlib import Path
from typing import NamedTuple

import click

from benchmarks import form, load, servers
from benchmarks.answering import CLIENTS, WORKERS
from benchmarks.visitors import participant

ANSWERS, SAMPLES = 50_000, 10


class Sample(NamedTuple):
    """Answers sent; megabytes of all workers, resident, and with their part of what is shared."""

    answers: int
    resident: float
    proportional: float


def measure(answers: int = ANSWERS, *, postgresql: bool = False) -> list[Sample]:
    """What the workers hold at ten moments on the way."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="benchmark-")))
        at = stack.enter_context(servers.postgresql()) if postgresql else None
        server = stack.enter_context(servers.consultations(folder, at, workers=WORKERS))
        sent = 0
        found = []
        for _ in range(SAMPLES):
            begun = count(1)
            done = load.run(
                server.port,
                partial(participant, server.port, f"/en/{servers.PLAIN}/answer/", form.answers()),
                clients=CLIENTS,
                over=lambda begun=begun: next(begun) > answers // SAMPLES - CLIENTS,  # type: ignore[misc]
            )
            sent += len(done.each)
            held = [sum(servers.memory(server, what)) for what in ("Rss", "Pss")]
            found.append(Sample(sent, *held))
    return found


@click.command()
@click.option("--answers", default=ANSWERS, show_default=True)
@click.option("--postgresql", is_flag=True)
def main(answers: int, postgresql: bool) -> None:
    """Measure, and print the table."""
    click.echo("| answers | MB resident | MB with their part of what is shared |\n|---|---|---|")
    for each in measure(answers, postgresql=postgresql):
        click.echo(f"| {each.answers:,} | {each.resident:.0f} | {each.proportional:.0f} |")


if __name__ == "__main__":
    main()
