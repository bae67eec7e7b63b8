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
    item = answer_shown(question, answers)
    typed = [escape(each) for each in item["given"] if isinstance(each, str)]
    chosen = [each for each in field_values(answers.get(question.name)) if each]
    of = (question.name, len(item["given"]), *(
        None if isinstance(said, str) else value
        for value, said in zip(chosen, item["given"], strict=False)
    ))  # fmt: skip
    item["given"] = [HOLE if isinstance(each, str) else each for each in item["given"]]
    parts = pieces(found, "submissions/row.html", of, item=item)
    return "".join(chain.from_iterable(zip(parts, [*typed, ""], strict=True)))
