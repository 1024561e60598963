"""Where offers meet needs, who should meet whom, what is held twice or by nobody: plain records in, facts out."""

from __future__ import annotations

from placeweave.engines.synergy.records import Difficulty, Finding, Issue, Jigsaw, Need, Partner, Piece, Programme, Tie
from placeweave.engines.synergy.search import ENGINE, find

__all__ = [
    "ENGINE",
    "Difficulty",
    "Finding",
    "Issue",
    "Jigsaw",
    "Need",
    "Partner",
    "Piece",
    "Programme",
    "Tie",
    "find",
]
