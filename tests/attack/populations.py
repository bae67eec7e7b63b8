"""Invented people, drawn at random from a seed, and what must not be told about them.

Plain values that know nothing of the product: a population is a dictionary with the plan (`k`,
`minimum_base`, `dimensions`, `groups`, `crossings`, `questions`) and the `people`, each with
`dims` (name -> code, `-` where they did not say), `answers` (question -> a code, or a list of
codes for a multiple question), `channel`, `language` and `entry`.
"""

from itertools import product
from random import Random

SILENT = "-"
KINDS = ("-8", "-7", "-6")
OUTSIDE = ("-9", "-5")


SIZES = (30, 80, 150, 300, 600, 1200)


def random_population(seed, routed=False, sizes=SIZES):
    """A population of one to four dimensions and one to four questions.

    routed: some questions are asked only of those who gave a certain answer before.
    """
    draw = Random(seed)
    dimensions = [_dimension(draw, f"d{i}") for i in range(draw.randint(1, 4))]
    population = {
        "seed": seed,
        "k": (k := draw.choice([3, 5, 10])),
        "minimum_base": draw.choice([2 * k, 20 + k, 3 * k]),
        "dimensions": dimensions,
        "groups": _groups(draw, dimensions),
        "crossings": _crossings(draw, dimensions),
        "questions": _questions(draw, routed),
    }
    add_people(draw, population, draw.choice(sizes))
    return population


def _dimension(draw, name):
    codes = [f"{name}c{i}" for i in range(draw.choice([2, 2, 3, 3, 4, 5, 6, 8]))]
    parents = []
    if len(codes) > 3 and draw.random() < 0.6:
        half = len(codes) // 2
        parents = [
            {"code": f"{name}low", "of": codes[:half]},
            {"code": f"{name}high", "of": codes[half:]},
        ]
    return {
        "name": name,
        "codes": codes,
        "parents": parents,
        "ordered": draw.random() < 0.4,
        "sensitive": draw.random() < 0.3,
        "silent": draw.choice([0, 0, 0.01, 0.03, 0.1]),
        "weights": _weights(draw, len(codes)),
    }


def _weights(draw, many):
    """Shares from even to very skewed, so that small groups occur."""
    skew = draw.choice([0, 0.5, 1, 2])
    return [1 / (1 + i) ** skew * draw.uniform(0.6, 1.4) for i in range(many)]


def _groups(draw, dimensions):
    groups = []
    for number in range(draw.choice([0, 0, 1, 2, 3])):
        names = draw.sample(dimensions, min(len(dimensions), draw.choice([1, 1, 2])))
        of = {d["name"]: draw.sample(d["codes"], draw.randint(1, len(d["codes"]) - 1))
              for d in names}  # fmt: skip
        groups.append({"code": f"g{number}", "of": of})
    return groups


def _crossings(draw, dimensions):
    pairs = [(a["name"], b["name"]) for i, a in enumerate(dimensions) for b in dimensions[i + 1 :]]
    return draw.sample(pairs, min(len(pairs), draw.choice([0, 1, 1, 2, 3])))


def _questions(draw, routed):
    questions = []
    for number in range(draw.choice([1, 1, 2, 3, 4])):
        kind = draw.choice(["single", "single", "scale", "multiple"])
        many = 5 if kind == "scale" else draw.randint(2, 6)
        question = {
            "name": f"q{number}",
            "kind": kind,
            "choices": [f"{i + 1}" for i in range(many)],
            "family": f"f{number}",
            "sensitive": draw.random() < 0.25,
            "route": None,
            "silent": draw.choice([0, 0.01, 0.05, 0.2]),
            "withdrawn": draw.choice([0, 0, 0, 0.01]),
            "weights": _weights(draw, many),
        }
        before = questions[-1] if questions else None
        if before and draw.random() < 0.25 and kind == before["kind"] != "multiple":
            question["choices"], question["family"] = before["choices"], before["family"]
            question["weights"] = _weights(draw, len(before["choices"]))
        if routed and before and before["kind"] != "multiple" and draw.random() < 0.5:
            question["route"] = {"question": before["name"], "codes": before["choices"][:1]}
        questions.append(question)
    return questions


