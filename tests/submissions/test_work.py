"""The calculation that a browser does instead of a person."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from consultations.submissions.receipts import form_token
from consultations.submissions.work import MOST, Work, done, work

SECRET = "a secret"
SOLVER = Path(__file__).parents[2] / "static" / "work.js"

PAGE = """
const field = {value: ""}, question = {hidden: false}, status = {textContent: ""};
const parts = {"[name=_work]": field, "[data-question]": question, "[role=status]": status};
const asked = {dataset: %s, querySelector: (name) => parts[name], contains: () => false};
globalThis.document = {querySelector: () => asked, activeElement: null};
await import(%s);
const said = status.textContent;
console.log(JSON.stringify({found: field.value, hidden: question.hidden, said}));
"""


def solved(given: Work) -> int:
    wanted = (
        number
        for number in range(given.most + 1)
        if hashlib.sha256(f"{given.salt}{number}".encode()).hexdigest() == given.target
    )
    return next(wanted)


def test_trying_finds_the_number() -> None:
    token = form_token()
    assert done(str(solved(work(token, secret=SECRET))), token, secret=SECRET)


@pytest.mark.parametrize("found", ["", "-1", "1e5", "none", "٣", "9" * 1_000])
def test_anything_else_is_not_it(found: str) -> None:
    assert not done(found, "a token", secret=SECRET)


def test_the_work_for_one_form_serves_no_other() -> None:
    token = form_token()
    found = str(solved(work(token, secret=SECRET)))
    assert not done(found, form_token(), secret=SECRET)
    assert not done(found, token, secret="another secret")


def test_the_page_tells_nothing_of_the_token() -> None:
    token = form_token()
    shown = work(token, secret=SECRET)
    assert token not in f"{shown.salt}{shown.target}"
    assert shown.most == MOST


def test_the_solver_is_small() -> None:
    assert SOLVER.stat().st_size < 2_000


def test_the_browsers_module_finds_it(tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("install Node.js to run the page's module")
    token = form_token()
    given = work(token, secret=SECRET)
    data = {"salt": given.salt, "target": given.target, "most": given.most, "done": "Done."}
    module = tmp_path / "work.mjs"
    module.write_text(SOLVER.read_text())
    page = tmp_path / "page.mjs"
    page.write_text(PAGE % (json.dumps(data), json.dumps(module.as_uri())))
    run = subprocess.run([node, str(page)], capture_output=True, text=True, timeout=120)
    shown = json.loads(run.stdout or "{}")
    assert shown.get("said") == "Done.", run.stderr
    assert shown["hidden"]
    assert done(str(shown["found"]), token, secret=SECRET)
