"""Differences between two wordings."""

from hypothesis import given
from hypothesis import strategies as st

from consultations.drafts.differences import (
    ADDED,
    REMOVED,
    Change,
    compare,
    compare_paragraphs,
    differ,
)

WORDS = st.lists(
    st.sampled_from(["shall", "may", " ", "  ", "[", "]", ",", "\n", "قد", "قَدْ", "通知", "नहीं"])
).map("".join)


def test_words_are_compared_not_letters() -> None:
    assert compare("The Party shall notify.", "The Party may notify.") == (
        Change("The Party "),
        Change("shall", REMOVED),
        Change("may", ADDED),
        Change(" notify."),
    )


def test_a_space_between_two_changes_changes_with_them() -> None:
    assert compare("a red fox ran", "a big dog ran") == (
        Change("a "),
        Change("red fox", REMOVED),
        Change("big dog", ADDED),
        Change(" ran"),
    )


def test_brackets_are_pieces_of_their_own() -> None:
    assert compare("[two] visits", "two visits") == (
        Change("[", REMOVED),
        Change("two"),
        Change("]", REMOVED),
        Change(" visits"),
    )


def test_arabic_words_keep_their_marks() -> None:
    assert compare("يَجُوزُ للأطراف", "يَجِبُ للأطراف") == (
        Change("يَجُوزُ", REMOVED),
        Change("يَجِبُ", ADDED),
        Change(" للأطراف"),
    )


def test_scripts_without_spaces_are_compared_sign_by_sign() -> None:
    assert compare("缔约方应通知", "缔约方可通知") == (
        Change("缔约方"),
        Change("应", REMOVED),
        Change("可", ADDED),
        Change("通知"),
    )


def test_paragraphs_are_aligned_before_their_words() -> None:
    rows = compare_paragraphs(
        ["1. Each Party shall notify.", "2. Visits are announced."],
        ["1. Each Party shall notify.", "2. Civilians are protected first.", "3. Visits are told."],
    )
    assert [differ(row) for row in rows] == [False, True, True]
    assert rows[1] == (Change("2. Civilians are protected first.", ADDED),)
    assert any(run.change == REMOVED for run in rows[2])


@given(WORDS, WORDS)
def test_the_runs_give_both_versions_back(old: str, new: str) -> None:
    runs = compare(old, new)
    assert "".join(run.text for run in runs if run.change != ADDED) == old
    assert "".join(run.text for run in runs if run.change != REMOVED) == new
    assert all(run.text for run in runs)


@given(st.lists(WORDS.filter(bool), max_size=5), st.lists(WORDS.filter(bool), max_size=5))
def test_paragraphs_give_both_versions_back(old: list[str], new: list[str]) -> None:
    rows = compare_paragraphs(old, new)
    before = ["".join(run.text for run in row if run.change != ADDED) for row in rows]
    after = ["".join(run.text for run in row if run.change != REMOVED) for row in rows]
    assert [text for text in before if text] == old
    assert [text for text in after if text] == new


@given(WORDS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert not differ(compare(text, text))
