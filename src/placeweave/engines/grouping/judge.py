"""How good a seating is, and how good one could be at best."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from placeweave.engines.grouping.bounds import counts_of, fewest_pairs, fewest_repeats, pairs
from placeweave.engines.grouping.records import Bounds, Plan, Sitting
from placeweave.engines.grouping.room import Room, pairs_of
from placeweave.engines.grouping.search import together

SAME = 3
"""What two of one organisation at one table cost, beside 1 for a pair that meets a second time."""
NOWHERE = -1

Seats = NDArray[np.int64]


def judge(room: Room, seats: Seats, *, iterations: int = 0) -> Plan:
    """Count everything about a seating, shape (R, n), except what is to be said of it."""
    sat = together(seats).sum(axis=0)
    same = pairs_of(room.organisations)
    met = room.met + sat
    shared = int((same * sat).sum() / 2)
    repeats = int((met * (met - 1)).sum() / 4)
    spread = sum(int((pairs_of(room.trait(name)) * sat).sum() / 2) for name in room.rules.mixed)
    least = bounds_of(room, seats)
    cost, bound = SAME * shared + repeats + spread, total(least)
    return Plan(
        rounds=as_keys(room, seats),
        same_organisation_meetings=shared,
        repeat_cost=repeats,
        spread_cost=spread,
        cost=cost,
        lower_bound=bound,
        bounds=least,
        proved=cost == bound,
        distinct_contacts=int((sat > 0).sum() // 2),
        contacts_across=int(((sat > 0) & (same == 0)).sum() // 2),
        iterations=iterations,
    )


def total(bounds: Bounds) -> int:
    """Give the least that any plan costs."""
    return SAME * bounds.same_organisation_meetings + bounds.repeat_cost + bounds.spread_cost


def bounds_of(room: Room, seats: Seats) -> Bounds:
    """Bound every part of the cost for tables of the sizes of a seating."""
    sizes = [np.bincount(one, minlength=len(room.tables)).tolist() for one in seats]
    organisations = counts_of(room.organisations)
    tied = [_tied(room, number) for number in range(room.rounds)]
    same = sum(fewest_pairs(organisations, one, held) for one, held in zip(sizes, tied, strict=True))
    before = int((room.met * (room.met - 1)).sum() / 4)
    across = int((pairs_of(room.organisations) == 0).sum() - len(room.people)) // 2
    return Bounds(
        same_organisation_meetings=same,
        repeat_cost=before + fewest_repeats(sizes, _past_sizes(room)),
        spread_cost=sum(fewest_pairs(counts_of(room.trait(name)), one) for name in room.rules.mixed for one in sizes),
        contacts_across=min(across, sum(pairs(one) for one in sizes) - same),
    )


def _tied(room: Room, number: int) -> list[int]:
    """Count of each organisation, by name, the pairs that the rules of a round keep at one table."""
    held = room.held_together(number)
    groups = groups_of(room.organisations)
    return [pairs(Counter(held[one] for one in groups[name]).values()) for name in sorted(groups)]


def _past_sizes(room: Room) -> list[list[int]]:
    """Say of each past round how many of those here now sat at each table, where anybody met."""
    sittings = []
    for sitting in room.rules.history:
        here = [{key for key in table if key in room.position} for table in sitting]
        sizes = [len(one) for one in here if len(one) > 1]
        if sizes and sum(len(one) for one in here) == len(set().union(*here)):  # nobody at two tables in one round
            sittings.append(sizes)
    return sittings


def crowding(room: Room, seats: Seats) -> int:
    """Count how many people of an organisation are more at their table than an even spread would need."""
    tables = len(room.tables)
    found = 0
    for group in groups_of(room.organisations).values():
        most = -(-len(group) // tables)
        found += sum(int(np.maximum(np.bincount(one[group]) - most, 0).sum()) for one in seats)
    return found


def groups_of(kinds: Sequence[str]) -> dict[str, list[int]]:
    """Give the positions of those of each kind; those of no kind are in none."""
    groups: dict[str, list[int]] = {}
    for place, kind in enumerate(kinds):
        if kind:
            groups.setdefault(kind, []).append(place)
    return groups


def as_seats(room: Room, sitting: Sitting) -> Seats:
    """Give the table of each person in a round that is written as keys, ``NOWHERE`` for those who are not in it."""
    seats = np.full(len(room.people), NOWHERE, dtype=np.int64)
    for table, keys in enumerate(sitting):
        seats[[room.position[key] for key in keys if key in room.position]] = table
    return seats


def as_keys(room: Room, seats: Seats) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Write a seating as the keys of those at each table of each round."""
    return tuple(
        tuple(
            tuple(room.people[person].key for person in np.flatnonzero(one == table).tolist())
            for table in range(len(room.tables))
        )
        for one in seats
    )
