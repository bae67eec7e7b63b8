import pytest

from consultations.codebook import AGE_BANDS, DIMENSIONS, QUESTIONS, Parent, Reference, declared
from consultations.codebook.dimensions import CHOICES, LANGUAGES, DimensionError


def test_the_dimensions_of_the_method_are_there():
    assert set(DIMENSIONS) >= {
        *("gender", "age", "disability", "minority", "language", "country", "region"),
        *("displacement", "settlement", "education", "respondent_type", "relation"),
    }
    assert [category.code for category in DIMENSIONS["age"].categories] == list(AGE_BANDS)


def test_those_that_need_care_are_sensitive():
    sensitive = {name for name, dimension in DIMENSIONS.items() if dimension.sensitive}

    assert sensitive == {"minority", "disability", "displacement", "relation"}


@pytest.mark.parametrize("name", sorted(DIMENSIONS))
def test_every_word_is_there_in_every_language(name):
    dimension = DIMENSIONS[name]
    parts = [*dimension.categories, *dimension.parents]
    texts = [dimension.label, dimension.why, QUESTIONS[name], *(part.label for part in parts)]
    texts.extend(CHOICES[name].values())

    for text in texts:
        assert set(text) == set(LANGUAGES), text
        assert all(words.strip() for words in text.values())


@pytest.mark.parametrize("name", sorted(DIMENSIONS))
def test_codes_are_unique_and_parents_stand_for_them(name):
    dimension = DIMENSIONS[name]
    codes = [category.code for category in dimension.categories]
    within = [code for parent in dimension.parents for code in parent.of]

    assert codes
    assert len(set(codes)) == len(codes)
    assert len(set(within)) == len(within)
    assert set(within) <= set(codes)


def test_countries_are_countries():
    codes = {category.code for category in DIMENSIONS["country"].categories}

    assert {"CL", "DJ", "XK"} <= codes
    assert not {"EU", "UN", "ZZ", "001"} & codes


def test_a_consultation_declares_a_dimension_of_the_codebook():
    assert declared("gender") == DIMENSIONS["gender"]


def test_what_a_consultation_says_otherwise_counts():
    reference = Reference("census", {"a": 0.5})
    parents = (Parent("x", {"en": "X"}, ("a",)),)

    dimension = declared(
        "region", label={"es": "Región"}, parents=parents, sensitive=True, reference=reference
    )

    assert dimension.label == {"es": "Región"}
    assert dimension.parents == parents
    assert dimension.sensitive
    assert dimension.reference == reference
    assert dimension.why == DIMENSIONS["region"].why


def test_a_new_dimension_needs_a_label():
    assert declared("valley", label={"en": "Valley"}).categories == ()
    with pytest.raises(DimensionError, match="“valley” is not in the codebook"):
        declared("valley")


def test_a_dimension_cannot_be_named_like_another_breakdown():
    with pytest.raises(DimensionError, match="may be named “group”"):
        declared("group", label={"en": "Group"})
