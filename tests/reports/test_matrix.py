"""The matrix: support minus opposition, withheld as soon as one count it needs is."""

from typing import Any

import pytest

from consultations.reports.matrix import rising, rows, sides

POSITIONS = ["support", "support_with_changes", "oppose", "no_view"]
WORDS: dict[str, Any] = {
    "questions": {
        "p": {
            "role": "position",
            "kind": "single",
            "provision": "art_1",
            "choices": {code: {} for code in POSITIONS},
        }
    }
}


def table(cells: dict[str, int | None], **more: Any) -> dict[str, Any]:
    return {
        "id": "p.overall",
        "question": "p",
        "by": [],
        "categories": [{"code": code} for code in cells],
        "groups": [{"codes": [], "base": 100, "answered": 90}],
        "cells": [{"category": code, "group": [], "count": count} for code, count in cells.items()],
        **more,
    }


def test_support_is_the_first_two_choices_and_opposition_the_third() -> None:
    cells = {"support": 40, "support_with_changes": 22, "oppose": 20, "no_view": 8, "-": 10}
    [row] = rows([table(cells)], WORDS)
    assert (row["support"], row["oppose"], row["net"]) == (62.0, 20.0, 42.0)
    assert row["provision"] == "art_1"


@pytest.mark.parametrize(
    ("hidden", "told"),
    [
        ("support", (None, 20.0, None)),
        ("support_with_changes", (None, 20.0, None)),
        ("oppose", (62.0, None, None)),
        ("no_view", (62.0, 20.0, 42.0)),
    ],
)
def test_a_withheld_count_withholds_what_is_made_of_it(
    hidden: str, told: tuple[float | None, ...]
) -> None:
    cells: dict[str, int | None] = {"support": 40, "support_with_changes": 22, "oppose": 20}
    [row] = rows([table({**cells, "no_view": 8, "-": 10, hidden: None})], WORDS)
    assert (row["support"], row["oppose"], row["net"]) == told


def test_a_merged_category_counts_where_it_stays_on_one_side() -> None:
    merged = table({"yes": 62, "oppose": 20, "no_view": 8, "-": 10})
    merged["categories"][0] = {"code": "yes", "of": ["support", "support_with_changes"]}
    [row] = rows([merged], WORDS)
    assert row["support"] == 62.0


def test_a_category_across_both_sides_says_nothing() -> None:
    merged = table({"support": 40, "mixed": 42, "no_view": 8, "-": 10})
    merged["categories"][1] = {"code": "mixed", "of": ["support_with_changes", "oppose"]}
    [row] = rows([merged], WORDS)
    assert row["net"] is None


def test_tables_of_two_breakdowns_have_no_rows() -> None:
    assert rows([table({"support": 1}, by=["gender", "age"])], WORDS) == []


@pytest.mark.parametrize(
    ("codes", "lowest"),
    [
        (["1", "2", "3", "4", "5"], "1"),
        (["5", "4", "3", "2", "1"], "1"),
        (["much_better", "better", "no_difference", "worse", "much_worse"], "much_worse"),
        (["strongly_disagree", "disagree", "neither", "agree", "strongly_agree"],
         "strongly_disagree"),
        (["strongly_agree", "agree", "neither", "disagree", "strongly_disagree"],
         "strongly_disagree"),
        (["a", "b", "c", "d", "e"], "a"),
    ],
)  # fmt: skip
def test_the_lowest_point_of_a_scale(codes: list[str], lowest: str) -> None:
    assert rising(codes)[0] == lowest
    assert sides(None, "scale", codes)[1] == frozenset(rising(codes)[:2])


def test_a_question_that_is_neither_has_no_sides() -> None:
    assert sides(None, "single", ["a", "b", "c", "d"]) == (frozenset(), frozenset())


def by_group(**counts: dict[str, int]) -> dict[str, Any]:
    """A table by group, its groups' counts by position; the one of everyone has no codes."""
    rows = [([] if name == "everyone" else [name], cells) for name, cells in counts.items()]
    return {
        **table({}),
        "id": "p.by.group",
        "by": ["group"],
        "categories": [{"code": code} for code in [*POSITIONS, "-"]],
        "groups": [
            {"codes": codes, "base": sum(cells.values()), "answered": 0} for codes, cells in rows
        ],
        "cells": [
            {"category": category, "group": codes, "count": count}
            for codes, cells in rows
            for category, count in cells.items()
        ],
    }


WOMEN = {"support": 30, "support_with_changes": 10, "oppose": 10, "no_view": 0, "-": 0}
EVERYONE = {"support": 60, "support_with_changes": 20, "oppose": 50, "no_view": 10, "-": 10}


def test_a_group_is_compared_with_everyone_else() -> None:
    [row] = rows([by_group(women=WOMEN, everyone=EVERYONE)], WORDS, minimum_base=20)
    assert row["net"] == 60.0
    assert row["rest"] == {"base": 100, "net": 0.0, "distance": 60.0}


@pytest.mark.parametrize("who", ["women", "everyone"])
def test_with_a_count_withheld_nothing_is_said_of_the_rest(who: str) -> None:
    made = by_group(women=WOMEN, everyone=EVERYONE)
    group = [] if who == "everyone" else [who]
    hidden = next(e for e in made["cells"] if (e["group"], e["category"]) == (group, "oppose"))
    hidden["count"] = None
    [row] = rows([made], WORDS, minimum_base=20)
    assert row["rest"] is None


def test_few_others_are_not_compared() -> None:
    [row] = rows([by_group(women=WOMEN, everyone=EVERYONE)], WORDS, minimum_base=101)
    assert row["rest"] is None


def test_everyone_has_no_rest() -> None:
    [row] = rows([table({**EVERYONE})], WORDS)
    assert row["rest"] is None
