"""The form in the reader's words: titles of pages, answers to check, faults."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from flask_babel import get_locale, gettext

from consultations.codebook import Texts
from consultations.drafts.rendering import show
from consultations.errors import ConsultationsError
from consultations.i18n import reading_language
from consultations.questionnaires.answer import Answers, MissingError, OutOfRangeError
from consultations.questionnaires.journey import Page
from consultations.questionnaires.kinds import KINDS, field_values
from consultations.questionnaires.structure import Question, Questionnaire
from consultations.questionnaires.typed.choosing import YES
from consultations.submissions.form import AnswerForm
from consultations.submissions.state import FormState
from consultations.texts import pick
from consultations.web.failures import sentence


def page_title(form: AnswerForm, page: Page) -> Mapping[str, str] | str:
    """What a page is about, as its heading."""
    if page.kind == "in_depth":
        return form.provisions[page.provision or ""].heading
    section = form.questionnaire.section(page.section)
    if section and section.label:
        return section.label
    if page.kind == "positions":
        return str(gettext("Do you support these articles?"))
    if page.kind == "about_you":
        return str(gettext("About you"))
    return form.questionnaire.title or form.consultation.title


def introduction(page: Page) -> str | None:
    """A sentence under the heading, where one helps."""
    if page.kind == "positions":
        return str(gettext("One tap for each article. Leave out those you have no time for."))
    if page.kind == "about_you":
        return str(
            gettext(
                "These answers show whether everyone is heard. They are counted for groups, and "
                "each can be left out."
            )
        )
    return None


def provision_shown(form: AnswerForm, eid: str | None) -> dict[str, Any] | None:
    """A provision with its text."""
    provision = form.provisions.get(eid or "")
    if provision is None:
        return None
    words, language = pick(provision.text, reading_language())
    return {
        "eid": provision.eid,
        "number": provision.number,
        "heading": provision.heading,
        "summary": provision.summary,
        "text": show(words, language) if words else None,
    }


def norms_shown(form: AnswerForm, questions: Iterable[Question]) -> dict[str, Any]:
    """The texts of the provisions that stand in full beside one of the questions."""
    beside = {each.provision for each in questions if each.looks("provision")}
    shown = {eid: provision_shown(form, eid) for eid in beside if eid}
    return {eid: each["text"] for eid, each in shown.items() if each and each["text"]}


def asked_as(form: AnswerForm, question: Question, state: FormState) -> Question:
    """The question with the answers that its words speak of put into them."""
    if question.name not in form.piped:
        return question
    spoken = (question.label, question.hint, question.message, question.required_message)
    known = form.known(state)

    def told(texts: Texts) -> Texts:
        return {tag: form.logic.text(texts, tag, known) for tag in texts}

    label, hint, message, required = map(told, spoken)
    return replace(
        question,
        label=label,
        hint=hint,
        message=message,
        required_message=required,
        choices=tuple(replace(each, label=told(each.label)) for each in question.choices),
    )


def answer_shown(question: Question, answers: Answers) -> dict[str, Any]:
    """One answer in words: label, given (each a text per language, or as typed), skipped."""
    values = field_values(answers.get(question.name))
    given = [_in_words(question, value) for value in values if value]
    given += [str(answers[name]) for name in question.fields[1:] if name in answers]
    return {"label": question.label, "given": given, "skipped": not given}


def answers_shown(
    form: AnswerForm,
    state: FormState,
    tell: Callable[[Question, Answers], Any] = answer_shown,
) -> list[dict[str, Any]]:
    """The answers so far as `tell` puts them; pages with one title after another are one section.

    `page` is its first page, and `step` that page's number.
    """
    sections: list[dict[str, Any]] = []
    for number, page in enumerate(form.pages(state.drawn), start=1):
        answers = [
            tell(asked_as(form, each, state), state.answers)
            for each in form.shown(page, state)
            if each.kind != "note"
        ]
        title = _section_title(form, page)
        if answers and sections and sections[-1]["title"] == title:
            sections[-1]["answers"] += answers
        elif answers:
            sections.append({"title": title, "step": number, "page": page, "answers": answers})
    return sections


def fields(questions: Iterable[Question], answers: Answers) -> dict[str, list[str]]:
    """Stored answers as a form would post them."""
    sent = {each.name: field_values(answers.get(each.name)) for each in questions}
    beside = [name for each in questions for name in each.fields[1:] if name in answers]
    return {**sent, **{name: [str(answers[name])] for name in beside}}


def fault(questionnaire: Questionnaire, name: str, error: ConsultationsError) -> str:
    """An error's sentence; the questionnaire's own where it has one for its question."""
    return fault_of(questionnaire.by_name.get(name), error)


def fault_of(question: Question | None, error: ConsultationsError) -> str:
    """An error's sentence; the question's own where it has one."""
    if question and question.message and isinstance(error, OutOfRangeError):
        return pick(question.message, reading_language())[0]
    if question and question.required_message and isinstance(error, MissingError):
        return pick(question.required_message, reading_language())[0]
    return sentence(error)


def _section_title(form: AnswerForm, page: Page) -> Mapping[str, str] | str:
    if page.kind == "in_depth":
        provision = form.provisions[page.provision or ""]
        return {tag: f"{number} · {provision.heading.get(tag, '')}".rstrip(" ·")
                for tag, number in provision.number.items()}  # fmt: skip
    return page_title(form, page)


def _in_words(question: Question, value: str) -> Mapping[str, str] | str:
    for choice in question.choices:
        if choice.code == value:
            return choice.label
    if value == "-7":
        return str(gettext("Prefer not to say"))
    if value == "-8":
        return str(gettext("Do not know"))
    if value == YES and not question.choices:
        return str(gettext("Yes"))
    shown = KINDS[question.kind].shown(value, get_locale())
    return {tag: f"{shown} {unit}" for tag, unit in question.unit.items()} or shown
