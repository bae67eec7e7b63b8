"""What a published directory says of itself."""

import json
from hashlib import sha256

import pytest

from consultations.ledger.canonical import canonical, digest
from consultations.ledger.signing import public_hex, verified
from consultations.reports.manifest import ledger_entries, report_digest, seal
from tests.reports.published import KEY, log_of, publish, report


@pytest.fixture
def directory(tmp_path):
    return publish(tmp_path / "out", report("en"), report("fr"))


def test_every_language_has_the_same_entries_in_the_log():
    assert ledger_entries(report("en")) == ledger_entries(report("fr"))


def test_every_number_changes_the_entries_in_the_log():
    before, after = ledger_entries(report()), ledger_entries(report(more_women=1))
    assert all(before[name] != after[name] for name in before)


def test_entries_hold_no_words():
    entries = b"".join(ledger_entries(report("fr")).values()).decode()
    assert "Femmes" not in entries
    assert "Sans" not in entries


def test_a_report_states_its_own_hash():
    sealed = seal(report(), log_of(report()), KEY)
    assert sealed["manifest"]["sha256"] == digest(report())
    assert seal(sealed, log_of(report()), KEY) == sealed
    statement = {key: value for key, value in sealed["manifest"].items() if key != "signature"}
    assert verified(public_hex(KEY), statement, sealed["manifest"]["signature"])


def test_manifest_names_every_other_file(directory):
    manifest = json.loads((directory / "manifest.json").read_bytes())
    names = {"report.en.json", "report.en.html", "report.fr.json", "report.fr.html", "proofs.json"}
    assert manifest["files"].keys() == names
    for name, stated in manifest["files"].items():
        assert sha256((directory / name).read_bytes()).hexdigest() == stated
    for name, stated in manifest["reports"].items():
        assert report_digest(directory / name) == stated


def test_manifest_is_canonical_and_signed(directory):
    content = (directory / "manifest.json").read_bytes()
    manifest = json.loads(content)
    assert canonical(manifest) == content
    signature = manifest.pop("signature")
    assert verified(manifest["public_key"], manifest, signature)


def test_writing_again_writes_the_same(tmp_path, directory):
    again = publish(tmp_path / "again", report("en"), report("fr"))
    for path in directory.iterdir():
        assert (again / path.name).read_bytes() == path.read_bytes()
