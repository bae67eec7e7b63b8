"""The note on a correction as it is typed."""

import pytest

from consultations.reports.noting import note_texts


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["One came late."], {"en": "One came late."}),
        (["One came late.", "fr=Une est arrivée tard."],
         {"en": "One came late.", "fr": "Une est arrivée tard."}),
        (["de=Eine kam spät."], {"en": "de=Eine kam spät."}),
        (["en= x=y "], {"en": "x=y"}),
        ([], {}),
    ],
)  # fmt: skip
def test_a_text_per_language(given: list[str], expected: dict[str, str]) -> None:
    assert note_texts(given, ("en", "fr"), "en") == expected
