"""What the demonstration is made of: the files in `content/`, read as plain values."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

LANGUAGES = ("en", "fr", "ar")
_FOLDER = files("consultations.demonstration").joinpath("content")


@cache
def read(name: str) -> Any:
    """The values of `content/NAME.yaml`. Shared: not to be changed by the caller."""
    return yaml.safe_load(written(f"{name}.yaml"))


def moment(event: str) -> datetime:
    """Noon of the day in `content/calendar.yaml` on which something happened."""
    return noon(read("calendar")[event])


def noon(day: date) -> datetime:
    """A moment on a day."""
    return datetime.combine(day, time(12), UTC)


def written(name: str) -> str:
    """The text of a file in `content/`."""
    return _FOLDER.joinpath(name).read_text("utf-8")


def comments() -> Iterator[dict[str, Any]]:
    """The points of organisations on the first draft, in the order of the draft."""
    for provision in ("preamble", *read("questionnaire")["provisions"]):
        listed = read(f"comments/{provision}")
        for point in listed["points"]:
            yield {**point, "provision": listed["provision"]}


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a provision's Markdown, without their numbers."""
    return [_unnumbered(part) for part in text.split("\n\n") if part.strip()]


def proposed(paragraph: str, change: Mapping[str, str]) -> str:
    """A paragraph with `cut` replaced by `put`, or with `put` added at its end."""
    if "cut" in change:
        return paragraph.replace(change["cut"], change["put"])
    return f"{paragraph} {change['put']}"


def _unnumbered(paragraph: str) -> str:
    number, dot, rest = paragraph.strip().partition(". ")
    return rest if dot and number.isdigit() else paragraph.strip()
