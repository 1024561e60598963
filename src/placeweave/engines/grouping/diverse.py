"""One round of groups that are each as varied as can be: people spread by how unlike they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from placeweave.engines.grouping.bounds import fill
from placeweave.engines.grouping.records import Impossible
from placeweave.engines.grouping.search import Task, search

Figures = NDArray[np.float64]
Seats = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Groups:
    """The group of each person, shape (n,), and the sum of differences inside groups."""

    group: Seats
    total: float


def spread(
    unlike: Figures,
    least: Sequence[int],
    most: Sequence[int],
    *,
    seed: int = 0,
    iterations: int = 10_000,
    seconds: float | None = None,
) -> Groups:
    """Part people into groups so that the sum of differences inside groups is large.

    Empty seats take part in the search like people who differ from nobody, so that a swap with one is a move.

    Parameters
    ----------
    unlike : ndarray of shape (n, n), without unit
        How much two people differ; symmetric, of 0 or more.
    least, most : sequence of int
        How many people each group has at least and at most.
    seed, iterations, seconds
        As for :func:`.search.search`.

    Returns
    -------
    Groups

    Raises
    ------
    Impossible
        If the sizes cannot add up to n.

    References
    ----------
    The maximally diverse grouping problem: Gallego, M., Laguna, M., Martí, R., Duarte, A. (2013). Tabu search with
    strategic oscillation for the maximally diverse grouping problem. *Journal of the Operational Research Society* 64.

    Examples
    --------
    >>> apart = np.abs(np.subtract.outer(*[np.array([0.0, 0.0, 9.0, 9.0])] * 2))
    >>> spread(apart, [2, 2], [2, 2]).total
    18.0
    """
    people, seats = len(unlike), sum(most)
    if not sum(least) <= people <= seats or any(low > high for low, high in zip(least, most, strict=True)):
        raise Impossible(f"{people} people do not fit groups of {list(least)} to {list(most)}.")
    everyone = np.zeros((seats, seats))
    everyone[:people, :people] = -np.asarray(unlike)
    np.fill_diagonal(everyone, 0.0)
    nothing = np.zeros((seats, seats))
    place = np.zeros((1, seats, len(most)))
    spare = np.array([high - low for low, high in zip(least, most, strict=True)])
    task = Task(everyone, place, nothing, 0.0, np.zeros(seats, dtype=bool), spare, empty=seats - people)
    found = search(task, _Shuffled(people, least, most), seed=seed, iterations=iterations, seconds=seconds)
    return Groups(found.seats[0, :people], -found.cost)


class _Shuffled:
    """Begins with groups filled as evenly as their sizes allow, by chance; empty seats come last."""

    def __init__(self, people: int, least: Sequence[int], most: Sequence[int]) -> None:
        more = fill(people - sum(least), [high - low for low, high in zip(least, most, strict=True)])
        sizes = [low + one for low, one in zip(least, more, strict=True)]
        self.taken = np.repeat(np.arange(len(most)), sizes)
        self.empty = np.repeat(np.arange(len(most)), [high - size for high, size in zip(most, sizes, strict=True)])

    def __call__(self, chance: np.random.Generator) -> Seats:
        seats: Seats = np.r_[chance.permutation(self.taken), self.empty][None, :]
        return seats
