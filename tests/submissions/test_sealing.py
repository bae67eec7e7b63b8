from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.errors import TooLarge
from consultations.submissions.sealing import LARGEST_SEAL, SealError, seal, unseal

HERE = {"secret": "one secret", "form": "code/2"}
STATE = {"token": "t", "answers": {"q": "نعم", "n": 3, "m": ["a", "b"]}}


def test_what_was_sealed_comes_back():
    assert unseal(seal(STATE, **HERE), **HERE) == STATE


def test_it_cannot_be_read():
    sealed = seal({"answer": "readable words"}, **HERE)
    raw = urlsafe_b64decode(sealed)

    assert b"readable" not in raw
    assert seal({"answer": "readable words"}, **HERE) != sealed, "nor is one like another"


@given(st.integers(0), st.integers(1, 255))
def test_a_changed_seal_is_refused(place, change):
    raw = bytearray(urlsafe_b64decode(seal(STATE, **HERE)))
    raw[place % len(raw)] ^= change

    with pytest.raises(SealError):
        unseal(urlsafe_b64encode(raw).decode(), **HERE)


@pytest.mark.parametrize("sealed", ["", "x", "gAAAAA==", "é" * 50, "A" * (LARGEST_SEAL + 1)])
def test_what_is_no_seal_is_refused(sealed):
    with pytest.raises(SealError):
        unseal(sealed, **HERE)


@pytest.mark.parametrize("change", [{"secret": "another"}, {"form": "code/1"}])
def test_a_seal_of_another_server_or_form_is_refused(change):
    with pytest.raises(SealError):
        unseal(seal(STATE, **HERE), **{**HERE, **change})


def test_more_than_a_form_may_carry_is_refused():
    with pytest.raises(TooLarge):
        seal({"text": "x" * 300_000}, **HERE)


def test_the_largest_state_can_be_opened_again():
    state = {"text": "".join(chr(0x4E00 + i * 7919 % 20000) for i in range(80_000))}

    assert unseal(seal(state, **HERE), **HERE) == state
