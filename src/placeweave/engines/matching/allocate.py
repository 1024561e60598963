"""The optimal flow from offers to needs, found on the few arcs that matter and proved on all of them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from placeweave.engines.matching.alike import handed_out, sorts
from placeweave.engines.matching.fit import arcs as all_arcs
from placeweave.engines.matching.records import Allocation, Arcs, Fit, Left, Need, Offer, Pair

AT_FIRST = 4
"""How many of the heaviest arcs of each offer and need are tried before any other is priced."""
NEARLY = 0.07
"""Arcs that fall short of paying by this share of the heaviest come in too: it saves rounds, and changes no answer."""
TOLERANCE = 1e-7
DIGITS = 6
SOLVED_TOGETHER = 20_000
"""Parts are put together up to about so many arcs: calling the solver costs as much as solving a small one."""
NONE = np.empty(0, dtype=np.int64)

Figures = NDArray[np.float64]


def allocate(offers: Iterable[Offer], needs: Iterable[Need], fit: Sequence[Fit] | None = None) -> Allocation:
    """Share offers out among needs so that the sum of amount x fit x priority is the greatest there is.

    Offers and needs are put in order of their keys first, so the order they come in changes nothing. Those that say the
    same are counted as one, and parts of the problem that share no arc are solved one by one. The linear programme of
    the transportation problem is solved on the heaviest arcs; its dual prices then price every other arc, and those
    that would better the answer come in until none would, which proves the optimum over all arcs. Where all capacities
    and quantities are whole, so are all amounts.

    Parameters
    ----------
    offers, needs : iterable of Offer and of Need
        Keys unique within each; capacities and quantities in the same unit within a kind; 0 is allowed.
    fit : sequence of Fit, optional
        Which offers could serve which needs, and how well; worked out by :func:`.fit.arcs` unless given.

    Raises
    ------
    ValueError
        If a key comes twice, a capacity, quantity or priority is below zero or not finite, or a fit speaks of an
        offer or need that is not there.

    References
    ----------
    Hitchcock, F. (1941). The distribution of a product from several sources to numerous localities.
    Desaulniers, G., Desrosiers, J., Solomon, M. (2005). *Column Generation*, chapter 1.

    Examples
    --------
    >>> answer = allocate([Offer("bus", "seats", 14)], [Need("choir", "seats", 11), Need("shed", "seats", 6, 3)])
    >>> [(one.need, one.amount) for one in answer.pairs], [(one.key, one.left) for one in answer.unmet]
    ([('shed', 6.0), ('choir', 8.0)], [('choir', 3.0)])
    """
    held = sorted(offers, key=lambda one: one.key)
    wanted = sorted(needs, key=lambda one: one.key)
    _check(held, wanted)
    givers = sorts([_said(one) if fit is None else one.key for one in held], [one.capacity for one in held])
    takers = sorts(
        [(_said(one), one.priority) if fit is None else one.key for one in wanted], [one.quantity for one in wanted]
    )
    some_held, some_wanted = [held[one] for one in givers.first], [wanted[one] for one in takers.first]
    found = all_arcs(some_held, some_wanted) if fit is None else _as_arcs(held, wanted, fit)
    worth = found.shares * np.array([one.priority for one in some_wanted], dtype=np.float64)[found.needs]
    amounts = np.round(_optimal(found, worth, givers.sums, takers.sums), DIGITS)
    used = np.flatnonzero(amounts)
    flows = list(zip(found.offers[used].tolist(), found.needs[used].tolist(), amounts[used].tolist(), strict=True))
    given = [
        Given(offer, need, amount, float(found.shares[used[flow]]), float(worth[used[flow]]))
        for flow, offer, need, amount in handed_out(givers, takers, flows)
    ]
    return _answer(held, wanted, given)


@dataclass(frozen=True, slots=True)
class Given:
    """What goes from one offer to one need, both by position; ``worth`` is that of one unit."""

    offer: int
    need: int
    amount: float
    share: float
    worth: float


def _said(one: Offer | Need) -> tuple[str, str, str, str]:
    return one.kind, one.place, one.audience, one.when


def _check(offers: Sequence[Offer], needs: Sequence[Need]) -> None:
    for word, keys in (("offer", [one.key for one in offers]), ("need", [one.key for one in needs])):
        twice = sorted({one for one, other in pairwise(keys) if one == other})
        if twice:
            raise ValueError(f"The {word} {twice[0]} is there twice; each needs a key of its own.")
    figures = [(one.key, "capacity", one.capacity) for one in offers]
    figures += [(one.key, name, getattr(one, name)) for one in needs for name in ("quantity", "priority")]
    for key, name, figure in figures:
        if not 0 <= figure < np.inf:
            raise ValueError(f"The {name} of {key} is {figure:g}; it must be a number from 0 up.")


def _as_arcs(offers: Sequence[Offer], needs: Sequence[Need], fit: Sequence[Fit]) -> Arcs:
    row_of = {one.key: row for row, one in enumerate(offers)}
    column_of = {one.key: column for column, one in enumerate(needs)}
    unknown = [one for one in fit if one.offer not in row_of or one.need not in column_of]
    if unknown:
        raise ValueError(f"A fit speaks of {unknown[0].offer} and {unknown[0].need}, which are not both there.")
    ordered = sorted(fit, key=lambda one: (one.need, one.offer))
    return Arcs(
        np.array([row_of[one.offer] for one in ordered], dtype=np.int64),
        np.array([column_of[one.need] for one in ordered], dtype=np.int64),
        np.array([one.share for one in ordered], dtype=np.float64),
    )


def _optimal(arcs: Arcs, worth: Figures, capacity: Figures, quantity: Figures) -> Figures:
    """Give the amount on every arc; parts that share no offer and no need are solved by themselves."""
    amounts = np.zeros(len(worth))
    for part in _parts(arcs, worth, len(capacity), len(quantity)):
        few = Arcs(arcs.offers[part], arcs.needs[part], arcs.shares[part])
        offers, few_offers = np.unique(few.offers, return_inverse=True)
        needs, few_needs = np.unique(few.needs, return_inverse=True)
        within = Arcs(few_offers.astype(np.int64), few_needs.astype(np.int64), few.shares)
        amounts[part] = _optimal_of_part(within, worth[part], capacity[offers], quantity[needs])
    return amounts


def _parts(arcs: Arcs, worth: Figures, offers: int, needs: int) -> Iterator[NDArray[np.int64]]:
    """Give the arcs of each connected part, small ones together so that they are not solved one by one."""
    there = np.flatnonzero(worth > 0)
    ends = (arcs.offers[there], arcs.needs[there] + offers)
    joined = csr_matrix((np.ones(len(there), dtype=np.int8), ends), shape=(offers + needs, offers + needs))
    _count, part_of = connected_components(joined, directed=False)
    parts = part_of[arcs.offers[there]]
    order = np.argsort(parts, kind="stable")
    sizes = np.bincount(parts)
    whole = 0
    start = 0
    for size in sizes[sizes > 0].tolist():
        whole += size
        if whole - start >= SOLVED_TOGETHER:
            yield there[order[start:whole]]
            start = whole
    if whole > start:
        yield there[order[start:whole]]


def _optimal_of_part(arcs: Arcs, worth: Figures, capacity: Figures, quantity: Figures) -> Figures:
    """Solve on some arcs, price the rest, take in what would be better, until nothing is."""
    amounts = np.zeros(len(worth))
    spread = (arcs.offers * 7919 + arcs.needs * 104729) % 65537
    chosen = _heaviest(arcs.offers, worth, spread) | _heaviest(arcs.needs, worth, spread)
    while True:
        some = np.flatnonzero(chosen)
        amounts[some], of_offers, of_needs = _solve(arcs, some, worth, capacity, quantity)
        gain = worth - of_offers[arcs.offers] - of_needs[arcs.needs]
        if not ((gain > TOLERANCE) & ~chosen).any():
            return amounts
        gaining = np.where(~chosen & (gain > -NEARLY * worth.max()), gain, -np.inf)
        chosen |= _heaviest(arcs.needs, gaining, spread) | _heaviest(arcs.offers, gaining, spread)


def _heaviest(group: NDArray[np.int64], worth: Figures, spread: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Mark the few heaviest arcs of each offer or need; those of worth -inf never.

    Among near equals ``spread`` decides, so that needs that look alike do not all try the same few offers. One figure
    holds all three, since one sort is quicker than three: the group before the point, the worth behind it.
    """
    there = np.flatnonzero(np.isfinite(worth))
    heavy = worth[there] / max(float(np.abs(worth[there]).max(initial=0.0)), TOLERANCE)
    order = there[np.argsort(4.0 * group[there] - heavy + 1e-10 * spread[there])]
    starts = np.flatnonzero(np.r_[True, np.diff(group[order]) > 0])
    place = np.arange(len(order)) - np.repeat(starts, np.diff(np.r_[starts, len(order)]))
    marked = np.zeros(len(worth), dtype=bool)
    marked[order[place < AT_FIRST]] = True
    return marked


