"""Shortest paths from many partners at once: how far, through whom, and what is lost when somebody leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from placeweave.engines.network.graph import Graph, Integers

_BLOCK = 512
"""Sources walked at once: memory stays at a few matrices of n by this."""
_ALMOST_ONE = 1 - 1e-9

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Paths:
    """Shortest paths between all pairs.

    Attributes
    ----------
    steps : ndarray of shape (n, n)
        Ties on the shortest path; -1 where there is none.
    leaning : ndarray of shape (n, n)
        ``leaning[v, s]``: how many others ``s`` reaches through ``v``, each shared out over equally short paths.
    """

    steps: NDArray[np.int32]
    leaning: Floats

    @property
    def between(self) -> Floats:
        """Betweenness of each partner, in pairs, not normalised."""
        total: Floats = self.leaning.sum(axis=1) / 2
        return total


def shortest_paths(graph: Graph) -> Paths:
    """Walk from every partner, and gather back what leans on whom.

    References
    ----------
    Brandes, U. (2001). A faster algorithm for betweenness centrality. *Journal of Mathematical Sociology* 25(2).
    """
    n = len(graph.keys)
    joined = graph.multiplier()
    steps, leaning = np.empty((n, n), dtype=np.int32), np.empty((n, n))
    for start in range(0, n, _BLOCK):
        sources = np.arange(start, min(start + _BLOCK, n))
        far, ways = _walked(joined, sources)
        steps[:, sources], leaning[:, sources] = far, _gathered(joined, far, ways, sources)
    return Paths(steps, leaning)


def _walked(joined: Any, sources: Integers) -> tuple[NDArray[np.int32], Floats]:
    """Walk outwards from these sources, all at once: (steps, number of shortest ways), each of shape (n, sources)."""
    ways = np.zeros((joined.shape[0], len(sources)))
    ways[sources, np.arange(len(sources))] = 1.0
    far = np.where(ways > 0, 0, -1).astype(np.int32)
    edge, step = ways.copy(), 0
    while edge.any():
        step += 1
        edge = joined @ edge
        edge[far != -1] = 0.0
        far[edge > 0] = step
        ways += edge
    return far, ways


def _gathered(joined: Any, far: NDArray[np.int32], ways: Floats, sources: Integers) -> Floats:
    """Come back from the far ends, laying on each partner what leans on it."""
    leaning = np.zeros_like(ways)
    for step in range(int(far.max(initial=0)), 0, -1):
        share = np.divide(1.0 + leaning, ways, out=np.zeros_like(ways), where=far == step)
        leaning += np.where(far == step - 1, ways * (joined @ share), 0.0)
    leaning[sources, np.arange(len(sources))] = 0.0
    return leaning


def _nearness(steps: NDArray[np.int32]) -> Floats:
    near: Floats = np.divide(1.0, steps, out=np.zeros(steps.shape), where=steps > 0)
    return near


def losses(graph: Graph, paths: Paths) -> tuple[Integers, Floats]:
    """Say what the others lose when each partner in turn leaves.

    Returns
    -------
    (ndarray of shape (n,), ndarray of shape (n,))
        Pairs of others who could no longer reach each other, and the share of the others' efficiency that goes.

    Notes
    -----
    Only those who reach somebody through the one who leaves and no other way are walked from again.
    """
    n, near = len(graph.keys), _nearness(paths.steps)
    joined = graph.multiplier().astype(np.float32)
    cut, lost = np.zeros(n, dtype=np.int64), np.zeros(n)
    whole = near.sum() - 2 * near.sum(axis=1)
    for one in range(n):
        leaning = np.flatnonzero(paths.leaning[one] >= _ALMOST_ONE)
        if not len(leaning):
            continue
        reached, after = _reached(joined, leaning, without=one)
        before = np.count_nonzero(paths.steps[:, leaning] > 0) - len(leaning)  # less the one who leaves
        cut[one] = (before - reached) // 2
        gone = near[:, leaning].sum() - near[one, leaning].sum() - after
        lost[one] = max(gone / whole[one], 0.0) if whole[one] > 0 else 0.0
    return cut, lost


def _reached(joined: Any, sources: Integers, without: int) -> tuple[int, float]:
    """Walk outwards without one partner: (pairs that reach each other, the sum of their 1 / steps)."""
    edge = np.zeros((joined.shape[0], len(sources)), dtype=np.float32)
    edge[sources, np.arange(len(sources))] = 1.0
    unseen = edge == 0
    unseen[without] = False
    reached, nearness, step = 0, 0.0, 0
    while True:
        step += 1
        new = ((joined @ edge) > 0) & unseen
        met = int(np.count_nonzero(new))
        if not met:
            return reached, nearness
        unseen ^= new
        reached += met
        nearness += met / step
        edge = new.astype(np.float32)
