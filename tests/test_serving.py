"""The server ends within five seconds, and what it had accepted is answered first."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr

from benchmarks.servers import SECRET, prepare
from consultations.config import Settings
from tests.served import ROOT, free_port

SLOW_SERVER = """
import sys, time
from consultations.database import ready_app
from consultations.serving import run

app = ready_app()
answer = app.wsgi_app

def slowly(environ, start_response):
    if environ["PATH_INFO"] != "/health":
        print("accepted", flush=True)
        time.sleep(float(sys.argv[2]))
    return answer(environ, start_response)

app.wsgi_app = slowly
run(app, host="127.0.0.1", port=int(sys.argv[1]))
"""


@contextmanager
def slow_server(instance: Path, seconds: float) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW_SERVER, str(port), str(seconds)],
        env={"PATH": os.environ["PATH"], "CONSULTATIONS_INSTANCE": str(instance)},
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def _asked(address: str) -> int | None:
    for _ in range(200):
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                return int(answer.status)
        except ConnectionResetError:
            return None
        except OSError as error:
            if "refused" not in str(error):
                return None
            time.sleep(0.2)
    return None


@pytest.mark.parametrize(("seconds", "status"), [(1, 200), (60, None)])
def test_a_server_ends_in_time(tmp_path: Path, seconds: float, status: int | None) -> None:
    with slow_server(tmp_path, seconds) as (root, process), ThreadPoolExecutor() as visitors:
        visit = visitors.submit(_asked, f"{root}/en/")
        assert process.stdout is not None
        assert process.stdout.readline() == "accepted\n"
        told = time.monotonic()
        process.terminate()
        assert process.wait(timeout=30) == 0
        assert time.monotonic() - told < 5
        assert visit.result() == status


HEAVY = (
    "alembic", "duckdb", "elementpath", "highspy", "jsonschema", "langcodes", "lxml",
    "markdown_it", "mutagen", "nh3", "numpy", "openpyxl", "PIL", "pikepdf", "pyarrow", "rapidfuzz",
    "scipy", "segno", "typst", "xlrd", "yaml",
)  # fmt: skip
"""What docs/decisions/0013 keeps away from a worker that only takes answers."""

ANSWERING = """
import sys
from consultations.database import ready_app

client = ready_app().test_client()
for address in ("/en/plain/", "/en/plain/answer/"):
    assert client.get(address).status_code == 200, address
shown = client.post("/en/plain/answer/", data={"_step": "next", "remark": "Fewer forms."})
assert shown.status_code == 200 and b"Fewer forms." in shown.data, shown.data
print(*{name.partition(".")[0] for name in sys.modules})
"""


def test_answering_loads_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    prepare(Settings(instance=tmp_path, secret_key=SecretStr(SECRET)))
    loaded = subprocess.run(
        [sys.executable, "-c", ANSWERING],
        env={"PATH": os.environ["PATH"], "CONSULTATIONS_INSTANCE": str(tmp_path)},
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert loaded.returncode == 0, loaded.stderr
    assert sorted({*HEAVY} & {*loaded.stdout.split()}) == []
