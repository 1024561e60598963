"""One seating of a round that keeps to every demand, or the few demands that cannot all be kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from placeweave.engines.grouping.programme import Programme
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


def _refusal(room: Room, number: int, asked: Sequence[Demand]) -> str:
    told = _told(room, _conflict(room, asked))
    words = "; ".join([*told[:-1], f"and {told[-1]}"] if len(told) > 1 else told)
    size = max(room.seats)
    return f"Round {number + 1} cannot be seated at {len(room.tables)} tables of up to {size} seats: {words}."


def _conflict(room: Room, asked: Sequence[Demand]) -> list[Demand]:
    """Leave out demands, many at a time and then one by one, until leaving out any more would make it work."""
    needed, many = list(asked), len(asked)
    while many:
        at = 0
        while at < len(needed):
            fewer = [*needed[:at], *needed[at + many :]]
            if _can_be_kept(room, fewer):
                at += many
            else:
                needed = fewer
        many //= 2
    return needed


def _can_be_kept(room: Room, demands: Sequence[Demand]) -> bool:
    """Say whether all these can be kept: only those they speak of need seats, for the others then find theirs."""
    people = sorted({one for demand in demands for one in demand.people})
    if not people:
        return True
    programme = Programme()
    at = np.full((len(room.people), len(room.tables)), -1, dtype=np.int64)
    for person in people:
        at[person] = [programme.variable(0.0, 1.0) for _ in room.tables]
        programme.sum_of(at[person].tolist(), 1, 1)
    for table, seats in enumerate(room.seats):
        programme.sum_of(at[people, table].tolist(), 0, seats)
    for demand in demands:
        _keep(programme, at, demand)
    return programme.solve() is not None


def _told(room: Room, needed: Sequence[Demand]) -> list[str]:
    """Word demands, those who are all to sit apart from each other as one."""
    pairs = {one.people for one in needed if one.kind == "apart"}
    people = sorted({person for pair in pairs for person in pair})
    if len(people) < 3 or len(pairs) < len(people) * (len(people) - 1) // 2:
        return [one.words for one in needed]
    together = f"{room.names(people)} are to sit apart from each other"
    return [together, *[one.words for one in needed if one.kind != "apart"]]


def _solve(room: Room, demands: Sequence[Demand], wish: Figures, spread: Sequence[Sequence[int]]) -> Seated | None:
    programme = Programme()
    at = np.array([[programme.variable(float(cost), 1.0) for cost in person] for person in wish])
    for person in at:
        programme.sum_of(person.tolist(), 1, 1)
    _fill_evenly(programme, at, room)
    for group in spread:
        _spread_evenly(programme, at[list(group)])
    for demand in demands:
        _keep(programme, at, demand)
    found = programme.solve()
    if found is None:
        return None
    return Seated(found.values[at].argmax(axis=1).astype(np.int64), found.is_best)


def _fill_evenly(programme: Programme, at: Seats, room: Room) -> None:
    level = max(room.even)
    for table, seats in enumerate(room.seats):
        programme.sum_of(at[:, table].tolist(), 0, seats)
        over, under = (programme.variable(UNEVEN, is_whole=False) for _ in range(2))
        values = [*[1.0] * len(at), -1.0, 1.0]
        programme.row([*at[:, table], over, under], values, min(seats, level - 1), level)


def _spread_evenly(programme: Programme, group: Seats) -> None:
    members, tables = group.shape
    for table in range(tables):
        over = programme.variable(CROWDED, is_whole=False)
        programme.row([*group[:, table], over], [*[1.0] * members, -1.0], 0, -(-members // tables))


def _keep(programme: Programme, at: Seats, demand: Demand) -> None:
    """Add the rows of one demand; ``at`` has the variable of each person at each table, shape (n, k)."""
    tables = range(at.shape[1])
    first, *others = demand.people
    if demand.kind == "apart":
        for table in tables:
            programme.sum_of(at[list(demand.people), table].tolist(), 0, 1)
    elif demand.kind == "together":
        for other in others:
            for table in tables:
                programme.row([at[first, table], at[other, table]], [1.0, -1.0], 0, 0)
    else:
        programme.sum_of([int(at[first, table]) for table in tables if table not in demand.tables], 0, 0)
