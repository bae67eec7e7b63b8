"""Countries, regions of the world and languages, named by CLDR."""

from collections.abc import Callable, Iterable

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
        code for code in Locale("en").territories if len(code) == 2 and code not in _NOT_COUNTRIES
    ]
    return _categories(codes, languages, lambda locale: locale.territories, by_name=True)


def regions(languages: Iterable[str]) -> tuple[Category, ...]:
    """M49 numbers, Africa first, as the United Nations list them."""
    return _categories(_REGIONS, languages, lambda locale: locale.territories)


def tongues(languages: Iterable[str]) -> tuple[Category, ...]:
    """Languages with a tag of two letters, in the order of their English names."""
    codes = [code for code in Locale("en").languages if len(code) == 2]
    return _categories(codes, languages, lambda locale: locale.languages, by_name=True)


def _categories(
    codes: Iterable[str],
    languages: Iterable[str],
    names: Callable[[Locale], dict[str, str]],
    *,
    by_name: bool = False,
) -> tuple[Category, ...]:
    named = {language: names(Locale(language)) for language in languages}
    if by_name:
        codes = sorted(codes, key=named["en"].__getitem__)
    return tuple(
        Category(
            code, {language: texts[code] for language, texts in named.items() if code in texts}
        )
        for code in codes
    )
