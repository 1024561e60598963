"""An integer programme gathered variable by variable and row by row, and solved by HiGHS."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_matrix

NODES = 20_000
"""So many branches are looked at, at most: a limit that is the same on every machine."""


@dataclass(frozen=True, slots=True)
class Solved:
    """The values of all variables, shape (n_variables,), and whether it is proved that none cost less."""

    values: NDArray[np.float64]
    is_best: bool


@dataclass
class Programme:
    """Variables with costs and limits, and weighted sums of them with limits; the cost is to be least."""

    cost: list[float] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[Sequence[int], Sequence[float], float, float]] = field(default_factory=list)

    def variable(self, cost: float = 0.0, high: float = np.inf, *, is_whole: bool = True) -> int:
        """Add a variable of 0 or more, and give its number."""
        self.cost.append(cost)
        self.low.append(0.0)
        self.high.append(high)
        self.whole.append(is_whole)
        return len(self.cost) - 1

    def row(self, columns: Sequence[int], values: Sequence[float], low: float, high: float) -> None:
        """Ask that a weighted sum of variables lies between two figures."""
        self.rows.append((columns, values, low, high))

    def sum_of(self, columns: Sequence[int], low: float, high: float) -> None:
        """Ask that a sum of variables lies between two figures."""
        self.row(columns, [1.0] * len(columns), low, high)

    def copy(self) -> Programme:
        """Give a programme that can be added to without changing this one."""
        return Programme([*self.cost], [*self.low], [*self.high], [*self.whole], [*self.rows])

    def solve(self, *, nodes: int = NODES, seconds: float | None = None) -> Solved | None:
        """Solve it; ``None`` where nothing keeps to all rows, or nothing was found within the limits."""
        counts = [len(columns) for columns, _values, _low, _high in self.rows]
        columns = np.concatenate([np.asarray(one[0], dtype=np.int64) for one in self.rows])
        values = np.concatenate([np.asarray(one[1], dtype=np.float64) for one in self.rows])
        numbers = np.repeat(np.arange(len(self.rows)), counts)
        matrix = coo_matrix((values, (numbers, columns)), shape=(len(self.rows), len(self.cost))).tocsr()
        limits = {} if seconds is None else {"time_limit": max(seconds, 0.01)}
        found = milp(
            np.array(self.cost),
            constraints=LinearConstraint(matrix, [one[2] for one in self.rows], [one[3] for one in self.rows]),
            bounds=Bounds(self.low, self.high),
            integrality=np.array(self.whole, dtype=np.int64),
            options={"mip_rel_gap": 0.0, "node_limit": nodes, **limits},
        )
        if found.x is None:
            return None
        return Solved(np.asarray(found.x, dtype=np.float64), bool(found.status == 0))
