"""Forms of the team's pages: protected against being sent from elsewhere, in the page's words."""

from flask_babel import get_locale
from flask_wtf import FlaskForm
from wtforms import Form
from wtforms.i18n import get_translations

MOST_DIGITS = 11


class TeamForm(FlaskForm):
    """A form on a page behind sign-in."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Form) -> object:
            locale = get_locale()
            return get_translations([str(locale), locale.language, "en"])


def whole_number(typed: str) -> int:
    """A whole number as typed, in any script's digits, in groups or not; 0 for anything else."""
    digits = "".join(typed.split())
    return int(digits) if digits.isdecimal() and len(digits) <= MOST_DIGITS else 0
