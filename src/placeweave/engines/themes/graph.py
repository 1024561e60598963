"""Join each text to its nearest neighbours, and weigh the joins by how well they hold."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.cluster import MiniBatchKMeans
from sknetwork.clustering import Louvain

from placeweave.engines.themes.embed import Vectors, unit_rows

NEIGHBOURS = 15
LARGE = 20_000
"""Above this many texts, micro-clusters take the place of texts as the nodes of the graph."""
MICRO = 4_000
_BLOCK = 512
_LEAST = 1e-6
_RESOLUTIONS = (2.0, 4.0, 8.0, 16.0)
_RUNS_EACH = 8

Labels = NDArray[np.int64]


def neighbour_graph(vectors: Vectors, neighbours: int = NEIGHBOURS) -> sparse.csr_matrix:
    """Join each row to its nearest rows by cosine, exactly.

    Parameters
    ----------
    vectors : ndarray of shape (n, dimensions)
        Unit rows in an order that depends on content alone: ties (after rounding to 1e-5) go to the earlier row.
    neighbours : int
        How many neighbours each row chooses.

    Returns
    -------
    csr_matrix of shape (n, n)
        Symmetric (by maximum), cosines clipped at 1e-6, empty diagonal.
    """
    n = len(vectors)
    neighbours = min(neighbours, n - 1)
    if neighbours < 1:
        return sparse.csr_matrix((n, n))
    columns, weights = np.empty((n, neighbours), dtype=np.int64), np.empty((n, neighbours))
    earlier_first = np.arange(n) / (n + 1.0)
    for start in range(0, n, _BLOCK):
        rank = np.rint((vectors[start : start + _BLOCK] @ vectors.T).astype(np.float64) * 1e5)
        rank -= earlier_first
        here = np.arange(len(rank))
        rank[here, start + here] = -np.inf
        chosen = np.argpartition(rank, n - neighbours, axis=1)[:, n - neighbours :]
        columns[start : start + len(rank)] = chosen
        weights[start : start + len(rank)] = np.ceil(np.take_along_axis(rank, chosen, axis=1)) / 1e5
    rows = np.repeat(np.arange(n), neighbours)
    joined = sparse.csr_matrix((np.maximum(weights.ravel(), _LEAST), (rows, columns.ravel())), shape=(n, n))
    return sparse.csr_matrix(joined.maximum(joined.T))


def agreement(graph: sparse.csr_matrix, seed: int, scale: float = 1.0) -> sparse.csr_matrix:
    """Weigh each join by the share of many Louvain runs that keep its two ends together.

    Single runs disagree about weakly held texts. Counting over four resolutions and eight visiting orders leaves
    what holds in all of them, and so changes less when some texts are left out.

    References
    ----------
    Poulin, V. and Théberge, F. (2019). Ensemble clustering for graphs. *Applied Network Science* 4, 51.
    """
    joins = graph.tocoo()
    together = np.zeros(joins.nnz)
    for resolution in _RESOLUTIONS:
        for run in range(_RUNS_EACH):
            labels = louvain(graph, resolution * scale, seed=seed + run, shuffles=True)
            together += labels[joins.row] == labels[joins.col]
    share = together / (len(_RESOLUTIONS) * _RUNS_EACH)
    # A join that no run keeps still holds its text to the graph, or it would become a theme of its own.
    weights = joins.data * np.maximum(share, 1e-3)
    return sparse.csr_matrix((weights, (joins.row, joins.col)), shape=graph.shape)


def louvain(graph: sparse.csr_matrix, resolution: float, *, seed: int = 0, shuffles: bool = False) -> Labels:
    """Cluster a graph by Louvain.

    Louvain and not Leiden: Leiden's refinement in scikit-network draws from the C library's global generator, so it
    gives another answer each time it is called in one process.
    """
    if graph.nnz == 0:
        return np.zeros(graph.shape[0], dtype=np.int64)
    model = Louvain(resolution=resolution, random_state=seed, shuffle_nodes=shuffles)
    return np.asarray(model.fit_predict(graph), dtype=np.int64)


def gathered(graph: sparse.csr_matrix, labels: Labels) -> sparse.csr_matrix:
    """Fold a graph to one node per label; joins within a label become its self-loop."""
    n = len(labels)
    members = sparse.csr_matrix((np.ones(n), (np.arange(n), labels)), shape=(n, int(labels.max()) + 1))
    return sparse.csr_matrix(members.T @ graph @ members)


def micro_clusters(vectors: Vectors, seed: int) -> tuple[Vectors, Labels]:
    """Stand a few thousand small clusters in for very many texts.

    Returns
    -------
    (ndarray of shape (m, dimensions), ndarray of shape (n,))
        Unit centroids, and the micro-cluster of each row.
    """
    model = MiniBatchKMeans(
        MICRO, batch_size=8_192, max_iter=10, n_init=1, init="random", reassignment_ratio=0, random_state=seed
    )
    _, labels = np.unique(model.fit_predict(vectors), return_inverse=True)
    members = sparse.csr_matrix((np.ones(len(labels), dtype=np.float32), (labels, np.arange(len(labels)))))
    return unit_rows(members @ vectors), np.asarray(labels, dtype=np.int64)
