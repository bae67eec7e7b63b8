"""Packages: the zip files that Word and OpenDocument write, looked through before they are read."""

import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from io import BytesIO

from lxml import etree

from consultations.submissions.cleaning.refusal import UploadError
from consultations.words import N_

MOST_PARTS = 2_000
MOST_UNPACKED = 60 * 1024**2
"""Bytes."""

UNREADABLE = N_("This document cannot be read.")
LOCKED = N_("This document is locked with a password.")
RUNS = N_("This document holds a program (a macro). Save it without, or as PDF.")
HOLDS = N_(
    "This document holds something that we cannot look into (%(part)s). Save it as PDF instead."
)
ELSEWHERE = N_("This document shows something that is elsewhere.")
_ON_A_COMPUTER = re.compile(r"(?<!\w)([A-Z]:[\\/]|\\\\\w|file:|/(home|Users)/)", re.I)
"""How addresses begin of files on somebody's own computer, which often name its owner."""

_DAY_ONE = (1980, 1, 1, 0, 0, 0)
_ENCRYPTED = 0x1
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def unpacked(content: bytes) -> dict[str, bytes]:
    """The parts of a package by their names; raises `UploadError` for what is no honest one."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            listed = package.infolist()
            if any(part.flag_bits & _ENCRYPTED for part in listed):
                raise UploadError(LOCKED)
            unpacked_size = sum(part.file_size for part in listed)
            if len(listed) > MOST_PARTS or unpacked_size > MOST_UNPACKED:
                raise UploadError(N_("This document is too large once unpacked."))
            named_once = len({part.filename for part in listed}) == len(listed)
            if not named_once or any(part.compress_type not in _PACKED for part in listed):
                raise UploadError(UNREADABLE)
            return {part.filename: package.read(part) for part in listed if not part.is_dir()}
    except _BROKEN as error:
        raise UploadError(UNREADABLE) from error


def packed(parts: Mapping[str, bytes], *, first: str) -> bytes:
    """A package of these parts, which says nothing of when and on what it was made."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        for name in (first, *(each for each in parts if each != first)):
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(zipfile.ZipInfo(name, _DAY_ONE), parts[name], stored)
    return written.getvalue()


def tree(content: bytes) -> etree._Element:
    """A part's XML; nothing outside it is fetched, and nothing in it is expanded."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise UploadError(UNREADABLE) from error
    if root.getroottree().docinfo.doctype:
        raise UploadError(UNREADABLE)
    return root


def written(root: etree._Element) -> bytes:
    """The XML of a part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def local(element: etree._Element) -> str:
    """An element's name without its namespace."""
    return etree.QName(element).localname


def take_out(elements: Iterable[etree._Element]) -> None:
    """Remove elements with all they hold; words after them stay."""
    for element in list(elements):
        parent = element.getparent()
        if parent is not None:
            _keep_tail(element, parent)
            parent.remove(element)


def unwrap(elements: Iterable[etree._Element]) -> None:
    """Remove elements and keep what they hold in their place."""
    for element in list(elements):
        parent = element.getparent()
        if parent is not None:
            place = parent.index(element)
            parent[place:place] = list(element)
            take_out([element])


def forget_places(root: etree._Element, *, instructions: str = "") -> None:
    """Empty what leads to files on its author's computer: attributes, and `instructions`."""
    for element in root.iter():
        for name, value in element.attrib.items():
            if _ON_A_COMPUTER.search(value):
                element.set(name, "")
        if local(element) == instructions and _ON_A_COMPUTER.search(element.text or ""):
            element.text = ""


def _keep_tail(element: etree._Element, parent: etree._Element) -> None:
    if not element.tail:
        return
    before = element.getprevious()
    if before is None:
        parent.text = (parent.text or "") + element.tail
    else:
        before.tail = (before.tail or "") + element.tail
