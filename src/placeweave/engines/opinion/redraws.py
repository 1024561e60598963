"""Fit many re-draws of people at once, each from the axes and centres that were found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from placeweave.engines.opinion.order import ordered
from placeweave.engines.opinion.positions import PRIOR_VOTES, sureness
from placeweave.engines.opinion.records import NOWHERE, Flags, Ints, Model, Votes

Singles = NDArray[np.float32]
Matrix = Any
"""An array, or a sparse one where the array would be too large: both know ``@``, ``.T``, ``abs`` and rows by number."""

_PASSES = 2
_MOVES = 2
_DENSE_CELLS = 10_000_000


@dataclass(frozen=True, slots=True)
class Ground:
    """What every re-draw starts from, people and statements in canonical order.

    Attributes
    ----------
    value, voted : (P, S') votes, and where there are any
    answered, spoken, asked : (I, S') votes of those in a group, where they took a side, and where there are any
    grouped : (I,) rows of those in a group; everybody included while there are no groups
    labels : (I,) their groups; sure : (I,) how much each counts in moving a centre
    start : (S', 2) axes; centres : (k, 2)
    people, statements : (P,) and (S',) which person each row is, which statement each column
    stretch : (I,) by how much ``polis`` stretches a position; None in ``own`` mode
    """

    value: Matrix
    voted: Matrix
    answered: Matrix
    spoken: Matrix
    asked: Matrix
    grouped: NDArray[np.intp]
    labels: Ints
    sure: Singles
    start: Singles
    centres: Singles
    people: Ints
    statements: Ints
    stretch: Singles | None


def ground_of(votes: Votes, model: Model) -> Ground:
    """Lay out the votes and the fit in single precision, dense where that fits into memory."""
    counting = _counting(model)
    canon = ordered(votes, counting, model.mean)
    matrix: Matrix = canon.matrix
    topics = canon.statements
    signs = np.rint(matrix.data + model.mean[topics][matrix.indices]).astype(np.float32)
    shape = matrix.shape

    def laid_out(entries: Singles) -> Matrix:
        cells = sparse.csr_array((entries, matrix.indices, matrix.indptr), shape=shape)
        return cells.toarray() if shape[0] * shape[1] <= _DENSE_CELLS else cells

    labels = model.labels if model.k > 1 else np.where(model.included, 0, NOWHERE)
    grouped = np.flatnonzero(labels[canon.people] >= 0)
    value, voted = laid_out(signs), laid_out(np.ones_like(signs))
    polis = model.config.mode == "polis"
    sure = np.ones(grouped.size) if polis else sureness(np.diff(matrix.indptr)[grouped])
    return Ground(
        value=value, voted=voted, answered=value[grouped], spoken=abs(value[grouped]), asked=voted[grouped],
        grouped=grouped, labels=labels[canon.people][grouped].astype(np.int32), sure=sure.astype(np.float32),
        start=model.axes[:, topics].T.astype(np.float32), centres=model.centres.astype(np.float32),
        people=canon.people, statements=topics,
        stretch=_stretch(votes, model, counting)[canon.people][grouped] if polis else None,
    )  # fmt: skip


def _counting(model: Model) -> Flags:
    """Say which statements shape the map."""
    return model.statements.active & ~model.statements.meta


def _stretch(votes: Votes, model: Model, counting: Flags) -> Singles:
    """Stretch as Polis does: a column that was moderated out counts as a vote of everybody."""
    cast = np.bincount(votes.participant[counting[votes.statement]], minlength=votes.n_participants)
    voted = model.all_seen > 0
    stretch: Singles = np.sqrt(voted.sum() / np.maximum(1, cast + (voted & ~counting).sum())).astype(np.float32)
    return stretch


def redrawn_groups(ground: Ground, weights: Singles) -> NDArray[np.int8]:
    """Place those in a group by each re-draw's own axes and centres: labels of shape (I, B)."""
    draws = weights.shape[1]
    seen = ground.voted.T @ weights
    mean = (ground.value.T @ weights) / np.maximum(seen, 1)
    axes = np.repeat(ground.start[:, :, None], draws, axis=2)
    for _ in range(_PASSES):
        lean = _lean(ground.value, ground.voted, mean, axes) * weights[:, None, :]
        axes = _upright(_spread_back(ground, mean, lean))
    axes = _facing(axes, ground.start)
    x, y = _positions(ground, mean, axes)
    return _nearest(x, y, weights[ground.grouped] * ground.sure[:, None], ground.centres)


def _lean(value: Matrix, voted: Matrix, mean: Singles, axes: Singles) -> Singles:
    """Sum each person's centred votes along both axes: (P, 2, B)."""
    topics, _, draws = axes.shape
    along = value @ axes.reshape(topics, -1) - voted @ (mean[:, None, :] * axes).reshape(topics, -1)
    return np.asarray(along).reshape(-1, 2, draws)


def _spread_back(ground: Ground, mean: Singles, lean: Singles) -> Singles:
    """Sum each statement's centred votes along people's lean: (S', 2, B)."""
    flat = lean.reshape(lean.shape[0], -1)
    voted = np.asarray(ground.voted.T @ flat).reshape(-1, 2, lean.shape[2])
    spread: Singles = np.asarray(ground.value.T @ flat).reshape(voted.shape) - mean[:, None, :] * voted
    return spread


def _upright(block: Singles) -> Singles:
    """Make two columns orthogonal and of unit length, in each re-draw."""
    tiny = np.finfo(np.float32).tiny
    first = block[:, 0] / np.maximum(np.sqrt((block[:, 0] ** 2).sum(axis=0)), tiny)
    second = block[:, 1] - first * (first * block[:, 1]).sum(axis=0)
    second /= np.maximum(np.sqrt((second**2).sum(axis=0)), tiny)
    return np.stack([first, second], axis=1)


def _facing(axes: Singles, start: Singles) -> Singles:
    """Turn each plane to face as the model's does (orthogonal Procrustes)."""
    left, _, right = np.linalg.svd(np.einsum("sab,sc->bac", axes, start))
    return np.asarray(np.einsum("sab,bac->scb", axes, left @ right))


def _positions(ground: Ground, mean: Singles, axes: Singles) -> tuple[Singles, Singles]:
    """Place those in a group, by the same rule as the model: two arrays of shape (I, B)."""
    topics, _, draws = axes.shape
    lean = _lean(ground.answered, ground.asked, mean, axes)
    if ground.stretch is not None:
        lean *= ground.stretch[:, None, None]
        return lean[:, 0], lean[:, 1]
    squares = np.stack([axes[:, 0] ** 2, axes[:, 0] * axes[:, 1], axes[:, 1] ** 2], axis=1)
    inner = np.asarray(ground.asked @ squares.reshape(topics, -1)).reshape(-1, 3, draws)
    pull = np.float32(PRIOR_VOTES / max(1, topics))
    first, cross, second = inner[:, 0] + pull, inner[:, 1], inner[:, 2] + pull
    determinant = first * second - cross**2
    x = (second * lean[:, 0] - cross * lean[:, 1]) / determinant
    return x, (first * lean[:, 1] - cross * lean[:, 0]) / determinant


def _nearest(x: Singles, y: Singles, weights: Singles, start: Singles) -> NDArray[np.int8]:
    """Give the nearest centre of each, after the centres have moved with the people who were drawn."""
    centres = np.repeat(start[:, :, None], x.shape[1], axis=2)
    for _ in range(_MOVES):
        labels = _closest(x, y, centres)
        for group in range(start.shape[0]):
            here = weights * (labels == group)
            total = here.sum(axis=0)
            moved = np.stack([(here * x).sum(axis=0), (here * y).sum(axis=0)]) / np.maximum(total, 1)
            centres[group] = np.where(total > 0, moved, centres[group])
    return _closest(x, y, centres)


def _closest(x: Singles, y: Singles, centres: Singles) -> NDArray[np.int8]:
    best = np.zeros(x.shape, np.int8)
    nearest = np.full(x.shape, np.inf, np.float32)
    for group, (at_x, at_y) in enumerate(centres):
        distance = (x - at_x) ** 2 + (y - at_y) ** 2
        closer = distance < nearest
        best[closer] = group
        np.minimum(nearest, distance, out=nearest)
    return best


def drawn_votes(ground: Ground, weights: Singles, labels: NDArray[np.int8]) -> tuple[Singles, Singles, Singles]:
    """Count agreements, disagreements and votes of each group in each re-draw: three arrays of shape (S', k, B)."""
    groups = np.arange(ground.centres.shape[0])[None, :, None]
    drawn = (weights[ground.grouped][:, None, :] * (labels[:, None, :] == groups)).astype(np.float32)
    flat = drawn.reshape(drawn.shape[0], -1)
    shape = (-1, *drawn.shape[1:])

    def summed(cells: Matrix) -> Singles:
        return np.asarray(cells.T @ flat).reshape(shape)

    balance, spoken = summed(ground.answered), summed(ground.spoken)
    half = np.float32(0.5)
    return np.asarray((spoken + balance) * half), np.asarray((spoken - balance) * half), summed(ground.asked)
