"""Word documents (docx) without author, dates, comments, tracked changes and hidden parts."""

import re

from lxml import etree

from consultations.submissions.cleaning.packages import (
    ELSEWHERE,
    HOLDS,
    RUNS,
    UNREADABLE,
    forget_places,
    local,
    packed,
    take_out,
    tree,
    unpacked,
    unwrap,
    written,
)
from consultations.submissions.cleaning.pictures import clean_picture
from consultations.submissions.cleaning.refusal import UploadError

TYPES = "[Content_Types].xml"
BODY = "word/document.xml"

_DROPPED = re.compile(
    r"docProps/.*|customXml/.*|docMetadata/.*|_xmlsignatures/.*|word/(printerSettings|glossary)/.*"
    r"|word/(comments\w*|people|vbaData|webSettings|_rels/comments\w*\.xml)\.(xml|rels)"
)
_PICTURES = re.compile(r"word/media/[^/]+\.(png|jpe?g|gif|tiff?|bmp)", re.I)
_KEPT = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|word/([\w-]+|theme/[\w-]+|diagrams/[\w-]+)\.xml"
    r"|word/(theme/)?_rels/[\w.-]+\.rels|word/fonts/[\w-]+\.odttf"
)
_FORMATS = ("JPEG", "PNG", "GIF", "TIFF", "BMP")
_GONE = {
    "commentRangeStart", "commentRangeEnd", "commentReference", "del", "moveFrom",
    "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "rPrChange",
    "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange",
    "tblPrExChange", "numberingChange", "cellIns", "cellDel", "cellMerge", "rsids",
    "attachedTemplate", "docId", "docVars", "mailMerge",
}  # fmt: skip
_WRAPPERS = {"ins", "moveTo"}
_NAMING = {"author", "date", "initials", "userId", "providerId"}
_OUTSIDE_ALLOWED = ("/hyperlink", "/attachedTemplate")


def clean_docx(content: bytes) -> bytes:
    """The document as it reads with all changes accepted; raises `UploadError`."""
    parts = unpacked(content)
    if TYPES not in parts or BODY not in parts:
        raise UploadError(UNREADABLE)
    if b"macroEnabled" in parts[TYPES] or any("vba" in name.lower() for name in parts):
        raise UploadError(RUNS)
    kept = {name: _clean(name, part) for name, part in parts.items() if not _dropped(name)}
    return packed(_agreeing(kept), first=TYPES)


def _dropped(name: str) -> bool:
    return bool(_DROPPED.fullmatch(name))


def _clean(name: str, part: bytes) -> bytes:
    if _PICTURES.fullmatch(name):
        return clean_picture(part, formats=_FORMATS)
    if not _KEPT.fullmatch(name):
        raise UploadError(HOLDS, part=name[:60])
    if not name.endswith((".xml", ".rels")):
        return part
    root = tree(part)
    if name.startswith("word/") and name.endswith(".xml"):
        _accept_changes(root)
    forget_places(root, instructions="instrText")
    return written(root)


def _accept_changes(root: etree._Element) -> None:
    elements = [each for each in root.iter() if isinstance(each.tag, str)]
    take_out(each for each in elements if local(each) in _GONE or _is_hidden(each))
    unwrap(each for each in elements if local(each) in _WRAPPERS)
    for element in root.iter():
        for attribute in list(element.attrib):
            name = etree.QName(attribute).localname
            if name in _NAMING or name.startswith("rsid"):
                del element.attrib[attribute]


def _is_hidden(element: etree._Element) -> bool:
    """Whether it is a run of words that the document does not show."""
    vanish = element.find("{*}rPr/{*}vanish") if local(element) == "r" else None
    return vanish is not None and not {"0", "false", "off"} & set(vanish.attrib.values())


def _agreeing(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts without mention of those that are gone."""
    for name in list(parts):
        if name.endswith(".rels"):
            root = tree(parts[name])
            take_out([each for each in root if _leads_nowhere(each, name, parts)])
            parts[name] = written(root)
    types = tree(parts[TYPES])
    take_out([each for each in types if each.get("PartName", "/")[1:] not in {"", *parts}])
    return {**parts, TYPES: written(types)}


def _leads_nowhere(relation: etree._Element, file: str, parts: dict[str, bytes]) -> bool:
    kind, target = relation.get("Type", ""), relation.get("Target", "")
    if relation.get("TargetMode") == "External":
        if not kind.endswith(_OUTSIDE_ALLOWED):
            raise UploadError(ELSEWHERE)
        return kind.endswith("/attachedTemplate")
    folder = file.partition("_rels/")[0]
    return _resolved(folder, target) not in parts


def _resolved(folder: str, target: str) -> str:
    path: list[str] = [] if target.startswith("/") else folder.strip("/").split("/")
    for step in target.split("/"):
        if step == "..":
            path = path[:-1]
        elif step not in ("", "."):
            path.append(step)
    return "/".join(filter(None, path))
