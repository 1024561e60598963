"""Introductions: who would meet anyway, and who ought to; two lists that are never added up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from placeweave.engines.network.graph import Graph, Integers, coverage_of, graph_of
from placeweave.engines.network.paths import shortest_paths
from placeweave.engines.network.records import Fit, Introduction, Introductions, Key, PartnerNet

_NEAREST = 24
"""From so many partners of each sector bridging is tried, besides all with a fit: enough for every pair below that."""

Floats = NDArray[np.float64]


def likely_scores(graph: Graph) -> Floats:
    """Score each pair by resource allocation: the sum of 1 / (ties of each common partner), shape (n, n).

    References
    ----------
    Zhou, T., Lü, L. and Zhang, Y.-C. (2009). Predicting missing links via local information. *European Physical
    Journal B* 71(4).
    """
    share = graph.joined.multiply(1.0 / np.maximum(graph.degrees, 1)[None, :]).tocsr()
    return np.asarray((share @ graph.joined).toarray())


def introductions(
    net: PartnerNet, by: str, fits: Iterable[Fit] = (), *, at_least: int = 1, k: int = 10
) -> Introductions:
    """List the introductions that are likely and those that are valuable, ``k`` of each at most.

    *Likely* is resource allocation alone: to add whether two are of one sector only foretells the silos there are.
    *Valuable* is the fit of need and offer, plus how much nearer the tie would bring the two sectors to each other.

    Parameters
    ----------
    net : PartnerNet
    by : str
        The attribute whose values are the sectors.
    fits : iterable of Fit
        What another engine knows of needs and offers; the strongest of each pair counts.
    k : int
        How many of each.
    """
    graph = graph_of(net, by, at_least)
    at = {key: index for index, key in enumerate(graph.keys)}
    fit: dict[tuple[int, int], float] = {}
    for one in fits:
        if one.one in at and one.other in at:
            pair = _ordered(at[one.one], at[one.other])
            fit[pair] = max(fit.get(pair, 0.0), one.strength)
    search = _Search(graph, fit)
    return Introductions(tuple(search.likely(k)), tuple(search.valuable(k)), coverage_of(net))


def _ordered(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


class _Search:
    def __init__(self, graph: Graph, fit: Mapping[tuple[int, int], float]) -> None:
        self.graph, self.fit = graph, fit
        self.scores = likely_scores(graph)
        self.tied = graph.joined.toarray() > 0
        steps = shortest_paths(graph).steps.astype(np.float64)
        # Two without any path are taken to be one step further apart than the furthest two with one.
        self.steps = np.where(steps < 0, steps.max(initial=0.0) + 1, steps)

    def likely(self, k: int) -> list[Introduction]:
        one, other = np.nonzero(np.triu((self.scores > 0) & ~self.tied, k=1))
        pairs = [(int(a), int(b)) for a, b in zip(one, other, strict=True)]
        ranked = sorted(pairs, key=lambda pair: (-round(float(self.scores[pair]), 9), *self._names(*pair)))
        return [self._written(*pair) for pair in ranked[:k]]

    def valuable(self, k: int) -> list[Introduction]:
        worth = {pair: (self.fit.get(pair, 0.0), *self._gain(*pair)) for pair in self.fit if self._may_meet(*pair)}
        for pair, gain, nearer in self._crossing():
            worth.setdefault(pair, (0.0, gain, nearer))
        ranked = sorted(worth, key=lambda pair: (-round(worth[pair][0] + worth[pair][2], 9), *self._names(*pair)))
        return [self._written(*pair) for pair in ranked[:k] if worth[pair][0] + worth[pair][2] > 0]

    def _may_meet(self, one: int, other: int) -> bool:
        return one != other and not self.tied[one, other]

    def _crossing(self) -> Iterator[tuple[tuple[int, int], float, float]]:
        """Try ties between those of two sectors who are nearest to their own: (pair, gain, share of the distance)."""
        for here, there in combinations(range(len(self.graph.names)), 2):
            ends = self._ends(there)
            for one in self._ends(here):
                gains, before = self._gains(int(one), ends)
                for other, gain in zip(ends.tolist(), gains.tolist(), strict=True):
                    if self._may_meet(int(one), other):
                        yield _ordered(int(one), other), gain, gain / before

    def _ends(self, sector: int) -> Integers:
        """Give those of a sector who are nearest to the rest of it: a tie from them brings it nearest to others."""
        members = np.flatnonzero(self.graph.sectors == sector)
        nearness = self.steps[np.ix_(members, members)].sum(axis=1)
        return members[np.argsort(nearness, kind="stable")[:_NEAREST]]

    def _written(self, one: int, other: int) -> Introduction:
        gain, nearer = self._gain(one, other)
        common = np.flatnonzero(self.tied[one] & self.tied[other])
        keys: Sequence[Key] = self.graph.keys
        first, second = sorted((keys[one], keys[other]), key=_order)
        return Introduction(
            one=first,
            other=second,
            common=tuple(sorted((keys[at] for at in common.tolist()), key=_order)),
            likely=float(self.scores[one, other]),
            gain=gain,
            nearer=nearer,
            fit=self.fit.get(_ordered(one, other), 0.0),
        )

    def _gain(self, one: int, other: int) -> tuple[float, float]:
        """Say by how many steps the mean distance of the two sectors would fall, and by what share of it."""
        if self.graph.sectors[one] == self.graph.sectors[other]:
            return 0.0, 0.0
        gains, before = self._gains(one, np.array([other]))
        return float(gains[0]), float(gains[0]) / before

    def _gains(self, one: int, others: Integers) -> tuple[Floats, float]:
        """Say what a tie from one partner to each of several others of one sector would gain, and the distance now."""
        sectors = self.graph.sectors
        here, there = np.flatnonzero(sectors == sectors[one]), np.flatnonzero(sectors == sectors[others[0]])
        before = self.steps[np.ix_(here, there)]
        forth = self.steps[here, one][None, :, None] + 1 + self.steps[np.ix_(others, there)][:, None, :]
        back = self.steps[np.ix_(others, here)][:, :, None] + 1 + self.steps[one, there][None, None, :]
        after = np.minimum(before, np.minimum(forth, back))
        mean = float(before.mean())
        gains: Floats = mean - after.mean(axis=(1, 2))
        return gains, mean

    def _names(self, one: int, other: int) -> list[tuple[bool, Key]]:
        return sorted((_order(self.graph.keys[one]), _order(self.graph.keys[other])))


def _order(key: Key) -> tuple[bool, Key]:
    return isinstance(key, str), key
