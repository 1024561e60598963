"""The reads of jigsaw: the board of who holds what, lists, ties, money, and suggested synergies in words.

Used from above: ``worth_making`` and ``InWords`` (home, Monday), ``to_look_after`` (Monday), ``synergies_in_words``,
``pieces``, ``needs``, ``open_needs``, ``search`` and ``rest_on_one``.
"""

from __future__ import annotations

from placeweave.jigsaw.queries.axes import Axis, ColumnHead, axis, frameworks_for_pieces
from placeweave.jigsaw.queries.board import Board, Cell, Panel, Row, board, panel
from placeweave.jigsaw.queries.concerns import Concern, Concerns, to_look_after
from placeweave.jigsaw.queries.elsewhere import Beyond, beyond
from placeweave.jigsaw.queries.flows import flows, totals, yearly
from placeweave.jigsaw.queries.horizon import Horizon, Leaning, Strip, ask_what_leans, horizon
from placeweave.jigsaw.queries.introductions import draft, introductions, introductions_to_ask_about
from placeweave.jigsaw.queries.ledger import answers_of, asks, month_of_help, read_month
from placeweave.jigsaw.queries.lists import Filters, in_between, links_of, needs, open_needs, pieces, search
from placeweave.jigsaw.queries.on_map import OnMap, as_features, on_map
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
from placeweave.jigsaw.queries.together import difficulties, partners_counted, programmes, who_works_on

__all__ = [
    "Axis",
    "Beyond",
    "Board",
    "Cell",
    "ColumnHead",
    "Concern",
    "Concerns",
    "Filters",
    "Horizon",
    "InWords",
    "Leaning",
    "OnMap",
    "Outcomes",
    "Panel",
    "Pool",
    "Row",
    "Scored",
    "Strip",
    "TiePair",
    "answers_of",
    "as_features",
    "ask_what_leans",
    "asks",
    "axis",
    "beyond",
    "board",
    "changes_since",
    "difficulties",
    "draft",
    "flows",
    "frameworks_for_pieces",
    "horizon",
    "in_between",
    "introductions",
    "introductions_to_ask_about",
    "links_of",
    "month_of_help",
    "needs",
    "on_map",
    "open_by_kind",
    "open_needs",
    "outcomes",
    "panel",
    "partners_counted",
    "pieces",
    "pooled",
    "programmes",
    "proposal",
    "proposed_needs",
    "read_month",
    "rest_on_one",
    "scores_beneath",
    "search",
    "synergies_in_words",
    "tie_pairs",
    "to_look_after",
    "totals",
    "who_works_on",
    "worth_making",
    "yearly",
]
