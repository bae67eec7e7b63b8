"""`consultations demo`: made once, found again, begun anew only where it is ours to delete."""

import json
from sqlite3 import connect

import pytest
from click.testing import CliRunner

from consultations.demonstration import commands
from consultations.demonstration.services import REPORTS, SLUG
from consultations.errors import Refused
from consultations.reports.building import Built
from consultations.reports.services import CorrectionNeeded


@pytest.fixture
def without_report(monkeypatch, tmp_path):
    """Counting 3,000 people takes a minute, and is tested where it is done."""
    built = Built((tmp_path / "report.en.html",), 1, reused=False)
    monkeypatch.setattr(commands, "build_report", lambda of, *, instance: built)


def _demo(*options):
    return CliRunner().invoke(commands.demo, ["--no-serve", "--json", *options])


@pytest.mark.usefixtures("without_report")
def test_the_demonstration_tells_where_it_is(monkeypatch, tmp_path):
    monkeypatch.setenv("CONSULTATIONS_INSTANCE", str(tmp_path / "demo"))
    result = _demo("--port", "5001")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert told["url"] == "http://127.0.0.1:5001/"
    assert {each["role"] for each in told["sign_ins"]} >= {"organizer", "translator", "negotiator"}
    assert told["files"]
    assert SLUG in result.stderr

    again = _demo("--port", "5001")
    assert json.loads(again.stdout) == told


@pytest.mark.usefixtures("without_report")
def test_begun_anew_it_forgets_what_was_added(monkeypatch, tmp_path):
    monkeypatch.setenv("CONSULTATIONS_INSTANCE", str(tmp_path / "demo"))
    _demo()
    (tmp_path / "demo" / "mine.txt").write_text("kept")
    with connect(tmp_path / "demo" / "consultations.sqlite") as database:
        database.execute("DELETE FROM endorsement")
    result = _demo("--reset")
    assert result.exit_code == 0, result.output
    with connect(tmp_path / "demo" / "consultations.sqlite") as database:
        assert database.execute("SELECT count(*) FROM endorsement").fetchone()[0] > 100
    assert (tmp_path / "demo" / "mine.txt").exists()


@pytest.mark.usefixtures("without_report", "command_line")
def test_a_database_of_ones_own_is_not_deleted():
    result = _demo("--reset")
    assert isinstance(result.exception, Refused)


def test_it_starts_although_a_visitor_changed_the_answers(monkeypatch, tmp_path):
    """The published report stands; correcting it is for the organizer to decide."""
    monkeypatch.setenv("CONSULTATIONS_INSTANCE", str(tmp_path / "demo"))
    kept = tmp_path / "demo" / REPORTS / SLUG / "report.en.html"
    kept.parent.mkdir(parents=True)
    kept.write_text("published")

    def changed(of, *, instance):
        raise CorrectionNeeded(number=1, slug=SLUG, tables=3)

    monkeypatch.setattr(commands, "build_report", changed)
    result = _demo()
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["files"] == [str(kept)]
