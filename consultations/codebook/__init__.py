"""Dimensions, categories and groups: values only, no database, no web."""

from consultations.codebook.bands import AGE_BANDS, age_band
from consultations.codebook.batteries import BATTERIES
from consultations.codebook.dimensions import DIMENSIONS, SEVERAL, adults_only, declared
from consultations.codebook.groups import GROUPS
from consultations.codebook.values import (
    DONT_KNOW,
    NON_RESPONSE,
    NOT_ASKED,
    NOT_CODABLE,
    POOLED,
    PREFER_NOT,
    SKIPPED,
    WITHDRAWN,
    Category,
    Dimension,
    Group,
    Parent,
    Policy,
    Reference,
    Texts,
)

__all__ = [
    "AGE_BANDS",
    "BATTERIES",
    "DIMENSIONS",
    "DONT_KNOW",
    "GROUPS",
    "NON_RESPONSE",
    "NOT_ASKED",
    "NOT_CODABLE",
    "POOLED",
    "PREFER_NOT",
    "SEVERAL",
    "SKIPPED",
    "WITHDRAWN",
    "Category",
    "Dimension",
    "Group",
    "Parent",
    "Policy",
    "Reference",
    "Texts",
    "adults_only",
    "age_band",
    "declared",
]
