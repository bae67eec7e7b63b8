"""Random populations with their table plans, and the counts of them that must stay protected."""

from itertools import product
from random import Random

from consultations.analysis.plan import CountedQuestion, Responses, TablePlan
from consultations.codebook import Category, Dimension, Group, Policy


def categories(codes):
    return tuple(Category(code, {}) for code in codes)


def _weights(random, count):
    return [random.random() ** random.choice([1, 2, 4]) + 0.02 for _ in range(count)]


def _dimension(random, name, n):
    codes = [f"{name}{place}" for place in range(random.choice([1, 2, 2, 3, 4]))]
    dimension = Dimension(
        name, {}, categories(codes), ordered=random.random() < 0.4, sensitive=random.random() < 0.2
    )
    silent, weights = random.choice([0, 0, 0.05, 0.2]), _weights(random, len(codes))
    people = random.choices(codes, weights, k=n)
    return dimension, ["-" if random.random() < silent else code for code in people]


def _question(random, name, n):
    kind = random.choice(["single", "scale", "multiple", "position"])
    count = {"scale": 5, "position": 4}.get(kind) or random.choice([2, 3, 5])
    codes = [str(place + 1) for place in range(count)]
    question = CountedQuestion(
        name,
        "single" if kind == "position" else kind,
        categories(codes),
        f"list{count}",
        sensitive=random.random() < 0.2,
        role="position" if kind == "position" else None,
    )
    weights, silent = _weights(random, count), random.choice([0, 0.05, 0.2])
    routed = random.choice([0, 0, 0.4])
    answers = []
    for _ in range(n):
        if random.random() < routed:
            one = ("-9",)
        elif random.random() < silent:
            one = (random.choice(["-6", "-7", "-8"]),)
        elif kind == "multiple":
            one = tuple(c for c, w in zip(codes, weights, strict=True) if random.random() < w)
            one = one or (codes[0],)
        else:
            one = (random.choices(codes, weights)[0],)
        answers.append(one if kind == "multiple" else one[0])
    return question, answers


def population(seed):
    """A plan and its responses; small enough for an attack over the full lattice."""
    random = Random(seed)
    k = random.choice([3, 3, 5])
    n = random.choice([0, 2, k, 15, 40, 80, 150])
    dimensions = [_dimension(random, f"d{place}", n) for place in range(random.randint(1, 2))]
    questions = [_question(random, f"q{place}", n) for place in range(random.randint(1, 2))]
    plans = tuple(dimension for dimension, _ in dimensions)
    names = [dimension.name for dimension in plans]
    groups = (
        (Group("some", {}, {names[0]: tuple(c.code for c in plans[0].categories[:2])}),)
        if random.random() < 0.4
        else ()
    )
    crossings = ((names[0], names[1]),) if len(names) > 1 and random.random() < 0.7 else ()
    policy = Policy(k, random.choice([2, 3]) * k, random.random() < 0.7)
    channels = random.choices(["web", "paper"], [0.9, 0.1], k=n)
    return TablePlan(
        tuple(question for question, _ in questions), plans, groups, crossings, policy
    ), Responses(
        n,
        {question.name: answers for question, answers in questions},
        {dimension.name: people for dimension, people in dimensions},
        channels,
        random.choices(["en", "fr"], [0.8, 0.2], k=n),
        ["open"] * n,
    )


def breakdowns(plan, responses):
    """Every group of the plan: {dimension: codes}, and whether a dimension in it is sensitive."""
    columns = dict(responses.dimension) | {"channel": responses.channel}
    delicate = {d.name for d in plan.dimensions if d.sensitive}
    views = [(), *((d.name,) for d in plan.dimensions), *plan.crossings]
    views += [("channel",)] if len(set(responses.channel)) > 1 else []
    for names in views:
        for codes in product(*(sorted(set(columns[name])) for name in names)):
            within = {name: [code] for name, code in zip(names, codes, strict=True)}
            yield within, bool(delicate & set(names))
    for group in plan.groups:
        yield {n: list(c) for n, c in group.of.items()}, bool(delicate & set(group.of))


def members(responses, within):
    columns = dict(responses.dimension) | {"channel": responses.channel}
    return [
        person
        for person in range(responses.n)
        if all(columns[name][person] in codes for name, codes in within.items())
    ]


def protected(plan, responses):
    """Counts that nobody may work out: (question or None, codes, within, whether zero counts)."""
    k, found = plan.policy.threshold, []
    for within, delicate in breakdowns(plan, responses):
        people = members(responses, within)
        if within and 0 < len(people) < k:
            found.append((None, None, within, True))
        for question in plan.questions:
            given = responses.answers[question.name]
            said = [set(given[p] if question.multiple else (given[p],)) for p in people]
            base = sum(1 for one in said if not one & {"-9", "-5"})
            for code in question.codes:
                count = sum(1 for one in said if code in one)
                if 0 < count < k:
                    found.append((question.name, [code], within, True))
                zeros = plan.policy.sensitive_zero_rule and (question.sensitive or delicate)
                if zeros and 0 < count == base < 5 * k and not question.multiple:
                    others = [c for c in (*question.codes, "-") if c != code]
                    found.append((question.name, others, within, False))
            silent = sum(1 for one in said if one & {"-6", "-7", "-8", "-4"})
            if question.sensitive and 0 < silent < k:
                found.append((question.name, ["-"], within, True))
    return found
