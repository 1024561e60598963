"""Count the votes of groups, and settle who has voted enough to be placed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from placeweave.engines.opinion.records import Flags, Ints, Votes

FEWEST = 15
"""Where fewer people than this voted enough, those who voted most make up the number, as in Polis."""


def group_counts(votes: Votes, labels: Ints, k: int) -> tuple[Ints, Ints, Ints]:
    """Count agreements, disagreements and all votes of each group on each statement, each of shape (k, S)."""
    group = labels[votes.participant]
    cell = (group * np.int32(votes.n_statements) + votes.statement) * np.int32(3) + votes.value + np.int32(1)
    if (labels < 0).any():
        cell = cell[group >= 0]
    cells = np.bincount(cell, minlength=3 * k * votes.n_statements).astype(np.int32).reshape(k, -1, 3)
    return cells[:, :, 2], cells[:, :, 0], cells.sum(axis=2, dtype=np.int32)


def voted_enough(n_votes: NDArray[np.integer], n_statements: int, min_votes: int) -> Flags:
    """Say who has voted enough: at least ``min_votes`` of the statements there are, topped up to fifteen people.

    Those who voted equally often are let in together or not at all, so that nobody's place depends on a row number.
    """
    enough: Flags = (n_votes >= max(1, min(min_votes, n_statements))) & (n_votes > 0)
    if enough.sum() >= FEWEST or not n_votes.size:
        return enough
    fifteenth = np.sort(n_votes)[::-1][min(FEWEST, n_votes.size) - 1]
    topped: Flags = enough | (n_votes >= max(1, fifteenth))
    return topped
