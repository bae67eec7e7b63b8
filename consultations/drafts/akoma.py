"""Drafts written in Akoma Ntoso 1.0: articles with number, heading, paragraphs and ids.

Only what a consultation needs is read: the title, preamble, chapters, articles and attachments.
Nothing outside the file is ever fetched, and a document type declaration is refused.
"""

import re
from collections.abc import Iterator

from lxml import etree

from consultations.drafts.outline import align
from consultations.drafts.structure import (
    ANNEX,
    ARTICLE,
    PREAMBLE,
    SECTION,
    DraftError,
    DraftText,
    Entry,
    Outline,
)
from consultations.words import N_

_KINDS = {
    "preamble": PREAMBLE,
    "article": ARTICLE,
    "attachment": ANNEX,
    **dict.fromkeys(("book", "part", "title", "chapter", "section"), SECTION),
}
_LEAVES = {"p", "heading", "subheading", "docTitle"}
_LEFT_OUT = {"meta", "authorialNote", "preface", "coverPage", "conclusions", "components"}
_EMPHASIS = {"b": "**", "i": "*"}
_SPECIAL = re.compile(r"([\\`*_<>#])")
_TITLES = ("docTitle", "shortTitle", "longTitle")


def read_akoma(source: bytes, language: str, *, file: str = "draft.xml") -> DraftText:
    """Read a draft that exists in one language only; see `outline_of_akoma`."""
    return align({language: outline_of_akoma(source, file=file)}, language)[language]


def outline_of_akoma(source: bytes, *, file: str = "draft.xml") -> Outline:
    """The outline of an Akoma Ntoso document; raises DraftError naming file and cause."""
    root = _parse(source, file)
    return Outline(file, _title(root), tuple(_entries(root, 2)))


def _parse(source: bytes, file: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError as error:
        raise DraftError(
            N_("%(file)s: this is not well-formed XML (%(cause)s)."), file=file, cause=error.msg
        ) from error
    if root.getroottree().docinfo.doctype:
        raise DraftError(
            N_("%(file)s: a document type declaration (<!DOCTYPE>) is not accepted."), file=file
        )
    if _name(root) != "akomaNtoso":
        raise DraftError(
            N_("%(file)s: the root is <%(root)s>, not <akomaNtoso>."), file=file, root=_name(root)
        )
    return root


def _title(root: etree._Element) -> str:
    """The title; empty where the document states none: then its consultation names it."""
    for wanted in _TITLES:
        for element in root.iter("{*}" + wanted):
            if text := _plain(element):
                return text
    names = root.iter("{*}FRBRalias", "{*}FRBRname")
    return next(filter(None, (element.get("value", "").strip() for element in names)), "")


def _entries(element: etree._Element, level: int) -> Iterator[Entry]:
    for child in element:
        name = _name(child)
        if name in _LEFT_OUT:
            continue
        if kind := _KINDS.get(name):
            yield _entry(child, kind, level)
        if kind in ("", None, SECTION):
            yield from _entries(child, level + 1 if kind else level)


def _entry(element: etree._Element, kind: str, level: int) -> Entry:
    """An element as an entry; the text of a chapter is that of its articles, so not repeated."""
    eid = element.get("eId", "")
    return Entry(
        level,
        _child_text(element, "heading"),
        "" if kind == SECTION else "\n\n".join(_blocks(element)),
        "",
        _child_text(element, "num").rstrip(".:"),
        eid,
        element.get("wId", ""),
        kind,
        element.sourceline or 0,
    )


def _child_text(element: etree._Element, name: str) -> str:
    child = element.find("{*}" + name)
    return "" if child is None else _plain(child)


def _blocks(element: etree._Element) -> list[str]:
    """The paragraphs inside an element as Markdown, each behind the number it carries."""
    blocks: list[str] = []
    for child in element:
        name = _name(child)
        if name in _LEAVES and name not in ("heading", "subheading"):
            blocks += [text] if (text := _inline(child).strip()) else []
        elif name not in ("num", "heading", "subheading") and name not in _LEFT_OUT:
            inner = _blocks(child)
            if number := _child_text(child, "num"):
                inner = [f"{number} {inner[0]}", *inner[1:]] if inner else [number]
            blocks += inner
    return blocks


def _inline(element: etree._Element) -> str:
    parts = [_escape(element.text)]
    for child in element:
        if _name(child) not in _LEFT_OUT:
            mark = _EMPHASIS.get(_name(child), "")
            parts.append(f"{mark}{_inline(child).strip() if mark else _inline(child)}{mark}")
        parts.append(_escape(child.tail))
    return "".join(parts)


def _escape(text: str | None) -> str:
    return _SPECIAL.sub(r"\\\1", re.sub(r"\s+", " ", text or ""))


def _plain(element: etree._Element) -> str:
    return " ".join("".join(str(text) for text in element.itertext()).split())


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname
