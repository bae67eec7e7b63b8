"""Verifying a published directory with nothing but its files."""

import json
import shutil

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from consultations.errors import Refused
from consultations.ledger.canonical import canonical
from consultations.ledger.signing import public_hex
from consultations.reports.directory import schema_errors
from consultations.reports.verifying import verify
from tests.reports.published import ANSWERS, KEY, edit, log_of, publish, report, resign

FORGER = Ed25519PrivateKey.from_private_bytes(bytes(32))
FILES = ["manifest.json", "proofs.json", "report.en.json", "report.en.html"]


@pytest.fixture
def directory(tmp_path):
    return publish(tmp_path / "out", report())


@pytest.fixture
def second(tmp_path):
    """The second round, published to the same log."""
    log = log_of(report(), report(round_number=2))
    return publish(tmp_path / "second", report(round_number=2), log=log)


def failures(*arguments, **options):
    found = verify(*arguments, **options)
    assert found["ok"] == (not found["failures"])
    return "\n".join(found["failures"])


def test_a_published_directory_passes(directory):
    assert verify(directory) == {"ok": True, "hidden": 0, "narrowest": None, "failures": []}


def test_it_passes_wherever_it_is_carried(directory, tmp_path, monkeypatch):
    elsewhere = shutil.copytree(directory, tmp_path / "elsewhere" / "copied")
    shutil.rmtree(directory)
    monkeypatch.chdir(elsewhere)
    assert verify(elsewhere)["ok"]


def test_it_passes_with_the_right_key_and_in_two_languages(tmp_path):
    directory = publish(tmp_path / "out", report("en"), report("fr"))
    (tmp_path / "key").write_text(public_hex(KEY))
    assert verify(directory, key=tmp_path / "key")["ok"]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("place", [0, 0.37, 0.71, 1])
def test_one_changed_byte_fails(directory, name, place):
    path = directory / name
    content = bytearray(path.read_bytes())
    content[round(place * (len(content) - 1))] ^= 1
    path.write_bytes(content)
    assert name in failures(directory)


@pytest.mark.parametrize("name", FILES)
def test_one_more_byte_fails(directory, name):
    with (directory / name).open("ab") as file:
        file.write(b" ")
    assert name in failures(directory)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_fails(directory, name):
    (directory / name).unlink()
    assert f"{name}: is missing" in failures(directory)


def test_an_added_file_fails(directory):
    (directory / "more.csv").write_text("a,b")
    assert "more.csv: is not named in the manifest" in failures(directory)


def test_a_missing_directory_fails(tmp_path):
    assert "manifest.json: is missing" in failures(tmp_path / "nothing")


def test_a_swapped_table_fails(directory):
    """A forger with a key of their own can sign anything, but not put it into the log."""

    def swap(content):
        first, second = content["tables"][1]["cells"][:2]
        first["count"], second["count"] = second["count"], first["count"]

    edit(directory / "report.en.json", swap)
    found = failures(resign(directory, FORGER))
    assert "the table vote.by.gender as it stands here is not in the log" in found
    assert "the report as it stands here is not in the log" in found
    assert "vote.overall" not in found


def test_a_changed_coverage_fails(directory):
    edit(directory / "report.en.json", lambda report: report["coverage"].update(organisations=9))
    found = failures(resign(directory, FORGER))
    assert "the report as it stands here is not in the log" in found
    assert "the table" not in found


def test_a_table_listed_twice_fails(directory):
    edit(directory / "report.en.json", lambda report: report["tables"].append(report["tables"][0]))
    assert "two tables of the same name" in failures(resign(directory, FORGER))


def test_a_wrong_key_fails(directory, tmp_path):
    (tmp_path / "key").write_text(public_hex(FORGER))
    assert "is not signed with the key given" in failures(directory, key=tmp_path / "key")


def test_a_forger_is_found_by_the_key(directory, tmp_path):
    (tmp_path / "key").write_text(public_hex(KEY))
    resign(directory, FORGER)
    assert verify(directory)["ok"]
    assert "is not signed with the key given" in failures(directory, key=tmp_path / "key")


