"""Canonical JSON: the examples of RFC 8785."""

import pytest

from consultations.ledger.canonical import canonical, digest


def test_sorts_keys_and_leaves_no_space():
    assert canonical({"b": [1, None, True], "a": "é"}) == '{"a":"é","b":[1,null,true]}'.encode()


def test_sorts_by_utf_16_code_units():
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\x80", "\u00f6"]
    expected = ["\r", "1", "\x80", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    written = canonical(dict.fromkeys(keys, 0)).decode()
    assert [written.index(key if key != "\r" else "\\r") for key in expected] == sorted(
        written.index(key if key != "\r" else "\\r") for key in expected
    )


@pytest.mark.parametrize(
    ("number", "written"),
    [(333333333.33333329, b"333333333.3333333"), (1e30, b"1e+30"), (4.50, b"4.5"), (34.0, b"34")],
)
def test_writes_numbers_as_ecmascript_does(number, written):
    assert canonical(number) == written


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**60])
def test_refuses_what_json_cannot_hold(value):
    with pytest.raises(ValueError, match=r".+"):
        canonical(value)


def test_digest_does_not_depend_on_the_order_of_keys():
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1}) != digest({"a": 1, "b": 3})
