"""The records of themes."""

from __future__ import annotations

from placeweave.themes.models.quote import Coding, FinishedCoding, Quote
from placeweave.themes.models.suggestion import SuggestedSpan, Suggestion
from placeweave.themes.models.theme import Cluster, ClusterName, Dissent, Theme, ThemeEvent
from placeweave.themes.models.told import ToldItem, WhatWeHeard

__all__ = [
    "Cluster",
    "ClusterName",
    "Coding",
    "Dissent",
    "FinishedCoding",
    "Quote",
    "SuggestedSpan",
    "Suggestion",
    "Theme",
    "ThemeEvent",
    "ToldItem",
    "WhatWeHeard",
]
