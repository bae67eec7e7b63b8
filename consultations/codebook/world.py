"""Countries, regions of the world and languages, named by CLDR."""

from collections.abc import Callable, Iterable, Mapping
from typing import cast

from babel import Locale

from consultations.codebook.values import Category

# Reserved for other uses than a country or territory: outlying islands, unions, test values.
_NOT_COUNTRIES = {
    "AC",
    "CP",
    "CQ",
    "DG",
    "EA",
    "EU",
    "EZ",
    "IC",
    "QO",
    "TA",
    "UN",
    "XA",
    "XB",
    "ZZ",
}

# Sub-regions of the United Nations' M49.
_REGIONS = (
    *("015", "011", "017", "014", "018", "029", "013", "005", "021", "143", "030"),
    *("035", "034", "145", "151", "154", "155", "039", "053", "054", "057", "061"),
)


def countries(languages: Iterable[str]) -> tuple[Category, ...]:
    """ISO 3166-1 alpha-2 codes, and XK, in the order of their English names."""
    codes = [
        code for code in _by_name(_territories) if len(code) == 2 and code not in _NOT_COUNTRIES
    ]
    return _categories(codes, languages, _territories)


def regions(languages: Iterable[str]) -> tuple[Category, ...]:
    """M49 numbers, Africa first, as the United Nations list them."""
    return _categories(_REGIONS, languages, _territories)


def tongues(languages: Iterable[str]) -> tuple[Category, ...]:
    """Languages with a tag of two letters, in the order of their English names."""
    codes = [code for code in _by_name(_languages) if len(code) == 2]
    return _categories(codes, languages, _languages)


_Names = Callable[[Locale], Mapping[str, str]]


def _territories(locale: Locale) -> Mapping[str, str]:
    return cast(Mapping[str, str], locale.territories)


def _languages(locale: Locale) -> Mapping[str, str]:
    return cast(Mapping[str, str], locale.languages)


def _by_name(names: _Names) -> list[str]:
    english = names(Locale("en"))
    return sorted(english, key=lambda code: english[code])


def _categories(
    codes: Iterable[str], languages: Iterable[str], names: _Names
) -> tuple[Category, ...]:
    named = {language: names(Locale(language)) for language in languages}
    return tuple(
        Category(
            code, {language: texts[code] for language, texts in named.items() if code in texts}
        )
        for code in codes
    )
