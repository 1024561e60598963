"""The records of listening."""

from __future__ import annotations

from placeweave.listening.models.assessment import (
    Assessment,
    AssessmentGroup,
    AssessmentPriority,
    ScoreCount,
    ScoreReason,
    Wave,
)
from placeweave.listening.models.contribution import (
    ConsentText,
    Contribution,
    Naming,
    RiskFlag,
    Scope,
    VoiceType,
)
from placeweave.listening.models.conversation import Conversation, Series
from placeweave.listening.models.harvest import Harvest
from placeweave.listening.models.statement import Participant, Statement, Vote
from placeweave.listening.models.voting import AboutYou, Reason, Room, Ruling, Translation, Voting

__all__ = [
    "AboutYou",
    "Assessment",
    "AssessmentGroup",
    "AssessmentPriority",
    "ConsentText",
    "Contribution",
    "Conversation",
    "Harvest",
    "Naming",
    "Participant",
    "Reason",
    "RiskFlag",
    "Room",
    "Ruling",
    "Scope",
    "ScoreCount",
    "ScoreReason",
    "Series",
    "Statement",
    "Translation",
    "VoiceType",
    "Vote",
    "Voting",
    "Wave",
]
