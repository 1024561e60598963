"""Say which group's answers somebody's own are nearest to, from counts alone: also of who came after the last fit."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from placeweave.engines.opinion.tallies import Tallies

FEWEST = 7
"""Answers without which nobody is placed, here and in a fit."""
CLEARLY = 0.8
"""From this chance on, one group is named; below it, somebody stands between groups."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """The group that somebody answers most like, and how likely their answers make it, 0 to 1."""

    group: int
    chance: float

    @property
    def is_clear(self) -> bool:
        """Whether the answers tell one group from the others well enough to say so."""
        return self.chance >= CLEARLY


def nearest_group(tallies: Tallies, answers: Mapping[int, int], *, fewest: int = FEWEST) -> Nearest | None:
    """Compare somebody's answers with those of each group.

    Parameters
    ----------
    tallies : Tallies
        Counts of G groups and S statements.
    answers : mapping of statement to +1, 0 or -1
        Of one person; statements are numbered as in ``tallies``.
    fewest : int
        Answers without which nobody is placed.

    Returns
    -------
    Nearest or None
        None where there are no two groups, or too few answers.

    Notes
    -----
    Each answer of a group has the share ``(n + 1) / (N + 3)``; the chances are those of a naive Bayes classifier in
    which every group is as likely beforehand, so that a large one draws nobody in by its size.

    References
    ----------
    Maron, M. E. (1961). Automatic indexing: an experimental inquiry. *Journal of the ACM* 8.
    """
    known = {one: value for one, value in answers.items() if tallies.active[one]}
    if tallies.sizes.size < 2 or len(known) < fewest:
        return None
    rows = list(known)
    agree, disagree, seen = (cells[:, rows] for cells in (tallies.agree, tallies.disagree, tallies.seen))
    values = np.array([known[one] for one in rows])
    counted = np.where(values > 0, agree, np.where(values < 0, disagree, seen - agree - disagree))
    fit = np.log((counted + 1) / (seen + 3)).sum(axis=1)
    best = int(fit.argmax())
    return Nearest(best, 1 / sum(math.exp(other - fit[best]) for other in fit.tolist()))
