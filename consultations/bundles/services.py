"""Loading a bundle: the whole consultation, or nothing of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from consultations.bundles.checks import check_codes
from consultations.bundles.documents import BundleError
from consultations.bundles.reading import Bundle
from consultations.bundles.recordings import read_recordings
from consultations.bundles.schema import Configuration, RoundKeys
from consultations.codebook import Dimension
from consultations.comments.services import points_from_answers
from consultations.db import db
from consultations.drafts.models import Revision
from consultations.drafts.services import add_revision
from consultations.drafts.structure import SECTION, DraftText, ProvisionText
from consultations.errors import Refused
from consultations.questionnaires.builder import (
    TEN_MINUTES,
    ten_minutes,
    with_codebook_questions,
)
from consultations.questionnaires.models import QuestionnaireVersion
from consultations.questionnaires.services import (
    add_version,
    check_dimensions,
    give,
    keep_recording,
)
from consultations.questionnaires.structure import Questionnaire
from consultations.questionnaires.xlsform.reading import LeftOut, read
from consultations.rounds.models import OPEN, Consultation, Round
from consultations.rounds.plan import declared_dimensions, offered_dimensions
from consultations.rounds.queries import open_round
from consultations.rounds.services import day_at, note, stage_on
from consultations.submissions.dimensions import effective_dimensions
from consultations.submissions.importing import Import, import_responses
from consultations.words import N_

MAX_QUESTIONNAIRE_BYTES = 20_000_000


@dataclass
class Loaded:
    """What was loaded, and what was not: rows of questionnaires, rows of answers, files."""

    consultation: Consultation
    versions: dict[str, QuestionnaireVersion] = field(default_factory=dict)
    left_out: list[tuple[str, LeftOut]] = field(default_factory=list)
    imports: list[Import] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    @property
    def questions(self) -> int:
        """How many questions all questionnaires ask."""
        return sum(len(version.content["questions"]) for version in self.versions.values())

    @property
    def responses(self) -> Import:
        """All files of answers together."""
        rejects = [each.rejects_file for each in self.imports if each.rejects_file]
        return Import(
            sum(each.read for each in self.imports),
            sum(each.accepted for each in self.imports),
            sum(each.rejected for each in self.imports),
            rejects[0] if rejects else None,
        )


def load(
    bundle: Bundle,
    *,
    threshold: int,
    rejects: Callable[[Round], Path],
    by: int | None,
    at: datetime,
    step: Callable[[int, int], None] = lambda _done, _total: None,
) -> Loaded:
    """Put a bundle into the session, for the caller to commit as a whole.

    `threshold` is the host's default policy; `rejects` names the file for rejected rows of a
    round. Raises ConsultationsError for whatever does not fit; then nothing may be committed.
    """
    loaded = Loaded(add_consultation(bundle.configuration, threshold))
    revisions: dict[str, Revision] = {}
    for keys in sorted(bundle.configuration.rounds, key=lambda keys: keys.number):
        if keys.draft not in revisions:
            revisions[keys.draft] = add_revision(
                loaded.consultation.id, keys.draft, bundle.drafts[keys.draft], dated=keys.opens
            )
        added = add_round(loaded.consultation, keys, revisions[keys.draft])
        give(_version(bundle, keys, loaded), added)
        _set_stage(added, at)
        if keys.responses:
            path = bundle.file(keys.responses)
            loaded.imports.append(import_responses(added, path, rejects=rejects(added), step=step))
            points_from_answers(added)
        if keys.comments:
            loaded.unread.append(keys.comments)
    _keep_recordings(bundle, loaded, by=by, at=at)
    note(loaded.consultation, "consultation.load", by=by, at=at)
    return loaded


def _keep_recordings(bundle: Bundle, loaded: Loaded, *, by: int | None, at: datetime) -> None:
    questions = [each for v in loaded.versions.values() for each in v.content["questions"]]
    texts = [text for draft in bundle.drafts.values() for text in draft.values()]
    subjects = {
        *(each["name"] for each in questions),
        *(provision.eid for text in texts for provision in text.provisions),
    }
    languages = bundle.configuration.languages
    for each in read_recordings(bundle.folder, subjects=subjects, languages=languages):
        keep_recording(loaded.consultation, each.subject, each.language, each.content, by=by, at=at)


def add_consultation(given: Configuration, threshold: int) -> Consultation:
    """The consultation of a configuration; raises Refused where there is one of its slug."""
    if db.session.scalar(select(Consultation.id).where(Consultation.slug == given.slug)):
        raise Refused(N_("There is a consultation “%(slug)s” already."), slug=given.slug)
    policy = given.policy.policy(threshold)
    consultation = Consultation(
        slug=given.slug,
        source_language=given.source_language,
        languages=list(given.languages),
        title=given.title,
        summary=given.summary,
        organizer=given.organizer,
        decision=given.decision or {},
        contact=given.contact or {},
        privacy_notice=given.privacy_notice or {},
        retention_months=given.retention_months,
        time_zone=given.time_zone,
        sampling=given.sampling,
        sampling_design=given.sampling_design or {},
        policy={
            "threshold": policy.threshold,
            "minimum_base": policy.minimum_base,
            "sensitive_zero_rule": policy.sensitive_zero_rule,
        },
        plan=given.plan(),
    )
    db.session.add(consultation)
    db.session.flush()
    return consultation


def add_round(of: Consultation, keys: RoundKeys, revision: Revision) -> Round:
    """A planned round on a revision, without a questionnaire yet."""
    added = Round(
        consultation=of,
        number=keys.number,
        title=keys.title or {},
        opens=keys.opens,
        closes=keys.closes,
        positions=_amount(keys, "positions"),
        in_depth=_amount(keys, "in_depth"),
        revision_id=revision.id,
    )
    db.session.add(added)
    db.session.flush()
    return added


def _amount(keys: RoundKeys, name: str) -> str:
    """As stated; else everything of a questionnaire of one's own, and ten minutes of ours."""
    stated = getattr(keys, name)
    if stated is None:
        return "all" if keys.questionnaire else str(TEN_MINUTES[name])
    return str(stated)


