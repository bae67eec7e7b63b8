"""The codebook as it is written down: `codebook.toml` and `groups.toml`, as plain values."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "fr", "ar", "es")
"""The languages in which the codebook has words."""


def _read(name: str) -> Mapping[str, Any]:
    return tomllib.loads(files("consultations.codebook").joinpath(name).read_text("utf-8"))


CODEBOOK = _read("codebook.toml")
"""Dimension name -> what the codebook says of it."""

GROUPS = _read("groups.toml")
"""Group code -> label and categories."""
