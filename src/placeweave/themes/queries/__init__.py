"""What can be read of themes: always with the consent of those whose words they are."""

from __future__ import annotations

from placeweave.themes.queries.assessed import LowScore, low_scores, search_assessments
from placeweave.themes.queries.boards import Board, Column, ThemeCard, board, clusters, unplaced
from placeweave.themes.queries.counting import MixRow, ThemeCounts, counts, further, mix
from placeweave.themes.queries.finding import saying, search
from placeweave.themes.queries.history import board_as_of, history_of, last_undoable
from placeweave.themes.queries.themes import (
    quote_rows,
    quotes_beneath,
    readable_quotes,
    theme_options,
    themes_of,
)
from placeweave.themes.queries.words import ReadableQuote, Reader, readable_by, reader_for

__all__ = [
    "Board",
    "Column",
    "LowScore",
    "MixRow",
    "ReadableQuote",
    "Reader",
    "ThemeCard",
    "ThemeCounts",
    "board",
    "board_as_of",
    "clusters",
    "counts",
    "further",
    "history_of",
    "last_undoable",
    "low_scores",
    "mix",
    "quote_rows",
    "quotes_beneath",
    "readable_by",
    "readable_quotes",
    "reader_for",
    "saying",
    "search",
    "search_assessments",
    "theme_options",
    "themes_of",
    "unplaced",
]
