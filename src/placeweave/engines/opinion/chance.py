"""Tell structure from chance: do votes hang together, do groups stand out, how surely are people placed."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from scipy import sparse, special

from placeweave.engines.opinion.axes import principal_axes
from placeweave.engines.opinion.clusters import find_groups
from placeweave.engines.opinion.order import ordered
from placeweave.engines.opinion.positions import ridge_positions, sureness
from placeweave.engines.opinion.records import Floats, Ints, Model, Votes

SHUFFLES = 9
_ROUGHLY = 1e-2
"""Noise has no clear axes, and how clear its clouds are does not hang on which of them are taken."""

_CLOUD = 0.345
_CLOUD_FEW = 0.8


def hang_together(matrix: sparse.csr_array, singular: Floats) -> bool:
    """Say whether some votes go with others, more than in votes that people cast independently on each statement.

    Of independent columns the matrix X'X is diagonal but for noise, so its largest eigenvalue stays below the largest
    diagonal entry plus the edge of the noise, twice the root of the largest row of variances.

    Parameters
    ----------
    matrix : sparse of shape (P, S)
        Centred votes.
    singular : ndarray of shape (2,)
        Its first singular values.

    References
    ----------
    Wigner's edge for a variance profile: Ajanki, O., Erdős, L. and Krüger, T. (2017). *PTRF* 169.
    """
    if not matrix.nnz:
        return False
    seen = np.bincount(matrix.indices, minlength=matrix.shape[1])
    energy = np.bincount(matrix.indices, matrix.data**2, matrix.shape[1])
    variance = energy / np.maximum(seen, 1)
    voted = sparse.csr_array((np.ones_like(matrix.data), matrix.indices, matrix.indptr), shape=matrix.shape)
    noise = variance * (voted.T @ (voted @ variance)) - variance**2 * seen
    return bool(singular[0] ** 2 > energy.max() + 2 * np.sqrt(max(0.0, noise.max())))


def cloud_silhouette(people: int) -> float:
    """Give the silhouette that a crowd without groups stays below, by how many are in it.

    Fitted to what shuffled votes of public conversations reach (mean and two standard deviations of eight shuffles).
    """
    return float(_CLOUD + _CLOUD_FEW / np.sqrt(max(1, people)))


def shuffled_silhouettes(votes: Votes, model: Model, *, shuffles: int = SHUFFLES) -> list[float]:
    """Shuffle the votes within each statement, fit again, and give the best silhouette found each time.

    Who saw what stays the same and so does what was said of each statement; only what goes together is lost. It costs
    as much as that many fits.
    """
    counting = model.statements.active & ~model.statements.meta
    rows = ordered(votes, counting, model.mean)
    included = model.included[rows.people]
    chance = np.random.default_rng([model.config.seed, 2])
    by_statement = rows.matrix.tocsc()
    best = []
    for _ in range(shuffles):
        values = by_statement.data.copy()
        for first, last in pairwise(by_statement.indptr):
            chance.shuffle(values[first:last])
        parts = (values, by_statement.indices, by_statement.indptr)
        matrix = sparse.csc_array(parts, shape=by_statement.shape).tocsr()
        xy = ridge_positions(matrix, principal_axes(matrix, tolerance=_ROUGHLY).axes).xy[included]
        weights = sureness(np.diff(matrix.indptr)[included])
        found = find_groups(xy, weights, k_max=model.config.k_max, min_group=model.config.min_group)
        best.append(max(found.silhouette.values()) if found else -1.0)
    return best


def sure_placement(xy: Floats, covariance: Floats, labels: Ints, centres: Floats) -> float:
    """Give the expected share of people who would stay on their side of the nearest border if their place were known.

    Parameters
    ----------
    xy, covariance, labels : ndarrays of shape (n, 2), (n, 2, 2), (n,)
        People in groups.
    centres : ndarray of shape (k, 2)
    """
    narrowest = np.full(len(xy), np.inf)
    for other in range(len(centres)):
        across = centres[other] - centres[labels]
        width = np.maximum(np.linalg.norm(across, axis=1), np.finfo(float).tiny)
        margin = (((xy - centres[other]) ** 2).sum(axis=1) - ((xy - centres[labels]) ** 2).sum(axis=1)) / (2 * width)
        unit = across / width[:, None]
        spread = np.sqrt(np.einsum("ni,nij,nj->n", unit, covariance, unit))
        ratio = margin / np.maximum(spread, np.finfo(float).tiny)
        narrowest = np.where(labels == other, narrowest, np.minimum(narrowest, ratio))
    return float(special.ndtr(narrowest).mean())
