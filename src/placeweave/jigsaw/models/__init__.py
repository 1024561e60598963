"""The records of jigsaw."""

from __future__ import annotations

from placeweave.jigsaw.models.common import Difficulty, Programme
from placeweave.jigsaw.models.helping import Help
from placeweave.jigsaw.models.introduction import Introduction
from placeweave.jigsaw.models.live import LiveAddress
from placeweave.jigsaw.models.piece import FundingFlow, Need, Piece, PieceKind
from placeweave.jigsaw.models.proposed import ProposedNeed
from placeweave.jigsaw.models.service import Service
from placeweave.jigsaw.models.synergy import Synergy
from placeweave.jigsaw.models.tie import ContactNote, Tie, TieRating, TieReply, TieSurvey

__all__ = [
    "ContactNote",
    "Difficulty",
    "FundingFlow",
    "Help",
    "Introduction",
    "LiveAddress",
    "Need",
    "Piece",
    "PieceKind",
    "Programme",
    "ProposedNeed",
    "Service",
    "Synergy",
    "Tie",
    "TieRating",
    "TieReply",
    "TieSurvey",
]