def add_people(draw, population, size):
    """Draw as many people who answer the population's questions."""
    channels = draw.choice([["web"], ["web"], ["web", "paper"]])
    languages = draw.choice([["en"], ["en", "fr"], ["en", "fr", "ar"]])
    entries = draw.choice([["open"], ["open"], ["open", "invited"]])
    leaning = {}
    people = population["people"] = []
    for number in range(size):
        dims = {d["name"]: _code(draw, d["codes"], d) for d in population["dimensions"]}
        answers = {}
        for question in population["questions"]:
            answers[question["name"]] = _answer(draw, question, dims, answers, leaning)
        people.append(
            {
                "number": number,
                "dims": dims,
                "answers": answers,
                "channel": draw.choices(channels, [9, 1][: len(channels)])[0],
                "language": draw.choices(languages, [20, 3, 1][: len(languages)])[0],
                "entry": draw.choices(entries, [5, 1][: len(entries)])[0],
            }
        )


def _code(draw, codes, of):
    return SILENT if draw.random() < of["silent"] else draw.choices(codes, of["weights"])[0]


def _answer(draw, question, dims, answers, leaning):
    multiple = question["kind"] == "multiple"
    route = question["route"]
    if route and answers[route["question"]] not in route["codes"]:
        return ["-9"] if multiple else "-9"
    if draw.random() < question["withdrawn"]:
        return ["-5"] if multiple else "-5"
    if draw.random() < question["silent"]:
        kind = draw.choice(KINDS)
        return [kind] if multiple else kind
    # Every group of the first dimension leans its own way.
    first = next(iter(dims.values()))
    if (question["name"], first) not in leaning:
        leaning[question["name"], first] = [
            weight * draw.choice([0.05, 0.5, 1, 1, 2]) for weight in question["weights"]
        ]
    weights = leaning[question["name"], first]
    if not multiple:
        return draw.choices(question["choices"], weights)[0]
    top = max(weights)
    chosen = [c for c, w in zip(question["choices"], weights, strict=True)
              if draw.random() < 0.6 * w / top]  # fmt: skip
    return chosen or [draw.choice(question["choices"])]


def holds(person, region):
    """Whether a person belongs to a region (dimension -> codes)."""
    return all(_place(person, name) in codes for name, codes in region.items())


def _place(person, name):
    if name in ("channel", "entry"):
        return person[name]
    return person["language"] if name == "(language)" else person["dims"][name]


def planned_regions(population):
    """Every group of the plan before any merging: (whether it is crossed, region)."""
    dims = {d["name"]: [*d["codes"], SILENT] for d in population["dimensions"]}
    for name in ("channel", "entry"):
        occurring = sorted({person[name] for person in population["people"]})
        if len(occurring) > 1:
            dims[name] = occurring
    yield {}
    for name, codes in dims.items():
        yield from ({name: [code]} for code in codes)
    for group in population["groups"]:
        yield group["of"]
    for a, b in population["crossings"]:
        yield from ({a: [x], b: [y]} for x, y in product(dims[a], dims[b]))


def protected(population):
    """What must not be told: (question or None, codes, region) of every protected count."""
    k, people = population["k"], population["people"]
    sensitive = {d["name"] for d in population["dimensions"] if d["sensitive"]}
    found = []
    for region in planned_regions(population):
        inside = [person for person in people if holds(person, region)]
        silent = {name for name, codes in region.items() if codes == [SILENT]}
        named = region and not (silent - sensitive)
        if named and 0 < len(inside) < k:
            found.append((None, (), region))
        if (region and not inside) or silent - sensitive:
            continue
        near = bool(sensitive & region.keys())
        for question in population["questions"]:
            found += _protected_cells(question, region, inside, k, question["sensitive"] or near)
    return found


def _protected_cells(question, region, inside, k, zeros):
    """zeros: whether one choice that holds everyone of a base under 5k is protected too."""
    given = [person["answers"][question["name"]] for person in inside]
    given = [answer if isinstance(answer, list) else [answer] for answer in given]
    given = [answer for answer in given if answer[0] not in OUTSIDE]
    counts = {c: sum(c in answer for answer in given) for c in question["choices"]}
    silent = sum(answer[0].startswith("-") for answer in given)
    for code, count in counts.items():
        if 0 < count < k:
            yield question["name"], (code,), region
    if question["sensitive"] and 0 < silent < k:
        yield question["name"], (SILENT,), region
    if zeros and question["kind"] != "multiple" and len(given) < 5 * k:
        for code, count in counts.items():
            if count == len(given) > 0:
                rest = [c for c in question["choices"] if c != code]
                yield question["name"], (*rest, SILENT), region


