"""Another database counts the same by the same queries."""

from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, delete, inspect, select, text

from consultations.analysis.declared import table_plan
from consultations.analysis.services import protected_counts
from consultations.analysis.snapshots.elsewhere import elsewhere
from consultations.analysis.snapshots.engines import counted, in_files
from consultations.analysis.snapshots.following import follow, snapshot_of
from consultations.analysis.tallies import Tallies
from consultations.db import db
from consultations.installation import settings
from consultations.rounds.models import Round
from consultations.submissions.models import INDIVIDUAL, Submission
from tests.analysis.snapshots.answered import (
    ASKED,
    a_round_of_every_kind,
    drawn,
    everything,
    stored,
)
from tests.analysis.test_said import coded
from tests.factories import a_consultation, a_round, a_submission


@pytest.fixture
def of(app: Flask) -> Round:
    """A round with three hundred answers of every kind."""
    made = a_round_of_every_kind()
    db.session.add_all(stored(made, [*drawn(300)]))
    db.session.commit()
    return made


@pytest.fixture
def other(postgresql_address: str) -> Any:
    """The address of another database, in which nothing of a snapshot is left."""
    yield postgresql_address
    engine = create_engine(postgresql_address)
    with engine.begin() as connection:
        for name in inspect(connection).get_table_names():
            if name.startswith("snapshot_") and name != "snapshot_state":
                connection.execute(text(f'DROP TABLE "{name}"'))
    engine.dispose()


def both(of: Round, other: str, *, weighted: bool = False) -> list[dict[str, Any]]:
    """All that the two engines tell."""
    plan = table_plan(of.consultation, ASKED)
    snapshot = snapshot_of(of, ASKED, plan)
    found = []
    with snapshot.alone():
        state = follow(snapshot, of)
        options = (snapshot, state, plan, INDIVIDUAL, {})
        for by in (in_files, partial(elsewhere, other)):
            with counted(*options, weighted=weighted, by=by) as counts:
                found.append(_told(Tallies(plan, counts), weighted))
    return found


def _told(tallies: Tallies, weighted: bool) -> dict[str, Any]:
    if not weighted:
        return everything(tallies)
    tables = {name: tallies.weighted(name, ("gender",)) for name in tallies.universe.questions}
    return {name: table.round(9).tolist() for name, table in tables.items()}


def test_the_same_is_counted(of: Round, other: str) -> None:
    ours, theirs = both(of, other)

    assert ours == theirs
    assert ours["n"] == 300


def test_the_same_is_counted_with_weights(of: Round, other: str) -> None:
    for place, each in enumerate(db.session.scalars(select(Submission))):
        each.weight = 0.5 + place % 4
    ours, theirs = both(of, other, weighted=True)

    assert ours == theirs
    assert sum(map(sum, ours["Trust"])) != 300


def test_the_copy_follows(of: Round, other: str) -> None:
    both(of, other)
    db.session.execute(delete(Submission).where(Submission.id < "8"))
    db.session.add_all(stored(of, [*drawn(20, seed=9)]))
    ours, theirs = both(of, other)

    assert ours == theirs


def test_a_report_is_counted_where_the_setting_says(
    app: Flask, other: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = a_round(a_consultation(), stage="closed")
    for place in range(60):
        words = {"art_1_change": "Longer notice."} if place % 2 else {}
        a_submission(of, gender="woman" if place % 3 else "man", art_1_position="support", **words)
    coded(of, notice=12)
    here = protected_counts(of.consultation, of)
    monkeypatch.setattr(settings(), "analytics_url", other)
    there = protected_counts(of.consultation, of)

    assert any(name.startswith("snapshot_") and name != "snapshot_state" for name in _tables(other))
    assert here == there


def _tables(address: str) -> list[str]:
    engine = create_engine(address)
    found = inspect(engine).get_table_names()
    engine.dispose()
    return found
