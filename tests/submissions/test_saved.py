from base64 import urlsafe_b64decode

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.clock import now
from consultations.codes import new_code
from consultations.db import db
from consultations.errors import RoundNotOpen, TooLarge
from consultations.rounds.models import Round
from consultations.rounds.services import close
from consultations.submissions.models import SavedForm
from consultations.submissions.queries import saved_form
from consultations.submissions.saved import LARGEST, lock, unlock
from consultations.submissions.services import save_form
from tests.factories import a_consultation, a_round

SECRET = {"secret": "one secret"}
TEXT = '{"answers": {"q": "نعم"}}'


def test_what_was_locked_opens_with_its_code() -> None:
    code = new_code()
    assert unlock(lock(TEXT, code, **SECRET), code, **SECRET) == TEXT


def test_it_opens_with_nothing_else() -> None:
    code = new_code()
    locked = lock(TEXT, code, **SECRET)
    assert unlock(locked, new_code(), **SECRET) is None
    assert unlock(locked, code, secret="another secret") is None
    assert unlock(locked[:-8], code, **SECRET) is None


def test_it_holds_no_time_and_does_not_tell_how_much_was_written() -> None:
    code = new_code()
    little, more = lock("{}", code, **SECRET), lock(TEXT * 100, code, **SECRET)
    assert len(little) == len(more)
    assert urlsafe_b64decode(little)[1:9] == bytes(8)


@pytest.mark.parametrize("length", [0, 1, 4094, 4095, 4096, 4097, LARGEST])
def test_any_length_comes_back(length: int) -> None:
    code = new_code()
    assert unlock(lock("x" * length, code, **SECRET), code, **SECRET) == "x" * length


def test_more_than_a_form_may_hold_is_refused() -> None:
    with pytest.raises(TooLarge):
        lock("x" * (LARGEST + 1), new_code(), **SECRET)


@pytest.fixture
def of(app: Flask) -> Round:
    return a_round(a_consultation())


def test_a_form_is_kept_under_its_code(of: Round) -> None:
    code = new_code()
    save_form(of, code, TEXT, **SECRET)
    assert saved_form(of, code, **SECRET) == TEXT
    assert saved_form(of, new_code(), **SECRET) is None
    assert saved_form(of, code, secret="another secret") is None


def test_each_form_is_kept_under_a_code_of_its_own(of: Round) -> None:
    first, second = new_code(), new_code()
    save_form(of, first, "first", **SECRET)
    save_form(of, second, "second", **SECRET)
    assert saved_form(of, first, **SECRET) == "first"
    assert saved_form(of, second, **SECRET) == "second"


def test_saving_again_replaces_what_was_kept(of: Round) -> None:
    code = new_code()
    save_form(of, code, "first", **SECRET)
    save_form(of, code, TEXT, **SECRET)
    assert saved_form(of, code, **SECRET) == TEXT
    assert len(db.session.scalars(select(SavedForm)).all()) == 1


def test_nothing_stored_tells_the_code_or_the_words(of: Round) -> None:
    code = new_code()
    save_form(of, code, TEXT, **SECRET)
    kept = db.session.scalars(select(SavedForm)).one()
    assert code.replace("-", "") not in f"{kept.id} {kept.content}"
    assert "answers" not in kept.content


def test_a_form_of_another_round_is_not_found(of: Round) -> None:
    code, other = new_code(), a_round(of.consultation, number=2)
    save_form(of, code, TEXT, **SECRET)
    assert saved_form(other, code, **SECRET) is None


def test_closing_the_round_deletes_its_saved_forms(of: Round) -> None:
    code, kept = new_code(), new_code()
    save_form(of, code, TEXT, **SECRET)
    other = a_round(of.consultation, number=2)
    save_form(other, kept, TEXT, **SECRET)
    close(of, by=None, at=now())
    db.session.commit()
    assert saved_form(of, code, **SECRET) is None
    assert saved_form(other, kept, **SECRET) == TEXT


def test_nothing_is_kept_once_the_round_is_closed(of: Round) -> None:
    close(of, by=None, at=now())
    with pytest.raises(RoundNotOpen):
        save_form(of, new_code(), TEXT, **SECRET)
