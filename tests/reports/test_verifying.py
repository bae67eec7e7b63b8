"""Verifying a published directory with nothing but its files."""

import json
import os
import shutil
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.errors import Refused
from consultations.ledger.canonical import canonical
from consultations.ledger.signing import public_hex
from consultations.reports.directory import LARGEST, schema_errors
from consultations.reports.verifying import verify
from tests.reports.published import ANSWERS, KEY, edit, log_of, publish, report, resign, withhold

ROOT = Path(__file__).parents[2]
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


def test_publications_are_compared_with_each_other_not_only_with_the_next(directory, tmp_path):
    """Up by nine and down by eight: from the first to the third it is one answer."""
    later = [report(), report(more_women=9), report(more_women=1)]
    second, third = (
        publish(tmp_path / str(number), later[number - 1], log=log_of(*later[:number]))
        for number in (2, 3)
    )
    assert verify(second, earlier=[directory])["ok"]
    assert verify(third, earlier=[second])["ok"]
    assert "moved by 1" in failures(third, earlier=[second, directory])


def test_gaps_that_moved_between_publications_are_found(directory, tmp_path):
    """Nobody came or went, and each report by itself keeps what it withholds."""

    def withholding(*categories):
        made = report()
        cells = enumerate(made["tables"][1]["cells"])
        gone = [n for n, cell in cells if cell["group"] and cell["category"] in categories]
        withhold(made, *gone)
        for group in made["tables"][1]["groups"][:2]:
            group["answered"] = None
        return made

    first, later = withholding("Y", "N"), withholding("Y", "-")
    second = publish(tmp_path / "second", later, log=log_of(first, later))
    before = publish(tmp_path / "before", first)
    assert "vote.by.gender: what one of two" in failures(second, earlier=[before])
    assert verify(before)["ok"]


def test_merging_between_publications_does_not_hide_a_change(directory, tmp_path):
    """What the later report tells together, a reader adds up in the earlier one, and subtracts."""
    later = report(more_women=1)
    rows = later["tables"].pop()
    total = rows["groups"][-1]
    both = {"codes": ["F+M"], "labels": ["All"], "of": {"gender": ["F", "M"]}}
    rows["groups"] = [{**total, **both}, total]
    cells = [cell for cell in rows["cells"] if not cell["group"]]
    rows["cells"] = [{**cell, "group": ["F+M"]} for cell in cells] + cells
    later["tables"] = [rows]
    rows["status"] = "merged"
    rows["merges"] = [{"kind": "groups", "dimension": "gender", "code": "F+M", "of": ["F", "M"]}]
    later["coverage"]["groups"] = []
    second = publish(tmp_path / "second", later, log=log_of(report(), later))
    assert "vote.by.gender: a count moved by 1" in failures(second, earlier=[directory])


def kept(tmp_path, **head):
    path = tmp_path / "kept.json"
    path.write_text(json.dumps(head))
    return path


def head_of(directory):
    return json.loads((directory / "manifest.json").read_bytes())["head"]


def test_a_witness_who_kept_the_head_finds_it_continued(directory, second, tmp_path):
    path = kept(tmp_path, **head_of(directory))
    assert verify(directory, heads=[path])["ok"]
    assert verify(second, heads=[path])["ok"]


def test_a_head_typed_off_a_page_is_enough(directory, second, tmp_path):
    head = head_of(directory)
    assert verify(second, heads=[kept(tmp_path, size=head["size"], root=head["root"])])["ok"]


def test_a_witness_who_was_shown_another_log_is_told(directory, second, tmp_path):
    """A split view: the host showed one log to the witness and another one to the public."""
    other = publish(tmp_path / "other", report(more_women=9))
    path = kept(tmp_path, **head_of(other))
    for shown in (directory, second):
        assert "the witness was shown another log" in failures(shown, heads=[path])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"size": 5}, "has no proof for a head of 5 entries"),
        ({"size": 99}, "is later than these files"),
        ({"consultation": "other"}, "of another consultation"),
        ({"signature": "00" * 64}, "the signature of the head of 3 entries is wrong"),
        ({"signed_on": "2020-01-01"}, "the signature of the head of 3 entries is wrong"),
    ],
)
def test_what_is_wrong_with_a_kept_head_is_told(directory, second, tmp_path, change, told):
    assert told in failures(second, heads=[kept(tmp_path, **head_of(directory) | change)])


def test_a_directory_without_json_is_refused_clearly(tmp_path):
    directory = publish(tmp_path / "out", report())
    (directory / "report.en.json").unlink()
    found = failures(directory)
    assert "report.*.json: is missing, so the numbers cannot be checked" in found
    assert "report.en.html can be read by people only" in found
    assert "with the format json as well" in found


