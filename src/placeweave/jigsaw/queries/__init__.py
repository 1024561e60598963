"""The reads of jigsaw: the board of who holds what, lists, ties, money, and suggested synergies in words.

Used from above: ``worth_making`` and ``InWords`` (home, Monday), ``synergies_in_words``, ``pieces``, ``needs``,
``open_needs``, ``search`` and ``rest_on_one``.
"""

from __future__ import annotations

from placeweave.jigsaw.queries.axes import Axis, ColumnHead, axis, frameworks_for_pieces
from placeweave.jigsaw.queries.board import Board, Cell, Panel, Row, board, panel
from placeweave.jigsaw.queries.flows import flows, totals, yearly
from placeweave.jigsaw.queries.horizon import Horizon, Leaning, Strip, ask_what_leans, horizon
from placeweave.jigsaw.queries.lists import Filters, in_between, needs, open_needs, pieces, search
from placeweave.jigsaw.queries.pools import Outcomes, Pool, outcomes, pooled
from placeweave.jigsaw.queries.proposed import Scored, proposal, proposed_needs, scores_beneath
from placeweave.jigsaw.queries.synergies import (
    InWords,
    changes_since,
    open_by_kind,
    rest_on_one,
    synergies_in_words,
    worth_making,
)
from placeweave.jigsaw.queries.ties import TiePair, tie_pairs

__all__ = [
    "Axis",
    "Board",
    "Cell",
    "ColumnHead",
    "Filters",
    "Horizon",
    "InWords",
    "Leaning",
    "Outcomes",
    "Panel",
    "Pool",
    "Row",
    "Scored",
    "Strip",
    "TiePair",
    "ask_what_leans",
    "axis",
    "board",
    "changes_since",
    "flows",
    "frameworks_for_pieces",
    "horizon",
    "in_between",
    "needs",
    "open_by_kind",
    "open_needs",
    "outcomes",
    "panel",
    "pieces",
    "pooled",
    "proposal",
    "proposed_needs",
    "rest_on_one",
    "scores_beneath",
    "search",
    "synergies_in_words",
    "tie_pairs",
    "totals",
    "worth_making",
    "yearly",
]
