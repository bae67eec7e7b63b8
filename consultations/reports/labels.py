"""Names of questions, categories and groups in one language, merged ones included."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext

from consultations.analysis.plan import CHANNEL, ENTRY, GROUP
from consultations.codebook import POOLED, SEVERAL
from consultations.texts import in_language
from consultations.words import N_

CHANNELS = {
    "web": N_("Web form"),
    "paper": N_("Paper form"),
    "assisted": N_("With a facilitator"),
    "workshop": N_("Workshop"),
    "panel": N_("Expert panel"),
    "import": N_("Imported file"),
    "offline": N_("Phone without connection"),
}
ENTRIES = {"open": N_("Open to everyone"), "invited": N_("By invitation")}
BREAKDOWNS = {
    GROUP: N_("Group"),
    CHANNEL: N_("Channel"),
    ENTRY: N_("Way in"),
}
PLACES = {
    1: N_("%(question)s (first place)"),
    2: N_("%(question)s (second place)"),
    3: N_("%(question)s (third place)"),
}
TOGETHER = " / "


class Labels:
    """The words of a frozen report in one language."""

    def __init__(self, words: Mapping[str, Any], language: str) -> None:
        self.words, self.language = words, language

    def say(self, texts: Mapping[str, str]) -> str:
        """A text in this language, or the nearest."""
        return in_language(texts, self.language)

    def question(self, name: str) -> str:
        """The question as it was asked, and of a ranking, which place is counted."""
        words = self.words["questions"][name]
        asked = self.say(words["label"])
        if words.get("told_in"):
            return str(gettext("%(question)s (themes in what people wrote)", question=asked))
        if words["kind"] == "ranking":
            return str(gettext(PLACES[words["place"]], question=asked))
        return asked

    def category(self, question: str, category: Mapping[str, Any]) -> str:
        """A category of a table; a merged one is named by what it stands for."""
        choices = self.words["questions"][question]["choices"]
        return TOGETHER.join(self._choice(choices, code) for code in _stands_for(category))

    def breakdown(self, name: str) -> str:
        """A dimension, or one of the breakdowns beside them."""
        if name in BREAKDOWNS:
            return str(gettext(BREAKDOWNS[name]))
        return self.say(self.words["dimensions"][name]["label"])

    def groups(self, by: Sequence[str], group: Mapping[str, Any]) -> list[str]:
        """The names of a table's group, one per breakdown."""
        of = group.get("of", {})
        return [
            self.group(name, code, of.get(name, ()))
            for name, code in zip(by, group["codes"], strict=bool(group["codes"]))
        ]

    def group(self, by: str, code: str, of: Iterable[str] = ()) -> str:
        """One group of one breakdown."""
        if by == GROUP:
            return self.say(self.words["groups"][code])
        if by in (CHANNEL, ENTRY):
            known = {**CHANNELS, **ENTRIES}
            return str(gettext(known[code])) if code in known else code
        dimension = self.words["dimensions"][by]
        if code in dimension["parents"]:
            return self.say(dimension["parents"][code])
        parts = [each for each in of if each != POOLED] or [code]
        name = TOGETHER.join(self._member(dimension, each) for each in parts)
        if POOLED in of and parts != [POOLED]:
            return str(gettext("%(group)s, with those who did not say", group=name))
        return name

    def _member(self, dimension: Mapping[str, Any], code: str) -> str:
        if code == POOLED:
            return str(gettext("Did not say"))
        if code == SEVERAL and code not in dimension["categories"]:
            return str(gettext("Several of these"))
        return self.say(dimension["categories"].get(code, {"en": code}))

    def _choice(self, choices: Mapping[str, Mapping[str, str]], code: str) -> str:
        return str(gettext("No answer")) if code == POOLED else self.say(choices[code])


def _stands_for(category: Mapping[str, Any]) -> Sequence[str]:
    return category.get("of") or [category["code"]]