def test_a_preview_is_told_to_be_one(tmp_path):
    (tmp_path / "report.en.json").write_text(json.dumps(report() | {"preview": True}))
    assert "is a preview: nothing of it was published" in failures(tmp_path)


def test_a_csv_with_other_numbers_fails(directory):
    (directory / "report.en.csv").write_text("table,by\r\n")
    assert "holds other numbers than the report" in failures(resign(directory, KEY))


def test_a_figure_that_is_not_of_its_count_fails(directory):
    edit(
        directory / "report.en.json",
        lambda content: content["tables"][1]["cells"][1].update(percent=90),
    )
    assert "the percentage of vote.by.gender F N" in failures(resign(directory, FORGER))


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_every_changed_byte_is_told(data, tmp_path_factory):
    """Of a file, a proof, the head, the key: a sentence names the file."""
    directory = publish(tmp_path_factory.mktemp("out") / "published", report())
    name = data.draw(st.sampled_from(FILES))
    content = bytearray((directory / name).read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    (directory / name).write_bytes(content)
    found = verify(directory)
    assert not found["ok"]
    assert any(name in line for line in found["failures"])
    assert all(line.endswith((".", ")")) for line in found["failures"])


ALONE = """
import socket, sys
def cut(*_, **__):
    raise OSError("the network is cut")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = cut
import sqlite3
sqlite3.connect = cut
from consultations.cli import main
sys.argv[0] = "consultations"
main()
"""


def test_it_runs_on_another_machine(directory, second, tmp_path):
    """A process of its own: an empty instance, no database, no network, only files and the key."""
    (tmp_path / "key").write_text(public_hex(KEY))
    empty = tmp_path / "empty"
    empty.mkdir()
    run = subprocess.run(
        [sys.executable, "-c", ALONE, "report", "verify", str(second),
         "--earlier", str(directory), "--key", str(tmp_path / "key"), "--json"],
        cwd=empty,
        env={"PYTHONPATH": str(ROOT), "CONSULTATIONS_INSTANCE": str(empty / "instance")},
        capture_output=True,
        text=True,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == {"ok": True, "hidden": 0, "narrowest": None, "failures": []}
    assert list(empty.iterdir()) == []


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


@pytest.mark.parametrize("root", [None, 7, "x", []])
def test_a_head_of_another_form_is_told_whatever_it_is_compared_with(directory, tmp_path, root):
    other = publish(tmp_path / "other", report())
    edit(directory / "manifest.json", lambda manifest: manifest["head"].update(root=root))
    assert "has no size or no root" in failures(directory, earlier=[other])
    assert "has no size or no root" in failures(other, earlier=[directory])


def test_a_folder_in_the_place_of_a_report_is_told(directory):
    (directory / "report.en.json").unlink()
    (directory / "report.en.json").mkdir()
    assert "report.en.json: is not JSON" in failures(directory)


def test_tables_from_which_no_figure_can_be_made_hide_no_false_one(directory):
    """A scale that shows nothing stops the check, so it may not pass for one that passed."""

    def without_points(made):
        made["tables"][0] |= {"kind": "scale", "categories": [], "cells": []}
        made["scales"] = []

    edit(directory / "report.en.json", without_points)
    assert "figures cannot be worked out" in failures(resign(directory, FORGER))


def test_a_folder_in_the_place_of_a_csv_is_told(directory):
    (directory / "report.en.csv").mkdir()
    (directory / "report.fr.csv").symlink_to("nowhere")
    assert failures(directory) == ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize("name", FILES)
def test_nobody_waits_for_a_pipe_in_the_place_of_a_file(directory, name):
    (directory / name).unlink()
    os.mkfifo(directory / name)
    assert f"{name}: is missing" in failures(directory)


@pytest.mark.parametrize("name", ["manifest.json", "proofs.json", "report.en.json"])
def test_a_file_larger_than_any_of_ours_is_not_read(directory, name):
    with (directory / name).open("wb") as file:
        file.truncate(LARGEST + 1)
    assert f"{name}: is larger than any published file" in failures(directory)


def test_a_large_attachment_is_hashed_a_part_at_a_time(directory):
    with (directory / "report.en.html").open("wb") as file:
        file.truncate(300 * 1024**2)
    tracemalloc.start()
    assert "report.en.html: was changed" in failures(directory)
    assert tracemalloc.get_traced_memory()[1] < 100 * 1024**2
    tracemalloc.stop()
