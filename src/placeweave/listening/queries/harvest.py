"""Reads of a session's harvest: which groups have brought in how much."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from placeweave.gatherings.models import Session
from placeweave.listening.models import Contribution, Conversation, Harvest


@dataclass(frozen=True)
class Brought:
    """What one group has brought in so far."""

    name: str
    side: str
    count: int


def conversation_of(session: Session) -> Conversation | None:
    """Give the conversation that holds what was said at a session, once something is in it."""
    found = Harvest.objects.select_related("conversation").filter(session=session).first()
    return found.conversation if found else None


def brought(conversation: Conversation | None) -> list[Brought]:
    """Count what each group has brought in; for the team, which wrote it down."""
    if conversation is None:
        return []
    rows = Contribution.raw.filter(conversation=conversation).exclude(state=Contribution.State.WITHDRAWN)
    said = rows.values_list("extra", flat=True)
    counted = Counter((one.get("side", ""), one.get("group", "")) for one in said)
    return [Brought(name, side, count) for (side, name), count in sorted(counted.items(), reverse=True)]
