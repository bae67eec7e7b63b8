"""The translators' desk."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultations.accounts.roles import TRANSLATOR
from consultations.db import db
from consultations.drafts.models import Provision
from tests.factories import a_consultation, a_round, an_account, posted, sign_in

ADDRESS = "/en/manage/code/translate/?language=fr"


@pytest.fixture
def provision(app: Flask) -> Provision:
    """Article 1 of an open round."""
    a_round(a_consultation())
    return db.session.query(Provision).filter_by(eid="art_1").one()


@pytest.fixture
def translator(provision: Provision, client: FlaskClient) -> FlaskClient:
    """The translator, signed in."""
    return sign_in(client, an_account(TRANSLATOR))


def _form(provision: Provision, text: str, **more: str) -> dict[str, str]:
    return {
        "passage": f"provision:{provision.id}:summary",
        "language": "fr",
        "text": text,
        "action": "review",
        **more,
    }


def test_original_and_translation_stand_side_by_side(translator: FlaskClient) -> None:
    page = translator.get(ADDRESS).text
    assert "Summary of art_1" in page
    assert "Article 1 · in plain words" in page
    assert "not translated" in page


def test_a_translation_is_kept(translator: FlaskClient, provision: Provision) -> None:
    kept = posted(translator, ADDRESS, **_form(provision, "Résumé"))
    assert kept.status_code == 303
    db.session.refresh(provision)
    assert provision.summary["fr"] == "Résumé"
    assert "Résumé" not in translator.get(ADDRESS).text
    assert "Résumé" in translator.get(f"{ADDRESS}&status=reviewed").text


def test_what_cannot_be_kept_comes_back(translator: FlaskClient, provision: Provision) -> None:
    refused = posted(translator, ADDRESS, **_form(provision, "Résumé\0"))
    assert refused.status_code == 422
    assert "signs that are not text" in refused.text
    db.session.refresh(provision)
    assert "fr" not in provision.summary


def test_the_page_speaks_the_readers_language(translator: FlaskClient) -> None:
    page = translator.get("/ar/manage/code/translate/").text
    assert 'dir="rtl"' in page
    assert "مشروع المدونة" in page
