"""Tables that a corrected report could not tell anew stand in it as they were published."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultations.db import db
from consultations.reports.models import STAND, WITHDRAW
from consultations.reports.queries import publications_of, report_of
from consultations.reports.services import Wish, notes_of
from consultations.reports.standing import numbers_shown, standing, with_standing
from consultations.rounds.models import Consultation
from tests.factories import a_submission
from tests.reports.published import report
from tests.reports.rounds import of_ninety, published

LATER = datetime(2026, 6, 9, 12, tzinfo=UTC)
NOTE = {"en": "Twelve forms were found."}


@pytest.fixture
def about(app: Flask) -> Consultation:
    made = of_ninety().consultation
    published(made, app)
    return made


def late(about: Consultation, number: int, opposed: int) -> None:
    """So many more answers, half of each sex; on the second article so many oppose."""
    for place in range(number):
        a_submission(
            about.rounds[0],
            art_1_position="oppose" if place % 2 else "support",
            art_2_position="oppose" if place < opposed else "support",
            gender="woman" if place % 2 else "man",
        )
    db.session.commit()


def table(numbers, name):
    return next(each for each in numbers["tables"] if each["id"] == name)


def test_what_cannot_be_told_anew_stands(about: Consultation, app: Flask) -> None:
    first = report_of(about.rounds[0].id)
    late(about, 12, opposed=1)
    second = published(about, app, Wish(STAND, NOTE), LATER)
    assert table(second.numbers, "art_2_position.overall")["status"] == "withheld"
    shown = numbers_shown(second)
    stands = table(shown, "art_2_position.overall")
    assert stands["cells"] == table(first.numbers, "art_2_position.overall")["cells"]
    assert stands["standing"] == {"report": first.id, "since": date(2026, 6, 1)}
    anew = table(shown, "art_1_position.overall")
    assert "standing" not in anew
    assert anew["groups"][-1]["base"] == 102
    [note] = notes_of(second)
    assert set(note["tables"]) == {"art_2_position.overall", "art_2_position.by.gender"}
    rows = [each for each in shown["matrix"] if each["table"] == "art_2_position.overall"]
    assert rows == [r for r in first.numbers["matrix"] if r["table"] == "art_2_position.overall"]
    assert shown["disclosure"]["withheld"] == first.numbers["disclosure"]["withheld"]


def test_what_was_withdrawn_as_wrong_does_not_come_back(about: Consultation, app: Flask) -> None:
    late(about, 12, opposed=1)
    published(about, app, Wish(WITHDRAW, NOTE))
    late(about, 12, opposed=1)
    third = published(about, app, Wish(STAND, NOTE))
    assert table(numbers_shown(third), "art_2_position.overall")["status"] == "withheld"


def test_what_stood_before_stands_with_the_same_day(about: Consultation, app: Flask) -> None:
    first = report_of(about.rounds[0].id)
    late(about, 12, opposed=1)
    published(about, app, Wish(STAND, NOTE), LATER)
    late(about, 12, opposed=1)
    third = published(about, app, Wish(STAND, NOTE), LATER)
    stands = table(numbers_shown(third), "art_2_position.overall")["standing"]
    assert stands == {"report": first.id, "since": date(2026, 6, 1)}
    assert len(publications_of(about.rounds[0].id)) == 3


def test_the_page_marks_what_stands_and_points_to_where_it_is_told(
    about: Consultation, app: Flask, client: FlaskClient
) -> None:
    first = report_of(about.rounds[0].id)
    late(about, 12, opposed=1)
    second = published(about, app, Wish(STAND, NOTE), LATER)
    page = client.get("/en/code/reports/1/").text
    assert page.count("Published on 1 June 2026. The answers have changed since") == 2
    assert "they stand as they were published before" in page
    assert f"reports/{first.id}/tables/art_2_position.overall/" in page
    assert f"reports/{second.id}/tables/art_1_position.overall/" in page


def test_who_was_heard_stands_as_a_whole():
    before, later = report(), report(more_women=1)
    later["coverage"]["groups"] = []
    later["coverage"]["organisations"] = 7
    coverage = with_standing(later, before, ())["coverage"]
    assert coverage == {**before["coverage"], "organisations": 7}
    whole = report(more_women=1)
    assert with_standing(whole, before, ())["coverage"] == whole["coverage"]


def test_no_more_cells_stand_than_were_planned():
    """Nobody can tell which of its four planned groups occurred in the crossing that stands."""
    before, later = report(), report()
    crossed = {**before["tables"][1], "id": "vote.by.gender.age", "by": ["gender", "age"]}
    women = [{**each, "group": ["F", "old"]} for each in crossed["cells"] if each["group"] == ["F"]]
    group = {**crossed["groups"][0], "codes": ["F", "old"], "of": {"age": ["a", "b", "c", "d"]}}
    crossed |= {"status": "merged", "groups": [group], "cells": women}
    before["tables"].append(crossed)
    later["tables"].append({**crossed, "status": "withheld", "groups": [], "cells": []})
    later["disclosure"] |= {"tables": 3, "withheld": 1, "cells_planned": 12, "cells_hidden": 6}
    shown = with_standing(later, before, [crossed["id"]])["disclosure"]
    assert (shown["merged"], shown["withheld"]) == (1, 0)
    assert (shown["cells_reached"], shown["cells_hidden"]) == (9, 3)


def test_what_was_not_told_before_does_not_stand():
    before, later = report(), report()
    for each in later["tables"]:
        each["status"] = "withheld"
    before["tables"][0]["status"] = "withheld"
    assert standing(later, before) == ["vote.by.gender"]


def test_what_stands_keeps_its_place_among_what_is_told_anew():
    before, later = report(), report()
    first, second = (each["id"] for each in later["tables"])
    before["scales"], later["scales"] = [{"table": first}], [{"table": second}]
    shown = with_standing(later, before, [first])
    assert [row["table"] for row in shown["scales"]] == [first, second]
