"""A question that is asked after certain answers only: its base is theirs, and no clue to them."""

import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pytest
from scipy.optimize import linprog

from consultations.analysis.audit import verify_intervals
from consultations.analysis.counted import counted_questions
from consultations.analysis.plan import CountedQuestion, Responses, TablePlan
from consultations.analysis.protect import protect
from consultations.analysis.quantities import Route
from consultations.codebook import Category, Dimension, Policy
from consultations.questionnaires.structure import Choice, Question, Questionnaire, Section

K = 5
GROUPS = ("a", "b", "c")
FIRST, THEN = ("yes", "no", "-"), ("x", "y", "z", "-", "-9")


def categories(codes: tuple[str, ...]) -> tuple[Category, ...]:
    return tuple(Category(code, {"en": code}) for code in codes)


PLAN = TablePlan(
    questions=(
        CountedQuestion("first", "single", categories(("yes", "no")), "first"),
        CountedQuestion(
            "then",
            "single",
            categories(("x", "y", "z")),
            "then",
            routed=True,
            route=Route("first", frozenset({"yes"})),
        ),
    ),
    dimensions=(
        Dimension("place", {"en": "Place"}, categories(GROUPS)),
        Dimension("gender", {"en": "Gender"}, categories(("f", "m"))),
    ),
    policy=Policy(threshold=K, minimum_base=2 * K),
)


@dataclass(frozen=True)
class Person:
    place: str
    gender: str
    first: str
    then: str


def people(seed: int, *, some: bool = False) -> list[Person]:
    """A population; with `some`, only half of those who said yes are asked further."""
    dice = random.Random(seed)
    found = []
    for _ in range(dice.choice((60, 120, 240))):
        place = dice.choices(GROUPS, (6, 3, 1 + seed % 3))[0]
        first = dice.choices(FIRST, (5, 4, 1) if place != "b" else (1, 9, 1))[0]
        then = dice.choices(("x", "y", "z", "-"), (8, 3, 1, 1))[0]
        follows = first == "yes" and (not some or dice.random() < 0.5)
        found.append(Person(place, dice.choice("fm"), first, then if follows else "-9"))
    return found


def protected(population: list[Person]) -> dict:
    code = {"-": "-6"}
    return protect(
        PLAN,
        Responses(
            len(population),
            {
                "first": [code.get(one.first, one.first) for one in population],
                "then": [code.get(one.then, one.then) for one in population],
            },
            {
                "place": [one.place for one in population],
                "gender": [one.gender for one in population],
            },
        ),
    ).as_published()


def table(published: dict, name: str) -> dict:
    return next(each for each in published["tables"] if each["id"] == name)


def base(published: dict, name: str, *group: str) -> int | None:
    found = [each for each in table(published, name)["groups"] if each["codes"] == [*group]]
    return found[0]["base"] if found else None


def cell(published: dict, name: str, category: str, *group: str) -> int | None:
    for each in table(published, name)["cells"]:
        if each["category"] == category and each["group"] == [*group]:
            return each["count"]
    return None


def test_its_base_is_the_count_of_the_answers_that_lead_to_it() -> None:
    published = protected(people(3))

    assert base(published, "then.overall") == cell(published, "first.overall", "yes")
    assert table(published, "then.overall")["asked_after"] == {
        "question": "first",
        "codes": ["yes"],
        "exact": True,
    }
    assert "asked_after" not in table(published, "first.overall")


@pytest.mark.parametrize("seed", range(12))
def test_a_withheld_answer_is_not_told_by_the_base_of_the_next_question(seed: int) -> None:
    published = protected(people(seed))
    for view, groups in (("place", GROUPS), ("gender", "fm")):
        for group in groups:
            shown = [one["codes"] for one in table(published, f"first.by.{view}")["groups"]]
            merged = {one["code"] for one in table(published, f"first.by.{view}")["categories"]}
            if [group] in shown and "yes" in merged:
                told = cell(published, f"first.by.{view}", "yes", group)
                if told is None:
                    assert base(published, f"then.by.{view}", group) is None


class Attacker:
    """Takes every number of a report over all dimensions and both questions at once."""

    def __init__(self, published: dict, *, some: bool) -> None:
        leaves = [
            (first, then)
            for first, then in itertools.product(FIRST, THEN)
            if (first == "yes" and (then != "-9" or some)) or (first != "yes" and then == "-9")
        ]
        self.cells = [
            Person(*cell) for place in GROUPS for gender in "fm" for cell in
            ((place, gender, *leaf) for leaf in leaves)
        ]  # fmt: skip
        self.rows, self.values = [], []
        for counted, value in self.statements(published):
            if value is not None:
                self.rows.append(self.row(counted))
                self.values.append(value)

    def row(self, counted: Callable[[Person], bool]) -> list[float]:
        return [float(counted(one)) for one in self.cells]

    def statements(self, published: dict) -> Iterator[tuple[Callable[[Person], bool], int | None]]:
        yield lambda one: True, published["coverage"]["individuals"]
        for group in published["coverage"]["groups"]:
            name = group["dimension"]
            codes = group.get("of", {}).get(name, group["codes"])
            yield lambda one, n=name, c=codes: getattr(one, n) in c, group["count"]
        for each in published["tables"]:
            question = each["question"]
            of = {one["code"]: one.get("of", [one["code"]]) for one in each["categories"]}
            inside = {}
            for group in each["groups"]:
                pairs = zip(each["by"], group["codes"], strict=False)
                within = {n: group.get("of", {}).get(n, [c]) for n, c in pairs}
                key = tuple(group["codes"])
                inside[key] = lambda one, w=within: all(getattr(one, n) in c for n, c in w.items())
                yield (
                    (lambda one, q=question, i=inside[key]: getattr(one, q) != "-9" and i(one)),
                    group["base"],
                )
                yield (
                    (
                        lambda one, q=question, i=inside[key]: (
                            getattr(one, q) not in ("-9", "-") and i(one)
                        )
                    ),
                    group["answered"],
                )
            for one_cell in each["cells"]:
                codes = of[one_cell["category"]]
                yield (
                    (
                        lambda one, q=question, c=codes, i=inside[tuple(one_cell["group"])]: (
                            getattr(one, q) in c and i(one)
                        )
                    ),
                    one_cell["count"],
                )

    def extreme(self, counted: Callable[[Person], bool], sense: int) -> float:
        found = linprog(
            np.array(self.row(counted)) * sense, A_eq=self.rows, b_eq=self.values, method="highs"
        )
        assert found.success, found.message
        return sense * found.fun


