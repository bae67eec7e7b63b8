"""The answers to a round as files of columns, from which it is counted.

The database alone holds the answers; a snapshot follows it, and may be thrown away at any time. It
keeps no order but that of random keys, no time, and nothing that is gone: whoever takes an answer
back is taken out of the file that holds them, which is written anew, and the old one overwritten.
"""

import json
import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any

from consultations.analysis.coding import Key
from consultations.analysis.snapshots.files import connection, files, totals, write
from consultations.analysis.snapshots.intake import Intake, Stored
from consultations.analysis.snapshots.written import Codes, Source, beside, identity, names
from consultations.codebook import Group

LARGEST = 1_000_000
"""Rows of a file."""

FEW = 24
"""So many files of less than a tenth of that are put together."""

STATE, LOCK = "snapshot.json", "lock"


@dataclass
class State:
    """What a snapshot's files hold.

    token:   as long as the database names the same, the two belong together.
    columns: a digest of how answers were written.
    settled: whether everything was written in one go, since the round closed.
    codes:   what the numbers of open lists stand for.
    files:   name -> rows.
    totals:  kind -> numbers that add up, see `files.totals`.
    """

    token: str
    columns: str
    settled: bool = False
    codes: Codes = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    totals: dict[str, dict[str, int]] = field(default_factory=dict)

    def people(self, kind: str) -> int:
        """How many submissions of a kind it holds."""
        return self._of(kind).get("people", 0)

    def people_by(self, kind: str, name: str) -> dict[str, int]:
        """Code -> how many of a kind, of a dimension or the like, or `files.GROUPS`."""
        split = ((*key.partition("=")[::2], people) for key, people in self._of(kind).items())
        return {code: people for of, code, people in split if of == name and people}

    def _of(self, kind: str) -> dict[str, int]:
        return self.totals.get(kind, {})

    def digest(self, kind: str) -> str:
        """A digest of all answers of a kind that does not depend on their order."""
        own = self._of(kind)
        text = ",".join(str(own.get(name, 0)) for name in ("people", "lower", "upper"))
        return sha256(text.encode()).hexdigest()


