"""The walk from seating to seating: always the best swap of two people, unless it was made a moment ago."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

TENURE = (8, 14)
"""For so many steps (drawn, the last left out) nobody goes back to the table they have left."""
PATIENCE = 300
"""So many steps without anything better, and the walk begins anew elsewhere."""
NEVER = np.inf
NEARLY = 1e-9

Figures = NDArray[np.float64]
Seats = NDArray[np.int64]
Starts = Callable[[np.random.Generator], Seats]


@dataclass(frozen=True, slots=True)
class Task:
    """What a walk is judged by, for n people, k tables and R rounds; all costs without unit.

    Attributes
    ----------
    pair : ndarray of shape (n, n)
        Cost of two people at one table, each time; symmetric, zero on the diagonal.
    place : ndarray of shape (R, n, k)
        Cost of a person at a table; infinite where they may not sit.
    met : ndarray of shape (n, n)
        How often two have sat together before.
    repeats : float
        Weight of m (m - 1) / 2 for a pair that sits together m times, ``met`` included.
    held : ndarray of shape (n,), of bool
        Who is not moved by themselves; they stay where a start puts them.
    spare : ndarray of shape (k,), of int
        How many empty seats each table may have. Empty seats are the last of the n, in one round only.
    empty : int
        How many of the n are empty seats.
    """

    pair: Figures
    place: Figures
    met: Figures
    repeats: float
    held: NDArray[np.bool_]
    spare: Seats
    empty: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """The best seating of a walk, shape (R, n), its cost, and after how many steps the walk ended."""

    seats: Seats
    cost: float
    steps: int


class Clock:
    """Seconds that several walks share, from now on; without a limit each takes what it needs."""

    def __init__(self, seconds: float | None) -> None:
        self._until = None if seconds is None else time.monotonic() + seconds

    @property
    def left(self) -> float | None:
        """How many are left; none below nothing."""
        return None if self._until is None else max(self._until - time.monotonic(), 0.0)


def together(seats: Seats) -> Figures:
    """Say of each round who sits with whom: shape (R, n, n), zero on the diagonal."""
    same: Figures = (seats[:, :, None] == seats[:, None, :]).astype(np.float64)
    everyone = np.arange(seats.shape[1])
    same[:, everyone, everyone] = 0.0
    return same


def cost_of(task: Task, seats: Seats) -> float:
    """Count the cost of a seating in full."""
    sat = together(seats).sum(axis=0)
    met = task.met + sat
    of_places = np.take_along_axis(task.place, seats[:, :, None], axis=2).sum()
    return float((task.pair * sat).sum() / 2 + task.repeats * (met * (met - 1)).sum() / 4 + of_places)


def search(
    task: Task,
    starts: Starts,
    *,
    seed: int,
    iterations: int,
    bound: float = -NEVER,
    seconds: float | None = None,
) -> Found:
    """Look for the seating of least cost by swapping two people at a time.

    At each step the change that every possible swap would make is known at once, from what each person would cost at
    each table: swapping p and q of one round changes the cost by ``S[p, t(q)] - S[p, t(p)] + S[q, t(p)] - S[q, t(q)] -
    2 C[p, q]``. The best swap of all rounds is made, better or not; a person does not return to a table for some steps,
    unless that gives the best seating so far. Among equals the seed decides.

    Parameters
    ----------
    task : Task
    starts : callable
        Gives a seating of shape (R, n) to begin from, each time another one; table sizes stay as they are there.
    seed : int
    iterations : int
        Steps in all; at least one start is looked at.
    bound : float, optional
        A cost that none is below; the walk ends when it is met.
    seconds : float, optional
        Ends the walk by the clock, too; the answer then depends on how quick the machine is.

    Returns
    -------
    Found

    References
    ----------
    Glover, F. (1989). Tabu search, part I. *ORSA Journal on Computing* 1(3).
    Dotú, I., Van Hentenryck, P. (2007). Scheduling social tournaments locally. *AI Communications* 20(3).
    """
    chance = np.random.default_rng(seed)
    until = np.inf if seconds is None else time.monotonic() + seconds
    walk = _Walk(task, starts(chance))
    best, cost, step = walk.seats.copy(), walk.cost, 0
    while step < iterations and cost > bound + NEARLY and time.monotonic() < until:
        if walk.steps_in_vain > PATIENCE:
            walk = _Walk(task, starts(chance))
        else:
            walk.go(chance, cost)
        step += 1
        if walk.cost < cost - NEARLY:
            best, cost = walk.seats.copy(), walk.cost
    return Found(best, cost_of(task, best), step)


class _Walk:
    """Where one walk is: the seating, and what every person would cost at every table."""

    def __init__(self, task: Task, start: Seats) -> None:
        rounds, people = start.shape
        self.task, self.seats = task, start.copy()
        self.everyone, self.rounds = np.arange(people), np.arange(rounds)
        tables = task.place.shape[2]
        self.cells = (self.rounds[:, None] * people + self.everyone) * tables
        """Where in a flat array of shape (R, n, k) the row of a person begins."""
        sat = together(start)
        self.same = sat.astype(bool)
        self.same[:, self.everyone, self.everyone] = True
        self.marginal = task.pair + task.repeats * (task.met + sat.sum(axis=0) - sat)
        self.marginal[:, self.everyone, self.everyone] = 0.0
        self.at = np.zeros_like(task.place)
        self.at[self.rounds[:, None], self.everyone, start] = 1.0
        self.would = self.marginal @ self.at + np.where(task.held[:, None] & (self.at == 0), NEVER, task.place)
        self.cost = self.least = cost_of(task, start)
        self.tabu = np.zeros(task.place.shape, dtype=np.int64)
        self.step = self.steps_in_vain = 0

    def go(self, chance: np.random.Generator, best: float) -> None:
        """Make the best swap that is allowed, if there is any."""
        self.step += 1
        self.steps_in_vain += 1
        change = self._changes()
        if self.cost + change.min() >= best - NEARLY:
            barred = self._each_swap(self.tabu)
            change[np.maximum(barred, barred.transpose(0, 2, 1)) >= self.step] = NEVER
        least = float(change.min())
        if least == NEVER:
            return
        equals = np.flatnonzero(change.ravel() <= least + NEARLY)
        picked = int(equals[int(chance.integers(len(equals)))])
        where, one, other = np.unravel_index(picked, change.shape)
        self._swap(int(where), int(one), int(other), chance)
        self.cost += least
        if self.cost < self.least - NEARLY:
            self.least, self.steps_in_vain = self.cost, 0

    def _each_swap(self, by_table: NDArray[Any]) -> NDArray[Any]:
        """Turn (round, person, table) into (round, person, the other person whose table it is)."""
        found: NDArray[Any] = by_table.reshape(-1)[self.cells[:, :, None] + self.seats[:, None, :]]
        return found

    def _changes(self) -> Figures:
        own = self.would.reshape(-1)[self.cells + self.seats]
        gain = self._each_swap(self.would - own[:, :, None])
        change: Figures = gain + gain.transpose(0, 2, 1)
        change -= 2.0 * self.marginal
        change[self.same] = NEVER
        if self.task.empty:
            self._keep_full_enough(change[0])
        return change

    def _keep_full_enough(self, change: Figures) -> None:
        """Bar swaps with an empty seat that would leave a table with more of them than it may have."""
        people = len(self.everyone) - self.task.empty
        free = np.bincount(self.seats[0, people:], minlength=len(self.task.spare))
        is_at_least = (free >= self.task.spare)[self.seats[0]]
        change[people:, is_at_least] = NEVER
        change[is_at_least, people:] = NEVER
        change[people:, people:] = NEVER

    def _swap(self, where: int, one: int, other: int, chance: np.random.Generator) -> None:
        seats, same, at, marginal, would = self.seats[where], self.same, self.at, self.marginal, self.would
        here, there = int(seats[one]), int(seats[other])
        gained = (seats == there).astype(np.float64) - (seats == here)
        gained[[one, other]] = 0.0
        moved = marginal[where, :, other] - marginal[where, :, one]
        would[where, :, here] += moved
        would[where, :, there] -= moved
        seats[one], seats[other] = there, here
        same[where, [one, other]] = same[where, [other, one]]
        same[where][:, [one, other]] = same[where][:, [other, one]]
        at[where, [one, other]] = at[where, [other, one]]
        self._tell_other_rounds(where, one, other, self.task.repeats * gained)
        self.tabu[where, one, here] = self.step + int(chance.integers(*TENURE))
        self.tabu[where, other, there] = self.step + int(chance.integers(*TENURE))

    def _tell_other_rounds(self, where: int, one: int, other: int, gained: Figures) -> None:
        """Take into account elsewhere that one now meets those whom other met, and the other way round."""
        elsewhere = self.rounds[self.rounds != where]
        if not len(elsewhere) or not gained.any():
            return
        marginal, at, would = self.marginal, self.at, self.would
        for person, met in ((one, gained), (other, -gained)):
            marginal[elsewhere, person, :] += met
            marginal[elsewhere, :, person] += met
        swapped = at[elsewhere, one] - at[elsewhere, other]
        would[elsewhere] += gained[:, None] * swapped[:, None, :]
        rows = gained @ at[elsewhere]
        would[elsewhere, one] += rows
        would[elsewhere, other] -= rows
