"""Random questionnaires, each of which could be asked."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hypothesis import strategies as st

from consultations.codebook import NON_RESPONSE
from consultations.questionnaires.structure import (
    ROLES,
    VOTES,
    Choice,
    Question,
    Questionnaire,
    Section,
)

LANGUAGES = ("en", "ar", "fa-AF", "zh-Hant", "sr-Cyrl", "ha", "ckb", "pt-BR")
_SIGNS = st.characters(
    exclude_categories=("Cs", "Cc", "Cn", "Co"), include_characters="\n\t=+-@'\""
)
_WORDS = st.text(_SIGNS, min_size=1, max_size=30).map(
    lambda text: text.strip().strip("\ufeff").strip()
)
WORDS = (
    st.sampled_from(["=1+1", "@x", "-", "#N/A", "_x0041_", "<b>&amp;</b>", "الاسم؟", "TRUE", "1.0"])
    | _WORDS
).filter(lambda text: bool(text) and "${" not in text)
CONDITIONS = ("${%s} = 'x'", "not(selected(${%s}, 'x'))", "string-length(${%s}) > 2 or 1 = 2")
CONSTRAINTS = (". != 'x'", "regex(., '^[a-z]+$')", ". = 'a' or . = 'b'", "1 = 1 and  2 = 2")
_CODES = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,5}", fullmatch=True)


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """A questionnaire of up to about fifteen questions."""
    languages = draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=3, unique=True))
    some = _Some(draw, languages)
    questions = tuple(some.level(None, draw(st.integers(1, 5)), depth=0))
    return Questionnaire(
        title=some.words(empty=True),
        languages=tuple(languages),
        default_language=draw(st.sampled_from(languages)),
        questions=questions,
        sections=tuple(some.sections),
        random_provisions=draw(st.booleans()),
    )


class _Some:
    """Draws the parts of one questionnaire, remembering what later parts may refer to."""

    def __init__(self, draw: st.DrawFn, languages: Sequence[str]) -> None:
        self.draw, self.languages = draw, languages
        self.numbers = itertools.count()
        self.sections: list[Section] = []
        self.names: list[str] = []
        self.lists = [self.choices() for _ in range(draw(st.integers(1, 3)))]

    def words(self, *, empty: bool = False) -> dict[str, str]:
        tags = st.sampled_from([*self.languages, "fr"])
        return self.draw(st.dictionaries(tags, WORDS, min_size=0 if empty else 1, max_size=3))

    def choices(self) -> tuple[Choice, ...]:
        codes = self.draw(st.lists(_CODES, min_size=1, max_size=4, unique=True))
        flags = st.sampled_from([{}, {}, {"specify": True}, {"exclusive": True}])
        values = st.dictionaries(st.sampled_from(["region", "Zone", "x-1"]), WORDS, max_size=2)
        return tuple(
            Choice(code, self.words(), **self.draw(flags), values=self.draw(values))
            for code in codes
        )

    def level(self, within: str | None, size: int, depth: int) -> Iterator[Question]:
        for _ in range(size):
            layout = self.draw(st.sampled_from(["question"] * 4 + ["", "votes", "matrix"]))
            if layout == "question" or depth > 2:
                yield self.question(within)
                continue
            name = f"group{next(self.numbers)}"
            self.sections.append(
                Section(name, self.words(empty=True), self.condition(), within, layout,
                        self.draw(st.booleans()))
            )  # fmt: skip
            inside = self.draw(st.integers(1, 3))
            if layout == "matrix":
                yield from self.rows(name, inside)
            else:
                yield from self.level(name, inside, depth + 1)

    def rows(self, section: str, size: int) -> Iterator[Question]:
        kind = self.draw(st.sampled_from(["single", "scale", "multiple"]))
        choices = self.draw(st.sampled_from(self.lists))
        for _ in range(size):
            yield replace(self.asked(kind, section), choices=choices, choice_list="shared")

    def condition(self) -> str:
        if not self.names or self.draw(st.booleans()):
            return ""
        name = self.draw(st.sampled_from(self.names))
        return self.draw(st.sampled_from(CONDITIONS)) % name

    def question(self, section: str | None) -> Question:
        kind = self.draw(st.sampled_from(list(_MORE)))
        question = self.asked(kind, section)
        return replace(question, **_MORE[kind](self))

    def asked(self, kind: str, section: str | None) -> Question:
        """What every kind may have."""
        draw, name = self.draw, f"{self.draw(_NAMES)}{next(self.numbers)}"
        unseen = kind in ("note", "calculated", "hidden")
        question = Question(
            name,
            kind,
            self.words(empty=kind in ("calculated", "hidden")),
            hint=self.words(empty=True),
            message=self.words(empty=True),
            required=not unseen and draw(st.booleans()),
            required_message=self.words(empty=True),
            provision=draw(st.sampled_from([None, "art_1", "art_2__para_3"])),
            role=draw(st.sampled_from([None, *ROLES])),
            sensitive=draw(st.booleans()),
            unit=self.words(empty=True),
            section=section,
            relevant=self.condition(),
            constraint="" if unseen else draw(st.sampled_from(["", "", *CONSTRAINTS])),
            audio=draw(st.sampled_from([{}, {"en": "a.mp3"}])),
        )
        self.names.append(name)
        return question

    def chosen(self) -> dict[str, object]:
        draw = self.draw
        choices = draw(st.sampled_from(self.lists))
        columns = sorted(set.intersection(*(set(each.values) for each in choices)))
        earlier = self.names[:-1][:1]
        filters = [f"{column} = ${{{name}}}" for column in columns for name in earlier]
        return {
            "choices": choices,
            "choice_list": draw(st.sampled_from([None, "shared", "two words", "other.list"])),
            "random": draw(st.booleans()),
            "appearance": draw(st.sampled_from(["", "dropdown", "search", "search provision"])),
            "choice_filter": draw(st.sampled_from(["", *filters])),
        }

    def bounded(self, low: int = 0, *, whole: bool = True) -> dict[str, object]:
        numbers = st.integers(low, 10**6) if whole else st.decimals(low, 10**6, places=4).map(float)
        return {
            "minimum": self.draw(st.none() | numbers),
            "maximum": self.draw(st.none() | numbers),
        }

    def number(self, *, whole: bool) -> dict[str, object]:
        codes = self.draw(st.sets(st.sampled_from(NON_RESPONSE)))
        said = tuple(code for code in NON_RESPONSE if code in codes)
        return {**self.bounded(-(10**6), whole=whole), "non_response": said}

    def vote(self) -> dict[str, object]:
        return {"choices": tuple(Choice(code, self.words()) for code in VOTES)}

    def bracket(self) -> dict[str, object]:
        return (
            {"bracket": self.draw(st.integers(1, 99))}
            if self.draw(st.booleans())
            else self.chosen()
        )


_NAMES = st.sampled_from(["a", "art_1__para_2_position", "_1_Kobo", "العمر", "x.y-z", "Straße"])
_MORE = {
    "single": _Some.bracket,
    "multiple": lambda some: some.chosen() | some.bounded(),
    "scale": _Some.chosen,
    "vote": _Some.vote,
    "ranking": lambda some: some.chosen() | some.bounded(),
    "text": lambda some: {"maximum": some.bounded()["maximum"], "appearance": "email"},
    "long_text": lambda some: {"maximum": some.bounded()["maximum"]},
    "integer": lambda some: some.number(whole=True),
    "decimal": lambda some: some.number(whole=False),
    "date": lambda some: {"appearance": "year", **some.bounded()},
    "time": lambda some: {"default": "12:30"},
    "datetime": lambda some: {},
    "file": lambda some: {},
    "consent": lambda some: {},
    "note": lambda some: {},
    "calculated": lambda some: {"calculation": "1 + 1"},
    "hidden": lambda some: {"default": some.draw(WORDS)},
}
"""Kind -> what only it may have."""
