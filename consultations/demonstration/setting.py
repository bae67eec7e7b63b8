"""Setting the demonstration up: the consultation, its two drafts, what is asked, its rounds."""

from datetime import datetime

from consultations.bundles.checks import read_configuration
from consultations.bundles.documents import read_yaml
from consultations.bundles.services import add_consultation, add_round
from consultations.db import db
from consultations.demonstration.asking import asked
from consultations.demonstration.content import LANGUAGES, moment, noon, paragraphs, read, written
from consultations.drafts.markdown import outline_of_markdown
from consultations.drafts.models import Provision, Revision
from consultations.drafts.outline import align
from consultations.drafts.services import add_revision
from consultations.languages.models import REVIEWED, TranslationStatus
from consultations.languages.queries import OUT_OF_DATE, digest
from consultations.questionnaires.services import add_version, give
from consultations.rounds.models import CLOSED, OPEN, Consultation, Round
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
        questions = asked(configuration, revision, again=keys.number > 1, brackets=keys.brackets)
        give(add_version(consultation, questions), added)
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
