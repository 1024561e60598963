"""One seating of a round that keeps to every demand, or the few demands that cannot all be kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_matrix

from placeweave.engines.grouping.records import Impossible
from placeweave.engines.grouping.room import Demand, Room

UNEVEN = 1_000.0
"""What one person too many or too few at a table costs: it happens only where the demands leave no other way."""
CROWDED = 50.0
"""What one too many of an organisation at a table costs, where those are counted: more than moving somebody."""

Figures = NDArray[np.float64]
Seats = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Seated:
    """A table for each person, shape (n,), and whether no seating costs less than this one."""

    seats: Seats
    is_best: bool


def seat(
    room: Room,
    number: int,
    wish: Figures,
    *,
    spread: Sequence[Sequence[int]] = (),
    demands: Sequence[Demand] | None = None,
) -> Seated:
    """Seat one round so that every demand is kept and what seats cost is the least.

    The integer programme has one variable for each person and table. Tables are as evenly filled as the demands allow.

    Parameters
    ----------
    room : Room
    number : int
        Which round, from 0.
    wish : ndarray of shape (n, k)
        What it costs to seat a person at a table, each from 0 to 1.
    spread : sequence of sequence of int, optional
        Groups of people (organisations) to be spread evenly over the tables, where that can be had.
    demands : sequence of Demand, optional
        Otherwise those of the round.

    Raises
    ------
    Impossible
        Naming a smallest set of demands that cannot all be kept.
    """
    asked = list(room.demands[number] if demands is None else demands)
    found = _solve(room, asked, wish, spread)
    if found is None:
        raise Impossible(_refusal(room, number, asked))
    return found


def _refusal(room: Room, number: int, asked: list[Demand]) -> str:
    """Leave out one demand after the other, and name those without which it would work."""
    needed = list(asked)
    nothing = np.zeros((len(room.people), len(room.tables)))
    for one in asked:
        fewer = [other for other in needed if other is not one]
        if _solve(room, fewer, nothing, ()) is None:
            needed = fewer
    told = [one.words for one in needed]
    words = "; ".join([*told[:-1], f"and {told[-1]}"] if len(told) > 1 else told)
    size = max(room.seats)
    return f"Round {number + 1} cannot be seated at {len(room.tables)} tables of up to {size} seats: {words}."


class _Programme:
    """The rows of an integer programme, gathered one by one."""

    def __init__(self, cost: Figures) -> None:
        self.cost: list[float] = list(cost.ravel())
        self.rows: list[int] = []
        self.columns: list[int] = []
        self.values: list[float] = []
        self.low: list[float] = []
        self.high: list[float] = []

    def slack(self, cost: float) -> int:
        """Add a variable that takes up what is too much or too little, at a price."""
        self.cost.append(cost)
        return len(self.cost) - 1

    def row(self, columns: Sequence[int], values: Sequence[float], low: float, high: float) -> None:
        """Ask that a weighted sum of variables lies between two figures."""
        self.rows += [len(self.low)] * len(columns)
        self.columns += columns
        self.values += values
        self.low.append(low)
        self.high.append(high)

    def solve(self, upper: Figures) -> tuple[Figures, bool] | None:
        """Give the values of the variables and whether they are the best; ``None`` where there are none."""
        shape = (len(self.low), len(self.cost))
        matrix = coo_matrix((self.values, (self.rows, self.columns)), shape=shape).tocsr()
        slacks = len(self.cost) - upper.size
        found = milp(
            np.array(self.cost),
            constraints=LinearConstraint(matrix, self.low, self.high),
            bounds=Bounds(0, np.r_[upper.ravel(), np.full(slacks, np.inf)]),
            integrality=np.r_[np.ones(upper.size), np.zeros(slacks)],
            options={"mip_rel_gap": 0.0, "node_limit": 20_000},
        )
        if found.x is None:
            return None
        return np.asarray(found.x), bool(found.status == 0)


def _solve(room: Room, demands: Sequence[Demand], wish: Figures, spread: Sequence[Sequence[int]]) -> Seated | None:
    people, tables = wish.shape
    programme = _Programme(wish)
    for person in range(people):
        programme.row([person * tables + table for table in range(tables)], [1.0] * tables, 1, 1)
    _fill_evenly(programme, room)
    for group in spread:
        _spread_evenly(programme, group, tables)
    upper = np.ones((people, tables))
    for demand in demands:
        _keep(programme, demand, upper)
    found = programme.solve(upper)
    if found is None:
        return None
    values, is_best = found
    return Seated(values[: people * tables].reshape(people, tables).argmax(axis=1).astype(np.int64), is_best)


def _fill_evenly(programme: _Programme, room: Room) -> None:
    people, tables = len(room.people), len(room.tables)
    level = max(room.even)
    for table in range(tables):
        columns = [person * tables + table for person in range(people)]
        programme.row(columns, [1.0] * people, 0, room.seats[table])
        over, under = programme.slack(UNEVEN), programme.slack(UNEVEN)
        low = min(room.seats[table], level - 1)
        programme.row([*columns, over, under], [*[1.0] * people, -1.0, 1.0], low, level)


def _spread_evenly(programme: _Programme, group: Sequence[int], tables: int) -> None:
    most = -(-len(group) // tables)
    for table in range(tables):
        columns = [person * tables + table for person in group]
        over = programme.slack(CROWDED)
        programme.row([*columns, over], [*[1.0] * len(group), -1.0], 0, most)


def _keep(programme: _Programme, demand: Demand, upper: Figures) -> None:
    tables = upper.shape[1]
    if demand.kind == "apart":
        for table in range(tables):
            programme.row([one * tables + table for one in demand.people], [1.0] * len(demand.people), 0, 1)
    elif demand.kind == "together":
        first = demand.people[0]
        for other in demand.people[1:]:
            for table in range(tables):
                programme.row([first * tables + table, other * tables + table], [1.0, -1.0], 0, 0)
    else:
        upper[demand.people[0], [table for table in range(tables) if table not in demand.tables]] = 0.0
