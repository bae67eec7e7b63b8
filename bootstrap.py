#!/usr/bin/env python3
"""Set the project up on a machine with nothing but Python, and run it.

    python3 bootstrap.py demo [options of `consultations demo`]
    python3 bootstrap.py run COMMAND [options of `consultations COMMAND`]
    python3 bootstrap.py test [--long] [options of pytest]
    python3 bootstrap.py catalogues

The first time, the locked dependencies (`requirements/`) and the project are installed into
`.bootstrap/`, an environment of its own beside this file; later only what has changed since.
Uses the standard library alone, and of installers the first that is there: uv, pip by way of
venv, or the pip that Debian ships, fetched and checked by apt.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".bootstrap"
STAMP = ENVIRONMENT / "installed.json"
LOCKED = {name: ROOT / "requirements" / f"{name}.txt" for name in ("run", "test")}
WHEN_REBUILT = ("pyproject.toml", "hatch_build.py", "translations/*/LC_MESSAGES/*.po")
OLDEST = (3, 11)
PIP_INSTALL = ("--quiet", "--disable-pip-version-check", "install")

CHECKS = {
    "lint": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "types": ["mypy"],
    "imports": ["lint-imports"],
    "tests": ["pytest", "-n", "2", "--dist", "loadfile"],
}

TEMPLATE = "translations/messages.pot"
EXTRACT = [
    *("pybabel", "--quiet", "extract", "-F", "pyproject.toml", "--add-location=never"),
    *("--sort-by-file", "--keyword=lazy_gettext", "--keyword=lazy_ngettext:1,2"),
    *("--no-wrap", "--omit-header", "-o", TEMPLATE, "."),
]
UPDATE = [
    *("pybabel", "update", "-i", TEMPLATE, "-d", "translations", "--no-wrap"),
    *("--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date"),
]
COMPILE = ["pybabel", "--quiet", "compile", "-d", "translations"]


def main(arguments: list[str]) -> int:
    """Do what is asked; the exit status is that of the program run, 2 for wrong usage."""
    if sys.version_info < OLDEST:
        say(f"Python {'.'.join(map(str, OLDEST))} or newer is needed; this is {sys.version}")
        return 1
    command, options = (arguments[0], arguments[1:]) if arguments else ("", [])
    if command == "demo":
        return consultations("demo", *options)
    if command == "run" and options:
        return consultations(*options)
    if command == "test":
        return test(options)
    if command == "catalogues" and not options:
        return catalogues()
    say(__doc__ or "")
    return 0 if command in ("--help", "-h") else 2


def consultations(*arguments: str) -> int:
    """Run the project's own command; where the system can, in place of this program."""
    set_up("run")
    command = [program("consultations"), *arguments]
    if os.name == "posix":
        os.execv(command[0], command)
    return run(command, Path.cwd())


def test(options: list[str]) -> int:
    """Run everything that CI runs, whatever fails on the way; 1 if something did."""
    set_up("test")
    results = []
    for name, command in {**CHECKS, "tests": [*CHECKS["tests"], *options]}.items():
        say(f"\n== {name}: {' '.join(command)}")
        started = time.monotonic()
        status = run([program(command[0]), *command[1:]])
        results.append((name, status == 0, time.monotonic() - started))
    say("\n== summary")
    for name, passed, seconds in results:
        say(f"{'passed' if passed else 'FAILED':8}{name:12}{seconds:6.1f} s")
    return 0 if all(passed for _, passed, _ in results) else 1


def catalogues() -> int:
    """Bring the catalogues to the sentences in the code; what is new in them is left empty."""
    set_up("run")
    for command in (EXTRACT, UPDATE, COMPILE):
        require([program(command[0]), *command[1:]])
    return 0


