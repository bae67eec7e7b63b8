"""Texts that are nearly the same, and answers that came many times in one day."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

import pytest

from consultations.submissions.alike import (
    nearly_the_same,
    normalised,
    patterns_of,
    repeated_in_a_day,
)

CALL = (
    "We call on the Parties to give notice of every exercise sixty days before it begins, "
    "and to tell the villages along the river in their own languages."
)
ARABIC = (
    "ندعو الأطراف إلى الإخطار بكل تمرين قبل ستين يوما من بدئه وإبلاغ القرى على طول النهر بلغاتها"
)
OTHERS = (
    "My father keeps bees on the northern slope and hears the guns every spring.",
    "Why are the visits to the depots left out of the second article altogether?",
    "The dates should be published where fishermen see them, at the harbour office.",
)
FIRST = date(2026, 3, 2)


def test_the_same_words_are_found_among_others() -> None:
    assert nearly_the_same([*OTHERS, *[CALL] * 5], at_least=5) == {3, 4, 5, 6, 7}


def test_fewer_than_asked_for_are_no_pattern() -> None:
    assert nearly_the_same([*OTHERS, *[CALL] * 4], at_least=5) == set()


@pytest.mark.parametrize("text", [CALL, ARABIC])
def test_small_changes_hide_nothing(text: str) -> None:
    words = text.split()
    changed = [
        text.upper(),
        text.replace(",", " -- "),
        f"Hello! {text}",
        f"{text} Thank you.",
        " ".join(words[:-1]),
        " ".join([*words[:3], words[4], words[3], *words[5:]]),
    ]
    assert nearly_the_same([*OTHERS, *changed], at_least=5) == {3, 4, 5, 6, 7, 8}


def test_short_texts_are_nobodys_campaign() -> None:
    assert nearly_the_same(["I agree with this article."] * 50, at_least=5) == set()


def test_texts_on_one_subject_are_not_the_same() -> None:
    random = Random(1)
    words = CALL.lower().replace(",", "").replace(".", "").split()
    texts = [" ".join(random.sample(words, 15)) for _ in range(50)]
    assert nearly_the_same(texts, at_least=5) == set()


def test_nothing_is_found_in_nothing() -> None:
    assert nearly_the_same([], at_least=5) == set()
    assert nearly_the_same(["", " ", "?!"], at_least=1) == set()


def test_what_is_easily_changed_is_left_out() -> None:
    assert normalised("Ｃａｆé,\n  NOTICE!") == normalised("cafe notice")
    assert normalised("مُدَوَّنة") == normalised("مدونة")


def answers(random: Random, questions: int = 12) -> dict[str, str]:
    return {f"q{place}": random.choice("abcd") for place in range(questions)}


def repeated(given: list[dict[str, str]], days: Sequence[date | None]) -> set[int]:
    questions = [f"q{place}" for place in range(12)]
    patterns = [patterns_of([each.get(name) for name in questions]) for each in given]
    return repeated_in_a_day(patterns, days, at_least=5)


def spread(count: int, random: Random) -> list[date]:
    return [FIRST + timedelta(days=random.randrange(20)) for _ in range(count)]


def test_the_same_answers_many_times_in_a_day_are_found() -> None:
    random = Random(2)
    honest = [answers(random) for _ in range(400)]
    machine = [answers(random)] * 30
    days = [*spread(400, random), *[FIRST + timedelta(days=3)] * 30]
    assert repeated([*honest, *machine], days) == set(range(400, 430))


def test_answers_that_differ_in_one_are_found_as_well() -> None:
    random = Random(3)
    honest = [answers(random) for _ in range(400)]
    same = answers(random)
    machine = [{**same, "q5": random.choice("abcd")} for _ in range(30)]
    days = [*spread(400, random), *[FIRST + timedelta(days=3)] * 30]
    assert repeated([*honest, *machine], days) == set(range(400, 430))


def test_many_people_who_agree_are_not_machines() -> None:
    random = Random(4)
    agreeing = {f"q{place}": "a" for place in range(12)}
    given = [agreeing if random.random() < 0.4 else answers(random) for _ in range(1_000)]
    assert repeated(given, spread(1_000, random)) == set()


def test_a_busy_day_of_people_who_agree_is_not_machines() -> None:
    random = Random(5)
    agreeing = {f"q{place}": "a" for place in range(12)}
    given = [agreeing if random.random() < 0.4 else answers(random) for _ in range(1_500)]
    days = [*spread(1_000, random), *[FIRST + timedelta(days=7)] * 500]
    assert repeated(given, days) == set()


def test_few_answers_say_nothing() -> None:
    random = Random(6)
    given = [answers(random) for _ in range(100)] + [{"q1": "a", "q2": "b"}] * 50
    days = [*spread(100, random), *[FIRST] * 50]
    assert repeated(given, days) == set()


def test_answers_without_a_day_are_left_out() -> None:
    given = [answers(Random(7))] * 50
    assert repeated(given, [None] * 50) == set()


def test_chance_alone_is_not_noticed_among_very_many() -> None:
    random = Random(8)
    given = [
        {
            f"q{place}": "a" if random.random() < lean else random.choice("abcd")
            for place in range(12)
        }
        for lean in (random.random() for _ in range(20_000))
    ]
    assert repeated(given, spread(20_000, random)) == set()
