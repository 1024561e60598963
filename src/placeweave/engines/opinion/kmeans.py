"""k-means from many starts at once, on few weighted points, with no chance in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from placeweave.engines.opinion.records import Floats, Ints

ITERATIONS = 40


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


def _distances(points: Floats, centres: Floats) -> Floats:
    """Give squared distances less the points' own lengths, of shape (k, starts, m)."""
    lengths = (centres**2).sum(axis=2)
    finite = np.where(np.isfinite(centres), centres, 0.0)
    across = np.einsum("skd,md->ksm", finite, points)
    return np.asarray(lengths.T[:, :, None] - 2 * across)


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
