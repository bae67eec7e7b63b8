"""Populations that say the same as what is told: what a number can be, shown by example."""

import numpy as np

from consultations.analysis.linear import Mask, Vector


class Witnesses:
    """Solutions met: the value of every row in each of them, and how low and high it was seen."""

    def __init__(self, size: int) -> None:
        self._all, self._count = np.empty((8, size)), 0
        self.least, self.most = np.full(size, np.inf), np.full(size, -np.inf)

    def __len__(self) -> int:
        return self._count

    @property
    def values(self) -> Vector:
        """A row for each solution."""
        return self._all[: self._count]

    @property
    def width(self) -> Vector:
        """How far apart every row was seen."""
        return np.asarray(self.most - self.least)

    def add(self, values: Vector) -> None:
        if self._count == len(self._all):
            self._all = np.vstack([self._all, np.empty_like(self._all)])
        self._all[self._count] = values
        self._count += 1
        np.minimum(self.least, values, out=self.least)
        np.maximum(self.most, values, out=self.most)

    def where(self, kept: Mask) -> "Witnesses":
        """Those of the solutions that still hold."""
        found = Witnesses(self._all.shape[1])
        found._all, found._count = self.values[kept], int(kept.sum())
        if found._count:
            found.least, found.most = found._all.min(axis=0), found._all.max(axis=0)
        else:
            found._all = np.empty((8, self._all.shape[1]))
        return found
