"""Reports of ties made into one undirected network, its partners in an order that hangs on structure alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csr_array

from placeweave.engines.network.records import COUNTED, FULL_ENOUGH, Coverage, Key, PartnerNet

UNKNOWN = ""
_DENSE_UP_TO = 0.1
"""Above this density a plain matrix multiplies faster than a sparse one."""

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Graph:
    """An undirected network in canonical order.

    Attributes
    ----------
    keys : sequence of keys, length n
    joined : csr_array of shape (n, n)
        1.0 where there is a tie, symmetric, empty diagonal.
    sectors : ndarray of shape (n,)
        Index into ``names``; sectors are numbered as they come up in canonical order.
    alike : ndarray of shape (n,)
        Partners of one number look the same from wherever one looks: what chance gives one, it gives the others.
    """

    keys: Sequence[Key]
    joined: csr_array
    sectors: Integers
    names: Sequence[str]
    alike: Integers

    @property
    def degrees(self) -> Integers:
        """Ties of each partner."""
        ties: Integers = np.diff(self.joined.indptr).astype(np.int64)
        return ties

    @property
    def pairs(self) -> tuple[Integers, Integers]:
        """Both ends of each tie, each tie once."""
        upper = sparse.triu(self.joined, k=1).tocoo()
        return upper.row.astype(np.int64), upper.col.astype(np.int64)

    def multiplier(self) -> csr_array | NDArray[np.float64]:
        """Give the matrix in the form that multiplies faster."""
        n = len(self.keys)
        is_dense = n > 0 and self.joined.nnz > _DENSE_UP_TO * n * n
        return self.joined.toarray() if is_dense else self.joined


def graph_of(net: PartnerNet, by: str, at_least: int) -> Graph:
    """Join two partners where either side reports a tie of at least this level.

    Raises
    ------
    ValueError
        If a tie names somebody who is not among the partners, or a partner is named twice.
    """
    keys = sorted(net.partners, key=lambda key: (isinstance(key, str), key))
    place = {key: index for index, key in enumerate(keys)}
    if len(place) != len(keys):
        raise ValueError("A partner is named twice.")
    strangers = {end for tie in net.ties for end in (tie.source, tie.target)} - place.keys()
    if strangers:
        raise ValueError(f"A tie names {min(map(str, strangers))}, who is not among the partners.")
    joined = _symmetric(
        [(place[tie.source], place[tie.target]) for tie in net.ties if tie.level >= max(at_least, 1)], len(keys)
    )
    told = net.attributes.get(by, {})
    names, sectors = np.unique(np.array([told.get(key, UNKNOWN) for key in keys], dtype=str), return_inverse=True)
    order, alike = canonical_order(joined, sectors.astype(np.int64))
    _values, first = np.unique(sectors[order], return_index=True)
    renumbered = np.empty(len(names), dtype=np.int64)
    by_appearance = sectors[order][np.sort(first)]
    renumbered[by_appearance] = np.arange(len(names))
    ordered = csr_array(joined[order][:, order])
    ordered.sort_indices()
    return Graph(
        keys=[keys[index] for index in order],
        joined=ordered,
        sectors=renumbered[sectors[order]],
        names=[str(names[index]) for index in by_appearance],
        alike=alike[order],
    )


def _symmetric(pairs: Sequence[tuple[int, int]], n: int) -> csr_array:
    rows, columns = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    apart = rows != columns
    rows, columns = rows[apart], columns[apart]
    both = (np.concatenate([rows, columns]), np.concatenate([columns, rows]))
    joined = csr_array((np.ones(2 * len(rows)), both), shape=(n, n))
    joined.sum_duplicates()
    joined.data[:] = 1.0
    return joined


def canonical_order(joined: csr_array, sectors: Integers) -> tuple[Integers, Integers]:
    """Put partners into an order that no renaming of partners or sectors changes.

    Partners are coloured by the size of their sector and their number of ties, then again and again by the colours
    around them. Where some stay alike, one is set apart and the colouring goes on; those that are alike in every
    respect are interchangeable, and any order of them gives the same network.

    Returns
    -------
    (ndarray of shape (n,), ndarray of shape (n,))
        The order, and the colour of each partner before any was set apart.

    References
    ----------
    McKay, B. and Piperno, A. (2014). Practical graph isomorphism, II. *Journal of Symbolic Computation* 60.
    """
    sizes = np.bincount(sectors) if len(sectors) else sectors
    around = joined.astype(np.uint64)
    colours = _ranks(np.stack([sizes[sectors], np.diff(joined.indptr)]))
    colours = first = _refined(colours, around, sectors)
    while len(several := np.flatnonzero(np.bincount(colours) > 1)):
        members = np.flatnonzero(colours == several[0])
        chosen = members if _interchangeable(members, joined, sectors) else members[:1]
        apart = colours * (len(colours) + 1) + len(colours)
        apart[chosen] = colours[chosen] * (len(colours) + 1) + np.arange(len(chosen))
        colours = _refined(_ranks(apart[None, :]), around, sectors)
    return np.argsort(colours).astype(np.int64), first


def _refined(colours: Integers, around: csr_array, sectors: Integers) -> Integers:
    while True:
        mixed = _mixed(colours)
        in_sector = np.zeros(int(sectors.max(initial=0)) + 1, dtype=np.uint64)
        np.add.at(in_sector, sectors, mixed)
        seen = np.stack([colours.astype(np.uint64), around @ mixed, in_sector[sectors]])
        finer = _ranks(seen)
        if finer.max(initial=0) == colours.max(initial=0):
            return finer
        colours = finer


def _ranks(rows: NDArray[np.int64] | NDArray[np.uint64]) -> Integers:
    """Number the columns of a table by their order; equal columns share a number."""
    if rows.shape[1] == 0:
        return np.zeros(0, dtype=np.int64)
    order = np.lexsort(rows[::-1])
    differs = (rows[:, order[1:]] != rows[:, order[:-1]]).any(axis=0)
    ranks = np.empty(rows.shape[1], dtype=np.int64)
    ranks[order] = np.concatenate([[0], np.cumsum(differs)])
    return ranks


def _mixed(colours: Integers) -> NDArray[np.uint64]:
    """Scatter small numbers over 64 bits, so that sums of them tell multisets apart (splitmix64)."""
    z = (colours.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(z ^ (z >> np.uint64(31)), dtype=np.uint64)


def _interchangeable(members: Integers, joined: csr_array, sectors: Integers) -> bool:
    """Tell whether these partners have one sector and exactly the same others around them, and none of each other."""
    if (sectors[members] != sectors[members[0]]).any():
        return False
    first = joined.indices[joined.indptr[members[0]] : joined.indptr[members[0] + 1]]
    return all(
        np.array_equal(np.sort(joined.indices[joined.indptr[one] : joined.indptr[one + 1]]), np.sort(first))
        for one in members[1:]
    )


def coverage_of(net: PartnerNet) -> Coverage:
    """Say how many have answered, and what that leaves open."""
    asked = set(net.partners)
    if net.answered is None:
        return Coverage(len(asked), None, None, is_incomplete=False, affects=())
    answered = len(asked & set(net.answered))
    rate = answered / len(asked) if asked else None
    is_incomplete = rate is not None and rate < FULL_ENOUGH
    return Coverage(len(asked), answered, rate, is_incomplete, COUNTED if is_incomplete else ())
