"""The synthetic participants: as many as declared, in the shares declared, the same every time."""

from collections import Counter
from datetime import date
from operator import itemgetter

import pytest

from consultations.codebook import BATTERIES, NOT_ASKED
from consultations.demonstration.content import read
from consultations.demonstration.population import ABOUT_YOU, voices

PARAMETERS = read("population")
PROVISIONS = read("questionnaire")["provisions"]
SENTENCES = {
    eid: {
        theme["code"]: theme["sentences"]
        for theme in read("themes")["themes"]
        if theme["provision"] == eid
    }
    for eid in PROVISIONS
}
DAYS = (date(2026, 3, 1), date(2026, 5, 31))


def _first_round():
    return voices(PARAMETERS, SENTENCES, PROVISIONS, round_number=1, days=DAYS)


@pytest.fixture(scope="module")
def first_round():
    return _first_round()


def test_everyone_answers_on_every_article_and_on_two_in_depth(first_round):
    assert len(first_round) == 3000
    for voice in first_round:
        assert len(voice.given) == 2
        assert all(f"{eid}_position" in voice.answers for eid in PROVISIONS)
        asked = {eid for eid in PROVISIONS if voice.answers[f"{eid}_effect"] != NOT_ASKED}
        assert set(voice.given) <= asked
        assert 2 <= len(asked) <= 5
        assert DAYS[0] <= voice.received_on <= DAYS[1]


def test_the_same_seed_gives_the_same_people(first_round):
    assert _first_round() == first_round


def _greatest(answers):
    six = [answers[f"disability_{part}"] for part in BATTERIES["disability"].questions]
    return six[0] if six[0].startswith("-") else BATTERIES["disability"].category(six)


@pytest.mark.parametrize("dimension", sorted(set(ABOUT_YOU) - {"age"}))
def test_shares_are_as_declared(first_round, dimension):
    declared = PARAMETERS[dimension]
    category = _greatest if dimension == "disability" else itemgetter(dimension)
    counted = Counter(category(voice.answers) for voice in first_round)
    for code, weight in declared.items():
        share = weight / sum(declared.values())
        assert counted[code] / 3000 == pytest.approx(share, abs=0.02)


def test_every_second_writes_in_the_words_of_a_theme(first_round):
    writing = [voice for voice in first_round if voice.themes]
    assert len(writing) / 3000 == pytest.approx(0.48, abs=0.02)
    for voice in writing:
        for question, theme in voice.themes.items():
            eid = question.removesuffix("_change")
            assert eid in voice.given
            assert voice.answers[question] in SENTENCES[eid][theme][voice.language]


def _net(people, eid):
    counted = Counter(voice.answers[f"{eid}_position"] for voice in people)
    supporting = counted["support"] + counted["support_with_changes"]
    return (supporting - counted["oppose"]) / len(people)


def test_groups_differ_where_they_should(first_round):
    minorities = [v for v in first_round if v.answers["minority"] in ("hill", "delta")]
    youth = [v for v in first_round if v.answers["age"] in ("18-24", "25-29")]
    assert _net(minorities, "art_4") < 0.1 < _net(first_round, "art_4")
    assert _net(first_round, "art_6") > 0.6
    assert _net(youth, "art_7") > _net(first_round, "art_7")
    assert abs(_net(first_round, "art_5")) < 0.2
