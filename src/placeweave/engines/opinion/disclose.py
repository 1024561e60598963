"""Say what of a conversation may be shown, so that nobody can work out a count of a few people.

The promise: from everything shown, no count of at least one and fewer than ``minimum`` people can be proved. Counts
meant are those of people in any set of groups (people in no group included) with any set of answers (agree, disagree,
pass, not seen) to one statement, and those of people in an area of the map.

How it is kept. Of each statement a table is made: groups in rows, answers in columns. A row is shown as sums of answers
that are each nobody or at least ``minimum`` people. Where a cell is too small, it is merged with its neighbours along a
chain of steps that is the same for the whole statement, until the sum is large enough; ``agree | disagree | pass or not
seen`` is one step of such a chain. What everybody together answered is shown only as far down the chain as what it
leaves, the rows shown taken away, is again nobody or at least ``minimum`` at each step.

Every hidden cell then lies in tables whose margins are all 0 or at least ``minimum``. The largest value that a cell of
such a table can have, or any sum of cells in a rectangle of it, is the smaller of two such margins, so 0 or at least
``minimum`` too: nobody can prove that it lies between. Zeros beside blanks are hidden by the same step.

What this does not do: it protects counts, not somebody of whom all else is known already. And it holds for what stands
in the view alone: another figure of the same votes (a total over statements, a share, a score) may be shown beside it
only if it can be worked out from the view.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from placeweave.engines.opinion.records import Flags, Floats, Ints
from placeweave.engines.opinion.tallies import Tallies

HIDDEN = -1
"""What stands in place of a count that is not shown."""
SMALLEST, LARGEST = 3, 10
_WIDTH = 0.5

AGREE, DISAGREE, PASS, UNSEEN = range(4)
Chain = tuple[tuple[tuple[int, ...], ...], ...]

_CHAINS: tuple[Chain, ...] = (
    (((0, 1, 2, 3),), ((0, 1, 2), (3,)), ((0,), (1, 2), (3,)), ((0,), (1,), (2,), (3,))),
    (((0, 1, 2, 3),), ((0, 1, 2), (3,)), ((1,), (0, 2), (3,)), ((0,), (1,), (2,), (3,))),
    (((0, 1, 2, 3),), ((0,), (1, 2, 3)), ((0,), (1,), (2, 3)), ((0,), (1,), (2,), (3,))),
    (((0, 1, 2, 3),), ((1,), (0, 2, 3)), ((1,), (0,), (2, 3)), ((0,), (1,), (2,), (3,))),
)
"""Ways from nothing but the size of a row to every answer by itself, each step splitting one sum of the step before."""
_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Policy:
    """From how many people on a count is shown, between 3 and 10."""

    minimum: int = 5

    def __post_init__(self) -> None:
        if not SMALLEST <= self.minimum <= LARGEST:
            raise ValueError(f"The smallest count shown must be between {SMALLEST} and {LARGEST}.")


@dataclass(frozen=True, slots=True)
class Cells:
    """How many agree, disagree, pass and have voted; ``HIDDEN`` where that is not shown. One shape for all four."""

    agree: Ints
    disagree: Ints
    passed: Ints
    seen: Ints


@dataclass(frozen=True, slots=True)
class PublicView:
    """What may be shown.

    Attributes
    ----------
    minimum : from how many people on
    people : everybody who voted, or ``HIDDEN``
    groups : (G',) numbers of the groups shown; a smaller group is not
    sizes : (G',) people in each; all ``HIDDEN`` where only a few people are in none of them
    everybody : cells of shape (S,), of everybody
    grouped : cells of shape (S,), of people in the groups shown: what can be said where ``everybody`` is hidden
    by_group : cells of shape (G', S)
    scorable : (S,) whether figures worked out from the votes of all groups give nothing away that is not shown; those
        of everybody's votes may be shown where ``everybody`` is
    density : where people stand on the map
    votes : votes on all statements together; ``HIDDEN`` where those on one of them are, since a total less all that
        is shown would tell
    """

    minimum: int
    people: int
    groups: Ints
    sizes: Ints
    everybody: Cells
    grouped: Cells
    by_group: Cells
    scorable: Flags
    density: tuple[Hexagon, ...] = field(default=())
    votes: int = HIDDEN


@dataclass(frozen=True, slots=True)
class Hexagon:
    """An area of the map: its middle, the radius of its corners, and how many people stand in it."""

    x: float
    y: float
    radius: float
    people: int


def disclose(tallies: Tallies, policy: Policy | None = None, *, xy: Floats | None = None) -> PublicView:
    """Give of a conversation what may be shown.

    Parameters
    ----------
    tallies : Tallies
        All counts; nothing else is read, labels of people least of all.
    policy : Policy, optional
    xy : ndarray of shape (n, 2), optional
        Places on the map of everybody who voted, or of everybody in a group; shown as density only.

    Returns
    -------
    PublicView

    Notes
    -----
    The number of people who voted counts as known to everybody, because a page elsewhere will say it. What is hidden is
    proved safe against the sizes of groups being known too.

    References
    ----------
    Hundepool, A. et al. (2012). *Statistical Disclosure Control*, chapter 4 (primary and secondary suppression).
    """
    minimum = (policy or Policy()).minimum
    shown = np.flatnonzero(tallies.sizes >= minimum)
    sizes = tallies.sizes[shown]
    if tallies.people < minimum:
        return _nothing(minimum, tallies.all_seen.size)
    rest = tallies.people - int(sizes.sum())
    measured = rest == 0 or rest >= minimum
    rows = _answers(tallies.agree, tallies.disagree, tallies.seen, tallies.sizes[:, None])[:, shown]
    total = _answers(tallies.all_agree, tallies.all_disagree, tallies.all_seen, np.array(tallies.people))
    chain, depth, known = _steps(rows, total, minimum)
    everybody, by_group = _masked(total, chain, known), _masked(rows, chain, depth)
    counted = bool((everybody.seen != HIDDEN).all())
    return PublicView(
        minimum, tallies.people, shown.astype(np.int32), sizes if measured else np.full_like(sizes, HIDDEN),
        everybody=everybody, grouped=_summed(by_group), by_group=by_group,
        scorable=_scorable(by_group, tallies, shown), density=hexagons(xy, minimum) if xy is not None else (),
        votes=int(everybody.seen.sum()) if counted else HIDDEN,
    )  # fmt: skip


def _nothing(minimum: int, n_statements: int) -> PublicView:
    blank, no_rows = np.full(n_statements, HIDDEN, np.int32), np.zeros((0, n_statements), np.int32)
    alone, none = Cells(blank, blank, blank, blank), np.zeros(0, np.int32)
    rows = Cells(no_rows, no_rows, no_rows, no_rows)
    return PublicView(minimum, HIDDEN, none, none, alone, alone, rows, np.zeros(n_statements, np.bool_))


def _fine(counts: NDArray[np.integer], minimum: int) -> NDArray[np.bool_]:
    """Say whether a count may be known: nobody, or enough people."""
    return np.asarray((counts == 0) | (counts >= minimum))


def _answers(agree: Ints, disagree: Ints, seen: Ints, size: Ints) -> Ints:
    """Stack the four answers first: (4, ...)."""
    return np.stack([agree, disagree, seen - agree - disagree, size - seen])


def _steps(rows: Ints, total: Ints, minimum: int) -> tuple[Ints, Ints, Ints]:
    """Choose for each statement the chain that shows most.

    Returns which chain (S,), how far down it each row may go (G', S), and how far everybody together (S,).
    """
    depths, knowns = [], []
    for chain in _CHAINS:
        depth = _depth(rows, chain, minimum)
        depths.append(depth)
        knowns.append(_known(rows, total, chain, depth, minimum))
    worth = np.stack([depth.sum(axis=0) + known for depth, known in zip(depths, knowns, strict=True)])
    best = worth.argmax(axis=0)
    at = np.arange(best.size)
    return best.astype(np.int32), np.stack(depths)[best, :, at].T, np.stack(knowns)[best, at]


def _depth(cells: Ints, chain: Chain, minimum: int) -> Ints:
    """Say how many steps down the chain all sums are large enough: 0 to 3, in the shape of one answer."""
    depth = np.zeros(cells.shape[1:], np.int32)
    for step in range(1, _DEPTH):
        depth += (depth == step - 1) & _all_fine(cells, chain[step], minimum)
    return depth


def _all_fine(cells: Ints, blocks: tuple[tuple[int, ...], ...], minimum: int) -> NDArray[np.bool_]:
    return np.asarray(np.all([_fine(cells[list(block)].sum(axis=0), minimum) for block in blocks], axis=0))


def _known(rows: Ints, total: Ints, chain: Chain, depth: Ints, minimum: int) -> Ints:
    """Say how far down the chain everybody together may be shown, given the rows that are."""
    known = np.zeros(total.shape[1:], np.int32)
    for step in range(1, _DEPTH):
        left = total - (rows * (depth >= step)).sum(axis=1)
        leaves_enough = _all_fine(left, chain[step], minimum) & _all_fine(total, chain[step], minimum)
        known += (known == step - 1) & leaves_enough
    return known


def _masked(cells: Ints, chain: Ints, depth: Ints) -> Cells:
    """Show the answers that stand alone at this depth of the chain; votes are the sum of all that are not unseen."""
    alone = np.zeros((len(_CHAINS), _DEPTH, 4), np.bool_)
    for number, steps in enumerate(_CHAINS):
        for step in range(1, _DEPTH):
            for answer in range(4):
                alone[number, step, answer] = (answer,) in steps[step]
    shown = np.moveaxis(alone[np.broadcast_to(chain, depth.shape), depth], -1, 0)
    agree, disagree, passed = np.where(shown[:3], cells[:3], HIDDEN).astype(np.int32)
    seen = np.where(shown[UNSEEN], cells[:3].sum(axis=0), HIDDEN).astype(np.int32)
    return Cells(agree, disagree, passed, seen)


def _summed(rows: Cells) -> Cells:
    """Add up the groups shown, where each shows its count: nothing new is said by that."""

    def total(cells: Ints) -> Ints:
        complete = (cells != HIDDEN).all(axis=0) & (cells.shape[0] > 0)
        return np.where(complete, cells.sum(axis=0), HIDDEN).astype(np.int32)

    return Cells(total(rows.agree), total(rows.disagree), total(rows.passed), total(rows.seen))


def _scorable(by_group: Cells, tallies: Tallies, shown: NDArray[np.intp]) -> Flags:
    """Say where every group shows all it answered, so that a figure made of these counts adds nothing."""
    complete = np.array([cells != HIDDEN for cells in (by_group.agree, by_group.disagree, by_group.seen)])
    return np.asarray(complete.all(axis=(0, 1)) & (shown.size == tallies.sizes.size) & (shown.size > 0))


def hexagons(xy: Floats, minimum: int) -> tuple[Hexagon, ...]:
    """Count people by hexagon, and give those with enough of them.

    Hexagons are as wide as half the root mean square distance from the middle of the map, so that no single person
    decides it. A few people left over would be known from the total; the emptiest hexagon is then kept back with them.

    Parameters
    ----------
    xy : ndarray of shape (n, 2)
    minimum : int
    """
    if len(xy) < minimum:
        return ()
    spread = float(np.sqrt((xy**2).sum(axis=1).mean()))
    radius = spread * _WIDTH / np.sqrt(3) if spread > 0 else 1.0
    middles, people = np.unique(_middle(xy, radius), axis=0, return_counts=True)
    shown = people >= minimum
    if shown.any() and 0 < people[~shown].sum() < minimum:
        shown[np.flatnonzero(shown)[people[shown].argmin()]] = False
    return tuple(
        Hexagon(float(x), float(y), float(radius), int(count))
        for (x, y), count in zip(middles[shown], people[shown], strict=True)
    )


def _middle(xy: Floats, radius: float) -> Floats:
    """Give the middle of the hexagon that each point lies in: the nearer of two staggered grids of middles."""
    step = np.array([np.sqrt(3.0), 3.0]) * radius
    even = np.rint(xy / step) * step
    odd = (np.floor(xy / step) + 0.5) * step
    nearer = ((xy - even) ** 2).sum(axis=1) <= ((xy - odd) ** 2).sum(axis=1)
    return np.asarray(np.round(np.where(nearer[:, None], even, odd), 9) + 0.0)
