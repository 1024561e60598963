"""A short list in which everybody who is many enough finds something."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from placeweave.engines.opinion.records import Slate
from placeweave.engines.opinion.slate import slate
from tests.engines.opinion.made_models import SHARED, UNSEEN, conversation, permuted, statements_of, votes_of

complete = st.tuples(st.integers(1, 9), st.integers(1, 6)).flatmap(
    lambda shape: arrays(np.int8, shape, elements=st.sampled_from([-1, 0, 1]))
)


def overlooked(table: np.ndarray, chosen: Slate, size: int) -> list[int]:
    """Say which statements at least n/size people agree with, none of whom agrees with anything chosen."""
    approves = table == 1
    represented = approves[:, list(chosen.statements)].any(axis=1)
    return [j for j in range(table.shape[1]) if (approves[:, j] & ~represented).sum() * size >= len(table)]


@settings(max_examples=300, deadline=None)
@given(complete, st.integers(1, 6))
def test_no_group_that_is_large_enough_and_agrees_on_something_is_overlooked(table: np.ndarray, size: int) -> None:
    chosen = slate(votes_of(table), statements_of(table.shape[1]), size)
    assert len(chosen.statements) == len(set(chosen.statements)) <= size
    assert overlooked(table, chosen, size) == []


def test_the_most_agreed_statements_alone_would_overlook_a_minority() -> None:
    table = np.array([[1, 1, 1, -1]] * 6 + [[-1, -1, -1, 1]] * 3, np.int8)
    most_agreed = Slate((0, 1, 2), 0.0, np.zeros(0, np.int32))
    assert overlooked(table, most_agreed, 3) == [3]
    assert 3 in slate(votes_of(table), statements_of(4), 3).statements


@given(complete, st.integers(1, 6))
@settings(max_examples=60, deadline=None)
def test_who_is_uncovered_agrees_with_nothing_chosen(table: np.ndarray, size: int) -> None:
    chosen = slate(votes_of(table), statements_of(table.shape[1]), size)
    covered = (table[:, list(chosen.statements)] == 1).any(axis=1)
    assert set(chosen.uncovered.tolist()) == set(np.flatnonzero(~covered).tolist())
    assert chosen.represented_share == pytest.approx(covered.mean())


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_the_order_of_people_and_statements_changes_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    table = rng.choice(np.array([-1, 0, 1, UNSEEN], np.int8), (25, 9))
    people, statements = rng.permutation(25), rng.permutation(9)
    one = slate(votes_of(table), statements_of(9), 4)
    other = slate(permuted(votes_of(table), people, statements), statements_of(9), 4)
    assert [int(statements[j]) for j in one.statements] == list(other.statements)
    assert set(people[one.uncovered].tolist()) == set(other.uncovered.tolist())


def test_a_statement_that_was_moderated_out_is_never_chosen() -> None:
    table = np.array([[1, 1, 0]] * 5 + [[1, 0, 1]] * 3, np.int8)
    assert slate(votes_of(table), statements_of(3, out=(0,)), 3).statements == (1, 2)


def test_the_list_ends_when_nobody_is_left_who_agrees_with_anything() -> None:
    table = np.array([[1, 1, -1]] * 4 + [[-1, -1, -1]], np.int8)
    chosen = slate(votes_of(table), statements_of(3), 3)
    assert len(chosen.statements) == 1
    assert (chosen.represented_share, chosen.uncovered.tolist()) == (0.8, [4])


def test_nobody_who_has_not_voted_is_counted() -> None:
    table = np.array([[1, UNSEEN], [UNSEEN, UNSEEN], [-1, 0]], np.int8)
    assert slate(votes_of(table), statements_of(2), 1).represented_share == 0.5


def test_an_empty_conversation_has_an_empty_list() -> None:
    nothing = slate(votes_of(np.full((0, 4), UNSEEN)), statements_of(4), 3)
    assert (nothing.statements, nothing.represented_share) == ((), 0.0)


@pytest.mark.parametrize("name", SHARED)
def test_in_a_real_conversation_more_people_find_something_than_among_the_most_agreed(name: str) -> None:
    votes, topics = conversation(name)
    agreed = np.zeros((votes.n_participants, votes.n_statements), bool)
    agreed[votes.participant, votes.statement] = votes.value > 0
    agreed[:, ~topics.active] = False
    most_agreed = np.argsort(-agreed.sum(axis=0), kind="stable")[:5]
    chosen = slate(votes, topics, 5)
    assert agreed[:, list(chosen.statements)].any(axis=1).sum() >= agreed[:, most_agreed].any(axis=1).sum()
    assert chosen.statements != tuple(most_agreed.tolist())
