import pytest

from consultations.codebook import (
    AGE_BANDS,
    BATTERIES,
    DIMENSIONS,
    GROUPS,
    SEVERAL,
    Group,
    Parent,
    Reference,
    adults_only,
    declared,
)
from consultations.questionnaires.builder import with_codebook_questions
from consultations.questionnaires.structure import Choice, Question, Questionnaire
from consultations.submissions.dimensions import (
    dimension_codes,
    effective_dimensions,
    effective_groups,
)


def choices(*codes):
    return tuple(Choice(code, {"en": code.upper()}) for code in codes)


def feeding(name, dimension, kind="single", codes=("a", "b"), **details):
    return Question(
        name, kind, {"en": name}, choices=choices(*codes), dimension=dimension, **details
    )


def form(*questions):
    return Questionnaire({}, ("en",), "en", questions)


def effective(dimension, question):
    return effective_dimensions([dimension], form(question))[0]


def test_a_dimension_takes_the_choices_of_its_question():
    found = effective(declared("gender"), feeding("sex", "gender", codes=("F", "M", "-8")))

    assert [(each.code, each.label) for each in found.categories] == [
        ("F", {"en": "F"}),
        ("M", {"en": "M"}),
    ]
    assert found.label == DIMENSIONS["gender"].label


def test_a_number_feeds_age_in_bands():
    found = effective(declared("age"), Question("years", "integer", {}, dimension="age"))

    assert tuple(each.code for each in found.categories) == AGE_BANDS
    assert found.parents == DIMENSIONS["age"].parents


def test_the_codebooks_own_question_keeps_the_codebooks_words():
    whole = with_codebook_questions(form(), [declared("gender")])

    assert effective_dimensions([declared("gender")], whole) == (DIMENSIONS["gender"],)


def test_parents_and_shares_keep_only_what_is_left():
    dimension = declared(
        "age",
        parents=(
            Parent("x", {}, ("a", "b")),
            Parent("y", {}, ("b", "60+")),
            Parent("z", {}, ("c", "d", "18-24")),
        ),
        reference=Reference("census", {"a": 0.4, "60+": 0.6}),
    )

    found = effective(dimension, feeding("age_group", "age", codes=("a", "b", "c", "d")))

    assert [(parent.code, parent.of) for parent in found.parents] == [
        ("x", ("a", "b")),
        ("z", ("c", "d")),
    ]
    assert found.reference == Reference("census", {"a": 0.4})
    assert found.ordered


def test_a_scale_is_ordered_and_a_sensitive_question_makes_it_sensitive():
    new = declared("closeness", label={"en": "Closeness"})

    assert effective(new, feeding("q", "closeness", kind="scale")).ordered
    assert effective(new, feeding("q", "closeness", sensitive=True)).sensitive
    assert not effective(new, feeding("q", "closeness")).sensitive


def test_several_choices_are_a_category():
    found = effective(declared("minority"), feeding("m", "minority", kind="multiple"))

    assert [each.code for each in found.categories] == ["a", "b", SEVERAL]


@pytest.mark.parametrize(
    ("answer", "code"),
    [("a", "a"), ("-7", "-"), ("-6", "-"), ("-9", "-"), (None, "-")],
)
def test_a_choice_is_its_own_category(answer, code):
    sex = feeding("sex", "gender")

    codes = dimension_codes(form(sex), [declared("gender")])

    assert codes({"sex": answer} if answer else {}) == {"gender": code}


@pytest.mark.parametrize(
    ("answer", "code"),
    [(38, "30-44"), (17.5, "15-17"), (7, "-"), (999, "-"), ("-7", "-"), (None, "-")],
)
def test_an_age_falls_into_its_band(answer, code):
    years = Question("years", "integer", {}, dimension="age")

    codes = dimension_codes(form(years), [declared("age")])

    assert codes({"years": answer}) == {"age": code}


@pytest.mark.parametrize(
    ("answer", "code"), [(["a"], "a"), (["a", "b"], SEVERAL), (["-6"], "-"), (["-7"], "-")]
)
def test_one_of_several_is_itself(answer, code):
    question = feeding("m", "minority", kind="multiple")

    codes = dimension_codes(form(question), [declared("minority")])

    assert codes({"m": answer}) == {"minority": code}


def test_a_dimension_nobody_was_asked_about_is_unknown():
    assert dimension_codes(form(), [declared("gender")])({}) == {"gender": "-"}


SIX = [f"disability_{part}" for part in BATTERIES["disability"].questions]


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        (("1", "1", "2", "2", "2", "2"), "some"),
        (("1", "1", "1", "1", "1", "1"), "none"),
        (("3", "1", "1", "1", "1", "1"), "a_lot"),
        (("-7", "4", "-8", "-6", "-9", None), "a_lot"),
        (("1", "1", "1", "1", "1", "-7"), "-"),
    ],
)
def test_six_questions_give_one_dimension(answers, code):
    whole = with_codebook_questions(form(), [declared("disability")])

    codes = dimension_codes(whole, [declared("disability")])

    assert codes(dict(zip(SIX, answers, strict=True))) == {"disability": code}
    assert effective_dimensions([declared("disability")], whole) == (DIMENSIONS["disability"],)


def test_one_question_of_a_bundle_may_still_feed_disability():
    own = feeding("limited", "disability", codes=("yes", "no"))

    assert dimension_codes(form(own), [declared("disability")])({"limited": "yes"}) == {
        "disability": "yes"
    }
    assert [each.code for each in effective(declared("disability"), own).categories] == [
        *("yes", "no"),
    ]


def test_listed_minorities_merge_into_one():
    listed = declared("minority", categories=[("hill", {"en": "Hill"}), ("delta", {"en": "D"})])
    whole = with_codebook_questions(form(), [listed])

    (found,) = effective_dimensions([listed], whole)

    assert [each.code for each in found.categories] == ["hill", "delta", "other", "no", SEVERAL]
    assert [parent.of for parent in found.parents] == [("hill", "delta", "other", SEVERAL)]
    codes = dimension_codes(whole, [listed])
    assert codes({"minority": ["hill", "other"], "minority_other": "ours"}) == {"minority": SEVERAL}


def test_bands_under_18_are_left_out_of_what_is_counted():
    whole = with_codebook_questions(form(), [adults_only(declared("age"))])

    (found,) = effective_dimensions([declared("age")], whole)

    assert tuple(each.code for each in found.categories) == AGE_BANDS[1:]
    assert found.parents[0].of == ("18-24", "25-29")


def test_groups_are_made_of_what_is_counted():
    age = adults_only(declared("age"))
    youth, children = GROUPS["youth_15_24"], Group("children", {}, {"age": ("15-17",)})

    found = effective_groups([youth, children, GROUPS["women"]], [age])

    assert [(group.code, group.of) for group in found] == [("youth_15_24", {"age": ("18-24",)})]


@pytest.mark.parametrize("name", sorted(DIMENSIONS))
def test_nothing_is_inferred(name):
    """Whatever else an answer holds, a dimension nobody answered for stays unknown."""
    dimension = declared(name)
    whole = with_codebook_questions(form(), [dimension])
    elsewhere = {
        "_language": "ar",
        "name": "Maryam",
        "address": "Amman, Jordan",
        "gender_other": "f",
    }

    assert dimension_codes(whole, [dimension])(elsewhere) == {name: "-"}
