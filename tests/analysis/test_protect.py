"""Counting, merging and withholding from end to end."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks import surveys
from consultations.analysis.audit import verify_intervals
from consultations.analysis.plan import CountedQuestion, Responses, TablePlan
from consultations.analysis.protect import protect
from consultations.codebook import Dimension, Group, Policy
from tests.analysis import attacker
from tests.analysis.populations import categories, members, population, protected


def survey(n=600, seed=1, **changes):
    """A vote by gender and region, with a region of few people."""
    random = Random(seed)
    vote = CountedQuestion("vote", "single", categories("YNUA"), "vote")
    dimensions = (
        Dimension("gender", {}, categories("FM")),
        Dimension("region", {}, categories("ABC")),
    )
    plan = TablePlan(
        changes.pop("questions", (vote,)),
        changes.pop("dimensions", dimensions),
        (Group("women", {}, {"gender": ("F",)}),),
        (("gender", "region"),),
        Policy(10, 30),
    )
    people = {
        "gender": random.choices("FM", k=n),
        "region": random.choices(["A", "B", "C", "-"], [0.5, 0.4, 0.09, 0.01], k=n),
    }
    answers = random.choices(["Y", "N", "U", "A", "-6"], [0.4, 0.3, 0.2, 0.06, 0.04], k=n)
    return plan, Responses(n, {"vote": answers}, people, ["web"] * n, ["en"] * n, ["open"] * n)


def table(result, name):
    return next(one for one in result.tables if one.id == name)


def test_the_plain_case():
    plan, responses = survey()
    result = protect(plan, responses)
    assert [one.id for one in result.tables] == [
        "vote.overall",
        "vote.by.gender",
        "vote.by.region",
        "vote.by.group",
        "vote.by.gender.region",
    ]
    assert result.coverage.individuals == 600
    overall = table(result, "vote.overall")
    assert overall.status == "published"
    assert [c.count for c in overall.cells if c.category == "Y"] == [
        responses.answers["vote"].count("Y")
    ]
    assert result.usefulness.reached >= 0.85
    assert result.audit == ("questions", "joint", "whole")


def test_counts_equal_those_of_the_answers():
    plan, responses = survey()
    for one in protect(plan, responses).tables:
        merged = {c.code: c.of or (c.code,) for c in one.categories}
        for cell in one.cells:
            of = next(g.of for g in one.groups if g.codes == cell.group)
            names = [] if one.by == ("group",) or not cell.group else one.by
            within = {n: [c] for n, c in zip(names, cell.group, strict=False)} | dict(of)
            codes = merged[cell.category]
            codes = ["-6"] if codes == ("-",) else codes
            people = members(responses, within)
            count = sum(1 for person in people if responses.answers["vote"][person] in codes)
            assert cell.count in (None, count)


def test_the_total_is_the_last_group():
    plan, responses = survey()
    for one in protect(plan, responses).tables:
        if one.status != "withheld":
            assert one.groups[-1].codes == ()


def test_the_order_of_rows_does_not_matter():
    plan, responses = survey()
    places = list(range(responses.n))
    Random(5).shuffle(places)
    again = Responses(
        responses.n,
        {"vote": [responses.answers["vote"][p] for p in places]},
        {n: [values[p] for p in places] for n, values in responses.dimension.items()},
        ["web"] * responses.n,
        ["en"] * responses.n,
        ["open"] * responses.n,
    )
    assert protect(plan, responses) == protect(plan, again)


def test_nobody():
    plan, _ = survey()
    nothing = Responses(0, {"vote": []}, {"gender": [], "region": []})
    result = protect(plan, nothing)
    assert result.coverage.individuals == 0
    assert {one.status for one in result.tables} == {"withheld"}
    assert result.coverage.groups == ()


def test_fewer_than_the_threshold():
    plan, responses = survey(n=9)
    result = protect(plan, responses)
    assert {one.status for one in result.tables} == {"withheld"}
    assert verify_intervals(result.as_published()) == (0, None, [])


def test_t10_percentages_go_with_their_counts():
    # Every base up to 100 is given away by whole percentages: 17 and 6 % is 1.
    assert len({round(100 * count / 100) for count in range(101)}) == 101
    plan, responses = survey(n=150, seed=3)
    for one in protect(plan, responses).tables:
        bases = {group.codes: group.base for group in one.groups}
        for cell in one.cells:
            hidden = cell.count is None or not bases[cell.group]
            assert (cell.percent is None) == hidden


def everyone_alike(rule):
    """T11, the Handbook's table: of a small group everyone gave the same answer."""
    work = CountedQuestion("work", "single", categories(["full", "part"]), "work", sensitive=True)
    status = Dimension("status", {}, categories(["married", "divorced", "single"]))
    people = ["married"] * 12 + ["divorced"] * 40 + ["single"] * 60
    answers = ["full"] * 12 + ["full"] * 25 + ["part"] * 15 + ["full"] * 30 + ["part"] * 30
    plan = TablePlan((work,), (status,), (), (), Policy(5, 10, rule))
    n = len(people)
    return plan, Responses(n, {"work": answers}, {"status": people}, ["web"] * n, ["en"] * n)


