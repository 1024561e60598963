"""Fit the map of opinion: axes, positions, groups and their counts."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from placeweave.engines.opinion import polis
from placeweave.engines.opinion.axes import CLOSE, Axes, principal_axes
from placeweave.engines.opinion.chance import cloud_silhouette, hang_together, sure_placement
from placeweave.engines.opinion.clusters import Groups, find_groups
from placeweave.engines.opinion.counts import group_counts, voted_enough
from placeweave.engines.opinion.order import Ordered, ordered
from placeweave.engines.opinion.positions import Positions, ridge_positions, sureness
from placeweave.engines.opinion.records import NOWHERE, Config, Flags, Floats, Ints, Model, Statements, Votes
from placeweave.engines.opinion.votes import counts_of, means_of

_DEFAULT = Config()

FEW_PEOPLE = 30
FEW_VOTES = 10
SPARSE = 0.03
"""Where fewer of the possible votes than this were cast, planted groups were found in part only."""
SURE = 0.8


@dataclass(frozen=True, slots=True)
class _Map:
    """What was found, with people and statements back under their own numbers."""

    axes: Axes
    loadings: Floats
    xy: Floats
    covariance: Floats
    included: Flags


def fit(votes: Votes, statements: Statements, config: Config = _DEFAULT, warm: Model | None = None) -> Model:
    """Place people and statements, and find the groups.

    Parameters
    ----------
    votes : Votes
        The standing votes.
    statements : Statements
        Which of them count; in ``own`` mode the others are left out altogether.
    config : Config
    warm : Model, optional
        An earlier fit of the same conversation: new people and statements have been added at the end. The map turns to
        face as that one did, and is found sooner.

    Returns
    -------
    Model

    Raises
    ------
    ValueError
        If the statements are not as many as the votes say.

    Examples
    --------
    >>> from placeweave.engines.opinion.votes import votes_from_events
    >>> votes = votes_from_events([1, 1, 2], [7, 8, 7], [1, -1, 1]).votes
    >>> everything = np.ones(2, bool)
    >>> fit(votes, Statements(active=everything, meta=~everything)).k
    1
    """
    if statements.active.shape != (votes.n_statements,) or statements.meta.shape != (votes.n_statements,):
        raise ValueError(f"There are votes on {votes.n_statements} statements, but states of {statements.active.size}.")
    if config.mode == "polis":
        return polis.fit(votes, statements, config)
    counting = statements.active & ~statements.meta
    agree, disagree, seen = counts_of(votes)
    mean = np.where(counting, means_of(agree, disagree, seen), 0.0)
    rows = ordered(votes, counting, mean)
    before = _earlier_axes(warm, rows.statements)
    axes = principal_axes(rows.matrix, twins=rows.twins, start=before, previous=before)
    places = ridge_positions(rows.matrix, axes.axes)
    n_votes = np.diff(rows.matrix.indptr)
    included = voted_enough(n_votes, int(counting.sum()), config.min_votes)
    clear = find_groups(
        places.xy[included], sureness(n_votes[included]), k_max=config.k_max, min_group=config.min_group
    )
    found = clear if clear and _stands_out(clear, rows, axes, config) else None
    labels = _labels(found, rows, included)
    returned = _returned(rows, axes, places, included, votes.n_statements)
    k = found.k if found else 1
    counted = group_counts(votes, labels if found else np.where(returned.included, 0, NOWHERE).astype(np.int32), k)
    return Model(
        config=config,
        statements=statements,
        mean=mean,
        axes=returned.loadings,
        singular=axes.singular,
        explained=axes.explained,
        xy=returned.xy,
        xy_cov=returned.covariance,
        included=returned.included,
        labels=labels,
        k=k,
        silhouette=clear.silhouette if clear else {},
        centres=found.centres if found else _middle(places.xy[included]),
        agree=counted[0],
        disagree=counted[1],
        seen=counted[2],
        all_agree=agree,
        all_disagree=disagree,
        all_seen=seen,
        warnings=_warnings(rows, axes, places, included, found),
    )


def regrouped(model: Model, votes: Votes, labels: Ints) -> Model:
    """Give the same map with other groups: people's labels from 0, or ``NOWHERE``."""
    k = int(labels.max(initial=0)) + 1
    agree, disagree, seen = group_counts(votes, labels, k)
    centres = np.stack([_middle(model.xy[labels == group])[0] for group in range(k)])
    return replace(
        model, labels=labels.astype(np.int32), k=k, centres=centres, agree=agree, disagree=disagree, seen=seen
    )


def _earlier_axes(warm: Model | None, statements: Ints) -> Floats | None:
    """Give the axes of an earlier fit on the statements of this one; 0 on those it did not know."""
    if warm is None:
        return None
    known = statements < warm.axes.shape[1]
    before = np.zeros((2, statements.size))
    before[:, known] = warm.axes[:, statements[known]]
    return before if (np.linalg.norm(before, axis=1) > 0).all() else None


def _labels(found: Groups | None, rows: Ordered, included: Flags) -> Ints:
    labels = np.full(rows.people.size, NOWHERE, np.int32)
    if found is not None:
        labels[rows.people[included]] = found.labels
    return labels


def _returned(rows: Ordered, axes: Axes, places: Positions, included: Flags, n_statements: int) -> _Map:
    """Bring people and statements back under their own numbers."""
    loadings = np.zeros((2, n_statements))
    loadings[:, rows.statements] = axes.axes
    xy, covariance = np.empty_like(places.xy), np.empty_like(places.covariance)
    xy[rows.people], covariance[rows.people] = places.xy, places.covariance
    placed = np.empty_like(included)
    placed[rows.people] = included
    return _Map(axes, loadings, xy, covariance, placed)


def _middle(xy: Floats) -> Floats:
    return xy.mean(axis=0, keepdims=True) if len(xy) else np.zeros((1, 2))


def _stands_out(found: Groups, rows: Ordered, axes: Axes, config: Config) -> bool:
    """Say whether the votes hang together and the groups are clearer than those of a crowd that has none."""
    if not config.allow_one_group:
        return True
    clearest = max(found.silhouette.values())
    return clearest > cloud_silhouette(len(found.labels)) and hang_together(rows.matrix, axes.singular)


def _warnings(rows: Ordered, axes: Axes, places: Positions, included: Flags, found: Groups | None) -> tuple[str, ...]:
    n_votes = np.diff(rows.matrix.indptr)[included]
    if not n_votes.size:
        return ("Nobody has voted.",)
    cast = rows.matrix.nnz / (rows.matrix.shape[0] * rows.matrix.shape[1])
    sure = 1.0
    if found is not None:
        sure = sure_placement(places.xy[included], places.covariance[included], found.labels, found.centres)
    said = {
        f"Low confidence: fewer than {FEW_PEOPLE} people voted enough to be placed.": n_votes.size < FEW_PEOPLE,
        f"Low confidence: half of those placed have fewer than {FEW_VOTES} votes.": np.median(n_votes) < FEW_VOTES,
        f"Low confidence: {100 * cast:.1f} % of all possible votes were cast, so two people saw few statements in "
        "common, and small groups can be missed.": cast < SPARSE,
        f"Low confidence: {100 * (1 - sure):.0f} % of people may stand on the wrong side of a border.": sure < SURE,
        "The two axes are as long as each other: only the plane of the map has a meaning, not its axes.": axes.gaps[0]
        < CLOSE,
        "A third axis is about as long as the second: another map would be as good.": axes.gaps[1] < CLOSE,
        "No stable groups were found.": found is None,
    }
    return tuple(sentence for sentence, holds in said.items() if holds)