def _set_stage(of: Round, at: datetime) -> None:
    """The stage that the dates give; two rounds cannot be open at once."""
    stage = stage_on(of.opens, of.closes, day_at(of.consultation, at))
    other = open_round(of.consultation)
    if stage == OPEN and other is not None:
        raise Refused(
            N_("Rounds %(one)s and %(other)s would be open at the same time."),
            one=other.number,
            other=of.number,
        )
    of.stage = stage


def _version(bundle: Bundle, keys: RoundKeys, loaded: Loaded) -> QuestionnaireVersion:
    """The version that a round asks: from its file, or made for its draft where it names none."""
    name = keys.questionnaire or f"({keys.draft})"
    if name not in loaded.versions:
        questionnaire = _questionnaire(bundle, keys, loaded)
        plan = loaded.consultation.plan
        check_dimensions(questionnaire, plan["dimensions"])
        # Answers that were collected elsewhere are taken as they are.
        asked_for = declared_dimensions(plan) if keys.responses else offered_dimensions(plan)
        whole = with_codebook_questions(questionnaire, asked_for)
        check_codes(
            bundle.document,
            bundle.configuration,
            {each.name: each for each in _known(declared_dimensions(plan), questionnaire, whole)},
        )
        loaded.versions[name] = add_version(loaded.consultation, whole)
    return loaded.versions[name]


def _known(
    dimensions: Iterable[Dimension], own: Questionnaire, whole: Questionnaire
) -> Iterator[Dimension]:
    """The dimensions with every category that groups, parents and shares may name.

    Where the codebook's own question is asked, all its codes are known, asked for or not.
    """
    for dimension in dimensions:
        (counted,) = effective_dimensions([dimension], whole)
        if dimension.name in own.feeding:
            yield counted
        else:
            every = {each.code: each for each in (*counted.categories, *dimension.categories)}
            yield replace(dimension, categories=tuple(every.values()))


def _questionnaire(bundle: Bundle, keys: RoundKeys, loaded: Loaded) -> Questionnaire:
    configuration = bundle.configuration
    if not keys.questionnaire:
        source = bundle.drafts[keys.draft]
        provisions = [
            (
                each.eid,
                {language: _name(text.provisions[index]) for language, text in source.items()},
            )
            for index, each in enumerate(source[configuration.source_language].provisions)
            if each.kind != SECTION
        ]
        return ten_minutes(
            configuration.title,
            provisions,
            (),
            languages=_source_first(configuration),
            brackets=_texts(source) if keys.brackets else {},
        )
    path = bundle.file(keys.questionnaire)
    if path.stat().st_size > MAX_QUESTIONNAIRE_BYTES:
        raise BundleError(
            N_("%(file)s: a questionnaire can hold twenty megabytes at most."), file=path.name
        )
    reading = read(path.read_bytes(), name=path.name, source_language=configuration.source_language)
    loaded.left_out += [(path.name, each) for each in reading.left_out]
    return reading.questionnaire


def _texts(draft: Mapping[str, DraftText]) -> dict[str, dict[str, str]]:
    """The text of each provision, by its eId, per language."""
    texts: dict[str, dict[str, str]] = {}
    for language, written in draft.items():
        for provision in written.provisions:
            texts.setdefault(provision.eid, {})[language] = provision.text
    return texts


def _source_first(given: Configuration) -> list[str]:
    return sorted(given.languages, key=lambda language: language != given.source_language)


def _name(provision: ProvisionText) -> str:
    return " · ".join(part for part in (provision.number, provision.heading) if part)
