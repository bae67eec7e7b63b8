"""Answers that changed after publication: merged, withdrawn, and never told by subtraction."""

from dataclasses import replace
from random import Random

import pytest

from consultations.analysis.audit import verify_intervals
from consultations.analysis.plan import CountedQuestion, Responses, TablePlan
from consultations.analysis.protect import protect
from consultations.codebook import Category, Dimension, Parent, Policy
from consultations.reports.coarser import with_tables, withdrawn
from consultations.reports.correcting import _Judge, corrected, everything, too_close
from consultations.reports.disclosed import disclosed
from consultations.reports.moved import opened

POSITIONS = ("support", "support_with_changes", "oppose", "no_view")
AGES = ("18-24", "25-29", "30-44", "45-59")


def categories(codes):
    return tuple(Category(code, {"en": code}) for code in codes)


def plan(*, sensitive=False):
    position = categories(POSITIONS)
    return TablePlan(
        questions=tuple(
            CountedQuestion(name, "single", position, "position", sensitive, "art_1", "position")
            for name in ("p", "q")
        ),
        dimensions=(
            Dimension("gender", {"en": "Gender"}, categories(("woman", "man"))),
            Dimension(
                "age",
                {"en": "Age"},
                categories(AGES),
                ordered=True,
                parents=(Parent("youth", {"en": "Youth"}, AGES[:2]),),
            ),
        ),
        policy=Policy(5, 20, True),
    )


def answered(people):
    """People as (position on p, position on q, gender, age)."""
    return Responses(
        len(people),
        {"p": [each[0] for each in people], "q": [each[1] for each in people]},
        {"gender": [each[2] for each in people], "age": [each[3] for each in people]},
        channel=["web"] * len(people),
        language=["en"] * len(people),
        entry=["open"] * len(people),
    )


def crowd(size, seed=1):
    draw = Random(seed)
    return [
        (draw.choice(POSITIONS), draw.choice(POSITIONS), draw.choice(("woman", "man")),
         draw.choice(AGES))
        for _ in range(size)
    ]  # fmt: skip


FIRST = crowd(600)
LATE = ("oppose", "support", "woman", "18-24")


def counted(people):
    return protect(plan(), answered(people))


@pytest.fixture(scope="module")
def published():
    return counted(FIRST).as_published()


def test_unchanged_answers_can_be_published_again(published):
    again = corrected(plan(), counted(FIRST), [published], merging=True)
    assert again.protected == counted(FIRST)
    assert (again.merged, again.withdrawn) == ((), ())


def test_where_few_came_what_did_not_move_is_not_told_again_either(published):
    """One came late and was asked nothing that is counted: by elimination, that would be told."""
    heard = published["coverage"] | {"individuals": published["coverage"]["individuals"] + 1}
    later = published | {"coverage": heard}
    assert too_close([published], later, set(), 5) == everything(later)
    assert {"p.overall", "q.by.age", "coverage.groups.age"} <= everything(later)
    heard["individuals"] += 4
    assert "p.overall" not in too_close([published], later, set(), 5)


def test_what_follows_from_changed_tables_is_found():
    """One count is withheld, its row and column are told, and it is under the threshold."""
    now = counted(FIRST)
    judge = _Judge(plan(), now, [])
    told = next(table for table in now.tables if table.id == "p.by.gender")
    first, *rest = told.cells
    gap = replace(told, cells=(replace(first, count=None, percent=None), *rest))
    tables = tuple(gap if table is told else table for table in now.tables)
    strict = replace(now, policy=Policy(first.count + 1, 20), tables=tables)
    assert judge.unsafe(strict) == {"p.overall", "p.by.gender", "p.by.age"}
    assert judge.unsafe(replace(strict, policy=now.policy)) == set()


def test_where_who_was_heard_is_told_too_closely_everything_is():
    now = counted(FIRST)
    first, *rest = now.coverage.groups
    fewer = replace(first, count=first.count - 1)  # they do not add up to everyone any more
    wrong = replace(now, coverage=replace(now.coverage, groups=(fewer, *rest)))
    assert _Judge(plan(), now, []).unsafe(wrong) == everything(wrong.as_published())


def test_what_follows_from_corrected_tables_is_withdrawn(published, monkeypatch):
    late = [(code, code, gender, age) for code in POSITIONS for gender in ("woman", "man")
            for age in AGES for _ in range(5)]  # fmt: skip
    now = counted([*FIRST, *late])
    assert corrected(plan(), now, [published], merging=False).withdrawn == ()
    found = iter([{"q.by.age"}, set()])
    monkeypatch.setattr(_Judge, "unsafe", lambda _judge, _result: next(found))
    assert corrected(plan(), now, [published], merging=False).withdrawn == ("q.by.age",)


@pytest.mark.parametrize("merging", [True, False])
def test_one_late_answer_withdraws_every_table(published, merging):
    """Everyone's base moves by one in every table; only the number of people may be told."""
    found = corrected(plan(), counted([*FIRST, LATE]), [published], merging=merging)
    assert {table.status for table in found.protected.tables} == {"withheld"}
    assert len(found.withdrawn) == 6
    heard = found.protected.coverage
    assert heard.individuals == 601
    assert heard.groups == ()
    assert not heard.by_channel
    assert found.protected.disclosure.withheld == 6
    assert found.protected.disclosure.cells_reached == 0


