"""A small bundle with a questionnaire and answers, for tests of whatever loads one."""

from pathlib import Path

from openpyxl import Workbook

CONFIGURATION = """\
schema: consultations.bundle/1
slug: small-code
source_language: en
languages: [en, ar]
title: {en: Small code, ar: مدونة صغيرة}
summary: {en: A small code}
organizer: {en: The forum}
dimensions:
  gender:
  age: {}
groups:
- code: women
  label: {en: Women}
  of: {gender: [F]}
crossings:
- [gender, age]
rounds:
- number: 1
  title: {en: First round}
  opens: 2026-01-01
  closes: 2026-02-01
  questionnaire: questionnaire.xlsx
  responses: responses.csv
"""
SURVEY = [
    (
        "type",
        "name",
        "label::English (en)",
        "label::العربية (ar)",
        "provision",
        "role",
        "dimension",
    ),
    ("select_one position", "aim", "Peace?", "السلام؟", "art_1", "position", None),
    ("select_one sex", "sex", "Sex", "الجنس", None, None, "gender"),
    ("text", "words", "In your words", "بكلماتك", None, None, None),
]
CHOICES = [
    ("list_name", "name", "label::English (en)", "label::العربية (ar)"),
    ("position", "support", "Support", "أؤيد"),
    ("position", "support_with_changes", "Support with changes", "أؤيد مع تعديل"),
    ("position", "oppose", "Oppose", "أعارض"),
    ("position", "no_view", "No view", "لا رأي"),
    ("sex", "F", "Woman", "امرأة"),
    ("sex", "M", "Man", "رجل"),
]
RESPONSES = "aim,sex,age,words\nsupport,F,18-24,Good\noppose,M,,\n,F,60+,\n"


def write_bundle(folder: Path, configuration: str = CONFIGURATION) -> Path:
    """Write the bundle into a new folder."""
    folder.mkdir(parents=True)
    (folder / "consultation.yaml").write_text(configuration, encoding="utf-8")
    (folder / "draft.en.md").write_text("# Code\n\n## Article 1. Aim\n\n> Peace.\n\n1. Peace.\n")
    (folder / "draft.ar.md").write_text("# مدونة\n\n## المادة 1. الغرض\n\n1. السلام.\n", "utf-8")
    write_questionnaire(folder / "questionnaire.xlsx", SURVEY)
    (folder / "responses.csv").write_text(RESPONSES)
    return folder


def write_questionnaire(path: Path, survey: list[tuple[str | None, ...]]) -> Path:
    """Write an XLSForm with the choices above."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in (
        ("survey", survey),
        ("choices", CHOICES),
        ("settings", [("form_title", "default_language"), ("Small code", "English (en)")]),
    ):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path
