from random import Random

import pytest

from consultations.codebook import declared
from consultations.questionnaires.builder import ten_minutes
from consultations.questionnaires.drawing import asked, draw
from consultations.questionnaires.duration import LONG, minutes
from consultations.questionnaires.structure import Choice, Question

SUMMARY = "Armies tell their neighbours twenty days before they exercise near a border."
GROUPS = ("gender", "age", "minority", "disability", "displacement")


def journey(articles, positions, in_depth, groups=GROUPS):
    headings = [(f"art_{n}", {"en": f"Article {n} · Notice"}) for n in range(1, articles + 1)]
    form = ten_minutes({}, headings, [declared(name) for name in groups], languages=["en"])
    how = {"positions": positions, "in_depth": in_depth}
    return minutes(
        asked(form, draw(form, **how, randomness=Random(1))),
        beside=[{"en": f"{n} {SUMMARY}"} for n in range(positions)],
    )


def test_the_default_journey_takes_about_ten_minutes():
    assert journey(10, 10, 2) in (8, 9, 10)


def test_what_is_not_drawn_takes_no_time():
    assert journey(40, 10, 2) == journey(10, 10, 2)


def test_everything_in_depth_is_too_long():
    assert journey(30, 30, 30) > LONG


def question(label="Why?", **details):
    return Question("q", details.pop("kind", "single"), {"en": label}, **details)


def test_words_take_the_time_to_read_them():
    assert minutes([question("word " * 1000)]) - minutes([question()]) == pytest.approx(7, abs=1)


def test_what_stands_there_again_is_read_once():
    choices = tuple(Choice(str(n), {"en": "word " * 100}) for n in range(5))

    alone = minutes([question(choices=choices, choice_list="list")])
    ten = minutes([question(choices=choices, choice_list="list")] * 10)

    assert ten - alone < 3


def test_what_is_not_shown_takes_no_time():
    hidden = [question("word " * 1000, kind=kind) for kind in ("hidden", "calculated")]

    assert minutes(hidden) == minutes([])


def test_scripts_without_spaces_are_read_as_well():
    assert minutes([question("通知" * 600)]) > minutes([question("通知")])
