import re

import pytest

from consultations.submissions.receipts import (
    ALPHABET,
    form_token,
    normalised,
    receipt_code,
    receipt_hash,
)

SECRET = "one secret"


def test_the_same_form_always_has_the_same_code():
    token = form_token()

    assert receipt_code(token, secret=SECRET) == receipt_code(token, secret=SECRET)


def test_another_form_or_another_server_has_another_code():
    token = form_token()

    codes = {
        receipt_code(token, secret=SECRET),
        receipt_code(form_token(), secret=SECRET),
        receipt_code(token, secret="another secret"),
    }

    assert len(codes) == 3


def test_a_code_is_four_groups_of_five_without_lookalikes():
    codes = [receipt_code(form_token(), secret=SECRET) for _ in range(200)]

    assert all(re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}", c) for c in codes)
    assert set("".join(codes)) - {"-"} == set(ALPHABET)


@pytest.mark.parametrize(
    "typed",
    [
        "01234-ABCDE-FGHJK-1MN01",
        "01234abcdefghjk1mn01",
        "  o1234 abcde fghjk lmnOI ",
        "O1234–ABCDE–FGHJK–iMNo1",
    ],
)
def test_what_people_type_is_understood(typed):
    assert normalised(typed) == "01234-ABCDE-FGHJK-1MN01"


@pytest.mark.parametrize(
    "typed", ["", "01234", "U" * 20, "01234-ABCDE-FGHJK-1MN012", "٠١٢٣٤" * 4, "0" * 5_000_000]
)
def test_what_cannot_be_a_code_is_told(typed):
    assert normalised(typed) is None


def test_every_code_is_its_own_normal_form():
    code = receipt_code(form_token(), secret=SECRET)

    assert normalised(code) == code


def test_what_is_stored_does_not_give_the_code_away():
    code = receipt_code("token", secret=SECRET)
    stored = receipt_hash(code, secret=SECRET)

    assert re.fullmatch(r"[0-9a-f]{64}", stored)
    assert stored == receipt_hash(code, secret=SECRET)
    assert stored != receipt_hash(code, secret="another secret")
    assert code.replace("-", "") not in stored.upper()
