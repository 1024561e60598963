"""Broker roles: on whose behalf a partner stands between two who have no tie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from placeweave.engines.network.graph import Graph, Integers
from placeweave.engines.network.records import Role

ROLES = ("coordinator", "consultant", "gatekeeper", "representative", "liaison")
SHUFFLES = 200


@dataclass(frozen=True)
class OpenPaths:
    """Every path a-b-c without a tie a-c, once each: its two ends and the partner between them."""

    one: Integers
    middle: Integers
    other: Integers


def open_paths(graph: Graph) -> OpenPaths:
    """Find the open paths of a network."""
    tied = graph.joined.toarray() > 0
    found = [_around(graph, tied, middle) for middle in range(len(graph.keys))]
    one, middle, other = np.concatenate([np.zeros((3, 0), dtype=np.int64), *found], axis=1)
    return OpenPaths(one, middle, other)


def _around(graph: Graph, tied: NDArray[np.bool_], middle: int) -> Integers:
    contacts = graph.joined.indices[graph.joined.indptr[middle] : graph.joined.indptr[middle + 1]]
    first, second = np.nonzero(np.triu(~tied[np.ix_(contacts, contacts)], k=1))
    return np.stack([contacts[first], np.full(len(first), middle), contacts[second]]).astype(np.int64)


def broker_roles(graph: Graph, seed: int, shuffles: int = SHUFFLES) -> Sequence[Mapping[str, Role]]:
    """Count the five roles of each partner, beside what shuffled sectors give.

    An open path is walked in both directions, so that each stands for two roles: a gatekeeper one way is a
    representative the other way.

    Parameters
    ----------
    graph : Graph
    seed : int
        Where the shuffling starts.
    shuffles : int
        How often sectors are dealt out anew over the partners.

    Returns
    -------
    sequence of n mappings of role name to Role

    References
    ----------
    Gould, R. V. and Fernandez, R. M. (1989). Structures of mediation. *Sociological Methodology* 19.
    """
    n, paths = len(graph.keys), open_paths(graph)
    counted = _roles(paths, graph.sectors, n)
    expected = np.outer(_chances(graph.sectors), counted.sum(axis=0))
    reached = np.zeros(counted.shape, dtype=np.int64)
    chance = np.random.default_rng(seed)
    for _ in range(shuffles):
        reached += _roles(paths, chance.permutation(graph.sectors), n) >= counted
    seldom = _pooled(graph, counted, reached) / shuffles
    return [
        {
            name: Role(int(counted[role, at]), float(expected[role, at]), float(seldom[role, at]))
            for role, name in enumerate(ROLES)
        }
        for at in range(n)
    ]


def _chances(sectors: Integers) -> NDArray[np.float64]:
    """Give the share of open paths that fall to each role when sectors are dealt out by chance: exact, not drawn."""
    n, sizes = len(sectors), np.bincount(sectors).tolist()
    every = n * (n - 1) * (n - 2)
    if every <= 0:
        return np.zeros(len(ROLES))
    inside = sum(size * (size - 1) * (size - 2) for size in sizes)
    pair = sum(size * (size - 1) * (n - size) for size in sizes)
    return np.array([inside, pair, pair, pair, every - inside - 3 * pair]) / every


def _pooled(graph: Graph, counted: Integers, reached: Integers) -> NDArray[np.float64]:
    """Give partners who look alike the same answer: what differs between them is the luck of the draw."""
    _rows, which = np.unique(np.vstack([graph.alike, counted]).T, axis=0, return_inverse=True)
    which = which.ravel()
    members = np.bincount(which)
    return np.stack([np.bincount(which, weights=row)[which] / members[which] for row in reached])


def _roles(paths: OpenPaths, sectors: Integers, n: int) -> Integers:
    """Count the roles for one dealing of sectors, shape (5, n)."""
    one, middle, other = sectors[paths.one], sectors[paths.middle], sectors[paths.other]
    pattern = (one == middle) + 2 * (other == middle) + 4 * (one == other)
    liaison, one_in, other_in, _, consultant, _, _, coordinator = (
        np.bincount(paths.middle * 8 + pattern, minlength=n * 8).reshape(n, 8).T
    )
    gate = one_in + other_in
    return np.stack([2 * coordinator, 2 * consultant, gate, gate, 2 * liaison])
