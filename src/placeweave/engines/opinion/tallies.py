"""Plain counts of a conversation, for what needs no map: who was asked what, and how many said what."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from placeweave.engines.opinion.records import NOWHERE, Flags, Ints, Model, Statements, Votes


@dataclass(frozen=True, slots=True)
class Tallies:
    """How many said what, all together and group by group. A conversation without groups has G = 0.

    Attributes
    ----------
    active, meta : (S,) which statements count
    all_agree, all_disagree, all_seen : (S,) votes of everybody; ``all_seen`` counts passes too
    agree, disagree, seen : (G, S) the same of each group
    sizes : (G,) people in each group
    people : everybody who has voted, in a group or not
    """

    active: Flags
    meta: Flags
    all_agree: Ints
    all_disagree: Ints
    all_seen: Ints
    agree: Ints
    disagree: Ints
    seen: Ints
    sizes: Ints
    people: int


def tally(votes: Votes, statements: Statements, labels: Ints | None = None, *, n_groups: int | None = None) -> Tallies:
    """Count votes, by the group of whoever cast them if there are groups.

    Parameters
    ----------
    votes : Votes
    statements : Statements
    labels : ndarray of int, shape (P,), optional
        Group of each person, negative for who is in none.
    n_groups : int, optional
        How many groups there are, where one may have lost its last member.
    """
    nobody = np.full(votes.n_participants, NOWHERE, np.int32)
    groups = nobody if labels is None else labels
    count = int(groups.max(initial=NOWHERE)) + 1 if n_groups is None else n_groups
    cells = _cells(votes, groups, count)
    agree, disagree, seen = cells[2], cells[0], cells.sum(axis=0, dtype=np.int32)
    sizes = np.bincount(groups[groups >= 0], minlength=count).astype(np.int32)
    people = int((np.bincount(votes.participant, minlength=1) > 0).sum())
    return Tallies(
        statements.active, statements.meta, agree.sum(axis=0, dtype=np.int32), disagree.sum(axis=0, dtype=np.int32),
        seen.sum(axis=0, dtype=np.int32), agree[1:], disagree[1:], seen[1:], sizes, people,
    )  # fmt: skip


def tallies_of(model: Model) -> Tallies:
    """Take the counts of a fitted model; a model without groups gives none."""
    n_groups = model.k if model.k > 1 else 0
    sizes = np.bincount(model.labels[model.labels >= 0], minlength=n_groups)[:n_groups].astype(np.int32)
    return Tallies(
        model.statements.active, model.statements.meta, model.all_agree, model.all_disagree, model.all_seen,
        model.agree[:n_groups], model.disagree[:n_groups], model.seen[:n_groups], sizes, model.labels.size,
    )  # fmt: skip


def _cells(votes: Votes, groups: Ints, n_groups: int) -> NDArray[np.int32]:
    """Count answers (disagree, pass, agree) by row (nobody's group first, then each group) and statement."""
    row = groups[votes.participant].astype(np.int64) + 1
    place = ((votes.value.astype(np.int64) + 1) * (n_groups + 1) + row) * votes.n_statements + votes.statement
    counted = np.bincount(place, minlength=3 * (n_groups + 1) * votes.n_statements)
    return counted.astype(np.int32).reshape(3, n_groups + 1, votes.n_statements)
