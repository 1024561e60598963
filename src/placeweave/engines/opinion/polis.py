"""Fit as Polis does, zeroed columns and order-dependent seeds included, to compare with what Polis publishes.

Source: compdemocracy/polis, math/ (Small, C. et al. 2021. Polis: scaling deliberation by mapping high dimensional
opinion spaces. *Recerca* 26). Written from its formulas. What makes its groups depend on arrival is kept on purpose.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.cluster.vq import vq

from placeweave.engines.opinion.axes import principal_axes
from placeweave.engines.opinion.clusters import silhouette
from placeweave.engines.opinion.counts import group_counts, voted_enough
from placeweave.engines.opinion.kmeans import Clustering, lloyd
from placeweave.engines.opinion.positions import scaled_positions
from placeweave.engines.opinion.records import NOWHERE, Config, Flags, Floats, Ints, Model, Statements, Votes
from placeweave.engines.opinion.votes import counts_of, means_of

_BASE = 100
_BASE_STEPS = 100
_BASE_STILL = 0.01
_GROUP_STEPS = 20
_BASE_PER_GROUP = 12


def fit(votes: Votes, statements: Statements, config: Config) -> Model:
    """Fit in ``polis`` mode; people's numbers are taken as the order in which they arrived."""
    out = statements.meta | ~statements.active
    agree, disagree, seen = counts_of(votes)
    mean = np.where(out, 0.0, means_of(agree, disagree, seen))
    matrix = _centred(votes, out, mean)
    axes = principal_axes(matrix, tolerance=1e-10)
    voted = seen > 0
    n_votes = np.bincount(votes.participant, minlength=votes.n_participants)
    scale_votes = np.diff(matrix.indptr) + int((out & voted).sum())
    xy = scaled_positions(matrix @ axes.axes.T, scale_votes, int(voted.sum()))
    included = voted_enough(n_votes, int(voted.sum()), config.min_votes)
    labels, centres, silhouettes = _grouped(xy, included, config.k_max)
    k = len(centres)
    of_groups = labels if k > 1 else np.where(included, 0, NOWHERE).astype(np.int32)
    counted = group_counts(votes, of_groups, k)
    return Model(
        config=config,
        statements=statements,
        mean=mean,
        axes=axes.axes,
        singular=axes.singular,
        explained=axes.explained,
        xy=xy,
        xy_cov=np.zeros((votes.n_participants, 2, 2)),
        included=included,
        labels=labels,
        k=k,
        silhouette=silhouettes,
        centres=centres,
        agree=counted[0],
        disagree=counted[1],
        seen=counted[2],
        all_agree=agree,
        all_disagree=disagree,
        all_seen=seen,
        warnings=("Polis mode: groups depend on the order in which people arrived.",),
    )


def _centred(votes: Votes, out: Flags, mean: Floats) -> sparse.csr_array:
    """Give votes less their means, moderated columns empty: zeros, which is what Polis makes of them."""
    counts = ~out[votes.statement]
    person, topic = votes.participant[counts], votes.statement[counts]
    values = votes.value[counts] - mean[topic]
    return sparse.coo_array((values, (person, topic)), shape=(votes.n_participants, votes.n_statements)).tocsr()


def _grouped(xy: Floats, included: Flags, k_max: int) -> tuple[Ints, Floats, dict[int, float]]:
    """Cluster people into base clusters and those into groups; the clearest silhouette wins, ties to more groups."""
    labels = np.full(len(xy), NOWHERE, np.int32)
    people = xy[included]
    base, member = base_clusters(people)
    most = min(k_max, 2 + len(base) // _BASE_PER_GROUP, len(base))
    if most < 2:
        return labels, people.mean(axis=0, keepdims=True) if len(people) else np.zeros((1, 2)), {}
    weights = np.bincount(member, minlength=len(base)).astype(np.float64)
    distance = np.sqrt(((base[:, None] - base[None]) ** 2).sum(axis=2))
    found: dict[int, Clustering] = {
        k: lloyd(base, weights, base[None, :k], iterations=_GROUP_STEPS)[0] for k in range(2, most + 1)
    }
    once = np.ones(len(base))
    silhouettes = {k: silhouette(distance, once, once, one.labels, k) for k, one in found.items()}
    best = found[max(silhouettes, key=lambda k: (silhouettes[k], k))]
    group = best.labels[member]
    size = np.bincount(group, minlength=len(best.centres))
    by_size = np.argsort(-size, kind="stable")[: int((size > 0).sum())]
    rank = np.full(len(size), NOWHERE, np.int32)
    rank[by_size] = np.arange(len(by_size), dtype=np.int32)
    labels[included] = rank[group]
    return labels, best.centres[by_size], silhouettes


def base_clusters(people: Floats) -> tuple[Floats, Ints]:
    """Gather people into at most a hundred base clusters, seeded with the first distinct places."""
    _, first = np.unique(people, axis=0, return_index=True)
    centres = people[np.sort(first)[:_BASE]]
    if not len(centres):
        return centres, np.zeros(0, np.int32)
    for _ in range(_BASE_STEPS):
        member = vq(people, centres, check_finite=False)[0]
        size = np.bincount(member, minlength=len(centres))
        sums = np.column_stack([np.bincount(member, people[:, axis], len(centres)) for axis in (0, 1)])
        moved = (sums / np.maximum(size, 1)[:, None])[size > 0]
        still = len(moved) == len(centres) and float(np.abs(moved - centres).max()) < _BASE_STILL
        centres = moved
        if still:
            break
    return centres, vq(people, centres, check_finite=False)[0].astype(np.int32)
