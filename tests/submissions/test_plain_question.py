"""A sum that people of every script can answer."""

from collections import Counter

import pytest

from consultations.submissions.plain_question import Sum, plain_question
from consultations.submissions.receipts import form_token


@pytest.mark.parametrize(
    "typed", ["12", " 12 ", "١٢", "۱۲", "१२", "１２", "12.", "= 12", "\u200f12"]
)
def test_digits_of_every_script_answer_it(typed: str) -> None:
    assert Sum(7, 5).answered_by(typed)


@pytest.mark.parametrize("typed", ["", "13", "twelve", "1 2 3", "²", "x" * 5_000, "9" * 5_000])
def test_anything_else_does_not(typed: str) -> None:
    assert not Sum(7, 5).answered_by(typed)


def test_a_form_always_has_the_same_question() -> None:
    token = form_token()
    assert plain_question(token) == plain_question(token)


def test_forms_have_questions_of_their_own() -> None:
    asked = Counter(plain_question(form_token()) for _ in range(2_000))
    assert len(asked) == 81
    assert max(asked.values()) < 80


def test_its_numbers_are_words() -> None:
    assert Sum(1, 9).words == ("one", "nine")
