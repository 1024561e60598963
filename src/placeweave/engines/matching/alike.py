"""Offers, or needs, that say the same are counted as one while the programme is solved, and told apart afterwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CRUMB = 1e-9
"""What rounding may leave of an amount; nobody is given less."""


@dataclass(frozen=True, slots=True)
class Sorts:
    """Which records are of one sort: positions in their sequence, sort by sort, and how much each has or wants."""

    members: tuple[tuple[int, ...], ...]
    amounts: NDArray[np.float64]

    @property
    def first(self) -> list[int]:
        """One record of each sort, to stand for the rest."""
        return [sort[0] for sort in self.members]

    @property
    def sums(self) -> NDArray[np.float64]:
        """What each sort has or wants together."""
        return np.array([self.amounts[list(sort)].sum() for sort in self.members], dtype=np.float64)


def sorts(said: Sequence[Hashable], amounts: Sequence[float]) -> Sorts:
    """Put records that say the same together.

    Examples
    --------
    >>> sorts(["room", "van", "room"], [1.0, 2.0, 3.0]).sums
    array([4., 2.])
    """
    found: dict[Hashable, list[int]] = defaultdict(list)
    for position, one in enumerate(said):
        found[one].append(position)
    return Sorts(tuple(tuple(sort) for sort in found.values()), np.array(amounts, dtype=np.float64))


def handed_out(
    offers: Sorts, needs: Sorts, flows: Sequence[tuple[int, int, float]]
) -> Iterator[tuple[int, int, int, float]]:
    """Turn what flows between sorts into what goes from one offer to one need, first come by position.

    All of a sort are equally good for whatever the sort is good for, so the total stays as it is.

    Parameters
    ----------
    flows : sequence of (offer sort, need sort, amount)

    Yields
    ------
    (flow, offer, need, amount)
        The position of the flow it is part of, then those of offer and need. No two share offer and need.
    """
    held, wanted = _Queue(offers), _Queue(needs)
    for flow, (giving, taking, amount) in enumerate(flows):
        left = amount
        while left > CRUMB:
            offer, free = held.next_of(giving)
            need, lacking = wanted.next_of(taking)
            part = min(left, free, lacking)
            if part <= 0:
                break
            yield flow, offer, need, part
            held.take(offer, part)
            wanted.take(need, part)
            left -= part


class _Queue:
    """Those of each sort in turn, with what is left to them."""

    def __init__(self, kinds: Sorts) -> None:
        self._members, self._left = kinds.members, kinds.amounts.tolist()
        self._turn = [0] * len(kinds.members)

    def next_of(self, sort: int) -> tuple[int, float]:
        members = self._members[sort]
        while self._left[members[self._turn[sort]]] <= CRUMB and self._turn[sort] < len(members) - 1:
            self._turn[sort] += 1
        position = members[self._turn[sort]]
        return position, self._left[position]

    def take(self, position: int, amount: float) -> None:
        self._left[position] -= amount
