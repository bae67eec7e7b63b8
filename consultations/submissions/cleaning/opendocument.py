"""OpenDocument texts (odt) without author, dates, comments, tracked changes and settings."""

import re

from lxml import etree

from consultations.submissions.cleaning.packages import (
    ELSEWHERE,
    HOLDS,
    LOCKED,
    RUNS,
    UNREADABLE,
    forget_places,
    local,
    packed,
    take_out,
    tree,
    unpacked,
    written,
)
from consultations.submissions.cleaning.pictures import clean_picture
from consultations.submissions.cleaning.refusal import UploadError

TYPE = "application/vnd.oasis.opendocument.text"
MANIFEST = "META-INF/manifest.xml"

_DROPPED = re.compile(
    r"meta\.xml|settings\.xml|manifest\.rdf|layout-cache|(Thumbnails|Configurations2)/.*"
    r"|META-INF/documentsignatures\.xml"
)
_PICTURES = re.compile(r"Pictures/[^/]+\.(png|jpe?g|gif)", re.I)
_KEPT = re.compile(r"mimetype|content\.xml|styles\.xml|META-INF/manifest\.xml")
_PROGRAMS = re.compile(r"(Basic|Scripts|Dialogs)/.*")
_GONE = {
    "annotation", "annotation-end", "tracked-changes", "change", "change-start", "change-end",
    "scripts", "event-listeners",
}  # fmt: skip
_LINK = "{http://www.w3.org/1999/xlink}href"


def clean_odt(content: bytes) -> bytes:
    """The document as it reads with all changes accepted; raises `UploadError`."""
    parts = unpacked(content)
    if parts.get("mimetype", b"").decode("latin-1") != TYPE or "content.xml" not in parts:
        raise UploadError(UNREADABLE)
    if b"encryption-data" in parts.get(MANIFEST, b""):
        raise UploadError(LOCKED)
    if any(_PROGRAMS.fullmatch(name) for name in parts):
        raise UploadError(RUNS)
    kept = {n: _clean(n, part) for n, part in parts.items() if not _DROPPED.fullmatch(n)}
    return packed(_agreeing(kept), first="mimetype")


def _clean(name: str, part: bytes) -> bytes:
    if _PICTURES.fullmatch(name):
        return clean_picture(part, formats=("JPEG", "PNG", "GIF"))
    if not _KEPT.fullmatch(name):
        raise UploadError(HOLDS, part=name[:60])
    if name == "mimetype":
        return part
    root = tree(part)
    take_out([e for e in root.iter() if isinstance(e.tag, str) and local(e) in _GONE])
    _refuse_elsewhere(root)
    forget_places(root)
    return written(root)


def _refuse_elsewhere(root: etree._Element) -> None:
    for element in root.iter():
        if local(element) == "binary-data":
            raise UploadError(HOLDS, part="office:binary-data")
        shown = local(element) in ("image", "object", "object-ole", "plugin", "section-source")
        if shown and not (element.get(_LINK) or "Pictures/").startswith("Pictures/"):
            raise UploadError(ELSEWHERE)


def _agreeing(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts with a manifest that names no part that is gone."""
    if MANIFEST not in parts:
        return parts
    manifest = tree(parts[MANIFEST])
    named = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}full-path"
    take_out([each for each in manifest if each.get(named) not in {"/", *parts}])
    return {**parts, MANIFEST: written(manifest)}
