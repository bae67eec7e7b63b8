"""What of a consultation is to be counted, as it was declared."""

from types import MappingProxyType

from consultations.analysis.counted import Themes, counted_questions
from consultations.analysis.plan import TablePlan
from consultations.questionnaires.structure import Questionnaire
from consultations.rounds.models import Consultation
from consultations.rounds.plan import (
    declared_crossings,
    declared_dimensions,
    declared_groups,
    declared_policy,
)
from consultations.submissions.dimensions import effective_dimensions, effective_groups


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
