"""Find groups of people who stand near each other, or say that there are none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from placeweave.engines.opinion.kmeans import Clustering, lloyd, polished, starting_centres
from placeweave.engines.opinion.records import Floats, Ints

MICRO = 100
SMALLEST_SHARE = 0.02
"""No group is smaller than this share of those who are placed."""

_GRID = 10
_REACH = 2.5
_WITHIN = 1.2533
"""The mean distance of two points drawn from one cloud, over its root mean square radius (both axes alike)."""


@dataclass(frozen=True, slots=True)
class Micro:
    """Small clouds of people, m of them.

    Attributes
    ----------
    points : (m, 2) middles
    weights : (m,) what each counts for in finding groups
    radius : (m,) mean squared distance of its people from its middle
    member : (n,) the cloud of each person
    people : (m,) how many people are in each
    """

    points: Floats
    weights: Floats
    radius: Floats
    member: Ints
    people: Floats


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups found: ``labels`` (n,) from the largest, ``centres`` (k, 2), and the silhouette of each k tried."""

    labels: Ints
    centres: Floats
    silhouette: Mapping[int, float]

    @property
    def k(self) -> int:
        """Count the groups."""
        return len(self.centres)


def micro_clusters(xy: Floats, weights: Floats) -> Micro:
    """Gather people into at most a hundred small clouds, on a grid laid over where most of them are."""
    if len(xy) <= MICRO:
        everyone = np.arange(len(xy), dtype=np.int32)
        return Micro(xy, weights, np.zeros(len(xy)), everyone, np.ones(len(xy)))
    middle = weights @ xy / weights.sum()
    spread = np.maximum(np.sqrt(weights @ (xy - middle) ** 2 / weights.sum()), np.finfo(float).tiny)
    cell = np.clip((xy - middle) / spread * (_GRID / 2 / _REACH) + _GRID / 2, 0, _GRID - 1e-9).astype(np.int64)
    code = cell[:, 0] * _GRID + cell[:, 1]
    people = np.bincount(code, minlength=MICRO)
    filled = people > 0
    mass = np.bincount(code, weights, MICRO)[filled].astype(np.float64)
    sums = np.column_stack([np.bincount(code, weights * xy[:, axis], MICRO)[filled] for axis in (0, 1)])
    squares = np.bincount(code, weights * (xy**2).sum(axis=1), MICRO)[filled]
    points = sums / mass[:, None]
    radius = np.maximum(squares / mass - (points**2).sum(axis=1), 0.0)
    member = (np.cumsum(filled) - 1)[code].astype(np.int32)
    return Micro(points, mass, radius, member, people[filled].astype(np.float64))


def find_groups(xy: Floats, weights: Floats, *, k_max: int = 5, min_group: int = 5) -> Groups | None:
    """Find the number of groups with the clearest silhouette, and who is in which.

    Parameters
    ----------
    xy : ndarray of shape (n, 2)
        Where the people who are placed stand, in an order that depends on content alone.
    weights : ndarray of shape (n,)
        What each person counts for; positive.
    k_max : int
        Tries 2 to this many.
    min_group : int
        A number of groups is not accepted if one of them has fewer people, or under 2 % of them.

    Returns
    -------
    Groups or None
        None where no number of groups is acceptable.

    References
    ----------
    Rousseeuw, P. (1987). Silhouettes. *Journal of Computational and Applied Mathematics* 20.
    """
    smallest = max(min_group, SMALLEST_SHARE * len(xy))
    if len(xy) < 2 * smallest:
        return None
    micro = micro_clusters(xy, weights)
    accepted = best_of_each(micro, k_max, smallest)
    if not accepted:
        return None
    silhouette = silhouettes(micro, accepted)
    chosen = max(sorted(silhouette), key=lambda k: silhouette[k])
    labels, centres = _refined(xy, weights, accepted[chosen].centres[:chosen], smallest)
    return Groups(labels, centres, silhouette)


def best_of_each(micro: Micro, k_max: int, smallest: float) -> dict[int, Clustering]:
    """Cluster for each k from every start at once; keep the tightest whose groups all have enough people."""
    starts = [
        np.pad(
            starting_centres(micro.points, micro.weights, k), ((0, 0), (0, k_max - k), (0, 0)), constant_values=np.inf
        )
        for k in range(2, min(k_max, len(micro.points)) + 1)
    ]
    if not starts:
        return {}
    best: dict[int, Clustering] = {}
    for place, found in enumerate(lloyd(micro.points, micro.weights, np.concatenate(starts))):
        k = 2 + place // len(starts[0])
        enough = np.bincount(found.labels, micro.people, k).min() >= smallest
        if enough and (k not in best or found.inertia < best[k].inertia):
            best[k] = found
    return best


def silhouettes(micro: Micro, clusterings: Mapping[int, Clustering]) -> dict[int, float]:
    """Give the mean silhouette over people, taking the width of the clouds into account."""
    between = ((micro.points[:, None] - micro.points[None]) ** 2).sum(axis=2)
    distance = np.sqrt(between + micro.radius[:, None] + micro.radius[None])
    np.fill_diagonal(distance, _WITHIN * np.sqrt(micro.radius))
    return {k: silhouette(distance, micro.weights, micro.people, found.labels, k) for k, found in clusterings.items()}


def silhouette(distance: Floats, weights: Floats, people: Floats, labels: Ints, k: int) -> float:
    """Give the mean silhouette of weighted points from their distances; somebody alone in a group counts as 0."""
    member = np.zeros((len(labels), k))
    member[np.arange(len(labels)), labels] = weights
    size = member.sum(axis=0)
    sums = distance @ member
    own = np.arange(len(labels)), labels
    one = weights / people  # what one person of the cloud counts for: a person is not near to themselves
    inside = (sums[own] - one * np.diagonal(distance)) / np.maximum(size[labels] - one, 1e-12)
    others = sums / np.maximum(size, 1e-12)
    others[own] = np.inf
    others[:, size == 0] = np.inf
    outside = others.min(axis=1)
    widest = np.maximum(np.maximum(inside, outside), np.finfo(float).tiny)
    return float(weights @ np.where(size[labels] > one * (1 + 1e-9), (outside - inside) / widest, 0.0) / weights.sum())


def _refined(xy: Floats, weights: Floats, centres: Floats, smallest: float) -> tuple[Ints, Floats]:
    """Let every person choose, from where the small clouds left the centres; number the groups from the largest."""
    found = lloyd(xy, weights, centres[None])[0]
    tighter = polished(xy, weights, found)
    if np.bincount(tighter.labels, minlength=len(centres)).min() >= smallest:
        found = tighter
    size = np.bincount(found.labels, minlength=len(centres))
    by_size = np.lexsort((found.centres[:, 1], found.centres[:, 0], -size))
    rank = np.empty(len(centres), np.int32)
    rank[by_size] = np.arange(len(centres), dtype=np.int32)
    return rank[found.labels], found.centres[by_size]
