"""The one door through which counts leave: what comes out is protected."""

from dataclasses import dataclass
from types import MappingProxyType

from consultations.analysis.counted import Themes, counted_questions
from consultations.analysis.plan import TablePlan
from consultations.analysis.publication import Protected
from consultations.analysis.queries import responses
from consultations.analysis.said import said_in_words
from consultations.questionnaires.queries import questionnaire
from consultations.questionnaires.structure import Questionnaire
from consultations.rounds.models import Consultation, Round
from consultations.rounds.plan import (
    declared_crossings,
    declared_dimensions,
    declared_groups,
    declared_policy,
)
from consultations.submissions.dimensions import effective_dimensions, effective_groups
from consultations.submissions.models import INDIVIDUAL, ORGANISATION


@dataclass(frozen=True)
class Counted:
    """What may be published of a round, the plan it follows, and a digest of the answers.

    unnamed_organisations: how many answered; None where they are fewer than the threshold.
    """

    plan: TablePlan
    individuals: Protected
    organisations: Protected | None
    unnamed_organisations: int | None
    data_digest: str


def protected_counts(consultation: Consultation, of: Round) -> Counted:
    """Count a round by its declared plan and withhold what could give someone away."""
    from consultations.analysis.protect import protect  # heavy: docs/decisions/0013

    assert of.questionnaire_version_id is not None
    asked = questionnaire(of.questionnaire_version_id)
    said = said_in_words(of, asked)
    plan = table_plan(consultation, asked, said.themes)
    people, digest = responses(of.id, asked, plan.questions, plan.dimensions, read_in=said.codes)
    bodies, other_digest = responses(
        of.id, asked, plan.questions, (), kind=ORGANISATION, read_in=said.codes
    )
    countable = bodies.n >= plan.policy.threshold
    without_groups = TablePlan(plan.questions, (), (), (), plan.policy)
    return Counted(
        plan,
        protect(plan, people),
        protect(without_groups, bodies) if countable else None,
        bodies.n if countable or not bodies.n else None,
        f"{digest[:32]}{other_digest[:32]}",
    )


def data_digest(consultation: Consultation, of: Round) -> str:
    """The digest of a round's answers, and of the themes in their words, as they are now."""
    assert of.questionnaire_version_id is not None
    asked = questionnaire(of.questionnaire_version_id)
    codes = said_in_words(of, asked).codes
    digests = [
        responses(of.id, asked, (), (), kind=kind, read_in=codes)[1]
        for kind in (INDIVIDUAL, ORGANISATION)
    ]
    return digests[0][:32] + digests[1][:32]


def table_plan(
    consultation: Consultation, asked: Questionnaire, themes: Themes = MappingProxyType({})
) -> TablePlan:
    """The table plan that a consultation declared for a questionnaire.

    `themes` are those found in what people wrote: they are known after the round.
    """
    dimensions = effective_dimensions(declared_dimensions(consultation.plan), asked)
    return TablePlan(
        questions=counted_questions(asked, themes),
        dimensions=dimensions,
        groups=effective_groups(declared_groups(consultation.plan), dimensions),
        crossings=declared_crossings(consultation.plan),
        policy=declared_policy(consultation.policy),
    )
