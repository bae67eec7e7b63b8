"""Where the files that are not Python are: templates, static files, translations, migrations.

In a checkout the first three stand at the top, beside the package; in an installed wheel they
stand inside it. Migrations are inside the package in both.
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def templates() -> Path:
    return _folder("templates")


def static() -> Path:
    return _folder("static")


def translations() -> Path:
    return _folder("translations")


def migrations() -> Path:
    return PACKAGE / "migrations"


def _folder(name: str) -> Path:
    carried = PACKAGE / name
    return carried if carried.is_dir() else PACKAGE.parent / name
