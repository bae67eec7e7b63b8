"""Bundles that nobody had in mind: loaded, reported, verified, and counted by hand."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from consultations.cli import group
from tests.bundles.unseen import Unseen, ports, water

NOT_IN_BASE = {"-9", "-5"}
NON_RESPONSE = {"", "-8", "-7", "-6", "-4"}


class Reported:
    """A bundle, its published directory and what the commands said."""

    def __init__(self, bundle: Unseen, directory: Path) -> None:
        self.bundle, self.directory = bundle, directory
        self.loaded = run("load", bundle.folder, "--json")
        self.built = run("report", "build", bundle.slug, "--output", directory, "--json")

    def report(self, language: str | None = None) -> Any:
        name = f"report.{language or self.bundle.languages[0]}.json"
        return json.loads((self.directory / name).read_text("utf-8"))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, [str(each) for each in arguments])


@pytest.fixture(scope="module", params=[water, ports], ids=["water", "ports"])
def reported(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Reported]:
    folder = tmp_path_factory.mktemp("unseen")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONSULTATIONS_INSTANCE", str(folder / "instance"))
        patch.setenv("CONSULTATIONS_SECRET_KEY", "a-secret-for-tests-only-0123456789")
        patch.delenv("CONSULTATIONS_DATABASE_URL", raising=False)
        assert "CONSULTATIONS_DATABASE_URL" not in os.environ
        yield Reported(request.param(folder / "bundle"), folder / "out")


def test_the_commands_say_what_was_done(reported: Reported) -> None:
    assert (reported.loaded.exit_code, reported.built.exit_code) == (0, 0), reported.built.output
    loaded = json.loads(reported.loaded.stdout)
    assert set(loaded) == {"slug", "rounds", "questions", "responses"}
    assert loaded["responses"]["rejected"] == 0
    built = json.loads(reported.built.stdout)
    assert built["reused"] is False
    assert {Path(name).name for name in built["files"]} == {
        *(f"report.{language}.{kind}" for language in reported.bundle.languages
          for kind in ("json", "html", "csv")),
        "manifest.json", "proofs.json",
    }  # fmt: skip


def test_building_again_gives_the_same_numbers(reported: Reported, tmp_path: Path) -> None:
    again = run("report", "build", reported.bundle.slug, "--output", tmp_path, "--json",
                "--format", "json", "--audience", "negotiators")  # fmt: skip
    assert json.loads(again.stdout)["reused"] is True
    first, second = (
        reported.report(),
        json.loads((tmp_path / f"report.{reported.bundle.languages[0]}.json").read_text("utf-8")),
    )
    assert {key for key in first if first[key] != second[key]} <= {"audience", "manifest"}


def test_the_files_alone_verify(reported: Reported) -> None:
    found = json.loads(run("report", "verify", reported.directory, "--json").stdout)
    assert (found["ok"], found["failures"]) == (True, [])
    assert found["narrowest"] is None or found["narrowest"] >= reported.bundle.threshold


def test_every_planned_table_is_listed(reported: Reported) -> None:
    of = reported.bundle
    views = ["overall", *(f"by.{name}" for name in of.dimensions)]
    views += ["by.group"] if of.groups else []
    views += [f"by.{one}.{other}" for one, other in of.crossings]
    views += ["by.channel"] if of.channels > 1 else []
    people = [each for each in reported.report()["tables"] if each["population"] == "individuals"]
    assert sorted(each["id"] for each in people) == sorted(
        f"{question}.{view}" for question in of.questions for view in views
    )
    for table in people:
        kind, codes = of.questions[table["question"]]
        assert (table["kind"], table.get("exclusive", True)) == (kind, kind != "multiple")
        if table["status"] != "withheld":
            stands_for = [code for each in table["categories"]
                          for code in each.get("of", [each["code"]])]  # fmt: skip
            assert sorted(stands_for) == sorted([*codes, "-"])
            assert [each["codes"] for each in table["groups"]].count([]) == 1


def test_what_is_shown_is_what_was_answered(reported: Reported) -> None:
    shown = 0
    for table in reported.report()["tables"]:
        if table["population"] != "individuals":
            continue
        answered = reported.bundle.answers[table["question"]].map(
            lambda value: set(value.split()) or {""}
        )
        asked = answered.map(lambda codes: not codes & NOT_IN_BASE)
        for each in table["groups"]:
            inside = asked & _members(reported.bundle, table["by"], each)
            assert each["base"] in (None, inside.sum()), (table["id"], each)
            spoke = inside & answered.map(lambda codes: not codes & NON_RESPONSE)
            assert each["answered"] in (None, spoke.sum()), (table["id"], each)
            for category in table["categories"]:
                cell = _cell(table, category["code"], each["codes"])
                meant = set(category.get("of", [category["code"]]))
                meant |= NON_RESPONSE if "-" in meant else set()
                count = (inside & answered.map(lambda codes, of=meant: bool(codes & of))).sum()
                assert cell["count"] in (None, count), (table["id"], cell)
                _check_shown(cell, each["base"], reported.bundle.threshold)
                shown += cell["count"] is not None
    assert shown > 100


def _check_shown(cell: dict[str, Any], base: int | None, threshold: int) -> None:
    if cell["count"] is None or not base:
        assert cell["percent"] is None
    else:
        assert cell["percent"] == pytest.approx(100 * cell["count"] / base, abs=0.051)
        assert cell["category"] == "-" or not 0 < cell["count"] < threshold


def test_coverage_and_tables_show_the_same_groups(reported: Reported) -> None:
    report = reported.report()
    assert report["coverage"]["individuals"] == len(reported.bundle.answers)
    for name in reported.bundle.dimensions:
        covered = [
            (each["codes"], each.get("of"), each["count"])
            for each in report["coverage"]["groups"]
            if each["dimension"] == name
        ]
        for codes, of, count in covered:
            members = _members(reported.bundle, [name], {"codes": codes, "of": of or {}})
            assert count in (None, members.sum())
        for table in report["tables"]:
            if table["by"] == [name] and table["status"] != "withheld":
                groups = [(each["codes"], each.get("of")) for each in table["groups"]]
                assert sorted(groups, key=str) == sorted(
                    [*((codes, of) for codes, of, _ in covered), ([], None)], key=str
                )


def test_every_language_has_the_same_numbers(reported: Reported) -> None:
    numbers = []
    for language in reported.bundle.languages:
        report = reported.report(language)
        numbers.append([report["matrix"], report["disclosure"],
                        *(each["cells"] for each in report["tables"])])  # fmt: skip
        page = (reported.directory / f"report.{language}.html").read_text("utf-8")
        assert f'lang="{language}"' in page
    assert all(each == numbers[0] for each in numbers)


def test_organisations_are_counted_apart(reported: Reported) -> None:
    report = reported.report()
    there = [each for each in report["tables"] if each["population"] == "organisations"]
    if reported.bundle.slug == "ports":
        assert report["coverage"]["organisations"] >= reported.bundle.threshold
        assert {each["id"] for each in there} == {
            f"{question}.overall.organisations" for question in reported.bundle.questions
        }
    else:
        assert (report["coverage"]["organisations"], there) == (0, [])


def test_changed_answers_are_refused(reported: Reported, tmp_path: Path) -> None:
    lines = (reported.bundle.folder / "responses.csv").read_text("utf-8-sig").splitlines()
    more = tmp_path / "more.csv"
    more.write_text("\n".join(lines[:2]) + "\n", "utf-8")
    assert run("responses", "import", reported.bundle.slug, more).exit_code == 0
    refused = run("report", "build", reported.bundle.slug, "--output", tmp_path / "out")
    assert refused.exit_code == 1
    assert "have changed since" in str(refused.exception)
    assert not (tmp_path / "out").exists()


def test_few_organisations_are_not_called_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONSULTATIONS_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.delenv("CONSULTATIONS_DATABASE_URL", raising=False)
    bundle = ports(tmp_path / "bundle")
    few = bundle.answers.assign(
        _kind=["organisation"] * 2 + ["individual"] * (len(bundle.answers) - 2)
    )
    few.head(60).to_csv(bundle.folder / "responses.csv", index=False)
    reported = Reported(bundle, tmp_path / "out")
    assert reported.built.exit_code == 0
    report = reported.report()
    assert report["coverage"]["organisations"] is None
    assert all(each["population"] == "individuals" for each in report["tables"])


def _members(bundle: Unseen, by: list[str], group: dict[str, Any]) -> "pd.Series[bool]":
    """Who is in a table's group, from what it says it stands for."""
    inside = pd.Series(data=True, index=bundle.answers.index)
    for name, codes in _within(bundle, by, group).items():
        column, known = bundle.dimensions[name] if name != "channel" else ("_channel", codes)
        said = bundle.answers[column].map(lambda code, known=known: code if code in known else "-")
        inside &= said.isin(codes)
    return inside


def _within(bundle: Unseen, by: list[str], group: dict[str, Any]) -> dict[str, Any]:
    if not group["codes"]:
        return {}
    of = group.get("of", {})
    if by == ["group"]:
        return {**bundle.groups[group["codes"][0]], **of}
    return {name: of.get(name, [code]) for name, code in zip(by, group["codes"], strict=True)}


def _cell(table: dict[str, Any], category: str, group: list[str]) -> dict[str, Any]:
    [cell] = [each for each in table["cells"]
              if (each["category"], each["group"]) == (category, group)]  # fmt: skip
    found: dict[str, Any] = cell
    return found
