"""Two publications subtracted from each other."""

from typing import Any

import pytest

from consultations.reports.moved import all_of_one_mind, moved_too_little, moves, opened
from tests.reports.published import report

CATEGORIES = ("support", "oppose", "neutral")


def published(rows: dict[str, tuple], *, total: tuple | None = None, **more: Any) -> dict[str, Any]:
    """A report with one table by age; a row is (counts..., base), everyone's is their sum."""
    listed = dict(rows)
    listed[""] = total or tuple(
        None if None in column else sum(column) for column in zip(*rows.values(), strict=True)
    )
    return {
        "coverage": {
            "individuals": listed[""][-1],
            "by_channel": [],
            "by_language": [],
            "non_response": [],
            "groups": [
                {"dimension": "age", "codes": [code], "count": row[-1], **of(code)}
                for code, row in rows.items()
            ],
        },
        "tables": [
            {
                "id": "q.by.age",
                "question": "q",
                "by": ["age"],
                "status": "published",
                "categories": [{"code": code} for code in CATEGORIES],
                "groups": [
                    {"codes": [code] if code else [], "base": row[-1], "answered": row[-1]}
                    | (of(code) if code else {})
                    for code, row in listed.items()
                ],
                "cells": [
                    {"group": [code] if code else [], "category": category, "count": count}
                    for code, row in listed.items()
                    for category, count in zip(CATEGORIES, row, strict=False)
                ],
                **more,
            }
        ],
    }


def of(code: str) -> dict[str, Any]:
    return {"of": {"age": code.split("/")}} if "/" in code else {}


def test_what_was_published_again_has_not_moved():
    moved = moves(report(), report())
    assert moved.keys() == {"vote.overall", "vote.by.gender", "coverage.groups.gender",
                            "coverage.groups.channel", "coverage.groups._language",
                            "coverage.non_response vote"}  # fmt: skip
    assert not any(any(values) for values in moved.values())


def test_the_late_respondent_of_vector_t9_shows():
    """Design, method B, T9: women 15-24, interim 12/9/7 of 28, final 12/10/7 of 29."""
    interim = published({"15-24": (12, 9, 7, 28), "25+": (30, 30, 30, 90)})
    final = published({"15-24": (12, 10, 7, 29), "25+": (30, 30, 30, 90)})
    moved = moves(interim, final)["q.by.age"]
    assert 1 in moved
    assert moved_too_little(moved, 5)
    assert not moved_too_little(moves(interim, interim)["q.by.age"], 5)


def test_as_many_as_the_threshold_may_move():
    interim = published({"15-24": (12, 9, 7, 28), "25+": (30, 30, 30, 90)})
    final = published({"15-24": (17, 15, 7, 39), "25+": (30, 30, 30, 90)})
    assert not moved_too_little(moves(interim, final)["q.by.age"], 5)
    assert moved_too_little(moves(interim, final)["q.by.age"], 6)


@pytest.mark.parametrize("turned", [False, True])
def test_merged_groups_are_added_up_on_the_other_side(turned):
    """Handbook 5.2 (T8), re-banding: what one publication tells apart and another together."""
    fine = published({"a": (10, 10, 10, 30), "b": (20, 20, 20, 60), "c": (9, 9, 9, 27)})
    coarse = published({"a/b": (31, 30, 30, 91), "c": (9, 9, 9, 27)})
    pair = (coarse, fine) if turned else (fine, coarse)
    assert {abs(value) for value in moves(*pair)["q.by.age"]} == {0, 1}
    assert {abs(value) for value in moves(*pair)["coverage.groups.age"]} == {0, 1}


def test_what_is_left_of_a_row_moved_too():
    """The two withheld cells of a row moved by 2 together, and both reports tell their sum."""
    earlier = published({"a": (20, None, None, 40), "b": (30, 30, 30, 90)}, total=(50, 45, 35, 130))
    later = published({"a": (20, None, None, 42), "b": (30, 30, 30, 90)}, total=(50, 45, 35, 132))
    assert moves(earlier, later)["q.by.age"].count(2) >= 2
    assert moved_too_little(moves(earlier, later)["q.by.age"], 5)


def test_what_is_left_of_a_column_moved_too():
    earlier = published(
        {"a": (None, None, None, None), "b": (30, 30, 30, 90)}, total=(50, 45, 35, 130)
    )
    later = published(
        {"a": (None, None, None, None), "b": (30, 30, 30, 90)}, total=(53, 45, 35, 133)
    )
    moved = moves(earlier, later)
    assert 3 in moved["q.by.age"]
    assert set(moved["coverage.groups.age"]) == {0, 3}


