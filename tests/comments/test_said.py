"""What can be said, and what cannot."""

import pytest

from consultations.comments.said import LONGEST, Said, faults, read, without_unchanged

GOOD = Said(paragraph="2", position="oppose", text="Too short.")


def test_a_comment_is_taken() -> None:
    assert faults(GOOD, ["1", "2"]) == {}


def test_a_wording_alone_is_enough() -> None:
    assert faults(Said(position="support", wording="sixty days"), []) == {}


@pytest.mark.parametrize(
    ("posted", "field"),
    [
        ({"position": "support", "text": " "}, "text"),
        ({"text": "Yes."}, "position"),
        ({"position": "perhaps", "text": "Yes."}, "position"),
        ({"position": "support", "text": "Yes.", "type": "gossip"}, "type"),
        ({"position": "support", "text": "Yes.", "paragraph": "9"}, "paragraph"),
        ({"position": "support", "text": "x" * (LONGEST + 1)}, "text"),
        ({"position": "support", "text": "Yes.", "reason": "\0"}, "reason"),
    ],
)
def test_each_fault_is_found_in_its_field(posted: dict[str, str], field: str) -> None:
    assert list(faults(read(posted), ["1", "2"])) == [field]


def test_the_current_words_repeated_propose_nothing() -> None:
    said = Said(wording="The notice\nshall state", text="Good.")
    assert without_unchanged(said, "The notice shall state").wording == ""
    assert without_unchanged(said, "The notice may state").wording == said.wording
