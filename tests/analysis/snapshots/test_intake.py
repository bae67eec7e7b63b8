"""Answers of every kind become the numbers that their sources say, however they arrive."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.analysis import queries
from consultations.analysis.queries import stored
from consultations.analysis.snapshots.files import connection
from consultations.analysis.snapshots.intake import Intake
from consultations.analysis.snapshots.written import (
    KIND,
    Codes,
    beside,
    identity,
    known_codes,
    names,
    sources,
)
from consultations.codebook import DIMENSIONS
from consultations.db import db, new_key
from consultations.questionnaires.structure import Choice, Question, Questionnaire, Section
from consultations.submissions.models import Submission
from tests.analysis.snapshots.answered import a_round_of_every_kind, drawn
from tests.analysis.snapshots.answered import stored as submissions

SILENT = ("-4", "-6", "-7", "-8", "-9")
FIVE, NINE = "12345", "abcdefghi"
ABOUT = {"provision": "art_1"}


def _choices(codes: str) -> tuple[Choice, ...]:
    return tuple(Choice(code, {"en": code}) for code in codes)


ASKED = Questionnaire({"en": "Everything"}, ("en",), "en", (
    Question("one", "single", {"en": "One?"}, choices=_choices("xyz")),
    Question("why", "single", {"en": "Why?"}, choices=_choices("xy"), relevant="${one} = 'x'"),
    Question("row_1", "scale", {"en": "A"}, choices=_choices(FIVE), choice_list="a", section="m"),
    Question("row_2", "scale", {"en": "B"}, choices=_choices(FIVE), choice_list="a", section="m"),
    Question("several", "multiple", {"en": "Several?"}, choices=_choices(NINE)),
    Question("order", "ranking", {"en": "Order?"}, choices=_choices("wxyz")),
    Question("vote", "vote", {"en": "Vote?"}, choices=_choices("123")),
    Question("words", "long_text", {"en": "Words?"}, role="reason", **ABOUT),
    Question("more", "text", {"en": "More?"}, role="change", relevant="${one} = 'y'",
             **ABOUT),
    Question("gender", "single", {"en": "Gender"}, choices=_choices("wm"), dimension="gender"),
    Question("years", "integer", {"en": "Age"}, dimension="age"),
    Question("lives", "multiple", {"en": "Where?"}, choices=_choices("tl"), dimension="region"),
), (Section("m", {"en": "Rows"}),))  # fmt: skip
WORDS = ("", " ", 'A "word"\nin two lines', "\x1e\x1f\x00", "null", "ما", "[]", "\\")


def _answers(chance: Random) -> dict[str, Any]:
    """Answers to some of the questions, and some of what is in no questionnaire."""
    silent = chance.choice(SILENT)
    possible: dict[str, list[Any]] = {
        "one": ["x", "y", "z", silent, "no longer a choice"],
        "why": ["x", "y", silent],
        **{name: [*FIVE, silent] for name in ("row_1", "row_2")},
        "several": [chance.sample(NINE, chance.randint(1, 9)), [silent], [], None, silent],
        "order": [chance.sample("wxyz", chance.randint(1, 4)), [silent]],
        "vote": [*"123", silent],
        "words": [*WORDS, None],
        "more": [*WORDS, None],
        "gender": ["w", "m", silent, "told in words"],
        "years": [0, 12, 19.5, 77, -8, silent, None],
        "lives": [["t"], ["l"], ["t", "l"], [silent]],
        "one_other": [*WORDS],
    }
    asked = [name for name in possible if chance.random() < 0.9]
    return {name: chance.choice(possible[name]) for name in asked}


def _batch(chance: Random, size: int) -> list[list[Any]]:
    """So many submissions as the database gives them, every text of JSON in either of two ways."""
    rows = [
        [
            new_key(),
            chance.choice(["individual", "organisation"]),
            chance.choice(["web", "paper"]),
            chance.choice(["open", "invited"]),
            chance.choice(["en", "tlh"]),
            json.dumps(_answers(chance), ensure_ascii=chance.random() < 0.5),
            chance.choice([None, 1 / 3, 0.1 + 0.2]),
        ]
        for _ in range(size)
    ]
    return [[*column] for column in zip(*rows, strict=True)]


def _read(path: Path) -> Iterator[dict[str, Any]]:
    with closing(connection()) as by:
        found = by.execute("FROM read_parquet(?)", [str(path)])
        columns = [each[0] for each in found.description]
        for row in found.fetchall():
            yield dict(zip(columns, row, strict=True))


def test_every_answer_is_the_number_that_its_source_says(tmp_path: Path) -> None:
    chance = Random(5)
    dimensions = [DIMENSIONS[name] for name in ("gender", "age", "region")]
    read = sources(ASKED, dimensions)
    held, given = names(read), beside(read)
    codes: Codes = dict(known_codes(dimensions))
    batches = [_batch(chance, size) for size in (300, 1, 200)]
    with closing(connection()) as by:
        intake = Intake(by, read, codes)
        for batch in batches:
            intake.take(batch)
        assert intake.waiting == 501
        intake.write(tmp_path / "rows.parquet")
    rows = {row["id"]: row for row in _read(tmp_path / "rows.parquet")}

    assert len(rows) == 501
    assert [*rows] == sorted(rows)
    for batch in batches:
        for key, kind, channel, entry, language, text, weight in zip(*batch, strict=True):
            row, answers = rows[identity(key)], json.loads(text)
            assert row["weight"] == (1.0 if weight is None else weight)
            told = dict(zip(given.values(), (kind, channel, entry, language), strict=True))
            for source in read:
                told |= dict(zip(source.keys, source.read(answers), strict=True))
            for name, value in told.items():
                number = row[held[name]]
                said = codes[str(name)][number] if isinstance(value, str) else number
                assert said == value, (name, answers)
    assert KIND in codes


def test_the_database_gives_every_column_whole(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "BATCH", 7)
    of = a_round_of_every_kind()
    made = submissions(of, [*drawn(30)])
    for place, each in enumerate(made):
        each.weight = [None, 1 / 3, 0.1 + 0.2][place % 3] if place > 9 else None
        each.answers = {**each.answers, "remark": WORDS[place % len(WORDS)].replace("\x00", "")}
    db.session.add_all(made)
    db.session.commit()
    queries.take_all_pending(of.id)

    rows = {row[0]: row[1:] for batch in stored(of.id) for row in zip(*batch, strict=True)}
    assert len(rows) == 30
    for each in db.session.scalars(select(Submission)):
        kind, channel, entry, language, text, weight = rows[each.id]
        assert json.loads(text) == each.answers
        assert (kind, channel, entry, language, weight) == (
            each.kind, each.channel, each.entry, each.language, each.weight,
        )  # fmt: skip
