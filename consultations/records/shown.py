"""Batches, rows of small fields and differences, as the desk shows them."""

from collections.abc import Mapping, Sequence
from typing import Any

from consultations.questionnaires.answer import Answers
from consultations.questionnaires.paper.keying import Row, differences, keyed, rows
from consultations.questionnaires.paper.numbering import choice_numbers
from consultations.questionnaires.structure import Questionnaire
from consultations.records.models import KeyedForm, PaperBatch
from consultations.records.queries import next_for
from consultations.texts import in_language, pick

WIDE = ("text", "long_text")


def batch_shown(batch: PaperBatch, account_id: int) -> dict[str, Any]:
    """How far a batch is, and what the account can do next."""
    following = next_for(batch, account_id)
    forms = [{"place": each.place, "state": _state(each)} for each in batch.forms]
    return {
        "number": batch.number,
        "language": batch.language,
        "expected": batch.expected,
        "accepted": batch.accepted,
        "once": sum(each.first is not None for each in batch.forms),
        "twice": sum(each.second is not None for each in batch.forms),
        "differing": [each["place"] for each in forms if each["state"] == "differs"],
        "ready": bool(forms) and all(each["state"] == "agreed" for each in forms),
        "next": following.place if following else None,
        "again": following is not None and following.first is not None,
    }


def rows_shown(
    asked: Questionnaire, language: str, typed: Mapping[str, str]
) -> list[dict[str, Any]]:
    """One row of small fields for each question, with what was typed."""
    return [_row(row, language, typed) for row in rows(asked)]


def difference_shown(
    asked: Questionnaire,
    language: str,
    first: Answers,
    second: Answers,
    names: Sequence[str],
    typed: Mapping[str, str],
) -> list[dict[str, Any]]:
    """The rows that hold a difference: both readings, and a field for what the paper says."""
    readings = keyed(asked, first), keyed(asked, second)
    found = []
    for row in rows(asked):
        if row.question.name in names or set(row.words) & set(names):
            own = [*row.fields, *row.words]
            shown = _row(row, language, {name: typed.get(name, "") for name in own})
            found.append({**shown, "readings": [_joined(each, own) for each in readings]})
    return found


def _joined(reading: Mapping[str, str], names: Sequence[str]) -> str:
    return " · ".join(reading[name] for name in names if reading.get(name))


def _row(row: Row, language: str, typed: Mapping[str, str]) -> dict[str, Any]:
    question = row.question
    labels = {each.code: in_language(each.label, language) for each in question.choices}
    numbered = choice_numbers(question) if question.choices else {}
    choices = [
        {"number": number, "label": labels.get(code, "")} for code, number in numbered.items()
    ]
    places = question.kind == "ranking"
    return {
        "number": row.number,
        "kind": question.kind,
        "label": pick(question.label, language),
        "choices": choices,
        "wide": question.kind in WIDE,
        "fields": [
            {
                "name": name,
                "value": typed.get(name, ""),
                "label": choices[place]["label"] if places else "",
            }
            for place, name in enumerate(row.fields)
        ],
        "words": [{"name": name, "value": typed.get(name, "")} for name in row.words],
    }


def _state(form: KeyedForm) -> str:
    """fresh, once, differs or agreed."""
    if form.first is None:
        return "fresh"
    if form.second is None:
        return "once"
    return "differs" if differences(form.first, form.second) else "agreed"
