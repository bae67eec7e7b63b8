"""The codebook's own dimensions, version 1, and how a consultation declares the ones it uses."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from importlib.resources import files
from typing import Any

from consultations.codebook import world
from consultations.codebook.values import Category, Dimension, Parent, Reference, Texts
from consultations.errors import ConsultationsError
from consultations.words import N_

LANGUAGES = ("en", "fr", "ar", "es")
"""The languages in which the codebook has words."""


RESERVED = ("overall", "group", "channel", "entry")
"""What else tables are broken down by: no dimension may be named so."""


class DimensionError(ConsultationsError):
    """A dimension was declared in a way that the codebook cannot take."""


_WRITTEN: Mapping[str, Any] = tomllib.loads(
    files("consultations.codebook").joinpath("codebook.toml").read_text("utf-8")
)

_OF_THE_WORLD = {"country": world.countries, "region": world.regions, "language": world.tongues}


def _categories(name: str) -> tuple[Category, ...]:
    if name in _OF_THE_WORLD:
        return _OF_THE_WORLD[name](LANGUAGES)
    return tuple(Category(each["code"], each["label"]) for each in _WRITTEN[name]["categories"])


def _dimension(name: str) -> Dimension:
    written = _WRITTEN[name]
    return Dimension(
        name=name,
        label=written["label"],
        categories=_categories(name),
        why=written["why"],
        ordered=written.get("ordered", False),
        parents=tuple(
            Parent(each["code"], each["label"], tuple(each["of"]))
            for each in written.get("parents", ())
        ),
        sensitive=written.get("sensitive", False),
    )


DIMENSIONS: Mapping[str, Dimension] = {name: _dimension(name) for name in _WRITTEN}
"""Name -> dimension."""

QUESTIONS: Mapping[str, Texts] = {name: written["question"] for name, written in _WRITTEN.items()}
"""Name -> the codebook's own question."""

CHOICES: Mapping[str, Mapping[str, Texts]] = {
    name: {
        category["code"]: category.get("choice", category["label"])
        for category in written.get("categories", ())
    }
    for name, written in _WRITTEN.items()
}
"""Name -> code -> the words of the choice, where a report's label would read oddly in a form."""


def declared(
    name: str,
    *,
    label: Texts | None = None,
    why: Texts | None = None,
    parents: tuple[Parent, ...] | None = None,
    sensitive: bool | None = None,
    reference: Reference | None = None,
) -> Dimension:
    """The dimension that a consultation declares: the codebook's own with what it says otherwise.

    Raises `DimensionError` for a name the codebook lacks that comes without a label, and for a
    reserved one.
    """
    if name in RESERVED:
        raise DimensionError(N_("No dimension may be named “%(name)s”."), name=name)
    own = DIMENSIONS.get(name)
    if own is None and not label:
        raise DimensionError(
            N_("The dimension “%(name)s” is not in the codebook, so it needs a label."), name=name
        )
    own = own or Dimension(name, label or {})
    return replace(
        own,
        label=label or own.label,
        why=why or own.why,
        parents=own.parents if parents is None else parents,
        sensitive=own.sensitive if sensitive is None else sensitive,
        reference=reference,
    )
