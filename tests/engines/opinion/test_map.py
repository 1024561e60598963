"""The axes are those of the whole matrix, and places are those that explain people's votes best."""

from __future__ import annotations

import numpy as np
import pytest

from placeweave.engines.opinion.axes import principal_axes
from placeweave.engines.opinion.fit import fit
from placeweave.engines.opinion.order import Ordered, ordered
from placeweave.engines.opinion.positions import PRIOR_VOTES, ridge_positions, scaled_positions
from placeweave.engines.opinion.records import Votes
from placeweave.engines.opinion.votes import counts_of, means_of
from tests.engines.opinion.crowds import CONVERSATIONS, Conversation, conversation, everything, planted_crowd
from tests.engines.opinion.made_models import planted, table_of


def rows_of(votes: Votes) -> Ordered:
    mean = means_of(*counts_of(votes))
    return ordered(votes, np.ones(votes.n_statements, np.bool_), mean)


@pytest.mark.parametrize("topics", [30, 400])
def test_the_sparse_axes_are_those_of_the_filled_matrix(topics: int) -> None:
    votes, _ = planted_crowd(600, topics, 60, 0)
    matrix = rows_of(votes).matrix
    _, singular, right = np.linalg.svd(matrix.toarray(), full_matrices=False)
    found = principal_axes(matrix, tolerance=1e-10)
    assert np.abs((found.axes * right[:2]).sum(axis=1)) == pytest.approx([1, 1], abs=1e-9)
    assert found.singular == pytest.approx(singular[:2])
    assert found.explained == pytest.approx(singular[:2] ** 2 / (singular**2).sum())


def test_the_largest_loading_of_each_axis_is_positive() -> None:
    votes, _ = planted(100, 20, 2)
    axes = principal_axes(rows_of(votes).matrix).axes
    assert (axes[[0, 1], np.abs(axes).argmax(axis=1)] > 0).all()


def test_a_new_map_faces_as_the_earlier_one_did() -> None:
    votes, _ = planted(200, 30, 3)
    first = fit(votes, everything(votes))
    turned = np.array([[0.0, -1.0], [1.0, 0.0]]) @ first.axes
    second = principal_axes(rows_of(votes).matrix, previous=turned[:, rows_of(votes).statements])
    assert np.allclose(second.axes, turned[:, rows_of(votes).statements], atol=1e-6)


def test_a_warm_fit_finds_the_groups_of_a_cold_one() -> None:
    votes, _ = planted_crowd(1_500, 300, 60, 1)
    cold = fit(votes, everything(votes))
    warm = fit(votes, everything(votes), warm=cold)
    assert np.array_equal(cold.labels, warm.labels)
    assert np.allclose(cold.xy, warm.xy, atol=1e-3)


def test_places_solve_the_ridge_of_each_person() -> None:
    votes, _ = planted(40, 12, 2, seen=0.6)
    rows = rows_of(votes)
    axes = principal_axes(rows.matrix).axes
    places = ridge_positions(rows.matrix, axes)
    for person in range(40):
        seen = rows.matrix.indices[rows.matrix.indptr[person] : rows.matrix.indptr[person + 1]]
        values = rows.matrix.data[rows.matrix.indptr[person] : rows.matrix.indptr[person + 1]]
        inverse = np.linalg.inv(axes[:, seen] @ axes[:, seen].T + PRIOR_VOTES / 12 * np.eye(2))
        assert places.xy[person] == pytest.approx(inverse @ axes[:, seen] @ values)
        assert places.covariance[person] == pytest.approx(places.noise * inverse)


def test_few_votes_leave_a_wider_place() -> None:
    votes, _ = planted_crowd(800, 100, 30, 0)
    rows = rows_of(votes)
    spread = np.trace(ridge_positions(rows.matrix, principal_axes(rows.matrix).axes).covariance, axis1=1, axis2=2)
    n_votes = np.diff(rows.matrix.indptr)
    assert spread[n_votes <= 5].min() > spread[n_votes >= 40].max()


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_our_places_foretell_masked_votes_better_than_the_scaling_of_polis(name: str) -> None:
    talk = conversation(name)
    ours, theirs = np.mean([masked_errors(talk, seed) for seed in range(3)], axis=0)
    assert ours < theirs


def masked_errors(talk: Conversation, seed: int) -> tuple[float, float]:
    """Hide a tenth of the votes, and say how far off both kinds of place are in foretelling them."""
    active = talk.statements.active
    columns = np.stack([talk.votes.participant, talk.votes.statement, talk.votes.value])
    columns = columns[:, active[columns[1]]]
    enough = np.bincount(columns[0], minlength=talk.votes.n_participants) >= 7
    masked = (np.random.default_rng(seed).random(columns.shape[1]) < 0.1) & enough[columns[0]]
    sizes = talk.votes.n_participants, talk.votes.n_statements
    known = Votes(columns[0, ~masked], columns[1, ~masked], columns[2, ~masked].astype(np.int8), *sizes)
    person, topic, value = columns[:, masked]
    mean = means_of(*counts_of(known))
    rows = ordered(known, active, mean)
    axes = principal_axes(rows.matrix).axes
    loadings, errors = np.zeros((2, active.size)), []
    loadings[:, rows.statements] = axes
    polis = scaled_positions(rows.matrix @ axes.T, np.diff(rows.matrix.indptr), rows.statements.size)
    for xy in (ridge_positions(rows.matrix, axes).xy, polis):
        placed = np.empty_like(xy)
        placed[rows.people] = xy
        foretold = mean[topic] + (placed[person] * loadings[:, topic].T).sum(axis=1)
        errors.append(float(((value - foretold) ** 2).mean()))
    return errors[0], errors[1]


def test_statements_left_out_have_no_place() -> None:
    votes, _ = planted(100, 20, 2)
    states = everything(votes)
    states.active[[3, 7]] = False
    model = fit(votes, states)
    assert (model.axes[:, [3, 7]] == 0).all()
    assert model.all_seen[3] == (table_of(votes)[:, 3] != 9).sum()


def test_states_that_do_not_fit_the_votes_are_refused() -> None:
    votes, _ = planted(10, 5, 1)
    other, _ = planted(10, 6, 1)
    with pytest.raises(ValueError, match="5 statements"):
        fit(votes, everything(other))
