"""`report build` and `report verify` as a person types them."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from consultations.cli import group
from consultations.db import db
from consultations.errors import ConsultationsError
from consultations.rounds.models import CLOSED, Round
from tests.factories import a_consultation, a_round, a_submission


@pytest.fixture
def of(app: Flask, command_line: None) -> Round:
    made = a_round(a_consultation(), stage=CLOSED)
    for place in range(40):
        a_submission(made, art_1_position="support" if place % 2 else "oppose", gender="woman")
    db.session.commit()
    return made


def run(*arguments: object) -> Result:
    return CliRunner().invoke(group, ["report", *map(str, arguments)])


def build(directory: Path, *more: object) -> Result:
    return run("build", "code", "--output", directory, "--language", "en", "--json", *more)


def told(result: Result) -> dict[str, Any]:
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_a_report_is_built_and_verified(of: Round, tmp_path: Path) -> None:
    built = told(build(tmp_path / "out"))
    assert (built["tables"], built["reused"]) == (4, False)
    assert [Path(name).name for name in built["files"]] == [
        "report.en.json", "report.en.html", "report.en.csv", "proofs.json", "manifest.json",
    ]  # fmt: skip
    verified = run("verify", tmp_path / "out", "--json")
    assert verified.exit_code == 0
    assert told(verified)["ok"] is True
    assert told(build(tmp_path / "again"))["reused"] is True


def test_a_correction_waits_for_a_choice(of: Round, tmp_path: Path) -> None:
    build(tmp_path / "one")
    a_submission(of, art_1_position="oppose", gender="woman")
    db.session.commit()
    refused = build(tmp_path / "two")
    assert isinstance(refused.exception, ConsultationsError)  # `main` prints it and ends with 1
    assert "--correction" in str(refused.exception)
    note = ("--note", "One came late.", "--note", "fr=Une est arrivée tard.")
    done = build(tmp_path / "two", "--correction", "keep", *note)
    assert told(done)["reused"] is False
    report = json.loads((tmp_path / "two" / "report.en.json").read_text())
    assert report["notes"][0]["note"] == {"en": "One came late.", "fr": "Une est arrivée tard."}
    assert told(run("verify", tmp_path / "two", "--earlier", tmp_path / "one", "--json"))["ok"]


def test_verify_takes_what_a_witness_kept(of: Round, tmp_path: Path) -> None:
    build(tmp_path / "out")
    head = json.loads((tmp_path / "out" / "manifest.json").read_text())["head"]
    kept = tmp_path / "kept.json"
    kept.write_text(json.dumps(head))
    assert run("verify", tmp_path / "out", "--head", kept).exit_code == 0
    kept.write_text(json.dumps(head | {"root": "0" * 64}))
    failed = run("verify", tmp_path / "out", "--head", kept)
    assert failed.exit_code == 1
    assert "was shown another log" in failed.stderr
