"""What is documented is there, and what is there is documented."""

import re
import tomllib
from pathlib import Path

import pytest

from consultations.cli import COMMANDS
from consultations.config import Settings

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")


def named_in_table(page: str) -> set[str]:
    """What stands in the first column of a page's tables."""
    text = (DOCS / page).read_text()
    cells = re.findall(r"^\| ([^|]+?) \|", text, re.MULTILINE)
    return {name.strip("` ") for cell in cells for name in cell.split(",")}


def declared_dependencies() -> dict[str, str]:
    """Name to bounds, of all that pyproject.toml declares for running and testing."""
    extras = PROJECT["project"]["optional-dependencies"].values()
    declared = [*PROJECT["project"]["dependencies"], *(one for extra in extras for one in extra)]
    split = [re.match(r"([a-z0-9-]+)(?:\[[a-z,]+\])?(.*)", one) for one in declared]
    return {found[1]: found[2] for found in split if found}


def test_every_setting_is_documented_and_nothing_else():
    settings = {f"CONSULTATIONS_{name.upper()}" for name in Settings.model_fields}

    assert named_in_table("settings.md") - {"setting"} == settings


def test_every_dependency_is_documented_and_nothing_else():
    assert named_in_table("dependencies.md") - {"package"} == set(declared_dependencies())


@pytest.mark.parametrize(("name", "bounds"), declared_dependencies().items())
def test_every_dependency_has_a_lower_and_an_upper_bound(name, bounds):
    assert re.match(r">=[\d.]+,<[\d.]+", bounds), name


@pytest.mark.parametrize("lock", ["run", "test"])
def test_the_locks_hold_what_is_declared(lock):
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    locked = set(re.findall(r"^([a-z0-9.-]+)==", text, re.MULTILINE))
    wanted = PROJECT["project"]["dependencies"]
    if lock == "test":
        wanted = [*wanted, *PROJECT["project"]["optional-dependencies"]["test"]]

    assert {re.split(r"[\[>;]", one)[0] for one in wanted} <= locked
    assert "://" not in text


def test_every_command_is_documented():
    text = (DOCS / "contracts.md").read_text()

    for command in COMMANDS:
        assert re.search(rf"^consultations {command}\b", text, re.MULTILINE), command


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_inside_the_project_lead_somewhere(page):
    for target in LINK.findall(page.read_text()):
        assert (page.parent / target).exists(), target
