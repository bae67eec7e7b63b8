"""Build hook: templates, static files and compiled catalogues travel inside the package.

They stand at the top of the repository, where those who translate and design look for them.
An editable install uses those folders as they are, with the catalogues compiled beside their
sources; a wheel carries them as `consultations/templates`, `consultations/static` and
`consultations/translations`, the catalogues compiled in a temporary folder. A source
distribution carries them where they stand.
"""

import tempfile
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

COPIED = ("templates", "static")


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Hatchling looks for a hook of this name."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the catalogues and say what to carry; `version` is editable or standard."""
        if self.target_name == "sdist":
            return
        root = Path(self.root)
        if version == "editable":
            compile_catalogues(root / "translations", root / "translations")
            return
        self.scratch = tempfile.TemporaryDirectory(prefix="consultations-build-")
        compiled = Path(self.scratch.name)
        compile_catalogues(root / "translations", compiled)
        carried = build_data["force_include"]
        for name in COPIED:
            for source in sorted(path for path in (root / name).rglob("*") if path.is_file()):
                carried[str(source)] = f"consultations/{source.relative_to(root).as_posix()}"
        for source in sorted(compiled.rglob("*.mo")):
            inside = source.relative_to(compiled).as_posix()
            carried[str(source)] = f"consultations/translations/{inside}"


def compile_catalogues(sources: Path, target: Path) -> None:
    """Write target/LANGUAGE/LC_MESSAGES/*.mo for every .po below sources; fuzzy texts stay out."""
    for source in sorted(sources.rglob("*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name)
        compiled = target / source.relative_to(sources).with_suffix(".mo")
        compiled.parent.mkdir(parents=True, exist_ok=True)
        with compiled.open("wb") as file:
            write_mo(file, catalogue)