@pytest.mark.parametrize("some", [False, True])
@pytest.mark.parametrize("seed", range(10))
def test_nothing_small_can_be_worked_out_from_both_questions(seed: int, some: bool) -> None:
    population = people(seed, some=some)
    published = protected(population)
    attacker = Attacker(published, some=some)
    views = [("place", code) for code in GROUPS] + [("gender", code) for code in "fm"]
    for (question, codes), (name, group) in itertools.product(
        (("first", ("yes", "no")), ("then", ("x", "y", "z"))), views
    ):
        for code in codes:

            def counted(one: Person, q=question, c=code, n=name, g=group) -> bool:
                return getattr(one, q) == c and getattr(one, n) == g

            if 0 < sum(map(counted, population)) < K:
                assert attacker.extreme(counted, 1) <= 1e-6
                assert attacker.extreme(counted, -1) >= K - 1e-6
    assert not verify_intervals(published)[2]


def test_a_condition_on_one_question_is_a_route() -> None:
    choices = tuple(Choice(code, {"en": code}) for code in ("a", "b", "c"))

    def question(name: str, kind: str = "single", **details: str) -> Question:
        return Question(name, kind, {"en": name}, choices=choices, **details)

    asked = counted_questions(
        Questionnaire(
            {},
            ("en",),
            "en",
            (
                question("q"),
                question("m", "multiple"),
                Question("age", "integer", {}, dimension="age"),
                Question("n", "integer", {}),
                question("one", relevant="${q} = 'a' or ${q} = 'b'"),
                question("other", relevant="${q} != 'a'"),
                question("ticked", relevant="selected(${m}, 'b')"),
                question("both", relevant="${q} = 'a' and ${m} = 'b'"),
                question("old", relevant="${age} > 60"),
                question("many", relevant="${n} > 3"),
                question("free"),
            ),
        )
    )
    found = {each.name: (each.routed, each.route) for each in asked}

    assert found["one"] == (True, Route("q", frozenset("ab")))
    assert found["other"] == (True, Route("q", frozenset({"b", "c", "-"})))
    assert found["ticked"] == (True, Route("m", frozenset("b")))
    assert found["both"] == (True, None)
    assert found["old"] == (True, None)
    assert found["many"] == (False, None)
    assert found["free"] == (False, None)


def test_a_few_people_of_another_channel_do_not_silence_everyone() -> None:
    everyone = [("import", "yes", code) for code in "xyz"] * 20 + [("import", "no", "-9")] * 60
    few = [("web", "yes", "x"), ("web", "yes", "y"), ("web", "yes", "y"), ("web", "no", "-9")]
    asked = [*everyone, *few]
    plan = TablePlan(PLAN.questions, (), policy=PLAN.policy)
    protected = protect(
        plan,
        Responses(
            n=len(asked),
            answers={"first": [each[1] for each in asked], "then": [each[2] for each in asked]},
            dimension={},
            channel=[each[0] for each in asked],
            language=["en"] * len(asked),
            entry=["open"] * len(asked),
        ),
    )
    told = {f"{table.question}.{'.'.join(table.by)}" for table in protected.tables if table.cells}
    assert told == {"first.", "then."}


def test_a_consent_around_everything_leaves_the_routes_inside_it() -> None:
    yes_no = tuple(Choice(code, {"en": code}) for code in ("yes", "no"))

    def question(name: str, relevant: str = "") -> Question:
        return Question(
            name, "single", {"en": name}, choices=yes_no, relevant=relevant, section="inside"
        )

    asked = counted_questions(
        Questionnaire(
            {},
            ("en",),
            "en",
            (
                Question("consent", "single", {"en": "May we ask?"}, choices=yes_no),
                question("heard"),
                question("liked", "${heard} = 'yes'"),
                question("why", "${liked} = 'no'"),
                question("both", "${heard} = 'yes' and ${liked} = 'no'"),
            ),
            (Section("inside", {}, relevant="${consent} = 'yes'"),),
        )
    )
    found = {each.name: each.route for each in asked}

    assert found["consent"] is None
    assert found["heard"] == Route("consent", frozenset({"yes"}))
    assert found["liked"] == Route("heard", frozenset({"yes"}))
    assert found["why"] == Route("liked", frozenset({"no"}))
    assert found["both"] is None


def test_what_follows_from_a_question_adrift_is_adrift_with_it() -> None:
    codes = categories(("x", "y"))
    questions = (
        CountedQuestion("loose", "single", codes, "f", routed=True),
        CountedQuestion(
            "next", "single", codes, "f", routed=True, route=Route("loose", frozenset("x"))
        ),
    )
    answers = {"loose": ["x"] * 30 + ["-9"] * 30, "next": ["y"] * 30 + ["-9"] * 30}
    published = protect(
        TablePlan(questions, (), policy=PLAN.policy), Responses(60, answers, {})
    ).as_published()

    assert {each["status"] for each in published["tables"]} == {"withheld"}
