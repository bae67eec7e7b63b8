"""Which groups are listed as too few: those of which a reader sees it already, and no others."""

from collections.abc import Mapping
from typing import Any

import pytest

from consultations.errors import ConsultationsError
from consultations.reports.prose import LONGEST, checked_prose
from consultations.reports.too_few import SmallGroup, small_groups

WORDS: dict[str, Any] = {"dimensions": {"gender": {}}, "groups": {"women": {}, "hill": {}}}


def numbers(
    groups: list[dict[str, Any]],
    rows: Mapping[tuple[str, str], tuple[int | None, int | None]],
) -> dict[str, Any]:
    """Protected numbers with one table per (breakdown, code): its base, its one count."""
    return {
        "words": WORDS,
        "coverage": {"groups": groups},
        "tables": [
            {
                "by": [by],
                "groups": [{"codes": [code], "base": base}],
                "cells": [
                    {"group": [code], "category": "yes", "count": count},
                    {"group": [code], "category": "-", "count": count},
                ],
            }
            for (by, code), (base, count) in rows.items()
        ],
    }


def gender(code: str, count: int | None, **more: Any) -> dict[str, Any]:
    return {"dimension": "gender", "codes": [code], "count": count, **more}


TOLD: dict[tuple[str, str], tuple[int | None, int | None]] = {
    ("group", "women"): (40, 30),
    ("group", "hill"): (40, 30),
}


def test_a_group_with_numbers_is_not_listed() -> None:
    assert small_groups(numbers([gender("man", 40)], TOLD | {("gender", "man"): (40, 30)})) == []


def test_a_withheld_count_and_withheld_answers_are_listed() -> None:
    found = numbers(
        [gender("man", 12), gender("another", None)],
        TOLD | {("gender", "man"): (12, None), ("group", "hill"): (None, None)},
    )
    assert small_groups(found) == [
        SmallGroup("group", "hill", (), counted=False),
        SmallGroup("gender", "man", (), counted=True),
        SmallGroup("gender", "another", (), counted=False),
    ]


def test_what_nobody_chose_tells_nothing_of_a_group() -> None:
    found = numbers([gender("man", 14)], TOLD | {("gender", "man"): (14, 0)})
    assert [each.code for each in small_groups(found)] == ["man"]


def test_a_zero_that_is_shown_is_not_heard() -> None:
    found = numbers([gender("another", 0)], TOLD | {("group", "hill"): (0, None)})
    assert small_groups(found) == []


def test_whether_a_withheld_count_is_zero_makes_no_difference() -> None:
    """Nothing but what is published goes in: there is no raw count to look at."""
    (found,) = small_groups(numbers([gender("another", None)], TOLD))
    assert not found.counted


def test_merged_and_unnamed_groups_are_not_told_apart() -> None:
    merged = gender("man+another", 90, of={"gender": ["man", "another"]})
    rows = TOLD | {("gender", "man+another"): (90, 40)}
    assert small_groups(numbers([merged, gender("-", None)], rows)) == []


def test_other_breakdowns_are_no_groups_of_people() -> None:
    web = {"dimension": "channel", "codes": ["paper"], "count": None}
    assert small_groups(numbers([web], TOLD)) == []


@pytest.mark.parametrize(
    "text",
    ["Three or 3 people.", "٣ أشخاص", "३ लोग", "About ½ of them.", "Article Ⅳ.", "m²"],
)
def test_digits_of_any_script_are_refused(text: str) -> None:
    with pytest.raises(ConsultationsError, match="number"):
        checked_prose(text)


@pytest.mark.parametrize(
    "text",
    [
        'They said "no".',
        "They said “no”.",
        "Ils disent « non ».",
        "„Nein“",
        "‚Nein‘",
        "「いいえ」",
        "They said 'no'.",
        "They said ‘no’.",
        "＂no＂",
    ],
)
def test_quotation_marks_are_refused(text: str) -> None:
    with pytest.raises(ConsultationsError, match="quotation"):
        checked_prose(text)


@pytest.mark.parametrize(
    "text",
    [
        "L’article n'est pas clair.",
        "The parties’ notice.",
        "يطلبون إشعاراً أطول.",
        "他们要求更长的通知。",
    ],
)
def test_plain_prose_passes(text: str) -> None:
    assert checked_prose(f"  {text}\r\n") == text


def test_what_is_too_long_or_no_text_is_refused() -> None:
    for text in ("a" * (LONGEST + 1), "a\0b"):
        with pytest.raises(ConsultationsError):
            checked_prose(text)
