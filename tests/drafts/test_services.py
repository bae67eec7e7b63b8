"""Taking revisions in."""

from datetime import date

import pytest
from flask import Flask

from consultations.db import db
from consultations.drafts.markdown import outline_of_markdown
from consultations.drafts.models import Revision
from consultations.drafts.outline import align
from consultations.drafts.queries import provision_at, provision_known_as, revisions_of
from consultations.drafts.services import add_revision
from consultations.errors import NotFound
from consultations.rounds.models import Consultation

FIRST = {
    "en": "# Code\n## Article 1. Aim\n> Why.\nText.\n",
    "fr": "# C\n## Article 1. But\nTexte.\n",
}
SECOND = {
    "en": "# Code\n## Article 1. New\n## Article 2. Aim {#art_2 wid=art_1}\n",
    "fr": "# C\n## Article 1. Neuf\n## Article 2. But\n",
}


def _consultation() -> str:
    made = Consultation(
        slug="code",
        source_language="en",
        languages=["en", "fr"],
        title={"en": "Code"},
        summary={"en": "S"},
        organizer={"en": "O"},
        policy={},
        plan={},
    )
    db.session.add(made)
    db.session.flush()
    return made.id


def _add(to: str, stem: str, texts: dict[str, str]) -> Revision:
    outlines = {language: outline_of_markdown(text) for language, text in texts.items()}
    return add_revision(to, stem, align(outlines, "en"), dated=date(2026, 1, 1))


def test_a_revision_holds_its_texts_per_language(app: Flask) -> None:
    revision = _add(_consultation(), "draft", FIRST)
    assert (revision.number, revision.title) == (1, {"en": "Code", "fr": "C"})
    (article,) = revision.provisions
    assert article.heading == {"en": "Aim", "fr": "But"}
    assert article.summary == {"en": "Why."}
    assert article.text == {"en": "Text.", "fr": "Texte."}


def test_a_renumbered_provision_is_found_under_its_stable_id(app: Flask) -> None:
    consultation = _consultation()
    _add(consultation, "draft", FIRST)
    _add(consultation, "draft-2", SECOND)
    db.session.expire_all()
    first, second = revisions_of(consultation)
    wid = provision_at(first, "art_1").wid
    found = provision_known_as(second, wid)
    assert found is not None
    assert (found.eid, found.heading["fr"]) == ("art_2", "But")
    with pytest.raises(NotFound, match="art_3"):
        provision_at(second, "art_3")
