"""Put votes into an order that depends on their content alone, so that arrival changes nothing.

Sums of floating-point numbers depend on their order in the last digit, and a last digit can decide a label. So people
and statements are first sorted by what was voted, and everything is computed in that order.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from placeweave.engines.opinion.records import Flags, Floats, Ints, Votes

Hashes = NDArray[np.uint64]

_ROUNDS = 2
_VALUES = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)
_SHIFT = np.uint64(29)


@dataclass(frozen=True, slots=True)
class Ordered:
    """Centred votes in canonical order.

    Attributes
    ----------
    matrix : sparse (P, S') of vote minus mean where there is a vote; empty cells mean 0, which is the mean
    people : (P,) which person each row is
    statements : (S',) which statement each column is
    twins : (S',) a number that statements share if everybody voted alike on them; ascending
    """

    matrix: sparse.csr_array
    people: Ints
    statements: Ints
    twins: Ints


def ordered(votes: Votes, counting: Flags, mean: Floats) -> Ordered:
    """Sort the votes on statements that count by content, and centre them.

    Colour refinement: a statement starts from its counts; a person is the sum of what was voted, a statement the sum of
    who voted, in whole numbers, so that no order of summing can show. Equals that remain are interchangeable.
    """
    person, topic, value = _counting_votes(votes, counting)
    kept = np.flatnonzero(counting)
    shape = (votes.n_participants, kept.size)
    starts = np.zeros(shape[0] + 1, np.int32)
    np.cumsum(np.bincount(person, minlength=shape[0]), out=starts[1:])
    coloured = sparse.csr_array((_VALUES[value + 1], topic, starts), shape=shape)
    of_people, of_topics = _colours(coloured)
    people, topics = _sorted_by(of_people), _sorted_by(of_topics)
    by_topic = _permuted((value, topic, starts), people, topics)
    matrix = by_topic.tocsr()
    centred = matrix.data - mean[kept[topics]][matrix.indices]
    return Ordered(
        matrix=sparse.csr_array((centred, matrix.indices, matrix.indptr), shape=shape),
        people=people,
        statements=kept[topics].astype(np.int32),
        twins=_twins(by_topic, of_topics[topics]),
    )


def _counting_votes(votes: Votes, counting: Flags) -> tuple[Ints, Ints, NDArray[np.int8]]:
    """Give the votes that count, sorted by person, with statements renumbered."""
    person, topic, value = votes.participant, votes.statement, votes.value
    if not counting.all():
        keep = counting[topic]
        person, topic, value = person[keep], topic[keep], value[keep]
        topic = (np.cumsum(counting, dtype=np.int32) - np.int32(1))[topic]
    if person.size and (np.diff(person) < 0).any():
        by_person = np.argsort(person, kind="stable")
        person, topic, value = person[by_person], topic[by_person], value[by_person]
    return person, topic, value


def _colours(coloured: sparse.csr_array) -> tuple[Hashes, Hashes]:
    """Refine the colours of people and statements by each other."""
    people = np.ones(coloured.shape[0], np.uint64)
    topics = _mixed(coloured.T @ people)
    for _ in range(_ROUNDS):
        people = _mixed(coloured @ topics)
        topics = _mixed(coloured.T @ people)
    return people, topics


def _mixed(sums: Hashes) -> Hashes:
    """Spread a sum over all 64 bits, so that sums of sums do not cancel."""
    once = (sums ^ (sums >> _SHIFT)) * _VALUES[0]
    mixed: Hashes = (once ^ (once >> _SHIFT)) * _VALUES[1]
    return mixed ^ (mixed >> _SHIFT)


def _sorted_by(colours: Hashes) -> Ints:
    return np.argsort(colours, kind="stable").astype(np.int32)


def _permuted(triple: tuple[NDArray[np.int8], Ints, Ints], people: Ints, topics: Ints) -> sparse.csc_array:
    """Move rows and columns; two transpositions sort the columns within the rows without comparing."""
    value, topic, starts = triple
    rank = np.empty(topics.size, np.int32)
    rank[topics] = np.arange(topics.size, dtype=np.int32)
    shape = (people.size, topics.size)
    return sparse.csr_array((value, rank[topic], starts), shape=shape)[people].tocsc()


def _twins(by_topic: sparse.csc_array, colours: Hashes) -> Ints:
    """Number columns so that equal ones share a number; equal colours only say where to look."""
    differs = np.diff(colours, prepend=colours[:1]) != 0
    starts = by_topic.indptr
    for place in np.flatnonzero(~differs)[1:]:
        one, other = slice(starts[place - 1], starts[place]), slice(starts[place], starts[place + 1])
        differs[place] = not (
            np.array_equal(by_topic.indices[one], by_topic.indices[other])
            and np.array_equal(by_topic.data[one], by_topic.data[other])
        )
    return np.cumsum(differs, dtype=np.int32)
