"""Silos: how many ties stay inside a sector and how many cross its edge."""

from __future__ import annotations

import numpy as np

from placeweave.engines.network.graph import Graph
from placeweave.engines.network.records import Between, SectorTies, Silos


def silos(graph: Graph) -> Silos:
    """Give the E-I index of all ties and of each sector, and the density between every two sectors.

    References
    ----------
    Krackhardt, D. and Stern, R. N. (1988). Informal networks and organizational crises. *Social Psychology Quarterly*
    51(2).
    """
    table = _ties_between(graph)
    sizes = np.bincount(graph.sectors, minlength=len(graph.names))
    order = sorted(range(len(graph.names)), key=lambda index: graph.names[index])
    inside_all, all_ties = int(np.trace(table)), int(np.triu(table).sum())
    return Silos(
        index=_index(inside_all, all_ties - inside_all),
        sectors=tuple(_sector(graph, table, sizes, index) for index in order),
        between=tuple(
            _between(graph, table, sizes, i, j) for i in order for j in order if graph.names[i] <= graph.names[j]
        ),
    )


def _ties_between(graph: Graph) -> np.ndarray:
    """Count ties between sectors: symmetric, with the ties inside each sector on the diagonal."""
    one, other = (graph.sectors[ends] for ends in graph.pairs)
    table = np.zeros((len(graph.names), len(graph.names)), dtype=np.int64)
    np.add.at(table, (one, other), 1)
    both = table + table.T
    np.fill_diagonal(both, np.diag(table))
    return both


def _index(inside: int, across: int) -> float | None:
    return (across - inside) / (across + inside) if across + inside else None


def _sector(graph: Graph, table: np.ndarray, sizes: np.ndarray, at: int) -> SectorTies:
    inside = int(table[at, at])
    across = int(table[at].sum()) - inside
    return SectorTies(graph.names[at], int(sizes[at]), inside, across, _index(inside, across))


def _between(graph: Graph, table: np.ndarray, sizes: np.ndarray, one: int, other: int) -> Between:
    n, m = int(sizes[one]), int(sizes[other])
    possible = n * (n - 1) // 2 if one == other else n * m
    ties = int(table[one, other])
    return Between(graph.names[one], graph.names[other], ties, possible, ties / possible if possible else None)
