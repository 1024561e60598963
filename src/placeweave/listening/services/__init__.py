"""What can be done in listening: convene, capture, consent, tell, and raise that someone may be at risk."""

from __future__ import annotations

from placeweave.listening.services.consent import (
    is_no_wider,
    narrow,
    pause,
    reconsent,
    resume,
    teller_link,
    text_in_force,
    withdraw,
    write_consent_text,
)
from placeweave.listening.services.contributions import (
    Consent,
    Teller,
    Words,
    capture,
    capture_many,
    mark_told,
    write_down,
)
from placeweave.listening.services.conversations import (
    ConversationFacts,
    SeriesFacts,
    begin_series,
    convene,
    edit_conversation,
    edit_series,
)
from placeweave.listening.services.risk import raise_risk

__all__ = [
    "Consent",
    "ConversationFacts",
    "SeriesFacts",
    "Teller",
    "Words",
    "begin_series",
    "capture",
    "capture_many",
    "convene",
    "edit_conversation",
    "edit_series",
    "is_no_wider",
    "mark_told",
    "narrow",
    "pause",
    "raise_risk",
    "reconsent",
    "resume",
    "teller_link",
    "text_in_force",
    "withdraw",
    "write_consent_text",
    "write_down",
]
