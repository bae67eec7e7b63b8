"""Weighted figures: what published counts allow, never more."""

from collections.abc import Mapping
from typing import Any

import pytest

from consultations.reports.weighted import weighted
from tests.reports.by_hand import a_table

Groups = Mapping[str, tuple[int | None, float | None]]


def coverage(**dimensions: Groups) -> dict[str, Any]:
    """Who was heard: by dimension and group, how many and their share in the population."""
    first = next(iter(dimensions.values()))
    return {
        "individuals": sum(count or 0 for count, _ in first.values()),
        "groups": [
            {"dimension": name, "codes": [code], "count": count, "reference_share": share}
            for name, groups in dimensions.items()
            for code, (count, share) in groups.items()
        ],
    }


GENDER: Groups = {"F": (50, 0.6), "M": (50, 0.4)}
AGE: Groups = {"young": (40, 0.5), "old": (60, 0.5)}
BY_GENDER = {("F",): {"Y": 32, "N": 18}, ("M",): {"Y": 14, "N": 36}, (): {"Y": 46, "N": 54}}
BY_BOTH = {
    ("F", "young"): {"Y": 24, "N": 6},
    ("F", "old"): {"Y": 8, "N": 12},
    ("M", "young"): {"Y": 4, "N": 6},
    ("M", "old"): {"Y": 10, "N": 30},
    (): {"Y": 46, "N": 54},
}


def figures(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    [way] = found
    return [{name: one[name] for name in ("category", "percent", "weighted")}
            for one in way["figures"]]  # fmt: skip


def test_groups_count_by_their_share_in_the_population() -> None:
    table = a_table("vote", "single", BY_GENDER, by=["gender"])
    found = weighted([table], coverage(gender=GENDER))
    assert figures(found) == [
        {"category": "Y", "percent": 46.0, "weighted": round(0.6 * 64 + 0.4 * 28)},
        {"category": "N", "percent": 54.0, "weighted": round(0.6 * 36 + 0.4 * 72)},
    ]
    assert found[0]["design_effect"] == pytest.approx(1.04, abs=5e-4)
    assert (found[0]["largest_weight"], found[0]["trimmed"], found[0]["missed"]) == (1.2, False, 0)


def test_two_dimensions_are_raked_where_their_crossing_is_published() -> None:
    table = a_table("vote", "single", BY_BOTH, by=["gender", "age"])
    [way] = weighted([table], coverage(gender=GENDER, age=AGE))
    assert way["by"] == ["gender", "age"]
    assert [each["weighted"] for each in way["figures"]] == [52, 48]  # 51.5 % and 48.5 %
    assert (way["design_effect"], way["effective_size"]) == (1.058, 94)


@pytest.mark.parametrize("place", [("F", "young"), ("M", "old")])
def test_one_base_withheld_and_there_is_no_raking(place: tuple[str, str]) -> None:
    rows = {**BY_BOTH, place: {"Y": None, "N": None}}
    table = a_table("vote", "single", rows, by=["gender", "age"])
    assert weighted([table], coverage(gender=GENDER, age=AGE)) == []


def test_one_count_withheld_and_its_answer_is_not_weighted() -> None:
    rows = {
        code: {"Y": cells["Y"], "N": 10, "D": cells["N"] - 10} for code, cells in BY_GENDER.items()
    }
    rows["F",] |= {"N": None, "D": None}
    table = a_table("vote", "single", rows, by=["gender"], bases={("F",): 50})
    assert [each["weighted"] for each in figures(weighted([table], coverage(gender=GENDER)))] == [
        50, None, None,
    ]  # fmt: skip


def test_a_group_that_is_not_counted_weighs_nothing() -> None:
    table = a_table("vote", "single", BY_GENDER, by=["gender"])
    unknown: Groups = {"F": (50, 0.6), "M": (None, 0.4)}
    assert weighted([table], coverage(gender=unknown)) == []
    assert weighted([table], coverage(gender={"F": (50, None), "M": (50, None)})) == []


def test_who_did_not_say_keeps_the_share_heard() -> None:
    rows = {**BY_GENDER, ("-",): {"Y": 25, "N": 0}, (): {"Y": 71, "N": 54}}
    table = a_table("vote", "single", rows, by=["gender"])
    found = weighted([table], coverage(gender={**GENDER, "-": (25, None)}))
    assert figures(found)[0]["weighted"] == round(100 * (0.2 + 0.8 * (0.6 * 0.64 + 0.4 * 0.28)))


def test_a_group_without_a_share_has_what_the_others_leave() -> None:
    table = a_table("vote", "single", BY_GENDER, by=["gender"])
    left = weighted([table], coverage(gender={"F": (50, 0.6), "M": (50, None)}))
    assert left == weighted([table], coverage(gender=GENDER))


def test_a_group_for_which_nothing_is_left_is_not_weighted_away() -> None:
    rows = {**BY_GENDER, ("X",): {"Y": 25, "N": 0}, (): {"Y": 71, "N": 54}}
    table = a_table("vote", "single", rows, by=["gender"])
    found = weighted([table], coverage(gender={**GENDER, "X": (25, None)}))
    assert figures(found)[0]["weighted"] == round(100 * (0.2 + 0.8 * (0.6 * 0.64 + 0.4 * 0.28)))


def test_weights_come_from_all_who_were_heard_and_not_from_those_asked() -> None:
    rows = {("F",): {"Y": 8, "N": 2}, ("M",): {"Y": 10, "N": 30}, (): {"Y": 18, "N": 32}}
    table = a_table("vote", "single", rows, by=["gender"])
    [yes, _] = figures(weighted([table], coverage(gender=GENDER)))
    assert yes["weighted"] == round(100 * (1.2 * 8 + 0.8 * 10) / (1.2 * 10 + 0.8 * 40))


def test_what_is_cut_at_the_cap_is_said() -> None:
    rows = {("F",): {"Y": 5, "N": 5}, ("M",): {"Y": 500, "N": 490}, (): {"Y": 505, "N": 495}}
    table = a_table("vote", "single", rows, by=["gender"])
    [way] = weighted([table], coverage(gender={"F": (10, 0.1), "M": (990, 0.9)}))
    assert (way["trimmed"], way["largest_weight"], way["missed"]) == (True, 5.0, 5.0)


def test_overlapping_groups_and_organisations_weigh_nothing() -> None:
    table = a_table("vote", "single", BY_GENDER, by=["gender"])
    bodies = {**table, "population": "organisations"}
    assert weighted([bodies], coverage(gender=GENDER)) == []
    grouped = a_table("vote", "single", BY_GENDER, by=["group"])
    assert weighted([grouped], coverage(group=GENDER)) == []
