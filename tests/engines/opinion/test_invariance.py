"""Neither who came first, nor how people and statements are numbered, changes anything at all."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placeweave.engines.opinion.fit import fit
from placeweave.engines.opinion.records import Floats, Model, Scores, Statements, Votes
from placeweave.engines.opinion.scores import score
from tests.engines.opinion.crowds import CONVERSATIONS, conversation, everything, planted_crowd
from tests.engines.opinion.made_models import UNSEEN, planted, table_of, votes_of

seeds = st.integers(0, 2**32 - 1)


def shuffled(votes: Votes, statements: Statements, seed: int) -> tuple[Votes, Statements, Floats, Floats]:
    """Number everybody and everything anew and let votes arrive in another order; gives the new numbers too."""
    rng = np.random.default_rng(seed)
    people, topics = rng.permutation(votes.n_participants), rng.permutation(votes.n_statements)
    order = rng.permutation(votes.value.size)
    moved = Votes(
        people[votes.participant][order].astype(np.int32),
        topics[votes.statement][order].astype(np.int32),
        votes.value[order],
        votes.n_participants,
        votes.n_statements,
    )
    back = np.argsort(topics)
    return moved, Statements(statements.active[back], statements.meta[back]), people, topics


def assert_nothing_changes(votes: Votes, statements: Statements, seed: int) -> None:
    moved, states, people, topics = shuffled(votes, statements, seed)
    before, after = fit(votes, statements), fit(moved, states)
    assert before.k == after.k
    assert dict(before.silhouette) == dict(after.silhouette)
    for name in ("labels", "included", "xy", "xy_cov"):
        assert np.array_equal(getattr(before, name), getattr(after, name)[people]), name
    for name in ("mean", "axes", "agree", "disagree", "seen"):
        assert np.array_equal(getattr(before, name), getattr(after, name)[..., topics]), name
    assert_same_scores(before, after, topics)


def assert_same_scores(before: Model, after: Model, topics: Floats) -> None:
    first, second = score(before), score(after)
    for one in (field.name for field in fields(Scores)):
        value = getattr(second, one)
        moved = value[:, topics] if one.startswith("repness") else value[topics]
        assert np.array_equal(getattr(first, one), moved, equal_nan=True), one


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_a_public_conversation_is_the_same_in_any_order(name: str) -> None:
    talk = conversation(name)
    assert_nothing_changes(talk.votes, talk.statements, 1)


def test_a_large_crowd_is_the_same_in_any_order() -> None:
    votes, _ = planted_crowd(2_000, 500, 60, 3)
    assert_nothing_changes(votes, everything(votes), 2)


@given(seed=seeds, order=seeds, groups=st.integers(1, 4), seen=st.floats(0.2, 1.0))
@settings(max_examples=25, deadline=None)
def test_made_votes_are_the_same_in_any_order(seed: int, order: int, groups: int, seen: float) -> None:
    votes, _ = planted(60, 12, groups, seed, seen)
    assert_nothing_changes(votes, everything(votes), order)


@given(seed=seeds, order=seeds)
@settings(max_examples=15, deadline=None)
def test_people_and_statements_that_are_alike_change_nothing(seed: int, order: int) -> None:
    table = table_of(planted(40, 10, 2, seed)[0])
    doubled = np.vstack([table, table[:15]])
    doubled = np.hstack([doubled, doubled[:, :4]])
    assert_nothing_changes(votes_of(doubled), everything(votes_of(doubled)), order)


@given(seed=seeds, order=seeds)
@settings(max_examples=10, deadline=None)
def test_statements_that_nobody_or_one_person_saw_change_nothing(seed: int, order: int) -> None:
    table = table_of(planted(40, 10, 2, seed)[0])
    table = np.hstack([table, np.full((40, 4), UNSEEN, np.int8)])
    table[:2, 10:12] = 1
    assert_nothing_changes(votes_of(table), everything(votes_of(table)), order)


def test_people_who_answer_alike_are_in_one_group() -> None:
    table = table_of(planted(60, 16, 2, 5)[0])
    votes = votes_of(np.vstack([table, table]))
    labels = fit(votes, everything(votes)).labels
    assert np.array_equal(labels[:60], labels[60:])
