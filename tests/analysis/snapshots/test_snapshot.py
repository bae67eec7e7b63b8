"""A snapshot counts what the database holds, follows it, and keeps nothing else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import duckdb
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update

from consultations.analysis.declared import table_plan
from consultations.analysis.listed import counts_of
from consultations.analysis.models import PendingSubmission, SnapshotState
from consultations.analysis.plan import TablePlan
from consultations.analysis.services import data_digest
from consultations.analysis.snapshots.engines import counted
from consultations.analysis.snapshots.following import follow, snapshot_of
from consultations.analysis.snapshots.snapshot import Snapshot, State
from consultations.analysis.snapshots.written import identity
from consultations.analysis.tallies import Tallies
from consultations.db import db
from consultations.rounds.models import CLOSED, OPEN, Round
from consultations.submissions.models import INDIVIDUAL, ORGANISATION, Submission
from tests.analysis.snapshots.answered import (
    ASKED,
    Drawn,
    a_round_of_every_kind,
    drawn,
    everything,
    listed,
    stored,
)

ROWS = [*drawn(300)]


@pytest.fixture
def of(app: Flask) -> Round:
    """A round with three hundred answers of every kind."""
    made = a_round_of_every_kind()
    db.session.add_all(stored(made, ROWS))
    db.session.commit()
    return made


def plan_of(of: Round) -> TablePlan:
    return table_plan(of.consultation, ASKED)


def snapshot(of: Round) -> Snapshot:
    return snapshot_of(of, ASKED, plan_of(of))


def followed(of: Round, *, least: int = 1) -> State:
    own = snapshot(of)
    with own.alone():
        return follow(own, of, least=least)


@contextmanager
def tallies(of: Round, kind: str = INDIVIDUAL) -> Iterator[Tallies]:
    own = snapshot(of)
    with own.alone(), counted(own, follow(own, of), plan_of(of), kind, {}) as counts:
        yield Tallies(plan_of(of), counts)


def told(of: Round, kind: str = INDIVIDUAL) -> dict[str, object]:
    with tallies(of, kind) as found:
        return everything(found)


def expected(of: Round, rows: list[Drawn]) -> dict[str, object]:
    return everything(Tallies(plan_of(of), counts_of(plan_of(of), listed(plan_of(of), rows))))


def held(of: Round) -> set[int]:
    files = [str(path) for path in snapshot(of).folder.glob("*.parquet")]
    rows = duckdb.connect().execute("SELECT id FROM read_parquet(?)", [files]).fetchall() \
        if files else []  # fmt: skip
    return {key for (key,) in rows}


def there(of: Round) -> set[int]:
    return {identity(key) for key in db.session.scalars(select(Submission.id))}


def anew(of: Round) -> State:
    own = snapshot(of)
    with own.alone():
        (own.folder / "snapshot.json").unlink()
        return follow(own, of)


def test_what_is_counted_is_what_was_answered(of: Round) -> None:
    assert told(of) == expected(of, ROWS)


def test_organisations_are_counted_apart(of: Round) -> None:
    others = [*drawn(40, seed=2)]
    db.session.add_all(stored(of, others, kind=ORGANISATION))

    assert told(of, ORGANISATION)["n"] == 40
    assert told(of) == expected(of, ROWS)


def test_nobody_is_nobody(app: Flask) -> None:
    assert told(a_round_of_every_kind())["n"] == 0


def test_what_comes_later_is_added(of: Round) -> None:
    followed(of)
    before = {path.name for path in snapshot(of).folder.glob("*.parquet")}
    later = [*drawn(50, seed=3)]
    db.session.add_all(stored(of, later))

    assert told(of) == expected(of, [*ROWS, *later])
    assert before < {path.name for path in snapshot(of).folder.glob("*.parquet")}


def test_what_was_taken_back_is_gone(of: Round) -> None:
    followed(of)
    gone = [*db.session.scalars(select(Submission.id).limit(7))]
    db.session.execute(delete(Submission).where(Submission.id.in_(gone)))
    files = [path.read_bytes() for path in snapshot(of).folder.glob("*.parquet")]
    old = [*snapshot(of).folder.glob("*.parquet")]
    kept = old[0].open("rb")
    state = followed(of)

    assert held(of) == there(of)
    assert state.people(INDIVIDUAL) == 293
    assert not any(path.exists() for path in old)
    with kept:
        assert kept.read() == bytes(len(files[0])), "the file was given free as it was"
    assert state.totals == anew(of).totals


@pytest.mark.parametrize("stage", [OPEN, CLOSED])
def test_a_language_that_one_alone_wrote_in_goes_with_them(of: Round, stage: str) -> None:
    of.stage = stage
    [alone] = stored(of, [*drawn(1, seed=32)], language="tlh")
    db.session.add(alone)
    followed(of)
    db.session.delete(alone)
    state = followed(of)
    whole = b"".join(path.read_bytes() for path in snapshot(of).folder.iterdir())

    assert b"tlh" not in whole
    assert state.totals == anew(of).totals
    db.session.add_all(stored(of, [*drawn(9, seed=33)], language="tlh"))
    assert followed(of).people_by(INDIVIDUAL, "_language")["tlh"] == 9


def test_what_was_taken_back_is_gone_without_anybody_counting(
    of: Round, client: FlaskClient
) -> None:
    followed(of)
    gone = db.session.scalars(select(Submission.id).limit(1)).one()
    db.session.execute(delete(Submission).where(Submission.id == gone))
    db.session.add_all(stored(of, [*drawn(1, seed=31)]))
    client.get("/en/").close()

    assert identity(gone) not in held(of)
    assert len(held(of)) == 299, "who came alone waits for others"


def test_what_was_changed_is_counted_as_it_is(of: Round) -> None:
    followed(of)
    every = [*db.session.scalars(select(Submission))]
    for each in every[:20]:
        each.answers = {**each.answers, "Trust": "5"}
    state = followed(of)

    assert held(of) == there(of)
    assert state.totals == anew(of).totals


def test_what_came_and_went_unseen_leaves_nothing(of: Round) -> None:
    followed(of)
    fleeting = stored(of, [*drawn(1, seed=4)])
    db.session.add_all(fleeting)
    db.session.commit()
    db.session.delete(fleeting[0])
    state = followed(of)

    assert state.people(INDIVIDUAL) == 300
    assert db.session.scalars(select(PendingSubmission)).all() == []


def test_the_snapshot_can_be_thrown_away(of: Round) -> None:
    before = told(of)
    for path in snapshot(of).folder.iterdir():
        path.unlink()

    assert told(of) == before


def test_a_snapshot_of_another_database_is_void(of: Round) -> None:
    followed(of)
    db.session.execute(update(SnapshotState).values(token="another"))
    db.session.add_all(stored(of, [*drawn(10, seed=5)]))

    assert followed(of).people(INDIVIDUAL) == 310
    assert held(of) == there(of)


def test_whatever_stops_on_the_way_is_made_good(of: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    followed(of)
    db.session.add_all(stored(of, [*drawn(10, seed=6)]))
    db.session.commit()
    with monkeypatch.context() as broken:
        broken.setattr(Snapshot, "_keep", _kept_and_stopped(Snapshot._keep))
        with pytest.raises(KeyboardInterrupt):
            followed(of)
    db.session.rollback()

    assert followed(of).people(INDIVIDUAL) == 310
    assert held(of) == there(of)


def _kept_and_stopped(keep: Callable[[Snapshot, State], None]) -> Callable[..., None]:
    def stop(own: Snapshot, state: State) -> None:
        keep(own, state)
        raise KeyboardInterrupt

    return stop


def test_an_answer_alone_waits_for_others(of: Round) -> None:
    followed(of)
    db.session.add_all(stored(of, [*drawn(4, seed=7)]))

    assert followed(of, least=5).people(INDIVIDUAL) == 300
    db.session.add_all(stored(of, [*drawn(1, seed=8)]))
    assert followed(of, least=5).people(INDIVIDUAL) == 305


def test_nothing_tells_of_order_or_time(of: Round) -> None:
    followed(of)
    for seed in range(10, 13):
        db.session.add_all(stored(of, [*drawn(20, seed=seed)]))
        followed(of)
    of.stage = CLOSED
    state = followed(of)
    [path] = snapshot(of).folder.glob("*.parquet")
    ids = duckdb.connect().execute("SELECT id FROM read_parquet(?)", [str(path)]).fetchall()

    assert state.settled
    assert ids == sorted(ids)
    times = {each.stat().st_mtime for each in (path.parent, *path.parent.iterdir())}
    assert times == {0}
    assert len(path.stem) == 32


def test_nobody_else_can_read_it(of: Round) -> None:
    followed(of)

    for path in [snapshot(of).folder, *snapshot(of).folder.iterdir()]:
        assert not path.stat().st_mode & 0o077, path


def test_the_words_people_wrote_are_not_in_it(of: Round) -> None:
    followed(of)
    whole = b"".join(path.read_bytes() for path in Path(snapshot(of).folder).iterdir())

    assert b"in two lines" not in whole


def test_many_small_files_become_one(of: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consultations.analysis.snapshots.snapshot.FEW", 3)
    rows = [*ROWS]
    followed(of)
    for seed in range(20, 26):
        more = [*drawn(5, seed=seed)]
        rows += more
        db.session.add_all(stored(of, more))
        followed(of)

    assert len([*snapshot(of).folder.glob("*.parquet")]) < 4
    assert told(of) == expected(of, rows)


def test_the_digest_tells_answers_apart_and_not_their_order(of: Round) -> None:
    first = data_digest(of.consultation, of)
    db.session.execute(delete(Submission))
    db.session.commit()
    shuffled = [*ROWS]
    Random(1).shuffle(shuffled)
    db.session.add_all(stored(of, shuffled))
    second = data_digest(of.consultation, of)
    db.session.add_all(stored(of, [*drawn(1, seed=30)]))

    assert first == second
    assert data_digest(of.consultation, of) != second
