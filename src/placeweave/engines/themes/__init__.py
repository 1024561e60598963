"""Propose themes from what people said, each traceable to their own words.

The machine proposes and people decide: nothing here is a finding until somebody accepts it. No generative model and no
network takes part; a quote is always a slice of an unchanged text.

Start at `propose` (a first set of themes), `split` (one theme into smaller ones) and `suggest` (new words into themes
that people have already made).
"""

from __future__ import annotations

from placeweave.engines.themes.embed import Embedder, FittedTfidf, fit_tfidf
from placeweave.engines.themes.propose import ENGINE_VERSION, propose, split
from placeweave.engines.themes.records import Constraints, Level, Quote, Run, Theme, Unit
from placeweave.engines.themes.segment import segment
from placeweave.engines.themes.suggest import Hint, KnownTheme, Suggestion, suggest

__all__ = [
    "ENGINE_VERSION",
    "Constraints",
    "Embedder",
    "FittedTfidf",
    "Hint",
    "KnownTheme",
    "Level",
    "Quote",
    "Run",
    "Suggestion",
    "Theme",
    "Unit",
    "fit_tfidf",
    "propose",
    "segment",
    "split",
    "suggest",
]
