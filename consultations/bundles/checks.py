"""What consultation.yaml must fulfil: from a YAML document to a `Configuration`, or an error."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from consultations.bundles.contradictions import contradictions
from consultations.bundles.documents import BundleError, Document, Place
from consultations.bundles.schema import Configuration
from consultations.codebook import Dimension
from consultations.words import N_

_MESSAGES = {
    "missing": N_("%(file)s, line %(line)s: the key %(place)s is missing."),
    "string_type": N_("%(file)s, line %(line)s, %(place)s: this must be text."),
    "dict_type": N_("%(file)s, line %(line)s, %(place)s: this must be a map (key: value)."),
    "model_type": N_("%(file)s, line %(line)s, %(place)s: this must be a map (key: value)."),
    "list_type": N_("%(file)s, line %(line)s, %(place)s: this must be a list."),
    "tuple_type": N_("%(file)s, line %(line)s, %(place)s: this must be a list of two."),
    "int": N_("%(file)s, line %(line)s, %(place)s: %(given)s is not a whole number."),
    "float": N_("%(file)s, line %(line)s, %(place)s: %(given)s is not a number."),
    "bool": N_("%(file)s, line %(line)s, %(place)s: %(given)s is neither true nor false."),
    "date": N_(
        "%(file)s, line %(line)s, %(place)s: %(given)s is not a date; write it as 2026-11-23."
    ),
    "greater_than_equal": N_("%(file)s, line %(line)s, %(place)s: %(given)s is less than %(ge)s."),
    "less_than_equal": N_("%(file)s, line %(line)s, %(place)s: %(given)s is more than %(le)s."),
    "literal_error": N_(
        "%(file)s, line %(line)s, %(place)s: %(given)s is not one of %(expected)s."
    ),
    "too_short": N_("%(file)s, line %(line)s, %(place)s: this is empty."),
    "string_too_short": N_("%(file)s, line %(line)s, %(place)s: this is empty."),
    "string_too_long": N_("%(file)s, line %(line)s, %(place)s: %(given)s is too long."),
    "string_pattern_mismatch": N_(
        "%(file)s, line %(line)s, %(place)s: %(given)s holds a character that is not allowed"
        " here, or has the wrong length."
    ),
    "other": N_("%(file)s, line %(line)s, %(place)s: %(given)s is not possible here."),
}
_UNKNOWN = N_(
    "%(file)s, line %(line)s: the key %(place)s is not known; the nearest known one is %(nearest)s."
)
_OWN = ("language", "slug", "time_zone")


def read_configuration(document: Document) -> Configuration:
    """The configuration that a document holds; raises BundleError naming line, key and cause."""
    try:
        configuration = Configuration.model_validate(document.values)
    except ValidationError as error:
        raise _translated(document, error.errors(include_url=False)) from None
    for place, message, values in contradictions(configuration):
        raise document.error(place, message, **values)
    return configuration


def _translated(document: Document, errors: Iterable[ErrorDetails]) -> BundleError:
    """The first error: a key that is not known before all others, which may follow from it."""
    first = min(
        errors,
        key=lambda error: (
            error["type"] != "extra_forbidden",
            document.line(_place(document, error["loc"])),
        ),
    )
    place, kind = _place(document, first["loc"]), first["type"]
    if kind == "extra_forbidden":
        known = _known_keys(Configuration, place[:-1])
        near = get_close_matches(str(place[-1]), known, n=1, cutoff=0.0)
        return document.error(place, _UNKNOWN, nearest=near[0] if near else "-")
    values = {"given": first["input"], **first.get("ctx", {})}
    if kind in _OWN:
        return document.error(place, first["msg"], **values)
    message = _MESSAGES.get(kind) or _MESSAGES.get(kind.split("_")[0], _MESSAGES["other"])
    return document.error(place, message, **values)


def _place(document: Document, loc: tuple[str | int, ...]) -> Place:
    """Where an error stands in the file: pydantic's path without the names of its own branches."""
    values: Any = document.values
    place: list[str | int] = []
    for index, step in enumerate(loc):
        last = index == len(loc) - 1
        if isinstance(values, Mapping) and (step in values or last):
            place.append(step)
            values = values.get(str(step))
        elif isinstance(values, list) and isinstance(step, int):
            place.append(step)
            values = values[step] if step < len(values) else None
    return tuple(place)


def _known_keys(model: Any, place: Place) -> list[str]:
    """The keys of the map at a place, found by following the types of the models."""
    for step in place:
        fields = _keys_of(model)
        model = fields.get(str(step), model)
    return list(_keys_of(model))


def _keys_of(annotation: Any) -> dict[str, Any]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {
            field.alias or name: field.annotation for name, field in annotation.model_fields.items()
        }
    for part in get_args(annotation):
        if keys := _keys_of(part):
            return keys
    return {}


def check_codes(
    document: Document, configuration: Configuration, dimensions: Mapping[str, Dimension]
) -> None:
    """Refuse codes that no category of their dimension has; a group may name a parent as well.

    `dimensions` have the categories that their question or the codebook gives them.
    """
    for place, name, code in _named_codes(configuration):
        dimension = dimensions.get(name)
        known = [each.code for each in dimension.categories] if dimension else []
        if dimension and place[0] == "groups":
            known += [each.code for each in dimension.parents]
        if code not in known:
            raise document.error(
                place,
                N_(
                    "%(file)s, line %(line)s, %(place)s: the dimension %(dimension)s has no"
                    " category %(code)s; it has %(known)s."
                ),
                dimension=name,
                code=code,
                known=", ".join(known) or "-",
            )


def _named_codes(given: Configuration) -> Iterator[tuple[Place, str, str]]:
    for index, group in enumerate(given.groups):
        for dimension, codes in group.categories.items():
            for step, code in enumerate(codes):
                yield ("groups", index, "of", dimension, step), dimension, code
    for dimension, keys in given.dimensions.items():
        for index, parent in enumerate(keys.parents or ()):
            for step, code in enumerate(parent.of):
                yield ("dimensions", dimension, "parents", index, "of", step), dimension, code
        for code in keys.reference.shares if keys.reference else ():
            yield ("dimensions", dimension, "reference", "shares", code), dimension, code
