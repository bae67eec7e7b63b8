"""From the files of a draft, one per language, to its texts: one id per provision in all."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from consultations.drafts.numbering import kind_of_eid, write_number
from consultations.drafts.structure import (
    ANNEX,
    ARTICLE,
    PARAGRAPH,
    PREAMBLE,
    SECTION,
    DraftError,
    DraftText,
    Entry,
    Outline,
    ProvisionText,
)
from consultations.words import N_

EID = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,55}")
_CHILD_OF = {ARTICLE: PARAGRAPH, PARAGRAPH: PARAGRAPH, ANNEX: PARAGRAPH, PREAMBLE: PREAMBLE}
_Head = tuple[str, str, str]  # eid, wid where the file names one, kind


def align(outlines: Mapping[str, Outline], source: str) -> dict[str, DraftText]:
    """The texts of a draft per language, with the same provisions in each.

    Languages are aligned by position. An id written in one language holds for all; a kind is
    taken from the ids first, then from the first language (the source before the others) whose
    words tell it. Raises DraftError naming the language and the provision where they differ.
    """
    order = [source, *(language for language in outlines if language != source)]
    leader = outlines[source]
    if not leader.entries:
        raise DraftError(
            N_("%(file)s: there is no provision: each needs a heading (## Article 1)."),
            file=leader.file,
        )
    for language in order[1:]:
        _refuse_other_shape(leader, outlines[language])
    rows = list(zip(*(outlines[language].entries for language in order), strict=True))
    files = [outlines[language].file for language in order]
    heads = _give_ids([_merge(row, files) for row in rows], leader)
    return {language: _text_of(outlines[language], language, heads) for language in order}


def _refuse_other_shape(leader: Outline, other: Outline) -> None:
    for position, (mine, theirs) in enumerate(
        zip(leader.entries, other.entries, strict=False), start=1
    ):
        if mine.level != theirs.level or (mine.eid and theirs.eid and mine.eid != theirs.eid):
            raise DraftError(
                N_(
                    "%(file)s, line %(line)s: provision %(position)s (%(theirs)s) is not the one"
                    " in %(source)s (%(mine)s). All languages need the same provisions in the"
                    " same order."
                ),
                file=other.file,
                line=theirs.line,
                position=position,
                theirs=_name(theirs),
                source=leader.file,
                mine=_name(mine),
            )
    if len(mine_only := leader.entries[len(other.entries) :]):
        raise DraftError(
            N_("%(file)s: the provision %(name)s of %(source)s (line %(line)s) is missing."),
            file=other.file,
            name=_name(mine_only[0]),
            source=leader.file,
            line=mine_only[0].line,
        )
    if len(theirs_only := other.entries[len(leader.entries) :]):
        raise DraftError(
            N_("%(file)s, line %(line)s: the provision %(name)s is not in %(source)s."),
            file=other.file,
            line=theirs_only[0].line,
            name=_name(theirs_only[0]),
            source=leader.file,
        )


def _name(entry: Entry) -> str:
    return entry.eid or " ".join(part for part in (entry.number, entry.heading) if part)


def _merge(row: Sequence[Entry], files: Sequence[str]) -> Entry:
    """What all languages together say of one provision, at the place of the source's."""
    ids = {(entry.eid, entry.wid): file for entry, file in zip(row, files, strict=True)}
    eid = next((eid for eid, _ in ids if eid), "")
    wid = next((wid for _, wid in ids if wid), "")
    for (other_eid, other_wid), file in ids.items():
        if (other_eid and other_eid != eid) or (other_wid and other_wid != wid):
            raise DraftError(
                N_("%(file)s: %(name)s has another id than in %(source)s."),
                file=file,
                name=other_eid or eid,
                source=files[0],
            )
    kind = kind_of_eid(eid) or next((entry.kind for entry in row if entry.kind), "")
    return Entry(row[0].level, "", "", eid=eid, wid=wid, kind=kind, line=row[0].line)


def _give_ids(entries: Sequence[Entry], leader: Outline) -> list[_Head]:
    """Eid, wid and kind of each entry; where no id is written it follows from the position."""
    heads: list[_Head] = []
    counted: Counter[str] = Counter()
    above: list[tuple[int, _Head]] = []
    for entry in entries:
        while above and above[-1][0] >= entry.level:
            above.pop()
        parent = above[-1][1] if above else None
        kind = entry.kind or (_CHILD_OF.get(parent[2], ARTICLE) if parent else ARTICLE)
        stem = _stem(kind, parent)
        counted[stem] += 1
        derived = stem if stem == "preamble" else f"{stem}_{counted[stem]}"
        eid = entry.eid or derived
        head = (eid, entry.wid, kind)
        _refuse_twice(head, heads, leader.file, entry.line)
        heads.append(head)
        above.append((entry.level, head))
    return heads


def _stem(kind: str, parent: _Head | None) -> str:
    if kind == PREAMBLE:
        return "pp" if parent else "preamble"
    if kind == PARAGRAPH and parent:
        return f"{parent[0]}__{'subpara' if parent[2] == PARAGRAPH else 'para'}"
    if kind == SECTION and parent:
        return f"{parent[0]}__sec"
    return {ARTICLE: "art", ANNEX: "att", SECTION: "chp"}.get(kind, "para")


def _refuse_twice(head: _Head, heads: Sequence[_Head], file: str, line: int) -> None:
    for name, place in ((head[0], 0), (head[1], 1)):
        if name and any(name == earlier[place] for earlier in heads):
            raise DraftError(
                N_("%(file)s, line %(line)s: the id %(name)s stands on two provisions."),
                file=file,
                line=line,
                name=name,
            )
        if name and not EID.fullmatch(name):
            raise DraftError(
                N_(
                    "%(file)s, line %(line)s: %(name)s cannot be an id: a letter first, then"
                    " letters, digits, _ . and -, 56 at most."
                ),
                file=file,
                line=line,
                name=name,
            )


def _text_of(outline: Outline, language: str, heads: Sequence[_Head]) -> DraftText:
    provisions = []
    for position, (entry, (eid, wid, kind)) in enumerate(
        zip(outline.entries, heads, strict=True), start=1
    ):
        number, heading = entry.number, entry.heading
        if not number and eid == "preamble":
            number, heading = heading, ""
        provisions.append(
            ProvisionText(
                eid,
                wid or eid,
                kind,
                number or write_number(kind, eid, language),
                heading,
                entry.summary,
                entry.text,
                position,
                bool(wid),
            )
        )
    return DraftText(outline.title, language, tuple(provisions), outline.summary, outline.text)
