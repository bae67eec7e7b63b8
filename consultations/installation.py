"""The settings of the installation that runs, for floors that know nothing of pages."""

from flask import current_app

from consultations.config import Settings


def settings() -> Settings:
    """The settings of the application whose context this is."""
    found: Settings = current_app.extensions["settings"]
    return found
