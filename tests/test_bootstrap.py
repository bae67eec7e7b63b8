"""The set-up installs once, then only what has changed, with the standard library alone."""

import ast
import json
import sys
from pathlib import Path

import pytest

import bootstrap


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """What is installed by the set-up of an invented checkout, in order."""
    done: list[str] = []
    environment = tmp_path / ".bootstrap"
    lock = tmp_path / "run.txt"
    lock.write_text("flask==1")
    (tmp_path / "pyproject.toml").write_text("[project]")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "ENVIRONMENT", environment)
    monkeypatch.setattr(bootstrap, "STAMP", environment / "installed.json")
    monkeypatch.setattr(bootstrap, "LOCKED", {"run": lock})
    monkeypatch.setattr(bootstrap, "create_environment", lambda folder: made(folder, done))
    monkeypatch.setattr(bootstrap, "install", lambda _, *arguments: done.append(arguments[0]))
    return done


def made(folder: Path, done: list[str]) -> None:
    folder.mkdir(exist_ok=True)
    done.append("environment")


def test_the_first_time_everything_is_installed(installed):
    bootstrap.set_up("run")

    assert installed == ["environment", "--require-hashes", "--no-deps"]


def test_the_second_time_nothing_is(installed):
    bootstrap.set_up("run")
    installed.clear()
    bootstrap.set_up("run")

    assert installed == []


def test_a_changed_lock_is_installed_and_nothing_else(installed):
    bootstrap.set_up("run")
    installed.clear()
    bootstrap.LOCKED["run"].write_text("flask==2")
    bootstrap.set_up("run")

    assert installed == ["--require-hashes"]


def test_a_changed_catalogue_is_compiled_again(installed):
    bootstrap.set_up("run")
    installed.clear()
    catalogue = bootstrap.ROOT / "translations" / "fr" / "LC_MESSAGES" / "messages.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text('msgid ""')
    bootstrap.set_up("run")

    assert installed == ["--no-deps"]


def test_another_python_gets_another_environment(installed):
    bootstrap.set_up("run")
    installed.clear()
    stamp = json.loads(bootstrap.STAMP.read_text())
    bootstrap.STAMP.write_text(json.dumps(stamp | {"home": "3.10 elsewhere"}))
    bootstrap.set_up("run")

    assert installed[0] == "environment"


def test_what_was_installed_before_a_failure_stays(installed, monkeypatch):
    def fail(_environment: Path, *arguments: str) -> None:
        if "--no-deps" in arguments:
            sys.exit("no network")

    monkeypatch.setattr(bootstrap, "install", fail)
    with pytest.raises(SystemExit):
        bootstrap.set_up("run")
    stamp = json.loads(bootstrap.STAMP.read_text())

    assert "run" in stamp
    assert "project" not in stamp


@pytest.mark.parametrize(("arguments", "status"), [([], 2), (["fly"], 2), (["--help"], 0)])
def test_wrong_usage_is_told(arguments, status, capsys):
    assert bootstrap.main(arguments) == status
    assert "bootstrap.py demo" in capsys.readouterr().err


def test_it_needs_the_standard_library_alone():
    tree = ast.parse(Path(bootstrap.__file__).read_text())
    imported = {
        (node.names[0].name if isinstance(node, ast.Import) else str(node.module)).split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }

    assert imported <= sys.stdlib_module_names
