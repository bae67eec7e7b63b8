"""Personal codes and addresses: made, struck off, forgotten."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import select, text

from consultations.clock import now
from consultations.codes import new_code, read_code
from consultations.config import Settings
from consultations.db import db
from consultations.errors import RoundNotOpen
from consultations.participants.addresses import Addressee, revealed
from consultations.participants.entering import CodeUsed, UnknownCode
from consultations.participants.models import Contact, PersonalCode
from consultations.participants.queries import to_invite, to_remind
from consultations.participants.services import FORGOTTEN, invite, make_codes, strike_off
from consultations.rounds.models import Round
from consultations.rounds.services import close
from tests.factories import a_consultation, a_round

SECRET = "one secret"
BY = {"secret": SECRET, "by": None}
AMINA, BORIS = Addressee("amina@mail.example", "ar"), Addressee("Boris@mail.example", "en")


@pytest.fixture
def of(app: Flask) -> Round:
    """An open round."""
    return a_round(a_consultation())


def made(of: Round, count: int = 1) -> list[str]:
    """Codes for a partner, committed."""
    codes = make_codes(of, "Women's network", count, **BY, at=now())
    db.session.commit()
    return codes


def stored(code: str) -> str | None:
    """Whether what is stored was struck off: by which page."""
    return db.session.scalars(select(PersonalCode.struck_by)).one()


def test_a_code_lets_somebody_in_once(of: Round) -> None:
    (code,) = made(of)
    strike_off(of, code, page="first", secret=SECRET)
    with pytest.raises(CodeUsed):
        strike_off(of, code, page="second", secret=SECRET)


def test_the_same_page_sent_twice_is_let_in_again(of: Round) -> None:
    (code,) = made(of)
    strike_off(of, code, page="first", secret=SECRET)
    strike_off(of, code, page="first", secret=SECRET)


def test_codes_are_made_in_their_printed_form_and_stored_nowhere(of: Round) -> None:
    codes = made(of, 20)
    kept = db.session.scalars(select(PersonalCode)).all()
    assert [read_code(code) for code in codes] == codes
    assert {each.partner for each in kept} == {"Women's network"}
    assert {each.struck_by for each in kept} == {None}
    assert len({each.id for each in kept}) == len(set(codes)) == 20
    for code in codes:
        assert code.replace("-", "") not in " ".join(each.id for each in kept)


def test_an_unknown_code_and_one_of_another_round_let_nobody_in(of: Round) -> None:
    (code,) = made(a_round(of.consultation, number=2))
    for wrong in (code, new_code()):
        with pytest.raises(UnknownCode):
            strike_off(of, wrong, page="page", secret=SECRET)
    assert stored(code) is None


def test_nobody_comes_in_while_the_round_is_not_open(of: Round) -> None:
    (code,) = made(of)
    close(of, by=None, at=now())
    with pytest.raises(RoundNotOpen):
        strike_off(of, code, page="page", secret=SECRET)
    assert stored(code) is None


def test_of_many_who_come_with_one_code_at_once_one_is_let_in(app: Flask, of: Round) -> None:
    (code,) = made(of)

    def come(number: int) -> bool:
        with app.app_context():
            try:
                own = db.session.get_one(Round, key)
                strike_off(own, code, page=str(number), secret=SECRET)
                db.session.commit()
            except CodeUsed:
                db.session.rollback()
                return False
            return True

    key = of.id
    db.session.commit()
    with ThreadPoolExecutor(8) as many:
        assert sum(many.map(come, range(16))) == 1


def test_nothing_tells_which_code_was_struck_off_last(of: Round, settings: Settings) -> None:
    if not settings.database_url:
        pytest.skip("SQLite keeps this table in the order of its keys")
    for number, code in enumerate(made(of, 9)):
        strike_off(of, code, page=str(number), secret=SECRET)
        db.session.commit()
        laid = db.session.execute(text("SELECT id, xmin::text FROM personal_code")).all()
        assert [each.id for each in laid] == sorted(each.id for each in laid)
        assert len({each.xmin for each in laid}) == 1


def test_addresses_are_kept_encrypted_with_a_code_each(of: Round) -> None:
    assert invite(of, "Network", [AMINA, BORIS], **BY, at=now()) == 2
    kept = db.session.scalars(select(Contact)).all()
    codes = {each.id for each in db.session.scalars(select(PersonalCode))}
    assert {each.code_id for each in kept} == codes
    assert {each.language for each in kept} == {"ar", "en"}
    for each in kept:
        assert "mail.example" not in f"{each.id} {each.address} {each.code}"


def test_nobody_is_invited_twice(of: Round) -> None:
    invite(of, "Network", [AMINA], **BY, at=now())
    again = Addressee("AMINA@mail.example", "en")
    assert invite(of, "Another", [again, BORIS], **BY, at=now()) == 1
    assert len(db.session.scalars(select(PersonalCode)).all()) == 2


def test_an_address_is_forgotten_when_its_code_is_struck_off(of: Round) -> None:
    code = _invited(of, AMINA)
    strike_off(of, code, page="page", secret=SECRET)
    db.session.commit()
    kept = db.session.scalars(select(Contact)).one()
    assert {name: getattr(kept, name) for name in FORGOTTEN} == FORGOTTEN
    assert set(FORGOTTEN) | {"id", "round_id"} == set(Contact.__table__.columns.keys())
    assert invite(of, "Network", [AMINA], **BY, at=now()) == 0
    assert to_invite(of) == to_remind(of) == []


def test_whoever_is_written_to_is_in_another_order_every_time(of: Round) -> None:
    people = [Addressee(f"person{number}@mail.example", "en") for number in range(30)]
    invite(of, "Network", people, **BY, at=now())
    first, second = to_invite(of), to_invite(of)
    assert first != second
    assert {each.id for each in first} == {each.id for each in second}


def test_other_addresses_are_kept_meanwhile(of: Round) -> None:
    code = _invited(of, AMINA)
    invite(of, "Network", [BORIS], **BY, at=now())
    strike_off(of, code, page="page", secret=SECRET)
    db.session.commit()
    assert sum(each.address != "" for each in db.session.scalars(select(Contact))) == 1


def test_addresses_are_deleted_when_the_round_closes(of: Round) -> None:
    _invited(of, AMINA)
    close(of, by=None, at=now())
    db.session.commit()
    assert db.session.scalars(select(Contact)).all() == []


def _invited(of: Round, whom: Addressee) -> str:
    """The code that somebody has by e-mail."""
    invite(of, "Network", [whom], **BY, at=now())
    db.session.commit()
    kept = db.session.scalars(select(Contact)).one()
    return revealed(kept.code, secret=SECRET)
