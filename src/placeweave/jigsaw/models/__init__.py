"""The records of jigsaw."""

from __future__ import annotations

from placeweave.jigsaw.models.piece import FundingFlow, Need, Piece, PieceKind, Tie
from placeweave.jigsaw.models.proposed import ProposedNeed
from placeweave.jigsaw.models.synergy import Synergy

__all__ = ["FundingFlow", "Need", "Piece", "PieceKind", "ProposedNeed", "Synergy", "Tie"]