def test_many_late_answers_can_be_published_merged(published):
    """Of 48 who came late, so few are of the oldest band that it is told with the next."""
    ages = ("30-44",) * 5 + ("45-59",)
    late = [(code, code, gender, age) for code in POSITIONS for gender in ("woman", "man")
            for age in ages]  # fmt: skip
    now = counted([*FIRST, *late])
    strict = corrected(plan(), now, [published], merging=False)
    merged = corrected(plan(), now, [published], merging=True)
    assert "p.by.age" in strict.withdrawn
    assert "p.by.age" in merged.merged
    tables = {table.id: table for table in merged.protected.tables}
    assert {group.codes for group in tables["p.by.age"].groups} > {("30-44+45-59",)}
    assert sum(c.count for c in tables["p.by.age"].cells if c.group) == 648
    assert tables["p.by.age"].status == "merged"
    assert tables["p.overall"].status == "published"


@pytest.mark.parametrize("late", [1, 7, 30, 200])
@pytest.mark.parametrize("merging", [True, False])
def test_what_is_corrected_keeps_what_it_hides(published, late, merging):
    people = [*FIRST[5:], *crowd(late, seed=late)]
    found = corrected(plan(), counted(people), [published], merging=merging).protected
    later = found.as_published()
    assert too_close([published], later, set(), 5) == set()
    assert verify_intervals(later, joint_limit=0)[2] == []
    figures = found.disclosure
    assert figures.cells_reached + figures.cells_hidden == figures.cells_planned
    assert figures.cells_reached >= 0
    assert figures.as_planned + figures.merged + figures.withheld == figures.tables == 6


def test_cells_that_were_never_planned_are_not_lost():
    """No woman is of the oldest band, with which the one before it is merged for both."""
    people = [(p, q, gender, age) for p in POSITIONS for q in POSITIONS for age in AGES[:3]
              for gender in ("woman", "man") for _ in range(6)]  # fmt: skip
    people += [(code, code, "man", AGES[3]) for code in POSITIONS for _ in range(3)]
    now = protect(replace(plan(), crossings=(("gender", "age"),)), answered(people))
    told = disclosed(now.as_published()["tables"])["cells_reached"]
    assert told > now.disclosure.cells_reached
    crossed = [withdrawn(table) if len(table.by) > 1 else table for table in now.tables]
    for tables, left in ((map(withdrawn, now.tables), 0), (crossed, 2 * 6 * 5)):
        figures = with_tables(now, [*tables], now.coverage).disclosure
        assert figures.cells_reached == left
        assert figures.cells_reached + figures.cells_hidden == figures.cells_planned


def test_every_earlier_publication_counts():
    """From the first to the third it is one answer, though each step is of many."""
    first = counted(FIRST).as_published()
    second = counted([*FIRST, *crowd(300, seed=9)]).as_published()
    third = counted([*FIRST, LATE])
    assert "p.overall" in too_close([first, second], third.as_published(), set(), 5)
    assert "p.overall" not in too_close([second], third.as_published(), set(), 5)


def test_a_sensitive_question_tells_no_common_change():
    """Six came late, all alike: in a sensitive question their answer would be known (T11)."""
    late = [("oppose", POSITIONS[place % 4], "woman", "18-24") for place in range(20)]
    now = protect(plan(sensitive=True), answered([*FIRST, *late])).as_published()
    before = protect(plan(sensitive=True), answered(FIRST)).as_published()
    assert "p.overall" in too_close([before], now, {"p"}, 5)
    assert "p.overall" not in too_close([before], now, set(), 5)


def leaning_crowd(size, draw, likely, ages):
    """People of some ages, each of which favours other positions."""
    found = []
    for age in draw.choices(ages, range(len(ages), 0, -1), k=size):
        p, q = (draw.choices(POSITIONS, likely[place][age])[0] for place in (0, 1))
        found.append((p, q, draw.choice(("woman", "man")), age))
    return found


def test_whoever_did_not_change_keeps_the_same_gaps():
    """All who came late are of one age; the gaps of the others may not move meanwhile.

    Where they moved, one of two withheld counts of an unchanged group was told the second time,
    and the other followed.
    """
    opened_before_mending = 0
    for seed in range(12):
        draw = Random(seed)
        likely = [{age: [draw.random() ** 2 + 0.02 for _ in POSITIONS] for age in AGES}
                  for _ in "pq"]  # fmt: skip
        first = leaning_crowd(90, draw, likely, AGES)
        now = counted([*first, *leaning_crowd(40, draw, likely, AGES[seed % 4 :][:1])])
        before = counted(first).as_published()
        opened_before_mending += bool(opened(before, now.as_published()))
        later = corrected(plan(), now, [before], merging=True).protected.as_published()
        assert opened(before, later) == set()
    assert opened_before_mending
