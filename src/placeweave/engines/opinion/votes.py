"""Settle which votes stand, and number people and statements densely from 0."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from placeweave.engines.opinion.records import Floats, Ints, Signs, Votes

Longs = NDArray[np.int64]

_TABLE = 8
"""Numbers this many times more spread than there are of them are sorted; others are looked up in a table."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """Standing votes with the numbers that people and statements had outside, both ascending; ``undecided`` pairs."""

    votes: Votes
    participants: Longs
    statements: Longs
    undecided: int = 0


def votes_from_events(
    participant: ArrayLike, statement: ArrayLike, value: ArrayLike, *, order: ArrayLike | None = None
) -> Numbered:
    """Keep the last vote of each person on each statement.

    Parameters
    ----------
    participant, statement : array_like of int, shape (n,)
        Who voted on what, by any whole numbers.
    value : array_like of int, shape (n,)
        +1 agree, 0 pass, -1 disagree.
    order : array_like, shape (n,), optional
        Time or sequence of each vote. Where it is missing or equal, nobody can tell which of two votes came later: two
        that contradict each other then count as a pass, so that the order of the rows never matters.

    Returns
    -------
    Numbered
        Votes sorted by person, then statement.

    Raises
    ------
    ValueError
        If the arrays differ in length or a value is none of the three.
    """
    people, topics, signs = (np.asarray(column) for column in (participant, statement, value))
    if not people.shape == topics.shape == signs.shape or people.ndim != 1:
        raise ValueError("Votes need three columns of one length: participant, statement, value.")
    if people.size and (signs.min() < -1 or signs.max() > 1):
        raise ValueError("A vote is 1 (agree), 0 (pass) or -1 (disagree).")
    person, outer_people = dense(people)
    topic, outer_topics = dense(topics)
    width = max(1, outer_topics.size)
    pair = person.astype(np.int64) * width + topic
    standing, undecided = _standing(pair, signs.astype(np.int64), order)
    return Numbered(
        _unpacked(standing, outer_people.size, outer_topics.size, width), outer_people, outer_topics, undecided
    )


def dense(numbers: NDArray[np.integer]) -> tuple[Ints, Longs]:
    """Number the distinct values of an array from 0, ascending: ``(n,)`` positions and the distinct values."""
    if not numbers.size:
        return np.zeros(0, np.int32), np.zeros(0, np.int64)
    low, high = int(numbers.min()), int(numbers.max())
    if high - low >= _TABLE * numbers.size + 1024:
        distinct, positions = np.unique(numbers, return_inverse=True)
        return positions.astype(np.int32), distinct.astype(np.int64)
    offset = numbers - low
    present = np.zeros(high - low + 1, np.bool_)
    present[offset] = True
    table = np.cumsum(present, dtype=np.int32) - np.int32(1)
    return table[offset], np.flatnonzero(present) + low


def counts_of(votes: Votes) -> tuple[Ints, Ints, Ints]:
    """Count agreements, disagreements and all votes of each statement, each of shape (S,)."""
    cells = np.bincount(votes.statement * 3 + (votes.value + 1), minlength=3 * votes.n_statements)
    against, passed, for_it = cells.astype(np.int32).reshape(-1, 3).T
    return for_it, against, against + passed + for_it


def means_of(agree: Ints, disagree: Ints, seen: Ints) -> Floats:
    """Give the mean vote of each statement, 0 where nobody voted."""
    return (agree.astype(np.float64) - disagree) / np.maximum(seen, 1)


def _standing(pair: Longs, signs: Longs, order: ArrayLike | None) -> tuple[Longs, int]:
    """Give the standing votes packed as pair * 4 + value + 1, ascending, and how many pairs contradict themselves."""
    packed = np.sort(pair * 4 + signs + 1)
    repeated = (packed[1:] >> 2) == (packed[:-1] >> 2)
    if not repeated.any():
        return packed, 0
    moments = np.zeros(pair.size, np.int64) if order is None else np.asarray(order)
    sorted_events = _by_pair_and_moment(pair, moments)
    pair, signs, moments = pair[sorted_events], signs[sorted_events], moments[sorted_events]
    ends = np.append(pair[1:] != pair[:-1], np.True_)
    group = np.cumsum(ends) - ends
    latest = moments == moments[ends][group]
    balance = np.bincount(group[latest], weights=signs[latest])
    strength = np.bincount(group[latest], weights=np.abs(signs[latest]))
    return pair[ends] * 4 + np.sign(balance).astype(np.int64) + 1, int((np.abs(balance) < strength).sum())


def _by_pair_and_moment(pair: Longs, moments: NDArray[np.integer]) -> Longs:
    """Sort events as ``lexsort((moments, pair))`` would, by one sort of whole numbers."""
    by_moment = np.arange(pair.size) if (moments[1:] >= moments[:-1]).all() else np.argsort(moments, kind="stable")
    return np.asarray(by_moment[np.sort(pair[by_moment] * pair.size + np.arange(pair.size)) % pair.size])


def _unpacked(packed: Longs, people: int, topics: int, width: int) -> Votes:
    person, topic = np.divmod(packed >> 2, width)
    value: Signs = ((packed & 3) - 1).astype(np.int8)
    return Votes(person.astype(np.int32), topic.astype(np.int32), value, people, topics)
