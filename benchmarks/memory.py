"""Whether the workers' memory stays flat while many answers pass through them."""

import tempfile
from contextlib import ExitStack
from functools import partial
from itertools import count
from pathlib import Path

import click

from benchmarks import form, load, servers
from benchmarks.answering import CLIENTS, WORKERS
from benchmarks.visitors import participant

ANSWERS, SAMPLES = 50_000, 10


def measure(answers: int = ANSWERS, *, postgresql: bool = False) -> list[tuple[int, float]]:
    """(answers sent, megabytes resident of all workers together), at ten moments on the way."""
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
            found.append((sent, sum(servers.memory(server))))
    return found


@click.command()
@click.option("--answers", default=ANSWERS, show_default=True)
@click.option("--postgresql", is_flag=True)
def main(answers: int, postgresql: bool) -> None:
    """Measure, and print the table."""
    click.echo("| answers | MB of workers |\n|---|---|")
    for sent, megabytes in measure(answers, postgresql=postgresql):
        click.echo(f"| {sent:,} | {megabytes:.0f} |")


if __name__ == "__main__":
    main()
