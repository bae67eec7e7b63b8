"""A visitor without JavaScript and cookies: reads a page's form, fills it in, posts it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

Filled = Mapping[str, str | Sequence[str]]


@dataclass
class Page:
    """What a visitor sees."""

    status: int
    soup: BeautifulSoup
    text: str

    @property
    def form(self) -> Tag:
        """The page's one form to post."""
        found = self.soup.select_one('form[method="post"]')
        assert found is not None, self.text[:2000]
        return found

    def says(self, words: str) -> bool:
        """Whether a reader sees these words."""
        return words in " ".join(self.soup.get_text(" ").split())

    @property
    def receipt(self) -> str | None:
        """The code in `<output id="receipt">`, if it is shown."""
        found = self.soup.select_one("output#receipt")
        return found.get_text(strip=True) if found else None


def seen(response: TestResponse) -> Page:
    """A response as a page."""
    text = response.get_data(as_text=True)
    return Page(response.status_code, BeautifulSoup(text, "html.parser"), text)


def visit(client: FlaskClient, address: str) -> Page:
    """Open a page."""
    return seen(client.get(address))


def send(
    client: FlaskClient, address: str, page: Page, filled: Filled, *, step: str | None = None
) -> Page:
    """Post the page's form, filled in, with its last named button or the one of value `step`."""
    return seen(client.post(address, data=posted(page, filled, step=step)))


def posted(page: Page, filled: Filled, *, step: str | None = None) -> MultiDict[str, str]:
    """What a browser would post."""
    data: MultiDict[str, str] = MultiDict()
    for field in page.form.select("input, textarea, select"):
        name, kind = field.get("name"), field.get("type", field.name)
        if not name or name in filled:
            continue
        if kind in ("radio", "checkbox") and not field.has_attr("checked"):
            continue
        data.add(str(name), _value(field))
    for name, values in filled.items():
        for value in [values] if isinstance(values, str) else values:
            data.add(name, value)
    named = (*page.soup.select("button[name][form]"), *page.form.select("button[name]"))
    buttons = [each for each in named if step in (None, each["value"])]
    if buttons:
        data.add(str(buttons[-1]["name"]), str(buttons[-1]["value"]))
    return data


def _value(field: Tag) -> str:
    if field.name == "textarea":
        return field.get_text()
    if field.name == "select":
        chosen = field.select_one("option[selected]") or field.select_one("option")
        return str(chosen["value"]) if chosen else ""
    return str(field.get("value", ""))