def _solve(
    arcs: Arcs, some: NDArray[np.int64], worth: Figures, capacity: Figures, quantity: Figures
) -> tuple[Figures, Figures, Figures]:
    """Solve the programme on some arcs; give their amounts and the dual prices of offers and needs.

    The interior-point method of HiGHS crosses over to a corner, and the corners of this polytope are whole numbers
    where its right-hand side is.
    """
    ends = np.r_[arcs.offers[some], arcs.needs[some] + len(capacity)]
    ones = (np.ones(len(ends)), (ends, np.tile(np.arange(len(some)), 2)))
    matrix = csr_matrix(ones, shape=(len(capacity) + len(quantity), len(some)))
    found = linprog(-worth[some], A_ub=matrix, b_ub=np.r_[capacity, quantity], method="highs-ipm")
    if found.status != 0:  # the simplex method is slower and does not stumble over near-ties
        found = linprog(-worth[some], A_ub=matrix, b_ub=np.r_[capacity, quantity], method="highs-ds")
    prices = -np.asarray(found.ineqlin.marginals)
    return np.asarray(found.x), prices[: len(capacity)], prices[len(capacity) :]


def _answer(offers: Sequence[Offer], needs: Sequence[Need], given: Sequence[Given]) -> Allocation:
    pairs = [
        Pair(
            offers[one.offer].key,
            needs[one.need].key,
            round(one.amount, DIGITS),
            round(one.share, DIGITS),
            round(one.amount * one.worth, DIGITS),
        )
        for one in given
    ]
    amounts = [one.amount for one in given]
    taken = np.bincount([one.offer for one in given] or NONE, amounts, len(offers))
    met = np.bincount([one.need for one in given] or NONE, amounts, len(needs))
    return Allocation(
        tuple(sorted(pairs, key=lambda one: (-one.weight, one.need, one.offer))),
        _left([(one.key, one.quantity) for one in needs], met.astype(np.float64)),
        _left([(one.key, one.capacity) for one in offers], taken.astype(np.float64)),
        round(math.fsum(one.amount * one.worth for one in given), DIGITS),
    )


def _left(there: Sequence[tuple[str, float]], gone: Figures) -> tuple[Left, ...]:
    left = [Left(key, round(of - float(less), DIGITS), of) for (key, of), less in zip(there, gone, strict=True)]
    return tuple(one for one in left if one.left > 0)
