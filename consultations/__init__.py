"""Consultations on draft norms: heard by group, counted without unmasking anyone, answered."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

__version__ = "0.1.0"


def create_app() -> "Flask":
    """The WSGI application, set up from the environment."""
    from consultations.app import create_app as build

    return build()
