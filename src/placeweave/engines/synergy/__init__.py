"""Where offers meet needs, who should meet whom, what is held twice or by nobody: plain records in, facts out."""

from __future__ import annotations

from placeweave.engines.synergy.records import (
    Body,
    Difficulty,
    Finding,
    Issue,
    Jigsaw,
    Need,
    Partner,
    Piece,
    Programme,
    Tie,
)
from placeweave.engines.synergy.search import ENGINE, find

__all__ = [
    "ENGINE",
    "Body",
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
