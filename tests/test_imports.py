"""The house stands: what the contracts in pyproject.toml say, and what they cannot say."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "consultations"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
FLOORS, FILES, *_ = PROJECT["tool"]["importlinter"]["contracts"]

WITH_DATABASE = {"models", "queries", "services"}
FOR_PAGES = {"forms", "views", "manage", "api", "tasks", "commands"}
PURE = {
    "codebook": {"*"},
    "questionnaires": {"*", "-listening"},
    "drafts": {"*", "-translatables"},
    "bundles": {"*"},
    "analysis": {
        "*",
        "-declared",
        "-participation",
        "-said",
        "-snapshots.elsewhere",
        "-snapshots.engines",
        "-snapshots.following",
        "-snapshots.sql",
        "-snapshots.sweeping",
    },
    "ledger": {"canonical", "log", "signing", "tree", "witness"},
    "participants": {"addresses", "entering", "entitlement"},
    "submissions": {
        "alike",
        "dimensions",
        "marks",
        "offline.lock",
        "offline.rules",
        "patterns",
        "plain_question",
        "receipts",
        "saved",
        "sealing",
        "work",
    },
    "comments": {"wording"},
    "reports": {
        "beside",
        "coarser",
        "correcting",
        "counterparts",
        "counts",
        "directory",
        "disclosed",
        "manifest",
        "matrix",
        "moved",
        "precision",
        "prose",
        "reach",
        "scales",
        "statements",
        "tables_csv",
        "too_few",
        "verifying",
        "weighted",
    },
    "demonstration": {"content", "difficulties", "population"},
}
"""Per feature the modules that take and give plain values; `*` all but the files named above."""

PURE_BASE = {
    "clock",
    "codes",
    "errors",
    "figures",
    "keys",
    "resources",
    "spreadsheets",
    "texts",
    "words",
}
FRAMEWORKS = ("flask", "sqlalchemy", "wtforms", "werkzeug", "jinja2")


def features() -> set[str]:
    return {path.parent.name for path in PACKAGE.glob("*/__init__.py")}


def named(layers: list[str]) -> list[str]:
    return [name.strip("() ") for layer in layers for name in layer.replace("|", ":").split(":")]


def pure_modules() -> Iterator[str]:
    for feature, rule in PURE.items():
        present = {_dotted(path, PACKAGE / feature) for path in (PACKAGE / feature).rglob("*.py")}
        left_out = {name.removeprefix("-") for name in rule if name.startswith("-")}
        plain = present - WITH_DATABASE - FOR_PAGES - left_out - {"__init__"}
        chosen = plain if "*" in rule else rule & present
        yield from (f"{feature}.{module}" for module in sorted(chosen))


def _dotted(path: Path, feature: Path) -> str:
    return ".".join(path.relative_to(feature).with_suffix("").parts)


def imported(module: str) -> set[str]:
    """What the module imports when it runs, as dotted names."""
    tree = ast.parse((PACKAGE / f"{module.replace('.', '/')}.py").read_text())
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "consultations":
            found |= {f"consultations.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def test_the_contracts_hold():
    program = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True)

    assert run.returncode == 0, run.stdout[run.stdout.find("Broken contracts") :]


def test_every_folder_is_a_floor():
    assert features() <= set(named(FLOORS["layers"]))


def test_the_order_of_files_is_kept_inside_every_feature():
    inside = {name.removeprefix("consultations.") for name in FILES["containers"]}

    assert inside == features() - {"web", "codebook"}


def test_the_order_of_files_is_the_one_agreed():
    assert set(named(FILES["layers"])) == WITH_DATABASE | FOR_PAGES


@pytest.mark.parametrize("module", list(pure_modules()))
def test_pure_modules_take_and_give_plain_values(module):
    pure = {f"consultations.{name}" for name in [*pure_modules(), *PURE_BASE, *PURE]}

    for name in imported(module):
        assert not name.startswith(FRAMEWORKS), f"{module} imports {name}"
        assert not name.startswith("consultations.") or name in pure, f"{module} imports {name}"
