"""Groups of partners who work with each other more than with the rest."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sknetwork.clustering import Louvain, get_modularity

from placeweave.engines.network.graph import Graph, Integers

_RUNS = 5


def groups(graph: Graph, seed: int) -> tuple[float, Integers]:
    """Give the best of several Louvain runs: (modularity, group of each partner); isolated partners are groups of one.

    References
    ----------
    Blondel, V. D. et al. (2008). Fast unfolding of communities in large networks. *Journal of Statistical Mechanics*.
    """
    if graph.joined.nnz == 0:
        return 0.0, np.arange(len(graph.keys))
    joined = sparse.csr_matrix(graph.joined)
    runs = [_run(joined, seed + run) for run in range(_RUNS)]
    best = max(range(_RUNS), key=lambda run: (round(runs[run][0], 12), -run))
    modularity, labels = runs[best]
    return modularity, _numbered(labels, graph.degrees == 0)


def _run(joined: sparse.csr_matrix, seed: int) -> tuple[float, Integers]:
    labels = np.asarray(Louvain(random_state=seed, shuffle_nodes=True).fit_predict(joined), dtype=np.int64)
    return float(get_modularity(joined, labels)), labels


def _numbered(labels: Integers, isolated: NDArray[np.bool_]) -> Integers:
    """Number groups from the largest on; those without a tie each stand alone at the end."""
    apart = np.where(isolated, labels.max() + 1 + np.arange(len(labels)), labels)
    _values, first, numbered, counts = np.unique(apart, return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(counts), dtype=np.int64)
    rank[np.lexsort((first, -counts))] = np.arange(len(counts))
    return rank[numbered]
