"""What the lattice knows of people whom it does not see."""

import numpy as np
import pytest

from consultations.analysis.lattice import Lattice, Piece
from consultations.analysis.quantities import Quantity, Route, Universe


@pytest.mark.parametrize(("exact", "least"), [(True, 10.0), (False, 0.0)])
def test_a_question_is_asked_of_all_who_are_led_to_it_or_of_some(exact: bool, least: float) -> None:
    universe = Universe(
        dimensions={},
        questions={"first": ("yes", "no"), "then": ("x", "-9")},
        choices={},
        routes={"then": Route("first", frozenset({"yes"}), exact)},
    )
    lattice = Lattice(universe, [Piece("first", ()), Piece("then", ())], [])
    led, asked = (
        Quantity(question, frozenset({code}), frozenset())
        for question, code in (("first", "yes"), ("then", "x"))
    )
    system = lattice.system([led, asked])
    ten_led = np.array([10.0, 0.0]), np.array([10.0, np.inf])
    assert system.extreme(1, 1, *ten_led)[0] == pytest.approx(least)
    assert system.extreme(1, -1, *ten_led)[0] == pytest.approx(10.0)