class Snapshot:
    """One round's snapshot. Whoever reads or changes its files does so inside `alone`."""

    def __init__(
        self, folder: Path, sources: Sequence[Source], codes: Codes, groups: Sequence[Group]
    ) -> None:
        self.folder, self.sources = folder, sources
        self.held: dict[Key, str] = names(sources)
        self.beside = beside(sources)
        self._declared, self._groups = codes, groups
        written = [[_plain(key) for key in self.held], codes, [asdict(g) for g in groups]]
        self.columns = sha256(json.dumps(written, sort_keys=True).encode()).hexdigest()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until nobody else works with the files; whoever dies inside gives way by that."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (self.folder / LOCK).touch(mode=0o600)
        lock = sqlite3.connect(self.folder / LOCK, timeout=3600, isolation_level=None)
        with closing(lock):
            lock.execute("BEGIN EXCLUSIVE")
            yield
            for path in self.folder.iterdir():
                os.utime(path, (0, 0))
        os.utime(self.folder, (0, 0))

    def state(self) -> State | None:
        """What there is, if it was written for the same columns."""
        try:
            found = State(**json.loads((self.folder / STATE).read_text()))
        except (FileNotFoundError, ValueError, TypeError):
            return None
        return found if found.columns == self.columns else None

    def paths(self, state: State) -> list[Path]:
        """Its files."""
        return [self.folder / name for name in state.files]

    def rebuild(self, batches: Iterable[Stored], token: str, *, settled: bool) -> State:
        """Begin anew with all that the database holds."""
        state = State(token, self.columns, settled, {k: [*v] for k, v in self._declared.items()})
        (self.folder / STATE).unlink(missing_ok=True)
        with closing(connection()) as by:
            intake = Intake(by, self.sources, state.codes)

            def take(batch: Stored) -> None:
                intake.take(batch)
                if intake.waiting >= LARGEST:
                    self._write(by, state, intake)

            _one_ahead(take, batches)
            if intake.waiting:
                self._write(by, state, intake)
        self._keep(state)
        return state

    def append(self, state: State, batch: Stored) -> None:
        """Add a batch to what there is."""
        if not batch:
            return
        state.settled = False
        with closing(connection()) as by:
            intake = Intake(by, self.sources, state.codes)
            intake.take(batch)
            self._write(by, state, intake)
            self._gather(by, state)

    def remove(self, state: State, ids: Iterable[str]) -> None:
        """Take out whichever of some submissions it holds."""
        gone = [identity(each) for each in ids]
        if not gone or not state.files:
            return
        with closing(connection()) as by:
            by.execute("CREATE TEMP TABLE gone AS SELECT unnest(?::BIGINT[]) AS id", [gone])
            held = by.execute(
                f"SELECT DISTINCT parse_filename(filename) FROM (SELECT id, filename FROM "
                f"{files(self.paths(state))[:-1]}, filename = true)) SEMI JOIN gone USING (id)"
            ).fetchall()
            for (name,) in held:
                self._remove(by, state, self.folder / name)
        self._forget(state)

    def keep(self, state: State, token: str) -> None:
        """Put a changed state down, under the token that the database will name."""
        state.token = token
        self._keep(state)

    def _remove(self, by: Any, state: State, path: Path) -> None:
        whole = files([path])
        taken = f"(FROM {whole} SEMI JOIN gone USING (id))"
        self._add(state, totals(by, taken, self.held, state.codes, self._groups), -1)
        left = f"(FROM {whole} ANTI JOIN gone USING (id))"
        rows = by.execute(f"SELECT count(*) FROM {left}").fetchone()[0]
        del state.files[path.name]
        if rows:
            name = _fresh()
            write(by, left, self.folder / name)
            state.files[name] = rows

    def _forget(self, state: State) -> None:
        """What nobody says any more, and was not declared, is not kept as a code either."""
        said = {name for own in state.totals.values() for name in own}
        for name, codes in state.codes.items():
            for place in range(len(self._declared.get(name, ())), len(codes)):
                codes[place] = codes[place] if f"{name}={codes[place]}" in said else ""

    def _write(self, by: Any, state: State, intake: Intake) -> None:
        self._add(state, totals(by, "taken", self.held, state.codes, self._groups))
        name, rows = _fresh(), intake.waiting
        intake.write(self.folder / name)
        state.files[name] = rows

    def _gather(self, by: Any, state: State) -> None:
        """Put small files together once there are many."""
        small = [name for name, rows in state.files.items() if rows < LARGEST // 10]
        if len(small) >= FEW:
            name = _fresh()
            write(by, files([self.folder / each for each in small]), self.folder / name)
            state.files[name] = sum(state.files.pop(each) for each in small)

    def _add(self, state: State, found: dict[str, dict[str, int]], sign: int = 1) -> None:
        for kind, numbers in found.items():
            own = Counter(state.totals.get(kind, {}))
            for name, number in numbers.items():
                own[name] += sign * number
            state.totals[kind] = {name: number for name, number in own.items() if number}

    def _keep(self, state: State) -> None:
        fresh = self.folder / f"{STATE}.new"
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps(asdict(state)))
        fresh.replace(self.folder / STATE)
        for path in self.folder.glob("*.parquet"):
            if path.name not in state.files:
                erase(path)


def _one_ahead(take: Callable[[Stored], None], batches: Iterable[Any]) -> None:
    """Take batches in while the next one is fetched."""
    with ThreadPoolExecutor(1) as other:
        before: Future[None] | None = None
        for batch in batches:
            if before:
                before.result()
            before = other.submit(take, batch)
        if before:
            before.result()


def _plain(key: Key) -> object:
    """A column of a snapshot as plain values."""
    return key if isinstance(key, str) else asdict(key)


def erase(path: Path) -> None:
    """Overwrite a file before its place is given free."""
    with path.open("r+b") as file:
        size, block = path.stat().st_size, bytes(1 << 20)
        for start in range(0, size, len(block)):
            file.write(block[: size - start])
        file.flush()
        os.fsync(file.fileno())
    path.unlink()


def _fresh() -> str:
    return f"{token_hex(16)}.parquet"
