"""Invented people as a bundle on disk, taken through `load` and `report build` like any other.

The population is the one of `populations.py` with more kinds of questions: positions, an open
bracket, a vote, and what people wrote, in which themes are found after the round. The product is
reached through its commands; what it cannot be told in a bundle (who was invited, which words
carry a theme, who withdrew) through the services that a page would call.
"""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pandas as pd
import pytest
import yaml
from click.testing import CliRunner
from openpyxl import Workbook
from sqlalchemy import select

from consultations.app import create_app
from consultations.cli import group
from consultations.comments.models import Point
from consultations.comments.services import points_from_answers
from consultations.db import db
from consultations.rounds.queries import consultation
from consultations.rounds.services import close, hold_open
from consultations.submissions.models import INVITED, Submission
from consultations.submissions.services import withdraw
from consultations.themes.services import add_theme, code_points
from tests.attack.populations import add_people, random_population

POSITIONS = ("support", "support_with_changes", "oppose", "no_view")
VOTES = ("agree", "disagree", "pass")
WORDS, THEMED, LATE = "words", "words.themes", 10_000
THEMES = ("night", "radio", "harvest", "school")
LANGUAGES = ("en", "fr")
COLUMNS = ("provision", "role", "dimension", "sensitive", "appearance", "relevant", "bracket")
SLUG = "attacked"
AT = datetime(2026, 6, 1, 12, tzinfo=UTC)


def bundle_population(seed: int) -> dict:
    """A population as a bundle can hold it; `people` are individuals, `bodies` organisations."""
    draw = Random(f"bundle {seed}")
    population = random_population(seed, routed=True, sizes=(30, 60, 100, 150, 250, 400))
    more = [
        _asked("position_1", POSITIONS, "positions", draw, provision="art_1", role="position"),
        _asked("position_2", POSITIONS, "positions", draw, provision="art_2", role="position"),
        _asked("bracket", ("1", "2", "no_view"), "bracket", draw, provision="art_1", bracket="1"),
        _asked("vote", VOTES, "votes", draw, appearance="vote"),
    ]
    population["questions"] = [
        *population["questions"][:2],
        *draw.sample(more, draw.choice([1, 1, 2, 3])),
    ]
    if draw.random() < 0.5:
        themes = _asked(THEMED, THEMES, "themes", draw, kind="multiple")
        population["questions"].append(themes | {"sensitive": False})
    add_people(draw, population, len(population["people"]))
    everyone = [_written(each) for each in population["people"]]
    bodies = draw.choice([0, 0, 2, 6, 30])
    population["bodies"] = [
        each | {"entry": "open", "kind": "organisation", "themes": []} for each in everyone[:bodies]
    ]
    population["people"] = everyone[bodies:]
    return counted(population)


def late_people(population: dict, seed: int, many: int) -> list[dict]:
    """People whose answers arrive after the report; nobody reads what they wrote."""
    others = {**population, "questions": population["asked"]}
    add_people(Random(f"late {seed}"), others, many)
    return [
        _written(each) | {"number": LATE + place, "entry": "open", "themes": []}
        for place, each in enumerate(others["people"])
    ]


def counted(population: dict, people: list[dict] | None = None) -> dict:
    """The population with these people, and the themes that enough of them named.

    Who wrote without a named theme is not codable; the words of organisations are read elsewhere.
    """
    everyone = population["people"] if people is None else people
    asked = population.get("asked", population["questions"])
    carried = Counter(code for each in everyone for code in each["themes"])
    named = [code for code in THEMES if carried[code] >= population["k"]]

    def told(person: dict) -> dict:
        if "wrote" not in person:
            return person
        silent = ["-4"] if person["wrote"] else ["-6"]
        said = [code for code in person["themes"] if code in named] or silent
        return person | {"answers": person["answers"] | {THEMED: said}}

    return {
        **population,
        "asked": asked,
        "questions": [
            each | {"choices": named} if each["name"] == THEMED else each
            for each in asked
            if named or each["name"] != THEMED
        ],
        "people": [told(each) for each in everyone],
        "bodies": [told(each) for each in population["bodies"]],
    }


