"""What is open by bounds, and what populations of whole people show."""

from types import SimpleNamespace

import numpy as np
import pytest
from scipy.sparse import csr_array

from consultations.analysis import bounds
from consultations.analysis.bounds import Bounds
from consultations.analysis.linear import LinearSystem

ROWS = {
    "xyw": (1, 1, 0, 1, 0),
    "yzw": (0, 1, 1, 1, 0),
    "xzw": (1, 0, 1, 1, 0),
    "w": (0, 0, 0, 1, 0),
    "u": (0, 0, 0, 0, 1),
}
"""Three sums of x, y, z, w, each told as 3: if w is 0, x, y and z are one and a half."""
W, U = np.array([3]), np.array([4])
NONE = W[:0]


def three_sums() -> Bounds:
    def system(quantities):
        rows = np.array([ROWS[name] for name in quantities], float)
        return LinearSystem(5, csr_array(rows))

    found = Bounds(
        SimpleNamespace(system=system), dict.fromkeys(("xyw", "yzw", "xzw"), 3), ["w", "u"]
    )
    assert found.possible()
    return found


def test_halves_of_people_are_no_example():
    found = three_sums()
    assert found.reaches(3, 1, 0.0)
    assert found.reaches(3, -1, 3.0)
    assert found.unshown(W, NONE, 3) == 1
    assert found.unshown(NONE, W, 3) == 0


def test_a_whole_population_is_looked_for_beside_one_of_halves():
    found = three_sums()
    found.lower[4], found.upper[4] = 0, 9
    found.lower[3] = found.upper[3] = 0
    found.extreme(4, 1)
    found.lower[3], found.upper[3] = -np.inf, np.inf
    halves = found.witnesses.values[-1]
    assert (halves[3], halves[4], len(found.whole)) == (0, 0, 0)
    assert found.unshown(U, NONE, 3) == 0
    assert (found.whole.values[:, :3] == 3).all()
    assert (found.whole.values[:, 3] % 2 == 1).all()


@pytest.mark.parametrize("limit", ["WHOLE_LIMIT", "SEARCHES"])
def test_where_it_is_too_much_work_bounds_have_to_do(monkeypatch: pytest.MonkeyPatch, limit: str):
    found = three_sums()
    found.extreme(4, 1)
    found.whole = found.whole.where(np.zeros(len(found.whole), dtype=bool))
    monkeypatch.setattr(bounds, limit, 0)
    assert found.unshown(U, NONE, 3) == 1
    monkeypatch.undo()
    assert found.unshown(U, NONE, 3) == 0
