"""Random bundles, taken through the commands, and attacked from nothing but the published files.

A round is loaded and published in every format; then answers come or go, and it is published
again. The attacker reads files only; the truth is known here alone.
"""

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from tests.attack.attacker import Reading, attack
from tests.attack.bundled import (
    Attacked,
    attacked,
    bundle_population,
    come_late,
    counted,
    late_people,
    run,
    take_back,
)
from tests.attack.pages import (
    lines_of_report,
    numbers_of_report,
    spoken_numbers,
    tables_of_csv,
    tables_of_page,
    tables_of_report,
)
from tests.attack.populations import protected, routes, truth
from tests.attack.waves import attack_waves

QUICK = (3, 8, 10)
OF_THE_PAGE = {256, 25519, 10, 39, 40, 95}
"""Names of methods, and the steps of the key under the matrix."""

DECIMAL = {"en": ".", "fr": ","}


class Story:
    """What was published of a population, before and after answers came or went."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.seed, draw = seed, Random(f"story {seed}")
        self.before = self.after = bundle_population(seed)
        self.movers: list[dict] = []
        self.came, self.files, self.reports = draw.random() < 0.5, [], []
        with attacked(self.before, folder) as case:
            assert case.publish()
            self._keep(case)
            self._move(case, draw)
            if case.publish() or case.publish(
                "--correction",
                draw.choice(["stand", "merge", "withdraw", "keep"]),
                "--note",
                "Changed.",
            ):
                self._keep(case)
            self.verified = run("report", "verify", *_reversed(case.published), "--json")

    def _move(self, case: Attacked, draw: Random) -> None:
        k, people = self.before["k"], self.before["people"]
        many = draw.choice([1, 2, k - 1, k, 2 * k, 4 * k, 8 * k])
        if self.came:
            late = late_people(self.before, self.seed, many)
            come_late(case, late)
            self.after = counted(self.before, [*people, *late])
            self.movers = self.after["people"][len(people) :]
        else:
            self.movers = draw.sample(people, min(many, len(people) - 1))
            gone = {each["number"] for each in self.movers}
            take_back(gone)
            stay = [each for each in people if each["number"] not in gone]
            self.after = counted(self.before, stay)

    def _keep(self, case: Attacked) -> None:
        directory = case.published[-1]
        self.files.append({p.name: p.read_text("utf-8") for p in directory.iterdir()})
        self.reports.append(json.loads(self.files[-1]["report.en.json"]))

    def told(self):
        """Each report with the population that it is about."""
        kept = len(self.reports) > 1 and _same_numbers(*self.reports)
        return zip(self.reports, (self.before, self.before if kept else self.after), strict=False)


def _reversed(published: list[Path]) -> list[str | Path]:
    latest, *earlier = published[::-1]
    return [latest, *(part for path in earlier for part in ("--earlier", path))]


def _same_numbers(one: dict, other: dict) -> bool:
    return all(one[name] == other[name] for name in ("tables", "coverage"))


@lru_cache(maxsize=1)
def _story(seed: int) -> Story:
    with TemporaryDirectory() as folder:
        return Story(seed, Path(folder))


@pytest.fixture(
    params=[*QUICK, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1000, 1120))],
    scope="module",
)
def story(request: pytest.FixtureRequest) -> Story:
    return _story(request.param)


def test_nothing_protected_can_be_worked_out_of_the_files(story: Story) -> None:
    for report, population in story.told():
        assert attack(report, protected(population), routes=routes(population)) == []


def test_nothing_of_organisations_can_be_worked_out(story: Story) -> None:
    for report, population in story.told():
        bodies = {**population, "people": population["bodies"], "dimensions": [],
                  "crossings": [], "groups": []}  # fmt: skip
        hidden = [each for each in protected(bodies) if not each[2]]
        found = attack(report, hidden, routes=routes(population), population="organisations")
        assert found == []


def test_every_number_in_the_files_is_true(story: Story) -> None:
    for report, population in story.told():
        for claim in Reading(report).claims:
            one = claim.count
            if claim.value is not None:
                number = truth(population, one.question, one.states, dict(one.region))
                assert (claim.where, claim.value) == (claim.where, number)


def test_nobody_who_came_or_went_is_given_away_by_two_publications(story: Story) -> None:
    if len(story.reports) < 2 or _same_numbers(*story.reports):
        return
    few = {**story.before, "people": story.movers}
    hidden = [each for each in protected(few) if each[2] or each[0]]
    found = attack_waves(
        *story.reports, hidden, len(story.movers), came=story.came, routes=routes(story.before)
    )
    reach = min(story.before["k"], len(story.movers))
    assert [each for each in found if each.high - each.low < reach] == []


def test_the_files_verify_together(story: Story) -> None:
    found = json.loads(story.verified.stdout)
    assert (found["failures"], found["ok"]) == ([], True)


def test_every_format_holds_the_same_numbers_and_no_others(story: Story) -> None:
    for files, report, shown in _shown(story):
        for language, decimal in DECIMAL.items():
            page = files[f"report.{language}.html"]
            told = json.loads(files[f"report.{language}.json"])
            assert tables_of_report(told) == tables_of_report(report)
            assert tables_of_page(page, decimal) == tables_of_report(shown[0])
            assert tables_of_csv(files[f"report.{language}.csv"]) == lines_of_report(report)
            known = _known([told, *shown])
            known = known.union(*(_worked_out(each, story.before["groups"]) for each in shown))
            if len(shown) > 1:
                known |= spoken_numbers(page, "#method > p", decimal)
            assert spoken_numbers(page, "main", decimal) - known == set()


def test_a_question_is_told_in_its_own_numbers(story: Story) -> None:
    for files, report, shown in _shown(story):
        for question in {table["question"] for table in report["tables"]}:
            spoken = spoken_numbers(files["report.en.html"], f'section[id="q-{question}"]')
            known = _known([_about(each, question) for each in (report, *shown)])
            assert spoken - known == set(), question


def _shown(story: Story) -> Iterator[tuple[dict, dict, list[dict]]]:
    """The files of each publication, its report, and that with the tables that stand beside it."""
    for place, (files, report) in enumerate(zip(story.files, story.reports, strict=True)):
        notes = report.get("notes", [])
        if place and notes and notes[-1]["choice"] == "stand":
            before = story.reports[0]
            old = {each["id"]: each for each in before["tables"]}
            standing = set(notes[-1]["tables"])
            tables = [old[t["id"]] if t["id"] in standing else t for t in report["tables"]]
            yield files, report, [{**report, "tables": tables}, before]
        else:
            yield files, report, [report]


def _about(report: dict, question: str) -> list:
    parts = ("tables", "matrix", "scales", "statements", "themes", "preferences")
    own = [each for part in parts for each in report[part] if each.get("question") == question]
    own += [e for e in report["coverage"]["non_response"] if e["question"] == question]
    own += [report.get("notes", []), *(each["number"] for each in report["provisions"])]
    return [*own, *_how_many(report, question), *_apart(report)]


def _apart(report: dict) -> set[float]:
    """Who has no view and who did not answer stand together in a chart."""
    found: dict[tuple, float] = {}
    for table in report["tables"]:
        for cell in table["cells"]:
            if cell["category"] in ("no_view", "-") and cell["percent"] is not None:
                key = table["id"], *cell["group"]
                found[key] = found.get(key, 0) + cell["percent"]
    return {round(each, 1) for each in found.values()}


def _how_many(report: dict, question: str) -> tuple[int, int]:
    """How many tables a question has, with and without the first."""
    tables = sum(each["question"] == question for each in report["tables"])
    return tables, tables - 1


def _worked_out(report: dict, groups: list[dict]) -> set[float]:
    """What a page says of what stands in the report: shares in per cent, sums, lengths of lists."""
    heard = report["coverage"]
    people = [
        *(each["count"] or 0 for each in heard["groups"]),
        *(_together(heard["groups"], name, set(codes)) for g in groups
          for name, codes in g["of"].items()),
    ]  # fmt: skip
    return {
        *people,
        *(round(100 * many / heard["individuals"], 1) for many in people),
        *(round(100 * (each or 0)) for each in report["reach"].values()),
        *(round(100 * each) for each in numbers_of_report(report["statements"]) if each < 1),
        *_apart(report),
        *(len(note["tables"]) for note in report.get("notes", ())),
        *(many for t in report["tables"] for many in _how_many(report, t["question"])),
    }


def _together(groups: list[dict], name: str, codes: set[str]) -> int:
    parts = [each for each in groups if each["dimension"] == name]
    inside = [each for each in parts if set(each.get("of", {}).get(name, each["codes"])) & codes]
    return sum(each["count"] or 0 for each in inside)


def _known(part: object) -> set[float]:
    """The numbers of a report as a page may round them."""
    exact = set(numbers_of_report(part))
    return OF_THE_PAGE | {round(each, places) for each in exact for places in (0, 1, 2, 3)}