def _written(person: dict) -> dict:
    """A person with what they wrote, and the themes that the team will find in it."""
    themes = [code for code in person["answers"].get(THEMED, ()) if code in THEMES]
    wrote = {"wrote": bool(themes)} if THEMED in person["answers"] else {}
    return person | {"themes": themes} | wrote


def _asked(name, choices, family, draw, kind="single", **columns) -> dict:
    return {
        "name": name, "kind": kind, "choices": list(choices), "family": family, "route": None,
        "sensitive": draw.random() < 0.2, "silent": draw.choice([0, 0.02, 0.1, 0.4]),
        "withdrawn": 0, "weights": [draw.choice([0.02, 0.3, 1, 2]) for _ in choices],
        "columns": columns,
    }  # fmt: skip


@dataclass
class Attacked:
    """A bundle, the instance it was loaded into and the directories that were published."""

    population: dict
    folder: Path
    published: list[Path] = field(default_factory=list)

    def publish(self, *arguments: str) -> Path | None:
        """Publish into the next directory; None where the product refuses."""
        directory = self.folder / f"out{len(self.published) + 1}"
        done = run("report", "build", SLUG, "--output", directory, *arguments)
        if done.exit_code:
            assert done.exit_code == 1, done.output
            assert done.exception is not None
            return None
        self.published.append(directory)
        return directory

    def report(self, place: int = -1, language: str = "en") -> dict:
        """What one directory holds for programs."""
        return json.loads((self.published[place] / f"report.{language}.json").read_text("utf-8"))


