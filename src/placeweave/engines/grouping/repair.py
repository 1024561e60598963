"""A plan mended after some stayed away and others came late, so that few people must be told of another table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from placeweave.engines.grouping.explain import explain
from placeweave.engines.grouping.judge import NOWHERE, SAME, as_seats, crowding, groups_of, judge
from placeweave.engines.grouping.records import Impossible, Move, Person, Plan, Rules, Sitting, Table
from placeweave.engines.grouping.room import Room, prepare
from placeweave.engines.grouping.rounds import STIFF, steps_for, walk
from placeweave.engines.grouping.search import Clock
from placeweave.engines.grouping.seating import seat
from placeweave.engines.grouping.starts import Starts

MOVED = 1e4
"""What it costs to move one person: more than meetings can make up for, and less than two who are to be apart."""

Figures = NDArray[np.float64]
Seats = NDArray[np.int64]


def repair(
    given: Sequence[Sitting],
    people: Iterable[Person],
    tables: Sequence[Table],
    *,
    rules: Rules | None = None,
    played: int = 0,
    seed: int = 0,
    iterations: int | None = None,
    seconds: float | None = None,
) -> Plan:
    """Keep a plan as it is as far as can be, with those who are here now.

    Nobody moves but to keep to the rules, to fill tables evenly and to keep an organisation from crowding a table
    where that can be had. How few must move is found exactly, round by round; among all ways to move so few, the
    search takes one in which people meet as many others as can be. Seats that were changed by hand and are to stay
    are ``rules.fixed``.

    Parameters
    ----------
    given : sequence of Sitting
        The plan as it was, or as somebody dragged it; those who are not among ``people`` are gone.
    people : iterable of Person
        Everybody who is here, those who came late included.
    tables : sequence of Table
        As many as in the plan, or more.
    rules : Rules, optional
    played : int
        So many rounds are over: they stay as they were, and who met there has met.
    seed, iterations, seconds
        As for :func:`.rounds.plan`.

    Returns
    -------
    Plan
        Its figures are those of the rounds still to come, with the others counted as the past.

    Raises
    ------
    Impossible
        As for :func:`.rounds.plan`, and if no round is left or the plan has more tables than there are.
    """
    coming = len(given) - played
    if coming < 1:
        raise Impossible("All rounds are over; there is nothing left to repair.")
    if max(len(one) for one in given) > len(tables):
        raise Impossible(f"The plan has {max(len(one) for one in given)} tables, and there are {len(tables)} now.")
    room = prepare(people, tables, coming, _from(rules or Rules(), given, played))
    before = np.array([as_seats(room, one) for one in given[played:]])
    wish = _wish(before, len(tables))
    groups = list(groups_of(room.organisations).values())
    seated = [seat(room, number, one, spread=groups) for number, one in enumerate(wish)]
    effort = _Effort(seed, steps_for(room) // 2 if iterations is None else iterations, Clock(seconds))
    seats = _best(room, before, np.array([one.seats for one in seated]), effort)
    mended = replace(
        judge(room, seats, iterations=effort.steps),
        moved=tuple(_moves(room, before, seats, played)),
        has_fewest_moves=all(one.is_best for one in seated),
    )
    past = tuple(tuple(tuple(table) for table in one) for one in given[:played])
    told = tuple(explain(room, seats, mended, first_round=played))
    return replace(mended, rounds=past + mended.rounds, explain=told)


def _from(rules: Rules, given: Sequence[Sitting], played: int) -> Rules:
    """See the rules from the first round that is still to come."""
    later = [replace(one, round=one.round - played) for one in rules.fixed if one.round >= played]
    return replace(rules, fixed=later, history=[*rules.history, *given[:played]])


def _wish(before: Seats, tables: int) -> Figures:
    """Give 1 for each seat that means a move: shape (R, n, k). Those who sat nowhere move nowhere."""
    elsewhere = before[:, :, None] != np.arange(tables)
    wish: Figures = (elsewhere & (before[:, :, None] != NOWHERE)).astype(np.float64)
    return wish


@dataclass(frozen=True, slots=True)
class _Effort:
    """How hard to look, and from which seed; the clock counts down for all walks together."""

    seed: int
    steps: int
    clock: Clock


def _best(room: Room, before: Seats, first: Seats, effort: _Effort) -> Seats:
    """Look among the ways to move so few for the one in which people meet the most.

    The first walk may choose who moves. Should it bring an organisation closer together for the sake of a move less,
    a second one leaves the choice as it was.
    """
    wish = _wish(before, len(room.tables))
    found = _walked(room, first, wish, effort)
    if crowding(room, found) > crowding(room, first):
        movers = (before != first)[:, :, None]
        found = _walked(room, first, np.where(movers, 0.0, wish), effort)
    return min((found, first), key=lambda seats: (crowding(room, seats), _moved(wish, seats)))


def _walked(room: Room, first: Seats, wish: Figures, effort: _Effort) -> Seats:
    starts = Starts(room, first, tries=0)
    walked = walk(
        room,
        starts,
        seed=effort.seed,
        steps=effort.steps,
        seconds=effort.clock.left,
        same=STIFF * SAME,
        place=MOVED * wish,
    )
    return walked.seats


def _moved(wish: Figures, seats: Seats) -> int:
    return int(np.take_along_axis(wish, seats[:, :, None], axis=2).sum())


def _moves(room: Room, before: Seats, after: Seats, played: int) -> Iterable[Move]:
    for number, person in np.argwhere((before != after) & (before != NOWHERE)).tolist():
        came, went = int(before[number, person]), int(after[number, person])
        yield Move(room.people[person].key, number + played, came, went)
