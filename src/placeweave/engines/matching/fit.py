"""How well an offer serves a need, from what both say of place, people and hours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from placeweave.engines.matching.records import Arcs, Aspect, Likeness, Need, Offer
from placeweave.engines.synergy.times import slots

UNSAID = 0.8
"""What one side leaves open may fit, but somebody has to ask."""
NOBODY = np.empty(0, dtype=np.int64)
OTHER: dict[Aspect, float] = {"place": 0.5, "audience": 0.4, "hours": 0.3}
"""Another place is a journey, other people a conversation, other hours mostly a no."""


def arcs(offers: Sequence[Offer], needs: Sequence[Need]) -> Arcs:
    """Lay every offer beside every need of its kind; kinds are never mixed.

    Returns
    -------
    Arcs
        By need, then offer; ``shares`` is a product over place, people and hours: 1 where both say the same, 0.8 where
        one leaves it open, 0.5, 0.4 and 0.3 where they differ (0.9 where only some of the hours wanted are free).

    Examples
    --------
    >>> arcs([Offer("hall", "room", place="Harbour")], [Need("choir", "room", place="Harbour")]).shares.round(2)
    array([0.64])
    """
    columns = [_Column(name, offers, needs) for name in OTHER]
    holding: dict[str, list[int]] = defaultdict(list)
    for row, offer in enumerate(offers):
        holding[_plain(offer.kind)].append(row)
    of_kind = {kind: np.array(rows, dtype=np.int64) for kind, rows in holding.items()}
    beside = [of_kind.get(_plain(need.kind), NOBODY) for need in needs]
    shares = [
        columns[0].shares(rows, column) * columns[1].shares(rows, column) * columns[2].shares(rows, column)
        for column, rows in enumerate(beside)
    ]
    ends = np.repeat(np.arange(len(needs), dtype=np.int64), [len(rows) for rows in beside])
    return Arcs(np.concatenate([NOBODY, *beside]), ends, np.concatenate([np.empty(0), *shares]))


def likeness(aspect: Aspect, offer: Offer, need: Need) -> Likeness:
    """Say how one offer and one need stand to each other in one respect, so that a pair can be explained."""
    one = _Column(aspect, [offer], [need])
    share = float(one.shares(np.array([0]), 0)[0])
    return "same" if share == 1.0 else "unsaid" if share == UNSAID else "other"


class _Column:
    """One respect of all offers and needs, each distinct wording compared once."""

    def __init__(self, aspect: Aspect, offers: Sequence[Offer], needs: Sequence[Need]) -> None:
        held = [_said(aspect, one) for one in offers]
        wanted = [_said(aspect, one) for one in needs]
        names = {name: index for index, name in enumerate(sorted({*held, *wanted}))}
        self._held = np.array([names[one] for one in held], dtype=np.int64)
        self._wanted = [names[one] for one in wanted]
        self._table = _table(aspect, list(names))

    def shares(self, rows: NDArray[np.int64], column: int) -> NDArray[np.float64]:
        found: NDArray[np.float64] = self._table[self._held[rows], self._wanted[column]]
        return found


def _said(aspect: Aspect, one: Offer | Need) -> str:
    return _plain({"place": one.place, "audience": one.audience, "hours": one.when}[aspect])


def _table(aspect: Aspect, names: Sequence[str]) -> NDArray[np.float64]:
    table = np.full((len(names), len(names)), OTHER[aspect])
    if aspect == "hours":
        free = [slots(name) for name in names]
        for row, held in enumerate(free):
            table[row] = [_hours(held, wanted) for wanted in free]
    np.fill_diagonal(table, 1.0)
    open_ended = [index for index, name in enumerate(names) if not name]
    table[open_ended, :] = table[:, open_ended] = UNSAID
    return table


def _hours(held: frozenset[tuple[str, str]] | None, wanted: frozenset[tuple[str, str]] | None) -> float:
    if held is None or wanted is None:
        return UNSAID
    return 1.0 if wanted <= held else 0.9 if wanted & held else OTHER["hours"]


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
