"""What can be worked out from sums: linear programming over counts that are not negative (HiGHS).

A system knows unknowns `z >= 0`, how they hang together (structure), and rows: sums of unknowns,
each of which is shown with its value, known to be at least something, or withheld.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack, identity, vstack

Vector = NDArray[np.float64]
Mask = NDArray[np.bool_]
Places = NDArray[np.int64]

SLACK = 1e-6
"""What the solver may be off by."""


@dataclass
class Sums:
    """Rows of sums, collected one by one; each is a list of unknowns and their factors."""

    _places: list[Places] = field(default_factory=list)
    _factors: list[Vector] = field(default_factory=list)
    _lengths: list[int] = field(default_factory=list)

    def add(self, places: Sequence[int] | Places) -> None:
        """A plain sum of unknowns."""
        self._places.append(np.asarray(places, dtype=np.int64))
        self._factors.append(np.ones(len(places)))
        self._lengths.append(len(places))

    def add_all(self, places: Places, factors: Sequence[float] | Vector) -> None:
        """A sum for each row of places, all with the same factors."""
        self._places.append(places.ravel())
        self._factors.append(np.tile(np.asarray(factors, dtype=np.float64), len(places)))
        self._lengths += [places.shape[1]] * len(places)

    def matrix(self, size: int) -> csr_array:
        places = np.concatenate([*self._places, np.empty(0, dtype=np.int64)])
        factors = np.concatenate([*self._factors, np.empty(0)])
        starts = np.cumsum([0, *self._lengths])
        return csr_array((factors, places, starts), shape=(len(self._lengths), size))


class LinearSystem:
    """Unknowns, their structure and the rows whose extremes are asked for.

    equal:    sums of unknowns that are zero.
    positive: sums of unknowns that are not negative.
    """

    def __init__(
        self,
        size: int,
        rows: csr_array,
        equal: csr_array | None = None,
        positive: csr_array | None = None,
    ) -> None:
        none = csr_array((0, size))
        equal, positive = none if equal is None else equal, none if positive is None else positive
        self.size, self.rows = size, rows
        self._first = equal.shape[0] + positive.shape[0]
        self._matrix = csr_array(vstack([equal, positive, rows], format="csr"))
        endless = np.full(positive.shape[0], np.inf)
        self._lower = np.zeros(self._first)
        self._upper = np.concatenate([np.zeros(equal.shape[0]), endless])
        self._plain: dict[bool, _Solver] = {}
        self._elastic: _Solver | None = None
        self._branching: _Solver | None = None

    def extreme(
        self,
        row: int | Vector,
        sense: int,
        lower: Vector,
        upper: Vector,
        *,
        supposing: bool = False,
    ) -> tuple[float, Vector | None]:
        """The least (sense 1) or greatest (sense -1) value of a row, or of a weighting of rows.

        lower, upper: what is known of every row. supposing: something is known for this once, so
        that it is kept apart from what is known all the time. Returns the value (infinite where
        there is no bound, not a number where what is known contradicts itself) and a solution.
        """
        if supposing not in self._plain:
            self._plain[supposing] = _Solver(self._matrix, self.size)
        solver = self._plain[supposing]
        solver.bound(self._all(lower, self._lower), self._all(upper, self._upper))
        solver.cost(sense * self._objective(row))
        return solver.solve(sense)

    def cheapest(self, lower: Vector, upper: Vector, price: Vector) -> tuple[Vector, Vector] | None:
        """Which rows to move, at a price for each unit, so that the rest of what is known holds.

        Rows with an infinite price stay as they are. Returns how far each row is moved, and the
        solution; nothing where it cannot be done.
        """
        count = self.rows.shape[0]
        if self._elastic is None:
            free = csr_array((self._first, count))
            one = csr_array(vstack([free, identity(count, format="csr")], format="csr"))
            self._elastic = _Solver(
                csr_array(hstack([self._matrix, one, -one], format="csr")), self.size + 2 * count
            )
        solver, movable = self._elastic, np.isfinite(price)
        solver.bound(self._all(lower, self._lower), self._all(upper, self._upper))
        limits = np.where(movable, np.inf, 0.0)
        solver.limit(self.size, np.concatenate([limits, limits]))
        prices = np.where(movable, price, 0.0)
        solver.cost(np.concatenate([np.zeros(self.size), prices, prices]))
        value, solution = solver.solve(1)
        if solution is None or not np.isfinite(value):
            return None
        moves = solution[self.size : self.size + count] + solution[self.size + count :]
        return moves, solution[: self.size]

    def whole(self, solution: Vector, lower: Vector, upper: Vector) -> Vector | None:
        """A solution rounded to whole numbers, where that is a solution as well."""
        found = np.rint(solution)
        values = self._matrix @ found
        inside = (values >= self._all(lower, self._lower)) & (
            values <= self._all(upper, self._upper)
        )
        return found if inside.all() else None

    def search_whole(self, lower: Vector, upper: Vector) -> Vector | None:
        """A solution in whole numbers.

        Nothing where there is none, or none was found by branching as often as `BRANCHES`.
        """
        if self._branching is None:
            self._branching = _Solver(self._matrix, self.size)
            self._branching.branch()
        self._branching.bound(self._all(lower, self._lower), self._all(upper, self._upper))
        _, solution = self._branching.solve(1)
        return None if solution is None else self.whole(solution, lower, upper)

    def _objective(self, row: int | Vector) -> Vector:
        if isinstance(row, np.ndarray):
            return np.asarray(self.rows.T @ row)
        objective = np.zeros(self.size)
        start, end = self.rows.indptr[row], self.rows.indptr[row + 1]
        np.add.at(objective, self.rows.indices[start:end], self.rows.data[start:end])
        return objective

    def _all(self, rows: Vector, structure: Vector) -> Vector:
        return np.concatenate([structure, rows])


_CHOOSE, _PRIMAL = 0, 4
"""Where only the objective changed, the last solution is where to go on from."""


UNPERTURBED = (
    "primal_simplex_bound_perturbation_multiplier",
    "dual_simplex_cost_perturbation_multiplier",
)
"""Where a solve goes on from another, perturbing costs more steps than it saves."""


PATIENCE = 2_000
"""Steps from corner to corner after which another way is tried: on large systems with many equal
corners the simplex method may need a hundred thousand, where an interior point needs thirty.

