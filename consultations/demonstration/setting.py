"""Setting the demonstration up: the consultation, its two drafts, what is asked, its rounds."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from consultations.bundles.checks import read_configuration
from consultations.bundles.documents import read_yaml
from consultations.bundles.schema import Configuration
from consultations.bundles.services import add_consultation, add_round
from consultations.db import db
from consultations.demonstration.content import LANGUAGES, moment, noon, paragraphs, read, written
from consultations.drafts.markdown import outline_of_markdown
from consultations.drafts.models import Provision, Revision
from consultations.drafts.outline import align
from consultations.drafts.services import add_revision
from consultations.languages.models import REVIEWED, TranslationStatus
from consultations.languages.queries import OUT_OF_DATE, digest
from consultations.questionnaires.builder import ten_minutes, with_codebook_questions
from consultations.questionnaires.services import add_version, give
from consultations.questionnaires.structure import Choice, Question, Questionnaire
from consultations.rounds.models import CLOSED, OPEN, Consultation, Round
from consultations.rounds.plan import offered_dimensions
from consultations.rounds.services import day_at, note


def set_up(*, at: datetime) -> Consultation:
    """The consultation with round 1 closed and round 2 open; nobody has answered yet."""
    document = read_yaml(written("consultation.yaml").encode(), "consultation.yaml")
    configuration = read_configuration(document)
    consultation = add_consultation(configuration, threshold=10)
    consultation.demonstration = True
    for keys in configuration.rounds:
        revision = _add_draft(consultation, keys.draft)
        added = add_round(consultation, keys, revision)
        whole = asked(configuration, revision, brackets=keys.brackets)
        give(add_version(consultation, whole), added)
        added.stage = CLOSED if keys.number == 1 else OPEN
    _keep_open(consultation.rounds[-1], at)
    consultation.rounds[0].outcome = _outcome(*revisions(consultation))
    _leave_work_for_translators(consultation)
    _write_log(consultation)
    return consultation


def revisions(of: Consultation) -> tuple[Revision, Revision]:
    """The first draft and the revised one."""
    first, revised = (db.session.get(Revision, each.revision_id) for each in of.rounds)
    assert first is not None
    assert revised is not None
    return first, revised


def asked(configuration: Configuration, revision: Revision, *, brackets: bool) -> Questionnaire:
    """The ten-minute journey through the articles, the two minorities by their names.

    With `brackets`, in depth about what is still open in some of them as well.
    """
    own = read("questionnaire")
    headings = {
        each.eid: {
            language: f"{each.number[language]} · {each.heading[language]}"
            for language in LANGUAGES
        }
        for each in revision.provisions
        if each.eid in own["provisions"]
    }
    dimensions = offered_dimensions(configuration.plan())
    journey = ten_minutes(
        own["title"],
        list(headings.items()),
        (),
        languages=LANGUAGES,
        brackets={
            each.eid: each.text
            for each in revision.provisions
            if brackets and each.eid in own["brackets"]
        },
    )
    whole = with_codebook_questions(journey, dimensions)
    named = tuple(
        _minority(each, own["minority"]) if each.dimension == "minority" else each
        for each in whole.questions
    )
    return replace(whole, questions=named)


def paragraph(provision: Provision, number: int) -> dict[str, str]:
    """One paragraph of a provision in every language; empty where it has no such paragraph."""
    found = {language: paragraphs(text) for language, text in provision.text.items()}
    return {language: "".join(each[number - 1 : number]) for language, each in found.items()}


def _write_log(of: Consultation) -> None:
    """What the team's log says of the time before the demonstration was made."""
    note(of, "consultation.load", by=None, at=moment("draft-1"))
    for each in of.rounds:
        note(of, "round.open", by=None, at=noon(each.opens), detail=str(each.number))
        if each.stage == CLOSED:
            note(of, "round.close", by=None, at=noon(each.closes), detail=str(each.number))


def _minority(question: Question, own: Mapping[str, Any]) -> Question:
    choices = tuple(Choice(code, label) for code, label in own["choices"].items())
    return replace(question, label=own["label"], choices=choices)


def _add_draft(to: Consultation, stem: str) -> Revision:
    outlines = {
        language: outline_of_markdown(written(name), file=name)
        for language in LANGUAGES
        for name in (f"{stem}.{language}.md",)
    }
    return add_revision(to.id, stem, align(outlines, "en"), dated=read("calendar")[stem])


def _keep_open(of: Round, at: datetime) -> None:
    """Whatever the day on which somebody looks, the second round takes answers."""
    of.held_open = not of.opens <= day_at(of.consultation, at) <= of.closes


def _outcome(first: Revision, revised: Revision) -> list[dict[str, object]]:
    """What came of round 1, change by change, with the old and the new words."""
    before = {each.eid: each for each in first.provisions}
    after = {each.eid: each for each in revised.provisions}
    return [
        {
            "provision": each["provision"],
            "disposition": each["disposition"],
            "before": paragraph(before[each["provision"]], each["paragraph"]),
            "after": paragraph(after[each["provision"]], each["paragraph"]),
            "asked_by": each["asked_by"],
            "why": each["why"],
            "not_taken_up": each["not_taken_up"],
        }
        for each in read("outcome")["changes"]
    ]


def _leave_work_for_translators(of: Consultation) -> None:
    first, revised = ({each.eid: each for each in r.provisions} for r in revisions(of))
    for wanted in read("round-2")["translations"]:
        language = wanted["language"]
        provision = revised[wanted["provision"]]
        source = provision.summary["en"]
        text = wanted.get("text")
        if wanted["status"] == OUT_OF_DATE:
            earlier = first[wanted["provision"]].summary
            source, text = earlier["en"], earlier[language]
        provision.summary = {**provision.summary, language: text}
        db.session.add(
            TranslationStatus(
                consultation_id=of.id,
                passage=f"provision:{provision.id}:summary",
                language=language,
                status=REVIEWED if wanted["status"] == OUT_OF_DATE else wanted["status"],
                source_digest=digest(source),
            )
        )
