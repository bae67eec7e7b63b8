from consultations.codebook import DIMENSIONS, GROUPS, Group
from consultations.rounds.plan import declared_dimensions, declared_groups, offered_dimensions


def test_a_dimension_of_the_codebook_stays_as_it_is():
    assert declared_dimensions({"dimensions": {"age": {}}}) == (DIMENSIONS["age"],)


def test_what_is_said_otherwise_counts():
    stated = {
        "question": {"en": "Where is home?"},
        "categories": [{"code": "rural"}, {"code": "town", "label": {"en": "Market town"}}],
        "reference": {"source": "Census", "shares": {"rural": 0.6}},
    }

    (found,) = declared_dimensions({"dimensions": {"settlement": stated}})

    assert [each.code for each in found.categories] == ["rural", "town"]
    assert found.question == {"en": "Where is home?"}
    assert found.reference is not None
    assert found.reference.shares == {"rural": 0.6}


def test_a_group_that_names_only_its_code_is_the_codebooks():
    plan = {"dimensions": {"age": {}}, "groups": [{"code": "youth_18_29", "of": {}}]}

    assert declared_groups(plan) == (GROUPS["youth_18_29"],)


def test_what_categories_merge_into_stands_for_them_in_a_group():
    listed = {"categories": [{"code": "hill", "label": {"en": "Hill"}}]}
    plan = {"dimensions": {"minority": listed}, "groups": [{"code": "minority", "of": {}}]}

    (group,) = declared_groups(plan)

    assert group == Group(
        "minority", GROUPS["minority"].label, {"minority": ("hill", "other", "several")}
    )


def test_people_under_18_are_asked_only_where_somebody_looks_after_them():
    plan = {"dimensions": {"age": {}}}

    assert offered_dimensions(plan)[0].categories[0].code == "18-24"
    assert offered_dimensions({**plan, "safeguarding": {"en": "Ask X"}}) == (DIMENSIONS["age"],)
