"""Limits keep no address, and keep nobody out."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultations.web import limits
from consultations.web.limits import Addresses, many_from_here

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.today = MONDAY

    def day(self) -> date:
        return self.today


def test_answers_are_counted_by_address() -> None:
    addresses = Addresses(Clock().day)
    assert [addresses.count("203.0.113.5") for _ in range(3)] == [1, 2, 3]
    assert addresses.count("203.0.113.6") == 1


def test_a_household_is_one_place_whatever_the_end_of_its_address() -> None:
    addresses = Addresses(Clock().day)
    assert addresses.count("2001:db8:1:2::1") == 1
    assert addresses.count("2001:db8:1:2:aaaa::9") == 2
    assert addresses.count("2001:db8:1:3::1") == 1
    assert addresses.count("::ffff:203.0.113.5") == addresses.count("203.0.113.5") - 1


@pytest.mark.parametrize("address", [None, "", "127.0.0.1", "::1", "0.0.0.0", "no address"])
def test_where_nothing_can_be_told_nothing_is_counted(address: str | None) -> None:
    addresses = Addresses(Clock().day)
    assert [addresses.count(address) for _ in range(3)] == [0, 0, 0]


def test_key_and_counts_are_gone_the_next_day() -> None:
    clock = Clock()
    addresses = Addresses(clock.day)
    addresses.count("203.0.113.5")
    key, names = addresses._key, set(addresses._counts)
    clock.today = TUESDAY
    assert addresses.count("203.0.113.5") == 1
    assert addresses._key != key
    assert not names & set(addresses._counts)


def test_no_address_is_in_memory() -> None:
    addresses = Addresses(Clock().day)
    addresses.count("203.0.113.5")
    assert "203.0.113.5" not in str(vars(addresses))
    assert bytes([203, 0, 113, 5]) not in addresses._counts


def test_two_processes_know_an_address_by_different_names() -> None:
    one, other = Addresses(Clock().day), Addresses(Clock().day)
    one.count("203.0.113.5")
    other.count("203.0.113.5")
    assert not set(one._counts) & set(other._counts)


def test_very_many_addresses_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_ADDRESSES", 2)
    addresses = Addresses(Clock().day)
    assert [addresses.count(f"203.0.113.{end}") for end in (1, 2, 3, 1)] == [1, 1, 0, 2]


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_an_address_that_sends_very_many_is_noticed(app: Flask) -> None:
    usual = app.extensions["settings"].answers_per_address

    def sends(address: str) -> bool:
        with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
            first = many_from_here()
            assert many_from_here() == first, "one request is counted once"
            return first

    assert [sends("203.0.113.5") for _ in range(usual + 1)] == [False] * usual + [True]
    assert not sends("203.0.113.6")


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
def test_whoever_guesses_is_told_when_to_come_again(
    app: Flask, client: FlaskClient, lang: str
) -> None:
    for _ in range(app.extensions["settings"].guesses_per_minute):
        assert client.post(f"/{lang}/receipt/", data={"receipt": "none"}).status_code == 404
    answer = client.post(f"/{lang}/receipt/", data={"receipt": "none"})
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "60"
    assert f'lang="{lang}"' in answer.text


def test_limits_write_nothing() -> None:
    source = Path(limits.__file__).read_text()
    assert not [word for word in ("open(", "db.", "log", "session") if word in source]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "same"),
    [
        (0, "198.51.100.1", False),
        (1, "198.51.100.1", True),
        (1, "made up, 198.51.100.1", True),
        (2, "198.51.100.1, 10.0.0.1", True),
        (1, "made up", False),
        (2, "198.51.100.1", False),
    ],
)
@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_only_our_own_web_servers_are_believed(
    app: Flask, proxies: int, forwarded: str, same: bool
) -> None:
    app.extensions["settings"].proxies = proxies
    app.extensions["settings"].answers_per_address = 1
    assert app.extensions["addresses"].count("198.51.100.1") == 1
    headers = {"X-Forwarded-For": forwarded}
    with app.test_request_context(headers=headers, environ_base={"REMOTE_ADDR": "127.0.0.1"}):
        assert many_from_here() == same
