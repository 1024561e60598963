"""Place people on the map, and say how unsure each place is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from placeweave.engines.opinion.records import Floats

PRIOR_VOTES = 12.0
"""How many average votes in the middle each person starts with; chosen by how well masked votes are foretold."""


@dataclass(frozen=True, slots=True)
class Positions:
    """Where people stand: ``xy`` (P, 2), ``covariance`` (P, 2, 2), and ``noise``, the variance that the map leaves."""

    xy: Floats
    covariance: Floats
    noise: float


def ridge_positions(matrix: sparse.csr_array, axes: Floats, *, prior_votes: float = PRIOR_VOTES) -> Positions:
    """Place each person where the votes they cast are explained best, pulled to the middle as by a few average votes.

    Solves ``y = (W W' + lambda I)^-1 W x`` for each person, W being the loadings of the statements they voted on;
    ``lambda`` is ``prior_votes`` times the mean squared loading. The covariance is the noise times the same inverse.

    Parameters
    ----------
    matrix : sparse of shape (P, S)
        Centred votes.
    axes : ndarray of shape (2, S)
        Unit rows.

    References
    ----------
    Hoerl, A. and Kennard, R. (1970). Ridge regression. *Technometrics* 12.
    """
    lean = matrix @ axes.T
    voted = sparse.csr_array((np.ones_like(matrix.data), matrix.indices, matrix.indptr), shape=matrix.shape)
    inner = voted @ np.column_stack([axes[0] ** 2, axes[0] * axes[1], axes[1] ** 2])
    pull = prior_votes / max(1, matrix.shape[1])
    first, cross, second = inner[:, 0] + pull, inner[:, 1], inner[:, 2] + pull
    determinant = first * second - cross**2
    xy = np.column_stack([second * lean[:, 0] - cross * lean[:, 1], first * lean[:, 1] - cross * lean[:, 0]])
    xy /= determinant[:, None]
    fitted = 2 * (xy * lean).sum(axis=1) - (
        inner[:, 0] * xy[:, 0] ** 2 + 2 * inner[:, 1] * xy[:, 0] * xy[:, 1] + inner[:, 2] * xy[:, 1] ** 2
    )
    noise = max(0.0, float(matrix.data @ matrix.data - fitted.sum())) / max(1, matrix.nnz - 2 * matrix.shape[0])
    covariance = np.empty((matrix.shape[0], 2, 2))
    covariance[:, 0, 0], covariance[:, 1, 1] = second, first
    covariance[:, 0, 1] = covariance[:, 1, 0] = -cross
    covariance *= (noise / determinant)[:, None, None]
    return Positions(xy, covariance, noise)


def scaled_positions(lean: Floats, n_votes: Floats, n_statements: int) -> Floats:
    """Place people as Polis does: the lean of their votes, stretched by the root of the share they did not see."""
    return np.asarray(lean * np.sqrt(n_statements / np.maximum(1, n_votes))[:, None])


def sureness(n_votes: NDArray[np.integer]) -> Floats:
    """Say how far a place is known: the squared share of it that comes from the person's own votes, in [0, 1].

    People whom a few votes leave near the middle would otherwise look like a group there.
    """
    return np.asarray((n_votes / (n_votes + PRIOR_VOTES)) ** 2)