def test_t11_one_answer_of_a_whole_group_is_protected():
    result = protect(*everyone_alike(True))
    cells = {(c.group, c.category): c.count for c in table(result, "work.by.status").cells}
    # Withheld, or shown only together with another group.
    assert cells.get((("married",), "full")) is None
    outside = [("work", ["part", "-"], {"status": ["married"]}, False)]
    assert not attacker.attack(result.as_published(), outside)


def test_a_dimension_with_gaps_is_shown_coarser_where_that_reaches_more():
    plan, responses = everyone_alike(True)
    result = protect(plan, responses)
    measures = result.usefulness
    assert measures.cells_alone + measures.cells_merged == measures.cells_planned
    assert verify_intervals(result.as_published())[2] == []


def test_t11_unless_the_policy_says_otherwise():
    result = protect(*everyone_alike(False))
    cells = {(c.group, c.category): c.count for c in table(result, "work.by.status").cells}
    assert cells[("married",), "full"] == 12


def test_a_question_that_few_were_asked_has_no_tables():
    plan, responses = survey()
    answers = [a if place < 20 else "-9" for place, a in enumerate(responses.answers["vote"])]
    few = Responses(
        responses.n,
        {"vote": answers},
        responses.dimension,
        ["web"] * responses.n,
        ["en"] * responses.n,
        ["open"] * responses.n,
    )
    result = protect(plan, few)
    assert {one.status for one in result.tables} == {"withheld"}
    assert [g.count for g in result.coverage.groups if g.dimension == "gender"] != [None, None]


def test_of_a_multiple_question_each_choice_stands_for_itself():
    many = CountedQuestion("many", "multiple", categories("abc"), "many")
    plan, responses = survey(questions=(many,))
    random = Random(4)
    picks = [tuple(c for c in "abc" if random.random() < 0.5) or ("-7",) for _ in range(600)]
    answers = {"many": picks}
    result = protect(
        plan,
        Responses(600, answers, responses.dimension, ["web"] * 600, ["en"] * 600, ["open"] * 600),
    )
    overall = table(result, "many.overall")
    counts = {cell.category: cell.count for cell in overall.cells}
    assert counts["a"] == sum("a" in pick for pick in picks)
    assert counts["-"] == picks.count(("-7",))
    assert overall.groups[-1].answered == 600 - picks.count(("-7",))


@pytest.mark.parametrize("rare", [4, 12])
def test_a_small_group_merges_rather_than_disappears(rare):
    gender = Dimension("gender", {}, categories("FMX"))
    plan, responses = survey(dimensions=(gender, Dimension("region", {}, categories("ABC"))))
    people = ["X"] * rare + list(responses.dimension["gender"][rare:])
    result = protect(
        plan,
        Responses(
            600,
            responses.answers,
            {**responses.dimension, "gender": people},
            ["web"] * 600,
            ["en"] * 600,
            ["open"] * 600,
        ),
    )
    shown = [g for g in result.coverage.groups if g.dimension == "gender"]
    assert len(shown) == 2
    assert {code for g in shown for code in g.of.get("gender", g.codes)} == {"F", "M", "X"}
    assert all(g.count for g in shown)


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.integers(0, 10_000))
def test_no_attack_finds_what_was_protected(seed):
    plan, responses = population(seed)
    published = protect(plan, responses).as_published()
    assert verify_intervals(published)[2] == []
    if responses.n >= plan.policy.threshold:
        assert attacker.attack(published, protected(plan, responses)) == []
        assert attacker.gaps(published) == []


def test_a_crossing_gives_way_where_it_costs_simpler_tables_their_numbers():
    """With its crossings, 38 of 70 rows of this population are told without a gap."""
    drawn = surveys.drawn(300, crossings=2, policy=Policy(5, 20), seed=2)
    result = protect(drawn.plan, drawn.responses)
    assert result.usefulness.whole >= 60
    assert {len(t.by) for t in result.tables if t.status == "withheld"} == {2}


def test_a_question_keeps_the_crossings_that_harm_no_simpler_table():
    """With all its crossings 60 of 70 rows are told, without any 70 and half as many cells."""
    drawn = surveys.drawn(1_000, crossings=2, policy=Policy(5, 20), seed=1)
    result = protect(drawn.plan, drawn.responses)
    assert result.usefulness.whole == 70
    assert result.disclosure.cells_reached > 0.7 * result.disclosure.cells_planned
    told = {}
    for one in result.tables:
        told.setdefault(one.question, []).append(one.status != "withheld") if len(one.by) > 1 else 0
    assert [True, True] in told.values()
    assert [False, True] in told.values()


def test_other_groups_are_tried_where_rows_have_gaps():
    """As chosen at first, 15 of 65 rows of this population are told without a gap."""
    drawn = surveys.drawn(300, crossings=2, policy=Policy(10, 30), seed=1)
    result = protect(drawn.plan, drawn.responses)
    assert result.usefulness.whole >= 24
    assert verify_intervals(result.as_published())[2] == []
