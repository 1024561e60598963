"""Which votes stand, and under which numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from placeweave.engines.opinion.votes import Numbered, counts_of, votes_from_events

events = st.lists(
    st.tuples(st.integers(-5, 5), st.integers(0, 4), st.sampled_from([-1, 0, 1]), st.integers(0, 6)), max_size=60
)


def standing(numbered: Numbered) -> dict[tuple[int, int], int]:
    votes = numbered.votes
    return {
        (int(numbered.participants[person]), int(numbered.statements[topic])): int(value)
        for person, topic, value in zip(votes.participant, votes.statement, votes.value, strict=True)
    }


def numbered(rows: list[tuple[int, int, int, int]], *, timed: bool = True) -> Numbered:
    people, topics, values, times = np.array(rows, np.int64).reshape(-1, 4).T
    return votes_from_events(people, topics, values, order=times if timed else None)


def test_the_last_vote_stands() -> None:
    assert standing(numbered([(1, 1, 1, 5), (1, 1, -1, 9), (1, 1, 0, 2)])) == {(1, 1): -1}


def test_votes_that_contradict_each_other_at_one_moment_are_a_pass_and_are_counted() -> None:
    found = numbered([(1, 1, 1, 5), (1, 1, -1, 5), (2, 1, 1, 5), (2, 1, 1, 5)])
    assert standing(found) == {(1, 1): 0, (2, 1): 1}
    assert found.undecided == 1


@given(events, st.integers(0, 2**32 - 1), st.booleans())
def test_the_order_of_rows_never_matters(rows: list[tuple[int, int, int, int]], seed: int, timed: bool) -> None:
    moved = [rows[place] for place in np.random.default_rng(seed).permutation(len(rows))]
    assert standing(numbered(rows, timed=timed)) == standing(numbered(moved, timed=timed))


@given(events)
def test_votes_are_those_of_a_plain_reading(rows: list[tuple[int, int, int, int]]) -> None:
    plain: dict[tuple[int, int], tuple[int, set[int]]] = {}
    for person, topic, value, time in rows:
        at, values = plain.get((person, topic), (-1, set()))
        if time >= at:
            plain[person, topic] = (time, {value} | (values if time == at else set()))
    found = standing(numbered(rows))
    assert found.keys() == plain.keys()
    assert all(found[pair] == next(iter(values)) for pair, (_, values) in plain.items() if len(values) == 1)


@given(events)
def test_counts_are_those_of_the_votes(rows: list[tuple[int, int, int, int]]) -> None:
    found = numbered(rows)
    agree, disagree, seen = counts_of(found.votes)
    values = standing(found)
    for place, topic in enumerate(found.statements):
        on_it = [value for (_, other), value in values.items() if other == topic]
        assert (agree[place], disagree[place], seen[place]) == (on_it.count(1), on_it.count(-1), len(on_it))


def test_numbers_far_apart_are_numbered_all_the_same() -> None:
    found = votes_from_events([10**15, 3, 10**15], [7, 7, 9], [1, 0, -1])
    assert found.participants.tolist() == [3, 10**15]
    assert found.votes.participant.tolist() == [0, 1, 1]


@pytest.mark.parametrize(("people", "values"), [([1, 2], [1, 1, 1]), ([1, 2, 3], [1, 2, 1])])
def test_what_is_no_vote_is_refused(people: list[int], values: list[int]) -> None:
    with pytest.raises(ValueError, match=r"[Vv]ote"):
        votes_from_events(people, [1, 1, 1], values)
