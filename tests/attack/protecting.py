"""From an invented population to what the product would publish of it."""

from consultations.analysis.plan import CountedQuestion, Responses, TablePlan
from consultations.analysis.protect import protect
from consultations.codebook import Category, Dimension, Group, Parent, Policy


def published(population):
    """The report, in the shape of report.json, that the product publishes of a population."""
    return protect(plan(population), responses(population)).as_published()


def plan(population):
    """The population's plan as the product reads it."""
    return TablePlan(
        questions=tuple(
            CountedQuestion(
                name=question["name"],
                kind=question["kind"],
                choices=_categories(question["choices"]),
                family=question["family"],
                sensitive=question["sensitive"],
            )
            for question in population["questions"]
        ),
        dimensions=tuple(
            Dimension(
                name=one["name"],
                label={},
                categories=_categories(one["codes"]),
                ordered=one["ordered"],
                sensitive=one["sensitive"],
                parents=tuple(Parent(p["code"], {}, tuple(p["of"])) for p in one["parents"]),
            )
            for one in population["dimensions"]
        ),
        groups=tuple(
            Group(one["code"], {}, {name: tuple(codes) for name, codes in one["of"].items()})
            for one in population["groups"]
        ),
        crossings=tuple(population["crossings"]),
        policy=Policy(population["k"], population["minimum_base"]),
    )


def _categories(codes):
    return tuple(Category(code, {}) for code in codes)


def responses(population):
    """The population's answers as the product takes them."""
    people = population["people"]
    return Responses(
        n=len(people),
        answers={
            question["name"]: [
                tuple(answer) if isinstance(answer, list) else answer
                for answer in (person["answers"][question["name"]] for person in people)
            ]
            for question in population["questions"]
        },
        dimension={
            one["name"]: [person["dims"][one["name"]] for person in people]
            for one in population["dimensions"]
        },
        channel=[person["channel"] for person in people],
        language=[person["language"] for person in people],
        entry=[person["entry"] for person in people],
    )
