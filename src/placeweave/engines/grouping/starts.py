"""Where walks begin: a seating that keeps to every demand, and others shaken out of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from placeweave.engines.grouping.room import Room
from placeweave.engines.grouping.seating import seat

Seats = NDArray[np.int64]
TRIES = 3
"""Swaps tried for each person when a seating is shaken."""


class Starts:
    """Gives first the seating it was made with, then each time another, with the same sizes and within the demands.

    With ``tries`` of 0 all are the same, and only what the walk draws differs. Pairs to be kept apart are not
    looked at here: what the walk pays for them is more than anything else.
    """

    def __init__(self, room: Room, first: Seats, *, tries: int = TRIES) -> None:
        self.room, self.first, self.tries = room, first, tries
        self.may = [room.may(number) for number in range(room.rounds)]
        self.is_fresh = True

    def __call__(self, chance: np.random.Generator) -> Seats:
        """Give the next seating, shape (R, n)."""
        seats = self.first.copy()
        if not self.is_fresh and self.tries:
            for one, may in zip(seats, self.may, strict=True):
                self._shake(one, may, chance)
        self.is_fresh = False
        return seats

    def _shake(self, seats: Seats, may: NDArray[np.bool_], chance: np.random.Generator) -> None:
        blocks = self.room.blocks
        for block in blocks:
            _move_block(block, seats, may, chance, blocks)
        free = np.setdiff1d(np.arange(len(seats)), [one for block in blocks for one in block])
        if len(free) < 2:
            return
        for one, other in chance.choice(free, (self.tries * len(free), 2)).tolist():
            if may[one, seats[other]] and may[other, seats[one]]:
                seats[one], seats[other] = seats[other], seats[one]


def _move_block(
    block: list[int], seats: Seats, may: NDArray[np.bool_], chance: np.random.Generator, blocks: list[list[int]]
) -> None:
    """Swap those who sit together with as many people of another table, if there are as many who may."""
    here, there = int(seats[block[0]]), int(chance.integers(may.shape[1]))
    in_blocks = [one for other in blocks for one in other]
    able = np.setdiff1d(np.flatnonzero((seats == there) & may[:, here]), in_blocks)
    if here == there or len(able) < len(block) or not may[block, there].all():
        return
    seats[chance.permutation(able)[: len(block)]] = here
    seats[block] = there


def first_seats(room: Room, seed: int) -> Seats:
    """Seat every round by chance, within its demands: shape (R, n).

    Raises
    ------
    Impossible
        If the demands of a round cannot all be kept.
    """
    chance = np.random.default_rng(seed)
    shape = (len(room.people), len(room.tables))
    if any(room.demands):
        return np.array([seat(room, number, chance.random(shape)).seats for number in range(room.rounds)])
    everyone = np.repeat(np.arange(shape[1]), room.even)
    return np.array([chance.permutation(everyone) for _ in range(room.rounds)])
