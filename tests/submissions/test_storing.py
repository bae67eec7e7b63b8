"""Answers that wait for SQLite's one writer are stored together, each as if it were alone."""

import fcntl
import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, func, select

from consultations.db import Values, db, new_key, straight
from consultations.rounds.models import Round
from consultations.submissions import storing
from consultations.submissions.models import Submission
from consultations.submissions.storing import _store_together, _Waiting, store
from consultations.submissions.uploads import Upload
from tests.factories import a_consultation, a_round


@pytest.fixture
def of(app: Flask) -> Round:
    made = a_round(a_consultation())
    db.session.commit()
    return made


def row(of: Round, **changed: object) -> dict[str, Any]:
    return {
        "id": new_key(),
        "round_id": of.id,
        "questionnaire_version_id": of.questionnaire_version_id,
        "kind": "individual",
        "channel": "web",
        "entry": "open",
        "language": "en",
        "received_on": date(2026, 1, 2),
        "weight": None,
        "consent": {"take_part": True},
        "given": [],
        "answers": {"art_1_position": "support"},
        "receipt_hash": new_key(),
        "marks": [],
        **changed,
    }


def stands(of: Round) -> Mapping[str, str]:
    return {"consultation_id": of.consultation_id, "stamp": of.consultation.stamp}


def waits(of: Round, **changed: object) -> _Waiting:
    """An answer of another thread that waits for its turn."""
    waiting = _Waiting({**row(of, **changed), **stands(of)})
    storing._waiting.append(waiting)
    return waiting


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Submission)) or 0


def test_an_answer_is_stored_while_what_was_read_is_so(of: Round) -> None:
    assert not store(row(of), {**stands(of), "stamp": "another"})
    assert not store(row(of), {**stands(of), "consultation_id": "another"})
    assert count() == 0
    assert store(row(of), stands(of))
    assert count() == 1


def test_a_receipt_has_one_answer(of: Round) -> None:
    assert store(row(of, receipt_hash="a"), stands(of))
    assert not store(row(of, receipt_hash="a"), stands(of))
    assert count() == 1


def test_an_answer_gives_way_only_to_one_that_is_stored(of: Round) -> None:
    assert store(row(of, receipt_hash="old"), stands(of))
    assert not store(row(of), {**stands(of), "stamp": "another"}, replaces="old")
    assert db.session.scalars(select(Submission.receipt_hash)).all() == ["old"]
    db.session.rollback()
    assert store(row(of, receipt_hash="new"), stands(of), replaces="old")
    assert db.session.scalars(select(Submission.receipt_hash)).all() == ["new"]


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_those_that_wait_are_stored_in_one_transaction(
    of: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    run: list[str] = []

    def listening(connection: Connection, statement: str, values: Values = ()) -> int:
        run.append(statement.split()[0])
        return straight(connection, statement, values)

    monkeypatch.setattr(storing, "straight", listening)
    same = new_key()
    others = [waits(of), waits(of, receipt_hash=same), waits(of, receipt_hash=same)]
    assert store(row(of), stands(of))
    assert [each.stored for each in others] == [True, True, False]
    assert count() == 3
    assert run == ["BEGIN", *4 * ["INSERT"], "COMMIT"]


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_one_that_cannot_be_stored_keeps_no_other_from_it(of: Round) -> None:
    wrong, right = waits(of, round_id="none"), waits(of)
    assert store(row(of), stands(of))
    assert (wrong.stored, right.stored) == (None, None), "each tries again when it has its turn"
    assert count() == 1
    assert not storing._waiting


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_what_was_taken_along_meanwhile_is_not_stored_again(of: Round) -> None:
    """Whoever waits too long for a turn goes on without one."""
    other = waits(of)
    assert store(row(of), stands(of))
    _store_together(other)
    assert other.stored


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
@pytest.mark.parametrize("files", [{}, {"photo": Upload("png", "image/png", b"picture")}])
def test_processes_take_turns(of: Round, app: Flask, files: Mapping[str, Upload]) -> None:
    own, standing = row(of), stands(of)

    def stored() -> bool:
        with app.app_context():
            return store(own, standing, files=files)

    other = os.open(Path(db.engine.url.database or "").parent, os.O_RDONLY)
    fcntl.flock(other, fcntl.LOCK_EX)
    with ThreadPoolExecutor() as threads:
        waiting = threads.submit(stored)
        with pytest.raises(TimeoutError):
            waiting.result(timeout=0.2)
        os.close(other)
        assert waiting.result(timeout=10)


def test_many_at_once_are_all_stored(of: Round, app: Flask) -> None:
    rows, standing = [row(of) for _ in range(40)], stands(of)

    def stored(each: Mapping[str, Any]) -> bool:
        with app.app_context():
            return store(each, standing)

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(stored, rows))
    assert count() == len(rows)
