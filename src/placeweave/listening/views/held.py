"""What the team's pages of one voting share: the voting itself, and its tabs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404

from placeweave.kit.errors import NotReady
from placeweave.listening import queries
from placeweave.listening.models import Conversation, Room, Voting
from placeweave.places.access import PlaceRequest


def voting_of(request: PlaceRequest, pk: int) -> Voting:
    """Find the voting of a conversation of this place."""
    rows = Voting.objects.select_related("conversation")
    found = get_object_or_404(rows, conversation_id=pk, conversation__place=request.place)
    found.conversation.place = request.place
    return found


def in_statements(request: PlaceRequest, pk: int) -> Conversation:
    """Find a conversation in statements of this place, with its voting if it has one."""
    rows = Conversation.objects.select_related("batch", "voting")
    return get_object_or_404(rows, pk=pk, place=request.place, method=Conversation.Method.STATEMENTS)


def room_of(request: PlaceRequest, voting: Voting) -> Room:
    """Find the open room of a voting."""
    room = queries.open_room_of(voting)
    if room is None:
        raise Http404
    return room


def with_tabs(voting: Voting, tab: str, /, **context: Any) -> dict[str, Any]:
    """Give what the frame of a voting's pages needs."""
    return {"voting": voting, "conversation": voting.conversation, "here_tab": tab, **context}


def told_kindly(request: PlaceRequest, deed: Callable[[], object]) -> bool:
    """Do something; where it cannot be done as things stand, say so on the next page. Tell whether it was done."""
    try:
        deed()
    except NotReady as refusal:
        messages.warning(request, refusal.sentence)
        return False
    return True