def test_what_must_have_moved_behind_a_gap_moved_too():
    """Of 9 women opposed, 7 at most are left: so many are withheld in the column together."""
    earlier = published({"a": (20, 9, 11, 40), "b": (30, 30, 30, 90), "c": (9, 9, 9, 27)})
    later = published(
        {"a": (10, None, None, 20), "b": (30, 30, 30, 90), "c": (9, None, None, 27)},
        total=(49, 37, 51, 137),
    )
    assert 2 in moves(earlier, later)["q.by.age"]
    assert 2 in moves(later, earlier)["q.by.age"]
    enough = published(
        {"a": (10, None, None, 20), "b": (30, 30, 30, 90), "c": (9, None, None, 27)},
        total=(49, 45, 43, 137),
    )
    assert 2 not in moves(earlier, enough)["q.by.age"]


def test_what_must_have_moved_inside_a_merged_group_moved_too():
    """Of the 9 of the younger who opposed, 7 at most are left: so many of both do."""
    earlier = published({"a": (20, 9, 11, 40), "b": (30, 5, 30, 65), "c": (50, 50, 50, 150)})
    later = published({"a/b": (30, 7, 20, 57), "c": (50, 50, 50, 150)})
    assert 2 in moves(earlier, later)["q.by.age"]
    assert 2 in moves(later, earlier)["q.by.age"]


def test_groups_over_categories_overlap_and_leave_nothing_over():
    more = {"by": ["group"]}
    earlier = published(
        {"a": (20, 10, 10, 40), "b": (30, 30, 30, 90)}, total=(50, 45, 35, 130), **more
    )
    later = published(
        {"a": (20, 10, 10, 40), "b": (30, 30, 30, 90)}, total=(60, 45, 35, 140), **more
    )
    assert set(moves(earlier, later)["q.by.age"]) == {0, 10}


def test_a_new_group_counts_from_zero():
    earlier = published({"b": (30, 30, 30, 90)})
    later = published({"a": (3, 0, 0, 3), "b": (30, 30, 30, 90)})
    assert moved_too_little(moves(earlier, later)["q.by.age"], 5)


def test_withheld_tables_are_not_compared():
    assert "q.by.age" not in moves(
        published({"a": (1, 2, 3, 6)}, status="withheld"), published({"a": (2, 2, 3, 7)})
    )


def test_kinds_of_non_response_are_compared():
    later = report()
    later["coverage"]["non_response"][0]["count"] += 2
    assert moves(report(), later, {"vote"})["coverage.non_response vote"] == [2]


def test_how_many_did_not_answer_may_move_unless_the_question_is_sensitive():
    """Of seven who came late one did not answer: a report tells that of any question."""
    later = report()
    for table in later["tables"]:
        for cell in table["cells"]:
            if cell["category"] == "-" and cell["group"] != ["M"]:
                cell["count"] += 1
    later["coverage"]["non_response"][0]["count"] += 1
    assert not any(any(values) for values in moves(report(), later).values())
    moved = moves(report(), later, {"vote"})
    assert moved_too_little(moved["vote.by.gender"], 5)
    assert moved_too_little(moved["coverage.non_response vote"], 5)


def test_late_answers_of_one_mind_show():
    """T11 on the difference: six came late, and all six opposed."""
    interim = published({"a": (12, 9, 7, 28), "b": (30, 30, 30, 90)})
    final = published({"a": (12, 15, 7, 34), "b": (30, 30, 30, 90)})
    assert not moved_too_little(moves(interim, final)["q.by.age"], 5)
    assert all_of_one_mind(interim["tables"][0], final["tables"][0], 5)
    mixed = published({"a": (17, 15, 7, 39), "b": (30, 30, 30, 90)})
    assert not all_of_one_mind(interim["tables"][0], mixed["tables"][0], 5)


def test_gaps_that_moved_though_nobody_did_are_found():
    """Of 27 nobody came or went: beside 9 and 11, 5 leave 2, which both reports withhold."""
    interim = published({"15-24": (11, None, None, 27), "25+": (30, None, None, 90)})
    final = published({"15-24": (None, 5, None, 27), "25+": (None, 30, None, 90)})
    assert not moved_too_little(moves(interim, final)["q.by.age"], 5)
    assert opened(interim, final) == {"q.by.age"}
    assert opened(interim, interim) == set()


def test_gaps_may_move_where_those_behind_them_did():
    interim = published({"15-24": (11, None, None, 27), "25+": (30, None, None, 90)})
    final = published({"15-24": (None, 15, None, 47), "25+": (None, 50, None, 190)})
    assert opened(interim, final) == set()


def test_a_gap_that_was_no_secret_may_be_told():
    """Merged, the two withheld counts are what the row leaves anyway."""
    interim = published({"15-24": (11, None, None, 27), "25+": (30, None, None, 90)})
    final = published({"15-24": (11, 16, 27), "25+": (30, 60, 90)})
    table = final["tables"][0]
    table["categories"] = [{"code": "support"}, {"code": "o+n", "of": ["oppose", "neutral"]}]
    for cell in table["cells"]:
        cell["category"] = {"oppose": "o+n"}.get(cell["category"], cell["category"])
    table["cells"] = [cell for cell in table["cells"] if cell["category"] != "neutral"]
    assert opened(interim, final) == set()