def test_a_file_that_is_no_key_is_refused(directory, tmp_path):
    (tmp_path / "key").write_text("nonsense")
    with pytest.raises(Refused, match="public key"):
        verify(directory, key=tmp_path / "key")


def test_another_head_than_the_one_signed_fails(directory):
    edit(directory / "report.en.json", lambda report: report["manifest"].update(log_size=2))
    found = failures(directory)
    assert "report.en.json: its signature is not of the key in the manifest" in found
    assert "names another head of the log" in found


def test_a_later_publication_continues_the_earlier_one(directory, second):
    assert verify(second, earlier=[directory])["ok"]
    assert verify(directory, earlier=[directory])["ok"]


def test_another_round_may_differ_by_little(directory, tmp_path):
    later = report(round_number=2, more_women=1)
    second = publish(tmp_path / "second", later, log=log_of(report(), later))
    assert verify(second, earlier=[directory])["ok"]


def test_a_round_published_again_may_not(directory, tmp_path):
    again = report(more_women=1)
    second = publish(tmp_path / "second", again, log=log_of(report(), again))
    assert "vote.overall" in failures(second, earlier=[directory])


def test_a_small_number_that_can_be_worked_out_fails(tmp_path, monkeypatch):
    monkeypatch.setitem(ANSWERS, "F", {"Y": 97, "N": 3, "-": 20})
    leaky = report()
    leaky["tables"][1]["cells"][1] |= {"count": None, "percent": None}
    found = verify(publish(tmp_path / "out", leaky))
    assert (found["hidden"], found["narrowest"]) == (1, 0)
    assert "vote.by.gender F N" in "\n".join(found["failures"])


def test_tables_that_do_not_fit_together_fail(directory):
    edit(
        directory / "report.en.json",
        lambda report: report["tables"][1]["cells"][0].update(category="other"),
    )
    assert "do not fit together" in failures(resign(directory, FORGER))


def test_a_log_rolled_back_fails(directory, second):
    assert "the log was rolled back: 6 entries in" in failures(directory, earlier=[second])


def test_a_rewritten_log_fails(directory, tmp_path):
    log = log_of(report(more_women=9), report(round_number=2))
    rewritten = publish(tmp_path / "rewritten", report(round_number=2), log=log)
    assert "does not continue the one in" in failures(rewritten, earlier=[directory])


def test_a_log_of_the_same_size_with_another_root_fails(directory, tmp_path):
    other = publish(tmp_path / "other", report(more_women=9))
    assert "does not continue the one in" in failures(other, earlier=[directory])


def test_another_consultation_is_no_earlier_publication(directory, tmp_path):
    def rename(manifest):
        manifest["consultation"] = manifest["head"]["consultation"] = "other"

    other = shutil.copytree(directory, tmp_path / "other")
    edit(other / "report.en.json", lambda report: report.update(consultation="other"))
    edit(other / "manifest.json", rename)
    assert "of another consultation" in failures(directory, earlier=[resign(other, KEY)])


@pytest.mark.parametrize(
    "content", [b"[]", b"{}", b'{"files":1}', b"\xff", canonical({"head": None}), b"[" * 5000]
)
@pytest.mark.parametrize("name", ["manifest.json", "proofs.json", "report.en.json"])
def test_nonsense_fails_in_words(directory, name, content):
    (directory / name).write_bytes(content)
    assert name in failures(directory)


def test_a_report_out_of_form_fails(directory):
    edit(directory / "report.en.json", lambda report: report.update(secret=3))
    assert "does not follow the schema" in failures(resign(directory, FORGER))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("coverage", "individuals"), None),
        (("tables", 0, "cells", 0, "count"), None),
        (("tables", 0, "cells", 0, "count"), -1),
        (("tables", 0, "cells", 0, "category"), 1),
        (("tables", 0, "kind"), "multiple"),
        (("tables", 0, "status"), "withheld"),
        (("tables", 0, "groups"), []),
        (("generated_on"), "today"),
    ],
)
def test_the_schema_refuses(directory, place, value):
    content = json.loads((directory / "report.en.json").read_bytes())
    assert schema_errors(content) == []
    *way, last = (place,) if isinstance(place, str) else place
    part = content
    for step in way:
        part = part[step]
    part[last] = value
    assert schema_errors(content)
