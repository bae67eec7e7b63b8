"""What the application makes of an address before any page sees it."""

import pytest
from flask.testing import FlaskClient

from tests.visitor import visit


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize(
    "rest", ["nothing/here/at/all/", "site/sign-in/", "code/draft/art_1/more/"]
)
def test_an_address_without_a_page_is_answered_in_its_language(
    client: FlaskClient, language: str, rest: str
) -> None:
    page = visit(client, f"/{language}/{rest}")
    assert page.status == 404
    assert f'<html lang="{language}"' in page.text


def test_an_address_without_a_language_is_answered_in_the_first(client: FlaskClient) -> None:
    page = visit(client, "/nothing-at-all/here/")
    assert page.status == 404
    assert '<html lang="en"' in page.text
