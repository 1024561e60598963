"""Where each partner stands in the picture of the network: worked out once, on the server, from a seed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from placeweave.engines.network.graph import Graph, graph_of
from placeweave.engines.network.paths import shortest_paths
from placeweave.engines.network.records import Key, PartnerNet

_ROUNDS = 150
_LOOSE = 0.2
"""How much less a pair without a path weighs: those apart stand near the edge, and do not squeeze the rest."""
_FLAT = 0.6
"""Names stand beneath and are wider than high, so circles need more room sideways."""
Points = NDArray[np.float64]


def positions(net: PartnerNet, by: str, *, at_least: int = 1, seed: int = 0) -> dict[Key, tuple[float, float]]:
    """Place partners in a square from 0 to 1, those who work together near each other.

    Distances in the picture follow shortest paths (stress majorisation); those without a path are held apart loosely.
    Then points that would cover each other are pushed apart.

    References
    ----------
    Gansner, E. R., Koren, Y. and North, S. (2005). Graph drawing by stress majorization. *Graph Drawing 2004*.
    """
    graph = graph_of(net, by, at_least)
    n = len(graph.keys)
    if n < 2:
        return dict.fromkeys(graph.keys, (0.5, 0.5))
    drawn = _in_square(_settled(*_wished(graph), seed))
    points = _parted(drawn * (_FLAT, 1.0), 0.55 / np.sqrt(n)) / (_FLAT, 1.0)
    return {
        key: (round(float(x), 4), round(float(y), 4))
        for key, (x, y) in zip(graph.keys, _in_square(points), strict=True)
    }


def _wished(graph: Graph) -> tuple[Points, Points]:
    """Give the distance each pair should have and what it weighs: steps, a little less inside a sector."""
    steps = shortest_paths(graph).steps.astype(np.float64)
    has_path = steps >= 0
    apart = np.where(has_path, steps, 0.6 * steps.max() + 1.0)
    same = graph.sectors[:, None] == graph.sectors[None, :]
    wished: Points = np.where(same, 0.85 * apart, apart)
    np.fill_diagonal(wished, 0.0)
    weights: Points = np.divide(1.0, wished**2, out=np.zeros_like(wished), where=wished > 0)
    return wished, np.where(has_path, weights, _LOOSE * weights)


def _settled(wished: Points, weights: Points, seed: int) -> Points:
    """Lessen the stress, one Guttman transform after another."""
    n = len(wished)
    points: Points = np.random.default_rng(seed).standard_normal((n, 2)) * wished.mean()
    pull = np.diag(weights.sum(axis=1)) - weights
    inverse = np.asarray(np.linalg.pinv(pull), dtype=np.float64)
    for _ in range(_ROUNDS):
        moved = inverse @ (_guttman(points, wished, weights) @ points)
        if np.abs(moved - points).max() < 1e-3:
            break
        points = moved
    return points


def _guttman(points: Points, wished: Points, weights: Points) -> Points:
    apart = np.linalg.norm(points[:, None] - points[None, :], axis=2)
    ratio = np.divide(weights * wished, apart, out=np.zeros_like(apart), where=apart > 1e-9)
    matrix: Points = -ratio
    np.fill_diagonal(matrix, ratio.sum(axis=1))
    return matrix


def _parted(points: Points, least: float) -> Points:
    """Push apart points that are nearer than ``least``, half the way each, until few are."""
    for _ in range(60):
        offset = points[:, None] - points[None, :]
        apart = np.linalg.norm(offset, axis=2)
        np.fill_diagonal(apart, np.inf)
        short = np.maximum(least - apart, 0.0)
        if not short.any():
            break
        turn = np.divide(offset, apart[..., None], out=np.zeros_like(offset), where=apart[..., None] > 1e-9)
        points = points + 0.45 * (short[..., None] * turn).sum(axis=1)
    return points


def _in_square(points: Points) -> Points:
    low, high = points.min(axis=0), points.max(axis=0)
    span: Points = np.where(high - low > 1e-9, high - low, 1.0)
    scaled: Points = (points - low) / span
    return np.where(high - low > 1e-9, scaled, 0.5)
