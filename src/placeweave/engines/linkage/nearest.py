"""Names that are spelt alike: each one's nearest by the letters they share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Report = Callable[[float], None]

LETTERS: Final = range(2, 5)
LEAST = 0.30
NEIGHBOURS = 16
MOST_HOLDERS = 200
"""In a large set, groups of letters that more names than this hold are passed over: they weigh little, and the work of
comparing grows with the square of their number."""
SMALL = 2_000
"""Up to so many names every group of letters counts."""
_A_CHUNK = 2_000_000
"""How many products of a row and a column are held at a time, roughly."""


def nearest(names: Sequence[str], report: Report = lambda _share: None) -> Iterator[tuple[int, int]]:
    """Give the pairs of positions in which one is among the nearest of the other.

    Parameters
    ----------
    names : sequence of str
        Canonical names.

    Yields
    ------
    tuple of int
        Two positions, the smaller first. A pair may come twice.

    References
    ----------
    Salton, G. and Buckley, C. (1988). Term-weighting approaches in automatic text retrieval. *Information Processing
    and Management* 24. Groups of 2 to 4 letters within words, sublinear frequencies, cosine.
    """
    vectors = vectors_of(names)
    columns = vectors.T.tocsr()
    for start, stop in _chunks(vectors, columns):
        likeness = (vectors[start:stop] @ columns).tocsr()
        yield from _strongest(likeness, start)
        report(stop / len(names))


def vectors_of(names: Sequence[str]) -> sparse.csr_matrix:
    """Weigh the letter groups of names: sparse, of shape (n_names, n_groups), each row of length 1 or empty."""
    rows, groups = _counted(names)
    if not len(groups):
        return sparse.csr_matrix((len(names), 1))
    _kept, columns = np.unique(groups, return_inverse=True)
    counts = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(names), columns.max() + 1))
    counts.sum_duplicates()
    holders = np.bincount(counts.indices, minlength=counts.shape[1])
    weights = np.where(holders > most_holders(len(names)), 0.0, np.log((1 + len(names)) / (1 + holders)) + 1)
    counts.data = (1 + np.log(counts.data)) * weights[counts.indices]
    counts.eliminate_zeros()
    lengths = np.sqrt(counts.multiply(counts).sum(axis=1)).A1
    scale = np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    return sparse.diags(scale) @ counts


def most_holders(count: int) -> int:
    """Say how many names may hold a group of letters that still counts."""
    return count if count <= SMALL else MOST_HOLDERS


def _counted(names: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Number every letter group of every name: which name, which group."""
    numbered: dict[str, int] = {}
    rows: list[int] = []
    groups: list[int] = []
    for row, name in enumerate(names):
        for group in _letters(name):
            rows.append(row)
            groups.append(numbered.setdefault(group, len(numbered)))
    return np.asarray(rows, dtype=np.int64), np.asarray(groups, dtype=np.int64)


def _letters(name: str) -> Iterator[str]:
    for word in name.split():
        bounded = f" {word} "
        for size in LETTERS:
            yield from (bounded[at : at + size] for at in range(max(len(bounded) - size, 0) + 1))


def _chunks(vectors: sparse.csr_matrix, columns: sparse.csr_matrix) -> Iterator[tuple[int, int]]:
    """Cut the rows so that the products of each cut are about equally many."""
    holders = np.diff(columns.indptr)
    work = np.add.reduceat(np.append(holders[vectors.indices], 0), np.minimum(vectors.indptr[:-1], vectors.nnz)) * (
        np.diff(vectors.indptr) > 0
    )
    turns = np.cumsum(work) // _A_CHUNK
    edges = [0, *(np.flatnonzero(np.diff(turns)) + 1).tolist(), vectors.shape[0]]
    return ((start, stop) for start, stop in pairwise(edges) if stop > start)


def _strongest(likeness: sparse.csr_matrix, start: int) -> Iterator[tuple[int, int]]:
    """Give each row's strongest columns; of equally strong ones, the first."""
    rows = np.repeat(np.arange(likeness.shape[0]), np.diff(likeness.indptr)) + start
    keep = (likeness.data >= LEAST) & (likeness.indices != rows)
    rows, others, strength = rows[keep], likeness.indices[keep], likeness.data[keep]
    order = np.lexsort((others, -np.round(strength, 9), rows))
    rows, others = rows[order], others[order]
    first = np.r_[True, rows[1:] != rows[:-1]] if len(rows) else np.zeros(0, dtype=bool)
    begins = np.maximum.accumulate(np.where(first, np.arange(len(rows)), 0)) if len(rows) else first
    near = np.arange(len(rows)) - begins < NEIGHBOURS
    low, high = np.minimum(rows, others)[near], np.maximum(rows, others)[near]
    return zip(low.tolist(), high.tolist(), strict=True)
