"""Say how alike two groupings of the same people are, however their groups are numbered."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from placeweave.engines.opinion.records import Floats, Ints


def crossed(one: Ints, other: NDArray[np.integer], sizes: tuple[int, int]) -> NDArray[np.int64]:
    """Count people by their group in one grouping and in each of several others.

    Parameters
    ----------
    one : ndarray of shape (P,)
        Groups from 0.
    other : ndarray of shape (P,) or (P, B)
        Groups from 0, in B groupings.
    sizes : (int, int)
        How many groups each has.

    Returns
    -------
    ndarray of shape (B, G, H)
    """
    rows, columns = sizes
    several = other.reshape(one.size, -1)
    draws = several.shape[1]
    place = (np.arange(draws) * rows + one[:, None]) * columns + several
    return np.bincount(place.ravel(), minlength=draws * rows * columns).reshape(draws, rows, columns)


def adjusted_rand(table: NDArray[np.integer]) -> Floats:
    """Give the adjusted Rand index of each crossing: 1 for the same grouping, about 0 for chance.

    Parameters
    ----------
    table : ndarray of shape (B, G, H)

    References
    ----------
    Hubert, L. and Arabie, P. (1985). Comparing partitions. *Journal of Classification* 2.
    """
    together = _pairs(table).sum(axis=(1, 2))
    first, second = _pairs(table.sum(axis=2)).sum(axis=1), _pairs(table.sum(axis=1)).sum(axis=1)
    expected = first * second / np.maximum(_pairs(table.sum(axis=(1, 2))), 1)
    most = (first + second) / 2
    same = most == expected
    likeness: Floats = np.where(same, 1.0, (together - expected) / np.where(same, 1.0, most - expected))
    return likeness


def jaccard_of_pairs(table: NDArray[np.integer]) -> Floats:
    """Give for each group of the first grouping the share of its pairs that stay together and apart from the rest.

    Counts the pairs with at least one person of the group: those together in both groupings, as a share of those
    together in either. Shape (B, G); NaN for a group without a pair.
    """
    both = _pairs(table).sum(axis=2)
    before = _pairs(table.sum(axis=2))
    with_others = (table * (table.sum(axis=1, keepdims=True) - table)).sum(axis=2)
    either = before + with_others
    kept: Floats = np.divide(both, either, out=np.full(both.shape, np.nan), where=either > 0)
    return kept


def alike(one: Ints, other: Ints) -> float:
    """Give the adjusted Rand index over the people who are in a group of both (NaN where nobody is)."""
    shared = (one >= 0) & (other >= 0)
    if not shared.any():
        return float("nan")
    kept, matched = one[shared], other[shared]
    return float(adjusted_rand(crossed(kept, matched, (int(kept.max()) + 1, int(matched.max()) + 1)))[0])


def _pairs(counts: NDArray[np.integer]) -> Floats:
    return np.asarray(counts * (counts - 1) / 2.0)
