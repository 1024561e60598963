"""The records of jigsaw."""

from __future__ import annotations

from placeweave.jigsaw.models.common import Difficulty, Programme
from placeweave.jigsaw.models.helping import Help
from placeweave.jigsaw.models.introduction import Introduction
from placeweave.jigsaw.models.piece import FundingFlow, Need, Piece, PieceKind, Tie
from placeweave.jigsaw.models.proposed import ProposedNeed
from placeweave.jigsaw.models.service import Service
from placeweave.jigsaw.models.synergy import Synergy

__all__ = [
    "Difficulty",
    "FundingFlow",
    "Help",
    "Introduction",
    "Need",
    "Piece",
    "PieceKind",
    "Programme",
    "ProposedNeed",
    "Service",
    "Synergy",
    "Tie",
]
