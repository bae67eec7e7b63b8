import pytest

from consultations.codebook import (
    AGE_BANDS,
    BATTERIES,
    DIMENSIONS,
    GROUPS,
    SEVERAL,
    Category,
    Parent,
    Reference,
    adults_only,
    age_band,
    declared,
)
from consultations.codebook.dimensions import DimensionError
from consultations.codebook.written import LANGUAGES


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
    texts = [dimension.label, dimension.why, dimension.question, *(part.label for part in parts)]
    texts.extend(each.choice for each in dimension.categories if each.choice)
    if name in BATTERIES:
        texts.extend([*BATTERIES[name].questions.values(), *BATTERIES[name].choices.values()])

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


def test_categories_are_chosen_put_in_order_and_worded_anew():
    found = declared("country", categories=[("JO", None), ("CL", {"es": "Chile"})])

    assert [each.code for each in found.categories] == ["JO", "CL"]
    assert found.categories[0].label["en"] == "Jordan"
    assert found.categories[1] == Category("CL", {"es": "Chile"})


def test_codes_are_fixed():
    with pytest.raises(DimensionError, match="“settlement” has no category “village”; it has city"):
        declared("settlement", categories=[("village", {"en": "Village"})])


@pytest.mark.parametrize("name", ["minority", "region", "language"])
def test_where_the_organizer_lists_categories_their_codes_are_free(name):
    found = declared(name, categories=[("north", {"en": "North"})])

    assert found.categories[0] == Category("north", {"en": "North"})
    with pytest.raises(DimensionError, match="needs a label"):
        declared(name, categories=[("north", None)])


def test_a_new_dimension_may_bring_its_categories():
    found = declared("valley", label={"en": "Valley"}, categories=[("upper", {"en": "Upper"})])

    assert found.categories == (Category("upper", {"en": "Upper"}),)
    assert found.question == {"en": "Valley"}


def test_listed_minorities_come_with_a_way_out_and_a_parent():
    found = declared("minority", categories=[("hill", {"en": "Hill"}), ("delta", {"en": "Delta"})])

    assert [each.code for each in found.categories] == ["hill", "delta", "other", "no"]
    assert found.several
    assert found.parents[0].of == ("hill", "delta", "other", SEVERAL)
    assert found.sensitive


def test_only_adults_are_asked_where_nothing_else_is_said():
    found = adults_only(DIMENSIONS["age"])

    assert [each.code for each in found.categories] == list(AGE_BANDS[1:])
    assert adults_only(DIMENSIONS["gender"]) == DIMENSIONS["gender"]


def test_education_is_told_in_three():
    education = DIMENSIONS["education"]

    assert [each.code for each in education.categories] == [str(level) for level in range(10)]
    assert [(each.code, "".join(each.of)) for each in education.parents] == [
        *(("0-2", "012"), ("3-4", "34"), ("5-8", "5678")),
    ]


@pytest.mark.parametrize(("group", "ages"), [("youth_15_24", (15, 24)), ("youth_18_29", (18, 29))])
def test_age_bands_add_up_to_both_definitions_of_youth(group, ages):
    first, last = ages
    of = GROUPS[group].of["age"]

    young = [years for years in range(15, 121) if age_band(years) in of]

    assert young == list(range(first, last + 1))


@pytest.mark.parametrize("code", sorted(GROUPS))
def test_groups_are_made_of_categories_and_worded_in_every_language(code):
    group = GROUPS[code]

    assert set(group.label) == set(LANGUAGES)
    for name, codes in group.of.items():
        assert set(codes) <= {each.code for each in DIMENSIONS[name].categories}
