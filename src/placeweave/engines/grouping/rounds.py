"""Tables for several rounds, so that people meet others, and not those they work with anyway."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from placeweave.engines.grouping.bounds import fill
from placeweave.engines.grouping.explain import explain
from placeweave.engines.grouping.judge import SAME, bounds_of, crowding, judge, total
from placeweave.engines.grouping.records import Impossible, Person, Plan, Rules, Table
from placeweave.engines.grouping.room import Room, apart_pairs, pairs_of, prepare
from placeweave.engines.grouping.search import NEVER, Clock, Found, Task, search
from placeweave.engines.grouping.starts import Starts, first_seats

ENGINE = "grouping 1"
"""Raised with every change that gives another answer for the same people and rules."""

APART = 1e6
"""What two at one table cost who are to be apart: more than everything else together."""
STIFF = 10
"""How much more an organisation at one table weighs when a first search left it less spread than it could be."""
MOST_STEPS, LEAST_STEPS, SWAPS = 2_500, 300, 50_000_000
"""A search has at most, and at least, so many steps; in between, it weighs about so many swaps in all."""

Figures = NDArray[np.float64]
Seats = NDArray[np.int64]


def even_tables(people: int, size: int) -> list[Table]:
    """Give as few tables as seat everybody with at most so many at each, as evenly filled as can be.

    Examples
    --------
    >>> [one.seats for one in even_tables(22, 5)]
    [5, 5, 4, 4, 4]
    """
    if size < 1:
        raise Impossible("A table needs at least one seat.")
    tables = -(-people // size)
    return [Table(seats) for seats in fill(people, [size] * tables)]


def plan(
    people: Iterable[Person],
    tables: Sequence[Table],
    rounds: int,
    *,
    rules: Rules | None = None,
    seed: int = 0,
    iterations: int | None = None,
    seconds: float | None = None,
) -> Plan:
    """Seat everybody in every round so that as few as can be meet their own organisation, or meet anybody again.

    The cost is 3 for each two of one organisation at one table, plus m (m - 1) / 2 for each pair that sits together m
    times, past workshops included, plus 1 for each two alike in a trait to be mixed. Squaring the meetings of a pair
    keeps repeats fair: the number of different contacts alone could be made larger by seating a few always together.
    Fixed seats, hosts, needs, pairs apart and groups together are kept exactly.

    Parameters
    ----------
    people : iterable of Person
        In any order: the same people give the same plan.
    tables : sequence of Table
        With seats for everybody or more; they are filled as evenly as can be (see :func:`even_tables`).
    rounds : int
    rules : Rules, optional
    seed : int
        Where chance starts; the same seed gives the same plan.
    iterations : int, optional
        Steps of the search; otherwise as many as take about a second.
    seconds : float, optional
        Ends the search by the clock too, for pages that wait; the plan then depends on the machine.

    Returns
    -------
    Plan

    Raises
    ------
    Impossible
        If what is asked is unsound, or the demands of a round cannot all be kept; the sentence names them.

    References
    ----------
    Dotú, I., Van Hentenryck, P. (2007). Scheduling social tournaments locally. *AI Communications* 20(3).

    Examples
    --------
    >>> crew = [Person(f"{group}{one}", group) for group in "abc" for one in range(3)]
    >>> made = plan(crew, even_tables(9, 3), 3)
    >>> made.same_organisation_meetings, made.repeat_cost, made.distinct_contacts, made.proved
    (0, 0, 27, True)
    """
    room = prepare(people, tables, rounds, rules or Rules())
    first = first_seats(room, seed)
    steps = steps_for(room) if iterations is None else iterations
    clock = Clock(seconds)
    found = walk(room, Starts(room, first), seed=seed, steps=steps, seconds=clock.left)
    if crowding(room, found.seats):
        again = Starts(room, found.seats)
        stiff = walk(room, again, seed=seed, steps=steps // 2, seconds=clock.left, same=STIFF * SAME)
        found = min(found, stiff, key=lambda one: (crowding(room, one.seats), judge(room, one.seats).cost))
    return told(room, found.seats, iterations=found.steps)


def told(room: Room, seats: Seats, *, iterations: int) -> Plan:
    """Judge a seating and say in facts what is to be said of it."""
    judged = judge(room, seats, iterations=iterations)
    return replace(judged, explain=tuple(explain(room, seats, judged)))


def steps_for(room: Room) -> int:
    """Say how many steps take about a second."""
    return int(np.clip(SWAPS // (room.rounds * len(room.people) ** 2), LEAST_STEPS, MOST_STEPS))


def walk(
    room: Room,
    starts: Starts,
    *,
    seed: int,
    steps: int,
    seconds: float | None = None,
    same: int = SAME,
    place: Figures | None = None,
) -> Found:
    """Search from some starts; ``place`` are further costs of seats, shape (R, n, k)."""
    task = task_of(room, same=same, place=place)
    bounds = bounds_of(room, starts.first)
    bound = total(bounds) + (same - SAME) * bounds.same_organisation_meetings
    return search(task, starts, seed=seed, iterations=steps, bound=bound if place is None else -NEVER, seconds=seconds)


def task_of(room: Room, *, same: int = SAME, place: Figures | None = None) -> Task:
    """Turn people and rules into costs."""
    pair = same * pairs_of(room.organisations)
    for name in room.rules.mixed:
        pair += pairs_of(room.trait(name))
    for one, other in apart_pairs(room):
        pair[one, other] += APART
        pair[other, one] += APART
    may = np.array([room.may(number) for number in range(room.rounds)])
    held = np.zeros(len(room.people), dtype=bool)
    held[[one for block in room.blocks for one in block]] = True
    costs = np.where(may, 0.0 if place is None else place, NEVER)
    return Task(pair, costs, room.met, 1.0, held, np.zeros(len(room.tables), dtype=np.int64))