def test_groups_whose_size_is_told_once_are_found():
    interim = published({"a": (9, 9, 9, None), "b": (9, 9, 9, None), "c": (9, 9, 9, 27)},
                        total=(27, 27, 27, 81))  # fmt: skip
    final = published({"a": (9, 9, 9, 27), "b": (9, 9, 9, None), "c": (9, 9, 9, None)},
                      total=(27, 27, 27, 81))  # fmt: skip
    assert opened(interim, final) == {"q.by.age", "coverage.groups.age"}


def test_a_choice_of_several_that_is_told_once_is_found():
    more = {"exclusive": False}
    interim = published({"15-24": (11, None, None, 27), "25+": (30, 9, 9, 90)}, **more)
    final = published({"15-24": (11, 9, None, 27), "25+": (30, 9, 9, 90)}, **more)
    assert opened(interim, final) == {"q.by.age"}


def overall(counts: tuple, **more: Any) -> dict[str, Any]:
    """A report of an overall table alone."""
    return published({}, total=counts, id="q.overall", by=[], **more)


def test_a_total_is_compared_wherever_it_stands():
    """An overall table, and then one by age that was withheld before: both tell everyone."""
    later = published({"a": (12, 9, 7, 28), "b": (30, 30, 30, 90)})
    assert 1 in moves(overall((42, 38, 37, 117)), later)["q.by.age"]
    assert not any(moves(overall((42, 39, 37, 118)), later)["q.by.age"])


def test_a_gap_that_another_table_opens_is_found():
    later = published({"a": (12, 9, 7, 28), "b": (30, 30, 30, 90)})
    assert opened(overall((42, None, None, 118)), later) == {"q.by.age"}
    assert opened(overall((42, 39, 37, 118)), later) == set()


def test_a_crossing_is_compared_with_its_margins():
    crossed = published(
        {"a f": (6, 5, 4, 15), "a m": (6, 4, 3, 13), "b f": (30, 30, 30, 90)},
        id="q.by.age.sex",
        by=["age", "sex"],
    )
    table = crossed["tables"][0]
    for row in (*table["groups"], *table["cells"]):
        name = "codes" if "codes" in row else "group"
        row[name] = " ".join(row[name]).split()
    by_age = published({"a": (12, 9, 7, 28), "b": (30, 30, 30, 90)})
    for pair in ((crossed, by_age), (by_age, crossed)):
        (name,) = {table["id"] for table in pair[1]["tables"]}
        assert not any(moves(*pair)[name])
    by_age["tables"][0]["groups"][0]["base"] += 1
    assert 1 in moves(crossed, by_age)["q.by.age"]


def test_a_group_that_holds_all_of_a_dimension_is_not_by_it():
    by_age = published({"a": (12, 9, 7, 28), "b": (30, 30, 30, 90)})
    by_group = published(
        {"old": (31, 30, 30, 91)}, total=(42, 39, 37, 118), id="q.by.group", by=["group"]
    )
    by_group["tables"][0]["groups"][0]["of"] = {"age": ["b"], "sex": ["f", "m"]}
    by_group["coverage"]["groups"] = [
        {"dimension": "sex", "codes": [code], "count": 60} for code in "fm"
    ]
    assert 1 in moves(by_age, by_group)["q.by.group"]
    by_group["tables"][0]["groups"][0]["of"] = {"age": ["b"], "sex": ["f"]}
    assert 1 not in moves(by_age, by_group)["q.by.group"]


def test_everyone_outside_a_group_over_categories_moved_too():
    """Twelve more in all, ten of them in the group: two are outside it."""
    more = {"by": ["group"]}
    earlier = published({"a": (20, 10, 10, 40)}, total=(50, 45, 35, 130), **more)
    later = published({"a": (30, 10, 10, 50)}, total=(62, 45, 35, 142), **more)
    assert 2 in moves(earlier, later)["q.by.age"]


def test_a_group_over_categories_is_compared_with_its_parts():
    by_age = published({"a": (12, 9, 7, 28), "b": (30, 30, 30, 90), "c": (5, 5, 5, 15)})
    by_group = published(
        {"young": (43, 39, 37, 119)}, total=(47, 44, 42, 133), id="q.by.group", by=["group"]
    )
    by_group["tables"][0]["groups"][0]["of"] = {"age": ["a", "b"]}
    assert {0, 1, -1} == set(moves(by_age, by_group)["q.by.group"])
    by_group["tables"][0]["groups"][0]["of"] = {"age": ["a"]}
    assert 91 in moves(by_age, by_group)["q.by.group"]
