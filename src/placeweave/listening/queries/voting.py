"""Votings held here: their door, and who has come in by it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from placeweave.listening.models import Participant, Voting
from placeweave.listening.models.voting import takes_answers


@dataclass(frozen=True, slots=True)
class Voter:
    """Somebody at the door of a voting, as far as it takes to keep an answer of theirs."""

    key: int
    conversation: int
    may_answer: bool
    is_paused: bool


_VOTER = """
    SELECT participant.id, voting.conversation_id, voting.state, voting.closes_on, room.is_paused, room.closed_at
    FROM listening_participant participant
    JOIN listening_voting voting ON voting.conversation_id = participant.conversation_id
    LEFT JOIN listening_room room ON room.id = participant.room_id
    WHERE participant.token_digest = %s AND voting.code = %s
"""


def answering(token_digest: str, code: str) -> Voter | None:
    """Find who holds a token, for the path that hundreds of phones take at once: one query, and no more than needed."""
    with connection.cursor() as cursor:
        cursor.execute(_VOTER, [token_digest, code])
        found = cursor.fetchone()
    if found is None:
        return None
    key, conversation, state, closes_on, is_paused, closed_at = found
    return Voter(
        key=key,
        conversation=conversation,
        may_answer=takes_answers(state, closes_on),
        is_paused=bool(is_paused) and closed_at is None,
    )


def voter(token_digest: str, code: str) -> Participant | None:
    """Find who holds a token, with their voting and room, in one query."""
    rows = Participant.objects.select_related("conversation__voting", "conversation__place", "room")
    found = rows.filter(token_digest=token_digest, conversation__voting__code=code).first()
    return found if found and found.conversation.voting.has_a_door else None


def voting_by_code(code: str) -> Voting | None:
    """Find the voting whose door a code opens, if it has one now."""
    rows = Voting.objects.with_a_door().select_related("conversation__place")
    return rows.filter(code=code.lower()).first()


def voting_by_preview(key_digest: str) -> Voting | None:
    """Find the voting that a preview link shows, as long as the link holds."""
    rows = Voting.objects.select_related("conversation__place").filter(preview_until__gt=timezone.now())
    return rows.filter(preview_digest=key_digest).first() if key_digest else None


_APART = re.compile(r"[\W_]+")
_WORD_THEN_NUMBER = re.compile(r"(?<=[^\W\d_])(?=\d)")


def code_of(text: str) -> str:
    """Write a code as it is kept, however somebody typed it: heather-42 for “Heather 42” and “HEATHER42”."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _APART.sub("-", _WORD_THEN_NUMBER.sub("-", plain)).strip("-")
