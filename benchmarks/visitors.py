"""Who comes: participants who answer Consultations' form or the bare one, and those who look."""

import re
from collections.abc import Callable, Mapping

from benchmarks.load import Failed, Response, Visitor, get, post

VIEWS = 10
"""So many pages a visitor who only looks asks for, on one connection."""

_SEALED = re.compile(rb'name="_sealed" value="([^"]+)"')
_NAME = re.compile(rb'name="([a-z][^"]*)"')
_RECEIPT = re.compile(rb'<output id="receipt"[^>]*>([^<]+)')
_SEND = b'value="send"'
MOST_PAGES = 100

Took = Callable[[str], object]


def participant(port: int, path: str, answers: Mapping[str, str], took: Took = str) -> Visitor:
    """Opens the form, answers page by page, sends, and shows the receipt to `took`."""
    page = _good((yield get(port, path)))
    fields: dict[str, str] = {"_step": "next", **_wanted(page, answers)}
    for _ in range(MOST_PAGES):
        content = _good((yield post(port, path, fields))).content
        if receipt := _RECEIPT.search(content):
            took(receipt[1].decode().strip())
            return
        fields = _next(content, answers)
    raise Failed("the form has no end")


def bare_participant(port: int, answers: Mapping[str, str]) -> Visitor:
    """The same at the bare application, which has one page."""
    _good((yield get(port, "/")))
    response = _good((yield post(port, "/", answers)))
    if not _RECEIPT.search(response.body):
        raise Failed("there is no receipt")


def onlooker(port: int, path: str) -> Visitor:
    """Opens the same page several times."""
    for _ in range(VIEWS):
        _good((yield get(port, path)))


def _next(content: bytes, answers: Mapping[str, str]) -> dict[str, str]:
    sealed = _SEALED.search(content)
    if sealed is None:
        raise Failed("the form holds no state")
    step = {"_sealed": sealed[1].decode()}
    if _SEND in content:
        return {**step, "_step": "send"}
    return {**step, "_step": "next", **_on_page(content, answers)}


def _on_page(content: bytes, answers: Mapping[str, str]) -> dict[str, str]:
    names = _names(content)
    return {name: value for name, value in answers.items() if name in names}


def _names(content: bytes) -> set[str]:
    return {name.decode() for name in _NAME.findall(content)}


_first_pages: dict[bytes, set[str]] = {}


def _wanted(first: Response, answers: Mapping[str, str]) -> dict[str, str]:
    """What the first page asks for; it is read once, as it is the same for everyone."""
    if first.body not in _first_pages:
        _first_pages[first.body] = _names(first.content)
    names = _first_pages[first.body]
    return {name: value for name, value in answers.items() if name in names}


def _good(response: Response) -> Response:
    if response.status != 200:
        raise Failed(f"status {response.status}")
    return response
