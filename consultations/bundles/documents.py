"""YAML that cannot do anything: text, lists and maps only, and the line each of them stands on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from consultations.errors import ConsultationsError
from consultations.words import N_

MAX_BYTES = 1_000_000
MAX_NODES = 50_000
MAX_DEPTH = 12
_PLAIN = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "merge", "value", "map", "seq")
)
_NULL = "tag:yaml.org,2002:null"
Place = tuple[str | int, ...]


class BundleError(ConsultationsError):
    """A bundle cannot be taken; the message names the file, the place and the cause."""


@dataclass(frozen=True)
class Document:
    """What a YAML file says. Every scalar is text as written, or None; `lines` count from 1."""

    file: str
    values: object
    lines: Mapping[Place, int]

    def line(self, place: Place) -> int:
        """The line of a place, or of the nearest thing around it that stands in the file."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def error(self, place: Place, message: str, **values: object) -> BundleError:
        """An error at a place; the message may use %(file)s, %(line)s and %(place)s."""
        return BundleError(
            message, file=self.file, line=self.line(place), place=write_place(place), **values
        )


def write_place(place: Place) -> str:
    """A place as people write it: `rounds[1].draft`, list items counted from 1."""
    text = ""
    for step in place:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text or "-"


def read_yaml(source: bytes, file: str) -> Document:
    """Read one YAML document; raises BundleError naming file, line and cause."""
    if len(source) > MAX_BYTES:
        raise BundleError(N_("%(file)s: the file is larger than one megabyte."), file=file)
    try:
        node = yaml.compose(source.decode("utf-8-sig"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError as error:
        raise BundleError(N_("%(file)s: the file is not UTF-8 text."), file=file) from error
    except RecursionError as error:
        raise BundleError(N_("%(file)s: lists and maps are nested too deep."), file=file) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise BundleError(
            N_("%(file)s, line %(line)s: this is not YAML (%(cause)s)."),
            file=file,
            line=mark.line + 1 if mark else 1,
            cause=getattr(error, "problem", None) or "unreadable characters",
        ) from error
    lines: dict[Place, int] = {}
    return Document(file, None if node is None else _Values(file, lines).of(node, ()), lines)


class _Values:
    """Turns nodes into plain values, counting them: aliases may repeat what they stand for."""

    def __init__(self, file: str, lines: dict[Place, int]) -> None:
        self.file, self.lines = file, lines

    def of(self, node: yaml.Node, place: Place) -> object:
        self._refuse(node, place)
        self.lines[place] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            return {key: self.of(value, (*place, key)) for key, value in self._pairs(node, place)}
        if isinstance(node, yaml.SequenceNode):
            return [self.of(item, (*place, index)) for index, item in enumerate(node.value)]
        return None if node.tag == _NULL else node.value

    def _pairs(self, node: yaml.MappingNode, place: Place) -> Iterator[tuple[str, yaml.Node]]:
        seen = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.tag not in _PLAIN:
                raise self._error(key, N_("%(file)s, line %(line)s: a key must be plain text."))
            if key.value in seen:
                raise self._error(
                    key, N_("%(file)s, line %(line)s: the key %(key)s stands twice."), key=key.value
                )
            seen.add(key.value)
            yield key.value, value
            self.lines[(*place, key.value)] = key.start_mark.line + 1

    def _refuse(self, node: yaml.Node, place: Place) -> None:
        if node.tag not in _PLAIN:
            raise self._error(
                node,
                N_(
                    "%(file)s, line %(line)s: the tag %(tag)s is not accepted: only text, lists"
                    " and maps are."
                ),
                tag=node.tag.replace("tag:yaml.org,2002:", "!!"),
            )
        if len(place) > MAX_DEPTH or len(self.lines) > MAX_NODES:
            raise self._error(
                node, N_("%(file)s, line %(line)s: lists and maps are nested too deep or too many.")
            )

    def _error(self, node: yaml.Node, message: str, **values: object) -> BundleError:
        return BundleError(message, file=self.file, line=node.start_mark.line + 1, **values)
