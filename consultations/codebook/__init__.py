"""Dimensions, categories and groups: values only, no database, no web."""

from consultations.codebook.bands import AGE_BANDS, age_band
from consultations.codebook.dimensions import DIMENSIONS, QUESTIONS, declared
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
    "DIMENSIONS",
    "DONT_KNOW",
    "NON_RESPONSE",
    "NOT_ASKED",
    "NOT_CODABLE",
    "POOLED",
    "PREFER_NOT",
    "QUESTIONS",
    "SKIPPED",
    "WITHDRAWN",
    "Category",
    "Dimension",
    "Group",
    "Parent",
    "Policy",
    "Reference",
    "Texts",
    "age_band",
    "declared",
]
