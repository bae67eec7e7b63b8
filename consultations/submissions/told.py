"""The answers on the check page in words, put together from pieces that are rendered once."""

from collections.abc import Mapping
from itertools import chain
from typing import Any

from markupsafe import escape

from consultations.questionnaires.answer import Answers
from consultations.questionnaires.kinds import field_values
from consultations.questionnaires.structure import Question
from consultations.submissions.form import AnswerForm
from consultations.submissions.shown import answer_shown, answers_shown
from consultations.submissions.state import FormState
from consultations.web.frames import HOLE, Pieces, here, pieces


def answers_told(form: AnswerForm, state: FormState) -> str:
    """All answers so far as markup, by section."""
    found = here(form.kept)

    def row(question: Question, answers: Answers) -> str:
        return _row({} if question.name in form.piped else found, question, answers)

    return "".join(_section(found, each) for each in answers_shown(form, state, row))


def _section(found: Pieces, section: Mapping[str, Any]) -> str:
    page, values = section["page"], {"title": section["title"], "step": section["step"]}
    of = (section["step"], page.kind, page.section, page.provision)
    before, after = pieces(found, "submissions/section.html", of, **values, rows=HOLE)
    return "".join((before, *section["answers"], after))


def _row(found: Pieces, question: Question, answers: Answers) -> str:
    """One answer: a piece for each choice, with holes for what was typed."""
    said = tuple(field_values(answers.get(question.name)))
    typed = [str(answers[name]) for name in question.fields[1:] if name in answers]
    if not question.choices and not question.unit:
        typed, said = [*answer_shown(question, answers)["given"]], ()
    template, of = "submissions/row.html", (question.name, said, len(typed))
    parts = found.get((template, of))
    if parts is None:
        item = answer_shown(question, answers)
        given = item["given"][: len(item["given"]) - len(typed)] + [HOLE] * len(typed)
        parts = pieces(found, template, of, item={**item, "given": given})
    if not typed:
        return parts[0]
    return "".join(chain.from_iterable(zip(parts, [*map(escape, typed), ""], strict=True)))
