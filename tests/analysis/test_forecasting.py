"""What a plan would show of so many people."""

from dataclasses import replace

import pytest

from consultations.analysis.forecasting import Outlook, outlook
from consultations.analysis.plan import CountedQuestion, TablePlan
from consultations.analysis.quantities import Route
from consultations.codebook import Category, Dimension, Group, Policy, Reference


def _named(*codes: str) -> tuple[Category, ...]:
    return tuple(Category(code, {"en": code}) for code in codes)


GENDER = Dimension("gender", {"en": "Gender"}, _named("woman", "man"))
AREA = Dimension(
    "area",
    {"en": "Area"},
    _named("town", "country", "border"),
    reference=Reference("invented", {"town": 0.7, "country": 0.29, "border": 0.01}),
)
POSITION = CountedQuestion("position", "single", _named("yes", "unsure", "no"), "position")
PLAN = TablePlan((POSITION,), (GENDER, AREA), crossings=(("gender", "area"),), policy=Policy(5, 20))


def of(found: tuple[Outlook, ...], *codes: str) -> Outlook:
    return next(each for each in found if each.codes == codes)


def test_with_many_people_everything_is_shown_as_planned() -> None:
    found = outlook(PLAN, 10_000)

    assert of(found, "woman") == Outlook(("gender",), ("woman",), 4, 1.0, 0.0, 0.0)
    assert all(each.alone == 1.0 for each in found)


def test_a_group_of_few_people_is_merged() -> None:
    found = outlook(PLAN, 300)

    assert of(found, "border").merged == 1.0


def test_too_few_people_leave_gaps() -> None:
    found = outlook(PLAN, 30)

    assert sum(each.gap for each in found) > 1


def test_a_crossing_is_told_as_a_whole() -> None:
    (crossed,) = (each for each in outlook(PLAN, 300) if each.by == ("gender", "area"))

    assert crossed.codes == ()
    assert crossed.cells == 2 * 3 * 4
    assert crossed.alone + crossed.merged + crossed.gap == pytest.approx(1)


def test_a_question_asked_of_few_shows_less() -> None:
    asked_of_all = outlook(PLAN, 300)
    asked_of_some = outlook(PLAN, 300, {"position": 0.1})

    assert of(asked_of_some, "woman").alone < of(asked_of_all, "woman").alone


def test_a_routed_question_is_asked_after_its_answers_only() -> None:
    reason = replace(
        POSITION, name="reason", routed=True, route=Route("position", frozenset(["no"]))
    )
    plan = replace(PLAN, questions=(POSITION, reason), crossings=())

    assert of(outlook(plan, 100), "woman").alone < 1.0
    assert of(outlook(plan, 10_000), "woman").alone == 1.0


def test_groups_over_categories_have_their_row() -> None:
    women = Group("women", {"en": "Women"}, {"gender": ("woman",)})

    assert of(outlook(replace(PLAN, groups=(women,)), 1_000), "women").by == ("group",)


def test_the_same_plan_gives_the_same_outlook() -> None:
    assert outlook(PLAN, 200) == outlook(PLAN, 200)


@pytest.mark.parametrize("people", [0, 1, 4])
def test_of_fewer_than_the_threshold_nothing_is_shown(people: int) -> None:
    assert all(each.gap == 1.0 for each in outlook(PLAN, people))
