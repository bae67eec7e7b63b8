"""Our own words for the questions about a provision, in several languages."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files

from consultations.codebook import Texts

WORDING: Mapping[str, Mapping[str, Texts]] = tomllib.loads(
    files("consultations.questionnaires").joinpath("wording.toml").read_text("utf-8")
)
"""Question -> part of it (question, hint, each choice) -> texts."""
