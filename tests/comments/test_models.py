"""A point and what it needs."""

from flask import Flask

from consultations.comments.models import Point
from consultations.db import db
from tests.factories import a_consultation, a_point, a_round, an_account, an_organisation


def test_a_point_is_kept_with_what_it_says(app: Flask) -> None:
    of = a_round(a_consultation())
    an_account()
    point = a_point(of, an_organisation(), wording="Each Party shall")
    db.session.commit()
    found = db.session.get(Point, point.id)
    assert found is not None
    assert found.wording == "Each Party shall"
    assert found.read_as == {}
