"""Translations and where they stand."""

import pytest
from flask import Flask

from consultations.db import db
from consultations.drafts.models import Provision
from consultations.errors import ConsultationsError, NotFound
from consultations.languages.models import REVIEWED, TRANSLATED, TranslationStatus
from consultations.languages.queries import (
    MISSING,
    OUT_OF_DATE,
    digest,
    not_reviewed,
    standings,
    to_do,
)
from consultations.languages.services import save_translation
from consultations.rounds.models import Round
from tests.factories import a_consultation, a_point, a_revision, a_round, an_organisation


@pytest.fixture
def of(app: Flask) -> Round:
    """An open round."""
    return a_round(a_consultation())


@pytest.fixture
def provision(of: Round) -> Provision:
    """Article 1."""
    return db.session.query(Provision).filter_by(eid="art_1").one()


def _name(provision: Provision, part: str = "summary") -> str:
    return f"provision:{provision.id}:{part}"


def _status(of: Round, name: str, language: str = "fr") -> str:
    found = {each.passage.name: each.status for each in standings(of.consultation, language)}
    return found[name]


def test_a_translation_is_missing_then_translated_then_reviewed(
    of: Round, provision: Provision
) -> None:
    name, about = _name(provision), of.consultation
    assert _status(of, name) == MISSING
    save_translation(about, name, "fr", "Résumé", reviewed=False, by=None)
    assert _status(of, name) == TRANSLATED
    assert not_reviewed(about.id, {name: provision.summary["en"]}, "fr") == {name}
    save_translation(about, name, "fr", "Résumé.", reviewed=True, by=None)
    assert _status(of, name) == REVIEWED
    assert provision.summary["fr"] == "Résumé."
    assert not_reviewed(about.id, {name: provision.summary["en"]}, "fr") == set()


def test_a_changed_source_puts_a_translation_out_of_date(of: Round, provision: Provision) -> None:
    name = _name(provision)
    save_translation(of.consultation, name, "fr", "Résumé", reviewed=True, by=None)
    provision.summary = {**provision.summary, "en": "Another summary"}
    assert _status(of, name) == OUT_OF_DATE
    assert not_reviewed(of.consultation_id, {name: "Another summary"}, "fr") == {name}


def test_what_came_with_its_bundle_counts_as_reviewed(of: Round, provision: Provision) -> None:
    assert _status(of, _name(provision, "number"), "ar") == REVIEWED


def test_an_empty_text_takes_the_translation_out(of: Round, provision: Provision) -> None:
    name = _name(provision, "number")
    save_translation(of.consultation, name, "ar", " ", reviewed=False, by=None)
    assert "ar" not in provision.number
    assert _status(of, name, "ar") == MISSING


@pytest.mark.parametrize("language", ["en", "de"])
def test_neither_the_source_nor_another_language_is_written(
    of: Round, provision: Provision, language: str
) -> None:
    with pytest.raises(ConsultationsError):
        save_translation(of.consultation, _name(provision), language, "x", reviewed=True, by=None)


def test_an_unknown_passage_is_not_found(of: Round) -> None:
    with pytest.raises(NotFound):
        save_translation(of.consultation, "provision:x:text", "fr", "x", reviewed=True, by=None)


def test_a_comment_is_translated_from_its_own_language(of: Round) -> None:
    point = a_point(of, an_organisation(), language="fr", text="Plus tôt.")
    name = f"point:{point.id}:text"
    assert name not in {each.passage.name for each in standings(of.consultation, "fr")}
    save_translation(of.consultation, name, "en", "Earlier.", reviewed=True, by=None)
    assert point.translations["en"]["text"] == "Earlier."


def test_every_language_has_its_work(of: Round) -> None:
    counts = to_do(of.consultation)
    assert counts["en"] == 0
    assert counts["fr"] > counts["ar"] > 0


def test_only_the_latest_revision_is_translated(of: Round, provision: Provision) -> None:
    later = a_revision(of.consultation, number=2)
    names = {each.passage.name for each in standings(of.consultation, "fr")}
    assert _name(provision) not in names
    assert _name(later.provisions[0]) in names


def test_a_machine_draft_is_not_final(of: Round, provision: Provision) -> None:
    name, source = _name(provision), provision.summary["en"]
    db.session.add(
        TranslationStatus(
            consultation_id=of.consultation_id,
            passage=name,
            language="fr",
            status="machine_draft",
            source_digest=digest(source),
        )
    )
    assert not_reviewed(of.consultation_id, {name: source}, "fr") == {name}
