"""What was worked out of a conversation in statements, and what that rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Max

from placeweave.kit import analyses
from placeweave.kit.analyses import Parameters
from placeweave.kit.models import Analysis
from placeweave.listening.models import Conversation, Statement, Vote
from placeweave.places.models import Place

KIND = "opinion"


def topic(conversation: Conversation) -> str:
    """Name what an analysis of this conversation is about."""
    return f"conversation:{conversation.pk}"


def newest(conversation: Conversation) -> Analysis | None:
    """Give the newest run over a conversation, whatever became of it."""
    return analyses.latest(conversation.place_id, KIND, topic(conversation))


def finding(conversation: Conversation) -> Analysis | None:
    """Give the newest run that found something."""
    rows = Analysis.objects.filter(place_id=conversation.place_id, kind=KIND, topic=topic(conversation))
    return rows.filter(state=Analysis.State.DONE).first()


def basis(place_id: int, parameters: Parameters) -> Sequence[Any]:
    """Give what the answer depends on: how many votes of which turn there are, and which statements are let in.

    So it does on the smallest count this place shows: whoever raises it must not be left with an answer of before.
    """
    votes = Vote.objects.filter(
        statement__conversation_id=parameters["conversation"], statement__conversation__place_id=place_id
    ).aggregate(count=Count("pk"), last=Max("pk"))
    statements = Statement.objects.filter(
        conversation_id=parameters["conversation"], conversation__place_id=place_id
    ).order_by("pk")
    threshold = Place.objects.values_list("threshold", flat=True).get(pk=place_id)
    return [votes["count"], votes["last"], list(statements.values_list("pk", "moderation")), threshold]
