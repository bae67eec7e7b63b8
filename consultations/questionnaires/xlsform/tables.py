"""Groups of an XLSForm that are tables: questions that share their choices, one to a row."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from consultations.questionnaires.structure import Question, Section

UNSEEN = ("calculated", "hidden")


def with_tables(
    sections: Sequence[Section], questions: Sequence[Question], tables: Collection[str]
) -> tuple[Section, ...]:
    """The sections, those named in `tables` as a matrix where their questions allow it."""
    return tuple(
        replace(section, layout="matrix")
        if section.name in tables and _is_table(section, sections, questions)
        else section
        for section in sections
    )


def _is_table(section: Section, sections: Sequence[Section], questions: Sequence[Question]) -> bool:
    rows = [each for each in questions if each.section == section.name and each.kind not in UNSEEN]
    return (
        bool(rows)
        and bool(rows[0].choices)
        and rows[0].kind in ("single", "multiple", "scale")
        and all((row.kind, row.choices) == (rows[0].kind, rows[0].choices) for row in rows)
        and not any(row.choice_filter for row in rows)
        and all(other.within != section.name for other in sections)
    )
