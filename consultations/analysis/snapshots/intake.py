"""From answers as they are stored to rows of small integers, a batch at a time, by DuckDB.

An answer's text is read by DuckDB; what it means is decided in one place, by the functions of
`written`, which are asked once for every different answer there is.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from consultations.analysis.coding import Key
from consultations.analysis.plan import CHANNEL, ENTRY, LANGUAGE
from consultations.analysis.snapshots.written import Source
from consultations.codebook import Group

KIND = "_kind"
BESIDE = (KIND, CHANNEL, ENTRY, LANGUAGE)
"""What a snapshot holds of each submission beside its answers."""

GROUPS = "_groups"
"""Under which name totals tell of groups over several categories."""

Codes = dict[str, list[str]]
"""Dimension, channel and the like -> what their numbers stand for."""

BETWEEN = "\x1f"
"""Between the answers that one source reads: no text of JSON holds it."""

MEMORY = "600MB"


Stored = Sequence[Any]
"""A submission as the database holds it: its key, kind, channel, entry, language, weight, and the
text of its answers, which is JSON."""


def connection() -> duckdb.DuckDBPyConnection:
    """An engine that keeps to memory, loads nothing from elsewhere and writes nowhere by itself."""
    opened = duckdb.connect(
        config={
            "memory_limit": MEMORY,
            "temp_directory": "",
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
    )
    opened.execute("SET enable_progress_bar = false")
    return opened


def identity(submission_id: str) -> int:
    """A submission in a snapshot: half of its random key, as a number that every engine takes."""
    return int(submission_id[:16], 16) >> 1


def beside(sources: Sequence[Source]) -> dict[str, str]:
    """Under which name each of `BESIDE` is held: a dimension of the same name has precedence."""
    dimensions = {key for source in sources for key in source.keys}
    return {name: f"_{name}" if name in dimensions else name for name in BESIDE}


def names(sources: Sequence[Source]) -> dict[Key, str]:
    """The name of each column of a snapshot, by what it holds."""
    held = [*beside(sources).values(), *(key for source in sources for key in source.keys)]
    return {key: f"c{place}" for place, key in enumerate(held)}


class Intake:
    """Rows on their way into a snapshot. `codes` grow by what is not declared."""

    def __init__(
        self, by: duckdb.DuckDBPyConnection, sources: Sequence[Source], codes: Codes
    ) -> None:
        self._by, self._sources, self._codes = by, sources, codes
        self._asked = [*dict.fromkeys(name for source in sources for name in source.asked)]
        self._held = [*names(sources).values()]
        self._beside = beside(sources)
        self.waiting = 0
        columns = ", ".join(f"{name} USMALLINT" for name in self._held)
        by.execute(f"CREATE OR REPLACE TEMP TABLE taken (id BIGINT, {columns}, weight DOUBLE)")
        for place, source in enumerate(sources):
            read = ", ".join(f"n{each} USMALLINT" for each in range(len(source.keys)))
            by.execute(f"CREATE OR REPLACE TEMP TABLE known{place} (said VARCHAR, {read})")

    def take(self, batch: Sequence[Stored]) -> None:
        """Take in some submissions."""
        self._read(batch)
        for place, source in enumerate(self._sources):
            self._learn(place, source)
        given = ", ".join(f"b{place}" for place in range(len(BESIDE)))
        read = ", ".join(
            f"known{place}.n{each}"
            for place, source in enumerate(self._sources)
            for each in range(len(source.keys))
        )
        joined = " ".join(
            f"JOIN known{place} ON known{place}.said = s{place}"
            for place in range(len(self._sources))
        )
        read = f"{read}, " if read else ""
        self._by.execute(f"INSERT INTO taken SELECT id, {given}, {read}weight FROM said {joined}")
        self.waiting += len(batch)

    def write(self, path: Path) -> None:
        """Write what was taken in into a file, in the order of the random keys."""
        write(self._by, "taken", path)
        self._by.execute("TRUNCATE taken")
        self.waiting = 0

    def _read(self, batch: Sequence[Stored]) -> None:
        """A table `said` of what each source reads of each submission."""
        ids, *given, weights, answers = zip(*batch, strict=True)
        chunk: dict[str, Any] = {"id": np.array([identity(each) for each in ids], dtype=np.int64)}
        for place, (name, values) in enumerate(zip(BESIDE, given, strict=True)):
            chunk[f"b{place}"] = self._numbers(self._beside[name], values)
        chunk["weight"] = np.array([1.0 if each is None else each for each in weights])
        chunk["answers"] = np.array(answers, dtype=object)
        sources = ", ".join(
            f"{self._key(source)} AS s{place}" for place, source in enumerate(self._sources)
        )
        self._by.register("chunk", chunk)
        self._by.execute(
            f"""CREATE OR REPLACE TEMP TABLE said AS
            SELECT * EXCLUDE (answers, v){sources and ", " + sources}
            FROM (SELECT *, json_extract(answers, $paths) AS v FROM chunk)""",
            {"paths": [_path(name) for name in self._asked] or ["$"]},
        )
        self._by.unregister("chunk")

    def _key(self, source: Source) -> str:
        parts = []
        for name in source.asked:
            said = f"coalesce(v[{self._asked.index(name) + 1}]::VARCHAR, '')"
            if name in source.present:
                said = f"""CASE WHEN {said} IN ('', 'null', '""', '[]') THEN '' ELSE '"x"' END"""
            parts.append(said)
        return f"concat_ws(chr(31), {', '.join(parts)})" if len(parts) > 1 else (parts or ["''"])[0]

    def _learn(self, place: int, source: Source) -> None:
        """Ask what answers mean that did not occur before."""
        found = self._by.execute(
            f"SELECT DISTINCT s{place} FROM said ANTI JOIN known{place} ON s{place} = said"
        ).fetchall()
        if not found:
            return
        said = [text for (text,) in found]
        read = [self._meaning(source, text) for text in said]
        news = {"said": np.array(said, dtype=object)} | {
            f"n{each}": np.array(column, dtype=np.uint16)
            for each, column in enumerate(zip(*read, strict=True))
        }
        self._by.register("news", news)
        self._by.execute(f"INSERT INTO known{place} SELECT * FROM news")
        self._by.unregister("news")

    def _meaning(self, source: Source, said: str) -> list[int]:
        texts = said.split(BETWEEN)
        answers = {
            name: json.loads(text) for name, text in zip(source.asked, texts, strict=False) if text
        }
        return [
            value if isinstance(value, int) else self._number(str(key), value)
            for key, value in zip(source.keys, source.read(answers), strict=True)
        ]

    def _numbers(self, name: str, values: Sequence[str]) -> Any:
        place = {value: self._number(name, value) for value in dict.fromkeys(values)}
        return np.array([place[value] for value in values], dtype=np.uint16)

    def _number(self, name: str, code: str) -> int:
        codes = self._codes.setdefault(name, [])
        if code not in codes:
            codes.append(code)
        return codes.index(code)


def write(by: duckdb.DuckDBPyConnection, what: str, path: Path) -> None:
    """Write a table or a query in brackets into a Parquet file that is its owner's alone."""
    by.execute(
        f"COPY (FROM {what} ORDER BY id) TO {_quoted(path)} (FORMAT parquet, COMPRESSION zstd)"
    )
    path.chmod(0o600)


