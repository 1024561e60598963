"""Core and edge: how deep in the network a partner stands, and whether there is a core at all."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from placeweave.engines.network.graph import Graph, Integers

_LEAST = 2
"""A core of one has no tie inside it, and an edge of one has none either: nothing could be compared."""


def core_numbers(graph: Graph) -> Integers:
    """Give the largest k for which each partner is among partners who all have k ties to each other.

    References
    ----------
    Seidman, S. B. (1983). Network structure and minimum degree. *Social Networks* 5(3).
    """
    left = graph.degrees.astype(np.float64)
    depth = np.zeros(len(left), dtype=np.int64)
    there = np.ones(len(left), dtype=bool)
    k = 0
    while there.any():
        k = max(k, int(left[there].min()))
        going = there & (left <= k)
        depth[going] = k
        there &= ~going
        left -= graph.joined @ going.astype(np.float64)
    return depth


def core_and_edge(graph: Graph) -> tuple[float | None, NDArray[np.bool_]]:
    """Part the partners into a core and an edge that resemble the ideal best.

    In the ideal, everybody in the core is tied to everybody in it, and nobody at the edge to anybody at the edge;
    ties between core and edge are left out of account. Starts from the best cut of the order by ties, then moves
    partners and swaps pairs while that helps.

    Returns
    -------
    (float or None, ndarray of bool, shape (n,))
        Correlation with the ideal (None where it has no meaning), and who is in the core.

    References
    ----------
    Borgatti, S. P. and Everett, M. G. (2000). Models of core/periphery structures. *Social Networks* 21(4).
    Lip, S. Z. W. (2011). A fast algorithm for the discrete core/periphery bipartitioning problem. arXiv:1102.5511.
    """
    start, is_core = degree_start(graph)
    if not is_core.any():
        return None, is_core
    best = start
    for _ in range(4 * len(graph.keys)):
        score, flipped = _best_move(graph, is_core)
        if score <= best + 1e-12:
            break
        best = score
        is_core = is_core ^ flipped
    return best, is_core


def degree_start(graph: Graph) -> tuple[float, NDArray[np.bool_]]:
    """Give the best of all cuts of the order by ties, and its correlation; an empty core where none has a meaning."""
    n = len(graph.keys)
    order = np.argsort(-graph.degrees, kind="stable")
    rank = np.empty(n, dtype=np.int64)
    rank[order] = np.arange(n)
    one, other = (rank[ends] for ends in graph.pairs)
    inside = np.cumsum(np.bincount(np.maximum(one, other), minlength=n))
    outside = len(one) - np.cumsum(np.bincount(np.minimum(one, other), minlength=n))
    sizes = np.arange(1, n + 1, dtype=np.float64)
    scores = _correlation(inside, outside, sizes, n)
    if not np.isfinite(scores).any():
        return -np.inf, np.zeros(n, dtype=bool)
    cut = int(np.nanargmax(np.where(np.isfinite(scores), scores, np.nan)))
    return float(scores[cut]), rank <= cut


def _correlation(inside: NDArray[Any], outside: NDArray[Any], size: NDArray[Any], n: int) -> NDArray[np.float64]:
    """Correlate ties with the ideal over the pairs of the core and those of the edge; -inf without a meaning."""
    core_pairs, edge_pairs = size * (size - 1) / 2, (n - size) * (n - size - 1) / 2
    ties = inside + outside
    spread = core_pairs * edge_pairs * ties * (core_pairs + edge_pairs - ties)
    covariance = inside * (edge_pairs - outside) - (core_pairs - inside) * outside
    sound = (spread > 0) & (size >= _LEAST) & (n - size >= _LEAST)
    return np.where(sound, covariance / np.sqrt(np.where(sound, spread, 1.0)), -np.inf)


def _best_move(graph: Graph, is_core: NDArray[np.bool_]) -> tuple[float, NDArray[np.bool_]]:
    """Look one move ahead: any one partner over the line, or any pair swapped across it."""
    n, to_core = len(is_core), graph.joined @ is_core.astype(np.float64)
    to_edge = graph.degrees - to_core
    size = int(is_core.sum())
    inside = to_core[is_core].sum() / 2
    outside = to_edge[~is_core].sum() / 2
    sign = np.where(is_core, -1.0, 1.0)
    single = _correlation(inside + sign * to_core, outside - sign * to_edge, size + sign, n)
    leaving, coming = np.flatnonzero(is_core), np.flatnonzero(~is_core)
    tied = graph.joined[leaving][:, coming].toarray()
    swapped_in = inside - to_core[leaving][:, None] + to_core[coming][None, :] - tied
    swapped_out = outside + to_edge[leaving][:, None] - to_edge[coming][None, :] - tied
    swaps = _correlation(swapped_in, swapped_out, np.full(tied.shape, size), n)
    flipped = np.zeros(n, dtype=bool)
    if single.max() >= swaps.max(initial=-np.inf):
        flipped[int(single.argmax())] = True
        return float(single.max()), flipped
    row, column = np.unravel_index(int(swaps.argmax()), swaps.shape)
    flipped[[leaving[row], coming[column]]] = True
    return float(swaps.max()), flipped
