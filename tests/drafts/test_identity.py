"""Provisions keep their identity when they are renumbered."""

from consultations.drafts.identity import stable_wids
from consultations.drafts.markdown import read_markdown


def _wids(source: str, before: dict[str, str], known: tuple[str, ...] = ()) -> dict[str, str]:
    return stable_wids(read_markdown(f"# T\n{source}", "en").provisions, before, known)


FIRST = {"art_1": "art_1", "art_2": "art_2", "art_3": "art_3"}


def test_the_same_eid_is_the_same_provision() -> None:
    assert _wids("## Article 1\n## Article 2\n## Article 3\n", FIRST) == FIRST


def test_an_inserted_article_does_not_take_the_place_of_the_old_one() -> None:
    second = _wids("## Article 1\n## Article 2\n## New\n## Old {#art_4 wid=art_3}\n", FIRST)
    assert second == {"art_1": "art_1", "art_2": "art_2", "art_3": "art_3-2", "art_4": "art_3"}


def test_later_revisions_go_on_from_there() -> None:
    second = {**FIRST, "art_3": "art_3-2", "art_4": "art_3"}
    assert _wids("## A\n## B\n## C\n## D\n", second) == second
    back = _wids("## A\n## B\n## C {#art_3 wid=art_3}\n", second)
    assert back == {"art_1": "art_1", "art_2": "art_2", "art_3": "art_3"}


def test_a_wid_that_was_ever_given_is_not_given_again() -> None:
    wids = _wids("## A\n## Old {#art_2 wid=art_1}\n", {"art_1": "art_1"}, ("art_1", "art_1-2"))
    assert wids == {"art_1": "art_1-3", "art_2": "art_1"}