A count and not a time, so that the same answers give the same numbers on every machine.
"""
_ENDLESS = 2**31 - 1

_SOLVED = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kSolutionLimit)

BRANCHES = 50
"""Branches of a search for whole numbers, a count for the same reason."""


class _Solver:
    """One HiGHS model that is solved again and again, each time from where it ended."""

    def __init__(self, matrix: csr_array, size: int) -> None:
        self._count, self._size = matrix.shape[0], size
        self._rows = np.arange(self._count, dtype=np.int32)
        self._columns = np.arange(size, dtype=np.int32)
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = size, self._count
        program.col_cost_ = np.zeros(size)
        program.col_lower_, program.col_upper_ = np.zeros(size), np.full(size, np.inf)
        self._lower, self._upper = np.zeros(self._count), np.zeros(self._count)
        program.row_lower_, program.row_upper_ = self._lower, self._upper
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = matrix.indptr.astype(np.int32)
        program.a_matrix_.index_ = matrix.indices.astype(np.int32)
        program.a_matrix_.value_ = matrix.data.astype(np.float64)
        self._highs = highspy.Highs()
        self._highs.setOptionValue("output_flag", False)
        self._highs.setOptionValue("threads", 1)
        for option in UNPERTURBED:
            self._highs.setOptionValue(option, 0.0)
        self._highs.setOptionValue("simplex_iteration_limit", PATIENCE)
        self._highs.passModel(program)

    def bound(self, lower: Vector, upper: Vector) -> None:
        changed = np.flatnonzero((lower != self._lower) | (upper != self._upper))
        strategy = _CHOOSE if len(changed) else _PRIMAL
        self._highs.setOptionValue("simplex_strategy", strategy)
        if len(changed):
            self._highs.changeRowsBounds(
                len(changed), self._rows[changed], lower[changed], upper[changed]
            )
        self._lower, self._upper = lower, upper

    def limit(self, first: int, upper: Vector) -> None:
        columns = self._columns[first : first + len(upper)]
        self._highs.changeColsBounds(len(columns), columns, np.zeros(len(columns)), upper)

    def cost(self, cost: Vector) -> None:
        self._highs.changeColsCost(self._size, self._columns, cost)

    def branch(self) -> None:
        """Look for whole numbers from now on, and be content with the first that are found."""
        whole = [highspy.HighsVarType.kInteger] * self._size
        self._highs.changeColsIntegrality(self._size, self._columns, np.array(whole))
        self._highs.setOptionValue("mip_max_nodes", BRANCHES)
        self._highs.setOptionValue("mip_max_improving_sols", 1)
        self._highs.setOptionValue("simplex_iteration_limit", _ENDLESS)

    def solve(self, sense: int) -> tuple[float, Vector | None]:
        self._highs.run()
        if self._highs.getModelStatus() == highspy.HighsModelStatus.kIterationLimit:
            self._run_from_inside()
        status = self._highs.getModelStatus()
        if status in _SOLVED:
            solution = np.asarray(self._highs.getSolution().col_value)
            return sense * self._highs.getInfo().objective_function_value, solution
        if status == highspy.HighsModelStatus.kInfeasible:
            return np.nan, None
        return -sense * np.inf, None

    def _run_from_inside(self) -> None:
        """Solve by an interior point, and go on from the corner next to it."""
        self._highs.clearSolver()
        self._highs.setOptionValue("solver", "ipm")
        self._highs.setOptionValue("simplex_iteration_limit", _ENDLESS)
        self._highs.run()
        self._highs.setOptionValue("solver", "choose")
        self._highs.setOptionValue("simplex_iteration_limit", PATIENCE)
