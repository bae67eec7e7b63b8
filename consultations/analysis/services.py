"""The one door through which counts leave: what comes out is protected."""

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from consultations.analysis.declared import table_plan
from consultations.analysis.plan import TablePlan
from consultations.analysis.publication import Protected
from consultations.analysis.said import Coded, said_in_words
from consultations.questionnaires.queries import questionnaire
from consultations.rounds.models import Consultation, Round
from consultations.submissions.models import INDIVIDUAL, ORGANISATION

if TYPE_CHECKING:
    from consultations.analysis.snapshots.snapshot import State


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
    """Count a round by its declared plan and withhold what could give someone away. Commits."""
    from consultations.analysis.protect import protect
    from consultations.analysis.snapshots.engines import counted  # heavy: docs/decisions/0013
    from consultations.analysis.snapshots.following import follow, snapshot_of

    assert of.questionnaire_version_id is not None
    asked = questionnaire(of.questionnaire_version_id)
    said = said_in_words(of, asked)
    plan = table_plan(consultation, asked, said.themes)
    without_groups = TablePlan(plan.questions, (), (), (), plan.policy)
    snapshot = snapshot_of(of, asked, plan)
    with snapshot.alone():
        state = follow(snapshot, of)
        bodies = state.people(ORGANISATION)
        countable = bodies >= plan.policy.threshold
        with counted(snapshot, state, plan, INDIVIDUAL, said.codes) as people:
            individuals = protect(plan, people)
        with counted(snapshot, state, without_groups, ORGANISATION, said.codes) as counts:
            organisations = protect(without_groups, counts) if countable else None
    return Counted(
        plan,
        individuals,
        organisations,
        bodies if countable or not bodies else None,
        _digest(state, said.codes),
    )


def data_digest(consultation: Consultation, of: Round) -> str:
    """The digest of a round's answers and of the themes in their words, as they are. Commits."""
    return as_it_is(consultation, of)[1]


def as_it_is(consultation: Consultation, of: Round) -> tuple[TablePlan, str]:
    """The plan by which a round would be counted now, and the digest of its answers and of the
    themes in their words. Commits."""
    from consultations.analysis.snapshots.following import (  # heavy: docs/decisions/0013
        follow,
        snapshot_of,
    )

    assert of.questionnaire_version_id is not None
    asked = questionnaire(of.questionnaire_version_id)
    said = said_in_words(of, asked)
    plan = table_plan(consultation, asked, said.themes)
    snapshot = snapshot_of(of, asked, plan)
    with snapshot.alone():
        state = follow(snapshot, of)
    return plan, _digest(state, said.codes)


def _digest(state: "State", said: Coded) -> str:
    """A digest of what is counted: the same for the same answers, in whatever order they came."""
    parts = [state.digest(INDIVIDUAL), state.digest(ORGANISATION)]
    parts += [json.dumps([key, said[key]], sort_keys=True) for key in sorted(said)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
