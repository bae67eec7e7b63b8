"""Votes by group: consensus and spread from published votes, null where one is withheld."""

from typing import Any

import pytest

from consultations.reports.statements import statements
from tests.reports.by_hand import a_table

Votes = dict[str, int | None]
OLD: Votes = {"agree": 18, "disagree": 1, "pass": 1, "-": 5}
YOUNG: Votes = {"agree": 9, "disagree": 1, "pass": 0, "-": 0}
EVERYONE: Votes = {"agree": 27, "disagree": 2, "pass": 1, "-": 5}


def told(*, name: str = "harvest", by: str = "age", **groups: Votes) -> dict[str, Any]:
    """A table of votes; a group of which some vote is told has a base of 25."""
    rows = {(code,): votes for code, votes in groups.items()}
    bases = {
        codes: 25 for codes, votes in rows.items() if None in votes.values() and any(votes.values())
    }
    return a_table(name, "votes", {**rows, (): EVERYONE}, by=[by], bases=bases)


def test_consensus_is_over_the_groups_and_of_those_who_voted() -> None:
    [row] = statements([told(old=OLD, young=YOUNG)])
    assert row["all_agree"] == pytest.approx((19 / 22) * (10 / 12), abs=5e-5)
    assert row["all_disagree"] == pytest.approx((2 / 22) * (2 / 12), abs=5e-5)
    old, young, everyone = row["groups"]
    assert (old["agree"], old["disagree"], old["net"]) == (72.0, 4.0, 68.0)
    assert young["net"] == 80.0
    assert row["spread"] == 12.0
    assert (everyone["codes"], everyone["likelier_to_agree"]) == ([], None)


def test_a_group_is_compared_with_those_outside_it() -> None:
    [row] = statements([told(old=OLD, young=YOUNG)])
    assert row["groups"][0]["likelier_to_agree"] == pytest.approx((19 / 22) / (10 / 12), abs=0.005)
    assert row["groups"][1]["likelier_to_disagree"] == pytest.approx((2 / 12) / (2 / 22), abs=0.005)


def test_a_withheld_vote_takes_the_consensus_with_it() -> None:
    [row] = statements([told(old={**OLD, "disagree": None, "pass": None}, young=YOUNG)])
    assert (row["all_agree"], row["all_disagree"], row["spread"]) == (None, None, None)
    assert row["groups"][0]["net"] is None


def test_a_group_too_small_for_any_table_is_left_out_of_all() -> None:
    nobody: Votes = dict.fromkeys(OLD)
    first = told(old=OLD, young=YOUNG, few=nobody)
    [row] = statements([first])
    assert [each["codes"] for each in row["groups"]] == [["old"], ["young"], []]
    assert row["all_agree"] is not None
    second = told(name="radio", old=OLD, young=YOUNG, few=YOUNG)
    rows = statements([first, second])
    assert [each["all_agree"] is None for each in rows] == [True, False]


def test_who_did_not_say_is_no_group() -> None:
    [row] = statements([told(old=OLD, young=YOUNG, **{"-": YOUNG})])
    assert [each["codes"] for each in row["groups"]] == [["old"], ["young"], []]


def test_one_group_alone_has_no_consensus() -> None:
    [row] = statements([told(old=OLD)])
    assert row["all_agree"] is None


def test_channels_and_whole_tables_are_no_groups_of_people() -> None:
    assert statements([told(by="channel", web=OLD, paper=YOUNG)]) == []
    assert statements([a_table("harvest", "votes", {(): EVERYONE})]) == []
