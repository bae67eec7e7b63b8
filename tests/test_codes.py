import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.codes import (
    GROUP,
    LONG,
    RANDOM,
    SHORT,
    CodeError,
    Mistyped,
    NothingTyped,
    WrongLength,
    code_hash,
    new_code,
    random_digits,
    read_code,
    with_check,
)

CODE = with_check("12345678901234567890123456")


def test_a_code_is_seven_groups_of_four_digits_that_read_back():
    groups = new_code().split("-")

    assert [len(group) for group in groups] == [GROUP] * (SHORT // GROUP)
    assert "".join(groups).isdecimal()
    assert read_code("-".join(groups)) == "-".join(groups)


def test_the_check_digits_are_those_of_the_standard():
    assert with_check("794").replace("-", "") == "79444"  # the example of ISO 7064, MOD 97-10


def test_a_code_has_at_least_eighty_random_bits():
    assert RANDOM * math.log2(10) > 80
    assert len({random_digits() for _ in range(100)}) == 100


@pytest.mark.parametrize(
    "typed",
    [
        CODE.replace("-", ""),
        CODE.replace("-", " "),
        f" {CODE.replace('-', ' – ')}\n",
        CODE.translate({ord(digit): 0x0660 + int(digit) for digit in "0123456789"}),
        CODE.translate({ord(digit): 0x06F0 + int(digit) for digit in "0123456789"}),
        CODE.translate({ord(digit): 0x0966 + int(digit) for digit in "0123456789"}),
        f"\u200e{CODE}\u202c",
    ],
    ids=["together", "spaces", "dashes", "arabic", "persian", "devanagari", "marks of direction"],
)
def test_it_may_be_typed_in_many_ways(typed):
    assert read_code(typed) == CODE


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("", NothingTyped),
        (" - ", NothingTyped),
        (CODE[:-1], WrongLength),
        (CODE + "7", WrongLength),
        ("9" * 100_000, WrongLength),
        (CODE.replace("1", "l", 1), CodeError),
        (CODE.replace("12", "21", 1), Mistyped),
        (CODE.replace("1", "²", 1), CodeError),
    ],
)
def test_what_cannot_be_a_code_is_told_apart(typed, error):
    with pytest.raises(error) as caught:
        read_code(typed)
    assert type(caught.value) is error


@pytest.mark.parametrize(("typed", "length"), [(1, 28), (27, 28), (33, 28), (36, 40), (99, 40)])
def test_how_long_the_code_is_that_was_likely_meant_is_said(typed, length):
    with pytest.raises(WrongLength) as caught:
        read_code("1" * typed)
    assert caught.value.values == {"count": typed, "length": length}


@given(
    st.integers(0, 10**RANDOM - 1),
    st.integers(0, SHORT - 1),
    st.integers(1, 9),
)
def test_one_wrong_digit_is_always_noticed(number, place, change):
    digits = with_check(str(number).zfill(RANDOM)).replace("-", "")
    wrong = str((int(digits[place]) + change) % 10)

    assert read_code(digits)
    with pytest.raises(Mistyped):
        read_code(digits[:place] + wrong + digits[place + 1 :])


@given(st.integers(0, 10 ** (LONG - 2) - 1), st.integers(0, LONG - 2))
def test_two_digits_that_changed_places_are_always_noticed(number, place):
    digits = with_check(str(number).zfill(LONG - 2)).replace("-", "")
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]

    if swapped == digits:
        assert read_code(swapped)
    else:
        with pytest.raises(Mistyped):
            read_code(swapped)


def test_every_purpose_and_secret_has_other_hashes():
    made = {
        code_hash(code, secret, purpose)
        for code in (CODE, new_code())
        for secret in ("one", "another")
        for purpose in ("saved form", "personal code")
    }

    assert len(made) == 8
    assert {len(each) for each in made} == {32}
