"""Taking a file of answers in: services of their own, because a file is not one participant."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import file_digest
from io import BufferedReader
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from consultations.clock import today
from consultations.db import db, new_key
from consultations.errors import Refused
from consultations.questionnaires.queries import logic, questionnaire
from consultations.rounds.models import Round
from consultations.rounds.services import begin_day
from consultations.submissions.models import CHANNELS, ImportedFile, Submission
from consultations.submissions.queries import file_taken_in
from consultations.submissions.responses_csv import (
    Reject,
    Response,
    ResponsesFile,
    open_responses,
    write_rejects,
)
from consultations.words import N_

BATCH = 5_000


@dataclass(frozen=True)
class Import:
    """What became of a file; `rejects_file` is there where rows were rejected."""

    read: int
    accepted: int
    rejected: int
    rejects_file: Path | None = None

    def to_json(self) -> dict[str, object]:
        """As the commands print it."""
        return {
            "read": self.read,
            "accepted": self.accepted,
            "rejected": self.rejected,
            "rejects_file": str(self.rejects_file) if self.rejects_file else None,
        }


def import_responses(
    to: Round,
    path: Path,
    *,
    rejects: Path,
    channel: str = "import",
    again: bool = False,
    step: Callable[[int, int], None] = lambda _done, _total: None,
) -> Import:
    """Take a responses.csv into a round; every row whole or not at all.

    Rejected rows are written to the file `rejects` with line, column and reason. `step` is told
    how many rows of how many are done. Raises Refused for a file that was taken in already,
    unless `again`, and ResponsesError for one that cannot be read.
    """
    if to.questionnaire_version_id is None:
        raise Refused(N_("Round %(number)s has no questionnaire yet."), number=to.number)
    if channel not in CHANNELS:
        raise Refused(
            N_("“%(channel)s” is not a channel; the channels are %(channels)s."),
            channel=channel,
            channels=", ".join(CHANNELS),
        )
    with path.open("rb") as stream:
        _remember(to, stream, path.name, again=again)
        file = open_responses(
            stream,
            questionnaire(to.questionnaire_version_id),
            name=path.name,
            source_language=to.consultation.source_language,
            channel=channel,
            logic=logic(to.questionnaire_version_id),
        )
        accepted, rejected = _sort(file, step)
    store(to, accepted)
    begin_day(to, today(to.consultation.time_zone), again=True)
    if not rejected:
        return Import(file.total, len(accepted), 0)
    _write(rejects, file, rejected)
    return Import(file.total, len(accepted), len(rejected), rejects)


def _remember(to: Round, stream: BufferedReader, name: str, *, again: bool) -> None:
    digest = file_digest(stream, "sha256").hexdigest()
    stream.seek(0)
    if file_taken_in(to.id, digest):
        if not again:
            raise Refused(
                N_(
                    "%(file)s was taken into round %(number)s already; to take its rows in once"
                    " more, say --again."
                ),
                file=name,
                number=to.number,
            )
        return
    db.session.add(ImportedFile(round_id=to.id, digest=digest))


def _sort(
    file: ResponsesFile, step: Callable[[int, int], None]
) -> tuple[list[Response], list[Reject]]:
    accepted: list[Response] = []
    rejected: list[Reject] = []
    for done, row in enumerate(file.rows, start=1):
        if isinstance(row, Response):
            accepted.append(row)
        else:
            rejected.append(row)
        step(done, file.total)
    return accepted, rejected


def store(to: Round, responses: list[Response]) -> None:
    """Write all rows in the order of their random keys: the file's order is not kept."""
    keyed = sorted((new_key(), each) for each in responses)
    for start in range(0, len(keyed), BATCH):
        rows = list(_rows(to, keyed[start : start + BATCH]))
        db.session.execute(insert(Submission), rows)


def _rows(to: Round, keyed: list[tuple[str, Response]]) -> Iterator[Mapping[str, Any]]:
    for key, each in keyed:
        yield {
            "id": key,
            "round_id": to.id,
            "questionnaire_version_id": to.questionnaire_version_id,
            "kind": each.kind,
            "channel": each.channel,
            "entry": "open",
            "language": each.language,
            "received_on": each.received_on,
            "weight": each.weight,
            "consent": {},
            "given": [],
            "answers": each.answers,
        }


def _write(path: Path, file: ResponsesFile, rejected: list[Reject]) -> None:
    """Write the rejects file, for its owner only: it holds answers."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    with path.open("w", encoding="utf-8", newline="") as stream:
        write_rejects(stream, file.header, rejected)
