"""The reading list as its page shows it: filtered, a page at a time, one point opened."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask_babel import gettext

from consultations.comments.filters import by_article
from consultations.comments.queries import points_with
from consultations.drafts.queries import numbers_known
from consultations.errors import NotFound
from consultations.i18n import page_language
from consultations.replies.queries import Entry, reading_list
from consultations.replies.shown import points_shown
from consultations.rounds.models import Consultation
from consultations.texts import in_language
from consultations.themes.models import Theme
from consultations.themes.queries import themes_in
from consultations.web.filters import address, chosen, filter_by, page_of

PAGE = 20
VOICES = 12
"""How many of those who say the same are quoted."""

WAITING, REPLIED = "waiting", "replied"
ORGANISATIONS, CITIZENS = "organisations", "citizens"


@dataclass(frozen=True)
class Reading:
    """What the team reads in a consultation, as far as the page's filters let through."""

    about: Consultation

    @cached_property
    def every(self) -> list[Entry]:
        """Everything to be answered, in the order of the draft: comments first."""
        order = {wid: place for place, wid in enumerate(numbers_known(self.about.id))}
        found = reading_list(self.about.id)
        return sorted(found, key=lambda each: (order.get(each.wid, len(order)), not each.label))

    @cached_property
    def listed(self) -> list[Entry]:
        """What the filters let through."""
        return [each for each in self.every if _passes(each)]

    @cached_property
    def themes(self) -> dict[str, Theme]:
        """The consultation's themes by their codes."""
        return {each.code: each for each in themes_in(self.about.id)}

    @property
    def unanswered(self) -> int:
        """How many entries have no reply yet, whatever the filters."""
        return sum(not each.replied for each in self.every)

    def entry(self, key: str) -> Entry:
        """The entry that a point is read in; raises NotFound."""
        for each in self.every:
            if key in each.points:
                return each
        raise NotFound

    def after(self, entry: Entry) -> Entry | None:
        """The next one without a reply, from the top again after the last."""
        waiting = [each for each in self.listed if not each.replied or each == entry]
        if entry not in waiting:
            return waiting[0] if waiting else None
        place = waiting.index(entry)
        following = [*waiting[place + 1 :], *waiting[:place]]
        return following[0] if following else None

    def alike(self, entry: Entry) -> dict[str, tuple[str, ...]]:
        """Theme code -> the other points about the same provision that carry it."""
        return {
            code: others
            for code in entry.themes
            if (others := tuple(self._carrying(code, entry))) and code in self.themes
        }

    def page(self, current: Entry | None) -> dict[str, Any]:
        """The list at the side, and the filters above it."""
        at = self.listed.index(current) if current in self.listed else 0
        entries, pages = page_of(self.listed, PAGE, 1 + at // PAGE)
        return {
            "consultation": self.about,
            "unanswered": self.unanswered,
            "shown": [each for each in self._filters() if len(each["options"]) > 1],
            "points": self._items(entries, current),
            "pages": pages,
        }

    def opened(self, entry: Entry) -> dict[str, Any]:
        """The point beside the list."""
        first, *others = points_with(entry.points[:VOICES])
        shown = points_shown([first], self.about, team=True)[0]
        voices = [{"language": each.language, "text": each.text} for each in others]
        return {**shown, "same_for": len(entry.points), "voices": voices}

    def said_of_themes(self, entry: Entry, checked: Mapping[str, str]) -> list[dict[str, Any]]:
        """The offers to give others the same reply."""
        provision = in_language(numbers_known(self.about.id)[entry.wid], page_language())
        return [
            {
                "code": code,
                "said": gettext(
                    "The same reply for the %(count)s other points on “%(theme)s” of %(article)s",
                    count=len(others),
                    theme=in_language(self.themes[code].label, page_language()),
                    article=provision,
                ),
                "checked": f"same_{code}" in checked,
            }
            for code, others in self.alike(entry).items()
        ]

    def _carrying(self, code: str, entry: Entry) -> Iterator[str]:
        for each in self.every:
            if each.wid == entry.wid and code in each.themes and each != entry:
                yield from each.points

    def _items(self, entries: Sequence[Entry], current: Entry | None) -> list[dict[str, Any]]:
        points = points_with([each.points[0] for each in entries])
        return [
            {
                **shown,
                "same_for": len(entry.points),
                "url": address(point=entry.points[0]),
                "current": entry == current,
            }
            for entry, shown in zip(
                entries, points_shown(points, self.about, team=True), strict=True
            )
        ]

    def _filters(self) -> list[dict[str, Any]]:
        language = page_language()
        status = chosen("status", WAITING)
        found = [each for each in self.every if status != WAITING or not each.replied]
        themes = Counter(code for each in found for code in each.themes)
        organisations = sum(each.from_organisation for each in found)
        everything = ("", gettext("all"), None)
        return [
            filter_by(
                "status",
                gettext("Points"),
                [
                    (WAITING, gettext("without a reply"), self.unanswered),
                    (REPLIED, gettext("with a reply"), len(self.every) - self.unanswered),
                    ("all", gettext("all"), None),
                ],
                default=WAITING,
            ),
            by_article(self.about, [each.wid for each in found]),
            filter_by(
                "theme",
                gettext("Theme"),
                [
                    everything,
                    *(
                        (code, in_language(theme.label, language), themes[code])
                        for code, theme in self.themes.items()
                        if themes[code]
                    ),
                ],
            ),
            filter_by(
                "from",
                gettext("From"),
                [
                    everything,
                    (ORGANISATIONS, gettext("organisations"), organisations),
                    (CITIZENS, gettext("citizens"), len(found) - organisations),
                ],
            ),
        ]


def _passes(entry: Entry) -> bool:
    status, speaker = chosen("status", WAITING), chosen("from")
    return (
        (status == "all" or entry.replied == (status == REPLIED))
        and chosen("article") in ("", entry.wid)
        and (not chosen("theme") or chosen("theme") in entry.themes)
        and (not speaker or entry.from_organisation == (speaker == ORGANISATIONS))
    )
