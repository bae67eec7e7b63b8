"""One small sum in words, asked while a burst is declared: people answer it in a moment."""

from dataclasses import dataclass
from hashlib import blake2b

from consultations.words import N_

NUMBERS = (
    N_("one"),
    N_("two"),
    N_("three"),
    N_("four"),
    N_("five"),
    N_("six"),
    N_("seven"),
    N_("eight"),
    N_("nine"),
)

LONGEST = 40
"""Characters of an answer that are looked at."""


@dataclass(frozen=True)
class Sum:
    """Two numbers from 1 to 9 to be added."""

    first: int
    second: int

    @property
    def words(self) -> tuple[str, str]:
        """The two numbers as English words, for gettext."""
        return NUMBERS[self.first - 1], NUMBERS[self.second - 1]

    def answered_by(self, typed: str) -> bool:
        """Whether the digits of what was typed, in whatever script, are the sum."""
        digits = "".join(sign for sign in typed[:LONGEST] if sign.isdecimal())
        return bool(digits) and int(digits) == self.first + self.second


def plain_question(token: str) -> Sum:
    """The question of the form with this token: always the same, so nothing has to be kept.

    The token travels sealed in the form: nobody can work the question out without reading it.
    """
    first, second = blake2b(token.encode(), digest_size=2, person=b"plain question").digest()
    return Sum(1 + first % 9, 1 + second % 9)
