"""The places of a ranking: nobody can put one thing in two of them, and a reader knows."""

import itertools
import random

import numpy as np
import pytest
from scipy.optimize import linprog

from consultations.analysis.plan import CountedQuestion, Responses, TablePlan
from consultations.analysis.protect import protect
from consultations.codebook import Category, Dimension, Policy

K = 5
THINGS, GROUPS = ("a", "b", "c", "d"), ("x", "y")


def categories(codes: tuple[str, ...]) -> tuple[Category, ...]:
    return tuple(Category(code, {"en": code}) for code in codes)


RANKING = CountedQuestion("r", "ranking", categories(THINGS), "r")
PLAN = TablePlan(
    (
        RANKING,
        *(
            CountedQuestion(f"r.{place}", "ranking", categories(THINGS), "r", place=place)
            for place in (2, 3)
        ),
    ),
    (Dimension("place", {"en": "Place"}, categories(GROUPS)),),
    policy=Policy(threshold=K, minimum_base=2 * K),
)
LEAVES = list(itertools.permutations(THINGS, 3))


def population(seed: int) -> list[tuple[str, str, str, str]]:
    """Nearly everyone puts one thing first or second, so few can have put it third."""
    dice = random.Random(seed)
    weights = [[20, 20, 0.7, 0.4][leaf.index("a") if "a" in leaf else 3] for leaf in LEAVES]
    return [(dice.choices(GROUPS, (4, 1))[0], *dice.choices(LEAVES, weights)[0]) for _ in range(90)]


@pytest.mark.parametrize("seed", range(10))
def test_no_place_tells_of_another(seed: int) -> None:
    people = population(seed)
    answers = {
        name: [one[place] for one in people]
        for place, name in enumerate(("r", "r.2", "r.3"), start=1)
    }
    published = protect(
        PLAN, Responses(len(people), answers, {"place": [one[0] for one in people]})
    ).as_published()
    cells = [(group, *leaf) for group in GROUPS for leaf in LEAVES]
    rows, values = [[1.0] * len(cells)], [len(people)]
    for table in published["tables"]:
        at = {"r": 1, "r.2": 2, "r.3": 3}[table["question"]]
        of = {one["code"]: one.get("of", [one["code"]]) for one in table["categories"]}
        for cell in table["cells"]:
            group = next(g for g in table["groups"] if g["codes"] == cell["group"])
            within = group.get("of", {}).get("place", group["codes"]) or GROUPS
            if cell["count"] is not None:
                wanted = of[cell["category"]]
                rows.append([float(one[at] in wanted and one[0] in within) for one in cells])
                values.append(cell["count"])

    for group, at, thing in itertools.product(GROUPS, (1, 2, 3), THINGS):
        if 0 < sum(one[0] == group and one[at] == thing for one in people) < K:
            row = np.array([float(one[0] == group and one[at] == thing) for one in cells])
            least = linprog(row, A_eq=rows, b_eq=values, method="highs")
            most = linprog(-row, A_eq=rows, b_eq=values, method="highs")
            assert least.success
            assert least.fun <= 1e-6
            assert -most.fun >= K - 1e-6
    assert next(t for t in published["tables"] if t["id"] == "r.2.overall")["place_of"] == "r"
