"""Groups that are there are found, the small one too; where there are none, that is the answer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placeweave.engines.opinion.chance import cloud_silhouette, shuffled_silhouettes
from placeweave.engines.opinion.clusters import find_groups, silhouette
from placeweave.engines.opinion.fit import fit
from placeweave.engines.opinion.kmeans import lloyd, polished, starting_centres
from placeweave.engines.opinion.likeness import alike
from placeweave.engines.opinion.records import NOWHERE, Config, Floats, Ints
from placeweave.engines.opinion.settle import settled
from placeweave.engines.opinion.stability import stability
from tests.engines.opinion.crowds import CONVERSATIONS, conversation, everything, planted_crowd, unrelated_votes
from tests.engines.opinion.made_models import UNSEEN, planted, table_of, votes_of


def inertia(xy: Floats, labels: Ints) -> float:
    return float(sum(((xy[labels == one] - xy[labels == one].mean(axis=0)) ** 2).sum() for one in np.unique(labels)))


def plain_silhouette(xy: Floats, labels: Ints) -> float:
    distance = np.sqrt(((xy[:, None] - xy[None]) ** 2).sum(axis=2))
    once = np.ones(len(xy))
    return silhouette(distance, once, once, labels, int(labels.max()) + 1)


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_our_groups_are_as_tight_and_as_clear_as_those_of_the_reference(name: str) -> None:
    talk = conversation(name)
    placed = talk.labels >= 0
    xy = np.array([talk.reference["xy"][str(one)] for one in talk.participants[placed]])
    order = np.lexsort((xy[:, 1], xy[:, 0]))
    xy, labels = xy[order], talk.labels[placed][order]
    found = find_groups(xy, np.ones(len(xy)))
    assert found is not None
    assert plain_silhouette(xy, found.labels) >= plain_silhouette(xy, labels) - 1e-9
    if found.k == labels.max() + 1:
        assert inertia(xy, found.labels) <= inertia(xy, labels) * (1 + 1e-9)


def test_a_minority_of_eight_in_a_hundred_is_found() -> None:
    found = []
    for seed in range(7):
        votes, group = planted_crowd(2_000, 500, 60, seed)
        model = fit(votes, everything(votes))
        placed = model.labels >= 0
        found.append(alike(model.labels[placed], group[placed]))
    assert np.median(found) >= 0.85


def test_a_sparse_conversation_says_that_confidence_is_low() -> None:
    votes, _ = planted_crowd(8_000, 2_000, 50, 0)
    assert any(said.startswith("Low confidence") for said in fit(votes, everything(votes)).warnings)


def test_a_dense_conversation_does_not() -> None:
    votes, _ = planted_crowd(2_000, 500, 60, 1)
    assert not any(said.startswith("Low confidence") for said in fit(votes, everything(votes)).warnings)


@pytest.mark.parametrize(("people", "topics", "each"), [(60, 30, 20), (200, 40, 25), (800, 40, 15), (500, 100, 20)])
@pytest.mark.parametrize("seed", range(4))
def test_votes_that_do_not_hang_together_make_no_groups(people: int, topics: int, each: int, seed: int) -> None:
    votes = unrelated_votes(people, topics, each, seed)
    model = fit(votes, everything(votes))
    assert model.k == 1
    assert (model.labels == NOWHERE).all()
    assert "No stable groups were found." in model.warnings


def test_a_crowd_that_agrees_is_not_split() -> None:
    table = np.where(np.random.default_rng(0).random((80, 20)) < 0.95, 1, -1)
    votes = votes_of(table)
    assert fit(votes, everything(votes)).k == 1


def test_groups_can_be_asked_for_all_the_same() -> None:
    votes = unrelated_votes(200, 40, 25, 0)
    assert fit(votes, everything(votes), Config(allow_one_group=False)).k > 1


@pytest.mark.parametrize("groups", [2, 3, 4])
def test_planted_groups_are_counted_and_hold(groups: int) -> None:
    votes, group = planted(400, 60, groups, 2)
    model = fit(votes, everything(votes))
    held = settled(votes, model, stability(votes, model, 40, 0, cold=2))
    assert (model.k, held.stable) == (groups, True)
    assert alike(model.labels, group) >= 0.9


def test_groups_that_do_not_hold_are_let_go_with_the_reason() -> None:
    votes = unrelated_votes(200, 40, 25, 0)
    model = fit(votes, everything(votes), Config(allow_one_group=False))
    held = settled(votes, model, stability(votes, model, 40, 0, cold=2))
    assert not held.stable
    assert held.model.k > 1  # they were asked for
    assert any("no clearer than in votes shuffled" in reason or "do not hold" in reason for reason in held.reasons)


def test_shuffled_votes_stay_below_the_bound_of_a_crowd_without_groups() -> None:
    votes, _ = planted(300, 80, 2, 0)
    model = fit(votes, everything(votes))
    assert max(shuffled_silhouettes(votes, model)) < cloud_silhouette(300) < max(model.silhouette.values())


def test_no_group_is_smaller_than_asked() -> None:
    votes, _ = planted(200, 40, 2, 1)
    table = table_of(votes)
    table[:3] = np.where(table[10] == UNSEEN, UNSEEN, -table[10])
    model = fit(votes_of(table), everything(votes), Config(min_group=20))
    assert np.bincount(model.labels[model.labels >= 0]).min() >= 20


def test_groups_are_numbered_from_the_largest() -> None:
    votes, _ = planted(300, 40, 3, 4)
    sizes = np.bincount(fit(votes, everything(votes)).labels + 1)[1:]
    assert (np.diff(sizes) <= 0).all()


@given(st.integers(0, 2**32 - 1), st.integers(2, 5))
@settings(max_examples=20, deadline=None)
def test_moving_single_people_never_loosens_groups(seed: int, k: int) -> None:
    points = np.random.default_rng(seed).normal(size=(60, 2))
    once = np.ones(60)
    for found in lloyd(points, once, starting_centres(points, once, k)):
        better = polished(points, once, found)
        assert better.inertia <= found.inertia * (1 + 1e-9)
        distance = ((points[:, None] - better.centres[None]) ** 2).sum(axis=2)
        assert np.allclose(distance[np.arange(60), better.labels], distance.min(axis=1))


def test_where_nobody_voted_nothing_is_found() -> None:
    votes = votes_of(np.full((0, 0), 9))
    model = fit(votes, everything(votes))
    assert (model.k, model.warnings) == (1, ("Nobody has voted.",))
