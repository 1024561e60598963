"""Where offers meet needs, where two hold alike, and what nobody holds, found from plain records with their facts."""

from __future__ import annotations

from placeweave.engines.synergy.records import Finding, Jigsaw, Need, Piece, Tie
from placeweave.engines.synergy.search import ENGINE, find

__all__ = ["ENGINE", "Finding", "Jigsaw", "Need", "Piece", "Tie", "find"]