def files(paths: Sequence[Path]) -> str:
    """What to select from to read some files."""
    return f"read_parquet([{', '.join(_quoted(path) for path in paths)}])"


def totals(
    by: duckdb.DuckDBPyConnection,
    what: str,
    held: Mapping[Key, str],
    codes: Codes,
    groups: Sequence[Group],
) -> dict[str, dict[str, int]]:
    """Kind -> numbers that add up over any parts of a snapshot.

    How many people there are, in each category of each dimension, and in each group; and two that
    together are a digest: it tells two sets of answers apart, whatever their order.
    """
    parts = [
        f"list_extract({_list(codes.get(key, []))}, {name} + 1)" if isinstance(key, str) else name
        for key, name in held.items()
    ]
    kinds = codes.get(KIND, [])
    of_kind = held[KIND]
    found: dict[str, dict[str, int]] = {kind: {} for kind in kinds}
    digested = f"SELECT {of_kind} AS kind, concat_ws('|', {', '.join(parts)}) AS row FROM {what}"
    for kind, people, lower, upper in by.execute(
        f"""SELECT kind, count(*), sum(md5_number_lower(row)::HUGEINT),
            sum(md5_number_upper(row)::HUGEINT) FROM ({digested}) GROUP BY kind"""
    ).fetchall():
        found[kinds[kind]] |= {"people": people, "lower": int(lower), "upper": int(upper)}
    for key, name in held.items():
        if isinstance(key, str) and key != KIND:
            counted = f"SELECT {of_kind}, {name}, count(*) FROM {what} GROUP BY ALL"
            for kind, number, people in by.execute(counted).fetchall():
                found[kinds[kind]][f"{key}={codes[key][number]}"] = people
    for group in groups:
        inside = " AND ".join(
            f"{held[name]} IN (SELECT unnest({_places(codes[name], of)}))"
            for name, of in group.of.items()
        )
        counted = f"SELECT {of_kind}, count(*) FROM {what} WHERE {inside} GROUP BY ALL"
        for kind, people in by.execute(counted).fetchall():
            found[kinds[kind]][f"{GROUPS}={group.code}"] = people
    return found


def _places(codes: Sequence[str], of: Sequence[str]) -> str:
    return str([codes.index(code) for code in of if code in codes])


def _list(codes: Sequence[str]) -> str:
    return "[" + ", ".join(_quoted(code) for code in codes) + "]"


def _path(name: str) -> str:
    return '$."' + name.replace('"', '\\"') + '"'


def _quoted(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"
