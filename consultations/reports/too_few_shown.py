"""Small groups as a report tells them: each by its name, with what it said or that it was heard."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext

from consultations.reports.told import Told
from consultations.reports.too_few import SmallGroup, small_groups


def too_few_shown(told: Told, words: Iterable[Mapping[str, str]]) -> list[dict[str, Any]]:
    """Every small group of a report; `words` are those of `telling.in_words`."""
    written = {(each["by"], each["code"]): each for each in words}
    return [
        {
            "label": told.labels.group(each.by, each.code, each.codes),
            "prose": written.get(each.key),
            "said": None if each.key in written else _plainly(each),
        }
        for each in small_groups(told.numbers)
    ]


def _plainly(group: SmallGroup) -> str:
    """A count that is withheld may be none: nothing then says that anybody was heard."""
    if group.counted:
        return str(
            gettext("They were heard. Any number of their answers could show who said what.")
        )
    return str(
        gettext("Too few answered, if anyone did, to count them without showing who they are.")
    )
