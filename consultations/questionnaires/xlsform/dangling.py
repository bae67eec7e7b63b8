"""Rows that cannot stay because of what their expressions refer to."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from consultations.questionnaires.logic_reading import filtered_by
from consultations.questionnaires.structure import Question, Section
from consultations.questionnaires.xlsform.left_out import LeftOut
from consultations.questionnaires.xlsform.workbook import Row
from consultations.questionnaires.xpath.expressions import (
    REFERENCE,
    LogicError,
    expression,
    is_expression,
)
from consultations.words import N_

INSIDE = N_("inside a group that is left out")
_GONE = N_("refers to “%(name)s”, which is left out")
_NOWHERE = N_("refers to “%(name)s”, but there is no question of that name")
_CIRCLE = N_("its conditions run in a circle, or rest on some that do")
_DECIDING = ("relevant", "choice_filter", "calculation", "default")


@dataclass(frozen=True)
class Entry:
    """A question or a section that its own row allows, with that row."""

    row: Row
    what: Question | Section

    @property
    def around(self) -> str | None:
        """The name of the section around it."""
        return self.what.within if isinstance(self.what, Section) else self.what.section


@dataclass(frozen=True)
class _Read:
    """What an entry refers to, by column, and whether a condition is about its own answer."""

    names: Mapping[str, frozenset[str]]
    own: bool


def standing(
    entries: Sequence[Entry], named: Collection[str], left_out: list[LeftOut]
) -> list[Entry]:
    """The entries whose expressions can be used; the others are added to `left_out`.

    named: all names that questions of the sheet have, those left out included.
    """
    read: dict[int, _Read] = {}
    gone: dict[int, tuple[str, str, Mapping[str, object]]] = {}
    known = {*named, *(name for each in entries for name in _fields(each))}
    for place, entry in enumerate(entries):
        try:
            read[place] = _read(entry.what, known)
        except _UnusableError as error:
            gone[place] = (error.column, error.error.message, error.error.values)
    _drop_dangling(entries, read, gone)
    for place in _in_circles(entries, read, gone):
        gone[place] = (next(iter(_deciding(read[place])), "relevant"), _CIRCLE, {})
    _drop_dangling(entries, read, gone)
    for place, (column, message, values) in gone.items():
        left_out.append(LeftOut("survey", entries[place].row.number, column, message, values))
    return [entry for place, entry in enumerate(entries) if place not in gone]


class _UnusableError(Exception):
    def __init__(self, column: str, error: LogicError) -> None:
        super().__init__(column)
        self.column, self.error = column, error


def _read(what: Question | Section, known: Collection[str]) -> _Read:
    names, own = {}, False
    for column, source in _expressions(what):
        columns = None
        if isinstance(what, Question) and column == "choice_filter":
            columns = filtered_by(what)
        try:
            found = expression(source, known, columns)
        except LogicError as error:
            raise _UnusableError(column, error) from error
        names[column] = found.names
        own |= found.own and column == "relevant"
    for column, words in _words(what):
        for name in set(REFERENCE.findall(words)) if "${" in words else ():
            if name not in known:
                raise _UnusableError(column, LogicError(_NOWHERE, name=name))
            names[column] = names.get(column, frozenset()) | {name}
    return _Read(names, own)


def _expressions(what: Question | Section) -> Iterator[tuple[str, str]]:
    """Column -> expression."""
    if what.relevant:
        yield "relevant", what.relevant
    if isinstance(what, Question):
        for column in ("constraint", "choice_filter", "calculation"):
            if source := getattr(what, column):
                yield column, source
        if is_expression(what.default):
            yield "default", what.default


def _words(what: Question | Section) -> Iterator[tuple[str, str]]:
    """Column -> words into which answers may be put."""
    for words in what.label.values():
        yield "label", words
    if isinstance(what, Question):
        for column, texts in (
            ("hint", what.hint),
            ("constraint_message", what.message),
            ("required_message", what.required_message),
            ("unit", what.unit),
        ):
            for words in texts.values():
                yield column, words
        for choice in what.choices:
            for words in choice.label.values():
                yield "type", words


def _fields(entry: Entry) -> tuple[str, ...]:
    return entry.what.fields if isinstance(entry.what, Question) else ()


_Gone = dict[int, tuple[str, str, Mapping[str, object]]]


def _drop_dangling(entries: Sequence[Entry], read: Mapping[int, _Read], gone: _Gone) -> None:
    """Drop what refers to what is gone or stands in a group that is, and so on."""
    inside: dict[str | None, list[int]] = {}
    readers: dict[str, list[tuple[int, str]]] = {}
    for place, entry in enumerate(entries):
        inside.setdefault(entry.around, []).append(place)
        for column, names in (read[place].names if place in read else {}).items():
            for name in names:
                readers.setdefault(name, []).append((place, column))
    standing = {name for place, each in enumerate(entries) if place not in gone
                for name in _fields(each)}  # fmt: skip
    fallen = list(gone)

    def drop(places: Iterable[tuple[int, str]], message: str, **values: object) -> None:
        for place, column in places:
            if place not in gone:
                gone[place] = (column, message, values)
                fallen.append(place)

    for name in readers.keys() - standing:
        drop(readers[name], _GONE, name=name)
    while fallen:
        entry = entries[fallen.pop()]
        for name in _fields(entry):
            drop(readers.get(name, ()), _GONE, name=name)
        if isinstance(entry.what, Section):
            drop(((place, "type") for place in inside.get(entry.what.name, ())), INSIDE)


def _deciding(read: _Read) -> Iterator[str]:
    return (column for column in _DECIDING if column in read.names)


def _in_circles(
    entries: Sequence[Entry], read: Mapping[int, _Read], gone: Collection[int]
) -> Iterator[int]:
    """The places of what can never be decided."""
    places = {place: entries[place] for place in read if place not in gone}
    asking = {name: place for place, each in places.items() for name in _fields(each)}
    sections = {each.what.name: place for place, each in places.items()
                if isinstance(each.what, Section)}  # fmt: skip
    waits: TopologicalSorter[int] = TopologicalSorter()
    for place, entry in places.items():
        names = {name for column in _deciding(read[place]) for name in read[place].names[column]}
        around = [sections[entry.around]] if entry.around in sections else []
        own = [place] if read[place].own else []
        waits.add(place, *(asking[name] for name in names), *around, *own)
    with suppress(CycleError):  # what is in no circle can be had all the same
        waits.prepare()
    decided: set[int] = set()
    while ready := waits.get_ready():
        decided.update(ready)
        waits.done(*ready)
    return (place for place in places if place not in decided)