def set_up(lock: str) -> None:
    """Bring the environment to the lock named (`run` or `test`) and to the project as it is.

    It is made anew for another Python, and where the checkout has moved: its programs name both.
    """
    home = f"{sys.version} {ROOT}"
    installed = json.loads(STAMP.read_text()) if STAMP.exists() else {}
    steps = {
        lock: (digest(LOCKED[lock]), ["--require-hashes", "-r", str(LOCKED[lock])]),
        "project": (
            digest(*rebuilt_when_changed()),
            ["--no-deps", "--no-build-isolation", "-e", str(ROOT)],
        ),
    }
    if installed.get("home") != home:
        installed = {"home": home}
        say(f"Setting up in {ENVIRONMENT} (once, about a minute) ...")
        create_environment(ENVIRONMENT)
    for step, (wanted, arguments) in steps.items():
        if installed.get(step) != wanted:
            install(ENVIRONMENT, *arguments)
            installed[step] = wanted
            STAMP.write_text(json.dumps(installed))


def rebuilt_when_changed() -> list[Path]:
    return [path for pattern in WHEN_REBUILT for path in sorted(ROOT.glob(pattern))]


def digest(*files: Path) -> str:
    total = hashlib.sha256()
    for file in files:
        total.update(file.read_bytes())
    return total.hexdigest()


def program(name: str, environment: Path = ENVIRONMENT) -> str:
    """Where an environment keeps a program, its Python among them."""
    if os.name == "nt":
        return str(environment / "Scripts" / f"{name}.exe")
    return str(environment / "bin" / name)


def create_environment(folder: Path) -> None:
    """Make an empty environment; something in it, or on the path, can install into it."""
    if uv := shutil.which("uv"):
        require([uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(folder)])
        return
    has_pip = importlib.util.find_spec("ensurepip") is not None
    venv.create(folder, clear=True, with_pip=has_pip)
    if not has_pip:
        with tempfile.TemporaryDirectory() as fetched:
            pip = pip_of_debian(Path(fetched))
            call = [program("python", folder), str(pip / "pip"), *PIP_INSTALL]
            require([*call, "--no-index", str(pip)])


def install(environment: Path, *arguments: str) -> None:
    """Install into an environment; ends the program if the installer fails."""
    python = program("python", environment)
    if uv := shutil.which("uv"):
        require([uv, "pip", "install", "--quiet", "--python", python, *arguments])
    else:
        require([python, "-m", "pip", *PIP_INSTALL, *arguments])


def pip_of_debian(folder: Path) -> Path:
    """Fetch Debian's pip wheel into `folder`, signatures checked by apt; returns the wheel.

    Leaves the system as it is: apt keeps its lists in `folder` too, so this needs no root.
    """
    apt, dpkg = system_program("apt-get"), system_program("dpkg-deb")
    if not (apt and dpkg):
        sys.exit("No pip, uv, ensurepip or apt-get here: install Python's venv and pip modules.")
    for part in ("state/lists/partial", "cache/archives/partial"):
        (folder / part).mkdir(parents=True)
    options = [
        f"Dir::State={folder / 'state'}",
        f"Dir::Cache={folder / 'cache'}",
        "Dir::State::status=/var/lib/dpkg/status",
        "APT::Sandbox::User=",
    ]
    fetch = [apt, "-qq", *(word for option in options for word in ("-o", option))]
    require([*fetch, "update"])
    require([*fetch, "download", "python3-pip-whl"], folder)
    for package in folder.glob("*.deb"):
        require([dpkg, "-x", str(package), str(folder / "unpacked")])
    return next((folder / "unpacked").rglob("pip-*.whl"))


def system_program(name: str) -> str | None:
    return shutil.which(name) or shutil.which(name, path=os.defpath)


def require(command: list[str], folder: Path = ROOT) -> None:
    """Run a step of the set-up; ends the program if it fails."""
    if status := run(command, folder):
        sys.exit(f"Setting up failed (status {status}): {' '.join(command)}")


def run(command: list[str], folder: Path = ROOT) -> int:
    """Run a program and give back its exit status, 130 where the reader broke it off."""
    try:
        return subprocess.run(command, cwd=folder).returncode
    except KeyboardInterrupt:
        return 130


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
