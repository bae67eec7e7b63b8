from dataclasses import replace
from random import Random

import pytest

from consultations.questionnaires.drawing import Draw, asked, draw
from consultations.questionnaires.journey import ONE_PAGE, first_page, pages
from consultations.questionnaires.structure import Question, Questionnaire, Section
from tests.questionnaires.ten_minutes import EIDS, question, questionnaire, ten_minutes


def names(page):
    return [each.name for each in page.questions]


def walk(form, positions="all", in_depth="all", seed=1):
    how = {"positions": positions, "in_depth": in_depth}
    return pages(form, draw(form, **how, randomness=Random(seed)), **how)


def test_the_ten_minute_journey():
    form = ten_minutes()
    drawn = Draw(EIDS, ("art_3", "art_8"))

    found = pages(form, drawn, positions="all", in_depth=2)

    assert [page.kind for page in found] == [
        *("positions", "in_depth", "in_depth", "section", "about_you"),
    ]
    assert names(found[0]) == [f"{eid}_position" for eid in EIDS]
    assert [page.provision for page in found[1:3]] == ["art_3", "art_8"]
    assert names(found[1]) == ["art_3_effect", "art_3_change"]
    assert names(found[3]) == ["anything"]
    assert names(found[4]) == ["gender", "age"]


def test_the_first_page_is_the_same_whatever_is_drawn():
    form = ten_minutes()
    first = first_page(form, positions="all", in_depth=2)

    for seed in range(20):
        assert walk(form, in_depth=2, seed=seed)[0] == first


@pytest.mark.parametrize(("positions", "in_depth"), [(3, 2), (3, "all"), (0, 0)])
def test_where_positions_are_drawn_an_empty_page_comes_first(positions, in_depth):
    form = ten_minutes()
    found = walk(form, positions, in_depth)

    assert found[0] == first_page(form, positions=positions, in_depth=in_depth)
    assert found[0].kind == "start"
    assert found[0].questions == ()
    assert sum(len(page.questions) for page in found if page.kind == "positions") == positions


def test_drawing_without_positions_starts_with_an_empty_page():
    form = questionnaire(*(question(eid, provision=eid) for eid in EIDS))

    found = walk(form, in_depth=2)

    assert [page.kind for page in found] == ["start", "section"]
    assert len(found[1].questions) == 2


def test_a_small_questionnaire_is_one_page():
    form = questionnaire(
        question("gender", dimension="gender", section="about"),
        question("art_1_position", provision="art_1", role="position"),
        question("art_1_effect", provision="art_1", role="effect"),
    )

    (page,) = walk(form)

    assert page.kind == "all"
    assert names(page) == ["art_1_position", "art_1_effect", "gender"]


def test_without_roles_pages_follow_the_sections():
    first = [question(f"a{number}", section="a") for number in range(ONE_PAGE)]
    second = [question("b", section="b", dimension="gender"), question("c", section="b")]
    form = questionnaire(*first, *second, question("last"))

    found = walk(form)

    assert [(page.kind, page.section) for page in found] == [
        *(("section", "a"), ("section", "b"), ("section", None)),
    ]
    assert names(found[1]) == ["b", "c"]


def test_an_empty_questionnaire_still_has_a_page():
    assert [page.kind for page in walk(questionnaire())] == ["start"]


def test_everything_asked_stands_on_exactly_one_page():
    form = ten_minutes()
    for positions, in_depth in (("all", "all"), ("all", 2), (4, 3), (100, 100), (0, 1)):
        how = {"positions": positions, "in_depth": in_depth}
        drawn = draw(form, **how, randomness=Random(7))

        shown = [each for page in pages(form, drawn, **how) for each in page.questions]

        assert sorted(each.name for each in shown) == sorted(
            each.name for each in asked(form, drawn)
        )


def test_what_decides_a_question_stands_on_a_page_before_it():
    form = questionnaire(question("a"), question("b"), question("c"), question("d"))
    depends = {"c": frozenset("b"), "d": frozenset("a")}

    found = pages(form, Draw((), ()), positions="all", in_depth="all", depends=depends)

    assert [names(page) for page in found] == [["a", "b"], ["c", "d"]]


def test_what_decides_through_a_calculation_counts_as_well():
    sum_of_both = Question("sum", "calculated", {}, calculation="${a} + ${b}")
    form = questionnaire(question("a"), question("b"), sum_of_both, question("c"))
    depends = {"sum": frozenset("ab"), "c": frozenset({"sum"})}

    found = pages(form, Draw((), ()), positions="all", in_depth="all", depends=depends)

    assert [names(page) for page in found] == [["a", "b"], ["c"]]


def test_stages_give_way_to_the_written_order_where_a_condition_asks_for_it():
    form = questionnaire(
        question("gender", dimension="gender", section="you"),
        question("art_1_position", provision="art_1", role="position", section="text"),
    )
    depends = {"art_1_position": frozenset({"gender"})}

    found = pages(form, Draw(("art_1",), ()), positions="all", in_depth="all", depends=depends)

    assert [names(page) for page in found] == [["gender"], ["art_1_position"]]


def test_nothing_on_the_first_page_comes_in_random_order():
    form = questionnaire(question("a", random=True), question("b"))

    found = pages(form, Draw((), ()), positions="all", in_depth="all")

    assert [page.kind for page in found] == ["start", "section"]


def test_statements_come_one_at_a_time_in_another_order_for_each_participant():
    form = Questionnaire(
        {},
        ("en",),
        "en",
        tuple(Question(f"s{n}", "vote", {}, section="say") for n in range(12)),
        (Section("say", {}, layout="votes"),),
    )
    orders = set()
    for seed in range(5):
        found = walk(form, seed=seed)
        assert [page.kind for page in found] == ["start", *["vote"] * 12]
        orders.add(tuple(page.questions[0].name for page in found[1:]))

    assert len(orders) == 5
    assert all(sorted(order) == sorted(f"s{n}" for n in range(12)) for order in orders)


def test_provisions_come_in_random_order_where_the_questionnaire_says_so():
    form = replace(ten_minutes(), random_provisions=True)
    found = walk(form, in_depth=3, seed=2)
    order = [each.provision for each in found[1].questions]

    assert [page.kind for page in found[:2]] == ["start", "positions"]
    assert sorted(order) == sorted(EIDS)
    assert order != list(EIDS)
    in_depth = [page.provision for page in found if page.kind == "in_depth"]
    assert in_depth == [eid for eid in order if eid in in_depth]


def test_what_is_worked_out_and_files_stand_on_no_page():
    form = questionnaire(
        question("a"), Question("sum", "calculated", {}), Question("f", "file", {})
    )

    assert [names(page) for page in walk(form)] == [["a"]]
