"""Invented bundles unlike the demonstration: other questions, dimensions, languages and files.

Each is written as an organizer would write it, and comes with what was answered, so that a test
can count for itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import yaml
from openpyxl import Workbook

POSITIONS = ("support", "support_with_changes", "oppose", "no_view")
SURVEY_COLUMNS = ("provision", "role", "dimension", "sensitive", "appearance")
NAMES = {"fr": "Français", "sw": "Kiswahili", "fa": "فارسی", "es": "Español"}
WORD = {"fr": "Loi", "sw": "Sheria", "fa": "قانون", "es": "Código"}


@dataclass
class Unseen:
    """A bundle on disk and the plan it declares, for counting by hand.

    questions:  name -> (kind, codes) of those that are counted.
    dimensions: name -> (column, codes).
    """

    folder: Path
    slug: str
    languages: tuple[str, ...]
    answers: pd.DataFrame
    threshold: int
    questions: Mapping[str, tuple[str, tuple[str, ...]]]
    dimensions: Mapping[str, tuple[str, tuple[str, ...]]]
    groups: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    crossings: Sequence[tuple[str, str]] = ()
    channels: int = 1


def water(folder: Path) -> Unseen:
    """French and Swahili: ages in years, a dimension of its own, groups over two dimensions."""
    languages, codes = ("fr", "sw"), ("farmer", "herder", "fisher", "clerk", "trader")
    chance = Random(11)
    rows = [_villager(chance, codes) for _ in range(260)]
    answers = pd.DataFrame(rows)
    _write(
        folder,
        {
            "slug": "water-law",
            "source_language": "fr",
            "languages": list(languages),
            "dimensions": {
                "gender": {"reference": {"source": "RGPH", "shares": {"f": 0.5, "m": 0.5}}},
                "age": {},
                "settlement": {},
                "work": {
                    "label": _texts(languages, "Métier"),
                    "why": _texts(languages, "Pourquoi"),
                    "parents": [
                        {"code": "land", "label": _texts(languages, "Terre"), "of": codes[:2]},
                        {"code": "market", "label": _texts(languages, "Marché"), "of": codes[3:]},
                    ],
                },
            },
            "groups": [
                {"code": "women", "label": _texts(languages, "F"), "of": {"gender": ["f"]}},
                {
                    "code": "young_rural",
                    "label": _texts(languages, "J"),
                    "of": {"age": ["15-17", "18-24", "25-29"], "settlement": ["rural"]},
                },
            ],
            "crossings": [["work", "gender"]],
        },
        survey=[
            ("select_one pos", "p1", "art_1", "position", None, None, None),
            ("select_one pos", "p2", "art_2", "position", None, None, None),
            ("select_one five", "clear", "art_1", "clear", None, None, "likert"),
            ("select_multiple uses", "uses", None, None, None, None, None),
            ("select_one sex", "sex", None, None, "gender", None, None),
            ("integer", "years", None, None, "age", None, None),
            ("select_one works", "job", None, None, "work", None, None),
            ("text", "words", None, None, None, None, None),
        ],
        choices={"pos": POSITIONS, "five": tuple("12345"), "uses": ("drink", "wash", "farm"),
                 "sex": ("f", "m", "x"), "works": codes},
    )  # fmt: skip
    for language in languages:
        word = WORD[language]
        (folder / f"draft.{language}.md").write_text(
            f"# {word}\n\n## {word} {{#art_1}}\n\n1. {word}.\n\n## {word} {{#art_2}}\n\n{word}\n",
            "utf-8",
        )
    answers.to_csv(folder / "responses.csv", index=False, encoding="utf-8-sig")
    answers["_age"] = answers["years"].map(_band)
    return Unseen(
        folder, "water-law", languages, answers, 5,
        questions={"p1": ("single", POSITIONS), "p2": ("single", POSITIONS),
                   "clear": ("scale", tuple("12345")),
                   "uses": ("multiple", ("drink", "wash", "farm"))},
        dimensions={"gender": ("sex", ("f", "m", "x")), "age": ("_age", BANDS),
                    "settlement": ("settlement", ("city", "town", "rural")),
                    "work": ("job", codes)},
        groups={"women": {"gender": ["f"]},
                "young_rural": {"age": BANDS[:3], "settlement": ["rural"]}},
        crossings=[("work", "gender")],
    )  # fmt: skip


def ports(folder: Path) -> Unseen:
    """Persian and Spanish, Akoma Ntoso without a title, organisations, channels and weights."""
    languages, codes = ("fa", "es"), ("n1", "n2", "s1", "s2")
    chance = Random(12)
    answers = pd.DataFrame([_docker(chance, codes) for _ in range(240)])
    _write(
        folder,
        {
            "slug": "ports",
            "source_language": "fa",
            "languages": list(languages),
            "policy": {"threshold": 4, "minimum_base": 15},
            "dimensions": {"minority": {}, "coast": {
                "label": _texts(languages, "ساحل"), "why": _texts(languages, "چرا")}},
            "crossings": [["minority", "coast"]],
        },
        survey=[
            ("select_one pos", "pier", "art_1", "position", None, None, None),
            ("select_one words", "effect", "art_1", "effect", None, None, "likert"),
            ("select_one yn", "afraid", None, None, None, "yes", None),
            ("select_one coasts", "where", None, None, "coast", None, None),
            ("decimal", "km", None, None, None, None, None),
        ],
        choices={"pos": POSITIONS, "yn": ("y", "n"), "coasts": codes, "words": WORSE_FIRST},
    )  # fmt: skip
    for language in languages:
        word = WORD[language]
        (folder / f"draft.{language}.xml").write_text(
            '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><bill><body>'
            f'<article eId="art_1"><num>{word} 1</num><content><p>{word}</p></content></article>'
            "</body></bill></akomaNtoso>",
            "utf-8",
        )
    answers.to_csv(folder / "responses.csv", index=False)
    people = answers[answers["_kind"] != "organisation"].reset_index(drop=True)
    return Unseen(
        folder, "ports", languages, people, 4,
        questions={"pier": ("single", POSITIONS), "effect": ("scale", WORSE_FIRST),
                   "afraid": ("single", ("y", "n"))},
        dimensions={"minority": ("minority", ("yes", "no")), "coast": ("where", codes)},
        crossings=[("minority", "coast")], channels=2,
    )  # fmt: skip


BANDS = ("15-17", "18-24", "25-29", "30-44", "45-59", "60+")
WORSE_FIRST = ("much_worse", "worse", "same", "better", "much_better")


def _villager(chance: Random, works: Sequence[str]) -> dict[str, Any]:
    sex = chance.choices(["f", "m", "x", ""], [50, 43, 1, 6])[0]
    lean = 2 if sex == "f" else 1
    return {
        "p1": chance.choices([*POSITIONS, "", "-7"], [4 * lean, 2, 4, 1, 0.4, 0.4])[0],
        "p2": chance.choices([*POSITIONS, "", "-8"], [2, 2 * lean, 5, 2, 0.4, 0.4])[0],
        "clear": chance.choices([*"12345", "", "-9"], [2, 3, 3, 4 * lean, 3, 0.5, 1])[0],
        "uses": " ".join(use for use in ("drink", "wash", "farm") if chance.random() < 0.4),
        "sex": sex,
        "years": chance.choice(["", *map(str, range(15, 75))]),
        "job": chance.choices([*works, "", "-7"], [50, 8, 3, 20, 15, 3, 1])[0],
        "settlement": chance.choices(["city", "town", "rural", ""], [2, 2, 5, 0.5])[0],
        "words": 'maji, "safi"' if chance.random() < 0.1 else "",
        "_language": chance.choice(["fr", "sw"]),
    }


def _docker(chance: Random, coasts: Sequence[str]) -> dict[str, Any]:
    return {
        "pier": chance.choices([*POSITIONS, ""], [4, 3, 4, 2, 1])[0],
        "effect": chance.choices([*WORSE_FIRST, "", "-5"], [3, 3, 3, 3, 3, 1, 0.2])[0],
        "afraid": chance.choices(["y", "n", "", "-7"], [5, 5, 1, 1])[0],
        "where": chance.choices([*coasts, ""], [5, 3, 2, 0.3, 0.3])[0],
        "km": f"{chance.random() * 90:.1f}",
        "minority": chance.choices(["yes", "no", ""], [2, 7, 1])[0],
        "_kind": chance.choices(["individual", "organisation", ""], [8, 1, 1])[0],
        "_channel": chance.choices(["web", "paper"], [7, 3])[0],
        "_weight": f"{chance.uniform(0.5, 2):.2f}",
        "_received_on": "2026-01-05",
    }


def _band(years: str) -> str:
    starts = (15, 18, 25, 30, 45, 60)
    return BANDS[sum(int(years) >= start for start in starts) - 1] if years else ""


def _texts(languages: Sequence[str], words: str) -> dict[str, str]:
    return {language: f"{words} {language}" for language in languages}


def _write(
    folder: Path,
    keys: Mapping[str, Any],
    *,
    survey: Sequence[tuple[str | None, ...]],
    choices: Mapping[str, Sequence[str]],
) -> None:
    folder.mkdir(parents=True)
    languages = keys["languages"]
    round_ = {"number": 1, "opens": "2026-01-01", "closes": "2026-02-01", "draft": "draft",
              "questionnaire": "questionnaire.xlsx", "responses": "responses.csv"}  # fmt: skip
    texts = {key: _texts(languages, keys["slug"]) for key in ("title", "summary", "organizer")}
    plain = {"schema": "consultations.bundle/1", **keys, **texts, "rounds": [round_]}
    (folder / "consultation.yaml").write_text(
        yaml.safe_dump(_plain(plain), allow_unicode=True, sort_keys=False), "utf-8"
    )
    labels = [f"label::{NAMES[language]} ({language})" for language in languages]
    book = Workbook()
    book.remove(book.active)
    sheet = book.create_sheet("survey")
    sheet.append(["type", "name", *labels, *SURVEY_COLUMNS])
    for kind, name, *more in survey:
        sheet.append([kind, name, *(f"{name} {WORD[each]}" for each in languages), *more])
    sheet = book.create_sheet("choices")
    sheet.append(["list_name", "name", *labels])
    for title, codes in choices.items():
        for code in codes:
            sheet.append([title, code, *(f"{code} {WORD[each]}" for each in languages)])
    book.save(folder / "questionnaire.xlsx")


def _plain(value: Any) -> Any:
    """Without the tuples that YAML would tag."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value
