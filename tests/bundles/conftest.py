"""A small bundle that every test may spoil in its own way."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bundles import example

CONFIGURATION = example.CONFIGURATION.replace("[F]", "[woman]").partition("  questionnaire:")[0]
"""Without a questionnaire, so that the codebook asks."""


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A folder with a bundle of two languages and no questionnaire."""
    folder = tmp_path / "small-code"
    folder.mkdir()
    (folder / "consultation.yaml").write_text(CONFIGURATION, encoding="utf-8")
    (folder / "draft.en.md").write_text("# Code\n\n## Article 1. Aim\n\n1. Peace.\n")
    (folder / "draft.ar.md").write_text("# مدونة\n\n## المادة 1. الغرض\n\n1. السلام.\n", "utf-8")
    return folder


@pytest.fixture
def rewrite(bundle: Path) -> Callable[[str, str], Path]:
    """Replaces a piece of consultation.yaml, which must be in it, by another."""

    def replace(old: str, new: str) -> Path:
        assert old in CONFIGURATION
        path = bundle / "consultation.yaml"
        path.write_text(CONFIGURATION.replace(old, new, 1), encoding="utf-8")
        return bundle

    return replace
