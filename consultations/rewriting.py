"""How PostgreSQL is made to forget in which order the rows of a table were written.

It knows by the place of each row, by the transaction that wrote it, and by the numbers under which
it keeps long values apart, which a row keeps for life unless its value becomes another one.
"""

from sqlalchemy import JSON, Connection, LargeBinary, Table, Text, text, update

_ANEW = {
    JSON: "CAST(CAST({name} AS text) AS json)",
    Text: "{name} || ''",
    LargeBinary: "{name} || CAST('' AS bytea)",
}
"""The same value, of which PostgreSQL does not know that it is the same."""

_OF_COLUMNS = text(
    "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger"
    " WHERE tgrelid = to_regclass(:table) AND NOT tgisinternal AND tgattr <> ''"
)
"""Triggers on changes of certain columns, which may not be altered under them."""


PATIENCE = 3
"""Seconds: those who come after wait for whoever waits for a table."""


def rewrite(table: Table, on: Connection) -> None:
    """Lay a table down in the order of its keys, written by one transaction; commits between.

    Whoever else writes to it waits; nobody waits for two tables, so nobody waits for ever. Gives
    up (OperationalError) where somebody reads for so long that others would have to wait as well.
    """
    steps = (lay_down, _make_anew) if _altered(table) else (write_again, lay_down)
    for step in steps:
        wait_for_others(on)
        on.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}s'"))
        step(table, on)
        on.commit()


def wait_for_others(on: Connection) -> None:
    """Let one transaction at a time lay tables down again: two would wait for each other."""
    on.execute(text("SELECT pg_advisory_xact_lock(hashtext('without order'))"))


def write_again(table: Table, on: Connection) -> None:
    """Have one transaction write every row, though not its long values."""
    on.execute(update(table).values(id=table.c.id))


def lay_down(table: Table, on: Connection) -> None:
    """Put the rows in the order of their keys."""
    on.execute(text(f'CLUSTER "{table.name}" USING "{table.primary_key.name}"'))


def _altered(table: Table) -> str:
    """How every long value of a table becomes another one that says the same."""
    return ", ".join(
        f'ALTER "{each.name}" TYPE {each.type.compile()} USING {anew.format(name=each.name)}'
        for each in table.c
        for kind, anew in _ANEW.items()
        if isinstance(each.type, kind)
    ).replace("TYPE BLOB", "TYPE bytea")


def _make_anew(table: Table, on: Connection) -> None:
    """Write a table as it lies, with its long values; what notes changes is not told of any."""
    triggers = on.execute(_OF_COLUMNS, {"table": table.name}).all()
    for name, _ in triggers:
        on.execute(text(f'DROP TRIGGER "{name}" ON "{table.name}"'))
    on.execute(text(f'ALTER TABLE "{table.name}" {_altered(table)}'))
    for _, definition in triggers:
        on.execute(text(definition))
