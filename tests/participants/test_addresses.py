import pytest

from consultations.participants.addresses import (
    Addressee,
    address_key,
    hidden,
    read_addresses,
    revealed,
)

LANGUAGES = ("en", "fr", "ar")


def read(text):
    return read_addresses(text, LANGUAGES, "en")


def test_one_address_a_line_with_its_language():
    found = read("amina@mail.example, ar\nboris@mail.example\n\n")

    assert found.addressees == (
        Addressee("amina@mail.example", "ar"),
        Addressee("boris@mail.example", "en"),
    )
    assert found.wrong == ()


@pytest.mark.parametrize(
    "line",
    ["a@b.example;fr", "a@b.example\tFR", ' "a@b.example" , "fr" ', "\ufeffa@b.example,fr,more"],
)
def test_lists_are_written_in_many_ways(line):
    assert read(line).addressees == (Addressee("a@b.example", "fr"),)


def test_the_names_of_the_columns_are_passed_over():
    found = read("address,language\na@b.example,fr")

    assert (len(found.addressees), found.wrong) == (1, ())


def test_the_same_address_counts_once():
    assert len(read("a@b.example\nA@B.example,fr").addressees) == 1


@pytest.mark.parametrize(
    "line",
    [
        "no address",
        "a@b",
        "a@@b.example",
        "a@b.example,xx",
        "a b@c.example",
        "<a@b.example>",
        f"{'a' * 250}@b.example",
        "a@b.example\rBcc: c@d.example".replace("\r", " "),
    ],
)
def test_what_is_no_address_is_named_by_its_line(line):
    found = read(f"a@b.example\n{line}\n")

    assert found.wrong == (2,)
    assert len(found.addressees) == 1


def test_what_is_kept_tells_nothing_without_the_secret():
    kept = hidden("amina@mail.example", secret="one secret")

    assert "amina" not in kept
    assert kept != hidden("amina@mail.example", secret="one secret")
    assert revealed(kept, secret="one secret") == "amina@mail.example"


def test_an_address_has_one_key_in_a_round():
    key = address_key("Amina@mail.example", "round 1", secret="one secret")

    assert key == address_key("amina@MAIL.example", "round 1", secret="one secret")
    assert key != address_key("amina@mail.example", "round 2", secret="one secret")
    assert key != address_key("amina@mail.example", "round 1", secret="another secret")
