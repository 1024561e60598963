"""Ties whose loss would part the network."""

from __future__ import annotations

from collections.abc import Iterator

from placeweave.engines.network.graph import Graph


def bridges(graph: Graph) -> list[tuple[int, int]]:
    """Find the ties that are the only way between two parts, as pairs of positions.

    References
    ----------
    Tarjan, R. E. (1974). A note on finding the bridges of a graph. *Information Processing Letters* 2(6).
    """
    n = len(graph.keys)
    around = [graph.joined.indices[graph.joined.indptr[i] : graph.joined.indptr[i + 1]].tolist() for i in range(n)]
    met, low = [-1] * n, [0] * n
    found: list[tuple[int, int]] = []
    for root in range(n):
        if met[root] == -1:
            _search(root, around, met, low, found)
    return sorted(found)


def _search(root: int, around: list[list[int]], met: list[int], low: list[int], found: list[tuple[int, int]]) -> None:
    """Walk one component depth first, without recursion: a chain of partners may be long."""
    clock = max(met) + 1
    met[root] = low[root] = clock
    trail: list[tuple[int, int, Iterator[int]]] = [(root, -1, iter(around[root]))]
    while trail:
        here, came_from, onward = trail[-1]
        step = next(onward, None)
        if step is None:
            trail.pop()
            _close(here, came_from, met, low, found)
        elif met[step] == -1:
            clock += 1
            met[step] = low[step] = clock
            trail.append((step, here, iter(around[step])))
        elif step != came_from:
            low[here] = min(low[here], met[step])


def _close(here: int, came_from: int, met: list[int], low: list[int], found: list[tuple[int, int]]) -> None:
    if came_from == -1:
        return
    low[came_from] = min(low[came_from], low[here])
    if low[here] > met[came_from]:
        found.append((min(here, came_from), max(here, came_from)))
