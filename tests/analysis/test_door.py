"""The public door of the counting core, as its page tells it."""

import doctest
import subprocess
import sys
from pathlib import Path

from consultations import analysis

PAGE = Path(__file__).parents[2] / "docs" / "disclosure-control.md"


def test_the_example_of_the_page_runs() -> None:
    found = doctest.testfile(str(PAGE), module_relative=False)
    assert found.attempted > 5
    assert found.failed == 0


def test_everything_named_is_there() -> None:
    assert sorted(analysis.__all__) == sorted(analysis.DOOR)
    for name in analysis.__all__:
        assert getattr(analysis, name)


def test_nothing_heavy_is_loaded_before_it_is_asked_for() -> None:
    says = "import sys, consultations.analysis; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", says], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
