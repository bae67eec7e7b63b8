"""What is not tried, as no withholding could help."""

from consultations.analysis.choosing import chosen_categories, chosen_groups
from consultations.analysis.disclosure import Pattern
from consultations.analysis.ground import Ground, layouts
from consultations.analysis.listed import counts_of
from consultations.analysis.merging import Merged
from consultations.analysis.plan import CountedQuestion, Responses, TablePlan
from consultations.analysis.settling import case_of, settled
from consultations.analysis.tallies import Tallies
from consultations.codebook import Category, Dimension, Group, Policy

ANSWERS = ("yes", "no", "none")


def _case(*, merged):
    ages = ["young"] * 60 + ["middle"] * 60 + ["old"] * 40
    question = CountedQuestion("q", "single", tuple(Category(c, {}) for c in ANSWERS), "f")
    age = Dimension("age", {}, tuple(Category(c, {}) for c in ("young", "middle", "old")))
    plan = TablePlan((question,), (age,), (Group("older", {}, {"age": ("old",)}),), (), Policy())
    answers = [("yes", "no")[n % 2] for n in range(len(ages) - 3)]
    people = Responses(
        len(ages),
        {"q": [*answers, *["none"] * 3]},
        {"age": ages},
        ["web"] * len(ages),
        ["en"] * len(ages),
        ["open"] * len(ages),
    )
    tallies = Tallies(plan, counts_of(plan, people))
    shown = chosen_groups(plan, tallies)
    if merged:
        shown["age"] = Merged("young", ("young",)), Merged("rest", ("middle", "old"))
    ground = Ground(plan, tallies, shown)
    return case_of(
        ground, [question], layouts(ground, question, chosen_categories(ground, [question]))
    )


def test_a_group_that_no_shown_groups_make_up_fails_untried(monkeypatch):
    tried = []
    settle = Pattern.settle
    monkeypatch.setattr(Pattern, "settle", lambda self: (tried.append(self), settle(self)))
    assert settled(_case(merged=True), set(), again=False)[1]
    assert not tried
    assert not settled(_case(merged=False), set(), again=False)[1]
    assert tried
