"""The records of themes."""

from __future__ import annotations

from placeweave.themes.models.quote import Coding, Quote
from placeweave.themes.models.suggestion import SuggestedSpan, Suggestion
from placeweave.themes.models.theme import Cluster, Dissent, Theme, ThemeEvent
from placeweave.themes.models.told import ToldItem, WhatWeHeard

__all__ = [
    "Cluster",
    "Coding",
    "Dissent",
    "Quote",
    "SuggestedSpan",
    "Suggestion",
    "Theme",
    "ThemeEvent",
    "ToldItem",
    "WhatWeHeard",
]
