"""Every sentence is translated: the gate that a missing, stale or broken translation fails."""

import re
import shutil
import subprocess
import sys
from gettext import c2py
from pathlib import Path

import polib
import pytest
from babel import Locale

import bootstrap
from consultations.config import Settings

ROOT = Path(__file__).parent.parent
TRANSLATIONS = ROOT / "translations"
LANGUAGES = sorted(path.parent.parent.name for path in TRANSLATIONS.rglob("messages.po"))
COUNTS = [*range(200), 1_000, 1_011, 1_000_000]
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]")


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"))


def pybabel(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    program = str(Path(sys.executable).with_name(command[0]))
    return subprocess.run([program, *command[1:]], cwd=folder, capture_output=True, text=True)


def placeholders(*texts: str) -> set[str]:
    return {name for text in texts for name in PLACEHOLDER.findall(text)}


def test_every_language_offered_has_a_catalogue():
    offered = Settings.model_fields["languages"].default

    assert set(offered) == {"en", *LANGUAGES}


def test_no_sentence_stands_where_it_is_not_found():
    """What stands inside of an f-string is not extracted under Python 3.11."""
    hidden = re.compile(r"""f["'].*\{(?:n?gettext|lazy_gettext|N_|_)\(""")
    files = [*(ROOT / "consultations").rglob("*.py")]

    assert [path.name for path in files if hidden.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_missing_or_fuzzy(language):
    entries = catalogue(language)

    assert [entry.msgid for entry in entries.untranslated_entries()] == []
    assert [entry.msgid for entry in entries.fuzzy_entries()] == []
    assert [entry.msgid for entry in entries.obsolete_entries()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_those_of_the_source(language):
    for entry in catalogue(language).translated_entries():
        if entry.msgid_plural:
            allowed = placeholders(entry.msgid, entry.msgid_plural)
            forms = list(entry.msgstr_plural.values())
            assert all(placeholders(form) <= allowed for form in forms), entry.msgid
            assert placeholders(forms[-1]) == placeholders(entry.msgid_plural), entry.msgid
        else:
            assert placeholders(entry.msgstr) == placeholders(entry.msgid), entry.msgid


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_are_those_of_cldr(language):
    header = catalogue(language).metadata["Plural-Forms"]
    count, expression = re.findall(r"nplurals=(\d+); plural=(.*);", header)[0]
    chosen = c2py(expression)
    rule = Locale.parse(language).plural_form
    pairs = {(rule(number), chosen(number)) for number in COUNTS}

    assert len(pairs) == len({name for name, _ in pairs}) == len({form for _, form in pairs})
    assert len(rule.tags | {"other"}) == int(count)


@pytest.fixture
def copied(tmp_path):
    """A copy of what the catalogues are made from, to run pybabel in."""
    for name in ("pyproject.toml", "consultations", "templates", "translations"):
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, tmp_path / name)
    return tmp_path


def test_the_catalogues_hold_the_sentences_of_the_code(copied):
    extracted = pybabel(bootstrap.EXTRACT, copied)
    assert extracted.returncode == 0, extracted.stderr
    checked = pybabel([*bootstrap.UPDATE, "--check"], copied)

    advice = "stale: run `python3 bootstrap.py catalogues`\n"
    assert checked.returncode == 0, advice + checked.stderr
    assert (copied / bootstrap.TEMPLATE).read_text() == (ROOT / bootstrap.TEMPLATE).read_text(), (
        advice
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_its_source(language):
    """Flask-Babel drops a language without one, and says nothing."""
    compiled = TRANSLATIONS / language / "LC_MESSAGES" / "messages.mo"
    advice = f"{language}: run `python3 bootstrap.py catalogues`"
    assert compiled.exists(), advice
    spoken = {entry.msgid: entry for entry in polib.mofile(str(compiled))}

    for entry in catalogue(language).translated_entries():
        held = spoken.get(entry.msgid)
        assert held, f"{advice} ({entry.msgid})"
        assert (held.msgstr, held.msgstr_plural) == (entry.msgstr, entry.msgstr_plural), advice