@contextmanager
def attacked(population: dict, folder: Path) -> Iterator[Attacked]:
    """The population loaded into an instance of its own, its round closed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONSULTATIONS_INSTANCE", str(folder / "instance"))
        patch.setenv("CONSULTATIONS_SECRET_KEY", "a-secret-for-tests-only-0123456789")
        patch.delenv("CONSULTATIONS_DATABASE_URL", raising=False)
        write(population, folder / "bundle")
        done = run("load", folder / "bundle", "--json")
        assert done.exit_code == 0, (done.output, done.exception)
        _after_loading(population)
        yield Attacked(population, folder)


def run(*arguments):
    """A command of the product."""
    return CliRunner().invoke(group, [str(each) for each in arguments])


def write(population: dict, folder: Path) -> None:
    """The bundle as an organizer would write it."""
    folder.mkdir(parents=True)
    (folder / "consultation.yaml").write_text(
        yaml.safe_dump(_configuration(population), allow_unicode=True, sort_keys=False), "utf-8"
    )
    for language in LANGUAGES:
        (folder / f"draft.{language}.md").write_text(
            "# Code\n\n## Notice {#art_1}\n\nNotice is given [twenty] [thirty] days before.\n\n"
            "## Visits {#art_2}\n\nEach Party may send visitors.\n",
            "utf-8",
        )
    _questionnaire(population).save(folder / "questionnaire.xlsx")
    frame(population).to_csv(folder / "responses.csv", index=False)


def _configuration(population) -> dict:
    dimensions = {
        one["name"]: {
            "label": _texts(one["name"]),
            "why": _texts("why"),
            "sensitive": one["sensitive"],
            "parents": [
                {"code": p["code"], "label": _texts(p["code"]), "of": p["of"]}
                for p in one["parents"]
            ],
        }
        for one in population["dimensions"]
    }
    groups = [
        {"code": each["code"], "label": _texts(each["code"]), "of": each["of"]}
        for each in population["groups"]
    ]
    round_ = {"number": 1, "opens": "2026-01-01", "closes": "2026-02-01", "draft": "draft",
              "questionnaire": "questionnaire.xlsx", "responses": "responses.csv"}  # fmt: skip
    return {
        "schema": "consultations.bundle/1",
        "slug": SLUG,
        "source_language": "en",
        "languages": [*LANGUAGES],
        **{key: _texts(key) for key in ("title", "summary", "organizer")},
        "policy": {"threshold": population["k"], "minimum_base": population["minimum_base"]},
        "dimensions": dimensions,
        "groups": groups,
        "crossings": [list(pair) for pair in population["crossings"]],
        "rounds": [round_],
    }


def _texts(words: str) -> dict[str, str]:
    return {language: f"{words} {language}" for language in LANGUAGES}


def _questionnaire(population) -> Workbook:
    book = Workbook()
    book.remove(book.active)
    labels = ["label::English (en)", "label::Français (fr)"]
    survey = book.create_sheet("survey")
    survey.append(["type", "name", *labels, *COLUMNS])
    lists = {}
    for question in population["asked"]:
        name, columns = question["name"], dict(question.get("columns", {}))
        if name == THEMED:
            survey.append(["text", WORDS, WORDS, WORDS, "art_2", "change"])
            continue
        if "bracket" not in columns:
            lists[question["family"]] = question["choices"]
        columns["sensitive"] = "yes" if question["sensitive"] else None
        if question["kind"] == "scale":
            columns["appearance"] = "likert"
        if question["route"]:
            source, (code, *_) = question["route"]["question"], question["route"]["codes"]
            columns["relevant"] = f"${{{source}}} = '{code}'"
        how = "select_multiple" if question["kind"] == "multiple" else "select_one"
        listed = "" if "bracket" in columns else f" {question['family']}"
        survey.append(
            [f"{how}{listed}", name, name, name, *(columns.get(each) for each in COLUMNS)]
        )
    for one in population["dimensions"]:
        name = one["name"]
        lists[f"of_{name}"] = one["codes"]
        survey.append([f"select_one of_{name}", f"ask_{name}", name, name, None, None, name])
    survey.append(["integer", "person", "person", "person"])
    choices = book.create_sheet("choices")
    choices.append(["list_name", "name", *labels])
    for title, codes in lists.items():
        for code in codes:
            choices.append([title, code, f"{code} e", f"{code} f"])
    return book


def frame(population, people=None) -> pd.DataFrame:
    """responses.csv; the row of a person is known by a number that is never counted."""
    several = [*population["people"], *population["bodies"]] if people is None else people
    return pd.DataFrame([_row(population, each) for each in several])


def _row(population, person) -> dict[str, str]:
    row = {"person": person["number"], "_language": person["language"]}
    row |= {"_channel": person["channel"], "_kind": person.get("kind", "individual")}
    for one in population["dimensions"]:
        code = person["dims"][one["name"]]
        row[f"ask_{one['name']}"] = "" if code == "-" else code
    for question in population["asked"]:
        answer = person["answers"][question["name"]]
        if question["name"] == THEMED:
            row[WORDS] = "By radio." if person["wrote"] else ""
            continue
        given = " ".join(answer) if isinstance(answer, list) else answer
        row[question["name"]] = "" if given in ("-6", "-9") else given
    return row


@contextmanager
def inside() -> Iterator[None]:
    """The application over the instance of the environment."""
    app = create_app()
    with app.app_context():
        yield
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


def _after_loading(population) -> None:
    """Who was invited, and the themes in what was written."""
    numbered = {each["number"]: each for each in (*population["people"], *population["bodies"])}
    with inside():
        of = consultation(SLUG).rounds[0]
        for row in db.session.scalars(select(Submission)):
            if numbered[row.answers["person"]]["entry"] == "invited":
                row.entry = INVITED
        points_from_answers(of)
        points = {
            numbered[row.answers["person"]]["number"]: point
            for point, row in db.session.execute(
                select(Point, Submission).join(Submission, Submission.id == Point.submission_id)
            )
        }
        for code in THEMES:
            carry = [point for n, point in points.items() if code in numbered[n]["themes"]]
            if carry:
                theme = add_theme(of.consultation, code, _texts(code))
                code_points(carry, theme, by=None)


def take_back(numbers) -> None:
    """These people withdraw their answers, each with a receipt, while the round is open again."""
    with inside():
        of = consultation(SLUG).rounds[0]
        hold_open(of, by=None, at=AT)
        db.session.flush()
        for row in db.session.scalars(select(Submission)).all():
            if row.answers["person"] in numbers:
                row.receipt_hash = f"{row.answers['person']:064d}"
        db.session.commit()
        for number in sorted(numbers):
            withdraw(of, receipt_hash=f"{number:064d}")
        close(of, by=None, at=AT)
        db.session.commit()


def come_late(attack: Attacked, people) -> None:
    """These people's answers arrive in another file."""
    path = attack.folder / "late.csv"
    frame(attack.population, people).to_csv(path, index=False)
    done = run("responses", "import", SLUG, path)
    assert done.exit_code == 0, (done.output, done.exception)
