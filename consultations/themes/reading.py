"""The points that are read for themes, as their page shows them: filtered, a page at a time."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import request
from flask_babel import gettext

from consultations.comments.filters import by_article
from consultations.comments.queries import points_with
from consultations.comments.shown import comments_shown
from consultations.drafts.queries import numbers_known
from consultations.rounds.models import REPORTED, Consultation
from consultations.themes.models import Theme
from consultations.themes.queries import Alike, points_alike, themes_in
from consultations.web.filters import address, chosen, filter_by, page_of
from consultations.web.templating import language_name

PAGE = 10

WITHOUT, WITH, EVERY = "without", "with", "all"
TOLD = ("id", "provision", "paragraph", "language", "text", "reason", "proposed",
        "proposed_language", "unreviewed")  # fmt: skip
"""What is shown of a point: nothing of who said it."""


@dataclass(frozen=True)
class Reading:
    """What is read for themes in a consultation, as far as the page's filters let through."""

    about: Consultation

    @cached_property
    def every(self) -> list[Alike]:
        """Everything to be read, in the order of the draft."""
        order = {wid: place for place, wid in enumerate(numbers_known(self.about.id))}
        return sorted(points_alike(self.about.id), key=lambda each: order.get(each.wid, len(order)))

    @cached_property
    def themes(self) -> dict[str, Theme]:
        """The consultation's themes by their codes."""
        return {each.code: each for each in themes_in(self.about.id)}

    @cached_property
    def carried(self) -> dict[str, Counter[str]]:
        """Provision -> how many points carry each theme."""
        found: dict[str, Counter[str]] = {}
        for each in self.every:
            counts = found.setdefault(each.wid, Counter())
            counts.update(dict.fromkeys(each.themes, len(each.points)))
        return found

    @cached_property
    def carrying(self) -> Counter[str]:
        """How many points carry each theme."""
        return sum(self.carried.values(), Counter())

    @property
    def without(self) -> int:
        """How many points carry no theme, whatever the filters."""
        return sum(len(each.points) for each in self.every if not each.themes)

    def entry(self, key: str) -> Alike | None:
        """What a point is read with; None where it is not to be read any more."""
        return next((each for each in self.every if key in each.points), None)

    @property
    def listed(self) -> list[Alike]:
        """What the filters let through."""
        return [each for each in self.every if _passes(each)]

    def page(self, keys: Sequence[str] = ()) -> dict[str, Any]:
        """The list of themes, the filters, and the points with these keys, or of this page."""
        of_page, pages = page_of(self.listed, PAGE)
        return {
            "consultation": self.about,
            "without": self.without,
            "reported": any(each.stage == REPORTED for each in self.about.rounds),
            "shown": [each for each in self._filters() if len(each["options"]) > 1],
            "search": chosen("words"),
            "kept": [(k, v) for k, v in request.args.items() if k not in ("words", "page")],
            "themes": list(self._themes()),
            "points": self._points(keys or [each.points[0] for each in of_page]),
            "pages": pages,
        }

    def _points(self, keys: Sequence[str]) -> list[dict[str, Any]]:
        entries = {key: entry for key in keys if (entry := self.entry(key))}
        shown = comments_shown(points_with(list(entries)))
        return [
            {
                **{name: point[name] for name in TOLD},
                "same_for": len(entry.points),
                "carries": entry.themes,
                "offered": (offered := self._offered(entry)),
                "others": [each for each in self.themes.values() if each not in offered],
            }
            for entry, point in zip(entries.values(), shown, strict=True)
        ]

    def _offered(self, entry: Alike) -> list[Theme]:
        """Those found on the same provision already, and those found nowhere yet."""
        here = self.carried[entry.wid]
        return [each for code, each in self.themes.items() if here[code] or not self.carrying[code]]

    def _themes(self) -> Iterator[dict[str, Any]]:
        """The themes of the provision that is looked at; of all where none is."""
        wid, current = chosen("article"), chosen("theme")
        for code, theme in self.themes.items():
            everywhere = self.carrying[code]
            count = self.carried.get(wid, Counter())[code] if wid else everywhere
            if count or not everywhere or code == current:
                yield {
                    "theme": theme,
                    "count": count,
                    "current": code == current,
                    "missing": [tag for tag in self.about.languages if tag not in theme.label],
                    "url": address(theme=code, status=EVERY, words=None),
                }

    def _filters(self) -> list[dict[str, Any]]:
        status = chosen("status", WITHOUT)
        found = [each for each in self.every if _has(each, status)]
        languages = Counter(each.language for each in found for _ in each.points)
        every = sum(len(each.points) for each in self.every)
        return [
            filter_by(
                "status",
                gettext("Points"),
                [
                    (WITHOUT, gettext("without a theme"), self.without),
                    (WITH, gettext("with a theme"), every - self.without),
                    (EVERY, gettext("all"), None),
                ],
                default=WITHOUT,
            ),
            by_article(self.about, [each.wid for each in found for _ in each.points]),
            filter_by(
                "language",
                gettext("Language"),
                [
                    ("", gettext("all"), None),
                    *((tag, language_name(tag), languages[tag]) for tag in languages),
                ],
            ),
        ]


def _has(entry: Alike, status: str) -> bool:
    return status == EVERY or bool(entry.themes) == (status == WITH)


def _passes(entry: Alike) -> bool:
    return (
        _has(entry, chosen("status", WITHOUT))
        and chosen("article") in ("", entry.wid)
        and chosen("language") in ("", entry.language)
        and (not chosen("theme") or chosen("theme") in entry.themes)
        and " ".join(chosen("words").split()).casefold() in entry.words
    )
