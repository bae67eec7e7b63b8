"""What protection is measured on: real surveys, the demonstration, and people drawn at random."""

import csv
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from pydantic import SecretStr

from consultations.analysis.declared import table_plan
from consultations.analysis.plan import CountedQuestion, Responses, TablePlan
from consultations.bundles.reading import open_bundle
from consultations.bundles.services import load
from consultations.clock import now
from consultations.codebook import NOT_ASKED, SKIPPED, Category, Dimension, Group, Parent, Policy
from consultations.config import DEMONSTRATION_SECRET, Settings
from consultations.database import ready_app
from consultations.db import db
from consultations.demonstration.services import create
from consultations.questionnaires.queries import questionnaire
from consultations.rounds.models import Consultation
from consultations.submissions.dimensions import dimension_codes
from consultations.submissions.models import INDIVIDUAL
from consultations.submissions.queries import submissions_of

POLICIES = (Policy(5, 20), Policy(10, 30))
STATEMENTS = 20
"""Statements of a conversation that are counted: those with the most votes."""
VOTES = {"1": "agree", "-1": "disagree", "0": "pass"}


@dataclass(frozen=True)
class Survey:
    """A plan of tables, and the answers to it."""

    name: str
    plan: TablePlan
    responses: Responses


def of_bundle(path: Path) -> Survey:
    """The first round of a bundle that holds its answers."""
    with _instance() as settings, open_bundle(path) as bundle:
        loaded = load(
            bundle,
            threshold=settings.threshold,
            rejects=lambda round_: settings.instance / f"rejects-{round_.number}.csv",
            by=None,
            at=now(),
        )
        db.session.flush()
        return _first_round(loaded.consultation)


def of_demonstration() -> Survey:
    """The first round of the demonstration."""
    with _instance():
        return _first_round(create(secret=DEMONSTRATION_SECRET, at=now()))


@contextmanager
def _instance() -> Iterator[Settings]:
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        settings = Settings(instance=Path(folder), secret_key=SecretStr(DEMONSTRATION_SECRET))
        app = ready_app(settings=settings, demonstration=True)
        with app.app_context():
            yield settings
            db.session.remove()
            db.engine.dispose()


def _first_round(consultation: Consultation) -> Survey:
    first = consultation.rounds[0]
    assert first.questionnaire_version_id is not None
    asked = questionnaire(first.questionnaire_version_id)
    plan = table_plan(consultation, asked)
    plan = replace(plan, questions=tuple(q for q in plan.questions if q.kind != "ranking"))
    given = list(submissions_of(first.id, kind=INDIVIDUAL))
    code = dimension_codes(asked, plan.dimensions)
    codes = [code(each.answers) for each in given]
    found = Responses(
        len(given),
        {q.name: [_answer(q, each.answers) for each in given] for q in plan.questions},
        {d.name: [each[d.name] for each in codes] for d in plan.dimensions},
        [each.channel for each in given],
        [each.language for each in given],
        [each.entry for each in given],
    )
    return Survey(consultation.slug, plan, found)


def _answer(question: CountedQuestion, answers: Mapping[str, Any]) -> Any:
    value = answers.get(question.asked, NOT_ASKED) or SKIPPED
    if question.multiple:
        return tuple(value) if isinstance(value, list) else (str(value),)
    return str(value)


def of_votes(path: Path, policy: Policy) -> Survey:
    """Votes on statements (a table of Polis): by opinion group, and by how much people voted."""
    with path.open(encoding="utf-8", newline="") as file:
        people = list(csv.DictReader(file))
    statements = [name for name in people[0] if name.isdigit()]
    statements.sort(key=lambda name: sum(each[name] == "" for each in people))
    dimensions = {
        "cluster": [each["group-id"] or "-" for each in people],
        "voted": [_voted(int(each["n-votes"])) for each in people],
    }
    questions = [
        CountedQuestion(f"s{name}", "votes", categories(VOTES.values()), "votes")
        for name in statements[:STATEMENTS]
    ]
    answers = {
        f"s{name}": [VOTES.get(each[name], NOT_ASKED) for each in people]
        for name in statements[:STATEMENTS]
    }
    known = {name: sorted({*codes} - {"-"}) for name, codes in dimensions.items()}
    plan = TablePlan(
        tuple(questions),
        tuple(Dimension(n, {}, categories(codes), ordered=True) for n, codes in known.items()),
        crossings=(("cluster", "voted"),),
        policy=policy,
    )
    return Survey(path.parent.name, plan, Responses(len(people), answers, dimensions))


def _voted(votes: int) -> str:
    return next(f"under {most:03}" for most in (20, 50, 100, 1_000) if votes < most)


