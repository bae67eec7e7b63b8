"""How long a questionnaire takes on a phone, from what one participant reads and answers."""

import unicodedata
from collections.abc import Iterable

from consultations.codebook import Texts
from consultations.questionnaires.kinds import KINDS
from consultations.questionnaires.structure import Question
from consultations.texts import in_language

WORDS_A_MINUTE = 200
SIGNS_A_WORD = 2
"""Of scripts that write no spaces between words."""

ON_A_PHONE = 1.4
"""As much longer everything takes on a phone."""

AROUND_SECONDS = 60
"""What this is, the page to check one's answers, the receipt."""

LONG = 15
"""Minutes from which on twice as many people give up."""

CHOICES_READ = 12
"""In longer lists people look for the one they want."""

_WITHOUT_SPACES = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")


def minutes(
    asked: Iterable[Question], *, language: str = "en", beside: Iterable[Texts] = ()
) -> int:
    """Whole minutes for the questions one participant is asked, at least one.

    `beside` is what else is read, such as summaries of provisions. What stands there several
    times, such as choices that questions share, is read once.
    """
    questions = [each for each in asked if KINDS[each.kind].on_page or each.kind == "file"]
    texts = [*beside, *(text for each in questions for text in _read(each))]
    read = {in_language(text, language) for text in texts}
    words = sum(_words(text) for text in read)
    seconds = (
        AROUND_SECONDS
        + 60 * words / WORDS_A_MINUTE
        + sum(KINDS[each.kind].seconds for each in questions)
    )
    return max(1, round(seconds * ON_A_PHONE / 60))


def _read(question: Question) -> list[Texts]:
    choices = [choice.label for choice in question.choices[:CHOICES_READ]]
    return [question.label, question.hint, *choices]


def _words(text: str) -> int:
    unspaced = sum(unicodedata.name(sign, "").startswith(_WITHOUT_SPACES) for sign in text)
    return len(text.split()) + unspaced // SIGNS_A_WORD
