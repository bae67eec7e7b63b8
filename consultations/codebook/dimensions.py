"""The codebook's own dimensions, version 1, and how a consultation declares the ones it uses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from consultations.codebook import world
from consultations.codebook.values import Category, Dimension, Parent, Reference, Texts
from consultations.codebook.written import CODEBOOK, LANGUAGES
from consultations.errors import ConsultationsError
from consultations.words import N_

RESERVED = ("overall", "group", "channel", "entry")
"""What else tables are broken down by: no dimension may be named so."""

SEVERAL = "several"
"""The category of those who chose more than one."""

_SHOWN = 20

_OF_THE_WORLD = {"country": world.countries, "region": world.regions, "language": world.tongues}


class DimensionError(ConsultationsError):
    """A dimension was declared in a way that the codebook cannot take."""


def _categories(name: str) -> tuple[Category, ...]:
    own = tuple(Category(**each) for each in CODEBOOK[name].get("categories", ()))
    return (*_OF_THE_WORLD[name](LANGUAGES), *own) if name in _OF_THE_WORLD else own


@cache
def _dimension(name: str) -> Dimension:
    written = CODEBOOK[name]
    return Dimension(
        name=name,
        label=written["label"],
        categories=_categories(name),
        why=written["why"],
        question=written["question"],
        ordered=written.get("ordered", False),
        parents=tuple(
            Parent(each["code"], each["label"], tuple(each["of"]))
            for each in written.get("parents", ())
        ),
        sensitive=written.get("sensitive", False),
    )


class _Dimensions(Mapping[str, Dimension]):
    """Each is put together when it is asked for: the world's countries are many words."""

    def __getitem__(self, name: str) -> Dimension:
        return _dimension(name)

    def __iter__(self) -> Iterator[str]:
        return iter(CODEBOOK)

    def __len__(self) -> int:
        return len(CODEBOOK)


DIMENSIONS: Mapping[str, Dimension] = _Dimensions()
"""Name -> dimension."""


def declared(
    name: str,
    *,
    label: Texts | None = None,
    why: Texts | None = None,
    question: Texts | None = None,
    categories: Sequence[tuple[str, Texts | None]] | None = None,
    parents: tuple[Parent, ...] | None = None,
    sensitive: bool | None = None,
    reference: Reference | None = None,
) -> Dimension:
    """The dimension that a consultation declares: the codebook's own with what it says otherwise.

    categories: code and label of those it uses, in this order; without a label the codebook's
    words stay. Codes are the codebook's, except where the organizer is to list them (minority,
    region, language, a dimension of its own).

    Raises `DimensionError` for a name the codebook lacks that comes without a label, for a
    reserved one, and for a code or a label that is missing from the codebook.
    """
    if name in RESERVED:
        raise DimensionError(N_("No dimension may be named “%(name)s”."), name=name)
    own = DIMENSIONS.get(name)
    if own is None and not label:
        raise DimensionError(
            N_("The dimension “%(name)s” is not in the codebook, so it needs a label."), name=name
        )
    own = own or Dimension(name, label or {}, question=label or {})
    if categories is not None:
        own = _listed(own, categories)
    return replace(
        own,
        label=label or own.label,
        why=why or own.why,
        question=question or own.question,
        parents=own.parents if parents is None else parents,
        sensitive=own.sensitive if sensitive is None else sensitive,
        reference=reference,
    )


def adults_only(dimension: Dimension) -> Dimension:
    """`age` without its bands under 18; any other dimension as it is."""
    if dimension.name != "age":
        return dimension
    kept = tuple(each for each in dimension.categories if each.code != "15-17")
    return replace(dimension, categories=kept)


def _listed(own: Dimension, categories: Sequence[tuple[str, Texts | None]]) -> Dimension:
    """A dimension with the categories that an organizer lists."""
    written: Mapping[str, Any] = CODEBOOK.get(own.name, {"extensible": True})
    known = {each.code: each for each in own.categories}
    listed = tuple(_category(own, known, code, label, written) for code, label in categories)
    if "listed" not in written:
        return replace(own, categories=listed)
    around = written["listed"]
    always = [Category(**each) for each in around["categories"]]
    codes = {each.code for each in listed}
    members = [each.code for each in (*listed, *always) if not each.exclusive]
    return replace(
        own,
        categories=(*listed, *(each for each in always if each.code not in codes)),
        question=around["question"],
        several=True,
        parents=(Parent(around["parent"]["code"], around["parent"]["label"], (*members, SEVERAL)),),
    )


def _category(
    own: Dimension,
    known: Mapping[str, Category],
    code: str,
    label: Texts | None,
    written: Mapping[str, Any],
) -> Category:
    if code in known and not label:
        return known[code]
    if code in known:
        return replace(known[code], label=label or {}, choice={})
    if not written.get("extensible"):
        raise DimensionError(
            N_("The dimension “%(name)s” has no category “%(code)s”; it has %(known)s."),
            name=own.name,
            code=code,
            known=", ".join(list(known)[:_SHOWN]),
        )
    if not label:
        raise DimensionError(
            N_("The category “%(code)s” of the dimension “%(name)s” needs a label."),
            name=own.name,
            code=code,
        )
    return Category(code, label)
