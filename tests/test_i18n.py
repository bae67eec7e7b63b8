"""How languages are named and which way they run."""

import pytest

from consultations import i18n


@pytest.mark.parametrize(
    ("language", "name", "direction"),
    [
        ("fr", "Français", "ltr"),
        ("ar", "العربية", "rtl"),
        ("fr-CA", "Français (Canada)", "ltr"),
        ("ar-EG", "العربية (مصر)", "rtl"),
        ("x-unheard-of", "x-unheard-of", "ltr"),
    ],
)
def test_a_language_is_named_in_itself(language: str, name: str, direction: str) -> None:
    assert (i18n.own_name(language), i18n.direction(language)) == (name, direction)


def test_the_names_that_are_kept_are_cldrs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Babel brings a newer CLDR, correct `own_names.json` by what this shows."""
    kept = {tag: (i18n.own_name(tag), i18n.direction(tag)) for tag in i18n._own_names()}
    monkeypatch.setattr(i18n, "_own_names", dict)
    assert len(kept) > 300
    assert kept == {tag: (i18n.own_name(tag), i18n.direction(tag)) for tag in kept}
