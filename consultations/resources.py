"""Where the files that are not Python are: templates, static files, translations, migrations.

In a checkout the first three stand at the top, beside the package; in an installed wheel they
stand inside it. Migrations are inside the package in both.
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent


def _folder(name: str) -> Path:
    inside = PACKAGE / name
    return inside if inside.is_dir() else CHECKOUT / name


TEMPLATES = _folder("templates")
STATIC = _folder("static")
TRANSLATIONS = _folder("translations")
MIGRATIONS = PACKAGE / "migrations"
