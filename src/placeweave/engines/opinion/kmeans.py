"""k-means from many starts at once, on few weighted points, with no chance in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from placeweave.engines.opinion.records import Floats, Ints

ITERATIONS = 40
POLISHING = 50
CROWD = 2000


@dataclass(frozen=True, slots=True)
class Clustering:
    """One clustering: ``labels`` (m,), ``centres`` (k, 2), and the weighted sum of squared distances."""

    labels: Ints
    centres: Floats
    inertia: float


def lloyd(points: Floats, weights: Floats, centres: Floats, *, iterations: int = ITERATIONS) -> list[Clustering]:
    """Improve several sets of centres until no point changes hands.

    Parameters
    ----------
    points : ndarray of shape (m, 2)
    weights : ndarray of shape (m,)
        People at each point.
    centres : ndarray of shape (starts, k, 2)
        Infinite where a start has fewer centres than k.

    Returns
    -------
    list of Clustering
        One a start, in the given order.

    References
    ----------
    Lloyd, S. (1982). Least squares quantization in PCM. *IEEE Transactions on Information Theory* 28.
    """
    starts, k, _ = centres.shape
    shape = (k, starts, len(points))
    offsets = np.arange(starts)[:, None] * k
    masses = [
        np.broadcast_to(mass, shape[1:]).ravel() for mass in (weights, weights * points[:, 0], weights * points[:, 1])
    ]
    labels = np.full(shape[1:], -1)
    for _ in range(iterations):
        nearest = _distances(points, centres).argmin(axis=0)
        if np.array_equal(nearest, labels):
            break
        labels = nearest
        slots = (labels + offsets).ravel()
        weight, *sums = (np.bincount(slots, mass, starts * k).reshape(starts, k) for mass in masses)
        moved = np.stack(sums, axis=2) / np.maximum(weight, np.finfo(float).tiny)[:, :, None]
        centres = np.where(weight[:, :, None] > 0, moved, centres)
    inertia = np.maximum(_distances(points, centres).min(axis=0) + (points**2).sum(axis=1), 0.0) @ weights
    return [
        Clustering(labels[start].astype(np.int32), centres[start], float(inertia[start])) for start in range(starts)
    ]


def polished(points: Floats, weights: Floats, found: Clustering) -> Clustering:
    """Move single points, the most rewarding first, for as long as it makes the clusters tighter.

    Lloyd's steps stop where each point is nearest to its own centre; that the centre would follow a point that leaves
    is seen only here. Afterwards, too, each point is nearest to its own centre. In a crowd of thousands no single
    person moves a centre to speak of, and nothing is done.

    References
    ----------
    Hartigan, J. and Wong, M. (1979). A k-means clustering algorithm. *Applied Statistics* 28.
    """
    if len(points) > CROWD:
        return found
    labels, k = found.labels.copy(), len(found.centres)
    everyone = np.arange(len(points))
    mass, centres = _masses(points, weights, labels, k)
    for _ in range(POLISHING):
        far = np.maximum(((points[:, None] - centres[None]) ** 2).sum(axis=2), 0.0)
        cost = far * (mass / (mass + weights[:, None]))
        left = mass[labels] - weights
        cost[everyone, labels] = np.where(left > 0, far[everyone, labels] * mass[labels] / np.maximum(left, 1e-12), 0.0)
        target = cost.argmin(axis=1)
        gain = weights * (cost[everyone, labels] - cost[everyone, target])
        point = int(gain.argmax())
        if gain[point] <= 1e-12 * found.inertia:
            break
        labels[point] = target[point]
        mass, centres = _masses(points, weights, labels, k)
    return Clustering(labels, centres, float(weights @ ((points - centres[labels]) ** 2).sum(axis=1)))


def _masses(points: Floats, weights: Floats, labels: Ints, k: int) -> tuple[Floats, Floats]:
    mass = np.bincount(labels, weights, k).astype(np.float64)
    sums = np.column_stack([np.bincount(labels, weights * points[:, axis], k) for axis in (0, 1)])
    return mass, sums / np.maximum(mass, np.finfo(float).tiny)[:, None]


def _distances(points: Floats, centres: Floats) -> Floats:
    """Give squared distances less the points' own lengths, of shape (k, starts, m)."""
    starts, k, _ = centres.shape
    by_place = centres.transpose(1, 0, 2).reshape(k * starts, 2)
    lengths = (by_place**2).sum(axis=1)
    by_place = np.where(np.isfinite(by_place), by_place, 0.0)
    return np.asarray((lengths[:, None] - 2 * (by_place @ points.T)).reshape(k, starts, len(points)))


def starting_centres(points: Floats, weights: Floats, k: int) -> Floats:
    """Choose eight starts for k centres by rules that see where the points lie, never in which order they came.

    Four cut the crowd into equal parts along the axes and the diagonals, one into sectors; one goes to the farthest
    point again and again, one to the point that would cost most, and one takes the points furthest left.
    """
    middle = weights @ points / weights.sum()
    offset = points - middle
    spread = np.sqrt(weights @ offset**2 / weights.sum())
    scaled = offset / np.where(spread > 0, spread, 1.0)
    keys = [scaled[:, 0], scaled[:, 1], scaled.sum(axis=1), scaled[:, 0] - scaled[:, 1]]
    keys.append(np.arctan2(scaled[:, 1], scaled[:, 0]))
    cuts = [_cut_means(points, weights, key, k) for key in keys]
    leftmost = points[np.lexsort((points[:, 1], points[:, 0]))[np.arange(k) % len(points)]]
    plain, costly = _farthest(points, np.ones_like(weights), k), _farthest(points, weights, k)
    return np.stack([*cuts, plain, costly, leftmost])


def _cut_means(points: Floats, weights: Floats, key: Floats, k: int) -> Floats:
    """Cut the crowd into k equal parts along a key, and take the middle of each."""
    by_key = np.argsort(key, kind="stable")
    passed = np.cumsum(weights[by_key]) - weights[by_key] / 2
    part = np.minimum((passed * k / weights.sum()).astype(int), k - 1)
    mass = np.bincount(part, weights[by_key], k)
    sums = [np.bincount(part, (weights * points[:, axis])[by_key], k) for axis in (0, 1)]
    return np.asarray((np.stack(sums) / np.maximum(mass, np.finfo(float).tiny)).T)


def _farthest(points: Floats, weights: Floats, k: int) -> Floats:
    """Begin with the point of most weight times distance from the middle; go on where the cost is highest."""
    middle = weights @ points / weights.sum()
    chosen = [int((weights * ((points - middle) ** 2).sum(axis=1)).argmax())]
    nearest = np.full(len(points), np.inf)
    for _ in range(k - 1):
        nearest = np.minimum(nearest, ((points - points[chosen[-1]]) ** 2).sum(axis=1))
        chosen.append(int((weights * nearest).argmax()))
    return points[chosen]
