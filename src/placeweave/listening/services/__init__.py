"""What can be done in listening: convene, capture, consent, tell, hold a voting, raise that someone is at risk."""

from __future__ import annotations

from placeweave.listening.services.answering import (
    Answer,
    Kept,
    answer,
    come_in,
    join_room,
    say,
    take_back,
    tell_about,
)
from placeweave.listening.services.beside import Beside, WhereYouSit, where_you_sit
from placeweave.listening.services.consent import (
    Reason,
    is_no_wider,
    narrow,
    pause,
    reconsent,
    resume,
    standing,
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
from placeweave.listening.services.deck import Card, next_statements
from placeweave.listening.services.opinion import ask_for_opinion, keep_map, refresh_due
from placeweave.listening.services.own_words import said_nearly
from placeweave.listening.services.risk import raise_risk
from placeweave.listening.services.rooms import close_room, open_room, pause_room, reveal, show
from placeweave.listening.services.rulings import ask, rule
from placeweave.listening.services.voting import (
    Question,
    Rules,
    ask_about,
    close_door,
    edit_rules,
    open_door,
    prepare,
    preview_link,
    put_away,
)

__all__ = [
    "Answer",
    "Beside",
    "Card",
    "Consent",
    "ConversationFacts",
    "Kept",
    "Question",
    "Reason",
    "Rules",
    "SeriesFacts",
    "Teller",
    "WhereYouSit",
    "Words",
    "answer",
    "ask",
    "ask_about",
    "ask_for_opinion",
    "begin_series",
    "capture",
    "capture_many",
    "close_door",
    "close_room",
    "come_in",
    "convene",
    "edit_conversation",
    "edit_rules",
    "edit_series",
    "is_no_wider",
    "join_room",
    "keep_map",
    "mark_told",
    "narrow",
    "next_statements",
    "open_door",
    "open_room",
    "pause",
    "pause_room",
    "prepare",
    "preview_link",
    "put_away",
    "raise_risk",
    "reconsent",
    "refresh_due",
    "resume",
    "reveal",
    "rule",
    "said_nearly",
    "say",
    "show",
    "standing",
    "take_back",
    "tell_about",
    "teller_link",
    "text_in_force",
    "where_you_sit",
    "withdraw",
    "write_consent_text",
    "write_down",
]