SHARES: Mapping[str, Mapping[str, float]] = {
    "gender": {"woman": 50, "man": 46, "another": 1, "-": 3},
    "age": {"18-24": 14, "25-29": 14, "30-44": 32, "45-59": 24, "60+": 15, "-": 1},
    "region": {"A": 30, "B": 28, "C": 20, "D": 14, "E": 8},
    "minority": {"yes": 12, "no": 84, "-": 4},
}
CROSSINGS = (("gender", "age"), ("gender", "region"), ("age", "region"), ("gender", "minority"))
SILENT = 5
POSITIONS, POINTS, CHOICES = (30, 30, 15, 12), (8, 15, 12, 30, 30), (40, 35, 20, 10)


def drawn(n: int, *, crossings: int, policy: Policy, seed: int) -> Survey:
    """People drawn at random, whose groups lean their own ways: three positions, a scale, a list.

    Shares as in a realistic consultation, five in a hundred without an answer to each question.
    """
    random = Random(f"{n}/{crossings}/{policy.threshold}/{seed}")  # noqa: S311
    dimension = {
        name: random.choices([*shares], [*shares.values()], k=n) for name, shares in SHARES.items()
    }
    questions = [
        *(_question(f"position{i}", "single", POSITIONS, "position") for i in range(3)),
        _question("effect", "scale", POINTS),
        _question("ways", "multiple", CHOICES),
    ]
    answers: dict[str, Any] = {
        "position0": _leaning(random, dimension, "gender", POSITIONS),
        "position1": _leaning(random, dimension, "age", POSITIONS),
        "position2": _leaning(random, dimension, "region", POSITIONS),
        "effect": _leaning(random, dimension, "region", POINTS),
        "ways": [_several(random) for _ in range(n)],
    }
    plan = TablePlan(
        tuple(questions),
        tuple(_dimension(name, tuple(shares)) for name, shares in SHARES.items()),
        (Group("women", {}, {"gender": ("woman",)}),
         Group("youth", {}, {"age": ("18-24", "25-29")})),
        CROSSINGS[:crossings],
        policy,
    )  # fmt: skip
    return Survey("drawn", plan, Responses(n, answers, dimension))


def _question(
    name: str, kind: str, weights: Sequence[float], role: str | None = None
) -> CountedQuestion:
    codes = [str(place) for place in range(1, len(weights) + 1)]
    return CountedQuestion(name, kind, categories(codes), role or kind, role=role)


def _dimension(name: str, codes: tuple[str, ...]) -> Dimension:
    parents = (Parent("youth", {}, ("18-24", "25-29")), Parent("adult", {}, codes[2:5]))
    return Dimension(
        name,
        {},
        categories(code for code in codes if code != "-"),
        ordered=name == "age",
        parents=parents if name == "age" else (),
        sensitive=name == "minority",
    )


def _leaning(
    random: Random, dimension: Mapping[str, Sequence[str]], by: str, weights: Sequence[float]
) -> list[str]:
    codes = [*(str(place) for place in range(1, len(weights) + 1)), "-6"]
    lean = {
        code: [*(weight * random.choice((0.4, 1, 1, 1.6)) for weight in weights), SILENT]
        for code in sorted({*dimension[by]})
    }
    return [random.choices(codes, lean[code])[0] for code in dimension[by]]


def _several(random: Random) -> tuple[str, ...]:
    if random.random() * 100 < SILENT:
        return ("-6",)
    chosen = (
        str(place) for place, weight in enumerate(CHOICES, 1) if 100 * random.random() < weight
    )
    return tuple(chosen) or ("1",)


def categories(codes: Any) -> tuple[Category, ...]:
    """Categories without labels."""
    return tuple(Category(code, {}) for code in codes)


def as_people(survey: Survey) -> dict[str, Any]:
    """The survey in the plain values that `tests.attack` reads."""
    plan, given = survey.plan, survey.responses
    return {
        "k": plan.policy.threshold,
        "minimum_base": plan.policy.minimum_base,
        "dimensions": [
            {"name": d.name, "codes": [c.code for c in d.categories], "sensitive": d.sensitive}
            for d in plan.dimensions
        ],
        "groups": [{"code": g.code, "of": {**g.of}} for g in plan.groups],
        "crossings": plan.crossings,
        "questions": [
            {"name": q.name, "kind": q.kind, "choices": q.codes, "sensitive": q.sensitive}
            for q in plan.questions
        ],
        "people": [
            {
                "dims": {name: codes[person] for name, codes in given.dimension.items()},
                "answers": {name: _plain(of[person]) for name, of in given.answers.items()},
                "channel": given.channel[person] if given.channel else "web",
                "language": given.language[person] if given.language else "en",
                "entry": given.entry[person] if given.entry else "open",
            }
            for person in range(given.n)
        ],
    }


def _plain(answer: str | tuple[str, ...]) -> str | list[str]:
    return [*answer] if isinstance(answer, tuple) else answer
