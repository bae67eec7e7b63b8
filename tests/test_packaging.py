"""The wheel, installed elsewhere, serves every page, style sheet and language."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import Request, urlopen

import pytest

import bootstrap
from tests.bundles.example import write_bundle

ROOT = Path(__file__).parent.parent
MOST_PAGES = 400
SECONDS_TO_START = 60
INSTALL = """
import sys
from pathlib import Path

import bootstrap

folder, wheel = Path(sys.argv[1]), sys.argv[2]
bootstrap.create_environment(folder)
bootstrap.install(folder, "--require-hashes", "-r", str(bootstrap.LOCKED["run"]))
bootstrap.install(folder, "--no-deps", wheel)
"""
OFFLINE = re.compile(r"name resolution|newconnection|connection refused|dns error|timed out", re.I)
HOME = {"en": ("ltr", "Home"), "fr": ("ltr", "Accueil"), "ar": ("rtl", "البداية")}


@dataclass(frozen=True)
class Page:
    """What came back from an address: status, kind of content, text, links that lead on."""

    status: int
    kind: str
    text: str
    links: frozenset[str]


class Links(HTMLParser):
    """Collects what a page links to and loads."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value:
                self.found.add(urldefrag(urljoin(self.page, value)).url)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def consultations(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The command of the wheel, installed with the locked dependencies and nothing else."""
    folder = tmp_path_factory.mktemp("empty") / "environment"
    script = [sys.executable, "-c", INSTALL, str(folder), str(wheel)]
    installed = subprocess.run(script, cwd=ROOT, capture_output=True, text=True)
    if installed.returncode and OFFLINE.search(installed.stderr):
        pytest.skip("the wheel's dependencies cannot be installed: no package index is reached")
    assert installed.returncode == 0, installed.stderr
    return bootstrap.program("consultations", folder)


@pytest.fixture(scope="module")
def site(consultations: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that runs from another folder and shows a small consultation."""
    folder = tmp_path_factory.mktemp("elsewhere")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {
        "CONSULTATIONS_INSTANCE": str(folder / "instance"),
        "CONSULTATIONS_SECRET_KEY": "a-secret-of-the-packaging-test-only",
    }
    bundle = write_bundle(folder / "bundle")
    (bundle / "responses.csv").write_text(answers())
    port = free_port()
    for command in (
        ["load", str(bundle)],
        ["report", "build", "small-code", "--output", str(folder / "report")],
    ):
        run = [consultations, *command]
        done = subprocess.run(run, cwd=folder, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    serve = [consultations, "serve", "--port", str(port)]
    server = subprocess.Popen(serve, cwd=folder, env=environment)
    address = f"http://127.0.0.1:{port}/"
    try:
        wait_for(urljoin(address, "health"), server)
        yield address
    finally:
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=10) == 0


def answers() -> str:
    rows = [
        f"{('support', 'oppose', 'no_view')[number % 3]},{'FM'[number % 2]},18-24,"
        for number in range(120)
    ]
    return "\n".join(["aim,sex,age,words", *rows]) + "\n"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        assert server.poll() is None, "the server ended"
        try:
            if get(address).status == 200:
                return
        except URLError:
            time.sleep(0.2)
    raise AssertionError(f"{address} did not answer within {SECONDS_TO_START} s")


def get(address: str) -> Page:
    try:
        with urlopen(Request(address, headers={"Accept": "*/*"}), timeout=30) as answer:
            kind = answer.headers.get_content_type()
            text = answer.read().decode(errors="replace")
            status = answer.status
    except HTTPError as error:
        return Page(error.code, error.headers.get_content_type(), "", frozenset())
    links = Links(address)
    if kind == "text/html":
        links.feed(text)
    return Page(status, kind, text, frozenset(links.found))


def crawl(start: str) -> dict[str, Page]:
    """Every page of the same host that links lead to, at most MOST_PAGES."""
    found: dict[str, Page] = {}
    waiting = [start]
    while waiting and len(found) < MOST_PAGES:
        address = waiting.pop(0)
        found[address] = get(address)
        ahead = found[address].links - found.keys() - set(waiting)
        waiting += sorted(link for link in ahead if urlsplit(link).netloc == urlsplit(start).netloc)
    return found


def test_the_wheel_carries_what_is_not_python(wheel):
    git = shutil.which("git")
    if git is None:
        pytest.skip("install git: the wheel is compared with what a checkout holds")
    listed = [git, "ls-files", "consultations", "templates", "static", "translations"]
    tracked = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True).stdout
    if not tracked:
        pytest.skip("not a git checkout: nothing to compare the wheel with")
    carried = set(zipfile.ZipFile(wheel).namelist())

    for path in tracked.splitlines():
        inside = path if path.startswith("consultations/") else f"consultations/{path}"
        if path.endswith(".po"):
            inside = inside.removesuffix(".po") + ".mo"
        if not path.endswith(".pot"):
            assert inside in carried, path


def test_the_wheel_carries_nothing_else(wheel):
    folders = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}

    assert {name for name in folders if not name.endswith(".dist-info")} == {"consultations"}


@pytest.mark.parametrize("language", HOME)
def test_every_language_is_served(site, language):
    direction, home = HOME[language]
    page = get(f"{site}{language}/")

    assert page.status == 200
    assert re.search(rf'<html[^>]* lang="{language}"', page.text)
    assert re.search(rf'<html[^>]* dir="{direction}"', page.text)
    assert home in page.text


def test_every_page_and_style_that_is_linked_to_is_there(site):
    pages = crawl(site)
    broken = {address: page.status for address, page in pages.items() if page.status != 200}

    assert broken == {}
    assert {"text/html", "text/css"} <= {page.kind for page in pages.values()}
    for part in ("draft/art_1/", "reports/", "site/", "report"):
        assert any(part in address for address in pages), part
