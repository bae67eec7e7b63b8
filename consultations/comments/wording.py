"""The paragraphs of a provision that a comment can speak of, and how a new wording differs."""

from rapidfuzz.fuzz import ratio

from consultations.drafts.rendering import Paragraph, Run, difference, paragraphs

ALIKE = 45.0
"""Per cent of likeness from which a text is taken to be a new version of a paragraph."""


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
        current = each.number.strip("().") if printed else str(place)
        found[current] = _words(each, numbered=not printed)
    return found if len(found) > 1 else {}


def whole(text: str) -> str:
    """The words of a whole provision, its paragraphs apart."""
    return "\n\n".join(_words(each, numbered=True) for each in paragraphs(text))


def proposed(text: str, paragraph: str, wording: str) -> tuple[Run, ...]:
    """A proposed wording as a difference to the paragraph it is for, or to the whole provision."""
    return difference(numbered(text).get(paragraph) or whole(text), wording)


def replaced(text: str, wording: str) -> tuple[Run, ...]:
    """A new wording as a difference to the paragraph of `text` that it most likely replaces."""
    parts = numbered(text) or {"": whole(text)}
    likeness, closest = max((ratio(each, wording), each) for each in parts.values())
    return difference(closest if likeness >= ALIKE else "", wording)


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