def routes(population):
    """question -> (earlier question, codes), as the public questionnaire shows."""
    return {
        q["name"]: (q["route"]["question"], q["route"]["codes"])
        for q in population["questions"]
        if q["route"]
    }


def as_report(population, hide=lambda question, codes, region, number: False):
    """A report of all planned tables with every number that `hide` leaves, nothing merged."""
    people, dims = population["people"], {d["name"]: d for d in population["dimensions"]}

    def shown(question, codes, region, number):
        return None if hide(question, codes, region, number) else number

    def number_of(region):
        return shown(None, (), region, sum(holds(p, region) for p in people))

    coverage = {
        "individuals": len(people),
        "organisations": 0,
        "by_channel": [
            {"code": c, "count": number_of({"channel": [c]})}
            for c in sorted({p["channel"] for p in people})
        ],
        "by_language": [
            {"code": c, "count": number_of({"(language)": [c]})}
            for c in sorted({p["language"] for p in people})
        ],
        "non_response": [],
        "groups": [
            {"dimension": n, "codes": [c], "label": c, "count": number_of({n: [c]})}
            for n, d in dims.items()
            for c in (*d["codes"], SILENT)
        ],
    }
    tables = []
    for question in population["questions"]:
        views = [((), [((), {})])]
        views += [((n,), [((c,), {n: [c]}) for c in (*d["codes"], SILENT)])
                  for n, d in dims.items()]  # fmt: skip
        views += [
            ((a, b), [((x, y), {a: [x], b: [y]}) for x in (*dims[a]["codes"], SILENT)
                      for y in (*dims[b]["codes"], SILENT)])
            for a, b in population["crossings"]
        ]  # fmt: skip
        if population["groups"]:
            views.append((("group",), [((g["code"],), g["of"]) for g in population["groups"]]))
        for by, groups in views:
            rows = groups if groups[0][0] == () else [*groups, ((), {})]
            tables.append(_table(question, by, rows, people, shown))
    return {
        "schema": "consultations.report/1",
        "policy": {"threshold": population["k"], "minimum_base": population["minimum_base"],
                   "sensitive_zero_rule": True},
        "coverage": coverage,
        "tables": tables,
        "matrix": [],
    }  # fmt: skip


def _table(question, by, rows, people, shown):
    name = question["name"]
    table = {
        "id": f"{name}.by.{'.'.join(by)}" if by else f"{name}.overall",
        "question": name,
        "kind": question["kind"],
        "by": list(by),
        "population": "individuals",
        "status": "published",
        "categories": [{"code": c} for c in (*question["choices"], SILENT)],
        "groups": [],
        "cells": [],
    }
    if question["kind"] == "multiple":
        table["exclusive"] = False
    for codes, region in rows:
        given = [p["answers"][name] for p in people if holds(p, region)]
        given = [a if isinstance(a, list) else [a] for a in given]
        given = [a for a in given if a[0] not in OUTSIDE]
        some = [a for a in given if not a[0].startswith("-")]
        everything = (*question["choices"], SILENT)
        base = shown(name, everything, region, len(given))
        answered = shown(name, tuple(question["choices"]), region, len(some))
        group = {"codes": list(codes), "base": base, "answered": answered}
        table["groups"].append(group | ({"of": region} if by == ("group",) and codes else {}))
        for code in everything:
            inside = len(given) - len(some) if code == SILENT else sum(code in a for a in some)
            number = shown(name, (code,), region, inside)
            percent = round(100 * number / base, 1) if number is not None and base else None
            table["cells"].append(
                {"category": code, "group": list(codes), "count": number, "percent": percent}
            )
    return table


def truth(population, question, states, region):
    """How many people of a region gave an answer among the states; `(answered)` is any choice."""
    inside = [person for person in population["people"] if holds(person, region)]
    if question is None:
        return len(inside)
    answers = [person["answers"][question] for person in inside]
    return sum(_among(answer if isinstance(answer, list) else [answer], states)
               for answer in answers)  # fmt: skip


def _among(answer, states):
    if answer[0] in OUTSIDE:
        return False
    if answer[0].startswith("-"):
        return SILENT in states
    return "(answered)" in states or any(code in states for code in answer)
