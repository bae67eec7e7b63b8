"""The files of a snapshot, as DuckDB writes, reads and adds them up."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from consultations.analysis.coding import Key
from consultations.analysis.snapshots.written import KIND, Codes
from consultations.codebook import Group

GROUPS = "_groups"
"""Under which name totals tell of groups over several categories."""

MEMORY = "600MB"


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
    row = f"md5_number(concat_ws('|', {', '.join(parts)}))"
    for kind, people, lower, upper in by.execute(
        f"""SELECT kind, count(*), sum((row >> 64)::HUGEINT),
            sum((row & {2**64 - 1}::UHUGEINT)::HUGEINT)
            FROM (SELECT {of_kind} AS kind, {row} AS row FROM {what}) GROUP BY kind"""
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


def _quoted(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"
