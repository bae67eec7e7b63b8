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
from numpy.typing import NDArray

from consultations.analysis.snapshots.files import write
from consultations.analysis.snapshots.written import (
    BESIDE,
    Codes,
    Source,
    beside,
    identity,
    names,
)

BETWEEN = "\x1f"
"""Between the answers that one source reads: no text of JSON holds it."""


Stored = Sequence[Sequence[Any]]
"""Submissions as the database holds them, a column each: their keys, kinds, channels, entries,
languages, the texts of their answers, which are JSON, and their weights."""


class Intake:
    """Rows on their way into a snapshot. `codes` grow by what is not declared."""

    def __init__(
        self, by: duckdb.DuckDBPyConnection, sources: Sequence[Source], codes: Codes
    ) -> None:
        self._by, self._sources, self._codes = by, sources, codes
        self._asked = [*dict.fromkeys(name for source in sources for name in source.asked)]
        self._held = [*names(sources).values()]
        self._beside = beside(sources)
        self._said = self._what_is_said()
        self.waiting = 0
        columns = ", ".join(f"{name} USMALLINT" for name in self._held)
        by.execute(f"CREATE OR REPLACE TEMP TABLE taken (id BIGINT, {columns}, weight DOUBLE)")
        for place, source in enumerate(sources):
            read = ", ".join(f"n{each} USMALLINT" for each in range(len(source.keys)))
            by.execute(f"CREATE OR REPLACE TEMP TABLE known{place} (said VARCHAR, {read})")

    def take(self, batch: Stored) -> None:
        """Take in some submissions."""
        chunk = self._chunk(batch)
        self.waiting += len(chunk["id"])
        new = self._add(chunk)
        if new.any():
            chunk = {name: values[new] for name, values in chunk.items()}
            self._learn(chunk)
            self._add(chunk)

    def write(self, path: Path) -> None:
        """Write what was taken in into a file, in the order of the random keys."""
        write(self._by, "taken", path)
        self._by.execute("TRUNCATE taken")
        self.waiting = 0

    def _chunk(self, batch: Stored) -> dict[str, NDArray[Any]]:
        """The same as columns that DuckDB reads."""
        ids, *given, answers, weights = batch
        return {
            "id": np.array([identity(each) for each in ids], dtype=np.int64),
            **{
                f"b{place}": self._numbers(self._beside[name], values)
                for place, (name, values) in enumerate(zip(BESIDE, given, strict=True))
            },
            "answers": np.array(answers, dtype=object),
            "weight": np.array([1.0 if each is None else each for each in weights]),
        }

    def _add(self, chunk: Mapping[str, NDArray[Any]]) -> NDArray[np.bool]:
        """Take in all whose every answer occurred before; which of them are left."""
        given = [f"b{place}" for place in range(len(BESIDE))]
        read = [
            f"known{place}.n{each}"
            for place, source in enumerate(self._sources)
            for each in range(len(source.keys))
        ]
        joined = " ".join(
            f"JOIN known{place} ON known{place}.said = s{place}"
            for place in range(len(self._sources))
        )
        added = self._run(
            f"""INSERT INTO taken SELECT {", ".join(["id", *given, *read, "weight"])}
            FROM {self._said} {joined} RETURNING id""",
            chunk,
        )
        return np.isin(chunk["id"], added.fetchnumpy()["id"], invert=True)

    def _run(self, query: str, chunk: Mapping[str, NDArray[Any]]) -> duckdb.DuckDBPyConnection:
        self._by.register("chunk", chunk)
        paths = [_path(name) for name in self._asked] or ["$"]
        done = self._by.execute(query, {"paths": paths})
        self._by.unregister("chunk")
        return done

    def _what_is_said(self) -> str:
        """What to select from for what each source reads of each submission in `chunk`."""
        sources = [f"{self._key(each)} AS s{place}" for place, each in enumerate(self._sources)]
        extracted = "SELECT *, json_extract(answers, $paths) AS v FROM chunk"
        return f"(SELECT {', '.join(['* EXCLUDE (answers, v)', *sources])} FROM ({extracted}))"

    def _key(self, source: Source) -> str:
        parts = []
        for name in source.asked:
            said = f"coalesce(v[{self._asked.index(name) + 1}]::VARCHAR, '')"
            if name in source.present:
                said = f"""CASE WHEN {said} IN ('', 'null', '""', '[]') THEN '' ELSE '"x"' END"""
            parts.append(said)
        return f"concat_ws(chr(31), {', '.join(parts)})" if len(parts) > 1 else (parts or ["''"])[0]

    def _learn(self, chunk: Mapping[str, NDArray[Any]]) -> None:
        """Ask what answers mean that did not occur before."""
        self._run(f"CREATE OR REPLACE TEMP TABLE said AS FROM {self._said}", chunk)
        for place, source in enumerate(self._sources):
            found = self._by.execute(
                f"SELECT DISTINCT s{place} FROM said ANTI JOIN known{place} ON s{place} = said"
            ).fetchall()
            if found:
                self._know(place, source, [text for (text,) in found])
        self._by.execute("TRUNCATE said")

    def _know(self, place: int, source: Source, said: Sequence[str]) -> None:
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


def _path(name: str) -> str:
    return '$."' + name.replace('"', '\\"') + '"'
