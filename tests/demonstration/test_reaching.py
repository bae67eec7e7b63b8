"""The demonstration's pile of paper waits for its second reader."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from consultations.accounts.roles import ORGANIZER, RAPPORTEUR
from consultations.demonstration.reaching import FORMS, IN_THE_PILE, PARTNERS, reach
from consultations.portal.queries import tags_of
from consultations.records.queries import batches
from tests.factories import a_consultation, a_round, an_account

pytestmark = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


def test_some_forms_are_agreed_one_differs_and_some_wait(app: Flask) -> None:
    about = a_consultation()
    a_round(about)
    first, second = an_account(ORGANIZER), an_account(RAPPORTEUR)
    reach(about, first=first, second=second, at=datetime(2026, 11, 24, tzinfo=UTC))
    (batch,) = batches(about)

    assert len(batch.forms) == IN_THE_PILE
    assert sum(each.agreed for each in batch.forms) == 3
    assert sum(each.first is not None for each in batch.forms) == len(FORMS)
    assert sum(each.second is not None for each in batch.forms) == 4
    assert {each.tag: each.count for each in tags_of(about)} == {
        tag: count for tag, _, count, _ in PARTNERS
    }
