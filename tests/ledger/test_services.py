"""The log in the database: it grows, and its heads prove that it only grew."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from time import sleep

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from consultations.db import db
from consultations.ledger.models import LedgerEntry, TreeHead
from consultations.ledger.queries import entries, read_log
from consultations.ledger.services import Overtaken, append, sign_head
from consultations.ledger.signing import public_hex, verified
from consultations.ledger.tree import consistent
from tests.factories import a_consultation

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
DAY, LATER = date(2026, 11, 23), date(2026, 12, 1)


def test_entries_are_appended_in_order(app: Flask) -> None:
    of = a_consultation().id
    assert append(of, [b"a", b"b"]) == [0, 1]
    assert append(of, [b"c"]) == [2]
    assert entries(of) == (b"a", b"b", b"c")


def test_every_consultation_has_a_log_of_its_own(app: Flask) -> None:
    one, other = a_consultation("one").id, a_consultation("other").id
    append(one, [b"a"])
    assert append(other, [b"b"]) == [0]
    assert entries(other) == (b"b",)


def test_a_head_is_signed_once_per_size(app: Flask) -> None:
    of = a_consultation().id
    append(of, [b"a", b"b"])
    head = sign_head(of, "code", KEY, at=DAY)
    assert sign_head(of, "code", KEY, at=LATER) == head
    kept = db.session.get_one(TreeHead, (of, 2))
    assert verified(public_hex(KEY), head.statement(), kept.signature)


def test_a_later_head_continues_the_earlier_one(app: Flask) -> None:
    of = a_consultation().id
    append(of, [b"a", b"b", b"c"])
    first = sign_head(of, "code", KEY, at=DAY)
    append(of, [b"d", b"e"])
    second = sign_head(of, "code", KEY, at=LATER)
    log = read_log(of, "code")
    assert log.heads == (first, second)
    roots = [bytes.fromhex(head.root) for head in log.heads]
    assert consistent(3, roots[0], 5, roots[1], log.tree.consistency(3))


def test_two_publications_at_once_cannot_take_the_same_place(app: Flask) -> None:
    of = a_consultation().id
    append(of, [b"a"])
    db.session.expunge_all()
    db.session.add(LedgerEntry(consultation_id=of, index=0, payload=b"other"))
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_nothing_is_appended_to_a_log_that_grew_meanwhile(app: Flask) -> None:
    """Whoever prepared a publication before another one came did not know what it tells."""
    of = a_consultation().id
    append(of, [b"a"])
    with pytest.raises(Overtaken):
        append(of, [b"b"], start=0)
    assert entries(of) == (b"a",)


def test_of_two_publications_at_once_one_is_refused(app: Flask) -> None:
    """Two processes take the same place: the log does not fork, and the second one is told."""
    of = a_consultation().id
    db.session.commit()
    with Session(db.engine) as other:
        other.add(LedgerEntry(consultation_id=of, index=0, payload=b"first"))
        other.flush()
        with ThreadPoolExecutor(1) as thread:
            second = thread.submit(_append_beside, app, of)
            sleep(0.3)
            other.commit()
            assert second.result(timeout=30) == "refused"
    assert entries(of) == (b"first",)


def _append_beside(app: Flask, of: str) -> str:
    with app.app_context():
        try:
            append(of, [b"second"], start=0)
            db.session.commit()
        except Overtaken:
            return "refused"
        finally:
            db.session.remove()
    return "published"
