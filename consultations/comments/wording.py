"""The paragraphs of a provision that a comment can speak of, and how a new wording differs."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from consultations.drafts.differences import EQUAL, likeness
from consultations.drafts.rendering import Paragraph, Run, difference, paragraphs

ALIKE = 45.0
"""Per cent of likeness from which a text is taken to be a new version of a paragraph."""

NEARBY = 60
"""Characters of unchanged text shown on each side of a change."""


def numbered(text: str) -> dict[str, str]:
    """Number ("2") -> words of each paragraph of a provision, with what stands below it.

    Where the draft prints no numbers, paragraphs are counted; a single one has no number.
    """
    shown = paragraphs(text)
    printed = any(each.number and not each.depth for each in shown)
    found: dict[str, str] = {}
    current = ""
    for place, each in enumerate(shown, start=1):
        if printed and (each.depth or not each.number):
            if current:
                found[current] += f"\n\n{_words(each, numbered=True)}"
            continue
        current = _digits(each.number) if printed else str(place)
        found[current] = _words(each, numbered=not printed)
    return found if len(found) > 1 else {}


def whole(text: str) -> str:
    """The words of a whole provision, its paragraphs apart."""
    return "\n\n".join(_words(each, numbered=True) for each in paragraphs(text))


def proposed(text: str, paragraph: str, wording: str) -> tuple[Run, ...]:
    """A proposed wording as a difference to the paragraph it is for, or most likely is for."""
    chosen = numbered(text).get(paragraph)
    return difference(chosen, wording) if chosen else replaced(text, wording)


def replaced(text: str, wording: str) -> tuple[Run, ...]:
    """A new wording as a difference to what of `text` it most likely replaces.

    That is the whole provision or one paragraph; a wording unlike all of them is an addition.
    """
    alike, closest = max(
        (likeness(each, wording), each) for each in (whole(text), *numbered(text).values())
    )
    return difference(closest if alike >= ALIKE else "", wording)


def surroundings(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The changes of a difference with a few words around each, the rest left out as "…"."""
    if all(run.change == EQUAL for run in runs):
        return tuple(runs)
    stretches = [(equal, list(group)) for equal, group in groupby(runs, _unchanged)]
    last = len(stretches) - 1
    return tuple(
        run
        for place, (equal, stretch) in enumerate(stretches)
        for run in (_cut(stretch, place > 0, place < last) if equal else stretch)
    )


def _unchanged(run: Run) -> bool:
    return run.change == EQUAL


def _cut(stretch: Sequence[Run], after: bool, before: bool) -> Iterator[Run]:
    """An unchanged stretch without what lies far from the change after or before which it is."""
    length = sum(len(run.text) for run in stretch)
    head, tail = after * NEARBY, before * NEARBY
    if length <= head + tail + NEARBY:
        yield from stretch
        return
    yield from _first(stretch, head)
    yield Run(" … " if after and before else " …" if after else "… ")
    yield from reversed([*_first(stretch, tail, back=True)])


def _first(stretch: Sequence[Run], wanted: int, back: bool = False) -> Iterator[Run]:
    """Whole words of a stretch, about so many characters from its beginning, or its end.

    A bracket is never cut.
    """
    for run in reversed(stretch) if back else stretch:
        if wanted <= 0:
            return
        text = run.text
        if len(text) > wanted and not run.bracket:
            text = text[-wanted:].partition(" ")[2] if back else text[:wanted].rpartition(" ")[0]
        yield Run(text, run.marks)
        wanted -= len(run.text)


def stood_before(before: str, after: str, words: str) -> str | None:
    """The paragraph of `before` whose place `words` took in `after`: the one with its number.

    Empty for a new paragraph, also where the one with its number only moved; None where `words`
    are no paragraph of `after`.
    """
    now, earlier = numbered(after), numbered(before)
    number = next((each for each, text in now.items() if text == words), None)
    if number is None:
        return None
    replaces = earlier.get(number, "")
    return "" if replaces in now.values() else replaces


def choices(text: str, longest: int = 60) -> list[tuple[str, str]]:
    """(value, label) of each paragraph that can be chosen: its number and its first words."""
    return [(number, _label(number, words, longest)) for number, words in numbered(text).items()]


def _label(number: str, words: str, longest: int) -> str:
    short = words.split("\n\n")[0]
    cut = short if len(short) <= longest else short[:longest].rsplit(" ", 1)[0] + "…"
    return f"{number}. {cut}"


def _words(of: Paragraph, *, numbered: bool) -> str:
    words = "".join(run.text for run in of.runs)
    return f"{of.number} {words}" if of.number and numbered else words


def _digits(number: str) -> str:
    """The same number in every language: "٢." is 2."""
    stripped = number.strip("().")
    return str(int(stripped)) if stripped.isdecimal() else stripped
