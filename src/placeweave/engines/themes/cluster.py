"""Find groups of texts at several resolutions, or in an exact number, and say which texts sit badly."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sknetwork.hierarchy import Paris, cut_straight

from placeweave.engines.themes.embed import Vectors, unit_rows
from placeweave.engines.themes.graph import (
    LARGE,
    Labels,
    agreement,
    gathered,
    louvain,
    micro_clusters,
    neighbour_graph,
)

LEVELS = ("coarse", "mid", "fine")
MOST_UNPLACED = 0.15
LEAST_MARGIN = 0.1
_RESOLUTION = {"fine": 6.0, "mid": 2.0, "coarse": 0.5}
_FINEST = 1e5
_HALVINGS = 12


@dataclass(frozen=True, slots=True)
class Clusters:
    """The groups of every text: at each level, at the level asked for, and the texts that sit badly there."""

    levels: dict[str, Labels]
    labels: Labels
    margin: NDArray[np.float64]


def cluster(vectors: Vectors, *, level: str, themes: int | None, seed: int) -> Clusters:
    """Group the rows of ``vectors``.

    Parameters
    ----------
    vectors : ndarray of shape (n, dimensions), n >= 1
        Unit rows, none of zeros, in an order that depends on content alone.
    level : {"coarse", "mid", "fine"}
        Which level is wanted where no number is asked for.
    themes : int or None
        An exact number of groups, at least 1 and at most n.
    seed : int
        Of the Louvain visiting orders.

    Returns
    -------
    Clusters
        Labels of shape (n,) and a margin in [-1, 1] per row: the share of its joins that stay in its own group, less
        the share that goes to the strongest other group.
    """
    nodes, belongs = (vectors, np.arange(len(vectors))) if len(vectors) <= LARGE else micro_clusters(vectors, seed)
    joins = neighbour_graph(nodes, _neighbours(len(nodes)))
    graph = agreement(joins, seed, _scale(len(nodes)))
    levels = _ladder(graph)
    labels = levels[level] if themes is None else _exactly(graph, levels["fine"], themes)
    margin = _margin(joins, labels)
    return Clusters({name: found[belongs] for name, found in levels.items()}, labels[belongs], margin[belongs])


def dendrogram_parts(vectors: Vectors, parts: int) -> Labels:
    """Divide rows into a number of parts by the Paris dendrogram, which does not depend on row order."""
    return _cut(neighbour_graph(vectors, _neighbours(len(vectors))), parts)


def separate(labels: Labels, vectors: Vectors, apart: Sequence[tuple[int, int]]) -> Labels:
    """Part the pairs that people said do not belong together.

    Of each pair found in one group, the row further from the group's middle moves to the nearest group that holds
    nothing it must be apart from, or to a new one.
    """
    labels = labels.copy()
    foes: dict[int, set[int]] = {}
    for a, b in apart:
        foes.setdefault(a, set()).add(b)
        foes.setdefault(b, set()).add(a)
    for a, b in sorted(apart):
        if labels[a] == labels[b]:
            middles = centroids(vectors, labels)
            home = middles[labels[a]]
            mover = a if vectors[a] @ home < vectors[b] @ home else b
            barred = {int(labels[foe]) for foe in foes[mover]}
            free = [k for k in np.argsort(-(middles @ vectors[mover]), kind="stable") if int(k) not in barred]
            close = free and float(middles[free[0]] @ vectors[mover]) > 0.1
            labels[mover] = free[0] if close else len(middles)
    return np.asarray(np.unique(labels, return_inverse=True)[1], dtype=np.int64)


def centroids(vectors: Vectors, labels: Labels) -> Vectors:
    """Give the unit middle of each group, shape (groups, dimensions)."""
    n = len(labels)
    members = sparse.csr_matrix((np.ones(n, dtype=np.float32), (labels, np.arange(n))))
    return unit_rows(members @ vectors)


def badly_placed(margin: NDArray[np.float64], labels: Labels) -> NDArray[np.bool_]:
    """Mark rows that lean to another group, or stand alone: the worst first, at most ``MOST_UNPLACED`` of all."""
    alone = np.bincount(labels)[labels] == 1
    score = np.where(alone, -2.0, margin)
    worst = np.argsort(score, kind="stable")[: int(MOST_UNPLACED * len(score))]
    marked = np.zeros(len(score), dtype=bool)
    marked[worst] = score[worst] < LEAST_MARGIN
    return marked


def _neighbours(n: int) -> int:
    """How many neighbours suit n texts: 15, but fewer in a small set, where 15 would join everything."""
    return min(15, max(3, round(0.75 * math.sqrt(n))))


def _scale(n: int) -> float:
    """Lower resolutions for small sets: fifty notes want a handful of themes."""
    return min(1.0, max(0.4, n / 2_000))


def _ladder(graph: sparse.csr_matrix) -> dict[str, Labels]:
    """Group finely, then keep folding the groups: each level nests in the next coarser one."""
    levels: dict[str, Labels] = {}
    labels = np.arange(graph.shape[0])
    for name in ("fine", "mid", "coarse"):
        labels = louvain(gathered(graph, labels), _RESOLUTION[name] * _scale(len(labels)))[labels]
        levels[name] = labels
    return levels


def _exactly(graph: sparse.csr_matrix, fine: Labels, count: int) -> Labels:
    """Give exactly ``count`` groups.

    Refine until there are enough, search for the resolution whose folding comes closest from above, and fold what
    is left over by the dendrogram of groups.
    """
    labels, resolution = fine, _RESOLUTION["fine"] * _scale(len(fine))
    while labels.max() + 1 < count and resolution < _FINEST:
        resolution *= 2
        labels = louvain(graph, resolution)
    if labels.max() + 1 < count:
        labels = np.arange(graph.shape[0])
    closest = _closest_above(gathered(graph, labels), count, resolution)[labels]
    return _cut(gathered(graph, closest), count)[closest]


def _closest_above(graph: sparse.csr_matrix, count: int, highest: float) -> Labels:
    """Search between resolutions, by halving, for the fewest groups that are still at least ``count``."""
    best, lowest = np.arange(graph.shape[0]), 0.05
    for _ in range(_HALVINGS):
        resolution = (lowest * highest) ** 0.5
        labels = louvain(graph, resolution)
        if labels.max() + 1 < count:
            lowest = resolution
            continue
        highest = resolution
        if labels.max() < best.max():
            best = labels
    return best


def _cut(graph: sparse.csr_matrix, count: int) -> Labels:
    """Cut the Paris dendrogram of a graph into exactly ``count`` groups.

    Parts that touch nowhere all join at the same height, so the cut may leave more: the smallest, which come last,
    are then put together.
    """
    n = graph.shape[0]
    if count >= n:
        return np.arange(n)
    if count <= 1 or n < 3:
        return np.zeros(n, dtype=np.int64)
    tree = Paris().fit_predict(graph)
    return np.minimum(np.asarray(cut_straight(tree, n_clusters=count), dtype=np.int64), count - 1)


def _margin(graph: sparse.csr_matrix, labels: Labels) -> NDArray[np.float64]:
    """Give, per node, the share of joins to its own group less the largest share to any other."""
    n = len(labels)
    members = sparse.csr_matrix((np.ones(n), (np.arange(n), labels)), shape=(n, int(labels.max()) + 1))
    pull = sparse.csr_matrix(graph @ members)
    own = sparse.csr_matrix(pull.multiply(members))
    strongest_other = sparse.csr_matrix(pull - own).max(axis=1).toarray().ravel()
    total = np.maximum(np.asarray(pull.sum(axis=1)).ravel(), 1e-12)
    return np.asarray((np.asarray(own.sum(axis=1)).ravel() - strongest_other) / total, dtype=np.float64)
