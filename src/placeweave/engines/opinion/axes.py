"""Find the two directions along which votes differ most, from the votes that exist alone.

Filling a missing vote with the statement's mean and centring leaves exactly 0 there, so the principal axes of the
filled matrix are those of a sparse one and nothing is ever filled.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import linalg, sparse

from placeweave.engines.opinion.records import Floats, Ints

CLOSE = 0.02
"""Two singular values nearer to each other than this share of the larger do not fix their axes, only their plane."""

_BLOCK = 4
_BASIS = 60
_PASSES = 120
_NOTHING = 1e-14
_DENSE_WORK = 50_000_000
"""Multiplications that a direct solution may take before the iterative one is quicker."""


@dataclass(frozen=True, slots=True)
class Axes:
    """The map's directions.

    Attributes
    ----------
    axes : (2, S) rows of unit length, 0 where there is no variation
    singular : (2,) length of the votes along each
    explained : (2,) share of the variation
    gaps : (2,) how far each singular value lies above the next, as a share of it
    """

    axes: Floats
    singular: Floats
    explained: Floats
    gaps: Floats


def principal_axes(
    matrix: sparse.csr_array,
    *,
    twins: Ints | None = None,
    start: Floats | None = None,
    previous: Floats | None = None,
    tolerance: float = 1e-7,
) -> Axes:
    """Find the first two principal axes of centred votes.

    Parameters
    ----------
    matrix : sparse of shape (P, S)
        Votes minus their statement's mean; a cell without a vote is empty.
    twins : ndarray of shape (S,), optional
        A number that equal columns share: their loadings are made equal to the last digit, which the solver does not.
    start : ndarray of shape (2, S), optional
        Where to start looking, as the axes of an earlier fit; it changes the time this takes.
    previous : ndarray of shape (2, S), optional
        The axes of the map people saw before; the new plane is turned to face as that one did (orthogonal Procrustes).
    tolerance : float
        Residual of the eigenvectors, as a share of their eigenvalue.

    Notes
    -----
    Block Lanczos with full reorthogonalisation and a fixed start; small matrices are solved directly. Without a
    previous map the largest loading of each axis is positive.

    References
    ----------
    Golub, G. and Van Loan, C. (2013). *Matrix Computations*, section 10.3.
    """
    vectors, values = _leading(matrix, start, tolerance)
    total = float(matrix.data @ matrix.data)
    spread = np.sqrt(np.maximum(values, 0.0))
    axes = vectors[:, :2].T * (spread[:2, None] > 0)
    axes[np.abs(axes) < _NOTHING] = 0.0
    axes = _signed(axes if twins is None else _alike(axes, twins))
    singular = spread[:2]
    if previous is not None:
        axes = _facing(axes, previous)
        singular = np.sqrt(((matrix @ axes.T) ** 2).sum(axis=0))
    explained = singular**2 / total if total > 0 else np.zeros(2)
    gaps = (spread[:2] - spread[1:3]) / np.maximum(spread[:2], np.finfo(float).tiny)
    return Axes(axes, singular, explained, gaps)


def _leading(matrix: sparse.csr_array, start: Floats | None, tolerance: float) -> tuple[Floats, Floats]:
    """Give at least three eigenvectors of X'X as columns, largest first, and their eigenvalues."""
    people, topics = matrix.shape
    if topics <= _BASIS + _BLOCK or people * topics**2 <= _DENSE_WORK:
        return _solved_directly(matrix)
    return _block_lanczos(matrix, _start_block(topics, start), tolerance)


def _solved_directly(matrix: sparse.csr_array) -> tuple[Floats, Floats]:
    topics = matrix.shape[1]
    if not topics:
        return np.zeros((0, 3)), np.zeros(3)
    filled = matrix.toarray()
    wanted = [max(0, topics - 3), topics - 1]
    values, vectors = linalg.eigh(filled.T @ filled, subset_by_index=wanted, check_finite=False)
    short = 3 - values.size
    return np.pad(vectors[:, ::-1], ((0, 0), (0, short))), np.pad(values[::-1], (0, short))


def _start_block(topics: int, start: Floats | None) -> Floats:
    """Begin with the earlier axes, and with waves that no statement's order by content prefers."""
    places = np.arange(1, topics + 1)[:, None]
    waves = np.cos(places * np.sqrt([2.0, 3.0, 5.0, 7.0])[None, :] * 10)
    if start is not None:
        waves[:, :2] = start.T + 1e-9 * waves[:, :2]
    block: Floats = linalg.qr(waves, mode="economic", check_finite=False)[0]
    return block


def _block_lanczos(matrix: sparse.csr_array, block: Floats, tolerance: float) -> tuple[Floats, Floats]:
    back = matrix.T
    width = block.shape[1]
    basis, image = block, np.zeros((block.shape[0], 0))
    for _ in range(_PASSES):
        image = np.hstack([image, back @ (matrix @ block)])
        values, small = linalg.eigh(basis.T @ image, check_finite=False)
        values, small = values[::-1], small[:, ::-1][:, :width]
        vectors = basis @ small
        residual = np.linalg.norm(image @ small[:, :2] - vectors[:, :2] * values[:2], axis=0)
        if (residual <= tolerance * values[0]).all():
            break
        if basis.shape[1] + width > _BASIS:
            basis, image, block = vectors, image[:, :0], vectors
            continue
        block = _next_block(image[:, -width:], basis)
        basis = np.hstack([basis, block])
    return vectors, values[:width]


def _next_block(image: Floats, basis: Floats) -> Floats:
    """Take what is new in an image: orthogonal to all before, twice over because once loses digits."""
    for _ in range(2):
        image = image - basis @ (basis.T @ image)
        image = linalg.qr(image, mode="economic", check_finite=False)[0]
    return image


def _signed(axes: Floats) -> Floats:
    """Turn each axis so that its largest loading is positive."""
    largest = np.abs(axes).argmax(axis=1) if axes.shape[1] else np.zeros(2, np.intp)
    if not axes.shape[1]:
        return axes
    return np.asarray(axes * np.where(axes[np.arange(2), largest] < 0, -1.0, 1.0)[:, None])


def _alike(axes: Floats, twins: Ints) -> Floats:
    """Give twins the mean of their loadings."""
    many = np.bincount(twins)
    return np.stack([(np.bincount(twins, axis) / np.maximum(many, 1))[twins] for axis in axes])


def _facing(axes: Floats, previous: Floats) -> Floats:
    """Turn the plane to face as the previous one."""
    left, _, right = linalg.svd(previous @ axes.T)
    return np.asarray((left @ right) @ axes)
