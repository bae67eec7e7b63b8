"""Whether a Spark cluster counts the same by the same queries: master and two workers, here.

By hand, with Java 17 and, beside the project, `pip install pyspark sqlglot`.
"""

import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import product
from pathlib import Path
from time import perf_counter
from typing import Any

import click
import pyspark
import sqlglot
from pyspark.sql import SparkSession

from benchmarks.counting import CROSSINGS, DIMENSIONS, a_round, plan_of, with_answers
from consultations.analysis.plan import TablePlan
from consultations.analysis.snapshots.elsewhere import result_of
from consultations.analysis.snapshots.engines import Engine, counted, in_files
from consultations.analysis.snapshots.snapshot import Snapshot, State
from consultations.analysis.snapshots.sql import SNAPSHOT, Query, Result, Run, text_of
from consultations.analysis.tallies import Tallies
from consultations.submissions.models import INDIVIDUAL

HOME = Path(pyspark.__file__).parent
HOST = "127.0.0.1"


@contextmanager
def cluster() -> Iterator[str]:
    """The address of a standalone cluster of a master and two workers of one core each."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    address = f"spark://{HOST}:{port}"
    with ExitStack() as stack:
        logs = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="spark-")))
        _started(stack, logs, "master.Master", "--host", HOST, "--port", str(port))
        _wait(port)
        for _ in range(2):
            _started(stack, logs, "worker.Worker", "--host", HOST, "--cores", "1",
                     "--memory", "1g", "--work-dir", str(logs), address)  # fmt: skip
        yield address


def _started(stack: ExitStack, logs: Path, part: str, *arguments: str) -> None:
    program = [str(HOME / "bin" / "spark-class"), f"org.apache.spark.deploy.{part}"]
    log = stack.enter_context((logs / f"{part}.log").open("a"))
    environment = {**os.environ, "SPARK_HOME": str(HOME), "SPARK_LOCAL_IP": HOST}
    process = subprocess.Popen(  # noqa: S603 - of the package that was asked for
        [*program, *arguments, "--webui-port", "0"], stdout=log, stderr=log, env=environment
    )
    stack.callback(process.wait)
    stack.callback(process.terminate)


def _wait(port: int) -> None:
    for _ in range(300):
        with socket.socket() as tried:
            if tried.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError


@contextmanager
def by_spark(
    session: SparkSession, snapshot: Snapshot, state: State, _: Result
) -> Iterator[tuple[str, Run]]:
    """Spark, over the files themselves (an `engines.Engine`, where no themes are counted)."""
    paths = [str(path) for path in snapshot.paths(state)]
    session.read.parquet(*paths).createOrReplaceTempView(SNAPSHOT)

    def run(query: Query) -> Result:
        found = session.sql(sqlglot.transpile(text_of(query), read="postgres", write="spark")[0])
        return result_of(found.columns, found.collect())

    yield SNAPSHOT, run


def told(snapshot: Snapshot, state: State, plan: TablePlan, by: Engine) -> list[Any]:
    """All tables that an engine counts, and what they weigh to six digits."""
    with counted(snapshot, state, plan, INDIVIDUAL, {}, weighted=True, by=by) as counts:
        return _told(Tallies(plan, counts))


def _told(tallies: Tallies) -> list[Any]:
    views = [(name,) for name in DIMENSIONS] + [tuple(sorted(names)) for names in CROSSINGS]
    return [
        (tallies._table(question, by).tolist(), tallies.weighted(question, by).round(6).tolist())
        for question, by in product(tallies.universe.questions, views)
    ]


@click.command()
@click.option("--answers", default=1_000_000, show_default=True)
def main(answers: int) -> None:
    """Count by both, compare, and print how long each took."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder, a_round(Path(folder)) as of:
        snapshot, state = with_answers(of, answers)
        plan = plan_of(of)
        begun = perf_counter()
        ours = told(snapshot, state, plan, in_files)
        click.echo(f"DuckDB: {perf_counter() - begun:.1f} s")
        with cluster() as address:
            begun = perf_counter()
            session = (
                SparkSession.builder.master(address)
                .config("spark.driver.host", HOST)
                .config("spark.driver.bindAddress", HOST)
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "4")
                .getOrCreate()
            )
            click.echo(f"Spark {session.version}, connecting: {perf_counter() - begun:.1f} s")
            for time_named in ("first", "again"):
                begun = perf_counter()
                theirs = told(snapshot, state, plan, partial(by_spark, session))
                click.echo(f"Spark, {time_named}: {perf_counter() - begun:.1f} s")
            session.stop()
    click.echo(f"{len(ours)} tables, the same: {ours == theirs}")
    raise SystemExit(ours != theirs)


if __name__ == "__main__":
    main()
