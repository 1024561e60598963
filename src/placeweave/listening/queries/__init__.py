"""Reads of listening: conversations, words as far as consent goes, statements."""

from __future__ import annotations

from placeweave.listening.queries.consent import by_teller_key, consent_text, one_said, previews
from placeweave.listening.queries.conversations import (
    NotHeard,
    Owed,
    conversations,
    duty_contacts,
    kept,
    not_yet_heard,
    overdue,
    owed_an_answer,
    risks_raised,
    series,
)
from placeweave.listening.queries.opinion import finding as opinion_finding
from placeweave.listening.queries.opinion import newest as newest_opinion
from placeweave.listening.queries.opinion_report import OpinionReport, Told, who_took_part
from placeweave.listening.queries.opinion_report import report as opinion_report
from placeweave.listening.queries.reading import (
    SCOPE_WORDS,
    Said,
    is_readable,
    reach_of,
    readable,
    readable_by,
    shown_at,
    words,
)
from placeweave.listening.queries.statements import (
    Answered,
    Tally,
    answered,
    published_groups,
    statements_of,
    tallies,
)
from placeweave.listening.queries.voting import Voter, answering, voter, voting_by_code

__all__ = [
    "SCOPE_WORDS",
    "Answered",
    "NotHeard",
    "OpinionReport",
    "Owed",
    "Said",
    "Tally",
    "Told",
    "Voter",
    "answered",
    "answering",
    "by_teller_key",
    "consent_text",
    "conversations",
    "duty_contacts",
    "is_readable",
    "kept",
    "newest_opinion",
    "not_yet_heard",
    "one_said",
    "opinion_finding",
    "opinion_report",
    "overdue",
    "owed_an_answer",
    "previews",
    "published_groups",
    "reach_of",
    "readable",
    "readable_by",
    "risks_raised",
    "series",
    "shown_at",
    "statements_of",
    "tallies",
    "voter",
    "voting_by_code",
    "who_took_part",
    "words",
]
