"""The reads of jigsaw: the board of who holds what, lists, ties, money, and suggested synergies in words.

Used from above: ``worth_making`` and ``InWords`` (home, Monday), ``synergies_in_words``, ``pieces``, ``needs``,
``open_needs``, ``search`` and ``rest_on_one``.
"""

from __future__ import annotations

from placeweave.jigsaw.queries.board import Board, Cell, Panel, Row, board, panel
from placeweave.jigsaw.queries.flows import flows, totals, yearly
from placeweave.jigsaw.queries.lists import Filters, in_between, needs, open_needs, pieces, search
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
    "Board",
    "Cell",
    "Filters",
    "InWords",
    "Panel",
    "Row",
    "Scored",
    "TiePair",
    "board",
    "changes_since",
    "flows",
    "in_between",
    "needs",
    "open_by_kind",
    "open_needs",
    "panel",
    "pieces",
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
