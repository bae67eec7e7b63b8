"""Keeping the snapshot of a round up with the database."""

from sys import maxsize

from consultations.analysis.declared import table_plan
from consultations.analysis.plan import CHANNEL, ENTRY, LANGUAGE, TablePlan
from consultations.analysis.queries import (
    pending,
    set_token,
    stored,
    stored_among,
    take_all_pending,
    take_pending,
    token_of,
)
from consultations.analysis.snapshots.snapshot import Snapshot, State
from consultations.analysis.snapshots.written import KIND, beside, known_codes, sources
from consultations.db import db, new_key
from consultations.installation import settings
from consultations.questionnaires.queries import questionnaire
from consultations.questionnaires.structure import Questionnaire
from consultations.rounds.models import CLOSED, REPORTED, Round
from consultations.submissions.models import CHANNELS, ENTRIES, KINDS

FOLDER = "snapshots"


def snapshot_of(of: Round, asked: Questionnaire, plan: TablePlan) -> Snapshot:
    """The snapshot of a round, wherever its files are."""
    read = sources(asked, plan.dimensions)
    declared = {KIND: KINDS, CHANNEL: CHANNELS, ENTRY: ENTRIES, LANGUAGE: asked.languages}
    names = beside(read)
    codes = {names[name]: [*values] for name, values in declared.items()}
    folder = settings().instance.resolve() / FOLDER / of.id
    return Snapshot(folder, read, codes | dict(known_codes(plan.dimensions)), plan.groups)


def follow(snapshot: Snapshot, of: Round, *, least: int = 1) -> State:
    """Bring a snapshot up to date; whoever calls works with it `alone`. Commits.

    Fewer than `least` new answers wait for more of them, as a batch of one would tell whose it is;
    what is gone or changed does not wait. Once its round is closed, a snapshot is written anew, so
    that nothing in it tells of batches.
    """
    db.session.commit()
    closed = of.stage in (CLOSED, REPORTED)
    state = snapshot.state()
    lacking, known = pending(of.id)
    if state is None or state.token != token_of(of.id) or (closed and not state.settled):
        return _rebuilt(snapshot, of, settled=closed)
    while known or lacking >= least:
        _take(snapshot, state, of, gone_only=lacking < least)
        lacking, known = pending(of.id)
    if closed and not state.settled:
        return _rebuilt(snapshot, of, settled=True)
    return state


def forget(of: Round) -> None:
    """Take whatever is gone out of a round's snapshot. Commits."""
    assert of.questionnaire_version_id is not None
    asked = questionnaire(of.questionnaire_version_id)
    snapshot = snapshot_of(of, asked, table_plan(of.consultation, asked))
    with snapshot.alone():
        follow(snapshot, of, least=maxsize)


def _rebuilt(snapshot: Snapshot, of: Round, *, settled: bool) -> State:
    """All that is there now; what comes or goes meanwhile is pending, and taken in later."""
    token = new_key()
    set_token(of.id, token)
    take_all_pending(of.id)
    db.session.commit()
    state = snapshot.rebuild(stored(of.id), token, settled=settled)
    db.session.commit()
    return state


def _take(snapshot: Snapshot, state: State, of: Round, *, gone_only: bool) -> None:
    """Take in a batch in one transaction; should that fail, the files have another token."""
    taken, known = take_pending(of.id, gone_only=gone_only)
    snapshot.remove(state, known)
    snapshot.append(state, stored_among(taken))
    token = new_key()
    set_token(of.id, token)
    snapshot.keep(state, token)
    db.session.commit()
