"""The records of listening."""

from __future__ import annotations

from placeweave.listening.models.contribution import (
    ConsentText,
    Contribution,
    Naming,
    RiskFlag,
    Scope,
    VoiceType,
)
from placeweave.listening.models.conversation import Conversation, Series
from placeweave.listening.models.statement import Participant, Statement, Vote

__all__ = [
    "ConsentText",
    "Contribution",
    "Conversation",
    "Naming",
    "Participant",
    "RiskFlag",
    "Scope",
    "Series",
    "Statement",
    "VoiceType",
    "Vote",
]
